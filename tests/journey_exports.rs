//! Exports: the same every time, whole or not there.

use std::fs;

use calamine::{Reader, Xlsx, open_workbook};

use crate::support::crosswalk::{DEMO, Workspace};

#[test]
fn the_same_state_at_the_same_time_gives_the_same_bytes() {
    let workspace = Workspace::demo();
    for what in ["map", "samples"] {
        let bytes = |name: &str, at: &str| {
            workspace.run(&["export", DEMO, what, name, "--at", at]).ended(0);
            fs::read(workspace.path(name)).expect("the workbook")
        };
        let first = bytes("first.xlsx", "2026-03-01T12:00:00Z");
        assert!(first == bytes("second.xlsx", "2026-03-01T12:00:00Z"), "two exports of the {what} differ");
        assert!(first != bytes("later.xlsx", "2026-03-02T12:00:00Z"), "the {what} does not say when it was made");
    }
}

/// Every sheet can be read back, and the preview promised what is there.
#[test]
fn a_workbook_holds_what_its_preview_says() {
    let workspace = Workspace::demo();
    for (what, sheets) in [("map", 6), ("samples", 65)] {
        let preview = workspace.ask(&["export", DEMO, what, "--preview"]);
        let promised: Vec<String> = preview["sheets"]
            .as_array()
            .expect("sheets")
            .iter()
            .map(|s| s["name"].as_str().expect("a name").to_owned())
            .collect();
        let exported = workspace.ask(&["export", DEMO, what, "book.xlsx"]);
        assert_eq!(exported["sheets"], sheets, "{what}");
        assert_eq!(exported["bytes"], fs::metadata(workspace.path("book.xlsx")).expect("the workbook").len());
        let mut book: Xlsx<_> = open_workbook(workspace.path("book.xlsx")).expect("a workbook");
        let mut names = book.sheet_names();
        // Where drop-downs keep their words; it is hidden.
        names.retain(|name| name != "Lists");
        assert_eq!(names, promised, "{what}");
        for name in names {
            let range = book.worksheet_range(&name).expect("a sheet");
            assert!(range.get_size().0 > 0, "{what}: the sheet {name} is empty");
        }
    }
}

#[test]
fn an_export_that_cannot_be_written_leaves_nothing() {
    let workspace = Workspace::project("clinic.sql");
    workspace.write("folder/keep.txt", "kept");
    let cases = [
        ("folder", "folder is a folder: name the file in it"),
        ("nowhere/map.xlsx", "there is no folder nowhere: make it"),
        ("folder/keep.txt/map.xlsx", "there is no folder folder/keep.txt"),
    ];
    for (target, message) in cases {
        let told = workspace.run(&["export", "clinic", "map", target]).ended(1);
        assert!(told.err.contains(message), "{target}: {}", told.err);
    }
    assert_eq!(workspace.list("."), ["clinic.crosswalk", "folder"]);
    assert_eq!(workspace.list("folder"), ["keep.txt"]);
}

/// A workbook of the same name is replaced as a whole, also while it is refused.
#[test]
fn a_workbook_that_is_there_stays_until_the_new_one_is_whole() {
    let workspace = Workspace::project("clinic.sql");
    workspace.write("map.xlsx", "an older map");
    workspace.run(&["map", "clinic", "note", "visit", "--comment", "Rosalind Quillfeather"]).ended(0);
    workspace.run(&["export", "clinic", "map", "map.xlsx"]).ended(1);
    assert_eq!(fs::read_to_string(workspace.path("map.xlsx")).expect("the older one"), "an older map");
    workspace.run(&["map", "clinic", "undo"]).ended(0);
    workspace.run(&["export", "clinic", "map", "map.xlsx"]).ended(0);
    assert!(open_workbook::<Xlsx<_>, _>(workspace.path("map.xlsx")).is_ok());
}
