use rusqlite::Connection;

use super::*;
use crate::mapping::{RecordKind, TableDecision};
use crate::source::{Disposition, TableKey};

fn decided(table: &str, reason: &str) -> Record {
    let none = TableDecision::none(TableKey(table.into()));
    TableDecision { reason: reason.into(), ..none }.into()
}

fn by() -> By {
    By { who: "ana".into(), at: "2026-01-01T00:00:00Z".into() }
}

fn known(decisions: &Decisions) -> Known {
    decisions.known().unwrap()
}

fn news(decisions: &Decisions, known: Known) -> Option<Vec<String>> {
    let (edits, _) = decisions.news(known).unwrap()?;
    Some(edits.into_iter().map(|edit| edit.label).collect())
}

fn records(decisions: &Decisions) -> Vec<Record> {
    let mut records = Vec::new();
    decisions.each_record(|record| records.push(record)).unwrap();
    records
}

/// Applies an edit of table decisions, as a handle that knows all that was written.
fn apply(decisions: &mut Decisions, label: &str, tables: &[(&str, &str)]) {
    let there = records(decisions);
    let edit = tables.iter().fold(Edit::new(label), |edit, (table, reason)| edit.put(decided(table, reason)));
    let inverse = edit.inverse(|key| there.iter().find(|record| record.key() == *key).cloned());
    let known = known(decisions);
    assert!(matches!(decisions.apply(&edit, &inverse, known, &by()).unwrap(), Outcome::Done(_)));
}

fn step(outcome: Outcome<Option<(Edit, Known)>>) -> Option<String> {
    match outcome {
        Outcome::Done(step) => step.map(|(edit, _)| edit.label),
        Outcome::Overtaken => panic!("nobody else was there"),
    }
}

fn undo(decisions: &mut Decisions) -> Option<String> {
    let known = known(decisions);
    step(decisions.undo(known, &by()).unwrap())
}

fn redo(decisions: &mut Decisions) -> Option<String> {
    let known = known(decisions);
    step(decisions.redo(known, &by()).unwrap())
}

fn reasons(decisions: &Decisions) -> Vec<String> {
    let reason = |record| match record {
        Record::Table(table) => table.reason,
        other => panic!("{other:?} was never decided"),
    };
    records(decisions).into_iter().map(reason).collect()
}

#[test]
fn a_record_that_is_not_understood_is_told_without_its_words() {
    let told = read_json::<Record>(r#"{"kind":"Quillfeather, Rosalind"}"#).unwrap_err().to_string();
    assert!(told.contains("does not understand (at its character") && !told.contains("Quillfeather"), "{told}");
}

#[test]
fn undo_and_redo_survive_a_restart_and_a_new_edit_ends_redo() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("decisions.db");
    let mut d = Decisions::create(&path).unwrap();
    apply(&mut d, "one", &[("/a", "1")]);
    apply(&mut d, "two", &[("/a", "2"), ("/b", "b")]);
    drop(d);
    let mut d = Decisions::open(&path).unwrap();
    assert_eq!(undo(&mut d).as_deref(), Some("two"));
    assert_eq!(reasons(&d), ["1"]);
    drop(d);
    let mut d = Decisions::open(&path).unwrap();
    assert_eq!(d.next_steps().unwrap(), (Some("one".into()), Some("two".into())));
    assert_eq!(redo(&mut d).as_deref(), Some("two"));
    assert_eq!(reasons(&d), ["2", "b"]);
    undo(&mut d);
    undo(&mut d);
    assert_eq!(undo(&mut d), None);
    apply(&mut d, "three", &[("/c", "c")]);
    assert_eq!(redo(&mut d), None);
    assert_eq!(reasons(&d), ["c"]);
    let acts: Vec<String> = d.history(0, 10).unwrap().into_iter().map(|l| format!("{} {}", l.act, l.label)).collect();
    assert_eq!(acts, ["edit three", "undo one", "undo two", "redo two", "undo two", "edit two", "edit one"]);
}

/// A second handle stands for a second program: SQLite tells them apart in the same way.
#[test]
fn an_edit_made_on_what_was_known_before_another_one_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("decisions.db");
    let mut here = Decisions::create(&path).unwrap();
    let mut there = Decisions::open(&path).unwrap();
    let before = known(&here);
    assert_eq!(news(&here, before), None);

    // What is no edit overtakes nobody.
    there.act(&by(), "exported").unwrap();
    assert_eq!(news(&here, before), Some(vec![]));
    let edit = Edit::new("mine").put(decided("/a", "mine"));
    let inverse = edit.inverse(|_| None);
    let Outcome::Done(after) = here.apply(&edit, &inverse, before, &by()).unwrap() else { panic!("nobody decided") };
    assert_eq!(news(&here, after), None, "its own edit is no news");

    apply(&mut there, "theirs", &[("/a", "theirs")]);
    assert!(matches!(here.apply(&edit, &inverse, after, &by()).unwrap(), Outcome::Overtaken));
    assert!(matches!(here.undo(after, &by()).unwrap(), Outcome::Overtaken));
    assert_eq!(reasons(&here), ["theirs"]);
    assert_eq!(news(&here, after), Some(vec!["theirs".into()]));
    let now = known(&here);
    assert!(matches!(here.apply(&edit, &inverse, now, &by()).unwrap(), Outcome::Done(_)));
    assert_eq!(reasons(&there), ["mine"]);
}

