use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::project::{Environment, LoadRequest};

/// Stops the work at one of its reports.
struct StopsAt {
    report: usize,
    seen: AtomicUsize,
}

impl Watch for StopsAt {
    fn step(&self, _: &Progress) -> bool {
        self.seen.fetch_add(1, Ordering::Relaxed) < self.report
    }
}

#[test]
fn an_export_that_is_stopped_at_any_of_its_reports_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let environment = Environment {
        user: "Ada".into(),
        user_is_meant: true,
        now: || "2026-03-01T12:00:00Z".to_owned(),
        ..Environment::system()
    };
    let mut project = Project::create(&folder.path().join("clinic"), "Clinic", environment).unwrap();
    let row = |row: u32| format!("{},Okafor{row},2026-01-{:02}\n", row + 100_000, row % 28 + 1);
    let file: String = ["mrn,last_name,visit\n".to_owned()].into_iter().chain((0..400).map(row)).collect();
    let path = folder.path().join("visits.csv");
    fs::write(&path, file).unwrap();
    let stays = StopsAt { report: usize::MAX, seen: AtomicUsize::new(0) };
    project.load(&LoadRequest { paths: vec![path], profile: true, ..LoadRequest::default() }, &stays).unwrap();
    let files = || {
        let found = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut found: Vec<String> = found.collect();
        found.sort();
        found
    };
    let before = files();
    for (kind, name) in [(ExportKind::Map, "map.xlsx"), (ExportKind::Samples, "samples.xlsx")] {
        let request = ExportRequest { kind, path: folder.path().join(name), rows: Some(50), at: None };
        let mut stopped = 0;
        loop {
            let watch = StopsAt { report: stopped, seen: AtomicUsize::new(0) };
            match project.export(&request, &watch) {
                Ok(_) => break,
                Err(Error::Cancelled) => stopped += 1,
                Err(other) => panic!("{name}, stopped at report {stopped}: {other}"),
            }
            assert_eq!(files(), before, "{name}, stopped at report {stopped}");
        }
        assert!(stopped > 5, "{name} reports {stopped} times");
        fs::remove_file(&request.path).unwrap();
    }
}
