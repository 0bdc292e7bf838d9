//! From bytes to characters: UTF-8, UTF-16, GB 18030 and Big5. What could be read in two ways is read in none.
//!
//! Not by a library that guesses: those answer for every file, and take short texts in GB 18030 for Big5. Here an encoding
//! is taken only where the text it gives reads like Chinese and the other's does not. The bytes of Chinese punctuation
//! part the two by themselves: those of Big5 are private characters in GB 18030, those of GB 18030 are phonetic signs in
//! Big5. Where there is none, the characters that are most frequent decide, or nothing does.

use encoding_rs::{BIG5, Encoding, GB18030};

use crate::canonical::{Unreadable, is_private};

/// A page says within so many bytes what it is encoded in.
const DECLARED_WITHIN: usize = 4_096;
/// Fewer ideographs than these prove nothing.
const IDEOGRAPHS_MIN: usize = 8;
/// Of a hundred ideographs of a Chinese text at least so many are `FREQUENT` (half of them and more are); of a hundred
/// that were read in a wrong encoding, three to eight.
const FREQUENT_PERCENT: usize = 20;

/// The most frequent characters of official texts, in both scripts.
const FREQUENT: &str = "的一是在不了有和人这這中大为為上个個国國我以要他时時来來用们們生到作地于於出就分对對成会會可主发發年动動\
    同工也能下过過子说說产產种種面而方后後多定行学學法所民得经經十三之进進着等部度家电電力里裡如水化高自二理起小物\
    现現实實加量都两兩体體制机機当當使点點从從业業本去把性好应應开開合还還因由其前外天政四日社义義事平相全表间間样樣\
    与與关關各重新线線内內数數正心反明看原利比或但质質气氣第向道命此变變条條结結解问問意建月公无無系情者最立代想已通\
    并並提直题題党黨程展五果料象员員位入常文总總次品式活设設及管特件长長求基资資路级級少统統接较較将將组組计計别別\
    手期根论論运運农農指九区區强強放决決西被做必先回则則任取据據处處南给給即保治北造百规規领領七海口东東导導金增\
    极極交受联聯认認六共权權收证證改清转轉更单單市县縣镇鎮乡鄉局议議责責落推牵牽头頭底务務落完检檢查督督办辦安环環";

/// A text file, without its byte order mark.
pub(crate) fn text(bytes: &[u8]) -> Result<String, Unreadable> {
    if let Some(marked) = marked(bytes) {
        return marked;
    }
    match (std::str::from_utf8(bytes), bytes.iter().position(|byte| *byte == 0)) {
        (Ok(text), None) => Ok(text.to_owned()),
        (_, Some(offset)) => utf16_unmarked(bytes)?.ok_or(Unreadable::Binary { offset }),
        (Err(fault), None) => legacy(bytes, fault.valid_up_to()),
    }
}

/// A web page: what it declares counts, as far as it can be true.
pub(crate) fn page(bytes: &[u8]) -> Result<String, Unreadable> {
    if let Some(marked) = marked(bytes) {
        return marked;
    }
    // Whoever can read that a page is UTF-16 is not reading UTF-16.
    let declared = declared(bytes).filter(|declared| declared.is_ascii_compatible() && *declared != encoding_rs::UTF_8);
    let Some(declared) = declared else { return text(bytes) };
    match std::str::from_utf8(bytes) {
        Ok(text) if text.is_ascii() => Ok(text.to_owned()),
        // Some programs save a page as UTF-8 and leave what it declares.
        Ok(text) => {
            let as_declared = strict(declared, bytes);
            match (reads_like_chinese(text), as_declared.as_deref().is_some_and(reads_like_chinese), as_declared) {
                (true, false, _) | (_, _, None) => Ok(text.to_owned()),
                (false, true, Some(as_declared)) => Ok(as_declared),
                (true, true, Some(_)) | (false, false, Some(_)) => Err(Unreadable::Ambiguous),
            }
        }
        Err(fault) => strict(declared, bytes).ok_or(Unreadable::MisEncoded { offset: fault.valid_up_to() }),
    }
}

/// A file that begins with a byte order mark.
fn marked(bytes: &[u8]) -> Option<Result<String, Unreadable>> {
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        let fault = |fault: std::str::Utf8Error| Unreadable::MisEncoded { offset: 3 + fault.valid_up_to() };
        return Some(std::str::from_utf8(rest).map(str::to_owned).map_err(fault));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE") {
        return Some(utf16(rest, u16::from_le_bytes, 2));
    }
    bytes.strip_prefix(b"\xFE\xFF").map(|rest| utf16(rest, u16::from_be_bytes, 2))
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16, before: usize) -> Result<String, Unreadable> {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let mut text = String::with_capacity(bytes.len());
    let mut at = before;
    for decoded in char::decode_utf16(units) {
        let c = decoded.map_err(|_| Unreadable::MisEncoded { offset: at })?;
        text.push(c);
        at += 2 * c.len_utf16();
    }
    if bytes.len() % 2 == 1 { Err(Unreadable::MisEncoded { offset: at }) } else { Ok(text) }
}

