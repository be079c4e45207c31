//! The façade: every capability is a verb of [`Project`], and the CLI and the window are two skins over it. The only
//! place that joins the concepts, the stores and the workbooks.
//!
//! Long work (a load, an export) runs on a handle of its own, made with [`Project::again`]; other handles see what came
//! of it at their next call.

mod conform;
mod decide;
mod demonstrate;
mod exports;
mod here;
mod load;
mod map;
mod modules;
mod people;
mod prove;
mod rejects;
mod samples;
mod snapshots;
mod state;
mod tables;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use crate::facts;

pub use decide::{ColumnChange, TableChange};
pub use exports::{ExportRequest, ROWS as SAMPLE_ROWS};
pub use here::Here;
pub use load::{GROWTH, GROWTH_FREE, LoadRequest, Loaded, Secret};
pub use map::MappingChange;
pub use rejects::{RecordFit, Retry};
pub use samples::SampleQuery;

use crate::disk;
use crate::error::{Error, Result};
use crate::facts::ProjectFacts;
use crate::mapping::{Edit, Record, Settings};
use crate::sample::leak::Roster;
use crate::source::TableKey;
use crate::store;
use crate::store::decisions::{By, Decisions};
use snapshots::InUse;
use state::State;

/// An engagement: one client's migration, on disk a folder `NAME.crosswalk`.
pub struct Project {
    folder: PathBuf,
    here: Here,
    decisions: Decisions,
    state: State,
    /// The snapshot in use: the newest, unless another was chosen.
    in_use: Option<InUse>,
    /// Why the one that is meant cannot be opened.
    lost: Option<String>,
    chosen: Option<String>,
    /// Tables whose raw values are showing, for as long as this handle lives.
    unmasked: BTreeSet<TableKey>,
    classified: samples::Classified,
    treatments: RefCell<Option<(Stamp, Arc<samples::Treatments>)>>,
    roster: RefCell<Option<(Stamp, Arc<Roster>)>>,
    /// Of tables that were looked at, what enough people hold.
    common: RefCell<Option<(Stamp, people::ByTable)>>,
    /// Files that were looked at before a load.
    looked_at: RefCell<load::Known>,
}

/// The snapshot and the generation of decisions that something was derived from.
type Stamp = (String, u64);

/// The end of every project folder's name.
const ENDING: &str = "crosswalk";

impl Project {
    /// Makes a new project; `.crosswalk` is put to the name where it is missing. What is there already is never touched.
    pub fn create(path: &Path, client: &str, here: Here) -> Result<Self> {
        let folder = with_ending(path);
        if folder.exists() {
            return Err(Error::refused(format!(
                "{} exists already: open it, or choose another name",
                folder.display()
            )));
        }
        let said = |source| Error::File { what: "the project could not be made", path: folder.clone(), source };
        // Those above are not ours.
        folder.parent().map_or(Ok(()), std::fs::create_dir_all).map_err(said)?;
        disk::make_folder(&folder.join("snapshots")).map_err(said)?;
        let mut decisions = Decisions::create(&folder.join("decisions.db"))?;
        let named = if client.trim().is_empty() { name_of(&folder) } else { client.trim().to_owned() };
        let settings = Settings { client: named, who: here.user.clone() };
        let by = By { who: here.user.clone(), at: (here.now)() };
        decisions.act(&by, "made the project")?;
        let mut project = Self::around(folder, here, decisions)?;
        project.decisions.settle("project", &Record::Settings(settings))?;
        project.refresh()?;
        Ok(project)
    }

    pub fn open(path: &Path, here: Here) -> Result<Self> {
        let folder = if path.join("decisions.db").is_file() { path.to_path_buf() } else { with_ending(path) };
        let file = folder.join("decisions.db");
        if !file.is_file() {
            return Err(Error::refused(format!(
                "{} is no Crosswalk project: it has no decisions.db. `crosswalk new PROJECT` makes one",
                path.display()
            )));
        }
        let decisions = Decisions::open(&file)?;
        Self::around(folder, here, decisions)
    }

    /// Another handle on the same folder, for work that runs behind.
    pub fn again(&self) -> Result<Self> {
        let mut again = Self::open(&self.folder, self.here.clone())?;
        again.chosen.clone_from(&self.chosen);
        again.classified = Arc::clone(&self.classified);
        Ok(again)
    }

