//! Characters out of fonts: each way in which a font says them, and each in which it says them wrong.

use super::read;
use super::writer::{Pdf, han, hex, latin};

/// A file of one page that shows codes in one font `/H`.
fn shown(codes: &[u8], font: impl FnOnce(&mut Pdf) -> usize) -> Result<String, &'static str> {
    let mut pdf = Pdf::new();
    let font = font(&mut pdf);
    pdf.page(&format!("/Font << /H {font} 0 R >>"), format!("BT /H 16 Tf 90 700 Td <{}> Tj ET", hex(codes)));
    read(&pdf.finish())
}

fn to_unicode(pdf: &mut Pdf, entries: &str) -> String {
    let map = format!(
        "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange {entries} endcmap"
    );
    format!("/ToUnicode {} 0 R", pdf.stream("", map.as_bytes()))
}

fn gbk(text: &str) -> Vec<u8> {
    encoding_rs::GBK.encode(text).0.into_owned()
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_be_bytes).collect()
}

#[test]
fn typesetters_fonts_in_gbk_without_to_unicode() {
    for encoding in ["GB-EUC-H", "GBK-EUC-H", "GBKp-EUC-H", "GBpc-EUC-H", "GBK2K-H", "GBK-EUC-V"] {
        let text = shown(&gbk("清禾市会议纪要（3）"), |pdf| pdf.chinese(encoding, "GB1", ""));
        assert_eq!(text.as_deref(), Ok("清禾市会议纪要（3）"), "{encoding}");
    }
}

#[test]
fn fonts_in_utf_16_without_to_unicode_as_ofd_converters_write() {
    for encoding in ["UniGB-UCS2-H", "UniGB-UTF16-H", "UniGB-UCS2-V"] {
        let text = shown(&utf16("清禾市议定A"), |pdf| pdf.chinese(encoding, "GB1", ""));
        assert_eq!(text.as_deref(), Ok("清禾市议定A"), "{encoding}");
    }
    let (big5, _, _) = encoding_rs::BIG5.encode("清禾市會議");
    assert_eq!(shown(&big5, |pdf| pdf.chinese("ETen-B5-H", "CNS1", "")).as_deref(), Ok("清禾市會議"));
}

#[test]
fn glyph_numbers_of_adobes_collection() {
    // 力控制股份有限公司, by Adobe-GB1.
    let glyphs = [0x09EF, 0x0965, 0x11C5, 0x0722, 0x067A, 0x10B5, 0x0F4B, 0x0704, 0x0DB3u16];
    let codes: Vec<u8> = glyphs.iter().flat_map(|glyph| glyph.to_be_bytes()).collect();
    let text = shown(&codes, |pdf| pdf.chinese("Identity-H", "GB1", ""));
    assert_eq!(text.as_deref(), Ok("力控制股份有限公司"));
    // Of no collection that is known, and without anything else that says the characters.
    assert_eq!(shown(&codes, |pdf| pdf.chinese("Identity-H", "Identity", "")), Err("garbled"));
    assert_eq!(shown(&codes, |pdf| pdf.chinese("Founder-Own-H", "GB1", "")), Err("garbled"));
}

#[test]
fn a_founders_collection_is_read_by_its_map_to_unicode_or_not_at_all() {
    let codes = [0x12, 0x34, 0x12, 0x35, 0x12, 0x36];
    let founder = |pdf: &mut Pdf, map: &str| {
        let descendant = pdf.add(
            "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /FZSSK /CIDSystemInfo << /Registry (Founder) /Ordering (PKU2) /Supplement 0 >> >>",
        );
        pdf.add(format!("<< /Type /Font /Subtype /Type0 /BaseFont /FZSSK /Encoding /Identity-H /DescendantFonts [{descendant} 0 R] {map} >>"))
    };
    let text = shown(&codes, |pdf| {
        let map = to_unicode(pdf, "3 beginbfchar <1234> <6E05> <1235> <79BE> <1236> <5E02> endbfchar");
        founder(pdf, &map)
    });
    assert_eq!(text.as_deref(), Ok("清禾市"));
    assert_eq!(shown(&codes, |pdf| founder(pdf, "")), Err("garbled"));
    let private = shown(&codes, |pdf| {
        let map = to_unicode(pdf, "1 beginbfrange <1234> <1236> <E123> endbfrange");
        founder(pdf, &map)
    });
    assert_eq!(private, Err("garbled"));
}