/// UTF-16 without its mark: certain where only one order of bytes gives nothing but characters of our two languages. Line
/// ends and spaces part the two. `None` where it is no such text.
fn utf16_unmarked(bytes: &[u8]) -> Result<Option<String>, Unreadable> {
    let read = |unit| utf16(bytes, unit, 0).ok().filter(|text| text.chars().all(is_ours));
    match (read(u16::from_le_bytes), read(u16::from_be_bytes)) {
        (Some(text), None) | (None, Some(text)) => Ok(Some(text)),
        (Some(_), Some(_)) => Err(Unreadable::Ambiguous),
        (None, None) => Ok(None),
    }
}

/// Whether English and Chinese texts hold such a character.
fn is_ours(c: char) -> bool {
    matches!(u32::from(c), 0x20..=0x7E | 0xA0..=0x17F | 0x2010..=0x2044 | 0x20A0..=0x20BF | 0x2100..=0x218F
        | 0x2460..=0x24FF | 0x25A0..=0x2667 | 0x3000..=0x301F | 0x3200..=0x33FF | 0x3400..=0x9FFF | 0xFF01..=0xFF5E
        | 0xFFE0..=0xFFE6 | 0x2_0000..=0x3_FFFF)
        || matches!(c, '\n' | '\r' | '\t' | '\u{0C}')
}

/// Bytes that are no UTF-8 from byte `fault` on.
fn legacy(bytes: &[u8], fault: usize) -> Result<String, Unreadable> {
    let (gb, big5) = (strict(GB18030, bytes), strict(BIG5, bytes));
    let is_text = |text: &Option<String>| text.as_deref().is_some_and(reads_like_chinese);
    match (is_text(&gb), is_text(&big5), gb, big5) {
        (true, false, Some(text), _) | (false, true, _, Some(text)) => Ok(text),
        (_, _, None, None) => Err(Unreadable::MisEncoded { offset: fault }),
        (_, _, _, _) => Err(Unreadable::Ambiguous),
    }
}

fn strict(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes).map(|text| text.into_owned())
}

/// Whether a text that was read in some encoding is Chinese, and not signs at random: enough ideographs, enough of them
/// frequent, and next to nothing that no such text holds.
fn reads_like_chinese(text: &str) -> bool {
    let (mut ideographs, mut frequent, mut foreign) = (0usize, 0usize, 0usize);
    for c in text.chars().filter(|c| !c.is_ascii()) {
        if is_private(c) || c.is_control() {
            return false;
        }
        let is_ideograph = matches!(u32::from(c), 0x4E00..=0x9FFF);
        ideographs += usize::from(is_ideograph);
        frequent += usize::from(is_ideograph && FREQUENT.contains(c));
        foreign += usize::from(!is_ours(c));
    }
    ideographs >= IDEOGRAPHS_MIN && frequent * 100 >= ideographs * FREQUENT_PERCENT && foreign * 50 <= ideographs
}

