//! Texts that cells point to.

use quick_xml::events::Event;

use crate::event::Result;
use crate::spreadsheet::book::Strings;
use crate::spreadsheet::package::{Package, add_text};

pub fn read(package: &Package, part: &str) -> Result<Strings> {
    let mut xml = package.xml(part)?;
    let mut strings = Strings::default();
    let (mut text, mut inside, mut phonetic) = (Vec::new(), false, false);
    loop {
        match xml.next()? {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "t" => inside = !phonetic,
                "rPh" => phonetic = true,
                _ => {}
            },
            Event::Empty(tag) if tag.local_name().as_ref() == "si" => strings.push(b"")?,
            Event::End(tag) => match tag.local_name().as_ref() {
                "t" => inside = false,
                "rPh" => phonetic = false,
                "si" => {
                    strings.push(&unescape(&text))?;
                    text.clear();
                }
                _ => {}
            },
            Event::Eof => return Ok(strings),
            event if inside => add_text(&event, &mut text),
            _ => {}
        }
    }
}

/// Resolves `_x000D_`, by which characters are written that XML cannot hold.
pub fn unescape(text: &[u8]) -> std::borrow::Cow<'_, [u8]> {
    if memchr::memchr(b'_', text).is_none() || memchr::memmem::find(text, b"_x").is_none() {
        return text.into();
    }
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr::memmem::find(rest, b"_x") {
        out.extend_from_slice(&rest[..at]);
        rest = &rest[at..];
        let pair = || unit(rest).zip(rest.get(7..).and_then(unit)).map(|(high, low)| [high, low]);
        let letter = |units: &[u16]| char::decode_utf16(units.iter().copied()).next()?.ok();
        let found = match unit(rest) {
            Some(one) if letter(&[one]).is_some() => letter(&[one]).map(|c| (c, 7)),
            _ => pair().and_then(|both| letter(&both)).map(|c| (c, 14)),
        };
        if let Some((letter, length)) = found {
            out.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
            rest = &rest[length..];
        } else {
            out.extend_from_slice(b"_x");
            rest = &rest[2..];
        }
    }
    out.extend_from_slice(rest);
    out.into()
}

/// The code of an escape that the text begins with.
fn unit(text: &[u8]) -> Option<u16> {
    let escape = text.get(..7)?;
    let digits = std::str::from_utf8(&escape[2..6]).ok()?;
    let fits = escape.starts_with(b"_x") && escape[6] == b'_' && digits.bytes().all(|b| b.is_ascii_hexdigit());
    fits.then(|| u16::from_str_radix(digits, 16).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_resolved_once() {
        for (written, text) in [
            ("a_x000D_b", "a\rb"),
            ("_x005F_x000D_", "_x000D_"),
            ("_xD83D__xDE00_", "😀"),
            ("_xD83D_", "_xD83D_"),
            ("_x00G0_ _x", "_x00G0_ _x"),
            ("plain", "plain"),
        ] {
            assert_eq!(unescape(written.as_bytes()), text.as_bytes());
        }
    }
}
