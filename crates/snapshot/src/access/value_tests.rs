//! Values decoded from bytes written by hand.

use super::*;

fn told(append: impl FnOnce(&mut Vec<u8>) -> bool) -> Option<String> {
    let mut out = Vec::new();
    append(&mut out).then(|| String::from_utf8(out).expect("UTF-8"))
}

fn datetime(n: f64) -> Option<String> {
    told(|out| append_datetime(out, n))
}

#[test]
fn dates_are_those_access_shows() {
    let cases = [
        ("the day before the first", -1.0, Some("1899-12-29 00:00:00")),
        ("zero", 0.0, Some("1899-12-30 00:00:00")),
        ("a time alone", 0.5, Some("1899-12-30 12:00:00")),
        ("below zero the fraction counts forward", -1.25, Some("1899-12-29 06:00:00")),
        ("a time alone, written below zero", -0.25, Some("1899-12-30 06:00:00")),
        ("a leap day", 36585.0, Some("2000-02-29 00:00:00")),
        ("1900 has none", 61.0, Some("1900-03-01 00:00:00")),
        ("a second that is no binary fraction", 45_000.0 + 45_296.0 / 86_400.0, Some("2023-03-15 12:34:56")),
        ("half a second", 45_000.0 + 0.5 / 86_400.0, Some("2023-03-15 00:00:00.500")),
        ("just below midnight", 44_999.999_999_999_99, Some("2023-03-15 00:00:00")),
        ("the first", -657_434.0, Some("0100-01-01 00:00:00")),
        ("the last", 2_958_465.0 + 86_399.0 / 86_400.0, Some("9999-12-31 23:59:59")),
        ("the first, written below zero", -657_434.75, Some("0100-01-01 18:00:00")),
        ("before the first", -657_435.0, None),
        ("after the last", 2_958_466.0, None),
        ("just below the midnight after the last", 2_958_465.999_999_999_9, None),
        ("and after that", 2_958_466.999_999_999_9, None),
        ("no number", f64::NAN, None),
        ("without end", f64::INFINITY, None),
    ];
    for (trap, n, expected) in cases {
        assert_eq!(datetime(n).as_deref(), expected, "{trap}");
    }
}

#[test]
fn extended_dates_keep_seven_decimals() {
    let cases: [(&str, &[u8], Option<&str>); 8] = [
        ("the last", b"0000000000003652058:0000000863999999999:7\0", Some("9999-12-31 23:59:59.9999999")),
        ("the first", b"0000000000000000000:0000000000000000000:7\0", Some("0001-01-01 00:00:00.0000000")),
        ("an ordinary one", b"0000000000000738000:0000000432000000001:7\0", Some("2021-07-30 12:00:00.0000001")),
        ("too late", b"0000000000003652059:0000000000000000000:7\0", None),
        ("far too late", b"0000000099999999999:0000000000000000000:7\0", None),
        ("later than a number says", b"9999999999999999999:0000000000000000000:7\0", None),
        ("no digits", b"00000000000000000-1:0000000000000000000:7\0", None),
        ("a day too long", b"0000000000000000000:0000000864000000000:7\0", None),
    ];
    for (trap, bytes, expected) in cases {
        assert_eq!(bytes.len(), 42, "{trap}");
        assert_eq!(told(|out| append_extended(out, bytes)).as_deref(), expected, "{trap}");
    }
}

#[test]
fn money_has_four_decimals() {
    let cases = [
        (0, "0.0000"),
        (1, "0.0001"),
        (-1, "-0.0001"),
        (12_345_678, "1234.5678"),
        (i64::MAX, "922337203685477.5807"),
        (i64::MIN, "-922337203685477.5808"),
    ];
    for (n, expected) in cases {
        let told = told(|out| {
            append_money(out, n);
            true
        });
        assert_eq!(told.as_deref(), Some(expected));
    }
}

#[test]
fn decimals_are_exact() {
    let raw = |negative: bool, words: [u32; 4]| {
        let mut raw = [0u8; 17];
        raw[0] = if negative { 0x80 } else { 0 };
        for (i, word) in words.iter().enumerate() {
            raw[1 + 4 * i..5 + 4 * i].copy_from_slice(&word.to_le_bytes());
        }
        raw
    };
    let cases = [
        ("zero", raw(false, [0, 0, 0, 0]), 2, "0.00"),
        ("zero below zero", raw(true, [0, 0, 0, 0]), 0, "0"),
        ("zeros after the point stay", raw(false, [0, 0, 0, 1500]), 3, "1.500"),
        ("below one", raw(true, [0, 0, 0, 5]), 4, "-0.0005"),
        ("the words' order", raw(false, [0, 0, 1, 0]), 0, "4294967296"),
        ("28 digits", raw(false, [0, 0x204F_CE5E, 0x3E25_0261, 0x0FFF_FFFF]), 28, "0.9999999999999999999999999999"),
    ];
    for (trap, raw, scale, expected) in cases {
        let told = told(|out| {
            append_decimal(out, raw[0] != 0, decimal_magnitude(&raw), scale);
            true
        });
        assert_eq!(told.as_deref(), Some(expected), "{trap}");
    }
}

