//! What `pg_dump` writes, in each of its formats: the same tables, rows and large objects. The fixtures are dumps that
//! version 15 made of one invented database.

use std::fs;
use std::io::Read;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::support::crosswalk::{Workspace, fixture, gzip};

/// The files of the tar archive, which are those of a directory.
fn files() -> Vec<(String, Vec<u8>)> {
    let packed = fs::read(fixture("clinic_postgres.tar")).expect("the fixture");
    let mut archive = tar::Archive::new(&packed[..]);
    let read = |mut entry: tar::Entry<&[u8]>| {
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("an entry");
        (entry.path().expect("a name").to_string_lossy().into_owned(), bytes)
    };
    archive.entries().expect("entries").map(|entry| read(entry.expect("an entry"))).collect()
}

fn query(workspace: &Workspace, sql: &str) -> Value {
    workspace.ask(&["query", "p", sql, "--raw"])["rows"].clone()
}

/// Writes the dump in some form, and says where.
type Form = fn(&Workspace) -> PathBuf;

#[test]
fn a_dump_in_any_format_is_the_same_dump() {
    let forms: [(&str, Form); 5] = [
        ("tar", |_| fixture("clinic_postgres.tar")),
        ("custom, written into a pipe", |_| fixture("clinic_postgres.dump")),
        ("custom, packed once more", |workspace| {
            workspace.write("dump.pgdump.gz", gzip(&fs::read(fixture("clinic_postgres.dump")).expect("the fixture")))
        }),
        ("a directory", |workspace| {
            for (name, bytes) in files() {
                workspace.write(&format!("dump/{name}"), bytes);
            }
            workspace.path("dump")
        }),
        ("a directory, packed file by file", |workspace| {
            for (name, bytes) in files() {
                match name.strip_suffix(".dat") {
                    Some(_) if name != "toc.dat" => workspace.write(&format!("in/dump/{name}.gz"), gzip(&bytes)),
                    _ => workspace.write(&format!("in/dump/{name}"), bytes),
                };
            }
            workspace.path("in")
        }),
    ];
    for (form, write) in forms {
        let workspace = Workspace::new();
        let path = write(&workspace);
        workspace.run(&["new", "p"]).ended(0);
        // That columns refer to large objects is said.
        let told = workspace.run(&["load", "p", &path.to_string_lossy(), "--json"]).ended(3).json();
        assert_eq!(told["rejects"], json!(0), "{form}: {told}");
        for (sql, rows) in [
            ("SELECT * FROM child", json!([["1", "E100", "72"]])),
            ("SELECT * FROM two", json!([["2", "E1", "2020-01-02", "71.50"]])),
            ("SELECT * FROM people", json!([["Ann", "1980-02-03"]])),
            ("SELECT * FROM notes", json!([["1", "a\tb\nc\\"], ["2", null], ["3", "\\."], ["4", "é😀"]])),
            ("SELECT count(*) FROM \"Odd Table\"", json!([["0"]])),
            (
                "SELECT s.id, length(l.content) FROM \"hr.staff\" s JOIN large_objects l ON s.cv = l.loid",
                json!([["1", "8"], ["2", "40"], ["3", "0"]]),
            ),
        ] {
            assert_eq!(query(&workspace, sql), rows, "{form}: {sql}");
        }
    }
}

/// A file that is missing, one too many, one that was cut off: each is said, and the rest is loaded.
#[test]
fn parts_that_do_not_fit_are_told() {
    let workspace = Workspace::new();
    for (name, bytes) in files() {
        match bytes.as_slice() {
            rows if rows.starts_with(b"1\tE100\t72") => {}
            rows if rows.starts_with(b"1\ta\\tb") => {
                drop(workspace.write(&format!("d/{name}"), &rows[..rows.len() - 9]));
            }
            _ => drop(workspace.write(&format!("d/{name}"), bytes)),
        }
    }
    workspace.write("d/9999.dat", b"1\t2\n\\.\n");
    workspace.run(&["new", "p"]).ended(0);
    let told = workspace.run(&["load", "p", "d"]).ended(3);
    for words in ["the rows of public.child are in", "toc.dat beside it does not name it", "the file ends inside"] {
        assert!(told.out.contains(words), "{words}:\n{}", told.out);
    }
    assert_eq!(query(&workspace, "SELECT count(*) FROM two"), json!([["1"]]));
}
