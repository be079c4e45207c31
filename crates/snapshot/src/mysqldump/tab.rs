//! Rows that stand in a file of their own beside what declares their table: `mysqldump --tab`, `LOAD DATA`, the chunks
//! of a MySQL Shell dump.

use std::io::Read;

use super::charset::Charset;
use super::column::Column;
use super::insert::{Noticed, push_default};
use super::lexer::Scan;
use super::odd::Odd;
use super::outfile::{Fields, Format, Lines, RowChoice};
use super::settings::Settings;
use super::value::{Stored, finish_string};
use super::{FileState, Mysqldump, separators};
use crate::event::{Batch, NoteKind, Position, Result};
use crate::input::Input;

/// The rows of one table, as they go on.
pub struct TabRows {
    table: usize,
    lines: Lines,
    /// What each field goes to; `None`: to the columns in order.
    listed: Option<Vec<String>>,
    /// Columns whose values are made of a field, or of nothing in the file.
    made: Vec<(String, Made)>,
    /// Of each column; empty until it is known how many fields there are.
    sources: Vec<Source>,
    /// Fields of a line.
    width: usize,
    left_out: Vec<usize>,
    skip: u64,
    fields: Fields,
}

/// How a value is made of what stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Made {
    /// It is the field of this name.
    Field(String, Coding),
    /// An expression that is not run, by the name of its function; where one field goes into it, that is kept.
    NotRun(Option<String>, String),
}

/// What a field is written in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Coding {
    Plain,
    Hex,
    Base64,
    /// NULL where it is this text.
    NullIf(Vec<u8>),
}

enum Source {
    Field(usize, Coding),
    /// NULL, and not known.
    LeftOut,
    Default,
}

/// Where the rows of a file belong, as the dump's own account says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RowSource {
    pub database: Option<String>,
    pub table: String,
    /// As the fields stand.
    pub columns: Vec<String>,
    /// Columns with the function that their fields are decoded by: `UNHEX` or `FROM_BASE64`.
    pub decode: Vec<(String, String)>,
    pub charset: String,
    pub format: Format,
}

impl TabRows {
    pub fn new(table: usize, columns: &[Column], format: Format, settings: &Settings) -> Self {
        let skip = format.skip;
        // SELECT … INTO OUTFILE knows the characters of each column, though it writes the file as bytes.
        let own = |column: &Column| column.own_charset.and_then(Charset::wide);
        let wide = if settings.binary { columns.iter().map(own).collect() } else { vec![settings.wide] };
        Self {
            table,
            lines: Lines::new(format, wide),
            listed: None,
            made: Vec::new(),
            sources: Vec::new(),
            width: 0,
            left_out: Vec::new(),
            skip,
            fields: Fields::default(),
        }
    }

    pub fn listing(self, listed: Option<Vec<String>>, made: Vec<(String, Made)>) -> Self {
        Self { listed, made, ..self }
    }

    pub fn table(&self) -> usize {
        self.table
    }

    /// Settles what every column takes of a line with so many fields; false where the line does not fit.
    fn lay_out(&mut self, columns: &[Column], fields: usize) -> bool {
        let order: Vec<Option<usize>> = match &self.listed {
            Some(listed) if listed.len() != fields => return false,
            Some(listed) => {
                columns.iter().map(|c| listed.iter().rposition(|l| l.eq_ignore_ascii_case(&c.def.name))).collect()
            }
            None => {
                let all = |kept: &dyn Fn(&Column) -> bool| columns.iter().filter(|c| kept(c)).count() == fields;
                let visible = |c: &Column| !c.invisible;
                let given = |c: &Column| !c.def.generated;
                let ways: [&dyn Fn(&Column) -> bool; 4] = [&|_| true, &given, &visible, &|c| visible(c) && given(c)];
                let Some(way) = ways.into_iter().find(|way| all(way)) else { return false };
                let mut next = 0..;
                columns.iter().map(|c| way(c).then(|| next.next()).flatten()).collect()
            }
        };
        self.sources = columns.iter().zip(order).map(|(column, field)| self.source(column, field)).collect();
        self.left_out = (0..columns.len()).filter(|i| matches!(self.sources[*i], Source::LeftOut)).collect();
        self.width = fields;
        true
    }

