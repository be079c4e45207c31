//! The demonstration: made once among the user's own data, then kept with whatever they did to it.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use engine::{Error, Project, progress::Watch};

use crate::{
    error::Answer,
    jobs::Outcome,
    requests::{JobFacts, JobKind, WireError},
    session::Session,
};

/// Written last, with the project's folder name in it: without it, what lies there is half made.
const STAMP: &str = ".complete";

/// Opens the demonstration as a job; the first time it is made.
pub fn start(session: &Session) -> Answer<JobFacts> {
    let folder = session.places.data.as_ref().map(|data| data.join("demo"));
    let folder = folder.ok_or_else(|| {
        WireError::refused("This system names no folder for data of yours: set HOME, or run `crosswalk demo FOLDER`.")
    })?;
    let with = session.clone();
    session.jobs.start(JobKind::Demo, "The demonstration", move |watch| {
        let project = match complete(&folder) {
            Some(project) => Project::open(&project, with.environment.clone())?,
            None => make(&folder, &with, watch)?,
        };
        let facts = with.put_made(project)?;
        Ok(Outcome { message: format!("{} is open.", facts.name), ..Outcome::default() })
    })
}

fn make(folder: &Path, session: &Session, watch: &dyn Watch) -> engine::Result<Project> {
    let failed = |what, path: &Path| {
        let path = path.to_owned();
        move |source| Error::File { what, path, source }
    };
    // The folder is ours alone, and holds no whole project.
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(failed("a demonstration that was left half made cannot be removed", folder)(error));
        }
        _ => {}
    }
    fs::create_dir_all(folder).map_err(failed("the demonstration's folder cannot be made", folder))?;
    let project = Project::demo(folder, session.environment.clone(), watch)?;
    let stamp = folder.join(STAMP);
    let name = project.path().file_name().unwrap_or_default().to_string_lossy();
    fs::write(&stamp, name.as_bytes()).map_err(failed("the demonstration cannot be marked as whole", &stamp))?;
    Ok(project)
}

fn complete(folder: &Path) -> Option<PathBuf> {
    let name = fs::read_to_string(folder.join(STAMP)).ok()?;
    let project = folder.join(name);
    project.is_dir().then_some(project)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_marked_demonstration_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let project = folder.path().join("Harbor.crosswalk");
        fs::create_dir(&project).unwrap();
        assert_eq!(complete(folder.path()), None);
        fs::write(folder.path().join(STAMP), "Harbor.crosswalk").unwrap();
        assert_eq!(complete(folder.path()), Some(project.clone()));
        fs::remove_dir(&project).unwrap();
        assert_eq!(complete(folder.path()), None);
    }
}
