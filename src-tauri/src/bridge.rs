//! Serves the same page with the same commands to a plain browser under test. Builds that are shipped leave this out.

mod page;

use std::{
    io::{self, Read},
    net::{Ipv4Addr, SocketAddr},
    path::Path,
    sync::Arc,
    thread,
};

use serde_json::Value;
use tiny_http::{Header, Method, Request, Response, Server};

use crate::{Session, commands, error::Answer, requests::WireError};
use page::Page;

const THREADS: usize = 6;
const MOST_BYTES: u64 = 16 << 20;

type Reply = Response<io::Cursor<Vec<u8>>>;

/// A running bridge; it serves until the process ends.
pub struct Bridge {
    address: SocketAddr,
}

impl Bridge {
    /// Serves the built page in `ui` on a free port of this machine, to this machine alone.
    pub fn start(ui: &Path, session: &Session) -> io::Result<Self> {
        let page = Arc::new(Page::open(ui, session.here.random)?);
        let server = Server::http((Ipv4Addr::LOCALHOST, 0)).map_err(io::Error::other)?;
        let address = server.server_addr().to_ip().ok_or_else(|| io::Error::other("no address was given"))?;
        let server = Arc::new(server);
        for _ in 0..THREADS {
            let (server, page, session) = (Arc::clone(&server), Arc::clone(&page), session.clone());
            thread::Builder::new().spawn(move || {
                while let Ok(mut request) = server.recv() {
                    let reply = reply(&mut request, address, &page, &session);
                    // A browser that went away meanwhile is no error.
                    let _ = request.respond(reply);
                }
            })?;
        }
        Ok(Self { address })
    }

    /// `http://127.0.0.1:PORT/`
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }
}

fn reply(request: &mut Request, address: SocketAddr, page: &Page, session: &Session) -> Reply {
    // A page from elsewhere that had its name point here would bring its own name along.
    if header(request, "Host") != Some(&address.to_string()) {
        return refusal(421, "this address is not served here");
    }
    let url = request.url().to_owned();
    match (request.method().clone(), url.strip_prefix("/ipc/")) {
        (Method::Post, Some(command)) => match answer(request, command, session) {
            Ok(value) => json(200, value.to_string()),
            Err(error) => json(400, serde_json::to_string(&error).unwrap_or_default()),
        },
        (Method::Get | Method::Head, None) => page.file(&url),
        _ => refusal(405, "commands are posted to /ipc/NAME, files are got"),
    }
}

fn answer(request: &mut Request, command: &str, session: &Session) -> Answer<Value> {
    // A browser asks before it sends this type across sites, and nobody here says yes.
    if !header(request, "Content-Type").is_some_and(|kind| kind.starts_with("application/json")) {
        return Err(WireError::refused("A command's request is sent as application/json."));
    }
    let mut body = Vec::new();
    let read = request.as_reader().take(MOST_BYTES + 1).read_to_end(&mut body);
    read.map_err(|error| WireError::refused(format!("The request did not arrive whole: {error}")))?;
    if body.len() as u64 > MOST_BYTES {
        return Err(WireError::refused(format!("The request is larger than {MOST_BYTES} bytes.")));
    }
    let wanted = if body.is_empty() { Ok(Value::Null) } else { serde_json::from_slice(&body) };
    let wanted = wanted.map_err(|_| WireError::refused("The request is not JSON."))?;
    commands::answer(session, command, wanted)
}

fn header<'request>(request: &'request Request, name: &'static str) -> Option<&'request str> {
    request.headers().iter().find(|header| header.field.equiv(name)).map(|header| header.value.as_str())
}

fn refusal(status: u16, why: &str) -> Reply {
    Response::from_string(why).with_status_code(status)
}

fn json(status: u16, text: String) -> Reply {
    let reply = Response::from_string(text).with_status_code(status);
    reply.with_header(named("Content-Type", "application/json")).with_header(named("Cache-Control", "no-store"))
}

fn named(name: &str, value: &str) -> Header {
    Header::from_bytes(name, value).expect("names and values of ours are in ASCII")
}

#[cfg(test)]
mod tests;
