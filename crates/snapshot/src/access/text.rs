//! Text as the generations store it.

use encoding_rs::Encoding;

/// Appends text as UTF-8. False where the bytes are no text, with nothing appended.
pub fn append(raw: &[u8], jet3: bool, encoding: &'static Encoding, out: &mut Vec<u8>) -> bool {
    if jet3 {
        let (text, wrong) = encoding.decode_without_bom_handling(raw);
        if !wrong {
            out.extend_from_slice(text.as_bytes());
        }
        return !wrong;
    }
    let start = out.len();
    let whole = match raw {
        [0xFF, 0xFE, rest @ ..] => append_compressed(rest, out),
        _ => append_utf16(raw, out),
    };
    if !whole {
        out.truncate(start);
    }
    whole
}

/// A name: what cannot be decoded is shown as a replacement character.
pub fn plain(raw: &[u8], jet3: bool, encoding: &'static Encoding) -> String {
    let mut out = Vec::new();
    if append(raw, jet3, encoding, &mut out) {
        return String::from_utf8(out).unwrap_or_default();
    }
    let decoder = if jet3 { encoding } else { encoding_rs::UTF_16LE };
    decoder.decode_without_bom_handling(raw).0.into_owned()
}

fn append_utf16(raw: &[u8], out: &mut Vec<u8>) -> bool {
    let (pairs, rest) = raw.as_chunks::<2>();
    rest.is_empty() && append_units(pairs.iter().map(|pair| u16::from_le_bytes(*pair)), out)
}

fn append_units(units: impl Iterator<Item = u16>, out: &mut Vec<u8>) -> bool {
    for c in char::decode_utf16(units) {
        match c {
            Ok(c) if c.is_ascii() => out.push(c as u8),
            Ok(c) => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
            Err(_) => return false,
        }
    }
    true
}

/// One byte a character, until a zero byte switches to two and the next one back.
fn append_compressed(mut raw: &[u8], out: &mut Vec<u8>) -> bool {
    let mut narrow = true;
    let mut units: Vec<u16> = Vec::new();
    loop {
        if narrow {
            let end = memchr::memchr(0, raw).unwrap_or(raw.len());
            if !units.is_empty() {
                // A pair of halves may not be cut by the switch: there are none in a narrow stretch.
                if !append_units(units.drain(..), out) {
                    return false;
                }
            }
            for byte in &raw[..end] {
                if byte.is_ascii() {
                    out.push(*byte);
                } else {
                    out.extend_from_slice(&[0xC0 | byte >> 6, 0x80 | byte & 0x3F]);
                }
            }
            if end == raw.len() {
                return true;
            }
            raw = &raw[end + 1..];
            narrow = false;
        } else {
            match raw {
                [] => return append_units(units.drain(..), out),
                [0, rest @ ..] => {
                    raw = rest;
                    narrow = true;
                }
                [low, high, rest @ ..] => {
                    units.push(u16::from_le_bytes([*low, *high]));
                    raw = rest;
                }
                [_] => return false,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use encoding_rs::{WINDOWS_1251, WINDOWS_1252, WINDOWS_1257};

    use super::*;

    fn read(raw: &[u8], jet3: bool, encoding: &'static Encoding) -> Option<String> {
        let mut out = b"before".to_vec();
        let whole = append(raw, jet3, encoding, &mut out);
        let text = String::from_utf8(out).expect("UTF-8");
        if !whole {
            assert_eq!(text, "before");
        }
        whole.then(|| text["before".len()..].to_owned())
    }

    #[test]
    fn text_of_every_form_is_decoded() {
        let cases: [(&str, &[u8], Option<&str>); 10] = [
            ("empty", b"", Some("")),
            ("two bytes each", b"Z\0o\0\xEB\0", Some("Zoë")),
            ("compressed", b"\xFF\xFEZo\xEB", Some("Zoë")),
            ("compressed and empty", b"\xFF\xFE", Some("")),
            ("switched to two bytes", b"\xFF\xFEa\0\x3A\x26", Some("a☺")),
            ("switched there and back", b"\xFF\xFEa\0\x3A\x26\0b", Some("a☺b")),
            ("two halves of one character", b"\x3D\xD8\x00\xDE", Some("😀")),
            ("half a character", b"\x3D\xD8", None),
            ("an odd byte at the end", b"a\0b", None),
            ("an odd byte after a switch", b"\xFF\xFEa\0\x3A", None),
        ];
        for (trap, raw, expected) in cases {
            assert_eq!(read(raw, false, WINDOWS_1252).as_deref(), expected, "{trap}");
        }
    }

    #[test]
    fn text_of_jet_3_follows_the_code_page() {
        assert_eq!(read(b"\x80 \xE9", true, WINDOWS_1252).as_deref(), Some("€ é"));
        assert_eq!(read(b"\xC0\xED\xED\xE0", true, WINDOWS_1251).as_deref(), Some("Анна"));
        // The page has no such character.
        assert_eq!(read(b"a\xA1", true, WINDOWS_1257), None);
    }
}
