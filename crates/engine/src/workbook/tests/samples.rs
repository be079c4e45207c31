//! The samples, read back.

use std::path::{Path, PathBuf};

use calamine::Data;

use super::invented::table;
use super::{Seen, Told, part};
use crate::sample::{Action, Class, Deidentified, Origin, Treatment};
use crate::source::Disposition;
use crate::workbook::Written;
use crate::workbook::samples::{About, JoinLine, ReportLine, SamplesBook, sheets};

fn about() -> About {
    About {
        client: "Harbor Marine Works & Sons".to_owned(),
        project: "harbor".to_owned(),
        who: "D. Okafor".to_owned(),
        at: "2026-03-04T10:30:00+01:00".to_owned(),
        snapshot: "First cut".to_owned(),
        rows_per_table: 20,
        rare: 11,
    }
}

fn treatment(table: &str, column: &str, class: Class, action: Action) -> (String, Treatment) {
    let treatment = Treatment::for_test(table, column, class, action);
    (column.to_owned(), treatment)
}

fn cell(value: &str, origin: Origin) -> Deidentified {
    Deidentified::for_test(value, origin)
}

struct Table {
    name: &'static str,
    columns: Vec<(String, Treatment)>,
    rows: Vec<Vec<Deidentified>>,
}

fn employees() -> Table {
    Table {
        name: "employee",
        columns: vec![
            treatment("employee", "emp_no", Class::Mrn, Action::Surrogate),
            treatment("employee", "last_name", Class::Name, Action::Surrogate),
            treatment("employee", "hired", Class::Date, Action::Year),
            treatment("employee", "notes", Class::Freetext, Action::Drop),
            treatment("employee", "shift", Class::None, Action::Pass),
        ],
        rows: vec![
            vec![
                cell("00417", Origin::Surrogate),
                cell("=cmd()", Origin::Surrogate),
                cell("1998", Origin::Reduced),
                cell("(free text, 42 characters)", Origin::Dropped),
                cell("N", Origin::Passed),
            ],
            vec![
                cell("00418", Origin::Surrogate),
                cell("<r><t>x</t></r>", Origin::Surrogate),
                cell("", Origin::Null),
                cell("", Origin::Dropped),
                cell(" ", Origin::Blank),
            ],
        ],
    }
}

fn numbers(name: &'static str, rows: usize) -> Table {
    let rows = (0..rows).map(|i| vec![cell(&format!("v{i}"), Origin::Passed)]).collect();
    Table { name, columns: vec![treatment(name, "n", Class::None, Action::Pass)], rows }
}

fn report_line(table: &str, column: &str, class: Class, action: Action) -> ReportLine {
    ReportLine {
        table: table.to_owned(),
        column: column.to_owned(),
        class,
        action,
        evidence: "the header says so".to_owned(),
        decided: false,
        sampled: 2,
        changed: 2,
        passed: 0,
        dropped: 0,
    }
}

fn write_to(path: &Path, tables: &[Table], room: Option<u32>) -> (Told, Written) {
    let mut book = SamplesBook::begin(path, &about()).expect("begins");
    if let Some(room) = room {
        book = book.with_room(room);
    }
    let mut report = Vec::new();
    for t in tables {
        let columns: Vec<(String, &Treatment)> = t.columns.iter().map(|(n, t)| (n.clone(), t)).collect();
        book.table(&table(t.name, t.rows.len() as u64, Disposition::Discrete), &columns).expect("a table");
        for row in &t.rows {
            book.row(row).expect("a row");
        }
        report.extend(t.columns.iter().map(|(name, u)| report_line(t.name, name, u.class(), u.action())));
    }
    let joins = [JoinLine {
        foreign_key: "clinicvisit.emp_no → employee.emp_no".to_owned(),
        before: "18 of 20 found, 1 to 4 each".to_owned(),
        after: "18 of 20 found, 1 to 4 each".to_owned(),
    }];
    let mut told = Told::default();
    let written = book.finish(&report, &joins, &mut told).expect("finishes");
    (told, written)
}

fn written(tables: &[Table], room: Option<u32>) -> (tempfile::TempDir, PathBuf, Told, Written) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("samples.xlsx");
    let (told, done) = write_to(&path, tables, room);
    (folder, path, told, done)
}

