//! Files that make one database between them: the SQL of one folder or archive is read by one reader, declarations
//! before rows, so that a table created in one file takes the rows of another. Workbench's file a table, mydumper's and
//! `mysqldump --tab`'s folders, schema beside data, `source` chains.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Instant;

use snapshot::mysqldump::Mysqldump;
use snapshot::recognise::{HEAD, Kind};

use super::inputs::{Input, Inputs};
use super::pipeline::{Halt, Reading};
use super::postgres_archive;
use super::streams::{self, Stream};

/// Files named by `source` lines, one within another.
const DEEPEST: usize = 16;

/// What is read by one reader.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Family {
    pub members: Vec<Member>,
}

/// A file of a family, in the order of reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its place among the inputs.
    pub file: usize,
    /// What its name says of the database.
    pub database: Option<String>,
    /// It holds the rows of the table that the member before it declares, as `mysqldump --tab` writes them.
    pub rows_only: bool,
}

/// What the start of a script says of it.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
struct Start {
    order: Order,
    sources: Vec<String>,
}

/// Scripts are read in this order, and by name.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Order {
    CreatesDatabase,
    CreatesTables,
    /// Views, routines, triggers; or what its start does not say.
    #[default]
    Other,
    HasRows,
}

/// Takes what is no snapshot out of the inputs: the account mydumper keeps of its own run.
pub fn set_apart(mut inputs: Inputs) -> Inputs {
    let folders: Vec<PathBuf> = inputs.files.iter().filter(|f| is_mydumper(&f.name)).map(folder).collect();
    let (kept, apart): (Vec<Input>, Vec<Input>) = std::mem::take(&mut inputs.files)
        .into_iter()
        .partition(|f| !(last(&f.name) == "metadata" && folders.contains(&folder(f))));
    inputs.files = kept;
    inputs.ignored.extend(apart.into_iter().map(|f| (f.name, "mydumper's account of its own run".to_owned())));
    inputs
}

/// Rows beside their script are rows, whatever bytes stand in them.
pub fn as_rows(path: &Path, kind: Kind) -> Kind {
    let rows = path.extension().is_some_and(|e| e == "txt") && path.with_extension("sql").is_file();
    if rows && kind != Kind::Empty { Kind::Delimited } else { kind }
}

/// Who is read with whom, in the order of the inputs.
pub fn families(files: &[Input]) -> Vec<Family> {
    let scripts: Vec<usize> = (0..files.len()).filter(|f| files[*f].kind == Kind::Sql).collect();
    let alone = |file| Family { members: vec![Member { file, database: None, rows_only: false }] };
    let beside = scripts.iter().any(|f| rows_beside(files, *f).is_some());
    let archives = (0..files.len()).filter(|f| files[*f].kind == Kind::PostgresContents);
    let mut families: Vec<Family> = archives.map(|f| archive(files, f)).collect();
    if scripts.len() < 2 && !beside {
        return with_others(families, files.len(), alone);
    }
    let starts: BTreeMap<usize, Start> = scripts.iter().map(|f| (*f, start(&head(&files[*f])))).collect();
    for mut group in groups(files, &starts) {
        arrange(files, &starts, &mut group);
        let members = group.iter().flat_map(|f| members(files, &starts, *f));
        families.push(Family { members: members.collect() });
    }
    with_others(families, files.len(), alone)
}

/// Files of no family stand for themselves; the order is that of the inputs.
fn with_others(mut families: Vec<Family>, files: usize, alone: impl Fn(usize) -> Family) -> Vec<Family> {
    let taken: BTreeSet<usize> = families.iter().flat_map(|f| &f.members).map(|m| m.file).collect();
    families.extend((0..files).filter(|f| !taken.contains(f)).map(alone));
    families.sort_by_key(|f| f.members.iter().map(|m| m.file).min());
    families
}

/// A PostgreSQL archive: its table of contents, which says what the other files of its folder are.
fn archive(files: &[Input], contents: usize) -> Family {
    let place = folder(&files[contents]);
    let parts = (0..files.len()).filter(|f| files[*f].kind == Kind::PostgresPart && folder(&files[*f]) == place);
    let member = |file| Member { file, database: None, rows_only: file != contents };
    Family { members: std::iter::once(contents).chain(parts).map(member).collect() }
}

