//! Workbooks that other programs encrypted by the published schemes: a header and 40 rows each.

use std::io::{Cursor, Write};

use cfb::CompoundFile;

use super::super::protected::opens;
use super::*;

/// The stream of an .xls in its container.
pub fn xls(stream: &[u8]) -> Vec<u8> {
    let mut file = CompoundFile::create(Cursor::new(Vec::new())).expect("a container");
    file.create_stream("/Workbook").and_then(|mut to| to.write_all(stream)).expect("a stream");
    file.flush().expect("a container");
    file.into_inner().into_inner()
}

#[test]
fn a_workbook_that_excel_opens_without_asking_opens_here() {
    for (scheme, bytes) in [
        ("agile", include_bytes!("protected/agile.xlsx").to_vec()),
        ("standard", include_bytes!("protected/standard.xlsx").to_vec()),
        ("RC4", xls(include_bytes!("protected/rc4.biff"))),
        ("RC4 by CryptoAPI", xls(include_bytes!("protected/crypto_api.biff"))),
        ("XOR", xls(include_bytes!("protected/obfuscated.biff"))),
    ] {
        opens(Cursor::new(bytes.clone()), None).unwrap_or_else(|e| panic!("{scheme}: {e}"));
        let told = read(bytes, &SheetChoice::default());
        assert_eq!(told.error, None, "{scheme}");
        assert_eq!(told.tables[0].1, ["id", "name"], "{scheme}");
        assert_eq!((told.rows[0].len(), &told.rows[0][39][1]), (40, &"n40".to_owned()), "{scheme}");
    }
}

#[test]
fn one_under_another_password_asks_for_it() {
    let bytes = || Cursor::new(include_bytes!("protected/other_password.xlsx").to_vec());
    assert!(matches!(opens(bytes(), None), Err(Error::PasswordNeeded)));
    assert!(matches!(opens(bytes(), Some("other")), Err(Error::PasswordWrong)));
    let choice = SheetChoice::default();
    let mut reader = Spreadsheet::new(bytes(), "book", &choice, Some("s3cret")).expect("it opens");
    assert!(matches!(reader.next(&mut Batch::default()), Ok(Step::Table(table)) if table.columns.len() == 2));
}

/// Its description may be cut or hostile.
#[test]
fn a_broken_description_ends_in_words() {
    let whole = xls(include_bytes!("protected/rc4.biff"));
    let stream = include_bytes!("protected/rc4.biff");
    for at in 0..120 {
        let mut broken = stream.to_vec();
        broken[at] ^= 0x55;
        read(xls(&broken), &SheetChoice::default());
        read(xls(&stream[..at]), &SheetChoice::default());
    }
    assert!(read(whole, &SheetChoice::default()).error.is_none());
}
