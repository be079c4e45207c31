//! One file of a load, and what is said of it.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use snapshot::NoteKind;
use snapshot::container::Break;
use snapshot::recognise::Kind;

use super::place::Place;
use super::secret::Secret;
use crate::facts::FileChoice;

/// One file to read, perhaps inside others.
#[derive(Debug, Clone)]
pub struct Input {
    /// As the ledger prints it.
    pub name: String,
    /// Of the file that was given, on the disk: of the archive, where it is in one.
    pub path: PathBuf,
    /// Where its bytes are.
    pub place: Place,
    pub kind: Kind,
    /// For progress: of the packed file, or what the archive claims of the entry.
    pub bytes: u64,
    /// It holds rows of a table that a script declares, in the form that the script or its dump's account says.
    pub rows: bool,
    pub choice: FileChoice,
    /// What opens it.
    pub password: Option<Secret>,
    /// How the reading of its bytes ended.
    pub ended: Arc<Mutex<Arc<Break>>>,
}

impl Input {
    pub fn new(name: String, path: PathBuf, place: Place, kind: Kind, bytes: u64) -> Self {
        let choice = FileChoice::default();
        Self { name, path, place, kind, bytes, rows: false, choice, password: None, ended: Arc::default() }
    }

    /// Bytes of it that a person handed over: what an archive holds counts as packed.
    pub fn handed_over(&self) -> u64 {
        self.place.packed().unwrap_or(self.bytes)
    }

    /// "SQL dump, gzip in zip".
    pub fn label(&self) -> String {
        let kind = if self.rows { "rows of a dump" } else { self.kind.label() };
        match self.place.label() {
            layers if layers.is_empty() => kind.to_owned(),
            layers => format!("{kind}, {layers}"),
        }
    }

    /// What is to be told of its wrapping once it is read: that it broke off, that something stood after it.
    pub fn endings(&self) -> Vec<NoteKind> {
        let ended = self.ended.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let mut notes: Vec<_> = ended.take_warnings().into_iter().map(|text| NoteKind::Warning { text }).collect();
        if let Some((byte, why)) = ended.why() {
            let reason =
                format!("the file breaks off at byte {byte}: {why}. What came before is kept; ask for the file again");
            notes.push(NoteKind::Warning { text: reason.clone() });
            notes.push(NoteKind::Reject { raw: Vec::new(), reason });
        }
        notes
    }
}

/// Where it lies: the folder of the disk, or the archive and the folder within.
pub fn folder(input: &Input) -> PathBuf {
    let own = input.path.file_name().is_some_and(|n| n.to_string_lossy() == last(&input.name));
    if own {
        return input.path.parent().map(Path::to_path_buf).unwrap_or_default();
    }
    input.path.join(input.name.rsplit_once('/').map_or("", |(folder, _)| folder))
}

pub fn last(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

pub fn unpacked(name: &str) -> &str {
    [".gz", ".zst", ".bz2", ".xz"].iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name)
}
