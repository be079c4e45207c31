//! Sound workbooks.

use super::*;

fn rows(told: &Told, table: usize) -> Vec<String> {
    told.rows[table].iter().map(|r| r.join("|")).collect()
}

#[test]
fn values_come_out_exactly_with_what_was_shown_beside_them() {
    let told = read(
        xlsx(
            r#"<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>value</t></is></c></row>
<row r="2"><c r="A2"><v>1</v></c><c r="B2" s="1"><v>45352</v></c></row>
<row r="3"><c r="A3"><v>2.0</v></c><c r="B3" s="2"><v>45352.572916666664</v></c></row>
<row r="4"><c r="A4"><v>3</v></c><c r="B4" s="3"><v>1.5104166666666667</v></c></row>
<row r="5"><c r="A5"><v>4</v></c><c r="B5" s="4"><v>0.125</v></c></row>
<row r="6"><c r="A6"><v>5</v></c><c r="B6" s="5"><v>1234.5</v></c></row>
<row r="7"><c r="A7"><v>6</v></c><c r="B7" t="b"><v>1</v></c></row>
<row r="8"><c r="A8"><v>7</v></c><c r="B8" t="e"><v>#N/A</v></c></row>
<row r="9"><c r="A9"><v>8</v></c><c r="B9" t="s"><v>1</v></c></row>
<row r="10"><c r="A10"><v>9</v></c><c r="B10" t="s"><v>2</v></c></row>
<row r="11"><c r="A11"><v>0.1</v></c><c r="B11" t="str"><f>A1&amp;""</f><v>a &amp; b</v></c></row>
<row r="12"><c r="A12"><v>1.1000000000000001</v></c><c r="B12" t="d"><v>2024-03-01T13:45:00</v></c></row>
<row r="13"><c r="A13"><v>1E+25</v></c><c r="B13" s="6"><v>0.5729166666666666</v></c></row>
<row r="14"><c r="A14"><v>60</v></c><c r="B14" s="1"><v>60</v></c></row>
<row r="15"><c r="A15"><v>-1</v></c><c r="B15" s="1"><v>-1</v></c></row>
</sheetData></worksheet>"#,
        ),
        &SheetChoice::default(),
    );
    assert_eq!(told.tables, [("book".to_owned(), vec!["id".to_owned(), "value".to_owned()])]);
    let expected = [
        "i1|2024-03-01",
        "i2|2024-03-01 13:45:00",
        "i3|36:15:00",
        "i4|0.125",
        "i5|1234.5",
        "i6|TRUE",
        "i7|#N/A",
        "i8|rich text",
        "i9| a\rb ",
        "0.1|a & b",
        "1.1|2024-03-01 13:45:00",
        "1e25|13:45:00",
        "i60|1900-02-29",
        "i-1|i-1",
    ];
    assert_eq!(rows(&told, 0), expected);
    let beside: Vec<String> =
        told.facets.iter().map(|(_, row, _, kind, stored, shown)| format!("{row} {kind} {stored} {shown}")).collect();
    let expected = [
        "0 date 45352 3/1/24",
        "1 datetime 45352.572916666664 2024-03-01 13:45",
        "2 duration 1.5104166666666667 36:15",
        "3 percent 0.125 12.50%",
        "4 number 1234.5 $1,234.50",
        "5 boolean 1 TRUE",
        "6 error #N/A #N/A",
        "10 datetime 2024-03-01T13:45:00 2024-03-01T13:45:00",
        "11 time 0.5729166666666666 13:45:00",
        "12 date 60 2/29/00",
        "13 date -1 ########",
    ];
    assert_eq!(beside, expected);
    assert_eq!(told.notes, [""; 0]);
}

#[test]
fn nothing_of_a_sheet_with_titles_and_two_tables_is_lost() {
    let told = read(
        xlsx(&sheet(
            "Visits of 2019|printed\n\nid|name|name\n1|Ann|Doe\n\n2|Bob|Roe\n\ncode|meaning|weight\n7|cough|3",
        )),
        &SheetChoice::default(),
    );
    assert_eq!(told.tables[0], ("book".into(), ["id", "name", "name (2)"].map(str::to_owned).to_vec()));
    assert_eq!(told.tables[1], ("book (2)".into(), ["code", "meaning", "weight"].map(str::to_owned).to_vec()));
    assert_eq!(
        (rows(&told, 0), rows(&told, 1)),
        (vec!["i1|Ann|Doe".into(), "i2|Bob|Roe".into()], vec!["i7|cough|i3".into()])
    );
    let expected = [
        "text above the header, One row 1: Visits of 2019\tprinted",
        "the sheet holds 2 tables, each is loaded as one: A1:C6, A8:C9",
    ];
    assert_eq!(told.notes, expected);
}