    fn around(folder: PathBuf, here: Here, decisions: Decisions) -> Result<Self> {
        let folder = folder.canonicalize().unwrap_or(folder);
        disk::close_to_others(&folder);
        store::put_aside_in(&folder)?;
        let mut project = Self {
            folder,
            here,
            decisions,
            state: State::default(),
            in_use: None,
            lost: None,
            chosen: None,
            unmasked: BTreeSet::new(),
            classified: samples::Classified::default(),
            treatments: RefCell::default(),
            roster: RefCell::default(),
            common: RefCell::default(),
            looked_at: RefCell::default(),
        };
        project.refresh()?;
        Ok(project)
    }

    pub fn path(&self) -> &Path {
        &self.folder
    }

    pub fn facts(&mut self) -> Result<ProjectFacts> {
        self.refresh()?;
        let (undo, redo) = self.decisions.next_steps()?;
        Ok(ProjectFacts {
            path: self.folder.display().to_string(),
            name: name_of(&self.folder),
            who: self.who(),
            client: self.state.settings.client.clone(),
            snapshots: self.decisions.snapshots()?,
            snapshot: self.in_use.as_ref().map(|s| s.id.clone()),
            snapshot_lost: self.lost.clone(),
            partials: self.partials()?,
            counts: self.counts()?,
            undo,
            redo,
            unmasked: self.unmasked.iter().cloned().collect(),
        })
    }

    /// Who decides from now on.
    pub fn set_who(&mut self, who: &str) -> Result<()> {
        let who = who.trim();
        if who.is_empty() {
            return Err(Error::refused("a name is needed: decisions say who made them"));
        }
        self.refresh()?;
        let settings = Settings { who: who.to_owned(), ..self.state.settings.clone() };
        self.decisions.settle("project", &Record::Settings(settings))?;
        self.refresh()
    }

    pub fn undo(&mut self) -> Result<Option<String>> {
        let by = self.by();
        let label = self.decisions.undo(&by)?;
        self.refresh()?;
        Ok(label)
    }

    pub fn redo(&mut self) -> Result<Option<String>> {
        let by = self.by();
        let label = self.decisions.redo(&by)?;
        self.refresh()?;
        Ok(label)
    }

    /// The log, newest first.
    pub fn history(&mut self, offset: u64, limit: u64) -> Result<Vec<facts::LogLine>> {
        self.decisions.history(offset, limit)
    }

    fn who(&self) -> String {
        let kept = &self.state.settings.who;
        if kept.is_empty() || self.here.user_is_meant { self.here.user.clone() } else { kept.clone() }
    }

    fn by(&self) -> By {
        By { who: self.who(), at: (self.here.now)() }
    }

    /// An id that nothing else has, after a letter for what it is.
    fn new_id_for(&self, taken: impl Fn(&str) -> bool, letter: &str) -> String {
        loop {
            let id = format!("{letter}{:012x}", (self.here.random)() & 0xffff_ffff_ffff);
            if !taken(&id) {
                return id;
            }
        }
    }

    /// Makes an edit, unless it changes nothing.
    fn edit(&mut self, edit: &Edit) -> Result<()> {
        let changes = edit
            .changes
            .iter()
            .any(|c| self.state.record(c.kind, &c.key).map(without_time) != c.record.clone().map(without_time));
        if !changes {
            return Ok(());
        }
        let by = self.by();
        self.decisions.apply(edit, &by)?;
        self.refresh()
    }

    /// Takes in what other handles wrote.
    fn refresh(&mut self) -> Result<()> {
        self.state.refresh(&self.decisions)?;
        self.use_snapshot()
    }
}

/// Deciding the same again is no edit, although the clock went on.
fn without_time(mut record: Record) -> Record {
    match &mut record {
        Record::Table(r) => r.when.clear(),
        Record::Column(r) => r.when.clear(),
        Record::Link(r) => r.when.clear(),
        Record::Mapping(r) => r.when.clear(),
        Record::Privacy(r) => r.when.clear(),
        Record::Module(_) | Record::Component(_) | Record::Settings(_) => {}
    }
    record
}

fn with_ending(path: &Path) -> PathBuf {
    if path.extension().is_some_and(|e| e == ENDING) {
        return path.to_path_buf();
    }
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".");
    name.push(ENDING);
    path.with_file_name(name)
}

fn name_of(folder: &Path) -> String {
    folder.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}
