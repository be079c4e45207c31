//! The workbooks. Each is written beside its target under another name, searched for the people of the snapshot,
//! forced to the disk and only then given its name: a name that is there is a workbook that is whole and clean.

mod map_content;
mod profile_content;
mod sample_rows;

use std::fs::File;
use std::path::{Path, PathBuf};

use super::Project;
use crate::disk::Part;
use crate::error::{Error, Result};
use crate::facts::{ExportKind, ExportPreview, Exported, TableQuery};
use crate::path::{made_fit, shown};
use crate::progress::{Progress, Watch};
use crate::sample::leak::{ExemptTexts, scan};
use crate::workbook::{Written, map, profile, samples};

#[derive(Debug, Clone)]
pub struct ExportRequest {
    pub kind: ExportKind,
    pub path: PathBuf,
    /// Sample rows a table; of a profile, the fewest rows that a value must have to be listed.
    pub rows: Option<u64>,
    /// The declared time of the export, RFC 3339; now where it is absent.
    pub at: Option<String>,
}

/// Sample rows a table, unless asked otherwise.
pub const ROWS: u64 = 20;
/// Values of a profile that fewer rows hold are left out, unless asked otherwise.
pub const LEAST: u64 = 5;

impl Project {
    /// What an export will contain, before it is made.
    pub fn export_preview(&mut self, kind: ExportKind) -> Result<ExportPreview> {
        self.refresh()?;
        self.profiled()?;
        let counts = self.counts()?;
        let mut remarks = Vec::new();
        if counts.tables_decided < counts.tables {
            remarks.push(format!(
                "{} of {} tables are undecided",
                counts.tables - counts.tables_decided,
                counts.tables
            ));
        }
        let (name, sheets) = match kind {
            ExportKind::Map => {
                if counts.required_missing > 0 {
                    remarks.push(format!("{} required target fields have no mapping", counts.required_missing));
                }
                if counts.misfits > 0 {
                    remarks.push(format!("{} decisions no longer fit the snapshot", counts.misfits));
                }
                let content = self.map_content(&(self.environment.now)())?;
                ("migration map", map::sheets(&content.book()))
            }
            ExportKind::Samples => {
                let plan = self.sample_plan(&super::SampleQuery { limit: 1, ..super::SampleQuery::default() })?;
                remarks = vec![format!(
                    "{} columns pass, {} get surrogates, {} are reduced, {} are dropped",
                    plan.passed, plan.surrogated, plan.reduced, plan.dropped
                )];
                let tables = self.tables(&TableQuery::default())?.rows;
                ("deidentified samples", samples::sheets(&tables, ROWS))
            }
            ExportKind::Profile => {
                remarks.clear();
                let analyzed = self.analyses()?.summaries(self.profiled()?.edition())?.len() as u64;
                if analyzed < counts.tables {
                    let left = counts.tables - analyzed;
                    remarks.push(format!("{left} of {} tables are analyzed first: it reads every row", counts.tables));
                }
                let tables = self.tables(&TableQuery::default())?.rows;
                ("profile", profile::sheets(&tables))
            }
        };
        if counts.rejects > 0 {
            remarks.push(format!("{} records of the snapshot were rejected: they are in no workbook", counts.rejects));
        }
        let default_name = format!("{} {name}.xlsx", file_name(&self.state.settings.client));
        Ok(ExportPreview { kind, default_name, sheets, remarks })
    }

    /// Writes a workbook. Refused, leaving no file, where it holds anything that identifies a person of the snapshot.
    pub fn export(&mut self, request: &ExportRequest, watch: &dyn Watch) -> Result<Exported> {
        self.refresh()?;
        self.profiled()?;
        self.decisions.may_write()?;
        let at = request.at.clone().unwrap_or_else(|| (self.environment.now)());
        let part = Part::of(&request.path, (self.environment.random)())?;
        let (written, bytes) = self.write_and_search(request, &at, part.path(), watch)?;
        let what = match request.kind {
            ExportKind::Map => "the migration map",
            ExportKind::Samples => "deidentified samples",
            ExportKind::Profile => "the profile",
        };
        let path = self.put_in_place(part, what)?;
        Ok(exported(written, &request.path, &path, bytes))
    }

    /// Gives an export its name. The log has it before: no file may be there that the log does not know of.
    pub(super) fn put_in_place(&mut self, part: Part, what: &str) -> Result<PathBuf> {
        let by = self.by();
        self.decisions.act(&by, &format!("exported {what}"))?;
        let path = part.target().to_path_buf();
        part.name().map_err(|source| {
            // Why there is no file is told in any case.
            let _ = self.decisions.act(&by, &format!("failed in the end to export {what}: no file was left"));
            Error::File { what: "the export is complete but could not be put in its place", path, source }
        })
    }

    fn write_and_search(
        &mut self,
        request: &ExportRequest,
        at: &str,
        part: &Path,
        watch: &dyn Watch,
    ) -> Result<(Written, u64)> {
        let mut exempt = ExemptTexts::default();
        step(watch, "Gathering the people to search for", 0)?;
        let roster = self.roster()?;
        let written = match request.kind {
            ExportKind::Map => {
                step(watch, "Gathering tables and columns", 0)?;
                self.write_map(part, at, &mut exempt, watch)?
            }
            ExportKind::Profile => self.write_profile(part, request.rows.unwrap_or(LEAST), at, &mut exempt, watch)?,
            ExportKind::Samples => self.write_samples(part, request.rows.unwrap_or(ROWS), at, &mut exempt, watch)?,
        };
        step(watch, "Forcing the workbook to the disk", written.rows)?;
        let said = |source| Error::File { what: "the workbook could not be read back", path: part.to_owned(), source };
        let file = File::options().read(true).write(true).open(part).map_err(said)?;
        file.sync_all().map_err(said)?;
        let hits = scan(|| File::open(part), &roster, &exempt, watch)?;
        if !hits.is_empty() {
            let places: Vec<String> =
                hits.iter().take(5).map(|h| format!("{} {} ({:?})", h.part, h.place, h.class)).collect();
            return Err(Error::refused(format!(
                "the workbook was not kept: {} places in it match a person of the snapshot: {}. Set those columns to \
                 be dropped or replaced (Samples), or reword the text, and export again",
                hits.len(),
                places.join("; ")
            )));
        }
        Ok((written, file.metadata().map_err(said)?.len()))
    }
}

/// What is told of a workbook that was wanted at one path and is at another where the first was held.
pub(super) fn exported(written: Written, wanted: &Path, at: &Path, bytes: u64) -> Exported {
    let mut warnings = written.warnings;
    if at != wanted {
        let text = format!(
            "{} could not be replaced, for it is read-only or open in another program: the new workbook is {}",
            shown(wanted),
            shown(at)
        );
        warnings.insert(0, text);
    }
    Exported { path: shown(at), bytes, sheets: written.sheets, rows: written.rows, warnings }
}

fn step(watch: &dyn Watch, phase: &str, rows: u64) -> Result<()> {
    let on = watch.step(&Progress { phase: phase.to_owned(), done: 0, total: 0, unit: "tables", rows });
    if on { Ok(()) } else { Err(Error::Cancelled) }
}

fn file_name(client: &str) -> String {
    let kept = made_fit(client);
    if kept.is_empty() { "Crosswalk".to_owned() } else { kept }
}

#[cfg(test)]
mod tests;
