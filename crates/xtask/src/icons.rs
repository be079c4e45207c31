//! `icons/crosswalk.svg` in the sizes that the systems ask for.

use std::fs;

use crate::{
    shell::{self, Done, npm, root, target},
    ui,
};

/// What `src-tauri/tauri.conf.json` names; the tool draws many more, for phones and stores.
const KEPT: [&str; 7] =
    ["32x32.png", "64x64.png", "128x128.png", "128x128@2x.png", "icon.png", "icon.ico", "icon.icns"];

pub fn run() -> Done {
    ui::install()?;
    let drawn = target().join("icons");
    let icons = root().join("icons");
    let mut tool = npm();
    tool.args(["exec", "--", "tauri", "icon"]);
    tool.arg(icons.join("crosswalk.svg")).arg("--output").arg(&drawn);
    shell::run(&mut tool)?;
    for name in KEPT {
        fs::copy(drawn.join(name), icons.join(name)).map_err(|error| format!("{name}: {error}"))?;
    }
    println!("{} files in icons/ are new.", KEPT.len());
    Ok(())
}
