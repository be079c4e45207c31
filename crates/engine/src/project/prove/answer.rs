//! What a MySQL or MariaDB server answered to the statements of `checksum --sql`, as its client prints it in batches:
//! a line a table, values apart by tabs, each statement's header perhaps before it.

use std::collections::HashMap;

use crate::facts::{Comparison, TableComparison, TableDigest, Verdict};

/// A table as the server holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    pub database: Option<String>,
    pub table: String,
    pub rows: u64,
    pub digest: String,
}

/// Where the values stand in a line. Without a header: as the statements list them.
#[derive(Debug, Clone, Copy)]
struct Places {
    database: Option<usize>,
    table: usize,
    rows: usize,
    digest: usize,
    width: usize,
}

const AS_LISTED: Places = Places { database: Some(0), table: 1, rows: 2, digest: 4, width: 5 };
const SHORT: Places = Places { database: None, table: 0, rows: 1, digest: 2, width: 3 };

/// Reads an answer.
///
/// # Errors
///
/// Which line is none, what was expected, and how to get it.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Answer>, String> {
    let text = String::from_utf8_lossy(bytes);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let mut places: Option<Places> = None;
    let mut found = Vec::new();
    for (number, line) in text.split('\n').enumerate() {
        let line = line.strip_suffix('\r').unwrap_or(line);
        if line.trim().is_empty() {
            continue;
        }
        let fields: Vec<String> = line.split('\t').map(unescaped).collect();
        if let Some(header) = header(&fields) {
            places = Some(header);
            continue;
        }
        let at = places.unwrap_or(if fields.len() == SHORT.width { SHORT } else { AS_LISTED });
        found.push(answer(&fields, at).ok_or_else(|| {
            format!(
                "line {} is no line of the server's answer (table, rows and digest, apart by tabs): run the statements \
                 with `mysql --batch < checksum.sql > results.tsv`",
                number + 1
            )
        })?);
    }
    if found.is_empty() {
        return Err(
            "it holds no table: run the statements with `mysql --batch < checksum.sql > results.tsv`".to_owned()
        );
    }
    Ok(found)
}

fn header(fields: &[String]) -> Option<Places> {
    let place = |name: &str| fields.iter().position(|field| field.eq_ignore_ascii_case(name));
    Some(Places {
        database: place("database"),
        table: place("table")?,
        rows: place("rows")?,
        digest: place("digest")?,
        width: fields.len(),
    })
}

fn answer(fields: &[String], at: Places) -> Option<Answer> {
    if fields.len() != at.width {
        return None;
    }
    let digest = &fields[at.digest];
    let digits = !digest.is_empty() && digest.bytes().all(|b| b.is_ascii_digit());
    Some(Answer {
        database: at.database.map(|at| fields[at].clone()).filter(|name| name != "NULL"),
        table: fields[at.table].clone(),
        rows: fields[at.rows].parse().ok()?,
        digest: digits.then(|| digest.clone())?,
    })
}

/// The client writes tabs, line feeds, NULs and backslashes of a value with a backslash.
fn unescaped(field: &str) -> String {
    let mut text = String::with_capacity(field.len());
    let mut signs = field.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => text.push(match signs.next() {
                Some('t') => '\t',
                Some('n') => '\n',
                Some('0') => '\0',
                Some(other) => other,
                None => '\\',
            }),
            other => text.push(other),
        }
    }
    text
}

