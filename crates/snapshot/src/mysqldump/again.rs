//! A row of an `INSERT` read by itself: after a definition and a statement of our own making, with the settings that
//! were in force where it stood.

use super::Mysqldump;
use super::dump::MySql;
use super::lexer::statement_end;
use super::settings::Settings;
use crate::event::{Batch, ColumnDef, Presence, TableDef};
use crate::form::{Form, SqlForm};
use crate::one_row::{MORE, one_row};
use crate::script::charset::Charset;
use crate::script::lexer::Scan;

impl MySql {
    /// `None` in the few character sets that nothing can write a corrected row in.
    pub(super) fn form_here(&self, listed: Option<&[String]>) -> Option<Form> {
        let s = &self.settings;
        let encoding = match s.charset {
            Charset::Utf8 => encoding_rs::UTF_8,
            Charset::Encoding(encoding) => encoding,
            Charset::Upper(_) | Charset::Sjis | Charset::Utf32 => return None,
        };
        Some(Form::Sql(SqlForm {
            encoding,
            binary: s.binary,
            ansi_quotes: s.ansi_quotes,
            no_backslash: s.no_backslash,
            no_auto_value_on_zero: s.no_auto_value_on_zero,
            columns: listed.map(<[String]>::to_vec),
        }))
    }
}

/// Reads `( … )` as a row of the table.
pub fn row_again(form: &SqlForm, table: &TableDef, content: &[u8], batch: &mut Batch) -> Result<(), String> {
    let content = content.trim_ascii();
    let content = content.strip_suffix(b";").or(content.strip_suffix(b",")).unwrap_or(content);
    if !(content.starts_with(b"(") && content.ends_with(b")")) {
        return Err("expected a row in brackets, as the INSERT has it".to_owned());
    }
    let mut settings = Settings::default();
    set(&mut settings, form);
    if statement_end(content, b";", &settings.lex(), true) != Scan::Found(content.len()) {
        return Err(MORE.to_owned());
    }
    // A table nobody declared was made from the first statement's list, and its values are kept as they are written.
    let declared = table.columns.iter().any(|c| !c.declared_type.is_empty());
    let own: Vec<String> = table.columns.iter().map(|c| c.name.clone()).collect();
    if !declared && form.columns.as_ref().is_some_and(|listed| *listed != own) {
        return Err("its statement lists other columns than the table was made from".to_owned());
    }
    let mut script = if declared { create(table).into_bytes() } else { Vec::new() };
    script.extend_from_slice(b"INSERT INTO t");
    if let Some(columns) = form.columns.as_ref().or((!declared).then_some(&own)) {
        let list: Vec<String> = columns.iter().map(|c| name(c)).collect();
        script.extend_from_slice(format!(" ({})", list.join(",")).as_bytes());
    }
    script.extend_from_slice(b" VALUES ");
    script.extend_from_slice(content);
    script.extend_from_slice(b";\n");
    let mut reader = After { inner: Mysqldump::new(std::io::Cursor::new(script)), form };
    one_row(&mut reader, batch, |_| Ok(()))?;
    let auto = table.columns.iter().position(|c| c.auto_increment);
    if auto.is_some_and(|column| batch.rows() > 0 && batch.value(0, column) == crate::event::CellRef::Null) {
        return Err("the row leaves its number to the server: write the number it had there".to_owned());
    }
    Ok(())
}

fn set(settings: &mut Settings, form: &SqlForm) {
    settings.set_names(if form.binary { "binary" } else { "utf8mb4" });
    if !form.binary && form.encoding != encoding_rs::UTF_8 {
        settings.charset = Charset::Encoding(form.encoding);
        settings.wide = settings.charset.wide();
    }
    settings.ansi_quotes = form.ansi_quotes;
    settings.no_backslash = form.no_backslash;
    settings.no_auto_value_on_zero = form.no_auto_value_on_zero;
}

/// The definition is ours, in UTF-8; what stands after it is read as its file was.
struct After<'a> {
    inner: Mysqldump<std::io::Cursor<Vec<u8>>>,
    form: &'a SqlForm,
}

impl crate::event::Reader for After<'_> {
    fn next(&mut self, batch: &mut Batch) -> crate::event::Result<crate::event::Step> {
        let step = self.inner.next(batch)?;
        if matches!(step, crate::event::Step::Table(_)) {
            set(&mut self.inner.dialect.settings, self.form);
        }
        Ok(step)
    }

    fn position(&self) -> u64 {
        self.inner.position()
    }

    fn encoding(&self) -> String {
        self.inner.encoding()
    }
}

fn create(table: &TableDef) -> String {
    let columns: Vec<String> = table.columns.iter().map(column).collect();
    format!("CREATE TABLE t ({});\n", columns.join(",\n"))
}

fn column(def: &ColumnDef) -> String {
    let mut text = format!("{} {}", name(&def.name), def.declared_type);
    if def.generated {
        text.push_str(" GENERATED ALWAYS AS (NULL)");
        return text;
    }
    if def.presence == Presence::LeftOut {
        text.push_str(" INVISIBLE");
    }
    if !def.nullable {
        text.push_str(" NOT NULL");
    }
    match &def.default {
        Some(function) if is_function(function) => {
            text.push_str(" DEFAULT ");
            text.push_str(function);
        }
        Some(literal) => {
            text.push_str(" DEFAULT '");
            text.push_str(&literal.replace('\\', "\\\\").replace('\'', "''"));
            text.push('\'');
        }
        None => {}
    }
    text
}

fn is_function(default: &str) -> bool {
    let lower = default.to_ascii_lowercase();
    lower.starts_with("current_timestamp") || lower.starts_with("now(") || lower.ends_with(')')
}

fn name(name: &str) -> String {
    format!("`{}`", name.replace('`', "``"))
}
