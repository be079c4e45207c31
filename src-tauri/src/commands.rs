//! Every command of the one list, answered in one place: the window and the bridge both come through [`answer`].

mod analysis;
mod export;
mod find;
mod map;
mod projects;
mod rejects;
mod relationships;
mod sample;
mod snapshot;
mod tables;

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{
    error::{Answer, caught},
    requests::WireError,
    session::Session,
};

/// The handlers under one roof: a name of the list without one does not compile.
mod handlers {
    pub use super::{
        analysis::*, export::*, find::*, map::*, projects::*, rejects::*, relationships::*, sample::*, snapshot::*,
        tables::*,
    };
}

/// Answers one command. May take long: never call it from a thread that draws.
pub fn answer(session: &Session, name: &str, request: Value) -> Answer<Value> {
    caught(|| dispatch(session, name, request))
}

/// What a handler is given, and what it answers, by the nature of its command. The reply's type is written out so that a
/// handler cannot drift from the list.
macro_rules! answered {
    (ask, $handler:path, $request:ty, $reply:ty, $session:expr, $value:expr) => {{
        let handler: fn(&mut Project, $request) -> engine::Result<$reply> = $handler;
        let request = $value?;
        tell(&$session.ask(|project| handler(project, request))?)
    }};
    (edit, $handler:path, $request:ty, $reply:ty, $session:expr, $value:expr) => {{
        let handler: fn(&mut Project, $request) -> engine::Result<Touched> = $handler;
        let request = $value?;
        let edited: $reply = $session.edit(|project| handler(project, request))?;
        tell(&edited)
    }};
    (apart, $handler:path, $request:ty, $reply:ty, $session:expr, $value:expr) => {{
        let handler: fn(&Session, &mut Project, $request) -> Answer<$reply> = $handler;
        let request = $value?;
        tell(&handler($session, &mut $session.apart()?, request)?)
    }};
    (shell, $handler:path, $request:ty, $reply:ty, $session:expr, $value:expr) => {{
        let handler: fn(&Session, $request) -> Answer<$reply> = $handler;
        tell(&handler($session, $value?)?)
    }};
}

macro_rules! commands {
    ($($nature:ident $name:ident($request:ty) -> $reply:ty $({$($own:ident)*})? $([$($any:ident)*])?,)*) => {
        /// The names of the list, in its order.
        pub const NAMES: &[&str] = &[$(stringify!($name)),*];

        pub(super) fn dispatch(session: &Session, name: &str, request: Value) -> Answer<Value> {
            match name {
                $(stringify!($name) => {
                    answered!($nature, handlers::$name, $request, $reply, session, understand(name, request))
                })*
                _ => Err(WireError::refused(format!("There is no command {name:?}."))),
            }
        }

        mod invoked {
            $(
                #[tauri::command]
                pub async fn $name(
                    session: tauri::State<'_, crate::Session>,
                    request: Option<serde_json::Value>,
                ) -> crate::Answer<serde_json::Value> {
                    super::off_the_main_thread(&session, stringify!($name), request).await
                }
            )*
        }

        /// What the window calls when the page asks.
        pub(crate) fn handler() -> impl Fn(tauri::ipc::Invoke) -> bool + Send + Sync + 'static {
            tauri::generate_handler![$(invoked::$name),*]
        }
    };
}

mod list {
    #![allow(clippy::wildcard_imports, reason = "the list names types by the dozen")]

    use engine::{
        Project,
        mapping::{Component, Module},
        project::facts::*,
    };
    use serde_json::Value;

    use super::{handlers, off_the_main_thread, tell, understand};
    use crate::{Answer, Session, requests::*};

    include!("command_list.rs");
}

pub use list::NAMES;
use list::dispatch;
pub(crate) use list::handler;

async fn off_the_main_thread(session: &Session, name: &'static str, request: Option<Value>) -> Answer<Value> {
    let session = session.clone();
    let answered =
        tauri::async_runtime::spawn_blocking(move || answer(&session, name, request.unwrap_or(Value::Null))).await;
    answered.unwrap_or_else(|_| Err(WireError::internal()))
}

fn understand<T: DeserializeOwned>(name: &str, request: Value) -> Answer<T> {
    serde_json::from_value(request).map_err(|error| {
        let error = error.to_string();
        // What was found instead may be a cell of the client's.
        let why = match error.find(", expected ") {
            Some(at) => &error[at + 2..],
            None if error.starts_with("missing field") => &error,
            None => "it has another shape",
        };
        WireError::refused(format!("The request to {name:?} cannot be understood: {why}."))
    })
}

fn tell<T: Serialize>(reply: &T) -> Answer<Value> {
    serde_json::to_value(reply).map_err(|_| WireError::internal())
}

#[cfg(test)]
mod tests;
