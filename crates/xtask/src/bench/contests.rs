//! Who runs against whom, at what.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{
    edits, exports,
    figures::{Figures, Row, Rows, absent, row},
    prepared::{Prepared, Snapshot, cleared, place},
    profiles,
    trial::{Runner, in_turns},
};
use crate::shell::{self, command, on_path, output};

pub const NAMES: [&str; 10] =
    ["dump", "growth", "delimited", "profile", "workbook", "openpyxl", "exports", "access", "mysql2sqlite", "edits"];

pub fn held(name: &str, prepared: &Prepared, mb: u32) -> Rows {
    match name {
        "dump" => dump(prepared, &prepared.snapshot(mb)?),
        "growth" => growth(prepared, mb),
        "delimited" => delimited(prepared, &prepared.snapshot(mb)?),
        "profile" => profile(prepared, &prepared.snapshot(mb)?),
        "workbook" => workbook(prepared),
        "access" => access(prepared),
        "edits" => edits::held(),
        "exports" => exports::held(prepared),
        "openpyxl" => openpyxl(prepared),
        "mysql2sqlite" => mysql2sqlite(prepared, &prepared.snapshot(mb)?),
        other => Err(format!("there is no contest {other}")),
    }
}

/// `crosswalk load` of some files into a new project. 3 is well too: what is left aside or odd is told.
fn load(prepared: &Prepared, name: &str, what: &[PathBuf], options: &'static [&str]) -> Result<Runner, String> {
    let project = place("ours")?.join("p.crosswalk");
    let (crosswalk, what) = (prepared.crosswalk.clone(), what.to_vec());
    let (fresh, made) = (crosswalk.clone(), project.clone());
    Ok(Runner {
        name: name.to_owned(),
        before: Box::new(move || {
            cleared(&made)?;
            let new = output(command(&fresh).arg("new").arg(&made));
            new.map(|_| ()).ok_or_else(|| format!("`crosswalk new {}` failed", made.display()))
        }),
        command: Box::new(move || {
            let mut load = command(&crosswalk);
            load.arg("load").arg(&project).args(&what).args(options);
            load
        }),
        done: &[0, 3],
    })
}

fn two(prepared: &Prepared, dump: &Path) -> Result<Runner, String> {
    let database = place("theirs")?.join("ceiling.db");
    let (ceiling, dump, old) = (prepared.ceiling.clone(), dump.to_path_buf(), database.clone());
    let command = move || {
        let mut two = command(&ceiling);
        two.arg("two").arg(&dump).arg(&database).env("PAGE", "8192");
        two
    };
    Ok(Runner {
        name: "ceiling two".to_owned(),
        before: Box::new(move || cleared(&old)),
        command: Box::new(command),
        done: &[0],
    })
}

/// A peer that a shell starts: several programs in a row.
fn shell_peer(name: &str, script: String, leaves: PathBuf) -> Runner {
    Runner {
        name: name.to_owned(),
        before: Box::new(move || cleared(&leaves)),
        command: Box::new(move || {
            let mut shell = command("sh");
            shell.args(["-e", "-c", &script]);
            shell
        }),
        done: &[0],
    }
}

/// Whether the program knows the option yet.
fn knows(prepared: &Prepared, option: &str) -> bool {
    output(command(&prepared.crosswalk).args(["load", "--help"])).is_some_and(|help| help.contains(option))
}

fn dump(prepared: &Prepared, snapshot: &Snapshot) -> Rows {
    let (bare, full) = ("dump → staging, no profile", "dump → staging + full profile");
    let dump = std::slice::from_ref(&snapshot.dump);
    let mut runners = vec![two(prepared, &snapshot.dump)?, load(prepared, "crosswalk load", dump, &[])?];
    if knows(prepared, "--no-profile") {
        runners.push(load(prepared, "crosswalk load --no-profile", dump, &["--no-profile"])?);
    }
    let taken = in_turns(&runners)?;
    let first = match taken.get(2) {
        Some(ours) => row(bare, "≤ 1.3 ×, ≤ 256 MB", ours, &taken[0]),
        None => absent(bare, "ceiling two", "this build of crosswalk has no --no-profile", "≤ 1.3 ×, ≤ 256 MB"),
    };
    Ok(vec![first, row(full, "≤ 1.2 ×, ≤ 256 MB", &taken[1], &taken[0])])
}

