use std::collections::{BTreeMap, BTreeSet};

use engine::facts::{Ledger, LedgerFile};
use engine::{Project, Result};
use serde_json::json;

use crate::Done;
use crate::arguments::All;
use crate::print::{Grid, count, counted, json, json_value, out, value};

/// Entries of a list that a summary names.
const NAMED: usize = 10;

pub fn ledger(project: &mut Project, all: &All) -> Result<Done> {
    let ledger = project.ledger()?;
    if all.json {
        json(&ledger)?;
        return Ok(Done::Well);
    }
    for file in ledger.files.iter().filter(|file| file.ignored.is_empty()) {
        whole_file(file)?;
    }
    totals(&ledger, usize::MAX)?;
    Ok(Done::Well)
}

/// What a load ends with: every figure, but long lists only in part.
pub fn summary(ledger: &Ledger, all: &All) -> Result<()> {
    if all.json {
        return json(ledger);
    }
    let read: Vec<&LedgerFile> = ledger.files.iter().filter(|file| file.ignored.is_empty()).collect();
    let mut grid = Grid::new(&["file", "kind", ">bytes", ">tables", ">read", ">loaded", ">rejected", ">seconds"]);
    for file in read.iter().take(2 * NAMED) {
        let sum = Sum::of([*file]);
        grid.row(vec![
            file.file.clone(),
            file.kind.clone(),
            count(file.bytes),
            count(sum.tables),
            count(sum.read),
            count(sum.loaded),
            count(sum.rejected),
            format!("{:.1}", file.seconds),
        ]);
    }
    grid.print()?;
    if read.len() > 2 * NAMED {
        out(&format!(
            "and {} files more: `crosswalk ledger PROJECT` lists all",
            count((read.len() - 2 * NAMED) as u64)
        ))?;
    }
    totals(ledger, NAMED)
}

/// Rejects and warnings are for a person to see.
pub fn verdict(ledger: &Ledger) -> Done {
    let warned = ledger.files.iter().any(|f| !f.warnings.is_empty() || !f.ignored.is_empty());
    if ledger.rejects > ledger.corrected || warned { Done::WithWarnings } else { Done::Well }
}

pub fn objects(project: &mut Project, raw: bool, all: &All) -> Result<Done> {
    let found = project.objects(raw)?;
    if all.json {
        let objects: Vec<_> = found
            .iter()
            .map(|o| {
                json!({
                    "file": o.file, "kind": o.kind, "name": o.name, "text": json_value(&o.text),
                    "masked": o.text.masked,
                })
            })
            .collect();
        json(&json!({ "objects": objects }))?;
        return Ok(Done::Well);
    }
    for o in &found {
        out(&format!("{}: {} {}", o.file, o.kind, o.name))?;
        if raw {
            // Lines stay lines; what else could move a cursor does not.
            for line in o.text.text.lines() {
                let line = engine::sample::Shown { text: line.to_owned(), ..o.text.clone() };
                out(&format!("    {}", value(&line)))?;
            }
        }
    }
    out(&format!("{} objects", count(found.len() as u64)))?;
    Ok(Done::Well)
}

/// Rows over some files.
#[derive(Default)]
struct Sum {
    tables: u64,
    read: u64,
    loaded: u64,
    rejected: u64,
}

impl Sum {
    fn of<'a>(files: impl IntoIterator<Item = &'a LedgerFile>) -> Self {
        let mut sum = Self::default();
        // A table may be put together from several files.
        let mut names = BTreeSet::new();
        for table in files.into_iter().flat_map(|file| &file.tables) {
            sum.tables += u64::from(names.insert(&table.key));
            sum.read += table.read;
            sum.loaded += table.loaded;
            sum.rejected += table.rejected;
        }
        sum
    }
}

fn whole_file(file: &LedgerFile) -> Result<()> {
    let dialect = file.dialect.as_deref().map_or(String::new(), |d| format!(", {d}"));
    let encoding = if file.encoding.is_empty() { String::new() } else { format!(", {}", file.encoding) };
    out(&format!(
        "{}  {}{encoding}{dialect}, {} bytes, {:.1} s",
        file.file,
        file.kind,
        count(file.bytes),
        file.seconds
    ))?;
    let mut grid = Grid::new(&["  table", ">read", ">loaded", ">rejected", ">corrected", ">bytes"]);
    for t in &file.tables {
        let name = format!("  {}", t.key);
        let bytes = if t.bytes == 0 { String::new() } else { count(t.bytes) };
        let corrected = if t.corrected == 0 { String::new() } else { count(t.corrected) };
        grid.row(vec![name, count(t.read), count(t.loaded), count(t.rejected), corrected, bytes]);
    }
    grid.print()?;
    for t in &file.tables {
        for absent in &t.not_in_dump {
            out(&format!("  {}.{}: {}", t.key, absent.column, absent.state.label()))?;
        }
    }
    for share in &file.shares {
        out(&format!("  {} bytes: {} × {}", count(share.bytes), count(share.count), share.class))?;
    }
    for s in &file.statements {
        out(&format!("  read, not run: {} × {}", count(s.count), s.statement))?;
    }
    for object in &file.objects {
        out(&format!("  kept as text: {} {}", object.kind, object.name))?;
    }
    Ok(())
}