#[test]
fn ligatures_and_characters_beyond_16_bits() {
    let text = shown(&[0, 1, 0, 2, 0, 3], |pdf| {
        let map = to_unicode(
            pdf,
            "2 beginbfchar <0001> <00660066> <0003> <D840DC0B> endbfchar 1 beginbfrange <0002> <0002> [<5E02>] endbfrange",
        );
        pdf.chinese("Identity-H", "Identity", &map)
    });
    assert_eq!(text.as_deref(), Ok("ff市𠀋"));
}

#[test]
fn a_map_that_is_plainly_wrong_is_not_believed() {
    for wrong in [
        // Everything was lost; private; control characters; everything the same.
        "1 beginbfrange <0000> <FFFF> [<FFFD> <FFFD>] endbfrange 5 beginbfchar <C7E5> <FFFD> <BACC> <FFFD> <CAD0> <FFFD> <BBE1> <FFFD> <D2E9> <FFFD> endbfchar",
        "5 beginbfchar <C7E5> <E001> <BACC> <E002> <CAD0> <E003> <BBE1> <E004> <D2E9> <E005> endbfchar",
        "5 beginbfchar <C7E5> <0001> <BACC> <0002> <CAD0> <0003> <BBE1> <0004> <D2E9> <0005> endbfchar",
        "5 beginbfchar <C7E5> <0018> <BACC> <0009> <CAD0> <0009> <BBE1> <0009> <D2E9> <0009> endbfchar",
        "5 beginbfchar <C7E5> <4E00> <BACC> <4E00> <CAD0> <4E00> <BBE1> <4E00> <D2E9> <4E00> endbfchar",
    ] {
        let read = |encoding: &str| {
            shown(&gbk("清禾市会议"), |pdf| {
                let map = to_unicode(pdf, wrong);
                pdf.chinese(encoding, "GB1", &map)
            })
        };
        assert_eq!(read("GBK-EUC-H").as_deref(), Ok("清禾市会议"), "{wrong}");
    }
    // Without another way to know, the file is refused.
    let refused = shown(&[0, 1, 0, 2, 0, 3, 0, 4, 0, 5], |pdf| {
        let map = to_unicode(
            pdf,
            "5 beginbfchar <0001> <4E00> <0002> <4E00> <0003> <4E00> <0004> <4E00> <0005> <4E00> endbfchar",
        );
        pdf.chinese("Identity-H", "Identity", &map)
    });
    assert_eq!(refused, Err("garbled"));
}

/// A TrueType font that has nothing but a table from 清禾市会议 to glyphs 3 to 7.
fn truetype(pdf: &mut Pdf) -> usize {
    let mut codes: Vec<(u16, u16)> = "清禾市会议".encode_utf16().zip(3..).collect();
    codes.sort_unstable();
    let segments = codes.len() as u16 + 1;
    let mut table: Vec<u16> = vec![4, 16 + 8 * segments, 0, 2 * segments, 0, 0, 0];
    table.extend(codes.iter().map(|(code, _)| *code).chain([0xFFFF, 0]));
    table.extend(codes.iter().map(|(code, _)| *code).chain([0xFFFF]));
    table.extend(codes.iter().map(|(code, glyph)| glyph.wrapping_sub(*code)).chain([1]));
    table.extend(vec![0; usize::from(segments)]);
    let mut cmap: Vec<u8> = [0u16, 1, 3, 1, 0, 12].iter().chain(&table).flat_map(|n| n.to_be_bytes()).collect();
    let mut font = vec![0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0];
    font.extend(b"cmap\0\0\0\0\0\0\0\x1c");
    font.extend((cmap.len() as u32).to_be_bytes());
    font.append(&mut cmap);
    pdf.stream("", &font)
}

