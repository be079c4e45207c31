//! Recognises a dialect: every plausible one is tried on the start of the file, and the one under which the records
//! agree most wins.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use memchr::memchr;

use super::dialect::{Dialect, DialectChoice, Escape, QuoteChoice};
use super::split::{Flaw, Form, LineEnd, Splitter, first_line, line_ends};

const SAMPLE_RECORDS: usize = 2000;

/// What the start of a file looks like.
pub struct Guess {
    pub dialect: Dialect,
    pub width: usize,
    pub cr_usual: bool,
}

/// The values of a record, copied only where they are written otherwise than they read.
type Record<'a> = Vec<Cow<'a, [u8]>>;

/// The records of a sample under one dialect.
struct Reading<'a> {
    records: Vec<Record<'a>>,
    /// Where each begins.
    starts: Vec<usize>,
    cr: usize,
    other: usize,
    /// Records whose quotes are broken.
    flaws: usize,
    /// Records that needed the backslash for an escape of a quote.
    escapes: usize,
    /// Fields between quotes.
    quoted: usize,
}

/// Recognises how a sample in UTF-8 or a single-byte encoding is written, as far as `choice` leaves it open. `splitter`
/// is `None` for a delimiter that the encoding does not have; `cut` says that the file goes on behind the sample.
pub fn guess(
    sample: &[u8],
    cut: bool,
    choice: &DialectChoice,
    splitter: &dyn Fn(Dialect) -> Option<Splitter>,
) -> Guess {
    let said = said_delimiter(sample);
    let skip = choice.skip.unwrap_or(u64::from(said.is_some()));
    let below = skipped(sample, skip);
    let mut best: Option<(f64, Dialect, Rc<Reading>)> = None;
    // Under delimiters that do not occur, all reads alike.
    let mut undivided: HashMap<_, Rc<Reading>> = HashMap::new();
    for dialect in candidates(below, choice, said) {
        let dialect = Dialect { skip, ..dialect };
        let Some(splitter) = splitter(dialect) else { continue };
        let divides = !dialect.delimiter.is_ascii() || memchr(dialect.delimiter as u8, below).is_some();
        let reading = if divides {
            Rc::new(read(below, cut, &splitter))
        } else {
            let alike = undivided.entry((dialect.quote, dialect.escape));
            Rc::clone(alike.or_insert_with(|| Rc::new(read(below, cut, &splitter))))
        };
        let score = score(&reading, dialect);
        if best.as_ref().is_none_or(|(b, ..)| score > b + 1e-9) {
            best = Some((score, dialect, reading));
        }
    }
    let Some((_, mut dialect, reading)) = best else {
        let [dialect, ..] = candidates(b"", choice, said)[..] else { unreachable!("there is always a candidate") };
        return Guess { dialect: Dialect { skip, ..dialect }, width: 0, cr_usual: false };
    };
    let mut records = &reading.records[..];
    if choice.skip.is_none() && said.is_none() {
        let above = title(&reading);
        if above > 0 {
            dialect.skip = line_ends(&below[..reading.starts[above]]);
            records = &records[above..];
        }
    }
    dialect.header = choice.header.unwrap_or_else(|| has_header(records));
    let width = width(records, dialect.header);
    Guess { dialect, width, cr_usual: reading.cr > reading.other }
}

/// How many records are a title or remarks above the header.
fn title(reading: &Reading) -> usize {
    fn first<'a>(record: &'a Record) -> &'a [u8] {
        record.first().map_or(b"", |field| field.trim_ascii())
    }
    // Remarks stand among the records too, and lines of nothing but blanks.
    let is_aside = |r: &Record| first(r).starts_with(b"#") || (r.len() == 1 && first(r).is_empty());
    let counting: Vec<usize> = reading.records.iter().filter(|r| !is_aside(r)).map(Vec::len).collect();
    let (usual, often) = if counting.is_empty() {
        usual_width(reading.records.iter().map(Vec::len))
    } else {
        usual_width(counting.iter().copied())
    };
    let Some(above) = reading.records.iter().take(20).position(|r| r.len() == usual) else { return 0 };
    let is_remark = |r: &Record| {
        let text = first(r);
        text.starts_with(b"#") || (r.len() == 1 && (text.is_empty() || text.contains(&b' ')))
    };
    // One record of two fields is a sentence with a comma.
    let stands_apart = above > 0 && usual > 1 && counting.len() > 1 && often * 2 > counting.len();
    if !stands_apart || !reading.records[..above].iter().all(is_remark) || !has_header(&reading.records[above..]) {
        return 0;
    }
    above
}

