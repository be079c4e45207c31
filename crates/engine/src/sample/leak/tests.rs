use std::io::{Cursor, Write};

use rust_xlsxwriter::{DocProperties, Note, Workbook, Worksheet};
use zip::write::SimpleFileOptions;

use super::*;
use crate::progress::Unwatched;

fn roster() -> Roster {
    let people = [
        (Class::Name, "Okafor"),
        (Class::Name, "Adaeze N."),
        (Class::Name, "O'Dell-Brontë"),
        (Class::Name, "White"),
        (Class::Name, "Case, Grace"),
        (Class::Name, "Li"),
        (Class::Name, "王小明"),
        (Class::Name, "Linda604"),
        (Class::Name, "Jonas Vale Jr."),
        (Class::Name, "UNKNOWN"),
        (Class::Staff, "Dr. Petra Quist, M.D., Ph.D."),
        (Class::Phone, "(207) 555-0142"),
        (Class::Phone, "555-0199 x12"),
        (Class::Phone, "000-000-0000"),
        (Class::Ssn, "900-12-3456"),
        (Class::Email, "A.Okafor@Mail.example"),
        (Class::Mrn, "HM-104233"),
        (Class::Mrn, "00058213"),
        (Class::Uid, "17"),
        (Class::Uid, "0"),
        (Class::Plan, "XKZ998877665"),
        (Class::Geo, "12 Harbor Lane"),
        (Class::Geo, "Norwick"),
        (Class::Geo, "43.65"),
        (Class::Employer, "Okonjo Boat Works"),
    ];
    let dates = [(Class::Date, true, "1980-05-03"), (Class::Date, false, "2001-02-03")];
    Roster::of(people.map(|(class, value)| (class, false, value)).into_iter().chain(dates))
}

#[test]
fn people_are_found_however_they_are_written() {
    let roster = roster();
    for (trap, text, expected) in [
        ("a surname", "Okafor", Some(Class::Name)),
        ("capitals", "seen with OKAFOR today", Some(Class::Name)),
        ("in a file name", "scans/okafor_adaeze.pdf", Some(Class::Name)),
        ("part of another word", "Okafors and Okaforia", None),
        ("an initial", "N. at 5", None),
        ("accents off", "Bronte", Some(Class::Name)),
        ("accents decomposed", "BRONTE\u{308}", Some(Class::Name)),
        ("apostrophe left out", "ODell", Some(Class::Name)),
        ("curly apostrophe", "O’Dell", Some(Class::Name)),
        ("both halves as one", "odellbronte", Some(Class::Name)),
        ("two letters", "Mr LI", Some(Class::Name)),
        ("no spaces around", "患者王小明様", Some(Class::Name)),
        ("with its digits", "Linda604", Some(Class::Name)),
        ("without its digits", "LINDA", Some(Class::Name)),
        ("with others", "okafor2", Some(Class::Name)),
        ("a title is no name", "Dr. Jr. M.D. Ph.D.", None),
        ("what is written for no name", "unknown", None),
        ("staff", "Quist", Some(Class::Name)),
        ("a phone, other punctuation", "tel 207.555.0142", Some(Class::Phone)),
        ("a phone with its country", "+12075550142", Some(Class::Phone)),
        ("a local phone", "call 5550199", Some(Class::Phone)),
        ("zeros are nobody's phone", "000-000-0000", None),
        ("another phone", "207.555.0143", None),
        ("a social security number as digits", "900123456", Some(Class::Ssn)),
        ("with spaces", "900 12 3456", Some(Class::Ssn)),
        ("a mail", "<a.okafor@mail.example>", Some(Class::Email)),
        ("an id", "see hm104233", Some(Class::Mrn)),
        ("an id inside another", "ENC-HM-104233-2", Some(Class::Mrn)),
        ("a numeric id in prose", "moved from chart 58213 last year", Some(Class::Mrn)),
        ("the same digits as a measurement", "58213", None),
        ("a short id in prose", "room 17 of the old wing", None),
        ("a plan's number", "XKZ 998877665", Some(Class::Plan)),
        ("an address", "lives at 12 HARBOR LANE, rear", Some(Class::Geo)),
        ("half an address", "Harbor Lane 13", None),
        ("a city", "Norwick plant", Some(Class::Geo)),
        ("an employer", "okonjo boat works inc", Some(Class::Employer)),
        ("a birth date", "born May 3, 1980", Some(Class::Date)),
        ("a birth date, day first", "03.05.1980", Some(Class::Date)),
        ("another date", "2001-02-03", None),
        ("nobody", "Hearing test, left ear", None),
    ] {
        assert_eq!(roster.search(text, Depth::Source), expected, "{trap}: {text}");
    }
}

