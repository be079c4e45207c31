use std::{
    fs,
    io::{Read, Write},
    net::TcpStream,
    path::PathBuf,
    time::Duration,
};

use engine::project::Environment;
use tempfile::TempDir;

use super::*;
use crate::{Places, Prepared};

struct Served {
    _home: TempDir,
    address: SocketAddr,
}

impl Served {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let ui = home.path().join("dist");
        fs::create_dir_all(ui.join("assets")).unwrap();
        fs::write(ui.join("index.html"), "<head><style></style></head>").unwrap();
        fs::write(ui.join("assets/index-B4_x.js"), "1").unwrap();
        fs::write(home.path().join("secret.txt"), "secret").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(home.path().join("secret.txt"), ui.join("link.txt")).unwrap();
        let places =
            Places { config: Some(home.path().join("config")), data: Some(home.path().join("data")), beside: None };
        let session = Session::new(Environment::system(), places, Box::new(Prepared::new(None::<PathBuf>)));
        let bridge = Bridge::start(&ui, &session).unwrap();
        assert_eq!(bridge.url(), format!("http://127.0.0.1:{}/", bridge.address.port()));
        Self { _home: home, address: bridge.address }
    }

    /// Status line, headers and body, as they came.
    fn says(&self, head: &str, body: &str) -> String {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        let host = if head.contains("Host:") { String::new() } else { format!("Host: {}\r\n", self.address) };
        write!(stream, "{head}\r\n{host}Connection: close\r\nContent-Length: {}\r\n\r\n{body}", body.len()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    fn posts(&self, command: &str, body: &str) -> String {
        self.says(&format!("POST /ipc/{command} HTTP/1.1\r\nContent-Type: application/json"), body)
    }
}

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or_default()
}

#[test]
fn the_page_comes_with_the_windows_policy_and_a_nonce() {
    let served = Served::new();
    let [first, second] = [(); 2].map(|()| served.says("GET / HTTP/1.1", ""));
    let policy = first.lines().find_map(|line| line.strip_prefix("content-security-policy: ")).unwrap();
    let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).unwrap();
    assert_eq!(nonce.len(), 32);
    assert!(first.contains(&format!("<style nonce=\"{nonce}\"></style>")), "{first}");
    assert!(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self' 'nonce-"), "{policy}");
    assert!(policy.contains("connect-src 'self';") && policy.contains("object-src 'none'"), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
    assert!(!second.contains(nonce), "each page has a nonce of its own");
}

#[test]
fn files_and_nothing_outside_the_folder() {
    let served = Served::new();
    for (path, expected) in [
        ("/", "200"),
        ("/index.html", "200"),
        ("/assets/index-B4_x.js", "200"),
        ("/assets/index-B4_x.js?v=1", "200"),
        ("/assets", "404"),
        ("/missing.js", "404"),
        ("/../secret.txt", "404"),
        ("/assets/../../secret.txt", "404"),
        ("/%2e%2e/secret.txt", "404"),
        ("/..%2fsecret.txt", "404"),
        ("/..\\secret.txt", "404"),
        ("//etc/passwd", "404"),
        ("/link.txt", "404"),
    ] {
        let answer = served.says(&format!("GET {path} HTTP/1.1"), "");
        assert_eq!(status(&answer), expected, "{path}: {answer}");
        assert!(!answer.contains("secret"), "{path}");
    }
}

#[test]
fn commands_are_answered_by_the_one_dispatcher() {
    let served = Served::new();
    for (command, body, expected, part) in [
        ("app_state", "null", "200", "\"project\":null"),
        ("app_state", "", "200", "\"project\":null"),
        ("jobs", "null", "200", "[]"),
        ("tables", "{}", "400", "\"code\":\"no_project\""),
        ("nothing_of_the_kind", "null", "400", "\"code\":\"refused\""),
        ("tables", "{", "400", "is not JSON"),
    ] {
        let answer = served.posts(command, body);
        assert_eq!(status(&answer), expected, "{command}: {answer}");
        assert!(answer.contains(part), "{command}: {answer}");
    }
}

#[test]
fn pages_from_elsewhere_are_refused() {
    let served = Served::new();
    let port = served.address.port();
    let json = "Content-Type: application/json";
    for (name, head, expected) in [
        ("another name", format!("POST /ipc/jobs HTTP/1.1\r\nHost: evil.example:{port}\r\n{json}"), "421"),
        ("another port", format!("GET / HTTP/1.1\r\nHost: 127.0.0.1:{}", port ^ 1), "421"),
        ("a form", "POST /ipc/jobs HTTP/1.1\r\nContent-Type: text/plain".to_owned(), "400"),
        ("a link", "GET /ipc/jobs HTTP/1.1".to_owned(), "405"),
        ("the question before", format!("OPTIONS /ipc/jobs HTTP/1.1\r\n{json}"), "405"),
    ] {
        let answer = served.says(&head, "");
        assert_eq!(status(&answer), expected, "{name}: {answer}");
        assert!(!answer.to_lowercase().contains("access-control-allow"), "{name}");
    }
}
