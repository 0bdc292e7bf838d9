//! How the bytes of a string are cut into codes of a composite font, and what a code says by itself: the predefined CMaps
//! (ISO 32000-1, 9.7.5.2). Those of China, Taiwan, Japan and Korea name a public encoding, which is asked directly.

use encoding_rs::{BIG5, EUC_JP, EUC_KR, GB18030, GBK, SHIFT_JIS};

use super::cmap::CMap;

/// One code of a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Code {
    pub value: u32,
    /// Bytes, one to four.
    pub length: u8,
}

impl Code {
    pub fn of(bytes: &[u8]) -> Code {
        let value = bytes.iter().fold(0, |value, byte| value << 8 | u32::from(*byte));
        Code { value, length: bytes.len() as u8 }
    }

    fn with_bytes<T>(self, read: impl Fn(&[u8]) -> T) -> T {
        let all = self.value.to_be_bytes();
        read(&all[4 - usize::from(self.length.clamp(1, 4))..])
    }
}

/// How codes of a composite font are written.
#[derive(Debug)]
pub(super) enum Coding {
    /// Two bytes are the number of a glyph.
    Glyphs,
    Utf16 {
        latin: u32,
    },
    /// An encoding of East Asia, and the glyph from which on those of ASCII follow.
    Charset {
        encoding: &'static encoding_rs::Encoding,
        latin: u32,
    },
    /// A CMap in the file, and the coding that it goes on from.
    Map(CMap, Option<Box<Coding>>),
}

impl Coding {
    /// A predefined CMap, and whether it writes from top to bottom.
    pub fn predefined(name: &[u8]) -> Option<(Coding, bool)> {
        let name = std::str::from_utf8(name).ok()?;
        let (stem, is_vertical) = match name {
            "H" | "V" => ("", name == "V"),
            _ => match (name.strip_suffix("-H"), name.strip_suffix("-V")) {
                (Some(stem), _) => (stem, false),
                (None, Some(stem)) => (stem, true),
                (None, None) => return None,
            },
        };
        let charset = |encoding, latin| Coding::Charset { encoding, latin };
        let coding = match stem {
            "Identity" => Coding::Glyphs,
            "UniGB-UCS2" | "UniGB-UTF16" | "UniCNS-UCS2" | "UniCNS-UTF16" | "UniJIS-UCS2" | "UniJIS-UTF16"
            | "UniJIS2004-UTF16" | "UniKS-UCS2" | "UniKS-UTF16" => Coding::Utf16 { latin: 1 },
            "UniJIS-UCS2-HW" => Coding::Utf16 { latin: 231 },
            "GB-EUC" | "GBK-EUC" => charset(GBK, 813),
            "GBKp-EUC" | "GBpc-EUC" => charset(GBK, 1),
            "GBK2K" => charset(GB18030, 1),
            "ETen-B5" => charset(BIG5, 13_648),
            "B5pc" | "ETenms-B5" | "HKscs-B5" => charset(BIG5, 1),
            "90ms-RKSJ" | "Ext-RKSJ" | "Add-RKSJ" => charset(SHIFT_JIS, 231),
            "90msp-RKSJ" | "90pv-RKSJ" | "83pv-RKSJ" => charset(SHIFT_JIS, 1),
            "EUC" => charset(EUC_JP, 231),
            "KSC-EUC" | "KSCms-UHC-HW" => charset(EUC_KR, 8094),
            "KSCms-UHC" | "KSCpc-EUC" => charset(EUC_KR, 1),
            _ => return None,
        };
        Some((coding, is_vertical))
    }

    /// The code at the front of a string that is not empty.
    pub fn first(&self, bytes: &[u8]) -> Code {
        let length = self.length(bytes).clamp(1, bytes.len().clamp(1, 4));
        Code::of(&bytes[..length.min(bytes.len())])
    }

