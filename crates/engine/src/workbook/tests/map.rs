//! The migration map, read back.

use std::iter;

use calamine::Data;

use super::invented::small;
use super::{Seen, Told, part};
use crate::error::Result;
use crate::progress::{Progress, Unwatched, Watch};
use crate::source::Disposition;
use crate::target::catalog;
use crate::workbook::map::{ColumnCounts, MapBook, MapColumn, sheets, write, write_on};

fn written(facts: &super::invented::Facts) -> (tempfile::TempDir, std::path::PathBuf, Told, crate::workbook::Written) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("map.xlsx");
    let mut told = Told::default();
    let done =
        write(&path, &facts.book(), facts.columns.iter().map(Ok), &mut told, &Unwatched).expect("the map is written");
    (folder, path, told, done)
}

#[test]
fn the_sheets_stand_in_order_and_hold_what_was_announced() {
    let facts = small();
    let (_folder, path, _, done) = written(&facts);
    let mut seen = Seen::read(&path);
    let announced = sheets(&facts.book());
    let names: Vec<&str> = announced.iter().map(|s| s.name.as_str()).collect();
    assert_eq!(names, ["Read me", "Tables", "Data Mapping", "Module Summary", "Target coverage", "Ledger"]);
    assert_eq!(&seen.names[..6], &names[..]);
    assert_eq!(seen.names[6..], ["Lists"]);
    for sheet in announced.iter().skip(1) {
        assert_eq!(seen.sheet(&sheet.name).height() as u64 - 1, sheet.rows, "{}", sheet.name);
    }
    assert_eq!(done.rows, announced.iter().map(|s| s.rows).sum::<u64>());
    assert_eq!(done.sheets, 6);
}

#[test]
fn the_receiving_systems_headers_are_spelled_as_its_scripts_match_them() {
    let (_folder, path, _, _) = written(&small());
    let mut seen = Seen::read(&path);
    let headers = seen.row("Data Mapping", 0);
    assert_eq!(headers[..26], catalog().mapping_sheet.data_mapping[..]);
    assert_eq!(
        headers[26..],
        [
            "Disposition",
            "Reason",
            "Target Interface",
            "Target Field",
            "Transform",
            "Mapping Status",
            "Inferred Type",
            "Distinct"
        ]
    );
    assert_eq!(seen.row("Module Summary", 0), catalog().mapping_sheet.module_summary);
}

#[test]
fn a_column_with_several_fields_lists_them_in_order_in_one_cell() {
    let (_folder, path, _, _) = written(&small());
    let mut seen = Seen::read(&path);
    for (header, expected) in [
        ("Legacy Column", "test_date"),
        ("Target Field", "test_datetime\nKeyDate"),
        (
            "Target Interface",
            "WebChart Conversion component: Audiogram\nWebChart Conversion component: Summary Document",
        ),
        ("Transform", "\n%Y/%m/%d"),
        ("Mapping Status", "mapped\nmapped"),
        ("Order", "1\n2"),
        ("Audiogram Options", "test_datetime"),
        ("Element Type", "KeyDate"),
        ("Element Format", "%Y/%m/%d"),
        ("Comments", "Legacy schema: date of test"),
        ("Sample Data", "2019 · 2021 · 2024"),
        ("Inferred Type", "date (YYYY-MM-DD)"),
        ("Disposition", "Both"),
    ] {
        assert_eq!(seen.under("Data Mapping", header, 1), Data::String(expected.to_owned()), "{header}");
    }
    assert_eq!(seen.under("Data Mapping", "DB Count", 1), Data::Float(17_000.0));
    let Data::Float(usage) = seen.under("Data Mapping", "DB Usage", 1) else { panic!("usage is a number") };
    assert!((usage - 17_000.0 / 18_204.0).abs() < 1e-12);
}

