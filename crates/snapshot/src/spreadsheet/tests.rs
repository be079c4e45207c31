//! Workbooks made on the spot, one trap each: what is staged, what is said beside it, what is noted.

mod damaged;
mod formulas;
mod library;
mod plain_rows;
mod protected;
mod workbooks;

use std::io::{Cursor, Write};

use zip::write::{SimpleFileOptions, ZipWriter};

use super::*;
use crate::event::CellRef;

/// What a reader gave, in words: a table's columns, its rows, and the notes with their table.
#[derive(Debug, Default)]
struct Told {
    tables: Vec<(String, Vec<String>)>,
    rows: Vec<Vec<Vec<String>>>,
    /// Table, row, column (-1 for the whole row), kind, stored, shown.
    facets: Vec<(usize, u32, i64, &'static str, String, String)>,
    notes: Vec<String>,
    error: Option<String>,
}

fn cell(cell: CellRef<'_>) -> String {
    match cell {
        CellRef::Null => "-".to_owned(),
        CellRef::Integer(i) => format!("i{i}"),
        CellRef::Text(t) => String::from_utf8(t.to_vec()).expect("UTF-8"),
        CellRef::Bytes(b) => format!("{b:?}"),
    }
}

fn read(bytes: Vec<u8>, choice: &SheetChoice) -> Told {
    let mut told = Told::default();
    let mut reader = match Spreadsheet::new(Cursor::new(bytes), "book", choice, None) {
        Ok(reader) => reader,
        Err(error) => {
            told.error = Some(error.to_string());
            return told;
        }
    };
    let mut batch = Batch::default();
    loop {
        match reader.next(&mut batch) {
            Ok(Step::Table(t)) => {
                told.tables.push((t.name, t.columns.into_iter().map(|c| c.name).collect()));
                told.rows.push(Vec::new());
            }
            Ok(Step::Rows) => {
                let before = told.rows[batch.table].len() as u32;
                told.rows[batch.table].extend((0..batch.rows()).map(|r| batch.row(r).map(cell).collect::<Vec<_>>()));
                told.facets.extend(batch.facets().iter().map(|f| {
                    let column = f.column.map_or(-1, i64::from);
                    (batch.table, before + f.row, column, f.kind.word(), f.stored.clone(), f.shown.clone())
                }));
            }
            Ok(Step::Note(note)) => told.notes.push(match note.kind {
                NoteKind::Warning { text } => text,
                NoteKind::Object { kind, name, text } => format!("{kind}, {name}: {text}"),
                NoteKind::Reject { raw, reason } => format!("{reason}: {}", String::from_utf8_lossy(&raw)),
                NoteKind::Statement { kind, name } => format!("{kind}: {}", name.unwrap_or_default()),
                other => format!("{other:?}"),
            }),
            Ok(Step::End) => return told,
            Ok(other) => panic!("no such step of a workbook: {other:?}"),
            Err(error) => {
                told.error = Some(error.to_string());
                return told;
            }
        }
    }
}

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    packed(&parts.iter().map(|(name, text)| (*name, text.as_bytes())).collect::<Vec<_>>())
}

fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(bytes).expect("a part");
    }
    zip.finish().expect("an archive").into_inner()
}

const RELATIONS: &str = r#"<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="x/worksheet" Target="/xl/worksheets/sheet2.xml"/><Relationship Id="c1" Type="x/chartsheet" Target="chart.xml"/><Relationship Id="s" Type="x/styles" Target="styles.xml"/><Relationship Id="t" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;

/// A workbook of one sheet; styles 1 to 9 are those of [`STYLES`].
fn xlsx(sheet: &str) -> Vec<u8> {
    book(r#"<workbook><sheets><sheet name="One" r:id="r1"/></sheets></workbook>"#, sheet, "<worksheet/>")
}

fn book(workbook: &str, first: &str, second: &str) -> Vec<u8> {
    archive(&[
        ("xl/workbook.xml", workbook),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        ("xl/styles.xml", STYLES),
        ("xl/sharedStrings.xml", STRINGS),
        ("xl/worksheets/sheet1.xml", first),
        ("xl/worksheets/sheet2.xml", second),
    ])
}

const STYLES: &str = r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd\ hh:mm"/><numFmt numFmtId="165" formatCode="[h]:mm"/><numFmt numFmtId="166" formatCode="&quot;$&quot;#,##0.00"/></numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="10"/><xf numFmtId="166"/><xf numFmtId="21"/></cellXfs></styleSheet>"#;

const STRINGS: &str = "<sst><si><t>id</t></si><si><r><t>rich </t></r><r><t>text</t></r><rPh><t>reading</t></rPh></si><si><t xml:space=\"preserve\"> a_x000D_b </t></si><si/></sst>";

/// Rows of inline texts and figures: `|` between cells, `\n` between rows; what starts with a digit is a figure.
fn sheet(rows: &str) -> String {
    let cell = |column: usize, row: usize, text: &str| {
        let place = format!("{}{row}", cell::letters(column as u32));
        match text.parse::<f64>() {
            Ok(_) => format!("<c r=\"{place}\"><v>{text}</v></c>"),
            Err(_) => format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>"),
        }
    };
    let row = |(at, line): (usize, &str)| {
        let filled = line.split('|').enumerate().filter(|(_, text)| !text.is_empty());
        let cells: Vec<String> = filled.map(|(column, text)| cell(column, at + 1, text)).collect();
        format!("<row r=\"{}\">{}</row>", at + 1, cells.concat())
    };
    let rows: Vec<String> = rows.lines().enumerate().map(row).collect();
    format!("<worksheet><sheetData>{}</sheetData></worksheet>", rows.concat())
}