/// The delimiter that a first line `sep=;` names, as Excel has it.
fn said_delimiter(sample: &[u8]) -> Option<char> {
    let line = sample[..first_line(sample)].trim_ascii_end();
    let said = line.get(..4).filter(|word| word.eq_ignore_ascii_case(b"sep="))?;
    let rest =
        sample[said.len()..first_line(sample)].strip_suffix(b"\n").unwrap_or(&sample[said.len()..first_line(sample)]);
    match rest.strip_suffix(b"\r").unwrap_or(rest) {
        [one] if one.is_ascii() => Some(*one as char),
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

fn candidates(sample: &[u8], choice: &DialectChoice, said: Option<char>) -> Vec<Dialect> {
    let delimiters = match choice.delimiter.or(said) {
        Some(one) => vec![one],
        None => delimiters(sample),
    };
    let quotes = match choice.quote {
        Some(QuoteChoice::None) => vec![None],
        Some(QuoteChoice::Char(c)) => vec![Some(c)],
        None if memchr(b'\'', sample).is_some() => vec![Some('"'), Some('\''), None],
        None => vec![Some('"'), None],
    };
    let escapes = match choice.escape {
        Some(one) => vec![one],
        None if memchr(b'\\', sample).is_some() => vec![Escape::Doubled, Escape::Backslash],
        None => vec![Escape::Doubled],
    };
    let mut all = Vec::new();
    for delimiter in delimiters {
        for quote in quotes.iter().copied().filter(|q| *q != Some(delimiter)) {
            for escape in escapes.iter().copied() {
                if quote.is_some() || escape == Escape::Doubled || choice.escape.is_some() {
                    all.push(Dialect { delimiter, quote, escape, header: true, skip: 0 });
                }
            }
        }
    }
    all
}

/// The usual delimiters first, then any other mark that stands on the first line and on most early ones: a line may be a
/// part of a value.
fn delimiters(sample: &[u8]) -> Vec<char> {
    let mut found: Vec<char> = vec![',', '\t', ';', '|'];
    let lines = sample.split(|b| matches!(b, b'\n' | b'\r')).filter(|l| !l.is_empty()).take(20);
    // In UTF-8 as it is, in other encodings as Windows-1252 has it: the same marks.
    let lines: Vec<String> = lines
        .map(|l| l[..l.len().min(64 << 10)].to_vec())
        .map(|l| String::from_utf8(l).unwrap_or_else(|e| encoding_rs::mem::decode_latin1(e.as_bytes()).into_owned()))
        .collect();
    let first = lines.first().map_or("", String::as_str);
    let mut counts: BTreeMap<char, usize> = BTreeMap::new();
    for line in &lines {
        let marks: std::collections::BTreeSet<char> = line.chars().filter(|c| is_mark(*c)).collect();
        for mark in marks {
            *counts.entry(mark).or_default() += 1;
        }
    }
    found.extend(
        counts
            .into_iter()
            .filter(|(c, n)| *n * 2 > lines.len() && first.contains(*c) && !found.contains(c))
            .map(|(c, _)| c)
            .take(12)
            .collect::<Vec<_>>(),
    );
    found
}

fn is_mark(c: char) -> bool {
    match c {
        '\u{fe}' | '\u{de}' | '\u{ff}' => true,
        '"' | '\'' | '\\' | ' ' | '.' | '-' | '_' | '/' | '(' | ')' | '@' | '+' | '\0' | '\u{fffd}' | '[' | ']'
        | '{' | '}' | '<' | '>' | '?' | '=' | '*' => false,
        c => !c.is_alphanumeric(),
    }
}

/// How well the records agree: the share that has the usual width, a little more for more columns and for quotes that
/// stand where fields begin and end.
fn score(reading: &Reading, dialect: Dialect) -> f64 {
    let records = &reading.records;
    if records.is_empty() {
        return 0.0;
    }
    let (usual, often) = usual_width(records.iter().map(Vec::len));
    let agreement = often as f64 / records.len() as f64;
    let columns = if usual == 1 { 0.0 } else { 1.0 + (usual as f64).ln() * 0.05 };
    let fields = records.iter().map(Vec::len).sum::<usize>() as f64;
    let stray = |f: &Cow<[u8]>| match dialect.quote.map(|q| q as u8) {
        // A quote left over at an edge was not taken as one.
        Some(q) => f.len() > 1 && (f.first() == Some(&q)) != (f.last() == Some(&q)),
        None => f.len() > 1 && matches!(f.first(), Some(b'"')) && f.first() == f.last(),
    };
    let strays = records.iter().flatten().filter(|f| stray(f)).count() as f64 / fields.max(1.0);
    let lines = |f: &[u8]| memchr::memchr_iter(b'\n', f).count();
    let torn = records.iter().flatten().filter(|f| f.len() > 64 && lines(f) > 20).count();
    let flaws = reading.flaws as f64 / records.len() as f64;
    let is_csv = matches!(dialect.delimiter, ',' | ';') && dialect.quote != Some('\'');
    let habit = match (dialect.quote, dialect.escape) {
        // Quotes that never enclose anything whole are letters, where no standard says otherwise.
        (Some(_), _) if reading.flaws > 0 && reading.quoted == 0 && !is_csv => -1.0,
        (None, _) if is_csv && reading.records.iter().flatten().any(|f| f.first() == Some(&b'"')) => -0.3,
        (Some('"'), Escape::Doubled) => 0.004,
        (Some('"'), Escape::Backslash) => 0.002 + if reading.escapes > 0 { 0.004 } else { 0.0 },
        (None, _) => 0.001,
        (_, Escape::Backslash) => -0.002 + if reading.escapes > 0 { 0.004 } else { 0.0 },
        _ => 0.0,
    };
    agreement * columns - strays - flaws - torn as f64 * 0.05 + habit
}

/// The commonest width of the records and how many have it.
fn usual_width(widths: impl Iterator<Item = usize>) -> (usize, usize) {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for width in widths {
        *counts.entry(width).or_default() += 1;
    }
    counts.into_iter().fold((0, 0), |best, (width, n)| if n > best.1 { (width, n) } else { best })
}

/// The width the table gets: the header's, unless every record below has more fields.
fn width(records: &[Record], header: bool) -> usize {
    let Some(first) = records.first() else { return 0 };
    if !header {
        return usual_width(records.iter().map(Vec::len)).0;
    }
    match records.get(1).map(Vec::len) {
        Some(wide) if wide > first.len() && records[1..].iter().all(|r| r.len() == wide) => wide,
        _ => first.len(),
    }
}

/// The first records; the line of one with broken quotes is left out, as the reader does.
fn read<'a>(sample: &'a [u8], cut: bool, splitter: &Splitter) -> Reading<'a> {
    let mut reading =
        Reading { records: Vec::new(), starts: Vec::new(), cr: 0, other: 0, flaws: 0, escapes: 0, quoted: 0 };
    let (mut at, mut fields, mut seen) = (0, Vec::new(), 0);
    while at < sample.len() && seen < SAMPLE_RECORDS {
        let rest = &sample[at..];
        if let Some(end) = LineEnd::at(rest) {
            at += end.length();
            continue;
        }
        let Some(shape) = splitter.record(rest, true, true, &mut fields) else { break };
        seen += 1;
        match shape.end {
            LineEnd::Cr => reading.cr += 1,
            LineEnd::None => {}
            LineEnd::Lf | LineEnd::CrLf => reading.other += 1,
        }
        let raw = &rest[..shape.length];
        if shape.flaw == Some(Flaw::Open) && cut && !holds_records(raw, &reading, splitter) {
            break;
        }
        if shape.flaw == Some(Flaw::Open) || (shape.flaw.is_some() && first_line(raw) < raw.len()) {
            reading.flaws += 1;
            at += first_line(raw);
            continue;
        }
        reading.flaws += usize::from(shape.flaw.is_some());
        reading.quoted += fields.iter().filter(|f| f.form != Form::Plain).count();
        reading.escapes += usize::from(splitter.needs_backslash(raw, &fields));
        let values = fields.iter().map(|field| {
            let text = &raw[field.start as usize..field.end as usize];
            if field.form != Form::Escaped {
                return Cow::Borrowed(text);
            }
            let mut value = Vec::new();
            splitter.unescape(text, &mut value);
            Cow::Owned(value)
        });
        reading.records.push(values.collect());
        reading.starts.push(at);
        at += shape.length;
    }
    reading
}

