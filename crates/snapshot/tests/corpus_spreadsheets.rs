//! Real workbooks that nobody here made. They lie outside of the project, in the folder that `CROSSWALK_DATA` names;
//! each keeps its own licence.

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use calamine::{Data, Reader as _};
use snapshot::spreadsheet::{OneSheet, SheetChoice, Spreadsheet};
use snapshot::{Batch, CellRef, FacetKind, Reader, Step};

/// Those that cannot be read, and a word of what is said about them.
const REFUSED: [(&str, &str); 7] = [
    ("OOM_alloc3.xls", "damaged"),
    ("issue252.xlsx", "damaged"),
    ("issue_594_dos.ods", "repeats"),
    ("pass_protected.ods", "password"),
    ("pass_protected.xlsb", "password"),
    ("pass_protected.xlsx", "password"),
    ("too_small.xls", "no workbook"),
];

/// Lists that are not of what the file holds: Excel looked links up again, showed digits of another script, or wrote
/// Chinese punctuation as something of Windows-1252.
const LISTED_OTHERWISE: [&str; 3] = ["44861.xls", "49273.xlsx", "12843-2.xls"];

/// Where the other reader gives what no cell shows: the figures behind charts, a text's bytes as letters.
const READ_OTHERWISE: [&str; 4] =
    ["any_sheets.xls", "sheet_name_parsing.xls", "44010-SingleChart.xls", "44010-TwoCharts.xls"];

fn corpus() -> Option<PathBuf> {
    corpus::data("corpus/spreadsheet")
}

fn workbooks(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(folder).expect("the corpus").flatten().map(|e| e.path()).collect();
    found.retain(|p| p.extension().is_some_and(|e| ["xls", "xlsx", "xlsm", "xlsb", "ods"].iter().any(|k| e == *k)));
    found.sort();
    found
}

/// A cell as it was staged and as it was shown.
struct Cell {
    staged: String,
    stored: String,
    shown: String,
    kind: Option<FacetKind>,
}

/// Every cell of a workbook, without a header: `Err` is what was said instead.
fn cells(bytes: &[u8], sheets: &[String]) -> Result<Vec<Cell>, String> {
    let one = |name: &String| OneSheet { sheet: name.clone(), header_row: Some(0), ..OneSheet::default() };
    let choice = SheetChoice { sheets: sheets.iter().map(one).collect() };
    let mut reader = Spreadsheet::new(Cursor::new(bytes.to_vec()), "book", &choice, None).map_err(|e| e.to_string())?;
    let (mut found, mut batch) = (Vec::new(), Batch::default());
    loop {
        match reader.next(&mut batch).map_err(|e| e.to_string())? {
            Step::End => return Ok(found),
            Step::Rows => {
                let facets: BTreeMap<_, _> =
                    batch.facets().iter().filter_map(|f| Some(((f.row, f.column?), f))).collect();
                for row in 0..batch.rows() {
                    for column in 0..batch.width {
                        let staged = match batch.value(row, column) {
                            CellRef::Null => continue,
                            CellRef::Integer(i) => i.to_string(),
                            CellRef::Text(t) | CellRef::Bytes(t) => String::from_utf8_lossy(t).into_owned(),
                        };
                        let facet = facets.get(&(row as u32, column as u32));
                        let shown = facet.map_or_else(|| staged.clone(), |f| f.shown.clone());
                        let stored = facet.map_or_else(|| staged.clone(), |f| f.stored.clone());
                        found.push(Cell { staged, stored, shown, kind: facet.map(|f| f.kind) });
                    }
                }
            }
            _ => {}
        }
    }
}

fn sheet_names(bytes: &[u8]) -> Vec<String> {
    let open = || calamine::open_workbook_auto_from_rs(Cursor::new(bytes.to_vec()));
    open().map(|book| book.sheet_names()).unwrap_or_default()
}

fn name(path: &Path) -> String {
    path.file_name().expect("a file").to_string_lossy().into_owned()
}

