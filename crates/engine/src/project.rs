//! The façade: every capability is a verb of [`Project`], and the CLI and the window are two skins over it. The only
//! place that joins the concepts, the stores and the workbooks.
//!
//! Long work (a load, an export) runs on a handle of its own, made with [`Project::again`]; other handles see what came
//! of it at their next call.

mod analyze;
mod conform;
mod decide;
mod demonstrate;
mod environment;
mod exports;
mod find;
mod follow;
mod inventory;
mod load;
mod map;
mod misfits;
mod modules;
mod people;
mod prove;
mod rejects;
mod relationships;
mod samples;
mod snapshots;
mod state;
mod tables;
mod values;

use std::collections::{BTreeSet, HashMap};
use std::fs::OpenOptions;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub use crate::facts;

pub use decide::{ColumnChange, TableChange};
pub use environment::Environment;
pub use exports::{ExportRequest, ROWS as SAMPLE_ROWS};
pub use inventory::IssueQuery;
pub use load::{GROWTH, GROWTH_FREE, LoadRequest, Loaded, Secret};
pub use map::{FieldMapping, MappingChange};
pub use rejects::{RecordFit, Retry};
pub use samples::SampleQuery;
pub use values::{ValueOrder, ValueQuery};

use crate::disk::{self, Claim, Holder};
use crate::error::{Error, Result};
use crate::facts::{ProjectFacts, Touched};
use crate::mapping::{Change, Edit, Settings};
use crate::path::{shown, unfit, whole};
use crate::sample::leak::Roster;
use crate::source::TableKey;
use crate::store;
use crate::store::decisions::{By, Decisions, Known, Outcome};
use snapshots::InUse;
use state::State;

/// An engagement: one client's migration, on disk a folder `NAME.crosswalk`.
pub struct Project {
    folder: PathBuf,
    environment: Environment,
    claim: Arc<Claim>,
    /// The service that copies the folder to a cloud.
    cloud: Option<&'static str>,
    decisions: Decisions,
    state: Arc<State>,
    /// The newest edit that the state comes from.
    known: Known,
    /// The snapshot in use: the newest, unless another was chosen.
    in_use: Option<InUse>,
    /// Why the one that is meant cannot be opened.
    lost: Option<String>,
    chosen: Option<String>,
    /// Tables whose raw values are showing, for as long as this handle lives.
    unmasked: BTreeSet<TableKey>,
    /// Decisions that do not fit the snapshot in use.
    misfits: Option<misfits::Misfits>,
    derived: Arc<Derived>,
}

/// What takes long to derive; shared by all handles that came of one another. Whoever comes second waits for the first.
#[derive(Default)]
struct Derived {
    /// What the rules say of snapshots.
    rules: Mutex<HashMap<String, Arc<samples::Rules>>>,
    treatments: Mutex<Option<(Stamp, Arc<samples::Treatments>)>>,
    roster: Mutex<Option<(Stamp, Arc<Roster>)>>,
    /// Of tables that were looked at, what enough people hold.
    common: Mutex<Option<(Stamp, people::ByTable)>>,
    /// Which columns point at which tables, by the snapshot's stamp.
    relationships: Mutex<Option<(String, Arc<relationships::Known>)>>,
    /// What the values of columns look like, by the snapshot's stamp and the tables that were looked at closely.
    kinds: Mutex<Option<(Stamp, Arc<find::Kinds>)>>,
    /// The places, and the rows of one, of the last value that was looked for.
    places: Mutex<Option<find::LastPlaces>>,
    found: Mutex<Option<find::LastFound>>,
    followed: Mutex<Option<Arc<follow::Followed>>>,
    /// Files that were looked at before a load.
    looked_at: Mutex<load::Known>,
}

/// What a thread that panicked left half done is done anew.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The snapshot, and the decisions on privacy or what else changes, that something was derived from.
type Stamp = (String, u64);

const DECISIONS: &str = "decisions.db";
/// The end of every project folder's name.
const ENDING: &str = "crosswalk";
/// Lies in the folder to be opened by a double-click: only macOS knows folders that a program opens.
const OPENER: &str = "Open in Crosswalk.crosswalk";
const OPENER_TEXT: &str = "Opening this file opens the Crosswalk project in this folder. It holds no data.\n";

