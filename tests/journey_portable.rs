//! What one system allows and another does not: names, paths, locale, folders that a cloud copies. Each runs on Linux and,
//! by `cargo xtask windows`, as a Windows program.

use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::crosswalk::{Workspace, fixture};

/// A project where a person put it, by the path that they typed: loaded, exported, edited, taken back.
#[track_caller]
fn whole_journey(workspace: &Workspace, project: &str) {
    let dump = fixture("clinic.sql");
    let dump = dump.to_str().expect("UTF-8");
    workspace.run(&["new", project, "--client", "Harbor Clinic"]).ended(0);
    let loaded = workspace.run(&["load", project, dump]);
    assert!(matches!(loaded.code, 0 | 3), "{}", loaded.err);
    workspace.run(&["checksum", project]).ended(0);
    workspace.run(&["map", project, "disposition", "archive", "visit", "--reason", "as agreed"]).ended(0);
    workspace.run(&["map", project, "undo"]).ended(0);
    for what in ["map", "samples"] {
        let out = format!("{project} {what}.xlsx");
        let told = workspace.run(&["export", project, what, &out, "--at", "2026-03-01T12:00:00Z"]);
        assert!(matches!(told.code, 0 | 3), "{}", told.err);
        assert!(workspace.path(&out).is_file());
    }
    let facts = workspace.ask(&["show", project]);
    let path = facts["path"].as_str().expect("a path");
    assert!(!path.contains(r"\\?\"), "{path}");
    workspace.run(&["show", path]).ended(0);
}

#[test]
fn a_project_lives_in_a_folder_of_any_name() {
    let workspace = Workspace::new();
    for project in
        ["Clinic of Zürich", "诊所 李", "yard 😀", "O'Brien & Sons #1 100%", "new folder/in a new folder/clinic"]
    {
        whole_journey(&workspace, project);
    }
}

#[test]
fn a_project_lives_deeper_than_260_characters() {
    let workspace = Workspace::new();
    let deep = PathBuf::from_iter(["a folder in a folder"; 12]).join("clinic");
    assert!(deep.as_os_str().len() > 240);
    whole_journey(&workspace, deep.to_str().expect("UTF-8"));
}

#[test]
fn a_file_in_a_folder_of_any_name_is_loaded_by_any_path_to_it() {
    let workspace = Workspace::new();
    workspace.run(&["new", "clinic"]).ended(0);
    let file = workspace.write("Ambulanz Süd/李 & #1 100%.csv", "id,name\n1,Ada\n");
    let absolute = file.canonicalize().expect("it is there");
    for path in [Path::new("Ambulanz Süd/李 & #1 100%.csv"), &file, &absolute] {
        let path = path.to_str().expect("UTF-8");
        workspace.run(&["load", "clinic", path]).ended(0);
    }
    workspace.run(&["load", "clinic", "Ambulanz Süd"]).ended(0);
}

#[test]
fn a_name_that_some_system_cannot_keep_is_refused_with_the_reason() {
    let workspace = Workspace::project("clinic.sql");
    for (name, why) in
        [("nul", "device"), ("aux.2026", "device"), ("a:b", "no :"), ("what?", "no ?"), ("end. ", "blank")]
    {
        let told = workspace.run(&["new", &format!("{name}.crosswalk"), "--client", "x"]);
        let refused = told.code == 1 && told.err.contains("Choose another name");
        // The ending stands behind dots and blanks of the name, so these do no harm. To Windows `a:b` is b on drive A.
        let elsewhere = name == "a:b" && cfg!(windows) && told.code == 1;
        assert!(refused || elsewhere || name == "end. ", "{name}: {}", told.err);
        let told = workspace.run(&["export", "clinic", "map", name]);
        assert!(told.code == 1 && (elsewhere || told.err.contains(why)), "{name}: {}", told.err);
    }
    assert_eq!(
        workspace.list("").iter().filter(|name| !name.starts_with("end")).count(),
        1,
        "{:?}",
        workspace.list("")
    );
}

#[test]
fn wildcards_that_the_shell_left_are_put_in_place() {
    let workspace = Workspace::new();
    workspace.run(&["new", "clinic"]).ended(0);
    for name in ["visits.csv", "people.csv"] {
        workspace.write(name, "id,name\n1,Ada\n");
    }
    workspace.write("notes.txt", "nothing to load");
    workspace.run(&["load", "clinic", "*.csv"]).ended(0);
    let tables = workspace.ask(&["tables", "clinic"]);
    assert_eq!(names(&tables), ["people", "visits"]);
    let told = workspace.run(&["load", "clinic", "*.mdb"]).ended(1);
    assert!(told.err.contains("no file fits *.mdb"), "{}", told.err);
}

fn names(tables: &Value) -> Vec<String> {
    let rows = tables["tables"].as_array().expect("tables").iter();
    let mut names: Vec<String> = rows.map(|row| row["table"].as_str().expect("a table").to_owned()).collect();
    names.sort();
    names
}

#[test]
fn tables_are_called_what_no_file_can_be() {
    let workspace = Workspace::new();
    workspace.run(&["new", "clinic", "--client", "CON"]).ended(0);
    let tables = ["CON", "a/b", "x:y", "Patients", "patients", "what?", "sp ace."];
    let mut dump = String::from("-- MySQL dump 10.13\n");
    for name in tables {
        let _ = writeln!(dump, "CREATE TABLE `{name}` (id int, remark text);\nINSERT INTO `{name}` VALUES (1,'x');");
    }
    workspace.write("dump.sql", dump + "-- Dump completed\n");
    workspace.run(&["load", "clinic", "dump.sql"]).ended(0);
    assert_eq!(names(&workspace.ask(&["tables", "clinic"])).len(), tables.len());
    let told = workspace.run(&["export", "clinic", "samples", "samples.xlsx"]);
    assert!(matches!(told.code, 0 | 3), "{}", told.err);
    let proof = workspace.ask(&["checksum", "clinic"]);
    assert_eq!(proof["tables"].as_array().map(Vec::len), Some(tables.len()), "{proof}");
}

/// A decimal comma, a Turkish i, another calendar's noon: none of it is in a figure.
#[test]
fn the_locale_changes_no_byte_of_an_export() {
    let workspace = Workspace::project("clinic.sql");
    workspace.write("lead.csv", "site,level,drawn\nYard,1.50,2024-02-29\nDOCK I,2.25,2024-12-31\n");
    workspace.run(&["load", "clinic", "lead.csv"]).ended(0);
    let export = |what: &str, out: &str, locale: &str, zone: &str| {
        let arguments = ["export", "clinic", what, out, "--at", "2026-03-01T12:00:00Z"];
        let mut command = workspace.command(&arguments);
        for name in ["LC_ALL", "LANG", "LC_NUMERIC"] {
            command.env(name, locale);
        }
        let status = command.env("TZ", zone).status().expect("crosswalk runs");
        assert!(matches!(status.code(), Some(0 | 3)), "{locale}: {status}");
        fs::read(workspace.path(out)).expect("a workbook")
    };
    export("samples", "first.xlsx", "C", "UTC");
    for what in ["map", "samples"] {
        let plain = export(what, "plain.xlsx", "C.UTF-8", "UTC");
        for (locale, zone) in
            [("de_DE.UTF-8", "Europe/Berlin"), ("tr_TR.UTF-8", "Asia/Istanbul"), ("ar_SA", "Asia/Riyadh")]
        {
            let other = export(what, "other.xlsx", locale, zone);
            assert!(plain == other, "{what} in {locale} differs");
        }
    }
}

#[test]
fn a_folder_that_a_cloud_copies_is_warned_about() {
    let workspace = Workspace::new();
    let told = workspace.run(&["new", "OneDrive - Harbor/clinic"]).ended(0);
    assert!(told.out.contains("OneDrive copies to a cloud"), "{}", told.out);
    let facts = workspace.ask(&["show", "OneDrive - Harbor/clinic"]);
    assert_eq!(facts["warnings"].as_array().map(Vec::len), Some(1), "{facts}");
    let told = workspace.run(&["load", "OneDrive - Harbor/clinic", fixture("clinic.sql").to_str().expect("UTF-8")]);
    assert!(told.err.contains("OneDrive"), "{}", told.err);
    workspace.run(&["new", "clinic"]).ended(0);
    assert_eq!(workspace.ask(&["show", "clinic"])["warnings"], serde_json::json!([]));
}

/// A share that is for reading only, a write-protected stick, a folder out of an archive.
#[test]
fn a_project_that_cannot_be_written_says_what_to_do() {
    let workspace = Workspace::project("clinic.sql");
    let decisions = workspace.path("clinic.crosswalk/decisions.db");
    let mut rights = fs::metadata(&decisions).expect("the decisions").permissions();
    rights.set_readonly(true);
    fs::set_permissions(&decisions, rights).expect("they are ours");
    if fs::File::options().write(true).open(&decisions).is_ok() {
        // Past the harness, which keeps what a passing test prints to itself.
        let _ = writeln!(io::stderr(), "\n*** SKIPPED: nothing is read-only to whoever runs this test ***\n");
        return;
    }
    for verb in ["show", "tables", "ledger"] {
        let told = workspace.run(&[verb, "clinic"]).ended(1);
        assert!(told.err.contains("copy the project's folder to a disk of your own"), "{}", told.err);
    }
}

/// What a virus scanner or Explorer does: it has a file of the project open while it is loaded and exported.
#[test]
fn somebody_who_reads_along_is_in_nobodys_way() {
    let workspace = Workspace::project("clinic.sql");
    let open = fs::File::open(workspace.path("clinic.crosswalk/decisions.db")).expect("the decisions");
    workspace.run(&["export", "clinic", "map", "map.xlsx"]);
    let book = fs::File::open(workspace.path("map.xlsx")).expect("the workbook");
    let told = workspace.run(&["export", "clinic", "map", "map.xlsx"]);
    assert!(matches!(told.code, 0 | 3), "{}", told.err);
    drop((open, book));
    whole_journey(&workspace, "another");
}
