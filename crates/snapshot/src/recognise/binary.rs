//! Binary formats that have no signature, by their structure: values packed one after the other, and packed streams.

use flate2::{Decompress, FlushDecompress, Status};

use super::kind::Kind;
use crate::container::Packing;

const CBOR: &str = "values packed as CBOR: ask for the tables in it as delimited text";
const MESSAGE_PACK: &str = "values packed as MessagePack: ask for the tables in it as delimited text";
const BSON: &str = "documents of MongoDB (BSON): ask for them as delimited text (mongoexport --type=csv)";

/// What a file is that begins so. `whole`: nothing follows `head`.
pub fn kind(head: &[u8], whole: bool) -> Option<Kind> {
    if is_bson(head) {
        return Some(Kind::Unread(BSON));
    }
    if has_named_values(head, whole, cbor) {
        return Some(Kind::Unread(CBOR));
    }
    if has_named_values(head, whole, message_pack) {
        return Some(Kind::Unread(MESSAGE_PACK));
    }
    is_zlib(head, whole).then_some(Kind::Packed(Packing::Zlib))
}

/// Of what comes out of a stream before it is believed.
const SHORTEST: usize = 24;

/// Bytes that are no text: a stream that is packed without any header is told by its unpacking.
pub fn packed(head: &[u8], whole: bool) -> Option<Kind> {
    let text =
        |out: &[u8]| out.len() >= SHORTEST && out.iter().all(|b| *b >= b' ' || matches!(b, b'\t' | b'\r' | b'\n'));
    (head.len() >= SHORTEST && inflated(head, whole, false).is_some_and(|out| text(&out)))
        .then_some(Kind::Packed(Packing::Deflate))
}

/// Two bytes that fit each other, and a stream after them.
fn is_zlib(head: &[u8], whole: bool) -> bool {
    let [first, second, ..] = *head else { return false };
    // `x^2,y^2` begins as a stream does, and goes on as text.
    let is_text = head.iter().all(|b| matches!(b, b' '..=b'~' | b'\t' | b'\r' | b'\n'));
    !is_text
        && first & 0x0f == 8
        && first >> 4 <= 7
        && second & 0x20 == 0
        && (u16::from(first) << 8 | u16::from(second)) % 31 == 0
        && inflated(head, whole, true).is_some()
}

/// What the start of a stream holds; `None` where it is none.
fn inflated(head: &[u8], whole: bool, header: bool) -> Option<Vec<u8>> {
    let mut out = vec![0; 64 << 10];
    let mut unpacker = Decompress::new(header);
    let status = unpacker.decompress(head, &mut out, FlushDecompress::None).ok()?;
    let (used, made) = (unpacker.total_in() as usize, unpacker.total_out() as usize);
    // To the end of the stream, or of the sample (one that was cut off is one all the same), or of the room for it.
    let sampled = used == head.len() && (!whole || made >= SHORTEST);
    let sound = status == Status::StreamEnd || sampled || made == out.len();
    out.truncate(made);
    sound.then_some(out)
}

/// A length, then elements: a type, a name, a value.
fn is_bson(head: &[u8]) -> bool {
    let Some(length) = head.first_chunk::<4>().map(|b| u32::from_le_bytes(*b) as usize) else { return false };
    let name = head.get(5..).and_then(|rest| rest.split(|b| *b == 0).next()).unwrap_or_default();
    (8..=16 << 20).contains(&length)
        && matches!(head.get(4), Some(1..=0x13))
        && !name.is_empty()
        && name.len() < 128
        && name.iter().all(|b| b.is_ascii_graphic() || *b == b' ' || *b >= 0x80)
        && head.len() > 5 + name.len()
        && head.get(length - 1).is_none_or(|last| *last == 0)
}

/// A value at the start of bytes: its length, or how the reading ended.
type Item = fn(&mut Found, &[u8], usize) -> Result<usize, Wrong>;

enum Wrong {
    No,
    /// The bytes end.
    Ends,
}

/// What was met on the way.
#[derive(Default)]
struct Found {
    /// Names of values, in maps.
    names: usize,
}

const DEEPEST: usize = 32;

