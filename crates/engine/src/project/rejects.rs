//! Rejects: listed, exported, corrected and read again, each by itself.

mod edited;

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use snapshot::Batch;
use snapshot::retry::{self, Fit, Form};

use super::Project;
use super::load::STAGING;
use crate::csv;
use crate::disk::{self, Part};
use crate::error::{Error, Result};
use crate::facts::{ReasonCount, Reject, RejectPage, RejectQuery, RejectText, Retried};
use crate::progress::{Progress, Watch};
use crate::sample::{Cell, mask};
use crate::store::rejects::StagedReject;
use crate::store::staging::Correction;
use crate::store::staging::correct::Rejected;

pub use snapshot::retry::Fit as RecordFit;

/// Bytes of a reject that a list shows.
const LISTED: u64 = 4096;

/// Columns of an export, and of the corrected file that comes back; `id` and `content` are read again.
const COLUMNS: [&str; 12] = [
    "id",
    "file",
    "table",
    "record",
    "line",
    "byte",
    "reason",
    "tried_again",
    "corrected_at",
    "content_is",
    "content",
    "content_base64",
];

/// What `content_is` says: what stood in the file; the same with a `'` before it, which keeps spreadsheet programs from
/// running it and goes when it is read again; or not what stood there.
const RAW: &str = "raw";
const GUARDED: &str = "guarded";
const MASKED: &str = "masked";

/// What is read again.
#[derive(Debug, Clone)]
pub enum Retry {
    /// An exported file, corrected: its `id` and `content`.
    Edited(PathBuf),
    /// One reject, as a person wrote it.
    Text { id: u64, text: String },
    /// Those of delimited text that pass the filter, made to fit the width of their tables.
    Fitted { query: RejectQuery, fit: Fit },
}

impl Project {
    /// Records that could not be loaded; their bytes masked unless `raw`, which is logged.
    pub fn rejects(&mut self, query: &RejectQuery, raw: bool) -> Result<RejectPage> {
        self.refresh()?;
        if raw {
            self.log("listed rejects with raw values")?;
        }
        let staging = &self.in_use()?.staging;
        let mut rejects = Vec::new();
        staging.rejects(query, LISTED, |r| {
            rejects.push(shown(r, raw));
            Ok(())
        })?;
        Ok(RejectPage { total: staging.rejects_passing(query)?, rejects, groups: staging.reject_groups()? })
    }

    /// One reject's record as text, to be edited; this is logged.
    pub fn reject_text(&mut self, id: u64) -> Result<RejectText> {
        self.refresh()?;
        let found = self.in_use()?.staging.reject(id)?;
        let found = found.ok_or_else(|| Error::refused(format!("there is no reject {id}: see `crosswalk rejects`")))?;
        self.log(&format!("opened the reject {id} with its raw record"))?;
        Ok(RejectText { id, text: text_of(&found), bytes: found.length })
    }

    /// Writes the rejects that pass the filter to a CSV file, for a person to correct; masked unless `raw`, which is
    /// logged before and stated in the file. Answers how many, and where the file is: beside `path` where another program
    /// has that open.
    pub fn export_rejects(&mut self, path: &Path, query: &RejectQuery, raw: bool) -> Result<(u64, PathBuf)> {
        self.refresh()?;
        self.in_use()?;
        let part = Part::of(path, (self.environment.random)())?;
        if !raw {
            let count = self.write_rejects(part.path(), query, raw)?;
            let at = self.put_in_place(part, &format!("{count} rejects masked"))?;
            return Ok((count, at));
        }
        // Raw values reach no disk that the log does not know of, whenever the program is stopped.
        self.log("began to export rejects with raw values")?;
        match self.write_rejects(part.path(), query, raw) {
            Ok(count) => {
                let at = self.put_in_place(part, &format!("{count} rejects with raw values"))?;
                Ok((count, at))
            }
            Err(error) => {
                drop(part);
                let _ = self.log("failed to export rejects with raw values: no file was left");
                Err(error)
            }
        }
    }

    fn write_rejects(&self, part: &Path, query: &RejectQuery, raw: bool) -> Result<u64> {
        let said = |source| Error::File { what: "the rejects could not be written", path: part.to_path_buf(), source };
        let mut options = if raw { disk::private() } else { File::options() };
        let file = options.write(true).create_new(true).open(part).map_err(said)?;
        let mut out = BufWriter::new(file);
        // The mark tells spreadsheet programs that it is UTF-8.
        out.write_all("\u{feff}".as_bytes()).map_err(said)?;
        write_record(&mut out, &COLUMNS).map_err(said)?;
        let mut count = 0;
        self.in_use()?.staging.rejects(query, u64::from(u32::MAX), |reject| {
            count += 1;
            write_reject(&mut out, &reject, raw).map_err(said)
        })?;
        out.into_inner().map_err(|e| said(e.into_error()))?.sync_all().map_err(said)?;
        Ok(count)
    }

