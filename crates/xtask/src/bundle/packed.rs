//! Finished packages: gathered in one folder, with their checksums and the bill of materials.

use std::{
    env,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

use super::{Variant, copy};
use crate::{
    parts::{Part, hex, sbom},
    shell::target,
};

const ENDINGS: [&str; 6] = ["deb", "rpm", "AppImage", "exe", "msi", "dmg"];

pub struct Packages {
    pub folder: PathBuf,
    /// Their names, with those of the files beside them, and how long each is.
    files: Vec<(String, u64)>,
}

impl Packages {
    /// Takes what Tauri left under `bundles`.
    pub fn gather(variant: Variant, bundles: &Path, parts: &[Part]) -> Result<Self, String> {
        let folder = target().join("packages").join(variant.name());
        // Packages of an earlier version would stand beside sums that do not know them.
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        }
        fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        let mut names = Vec::new();
        for package in under(bundles)? {
            let name = name(&package);
            copy(&package, &folder.join(&name))?;
            names.push(name);
        }
        if names.is_empty() {
            return Err(format!("the bundler left no package in {}", bundles.display()));
        }
        let version = env!("CARGO_PKG_VERSION");
        let bill = format!("{}-{version}-{}.cdx.json", variant.name(), env::consts::OS);
        write(&folder.join(&bill), &format!("{:#}\n", sbom::document(version, parts)))?;
        names.push(bill);
        names.sort();
        let mut sums = String::new();
        let mut files = Vec::new();
        for name in names {
            let bytes = fs::read(folder.join(&name)).map_err(|error| format!("{name}: {error}"))?;
            let _ = writeln!(sums, "{}  {name}", hex(&Sha256::digest(&bytes)));
            files.push((name, bytes.len() as u64));
        }
        write(&folder.join("SHA256SUMS"), &sums)?;
        Ok(Self { folder, files })
    }

    /// The package of this ending.
    pub fn of(&self, ending: &str) -> Option<PathBuf> {
        let mut names = self.files.iter().map(|(name, _)| name);
        names.find(|name| Path::new(name).extension().is_some_and(|of| of == ending)).map(|name| self.folder.join(name))
    }

    pub fn tell(&self) {
        println!("\nIn {}, with SHA256SUMS:", self.folder.display());
        for (name, bytes) in &self.files {
            println!("  {:>7.1} MB  {name}", *bytes as f64 / 1e6);
        }
    }
}

/// Packages one folder down, in order of their paths.
fn under(bundles: &Path) -> Result<Vec<PathBuf>, String> {
    let list = |folder: &Path| fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()));
    let mut found = Vec::new();
    for kind in list(bundles)?.flatten().filter(|entry| entry.path().is_dir()) {
        let files = list(&kind.path())?.flatten().map(|entry| entry.path());
        found.extend(files.filter(|path| {
            let ending = path.extension().unwrap_or_default();
            path.is_file() && ENDINGS.iter().any(|known| ending == *known)
        }));
    }
    found.sort();
    Ok(found)
}

/// Without the blanks that a product's name may have: a name that can be typed.
fn name(package: &Path) -> String {
    package
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase()
        .replace(' ', "-")
        .replace("appimage", "AppImage")
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_can_be_typed() {
        for (path, expected) in [
            ("deb/Crosswalk_0.1.0_amd64.deb", "crosswalk_0.1.0_amd64.deb"),
            ("deb/Crosswalk Test Build_0.1.0_amd64.deb", "crosswalk-test-build_0.1.0_amd64.deb"),
            ("appimage/Crosswalk_0.1.0_amd64.AppImage", "crosswalk_0.1.0_amd64.AppImage"),
        ] {
            assert_eq!(name(Path::new(path)), expected);
        }
    }
}
