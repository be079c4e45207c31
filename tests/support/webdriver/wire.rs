//! WebDriver's HTTP: one call, one connection, and an end to every wait.

use std::{
    fmt,
    io::{self, Read, Write},
    net::{SocketAddr, TcpStream},
    time::{Duration, Instant},
};

use serde_json::Value;

/// The driver answers in milliseconds or has hung, which it does on some pages.
pub const CALL: Duration = Duration::from_secs(20);
/// A debug build on a busy machine takes its time to come up.
pub const START: Duration = Duration::from_mins(1);

#[derive(Debug)]
pub enum Failure {
    /// No answer, or none that can be read.
    Transport(io::Error),
    /// The driver's own error code and message.
    Refused { code: String, message: String },
}

impl Failure {
    /// Whether trying again cannot help: the program has gone, or the driver no longer answers.
    pub fn is_final(&self) -> bool {
        match self {
            Self::Transport(_) => true,
            Self::Refused { code, .. } => ["invalid session id", "no such window"].contains(&code.as_str()),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Transport(error) => write!(f, "WebKitWebDriver does not answer: {error}"),
            Self::Refused { code, message } => write!(f, "{code}: {message}"),
        }
    }
}

/// Returns the `value` of the answer.
pub fn call(port: u16, method: &str, path: &str, body: Option<&Value>, patience: Duration) -> Result<Value, Failure> {
    let body = body.map(ToString::to_string).unwrap_or_default();
    let answer = exchange(port, method, path, &body, patience).map_err(Failure::Transport)?;
    let mut answer: Value = serde_json::from_slice(&answer).map_err(|error| Failure::Transport(error.into()))?;
    let value = answer["value"].take();
    match value["error"].as_str() {
        None => Ok(value),
        Some(code) => Err(Failure::Refused {
            code: code.to_owned(),
            message: value["message"].as_str().unwrap_or_default().to_owned(),
        }),
    }
}

fn exchange(port: u16, method: &str, path: &str, body: &str, patience: Duration) -> io::Result<Vec<u8>> {
    let end = Instant::now() + patience;
    let mut stream = TcpStream::connect_timeout(&SocketAddr::from(([127, 0, 0, 1], port)), CALL)?;
    stream.set_write_timeout(Some(CALL))?;
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )?;
    let mut answer = Vec::new();
    let mut part = [0; 1 << 13];
    loop {
        if let Some(body) = whole(&answer) {
            return Ok(body.to_vec());
        }
        let left = end.saturating_duration_since(Instant::now());
        // Zero would mean to wait for ever.
        stream.set_read_timeout(Some(left.max(Duration::from_millis(1))))?;
        let read = stream.read(&mut part)?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        answer.extend_from_slice(&part[..read]);
    }
}

/// The body, once all of it is here.
fn whole(answer: &[u8]) -> Option<&[u8]> {
    let head = answer.windows(4).position(|four| four == b"\r\n\r\n")?;
    let headers = String::from_utf8_lossy(&answer[..head]).to_ascii_lowercase();
    let length = headers.lines().find_map(|line| line.strip_prefix("content-length:"))?;
    let length: usize = length.trim().parse().ok()?;
    answer.get(head + 4..head + 4 + length)
}

pub fn base64(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut held) = (0_u32, 0);
    for letter in text.bytes() {
        let six = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        bits = (bits << 6) | u32::from(six);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
        }
    }
    bytes
}
