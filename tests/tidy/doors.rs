//! What goes through one door only.

use super::rust::{built, mentions, names_under};
use super::{breaks, ends_with_any, hold, is_test};

/// SQL lives in the store; the error type only carries what a database answered.
fn sql(path: &str, text: &str) -> Vec<String> {
    let store = path == "crates/engine/src/store.rs" || path.starts_with("crates/engine/src/store/");
    if store || path == "crates/engine/src/error.rs" || !ends_with_any(path, &["rs"]) {
        return Vec::new();
    }
    let told = |(line, _)| format!("{path}:{line}: SQL lives in engine::store only: make this a function there");
    names_under(text, "rusqlite").into_iter().map(told).collect()
}

/// Workbooks are written where every cell is `Deidentified`; the demonstration writes one to be read, the yardstick one of
/// numbers.
fn workbooks(path: &str, text: &str) -> Vec<String> {
    let may =
        ["crates/engine/src/workbook", "crates/demo/src/", "crates/engine/src/error.rs", "crates/xtask/examples/"];
    if is_test(path) || may.iter().any(|door| path.starts_with(door)) || !ends_with_any(path, &["rs"]) {
        return Vec::new();
    }
    let told =
        |(line, _)| format!("{path}:{line}: only engine::workbook writes workbooks: hand the facts to a sheet there");
    names_under(text, "rust_xlsxwriter").into_iter().map(told).collect()
}

/// The type that sample sheets accept is made by the deidentifier alone.
fn deidentified(path: &str, text: &str) -> Vec<String> {
    if path == "crates/engine/src/sample/surrogate.rs" || path.starts_with("crates/engine/src/sample/surrogate/") {
        return Vec::new();
    }
    let told = |line| {
        format!("{path}:{line}: only sample::surrogate makes `Deidentified`: put the cell through the deidentifier")
    };
    if ends_with_any(path, &["rs"]) { built(text, "Deidentified").into_iter().map(told).collect() } else { Vec::new() }
}

/// The program opens no network connection; its tests drive a browser and a bridge on this machine.
fn network(path: &str, text: &str) -> Vec<String> {
    let product = ["crates/snapshot/", "crates/demo/", "crates/about/", "crates/engine/", "crates/cli/"]
        .iter()
        .any(|of| path.starts_with(of));
    let window = path.starts_with("src-tauri/src/") && !path.contains("bridge");
    if is_test(path) || !(product || window) || !ends_with_any(path, &["rs"]) {
        return Vec::new();
    }
    ["TcpStream", "TcpListener", "UdpSocket", "ToSocketAddrs", "reqwest", "hyper", "ureq", "axum"]
        .into_iter()
        .flat_map(|word| mentions(text, word))
        .map(|line| format!("{path}:{line}: Crosswalk is offline: nothing of it opens a connection"))
        .collect()
}

/// Windows forces a file to the disk only through a handle that may write, and a folder not at all.
fn forcing(path: &str, text: &str) -> Vec<String> {
    if path == "crates/engine/src/disk.rs" || is_test(path) || !ends_with_any(path, &["rs"]) {
        return Vec::new();
    }
    let reads_only = |at: &usize| {
        let statement = text[..*at].rsplit([';', '{', '}']).next().unwrap_or_default();
        statement.contains("File::open(")
    };
    let told = |at: usize| {
        let line = text[..at].matches('\n').count() + 1;
        format!("{path}:{line}: Windows refuses to force what is opened for reading: use engine::disk::force")
    };
    ["sync_all", "sync_data"]
        .into_iter()
        .flat_map(|word| text.match_indices(word))
        .map(|(at, _)| at)
        .filter(reads_only)
        .map(told)
        .collect()
}

#[test]
fn there_is_one_door_to_each() {
    hold(forcing);
    hold(sql);
    hold(workbooks);
    hold(deidentified);
    hold(network);
}

#[test]
fn a_second_door_is_told() {
    let engine = |file: &str| format!("crates/engine/src/{file}");
    breaks(sql, &engine("project/tables.rs"), "use rusqlite::Connection;", &["SQL lives in engine::store only"]);
    breaks(sql, "crates/cli/src/print.rs", "fn f(e: rusqlite::Error) {}", &["SQL lives in engine::store only"]);
    breaks(sql, &engine("store/vault.rs"), "use rusqlite::Connection;", &[]);
    breaks(workbooks, &engine("project/exports.rs"), "use rust_xlsxwriter::Workbook;", &["writes workbooks"]);
    breaks(workbooks, &engine("workbook/map.rs"), "use rust_xlsxwriter::Workbook;", &[]);
    let forged = "let cell = Deidentified { value, origin };";
    breaks(deidentified, &engine("workbook/samples.rs"), forged, &["makes `Deidentified`"]);
    breaks(deidentified, &engine("sample.rs"), "fn f() -> Deidentified { x }", &[]);
    breaks(deidentified, &engine("sample/surrogate.rs"), forged, &[]);
    breaks(network, &engine("project.rs"), "use std::{fs, net::TcpStream};", &["Crosswalk is offline"]);
    let forced = "fn f() { File::open(&path)\n    .and_then(|f| f.sync_all())?; }";
    breaks(forcing, &engine("project/load.rs"), forced, &["load.rs:2: Windows refuses to force"]);
    breaks(forcing, &engine("project/load.rs"), "File::open(&a)?; File::create(&b)?.sync_all()?;", &[]);
    breaks(network, "src-tauri/src/paths.rs", "use std::net::TcpStream;", &["Crosswalk is offline"]);
}
