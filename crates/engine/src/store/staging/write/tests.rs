use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;

use snapshot::ColumnDef;

use super::*;
use crate::source::Cell;
use crate::store::Staging;

#[test]
fn a_folder_whose_name_is_no_utf8_holds_a_store() {
    let home = tempfile::TempDir::new().unwrap();
    let folder = home.path().join(OsStr::from_bytes(b"Z\xfcrich"));
    fs::create_dir(&folder).unwrap();
    let path = folder.join(NAME);
    let mut writer = Writer::create(&path).unwrap();
    let columns = vec![ColumnDef { name: "a".to_owned(), ..ColumnDef::default() }];
    let def = TableDef { name: "visit".to_owned(), columns, ..TableDef::default() };
    let table = writer.add_table(0, &def, "visit").unwrap();
    let mut batch = Batch::default();
    batch.start(0, 1);
    batch.push_integer(7);
    writer.insert(table, &batch).unwrap();
    writer.finish().unwrap();
    let (_, rows, _) = Staging::open(&path).unwrap().query("SELECT a FROM visit", 9, |_| true).unwrap();
    assert_eq!(rows, [[Cell::Integer(7)]]);
    assert!(!catalog_of(&path).exists());
}