    fn source(&self, column: &Column, field: Option<usize>) -> Source {
        let listed = |name: &str| self.listed.as_ref()?.iter().rposition(|l| l.eq_ignore_ascii_case(name));
        let made = self.made.iter().rfind(|(name, _)| name.eq_ignore_ascii_case(&column.def.name));
        match (made, field) {
            (Some((_, Made::Field(name, coding))), _) => {
                listed(name).map_or(Source::Default, |field| Source::Field(field, coding.clone()))
            }
            (Some((_, Made::NotRun(name, _))), _) => {
                let field = name.as_deref().and_then(listed);
                field.map_or(Source::LeftOut, |field| Source::Field(field, Coding::Plain))
            }
            (None, Some(field)) => Source::Field(field, Coding::Plain),
            (None, None) if column.may_be_left_out() => Source::LeftOut,
            (None, None) => Source::Default,
        }
    }

    /// The fields of a line into the batch, in the order of the columns.
    fn store(&self, columns: &[Column], settings: &Settings, batch: &mut Batch, noticed: &mut Noticed) {
        for (index, (column, source)) in columns.iter().zip(&self.sources).enumerate() {
            let (field, coding) = match source {
                Source::LeftOut => {
                    batch.push_null();
                    continue;
                }
                Source::Default => {
                    push_default(column, index, batch, noticed);
                    continue;
                }
                Source::Field(field, coding) => (self.fields.get(*field), coding),
            };
            let is_null = |bytes: &[u8]| matches!(coding, Coding::NullIf(null) if null == bytes);
            let Some(bytes) = field.filter(|bytes| !is_null(bytes)) else {
                if column.def.auto_increment {
                    noticed.auto = Some(index);
                }
                batch.push_null();
                continue;
            };
            let start = batch.data().len();
            let decoded = match coding {
                Coding::Plain | Coding::NullIf(_) => {
                    batch.data().extend_from_slice(bytes);
                    true
                }
                Coding::Hex => from_hex(bytes, batch.data()),
                Coding::Base64 => from_base64(bytes, batch.data()),
            };
            if !decoded {
                batch.data().truncate(start);
                batch.push_text(String::from_utf8_lossy(bytes).as_bytes());
                noticed.odd.push((index, Odd::Unread));
                continue;
            }
            // What was bytes to the server is text in the column's own set.
            let own = matches!(coding, Coding::Hex | Coding::Base64).then_some(column.own_charset).flatten();
            let spoken = own.map_or_else(|| settings.spoken(column), Into::into);
            if let Stored::Odd(what) = finish_string(column, spoken, start, batch) {
                noticed.odd.push((index, what));
            }
        }
    }
}

impl<R: Read> Mysqldump<R> {
    /// Reads the rows of the table that the file just read declares; false where it declares none, or several.
    /// How they are written: as a person says, or else as the number of the table's columns says.
    ///
    /// # Errors
    ///
    /// The start cannot be read, or rows cannot be read in the encoding that is said.
    pub fn go_on_with_rows(&mut self, inner: R, choice: &RowChoice) -> Result<bool> {
        let first = self.file.first_table;
        let there: Vec<usize> = self.by_name.values().copied().filter(|t| *t >= first).collect();
        let [table] = there[..] else { return Ok(false) };
        // Unless another set was asked for, the rows are written as they are stored: each column in its own.
        let names = self.file.names.take().filter(|n| !n.starts_with("utf8"));
        self.take_rows(inner, names.as_deref().unwrap_or("binary"));
        let found = if choice.says_separators() { Format::default() } else { self.separators(table, choice)? };
        let format = choice.over(found)?;
        self.settings.say(format.charset);
        self.file.tab = Some(TabRows::new(table, &self.tables[table].columns, format, &self.settings));
        Ok(true)
    }

