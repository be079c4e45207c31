//! The inputs that the fuzz targets start from, and those that once broke a reader, held against the same properties.
//! Each is small, made by us, and named after its trap.

#[path = "../fuzz/src/lib.rs"]
mod properties;

use std::any::Any;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use properties::{Property, TARGETS};

/// One at a time: the heap is measured, and it is everybody's.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What takes longer hangs.
const PATIENCE: Duration = Duration::from_mins(1);

/// What broke, told all together.
#[derive(Default)]
struct Broken(Vec<String>);

impl Broken {
    /// Holds a property against an input, on a thread that can be given up on.
    fn hold(&mut self, name: &str, property: Property, input: Vec<u8>) {
        let (done, ended) = channel();
        let at_work = std::thread::spawn(move || {
            property(&input);
            let _ = done.send(());
        });
        let why = match ended.recv_timeout(PATIENCE) {
            Ok(()) => return,
            Err(RecvTimeoutError::Timeout) => format!("has not ended after {PATIENCE:?}"),
            Err(RecvTimeoutError::Disconnected) => at_work.join().map_or_else(|told| words(&*told), |()| "?".into()),
        };
        self.0.push(format!("{name}: {why}"));
    }

    #[track_caller]
    fn none(self) {
        assert!(self.0.is_empty(), "{} inputs break a property:\n{}", self.0.len(), self.0.join("\n"));
    }
}

fn words(told: &(dyn Any + Send)) -> String {
    let text = told.downcast_ref::<String>().map(String::as_str).or_else(|| told.downcast_ref::<&str>().copied());
    text.unwrap_or("a panic without words").to_owned()
}

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus")
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path()).collect();
    found.sort();
    found
}

#[test]
fn kept_inputs_hold_the_properties() {
    let _alone = alone();
    let mut broken = Broken::default();
    for (target, property) in TARGETS {
        for path in files(&corpus().join(target)) {
            let name = format!("{target}/{}", path.file_name().expect("a file").to_string_lossy());
            broken.hold(&name, property, fs::read(&path).expect("an input"));
        }
    }
    broken.none();
}

/// The same bytes, taken for what they are not.
#[test]
fn inputs_of_another_format_hold_the_properties() {
    let _alone = alone();
    let mut broken = Broken::default();
    for (target, property) in TARGETS.iter().filter(|(t, _)| !t.ends_with("_model")) {
        for (other, _) in TARGETS.iter().filter(|(o, _)| o != target && !o.ends_with("_model")) {
            for path in files(&corpus().join(other)) {
                let name = format!("{other}/{} as {target}", path.file_name().expect("a file").to_string_lossy());
                broken.hold(&name, *property, fs::read(&path).expect("an input"));
            }
        }
    }
    broken.none();
}

/// Bytes of chance, the same every time: from them the models draw files of every shape.
#[test]
fn drawn_files_are_read_as_they_were_drawn() {
    let _alone = alone();
    let mut broken = Broken::default();
    for (target, property) in TARGETS.iter().filter(|(t, _)| t.ends_with("_model")) {
        for seed in 0..60 {
            broken.hold(&format!("{target}, seed {seed}"), *property, chance(seed, 64 + 40 * seed as usize));
        }
    }
    broken.none();
}

/// Every kept input with single bits turned.
#[test]
fn turned_bits_hold_the_properties() {
    let _alone = alone();
    let mut broken = Broken::default();
    for (target, property) in TARGETS.iter().filter(|(t, _)| !t.ends_with("_model")) {
        for path in files(&corpus().join(target)) {
            let whole = fs::read(&path).expect("an input");
            let name = format!("{target}/{}", path.file_name().expect("a file").to_string_lossy());
            for (turn, place) in chance(whole.len() as u64, 12).chunks(4).enumerate().filter(|_| !whole.is_empty()) {
                let mut input = whole.clone();
                let at = u32::from_le_bytes([place[0], place[1], place[2], 0]) as usize % input.len();
                input[at] ^= 1 << (place[3] % 8);
                broken.hold(&format!("{name}, turn {turn}: bit {} of byte {at}", place[3] % 8), *property, input);
            }
        }
    }
    broken.none();
}

/// A target has a program, a folder of inputs and an entry; none is left over.
#[test]
fn every_target_has_inputs_and_a_program() {
    let fuzz = corpus().parent().expect("a folder").to_path_buf();
    let mut targets: Vec<String> = TARGETS.iter().map(|(t, _)| (*t).to_owned()).collect();
    targets.sort();
    let stems = |folder: &str| -> Vec<String> {
        files(&fuzz.join(folder))
            .iter()
            .map(|p| p.file_stem().expect("a name").to_string_lossy().into_owned())
            .collect()
    };
    assert_eq!(stems("targets"), targets);
    for target in &targets {
        let kept = files(&corpus().join(target)).len();
        assert!(kept > 0 || target.ends_with("_model"), "{target} has no input");
    }
    let manifest = fs::read_to_string(fuzz.join("Cargo.toml")).expect("Cargo.toml");
    for target in &targets {
        assert!(manifest.contains(&format!("name = \"{target}\"")), "{target} is not in {}", fuzz.display());
    }
}

fn chance(seed: u64, length: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(1);
    let mut bytes = Vec::with_capacity(length + 8);
    while bytes.len() < length {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend_from_slice(&state.to_le_bytes());
    }
    bytes.truncate(length);
    bytes
}
