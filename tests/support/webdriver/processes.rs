//! The display and the driver, each gone when its value is, and with this process whatever happens to it.

use std::{
    ffi::OsStr,
    fs::{self, File},
    io::{BufRead, BufReader},
    net::TcpListener,
    os::unix::{fs::PermissionsExt, process::CommandExt},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use super::wire;

/// A program in a process group of its own, so that what it starts ends with it.
struct Group(Child);

impl Group {
    fn start(program: &str, configure: impl FnOnce(&mut Command)) -> Self {
        // If the test is killed, nothing is dropped; then the kernel ends what it had started.
        let mut command = Command::new("setpriv");
        command
            .args(["--pdeathsig", "KILL", program])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0);
        configure(&mut command);
        let child = command.spawn();
        Self(child.unwrap_or_else(|error| panic!("{program}: {error}")))
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        // The standard library signals single processes only; the shell's own kill is everywhere.
        let kill = format!("kill -s KILL -- -{}", self.0.id());
        let _ = Command::new("sh").args(["-c", &kill]).stderr(Stdio::null()).status();
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

pub struct Display {
    number: String,
    _server: Group,
}

impl Display {
    pub fn start() -> Self {
        // It picks a free number itself and names it on the descriptor given.
        let mut server = Group::start("Xvfb", |xvfb| {
            xvfb.args(["-displayfd", "1", "-screen", "0", "1440x900x24", "-nolisten", "tcp"]);
            xvfb.stdout(Stdio::piped());
        });
        let mut number = String::new();
        let pipe = server.0.stdout.take().expect("the pipe that was asked for");
        let _ = BufReader::new(pipe).read_line(&mut number);
        let number = number.trim().to_owned();
        assert!(!number.is_empty(), "Xvfb did not start: is the package xvfb installed?");
        Self { number: format!(":{number}"), _server: server }
    }
}

/// What a program is told of where it runs: the display, and a home with folders of its own.
fn place(program: &mut Command, display: &Display, home: &Path) {
    for name in ["WAYLAND_DISPLAY", "WEBKIT_DISABLE_DMABUF_RENDERER", "WEBKIT_DISABLE_COMPOSITING_MODE"] {
        // With the latter two the driver's screenshots hang.
        program.env_remove(name);
    }
    program.env("HOME", home).env("DISPLAY", &display.number).env("LANG", "C.UTF-8");
    for (name, folder) in [
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_DATA_HOME", "data"),
        ("XDG_CACHE_HOME", "cache"),
        ("XDG_STATE_HOME", "state"),
        ("XDG_RUNTIME_DIR", "run"),
    ] {
        let folder = home.join(folder);
        fs::create_dir(&folder).expect("a folder in the temporary home");
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).expect("a private one");
        program.env(name, folder);
    }
    program
        .env("GDK_BACKEND", "x11")
        .env("NO_AT_BRIDGE", "1")
        .env("GSETTINGS_BACKEND", "memory")
        .env("DBUS_SESSION_BUS_ADDRESS", "disabled");
}

/// The program with nobody driving it, as a person starts it.
pub struct Undriven {
    _program: Group,
    _display: Display,
}

impl Undriven {
    /// Every call about the network, the children's too, is written to `calls`.
    pub fn start(program: &Path, arguments: &[&OsStr], home: &Path, calls: &Path) -> Self {
        let display = Display::start();
        let program = Group::start("strace", |strace| {
            strace.args(["-f", "-qq", "-e", "trace=network", "-o"]).arg(calls).arg(program).args(arguments);
            place(strace, &display, home);
        });
        Self { _program: program, _display: display }
    }
}

pub struct Driver {
    pub port: u16,
    _server: Group,
}

impl Driver {
    pub fn start(display: &Display, home: &Path, environment: &[(&str, &OsStr)], log: &Path) -> Self {
        let port = TcpListener::bind(("127.0.0.1", 0)).and_then(|free| free.local_addr()).expect("a free port").port();
        let log = File::create(log).expect("target/screenshots can be written");
        let server = Group::start("WebKitWebDriver", |driver| {
            driver.args(["--host=127.0.0.1", &format!("--port={port}")]);
            driver.stdout(log.try_clone().expect("a second handle")).stderr(log);
            // Everything the driver has, the program inherits.
            place(driver, display, home);
            driver.env("TAURI_WEBVIEW_AUTOMATION", "true");
            driver.envs(environment.iter().copied());
        });
        let start = Instant::now();
        while wire::call(port, "GET", "/status", None, wire::CALL).is_err() {
            assert!(
                start.elapsed() < wire::CALL,
                "WebKitWebDriver did not start: is the package webkit2gtk-driver installed?"
            );
            thread::sleep(Duration::from_millis(50));
        }
        Self { port, _server: server }
    }
}