impl Project {
    /// Makes a new project; `.crosswalk` is put to the name where it is missing. What is there already is never touched.
    pub fn create(path: &Path, client: &str, environment: Environment) -> Result<Self> {
        let folder = with_ending(path);
        if folder.exists() {
            return Err(Error::refused(format!("{} exists already: open it, or choose another name", shown(&folder))));
        }
        let said = |source| Error::File { what: "the project could not be made", path: folder.clone(), source };
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        if let Some(why) = unfit(&name) {
            return Err(Error::refused(format!(
                "a project cannot be named {name} on every system: {why}. Choose another name"
            )));
        }
        // Those above are not ours.
        folder.parent().map_or(Ok(()), std::fs::create_dir_all).map_err(said)?;
        disk::make_folder(&folder).map_err(said)?;
        // Whole, as Windows takes it whatever its length.
        let folder = whole(&folder).map_err(said)?;
        disk::make_folder(&folder.join("snapshots")).map_err(said)?;
        std::fs::write(folder.join(OPENER), OPENER_TEXT).map_err(said)?;
        let claim = claim(&folder, &environment);
        let mut decisions = Decisions::create(&folder.join(DECISIONS))?.claimed(&claim);
        let named = if client.trim().is_empty() { name_of(&folder) } else { client.trim().to_owned() };
        let settings = Settings { client: named, who: environment.user.clone() };
        let by = By { who: environment.user.clone(), at: (environment.now)() };
        decisions.act(&by, "made the project")?;
        let mut project = Self::around(folder, environment, claim, decisions)?;
        project.decisions.settle(&settings)?;
        Arc::make_mut(&mut project.state).settings = settings;
        Ok(project)
    }

    /// Opens the project in a folder, whose name may stand without `.crosswalk`, or the one that holds a file.
    pub fn open(path: &Path, environment: Environment) -> Result<Self> {
        let Some(folder) = folder_meant(path) else {
            return Err(Error::refused(format!(
                "{} is no Crosswalk project: it has no decisions.db. `crosswalk new PROJECT` makes one",
                shown(path)
            )));
        };
        let folder = whole(&folder).unwrap_or(folder);
        let file = folder.join(DECISIONS);
        can_be_written(&file)?;
        let claim = claim(&folder, &environment);
        let decisions = Decisions::open(&file)?.claimed(&claim);
        // Whoever opens it first has it, before anything is changed.
        let _ = claim.take();
        Self::around(folder, environment, claim, decisions)
    }

    /// Another handle on the same folder, for work of its own thread. It costs little: what this one knows is shared.
    pub fn again(&self) -> Result<Self> {
        let decisions = Decisions::open(&self.folder.join(DECISIONS))?.claimed(&self.claim);
        let in_use = self.in_use.as_ref().and_then(|snapshot| snapshot.again(&self.folder).ok());
        let mut again = Self {
            folder: self.folder.clone(),
            environment: self.environment.clone(),
            claim: Arc::clone(&self.claim),
            cloud: self.cloud,
            decisions,
            state: Arc::clone(&self.state),
            known: self.known.elsewhere(),
            in_use,
            lost: self.lost.clone(),
            chosen: self.chosen.clone(),
            unmasked: self.unmasked.clone(),
            misfits: None,
            derived: Arc::clone(&self.derived),
        };
        again.refresh()?;
        Ok(again)
    }

    fn around(folder: PathBuf, environment: Environment, claim: Arc<Claim>, decisions: Decisions) -> Result<Self> {
        disk::close_to_others(&folder);
        store::put_aside_in(&folder)?;
        // Known before it is read: what is written in between is taken in later.
        let known = decisions.known()?;
        let state = Arc::new(State::read(&decisions)?);
        let mut project = Self {
            cloud: disk::synchronised(&folder),
            folder,
            environment,
            claim,
            decisions,
            state,
            known,
            in_use: None,
            lost: None,
            chosen: None,
            unmasked: BTreeSet::new(),
            misfits: None,
            derived: Arc::default(),
        };
        project.use_snapshot()?;
        Ok(project)
    }

    pub fn path(&self) -> &Path {
        &self.folder
    }

    pub fn facts(&mut self) -> Result<ProjectFacts> {
        self.refresh()?;
        let (undo, redo) = self.decisions.next_steps()?;
        Ok(ProjectFacts {
            path: shown(&self.folder),
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
            warnings: self.warnings(),
        })
    }

    /// What a person should know of the place the project is in.
    fn warnings(&self) -> Vec<String> {
        let others = self.decisions.may_write().err().map(|refused| refused.to_string());
        let cloud = self.cloud.map(|service| {
            format!(
                "This project lies in a folder that {service} copies to a cloud, with all the health records in it. Close \
                 it and move its folder to one that stays on this computer"
            )
        });
        others.into_iter().chain(cloud).collect()
    }

    /// Who decides from now on.
    pub fn set_who(&mut self, who: &str) -> Result<()> {
        let who = who.trim();
        if who.is_empty() {
            return Err(Error::refused("a name is needed: decisions say who made them"));
        }
        self.refresh()?;
        let settings = Settings { who: who.to_owned(), ..self.state.settings.clone() };
        self.decisions.settle(&settings)?;
        Arc::make_mut(&mut self.state).settings = settings;
        Ok(())
    }

    /// Takes the latest edit back; `None`: there is none.
    pub fn undo(&mut self) -> Result<Option<(String, Touched)>> {
        self.refresh()?;
        let (by, known) = (self.by(), self.look_again());
        let stepped = self.decisions.undo(known, &by)?;
        self.stepped(stepped)
    }

    /// Makes the edit again that was taken back last; `None`: there is none.
    pub fn redo(&mut self) -> Result<Option<(String, Touched)>> {
        self.refresh()?;
        let (by, known) = (self.by(), self.look_again());
        let stepped = self.decisions.redo(known, &by)?;
        self.stepped(stepped)
    }

