//! The figures as a table: on the screen, and in the README between its marks.

use std::{fs, thread};

use super::trial::Taken;
use crate::shell::{Done, command, output, root, run};

/// One line of the table.
pub struct Row {
    pub work: String,
    pub against: String,
    /// Ours and theirs; `Err` says why there is no figure.
    pub outcome: Result<Figures, String>,
    /// What must hold, as a person reads it.
    pub must: &'static str,
}

pub struct Figures {
    /// Seconds, or what the unit is.
    pub ours: String,
    pub theirs: String,
    pub ratio: String,
    pub peak: Option<f64>,
}

pub type Rows = Result<Vec<Row>, String>;

pub fn row(work: &str, must: &'static str, ours: &Taken, theirs: &Taken) -> Row {
    let peer = theirs.megabytes.map_or_else(String::new, |mb| format!(" ({mb:.0} MB)"));
    let outcome = Ok(Figures {
        ours: format!("{:.2} s", ours.seconds),
        theirs: format!("{:.2} s{peer}", theirs.seconds),
        ratio: format!("{:.2} ×", ours.seconds / theirs.seconds),
        peak: ours.megabytes,
    });
    Row { work: work.to_owned(), against: theirs.name.clone(), outcome, must }
}

pub fn absent(work: &str, peer: &str, why: &str, must: &'static str) -> Row {
    Row { work: work.to_owned(), against: peer.to_owned(), outcome: Err(format!("absent: {why}")), must }
}

pub fn table(rows: &[Row]) -> String {
    let mut lines = vec![
        "| work | beside | ours | theirs | ratio | must | our peak |".to_owned(),
        "|---|---|--:|--:|--:|---|--:|".to_owned(),
    ];
    for row in rows {
        let cells = match &row.outcome {
            Ok(f) => {
                let peak = f.peak.map_or_else(|| "–".to_owned(), |mb| format!("{mb:.0} MB"));
                format!("{} | {} | {} | {} | {peak}", f.ours, f.theirs, f.ratio, row.must)
            }
            Err(why) => format!("– | – | {why} | {} | –", row.must),
        };
        lines.push(format!("| {} | {} | {cells} |", row.work, row.against));
    }
    lines.join("\n")
}

/// The run and its machine: figures without them say nothing.
pub fn when_and_where(mb: u32) -> String {
    let day = output(command("date").arg("+%Y-%m-%d")).unwrap_or_else(|| "a day unknown".to_owned());
    let of = |file: &str, key: &str| -> Option<String> {
        let text = fs::read_to_string(file).ok()?;
        let line = text.lines().find(|line| line.starts_with(key))?;
        Some(line.split_once(':')?.1.trim().to_owned())
    };
    let model = of("/proc/cpuinfo", "model name").unwrap_or_else(|| "a processor unknown".to_owned());
    let cores = thread::available_parallelism().map_or(0, usize::from);
    let kilobytes = of("/proc/meminfo", "MemTotal").and_then(|m| m.split(' ').next()?.parse::<f64>().ok());
    let memory = kilobytes.map_or_else(String::new, |kb| format!(", {:.0} GB of memory", kb / 1024.0 / 1024.0));
    let kernel = output(command("uname").arg("-sr")).unwrap_or_else(|| std::env::consts::OS.to_owned());
    format!("{day}, {model}, {cores} cores{memory}, {kernel}; a dump of {mb} MB, medians of five runs in turns")
}

const OPEN: &str = "<!-- figures: written by `cargo xtask bench --readme` -->";
const CLOSE: &str = "<!-- end of figures -->";

pub fn into_readme(table: &str, mb: u32) -> Done {
    let path = root().join("README.md");
    let said = |error: std::io::Error| format!("{}: {error}", path.display());
    let text = fs::read_to_string(&path).map_err(said)?;
    let new = placed(&text, &format!("{}:\n\n{table}", when_and_where(mb))).ok_or_else(|| {
        format!("README.md has no place for them: put these two lines where they belong\n{OPEN}\n{CLOSE}")
    })?;
    fs::write(&path, new).map_err(said)?;
    run(command("git").args(["diff", "--stat", "README.md"]))
}

/// The text with `block` between the marks.
fn placed(text: &str, block: &str) -> Option<String> {
    let (before, rest) = text.split_once(OPEN)?;
    let (_, after) = rest.split_once(CLOSE)?;
    Some(format!("{before}{OPEN}\n{block}\n{CLOSE}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_take_the_place_of_the_last_ones() {
        let text = format!("# A\n\n{OPEN}\nold\n{CLOSE}\n\nmore\n");
        let once = placed(&text, "new").unwrap();
        assert_eq!(once, format!("# A\n\n{OPEN}\nnew\n{CLOSE}\n\nmore\n"));
        assert_eq!(placed(&once, "new").as_deref(), Some(once.as_str()));
        assert_eq!(placed("# A\n", "new"), None);
    }

    #[test]
    fn a_peer_that_is_absent_is_named() {
        let absent = Row {
            work: "read".into(),
            against: "openpyxl".into(),
            outcome: Err("absent: openpyxl is not installed".into()),
            must: "",
        };
        assert!(table(&[absent]).contains("| read | openpyxl | – | – | absent: openpyxl is not installed |"));
    }

    #[test]
    fn a_ratio_is_ours_by_theirs() {
        let taken = |seconds| Taken { name: "x".into(), seconds, megabytes: Some(64.0) };
        let figures = row("load", "", &taken(3.0), &taken(2.0)).outcome.map_err(|_| ()).unwrap();
        assert_eq!((figures.ratio.as_str(), figures.theirs.as_str()), ("1.50 ×", "2.00 s (64 MB)"));
    }

    #[test]
    fn the_readme_has_a_place_for_them() {
        let text = fs::read_to_string(root().join("README.md")).unwrap();
        assert!(placed(&text, "").is_some());
    }
}