#[test]
fn a_required_field_that_nothing_fills_is_a_gap() {
    let (_folder, path, _, _) = written(&small());
    let mut seen = Seen::read(&path);
    for (row, field, gap) in [(1, "documents.pat_id", "required, not mapped"), (5, "audio.left05", "")] {
        assert_eq!(seen.under("Target coverage", "Field", row).to_string(), field);
        assert_eq!(seen.under("Target coverage", "Gap", row).to_string(), gap, "{field}");
    }
    assert_eq!(seen.under("Target coverage", "Mapped from", 5).to_string(), "audiometry.left_4k");
}

#[test]
fn a_module_without_components_still_has_its_row() {
    let (_folder, path, _, _) = written(&small());
    let mut seen = Seen::read(&path);
    let rows: Vec<Vec<String>> = (1..4).map(|r| seen.row("Module Summary", r)[..2].to_vec()).collect();
    assert_eq!(rows, [["audiometry", "Audiogram"], ["audiometry", "Summary Document"], ["vision", ""]]);
}

#[test]
fn what_looks_like_a_formula_or_markup_stays_text() {
    for trap in
        ["=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(\"x\")", "{=1}", "<r><t>x</t></r>", "00123", "_x0041_", "1E5"]
    {
        let mut facts = small();
        facts.tables[0].reason = trap.to_owned();
        let (_folder, path, _, _) = written(&facts);
        let cell = Seen::read(&path).under("Tables", "Reason", 1);
        assert_eq!(cell, Data::String(trap.to_owned()), "{trap}");
    }
}

#[test]
fn a_text_longer_than_a_cell_is_cut_and_named_by_its_place() {
    let mut facts = small();
    facts.columns[1].facts.comment = format!("secret {}", "x".repeat(40_000));
    let (_folder, path, _, done) = written(&facts);
    let Data::String(cell) = Seen::read(&path).under("Data Mapping", "Comments", 2) else { panic!("a text") };
    assert_eq!(cell.encode_utf16().count(), 32_767);
    assert_eq!(
        done.warnings,
        ["Data Mapping, row 3, Comments: the text was cut, a cell holds at most 32,767 characters"]
    );
}

#[test]
fn only_the_first_cuts_are_named_one_by_one() {
    let mut facts = small();
    let long = "x".repeat(40_000);
    facts.tables = (0..25)
        .map(|i| {
            let mut t = super::invented::table(&format!("t{i}"), 1, crate::source::Disposition::Archive);
            t.reason.clone_from(&long);
            t
        })
        .collect();
    let (_folder, _, _, done) = written(&facts);
    assert_eq!(done.warnings.len(), 21);
    assert_eq!(done.warnings[20], "5 more cells were cut at 32,767 characters");
}

#[test]
fn rows_beyond_a_sheet_go_on_under_the_same_headers() {
    let facts = small();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("map.xlsx");
    let done = write_on(3, &path, &facts.book(), facts.columns.iter().map(Ok), &mut Told::default(), &Unwatched)
        .expect("the map is written");
    let mut seen = Seen::read(&path);
    assert_eq!(seen.names[1..4], ["Tables", "Data Mapping", "Data Mapping (2)"]);
    assert_eq!(seen.row("Data Mapping (2)", 0), seen.row("Data Mapping", 0));
    assert_eq!(seen.under("Data Mapping (2)", "Legacy Column", 1).to_string(), "emp_no");
    assert_eq!(done.rows, sheets(&facts.book()).iter().map(|s| s.rows).sum::<u64>());
}

#[test]
fn an_engagement_where_nothing_is_loaded_yet_is_a_map_too() {
    let facts = small();
    let book = MapBook {
        snapshot: None,
        tables: &[],
        columns: ColumnCounts::default(),
        modules: &[],
        coverage: &[],
        ledger: None,
        ..facts.book()
    };
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("map.xlsx");
    let done = write(&path, &book, iter::empty::<Result<&MapColumn>>(), &mut Told::default(), &Unwatched)
        .expect("the map is written");
    assert_eq!(done.rows, 0);
    assert_eq!(Seen::read(&path).sheet("Data Mapping").height(), 1);
}