#[test]
fn a_person_says_where_header_and_table_are() {
    let choose = |header_row, range: Option<&str>, skip| SheetChoice {
        sheets: vec![OneSheet { sheet: "One".into(), header_row, skip, range: range.map(str::to_owned) }],
    };
    let bytes = || xlsx(&sheet("a|b|c\nd|e|f\n1|2|3"));
    let told = read(bytes(), &choose(Some(2), None, false));
    assert_eq!((told.tables[0].1.join("|"), rows(&told, 0)), ("d|e|f".into(), vec!["i1|i2|i3".into()]));
    assert_eq!(told.notes, ["text above the header, One row 1: a\tb\tc"]);
    let told = read(bytes(), &choose(Some(0), None, false));
    assert_eq!((told.tables[0].1.join("|"), told.rows[0].len()), ("column_1|column_2|column_3".into(), 3));
    let told = read(bytes(), &choose(None, Some("B2:C3"), false));
    assert_eq!((told.tables[0].1.join("|"), rows(&told, 0)), ("e|f".into(), vec!["i2|i3".into()]));
    assert_eq!(told.notes, ["5 cells outside of the ranges that were given are not loaded"]);
    assert_eq!(read(bytes(), &choose(None, None, true)).notes, ["no sheet has a table: One is left out by choice"]);
    let wrong = read(bytes(), &choose(None, Some("B2:"), false)).error;
    let expected =
        "no sheet has a table that can be read: One cannot be read: B2: is no range of cells: write it like A5:K200";
    assert_eq!(wrong.as_deref(), Some(expected));
}

#[test]
fn hidden_sheets_rows_and_columns_are_loaded_and_said() {
    let workbook = r#"<workbook><workbookPr date1904="1"/><sheets><sheet name="One" state="veryHidden" r:id="r1"/><sheet name="Chart" r:id="c1"/><sheet name="Two" r:id="r2"/><sheet name="Gone" r:id="r9"/></sheets></workbook>"#;
    let first = r#"<worksheet><cols><col min="2" max="2" hidden="1"/></cols><sheetData><row r="1"><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row><row r="2" hidden="1"><c><v>5</v></c><c s="1"><v>0</v></c></row></sheetData><mergeCells><mergeCell ref="A5:B6"/></mergeCells></worksheet>"#;
    let told = read(book(workbook, first, "<worksheet/>"), &SheetChoice::default());
    assert_eq!(told.tables[0].0, "book One");
    assert_eq!(rows(&told, 0), ["i5|1904-01-01"]);
    let hidden: Vec<_> = told.facets.iter().filter(|f| f.3 == "hidden").map(|f| (f.1, f.2)).collect();
    assert_eq!(hidden, [(0, -1)]);
    let expected = [
        "sheet Chart is a chart: it has no cells",
        "sheet without a table, which is empty: Two",
        "sheet Gone is named by the workbook but is not there: ask for the file again",
        "the sheet is hidden by a macro; it is loaded all the same",
        "1 merged cells: each has its value in its first cell, the others are empty",
    ];
    assert_eq!(told.notes, expected);
}

#[test]
fn a_merged_header_of_two_rows_gives_joined_names() {
    let sheet = sheet("id|Blood pressure||note\n|high|low|\n1|120|80|x").replace(
        "</worksheet>",
        r#"<mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="B1:C1"/><mergeCell ref="D1:D2"/></mergeCells></worksheet>"#,
    );
    let told = read(xlsx(&sheet), &SheetChoice::default());
    assert_eq!(told.tables[0].1, ["id", "Blood pressure high", "Blood pressure low", "note"]);
    assert_eq!(rows(&told, 0), ["i1|i120|i80|x"]);
}

#[test]
fn an_opendocument_sheet_says_its_values_itself() {
    let content = r#"<office:document-content><office:automatic-styles><style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style></office:automatic-styles><office:body><office:spreadsheet>
<table:tracked-changes><table:deletion><table:table-cell office:value-type="string"><text:p>gone</text:p></table:table-cell></table:deletion></table:tracked-changes>
<table:table table:name="One" table:style-name="ta2"><table:table-column table:number-columns-repeated="2"/>
<table:table-row><table:table-cell office:value-type="string"><text:p>id</text:p></table:table-cell><table:table-cell office:value-type="string"><office:annotation><text:p>a remark</text:p></office:annotation><text:p>two<text:s text:c="2"/>blanks</text:p><text:p>and a line</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell><table:table-cell office:value-type="date" office:date-value="2024-03-01T13:45:00"><text:p>01.03.24</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell table:number-columns-repeated="2" office:value-type="percentage" office:value="0.125"><text:p>12.5%</text:p></table:table-cell><table:table-cell table:number-columns-repeated="16382"/></table:table-row>
<table:table-row><table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>TRUE</text:p></table:table-cell><table:table-cell office:value-type="string" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>"#;
    let told = read(archive(&[("content.xml", content), ("META-INF/manifest.xml", "<m/>")]), &SheetChoice::default());
    assert_eq!(told.tables[0].1, ["id", "two  blanks\nand a line"]);
    let expected = ["i1|2024-03-01 13:45:00", "i1|2024-03-01 13:45:00", "0.125|0.125", "TRUE|#DIV/0!"];
    assert_eq!(rows(&told, 0), expected);
    assert_eq!(told.notes, ["the sheet is hidden; it is loaded all the same"]);
    assert_eq!(told.facets[0], (0, 0, 1, "datetime", "2024-03-01T13:45:00".into(), "01.03.24".into()));
}
