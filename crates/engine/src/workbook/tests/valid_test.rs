//! Workbooks that break one rule each, and the sheets that are ended where it matters.

use std::io::{Read, Write};
use std::path::Path;

use rust_xlsxwriter::{DataValidation, Format, Workbook};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::valid::{assert_valid, faults};
use super::{Told, part};
use crate::sample::leak::TextOrigin;
use crate::workbook::grid::{Cell, Column, Grid};
use crate::workbook::page::{Item, Page};
use crate::workbook::sheet_writer::{Cover, SheetWriter};

/// A sound workbook with one of everything that is checked.
fn sound(path: &Path) {
    let mut workbook = Workbook::new();
    let bold = Format::new().set_bold();
    workbook.add_worksheet().set_name("Other").expect("a name");
    let sheet = workbook.add_worksheet();
    sheet.set_name("One").expect("a name");
    sheet.write_string_with_format(0, 0, "id", &bold).expect("a cell");
    sheet.write_string(0, 1, "value").expect("a cell");
    sheet.write_number(1, 0, 1).expect("a cell");
    sheet.write_url(1, 1, "internal:'Other'!A1").expect("a link");
    sheet.merge_range(3, 0, 3, 1, "both", &bold).expect("merged cells");
    sheet.merge_range(4, 0, 4, 1, "both again", &bold).expect("merged cells");
    let list = DataValidation::new().allow_list_strings(&["a", "b"]).expect("a list");
    sheet.add_data_validation(1, 0, 2, 0, &list).expect("a choice");
    sheet.set_repeat_rows(0, 0).expect("a name");
    workbook.save(path).expect("a workbook");
}

/// The workbook with one text of one part replaced; nothing left of a part that is replaced by nothing.
fn with(path: &Path, broken: &Path, name: &str, from: &str, to: Option<&str>) {
    let mut packed = ZipArchive::new(std::fs::File::open(path).expect("the workbook")).expect("a packed file");
    let mut out = ZipWriter::new(std::fs::File::create(broken).expect("a file"));
    for index in 0..packed.len() {
        let mut part = packed.by_index(index).expect("a part");
        let own = part.name().expect("a name").into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).expect("text");
        if own == name {
            let Some(to) = to else { continue };
            assert!(text.contains(from), "{name} does not hold {from}: {text}");
            text = text.replacen(from, to, 1);
        }
        out.start_file(own, SimpleFileOptions::default()).expect("a part");
        out.write_all(text.as_bytes()).expect("a part");
    }
    out.finish().expect("a workbook");
}

#[test]
fn each_broken_rule_is_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, broken) = (folder.path().join("sound.xlsx"), folder.path().join("broken.xlsx"));
    sound(&path);
    assert_valid(&path);
    let (sheet, book) = ("xl/worksheets/sheet2.xml", "xl/workbook.xml");
    for (part, from, to, said) in [
        (sheet, "<row r=\"2\"", Some("<row r=\"1\""), "row 1 stands after row 1"),
        (sheet, "<c r=\"B1\"", Some("<c r=\"A1\""), "cell A1 stands in row 1"),
        (sheet, "<c r=\"A1\" s=\"2\"", Some("<c r=\"A1\" s=\"99\""), "a style of row 1"),
        (sheet, "t=\"s\"><v>0", Some("t=\"s\"><v>99"), "no value of its kind"),
        (sheet, "ref=\"A4:B4\"", Some("ref=\"A4:B5\""), "overlap others"),
        (sheet, "location=\"'Other'!A1\"", Some("location=\"'Gone'!A1\""), "leads to no sheet"),
        (sheet, "\"a,b\"", Some(""), "the list of a choice"),
        (sheet, "<mergeCells count=\"2\"", Some("<mergeCells count=\"3\""), "not as many as it says"),
        (sheet, "</sheetData>", Some("</sheetData><dimension ref=\"A1\"/>"), "dimension stands where it may not"),
        (sheet, "", None, "which is not there"),
        (book, "name=\"One\"", Some("name=\"other\""), "two sheets are called"),
        (book, "name=\"One\"", Some("name=\"a[b\""), "holds what no sheet name may"),
        (book, "One!$1:$1", Some("Gone!$1:$1"), "leads to no cells"),
        (book, "_xlnm.Print_Titles", Some("A1"), "no name that can be defined"),
        ("xl/styles.xml", "<cellXfs count=\"", Some("<cellXfs count=\"1"), "cellXfs holds"),
        ("[Content_Types].xml", "/xl/styles.xml", Some("/xl/gone.xml"), "names xl/gone.xml, which is not there"),
    ] {
        with(&path, &broken, part, from, to);
        let found = faults(&broken);
        assert!(found.iter().any(|f| f.contains(said)), "{part} {to:?}: {found:?}");
    }
}

/// The library writes a last row that has a height of its own twice, unless something stands in the row after it.
#[test]
fn a_last_row_with_a_height_of_its_own_is_there_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("book.xlsx");
    let cover = Cover { what: "Map", client: "Harbor", who: "Ada", at: "2026-03-01T12:00:00Z" };
    let mut told = Told::default();
    let mut writer = SheetWriter::new(&cover, &mut told).expect("a workbook");
    writer.room = 4;
    let mut grid = Grid::new(&mut writer, "Grid", vec![Column::new("What").wrap(10.0)], 0).expect("a sheet");
    // The second sheet ends with a high row, the first is full of them.
    for _ in 0..5 {
        grid.row(&mut writer, vec![Cell::schema("several words that take several lines")]).expect("a row");
    }
    grid.finish(&mut writer).expect("sheets");
    Grid::new(&mut writer, "Heads", vec![Column::new("Only a header")], 0)
        .and_then(|g| g.finish(&mut writer))
        .expect("a sheet");
    let mut page = Page::new(&mut writer, "Page", &[2.0, 10.0]).expect("a sheet");
    let wrap = writer.look.wrap.clone();
    page.row(&mut writer, &[(1, Item::Wrapped(TextOrigin::Ours, "several words that take several lines"), &wrap)])
        .expect("a row");
    page.space(40.0).expect("a row");
    page.finish(&mut writer, &[]).expect("a sheet");
    writer.save(&path).expect("a workbook");
    assert_valid(&path);
    assert_eq!(part(&path, "xl/worksheets/sheet2.xml").matches("<row ").count(), 4, "a header, two rows, and the end");
}
