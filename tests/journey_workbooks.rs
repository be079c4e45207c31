//! Workbooks of clients: what they show, what nobody computed, and what they do not hold.

use calamine::{Reader, Xlsx, open_workbook};
use rust_xlsxwriter::{Format, Workbook};

use crate::support::crosswalk::Workspace;

/// Patients with postcodes that begin with a zero, a share, and a formula that the library does not compute.
fn patients(workspace: &Workspace) {
    let mut workbook = Workbook::new();
    let (zip, share) = (Format::new().set_num_format("00000"), Format::new().set_num_format("0.0%"));
    let sheet = workbook.add_worksheet();
    sheet.set_name("People").expect("a name");
    sheet.write_row(0, 0, ["id", "zip", "share", "twice"]).expect("a header");
    for (row, code) in (1..).zip([2138, 94105, 501]) {
        sheet.write_number(row, 0, row).expect("a cell");
        sheet.write_number_with_format(row, 1, code, &zip).expect("a cell");
        sheet.write_number_with_format(row, 2, 0.125, &share).expect("a cell");
        sheet.write_formula(row, 3, format!("=A{}*2", row + 1).as_str()).expect("a cell");
    }
    workbook.add_worksheet().set_name("Later").expect("a name");
    workbook.save(workspace.path("patients.xlsx")).expect("a workbook");
}

#[test]
fn what_a_workbook_shows_is_in_reach_and_what_nobody_computed_is_said() {
    let workspace = Workspace::new();
    patients(&workspace);
    workspace.run(&["new", "clinic"]).ended(0);
    let told = workspace.run(&["load", "clinic", "patients.xlsx"]).ended(3);
    let said =
        "sheet People: 3 formulas in column D were never computed (what stands there is no result): each is loaded";
    assert!(told.out.contains(said), "{}", told.out);
    let shown = "SELECT s.zip, s.share, s.twice, t.zip, t.twice FROM \"patients People_shown\" s \
                 JOIN \"patients People\" t ON t._rowid_ = s.cw_row";
    let answer = workspace.ask(&["query", "clinic", shown, "--raw"]);
    assert_eq!(answer["rows"][0], serde_json::json!(["02138", "12.5%", "=A2*2", "2138", null]));
    let profile = workspace.ask(&["profile", "clinic", "patients People"]);
    let shown = |at: usize| profile["columns"][at]["shown"].clone();
    assert_eq!(shown(0), serde_json::Value::Null);
    let view = "patients People_shown";
    // 94105 is shown as it is stored.
    let zeros = serde_json::json!({"view": view, "kinds": [{"kind": "leading zeros", "count": 2}]});
    assert_eq!(shown(1), zeros);
    let formulas = serde_json::json!({"view": view, "kinds": [{"kind": "not computed", "count": 3}]});
    assert_eq!(shown(3), formulas);
    let text = workspace.run(&["profile", "clinic", "patients People.zip"]).ended(0).out;
    assert!(text.contains("2 of 3 values are shown with leading zeros that the stored numbers lack"), "{text}");

    workspace.run(&["export", "clinic", "map", "map.xlsx"]).ended(0);
    let mut map: Xlsx<_> = open_workbook(workspace.path("map.xlsx")).expect("the map");
    let sheet = map.worksheet_range("Data Mapping").expect("a sheet");
    let all: String = sheet.rows().flatten().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    assert!(all.contains("Legacy workbook: 2 of 3 values are shown with leading zeros"), "{all}");
    assert!(all.contains("Legacy workbook: 3 formulas were never computed"), "{all}");
}

#[test]
fn a_sheet_that_is_not_there_is_an_error_that_lists_those_that_are() {
    let workspace = Workspace::new();
    patients(&workspace);
    workspace.run(&["new", "clinic"]).ended(0);
    for (rule, said) in [
        ("patients.xlsx:Poeple=skip", "patients.xlsx has no sheet Poeple: it has People, Later"),
        (
            "visits.xlsx:People=skip",
            "no workbook fits visits.xlsx, of which sheet People is spoken: there is patients.xlsx",
        ),
    ] {
        for verb in ["load", "inspect"] {
            let told = workspace.run(&[verb, "clinic", "patients.xlsx", "--sheet", rule]).ended(1);
            assert!(told.err.contains(said), "{verb} {rule}: {}", told.err);
        }
    }
    workspace.run(&["load", "clinic", "patients.xlsx", "--sheet", "*.xlsx:people=header:1"]).ended(3);
}

#[test]
fn a_workbook_without_a_table_says_why_sheet_by_sheet() {
    let workspace = Workspace::new();
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("Empty").expect("a name");
    workbook
        .add_worksheet()
        .set_name("Formats")
        .and_then(|s| s.write_blank(0, 0, &Format::new().set_bold()))
        .expect("a cell");
    workbook.save(workspace.path("nothing.xlsx")).expect("a workbook");
    workspace.run(&["new", "clinic"]).ended(0);
    let told = workspace.run(&["load", "clinic", "nothing.xlsx"]).ended(1);
    let said = "no table was found: nothing was loaded. nothing.xlsx: no sheet has a table: Empty is empty; Formats holds \
                cells that are formatted or blank, and no value";
    assert!(told.err.contains(said), "{}", told.err);
}
