//! Recognises a dialect: every plausible one is tried on the start of the file, and the one under which the fields fit
//! best wins. Where another is nearly as good, it says so.

use super::candidates::candidates;
use super::choice::DialectChoice;
use super::doubt::{Considered, Doubt, ways};
use super::evidence::{Evidence, Tried, weigh};
use super::header::{header, header_odds, title};
use super::sample::{Record, read, usual_width};
use super::split::{Splitter, first_line, line_ends};
use crate::dialect::{Dialect, Escape, Unnamed};

/// A look at the sample: how much of it, and how near to the best a candidate must come to be looked at again, where
/// there are many records and where there are fewer.
struct Stage {
    bytes: usize,
    records: usize,
    many: usize,
    near_of_many: f64,
    near: f64,
}

/// Each look goes further than the one before, and fewer candidates are left for it.
const STAGES: [Stage; 2] = [
    Stage { bytes: 32 << 10, records: 60, many: 30, near_of_many: 0.5, near: 0.0 },
    Stage { bytes: 128 << 10, records: 300, many: 100, near_of_many: 0.88, near: 0.75 },
];
/// Fewer records than these say nothing yet.
const FEW: usize = 3;
/// Records of the last look.
const LAST_LOOK: usize = 10_000;

/// What the start of a file looks like.
pub struct Guess {
    pub dialect: Dialect,
    pub width: usize,
    pub cr_usual: bool,
    /// Values stand in Excel's guard against losing zeros.
    pub guards: bool,
    pub doubts: Vec<Doubt>,
    /// The best first.
    pub considered: Vec<Considered>,
}

/// Makes a splitter for a dialect; `None` for a delimiter that the encoding does not have.
pub type Splitters<'a> = &'a dyn Fn(&Dialect) -> Option<Splitter>;

/// Recognises how a sample in UTF-8 or a single-byte encoding is written, as far as `choice` leaves it open. `cut` says
/// that the file goes on after the sample.
pub fn guess(sample: &[u8], cut: bool, choice: &DialectChoice, splitters: Splitters) -> Guess {
    let said = said_delimiter(sample);
    let skip = choice.skip.unwrap_or(u64::from(said.is_some()));
    let mut body = skipped(sample, skip);
    let remarks = if choice.skip.is_none() && choice.comment.is_none() { remarks_above(body) } else { 0 };
    body = skipped(body, remarks);
    let tried = try_all(body, cut, choice, said.as_deref(), splitters);
    let (mut considered, mut doubts) = ways(&tried, choice);
    let Some(best) = tried.into_iter().next() else {
        let mut all = candidates(b"", choice, said.as_deref());
        let dialect = Dialect { skip: skip + remarks, header: choice.header.unwrap_or(true), ..all.swap_remove(0) };
        return Guess { dialect, width: 0, cr_usual: false, guards: false, doubts: Vec::new(), considered: Vec::new() };
    };
    let Tried { mut dialect, reading, evidence } = best;
    if evidence.usual < 2 && choice.delimiter.is_none() && said.is_none() {
        // One column: any delimiter that does not occur reads alike.
        ",".clone_into(&mut dialect.delimiter);
    }
    if dialect.escape == Escape::Letters && choice.escape.is_none() {
        doubts.push(Doubt::Letters);
    }
    dialect.skip = skip + remarks;
    let mut records = &reading.records[..];
    if choice.skip.is_none() && said.is_none() {
        let above = title(&reading);
        if above > 0 {
            dialect.skip += line_ends(&body[..reading.starts[above]]);
            records = &records[above..];
        }
    }
    let (has_names, uncertain) = header(records);
    dialect.header = choice.header.unwrap_or(has_names);
    if remarks > 0
        && choice.header.is_none()
        && names_in_remark(sample, skip + remarks, &dialect, evidence.usual, splitters)
        && (!has_names || uncertain)
    {
        // `#id,name` is a header with a mark before it.
        dialect.header = true;
        dialect.skip -= 1;
    } else if choice.header.is_none() && uncertain && records.len() > 3 {
        doubts.push(Doubt::Header { taken: dialect.header });
    }
    let width = width(records, dialect.header, choice, &mut dialect, &mut doubts);
    let others: Vec<Considered> = doubts.iter().filter_map(|doubt| doubt.other(&dialect, width)).collect();
    for way in &mut considered {
        // What stands above the records and the header is one question, how they are divided another.
        way.dialect.skip = dialect.skip;
        way.dialect.header = dialect.header;
        way.dialect.comment.clone_from(&dialect.comment);
    }
    if let Some(first) = considered.first_mut() {
        first.dialect = dialect.clone();
        first.width = width;
    }
    considered.splice(1..1, others);
    let guards = memchr::memmem::find(sample, b"=\"").is_some();
    Guess { dialect, width, cr_usual: reading.cr > reading.other, guards, doubts, considered }
}

