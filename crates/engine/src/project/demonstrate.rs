//! The demonstration as a project: its files written, loaded, and mapped in part, as a coordinator would have left it
//! after the first meeting.

mod plan;

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use demo::{Demo, FILES};

use super::{ColumnChange, Environment, FieldMapping, LoadRequest, MappingChange, Project, TableChange};
use crate::error::{Error, Result};
use crate::mapping::{Component, MappingStatus, Module};
use crate::path::shown;
use crate::progress::{Progress, Watch};

/// The demonstration's files and decisions are the same for everybody.
const SEED: u64 = 20_260_101;
const NAME: &str = "harbor-marine.crosswalk";
const CLIENT: &str = "Harbor Marine Works";

impl Project {
    /// Writes the demonstration's snapshot into `folder/snapshot` and makes a project of it beside.
    pub fn demo(folder: &Path, environment: Environment, watch: &dyn Watch) -> Result<Self> {
        let path = folder.join(NAME);
        if path.exists() {
            return Err(Error::refused(format!(
                "{} exists already: open it, remove it, or give another folder",
                shown(&path)
            )));
        }
        let snapshot = folder.join("snapshot");
        write_files(&snapshot, watch)?;
        let mut project = Self::create(&path, CLIENT, environment)?;
        let request =
            LoadRequest { paths: vec![snapshot], label: Some("First cut".to_owned()), ..LoadRequest::default() };
        project.load(&request, watch)?;
        project.decide_demo()?;
        Ok(project)
    }

    fn decide_demo(&mut self) -> Result<()> {
        for (tables, disposition, reason, module) in plan::TABLES {
            let keys = tables.iter().map(|t| self.find_table(t)).collect::<Result<Vec<_>>>()?;
            let change = TableChange {
                disposition: Some(*disposition),
                reason: Some((*reason).to_owned()),
                module: Some((*module).to_owned()),
                comment: None,
            };
            self.decide_tables(&keys, &change)?;
        }
        for (name, status, component, get_pat_id, doc_type) in plan::MODULES {
            let order = self.state.module_named(name).map_or(0, |m| m.order);
            let comment = String::new();
            self.put_module(&Module { name: (*name).to_owned(), order, status: *status, comment })?;
            self.put_component(&Component {
                module: (*name).to_owned(),
                component: (*component).to_owned(),
                doc_type: (*doc_type).to_owned(),
                get_pat_id: (*get_pat_id).to_owned(),
                ..Component::default()
            })?;
        }
        for (table, interface) in plan::LINKS {
            let key = self.find_table(table)?;
            self.connect_tables(&[key], interface)?;
        }
        for (column, interface, field, transform, status) in plan::MAPPINGS {
            let (interface, field) = ((*interface).to_owned(), (*field).to_owned());
            let one = FieldMapping { column: self.find_column(column)?, interface, field };
            self.map_columns(std::slice::from_ref(&one))?;
            let Some(mapped) = self.mapping_to(&one) else { continue };
            if !transform.is_empty() || *status != MappingStatus::Mapped {
                let transform = Some((*transform).to_owned());
                let change = MappingChange { transform, status: Some(*status), ..MappingChange::default() };
                self.change_mapping(&mapped.id, &change)?;
            }
        }
        for (column, description) in plan::DESCRIPTIONS {
            let key = self.find_column(column)?;
            let change = ColumnChange { description: Some((*description).to_owned()), ..ColumnChange::default() };
            self.decide_columns(&[key], &change)?;
        }
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
