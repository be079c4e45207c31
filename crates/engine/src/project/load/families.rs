//! Files that make one database between them: the SQL of one folder or archive is read by one reader, declarations
//! before rows, so that a table created in one file takes the rows of another. Workbench's file a table, mydumper's and
//! `mysqldump --tab`'s folders, schema beside data, `source` chains.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::{Path, PathBuf};

use snapshot::recognise::{HEAD, Kind};

use super::family::{Family, Member, Part};
use super::input::{Input, folder, last, unpacked};
use super::inputs::Inputs;
use super::shell_dump::{self, ShellDump};
use super::streams;

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
    /// A server must not run them for the rows of the dump.
    Triggers,
}

/// Takes what is no snapshot out of the inputs: the accounts that mydumper and MySQL Shell keep of their own runs.
pub fn set_apart(mut inputs: Inputs) -> Inputs {
    let mydumpers: Vec<PathBuf> = inputs.files.iter().filter(|f| is_mydumper(&f.name)).map(folder).collect();
    inputs.dumps = shell_dump::dumps(&inputs.accounts);
    for account in std::mem::take(&mut inputs.accounts) {
        let (name, place) = (last(unpacked(&account.name)), folder(&account));
        let of_shell = inputs.dumps.iter().any(|d| d.folder == place);
        let what = if of_shell && has_ending(name, ".idx") {
            "MySQL Shell's index of a chunk"
        } else if of_shell && has_ending(name, ".json") {
            "MySQL Shell's account of its own run"
        } else if mydumpers.contains(&place) && name.starts_with("metadata") {
            "mydumper's account of its own run"
        } else {
            continue;
        };
        inputs.files.retain(|f| f.name != account.name);
        inputs.ignored.retain(|(other, _)| *other != account.name);
        inputs.aside.push((account, what.to_owned()));
    }
    for file in &mut inputs.files {
        let of_shell = inputs.dumps.iter().any(|d| d.folder == folder(file));
        if of_shell && has_ending(&file.name, ".sql") {
            // Some hold nothing but remarks.
            file.kind = Kind::Sql;
        }
        file.rows = of_shell && shell_dump::is_chunk(&file.name) || is_mydumper_rows(&file.name);
    }
    for script in 0..inputs.files.len() {
        if inputs.files[script].kind == Kind::Sql
            && let Some(rows) = rows_beside(&inputs.files, script)
        {
            inputs.files[rows].rows = true;
        }
    }
    inputs
}

/// Dump programs write their endings in small letters.
fn has_ending(name: &str, ending: &str) -> bool {
    unpacked(name).strip_suffix(ending).is_some()
}

/// What may be such an account, by its name.
pub fn may_be_account(name: &str) -> bool {
    let name = last(unpacked(name));
    has_ending(name, ".json") || has_ending(name, ".idx") || name == "metadata" || name == "metadata.partial"
}

/// Rows beside their script are rows, whatever bytes stand in them. `plain`: it lies on the disk as it is.
pub fn as_rows(name: &str, path: &Path, plain: bool, kind: Kind) -> Kind {
    let beside = || path.extension().is_some_and(|e| e == "txt") && path.with_extension("sql").is_file();
    match kind {
        Kind::Packed(_) | Kind::Tar => kind,
        _ if is_mydumper_rows(name) || shell_dump::is_chunk(name) && kind != Kind::Sql => Kind::Delimited,
        Kind::Empty => kind,
        _ if plain && beside() => Kind::Delimited,
        _ => kind,
    }
}

/// `database.table.00000.dat`, `database.table.00000.00001.dat`.
fn is_mydumper_rows(name: &str) -> bool {
    let Some(stem) = last(unpacked(name)).strip_suffix(".dat") else { return false };
    let mut parts = stem.rsplit('.');
    parts.next().is_some_and(|n| n.len() > 3 && n.bytes().all(|b| b.is_ascii_digit())) && parts.count() > 1
}

