//! Serves the same page with the same commands to a plain browser under test. Builds that are shipped leave this out.

mod page;

use std::{
    io,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::Path,
    sync::Arc,
};

use axum::{
    Router,
    body::{self, Body},
    extract::Request,
    http::{HeaderMap, Method, Response},
};
use serde_json::Value;

use crate::{Session, commands, error::Answer, requests::WireError};
use page::Page;

const MOST_BYTES: usize = 16 << 20;

type Reply = Response<Body>;

/// A running bridge; it serves until the process ends.
pub struct Bridge {
    address: SocketAddr,
}

impl Bridge {
    /// Serves the built page in `ui` on a free port of this machine, to this machine alone.
    pub fn start(ui: &Path, session: &Session) -> io::Result<Self> {
        let page = Arc::new(Page::open(ui, session.environment.random)?);
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let session = session.clone();
        let routes =
            Router::new().fallback(move |request: Request| serve(request, address, Arc::clone(&page), session.clone()));
        tauri::async_runtime::spawn(async {
            let listener = tokio::net::TcpListener::from_std(listener)?;
            axum::serve(listener, routes).await
        });
        Ok(Self { address })
    }

    /// `http://127.0.0.1:PORT/`
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }
}

/// Commands are answered on threads that may block: one that takes long holds up no other.
async fn serve(request: Request, address: SocketAddr, page: Arc<Page>, session: Session) -> Reply {
    let (head, body) = request.into_parts();
    let Ok(body) = body::to_bytes(body, MOST_BYTES).await else {
        return refusal(413, "the request did not arrive whole, or is too large");
    };
    let asked = Asked { method: head.method, url: head.uri.to_string(), headers: head.headers, body: body.to_vec() };
    let replying = tokio::task::spawn_blocking(move || reply(&asked, address, &page, &session));
    replying.await.unwrap_or_else(|_| refusal(500, "the answer was not made"))
}

struct Asked {
    method: Method,
    url: String,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Asked {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

fn reply(asked: &Asked, address: SocketAddr, page: &Page, session: &Session) -> Reply {
    // A page from elsewhere that had its name point here would bring its own name along.
    if asked.header("host") != Some(&address.to_string()) {
        return refusal(421, "this address is not served here");
    }
    match (&asked.method, asked.url.strip_prefix("/ipc/")) {
        (&Method::POST, Some(command)) => match answer(asked, command, session) {
            Ok(value) => json(200, value.to_string()),
            Err(error) => json(400, serde_json::to_string(&error).unwrap_or_default()),
        },
        (&(Method::GET | Method::HEAD), None) => page.file(&asked.url),
        _ => refusal(405, "commands are posted to /ipc/NAME, files are got"),
    }
}

fn answer(asked: &Asked, command: &str, session: &Session) -> Answer<Value> {
    // A browser asks before it sends this type across sites, and nobody here says yes.
    if !asked.header("content-type").is_some_and(|kind| kind.starts_with("application/json")) {
        return Err(WireError::refused("A command's request is sent as application/json."));
    }
    let wanted = if asked.body.is_empty() { Ok(Value::Null) } else { serde_json::from_slice(&asked.body) };
    let wanted = wanted.map_err(|_| WireError::refused("The request is not JSON."))?;
    commands::answer(session, command, wanted)
}

fn refusal(status: u16, why: &str) -> Reply {
    replied(status, &[("content-type", "text/plain; charset=utf-8")], why.as_bytes().to_vec())
}

fn json(status: u16, text: String) -> Reply {
    replied(status, &[("content-type", "application/json"), ("cache-control", "no-store")], text.into_bytes())
}

fn replied(status: u16, headers: &[(&str, &str)], body: Vec<u8>) -> Reply {
    let reply =
        headers.iter().fold(Response::builder().status(status), |reply, (name, value)| reply.header(*name, *value));
    reply.body(Body::from(body)).expect("names and values of ours are in ASCII")
}

#[cfg(test)]
mod tests;