/// How cost grows with size: the slope between a dump and one ten times as large, on logarithmic scales.
fn growth(prepared: &Prepared, mb: u32) -> Rows {
    let sizes = [mb, mb * 10];
    let mut taken = Vec::new();
    let mut bytes = Vec::new();
    for size in sizes {
        let snapshot = prepared.snapshot(size)?;
        let length = fs::metadata(&snapshot.dump).map_err(|error| format!("{}: {error}", snapshot.dump.display()))?;
        bytes.push(length.len() as f64);
        let name = format!("crosswalk load, {size} MB");
        taken.extend(in_turns(&[load(prepared, &name, &[snapshot.dump], &[])?])?);
    }
    let exponent = exponent((bytes[0], taken[0].seconds), (bytes[1], taken[1].seconds));
    let outcome = Ok(Figures {
        ours: format!("{:.2} s → {:.2} s", taken[0].seconds, taken[1].seconds),
        theirs: "–".to_owned(),
        ratio: format!("exponent {exponent:.2}"),
        peak: taken[1].megabytes,
    });
    let work = format!("cost against size, {} MB → {} MB", sizes[0], sizes[1]);
    Ok(vec![Row { work, against: "itself".to_owned(), outcome, must: "≤ 1.1, ≤ 256 MB" }])
}

/// Of cost = a × size^exponent.
fn exponent(small: (f64, f64), large: (f64, f64)) -> f64 {
    (large.1 / small.1).ln() / (large.0 / small.0).ln()
}

fn delimited(prepared: &Prepared, snapshot: &Snapshot) -> Rows {
    let (work, peer, must) = ("delimited → staging + full profile", "sqlite3 .import alone", "≤ 0.33 ×");
    if !on_path("sqlite3") {
        return Ok(vec![absent(work, peer, "sqlite3 is not installed", must)]);
    }
    let database = place("theirs")?.join("import.db");
    let mut files: Vec<PathBuf> = fs::read_dir(&snapshot.csv)
        .map_err(|error| format!("{}: {error}", snapshot.csv.display()))?
        .flatten()
        .map(|entry| entry.path())
        .collect();
    files.sort();
    let table = |file: &Path| file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let imports: Vec<String> =
        files.iter().map(|file| format!("'.import --csv {} {}'", file.display(), table(file))).collect();
    let settings = "'PRAGMA journal_mode=OFF' 'PRAGMA synchronous=OFF'";
    let script = format!("exec sqlite3 {} {settings} {}", database.display(), imports.join(" "));
    let taken = in_turns(&[
        shell_peer(peer, script, database),
        load(prepared, "crosswalk load", std::slice::from_ref(&snapshot.csv), &[])?,
    ])?;
    Ok(vec![row(work, must, &taken[1], &taken[0])])
}

/// The largest of the files alone.
fn profile(prepared: &Prepared, snapshot: &Snapshot) -> Rows {
    let file = profiles::largest(&snapshot.csv)?;
    let load = load(prepared, "crosswalk load", std::slice::from_ref(&file), &[])?;
    profiles::held(prepared, &file, load)
}

/// 100,000 rows and 30 columns, read and written.
fn workbook(prepared: &Prepared) -> Rows {
    let book = plain_book(prepared)?;
    let mut rows = reading(prepared, &book)?;
    rows.push(exports::all_rows(prepared)?);
    Ok(rows)
}

fn plain_book(prepared: &Prepared) -> Result<PathBuf, String> {
    let book = place("workbook")?.join("bare.xlsx");
    shell::run(command(&prepared.bare_workbook).arg(&book))?;
    Ok(book)
}