fn embedded(pdf: &mut Pdf, glyph_map: &str, more: &str) -> usize {
    let program = truetype(pdf);
    let descriptor = pdf.add(format!("<< /Type /FontDescriptor /Flags 4 /FontFile2 {program} 0 R >>"));
    let descendant = pdf.add(format!(
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /ABCDEF+SimSun /FontDescriptor {descriptor} 0 R {glyph_map} \
         /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
    ));
    pdf.add(format!("<< /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+SimSun /Encoding /Identity-H /DescendantFonts [{descendant} 0 R] {more} >>"))
}

#[test]
fn an_embedded_fonts_own_table_says_what_its_glyphs_are() {
    let glyphs = [0, 3, 0, 4, 0, 5, 0, 6, 0, 7];
    assert_eq!(shown(&glyphs, |pdf| embedded(pdf, "/CIDToGIDMap /Identity", "")).as_deref(), Ok("清禾市会议"));
    assert_eq!(shown(&[0, 3, 0, 9], |pdf| embedded(pdf, "", "")), Err("garbled"));
    // A map of every code to itself says nothing of glyphs.
    let all = "1 beginbfrange <0000> <FFFF> <0000> endbfrange";
    let text = shown(&glyphs, |pdf| {
        let map = to_unicode(pdf, all);
        embedded(pdf, "/CIDToGIDMap /Identity", &map)
    });
    assert_eq!(text.as_deref(), Ok("清禾市会议"));
}

#[test]
fn codes_that_are_characters_are_read_as_such() {
    // As dompdf writes: codes are UTF-16, and a map leads from them to the glyphs.
    let text = shown(&utf16("清禾市会议"), |pdf| {
        let glyphs = pdf.stream("", &[0; 2 * 0x8000]);
        let map = to_unicode(pdf, "1 beginbfrange <0000> <FFFF> <0000> endbfrange");
        embedded(pdf, &format!("/CIDToGIDMap {glyphs} 0 R"), &map)
    });
    assert_eq!(text.as_deref(), Ok("清禾市会议"));
}

#[test]
fn a_cmap_in_the_file_leads_to_the_collection() {
    let text = shown(&[b'A', 0x81, 0x40, 0xC7, 0xE5], |pdf| {
        let map = pdf.stream(
            "/Type /CMap /CMapName /Own",
            b"/GBK-EUC-H usecmap begincmap 2 begincodespacerange <00> <80> <8140> <FEFE> endcodespacerange 1 begincidchar <8140> 2543 endcidchar endcmap",
        );
        let font = pdf.chinese("Identity-H", "GB1", "");
        pdf.add(format!(
            "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding {map} 0 R /DescendantFonts [{} 0 R] >>",
            font - 1
        ))
    });
    assert_eq!(text.as_deref(), Ok("A力清"));
}

#[test]
fn simple_fonts_by_encoding_names_and_their_own_table() {
    let simple =
        |pdf: &mut Pdf, more: &str| pdf.add(format!("<< /Type /Font /Subtype /Type1 /BaseFont /ABCDEF+Own {more} >>"));
    let named = shown(b"\x93A\x94 \x01\x02\x03b", |pdf| {
        simple(pdf, "/Encoding << /BaseEncoding /WinAnsiEncoding /Differences [1 /f_f_i /Euro /uni6E05] >>")
    });
    assert_eq!(named.as_deref(), Ok("“A” ffi€清b"));
    let mac = shown(b"caf\x8E", |pdf| simple(pdf, "/Encoding /MacRomanEncoding"));
    assert_eq!(mac.as_deref(), Ok("café"));
    let own = shown(b"\x01\x02", |pdf| {
        let program =
            pdf.stream("", b"%!PS-AdobeFont-1.0\n/Encoding 256 array\ndup 1 /O put\ndup 2 /K put\nreadonly def\neexec");
        let descriptor = pdf.add(format!("<< /Type /FontDescriptor /Flags 4 /FontFile {program} 0 R >>"));
        simple(pdf, &format!("/FontDescriptor {descriptor} 0 R"))
    });
    assert_eq!(own.as_deref(), Ok("OK"));
    // Names that stand for nothing.
    assert_eq!(shown(b"\x01\x02", |pdf| simple(pdf, "/Encoding << /Differences [1 /g1 /g2] >>")), Err("garbled"));
    // A subset of symbols that says nothing at all.
    let symbols = shown(b"ab", |pdf| {
        let descriptor = pdf.add("<< /Type /FontDescriptor /Flags 4 >>");
        pdf.add(format!("<< /Type /Font /Subtype /TrueType /BaseFont /ABCDEF+Own /FontDescriptor {descriptor} 0 R >>"))
    });
    assert_eq!(symbols, Err("garbled"));
}