#[test]
fn each_table_has_its_sheet_with_two_header_rows() {
    let (_folder, path, _, done) = written(&[employees(), numbers("audiometry", 3)], None);
    let mut seen = Seen::read(&path);
    assert_eq!(seen.names, ["Report", "Tables", "employee", "audiometry"]);
    assert_eq!(seen.row("employee", 0), ["emp_no", "last_name", "hired", "notes", "shift"]);
    assert_eq!(
        seen.row("employee", 1),
        [
            "MRN · replaced by a surrogate",
            "NAME · replaced by a surrogate",
            "DATE · cut to the year",
            "FREETEXT · dropped",
            "passes untouched"
        ]
    );
    for (row, cells) in [
        (2, ["00417", "=cmd()", "1998", "(free text, 42 characters)", "N"]),
        (3, ["00418", "<r><t>x</t></r>", "NULL", "(withheld)", "(blank)"]),
    ] {
        let range = seen.sheet("employee");
        let read: Vec<Data> = range.rows().nth(row).expect("a row").to_vec();
        assert_eq!(read, cells.map(|c| Data::String(c.to_owned())), "every cell is a text, whatever it looks like");
    }
    assert_eq!(seen.row("audiometry", 4), ["v2"]);
    assert_eq!(done.sheets, 4);
    // Sampled rows, the lines of the index, the lines of the report.
    assert_eq!(done.rows, 5 + 2 + 6);
}

#[test]
fn what_is_announced_is_what_is_written() {
    let tables = [numbers("Report", 1), numbers("EMP", 30), numbers("emp", 2)];
    let facts: Vec<_> = tables.iter().map(|t| table(t.name, t.rows.len() as u64, Disposition::Both)).collect();
    let announced = sheets(&facts, 20);
    let (_folder, path, _, _) = written(&tables, None);
    let names: Vec<String> = announced.iter().map(|s| s.name.clone()).collect();
    assert_eq!(Seen::read(&path).names, names);
    assert_eq!(announced[3].rows, 20);
}

#[test]
fn names_alike_but_for_case_or_too_long_get_sheets_of_their_own() {
    let long = "a_table_name_that_is_longer_than_a_sheet_name";
    let tables = [numbers("Report", 1), numbers("EMP", 1), numbers("emp", 2), numbers(long, 1)];
    let (_folder, path, _, _) = written(&tables, None);
    let mut seen = Seen::read(&path);
    assert_eq!(seen.names, ["Report", "Tables", "Report (2)", "EMP", "emp (2)", "a_table_name_that_is_longer_tha"]);
    assert_eq!(seen.sheet("emp (2)").height(), 4);
    assert_eq!(seen.under("Tables", "Table", 4), Data::String(long.to_owned()));
    let links = part(&path, "xl/worksheets/sheet2.xml");
    assert!(links.contains("'emp (2)'!A1"), "{links}");
}

#[test]
fn tables_of_several_batches_stand_in_order_each_with_its_own_rows() {
    let names: Vec<&'static str> = (0..60).map(|i| &*format!("t{i}").leak()).collect();
    let tables: Vec<Table> = names.iter().enumerate().map(|(i, name)| numbers(name, i + 1)).collect();
    let (_folder, path, _, _) = written(&tables, None);
    let mut seen = Seen::read(&path);
    assert_eq!(seen.names[2..], names);
    for (i, name) in names.iter().enumerate() {
        assert_eq!(seen.sheet(name).height(), i + 3, "{name}");
        assert_eq!(seen.row(name, i + 2), [format!("v{i}")], "{name}");
    }
}

#[test]
fn rows_that_do_not_fit_go_on_under_the_same_headers() {
    let (_folder, path, _, done) = written(&[numbers("audiometry", 7), numbers("next", 1)], Some(5));
    let mut seen = Seen::read(&path);
    assert_eq!(seen.names, ["Report", "Tables", "audiometry", "audiometry (2)", "audiometry (3)", "next"]);
    assert_eq!(seen.row("audiometry (2)", 0), ["n"]);
    assert_eq!(seen.row("audiometry (2)", 2), ["v3"]);
    assert_eq!(seen.row("audiometry (3)", 2), ["v6"]);
    assert_eq!(seen.under("Tables", "Rows sampled", 1), Data::Float(7.0));
    assert_eq!(done.rows, 8 + 4 + 2);
}

#[test]
fn a_table_wider_than_a_sheet_goes_on_beside_it() {
    let columns = (0..16_390).map(|i| treatment("wide", &format!("c{i}"), Class::None, Action::Pass)).collect();
    let row = (0..16_390).map(|i| cell(&i.to_string(), Origin::Passed)).collect();
    let (_folder, path, _, _) = written(&[Table { name: "wide", columns, rows: vec![row] }], None);
    let mut seen = Seen::read(&path);
    assert_eq!(seen.names[2..], ["wide", "wide (2)"]);
    assert_eq!(seen.row("wide (2)", 0), ["c16384", "c16385", "c16386", "c16387", "c16388", "c16389"]);
    assert_eq!(seen.row("wide (2)", 2)[5], "16389");
}

