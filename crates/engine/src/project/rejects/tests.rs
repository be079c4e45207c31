use std::cell::RefCell;
use std::fs;
use std::path::PathBuf;

use super::*;
use crate::progress::Unwatched;
use crate::project::{Environment, LoadRequest};

thread_local! {
    /// The file that is looked for whenever the project asks what time it is, as it does for each line of the log.
    static LOOKED_FOR: RefCell<Option<PathBuf>> = const { RefCell::new(None) };
    /// Whether it was there.
    static SEEN: RefCell<Vec<bool>> = const { RefCell::new(Vec::new()) };
    /// Whether something is to be put in its way then.
    static IN_ITS_WAY: RefCell<bool> = const { RefCell::new(false) };
}

fn now() -> String {
    LOOKED_FOR.with_borrow(|path| {
        let Some(path) = path else { return };
        SEEN.with_borrow_mut(|seen| seen.push(path.exists()));
        if IN_ITS_WAY.with_borrow(|it| *it) && SEEN.with_borrow(Vec::len) == 2 {
            fs::create_dir(path).unwrap();
        }
    });
    "2026-03-01T12:00:00Z".to_owned()
}

/// A project with a snapshot whose second record is a reject, and a place to export to.
fn project() -> (tempfile::TempDir, Project, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let here = Environment { user: "Ada".into(), user_is_meant: true, now, random: || 7, ..Environment::system() };
    let mut project = Project::create(&folder.path().join("clinic"), "Clinic", here).unwrap();
    let file = folder.path().join("visits.csv");
    fs::write(&file, "id,name,site\n1,Ada,Yard\n2,Grace\n3,Mary,Dock\n").unwrap();
    project.load(&LoadRequest { paths: vec![file], ..LoadRequest::default() }, &Unwatched).unwrap();
    let out = folder.path().join("out.csv");
    LOOKED_FOR.with_borrow_mut(|path| *path = Some(out.clone()));
    (folder, project, out)
}

fn log(project: &mut Project) -> Vec<String> {
    let lines = project.history(0, 100).unwrap().into_iter().map(|line| line.label);
    let mut lines: Vec<String> = lines.filter(|label| label.contains("rejects")).collect();
    lines.reverse();
    lines
}

#[test]
fn the_log_knows_of_raw_rejects_before_the_disk_does() {
    let (folder, mut project, out) = project();
    assert_eq!(project.export_rejects(&out, &RejectQuery::default(), true).unwrap(), (1, out.clone()));
    assert!(out.is_file());
    assert_eq!(SEEN.with_borrow(Clone::clone), [false, false], "it was there before a line of the log");
    assert_eq!(log(&mut project), ["began to export rejects with raw values", "exported 1 rejects with raw values"]);
    // And what is masked is logged before it has its name.
    let again = folder.path().join("masked.csv");
    project.export_rejects(&again, &RejectQuery::default(), false).unwrap();
    assert_eq!(log(&mut project).last().unwrap(), "exported 1 rejects masked");
}

#[test]
fn a_raw_export_that_fails_is_logged_as_that_and_leaves_nothing() {
    let (folder, mut project, out) = project();
    // A folder takes the name while the file is written.
    IN_ITS_WAY.with_borrow_mut(|it| *it = true);
    let told = project.export_rejects(&out, &RejectQuery::default(), true).unwrap_err().to_string();
    assert!(told.contains("could not be put in its place"), "{told}");
    let lines = [
        "began to export rejects with raw values",
        "exported 1 rejects with raw values",
        "failed in the end to export 1 rejects with raw values: no file was left",
    ];
    assert_eq!(log(&mut project), lines);
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().ends_with(".part")), "{left:?}");
}

/// Before anything is written the log says what is to come: a program that is killed hides nothing.
#[test]
fn a_raw_export_without_a_place_is_refused_before_it_begins() {
    let (folder, mut project, _) = project();
    let nowhere = folder.path().join("nowhere/out.csv");
    project.export_rejects(&nowhere, &RejectQuery::default(), true).unwrap_err();
    assert!(log(&mut project).is_empty());
}