    fn separators(&mut self, table: usize, choice: &RowChoice) -> Result<Format> {
        self.input.at_least(64 << 10)?;
        let (head, whole) = (self.input.rest(), self.input.eof());
        let rows = choice.rows_of(head);
        let found = separators::fitting(&rows, whole, &self.tables[table].columns);
        let usual = Format::default();
        let text = match &found {
            Some(format) if *format == usual => return Ok(usual),
            _ if head.is_empty() => return Ok(usual),
            Some(format) => format!("{}: as many as the table has columns; say what stands between if not", separators::described(format)),
            None => "no separator gives as many fields as the table has columns: say what stands between fields (--delimiter)".into(),
        };
        self.note(Some(table), Position::default(), NoteKind::Warning { text });
        Ok(found.unwrap_or(usual))
    }

    /// Reads rows of a table that an earlier file declares. Where none did, the account must say its columns; else the
    /// answer is false.
    pub fn go_on_with_rows_of(&mut self, inner: R, source: &RowSource) -> bool {
        let table = match self.find_exact(source.database.as_deref(), &source.table) {
            Some(table) => table,
            None if source.columns.is_empty() => return false,
            None => self.add_undeclared(source.database.clone(), &source.table, &source.columns),
        };
        let coding = |function: &str| match function.to_ascii_uppercase().as_str() {
            "UNHEX" => Some(Coding::Hex),
            "FROM_BASE64" => Some(Coding::Base64),
            _ => None,
        };
        let made = source.decode.iter().map(|(column, function)| {
            let made = coding(function).map_or_else(
                || Made::NotRun(Some(column.clone()), function.clone()),
                |coding| Made::Field(column.clone(), coding),
            );
            (column.clone(), made)
        });
        let made: Vec<_> = made.collect();
        self.flag_not_run(table, &made);
        let listed = (!source.columns.is_empty()).then(|| source.columns.clone());
        if let Some(listed) = &listed {
            self.add_listed(table, listed);
        }
        self.take_rows(inner, &source.charset);
        self.settings.say(source.format.charset);
        let rows = TabRows::new(table, &[], source.format.clone(), &self.settings);
        self.file.tab = Some(rows.listing(listed, made));
        true
    }

    fn take_rows(&mut self, inner: R, charset: &str) {
        self.input = Input::new(inner);
        self.settings = Settings::default();
        self.settings.speak(charset);
        self.rows = None;
        let first_table = self.file.first_table;
        self.file =
            FileState { started: true, first_table, names: self.settings.names.clone(), ..FileState::default() };
    }

    /// Values that the server would compute are told once.
    pub(super) fn flag_not_run(&mut self, table: usize, made: &[(String, Made)]) {
        for (column, how) in made {
            if let Made::NotRun(field, function) = how {
                let kept = if field.is_some() { "the field is kept as it stands" } else { "NULL stands there" };
                let text =
                    format!("`{column}` is computed when the rows are loaded ({function}), which is not run: {kept}");
                let at = self.here(0);
                self.note(Some(table), at, NoteKind::Warning { text });
                self.flag(table, "holds values that a function computes when they are loaded");
            }
        }
    }

