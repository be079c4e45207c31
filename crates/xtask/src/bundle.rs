//! Installers: both programs, built for release, in the packages of the system this runs on, with checksums and a bill
//! of materials beside them.

#[cfg(unix)]
mod check;
mod licences;
mod packed;

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use serde_json::json;

use crate::{
    parts::{self, FEATURES, PROGRAMS, TARGETS},
    setup,
    shell::{self, Done, cargo, command, output, root, target},
    ui,
};
use packed::Packages;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variant {
    Product,
    /// With the seams that tests drive; named so that nobody takes it for the product.
    TestBuild,
}

impl Variant {
    /// The package's name, and that of its folder under `target/packages`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Product => "crosswalk",
            Self::TestBuild => "crosswalk-test-build",
        }
    }

    fn features(self) -> String {
        match self {
            Self::Product => FEATURES.to_owned(),
            Self::TestBuild => format!("{FEATURES},crosswalk-desktop/e2e"),
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
pub struct Options {
    variant: Variant,
    check: bool,
    appimage: bool,
}

impl Options {
    pub fn parse(arguments: &[String]) -> Result<Self, String> {
        let mut options = Self { variant: Variant::Product, check: false, appimage: false };
        for argument in arguments {
            match argument.as_str() {
                "--test" => options.variant = Variant::TestBuild,
                "--check" if cfg!(unix) => options.check = true,
                "--appimage" if cfg!(target_os = "linux") => options.appimage = true,
                other => return Err(other.to_owned()),
            }
        }
        if options.check && options.variant == Variant::TestBuild {
            return Err("--check builds both by itself: leave --test out".to_owned());
        }
        Ok(options)
    }
}

pub fn run(options: &Options) -> Done {
    let packages = make(options.variant, options.appimage)?;
    packages.tell();
    #[cfg(unix)]
    if options.check {
        return check::run(&packages);
    }
    Ok(())
}

/// Builds one variant and packs it.
fn make(variant: Variant, appimage: bool) -> Result<Packages, String> {
    setup::run_for(setup::Need::Window)?;
    if output(command("git").args(["status", "--porcelain"])).is_some_and(|changes| !changes.is_empty()) {
        println!("!!! This checkout holds changes that are in no commit: About will name the commit before them. !!!");
    }
    ui::build()?;
    let built = build(variant)?;
    let window = built.folder.join(format!("crosswalk-desktop{}", env::consts::EXE_SUFFIX));
    hold_to_variant(&window, variant)?;

    // Tauri takes a second program under a name that ends with its target.
    let beside = target().join("packaging");
    fs::create_dir_all(&beside).map_err(|error| format!("{}: {error}", beside.display()))?;
    let line = format!("crosswalk{}", env::consts::EXE_SUFFIX);
    let sidecar = beside.join(format!("crosswalk-{}{}", built.triple, env::consts::EXE_SUFFIX));
    copy(&built.folder.join(line), &sidecar)?;

    let parts = parts::shipped(ours())?;
    let licences = beside.join("licences.txt");
    licences::write(&parts, &licences)?;

    let bundles = built.folder.join("bundle");
    if bundles.exists() {
        fs::remove_dir_all(&bundles).map_err(|error| format!("{}: {error}", bundles.display()))?;
    }
    let mut tauri =
        command(root().join("ui/node_modules/.bin").join(if cfg!(windows) { "tauri.cmd" } else { "tauri" }));
    tauri.args(["bundle", "--ci", "--features", &variant.features().replace("crosswalk-desktop/", "")]);
    tauri.args(["--bundles", &kinds(appimage).join(",")]);
    tauri.arg("--config").arg(overlay(variant, &beside.join("crosswalk"), &licences).to_string());
    if built.triple == UNIVERSAL {
        tauri.args(["--target", UNIVERSAL]);
    }
    shell::run(&mut tauri)?;
    Packages::gather(variant, &bundles, &parts)
}

const UNIVERSAL: &str = "universal-apple-darwin";

struct Built {
    folder: PathBuf,
    /// The target, as Tauri spells it in names.
    triple: String,
}

fn build(variant: Variant) -> Result<Built, String> {
    let compile = |target: Option<&str>| {
        let mut build = cargo();
        build.args(["build", "--release", "--locked", "--features", &variant.features()]);
        build.args(PROGRAMS.iter().flat_map(|program| ["--package", program]));
        build.args(target.iter().flat_map(|target| ["--target", target]));
        shell::run(&mut build)
    };
    if !cfg!(target_os = "macos") {
        compile(None)?;
        let told = output(command("rustc").arg("-vV")).ok_or("`rustc -vV` failed")?;
        let triple = told.lines().find_map(|line| line.strip_prefix("host: ")).ok_or("rustc names no host")?;
        return Ok(Built { folder: target().join("release"), triple: triple.to_owned() });
    }
    // One program for both processors.
    for target in ours() {
        compile(Some(target))?;
    }
    let folder = target().join(UNIVERSAL).join("release");
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    for program in ["crosswalk", "crosswalk-desktop"] {
        let mut lipo = command("lipo");
        lipo.arg("-create").args(ours().iter().map(|of| target().join(of).join("release").join(program)));
        shell::run(lipo.arg("-output").arg(folder.join(program)))?;
    }
    Ok(Built { folder, triple: UNIVERSAL.to_owned() })
}

/// The targets of the system this runs on.
fn ours() -> &'static [&'static str] {
    if cfg!(windows) {
        &TARGETS[1..2]
    } else if cfg!(target_os = "macos") {
        &TARGETS[2..]
    } else {
        &TARGETS[..1]
    }
}

/// Kinds of packages made here. The tools of an AppImage are fetched from elsewhere, so it is asked for by name.
fn kinds(appimage: bool) -> Vec<&'static str> {
    let mut kinds = if cfg!(windows) {
        vec!["nsis", "msi"]
    } else if cfg!(target_os = "macos") {
        vec!["dmg"]
    } else {
        vec!["deb", "rpm"]
    };
    if appimage {
        kinds.push("appimage");
    }
    kinds
}

