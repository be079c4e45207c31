//! Recognises a dialect: every plausible one is tried on the start of the file, and the one under which the records
//! agree most wins.

use csv_core::ReadRecordResult;

use super::dialect::{Dialect, Escape};

const SAMPLE_RECORDS: usize = 2000;

/// The dialect of a sample in UTF-8 or a single-byte encoding.
pub fn recognise(sample: &[u8]) -> Dialect {
    let mut best: Option<(f64, Dialect)> = None;
    for delimiter in delimiters(sample) {
        for quote in [Some(b'"'), Some(b'\''), None] {
            if quote.is_some_and(|q| !sample.contains(&q)) && quote != Some(b'"') {
                continue;
            }
            for backslash in [false, true] {
                if backslash && (quote.is_none() || !sample.contains(&b'\\')) {
                    continue;
                }
                let dialect = Dialect {
                    delimiter: delimiter as char,
                    quote: quote.map(char::from),
                    escape: if backslash { Escape::Backslash } else { Escape::Doubled },
                    header: true,
                    skip: 0,
                };
                let score = score(sample, dialect);
                if best.is_none_or(|(b, _)| score > b + 1e-9) {
                    best = Some((score, dialect));
                }
            }
        }
    }
    let fallback = Dialect { delimiter: ',', quote: Some('"'), escape: Escape::Doubled, header: true, skip: 0 };
    let mut dialect = best.map_or(fallback, |(_, d)| d);
    dialect.header = has_header(&records(sample, dialect));
    dialect
}

/// The usual delimiters first, then any other mark that stands on every early line.
fn delimiters(sample: &[u8]) -> Vec<u8> {
    let mut found: Vec<u8> = b",\t;|".to_vec();
    let lines: Vec<&[u8]> = sample.split(|b| *b == b'\n').filter(|l| !l.is_empty()).take(20).collect();
    for byte in 1..128u8 {
        let odd = !byte.is_ascii_alphanumeric() && !b"\"'\\\r\n .-_/()@+".contains(&byte) && !found.contains(&byte);
        if odd && !lines.is_empty() && lines.iter().all(|l| l.contains(&byte)) {
            found.push(byte);
        }
    }
    found
}

/// How well the records agree: the share that has the usual width, a little more for more columns and for quotes that
/// stand where fields begin and end.
fn score(sample: &[u8], dialect: Dialect) -> f64 {
    let records = records(sample, dialect);
    if records.is_empty() {
        return 0.0;
    }
    let mut widths: Vec<usize> = records.iter().map(Vec::len).collect();
    widths.sort_unstable();
    let mut modal = (0, 1);
    for group in widths.chunk_by(|a, b| a == b) {
        if group.len() > modal.0 {
            modal = (group.len(), group[0]);
        }
    }
    let agreement = modal.0 as f64 / records.len() as f64;
    let columns = if modal.1 == 1 { 0.0 } else { 1.0 + (modal.1 as f64).ln() * 0.05 };
    let fields = records.iter().map(Vec::len).sum::<usize>() as f64;
    let stray = |f: &Vec<u8>| match dialect.quote.map(|q| q as u8) {
        // A quote left over at an edge was not taken as one.
        Some(q) => f.len() > 1 && (f.first() == Some(&q)) != (f.last() == Some(&q)),
        None => f.len() > 1 && matches!(f.first(), Some(b'"')) && f.first() == f.last(),
    };
    let strays = records.iter().flatten().filter(|f| stray(f)).count() as f64 / fields.max(1.0);
    let lines = |f: &[u8]| memchr::memchr_iter(b'\n', f).count();
    let torn = records.iter().flatten().filter(|f| f.len() > 64 && lines(f) > 20).count();
    let habit = match (dialect.quote.map(|q| q as u8), dialect.backslash()) {
        (Some(b'"'), false) => 0.004,
        (Some(b'"'), true) => 0.002,
        (None, _) => 0.001,
        _ => 0.0,
    };
    agreement * columns - strays - torn as f64 * 0.05 + habit
}

/// The fields of the first records.
fn records(sample: &[u8], dialect: Dialect) -> Vec<Vec<Vec<u8>>> {
    let mut core = super::core(dialect);
    let mut out = vec![0; sample.len() + 64];
    let mut ends = vec![0; 4096];
    let mut found = Vec::new();
    let mut at = 0;
    while found.len() < SAMPLE_RECORDS {
        let (mut written, mut fields) = (0, 0);
        loop {
            let (result, used, put, ended) = core.read_record(&sample[at..], &mut out[written..], &mut ends[fields..]);
            at += used;
            written += put;
            fields += ended;
            match result {
                ReadRecordResult::OutputEndsFull => ends.resize(ends.len() * 2, 0),
                ReadRecordResult::OutputFull => out.resize(out.len() * 2, 0),
                ReadRecordResult::InputEmpty if at < sample.len() => {}
                ReadRecordResult::InputEmpty => {
                    // An empty slice tells the end.
                    let (_, _, put, ended) = core.read_record(&[], &mut out[written..], &mut ends[fields..]);
                    written += put;
                    fields += ended;
                    break;
                }
                ReadRecordResult::Record | ReadRecordResult::End => break,
            }
        }
        let _ = written;
        if fields == 0 {
            break;
        }
        let mut start = 0;
        let record = ends[..fields].iter().map(|end| out[std::mem::replace(&mut start, *end)..*end].to_vec());
        found.push(record.collect());
        if at >= sample.len() {
            break;
        }
    }
    found
}

/// A first record of names: none blank or a number or a date, none twice; and unlike the records below it.
fn has_header(records: &[Vec<Vec<u8>>]) -> bool {
    let Some(first) = records.first() else { return true };
    let valueish = |f: &[u8]| {
        let f = f.trim_ascii();
        !f.is_empty() && f.iter().all(|b| b.is_ascii_digit() || b"+-./: ,$%".contains(b))
    };
    if first.iter().any(|f| valueish(f)) {
        return false;
    }
    let filled: Vec<&[u8]> = first.iter().map(|f| f.trim_ascii()).filter(|f| !f.is_empty()).collect();
    let mut sorted: Vec<Vec<u8>> = filled.iter().map(|f| f.to_ascii_lowercase()).collect();
    sorted.sort();
    let repeated = sorted.windows(2).filter(|w| w[0] == w[1]).count();
    if filled.len() * 2 < first.len() || repeated * 3 > filled.len() || filled.iter().any(|f| f.len() > 128) {
        return false;
    }
    // A first record whose values all come again below is data: codes, yes and no.
    let below = &records[1..];
    let again = |i: usize| below.iter().take(500).any(|r| r.get(i).is_some_and(|f| !f.is_empty() && *f == first[i]));
    below.is_empty() || !(0..first.len()).all(again)
}
