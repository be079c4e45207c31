//! The real window on a display of its own, driven over W3C WebDriver.
//!
//! A step that does not succeed in time ends the test with what the page showed; the picture is then in
//! `target/screenshots/NAME-failed.png` and what driver and program wrote in `target/screenshots/NAME.log`.
#![allow(dead_code, reason = "each journey uses a part of it")]

mod input;
mod processes;
mod wire;

use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use tempfile::TempDir;

pub use processes::Undriven;
use processes::{Display, Driver};
use wire::Failure;

/// How long a person would be kept waiting before calling it broken, on a machine that is busy.
pub const PATIENCE: Duration = Duration::from_secs(15);

/// The key under which WebDriver hands out elements.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

pub struct Window {
    name: String,
    session: String,
    // In this order: the driver ends the program, then the display and the program's home may go.
    driver: Driver,
    _display: Display,
    home: TempDir,
}

impl Window {
    /// Starts `program` and waits until it can be driven. `name` is for pictures and logs.
    #[track_caller]
    pub fn open(name: &str, program: &Path, arguments: &[&OsStr], environment: &[(&str, &OsStr)]) -> Self {
        let home = tempfile::tempdir().expect("a temporary home");
        let display = Display::start();
        let log = pictures().join(format!("{name}.log"));
        let driver = Driver::start(&display, home.path(), environment, &log);
        let arguments: Vec<&str> =
            arguments.iter().map(|argument| argument.to_str().expect("arguments in UTF-8")).collect();
        let wanted = json!({"capabilities": {"alwaysMatch": {
            "timeouts": {"implicit": 0, "script": 15_000, "pageLoad": 15_000},
            "webkitgtk:browserOptions": {"binary": program, "args": arguments},
        }}});
        let made = wire::call(driver.port, "POST", "/session", Some(&wanted), wire::START);
        let session = made.ok().and_then(|made| Some(made["sessionId"].as_str()?.to_owned())).unwrap_or_else(|| {
            let said = fs::read_to_string(&log).unwrap_or_default();
            panic!("{} did not start:\n{said}", program.display())
        });
        Self { name: name.to_owned(), session, driver, _display: display, home }
    }

    /// The home folder the program was given.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    // What is there.

    #[track_caller]
    pub fn title(&self) -> String {
        text(&self.must("GET", "/title", None))
    }

    /// Runs the body of a function in the page; `args` are its `arguments`.
    #[track_caller]
    pub fn script(&self, body: &str, args: &[Value]) -> Value {
        let call = json!({"script": body, "args": args});
        self.must("POST", "/execute/sync", Some(&call))
    }

    #[track_caller]
    pub fn count(&self, css: &str) -> u64 {
        let script = "return document.querySelectorAll(arguments[0]).length";
        self.script(script, &[json!(css)]).as_u64().unwrap_or_default()
    }

    /// What the first such element shows.
    #[track_caller]
    pub fn text(&self, css: &str) -> String {
        self.wait_for(css);
        let script = "return document.querySelector(arguments[0])?.innerText ?? ''";
        text(&self.script(script, &[json!(css)]))
    }

    // Waiting.

    #[track_caller]
    pub fn wait_for(&self, css: &str) {
        let script = "return document.querySelector(arguments[0]) !== null";
        self.wait_until(css, script, &[json!(css)], PATIENCE);
    }

    #[track_caller]
    pub fn wait_until_gone(&self, css: &str) {
        let script = "return document.querySelector(arguments[0]) === null";
        self.wait_until(&format!("no {css}"), script, &[json!(css)], PATIENCE);
    }

    /// Waits until one of the elements shows a text that contains `wanted`.
    #[track_caller]
    pub fn wait_for_text(&self, css: &str, wanted: &str) {
        let script = "return [...document.querySelectorAll(arguments[0])]\
                      .some(it => it.innerText.includes(arguments[1]))";
        let what = format!("{wanted:?} in {css}");
        self.wait_until(&what, script, &[json!(css), json!(wanted)], PATIENCE);
    }

    #[track_caller]
    pub fn wait_until(&self, what: &str, script: &str, args: &[Value], patience: Duration) {
        let start = Instant::now();
        let call = json!({"script": script, "args": args});
        loop {
            // Between two documents a script may fail: that is a "not yet".
            let answer = self.call("POST", "/execute/sync", Some(&call));
            match answer {
                Ok(Value::Bool(true)) => return,
                Err(failure) if failure.is_final() => panic!("waiting for {what}: {failure}"),
                _ if start.elapsed() > patience => break,
                _ => thread::sleep(Duration::from_millis(50)),
            }
        }
        let page = json!({"script": "return document.body.innerText.slice(0, 2000)", "args": []});
        let page = self.call("POST", "/execute/sync", Some(&page));
        let page = page.as_ref().map_or_else(ToString::to_string, text);
        panic!("no {what} after {} s; the page shows:\n{page}", patience.as_secs());
    }

    // Doing.

    #[track_caller]
    pub fn click(&self, css: &str) {
        let element = self.find(css);
        self.must("POST", &format!("/element/{element}/click"), Some(&json!({})));
    }

    /// Types into one field, after what is there.
    #[track_caller]
    pub fn type_into(&self, css: &str, typed: &str) {
        let element = self.find(css);
        let typed = json!({ "text": typed });
        self.must("POST", &format!("/element/{element}/value"), Some(&typed));
    }

    /// Types into one field, instead of what is there.
    #[track_caller]
    pub fn retype(&self, css: &str, typed: &str) {
        self.click(css);
        self.press("Control+a");
        self.press("Backspace");
        self.type_into(css, typed);
    }

    #[track_caller]
    fn find(&self, css: &str) -> String {
        self.wait_for(css);
        let by = json!({"using": "css selector", "value": css});
        text(&self.must("POST", "/element", Some(&by))[ELEMENT])
    }

    /// What the page looks like now, in `target/screenshots/NAME.png`. Returns the PNG.
    #[track_caller]
    pub fn screenshot(&self, name: &str) -> Vec<u8> {
        self.picture(name).unwrap_or_else(|failure| panic!("{failure}"))
    }

    fn picture(&self, name: &str) -> Result<Vec<u8>, Failure> {
        let png = wire::base64(&text(&self.call("GET", "/screenshot", None)?));
        let path = pictures().join(format!("{name}.png"));
        fs::write(&path, &png).expect("target/screenshots can be written");
        Ok(png)
    }

    #[track_caller]
    fn must(&self, method: &str, path: &str, body: Option<&Value>) -> Value {
        let answer = self.call(method, path, body);
        answer.unwrap_or_else(|failure| panic!("{method} {path}: {failure}"))
    }

    fn call(&self, method: &str, path: &str, body: Option<&Value>) -> Result<Value, Failure> {
        let path = format!("/session/{}{path}", self.session);
        wire::call(self.driver.port, method, &path, body, wire::CALL)
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        if thread::panicking() {
            let _ = self.picture(&format!("{}-failed", self.name));
        }
        // Ends the program as closing its window would.
        let _ = self.call("DELETE", "", None);
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn pictures() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("screenshots");
    fs::create_dir_all(&folder).expect("target/screenshots can be made");
    folder
}