/// What a build adds to `src-tauri/tauri.conf.json`.
fn overlay(variant: Variant, line: &Path, licences: &Path) -> serde_json::Value {
    let mut overlay = json!({"bundle": {"externalBin": [line]}});
    if cfg!(target_os = "linux") {
        let files = json!({format!("/usr/share/doc/{}/copyright", variant.name()): licences});
        overlay["bundle"]["linux"] = json!({"deb": {"files": files}, "rpm": {"files": files}});
    } else {
        overlay["bundle"]["resources"] = json!({licences.display().to_string(): "licences.txt"});
    }
    let set = |name| env::var(name).ok().filter(|text| !text.is_empty());
    if let Some(thumbprint) = set("CROSSWALK_CERTIFICATE_THUMBPRINT") {
        overlay["bundle"]["windows"] = json!({"certificateThumbprint": thumbprint, "digestAlgorithm": "sha256"});
        if let Some(server) = set("CROSSWALK_TIMESTAMP_URL") {
            overlay["bundle"]["windows"]["timestampUrl"] = json!(server);
        }
    }
    if variant == Variant::TestBuild {
        overlay["productName"] = json!("Crosswalk Test Build");
        overlay["identifier"] = json!("org.crosswalk.desktop.test");
        // Both have /usr/bin/crosswalk.
        for kind in ["deb", "rpm"] {
            overlay["bundle"]["linux"][kind]["conflicts"] = json!([Variant::Product.name()]);
        }
    }
    overlay
}

/// The name of the seam by which tests answer for a person; a program that holds it can be driven.
const SEAM: &[u8] = b"CROSSWALK_E2E_PATHS";

fn hold_to_variant(program: &Path, variant: Variant) -> Done {
    let bytes = fs::read(program).map_err(|error| format!("{}: {error}", program.display()))?;
    let has_seams = bytes.windows(SEAM.len()).any(|at| at == SEAM);
    match (variant, has_seams) {
        (Variant::Product, false) | (Variant::TestBuild, true) => Ok(()),
        (Variant::Product, true) => Err(format!("{} holds test seams: it is not packed", program.display())),
        (Variant::TestBuild, false) => Err(format!("{} holds no test seams", program.display())),
    }
}

fn copy(from: &Path, to: &Path) -> Done {
    fs::copy(from, to).map(drop).map_err(|error| format!("{} to {}: {error}", from.display(), to.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_typed() {
        let options = |variant, check| Ok(Options { variant, check, appimage: false });
        for (typed, expected) in [
            (&[] as &[&str], options(Variant::Product, false)),
            (&["--test"], options(Variant::TestBuild, false)),
            (&["--check"], options(Variant::Product, true)),
            (&["--check", "--test"], Err("--check builds both by itself: leave --test out".to_owned())),
            (&["--e2e"], Err("--e2e".to_owned())),
        ] {
            let typed: Vec<String> = typed.iter().map(|&word| word.to_owned()).collect();
            assert_eq!(Options::parse(&typed), expected, "{typed:?}");
        }
    }

    #[test]
    fn a_program_with_seams_is_not_the_product() {
        let program = env::temp_dir().join(format!("crosswalk-seams-{}", std::process::id()));
        for (bytes, variant, fits) in [
            (b"\0plain\0".as_slice(), Variant::Product, true),
            (b"\0plain\0", Variant::TestBuild, false),
            (b"\0CROSSWALK_E2E_PATHS\0", Variant::Product, false),
            (b"\0CROSSWALK_E2E_PATHS\0", Variant::TestBuild, true),
        ] {
            fs::write(&program, bytes).expect("a temporary file");
            assert_eq!(hold_to_variant(&program, variant).is_ok(), fits, "{variant:?} of {bytes:?}");
        }
        fs::remove_file(&program).expect("a temporary file");
    }

    #[test]
    fn a_test_build_has_names_of_its_own() {
        let overlay = |variant| overlay(variant, Path::new("crosswalk"), Path::new("licences.txt"));
        let (product, test) = (overlay(Variant::Product), overlay(Variant::TestBuild));
        assert!(product.get("productName").is_none() && product.get("identifier").is_none(), "{product}");
        assert_eq!(test["productName"], "Crosswalk Test Build");
        assert_ne!(Variant::Product.name(), Variant::TestBuild.name());
    }
}