    /// Rows into the batch, until it is full or the file ends; false where there is none left.
    pub(super) fn read_tab_rows(&mut self, batch: &mut Batch, rows: &mut TabRows) -> Result<bool> {
        let width = self.tables[rows.table].columns.len();
        batch.start(rows.table, width);
        while !batch.is_full() && self.queue.len() < 256 {
            let length = loop {
                match rows.lines.read(self.input.rest(), self.input.eof(), &mut rows.fields) {
                    Scan::Found(length) if length > 0 || self.input.eof() => break length,
                    _ => self.input.more()?,
                }
            };
            if length == 0 {
                break;
            }
            if rows.skip > 0 || rows.fields.len() == 0 {
                rows.skip = rows.skip.saturating_sub(1);
                self.account_rows(rows.table, 0);
                self.input.advance(length);
                self.account("lines that are no rows");
                continue;
            }
            let fields = rows.fields.len();
            if rows.width != fields && !rows.lay_out(&self.tables[rows.table].columns, fields) {
                let place = if rows.listed.is_some() { "are listed" } else { "the table has columns" };
                self.reject_line(rows.table, length, &format!("as many fields as {place}, found {fields}"));
                continue;
            }
            let mut noticed = Noticed::default();
            rows.store(&self.tables[rows.table].columns, &self.settings, batch, &mut noticed);
            self.counters[rows.table].records += 1;
            self.settle(rows.table, width, batch, &noticed);
            self.input.advance(length);
        }
        self.account_rows(rows.table, batch.rows());
        self.hold(rows.table, batch.rows() as u64, &rows.left_out);
        Ok(!batch.is_empty() || !self.queue.is_empty())
    }

    fn reject_line(&mut self, table: usize, length: usize, expected: &str) {
        self.account_rows(table, 0);
        self.counters[table].records += 1;
        let at = self.here(self.counters[table].records);
        let raw = self.input.rest()[..length].to_vec();
        self.input.advance(length);
        self.account_reject();
        self.note(Some(table), at, NoteKind::Reject { raw, reason: format!("expected {expected}") });
    }
}

fn nibble(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).map(|digit| digit as u8)
}

/// Appends what the digits say; false where they are none.
fn from_hex(digits: &[u8], to: &mut Vec<u8>) -> bool {
    digits.len().is_multiple_of(2)
        && digits.chunks(2).all(|pair| {
            let byte = nibble(pair[0]).zip(nibble(pair[1])).map(|(high, low)| high << 4 | low);
            to.extend(byte);
            byte.is_some()
        })
}

