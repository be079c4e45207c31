//! A folder that MySQL Shell dumped to (`util.dumpInstance`, `dumpSchemas`, `dumpTables`): its account of itself says
//! which files hold whose rows, and how they are written.
//! https://dev.mysql.com/doc/mysql-shell/8.4/en/mysql-shell-utilities-dump-instance-schema.html

use std::collections::BTreeMap;
use std::io::Read;
use std::path::PathBuf;

use serde::Deserialize;
use snapshot::mysqldump::{Format, RowSource};

use super::family::{Member, Part};
use super::input::{Input, folder, last, unpacked};
use super::streams;

/// A table's account names every column of it, and the last one every chunk: no sane one is longer.
const LONGEST_ACCOUNT: u64 = 64 << 20;

#[derive(Debug)]
pub struct ShellDump {
    pub folder: PathBuf,
    tables: Vec<TableAccount>,
    finished: bool,
}

/// `schema@table.json`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct TableAccount {
    options: Options,
    #[serde(default)]
    extension: String,
    #[serde(default)]
    chunking: bool,
    #[serde(default = "yes")]
    includes_data: bool,
    /// Of the partitions' files, by partition.
    #[serde(default)]
    basenames: BTreeMap<String, String>,
    /// Of the table's files.
    #[serde(skip)]
    base: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Options {
    schema: String,
    table: String,
    #[serde(default)]
    columns: Vec<String>,
    #[serde(default)]
    decode_columns: BTreeMap<String, String>,
    #[serde(default)]
    default_character_set: String,
    #[serde(default = "tab")]
    fields_terminated_by: String,
    #[serde(default)]
    fields_enclosed_by: String,
    #[serde(default = "backslash")]
    fields_escaped_by: String,
    #[serde(default = "line_feed")]
    lines_terminated_by: String,
}

fn yes() -> bool {
    true
}

fn tab() -> String {
    "\t".to_owned()
}

fn backslash() -> String {
    "\\".to_owned()
}

fn line_feed() -> String {
    "\n".to_owned()
}

/// The dumps that these accounts speak of.
pub fn dumps(accounts: &[Input]) -> Vec<ShellDump> {
    let heads = accounts.iter().filter(|a| last(unpacked(&a.name)) == "@.json");
    heads.map(|head| dump(accounts, folder(head))).collect()
}

fn dump(accounts: &[Input], place: PathBuf) -> ShellDump {
    let mut found = ShellDump { folder: place, tables: Vec::new(), finished: false };
    for account in accounts.iter().filter(|a| folder(a) == found.folder) {
        let name = last(unpacked(&account.name));
        found.finished |= name == "@.done.json";
        let Some(base) = name.strip_suffix(".json").filter(|base| !base.starts_with('@') && base.contains('@')) else {
            continue;
        };
        if let Some(mut table) = read::<TableAccount>(account) {
            base.clone_into(&mut table.base);
            found.tables.push(table);
        }
    }
    found
}

fn read<T: for<'a> Deserialize<'a>>(account: &Input) -> Option<T> {
    let mut text = Vec::new();
    streams::open(account, None).ok()?.take(LONGEST_ACCOUNT).read_to_end(&mut text).ok()?;
    serde_json::from_slice(&text).ok()
}

impl ShellDump {
    /// The files with rows in the order of reading, and what is to be told of them.
    pub fn rows(&self, files: &[Input]) -> (Vec<Member>, Vec<String>) {
        let (mut members, mut told) = (Vec::new(), Vec::new());
        if !self.finished {
            told.push("the dump did not finish (it has no @.done.json): tables and rows may be missing".to_owned());
        }
        let here: BTreeMap<&str, usize> = files
            .iter()
            .enumerate()
            .filter(|(_, f)| folder(f) == self.folder)
            .map(|(index, f)| (last(unpacked(&f.name)), index))
            .collect();
        for table in &self.tables {
            let source = table.source();
            let bases: Vec<&str> = match table.basenames.len() {
                0 => vec![&table.base],
                _ => table.basenames.values().map(String::as_str).collect(),
            };
            for base in bases {
                let (chunks, missing) = table.chunks(base, &here);
                if !missing.is_empty() && table.includes_data {
                    let missing = missing.join(", ");
                    let table = &table.options.table;
                    told.push(format!("rows of {table} are missing: the dump lacks {missing}; ask for it again"));
                }
                let part = |file| Member { file, database: None, part: Part::RowsOf(Box::new(source.clone())) };
                members.extend(chunks.into_iter().map(part));
            }
        }
        (members, told)
    }
}

impl TableAccount {
    /// The chunks of a table or partition in order, and the names of those that are not there: `base@0.tsv`,
    /// `base@1.tsv`, `base@@2.tsv`; `base.tsv` where it is not cut.
    fn chunks(&self, base: &str, here: &BTreeMap<&str, usize>) -> (Vec<usize>, Vec<String>) {
        let ending = format!(".{}", unpacked(&self.extension));
        if let Some(whole) = here.get(format!("{base}{ending}").as_str()) {
            return (vec![*whole], Vec::new());
        }
        if !self.chunking {
            return (Vec::new(), vec![format!("{base}.{}", self.extension)]);
        }
        let mut chunks = BTreeMap::new();
        let mut last_one = None;
        for (name, file) in here {
            let number = name.strip_prefix(base).and_then(|rest| rest.strip_suffix(&ending)?.strip_prefix('@'));
            let Some(number) = number else { continue };
            let ends = number.starts_with('@');
            if let Ok(number) = number.trim_start_matches('@').parse::<usize>() {
                chunks.insert(number, *file);
                last_one = if ends { Some(number) } else { last_one };
            }
        }
        let many = last_one.or(chunks.keys().max().copied()).map_or(0, |n| n + 1);
        let absent = (0..many).filter(|n| !chunks.contains_key(n)).map(|n| format!("{base}@{n}.{}", self.extension));
        let mut missing: Vec<String> = absent.take(20).collect();
        if last_one.is_none() {
            missing.push(format!("the last chunk ({base}@@N.{})", self.extension));
        }
        (chunks.into_values().collect(), missing)
    }

    fn source(&self) -> RowSource {
        let options = &self.options;
        RowSource {
            database: Some(options.schema.clone()),
            table: options.table.clone(),
            columns: options.columns.clone(),
            decode: options.decode_columns.clone().into_iter().collect(),
            charset: options.default_character_set.clone(),
            format: Format {
                field_end: options.fields_terminated_by.clone().into_bytes(),
                enclosed: options.fields_enclosed_by.bytes().next(),
                escape: options.fields_escaped_by.bytes().next(),
                line_end: options.lines_terminated_by.clone().into_bytes(),
                ..Format::default()
            },
        }
    }
}

/// `schema@table@0.tsv`, `schema@table@@1.tsv`: rows, whatever bytes stand in them.
pub fn is_chunk(name: &str) -> bool {
    let Some((stem, ending)) = last(unpacked(name)).rsplit_once('.') else { return false };
    let numbered = stem.rsplit_once('@').is_some_and(|(base, number)| {
        base.contains('@') && !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())
    });
    ending == "tsv" && stem.contains('@') || numbered && matches!(ending, "csv" | "txt")
}
