//! A look over a whole file before it is read: encoding, dialect, width.

use std::io::Read;

use encoding_rs::UTF_8;

use super::choice::DialectChoice;
use super::doubt::{Considered, Doubt};
use super::encoding::{Found, narrow};
use super::guess::{Guess, guess};
use super::split::Splitter;
use crate::dialect::Dialect;
use crate::event::{Error, Result};
use crate::text::{Utf8Stream, Wide, byte_order_mark, unmarked_wide};

const SAMPLE: usize = 1 << 20;

/// What a look over the whole file brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survey {
    pub encoding: Wide,
    /// Length of the byte order mark.
    pub mark: usize,
    pub dialect: Dialect,
    /// Fields that the records have: most of those at the start, or all of them where the header is shorter.
    pub(super) width: usize,
    /// Lines at the start end with a CR alone.
    pub(super) cr_usual: bool,
    /// Values stand in Excel's guard against losing zeros.
    pub(super) guards: bool,
    /// What could be otherwise.
    pub doubts: Vec<Doubt>,
    /// The readings considered, the best first.
    pub considered: Vec<Considered>,
}

impl Survey {
    /// Of records by themselves, all of one width.
    pub fn of_records(encoding: Wide, dialect: Dialect, width: usize) -> Self {
        Self {
            encoding,
            mark: 0,
            dialect,
            width,
            cr_usual: false,
            guards: false,
            doubts: Vec::new(),
            considered: Vec::new(),
        }
    }

    /// Fields a record has.
    pub fn width(&self) -> usize {
        self.width
    }

    pub(super) fn splitter(&self) -> Result<Splitter> {
        splitter(self.encoding, &self.dialect)
    }

    /// The same file read in another of the ways considered.
    #[must_use]
    pub fn read_as(&self, way: &Considered) -> Self {
        Self {
            encoding: way.encoding.unwrap_or(self.encoding),
            dialect: way.dialect.clone(),
            width: way.width,
            doubts: Vec::new(),
            considered: Vec::new(),
            ..*self
        }
    }

    /// Whether the first record is taken for names without a doubt.
    pub fn has_certain_header(&self) -> bool {
        self.dialect.header && !self.doubts.iter().any(|doubt| matches!(doubt, Doubt::Header { .. }))
    }

    /// What a person must be asked about this reading, in sentences.
    pub fn warnings(&self) -> Vec<String> {
        self.doubts.iter().map(|doubt| doubt.sentence(&self.dialect, self.width)).collect()
    }

    /// As a person reads it.
    pub fn encoding_name(&self) -> String {
        let mark = if self.mark > 0 { " with BOM" } else { "" };
        format!("{}{mark}", self.encoding.name())
    }
}

/// For a stream in UTF-8 or the file's own single-byte encoding.
pub(super) fn splitter(encoding: Wide, dialect: &Dialect) -> Result<Splitter> {
    let text = dialect.delimiter.clone();
    let bytes = match encoding {
        Wide::Plain(e) if e.is_single_byte() => {
            let (bytes, _, missing) = e.encode(&text);
            if missing {
                let text = format!("the delimiter does not exist in {}: give another encoding or delimiter", e.name());
                return Err(Error::Unreadable(text));
            }
            bytes.into_owned()
        }
        _ => text.into_bytes(),
    };
    Ok(Splitter::new(dialect, bytes))
}

/// Looks over a file from its start to its end; `input` is used up. What `choice` says is not asked of the file.
pub fn survey(mut input: impl Read, choice: &DialectChoice) -> Result<Survey> {
    choice.check()?;
    let mut start = Vec::with_capacity(SAMPLE);
    let io = |source| Error::Io { byte: 0, source };
    input.by_ref().take(SAMPLE as u64).read_to_end(&mut start).map_err(io)?;
    let marked = byte_order_mark(&start);
    let certain = |encoding| Found { encoding, doubt: None };
    let (found, mark) = match (choice.wide()?, marked) {
        (Some(said), Some((found, mark))) if said == found => (certain(said), mark),
        (Some(said), _) => (certain(said), 0),
        (None, Some((found, mark))) => (certain(found), mark),
        (None, None) => match unmarked_wide(&start) {
            Some(wide) => (certain(wide), 0),
            None => (narrow(&start, input)?, 0),
        },
    };
    let encoding = found.encoding;
    let mut sample = Vec::new();
    if is_narrow(encoding) {
        sample.extend_from_slice(&start[mark..]);
    } else {
        Utf8Stream::new(&start[mark..], encoding).read_to_end(&mut sample).map_err(io)?;
    }
    if start.len() == SAMPLE
        && let Some(end) = memchr::memrchr2(b'\n', b'\r', &sample)
    {
        sample.truncate(end + 1);
    }
    let letters = if is_narrow(encoding) && encoding != Wide::Plain(UTF_8) { encoding } else { Wide::Plain(UTF_8) };
    let Guess { dialect, width, cr_usual, guards, mut doubts, mut considered } =
        guess(&sample, start.len() == SAMPLE, choice, &|dialect| splitter(letters, dialect).ok());
    // An error of the delimiter is told before anything is read.
    splitter(encoding, &dialect)?;
    if let Some(thin) = found.doubt {
        let signs = |page: Wide| thin.signs(page).map(|signs| format!("in {} it holds {signs}", page.name()));
        if let Some(first) = considered.first_mut() {
            let others = thin.others.iter().map(|page| Considered {
                encoding: Some(*page),
                reasons: vec![signs(*page).unwrap_or_else(|| "other letters beyond ASCII".to_owned())],
                ..first.clone()
            });
            let others: Vec<Considered> = others.collect();
            first.reasons.extend(signs(encoding));
            // What is asked comes beside the reading that is taken.
            considered.splice(1..1, others);
        }
        doubts.push(Doubt::Encoding { name: encoding.name(), bytes: thin.bytes });
    }
    Ok(Survey { encoding, mark, dialect, width, cr_usual, guards, doubts, considered })
}

/// Records can be told apart in the bytes as they stand.
fn is_narrow(encoding: Wide) -> bool {
    matches!(encoding, Wide::Plain(e) if e == UTF_8 || e.is_single_byte())
}
