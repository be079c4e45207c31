//! An exported file of rejects, corrected by a person: whatever a spreadsheet program made of its delimiter and its
//! encoding, or where it was saved as a workbook, `id` and `content` are found by their headers.

mod workbook;

use std::collections::HashMap;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use csv::StringRecord;
use snapshot::delimited::{DialectChoice, Escape, QuoteChoice, survey};
use snapshot::text::{Utf8Stream, Wide};

use super::{GUARDED, MASKED};
use crate::csv::unguarded;
use crate::error::{Error, Result};

/// A record as it came back.
pub(super) enum Content {
    Text(String),
    Bytes(Vec<u8>),
}

/// Gives every record that has content, with its reject's number.
pub(super) fn each(path: &Path, mut give: impl FnMut(u64, Content) -> Result<()>) -> Result<()> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if workbook::is_workbook(path) {
        let refused = |what| Error::refused(format!("{name}: {what}; nothing was changed"));
        let records = workbook::records(path).map_err(refused)?;
        return each_of(&name, records.into_iter().map(Ok), &mut give);
    }
    let mut reader = opened(path, &name)?;
    each_of(&name, reader.records().map(|record| record.map_err(|error| unreadable(&name, &error))), &mut give)
}

/// The first record names the columns.
fn each_of(
    name: &str,
    records: impl IntoIterator<Item = Result<StringRecord>>,
    give: &mut impl FnMut(u64, Content) -> Result<()>,
) -> Result<()> {
    let mut records = records.into_iter();
    let header = records.next().transpose()?.unwrap_or_default();
    let at: HashMap<String, usize> = header.iter().enumerate().map(|(i, column)| (column.to_lowercase(), i)).collect();
    let columns = Columns::find(&at).ok_or_else(|| {
        Error::refused(format!(
            "{name} has no columns `id` and `content`: correct a file that `crosswalk rejects --export` wrote"
        ))
    })?;
    for (record, number) in records.zip(2..) {
        let refused = |what| Error::refused(format!("{name}, record {number}: {what}; nothing was changed"));
        let record = record?;
        // A row that a person emptied.
        if record.iter().all(|field| field.trim().is_empty()) {
            continue;
        }
        if let Some((id, content)) = columns.read(&record).map_err(refused)? {
            give(id, content)?;
        }
    }
    Ok(())
}

/// The file as records of UTF-8, whatever encoding and delimiter the last program gave it.
fn opened(path: &Path, name: &str) -> Result<csv::Reader<Box<dyn Read>>> {
    let said = |source| Error::File { what: "the corrected file could not be read", path: path.into(), source };
    // So much of it is as it was written.
    let choice = DialectChoice {
        quote: Some(QuoteChoice::Char('"')),
        escape: Some(Escape::Doubled),
        header: Some(true),
        // Nothing in it is a title, a remark or NULL, whatever it looks like.
        skip: Some(0),
        comment: Some(String::new()),
        null: Some(String::new()),
        crlf_only: Some(false),
        blanks: Some(false),
        ..DialectChoice::default()
    };
    let about = survey(File::open(path).map_err(said)?, &choice)
        .map_err(|source| Error::Snapshot { file: name.to_owned(), source })?;
    let &[delimiter] = about.dialect.delimiter.as_bytes() else {
        return Err(Error::refused(format!(
            "{name} is not parted by commas, semicolons or tabs: save it as CSV UTF-8"
        )));
    };
    let mut file = File::open(path).map_err(said)?;
    file.seek(SeekFrom::Start(about.mark as u64)).map_err(said)?;
    let text: Box<dyn Read> = match about.encoding {
        // The records say where it is no UTF-8.
        Wide::Plain(encoding) if encoding.name() == "UTF-8" => Box::new(file),
        other => Box::new(Utf8Stream::new(file, other)),
    };
    Ok(csv::ReaderBuilder::new().has_headers(false).delimiter(delimiter).from_reader(text))
}

/// Says where, and never what stands there.
fn unreadable(name: &str, error: &csv::Error) -> Error {
    let line = error.position().map_or_else(String::new, |at| format!(", line {}", at.line()));
    let what = match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("expected {expected_len} fields, found {len}")
        }
        csv::ErrorKind::Utf8 { .. } => "it is not valid UTF-8: save it as CSV UTF-8".to_owned(),
        _ => "it cannot be read".to_owned(),
    };
    Error::refused(format!("{name}{line}: {what}; nothing was changed"))
}

/// Where the columns stand that matter.
struct Columns {
    id: usize,
    content: usize,
    base64: Option<usize>,
    is: Option<usize>,
}

impl Columns {
    fn find(at: &HashMap<String, usize>) -> Option<Self> {
        let get = |name: &str| at.get(name).copied();
        Some(Self { id: get("id")?, content: get("content")?, base64: get("content_base64"), is: get("content_is") })
    }

    /// `None` where nothing stands to be read.
    fn read(&self, record: &StringRecord) -> std::result::Result<Option<(u64, Content)>, &'static str> {
        let field = |column: Option<usize>| column.and_then(|column| record.get(column)).unwrap_or_default();
        let id = field(Some(self.id)).trim().parse().map_err(|_| "its id is no number")?;
        let (content, base64, is) = (field(Some(self.content)), field(self.base64), field(self.is));
        if is == MASKED {
            return Err("it was exported masked, so what stands there is not the record: export with --raw");
        }
        if !content.is_empty() {
            let as_it_was = if is == GUARDED { unguarded(content) } else { content };
            return Ok(Some((id, Content::Text(as_it_was.to_owned()))));
        }
        if base64.trim().is_empty() {
            return Ok(None);
        }
        let bytes = STANDARD.decode(unguarded(base64.trim())).map_err(|_| "its content_base64 cannot be decoded")?;
        Ok(Some((id, Content::Bytes(bytes))))
    }
}
