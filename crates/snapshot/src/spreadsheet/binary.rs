//! What the binary formats (.xls, .xlsb) share: fields at fixed places of a record.

/// Stands for a formula that is not written out.
pub const BINARY: &[u8] = b"=(a formula that is not written out)";

/// A field of a record; zeros where the record is too short for it, which its reader has checked where it matters.
pub fn u16_at(record: &[u8], at: usize) -> u16 {
    record.get(at..at + 2).map_or(0, |b| u16::from_le_bytes([b[0], b[1]]))
}

pub fn u32_at(record: &[u8], at: usize) -> u32 {
    record.get(at..at + 4).map_or(0, |b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
}

pub fn f64_at(record: &[u8], at: usize) -> f64 {
    let bytes = record.get(at..at + 8).and_then(|b| <[u8; 8]>::try_from(b).ok());
    bytes.map_or(0.0, f64::from_le_bytes)
}

pub fn u8_at(record: &[u8], at: usize) -> u8 {
    record.get(at).copied().unwrap_or(0)
}

/// A number in four bytes: an integer or the upper half of a double, either perhaps in hundredths.
pub fn packed_number(bits: u32) -> f64 {
    let number = if bits & 2 != 0 { f64::from(bits as i32 >> 2) } else { f64::from_bits(u64::from(bits & !3) << 32) };
    if bits & 1 != 0 { number / 100.0 } else { number }
}

/// Errors as Excel writes them.
pub fn error_text(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0f => "#VALUE!",
        0x17 => "#REF!",
        0x1d => "#NAME?",
        0x24 => "#NUM!",
        0x2a => "#N/A",
        0x2b => "#GETTING_DATA",
        _ => "#ERROR",
    }
}

/// UTF-16 in little-endian bytes; halves of a pair that stand alone come out as U+FFFD.
pub fn add_utf16(bytes: &[u8], out: &mut Vec<u8>) {
    let units = bytes.chunks_exact(2).map(|b| u16::from_le_bytes([b[0], b[1]]));
    for letter in char::decode_utf16(units) {
        let letter = letter.unwrap_or(char::REPLACEMENT_CHARACTER);
        out.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_numbers_are_integers_or_halves_of_doubles() {
        for (bits, number) in
            [(0x0000_000a, 2.0), (0x3ff0_0000, 1.0), (0x0000_3039 << 2 | 3, 123.45), (0xffff_fffe, -1.0)]
        {
            assert_eq!(packed_number(bits).to_bits(), f64::to_bits(number), "{bits:x}");
        }
    }
}
