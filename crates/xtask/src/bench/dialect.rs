//! How often the dialect of delimited text is found, beside other programs that look for it, on files whose true dialect
//! is known.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::prepared::{cleared, place};
use crate::shell::{command, on_path, output};

/// Asks DuckDB and CleverCSV, where Python has them: a line `PEER <tab> FILE <tab> DELIMITER <tab> QUOTE` a file.
const PEERS: &str = r#"
import os, sys
def say(peer, path, delimiter, quote):
    print(peer, path, delimiter.encode("unicode_escape").decode(), (quote or "").encode("unicode_escape").decode(), sep="\t")
paths = sys.argv[1:]
try:
    import duckdb
    for path in paths:
        try:
            found = duckdb.execute("SELECT Delimiter, Quote FROM sniff_csv(?)", [path]).fetchone()
            say("DuckDB", path, found[0], "" if found[1] in ("\0", "(empty)") else found[1])
        except Exception:
            say("DuckDB", path, "", "")
except ImportError:
    pass
try:
    import clevercsv
    for path in paths:
        try:
            text = open(path, encoding="utf-8", errors="replace", newline="").read(200000)
            found = clevercsv.Sniffer().sniff(text, verbose=False)
            say("CleverCSV", path, found.delimiter or "", found.quotechar)
        except Exception:
            say("CleverCSV", path, "", "")
except ImportError:
    pass
"#;

/// A file and how it is truly written.
struct Annotated {
    path: PathBuf,
    set: String,
    /// `None`: any will do, for there is one column.
    delimiter: Option<String>,
    quote: String,
    one_column: bool,
    header: Option<bool>,
}

/// What a program found.
struct Found {
    delimiter: String,
    quote: String,
    columns: usize,
    header: bool,
    asks: bool,
}

#[derive(Default)]
struct Tally {
    files: usize,
    right: usize,
    header_known: usize,
    header_right: usize,
    wrong_unsaid: usize,
    asked_though_right: usize,
}

/// Prints success by set, ours and the peers', and names what was read wrongly.
pub fn run(data: &Path, crosswalk: &Path) -> Result<(), String> {
    let corpus = data.join("corpus/dialect");
    let files = annotated(&corpus)?;
    if files.is_empty() {
        return Err(format!("there are no annotated files in {}", corpus.display()));
    }
    let ours = ours(&files, crosswalk)?;
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    for file in &files {
        let Some(found) = ours.get(&file.path) else {
            println!("not read: {}", file.path.display());
            tallies.entry(&file.set).or_default().files += 1;
            continue;
        };
        count(tallies.entry(&file.set).or_default(), file, found);
    }
    println!(
        "\n{:<12}{:>6}{:>9}{:>9}{:>14}{:>20}",
        "set", "files", "right", "header", "wrong, unsaid", "asked, though right"
    );
    for (set, tally) in &tallies {
        let header = percent(tally.header_right, tally.header_known);
        let right = percent(tally.right, tally.files);
        println!(
            "{set:<12}{:>6}{right:>9}{header:>9}{:>14}{:>20}",
            tally.files, tally.wrong_unsaid, tally.asked_though_right
        );
    }
    peers(&files);
    Ok(())
}

fn percent(part: usize, of: usize) -> String {
    if of == 0 { "–".to_owned() } else { format!("{:.1} %", 100.0 * part as f64 / of as f64) }
}

fn count(tally: &mut Tally, file: &Annotated, found: &Found) {
    tally.files += 1;
    let right = is_right(file, &found.delimiter, &found.quote) || file.one_column && found.columns == 1;
    tally.right += usize::from(right);
    tally.wrong_unsaid += usize::from(!right && !found.asks);
    let header_right = file.header.is_none_or(|header| header == found.header);
    tally.asked_though_right += usize::from(right && found.asks && header_right);
    if file.header.is_some() {
        tally.header_known += 1;
        tally.header_right += usize::from(header_right);
    }
    if !right || !header_right {
        let asks = if found.asks { ", but asks" } else { "" };
        println!("{}: {:?} {:?}, header {}{asks}", file.path.display(), found.delimiter, found.quote, found.header);
    }
}

fn is_right(file: &Annotated, delimiter: &str, quote: &str) -> bool {
    file.delimiter.as_ref().is_none_or(|known| known == delimiter) && file.quote == quote
}