/// The scripts of each folder; one that only holds rows joins the only one that declares tables.
fn groups(files: &[Input], starts: &BTreeMap<usize, Start>) -> Vec<Vec<usize>> {
    let mut by_folder: BTreeMap<PathBuf, Vec<usize>> = BTreeMap::new();
    for file in starts.keys() {
        by_folder.entry(folder(&files[*file])).or_default().push(*file);
    }
    let declares = |group: &Vec<usize>| group.iter().any(|f| starts[f].order == Order::CreatesTables);
    let (mut declaring, others): (Vec<Vec<usize>>, Vec<Vec<usize>>) = by_folder.into_values().partition(declares);
    let chained = starts.values().any(|s| !s.sources.is_empty());
    match declaring.as_mut_slice() {
        [only] => only.extend(others.into_iter().flatten()),
        // A chain leads from folder to folder.
        _ if chained => return vec![starts.keys().copied().collect()],
        _ => declaring.extend(others),
    }
    declaring
}

/// Files that others name are read when they are named, or else at the end.
fn arrange(files: &[Input], starts: &BTreeMap<usize, Start>, group: &mut [usize]) {
    let named = |file: usize| {
        let names = |by: &usize| starts[by].sources.iter().any(|s| find_sourced(files, *by, s) == Some(file));
        starts.keys().any(|by| *by != file && names(by))
    };
    group.sort_by_key(|f| (named(*f), starts[f].order, *f));
}

fn members(files: &[Input], starts: &BTreeMap<usize, Start>, file: usize) -> Vec<Member> {
    let folder_is_mydumpers = files.iter().any(|f| is_mydumper(&f.name) && folder(f) == folder(&files[file]));
    let database = if folder_is_mydumpers { mydumper_database(&files[file].name) } else { None };
    let mut members = vec![Member { file, database, rows_only: false }];
    let declares = starts.get(&file).is_some_and(|s| s.order == Order::CreatesTables);
    if let Some(rows) = rows_beside(files, file).filter(|_| declares) {
        members.push(Member { file: rows, database: None, rows_only: true });
    }
    members
}

/// `table.txt` beside `table.sql`.
fn rows_beside(files: &[Input], script: usize) -> Option<usize> {
    let name = unpacked(&files[script].name).strip_suffix(".sql")?;
    let is_rows = |f: &Input| unpacked(&f.name).strip_suffix(".txt") == Some(name);
    files.iter().position(|f| f.kind == Kind::Delimited && is_rows(f) && folder(f) == folder(&files[script]))
}

/// The file that a `source` line in another names: from its folder, or by its whole or its last name.
fn find_sourced(files: &[Input], by: usize, named: &str) -> Option<usize> {
    let named = named.trim_matches(['"', '\'', '`']).replace('\\', "/");
    let named = named.trim_start_matches("./");
    let base = files[by].name.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let script = |f: &Input| f.kind == Kind::Sql;
    let by_name = |wanted: &str| files.iter().position(|f| script(f) && unpacked(&f.name) == wanted);
    by_name(&format!("{base}{named}")).or_else(|| by_name(named)).or_else(|| {
        let mut same =
            (0..files.len()).filter(|f| script(&files[*f]) && last(unpacked(&files[*f].name)) == last(named));
        same.next().filter(|_| same.next().is_none())
    })
}

/// Where it lies: the folder of the disk, or the archive and the folder within.
pub(super) fn folder(input: &Input) -> PathBuf {
    let own = input.path.file_name().is_some_and(|n| n.to_string_lossy() == last(&input.name));
    if own {
        return input.path.parent().map(Path::to_path_buf).unwrap_or_default();
    }
    input.path.join(input.name.rsplit_once('/').map_or("", |(folder, _)| folder))
}

pub(super) fn last(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

pub(super) fn unpacked(name: &str) -> &str {
    [".gz", ".zst", ".bz2", ".xz"].iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name)
}

fn is_mydumper(name: &str) -> bool {
    let name = last(unpacked(name));
    name.ends_with("-schema-create.sql") || name.strip_suffix("-schema.sql").is_some_and(|stem| stem.contains('.'))
}

/// `db-schema-create.sql`, `db.table-schema.sql`, `db.table.00000.sql`.
fn mydumper_database(name: &str) -> Option<String> {
    let name = last(unpacked(name)).strip_suffix(".sql")?;
    let database = ["-schema-create", "-schema-post", "-schema-triggers"].iter().find_map(|e| name.strip_suffix(e));
    let database = database.unwrap_or(name).split('.').next().unwrap_or(name);
    Some(database.to_owned())
}