/// Every candidate with its evidence, the best first.
fn try_all<'a>(
    body: &'a [u8],
    cut: bool,
    choice: &DialectChoice,
    said: Option<&str>,
    splitters: Splitters,
) -> Vec<Tried<'a>> {
    let all = candidates(body, choice, said);
    let mut marks: Vec<String> = all.iter().map(|d| d.delimiter.clone()).collect();
    marks.dedup();
    let look = |dialect: Dialect, part: &'a [u8], most: usize| {
        let splitter = splitters(&dialect)?;
        let comment = dialect.comment.clone();
        let reading =
            read(part, cut || part.len() < body.len(), &splitter, comment.as_deref().map(str::as_bytes), most);
        let evidence = weigh(&reading, &dialect, &marks);
        (evidence.records > 0).then_some(Tried { dialect, evidence, reading })
    };
    let mut open = all;
    let mut settled: Vec<Tried> = Vec::new();
    let mut tried = Vec::new();
    for stage in STAGES {
        let start = whole_lines(body, stage.bytes);
        let mut unread = Vec::new();
        tried = Vec::new();
        for dialect in open.drain(..) {
            match look(dialect.clone(), start, stage.records) {
                Some(t) => tried.push(t),
                None => unread.push(dialect),
            }
        }
        sort(&mut tried);
        let all_seen = start.len() == body.len();
        if all_seen && tried.iter().all(|t| t.evidence.records + t.evidence.flaws < stage.records) {
            break;
        }
        let (best, records) = tried.first().map_or((0.0, 0), |t| (t.evidence.score, t.evidence.records));
        let least = best * if records >= stage.many { stage.near_of_many } else { stage.near };
        // A record of many lines may need more than this look.
        let stays = |t: &Tried| t.evidence.records < FEW || t.evidence.score > least;
        let (again, rest): (Vec<_>, Vec<_>) = tried.drain(..).partition(stays);
        settled.extend(rest);
        open.extend(again.into_iter().map(|t| t.dialect).chain(unread));
    }
    tried.extend(open.into_iter().filter_map(|dialect| look(dialect, body, LAST_LOOK)));
    sort(&mut tried);
    sort(&mut settled);
    tried.append(&mut settled);
    let mut refined = Vec::new();
    for t in tried.iter().take(3) {
        if choice.crlf_only.is_none() && mixed_ends(body) {
            refined.extend(look(Dialect { crlf_only: true, ..t.dialect.clone() }, body, LAST_LOOK));
        }
    }
    if let Some(t) = tried.first().filter(|t| choice.escape.is_none() && t.reading.opened == 0 && has_letters(body)) {
        let quote = if choice.quote.is_some() { t.dialect.quote } else { None };
        let dialect = Dialect { escape: Escape::Letters, quote, ..t.dialect.clone() };
        let found = look(dialect, body, LAST_LOOK);
        // That codes are undone changes no width and no kind of value: what they are decides.
        let least = t.evidence.score + 0.001;
        refined.extend(found.map(|t| Tried { evidence: Evidence { score: least, ..t.evidence }, ..t }));
    }
    tried.extend(refined);
    sort(&mut tried);
    tried
}

fn sort(tried: &mut [Tried]) {
    tried.sort_by(|a, b| b.evidence.score.total_cmp(&a.evidence.score));
}

/// The first bytes up to the end of a line; all where there are few.
fn whole_lines(body: &[u8], bytes: usize) -> &[u8] {
    if body.len() <= bytes {
        return body;
    }
    let end = memchr::memrchr2(b'\n', b'\r', &body[..bytes]).map_or(bytes, |at| at + 1);
    &body[..end]
}

/// Most lines end with CRLF, and some with LF alone. Where few do, a file whose records end with LF holds CRLF in its
/// values.
fn mixed_ends(body: &[u8]) -> bool {
    let (mut with, mut without) = (0, 0);
    for at in memchr::memchr_iter(b'\n', body) {
        if at > 0 && body[at - 1] == b'\r' { with += 1 } else { without += 1 }
    }
    without > 0 && with > without
}