#[test]
fn a_carried_sheet_keeps_its_looks() {
    let (_folder, path, _, _) = written(&[employees()], None);
    let sheet = part(&path, "xl/worksheets/sheet3.xml");
    let styles = part(&path, "xl/styles.xml");
    let formats: Vec<&str> = styles.split("<cellXfs").nth(1).expect("formats").split("<xf ").skip(1).collect();
    let fonts: Vec<&str> = styles.split("<font>").skip(1).collect();
    let font_of = |cell: &str| {
        let style = number(&sheet, &format!("<c r=\"{cell}\" s=\""));
        fonts[number(formats[style], "fontId=\"")]
    };
    assert!(font_of("C4").contains("<i/>"), "NULL is set apart");
    assert!(!font_of("A4").contains("<i/>"), "a value is not");
    assert!(font_of("A1").contains("<b/>"), "the header is bold");
}

fn number(text: &str, after: &str) -> usize {
    let rest = text.split(after).nth(1).unwrap_or_else(|| panic!("{after} in {text}"));
    rest.split('"').next().expect("a quote").parse().expect("a number")
}

#[test]
fn one_sheet_is_in_view() {
    let (_folder, path, _, _) = written(&[employees(), numbers("audiometry", 1)], None);
    let selected: Vec<bool> =
        (1..=4).map(|i| part(&path, &format!("xl/worksheets/sheet{i}.xml")).contains("tabSelected=\"1\"")).collect();
    assert_eq!(selected, [true, false, false, false]);
}

#[test]
fn the_scan_is_told_ours_and_ids_but_no_sample() {
    let (_folder, _, told, _) = written(&[employees()], None);
    for ours in
        ["emp_no", "NULL", "(blank)", "(withheld)", "(free text, 42 characters)", "NAME · replaced by a surrogate"]
    {
        assert!(told.fixed.iter().any(|t| t == ours), "{ours}");
    }
    assert_eq!(told.id, ["00417", "00418"]);
    for sample in ["=cmd()", "1998", "N", "00417"] {
        assert!(!told.fixed.iter().chain(&told.typed).any(|t| t == sample), "{sample}");
    }
}

#[test]
fn the_same_samples_give_the_same_bytes() {
    let (_folder, path, _, _) = written(&[employees(), numbers("audiometry", 50)], None);
    let again = path.with_file_name("again.xlsx");
    write_to(&again, &[employees(), numbers("audiometry", 50)], None);
    assert!(std::fs::read(&path).expect("first") == std::fs::read(&again).expect("second"));
    assert!(part(&path, "docProps/core.xml").contains("2026-03-04T09:30:00Z"), "the declared time, in UTC");
}

#[test]
fn a_row_that_fits_no_table_and_a_time_that_is_none_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("samples.xlsx");
    let mut book = SamplesBook::begin(&path, &about()).expect("begins");
    assert!(book.row(&[cell("x", Origin::Passed)]).is_err());
    let (name, treatment) = treatment("t", "n", Class::None, Action::Pass);
    book.table(&table("t", 2, Disposition::Both), &[(name, &treatment)]).expect("a table");
    for (cells, taken) in [(0, false), (1, true), (2, false)] {
        assert_eq!(book.row(&vec![cell("x", Origin::Passed); cells]).is_ok(), taken, "{cells} cells for one column");
    }
    let at = "yesterday".to_owned();
    assert!(SamplesBook::begin(&path, &About { at, ..about() }).is_err());
}

#[test]
fn no_table_at_all_is_a_workbook_too() {
    let (_folder, path, _, _) = written(&[], None);
    assert_eq!(Seen::read(&path).names, ["Report", "Tables"]);
}

/// Samples as a client would get them.
pub(super) fn look(path: &Path) {
    let mut employees = employees();
    let first = employees.rows.clone();
    for _ in 0..9 {
        employees.rows.extend(first.clone());
    }
    let audio = Table {
        name: "audiometry",
        columns: vec![
            treatment("audiometry", "id", Class::Uid, Action::Surrogate),
            treatment("audiometry", "emp_no", Class::Mrn, Action::Surrogate),
            treatment("audiometry", "test_date", Class::Date, Action::Year),
            treatment("audiometry", "left_500", Class::None, Action::Pass),
            treatment("audiometry", "home_zip", Class::Zip, Action::Zip3),
            treatment("audiometry", "examiner", Class::Staff, Action::Surrogate),
            treatment("audiometry", "remarks", Class::Freetext, Action::Drop),
        ],
        rows: (0..20)
            .map(|i| {
                vec![
                    cell(&format!("{}", 70_114 + i * 37), Origin::SurrogateId),
                    cell(&format!("E{}", 204_771 + i * 11), Origin::SurrogateId),
                    cell(&format!("{}", 2004 + i), Origin::Reduced),
                    cell(&format!("{}", i * 5 % 60), Origin::Passed),
                    if i == 3 { cell("", Origin::Null) } else { cell("021", Origin::Reduced) },
                    cell("Marsh, Tilda", Origin::Surrogate),
                    if i % 4 == 0 {
                        cell("", Origin::Blank)
                    } else {
                        cell("(free text, 80 characters)", Origin::Dropped)
                    },
                ]
            })
            .collect(),
    };
    write_to(path, &[employees, audio, numbers("labresult", 20)], None);
}