#[test]
fn depth_follows_where_a_text_came_from() {
    let roster = roster();
    for (trap, text, counted, typed, source, id) in [
        ("a count that is an id", "17", false, false, false, true),
        ("a numeric id", "58213", false, false, false, true),
        ("an id with its zeros", "00058213", false, false, false, true),
        ("nobody's id", "0", false, false, false, false),
        ("a name that is a word", "White", false, false, true, true),
        ("a sentence with one", "Case closed, white copy", false, false, true, true),
        ("a whole name", "per Adaeze Okafor", false, true, true, true),
        ("a whole name, written small", "case, grace", false, true, true, true),
        ("a phone", "2075550142", true, true, true, true),
        ("a long id", "HM-104233", false, true, true, true),
        ("a mail", "a.okafor@mail.example", false, true, true, true),
        ("a birth date", "1980-05-03", false, false, true, true),
        ("a city", "Norwick", false, false, true, true),
    ] {
        let found = |depth| roster.search(text, depth).is_some();
        let all = (found(Depth::Counted), found(Depth::Typed), found(Depth::Source), found(Depth::Id));
        assert_eq!(all, (counted, typed, source, id), "{trap}: {text}");
    }
}

#[test]
fn single_questions_are_answered() {
    let roster = roster();
    assert!(roster.holds_token("the Okafor file") && !roster.holds_token("the file"));
    for id in ["hm 104233", "58213", "17", "(207) 555-0142", "A.OKAFOR@mail.example"] {
        assert!(roster.holds_id(id), "{id}");
    }
    assert!(!roster.holds_id("18") && !roster.holds_id(""));
    assert_eq!(roster.len(), 25);
    assert!(Roster::of([]).is_empty());
}

/// Where a workbook's only leak was found.
fn leak(build: impl FnOnce(&mut Workbook, &mut ExemptTexts)) -> Vec<(String, String, Class)> {
    let mut workbook = Workbook::new();
    let mut exempt = ExemptTexts::default();
    let when = rust_xlsxwriter::ExcelDateTime::from_ymd(2026, 11, 21).expect("a day");
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&when));
    build(&mut workbook, &mut exempt);
    let bytes = workbook.save_to_buffer().expect("a workbook");
    let hits = scan(|| Ok(Cursor::new(&bytes)), &roster(), &exempt, &Unwatched).expect("it reads back");
    hits.into_iter().map(|hit| (hit.part, hit.place, hit.class)).collect()
}

fn sheet(workbook: &mut Workbook) -> &mut Worksheet {
    workbook.add_worksheet()
}

/// A sheet whose cells hold their own text.
fn streamed(workbook: &mut Workbook) -> &mut Worksheet {
    workbook.add_worksheet_with_constant_memory().expect("room for temporary files")
}

#[test]
fn a_clean_workbook_has_no_hits() {
    let hits = leak(|workbook, exempt| {
        for fixed in ["Column", "White", "Case", "Worksheet 1", "Rows", "Discrete", "Grace", "Okafor's words"] {
            exempt.text(TextOrigin::Ours, fixed);
        }
        exempt.text(TextOrigin::Typed, "Case notes for white copies");
        exempt.text(TextOrigin::Id, "8842");
        let sheet = sheet(workbook);
        sheet.set_name("White").expect("a name");
        sheet.write(0, 0, "Column").expect("a cell");
        sheet.write(1, 0, "Case").expect("a cell");
        sheet.write(2, 0, "Case notes for white copies").expect("a cell");
        sheet.write(3, 0, "8842").expect("a cell");
        sheet.write(4, 0, 58213).expect("a count");
        sheet.write(5, 0, 17).expect("a count");
        let list = rust_xlsxwriter::DataValidation::new().allow_list_strings(&["White", "Grace"]).expect("a list");
        sheet.add_data_validation(0, 1, 9, 1, &list).expect("a list");
        sheet.set_header("&L&\"Arial,Bold\"White&CRows&R&P");
        sheet.define_print().expect("print set-up");
    });
    assert_eq!(hits, []);
}

