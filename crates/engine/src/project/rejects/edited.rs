//! An exported file of rejects, corrected by a person: whatever a spreadsheet program made of its delimiter and its
//! encoding, `id` and `content` are found by their headers.

use std::collections::HashMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use snapshot::delimited::{Delimited, DialectChoice, Escape, QuoteChoice, survey};
use snapshot::{Batch, CellRef, Note, NoteKind, Reader, Step};

use super::{GUARDED, MASKED};
use crate::csv;
use crate::error::{Error, Result};

/// A record as it came back.
pub(super) enum Content {
    Text(String),
    Bytes(Vec<u8>),
}

/// Gives every record that has content, with its reject's number.
pub(super) fn each(path: &Path, mut give: impl FnMut(u64, Content) -> Result<()>) -> Result<()> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let open = || -> Result<Box<dyn Read + Send>> {
        let said = |source| Error::File { what: "the corrected file could not be read", path: path.into(), source };
        Ok(Box::new(File::open(path).map_err(said)?))
    };
    let said = |source| Error::Snapshot { file: name.clone(), source };
    // Whatever program wrote it again, this much of it is as it was.
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
    let about = survey(open()?, &choice).map_err(said)?;
    let mut reader = Delimited::new(open()?, "rejects", about).map_err(said)?;
    let mut batch = Batch::default();
    let mut columns: Option<Columns> = None;
    let mut line = 1;
    loop {
        match reader.next(&mut batch).map_err(said)? {
            Step::Table(def) => {
                let at: HashMap<String, usize> =
                    def.columns.iter().enumerate().map(|(i, c)| (c.name.to_lowercase(), i)).collect();
                columns = Some(Columns::find(&at).ok_or_else(|| {
                    Error::refused(format!(
                        "{name} has no columns `id` and `content`: correct a file that `crosswalk rejects --export` wrote"
                    ))
                })?);
            }
            Step::Rows => {
                let columns = columns.as_ref().expect("a table comes before its rows");
                for row in 0..batch.rows() {
                    line += 1;
                    let found = columns.read(&batch, row).map_err(|what| {
                        Error::refused(format!("{name}, record {line}: {what}; nothing was changed"))
                    })?;
                    if let Some((id, content)) = found {
                        give(id, content)?;
                    }
                }
            }
            Step::Note(Note { at, kind: NoteKind::Reject { reason, .. }, .. }) => {
                let text = format!("{name}, line {}: {reason}; nothing was changed", at.line);
                return Err(Error::refused(text));
            }
            Step::End => return Ok(()),
            Step::Note(_) | Step::Changed(..) | Step::Gone(_) => {}
        }
    }
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
    fn read(&self, batch: &Batch, row: usize) -> std::result::Result<Option<(u64, Content)>, &'static str> {
        let field = |column: Option<usize>| column.map_or(Ok(String::new()), |column| text(batch.value(row, column)));
        let id = field(Some(self.id))?;
        let id = id.trim().parse().map_err(|_| "its id is no number")?;
        let (content, base64) = (field(Some(self.content))?, field(self.base64)?);
        let is = field(self.is)?;
        if is == MASKED {
            return Err("it was exported masked, so what stands there is not the record: export with --raw");
        }
        if !content.is_empty() {
            let as_it_was = if is == GUARDED { csv::unguarded(&content) } else { &content };
            return Ok(Some((id, Content::Text(as_it_was.to_owned()))));
        }
        if base64.trim().is_empty() {
            return Ok(None);
        }
        let bytes =
            STANDARD.decode(csv::unguarded(base64.trim())).map_err(|_| "its content_base64 cannot be decoded")?;
        Ok(Some((id, Content::Bytes(bytes))))
    }
}

fn text(cell: CellRef<'_>) -> std::result::Result<String, &'static str> {
    match cell {
        CellRef::Null => Ok(String::new()),
        CellRef::Integer(i) => Ok(i.to_string()),
        CellRef::Text(text) => Ok(String::from_utf8_lossy(text).into_owned()),
        CellRef::Bytes(_) => Err("it is not valid UTF-8: save it as CSV UTF-8"),
    }
}
