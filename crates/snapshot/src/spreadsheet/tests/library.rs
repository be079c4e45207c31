//! Why no format is read by calamine: of each a workbook, what ours tells of it, and what the library does. Where one of
//! these fails because the library gives more, look at whether the format can move.

use calamine::{Data, Ods, Reader as _, Xls, Xlsb, Xlsx};

use super::*;

/// Cells of a sheet as the library streams them, with their styles; after them what ends the reading.
fn streamed(bytes: Vec<u8>, sheet: &str) -> Vec<String> {
    let mut book = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let mut cells = book.worksheet_cells_reader(sheet).expect("a sheet");
    let mut told = Vec::new();
    loop {
        match cells.next_cell_with_style_id() {
            Ok(Some((cell, style))) => told.push(format!("{:?} {style}", cell.get_value())),
            Ok(None) => return told,
            Err(_) => {
                told.push("an error".to_owned());
                return told;
            }
        }
    }
}

/// A workbook of one sheet that the library opens: it insists on the relations of the package.
fn complete(strings: &str, cells: &str) -> Vec<u8> {
    let root = r#"<Relationships><Relationship Id="w" Type="x/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
    archive(&[
        ("_rels/.rels", root),
        ("xl/workbook.xml", r#"<workbook><sheets><sheet name="One" sheetId="1" r:id="r1"/></sheets></workbook>"#),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        ("xl/styles.xml", STYLES),
        ("xl/sharedStrings.xml", strings),
        ("xl/worksheets/sheet1.xml", &format!("<worksheet><sheetData>{cells}</sheetData></worksheet>")),
    ])
}

/// What ours tells of the cells, without a header: rows, and what stands beside them.
fn ours(bytes: Vec<u8>) -> (Vec<String>, Vec<String>) {
    let sheet = OneSheet { sheet: "One".into(), header_row: Some(0), ..OneSheet::default() };
    let told = read(bytes, &SheetChoice { sheets: vec![sheet] });
    assert_eq!(told.error, None);
    let beside =
        |(.., kind, stored, shown): &(usize, u32, i64, &str, String, String)| format!("{kind} {stored} {shown}");
    (told.rows[0].iter().map(|row| row.join("|")).collect(), told.facets.iter().map(beside).collect())
}

#[test]
fn xlsx_texts_are_trimmed_and_what_is_not_foreseen_ends_the_sheet() {
    let strings = "<sst><si><t> a </t></si></sst>";
    let trimmed: &[&str] = &["SharedString(\"a\") 0", "Float(1.0) 0"];
    let ended: &[&str] = &["an error"];
    for (trap, cell, library, told) in [
        ("blanks around a text", r#"<c t="s"><v>0</v></c>"#, trimmed, " a |i1"),
        ("an error that Excel has since 2018", r#"<c t="e"><v>#SPILL!</v></c>"#, ended, "#SPILL!|i1"),
        ("a text that is not there", r#"<c t="s"><v>9</v></c>"#, ended, "i1"),
        ("an extension in a cell", "<c><v>7</v><extLst/></c>", ended, "i7|i1"),
        ("an entity nobody declared", r#"<c t="str"><v>a&nbsp;b</v></c>"#, ended, "a&nbsp;b|i1"),
    ] {
        let bytes = complete(strings, &format!("<row r=\"1\">{cell}<c><v>1</v></c></row>"));
        assert_eq!(streamed(bytes.clone(), "One"), library, "{trap}");
        assert_eq!(ours(bytes).0, [told], "{trap}");
    }
}

/// Records of .xlsb: a number, a length, fields.
fn records(all: &[(u16, Vec<u8>)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (kind, fields) in all {
        let low = (kind & 0x7f) as u8;
        if *kind < 0x80 {
            bytes.push(low);
        } else {
            bytes.extend([low | 0x80, (kind >> 7) as u8]);
        }
        bytes.push(fields.len() as u8);
        bytes.extend(fields);
    }
    bytes
}

fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    [&(text.len() as u32).to_le_bytes(), units.as_slice()].concat()
}

#[test]
fn xlsb_cells_have_no_style_and_errors_of_formulas_are_passed_over() {
    let sheet = [&[0; 4][..], &[1, 0, 0, 0], &wide("r1"), &wide("One")].concat();
    let workbook = records(&[(156, sheet), (144, vec![]), (132, vec![])]);
    // Two cells: a column, a style, and a formula's error #N/A or the number 7.
    let error = [&[0; 8][..], &[0x2a, 0, 0], &[0; 8]].concat();
    let number = [&[1, 0, 0, 0, 0, 0, 0, 0][..], &7f64.to_le_bytes()].concat();
    let cells = records(&[
        (129, vec![]),
        (148, vec![0; 16]),
        (145, vec![]),
        (0, vec![0; 17]),
        (11, error),
        (5, number),
        (146, vec![]),
        (130, vec![]),
    ]);
    let relations =
        r#"<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.bin"/></Relationships>"#;
    let bytes = packed(&[
        ("xl/workbook.bin", workbook.as_slice()),
        ("xl/_rels/workbook.bin.rels", relations.as_bytes()),
        ("xl/worksheets/sheet1.bin", cells.as_slice()),
    ]);
    let mut book = Xlsb::new(Cursor::new(bytes.clone())).expect("a workbook");
    let mut reader = book.worksheet_cells_reader("One").expect("a sheet");
    let mut told = Vec::new();
    while let Some(cell) = reader.next_cell().expect("cells") {
        told.push(format!("{:?}", cell.get_value()));
    }
    assert_eq!(told, ["Float(7.0)"]);
    assert_eq!(ours(bytes).0, ["#N/A|i7"]);
}

#[test]
fn xls_numbers_come_without_what_was_shown() {
    let record =
        |kind: u16, fields: &[u8]| [&kind.to_le_bytes(), &(fields.len() as u16).to_le_bytes(), fields].concat();
    let begin = |kind: u16| record(0x809, &[&0x600u16.to_le_bytes()[..], &kind.to_le_bytes(), &[0; 12]].concat());
    let format = record(0x41e, &[&164u16.to_le_bytes()[..], &5u16.to_le_bytes(), &[0], b"00000"].concat());
    let style = record(0xe0, &[&[0, 0][..], &164u16.to_le_bytes(), &[0; 16]].concat());
    let sheet = |at: u32| record(0x85, &[&at.to_le_bytes()[..], &[0, 0, 3, 0], b"One"].concat());
    let head = [begin(5), format, style].concat();
    let globals = (head.len() + sheet(0).len() + 4) as u32;
    let number = |value: f64, row: u8| record(0x203, &[&[row, 0, 0, 0, 0, 0][..], &value.to_le_bytes()].concat());
    let cells = [begin(16), number(2138.0, 0), number(94105.0, 1), record(0x0a, &[])].concat();
    let bytes = protected::xls(&[head, sheet(globals), record(0x0a, &[]), cells].concat());
    let mut book = Xls::new(Cursor::new(bytes.clone())).expect("a workbook");
    let range = book.worksheet_range("One").expect("a sheet");
    assert_eq!(
        range.used_cells().map(|(.., cell)| cell.clone()).collect::<Vec<_>>(),
        [Data::Float(2138.0), Data::Float(94105.0)]
    );
    assert_eq!(
        ours(bytes),
        (
            vec!["i2138".into(), "i94105".into()],
            vec!["leading zeros 2138 02138".to_owned(), "number 94105 94105".to_owned()]
        )
    );
}

#[test]
fn ods_cells_come_without_what_was_shown_and_hidden_rows_as_any() {
    let content = r#"<office:document-content><office:body><office:spreadsheet><table:table table:name="One"><table:table-row table:visibility="collapse"><table:table-cell office:value-type="percentage" office:value="0.125"><text:p>12.5%</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"#;
    let bytes = archive(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content),
        ("META-INF/manifest.xml", "<m/>"),
    ]);
    let mut book = Ods::new(Cursor::new(bytes.clone())).expect("a workbook");
    let range = book.worksheet_range("One").expect("a sheet");
    assert_eq!(
        range.used_cells().map(|(.., cell)| cell.clone()).collect::<Vec<_>>(),
        [Data::Float(0.125), Data::Float(1.0)]
    );
    let (rows, beside) = ours(bytes);
    assert_eq!(rows, ["0.125", "i1"]);
    assert_eq!(beside, ["percent 0.125 12.5%", "hidden  "]);
}