/// Repeated rows and a print area, which the format writes as defined names.
trait PrintSetUp {
    fn define_print(&mut self) -> std::result::Result<(), rust_xlsxwriter::XlsxError>;
}

impl PrintSetUp for Worksheet {
    fn define_print(&mut self) -> std::result::Result<(), rust_xlsxwriter::XlsxError> {
        self.set_repeat_rows(0, 0)?.set_print_area(0, 0, 5, 5)?.autofilter(0, 0, 5, 5)?;
        Ok(())
    }
}

#[test]
fn every_place_of_a_workbook_is_searched() {
    type Build = fn(&mut Workbook, &mut ExemptTexts);
    let places: [(&str, Build, &str, Class); 15] = [
        ("a cell", |w, _| drop(sheet(w).write(4, 1, "Okafor")), "xl/sharedStrings.xml", Class::Name),
        (
            "a cell written in place",
            |w, _| drop(streamed(w).write(4, 1, "Okafor")),
            "xl/worksheets/sheet1.xml",
            Class::Name,
        ),
        ("an escaped cell", |w, _| drop(sheet(w).write(0, 0, "a & b <Okafor>")), "xl/sharedStrings.xml", Class::Name),
        ("a number", |w, _| drop(sheet(w).write(0, 0, 2_075_550_142_u64)), "xl/worksheets/sheet1.xml", Class::Phone),
        (
            "a short id in a cell of ids",
            |w, e| {
                e.text(TextOrigin::Id, "17");
                drop(sheet(w).write(0, 0, "17"));
            },
            "xl/sharedStrings.xml",
            Class::Uid,
        ),
        (
            "an id as a number",
            |w, e| {
                e.text(TextOrigin::Id, "58213");
                drop(sheet(w).write(0, 0, 58213));
            },
            "xl/worksheets/sheet1.xml",
            Class::Mrn,
        ),
        (
            "a whole name that was typed",
            |w, e| {
                e.text(TextOrigin::Typed, "ask Grace Case");
                drop(sheet(w).write(0, 0, "ask Grace Case"));
            },
            "xl/sharedStrings.xml",
            Class::Name,
        ),
        (
            "runs of rich text",
            |w, _| {
                let bold = rust_xlsxwriter::Format::new().set_bold();
                drop(sheet(w).write_rich_string(0, 0, &[(&bold, "Oka"), (&rust_xlsxwriter::Format::default(), "for")]));
            },
            "xl/sharedStrings.xml",
            Class::Name,
        ),
        (
            "a note on a cell",
            |w, _| drop(sheet(w).insert_note(0, 0, &Note::new("born 3 May 1980"))),
            "xl/comments1.xml",
            Class::Date,
        ),
        ("a sheet's name", |w, _| drop(sheet(w).set_name("okafor notes")), "docProps/app.xml", Class::Name),
        (
            "a property",
            |w, _| {
                w.set_properties(&DocProperties::new().set_title("Okafor"));
                sheet(w);
            },
            "docProps/core.xml",
            Class::Name,
        ),
        (
            "a custom property",
            |w, _| {
                w.set_properties(&DocProperties::new().set_custom_property("client", "Adaeze"));
                sheet(w);
            },
            "docProps/custom.xml",
            Class::Name,
        ),
        (
            "a defined name",
            |w, _| {
                sheet(w);
                drop(w.define_name("Adaeze", "=Sheet1!$A$1"));
            },
            "xl/workbook.xml",
            Class::Name,
        ),
        (
            "a link's target",
            |w, _| drop(sheet(w).write_url_with_text(0, 0, "https://x.example/okafor", "x")),
            "xl/worksheets/_rels/sheet1.xml.rels",
            Class::Name,
        ),
        ("a page's foot", |w, _| _ = sheet(w).set_footer("&COkafor"), "xl/worksheets/sheet1.xml", Class::Name),
    ];
    for (trap, build, part, class) in places {
        let hits = leak(|workbook, exempt| {
            exempt.text(TextOrigin::Ours, "Sheet1");
            build(workbook, exempt);
        });
        assert!(hits.iter().any(|(found, _, of)| found == part && *of == class), "{trap}: {hits:?}");
        assert!(
            hits.iter().all(|(part, place, _)| roster().search(&format!("{part} {place}"), Depth::Source).is_none()),
            "{trap}: {hits:?}"
        );
    }
}