#[test]
fn every_workbook_is_read_or_refused_in_words() {
    let Some(folder) = corpus() else { return };
    let mut refused = Vec::new();
    let mut read = 0;
    for path in ["calamine", "poi"].iter().flat_map(|of| workbooks(&folder.join(of))) {
        match cells(&fs::read(&path).expect("a workbook"), &[]) {
            Ok(_) => read += 1,
            Err(said) => refused.push((name(&path), said)),
        }
    }
    assert_eq!(refused.len(), REFUSED.len(), "{refused:?}");
    for ((file, said), (expected, word)) in refused.iter().zip(REFUSED) {
        assert!(file == expected && said.contains(word), "{file}: {said}");
    }
    assert!(read >= 185, "only {read} workbooks were read");
}

/// Both sides without what the list of displays cannot hold: letters outside of Windows-1252 are `_` or blanks there,
/// and numbers in `General` are rounded to what fits the column.
fn comparable(text: &str) -> String {
    if let Ok(number) = text.parse::<f64>() {
        return format!("{number:.4e}");
    }
    let narrow = text.replace("\r\n", "\n").replace(['\u{a0}', '\r'], " ");
    let letters = narrow.chars().map(|c| {
        let (_, _, lossy) = encoding_rs::WINDOWS_1252.encode(c.encode_utf8(&mut [0; 4]));
        if lossy { '_' } else { c }
    });
    letters.filter(|c| !matches!(c, '_' | ' ')).collect()
}

#[test]
fn displays_are_those_of_excel() {
    let Some(folder) = corpus() else { return };
    let folder = folder.join("poi");
    let (mut compared, mut wrong) = (0, Vec::new());
    for path in workbooks(&folder) {
        let (file, bytes) = (name(&path), fs::read(&path).expect("a workbook"));
        if LISTED_OTHERWISE.contains(&file.as_str()) {
            continue;
        }
        let names = sheet_names(&bytes);
        let mut left: BTreeMap<String, i64> = BTreeMap::new();
        let mut listed = 0;
        for sheet in 0..names.len() {
            let Ok(bytes) = fs::read(folder.join(format!("apachepoi_{file}.{sheet}.csv"))) else { continue };
            let (text, _, _) = encoding_rs::WINDOWS_1252.decode(&bytes);
            for cell in fields(&text).into_iter().filter(|c| !c.is_empty()) {
                *left.entry(comparable(&cell)).or_default() += 1;
                listed += 1;
            }
        }
        if listed == 0 {
            continue;
        }
        for cell in cells(&bytes, &names).unwrap_or_default().iter().filter(|c| !c.shown.is_empty()) {
            *left.entry(comparable(&cell.shown)).or_default() -= 1;
        }
        compared += listed;
        wrong.extend(left.into_iter().filter(|(_, n)| *n > 0).map(|(text, n)| format!("{file}: {text} × {n}")));
    }
    assert!(compared > 32_000, "only {compared} cells were compared");
    assert!(wrong.is_empty(), "{} of {compared} displays differ:\n{}", wrong.len(), wrong.join("\n"));
}

/// Fields of comma-separated text with quotes.
fn fields(text: &str) -> Vec<String> {
    let (mut found, mut field, mut quoted) = (Vec::new(), String::new(), false);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => field.extend(letters.next()),
            '"' => quoted = !quoted,
            ',' | '\n' | '\r' if !quoted => found.push(std::mem::take(&mut field)),
            other => field.push(other),
        }
    }
    found.push(field);
    found
}

/// The other reader trims texts that do not ask to keep their blanks.
fn as_number(text: &str) -> String {
    let text = text.trim();
    text.parse::<f64>().map_or_else(|_| text.replace("\r\n", "\n"), |number| format!("{number:e}"))
}

/// Numbers, texts, truths and errors as another reader gives them, and how often; dates, which it tells apart by
/// guesses of its own, are left out on both sides.
fn of_another_reader(bytes: &[u8], names: &[String]) -> Option<BTreeMap<String, i64>> {
    let mut book = calamine::open_workbook_auto_from_rs(Cursor::new(bytes.to_vec())).ok()?;
    let mut found: BTreeMap<String, i64> = BTreeMap::new();
    for sheet in names {
        let Ok(range) = book.worksheet_range(sheet) else { continue };
        for (.., cell) in range.used_cells() {
            let text = match cell {
                Data::Float(f) => format!("{f:e}"),
                Data::Int(i) => format!("{:e}", *i as f64),
                Data::Bool(b) => b.to_string().to_uppercase(),
                Data::Error(e) => e.to_string(),
                Data::String(s) if !s.is_empty() => as_number(s),
                _ => continue,
            };
            *found.entry(text).or_default() += 1;
        }
    }
    Some(found)
}

