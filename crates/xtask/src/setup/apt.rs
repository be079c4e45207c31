//! Packages of Debian and its relatives.

use std::{
    fs,
    io::{self, IsTerminal, Write as _},
    process::Command,
};

use crate::shell::{Done, command, on_path, output, run};

/// What the machine is to be able to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Build engine and command line.
    Nothing,
    /// Build the window.
    Window,
    /// Run every test of this system.
    Test,
    /// Build for Windows, and run what was built.
    Windows,
}

impl Need {
    fn includes(self, other: Self) -> bool {
        match other {
            Self::Nothing => true,
            Self::Window => matches!(self, Self::Window | Self::Test),
            Self::Test | Self::Windows => self == other,
        }
    }
}

struct Package {
    name: &'static str,
    why: &'static str,
    need: Need,
    /// Where this program is present, someone chose another way to have it.
    unless: Option<&'static str>,
}

const fn package(need: Need, name: &'static str, why: &'static str, unless: Option<&'static str>) -> Package {
    Package { name, why, need, unless }
}

const PACKAGES: [Package; 17] = [
    package(Need::Nothing, "gcc", "compiles SQLite and links every program", Some("cc")),
    package(Need::Nothing, "libc6-dev", "what the C compiler links with", Some("cc")),
    package(Need::Window, "pkg-config", "finds the libraries of the window", Some("pkg-config")),
    package(Need::Window, "libwebkit2gtk-4.1-dev", "the web view the window is made of (about 390 MB)", None),
    package(Need::Test, "webkit2gtk-driver", "drives the real window", None),
    package(Need::Test, "xvfb", "a display for the window under test", None),
    package(Need::Test, "fonts-dejavu-core", "text in screenshots", None),
    package(Need::Test, "fonts-wqy-zenhei", "Chinese names in screenshots", None),
    package(Need::Test, "chromium", "runs the user interface in a browser", None),
    package(Need::Test, "imagemagick", "pictures of the whole display", None),
    package(Need::Test, "strace", "tells whether the window asks for the network", None),
    package(Need::Windows, "rustc-web", "a compiler that can build std for Windows (145 MB with the next two)", None),
    package(Need::Windows, "cargo-web", "the cargo that goes with it", None),
    package(Need::Windows, "rust-web-src", "the source of std", None),
    package(Need::Windows, "gcc-mingw-w64-x86-64-posix", "compiles SQLite for Windows and links (69 MB)", None),
    package(Need::Windows, "wine", "runs programs of Windows", None),
    package(Need::Windows, "wine64", "the part of it that does (102 MB)", None),
];

pub fn install(need: Need) -> Done {
    let missing = missing(need);
    if missing.is_empty() {
        return Ok(());
    }
    println!("Packages of the system that are missing:");
    for package in &missing {
        println!("  {:<24}{}", package.name, package.why);
    }
    let names: Vec<&str> = missing.iter().map(|package| package.name).collect();
    let by_hand = format!("apt-get install --no-install-recommends {}", names.join(" "));
    if io::stdin().is_terminal() && !agreed() {
        return Err(format!("nothing was installed; to do it yourself: {by_hand}"));
    }
    if apt_get().is_none() {
        return Err(format!("installing needs root or sudo; as root: {by_hand}"));
    }

    let mut updated = false;
    if !has_lists() {
        update();
        updated = true;
    }
    let mut done = apt(&["install", "-y", "--no-install-recommends"], &names);
    if done.is_err() && !updated {
        // Old lists name versions that the servers no longer have.
        update();
        done = apt(&["install", "-y", "--no-install-recommends"], &names);
    }
    done.map_err(|error| format!("{error}; as root: apt-get update && {by_hand}"))?;

    let left = self::missing(need);
    if left.is_empty() {
        return Ok(());
    }
    let left: Vec<&str> = left.iter().map(|package| package.name).collect();
    Err(format!("still missing: {}", left.join(" ")))
}

fn missing(need: Need) -> Vec<&'static Package> {
    let wanted: Vec<&Package> = PACKAGES
        .iter()
        .filter(|package| need.includes(package.need))
        .filter(|package| !package.unless.is_some_and(on_path))
        .collect();
    if wanted.is_empty() {
        return wanted;
    }
    let mut query = command("dpkg-query");
    query.args(["-W", "-f=${Package} ${db:Status-Status}\\n"]);
    query.args(wanted.iter().map(|package| package.name));
    // It exits with 1 when it does not know one of them, having named the others.
    let listed =
        query.output().map_or_else(|_| String::new(), |output| String::from_utf8_lossy(&output.stdout).into_owned());
    wanted.into_iter().filter(|package| !installed(&listed, package.name)).collect()
}

fn installed(listed: &str, name: &str) -> bool {
    listed.lines().any(|line| line.split_once(' ') == Some((name, "installed")))
}

fn agreed() -> bool {
    print!("Install them now? [Y/n] ");
    let mut answer = String::new();
    let _ = io::stdout().flush();
    let read = io::stdin().read_line(&mut answer);
    read.is_ok() && matches!(answer.trim().to_lowercase().as_str(), "" | "y" | "yes")
}

/// A fresh container has no lists of packages at all.
fn has_lists() -> bool {
    fs::read_dir("/var/lib/apt/lists").is_ok_and(|entries| {
        entries.flatten().any(|entry| {
            let name = entry.file_name();
            name.to_string_lossy().contains("_Packages")
        })
    })
}

/// One source out of reach is no reason to stop: the install that follows says whether it mattered.
fn update() {
    if let Err(error) = apt(&["update"], &[]) {
        println!("{error}; going on with the lists there are");
    }
}

fn apt(verb: &[&str], names: &[&str]) -> Done {
    let mut apt = apt_get().ok_or("neither root nor sudo")?;
    run(apt.args(verb).args(names))
}

/// `apt-get` with the rights it needs: our own, or borrowed without a question where nobody can answer.
fn apt_get() -> Option<Command> {
    let root = output(command("id").arg("-u")).as_deref() == Some("0");
    let mut apt = if root {
        command("env")
    } else if !on_path("sudo") {
        return None;
    } else if io::stdin().is_terminal() {
        let mut sudo = command("sudo");
        sudo.arg("env");
        sudo
    } else {
        let mut sudo = command("sudo");
        sudo.args(["-n", "env"]);
        sudo
    };
    apt.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
    // Another apt may be at work, a network may stutter.
    apt.args(["-q", "-o", "DPkg::Lock::Timeout=300"]);
    apt.args(["-o", "Acquire::Retries=3"]);
    Some(apt)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_wholly_installed_counts() {
        let listed = "xvfb installed\nchromium config-files\n";
        assert!(installed(listed, "xvfb"));
        assert!(!installed(listed, "chromium"));
        assert!(!installed(listed, "imagemagick"));
    }
}