#[test]
fn floats_are_the_shortest_that_read_back() {
    let double = |n| {
        told(|out| {
            append_double(out, n);
            true
        })
    };
    let single = |n| {
        told(|out| {
            append_single(out, n);
            true
        })
    };
    assert_eq!(double(0.1).as_deref(), Some("0.1"));
    assert_eq!(double(-12.0).as_deref(), Some("-12"));
    assert_eq!(double(1e300).as_deref(), Some("1e300"));
    assert_eq!(double(5e-324).as_deref(), Some("5e-324"));
    assert_eq!(double(0.1 + 0.2).as_deref(), Some("0.30000000000000004"));
    // Not the digits of the double it would widen to.
    assert_eq!(single(0.1).as_deref(), Some("0.1"));
    assert_eq!(single(16_777_216.0).as_deref(), Some("16777216"));
    assert_eq!(single(1e-10).as_deref(), Some("1e-10"));
}

#[test]
fn guids_are_in_braces_and_capitals() {
    let raw: Vec<u8> = (0xA0..=0xAF).collect();
    let told = told(|out| {
        append_guid(out, &raw);
        true
    });
    assert_eq!(told.as_deref(), Some("{A3A2A1A0-A5A4-A7A6-A8A9-AAABACADAEAF}"));
}

#[test]
fn calculated_numbers_leave_out_leading_zeros_in_fours() {
    let cases: [(&str, &[u8], u128); 5] = [
        ("four", &[0x39, 0x30, 0, 0], 12_345),
        ("eight", &[1, 0, 0, 0, 2, 0, 0, 0], (2 << 32) + 1),
        ("twelve: the highest first", &[3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0], (3 << 64) + (2 << 32) + 1),
        ("sixteen", &[1, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0], (1 << 64) + 7),
        ("none", &[], 0),
    ];
    for (trap, bytes, expected) in cases {
        assert_eq!(calculated_digits(bytes), expected, "{trap}");
    }
}

#[test]
fn calculated_text_is_text_however_it_is_wrapped() {
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let wrapped = |length: usize, value: &[u8]| [&[9; 16][..], &(length as u32).to_le_bytes(), value].concat();
    let shown = |bytes: &[u8], kind| {
        let column = Column {
            name: String::new(),
            kind,
            number: 0,
            variable: Some(0),
            offset: 0,
            length: 0,
            precision: 0,
            scale: 0,
            complex: 0,
            automatic: false,
            hyperlink: false,
            narrow: false,
            calculated: true,
        };
        let column = Shown { column, stored: Type::Memo, attachment: false };
        let mut decoder = Decoder::new(encoding_rs::WINDOWS_1252, false, Allowance::new(0));
        let mut batch = Batch::default();
        batch.start(0, 1);
        assert!(decoder.push_plain(&column, bytes, &mut batch).is_ok());
        match batch.value(0, 0) {
            crate::event::CellRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
            other => format!("{other:?}"),
        }
    };
    let long = wide("a note of some length, twice");
    for (trap, bytes, expected) in [
        ("wrapped", wrapped(long.len(), &long), "a note of some length, twice"),
        ("wrapped, with bytes after it", [wrapped(8, &wide("note")), vec![0; 3]].concat(), "note"),
        ("wrapped, one byte a character", wrapped(6, b"\xff\xfenote"), "note"),
        ("said to be longer than it is", wrapped(400, &long), "a note of some length, twice"),
        ("not wrapped", long.clone(), "a note of some length, twice"),
        ("not wrapped and short", wide("no"), "no"),
        ("blank", wrapped(0, &[0; 3]), ""),
        ("no text", vec![0xff; 5], "Bytes([255, 255, 255, 255, 255])"),
    ] {
        assert_eq!(shown(&bytes, Type::Memo), expected, "{trap}");
        assert_eq!(shown(&bytes, Type::Text), expected, "{trap}");
    }
}
