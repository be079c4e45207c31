//! Formulas that nobody computed, and numbers that are shown otherwise than they are stored.

use super::*;

/// A workbook whose workbook part asks for this, with one sheet of these rows under the header `a|b|c`.
fn asking(calculation: &str, rows: &str) -> Told {
    let workbook = format!(r#"<workbook>{calculation}<sheets><sheet name="One" r:id="r1"/></sheets></workbook>"#);
    let head = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1" t="inlineStr"><is><t>b</t></is></c><c r="C1" t="inlineStr"><is><t>c</t></is></c></row>"#;
    let sheet = format!("<worksheet><sheetData>{head}{rows}</sheetData></worksheet>");
    read(book(&workbook, &sheet, "<worksheet/>"), &SheetChoice::default())
}

const XLSXWRITER: &str = r#"<fileVersion appName="xl"/><calcPr calcId="124519" fullCalcOnLoad="1"/>"#;
const COMPUTES: &str = r#"<calcPr calcId="125725" fullCalcOnLoad="1"/>"#;
const EXCEL: &str = r#"<fileVersion appName="xl"/><calcPr calcId="191029"/>"#;

fn first_row(cell: &str) -> String {
    format!(r#"<row r="2"><c r="A2"><v>1</v></c><c r="B2"><v>2</v></c>{cell}</row>"#)
}

#[test]
fn a_formula_without_a_result_is_null_with_the_formula_beside_it() {
    let nothing = |cell: &str| first_row(cell);
    for (trap, calculation, rows, value, beside) in [
        ("no value", EXCEL, nothing(r#"<c r="C2"><f>A2+B2</f></c>"#), "-", Some(("", "=A2+B2"))),
        ("an empty value", EXCEL, nothing(r#"<c r="C2"><f>A2&amp;"x"</f><v></v></c>"#), "-", Some(("", "=A2&\"x\""))),
        ("an empty element", EXCEL, nothing(r#"<c r="C2" t="str"><f>A2</f></c>"#), "-", Some(("", "=A2"))),
        (
            "for several cells",
            EXCEL,
            nothing(r#"<c r="C2"><f t="array" ref="C2:C3">A2:A3*2</f><v/></c>"#),
            "-",
            Some(("", "{=A2:A3*2}")),
        ),
        (
            "the zero of a library",
            XLSXWRITER,
            nothing(r#"<c r="C2"><f>A2+B2</f><v>0</v></c>"#),
            "-",
            Some(("0", "=A2+B2")),
        ),
        ("a result it was given", XLSXWRITER, nothing(r#"<c r="C2"><f>A2+B2</f><v>3</v></c>"#), "i3", None),
        (
            "nothing but zeros, to be computed",
            COMPUTES,
            nothing(r#"<c r="C2"><f>A2+B2</f><v>0</v></c>"#),
            "-",
            Some(("0", "=A2+B2")),
        ),
        (
            "nothing but zeros, from nobody",
            "",
            nothing(r#"<c r="C2"><f>A2+B2</f><v>0.0</v></c>"#),
            "-",
            Some(("0", "=A2+B2")),
        ),
        ("a zero that Excel computed", EXCEL, nothing(r#"<c r="C2"><f>A2-A2</f><v>0</v></c>"#), "i0", None),
        ("a blank text that Excel computed", EXCEL, nothing(r#"<c r="C2" t="str"><f>""</f><v></v></c>"#), "", None),
    ] {
        let told = asking(calculation, &rows);
        assert_eq!(told.rows[0], [["i1", "i2", value]], "{trap}");
        let expected: Vec<_> = beside.into_iter().map(|(stored, shown)| ("not computed", stored, shown)).collect();
        let found: Vec<_> = told.facets.iter().map(|f| (f.3, f.4.as_str(), f.5.as_str())).collect();
        assert_eq!(found, expected, "{trap}");
        let said: Vec<&String> = told.notes.iter().filter(|n| n.contains("never computed")).collect();
        assert_eq!(said.len(), expected.len(), "{trap}: {:?}", told.notes);
        assert!(said.iter().all(|n| n.starts_with("sheet One: 1 formula in column C was never computed")), "{said:?}");
    }
}

#[test]
fn a_shared_formula_is_kept_for_each_of_its_cells() {
    let told = asking(
        EXCEL,
        r#"<row r="2"><c r="A2"><v>1</v></c><c r="B2"><v>2</v></c><c r="C2"><f t="shared" ref="C2:C3" si="0">A2+$B$2</f></c></row>
           <row r="3"><c r="A3"><v>3</v></c><c r="B3"><v>4</v></c><c r="C3"><f t="shared" si="0"/></c></row>"#,
    );
    let formulas: Vec<&str> = told.facets.iter().map(|f| f.5.as_str()).collect();
    assert_eq!(formulas, ["=A2+$B$2", "=A3+$B$2"]);
    assert!(told.notes[0].starts_with("sheet One: 2 formulas in column C were never computed: each is loaded as NULL"));
}

/// A library that computes writes zeros too; nobody can tell which, so they are kept and said.
#[test]
fn zeros_among_results_are_kept_and_said() {
    let told = asking(
        COMPUTES,
        r#"<row r="2"><c r="A2"><v>1</v></c><c r="B2"><f>A2-A2</f><v>0</v></c><c r="C2"><f>A2+A2</f><v>2</v></c></row>"#,
    );
    assert_eq!(told.rows[0], [["i1", "i0", "i2"]]);
    assert!(told.notes[0].starts_with("sheet One: the result of 1 formula in column B is 0"), "{:?}", told.notes);
}

#[test]
fn a_row_of_formulas_alone_is_a_row() {
    let told = asking(
        XLSXWRITER,
        r#"<row r="2"><c r="A2"><f>Two!A1</f><v>0</v></c><c r="B2"><f>Two!B1</f><v>0</v></c></row>"#,
    );
    assert_eq!(told.rows[0], [["-", "-", "-"]]);
}

#[test]
fn an_opendocument_formula_without_a_result_is_null() {
    let content = r#"<d><table:table table:name="One">
<table:table-row><table:table-cell office:value-type="string"><text:p>a</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>b</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="float" office:value="1"/><table:table-cell table:formula="of:=[.A2]*2"/></table:table-row>
<table:table-row><table:table-cell office:value-type="float" office:value="3"/><table:table-cell table:formula="of:=[.A4]*2" office:value-type="float" office:value="6"><text:p>6</text:p></table:table-cell></table:table-row>
</table:table></d>"#;
    let told = read(archive(&[("content.xml", content), ("META-INF/manifest.xml", "<m/>")]), &SheetChoice::default());
    assert_eq!(told.rows[0], [["i1", "-"], ["i1", "-"], ["i3", "i6"]]);
    let beside: Vec<_> = told.facets.iter().map(|f| (f.1, f.3, f.5.as_str())).collect();
    assert_eq!(beside, [(0, "not computed", "=[.A2]*2"), (1, "not computed", "=[.A2]*2")]);
    assert!(told.notes[0].starts_with("sheet One: 1 formula in column B was"), "{:?}", told.notes);
}

#[test]
fn sheets_without_a_table_say_why_each_has_none() {
    let drawing = r#"<worksheet><sheetData/><drawing r:id="d1"/></worksheet>"#;
    let bare = r#"<worksheet><sheetData><row r="1"><c r="A1" s="1"/></row></sheetData></worksheet>"#;
    let workbook = r#"<workbook><sheets><sheet name="One" r:id="r1"/><sheet name="Chart" r:id="c1"/><sheet name="Two" state="hidden" r:id="r2"/></sheets></workbook>"#;
    let told = read(book(workbook, drawing, bare), &SheetChoice::default());
    assert_eq!(
        told.notes.last().map(String::as_str),
        Some(
            "no sheet has a table: One holds pictures, charts or remarks and no value; Chart is a chart: it has no \
             cells; Two holds cells that are formatted or blank, and no value (it is hidden)"
        )
    );
}

/// A title over nothing is no table, and is kept.
#[test]
fn a_sheet_of_one_text_has_no_table() {
    let workbook =
        r#"<workbook><sheets><sheet name="One" r:id="r1"/><sheet name="Two" r:id="r2"/></sheets></workbook>"#;
    let told = read(book(workbook, &sheet("Visits of 2019"), &sheet("id|name\n1|Ann")), &SheetChoice::default());
    assert_eq!(told.tables.len(), 1);
    assert_eq!(told.notes, ["text of a sheet without a table, One: Visits of 2019"]);
}

#[test]
fn a_row_of_one_long_text_many_times_ends_at_its_limit() {
    let strings = format!("<sst><si><t>{}</t></si></sst>", "x".repeat(1 << 20));
    let row = r#"<c t="s"><v>0</v></c>"#.repeat(300);
    let bytes = archive(&[
        ("xl/workbook.xml", r#"<workbook><sheets><sheet name="One" r:id="r1"/></sheets></workbook>"#),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        ("xl/sharedStrings.xml", &strings),
        ("xl/worksheets/sheet1.xml", &format!("<worksheet><sheetData><row>{row}</row></sheetData></worksheet>")),
    ]);
    let said = read(bytes, &SheetChoice::default()).error.expect("refused");
    assert!(said.contains("a row holds over 268435456 bytes of text"), "{said}");
}