/// The files of older versions, and what each holds of every kind.
#[test]
fn files_of_older_versions_are_brought_to_this_format_and_a_copy_is_kept() {
    for (format, file) in [(1, include_str!("format-1.sql"))] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("decisions.db");
        Connection::open(&path).unwrap().execute_batch(file).unwrap();
        let mut d = Decisions::open(&path).unwrap();

        let names: Vec<String> =
            records(&d).iter().map(Record::key).map(|k| format!("{} {}", k.kind.code(), k.name)).collect();
        assert_eq!(
            names,
            [
                "column /VISITS/note",
                "column /VISITS/visit_no",
                "component clinic/1",
                "link /VISITS→appointments",
                "module clinic",
                "privacy /PATIENTS/id",
                "table /PATIENTS",
                "table /VISITS"
            ]
        );
        let visits = |d: &Decisions| {
            let found = records(d).into_iter().find_map(|record| match record {
                Record::Table(table) if table.table.0 == "/VISITS" => Some((table.disposition, table.module)),
                _ => None,
            });
            found.unwrap_or_default()
        };
        assert_eq!(visits(&d), (Disposition::Archive, Some("Clinic".into())));
        assert_eq!(d.settings().unwrap(), Settings { client: "v1".into(), who: "ana".into() });
        assert_eq!(d.snapshots().unwrap().len(), 1);
        assert_eq!(d.history(0, 100).unwrap().len(), 16);

        // Every edit of it can be taken back and made again, as far as it goes.
        let redone = redo(&mut d).unwrap();
        assert!(redone.starts_with("map PATIENTS.id"), "{redone}");
        let whole = records(&d);
        assert!(whole.iter().any(|record| record.key().kind == RecordKind::Mapping));
        assert_eq!(undo(&mut d), Some(redone));
        assert_eq!(undo(&mut d).as_deref(), Some("VISITS: archive only"));
        assert_eq!(visits(&d), (Disposition::Undecided, Some("Clinic".into())));
        while undo(&mut d).is_some() {}
        assert_eq!(records(&d), []);
        while redo(&mut d).is_some() {}
        assert_eq!(records(&d), whole);
        drop(d);

        let copy = Connection::open(folder.path().join(format!("decisions-format-{format}.db"))).unwrap();
        let kept: i64 = copy.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
        assert_eq!(kept, format);
        Decisions::open(&path).unwrap();
    }
}

#[test]
fn a_file_of_a_newer_version_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("decisions.db");
    Connection::open(&path).unwrap().execute_batch("PRAGMA user_version = 99").unwrap();
    let told = Decisions::open(&path).err().unwrap().to_string();
    assert!(told.contains("has the format 99") && told.contains("use the version that made it"), "{told}");
}

/// Power that goes leaves of the log what was forced to the disk, and anything of the rest: the decisions are those of some
/// edit, never of half of one.
#[test]
fn decisions_are_those_of_a_whole_edit_wherever_their_log_breaks_off() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("decisions.db");
    let log_of = |database: &Path| database.with_extension("db-wal");
    let mut here = Decisions::create(&path).unwrap();
    for reason in 1..=4 {
        let reason = reason.to_string();
        apply(&mut here, "both", &[("/a", &reason), ("/b", &reason)]);
    }
    // The handle is open: nothing of the log was taken into the file yet.
    let (base, log) = (std::fs::read(&path).unwrap(), std::fs::read(log_of(&path)).unwrap());
    let mut found = std::collections::BTreeSet::new();
    for n in 0..=60 {
        let length = log.len() * n / 60;
        for torn in [0, 700] {
            let other = tempfile::tempdir().unwrap();
            let copied = other.path().join("decisions.db");
            std::fs::write(&copied, &base).unwrap();
            let mut part = log[..length].to_vec();
            // The last that was written is whatever the disk made of it.
            part[length.saturating_sub(torn)..].fill(0xa5);
            std::fs::write(log_of(&copied), part).unwrap();
            let there = Connection::open(&copied).unwrap();
            let sound: String = there.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
            assert_eq!(sound, "ok", "at {length} of {} bytes", log.len());
            drop(there);
            // Before the first record of the log the file is not laid out yet.
            let Ok(there) = Decisions::open(&copied) else { continue };
            let reasons = reasons(&there);
            let edits = there.history(0, 100).unwrap().len();
            assert!(reasons.iter().all(|reason| reason.parse() == Ok(edits)), "{reasons:?} after {edits} edits");
            assert_eq!(reasons.len(), if edits == 0 { 0 } else { 2 });
            found.insert(edits);
        }
    }
    assert_eq!(found, std::collections::BTreeSet::from([0, 1, 2, 3, 4]));
}