/// Files left aside, objects, statements, warnings, steps and the sums, `most` entries of each list.
fn totals(ledger: &Ledger, most: usize) -> Result<()> {
    let files = &ledger.files;
    let aside = files.iter().flat_map(|f| f.ignored.iter().map(move |why| format!("{}: {why}", f.file)));
    some("left aside", &aside.collect::<Vec<_>>(), most)?;
    let mut kinds: BTreeMap<&str, u64> = BTreeMap::new();
    files.iter().flat_map(|f| &f.objects).for_each(|o| *kinds.entry(&o.kind).or_default() += 1);
    if !kinds.is_empty() {
        let kinds: Vec<String> = kinds.iter().map(|(kind, n)| format!("{} × {kind}", count(*n))).collect();
        out(&format!("kept as text, not run: {} (`crosswalk objects PROJECT`)", kinds.join(", ")))?;
    }
    let statements: u64 = files.iter().flat_map(|f| &f.statements).map(|s| s.count).sum();
    if statements > 0 {
        out(&format!("statements read, not run: {}", count(statements)))?;
    }
    let absent = files.iter().flat_map(|f| &f.tables).flat_map(|t| {
        t.not_in_dump.iter().map(move |absent| format!("{}.{}: {}", t.key, absent.column, absent.state.label()))
    });
    // A table's rows may come from several files.
    let absent: BTreeSet<String> = absent.collect();
    some("columns not read", &absent.into_iter().collect::<Vec<_>>(), most)?;
    let warnings = files.iter().flat_map(|f| f.warnings.iter().map(move |text| format!("{}: {text}", f.file)));
    some("! warnings", &warnings.collect::<Vec<_>>(), most)?;
    let steps: Vec<String> = ledger.steps.iter().map(|s| format!("{} {:.1} s", s.step, s.seconds)).collect();
    if !steps.is_empty() {
        out(&format!("took: {}", steps.join(", ")))?;
    }
    out(&bytes_line(files))?;
    let sum = Sum::of(files);
    let corrected = match ledger.corrected {
        0 => String::new(),
        n => format!(", {} of these corrected since", count(n)),
    };
    let lost = sum.read.saturating_sub(sum.loaded + sum.rejected);
    let verdict = if lost == 0 { "it adds up".to_owned() } else { format!("{} ROWS ARE UNACCOUNTED FOR", count(lost)) };
    out(&format!(
        "{}, {} read = {} loaded + {} rejected{corrected}: {verdict}",
        counted(sum.tables, "table"),
        counted(sum.read, "row"),
        count(sum.loaded),
        count(sum.rejected)
    ))?;
    let elsewhere = ledger.rejects.saturating_sub(sum.rejected);
    if elsewhere > 0 {
        let belong = if elsewhere == 1 { "belongs" } else { "belong" };
        out(&format!("{} {belong} to no table", counted(elsewhere, "reject")))?;
    }
    if ledger.rejects > ledger.corrected {
        let open = counted(ledger.rejects - ledger.corrected, "reject");
        out(&format!("{open} to look at: `crosswalk rejects PROJECT`"))?;
    }
    Ok(())
}

fn some(title: &str, list: &[String], most: usize) -> Result<()> {
    if list.is_empty() {
        return Ok(());
    }
    out(&format!("{title} ({}):", count(list.len() as u64)))?;
    for text in list.iter().take(most) {
        out(&format!("  {text}"))?;
    }
    if list.len() > most {
        out(&format!("  and {} more: `crosswalk ledger PROJECT` lists all", count((list.len() - most) as u64)))?;
    }
    Ok(())
}

/// Where the bytes went, over the files that are read front to back.
fn bytes_line(files: &[LedgerFile]) -> String {
    let (mut whole, mut rows, mut rejects, mut other, mut open) = (0, 0, 0, 0, 0);
    let mut apart = Vec::new();
    for file in files.iter().filter(|file| file.ignored.is_empty()) {
        let of_rows: u64 = file.tables.iter().map(|t| t.bytes).sum();
        let of_classes: u64 = file.shares.iter().map(|s| s.bytes).sum();
        if of_rows + of_classes == 0 {
            open += 1;
            continue;
        }
        if of_rows + of_classes != file.bytes {
            apart.push(file.file.as_str());
        }
        whole += file.bytes;
        rows += of_rows;
        let of_rejects: u64 = file.shares.iter().filter(|s| s.class == "rejects").map(|s| s.bytes).sum();
        rejects += of_rejects;
        other += of_classes - of_rejects;
    }
    let not_so = match open {
        0 => String::new(),
        1 => " (1 file is of a kind that is not read front to back)".to_owned(),
        n => format!(" ({n} files are of kinds that are not read front to back)"),
    };
    if whole == 0 {
        return format!("bytes: not accounted for one by one{not_so}");
    }
    let verdict = match apart.as_slice() {
        [] => "every byte is accounted for".to_owned(),
        names => format!("NOT EVERY BYTE IS ACCOUNTED FOR in {}", names.join(", ")),
    };
    format!(
        "bytes: {} = {} rows + {} rejects + {} other: {verdict}{not_so}",
        count(whole),
        count(rows),
        count(rejects),
        count(other)
    )
}