/// Appends what the letters say; false where they are none. Lines may break them.
fn from_base64(letters: &[u8], to: &mut Vec<u8>) -> bool {
    let (mut bits, mut held, mut padding) = (0u32, 0, 0);
    for byte in letters {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => {
                padding += 1;
                continue;
            }
            b'\r' | b'\n' => continue,
            _ => return false,
        };
        if padding > 0 {
            return false;
        }
        bits = bits << 6 | u32::from(six);
        held += 6;
        if held >= 8 {
            held -= 8;
            to.push((bits >> held) as u8);
            bits &= (1 << held) - 1;
        }
    }
    held < 6 && padding < 3
}
#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{CellRef, Reader, Step};
    use crate::text::Wide;

    /// The rows of `text` under the declaration, a cell printed as its bytes.
    fn rows(declaration: &str, text: &[u8], chunk: usize) -> (Vec<String>, usize) {
        let usual = RowChoice { field_end: Some(b"\t".to_vec()), ..RowChoice::default() };
        rows_as(declaration, text, &usual, chunk)
    }

    fn rows_as(declaration: &str, text: &[u8], choice: &RowChoice, chunk: usize) -> (Vec<String>, usize) {
        let mut reader = Mysqldump::new(declaration.as_bytes());
        let mut batch = Batch::default();
        while reader.next(&mut batch).unwrap() != Step::End {}
        assert!(reader.go_on_with_rows(text, choice).unwrap());
        reader.input.set_chunk(chunk);
        let (mut told, mut rejects) = (Vec::new(), 0);
        loop {
            match reader.next(&mut batch).unwrap() {
                Step::End => break,
                Step::Rows => told.extend((0..batch.rows()).map(|row| {
                    let cell = |cell| match cell {
                        CellRef::Null => "NULL".to_owned(),
                        CellRef::Integer(i) => i.to_string(),
                        CellRef::Text(t) => format!("{:?}", String::from_utf8_lossy(t)),
                        CellRef::Bytes(b) => format!("{b:02x?}"),
                    };
                    batch.row(row).map(cell).collect::<Vec<_>>().join(" ")
                })),
                Step::Note(note) => rejects += usize::from(matches!(note.kind, NoteKind::Reject { .. })),
                Step::Changed(..) => {}
                other => panic!("{other:?}"),
            }
        }
        let shares: u64 = reader.shares().iter().map(|s| s.bytes).sum();
        assert_eq!(shares, text.len() as u64, "every byte has an owner");
        (told, rejects)
    }

    /// Written as stored, a column's own letters are whole: their second bytes are not escaped.
    #[test]
    fn each_column_has_letters_of_its_own() {
        let declaration = "SET NAMES utf8mb4; CREATE TABLE t (a text CHARSET sjis, b text CHARSET latin1, c int);";
        let text = b"\x95\x5c\t\x95\\t\t1\n\x83\x5c\\n\t\\N\t2\n";
        for chunk in [1, 2, 3, 4096] {
            let expected = ["\"表\" \"•\\t\" 1", "\"ソ\\n\" NULL 2"];
            assert_eq!(rows(declaration, text, chunk), (expected.map(str::to_owned).to_vec(), 0), "{chunk}");
        }
    }

    #[test]
    fn rows_beside_their_declaration_are_as_the_server_holds_them() {
        let declaration = "SET NAMES utf8mb4; CREATE TABLE t (id int, flag bit(2), note varchar(20), pic blob,
            twice int GENERATED ALWAYS AS (id * 2) VIRTUAL) DEFAULT CHARSET=latin1;";
        let text = b"1\t\\0\ta\\\tb\\\nc\\\\\t\\0\\Z\xff\n2\t\\N\t\\N\t\\N\n3\t\x03\tZo\xeb\t\n4\tx\n5\t\x01\t\\N\tend";
        let expected = [
            r#"1 0 "a\tb\nc\\" [00, 1a, ff] NULL"#,
            "2 NULL NULL NULL NULL",
            r#"3 3 "Zoë" [] NULL"#,
            "5 1 NULL [65, 6e, 64] NULL",
        ];
        for chunk in [1, 2, 7, 4096] {
            assert_eq!(rows(declaration, text, chunk), (expected.map(str::to_owned).to_vec(), 1), "{chunk}");
        }
    }

    /// Separators are found; the rest is as a person says.
    #[test]
    fn what_a_person_says_of_a_file_of_rows_holds() {
        let declaration = "SET NAMES utf8mb4; CREATE TABLE t (id int, name varchar(20), note text);";
        let text = b"# from the old server\n1;Ren\x82;none\n2;none;\\N\n#3;x;y\n4;\"none\";c\n";
        let choice = RowChoice {
            null: Some(b"none".to_vec()),
            comment: Some(b"#".to_vec()),
            encoding: Some(Wide::Dos(crate::text::Dos::Cp850)),
            ..RowChoice::default()
        };
        for chunk in [1, 2, 7, 4096] {
            let expected = ["1 \"René\" NULL", "2 NULL NULL", r#"4 "\"none\"" "c""#];
            let (found, rejects) = rows_as(declaration, text, &choice, chunk);
            assert_eq!((found, rejects), (expected.map(str::to_owned).to_vec(), 0), "{chunk}");
        }
        let mut reader = Mysqldump::new(declaration.as_bytes());
        while reader.next(&mut Batch::default()).unwrap() != Step::End {}
        let wide = RowChoice { encoding: Some(Wide::Utf32Le), ..RowChoice::default() };
        assert!(reader.go_on_with_rows(text, &wide).unwrap_err().to_string().contains("cannot be read as UTF-32"));
    }
}
