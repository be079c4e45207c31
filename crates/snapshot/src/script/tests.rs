//! What the readers of scripts hold themselves to, whatever the server: told as lines, so that tests are data.

use std::io::{self, Read};

use crate::event::{Batch, CellRef, NoteKind, Reader, Step};
use crate::script::tables::OTHER_SERVER;
use crate::script::{Dialect, Script};

/// Everything a script tells, a line each.
pub fn told(reader: &mut dyn Reader) -> Vec<String> {
    let mut batch = Batch::default();
    let mut told = Vec::new();
    loop {
        match reader.next(&mut batch).unwrap() {
            Step::End => return told,
            Step::Rows => told.extend((0..batch.rows()).map(|row| {
                let cells: Vec<String> = batch.row(row).map(shown).collect();
                format!("{} {}", batch.table, cells.join(" "))
            })),
            Step::Table(def) => {
                let columns: Vec<&str> = def.columns.iter().map(|c| c.name.as_str()).collect();
                let database = def.database.as_deref().unwrap_or("-");
                told.push(format!("table {database}:{} {}", def.name, columns.join(" ")));
            }
            Step::Changed(index, def) => told.push(format!("changed {index} {}", def.columns.len())),
            Step::Gone(index) => told.push(format!("gone {index}")),
            // Told of every table that nothing else is told of.
            Step::Note(note) if note.kind == NoteKind::NotComparable { reason: OTHER_SERVER.into() } => {}
            Step::Note(note) => {
                let table = note.table.map_or("-".to_owned(), |t| t.to_string());
                let what = match note.kind {
                    NoteKind::Reject { raw, reason } => {
                        let raw = String::from_utf8_lossy(&raw).into_owned();
                        format!(
                            "reject {} line {} byte {} {raw:?}: {reason}",
                            note.at.record, note.at.line, note.at.byte
                        )
                    }
                    NoteKind::Statement { kind, name } => format!("statement {kind} {}", name.unwrap_or_default()),
                    NoteKind::Odd { what, count } => format!("odd {count} {what}"),
                    NoteKind::NotComparable { reason } => format!("not comparable: {reason}"),
                    NoteKind::Resolved => "resolved".to_owned(),
                    NoteKind::Warning { text } => format!("warning: {text}"),
                    NoteKind::Object { kind, name, text } => format!("{kind} {name} of {} bytes", text.len()),
                };
                told.push(format!("note {table} {what}"));
            }
        }
    }
}

fn shown(cell: CellRef) -> String {
    match cell {
        CellRef::Null => "NULL".to_owned(),
        CellRef::Integer(i) => i.to_string(),
        CellRef::Text(t) => format!("{:?}", std::str::from_utf8(t).expect("text is UTF-8")),
        CellRef::Bytes(b) => b.iter().fold("x".to_owned(), |s, b| s + &format!("{b:02x}")),
    }
}

/// Rows alone, of what was told.
pub fn rows(told: &[String]) -> Vec<&str> {
    told.iter().map(String::as_str).filter(|t| t.starts_with(|c: char| c.is_ascii_digit())).collect()
}

/// Hands out one byte at a time.
pub struct Drip<'a>(pub &'a [u8]);

impl Read for Drip<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.0.len().min(buf.len()).min(1);
        buf[..n].copy_from_slice(&self.0[..n]);
        self.0 = &self.0[n..];
        Ok(n)
    }
}

fn reader<D: Dialect, R: Read>(inner: R, chunk: Option<usize>) -> Script<R, D> {
    let mut script = Script::new(inner);
    if let Some(chunk) = chunk {
        script.tape.set_chunk(chunk);
    }
    script
}

/// The shares of a file that was read to its end add up to its bytes, and its rows to those told.
pub fn hold_shares(reader: &dyn Reader, bytes: usize, what: &str) {
    let shares = reader.shares();
    assert_eq!(shares.iter().map(|s| s.bytes).sum::<u64>(), bytes as u64, "{what}: {shares:?}");
    assert_eq!(reader.position(), bytes as u64, "{what}");
}

/// Wherever the window ends, the same is told; the shares add up.
pub fn hold_chunks<D: Dialect>(script: &[u8], what: &str) {
    let mut whole = reader::<D, _>(script, None);
    let expected = told(&mut whole);
    hold_shares(&whole, script.len(), what);
    let mut drip = reader::<D, _>(Drip(script), None);
    assert_eq!(told(&mut drip), expected, "{what}: a byte at a time");
    for chunk in [1, 2, 3, 7, 64, 1000] {
        let mut reader = reader::<D, _>(script, Some(chunk));
        assert_eq!(told(&mut reader), expected, "{what}: {chunk} bytes at a time");
        hold_shares(&reader, script.len(), what);
    }
}

/// Cut anywhere, it neither panics nor loses a byte, and tells no row that the whole does not hold.
pub fn hold_cuts<D: Dialect>(script: &[u8], what: &str) {
    let whole = told(&mut reader::<D, _>(script, None));
    let whole = rows(&whole);
    for end in 0..script.len() {
        let mut reader = reader::<D, _>(&script[..end], Some(64));
        let cut = told(&mut reader);
        hold_shares(&reader, end, &format!("{what} cut at {end}"));
        for row in rows(&cut) {
            assert!(whole.contains(&row), "{what} cut at {end}: {row}");
        }
    }
}

/// Bytes changed here and there: nothing panics, and every byte is accounted for.
pub fn hold_flips<D: Dialect>(script: &[u8], what: &str) {
    const BYTES: [u8; 10] = *b"'()\n;\\\0\xff$/";
    for at in 0..script.len() {
        // Three of them at each place, others at the next.
        for byte in (0..3).map(|turn| BYTES[(at * 3 + turn) % BYTES.len()]) {
            let mut broken = script.to_vec();
            broken[at] = byte;
            let mut reader = reader::<D, _>(&broken[..], Some(512));
            told(&mut reader);
            hold_shares(&reader, broken.len(), &format!("{what} with {byte} at {at}"));
        }
    }
}