#[test]
fn a_cell_is_named_by_its_place() {
    let hits = leak(|workbook, exempt| {
        exempt.text(TextOrigin::Ours, "Sheet1");
        drop(streamed(workbook).write(4, 1, "Okafor"));
    });
    assert_eq!(hits, [("xl/worksheets/sheet1.xml".to_owned(), "cell B5".to_owned(), Class::Name)]);
}

/// A ZIP of hand-made parts.
fn parts(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(content).expect("its bytes");
    }
    zip.finish().expect("a ZIP").into_inner()
}

#[test]
fn parts_made_by_hand_are_searched_too() {
    let wide: Vec<u8> = "x a.okafor@mail.example x".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (trap, name, content, expected) in [
        (
            "entities spell a name",
            "xl/sharedStrings.xml",
            b"<sst><si><t>&#79;k&#x61;for</t></si></sst>".as_slice(),
            Some(Class::Name),
        ),
        (
            "the format's own escapes",
            "xl/sharedStrings.xml",
            b"<sst><si><t>Oka_x0066_or</t></si></sst>",
            Some(Class::Name),
        ),
        ("CDATA", "xl/sharedStrings.xml", b"<sst><si><t><![CDATA[Okafor]]></t></si></sst>", Some(Class::Name)),
        ("an XML comment", "xl/workbook.xml", b"<workbook><!-- Okafor --></workbook>", Some(Class::Name)),
        (
            "a drawing's description",
            "xl/drawings/drawing1.xml",
            b"<wsDr><cNvPr id=\"2\" name=\"Picture\" descr=\"Okafor's hand\"/></wsDr>",
            Some(Class::Name),
        ),
        (
            "a drawing's text",
            "xl/drawings/drawing1.xml",
            b"<wsDr><p><r><t>Oka</t></r><r><t>for</t></r></p></wsDr>",
            Some(Class::Name),
        ),
        (
            "a cell's name prefix is no text",
            "xl/worksheets/sheet1.xml",
            b"<sheetData><c r=\"LI1\"><v>4</v></c></sheetData>",
            None,
        ),
        (
            "an index is no number",
            "xl/worksheets/sheet1.xml",
            b"<sheetData><c r=\"A1\" t=\"s\"><v>2075550142</v></c></sheetData>",
            None,
        ),
        (
            "a formula's result",
            "xl/worksheets/sheet1.xml",
            b"<sheetData><c r=\"A1\" t=\"str\"><f>A2</f><v>Okafor</v></c></sheetData>",
            Some(Class::Name),
        ),
        ("a font", "xl/styles.xml", b"<fonts><name val=\"White\"/></fonts>", None),
        ("a theme", "xl/theme/theme1.xml", b"<clrScheme name=\"Grace\"/>", None),
        ("a picture's comment", "xl/media/image1.png", b"\x89PNG\0\x01call 207-555-0142\0\xff", Some(Class::Phone)),
        ("wide characters in a picture", "xl/media/image1.png", wide.as_slice(), Some(Class::Email)),
        ("a part's name", "xl/media/okafor.png", b"\x89PNG", Some(Class::Name)),
    ] {
        let hits = scan(|| Ok(Cursor::new(parts(&[(name, content)]))), &roster(), &ExemptTexts::default(), &Unwatched)
            .expect("it reads back");
        assert_eq!(hits.first().map(|hit| hit.class), expected, "{trap}: {hits:?}");
        assert!(hits.iter().all(|hit| !hit.part.contains("okafor")), "{trap}: {hits:?}");
    }
}

#[test]
fn what_cannot_be_read_back_is_refused() {
    for (trap, bytes) in [
        ("no ZIP", b"Okafor".to_vec()),
        ("broken XML", parts(&[("xl/workbook.xml", b"<workbook><sheet name='x'")])),
        ("an entity nobody declared", parts(&[("xl/workbook.xml", b"<workbook>&okafor;</workbook>")])),
    ] {
        let error = scan(|| Ok(Cursor::new(&bytes)), &roster(), &ExemptTexts::default(), &Unwatched).expect_err(trap);
        assert!(!error.to_string().to_lowercase().contains("okafor"), "{trap}: {error}");
    }
}
