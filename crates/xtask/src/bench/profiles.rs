//! What stands in the columns of one file, told by us and by two programs that tell no more than that.
//!
//! They tell other things. We keep the rows, tell NULL from blank, count distinct values exactly, and look for codes,
//! dates, documents and what is wrong. DuckDB estimates distinct values and quartiles. `qsv` counts exactly, holds columns in
//! memory for its medians, and has only the most and the least frequent values.

use std::path::{Path, PathBuf};

use super::{
    figures::{Row, Rows, absent, row},
    prepared::{Prepared, place},
    trial::{Runner, Taken, in_turns},
};
use crate::shell::{command, on_path, output};

/// `load` is ours, of the file.
pub fn held(prepared: &Prepared, file: &Path, load: Runner) -> Rows {
    let (peers, absent) = peers(file);
    let mut runners = vec![load, look(prepared)?];
    runners.extend(peers);
    let taken = in_turns(&runners)?;
    let (load, look) = (&taken[0], &taken[1]);
    let both = together(load, look);
    let mut rows = Vec::new();
    for peer in &taken[2..] {
        rows.push(row("one delimited file → rows kept + profile", "", load, peer));
        rows.push(row(WORK, "", &both, peer));
    }
    rows.extend(absent);
    Ok(rows)
}

const WORK: &str = "the same + close look at every row";

/// What the load before it left is looked at.
fn look(prepared: &Prepared) -> Result<Runner, String> {
    let project = place("ours")?.join("p.crosswalk");
    let crosswalk = prepared.crosswalk.clone();
    Ok(Runner {
        name: "crosswalk analyze".to_owned(),
        before: Box::new(|| Ok(())),
        command: Box::new(move || {
            let mut look = command(&crosswalk);
            look.arg("analyze").arg(&project).arg("--again");
            look
        }),
        done: &[0, 3],
    })
}

/// Those that are installed, and a line for each that is not.
fn peers(file: &Path) -> (Vec<Runner>, Vec<Row>) {
    let (mut there, mut missing) = (Vec::new(), Vec::new());
    let summarize = format!("SUMMARIZE SELECT * FROM read_csv('{}')", file.display());
    let python = format!("import duckdb; print(duckdb.sql(\"{summarize}\").fetchall())");
    if on_path("duckdb") {
        there.push(peer("DuckDB SUMMARIZE", "duckdb", vec!["-c".to_owned(), summarize]));
    } else if output(command("python3").args(["-c", "import duckdb"])).is_some() {
        there.push(peer("DuckDB SUMMARIZE", "python3", vec!["-c".to_owned(), python]));
    } else {
        let why = "neither duckdb nor its module for python3 is installed";
        missing.push(absent(WORK, "DuckDB SUMMARIZE", why, ""));
    }
    // Without a cache beside the file, from which the next run would answer.
    let stats = ["stats", "--everything", "--cache-threshold", "0"].map(str::to_owned);
    let stats = stats.into_iter().chain([file.display().to_string()]).collect();
    match ["qsv", "qsvlite"].into_iter().find(|program| on_path(program)) {
        Some(program) => there.push(peer("qsv stats --everything", program, stats)),
        None => missing.push(absent(WORK, "qsv stats --everything", "qsv is not installed", "")),
    }
    (there, missing)
}

fn peer(name: &str, program: &'static str, arguments: Vec<String>) -> Runner {
    Runner {
        name: name.to_owned(),
        before: Box::new(|| Ok(())),
        command: Box::new(move || {
            let mut peer = command(program);
            peer.args(&arguments);
            peer
        }),
        done: &[0],
    }
}

/// One after the other.
fn together(first: &Taken, then: &Taken) -> Taken {
    Taken {
        name: format!("{}, {}", first.name, then.name),
        seconds: first.seconds + then.seconds,
        megabytes: first.megabytes.zip(then.megabytes).map(|(a, b)| a.max(b)),
    }
}

pub fn largest(folder: &Path) -> Result<PathBuf, String> {
    let entries = std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?.flatten();
    let files = entries.filter(|entry| entry.path().is_file());
    let largest = files.max_by_key(|entry| entry.metadata().map_or(0, |m| m.len()));
    largest.map(|entry| entry.path()).ok_or_else(|| format!("{} holds no file", folder.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_programs_in_a_row_take_both_times_and_the_greater_memory() {
        let taken = |seconds, megabytes| Taken { name: "x".to_owned(), seconds, megabytes };
        let both = together(&taken(2.0, Some(30.0)), &taken(1.5, Some(80.0)));
        assert_eq!((both.seconds.to_bits(), both.megabytes), (3.5_f64.to_bits(), Some(80.0)));
        assert_eq!(together(&taken(1.0, None), &taken(1.0, Some(1.0))).megabytes, None);
    }
}
