//! The migration map, read back.

use calamine::Data;

use super::invented::small;
use super::{Ears, Seen};
use crate::progress::Unwatched;
use crate::target::catalog;
use crate::workbook::map::{sheets, write};

fn written(facts: &super::invented::Facts) -> (tempfile::TempDir, std::path::PathBuf, Ears, crate::workbook::Written) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("map.xlsx");
    let mut ears = Ears::default();
    let done = write(&path, &facts.book(), &mut ears, &Unwatched).expect("the map is written");
    (folder, path, ears, done)
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
