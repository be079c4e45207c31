//! Whether the types fit macOS. Nothing of it runs here, and the window's program does not link: that takes Apple's SDK.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::debian;
use crate::shell::{self, Done, command, on_path, target};

/// A C compiler that knows macOS, and the cargo that uses it; both come as Python packages.
const TOOLS: [&str; 2] = ["ziglang==0.17.*", "cargo-zigbuild==0.24.*"];

const TARGETS: [&str; 2] = ["aarch64-apple-darwin", "x86_64-apple-darwin"];

pub fn run() -> Done {
    if let Some(reason) = debian::absent() {
        return Err(reason);
    }
    let tools = tools()?;
    let folder = target().join("macos");
    let zig = zig(&tools)?;
    for triple in TARGETS {
        let mut check = command(tools.join("bin/cargo-zigbuild"));
        debian::tell(&mut check, &folder);
        check.env("CARGO_ZIGBUILD_ZIG_PATH", &zig);
        check.args(["check", "--workspace", "--exclude", "xtask", "--locked", "--target", triple, debian::STD]);
        check.args(["--features", "crosswalk-desktop/custom-protocol"]);
        shell::run(&mut check)?;
    }
    Ok(())
}

/// The tools in a folder of their own.
fn tools() -> Result<PathBuf, String> {
    let folder = target().join("macos/tools");
    if folder.join("bin/cargo-zigbuild").is_file() {
        return Ok(folder);
    }
    if !on_path("python3") {
        return Err("the C compiler for macOS comes as a Python package: install python3 and python3-venv".to_owned());
    }
    shell::run(command("python3").args(["-m", "venv"]).arg(&folder))?;
    shell::run(command(folder.join("bin/pip")).args(["install", "--quiet"]).args(TOOLS))?;
    Ok(folder)
}

fn zig(tools: &Path) -> Result<PathBuf, String> {
    let versions = fs::read_dir(tools.join("lib")).map_err(|error| error.to_string())?;
    let mut found = versions.flatten().map(|version| version.path().join("site-packages/ziglang/zig"));
    found
        .find(|zig| zig.is_file())
        .ok_or_else(|| "the C compiler for macOS is not where its package puts it".to_owned())
}
