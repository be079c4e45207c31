#!/bin/sh
# calamine 0.38.0 knows seven errors of cells. Excel has more, and writes them in the same way, `t="e"`: #GETTING_DATA, and
# those of dynamic arrays and data types, like #SPILL! and #CALC!. One such cell makes `worksheet_range` fail for the whole
# sheet. A `worksheet_cells_reader` answers an error there, and the cells after it when it is asked again: who takes the
# error for the end loses them.
#
# Writes sheets whose second of three cells is an error, reads them with the public crate alone, and fails if what comes
# out is no longer as told here. Needs cargo, and the crate registry or a cache of it. Seen on 2026-11-28:
#
#   #N/A range 3 cells streamed 1 #N/A 3
#   #GETTING_DATA range an error streamed 1 error 3
#   #SPILL! range an error streamed 1 error 3
#   #CALC! range an error streamed 1 error 3
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/src"
cat > "$folder/Cargo.toml" <<'TOML'
[package]
name = "newer_error"
version = "0.1.0"
edition = "2024"

[dependencies]
calamine = "=0.38.0"
zip = { version = "=9.4.1", default-features = false }

[workspace]
TOML
cat > "$folder/src/main.rs" <<'RUST'
use std::io::{Cursor, Write};

use calamine::{Reader, Xlsx};
use zip::{CompressionMethod::Stored, ZipWriter, write::SimpleFileOptions};

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PART: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

fn book(error: &str) -> Vec<u8> {
    let parts = [
        ("[Content_Types].xml", format!(
            r#"<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="{PART}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="{PART}.worksheet+xml"/></Types>"#
        )),
        ("_rels/.rels", format!(
            r#"<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
        )),
        ("xl/workbook.xml", format!(
            r#"<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="One" sheetId="1" r:id="rId1"/></sheets></workbook>"#
        )),
        ("xl/_rels/workbook.xml.rels", format!(
            r#"<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#
        )),
        ("xl/worksheets/sheet1.xml", format!(
            r#"<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2" t="e"><v>{error}</v></c></row><row r="3"><c r="A3"><v>3</v></c></row></sheetData></worksheet>"#
        )),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(name, SimpleFileOptions::default().compression_method(Stored)).unwrap();
        zip.write_all(format!("{HEAD}{content}").as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn main() {
    for error in ["#N/A", "#GETTING_DATA", "#SPILL!", "#CALC!"] {
        let mut opened = Xlsx::new(Cursor::new(book(error))).unwrap();
        let range = match opened.worksheet_range("One") {
            Ok(range) => format!("{} cells", range.height()),
            Err(_) => "an error".to_owned(),
        };
        let mut cells = opened.worksheet_cells_reader("One").unwrap();
        let mut streamed = Vec::new();
        loop {
            match cells.next_cell() {
                Ok(Some(cell)) => streamed.push(calamine::Data::from(cell.get_value().clone()).to_string()),
                Ok(None) => break,
                Err(_) => streamed.push("error".to_owned()),
            }
            assert!(streamed.len() < 9, "it does not end");
        }
        println!("{error} range {range} streamed {}", streamed.join(" "));
    }
}
RUST
found=$(cd "$folder" && cargo run --quiet)
echo "$found"
# What the head of this file tells.
told=$(sed -n 's/^#   \(#.*\)/\1/p' "$0")
if [ "$found" != "$told" ]; then
    echo "it is no longer so; told was:" >&2
    echo "$told" >&2
    exit 1
fi
