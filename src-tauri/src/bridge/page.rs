//! The files of the page, and the policy they are served under: the window's own.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{Reply, refusal, replied};
use serde_json::Value;

/// Where the nonce goes, as in the window.
const EMPTY_STYLE: &str = "<style></style>";

pub struct Page {
    /// Without links in it, so that what it is compared with can be trusted.
    folder: PathBuf,
    policy: String,
    random: fn() -> u64,
}

impl Page {
    pub fn open(folder: &Path, random: fn() -> u64) -> io::Result<Self> {
        let folder = folder.canonicalize()?;
        if !folder.join("index.html").is_file() {
            let text = format!("{} holds no index.html: build the page first (npm run build in ui)", folder.display());
            return Err(io::Error::new(io::ErrorKind::NotFound, text));
        }
        Ok(Self { folder, policy: policy(), random })
    }

    /// The file that an address asks for, `/` being the page.
    pub fn file(&self, url: &str) -> Reply {
        let path = url.split(['?', '#']).next().unwrap_or_default();
        let path = if path == "/" { "/index.html" } else { path };
        match self.inside(path).and_then(|file| Some((fs::read(&file).ok()?, file))) {
            Some((bytes, file)) => self.served(bytes, &file),
            None => refusal(404, "there is no such file"),
        }
    }

    /// None for what is not a file of the folder, however it is spelled.
    fn inside(&self, path: &str) -> Option<PathBuf> {
        let plain = |part: &str| {
            !part.starts_with('.') && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-@".contains(&byte))
        };
        // No name that the build makes needs an escape.
        let path = path.strip_prefix('/').filter(|path| path.split('/').all(plain))?;
        let file = self.folder.join(path).canonicalize().ok()?;
        (file.starts_with(&self.folder) && file.is_file()).then_some(file)
    }

    fn served(&self, bytes: Vec<u8>, file: &Path) -> Reply {
        let kind = kind(file);
        let nonce = format!("{:016x}{:016x}", (self.random)(), (self.random)());
        let (bytes, policy) = if kind.starts_with("text/html") {
            let filled = format!("<style nonce=\"{nonce}\"></style>");
            let page = String::from_utf8_lossy(&bytes).replace(EMPTY_STYLE, &filled);
            let policy = self.policy.replace("style-src 'self'", &format!("style-src 'self' 'nonce-{nonce}'"));
            (page.into_bytes(), policy)
        } else {
            (bytes, self.policy.clone())
        };
        let headers = [
            ("content-type", kind),
            ("content-security-policy", &policy),
            ("x-content-type-options", "nosniff"),
            ("cache-control", "no-store"),
        ];
        replied(200, &headers, bytes)
    }
}

/// The window's policy; only the way to the commands differs.
fn policy() -> String {
    let config: Value = serde_json::from_str(include_str!("../../tauri.conf.json")).expect("tauri.conf.json is JSON");
    let policy = config["app"]["security"]["csp"].as_str().expect("tauri.conf.json has a policy");
    let parts = policy.split("; ").map(|part| match part.split_once(' ') {
        Some(("connect-src", _)) => "connect-src 'self'",
        _ => part,
    });
    parts.collect::<Vec<_>>().join("; ")
}

fn kind(file: &Path) -> &'static str {
    match file.extension().and_then(|ending| ending.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json" | "map") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}
