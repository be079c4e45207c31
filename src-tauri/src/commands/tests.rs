use engine::project::Here;
use serde_json::json;

use super::*;
use crate::{Places, paths::tests::Nobody};

fn session(home: &std::path::Path) -> Session {
    let places = Places { config: Some(home.join("config")), data: Some(home.join("data")) };
    Session::new(Here::system(), places, Box::new(Nobody))
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