/// Most of the first lines in a field left open are records themselves.
fn holds_records(raw: &[u8], reading: &Reading, splitter: &Splitter) -> bool {
    let width = reading.records.first().map_or(0, Vec::len);
    let mut fields = Vec::new();
    let (mut at, mut lines, mut good) = (first_line(raw), 0, 0);
    while at < raw.len() && lines < 200 {
        let line = &raw[at..at + first_line(&raw[at..])];
        at += line.len();
        lines += 1;
        splitter.record(line, true, true, &mut fields);
        good += usize::from(fields.len() == width);
    }
    width > 1 && good * 10 >= lines * 6
}

/// Names, then years one after another, as people spread a figure over columns.
fn names_and_years(first: &Record) -> bool {
    let year =
        |f: &Cow<[u8]>| str::from_utf8(f.trim_ascii()).ok()?.parse().ok().filter(|y: &u32| (1900..2100).contains(y));
    let years: Vec<u32> = first.iter().filter_map(year).collect();
    let valueish = first.iter().filter(|f| f.iter().all(|b| !b.is_ascii_alphabetic()) && !f.is_empty()).count();
    let in_a_row = years.len() > 1 && years.windows(2).all(|w| w[0].abs_diff(w[1]) == 1);
    in_a_row && valueish == years.len() && first.len() > years.len()
}

