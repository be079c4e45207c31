use std::{
    thread,
    time::{Duration, Instant},
};

use engine::project::Environment;
use serde_json::json;

use super::*;
use crate::{Places, paths::tests::Nobody};

fn session(home: &std::path::Path) -> Session {
    let places = Places { config: Some(home.join("config")), data: Some(home.join("data")), beside: None };
    Session::new(Environment::system(), places, Box::new(Nobody))
}

#[test]
fn requests_that_cannot_be_answered_are_refused_with_words() {
    let home = tempfile::tempdir().unwrap();
    let session = session(home.path());
    let cases = [
        ("no such command", "drop_everything", json!(null), "refused", "drop_everything"),
        ("a part missing", "set_who", json!({}), "refused", "missing field `who`"),
        ("nothing at all", "set_who", json!(null), "refused", "expected struct Who"),
        ("another type", "set_who", json!({"who": 7}), "refused", "expected a string"),
        ("no project", "tables", json!({}), "no_project", "open one"),
        ("no project to change", "undo", json!(null), "no_project", "open one"),
        ("no project to load into", "start_load", json!({"paths": [], "label": null}), "no_project", "open one"),
        ("no such job", "cancel_job", json!({"id": 3}), "refused", "no job 3"),
    ];
    for (name, command, request, code, part) in cases {
        let error = answer(&session, command, request).unwrap_err();
        assert_eq!(error.code, code, "{name}: {}", error.message);
        assert!(error.message.contains(part), "{name}: {}", error.message);
    }
}

#[test]
fn what_was_sent_is_not_quoted() {
    let home = tempfile::tempdir().unwrap();
    let request = json!({"sql": "SELECT 1", "raw": "Doe, Jane", "limit": 1});
    let error = answer(&session(home.path()), "query", request).unwrap_err();
    assert!(!error.message.contains("Doe") && error.message.contains("a boolean"), "{}", error.message);
}

#[test]
fn the_window_begins_with_nothing_open() {
    let home = tempfile::tempdir().unwrap();
    let session = session(home.path());
    let state = answer(&session, "app_state", json!(null)).unwrap();
    assert_eq!((&state["project"], &state["recents"], &state["notice"]), (&json!(null), &json!([]), &json!(null)));
    assert_eq!(answer(&session, "jobs", json!(null)).unwrap(), json!([]));
    assert_eq!(answer(&session, "close_project", json!(null)).unwrap(), json!(null));
    let wish = json!({"what": "open_project", "suggested_name": null});
    assert_eq!(answer(&session, "choose_path", wish).unwrap(), json!([]));
}

/// A command left out would be refused in the window, and one too many would be allowed unseen.
#[test]
fn the_window_may_call_every_command_and_nothing_else() {
    let capability: Value = serde_json::from_str(include_str!("../../capabilities/main.json")).unwrap();
    let allowed: Vec<&str> = capability["permissions"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    let commands = NAMES.iter().map(|name| format!("allow-{}", name.replace('_', "-")));
    let hearing = ["core:event:allow-listen", "core:event:allow-unlisten"].map(str::to_owned);
    assert_eq!(allowed, hearing.into_iter().chain(commands).collect::<Vec<_>>());
    assert_eq!(capability["windows"], json!(["main"]));
}

fn job_ended(session: &Session) -> Value {
    let asked = Instant::now();
    loop {
        let jobs = answer(session, "jobs", json!(null)).unwrap();
        let last = jobs.as_array().unwrap().last().unwrap().clone();
        if last["state"] != "running" {
            return last;
        }
        assert!(asked.elapsed() < Duration::from_secs(30), "{last}");
        thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn from_a_new_project_to_a_decision_and_back() {
    let home = tempfile::tempdir().unwrap();
    let session = session(home.path());
    let ask = |name: &str, request: Value| answer(&session, name, request).unwrap_or_else(|e| panic!("{name}: {e:?}"));

    let made = ask("create_project", json!({"path": home.path().join("bay"), "client": "Bay Clinic"}));
    assert_eq!((&made["name"], &made["client"]), (&json!("bay"), &json!("Bay Clinic")));

    // The third record is one field short.
    let file = home.path().join("visits.csv");
    std::fs::write(&file, "id,kind,room\n1,fit test,A\n2,audiogram,B\n3,audiogram\n4,fit test,B\n").unwrap();
    ask("start_load", json!({"paths": [file], "label": "First cut"}));
    let load = job_ended(&session);
    assert_eq!((&load["kind"], &load["state"]), (&json!("load"), &json!("warned")), "{load}");
    assert_eq!((&load["label"], &load["message"]), (&json!("visits.csv"), &json!("3 rows in 1 table loaded.")));
    assert!(load["warnings"][0].as_str().unwrap().starts_with("1 record could not be loaded"), "{load}");

    // The handle that loaded was another one; the open one sees what came of it.
    let key = ask("tables", json!({}))["keys"][0].clone();
    assert_eq!(ask("rejects", json!({"limit": 9}))["total"], 1);
    let decision = json!({"tables": [key], "disposition": "archive", "reason": "old", "module": null, "comment": null});
    assert_eq!(ask("decide_tables", decision)["project"]["counts"]["tables_decided"], 1);
    assert_eq!(ask("undo", json!(null))["project"]["counts"]["tables_decided"], 0);

    let out = home.path().join("map.xlsx");
    ask("start_export", json!({"kind": "map", "path": out, "rows": null}));
    let export = job_ended(&session);
    assert!(export["state"] != "failed" && export["path"] == json!(out), "{export}");
    ask("show_file", json!({"kind": "map", "path": out, "rows": null}));

    ask("close_project", json!(null));
    assert_eq!(ask("app_state", json!(null))["recents"][0]["name"], "bay");
    ask("open_project", json!({"path": home.path().join("bay.crosswalk")}));
    assert_eq!(ask("project", json!(null))["counts"]["rows"], 3);
}
