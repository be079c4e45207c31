//! Broken and hostile workbooks: an error or a warning with its place, never a panic, a hang or memory without end.

use super::*;

#[test]
fn a_sheet_that_is_cut_off_keeps_what_came_before() {
    let whole = sheet("id|name\n1|Ann\n2|Bob\n3|Cid");
    let at = whole.find("Cid").expect("the last row");
    let told = read(xlsx(&whole[..at]), &SheetChoice::default());
    assert_eq!(told.rows[0], [["i1", "Ann"], ["i2", "Bob"]]);
    assert_eq!(told.notes.len(), 2, "{:?}", told.notes);
    assert!(told.notes[0].starts_with("the sheet is read as far as row 3: xl/worksheets/sheet1.xml is damaged"));
    assert_eq!(told.notes[1], "the sheet is damaged or cut off in this row: 3");
}

#[test]
fn what_no_workbook_does_is_refused() {
    let entity = r#"<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet><sheetData><row><c t="str"><v>&e;</v></c></row></sheetData></worksheet>"#;
    let deep = "<a>".repeat(100_000);
    let many = format!("<worksheet><sheetData><row>{}</row></sheetData></worksheet>", "<c><v>1</v></c>".repeat(20_000));
    for (name, sheet, said) in [
        ("entity", entity, "declares entities"),
        ("depth", deep.as_str(), "elements inside each other"),
        ("columns", many.as_str(), "over 16384 cells"),
    ] {
        let told = read(xlsx(sheet), &SheetChoice::default());
        let words = told.error.clone().unwrap_or_default() + &told.notes.join(" ");
        assert!(words.contains(said), "{name}: {told:?}");
    }
}

#[test]
fn repeated_cells_end_at_their_limit() {
    let row = r#"<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/></table:table-row>"#;
    let content = format!("<d><table:table table:name=\"One\">{row}</table:table></d>");
    let told = read(archive(&[("content.xml", &content), ("META-INF/manifest.xml", "<m/>")]), &SheetChoice::default());
    assert!(told.error.expect("refused").contains("over 50000000 times"));
}

#[test]
fn protected_workbooks_ask_for_one_without_a_password() {
    let manifest = "<manifest><encryption-data/></manifest>";
    let told = read(archive(&[("content.xml", "\u{1}"), ("META-INF/manifest.xml", manifest)]), &SheetChoice::default());
    assert!(told.error.expect("refused").contains("protected by a password"));
}

#[test]
fn any_cut_and_any_flipped_bit_ends_in_words() {
    let bytes = xlsx(&sheet("id|name\n1|Ann\n2|Bob\n3|Cid"));
    for at in 0..bytes.len() {
        read(bytes[..at].to_vec(), &SheetChoice::default());
        let mut flipped = bytes.clone();
        flipped[at] ^= 1 << (at % 8);
        read(flipped, &SheetChoice::default());
    }
}