/// A first record of names: none blank or a number or a date, none twice; and unlike the records below it.
fn has_header(records: &[Record]) -> bool {
    let Some(first) = records.first() else { return true };
    let valueish = |f: &[u8]| {
        let f = f.trim_ascii();
        !f.is_empty() && f.iter().all(|b| b.is_ascii_digit() || b"+-./: ,$%".contains(b))
    };
    if first.iter().any(|f| valueish(f)) && !names_and_years(first) {
        return false;
    }
    let filled: Vec<&[u8]> = first.iter().map(|f| f.trim_ascii()).filter(|f| !f.is_empty()).collect();
    let mut sorted: Vec<Vec<u8>> = filled.iter().map(|f| f.to_ascii_lowercase()).collect();
    sorted.sort();
    let repeated = sorted.windows(2).filter(|w| w[0] == w[1]).count();
    if filled.len() * 2 < first.len() || repeated * 3 > filled.len() || filled.iter().any(|f| f.len() > 128) {
        return false;
    }
    // A first record whose values all come again below is data: codes, yes and no. As a whole, it is a header again.
    let below = &records[1..];
    let again = |i: usize| {
        below.iter().take(500).any(|r| r != first && r.get(i).is_some_and(|f| !f.is_empty() && *f == first[i]))
    };
    below.is_empty() || !(0..first.len()).all(again)
}
