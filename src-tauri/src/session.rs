//! What the window has open: one project, its jobs, and what is remembered between starts.

use std::{
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use engine::{
    Project,
    project::{
        Environment,
        facts::{ProjectFacts, Touched},
    },
};

use crate::{
    error::{Answer, caught},
    jobs::Jobs,
    paths::FileDialogs,
    places::Places,
    recents::Recents,
    requests::{AppState, Edited, JobKind, WireError},
};

/// A handle; its clones share one session.
#[derive(Clone)]
pub struct Session {
    pub(crate) environment: Environment,
    pub(crate) places: Places,
    pub(crate) dialogs: Arc<dyn FileDialogs>,
    pub(crate) jobs: Jobs,
    recents: Arc<Recents>,
    open: Arc<Mutex<Option<Project>>>,
    notice: Arc<Mutex<Option<String>>>,
}

impl Session {
    pub fn new(environment: Environment, places: Places, dialogs: Box<dyn FileDialogs>) -> Self {
        Self {
            environment,
            recents: Arc::new(Recents::new(places.config.as_deref())),
            places,
            dialogs: Arc::from(dialogs),
            jobs: Jobs::default(),
            open: Arc::default(),
            notice: Arc::default(),
        }
    }

    pub fn state(&self) -> Answer<AppState> {
        let project = match &mut *self.lock() {
            Some(project) => Some(self.facts(project)?),
            None => None,
        };
        Ok(AppState {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            project,
            recents: self.recents.all(),
            user: self.environment.user.clone(),
            notice: self.notice().clone(),
        })
    }

    /// Asks the open project something.
    pub(crate) fn ask<T>(&self, ask: impl FnOnce(&mut Project) -> engine::Result<T>) -> Answer<T> {
        let mut open = self.lock();
        Ok(ask(open.as_mut().ok_or_else(none_open)?)?)
    }

    /// Changes something; the answer is the project as it is then, and what is out of date.
    pub(crate) fn edit(&self, edit: impl FnOnce(&mut Project) -> engine::Result<Touched>) -> Answer<Edited> {
        let mut open = self.lock();
        let project = open.as_mut().ok_or_else(none_open)?;
        let touched = edit(project)?;
        Ok(Edited { project: self.facts(project)?, touched })
    }

    /// A handle of its own on the open project, for what takes long: the window goes on asking this one.
    pub(crate) fn apart(&self) -> Answer<Project> {
        self.ask(|project| project.again())
    }

    /// Like [`Self::apart`], and `begin` is called before another project could be opened.
    pub(crate) fn set_apart<T>(&self, begin: impl FnOnce(Project) -> Answer<T>) -> Answer<T> {
        let mut open = self.lock();
        let apart = open.as_mut().ok_or_else(none_open)?.again()?;
        begin(apart)
    }

    /// Puts another project in the place of the open one. Refused while a job runs.
    pub(crate) fn replace(&self, other: impl FnOnce() -> engine::Result<Project>) -> Answer<ProjectFacts> {
        let mut open = self.lock();
        self.jobs.refuse_if_running()?;
        self.put(&mut open, other()?)
    }

    /// As the last act of the job that made it.
    pub(crate) fn put_made(&self, made: Project) -> Answer<ProjectFacts> {
        self.put(&mut self.lock(), made)
    }

    pub(crate) fn open(&self, path: &Path) -> Answer<ProjectFacts> {
        self.jobs.refuse_if_running()?;
        let mut project = Project::open(path, self.environment.clone())?;
        self.profile(&mut project)?;
        self.replace(|| Ok(project))
    }

    /// A load without a window may have left the profile for later: it is made before anybody looks.
    pub(crate) fn profile(&self, project: &mut Project) -> Answer<bool> {
        let label = "Profiling the snapshot";
        self.jobs.during(JobKind::Profile, label, |watch| Ok(project.profile_snapshot(watch)?))
    }

    /// For a path from a command line: what goes wrong is told on the start screen.
    pub fn open_at_start(&self, path: &Path) {
        if let Err(error) = caught(|| self.open(path)) {
            *self.notice() = Some(error.message);
        }
    }

    pub(crate) fn close(&self) -> Answer<()> {
        let mut open = self.lock();
        self.jobs.refuse_if_running()?;
        *open = None;
        Ok(())
    }

    pub(crate) fn forget_recent(&self, path: &str) -> Answer<AppState> {
        let forgotten = self.recents.forget(path);
        forgotten.map_err(|error| WireError::new("file", format!("The list of recent projects stays: {error}")))?;
        self.state()
    }

    fn put(&self, open: &mut Option<Project>, mut project: Project) -> Answer<ProjectFacts> {
        let facts = self.facts(&mut project)?;
        // The list is a convenience; a full disk is no reason to keep the project shut.
        if let Err(error) = self.recents.add(&facts.path, &facts.name, &(self.environment.now)()) {
            eprintln!("crosswalk: the list of recent projects could not be written: {error}");
        }
        // By the time somebody opens a table, its columns are classified.
        if let Ok(mut ahead) = project.again() {
            tauri::async_runtime::spawn_blocking(move || ahead.prepare());
        }
        *open = Some(project);
        *self.notice() = None;
        Ok(facts)
    }

    pub(crate) fn project(&self) -> Answer<ProjectFacts> {
        let mut open = self.lock();
        self.facts(open.as_mut().ok_or_else(none_open)?)
    }

    fn facts(&self, project: &mut Project) -> Answer<ProjectFacts> {
        let mut facts = project.facts()?;
        // The load that runs now is not one that was left behind.
        if self.jobs.runs(JobKind::Load) {
            facts.partials.clear();
        }
        Ok(facts)
    }

    fn lock(&self) -> MutexGuard<'_, Option<Project>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn notice(&self) -> MutexGuard<'_, Option<String>> {
        self.notice.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn none_open() -> WireError {
    WireError::new("no_project", "No project is open: open one, or make a new one, first.")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::{jobs::Outcome, paths::tests::Nobody};

    fn session(home: &Path) -> Session {
        let places = Places { config: Some(home.join("config")), data: Some(home.join("data")), beside: None };
        Session::new(Environment::system(), places, Box::new(Nobody))
    }

    #[test]
    fn the_project_is_not_taken_from_under_a_running_job() {
        let home = tempfile::tempdir().unwrap();
        let session = session(home.path());
        let job = session.jobs.start(JobKind::Load, "", |watch| {
            let progress = engine::progress::Progress { phase: String::new(), done: 0, total: 0, unit: "", rows: 0 };
            while watch.step(&progress) {
                std::thread::sleep(Duration::from_millis(1));
            }
            Ok(Outcome::default())
        });
        assert!(job.is_ok());
        let refused = session.replace(|| unreachable!("it is refused before anything is opened")).unwrap_err();
        assert_eq!((&*refused.code, session.close().unwrap_err().code), ("refused", "refused".to_owned()));
        assert!(refused.message.contains("being loaded"), "{}", refused.message);
        tauri::async_runtime::block_on(session.jobs.stop(Duration::from_secs(10)));
        session.close().unwrap();
    }

    #[test]
    fn what_cannot_be_opened_at_the_start_is_told_on_the_start_screen() {
        let home = tempfile::tempdir().unwrap();
        let session = session(home.path());
        session.open_at_start(&home.path().join("gone.crosswalk"));
        let state = session.state().unwrap();
        assert!(state.project.is_none() && state.recents.is_empty());
        assert!(state.notice.is_some_and(|notice| notice.contains("gone.crosswalk")));
    }
}