/// Maps and arrays one after the other, in which values have names. Text may pass for single values, never for this.
fn has_named_values(head: &[u8], whole: bool, item: Item) -> bool {
    let (mut seen, mut at) = (Found::default(), 0);
    while at < head.len() {
        if !(0x80..=0xbf).contains(&head[at]) && !(0xdc..=0xdf).contains(&head[at]) && head[at] != 0xd9 {
            return false;
        }
        match item(&mut seen, &head[at..], 0) {
            Ok(length) => at += length,
            Err(Wrong::Ends) => return !whole && seen.names > 1 || seen.names > 4,
            Err(Wrong::No) => return false,
        }
    }
    seen.names > 1
}

/// A name: a short text without signs that control.
fn is_name(text: &[u8]) -> bool {
    text.len() < 100 && std::str::from_utf8(text).is_ok_and(|t| !t.is_empty() && !t.chars().any(char::is_control))
}

fn stretch(bytes: &[u8], at: usize, length: u64) -> Result<&[u8], Wrong> {
    let end = usize::try_from(length).ok().and_then(|n| at.checked_add(n)).ok_or(Wrong::No)?;
    bytes.get(at..end).ok_or(Wrong::Ends)
}

fn number(bytes: &[u8], at: usize, size: usize) -> Result<u64, Wrong> {
    Ok(stretch(bytes, at, size as u64)?.iter().fold(0, |n, b| n << 8 | u64::from(*b)))
}

/// <https://www.rfc-editor.org/rfc/rfc8949>.
fn cbor(seen: &mut Found, bytes: &[u8], depth: usize) -> Result<usize, Wrong> {
    let first = *bytes.first().ok_or(Wrong::Ends)?;
    let (major, short) = (first >> 5, first & 0x1f);
    let (given, mut at) = match short {
        0..=23 => (Some(u64::from(short)), 1),
        24..=27 => {
            let size = 1 << (short - 24);
            (Some(number(bytes, 1, size)?), 1 + size)
        }
        31 if (2..=5).contains(&major) => (None, 1),
        _ => return Err(Wrong::No),
    };
    if depth > DEEPEST {
        return Err(Wrong::No);
    }
    match (major, given) {
        (0 | 1 | 7, _) => Ok(at),
        (2, Some(length)) => Ok(at + stretch(bytes, at, length)?.len()),
        (3, Some(length)) => {
            let text = stretch(bytes, at, length)?;
            std::str::from_utf8(text).map(|t| at + t.len()).map_err(|_| Wrong::No)
        }
        (6, Some(_)) => Ok(at + cbor(seen, &bytes[at..], depth + 1)?),
        (_, given) => {
            let mut left = given.unwrap_or(u64::MAX);
            while left > 0 {
                if given.is_none() && *bytes.get(at).ok_or(Wrong::Ends)? == 0xff {
                    return Ok(at + 1);
                }
                if major == 5 {
                    let key = bytes.get(at).ok_or(Wrong::Ends)? >> 5;
                    let length = cbor(seen, &bytes[at..], depth + 1)?;
                    let prefix = if length > 24 { 2 } else { 1 };
                    // Numbers name values as well; of such maps nothing is told.
                    if key != 3 || !is_name(&bytes[at + prefix..at + length]) {
                        return Err(Wrong::No);
                    }
                    seen.names += 1;
                    at += length;
                }
                at += cbor(seen, bytes.get(at..).ok_or(Wrong::Ends)?, depth + 1)?;
                left -= 1;
            }
            Ok(at)
        }
    }
}

/// <https://github.com/msgpack/msgpack/blob/master/spec.md>.
fn message_pack(seen: &mut Found, bytes: &[u8], depth: usize) -> Result<usize, Wrong> {
    let first = *bytes.first().ok_or(Wrong::Ends)?;
    if depth > DEEPEST {
        return Err(Wrong::No);
    }
    let sized = |size: usize, more: usize| number(bytes, 1, size).map(|n| (n, 1 + size + more));
    let (length, at) = match first {
        0x00..=0x7f | 0xc0 | 0xc2 | 0xc3 | 0xe0..=0xff => return Ok(1),
        0x80..=0x8f => return values(seen, bytes, 1, u64::from(first & 0x0f), true, depth),
        0x90..=0x9f => return values(seen, bytes, 1, u64::from(first & 0x0f), false, depth),
        0xdc | 0xdd => {
            let (count, at) = sized(2 << (first - 0xdc), 0)?;
            return values(seen, bytes, at, count, false, depth);
        }
        0xde | 0xdf => {
            let (count, at) = sized(2 << (first - 0xde), 0)?;
            return values(seen, bytes, at, count, true, depth);
        }
        0xa0..=0xbf => (u64::from(first & 0x1f), 1),
        0xc4..=0xc6 => sized(1 << (first - 0xc4), 0)?,
        0xc7..=0xc9 => sized(1 << (first - 0xc7), 1)?,
        0xca => (4, 1),
        0xcb => (8, 1),
        0xcc..=0xcf => (1 << (first - 0xcc), 1),
        0xd0..=0xd3 => (1 << (first - 0xd0), 1),
        0xd4..=0xd8 => (1 << (first - 0xd4), 2),
        0xd9..=0xdb => sized(1 << (first - 0xd9), 0)?,
        0xc1 => return Err(Wrong::No),
    };
    Ok(at + stretch(bytes, at, length)?.len())
}

