//! The packages as a person has them: installed on a Debian that has nothing else, opened, driven, removed again.

mod clean_root;
#[path = "../../../../tests/support/network.rs"]
mod network;

use std::{
    collections::BTreeMap,
    fs,
    io::{BufRead, BufReader},
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{Packages, Variant, make};
use crate::{
    parts::hex,
    setup,
    shell::{self, Done, cargo, command, on_path, output, target},
};
use clean_root::CleanRoot;
use network::sockets;

/// How long a window may take to draw itself on a machine that is busy.
const PATIENCE: Duration = Duration::from_mins(1);
/// An empty display packs into some thousand bytes, one with a window whose list is still empty into 40,000.
const DRAWN: u64 = 100_000;

pub fn run(product: &Packages) -> Done {
    if let Some(why) = hindrance() {
        println!("\n!!! NOT CHECKED: {why}. The packages were made, and nobody has installed them. !!!");
        return Ok(());
    }
    setup::system(setup::Need::Test)?;
    let test_build = make(Variant::TestBuild, false)?;
    let tests = window_tests()?;
    let root = CleanRoot::make(&target().join("clean-root"))?;

    let package = root.put(&deb(product)?, "/root")?;
    root.install(&[&package])?;
    for (program, argument) in [("crosswalk", "--version"), ("crosswalk", "about")] {
        shell::run(root.command(program).arg(argument).stdout(Stdio::null()))?;
    }
    // 3 is "done, with something a person should see".
    let made = shell::status(root.command("crosswalk").args(["demo", "/srv"]).stdout(Stdio::null()))?;
    let project = root.path().join("srv/harbor-marine.crosswalk");
    if !matches!(made.code(), Some(0 | 3)) || !project.is_dir() {
        return Err(format!("the installed `crosswalk demo` failed ({made})"));
    }
    let picture = product.folder.with_file_name("installed.png");
    opens(&root, "/srv/harbor-marine.crosswalk", &picture)?;
    let before = digests(&project)?;
    removed(&root, Variant::Product)?;
    if digests(&project)? != before {
        return Err("removing the package changed a project".to_owned());
    }
    println!(
        "The product was installed, drew itself ({}) and was removed; the project is as it was.",
        picture.display()
    );

    let package = root.put(&deb(&test_build)?, "/root")?;
    root.install(&[&package, "webkit2gtk-driver", "xvfb", "fonts-dejavu-core", "strace"])?;
    drive(&root, &tests)?;
    removed(&root, Variant::TestBuild)?;
    if digests(&project)? == before { Ok(()) } else { Err("removing the test build changed a project".to_owned()) }
}

/// Why a clean system cannot be made here.
fn hindrance() -> Option<String> {
    if !cfg!(target_os = "linux") || !on_path("apt-get") {
        return Some("it takes Debian or a system based on it".to_owned());
    }
    if output(command("id").arg("-u")).as_deref() != Some("0") {
        return Some("it takes root: a clean system is made in a folder".to_owned());
    }
    let mounts =
        output(command("unshare").args(["--mount", "--pid", "--fork", "mount", "-t", "tmpfs", "none", "/mnt"]));
    mounts.is_none().then(|| "this machine lets nobody mount, not even in a namespace of its own".to_owned())
}

fn deb(packages: &Packages) -> Result<PathBuf, String> {
    packages.of("deb").ok_or_else(|| format!("there is no .deb in {}", packages.folder.display()))
}

/// The program of the tests, built without the window: that is what they are given.
fn window_tests() -> Result<PathBuf, String> {
    let mut build = cargo();
    build.args(["test", "--no-run", "--package", "cli", "--test", "main", "--message-format", "json"]);
    let told =
        output(&mut build).ok_or("the tests were not built: `cargo test --no-run -p cli --test main` says why")?;
    let program = |line: &str| {
        let line: Value = serde_json::from_str(line).ok()?;
        let is_test = line["target"]["name"] == "main" && line["profile"]["test"] == true;
        is_test.then(|| line["executable"].as_str().map(PathBuf::from)).flatten()
    };
    told.lines().find_map(program).ok_or_else(|| "cargo named no program of the tests".to_owned())
}

/// The switches by which web views let themselves be driven; the product is to take no notice.
const SWITCHES: [(&str, &str); 3] = [
    ("TAURI_WEBVIEW_AUTOMATION", "true"),
    ("WEBKIT_INSPECTOR_SERVER", "127.0.0.1:9221"),
    ("WEBKIT_INSPECTOR_HTTP_SERVER", "127.0.0.1:9222"),
];

/// Starts the installed product on a display, and waits until there is a picture of it. It may open no connection and no
/// port meanwhile, whatever the environment asks of it.
fn opens(root: &CleanRoot, project: &str, picture: &Path) -> Done {
    let (_server, display) = display()?;
    let mut program = root.command("crosswalk-desktop");
    program.arg(project).env("DISPLAY", &display).env("GDK_BACKEND", "x11").env("DBUS_SESSION_BUS_ADDRESS", "disabled");
    let calls = picture.with_file_name("network-calls.txt");
    let mut program = Group::start(traced(&program, &calls).envs(SWITCHES))?;
    let start = Instant::now();
    loop {
        thread::sleep(Duration::from_secs(1));
        if let Ok(Some(status)) = program.0.try_wait() {
            return Err(format!("the installed crosswalk-desktop ended at once ({status})"));
        }
        let taken = output(command("import").args(["-display", &display, "-window", "root"]).arg(picture)).is_some();
        if taken && fs::metadata(picture).is_ok_and(|file| file.len() > DRAWN) {
            break;
        }
        if start.elapsed() > PATIENCE {
            return Err(format!("the installed crosswalk-desktop drew nothing in {} s", PATIENCE.as_secs()));
        }
    }
    println!("$ crosswalk-desktop {project}: drawn after {} s", start.elapsed().as_secs());
    drop(program);
    let calls = fs::read_to_string(&calls).map_err(|error| format!("{}: {error}", calls.display()))?;
    let (local, others) = sockets(&calls);
    if local == 0 {
        return Err("strace saw no socket at all, not even that of the display".to_owned());
    }
    if !others.is_empty() {
        return Err(format!("the product asked for the network:\n  {}", others.join("\n  ")));
    }
    println!("It made {local} sockets within the machine, and none of the network.");
    Ok(())
}

/// A program with every call about the network written down, its children's too.
fn traced(program: &Command, calls: &Path) -> Command {
    let mut traced = command("strace");
    traced.args(["-f", "-qq", "-e", "trace=network", "-o"]).arg(calls);
    traced.arg(program.get_program()).args(program.get_args());
    for (name, value) in program.get_envs() {
        match value {
            Some(value) => traced.env(name, value),
            None => traced.env_remove(name),
        };
    }
    traced
}

/// A program and all it starts, which end with this value.
struct Group(Child);

impl Group {
    fn start(program: &mut Command) -> Result<Self, String> {
        let started = program.process_group(0).spawn();
        started.map(Self).map_err(|error| format!("{}: {error}", program.get_program().display()))
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        // The standard library signals single processes only.
        let _ = command("kill").args(["-s", "KILL", "--", &format!("-{}", self.0.id())]).status();
        let _ = self.0.wait();
    }
}

/// A display that programs within the clean root reach, too: its socket has an abstract name.
fn display() -> Result<(Group, String), String> {
    let mut server = command("Xvfb");
    server.args(["-displayfd", "1", "-screen", "0", "1440x900x24", "-nolisten", "tcp", "-ac"]).stdout(Stdio::piped());
    let mut server = Group::start(server.stderr(Stdio::null()))?;
    let mut number = String::new();
    if let Some(pipe) = server.0.stdout.take() {
        let _ = BufReader::new(pipe).read_line(&mut number);
    }
    match number.trim() {
        "" => Err("Xvfb did not start".to_owned()),
        number => Ok((server, format!(":{number}"))),
    }
}

/// Runs the tests of the window on the installed programs.
fn drive(root: &CleanRoot, tests: &Path) -> Done {
    // The tests know the command line under the name it was built with; here that is the installed one.
    let line = target().join("debug/crosswalk");
    root.link("/usr/bin/crosswalk", &line)?;
    let program = root.put(tests, "/root")?;
    let mut drive = root.command(&program);
    drive.args(["window::", "--include-ignored", "--test-threads=1"]);
    shell::run(drive.env("CROSSWALK_WINDOW_BIN", "/usr/bin/crosswalk-desktop"))
}

fn removed(root: &CleanRoot, variant: Variant) -> Done {
    shell::run(root.command("apt-get").args(["-y", "-qq", "purge", variant.name()]))?;
    let left =
        ["usr/bin/crosswalk", "usr/bin/crosswalk-desktop", "usr/share/metainfo/org.crosswalk.desktop.metainfo.xml"];
    let left: Vec<&str> = left.into_iter().filter(|file| root.path().join(file).exists()).collect();
    if left.is_empty() { Ok(()) } else { Err(format!("{} is gone, and left {left:?}", variant.name())) }
}

/// Every file of a folder with its digest.
fn digests(folder: &Path) -> Result<BTreeMap<PathBuf, String>, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_dir() {
            found.extend(digests(&path)?);
        } else {
            let bytes = fs::read(&path).map_err(failed)?;
            found.insert(path, hex(&Sha256::digest(&bytes)));
        }
    }
    Ok(found)
}