/// The first bytes; a file that cannot be read says so when it is its turn.
fn head(input: &Input) -> Vec<u8> {
    let mut head = Vec::new();
    if let Ok(stream) = streams::script(input, None) {
        let _ = stream.take(HEAD as u64).read_to_end(&mut head);
    }
    head
}

fn start(head: &[u8]) -> Start {
    let mut found = Start::default();
    let mut settled = false;
    for line in head.split(|b| *b == b'\n') {
        let line = String::from_utf8_lossy(&line[..line.len().min(1024)]).trim().to_owned();
        if let Some(name) = line.strip_prefix("\\.").or_else(|| strip_word(&line, "source ")) {
            found.sources.push(name.trim().trim_end_matches(';').trim().to_owned());
        }
        let order = order_of(&line);
        if let Some(order) = order.filter(|_| !settled) {
            found.order = order;
            settled = matches!(order, Order::CreatesTables | Order::HasRows);
        }
    }
    found
}

/// What a line that begins a statement makes of its script.
fn order_of(line: &str) -> Option<Order> {
    let line =
        line.strip_prefix("/*!").map_or(line, |l| l.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start());
    let begins = |words: &[&str]| words.iter().any(|w| strip_word(line, w).is_some());
    if begins(&["insert ", "replace into ", "load data "]) {
        Some(Order::HasRows)
    } else if begins(&["create table ", "create temporary table "]) {
        Some(Order::CreatesTables)
    } else if begins(&["create database ", "create schema "]) {
        Some(Order::CreatesDatabase)
    } else {
        None
    }
}

fn strip_word<'a>(line: &'a str, word: &str) -> Option<&'a str> {
    line.get(..word.len()).filter(|start| start.eq_ignore_ascii_case(word)).map(|_| &line[word.len()..])
}

/// Reads the members of a family, one behind the other, and what they name.
pub struct FamilyReading<'a> {
    pub files: &'a [Input],
    pub count: &'a Arc<AtomicU64>,
    pub ids: Vec<usize>,
    reader: Option<Mysqldump<Stream>>,
    read: Vec<usize>,
}

impl<'a> FamilyReading<'a> {
    pub fn new(files: &'a [Input], count: &'a Arc<AtomicU64>) -> Self {
        Self { files, count, ids: Vec::new(), reader: None, read: Vec::new() }
    }

    /// `None`: nobody listens any more.
    pub fn read(mut self, family: &Family, reading: &mut Reading) -> Option<()> {
        if let Some(first) = family.members.first().filter(|m| self.files[m.file].kind == Kind::PostgresContents) {
            let parts = family.members[1..].iter().map(|m| m.file).collect();
            return postgres_archive::read(self.files, first.file, parts, self.count, reading);
        }
        for member in &family.members {
            if self.read.contains(&member.file) {
                continue;
            }
            self.read.push(member.file);
            let input = &self.files[member.file];
            if input.kind != Kind::Sql && !member.rows_only {
                reading.read(member.file, input)?;
                continue;
            }
            match streams::script(input, Some(self.count)) {
                Err(error) => reading.broken(member.file, error)?,
                Ok(stream) => self.read_member(member, stream, reading)?,
            }
        }
        Some(())
    }

    fn read_member(&mut self, member: &Member, stream: Stream, reading: &mut Reading) -> Option<()> {
        if member.rows_only {
            let taken = self.reader.as_mut().is_some_and(|r| r.go_on_with_rows(stream));
            if !taken {
                // Not what it looked like: text of its own.
                return reading.read(member.file, &self.files[member.file]);
            }
        } else {
            match &mut self.reader {
                Some(reader) => reader.go_on(stream, member.database.clone()),
                None => self.reader = Some(Mysqldump::new(stream).in_database(member.database.clone())),
            }
        }
        self.follow(member.file, reading)
    }