#[test]
fn values_are_those_of_another_reader() {
    let Some(folder) = corpus() else { return };
    let (mut compared, mut wrong) = (0, Vec::new());
    for path in ["calamine", "poi"].iter().flat_map(|of| workbooks(&folder.join(of))) {
        let (file, bytes) = (name(&path), fs::read(&path).expect("a workbook"));
        if READ_OTHERWISE.contains(&file.as_str()) {
            continue;
        }
        let names = sheet_names(&bytes);
        let Ok(ours) = cells(&bytes, &names) else { continue };
        let Some(mut left) = of_another_reader(&bytes, &names) else { continue };
        compared += left.values().sum::<i64>();
        let is_date =
            |k: FacetKind| matches!(k, FacetKind::Date | FacetKind::Datetime | FacetKind::Time | FacetKind::Duration);
        for cell in ours.iter().filter(|c| !c.kind.is_some_and(is_date)) {
            *left.entry(as_number(&cell.staged)).or_default() -= 1;
        }
        let missing: Vec<_> = left.iter().filter(|(_, n)| **n > 0).collect();
        if !missing.is_empty() {
            wrong.push(format!("{file}: {:?}", &missing[..missing.len().min(6)]));
        }
    }
    assert!(compared > 30_000, "only {compared} cells were compared");
    assert!(wrong.is_empty(), "of {compared} cells:\n{}", wrong.join("\n"));
}

/// Of a format: workbooks, cells, those that the other reader gives otherwise or not at all, and those that are shown
/// otherwise than they are stored, for which it has no words.
#[derive(Debug, Default)]
struct Compared {
    workbooks: u64,
    cells: u64,
    otherwise: u64,
    shown: u64,
}

fn exact(text: &str) -> String {
    text.parse::<f64>().map_or_else(|_| text.to_owned(), |number| format!("{number:e}"))
}

/// All values exactly as the other reader gives them, dates as they are stored, and how often.
fn exactly(bytes: &[u8], names: &[String]) -> BTreeMap<String, i64> {
    let mut found: BTreeMap<String, i64> = BTreeMap::new();
    let Ok(mut book) = calamine::open_workbook_auto_from_rs(Cursor::new(bytes.to_vec())) else { return found };
    for sheet in names {
        let Ok(range) = book.worksheet_range(sheet) else { continue };
        for (.., cell) in range.used_cells() {
            let text = match cell {
                Data::Bool(yes) => u8::from(*yes).to_string(),
                Data::DateTime(serial) => serial.as_f64().to_string(),
                other => other.to_string(),
            };
            *found.entry(exact(&text)).or_default() += 1;
        }
    }
    found
}

/// Why each format is read by our own code, with figures (`--nocapture` shows them).
#[test]
fn no_format_comes_whole_from_the_other_reader() {
    let Some(folder) = corpus() else { return };
    let mut formats: BTreeMap<String, Compared> = BTreeMap::new();
    for path in ["calamine", "poi"].iter().flat_map(|of| workbooks(&folder.join(of))) {
        let bytes = fs::read(&path).expect("a workbook");
        let names = sheet_names(&bytes);
        let Ok(ours) = cells(&bytes, &names) else { continue };
        let mut left = exactly(&bytes, &names);
        let of = formats.entry(path.extension().unwrap_or_default().to_string_lossy().into_owned()).or_default();
        of.workbooks += 1;
        for cell in &ours {
            of.cells += 1;
            match left.get_mut(&exact(&cell.stored)) {
                Some(more) if *more > 0 => *more -= 1,
                _ => of.otherwise += 1,
            }
            of.shown += u64::from(cell.kind.is_some() && cell.shown != cell.stored);
        }
    }
    println!("{formats:#?}");
    for format in ["xls", "xlsb", "xlsx", "ods"] {
        let of = &formats[format];
        assert!(
            of.otherwise > 0 || format != "xlsx" && of.shown > 0,
            "{format} may be read by the other reader: {of:?}"
        );
    }
}