fn values(seen: &mut Found, bytes: &[u8], from: usize, count: u64, named: bool, depth: usize) -> Result<usize, Wrong> {
    let mut at = from;
    for _ in 0..count {
        if named {
            let first = *bytes.get(at).ok_or(Wrong::Ends)?;
            let prefix = match first {
                0xa0..=0xbf => 1,
                0xd9 => 2,
                _ => return Err(Wrong::No),
            };
            let length = message_pack(seen, &bytes[at..], depth + 1)?;
            if !is_name(&bytes[at + prefix..at + length]) {
                return Err(Wrong::No);
            }
            seen.names += 1;
            at += length;
        }
        at += message_pack(seen, bytes.get(at..).ok_or(Wrong::Ends)?, depth + 1)?;
    }
    Ok(at)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn label(bytes: &[u8]) -> &'static str {
        kind(bytes, true).or_else(|| packed(bytes, true)).map_or("", Kind::label)
    }

    fn long(text: &str) -> Vec<u8> {
        text.repeat(40).into_bytes()
    }

    #[test]
    fn values_and_streams_by_their_structure() {
        let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        zlib.write_all(&long("1,2\n")).unwrap();
        let mut fast = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        fast.write_all(b"id,name\n").unwrap();
        let mut raw = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
        raw.write_all("2020-01-05,visit of employee,E100,72\n2021-07-15,another visit,F203,99\n".as_bytes()).unwrap();
        for (bytes, expected) in [
            (b"\xa2\x62id\x01\x64name\x63Ann".to_vec(), "CBOR"),
            (b"\x82\xa2\x62id\x01\x64name\x63Ann\xa2\x62id\x18\x2a\x64name\xf6".to_vec(), "CBOR"),
            (b"\x9f\xbf\x62id\x01\x63who\x63Ann\xff\xff".to_vec(), "CBOR"),
            (b"\xd9\xd9\xf7\xa2\x62id\x01\x64name\x63Ann".to_vec(), "CBOR"),
            (b"\x82\xa2id\x01\xa4name\xa3Ann".to_vec(), "MessagePack"),
            (b"\x92\x82\xa2id\x01\xa4name\xa3Ann\x82\xa2id\xcd\x01\x00\xa4name\xc0".to_vec(), "MessagePack"),
            (b"\x16\0\0\0\x02who\0\x04\0\0\0Ann\0\x10a\0".to_vec(), "MongoDB"),
            (zlib.finish().unwrap(), "zlib"),
            (fast.finish().unwrap(), "zlib"),
            (raw.finish().unwrap(), "deflate"),
        ] {
            assert!(label(&bytes).contains(expected), "{expected}: {bytes:x?} is {:?}", label(&bytes));
        }
    }

    #[test]
    fn text_stays_text() {
        for text in [
            &b"\x93Smith\x94,\x93Jones\x94\n1,2\n"[..],
            b"\x99,name\n1,2\n",
            b"\xa3,name\n5,x\n",
            b"\xb0C;\xb0F\n37;98\n",
            b"\x80,\xa3\n1,2\n",
            b"x^2,y^2\n1,4\n",
            b"x\x01y\n1\x012\n",
            b"x\x9cvre,mains\n1,2\n",
            b"hx,bmi\n1,2\n",
            "\u{feff}id,name\n".as_bytes(),
            "été,naïve\n".as_bytes(),
            b"8,x\n",
        ] {
            assert_eq!(label(text), "", "{text:x?}");
        }
    }
}