/// What a page says it is encoded in: `<meta charset>`, `<meta http-equiv>` or an XML declaration.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..DECLARED_WITHIN.min(bytes.len()))?.to_ascii_lowercase();
    let head = String::from_utf8_lossy(&head);
    let xml = head.trim_start().strip_prefix("<?xml").and_then(|rest| rest.split("?>").next());
    let tags = head.split("<meta").skip(1).filter_map(|rest| rest.split('>').next());
    let label = |said: &str, name: &str| {
        let rest = said.split_once(name)?.1.trim_start().strip_prefix('=')?.trim_start();
        let rest = rest.trim_start_matches(['"', '\'']);
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c))).unwrap_or(rest.len());
        Encoding::for_label(&rest.as_bytes()[..end])
    };
    let in_tags = tags.filter_map(|tag| label(tag, "charset")).next();
    in_tags.or_else(|| xml.and_then(|xml| label(xml, "encoding")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIMPLIFIED: &str = "清禾市政府常务会议纪要\r\n会议要求，市水务局要在6月底前完成泵站检修。\r\n";
    const TRADITIONAL: &str = "清禾市政府常務會議紀要\r\n會議要求，市水務局要在6月底前完成泵站檢修。\r\n";

    fn encoded(encoding: &'static Encoding, text: &str) -> Vec<u8> {
        let (bytes, _, is_lossy) = encoding.encode(text);
        assert!(!is_lossy, "{text}");
        bytes.into_owned()
    }

    #[test]
    fn each_encoding_is_known_by_what_it_gives() {
        let le = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let be = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
        for words in [SIMPLIFIED, TRADITIONAL, "The Water Bureau shall dredge the outfall by 1 May — £90.\n"] {
            for bytes in [
                words.as_bytes().to_vec(),
                [b"\xEF\xBB\xBF", words.as_bytes()].concat(),
                [b"\xFF\xFE".to_vec(), le(words)].concat(),
                [b"\xFE\xFF".to_vec(), be(words)].concat(),
                le(words),
                be(words),
            ] {
                assert_eq!(text(&bytes).as_deref(), Ok(words));
            }
        }
        assert_eq!(text(&encoded(GB18030, SIMPLIFIED)).as_deref(), Ok(SIMPLIFIED));
        assert_eq!(text(&encoded(GB18030, TRADITIONAL)).as_deref(), Ok(TRADITIONAL));
        assert_eq!(text(&encoded(BIG5, TRADITIONAL)).as_deref(), Ok(TRADITIONAL));
    }

    #[test]
    fn one_sentence_is_enough_and_one_word_is_not() {
        for sentence in SIMPLIFIED.split_inclusive('\n') {
            assert_eq!(text(&encoded(GB18030, sentence)).as_deref(), Ok(sentence));
        }
        for sentence in TRADITIONAL.split_inclusive('\n') {
            assert_eq!(text(&encoded(BIG5, sentence)).as_deref(), Ok(sentence));
        }
        assert_eq!(text(&encoded(GB18030, "清禾")), Err(Unreadable::Ambiguous));
        assert_eq!(text(&encoded(BIG5, "你好")), Err(Unreadable::Ambiguous));
    }

    #[test]
    fn what_is_in_another_encoding_is_refused_and_never_read_as_chinese() {
        let said = |encoding, words: &str| text(&encoded(encoding, words)).expect_err(words).code();
        let korean = "청화시 수도국은 유월 말까지 펌프장 정비를 완료하고 그 결과를 시민에게 공개하여야 한다. 회의는 다음 달에 다시 열린다.";
        let japanese = "清禾市水道局は六月末までにポンプ場の点検を完了し、その結果を公表しなければならない。次回の会議は来月開催する。";
        for (encoding, words) in [
            (encoding_rs::EUC_KR, korean),
            (encoding_rs::EUC_JP, japanese),
            (encoding_rs::SHIFT_JIS, japanese),
            (encoding_rs::WINDOWS_1252, "The Clerk’s report on the café was noted – £90 is due by 1 May."),
        ] {
            assert!(["ambiguous", "mis-encoded"].contains(&said(encoding, words)), "{}", encoding.name());
        }
        assert_eq!(text(b"ok \xFF\xFF"), Err(Unreadable::MisEncoded { offset: 3 }));
        assert_eq!(text(b"a\0\xFF"), Err(Unreadable::Binary { offset: 1 }));
        assert_eq!(text(b"\xFE\xFF\x6E\x05\x6E"), Err(Unreadable::MisEncoded { offset: 4 }));
        assert_eq!(text(b"\xFE\xFF\x6E\x05\xD8\x3C"), Err(Unreadable::MisEncoded { offset: 4 }));
    }

    #[test]
    fn a_page_is_read_as_it_declares_unless_that_cannot_be_true() {
        let tagged =
            |charset: &str, words: &str| format!("<html><head>{charset}</head><body><p>{words}</p></body></html>");
        for (charset, encoding) in [
            ("<meta charset=\"gb2312\">", GB18030),
            ("<meta http-equiv=\"Content-Type\" content=\"text/html; charset=GBK\" />", GB18030),
            ("<META CHARSET='big5'>", BIG5),
            ("<meta charset=\"utf-8\">", encoding_rs::UTF_8),
            // Saved anew as UTF-8 by a browser, or never in what it declares.
            ("<meta charset=\"gb2312\">", encoding_rs::UTF_8),
            ("<meta charset=\"utf-8\">", GB18030),
            ("", GB18030),
        ] {
            let whole = tagged(charset, TRADITIONAL);
            assert_eq!(page(&encoded(encoding, &whole)), Ok(whole.clone()), "{charset} {}", encoding.name());
        }
        let english = tagged("<meta charset=\"iso-8859-1\">", "The Clerk’s café – £90.");
        assert_eq!(page(&encoded(encoding_rs::WINDOWS_1252, &english)).as_deref(), Ok(english.as_str()));
    }
}