    /// Reads rejects again, each by itself: what fits now becomes a row of its table, the rest stays. All or nothing,
    /// and kept in the log.
    pub fn retry_rejects(&mut self, wanted: &Retry, watch: &dyn Watch) -> Result<Retried> {
        self.refresh()?;
        let by = self.by();
        let (correction, folder) = self.correction()?;
        let mut round = Round {
            correction,
            batch: Batch::default(),
            who: &by.who,
            at: &by.at,
            watch,
            told: Retried { tried: 0, corrected: 0, rejected: 0, reasons: Vec::new() },
        };
        match wanted {
            Retry::Edited(path) => edited::each(path, |id, content| round.edited(id, &content))?,
            Retry::Text { id, text } => round.edited(*id, &edited::Content::Text(text.clone()))?,
            Retry::Fitted { query, fit } => {
                let query = RejectQuery { open: true, offset: 0, limit: 0, ..query.clone() };
                // Read to the end before anything is written: whoever reads holds up who writes.
                let mut ids = Vec::new();
                self.in_use()?.staging.rejects(&query, 0, |reject| {
                    ids.extend(matches!(reject.form, Some(Form::Delimited(_))).then_some(reject.id));
                    Ok(())
                })?;
                for id in ids {
                    round.fitted(id, *fit)?;
                }
            }
        }
        let Round { correction, mut told, .. } = round;
        told.reasons.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.reason.cmp(&b.reason)));
        if told.tried > 0 {
            let label = format!(
                "read {} rejects again: {} are rows now, {} stay rejected",
                told.tried, told.corrected, told.rejected
            );
            self.close(correction, &folder, watch, &label)?;
        }
        Ok(told)
    }

    /// Takes back the latest retry: its rows go, and their rejects are rejects again. Answers how many; 0 where there
    /// was none.
    pub fn take_back_retry(&mut self, watch: &dyn Watch) -> Result<u64> {
        self.refresh()?;
        let Some((retry, _)) = self.in_use()?.staging.latest_retry()? else { return Ok(0) };
        let (mut correction, folder) = self.correction()?;
        let count = correction.take_back(retry)?;
        self.close(correction, &folder, watch, &format!("took back {count} corrected rejects"))?;
        Ok(count)
    }

    /// Profiles the snapshot in use where its load left that for later; false where there was nothing to do.
    pub fn profile_snapshot(&mut self, watch: &dyn Watch) -> Result<bool> {
        self.refresh()?;
        if self.in_use.as_ref().is_none_or(|snapshot| snapshot.profiled) {
            return Ok(false);
        }
        let (mut correction, folder) = self.correction()?;
        correction.profile_all()?;
        profile(&mut correction, &folder, watch)?;
        correction.finish()?;
        self.use_snapshot()?;
        Ok(true)
    }

    fn correction(&self) -> Result<(Correction, PathBuf)> {
        self.decisions.may_write()?;
        let folder = self.folder.join("snapshots").join(&self.in_use()?.id);
        Ok((Correction::begin(&folder.join(STAGING))?, folder))
    }

    fn close(&mut self, mut correction: Correction, folder: &Path, watch: &dyn Watch, label: &str) -> Result<()> {
        // Figures that were left for later stay so.
        if self.in_use()?.profiled {
            profile(&mut correction, folder, watch)?;
        }
        let rows = correction.finish()?;
        self.use_snapshot()?;
        let snapshot = self.in_use()?;
        let (open, _) = snapshot.staging.reject_counts()?;
        let id = snapshot.id.clone();
        let by = self.by();
        self.decisions.correct_snapshot(&id, rows, open, label, &by)?;
        self.refresh()
    }

    fn log(&mut self, label: &str) -> Result<()> {
        let by = self.by();
        self.decisions.act(&by, label)
    }
}

fn profile(correction: &mut Correction, folder: &Path, watch: &dyn Watch) -> Result<()> {
    let path = folder.join("correction.scratch");
    let said = |source| Error::File { what: "the profile could not be made", path: path.clone(), source };
    let mut scratch = disk::private().create(true).truncate(true).open(&path).map_err(said)?;
    let profiled = correction.profile(&mut scratch, |table, done, total| {
        let phase = format!("Profiling {table}");
        watch.step(&Progress { phase, done, total, unit: "rows", rows: done })
    });
    drop(scratch);
    let _ = fs::remove_file(&path);
    profiled
}

/// One retry while it goes on.
struct Round<'a> {
    correction: Correction,
    batch: Batch,
    who: &'a str,
    at: &'a str,
    watch: &'a dyn Watch,
    told: Retried,
}