    /// To the end of the file, and of those it names.
    fn follow(&mut self, file: usize, reading: &mut Reading) -> Option<()> {
        let mut reader = self.reader.take()?;
        let mut open = vec![(file, Instant::now())];
        while let Some((file, started)) = open.last().copied() {
            match reading.follow(file, &mut reader, &mut self.ids)? {
                Halt::Asks(name) => {
                    let found = find_sourced(self.files, file, &name);
                    let Some(next) = found.filter(|f| open.len() < DEEPEST && !self.read.contains(f)) else {
                        let known = found.is_some();
                        reading.warn(file, sourced_in_vain(&name, known))?;
                        continue;
                    };
                    self.read.push(next);
                    match streams::script(&self.files[next], Some(self.count)) {
                        Err(error) => reading.broken(next, error)?,
                        Ok(stream) => {
                            reader.enter(stream);
                            open.push((next, Instant::now()));
                        }
                    }
                    continue;
                }
                Halt::Ended => reading.done(file, &reader, &self.ids, started)?,
            }
            open.pop();
            reader.leave();
        }
        self.reader = Some(reader);
        Some(())
    }
}

fn sourced_in_vain(name: &str, known: bool) -> String {
    if known {
        format!("it names {name}, which was read before: it is not read again")
    } else {
        format!("it names {name} in a source line, and no such file was given: ask for it")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::load::place::Place;

    fn folder_of(scripts: &[(&str, &str)]) -> (tempfile::TempDir, Vec<Input>) {
        let folder = tempfile::tempdir().unwrap();
        let file = |(name, text): &(&str, &str)| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, text).unwrap();
            let kind = if name.contains(".sql") { Kind::Sql } else { Kind::Delimited };
            let place = Place::new(&path, &folder.path().into());
            Input::new((*name).to_owned(), path, place, kind, text.len() as u64)
        };
        let files = scripts.iter().map(file).collect();
        (folder, files)
    }

    /// The names in the order of reading, a family a line.
    fn order(scripts: &[(&str, &str)]) -> Vec<String> {
        let (_folder, files) = folder_of(scripts);
        let name = |m: &Member| {
            let database = m.database.as_ref().map_or(String::new(), |d| format!(" in {d}"));
            format!("{}{database}{}", files[m.file].name, if m.rows_only { " rows" } else { "" })
        };
        families(&files).iter().map(|f| f.members.iter().map(name).collect::<Vec<_>>().join(", ")).collect()
    }

    const TABLE: &str = "CREATE TABLE `t` (a int);\n";
    const ROWS: &str = "INSERT INTO `t` VALUES (1);\n";

    #[test]
    fn declarations_come_before_rows() {
        assert_eq!(order(&[("a-data.sql", ROWS), ("schema.sql", TABLE)]), ["schema.sql, a-data.sql"]);
        assert_eq!(order(&[("data/t.sql", ROWS), ("schema/t.sql", TABLE)]), ["schema/t.sql, data/t.sql"]);
        assert_eq!(order(&[("north/t.sql", TABLE), ("south/t.sql", TABLE)]), ["north/t.sql", "south/t.sql"]);
    }

    #[test]
    fn mydumpers_folders_say_their_database_by_their_names() {
        let files = [
            ("clinic-schema-create.sql", "CREATE DATABASE `clinic`;"),
            ("clinic.t-schema.sql", TABLE),
            ("clinic.t.00000.sql", ROWS),
            ("clinic.v-schema-view.sql", "DROP TABLE IF EXISTS `v`;"),
        ];
        let read = "clinic-schema-create.sql in clinic, clinic.t-schema.sql in clinic, \
                    clinic.v-schema-view.sql in clinic, clinic.t.00000.sql in clinic";
        assert_eq!(order(&files), [read]);
    }

    #[test]
    fn rows_between_tabs_follow_their_declaration() {
        let files = [("notes.txt", "a,b"), ("t.sql", TABLE), ("t.txt", "1\n")];
        assert_eq!(order(&files), ["notes.txt", "t.sql, t.txt rows"]);
    }

    #[test]
    fn what_a_script_names_is_read_where_it_is_named() {
        let files = [("a.sql", TABLE), ("b/c.sql", ROWS), ("main.sql", "source a.sql;\n\\. b/c.sql\n")];
        assert_eq!(order(&files), ["main.sql, a.sql, b/c.sql"]);
        let (_folder, inputs) = folder_of(&files);
        assert_eq!(find_sourced(&inputs, 2, "./b/c.sql"), Some(1));
        assert_eq!(find_sourced(&inputs, 2, "/home/clinic/c.sql"), Some(1));
        assert_eq!(find_sourced(&inputs, 2, "d.sql"), None);
    }
}
