//! Facts as people read them, and as scripts do.

use std::io::{self, Write};

use engine::Result;
use engine::sample::{Mark, Shown};
use serde::Serialize;

/// One JSON document.
pub fn json(facts: &impl Serialize) -> Result<()> {
    let text = serde_json::to_string_pretty(facts).expect("facts are plain data");
    out(&text)
}

/// Whoever reads may stop early (`| head`): that is no failure.
pub fn out(text: &str) -> Result<()> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.write_all(b"\n")).and_then(|()| stdout.flush()) {
        Err(e) if e.kind() != io::ErrorKind::BrokenPipe => {
            Err(engine::Error::File { what: "the answer could not be printed", path: "stdout".into(), source: e })
        }
        _ => Ok(()),
    }
}

/// A message beside the answer. Where nobody takes it any more there is nothing to be done.
pub fn tell(text: &str) {
    let _ = writeln!(io::stderr(), "crosswalk: {text}");
}

/// Columns under headers; figures to the right.
pub struct Grid {
    heads: Vec<(String, bool)>,
    rows: Vec<Vec<String>>,
}

impl Grid {
    /// A head that begins with `>` is over figures.
    pub fn new(heads: &[&str]) -> Self {
        let head = |h: &&str| h.strip_prefix('>').map_or(((*h).to_owned(), false), |h| (h.to_owned(), true));
        let heads = heads.iter().map(head).collect();
        Self { heads, rows: Vec::new() }
    }

    pub fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    pub fn print(&self) -> Result<()> {
        let width = |text: &str| text.chars().count();
        let widths: Vec<usize> = self
            .heads
            .iter()
            .enumerate()
            .map(|(i, (head, _))| {
                let cells = self.rows.iter().map(|r| width(&r[i]));
                cells.chain([width(head)]).max().unwrap_or(0).min(60)
            })
            .collect();
        let heads: Vec<String> = self.heads.iter().map(|(h, _)| h.clone()).collect();
        let mut text = String::new();
        for cells in std::iter::once(&heads).chain(&self.rows) {
            let mut line = String::new();
            for ((cell, w), (_, right)) in cells.iter().zip(&widths).zip(&self.heads) {
                let cut: String =
                    if width(cell) > *w { cell.chars().take(w - 1).chain(['…']).collect() } else { cell.clone() };
                let pad = " ".repeat(w - width(&cut));
                let (first, then) = if *right { (&pad, &cut) } else { (&cut, &pad) };
                line.extend([first, then, "  "]);
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        out(text.trim_end())
    }
}

/// 12408 as 12,408.
pub fn count(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (i, d) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(d);
    }
    text
}

/// A number of things: `1 table`, `2 tables`.
pub fn counted(n: u64, thing: &str) -> String {
    format!("{} {thing}{}", count(n), if n == 1 { "" } else { "s" })
}

/// A value in a line of text.
pub fn value(shown: &Shown) -> String {
    match shown.mark {
        Mark::Null => "NULL".to_owned(),
        Mark::Blank => "''".to_owned(),
        // A value must not move a terminal's cursor.
        _ => shown.text.chars().map(sign).collect(),
    }
}

/// Control characters as the signs Unicode has for them.
fn sign(c: char) -> char {
    match u32::from(c) {
        n @ 0..0x20 => char::from_u32(0x2400 + n).unwrap_or(c),
        0x7f => '\u{2421}',
        _ => c,
    }
}

/// A value in JSON: text, or null.
pub fn json_value(shown: &Shown) -> Option<&str> {
    (shown.mark != Mark::Null).then_some(shown.text.as_str())
}

#[cfg(test)]
mod tests {
    #[test]
    fn thousands_are_set_apart() {
        for (n, text) in [(0, "0"), (999, "999"), (1000, "1,000"), (12_408_000, "12,408,000")] {
            assert_eq!(super::count(n), text);
        }
    }
}