impl Round<'_> {
    fn edited(&mut self, id: u64, content: &edited::Content) -> Result<()> {
        let Some(reject) = self.correction.reject(id)? else {
            return Err(Error::refused(format!(
                "there is no reject {id} in the snapshot in use: was the file exported from another snapshot?"
            )));
        };
        // An export lists them all; those that are rows already are left alone.
        if reject.corrected {
            return Ok(());
        }
        let bytes = match (content, &reject.form) {
            (edited::Content::Bytes(bytes), _) => Some(bytes.clone()),
            (edited::Content::Text(text), Some(form)) => form.bytes(text),
            (edited::Content::Text(text), None) => Some(text.clone().into_bytes()),
        };
        match bytes {
            Some(bytes) => self.again(&reject, &bytes),
            None => self.stays(id, "it holds a character that the character set of its file does not have"),
        }
    }

    fn fitted(&mut self, id: u64, fit: Fit) -> Result<()> {
        let Some(reject) = self.correction.reject(id)? else { return Ok(()) };
        let Some(form) = &reject.form else { return Ok(()) };
        let Some(table) = reject.table else { return Ok(()) };
        let width = self.correction.table(table)?.def.columns.len();
        let content = retry::fitted(form, width, &reject.raw, fit);
        self.again(&reject, &content)
    }

    fn again(&mut self, reject: &Rejected, content: &[u8]) -> Result<()> {
        let phase = "Reading rejects again".to_owned();
        let done = self.told.tried;
        if !self.watch.step(&Progress { phase, done, total: 0, unit: "rejects", rows: self.told.corrected }) {
            return Err(Error::Cancelled);
        }
        let (Some(table), Some(form)) = (reject.table, &reject.form) else {
            let reason = format!(
                "records of this kind ({}) cannot be read again by themselves: correct the file and load it again",
                reject.kind
            );
            return self.stays(reject.id, &reason);
        };
        let def = &self.correction.table(table)?.def;
        match retry::record(form, def, content, &mut self.batch) {
            Ok(()) => {
                self.told.tried += 1;
                self.told.corrected += 1;
                self.correction.place(reject.id, table, &self.batch, self.who, self.at)
            }
            Err(reason) => self.stays(reject.id, &reason),
        }
    }

    fn stays(&mut self, id: u64, reason: &str) -> Result<()> {
        self.told.tried += 1;
        self.told.rejected += 1;
        match self.told.reasons.iter_mut().find(|r| r.reason == reason) {
            Some(there) => there.count += 1,
            None => self.told.reasons.push(ReasonCount { reason: reason.to_owned(), count: 1 }),
        }
        self.correction.keep(id, reason)
    }
}

fn shown(r: StagedReject, raw: bool) -> Reject {
    let cell = Cell::Text(String::from_utf8_lossy(&r.raw).into_owned());
    Reject {
        id: r.id,
        file: r.file,
        table: r.table,
        record: r.record,
        line: r.line,
        byte: r.byte,
        length: r.length,
        reason: r.reason,
        tried_again: r.tried_again,
        raw: if raw { mask::exact(&cell) } else { mask::mask(&cell) },
        corrected_at: r.corrected_at,
        corrected_by: r.corrected_by,
        retriable: r.form.is_some(),
    }
}

/// The record as text without the end of its line, if that is to be had without loss.
fn text_of(reject: &StagedReject) -> Option<String> {
    let text = match &reject.form {
        Some(form) => form.text(&reject.raw)?,
        None => String::from_utf8(reject.raw.clone()).ok()?,
    };
    let end = text.trim_end_matches(['\r', '\n']).len();
    Some(text[..end].to_owned())
}

fn write_reject(out: &mut impl Write, reject: &StagedReject, raw: bool) -> std::io::Result<()> {
    let (content, base64) = match text_of(reject) {
        _ if !raw => (mask::mask(&Cell::Text(String::from_utf8_lossy(&reject.raw).into_owned())).text, String::new()),
        Some(text) => (text, String::new()),
        None => (String::new(), STANDARD.encode(&reject.raw)),
    };
    let content_is = match raw {
        true if csv::is_formula(&content) => GUARDED,
        true => RAW,
        false => MASKED,
    };
    let number = |n: u64| n.to_string();
    write_record(
        out,
        &[
            &number(reject.id),
            &reject.file,
            reject.table.as_deref().unwrap_or_default(),
            &number(reject.record),
            &number(reject.line),
            &number(reject.byte),
            &reject.reason,
            reject.tried_again.as_deref().unwrap_or_default(),
            reject.corrected_at.as_deref().unwrap_or_default(),
            content_is,
            &content,
            &base64,
        ],
    )
}

/// No field of it runs in a spreadsheet program.
fn write_record(out: &mut impl Write, fields: &[&str]) -> std::io::Result<()> {
    let guarded: Vec<_> = fields.iter().map(|field| csv::guarded(field)).collect();
    let record = csv::record(guarded.iter().map(|field| Some(field.as_ref()).filter(|field| !field.is_empty())));
    out.write_all(record.as_bytes())?;
    out.write_all(b"\r\n")
}

#[cfg(test)]
mod tests;
