//! Workbooks out.

#![allow(clippy::wildcard_imports, reason = "handlers speak in the shapes of the wire by the dozen")]
#![allow(
    clippy::needless_pass_by_value,
    clippy::unnecessary_wraps,
    reason = "every handler has the one shape of the list"
)]

use std::path::Path;

use engine::{
    Project,
    project::{self, facts::*},
};

use super::snapshot::counted;
use crate::{error::Answer, jobs::Outcome, requests::*, session::Session};

pub fn export_preview(_: &Session, project: &mut Project, of: ExportOf) -> Answer<ExportPreview> {
    Ok(project.export_preview(of.kind)?)
}

pub fn start_export(session: &Session, wanted: ExportRequest) -> Answer<JobFacts> {
    let label = match wanted.kind {
        ExportKind::Map => "The migration map",
        ExportKind::Samples => "The deidentified samples",
        ExportKind::Profile => "The profile",
    };
    let request = project::ExportRequest { kind: wanted.kind, path: wanted.path.into(), rows: wanted.rows, at: None };
    session.set_apart(|mut project| {
        session.jobs.start(JobKind::Export, label, move |watch| Ok(outcome(project.export(&request, watch)?)))
    })
}

pub fn show_file(session: &Session, written: ExportRequest) -> Answer<()> {
    session.dialogs.show(Path::new(&written.path))
}

fn outcome(exported: Exported) -> Outcome {
    let name = Path::new(&exported.path).file_name().unwrap_or_default().to_string_lossy();
    let message = format!("{name}: {} in {}.", counted(exported.rows, "row"), counted(exported.sheets, "sheet"));
    Outcome { message, path: Some(exported.path), warnings: exported.warnings }
}
