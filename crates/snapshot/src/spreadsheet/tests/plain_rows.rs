//! Of a row that is taken without the parser is told what the parser tells of it.

use super::*;

/// The same sheet with its data under another name: rows are taken without the parser within a sheet's data only.
fn for_the_parser(sheet: &str) -> String {
    sheet.replace("sheetData", "sheetRows")
}

/// All that is told of a workbook, but for the bytes at which it is damaged.
fn all(workbook: Vec<u8>) -> String {
    let told = format!("{:?}", read(workbook, &SheetChoice::default()));
    let mut parts = told.split(" at byte ");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |all, part| all + " at byte" + part.trim_start_matches(|c: char| c.is_ascii_digit()))
}

fn agree(trap: &str, sheet: &str) {
    assert_eq!(all(xlsx(sheet)), all(xlsx(&for_the_parser(sheet))), "{trap}: {sheet}");
}

/// A document of such rows, and the same under a prefix that rows are not looked for under.
fn agree_in_a_document(trap: &str, rows: &str) {
    let document = |rows: &str| {
        let sheet = format!("<table:table table:name=\"One\"><table:table-column/>{rows}</table:table>");
        let content = format!("<office:body>{sheet}<table:table table:name=\"Two\">{rows}</table:table></office:body>");
        archive(&[("content.xml", content.as_str()), ("META-INF/manifest.xml", "<m/>")])
    };
    let other = rows.replace("table:table-row", "t:table-row");
    assert_eq!(all(document(rows)), all(document(&other)), "{trap}: {rows}");
}

const ROWS: &str = r#"<row r="1" spans="1:3" hidden="0"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>value</t></is></c><c r="C1" t="str"><v>a&amp;b</v></c></row>
<row r="2" hidden="1"><c r="A2"><v>1</v></c><c r="B2" s="1"><v>45352</v></c><c s="2"/></row>
<row r="3"><c r="A3" s="3"><v>1.5104166666666667</v></c><c r="B3" t="b"><v>1</v></c><c r="C3" t="e"><v>#SPILL!</v></c></row>
<row r="5" ht="30"><c r="A5"><v>-1</v></c><c r="B5"><f>A5*2</f><v>0</v></c><c r="C5" t="d"><v>2024-03-01T13:45:00</v></c></row>
<row><c><f t="shared" ref="A6:A7" si="0">B5+1</f></c><c t="s"><v>99</v></c><c t="s" s="1"><v>2</v></c></row>
<row r="7"><c r="C7" t="str"><v> </v></c><c r="A7"><f t="shared" si="0"/><v></v></c></row>
<row r="8"><c r="A8"><v>1E400</v></c><c r="B8"><v> 2 </v></c><c r="C8" t="str"><f>""</f><v></v></c></row>"#;

fn whole(rows: &str) -> String {
    format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")
}

#[test]
fn odd_rows_among_plain_ones_change_nothing() {
    for (trap, from, to) in [
        ("nothing odd", "", ""),
        ("a number that does not go up", "r=\"5\"", "r=\"2\""),
        ("a number no sheet has", "r=\"5\"", "r=\"99999999999\""),
        ("a row that is closed at once", "<row r=\"5\"", "<row r=\"4\"/><row r=\"5\""),
        ("two numbers", "r=\"5\" ht", "r=\"6\" r=\"9\" ht"),
        ("hidden twice", "hidden=\"1\"", "hidden=\"0\" hidden=\"1\""),
        ("a number under a prefix", "ht=\"30\"", "x:hidden=\"1\""),
        ("a letter by its number", "a&amp;b", "a&#38;&#x41;b"),
        ("an entity nobody declared", "a&amp;b", "a&nbsp;b"),
        ("an ampersand alone", "a&amp;b", "a & b"),
        ("an escaped letter", "a&amp;b", "a_x000D_b_x00"),
        ("a line's end of Windows", "a&amp;b", "a\r\nb\rc"),
        ("CDATA", "a&amp;b", "<![CDATA[a&amp;b]]>"),
        ("rich text", "<is><t>value</t></is>", "<is><r><t>va</t></r><r><t>lue</t></r><rPh><t>x</t></rPh></is>"),
        ("text on the spot and a value", "<is><t>value</t></is>", "<v>5</v><is><t>value</t></is><v>6</v>"),
        ("an inline text of nothing", "<is><t>value</t></is>", "<is><t/></is>"),
        ("an extension", "<v>-1</v>", "<v>-1</v><extLst><ext><v>3</v></ext></extLst>"),
        ("two values", "<v>-1</v>", "<v>-1</v><v>2</v>"),
        ("a value in two pieces", "<v>-1</v>", "<v>-<!-- -->1</v>"),
        ("an end that is another's", "<v>-1</v>", "<v>-1</w>"),
        ("a row in a row", "<v>-1</v>", "<row r=\"6\"><c><v>8</v></c></row>"),
        ("a cell without an end", "</c></row>\n<row r=\"7\">", "</row>\n<row r=\"7\">"),
        ("a place no sheet has", "r=\"B5\"", "r=\"XFE5\""),
        ("a place of another row", "r=\"B5\"", "r=\"B50\""),
        ("words between rows", "\n<row r=\"7\">", "words &amp; figures<row r=\"7\">"),
        ("rows after the rows", "</v></c></row>", "</v></c></row></sheetData><row><c><v>1</v></c></row><sheetData>"),
    ] {
        let rows = ROWS.replacen(from, to, 1);
        agree(trap, &whole(&rows));
        agree(trap, &whole(&rows.replace('<', "<x:").replace("<x:/", "</x:")).replace("<x:!", "<!"));
    }
}