/// Beside the library that reads every cell and keeps none. The load that is exported from comes last.
fn reading(prepared: &Prepared, book: &Path) -> Rows {
    let (reader, read) = (prepared.bare_reader.clone(), book.to_path_buf());
    let library = Runner {
        name: "calamine, every cell".to_owned(),
        before: Box::new(|| Ok(())),
        command: Box::new(move || {
            let mut bare = command(&reader);
            bare.arg(&read);
            bare
        }),
        done: &[0],
    };
    let what = [book.to_path_buf()];
    let taken = in_turns(&[
        library,
        load(prepared, "crosswalk load --no-profile", &what, &["--no-profile"])?,
        load(prepared, "crosswalk load", &what, &[])?,
    ])?;
    Ok(vec![
        row("workbook of 100,000 × 30 → staging, no profile", "≤ 1.3 ×, ≤ 64 MB", &taken[1], &taken[0]),
        row(READ_WITH_PROFILE, "≤ 1.6 ×", &taken[2], &taken[0]),
    ])
}

const READ_WITH_PROFILE: &str = "workbook of 100,000 × 30 → staging + full profile";

/// What people use instead. It takes minutes.
fn openpyxl(prepared: &Prepared) -> Rows {
    let peer = "openpyxl, read-only";
    if output(command("python3").args(["-c", "import openpyxl"])).is_none() {
        return Ok(vec![absent(READ_WITH_PROFILE, peer, "openpyxl is not installed", "")]);
    }
    let book = plain_book(prepared)?;
    let script = format!(
        "exec python3 -c \"import openpyxl\nfor sheet in openpyxl.load_workbook('{}', read_only=True):\n for row in \
         sheet.iter_rows(values_only=True): pass\"",
        book.display()
    );
    let none = place("theirs")?.join("none");
    let taken = in_turns(&[shell_peer(peer, script, none), load(prepared, "crosswalk load", &[book], &[])?])?;
    Ok(vec![row(READ_WITH_PROFILE, "", &taken[1], &taken[0])])
}

/// Files of this kind that may be passed round are small: what is timed is mostly the start of the programs.
fn access(prepared: &Prepared) -> Rows {
    let (work, peer) = ("Access file of 1 MB → staging + full profile", "mdb-export, all tables");
    let Some(file) = prepared.access_file() else {
        return Ok(vec![absent(work, peer, "there is no Access file in CROSSWALK_DATA", "")]);
    };
    if !on_path("mdb-export") || !on_path("mdb-tables") {
        return Ok(vec![absent(work, peer, "mdbtools are not installed", "")]);
    }
    let path = file.display();
    let script = format!("mdb-tables -1 '{path}' | while IFS= read -r t; do mdb-export '{path}' \"$t\"; done");
    let ours = load(prepared, "crosswalk load", std::slice::from_ref(&file), &[])?;
    match in_turns(&[shell_peer(peer, script, place("theirs")?.join("none")), ours]) {
        Ok(taken) => Ok(vec![row(work, "", &taken[1], &taken[0])]),
        Err(why) => Ok(vec![absent(work, peer, &why, "")]),
    }
}

fn mysql2sqlite(prepared: &Prepared, snapshot: &Snapshot) -> Rows {
    let (work, peer) = ("dump → staging + full profile", "mysql2sqlite into sqlite3");
    if !on_path("mysql2sqlite") {
        return Ok(vec![absent(work, peer, "mysql2sqlite is not installed", "")]);
    }
    let database = place("theirs")?.join("mysql2sqlite.db");
    let script = format!("mysql2sqlite {} | sqlite3 {}", snapshot.dump.display(), database.display());
    let dump = std::slice::from_ref(&snapshot.dump);
    let taken = in_turns(&[shell_peer(peer, script, database), load(prepared, "crosswalk load", dump, &[])?])?;
    Ok(vec![row(work, "", &taken[1], &taken[0])])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_times_the_size_at_ten_times_the_cost_is_an_exponent_of_one() {
        assert!((exponent((100.0, 2.0), (1000.0, 20.0)) - 1.0).abs() < 1e-9);
        assert!((exponent((100.0, 2.0), (1000.0, 200.0)) - 2.0).abs() < 1e-9);
    }
}
