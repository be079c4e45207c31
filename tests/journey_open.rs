//! What may be named to open a project.

use std::fs;

use crate::support::crosswalk::Workspace;

#[test]
fn a_project_is_opened_by_its_folder_its_name_or_any_file_in_it() {
    let workspace = Workspace::project("clinic.sql");
    let snapshot = &workspace.ask(&["show", "clinic"])["snapshot"];
    let staging = format!("clinic.crosswalk/snapshots/{}/staging.db", snapshot.as_str().expect("an id"));
    let opener = "clinic.crosswalk/Open in Crosswalk.crosswalk";
    let absolute = workspace.path(opener).display().to_string();
    let named = ["clinic", "clinic.crosswalk", "clinic.crosswalk/decisions.db", opener, &staging, &absolute];
    for path in named {
        assert_eq!(workspace.ask(&["show", path])["name"], "clinic", "{path}");
    }

    let mut within = workspace.command(&["show", "decisions.db", "--json"]);
    let told = within.current_dir(workspace.path("clinic.crosswalk")).output().expect("crosswalk runs");
    assert!(told.status.success(), "a name without a folder: {told:?}");
}

#[test]
fn a_project_without_the_file_to_open_it_by_is_whole() {
    let workspace = Workspace::project("clinic.sql");
    fs::remove_file(workspace.path("clinic.crosswalk/Open in Crosswalk.crosswalk")).expect("the file is there");
    assert_eq!(workspace.ask(&["show", "clinic"])["name"], "clinic");
}

#[test]
fn a_file_or_folder_of_elsewhere_is_no_project() {
    let workspace = Workspace::project("clinic.sql");
    workspace.write("dump.sql", "SELECT 1;");
    workspace.write("clinic.crosswalk/kept/notes.txt", "");
    for path in
        ["dump.sql", "nowhere", "clinic.crosswalk/snapshots", "clinic.crosswalk/nowhere", "clinic.crosswalk/kept"]
    {
        let told = workspace.run(&["show", path]).ended(1);
        assert!(told.err.contains("is no Crosswalk project"), "{path}: {}", told.err);
    }
}