#[test]
fn rows_longer_than_what_is_looked_at_change_nothing() {
    let long = |bytes: usize| ROWS.replacen("value", &"long text ".repeat(bytes / 10), 1);
    let many =
        |rows: usize| format!("<row><c t=\"str\"><v>{}</v></c><c><v>1</v></c></row>", "x".repeat(997)).repeat(rows);
    for (trap, rows) in [
        ("over the first look", long(100_000)),
        ("over the longest look", long(1_500_000)),
        ("rows across looks", many(300)),
    ] {
        assert!(all(xlsx(&whole(&rows))) == all(xlsx(&for_the_parser(&whole(&rows)))), "{trap}");
    }
}

const DOCUMENT_ROWS: &str = r#"<table:table-row table:style-name="ro1"><table:table-cell office:value-type="string" calcext:value-type="string"><text:p>id</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>a &amp; b</text:p><text:p> two  lines </text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="float" office:value="12"><text:p>12</text:p></table:table-cell><table:table-cell office:value-type="date" office:date-value="2024-03-01"><text:p>01.03.24</text:p></table:table-cell></table:table-row>
<table:table-row table:visibility="collapse"><table:table-cell table:number-columns-repeated="2" office:value-type="percentage" office:value="0.125"><text:p>12.5%</text:p></table:table-cell><table:table-cell/></table:table-row>
<table:table-row><table:table-cell office:value-type="float" office:value="012"><text:p>012</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="0.1"><text:p>0.1</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell table:formula="of:=[.A2]" office:value-type="float"></table:table-cell><table:table-cell office:value-type="string" calcext:value-type="error"><text:p>#N/A</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell table:number-columns-spanned="2" office:value-type="time" office:time-value="PT36H15M00S"><text:p>36:15</text:p></table:table-cell><table:covered-table-cell/></table:table-row>
<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>"#;

#[test]
fn odd_rows_of_a_document_among_plain_ones_change_nothing() {
    for (trap, from, to) in [
        ("nothing odd", "", ""),
        ("a row that is closed at once", "<table:table-row><", "<table:table-row/><table:table-row><"),
        ("a group of rows", "<table:table-row table:v", "<table:table-row-group><table:table-row table:v"),
        (
            "a remark",
            "<text:p>12</text:p>",
            "<office:annotation><text:p>x</text:p></office:annotation><text:p>12</text:p>",
        ),
        ("a picture", "<text:p>12</text:p>", "<draw:frame/><text:p>12</text:p>"),
        (
            "a table within a cell",
            "<text:p>12</text:p>",
            "<table:table><table:table-row/></table:table><text:p>12</text:p>",
        ),
        ("blanks as elements", "two  lines", "two<text:s text:c=\"3\"/><text:tab/>lines<text:line-break/>"),
        ("a part in another style", "two  lines", "two <text:span>li</text:span>nes"),
        ("an attribute that is escaped", "of:=[.A2]", "of:=[.A2]&amp;&quot;x&quot;"),
        ("said twice", "number-rows-repeated=\"2\"", "number-rows-repeated=\"2\" x:number-rows-repeated=\"3\""),
        ("columns said twice", "columns-repeated=\"2\"", "columns-repeated=\"2\" table:number-columns-repeated=\"3\""),
        ("a value said twice", "office:value=\"12\"", "office:value=\"13\" office:value=\"12\""),
        ("too often", "number-rows-repeated=\"2\"", "number-rows-repeated=\"90000000\""),
        ("an end that is another's", "12</text:p>", "12</text:h>"),
        ("a number in other digits", "<text:p>12</text:p>", "<text:p>12.0</text:p>"),
    ] {
        agree_in_a_document(trap, &DOCUMENT_ROWS.replacen(from, to, 1));
    }
}

#[test]
fn rows_with_any_letters_changed_are_told_alike() {
    each_changed(ROWS, 600, |rows| agree("changed", &whole(rows)));
    // A number of repetitions that grows takes long to read.
    let few = DOCUMENT_ROWS.replace("1048570", "3").replace("16384", "4");
    each_changed(&few, 400, |rows| agree_in_a_document("changed", rows));
}

fn each_changed(rows: &str, rounds: usize, agree: impl Fn(&str)) {
    const LETTERS: &[u8] = b"<>/=\"' &;rcvtisf0129A:x\n";
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut chance = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below as u64) as usize
    };
    for round in 0..rounds {
        let mut rows = rows.as_bytes().to_vec();
        for _ in 0..=round % 3 {
            let at = chance(rows.len());
            rows[at] = LETTERS[chance(LETTERS.len())];
        }
        agree(&String::from_utf8(rows).expect("ASCII"));
    }
}