#[test]
fn drop_downs_are_fed_by_the_hidden_lists() {
    let (_folder, path, _, _) = written(&small());
    let mut seen = Seen::read(&path);
    let words = |column: usize, seen: &mut Seen| -> Vec<String> {
        let cells = seen.sheet("Lists").rows().map(|r| r[column].to_string()).collect::<Vec<_>>();
        cells.into_iter().skip(1).filter(|c| !c.is_empty()).collect()
    };
    assert_eq!(words(0, &mut seen), Disposition::ALL.map(Disposition::label));
    assert_eq!(words(3, &mut seen), ["audiometry", "vision"]);
    assert_eq!(words(4, &mut seen).len(), catalog().interfaces.len());
    assert!(part(&path, "xl/workbook.xml").contains("state=\"veryHidden\""));
    let tables = part(&path, "xl/worksheets/sheet2.xml");
    for (range, list) in [("G2:G3", "Lists!$A$2:$A$9"), ("I2:I3", "Lists!$D$2:$D$3"), ("J2:J3", "Lists!$B$2:$B$9")] {
        assert!(tables.contains(&format!("sqref=\"{range}\"><formula1>{list}</formula1>")), "{range}");
    }
}

#[test]
fn sheets_are_set_up_to_be_scrolled_filtered_and_printed() {
    let (_folder, path, _, _) = written(&small());
    let sheet = part(&path, "xl/worksheets/sheet3.xml");
    for (name, markup) in [
        ("three columns and the header stay in view", "<pane xSplit=\"3\" ySplit=\"1\" topLeftCell=\"D2\""),
        ("filter", "<autoFilter ref=\"A1:AH4\"/>"),
        ("landscape, one page wide", "fitToHeight=\"0\" orientation=\"landscape\""),
        ("bars for usage", "<x14:dataBar"),
        ("the engagement at the foot", "Harbor Marine Works &amp;&amp; Sons · migration map"),
    ] {
        assert!(sheet.contains(markup), "{name}: {sheet}");
    }
    let workbook = part(&path, "xl/workbook.xml");
    assert!(workbook.contains("'Data Mapping'!$1:$1"), "the header is printed on every page: {workbook}");
}

#[test]
fn the_same_facts_give_the_same_bytes() {
    let facts = small();
    let (_first, path, _, _) = written(&facts);
    let (_second, again, _, _) = written(&facts);
    assert!(std::fs::read(path).expect("first") == std::fs::read(again).expect("second"));
}

#[test]
fn the_scan_is_told_every_text_that_is_no_sample() {
    let mut facts = small();
    facts.columns[1].facts.comment = "\u{1}odd\r\nlines".to_owned();
    let (_folder, path, told, _) = written(&facts);
    let mut seen = Seen::read(&path);
    let samples = ["2019 · 2021 · 2024", "10 · 15 · 20"];
    for name in seen.names.clone() {
        for cell in seen.sheet(&name).rows().flatten() {
            let Data::String(text) = cell else { continue };
            let told = [&told.fixed, &told.typed, &told.id].into_iter().any(|ear| ear.contains(text));
            assert_eq!(told, !samples.contains(&text.as_str()) && !text.is_empty(), "{name}: {text}");
        }
    }
    assert_eq!(told.id, ["E204771"], "a surrogate may stand for an id");
}

/// TextOrigin stop at once.
struct Stop;

impl Watch for Stop {
    fn step(&self, _: &Progress) -> bool {
        false
    }
}

#[test]
fn a_stopped_export_leaves_no_file() {
    let facts = small();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("map.xlsx");
    let stopped = write(&path, &facts.book(), facts.columns.iter().map(Ok), &mut Told::default(), &Stop);
    assert!(matches!(stopped, Err(crate::error::Error::Cancelled)));
    assert!(!path.exists());
}