/// What a spreadsheet program could run is guarded, and comes back as it was: also where the program took the `'` for a
/// sign of its own, and where a person wrote one.
#[test]
fn guarded_content_comes_back_to_the_letter() {
    let contents = ["=1+1", "-5,Ada", "+4930,x", "@x", "\ttab", "'=kept", "'plain", "-5", "=\"00123\""];
    for content in contents {
        let mut out = Vec::new();
        let reject = StagedReject {
            id: 1,
            file: "=HYPERLINK(\"x\").csv".into(),
            table: None,
            record: 1,
            line: 1,
            byte: 0,
            length: content.len() as u64,
            reason: "expected 3 fields, found 1 field".into(),
            tried_again: None,
            raw: content.as_bytes().to_vec(),
            form: None,
            corrected_at: None,
            corrected_by: None,
        };
        write_record(&mut out, &COLUMNS).unwrap();
        write_reject(&mut out, &reject, true).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.contains("'=HYPERLINK"), "{text}");
        let is = if csv::is_formula(content) { GUARDED } else { RAW };
        assert!(text.contains(&format!(",{is},")), "{text}");
        let as_excel = text.replace(",'=1+1", ",=1+1");
        for text in [text, as_excel] {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("out.csv");
            fs::write(&path, text).unwrap();
            let mut found = Vec::new();
            let take = |id, content| {
                match content {
                    edited::Content::Text(text) => found.push((id, text)),
                    edited::Content::Bytes(_) => panic!("text came back as bytes"),
                }
                Ok(())
            };
            edited::each(&path, take).unwrap();
            assert_eq!(found, [(1, content.to_owned())]);
        }
    }
}

/// Of bytes that are no text stands a form that may begin with a sign.
#[test]
fn bytes_come_back_whatever_their_form_begins_with() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.csv");
    let form = STANDARD.encode([0xfb, 0xff, 0x00]);
    assert!(form.starts_with('+'));
    fs::write(&path, format!("id,content,content_base64\n1,,'{form}\n")).unwrap();
    let mut found = Vec::new();
    let take = |_, content| {
        if let edited::Content::Bytes(bytes) = content {
            found.push(bytes);
        }
        Ok(())
    };
    edited::each(&path, take).unwrap();
    assert_eq!(found, [[0xfb, 0xff, 0x00]]);
}

/// Spreadsheet programs offer their own format first.
#[test]
fn a_corrected_file_may_come_back_as_a_workbook() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("corrected.xlsx");
    let rows = [("1", " =1+1, with an edge "), ("2", "-5"), ("3", "Ada, \"Ann\"\u{a0}Núñez")];
    let write = |moment: bool| {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        for (column, name) in ["id", "content", "content_is"].iter().enumerate() {
            sheet.write(0, column as u16, *name).unwrap();
        }
        for ((id, content), row) in rows.iter().zip(1..) {
            // The program took the ids for numbers.
            sheet.write(row, 0, id.parse::<f64>().unwrap()).unwrap();
            sheet.write(row, 1, *content).unwrap();
        }
        // A row that was emptied, and keeps its format.
        sheet.write(5, 2, " ").unwrap();
        if moment {
            let date = rust_xlsxwriter::ExcelDateTime::from_ymd(2026, 3, 1).unwrap();
            let format = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd");
            sheet.write_with_format(2, 1, &date, &format).unwrap();
        }
        book.save(&path).unwrap();
    };
    write(false);
    let mut found = Vec::new();
    let take = |id: u64, content| {
        if let edited::Content::Text(text) = content {
            found.push((id.to_string(), text));
        }
        Ok(())
    };
    edited::each(&path, take).unwrap();
    assert_eq!(found, rows.map(|(id, content)| (id.to_owned(), content.to_owned())));
    write(true);
    let told = edited::each(&path, |_, _| Ok(())).unwrap_err().to_string();
    assert!(told.contains("record 3: a cell became a date"), "{told}");
    fs::write(&path, b"PK\x03\x04 and nothing more").unwrap();
    let told = edited::each(&path, |_, _| Ok(())).unwrap_err().to_string();
    assert!(told.contains("cannot be read as a workbook"), "{told}");
}