/// Who is read with whom. Scripts come first: they may name any of the other files.
pub fn families(files: &[Input], dumps: &[ShellDump]) -> Vec<Family> {
    let scripts: Vec<usize> = (0..files.len()).filter(|f| files[*f].kind == Kind::Sql).collect();
    let alone = |file| Family { members: vec![Member { file, database: None, part: Part::Whole }], told: Vec::new() };
    let beside = scripts.iter().any(|f| rows_beside(files, *f).is_some());
    let archives = (0..files.len()).filter(|f| files[*f].kind == Kind::PostgresContents);
    let mut families: Vec<Family> = archives.map(|f| archive(files, f)).collect();
    if scripts.len() > 1 || beside || !dumps.is_empty() {
        let starts: BTreeMap<usize, Start> = scripts.iter().map(|f| (*f, start(&head(&files[*f])))).collect();
        for mut group in groups(files, &starts) {
            arrange(files, &starts, &mut group);
            let members = group.iter().flat_map(|f| members(files, &starts, *f)).collect();
            families.push(Family { members, told: Vec::new() });
        }
        for dump in dumps {
            let (rows, told) = dump.rows(files);
            let declares = |f: &Family| f.members.iter().any(|m| folder(&files[m.file]) == dump.folder);
            let place = families.iter().position(declares).unwrap_or_else(|| {
                families.push(Family::default());
                families.len() - 1
            });
            families[place].members.extend(rows);
            families[place].told.extend(told);
        }
        families.retain(|f| !f.members.is_empty());
    }
    let taken: BTreeSet<usize> = families.iter().flat_map(|f| &f.members).map(|m| m.file).collect();
    families.extend((0..files.len()).filter(|f| !taken.contains(f)).map(alone));
    let is_script = |f: &Family| f.members.iter().any(|m| files[m.file].kind == Kind::Sql);
    families.sort_by_key(|f| (!is_script(f), f.members.iter().map(|m| m.file).min()));
    families
}

/// A PostgreSQL archive: its table of contents, which says what the other files of its folder are.
fn archive(files: &[Input], contents: usize) -> Family {
    let place = folder(&files[contents]);
    let parts = (0..files.len()).filter(|f| files[*f].kind == Kind::PostgresPart && folder(&files[*f]) == place);
    let member = |file| Member { file, database: None, part: Part::Whole };
    Family { members: std::iter::once(contents).chain(parts).map(member).collect(), told: Vec::new() }
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
    let mut members = vec![Member { file, database, part: Part::Whole }];
    let declares = starts.get(&file).is_some_and(|s| s.order == Order::CreatesTables);
    if let Some(rows) = rows_beside(files, file).filter(|_| declares) {
        members.push(Member { file: rows, database: None, part: Part::RowsBeside });
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
pub fn find_sourced(files: &[Input], by: usize, named: &str) -> Option<usize> {
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

/// The file with rows that a `LOAD DATA` names: beside its script, or by its last name. Either may be packed.
pub fn find_rows(files: &[Input], by: usize, named: &str) -> Option<usize> {
    let named = named.replace('\\', "/");
    let wanted = last(unpacked(&named));
    let same = |f: &usize| files[*f].kind != Kind::Sql && last(unpacked(&files[*f].name)) == wanted;
    let beside = (0..files.len()).filter(same).find(|f| folder(&files[*f]) == folder(&files[by]));
    let mut anywhere = (0..files.len()).filter(same);
    beside.or_else(|| anywhere.next().filter(|_| anywhere.next().is_none()))
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
    } else if begins(&["create"]) && line.to_ascii_lowercase().contains(" trigger ") {
        Some(Order::Triggers)
    } else {
        None
    }
}

fn strip_word<'a>(line: &'a str, word: &str) -> Option<&'a str> {
    line.get(..word.len()).filter(|start| start.eq_ignore_ascii_case(word)).map(|_| &line[word.len()..])
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
            format!("{}{database}{}", files[m.file].name, if m.part == Part::RowsBeside { " rows" } else { "" })
        };
        families(&files, &[]).iter().map(|f| f.members.iter().map(name).collect::<Vec<_>>().join(", ")).collect()
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
        assert_eq!(order(&files), ["t.sql, t.txt rows", "notes.txt"]);
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