    fn length(&self, bytes: &[u8]) -> usize {
        let (Some(lead), second) = (bytes.first(), bytes.get(1)) else { return 1 };
        match self {
            Coding::Glyphs => 2,
            Coding::Utf16 { .. } => {
                if (0xD8..=0xDB).contains(lead) {
                    4
                } else {
                    2
                }
            }
            Coding::Charset { encoding, .. } => {
                let encoding = *encoding;
                let is_lead = if encoding == SHIFT_JIS {
                    matches!(lead, 0x81..=0x9F | 0xE0..=0xFC)
                } else if encoding == EUC_JP {
                    matches!(lead, 0x8E | 0xA1..=0xFE)
                } else {
                    matches!(lead, 0x81..=0xFE)
                };
                match second {
                    Some(0x30..=0x39) if encoding == GB18030 && is_lead => 4,
                    _ if is_lead => 2,
                    _ => 1,
                }
            }
            Coding::Map(map, base) => {
                map.length(bytes).unwrap_or_else(|| base.as_ref().map_or(1, |base| base.length(bytes)))
            }
        }
    }

    /// The character that a code is, where the coding says so.
    pub fn text(&self, code: Code) -> Option<String> {
        match self {
            Coding::Glyphs => None,
            Coding::Utf16 { .. } => code.with_bytes(|bytes| {
                let units: Vec<u16> = bytes
                    .chunks(2)
                    .map(|pair| pair.iter().fold(0, |unit, byte| unit << 8 | u16::from(*byte)))
                    .collect();
                String::from_utf16(&units).ok()
            }),
            Coding::Charset { encoding, .. } => code.with_bytes(|bytes| {
                encoding.decode_without_bom_handling_and_without_replacement(bytes).map(|text| text.into_owned())
            }),
            Coding::Map(map, base) => match (map.cid(code.value), base) {
                (Some(_), _) | (None, None) => None,
                (None, Some(base)) => base.text(code),
            },
        }
    }

    /// The glyph of a code; of encodings only the glyphs of ASCII are known.
    pub fn cid(&self, code: Code) -> Option<u32> {
        match self {
            Coding::Glyphs => Some(code.value),
            Coding::Utf16 { latin } | Coding::Charset { latin, .. } => {
                (0x20..0x7F).contains(&code.value).then(|| latin + code.value - 0x20)
            }
            Coding::Map(map, base) => map.cid(code.value).or_else(|| base.as_ref().and_then(|base| base.cid(code))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(name: &str, mut bytes: &[u8]) -> String {
        let (coding, _) = Coding::predefined(name.as_bytes()).expect("a coding");
        let mut out = String::new();
        while !bytes.is_empty() {
            let code = coding.first(bytes);
            out += &coding.text(code).unwrap_or_else(|| "?".to_owned());
            bytes = &bytes[usize::from(code.length)..];
        }
        out
    }

    #[test]
    fn predefined_cmaps_give_the_characters_of_their_encoding() {
        let gbk = [0xC7, 0xE5, b'A', 0xBA, 0xCC, 0xCA, 0xD0];
        for name in ["GB-EUC-H", "GBK-EUC-H", "GBK-EUC-V", "GBKp-EUC-H", "GBpc-EUC-H", "GBK2K-H"] {
            assert_eq!(decoded(name, &gbk), "清A禾市", "{name}");
        }
        assert_eq!(decoded("GBK2K-V", &[0x94, 0x39, 0xDA, 0x33]), "💩");
        let utf16 = [0x6E, 0x05, 0x79, 0xBE, 0xD8, 0x3C, 0xDF, 0xDB];
        for name in ["UniGB-UTF16-H", "UniGB-UCS2-V", "UniCNS-UTF16-H"] {
            assert_eq!(decoded(name, &utf16), "清禾🏛", "{name}");
        }
        for name in ["B5pc-H", "ETen-B5-H", "ETenms-B5-V", "HKscs-B5-H"] {
            assert_eq!(decoded(name, &[0xB2, 0x4D, b'.', 0xA5, 0xAB]), "清.市", "{name}");
        }
        assert_eq!(decoded("90ms-RKSJ-H", &[0x90, 0xB4]), "清");
        assert_eq!(decoded("GBK-EUC-H", &[0xC7]), "?");
        assert!(Coding::predefined(b"GBK-EUC-X").is_none());
        assert!(Coding::predefined(b"Foo-H").is_none());
    }
}
