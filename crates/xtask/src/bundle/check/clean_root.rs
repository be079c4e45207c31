//! A Debian with nothing but its base, in a folder. What runs in it has its own mounts and processes, which end with it.

use std::{
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::Command,
};

use crate::shell::{self, Done, command, on_path, output};

pub struct CleanRoot {
    folder: PathBuf,
}

impl CleanRoot {
    pub fn make(folder: &Path) -> Result<Self, String> {
        if !on_path("debootstrap") {
            shell::run(command("apt-get").args(["install", "-y", "--no-install-recommends", "debootstrap"]))?;
        }
        remove(folder)?;
        let root = Self { folder: folder.to_owned() };
        let (suite, mirror) = sources()?;
        let mut make = command("debootstrap");
        make.args(["--variant=minbase", &suite]).arg(folder).arg(mirror);
        shell::run(&mut make)?;
        // The rest comes from where this machine has its packages, which may be named otherwise than the base's one source.
        let named = folder.join("etc/apt/sources.list");
        fs::remove_file(&named).map_err(|error| format!("{}: {error}", named.display()))?;
        shell::run(command("cp").args(["-a", "/etc/apt", "/etc/resolv.conf"]).arg(folder.join("etc")))?;
        shell::run(root.command("apt-get").args(["-qq", "update"]))?;
        Ok(root)
    }

    pub fn path(&self) -> &Path {
        &self.folder
    }

    /// A program of the clean root, run in it.
    pub fn command(&self, program: &str) -> Command {
        let mut run = command("unshare");
        run.args(["--mount", "--pid", "--fork", "--kill-child", "sh", "-c"]);
        run.arg("mount -t proc proc \"$0/proc\" && mount --rbind /dev \"$0/dev\" && exec chroot \"$0\" \"$@\"");
        run.arg(&self.folder).arg(program);
        run.env("HOME", "/root").env("LANG", "C.UTF-8").env("DEBIAN_FRONTEND", "noninteractive").env_remove("TMPDIR");
        run
    }

    pub fn install(&self, packages: &[&str]) -> Done {
        shell::run(self.command("apt-get").args(["-y", "-qq", "--no-install-recommends", "install"]).args(packages))
    }

    /// Copies a file into a folder of the clean root; its path there.
    pub fn put(&self, file: &Path, folder: &str) -> Result<String, String> {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let inside = format!("{folder}/{name}");
        let to = self.inside(Path::new(&inside));
        fs::copy(file, &to).map_err(|error| format!("{}: {error}", to.display()))?;
        Ok(inside)
    }

    /// Has `link` lead to `file`, both as they are called in the clean root.
    pub fn link(&self, file: &str, link: &Path) -> Done {
        let at = self.inside(link);
        let made = at.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| symlink(file, &at));
        made.map_err(|error| format!("{}: {error}", at.display()))
    }

    fn inside(&self, path: &Path) -> PathBuf {
        self.folder.join(path.strip_prefix("/").unwrap_or(path))
    }
}

impl Drop for CleanRoot {
    fn drop(&mut self) {
        if let Err(error) = remove(&self.folder) {
            eprintln!("xtask: {error}");
        }
    }
}

fn remove(folder: &Path) -> Done {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    Ok(())
}

/// The suite of this machine, and where it has its packages from.
fn sources() -> Result<(String, String), String> {
    let os = fs::read_to_string("/etc/os-release").map_err(|error| format!("/etc/os-release: {error}"))?;
    let suite = os.lines().find_map(|line| line.strip_prefix("VERSION_CODENAME="));
    let suite = suite.ok_or("/etc/os-release names no suite")?.trim_matches('"').to_owned();
    let format = ["indextargets", "--format", "$(RELEASE) $(REPO_URI)", "Created-By: Packages"];
    let told = output(command("apt-get").args(format)).ok_or("`apt-get indextargets` failed")?;
    let mirror = told.lines().find_map(|line| line.strip_prefix(&format!("{suite} "))).map(str::to_owned);
    mirror.map(|mirror| (suite, mirror)).ok_or_else(|| "apt has no packages of this system's suite".to_owned())
}