    fn stepped(&mut self, stepped: Outcome<Option<(Edit, Known)>>) -> Result<Option<(String, Touched)>> {
        let Some((edit, known)) = self.not_overtaken(stepped)? else { return Ok(None) };
        let inverse = edit.inverse(|key| self.state.records.get(key));
        let touched = self.absorb(&edit, &inverse, known)?;
        Ok(Some((edit.label, touched)))
    }

    /// The log, newest first.
    pub fn history(&mut self, offset: u64, limit: u64) -> Result<Vec<facts::LogLine>> {
        self.decisions.history(offset, limit)
    }

    fn who(&self) -> String {
        let kept = &self.state.settings.who;
        if kept.is_empty() || self.environment.user_is_meant { self.environment.user.clone() } else { kept.clone() }
    }

    fn by(&self) -> By {
        By { who: self.who(), at: (self.environment.now)() }
    }

    /// An id that nothing else has, after a letter for what it is.
    fn new_id_for(&self, taken: impl Fn(&str) -> bool, letter: &str) -> String {
        loop {
            let id = format!("{letter}{:012x}", (self.environment.random)() & 0xffff_ffff_ffff);
            if !taken(&id) {
                return id;
            }
        }
    }

    /// Makes an edit, unless it changes nothing.
    fn edit(&mut self, edit: &Edit) -> Result<Touched> {
        let inverse = edit.inverse(|key| self.state.records.get(key));
        if edit.changes.iter().all(|change| self.is_so(change)) {
            return Ok(Touched::default());
        }
        let (by, known) = (self.by(), self.look_again());
        let made = self.decisions.apply(edit, &inverse, known, &by)?;
        let known = self.not_overtaken(made)?;
        self.absorb(edit, &inverse, known)
    }

    /// Whether a change says what stands there already, whatever the time.
    fn is_so(&self, change: &Change) -> bool {
        let there = self.state.records.get(&change.key());
        match (change, there) {
            (Change::Put(record), Some(there)) => record.says_the_same(&there),
            (Change::Remove(_), None) => true,
            _ => false,
        }
    }

    /// Another handle's edit, between the look at the decisions and this one's, may have changed what was meant.
    fn not_overtaken<T>(&mut self, outcome: Outcome<T>) -> Result<T> {
        match outcome {
            Outcome::Done(done) => Ok(done),
            Outcome::Overtaken => {
                self.refresh()?;
                Err(Error::refused(
                    "somebody else changed this project at the same moment: see what it says now, and do it again",
                ))
            }
        }
    }

    /// Before an edit is written: should this end before it is taken in, the next look finds it.
    fn look_again(&mut self) -> Known {
        let known = self.known;
        self.known = known.elsewhere();
        known
    }

    /// Takes an edit in that was written.
    fn absorb(&mut self, edit: &Edit, inverse: &Edit, known: Known) -> Result<Touched> {
        Arc::make_mut(&mut self.state).apply(edit);
        self.known = known;
        self.fit_again(edit)?;
        Ok(Touched::by(edit.changes.iter().chain(&inverse.changes)))
    }

    /// Takes in what other handles wrote.
    fn refresh(&mut self) -> Result<()> {
        if let Some((edits, known)) = self.decisions.news(self.known)? {
            let settings = self.decisions.settings()?;
            if self.state.settings != settings {
                Arc::make_mut(&mut self.state).settings = settings;
            }
            for edit in edits {
                Arc::make_mut(&mut self.state).apply(&edit);
                self.fit_again(&edit)?;
            }
            self.known = known;
        }
        self.use_snapshot()
    }
}

/// On a share, a disc or a stick that is read-only SQLite would find nothing better to say than that it cannot open it.
fn can_be_written(file: &Path) -> Result<()> {
    let Err(error) = OpenOptions::new().write(true).open(file) else { return Ok(()) };
    if !matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem) {
        return Ok(());
    }
    Err(Error::refused(format!(
        "{} may not be written here: copy the project's folder to a disk of your own, and open the copy",
        shown(file)
    )))
}

fn claim(folder: &Path, environment: &Environment) -> Arc<Claim> {
    let Environment { account, computer, now, .. } = environment;
    Arc::new(Claim::new(folder, Holder { who: account.clone(), computer: computer.clone(), since: now() }))
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

/// The project that a path means, if it is one.
fn folder_meant(path: &Path) -> Option<PathBuf> {
    let is_project = |folder: &Path| folder.join(DECISIONS).is_file();
    let named = [path.to_path_buf(), with_ending(path)];
    named.into_iter().find(|folder| is_project(folder)).or_else(|| {
        // A file that is named alone has its folders only in front of the one we are in.
        let file = std::path::absolute(path).ok().filter(|path| path.is_file())?;
        file.ancestors().skip(1).find(|folder| is_project(folder)).map(Path::to_path_buf)
    })
}

fn name_of(folder: &Path) -> String {
    folder.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}
