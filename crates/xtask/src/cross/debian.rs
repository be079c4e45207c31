//! Debian's Rust, which can build the standard library for systems that rustup's has no say in here.

use std::{env, path::Path, process::Command};

use crate::{
    setup::{self, Need},
    shell::{command, on_path, output},
};

/// Debian has std of other systems as source alone. One list for all calls, or it is compiled again.
pub const STD: &str = "-Zbuild-std=std,panic_unwind,test";

/// Why nothing can be built for another system here; the packages are installed where they can be had.
pub fn absent() -> Option<String> {
    if !(on_path("apt-get") && on_path("dpkg-query")) {
        return Some("its packages come from Debian, and this is none".to_owned());
    }
    if let Err(reason) = setup::system(Need::Windows) {
        return Some(reason);
    }
    let version = output(command("/usr/bin/cargo").arg("--version")).unwrap_or_default();
    let needed = env!("CARGO_PKG_RUST_VERSION");
    (!new_enough(&version, needed)).then(|| format!("Debian's Rust is `{version}`, and {needed} is needed"))
}

fn new_enough(version: &str, needed: &str) -> bool {
    let parts = |text: &str| text.split('.').map_while(|part| part.parse().ok()).take(2).collect::<Vec<u32>>();
    version.split(' ').nth(1).is_some_and(|version| parts(version) >= parts(needed))
}

/// Debian's cargo, which builds into `folder`.
pub fn cargo(folder: &Path) -> Command {
    let mut cargo = command("/usr/bin/cargo");
    tell(&mut cargo, folder);
    cargo
}

/// Has a program use Debian's cargo and build into `folder`. The variables of the cargo that started us would send it to
/// another toolchain.
pub fn tell(program: &mut Command, folder: &Path) {
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        let misleads = text.starts_with("CARGO") && text != "CARGO_HOME" || text.starts_with("RUST");
        if misleads || text == "LD_LIBRARY_PATH" {
            program.env_remove(&name);
        }
    }
    program.env("PATH", "/usr/bin:/bin").env("CARGO_TARGET_DIR", folder);
    // -Z on a stable compiler.
    program.env("RUSTC_BOOTSTRAP", "1");
    // With any other, Wine garbles names of files that are not ASCII.
    program.env("LC_ALL", "C.UTF-8");
    // Built once and kept: what would speed up the next change takes gigabytes.
    program.env("CARGO_INCREMENTAL", "0").env("CARGO_PROFILE_DEV_DEBUG", "0");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_compiler_is_not_taken() {
        for (version, fits) in [
            ("cargo 1.96.0 (30a34c682 2026-05-25)", true),
            ("cargo 1.95.0", true),
            ("cargo 2.0.0", true),
            ("cargo 1.85.1", false),
            ("cargo 1.9.0", false),
            ("", false),
        ] {
            assert_eq!(new_enough(version, "1.95"), fits, "{version}");
        }
    }
}