/// The lists beside the files: tab-separated, by the names of their columns.
fn annotated(corpus: &Path) -> Result<Vec<Annotated>, String> {
    let mut files = Vec::new();
    for folder in ["", "legacy"] {
        let list = corpus.join(folder).join("annotations.tsv");
        let text = fs::read_to_string(&list).map_err(|error| format!("{}: {error}", list.display()))?;
        let mut lines = text.lines();
        let names: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
        for line in lines {
            let fields: Vec<&str> = line.split('\t').collect();
            let field = |name: &str| names.iter().position(|n| *n == name).and_then(|at| fields.get(at)).copied();
            let required = |name: &str| field(name).ok_or_else(|| format!("{}: no {name}: {line}", list.display()));
            let header = field("header").filter(|text| !text.is_empty()).map(|text| text == "yes");
            files.push(Annotated {
                path: corpus.join(folder).join(required("file")?),
                set: required("dataset")?.to_owned(),
                delimiter: mark(required("delimiter")?),
                quote: if required("quote")? == "singlequote" { "'" } else { "\"" }.to_owned(),
                one_column: required("fields")? == "1",
                header,
            });
        }
    }
    Ok(files)
}

fn mark(name: &str) -> Option<String> {
    let mark = match name {
        "any" => return None,
        "comma" => ",",
        "tab" => "\t",
        "semicolon" => ";",
        "vslash" => "|",
        "space" => " ",
        "caret" => "^",
        "nsign" => "#",
        "tilde" => "~",
        "colon" => ":",
        other => other,
    };
    Some(mark.to_owned())
}

/// What `inspect` answers, file by file: they lie in folders whose names would tell them apart no longer.
fn ours(files: &[Annotated], crosswalk: &Path) -> Result<BTreeMap<PathBuf, Found>, String> {
    let project = place("dialect")?.join("p.crosswalk");
    cleared(&project)?;
    output(command(crosswalk).arg("new").arg(&project)).ok_or("`crosswalk new` failed")?;
    let mut all = BTreeMap::new();
    for file in files {
        let mut inspect = command(crosswalk);
        inspect.args(["inspect", "--json"]).arg(&project).arg(&file.path);
        // 3: something is asked.
        let answer = inspect.output().map_err(|error| format!("crosswalk inspect: {error}"))?;
        let json: Value = serde_json::from_slice(&answer.stdout)
            .map_err(|error| format!("crosswalk inspect {}: {error}", file.path.display()))?;
        let told = &json["files"][0];
        let reading = &told["readings"][0];
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let (Some(delimiter), Some(quote)) = (text(&reading["choice"]["delimiter"]), text(&reading["choice"]["quote"]))
        else {
            continue;
        };
        let found = Found {
            delimiter,
            quote,
            columns: reading["columns"].as_array().map_or(0, Vec::len),
            header: reading["choice"]["header"].as_bool().unwrap_or(false),
            asks: told["questions"].as_array().is_some_and(|asked| !asked.is_empty()),
        };
        all.insert(file.path.clone(), found);
    }
    Ok(all)
}

/// The same files before the programs that are installed.
fn peers(files: &[Annotated]) {
    let mut right: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut hear = |peer: &str, file: &Annotated, delimiter: &str, quote: &str| {
        // Where nothing is enclosed, no quote is as right as the usual one.
        let quote = if quote.is_empty() { "\"" } else { quote };
        let is_right = is_right(file, delimiter, quote);
        *right.entry((peer.to_owned(), file.set.clone())).or_default() += usize::from(is_right);
    };
    let mut python = command("python3");
    python.args(["-c", PEERS]).args(files.iter().map(|file| &file.path));
    for line in output(&mut python).unwrap_or_default().lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let [peer, path, delimiter, quote] = fields[..] else { continue };
        if let Some(file) = files.iter().find(|file| file.path == Path::new(path)) {
            let delimiter = delimiter.replace("\\t", "\t");
            hear(peer, file, &delimiter, quote);
        }
    }
    if on_path("csv-nose") {
        for file in files {
            let told = output(command("csv-nose").args(["--format", "json"]).arg(&file.path)).unwrap_or_default();
            let json: Value = serde_json::from_str(&told).unwrap_or_default();
            let one = if json.is_array() { &json[0] } else { &json };
            let dialect = if one["dialect"].is_object() { &one["dialect"] } else { one };
            let delimiter = dialect["delimiter"].as_str().unwrap_or_default().to_owned();
            let quote = dialect["quote"].as_str().unwrap_or_default().to_owned();
            hear("csv-nose", file, &delimiter, &quote);
        }
    }
    if right.is_empty() {
        println!("\nNo peer is installed: csv-nose, or DuckDB and CleverCSV for Python.");
    }
    for ((peer, set), right) in &right {
        let all = files.iter().filter(|file| &file.set == set).count();
        println!("{peer:<12}{set:<12}{:>9}", percent(*right, all));
    }
}
