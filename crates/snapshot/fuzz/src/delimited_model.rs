//! Delimited text drawn together with its records, read by the dialect it was drawn in.

use arbitrary::{Result, Unstructured};
use snapshot::CellRef;
use snapshot::delimited::{Dialect, Survey};
use snapshot::text::Wide;

use super::cut;
use super::delimited::{accounts, read_with};
use super::dripping::{Dripping, Pieces};
use super::reading::bounded;
use super::script::same;

#[derive(Debug)]
struct Drawn {
    text: Vec<u8>,
    dialect: Dialect,
    width: usize,
    rows: Vec<Vec<String>>,
    /// Records of another width than the header's.
    ragged: usize,
}

pub fn holds(input: &[u8]) {
    let Ok(drawn) = draw(&mut Unstructured::new(input)) else { return };
    let text = &drawn.text;
    let about = Survey::of_records(Wide::Plain(encoding_rs::UTF_8), drawn.dialect.clone(), 0);
    let mut told: Vec<Vec<String>> = Vec::new();
    let whole = bounded(2 * text.len(), || {
        let keep = |_: usize, cells: &mut dyn Iterator<Item = CellRef<'_>>| told.push(cells.map(shown).collect());
        read_with(std::io::Cursor::new(text.clone()), text.len(), about.clone(), keep)
    });
    assert_eq!(whole.error, None);
    assert_eq!(whole.tables.len(), 1);
    assert_eq!(whole.tables[0].columns.len(), drawn.width);
    assert_eq!(told, drawn.rows, "{:?}", drawn.dialect);
    assert_eq!(whole.rejects().count(), drawn.ragged, "{:?}", whole.notes);
    same(&whole, &read_with(Dripping::new(text, Pieces::Drawn(3)), text.len(), about.clone(), |_, _| {}));
    accounts(&whole, text, &about);
    for at in cut::points(text.len(), 8) {
        let front = read_with(std::io::Cursor::new(text[..at].to_vec()), at, about.clone(), |_, _| {});
        cut::holds(&whole, &front, 1, at);
    }
}

fn shown(cell: CellRef<'_>) -> String {
    match cell {
        CellRef::Text(t) => String::from_utf8_lossy(t).into_owned(),
        // None are drawn.
        other => format!("{other:?}"),
    }
}

fn draw(from: &mut Unstructured<'_>) -> Result<Drawn> {
    let dialect = Dialect {
        delimiter: (*from.choose(&[",", ";", "\t", "|", "^", "\u{1}", "|~|", "§"])?).to_owned(),
        quote: Some(*from.choose(&['"', '\''])?),
        ..Dialect::default()
    };
    let width = from.int_in_range(1..=6)?;
    let mut drawn = Drawn { text: Vec::new(), dialect, width, rows: Vec::new(), ragged: 0 };
    let names: Vec<String> = (0..width).map(|i| format!("c{i}")).collect();
    write_record(from, &names, &mut drawn)?;
    for _ in 0..from.int_in_range(0..=12)? {
        let ragged = from.ratio(1, 8)?;
        let mut cells = Vec::new();
        for _ in 0..if ragged { from.int_in_range(1..=8)? } else { width } {
            let cell: &str = from.arbitrary()?;
            // A broken record costs its first line only, so it has one here.
            let cell = if ragged { cell.replace(['\n', '\r'], " ") } else { cell.to_owned() };
            // PostgreSQL's word for NULL.
            cells.push(if cell == "\\N" { "N".to_owned() } else { cell });
        }
        if cells.len() > width {
            // Too many fields are let pass where they are empty.
            cells.push("x".to_owned());
        }
        write_record(from, &cells, &mut drawn)?;
        if cells.len() == width {
            drawn.rows.push(cells);
        } else {
            drawn.ragged += 1;
        }
    }
    Ok(drawn)
}

fn write_record(from: &mut Unstructured<'_>, cells: &[String], drawn: &mut Drawn) -> Result<()> {
    let Dialect { delimiter, quote: Some(quote), .. } = drawn.dialect.clone() else { return Ok(()) };
    for (index, cell) in cells.iter().enumerate() {
        if index > 0 {
            drawn.text.extend_from_slice(delimiter.as_bytes());
        }
        let must = cell.chars().any(|c| delimiter.contains(c) || c == quote || matches!(c, '\n' | '\r'));
        // A line of nothing, or of an end mark alone, is no record.
        let blank = cells.len() == 1;
        if !must && !blank && from.arbitrary()? {
            drawn.text.extend_from_slice(cell.as_bytes());
            continue;
        }
        drawn.text.push(quote as u8);
        for byte in cell.bytes() {
            if byte == quote as u8 {
                drawn.text.push(quote as u8);
            }
            drawn.text.push(byte);
        }
        drawn.text.push(quote as u8);
    }
    drawn.text.extend_from_slice(from.choose(&["\n", "\r\n"])?.as_bytes());
    Ok(())
}