/// Every backslash begins a code of PostgreSQL's or MySQL's, and one of them at least is no path: a doubled backslash, or
/// `\N` by itself.
fn has_letters(body: &[u8]) -> bool {
    let mut certain = false;
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'\\', &body[at..]) {
        at += found;
        let before = at.checked_sub(1).map(|b| body[b]);
        let edge = |b: Option<u8>| b.is_none_or(|b| !b.is_ascii_alphanumeric() && b != b'\\');
        match body.get(at + 1) {
            Some(b'\\') => certain = true,
            Some(b'N') => certain |= edge(before) && edge(body.get(at + 2).copied()),
            Some(b'n' | b't' | b'r' | b'b' | b'f' | b'v' | b'0') | None => {}
            _ => return false,
        }
        at += 2;
        if at >= body.len() {
            break;
        }
    }
    certain
}

/// How many lines at the start are remarks; not where all of the start is.
fn remarks_above(body: &[u8]) -> u64 {
    let mut rest = body;
    let mut remarks = 0;
    while rest.first() == Some(&b'#') {
        rest = &rest[first_line(rest)..];
        remarks += 1;
        while !rest.is_empty() && rest[..first_line(rest)].trim_ascii().is_empty() {
            rest = &rest[first_line(rest)..];
            remarks += 1;
        }
    }
    // A column of numbers or colours begins with the sign on every line.
    if rest.is_empty() || remarks > 200 { 0 } else { remarks }
}

/// Whether the last remark above the records gives their names.
fn names_in_remark(sample: &[u8], lines: u64, dialect: &Dialect, usual: usize, splitters: Splitters) -> bool {
    let line = skipped(sample, lines - 1);
    let line = &line[..first_line(line)];
    let Some(splitter) = splitters(dialect).filter(|_| usual > 1 && !line.trim_ascii().is_empty()) else {
        return false;
    };
    let reading = read(line, false, &splitter, None, 1);
    reading.records.first().is_some_and(|r| r.len() == usual && header_odds(&reading.records) > 0.0)
}

/// The delimiter that a first line `sep=;` names, as Excel has it.
fn said_delimiter(sample: &[u8]) -> Option<String> {
    let line = &sample[..first_line(sample)];
    let rest = line.get(4..).filter(|_| line[..4].eq_ignore_ascii_case(b"sep="))?;
    let rest = rest.strip_suffix(b"\n").unwrap_or(rest);
    match rest.strip_suffix(b"\r").unwrap_or(rest) {
        [] => None,
        text if text.len() <= 4 && text.is_ascii() => str::from_utf8(text).ok().map(str::to_owned),
        _ => None,
    }
}

/// The sample below so many lines.
fn skipped(mut sample: &[u8], lines: u64) -> &[u8] {
    for _ in 0..lines {
        sample = &sample[first_line(sample)..];
    }
    sample
}

/// The width the table gets: the header's, unless the records below have more fields.
fn width(
    records: &[Record],
    header: bool,
    choice: &DialectChoice,
    dialect: &mut Dialect,
    doubts: &mut Vec<Doubt>,
) -> usize {
    let Some((first, below)) = records.split_first() else { return 0 };
    if !header || below.is_empty() {
        return usual_width(records.iter().map(Vec::len)).0;
    }
    let (usual, often) = usual_width(below.iter().map(Vec::len));
    if usual <= first.len() || often * 2 <= below.len() {
        return first.len();
    }
    let surplus =
        |r: &&Record| r.len() > first.len() && r[first.len()..].iter().any(|f| !f.text.trim_ascii().is_empty());
    if !below.iter().any(|r| surplus(&r)) {
        // A delimiter too many at the end of each line.
        return first.len();
    }
    if usual == first.len() + 1 && choice.unnamed.is_none() && names_rows(below, usual) {
        dialect.unnamed = Unnamed::First;
    }
    if choice.unnamed.is_none() {
        doubts.push(Doubt::Width { names: first.len(), fields: usual, unnamed: dialect.unnamed });
    }
    usual
}

/// The first column holds what R names its rows: 1, 2, 3, or one text each that is no value.
fn names_rows(below: &[Record], usual: usize) -> bool {
    let mut numbers = below
        .iter()
        .filter(|r| r.len() == usual)
        .map(|r| str::from_utf8(r[0].text.trim_ascii()).ok().and_then(|text| text.parse::<u64>().ok()));
    let Some(Some(start)) = numbers.next() else { return false };
    start <= 1 && numbers.zip(start + 1..).all(|(number, expected)| number == Some(expected))
}