#[test]
fn radicals_and_private_signs_become_what_they_look_like() {
    let text = shown(&[0, 1, 0, 2, 0, 3], |pdf| {
        let map = to_unicode(pdf, "3 beginbfchar <0001> <2F45> <0002> <2ED3> <0003> <2EC5> endbfchar");
        pdf.chinese("Identity-H", "Identity", &map)
    });
    assert_eq!(text.as_deref(), Ok("方长见"));
    let mut pdf = Pdf::new();
    let signs = pdf.add("<< /Type /Font /Subtype /TrueType /BaseFont /ABCDEF+Wingdings >>");
    let latin_font = pdf.latin();
    pdf.page(
        &format!("/Font << /W {signs} 0 R /F {latin_font} 0 R >>"),
        format!(
            "BT /W 10 Tf 90 700 Td (\\247) Tj ET {} BT /W 10 Tf 90 680 Td (\\101) Tj ET {}",
            latin(110.0, 700.0, "one"),
            latin(110.0, 680.0, "two")
        ),
    );
    // A sign that nobody knows begins an item where it stands alone before it.
    assert_eq!(read(&pdf.finish()).as_deref(), Ok("▪ one\n\n• two"));
}

#[test]
fn letters_that_were_read_as_others_are_refused() {
    // GBK as Latin letters: each is a character, and all are wrong.
    let text: String = gbk("清禾市人民政府常务会议纪要").iter().map(|byte| format!("{byte:02X}")).collect();
    assert_eq!(read(&Pdf::of(&format!("BT /F 10 Tf 90 700 Td <{text}> Tj ET"))), Err("garbled"));
    // Words of other languages are none.
    assert!(read(&Pdf::of(&latin(90.0, 700.0, "Le procès-verbal de la séance a été approuvé à l'unanimité"))).is_ok());
    // Text in a font that is nowhere.
    assert_eq!(read(&Pdf::of("BT /Nowhere 10 Tf 90 700 Td (text) Tj ET")), Err("garbled"));
    assert!(read(&Pdf::of(&han(90.0, 700.0, "会议"))).is_ok());
}

#[test]
fn what_the_file_says_itself_goes_before_the_fonts_word() {
    // 户, drawn with a glyph that its map calls 戶, as browsers write it; then two glyphs for one character.
    let says = |text: &str, codes: &str| format!("/Span << /ActualText <FEFF{text}> >> BDC <{codes}> Tj EMC ");
    let shown = |contents: String| {
        let mut pdf = Pdf::new();
        let map = to_unicode(&mut pdf, "3 beginbfchar <0001> <6236> <0002> <0041> <0003> <E001> endbfchar");
        let font = pdf.chinese("Identity-H", "Identity", &map);
        pdf.page(&format!("/Font << /H {font} 0 R >>"), format!("BT /H 16 Tf 90 700 Td {contents} ET"));
        read(&pdf.finish())
    };
    assert_eq!(shown(says("6237", "0001") + "<0002> Tj").as_deref(), Ok("户A"));
    assert_eq!(shown(says("00410042", "00020002") + "<0001> Tj").as_deref(), Ok("AB戶"));
    assert_eq!(shown(says("5E02", "0003")).as_deref(), Ok("市"));
    // What says nothing, or nothing that is written, hides nothing.
    assert_eq!(shown(says("", "0001")).as_deref(), Ok("戶"));
    assert_eq!(shown(says("E000", "0001")).as_deref(), Ok("戶"));
}
