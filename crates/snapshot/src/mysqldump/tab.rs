//! Rows that stand in a file of their own beside what declares their table: `mysqldump --tab`, `LOAD DATA`, the chunks
//! of a MySQL Shell dump.

use std::io::Read;

use super::Mysqldump;
use super::dump::{FileState, MySql};
use super::outfile::{Format, RowChoice};
use super::presence::listed_slots;
use super::separators;
use super::settings::Settings;
use super::tab_rows::{Coding, Made, RowSource, TabRows};
use crate::event::{Batch, Position, Result, ShareOf};
use crate::script::lexer::Scan;
use crate::script::noticed::Noticed;
use crate::script::tables::Schema;
use crate::script::tape::Tape;
use crate::script::{Extent, Reading};

impl<R: Read> Mysqldump<R> {
    /// Reads the rows of the table that the file just read declares; false where it declares none, or several.
    /// How they are written: as a person says, or else as the number of the table's columns says.
    ///
    /// # Errors
    ///
    /// The start cannot be read, or rows cannot be read in the encoding that is said.
    pub fn go_on_with_rows(&mut self, inner: R, choice: &RowChoice) -> Result<bool> {
        let first = self.schema.file_from;
        let there: Vec<usize> = self.schema.by_name.values().copied().filter(|t| *t >= first).collect();
        let [table] = there[..] else { return Ok(false) };
        // Unless another set was asked for, the rows are written as they are stored: each column in its own.
        let names = self.dialect.file.names.take().filter(|n| !n.starts_with("utf8"));
        self.take_rows(inner, names.as_deref().unwrap_or("binary"));
        let found = if choice.says_separators() { Format::default() } else { self.separators(table, choice)? };
        let format = choice.over(found)?;
        let settings = &mut self.dialect.settings;
        settings.set_charset(format.charset);
        self.dialect.file.tab = Some(TabRows::new(table, &self.schema.tables[table].columns, format, settings));
        Ok(true)
    }

    fn separators(&mut self, table: usize, choice: &RowChoice) -> Result<Format> {
        self.tape.at_least(64 << 10)?;
        let (head, whole) = (self.tape.rest(), self.tape.eof());
        let rows = choice.rows_of(head);
        let found = separators::fitting(&rows, whole, &self.schema.tables[table].columns);
        let usual = Format::default();
        let text = match &found {
            Some(format) if *format == usual => return Ok(usual),
            _ if head.is_empty() => return Ok(usual),
            Some(format) => format!("{}: as many as the table has columns; say what stands between if not", separators::described(format)),
            None => "no separator gives as many fields as the table has columns: say what stands between fields (--delimiter)".into(),
        };
        self.schema.warn(Some(table), Position::default(), text);
        Ok(found.unwrap_or(usual))
    }

    /// Reads rows of a table that an earlier file declares. Where none did, the account must say its columns; else the
    /// answer is false.
    pub fn go_on_with_rows_of(&mut self, inner: R, source: &RowSource) -> bool {
        let parts: Vec<String> = source.database.iter().chain([&source.table]).cloned().collect();
        let (database, name) = self.schema.place(&parts);
        let table = match self.schema.find_placed(database.as_deref(), &name) {
            Some(table) => table,
            None if source.columns.is_empty() => return false,
            None => self.schema.add_undeclared(&parts, &source.columns),
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
        let at = self.tape.here(0);
        flag_not_run(table, &made, at, &mut self.schema);
        let listed = (!source.columns.is_empty()).then(|| source.columns.clone());
        if let Some(listed) = &listed {
            listed_slots(table, listed, at, &mut self.schema);
        }
        self.take_rows(inner, &source.charset);
        let settings = &mut self.dialect.settings;
        settings.set_charset(source.format.charset);
        let rows = TabRows::new(table, &[], source.format.clone(), settings);
        self.dialect.file.tab = Some(rows.listing(listed, made));
        true
    }

    fn take_rows(&mut self, inner: R, charset: &str) {
        self.turn_to(Tape::as_is(inner), Reading::File);
        self.dialect.settings = Settings::default();
        self.dialect.settings.set_names(charset);
        self.dialect.file = FileState { names: self.dialect.settings.names.clone(), ..FileState::default() };
    }
}

/// Values that the server would compute are told once.
pub fn flag_not_run(table: usize, made: &[(String, Made)], at: Position, schema: &mut Schema) {
    for (column, how) in made {
        if let Made::NotRun(field, function) = how {
            let kept = if field.is_some() { "the field is kept as it stands" } else { "NULL stands there" };
            let text =
                format!("`{column}` is computed when the rows are loaded ({function}), which is not run: {kept}");
            schema.warn(Some(table), at, text);
            schema.flag(table, "holds values that a function computes when they are loaded");
        }
    }
}

impl MySql {
    /// Rows into the batch, until it is full or the file ends; false where there is none left.
    pub(super) fn read_tab_rows<R: Read>(
        &mut self,
        tape: &mut Tape<R>,
        schema: &mut Schema,
        batch: &mut Batch,
    ) -> Result<bool> {
        let Some(rows) = &mut self.file.tab else { return Ok(false) };
        batch.start(rows.table, schema.tables[rows.table].columns.len());
        while !batch.is_full() && schema.queue.len() < 256 {
            let length = loop {
                match rows.lines.read(tape.rest(), tape.eof(), &mut rows.fields) {
                    Scan::Found(length) if length > 0 || tape.eof() => break length,
                    _ => tape.more()?,
                }
            };
            if length == 0 {
                break;
            }
            if rows.skip > 0 || rows.fields.len() == 0 {
                rows.skip = rows.skip.saturating_sub(1);
                tape.give(ShareOf::Table(rows.table), 0);
                tape.class(length, "lines that are no rows", 1);
                continue;
            }
            let fields = rows.fields.len();
            if rows.width != fields && !rows.lay_out(&schema.tables[rows.table].columns, fields) {
                let place = if rows.listed.is_some() { "are listed" } else { "the table has columns" };
                let reason = format!("expected as many fields as {place}, found {fields}");
                schema.reject(tape, Some(rows.table), Extent { text: length, whole: length }, reason);
                continue;
            }
            let mut noticed = Noticed::default();
            rows.store(&schema.tables[rows.table].columns, &self.settings, batch, &mut noticed);
            schema.settle(rows.table, batch, &noticed, tape);
            tape.advance(length);
        }
        tape.give(ShareOf::Table(rows.table), batch.rows() as u64);
        schema.hold(rows.table, batch.rows() as u64, &rows.left_out);
        Ok(!batch.is_empty() || !schema.queue.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{CellRef, NoteKind, Reader, Step};
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
        reader.tape.set_chunk(chunk);
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