/// Every table of both sides, the staged ones first and in their order. A table is found by its database and name; by
/// its name alone where that leaves no doubt, for a dump is often read back under another database's name.
pub(super) fn compare(staged: Vec<TableDigest>, answers: Vec<Answer>) -> Comparison {
    let mut left: Vec<Option<Answer>> = answers.into_iter().map(Some).collect();
    let mut comparison = Comparison { tables: Vec::new(), equal: 0, differing: 0, not_comparable: 0 };
    let names = |fold: fn(&str) -> String| {
        let mut count: HashMap<String, usize> = HashMap::new();
        for t in &staged {
            *count.entry(fold(&t.table)).or_default() += 1;
        }
        count
    };
    let (exact, folded) = (names(str::to_owned), names(str::to_lowercase));
    let mut matches: Vec<Option<Answer>> = Vec::new();
    matches.resize_with(staged.len(), || None);
    // The surest first: no table may take the answer that is another's.
    for round in 0..3 {
        for (table, found) in staged.iter().zip(&mut matches).filter(|(_, found)| found.is_none()) {
            let fits = |a: &Answer| match round {
                0 => a.table == table.table && a.database == table.database,
                1 => a.table == table.table && exact[&table.table] == 1,
                _ => a.table.to_lowercase() == table.table.to_lowercase() && folded[&table.table.to_lowercase()] == 1,
            };
            let mut fitting = left.iter_mut().filter(|a| a.as_ref().is_some_and(fits));
            if let (Some(one), None) = (fitting.next(), fitting.next()) {
                *found = one.take();
            }
        }
    }
    for (table, answer) in staged.into_iter().zip(matches) {
        let verdict = match &answer {
            _ if !table.comparable => Verdict::NotComparable,
            None => Verdict::NotOnServer,
            Some(answer) if answer.rows != table.rows => Verdict::RowsDiffer,
            Some(answer) if answer.digest != table.digest => Verdict::ContentDiffers,
            Some(_) => Verdict::Equal,
        };
        comparison.tables.push(TableComparison {
            database: table.database,
            table: table.table,
            verdict,
            rows: Some(table.rows),
            digest: Some(table.digest),
            server_rows: answer.as_ref().map(|a| a.rows),
            server_digest: answer.map(|a| a.digest),
            reason: table.reason,
        });
    }
    comparison.tables.extend(left.into_iter().flatten().map(|answer| TableComparison {
        database: answer.database,
        table: answer.table,
        verdict: Verdict::NotStaged,
        rows: None,
        digest: None,
        server_rows: Some(answer.rows),
        server_digest: Some(answer.digest),
        reason: None,
    }));
    for table in &comparison.tables {
        match table.verdict {
            Verdict::Equal => comparison.equal += 1,
            Verdict::NotComparable => comparison.not_comparable += 1,
            _ => comparison.differing += 1,
        }
    }
    comparison
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::TableKey;

    fn staged(database: Option<&str>, table: &str, rows: u64, digest: &str) -> TableDigest {
        TableDigest {
            key: TableKey::new(database, table),
            database: database.map(str::to_owned),
            table: table.to_owned(),
            rows,
            columns: 2,
            digest: digest.to_owned(),
            comparable: true,
            reason: None,
        }
    }

    #[test]
    fn the_clients_answer_is_read_however_it_was_asked() {
        let expected = [("clinic", "visit", 2, "77"), ("clinic", "a\tb", 0, "0")];
        for text in [
            "database\ttable\trows\tcolumns\tdigest\nclinic\tvisit\t2\t3\t77\ndatabase\ttable\trows\tcolumns\tdigest\nclinic\ta\\tb\t0\t3\t0\n",
            "clinic\tvisit\t2\t3\t77\nclinic\ta\\tb\t0\t3\t0",
            "\u{feff}digest\tTable\tRows\tDatabase\r\n77\tvisit\t2\tclinic\r\n\r\n0\ta\\tb\t0\tclinic\r\n",
        ] {
            let found = read(text.as_bytes()).unwrap();
            let told: Vec<_> = found
                .iter()
                .map(|a| (a.database.as_deref().unwrap(), a.table.as_str(), a.rows, a.digest.as_str()))
                .collect();
            assert_eq!(told, expected, "{text}");
        }
        let short = read(b"visit\t2\t77\n").unwrap();
        assert_eq!((short[0].database.as_deref(), short[0].rows), (None, 2));
        assert_eq!(read(b"NULL\tvisit\t2\t3\t77\n").unwrap()[0].database, None);
    }

    #[test]
    fn what_is_no_answer_is_refused_with_its_line_and_nothing_of_it() {
        for (text, line) in [
            ("", "it holds no table"),
            ("ERROR 1146 (42S02) at line 5: Table 'clinic.visit' doesn't exist\n", "line 1 is no line"),
            ("clinic\tvisit\t2\t3\t77\nMiller\tmany\n", "line 2 is no line"),
            ("clinic\tvisit\t2\t3\tNULL\n", "line 1 is no line"),
            ("PK\u{3}\u{4}", "line 1 is no line"),
        ] {
            let why = read(text.as_bytes()).unwrap_err();
            assert!(why.starts_with(line) && !why.contains("Miller"), "{why}");
        }
    }

    #[test]
    fn tables_are_told_apart_and_each_side_may_lack_some() {
        let mut function = staged(Some("clinic"), "log", 5, "9");
        function.comparable = false;
        function.reason = Some("holds values that a function computed on the server".to_owned());
        let tables = vec![
            staged(Some("clinic"), "visit", 2, "77"),
            staged(Some("clinic"), "Person", 3, "5"),
            staged(Some("clinic"), "exam", 3, "6"),
            staged(Some("clinic"), "dose", 3, "8"),
            function,
            staged(Some("a"), "code", 1, "1"),
            staged(Some("b"), "code", 1, "2"),
            staged(Some("clinic"), "gone", 0, "0"),
        ];
        // Read back under another database's name, on a server that folds names.
        let answer = "restored\tvisit\t2\t2\t77\nrestored\tperson\t3\t2\t5\nrestored\texam\t4\t2\t6\n\
                      restored\tdose\t3\t2\t80\nb\tcode\t1\t2\t2\na\tcode\t1\t2\t1\nrestored\textra\t1\t1\t1\n";
        let told = compare(tables, read(answer.as_bytes()).unwrap());
        let verdicts: Vec<_> = told.tables.iter().map(|t| (t.table.as_str(), t.verdict)).collect();
        assert_eq!(
            verdicts,
            [
                ("visit", Verdict::Equal),
                ("Person", Verdict::Equal),
                ("exam", Verdict::RowsDiffer),
                ("dose", Verdict::ContentDiffers),
                ("log", Verdict::NotComparable),
                ("code", Verdict::Equal),
                ("code", Verdict::Equal),
                ("gone", Verdict::NotOnServer),
                ("extra", Verdict::NotStaged),
            ]
        );
        assert_eq!((told.equal, told.differing, told.not_comparable), (4, 4, 1));
    }
}
