//! Character sets as MySQL names them: https://dev.mysql.com/doc/refman/8.4/en/charset-charsets.html

mod upper_halves;

use std::str;

use encoding_rs::{Encoding, SHIFT_JIS, UTF_8};

use crate::text::mysql_charset;

/// How bytes are text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charset {
    Utf8,
    Encoding(&'static Encoding),
    /// ASCII, and this from byte 0x80 on.
    Upper(&'static str),
    /// As the encoding of that name, but for the backslash: MySQL writes it as the full-width one.
    Sjis,
    Utf32,
}

impl Charset {
    /// The set of this name; `None` for `binary` and for names nobody knows.
    pub fn named(name: &str) -> Option<Self> {
        Some(Self::Upper(match name.to_ascii_lowercase().as_str() {
            "cp850" => upper_halves::CP850,
            "cp852" => upper_halves::CP852,
            "cp866" => upper_halves::CP866,
            "dec8" => upper_halves::DEC8,
            "hp8" => upper_halves::HP8,
            "macce" => upper_halves::MACCE,
            "keybcs2" => upper_halves::KEYBCS2,
            "armscii8" => upper_halves::ARMSCII8,
            "geostd8" => upper_halves::GEOSTD8,
            "greek" => upper_halves::GREEK,
            "hebrew" => upper_halves::HEBREW,
            "koi8u" => upper_halves::KOI8U,
            "sjis" => return Some(Self::Sjis),
            "utf32" => return Some(Self::Utf32),
            other => {
                let encoding = mysql_charset(other)?;
                return Some(if encoding == UTF_8 { Self::Utf8 } else { Self::Encoding(encoding) });
            }
        }))
    }

    /// The set of an encoding whose line ends and separators are single bytes.
    pub fn of(encoding: crate::text::Wide) -> Option<Self> {
        match encoding {
            crate::text::Wide::Plain(e) if e == UTF_8 => Some(Self::Utf8),
            crate::text::Wide::Plain(e) if e == SHIFT_JIS => Some(Self::Sjis),
            crate::text::Wide::Plain(e) => e.is_ascii_compatible().then_some(Self::Encoding(e)),
            crate::text::Wide::Dos(page) => Some(Self::Upper(page.upper())),
            crate::text::Wide::Utf32Le | crate::text::Wide::Utf32Be => None,
        }
    }

    /// Makes UTF-8 of the bytes from `start` on; false, and nothing is changed, where they are no text.
    #[inline]
    pub fn decode(self, data: &mut Vec<u8>, start: usize) -> bool {
        match self {
            Self::Utf8 => str::from_utf8(&data[start..]).is_ok(),
            _ if data[start..].is_ascii() && self.holds_ascii() => true,
            _ => self.convert(data, start),
        }
    }

    fn holds_ascii(self) -> bool {
        match self {
            Self::Encoding(encoding) => encoding.is_ascii_compatible(),
            Self::Utf8 | Self::Upper(_) | Self::Sjis => true,
            Self::Utf32 => false,
        }
    }

    fn convert(self, data: &mut Vec<u8>, start: usize) -> bool {
        let bytes = &data[start..];
        let text = match self {
            Self::Utf8 => return str::from_utf8(bytes).is_ok(),
            Self::Encoding(encoding) => {
                let (text, malformed) = encoding.decode_without_bom_handling(bytes);
                (!malformed).then(|| text.into_owned())
            }
            Self::Sjis => {
                let (text, malformed) = SHIFT_JIS.decode_without_bom_handling(bytes);
                (!malformed).then(|| text.replace('\u{ff3c}', "\\"))
            }
            Self::Upper(half) => {
                let half: Vec<char> = half.chars().collect();
                let letter = |b: &u8| match b {
                    0..0x80 => Some(char::from(*b)),
                    _ => half.get(usize::from(*b) - 0x80).copied().filter(|c| *c != char::REPLACEMENT_CHARACTER),
                };
                bytes.iter().map(letter).collect()
            }
            Self::Utf32 if !bytes.len().is_multiple_of(4) => None,
            Self::Utf32 => {
                bytes.chunks_exact(4).map(|c| char::from_u32(u32::from_be_bytes([c[0], c[1], c[2], c[3]]))).collect()
            }
        };
        let Some(text) = text else { return false };
        data.truncate(start);
        data.extend_from_slice(text.as_bytes());
        true
    }

    /// Bytes that are not UTF-8 as text, whatever they hold.
    pub fn text(self, bytes: &[u8]) -> String {
        if let Self::Encoding(encoding) = self {
            return encoding.decode_without_bom_handling(bytes).0.into_owned();
        }
        let mut text = bytes.to_vec();
        self.decode(&mut text, 0);
        String::from_utf8_lossy(&text).into_owned()
    }

    /// As a person reads it; `named`: what MySQL calls it.
    pub fn name(self, named: &str) -> String {
        match self {
            Self::Utf8 => "UTF-8".into(),
            Self::Encoding(encoding) => encoding.name().into(),
            Self::Sjis => SHIFT_JIS.name().into(),
            Self::Upper(_) => named.into(),
            Self::Utf32 => "UTF-32".into(),
        }
    }

    /// In a script of this set a second byte may look like a backslash or a quote.
    pub fn wide(self) -> Option<Wide> {
        let encoding = match self {
            Self::Encoding(encoding) => encoding,
            Self::Sjis => SHIFT_JIS,
            _ => return None,
        };
        crate::text::wide_lead(encoding).map(|lead| Wide { lead })
    }
}

/// Two-byte characters whose second byte may be a backslash or a quote: Shift-JIS, Big5, GBK.
#[derive(Debug, Clone, Copy)]
pub struct Wide {
    lead: fn(u8) -> bool,
}

impl Wide {
    pub fn leads(self, byte: u8) -> bool {
        (self.lead)(byte)
    }

    /// Length of the character at the start of `buf`, which is not empty.
    pub fn length(self, buf: &[u8]) -> usize {
        if self.leads(buf[0]) && buf.get(1).is_some_and(|b| Self::trails(*b)) { 2 } else { 1 }
    }

    /// Whether the byte after a leading one makes a character with it; else both stand for themselves.
    pub fn trails(byte: u8) -> bool {
        matches!(byte, 0x40..=0x7e | 0x80..=0xfe)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_set_reads_its_own_letters() {
        for (name, bytes, text) in [
            ("latin1", &b"\x80 Zo\xeb"[..], Some("€ Zoë")),
            ("cp850", b"\x82t\x82", Some("été")),
            ("cp852", b"\xe7\x9f", Some("šč")),
            ("dec8", b"\xfd", Some("ÿ")),
            ("utf32", b"\0\x01\xf6\0", Some("\u{1f600}")),
            ("utf32", b"\0\0", None),
            ("utf16", b"\0a\xd8\x3d\xde\x00", Some("a\u{1f600}")),
            ("sjis", b"\x95\x5c", Some("表")),
            ("sjis", b"\x81\x5fn", Some("\\n")),
            ("cp932", b"\x81\x5fn", Some("＼n")),
            ("utf8mb4", b"\xff", None),
            ("greek", b"\xa4", None),
        ] {
            let mut data = b"before".to_vec();
            data.extend_from_slice(bytes);
            let read = Charset::named(name).unwrap().decode(&mut data, 6);
            assert_eq!(read.then(|| str::from_utf8(&data[6..]).unwrap()), text, "{name}");
        }
        assert_eq!(Charset::named("binary"), None);
    }

    #[test]
    fn upper_halves_are_halves() {
        for name in ["cp850", "cp852", "cp866", "dec8", "hp8", "macce", "keybcs2", "armscii8", "geostd8", "koi8u"] {
            let Some(Charset::Upper(half)) = Charset::named(name) else { panic!("{name}") };
            assert_eq!(half.chars().count(), 128, "{name}");
        }
    }
}
