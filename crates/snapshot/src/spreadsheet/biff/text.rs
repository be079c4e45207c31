//! Texts of .xls records: with one or two bytes a letter, and broken over records that continue each other.

use encoding_rs::Encoding;

use crate::event::Result;
use crate::spreadsheet::binary::{add_utf16, u16_at};
use crate::spreadsheet::book::Strings;

/// The encoding behind a code page number; those of DOS are read as Windows-1252.
pub fn code_page(number: u16) -> &'static Encoding {
    let label = match number {
        874 => "windows-874",
        932 => "shift_jis",
        936 => "gbk",
        949 => "euc-kr",
        950 => "big5",
        866 => "ibm866",
        10_000 | 32_768 => "macintosh",
        10_007 => "x-mac-cyrillic",
        1250..=1258 => return Encoding::for_label(format!("windows-{number}").as_bytes()).unwrap_or(WESTERN),
        _ => return WESTERN,
    };
    Encoding::for_label(label.as_bytes()).unwrap_or(WESTERN)
}

const WESTERN: &Encoding = encoding_rs::WINDOWS_1252;

/// BIFF5: so many bytes of length, then the text.
pub fn narrow(fields: &[u8], at: usize, length_bytes: usize, encoding: &'static Encoding) -> Vec<u8> {
    let count = match length_bytes {
        1 => usize::from(fields.get(at).copied().unwrap_or(0)),
        _ => usize::from(u16_at(fields, at)),
    };
    let rest = fields.get(at + length_bytes..).unwrap_or_default();
    let bytes = &rest[..count.min(rest.len())];
    encoding.decode_without_bom_handling(bytes).0.into_owned().into_bytes()
}

/// BIFF8: a length in one byte or two, flags, then the text, perhaps over several records.
pub fn unicode(segments: &[&[u8]], long: bool) -> Vec<u8> {
    let mut reader = Segments::new(segments);
    let count = if long { reader.u16() } else { reader.u8().map(u16::from) };
    let mut text = Vec::new();
    if let (Some(count), Some(flags)) = (count, reader.u8()) {
        reader.letters(usize::from(count), flags & 1 != 0, &mut text);
    }
    text
}

/// The table of shared texts: rich formatting and phonetic readings are passed over.
pub fn shared(segments: &[&[u8]]) -> Result<Strings> {
    let mut strings = Strings::default();
    let mut reader = Segments::new(segments);
    reader.skip(8);
    let mut text = Vec::new();
    while let (Some(count), Some(flags)) = (reader.u16(), reader.u8()) {
        let runs = if flags & 8 != 0 { reader.u16().unwrap_or(0) } else { 0 };
        let extra = if flags & 4 != 0 { reader.u32().unwrap_or(0) } else { 0 };
        text.clear();
        let whole = reader.letters(usize::from(count), flags & 1 != 0, &mut text);
        if !whole {
            break;
        }
        strings.push(&text)?;
        reader.skip(usize::from(runs) * 4 + extra as usize);
    }
    Ok(strings)
}

/// Bytes over several records.
struct Segments<'a> {
    segments: &'a [&'a [u8]],
    at: usize,
}

impl<'a> Segments<'a> {
    fn new(segments: &'a [&'a [u8]]) -> Self {
        let mut found = Self { segments, at: 0 };
        found.settle();
        found
    }

    /// Goes to the next record where this one is used up.
    fn settle(&mut self) -> bool {
        let mut crossed = false;
        while let [first, rest @ ..] = self.segments
            && self.at >= first.len()
            && !rest.is_empty()
        {
            self.at -= first.len();
            self.segments = rest;
            crossed = true;
        }
        crossed
    }

    fn rest(&self) -> &'a [u8] {
        self.segments.first().and_then(|s| s.get(self.at..)).unwrap_or_default()
    }

    fn u8(&mut self) -> Option<u8> {
        self.settle();
        let byte = *self.rest().first()?;
        self.at += 1;
        Some(byte)
    }

    fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.u8()?, self.u8()?]))
    }

    fn u32(&mut self) -> Option<u32> {
        Some(u32::from(self.u16()?) | u32::from(self.u16()?) << 16)
    }

    fn skip(&mut self, count: usize) {
        self.at = self.at.saturating_add(count);
        self.settle();
    }

    /// So many letters; where a record continues them, its first byte says anew how wide they are. `false` where they
    /// end early.
    fn letters(&mut self, count: usize, wide: bool, out: &mut Vec<u8>) -> bool {
        let (mut left, mut wide) = (count, wide);
        // Pairs of UTF-16 may be broken by a record's end, so letters are put together first.
        let mut units = Vec::with_capacity(count.min(1 << 15) * 2);
        while left > 0 {
            if self.settle() {
                let Some(flags) = self.u8() else { break };
                wide = flags & 1 != 0;
            }
            let rest = self.rest();
            let size = if wide { 2 } else { 1 };
            let n = left.min(rest.len() / size);
            if n == 0 && (rest.is_empty() || self.segments.len() <= 1) {
                break;
            }
            if wide {
                units.extend_from_slice(&rest[..n * 2]);
            } else {
                units.extend(rest[..n].iter().flat_map(|b| [*b, 0]));
            }
            left -= n;
            // Half a letter at the end of a record is no letter.
            self.at += if n == 0 { rest.len() } else { n * size };
        }
        add_utf16(&units, out);
        left == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_goes_on_in_the_next_record_may_change_its_width() {
        let first = [&[5, 0, 0][..], b"ab"].concat();
        let second =
            [&[1][..], "éfg".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>().as_slice()].concat();
        assert_eq!(unicode(&[&first, &second], true), "abéfg".as_bytes());
    }

    #[test]
    fn shared_texts_leave_out_runs_and_readings() {
        let mut table = vec![2, 0, 0, 0, 2, 0, 0, 0];
        table.extend([2, 0, 0b1100, 1, 0, 3, 0, 0, 0, b'h', b'i', 9, 9, 9, 9, 7, 7, 7]);
        table.extend([1, 0, 0, b'x']);
        let strings = shared(&[&table]).unwrap();
        assert_eq!([strings.get(0), strings.get(1), strings.get(2)], [Some(&b"hi"[..]), Some(b"x"), None]);
        // Cut off within the second.
        let strings = shared(&[&table[..table.len() - 1]]).unwrap();
        assert_eq!([strings.get(0), strings.get(1)], [Some(&b"hi"[..]), None]);
    }
}
