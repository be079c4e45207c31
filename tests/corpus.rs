//! Real legacy files that nobody here made, against what a server said of them. They lie outside of the project, in
//! the folder that `CROSSWALK_DATA` names; each keeps its own licence.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::crosswalk::Workspace;

/// Tables whose content depends on SQL that is not run, or that a client left out: said to be so, not compared.
const NOT_COMPARABLE: [(&str, &str); 4] = [
    ("dolt-json-large.sql", "t"),
    ("pgloader-my.sql", "countdata_template"),
    ("pgloader-my.sql", "fcm_batches"),
    ("pgloader-my.sql", "funny_string"),
];

fn corpus() -> Option<PathBuf> {
    corpus::data("corpus/mysqldump")
}

/// Per file and table: rows, columns and digest as the server gave them.
fn expected(folder: &Path) -> BTreeMap<(String, String), [String; 3]> {
    let text = fs::read_to_string(folder.join("expected.tsv")).expect("expected.tsv");
    let lines = text.lines().skip(1).map(|line| line.split('\t').map(str::to_owned).collect::<Vec<_>>());
    lines
        .map(|cells| match <[String; 5]>::try_from(cells) {
            Ok([file, table, rows, columns, digest]) => ((file, table), [rows, columns, digest]),
            Err(cells) => panic!("expected.tsv has a line of {} cells", cells.len()),
        })
        .collect()
}

#[test]
fn digests_of_real_dumps_are_the_servers() {
    let Some(folder) = corpus() else { return };
    let mut expected = expected(&folder);
    let mut told_apart = Vec::new();
    let mut wrong = Vec::new();
    let mut compared = 0;
    let mut dumps: Vec<PathBuf> = fs::read_dir(&folder).expect("the corpus").flatten().map(|e| e.path()).collect();
    dumps.retain(|path| path.extension().is_some_and(|e| e == "sql"));
    dumps.sort();
    assert!(dumps.len() >= 5, "only {} dumps in {}", dumps.len(), folder.display());
    for dump in &dumps {
        let file = dump.file_name().expect("a file").to_string_lossy().into_owned();
        for table in tables(dump) {
            let name = table["table"].as_str().expect("a name").to_owned();
            let server = expected.remove(&(file.clone(), name.clone()));
            if table["comparable"] == false {
                // The server ran what the dump computes; nothing here can be held against its figures.
                assert!(table["reason"].is_string(), "{file} {name}: no reason");
                told_apart.push((file.clone(), name));
                continue;
            }
            let ours = [&table["rows"], &table["columns"], &table["digest"]]
                .map(|v| v.as_str().map_or_else(|| v.to_string(), str::to_owned));
            match server {
                Some(server) if server == ours => compared += 1,
                server => wrong.push(format!("{file} {name}: the server {server:?}, here {ours:?}")),
            }
        }
    }
    wrong.extend(expected.keys().map(|(file, table)| format!("{file} {table}: it is not there")));
    assert!(wrong.is_empty(), "{} tables differ:\n{}", wrong.len(), wrong.join("\n"));
    told_apart.sort();
    let told_apart: Vec<(&str, &str)> = told_apart.iter().map(|(f, t)| (f.as_str(), t.as_str())).collect();
    assert_eq!(told_apart, NOT_COMPARABLE, "other tables are not comparable than are known to be");
    assert!(compared > 130, "only {compared} tables were compared");
}

fn tables(dump: &Path) -> Vec<Value> {
    let workspace = Workspace::new();
    workspace.run(&["new", "p"]).ended(0);
    let told = workspace.run(&["load".as_ref(), "p".as_ref(), dump.as_os_str()]);
    assert!(matches!(told.code, 0 | 3), "{}: {}", dump.display(), told.err);
    workspace.ask(&["checksum", "p"])["tables"].as_array().expect("tables").clone()
}
