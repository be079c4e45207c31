//! The window itself: what Tauri is asked for, and what happens when it opens, is started twice, and closes.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use engine::project::Environment;
use tauri::{AppHandle, Context, Manager, RunEvent, Url, WebviewWindow, WebviewWindowBuilder, Window, WindowEvent};
use tauri_plugin_dialog::{DialogExt, MessageDialogButtons, MessageDialogKind};

use crate::{
    commands,
    error::tell_of_panics,
    paths::{FileDialogs, SystemDialogs},
    places::{NoPlace, Places},
    session::Session,
};

/// How long a stopped job may take to put its things in order.
const PATIENCE: Duration = Duration::from_secs(20);

/// Opens the window and returns when it is closed. The first argument of the program that is no option is a project to
/// open.
pub fn run(context: Context, places: Result<Places, NoPlace>) {
    tell_of_panics();
    let mut builder = tauri::Builder::default().plugin(tauri_plugin_single_instance::init(|app, arguments, folder| {
        started_again(app, project(arguments).map(|project| Path::new(&folder).join(project)));
    }));
    // This one makes a folder among the system's settings. On Linux those are beside the program, too; elsewhere the
    // window's size is forgotten rather than something left on the computer.
    let beside = places.as_ref().is_ok_and(|places| places.beside.is_some());
    if cfg!(target_os = "linux") || !beside {
        builder = builder.plugin(tauri_plugin_window_state::Builder::default().build());
    }
    let app = builder
        .plugin(tauri_plugin_dialog::init())
        .invoke_handler(commands::handler())
        .on_window_event(|window, event| {
            if let WindowEvent::CloseRequested { api, .. } = event
                && window.state::<Session>().jobs.refuse_if_running().is_err()
            {
                api.prevent_close();
                ask_to_stop(window.clone());
            }
        })
        .setup(|app| {
            let places = match places {
                Ok(places) => places,
                Err(why) => {
                    tell_and_end(app.handle(), &why.to_string());
                    return Ok(());
                }
            };
            let web = places.web();
            let dialogs = dialogs(app.handle(), &places);
            let session = Session::new(Environment::system(), places, dialogs);
            // Before there is a page to ask for it.
            let named = project(std::env::args_os()).map(PathBuf::from);
            #[cfg(target_os = "macos")]
            let named = named.or_else(|| EARLY.lock().ok()?.take());
            if let Some(project) = named {
                session.open_at_start(&project);
            }
            app.manage(session);
            open(app.handle(), web)?;
            Ok(())
        })
        .build(context);
    match app {
        Ok(app) => app.run(|app, event| {
            #[cfg(target_os = "macos")]
            if let RunEvent::Opened { urls } = &event {
                opened_in_finder(app, urls.iter().find_map(|url| url.to_file_path().ok()));
            }
            // By now nobody can be asked; what the job has written so far is put in order.
            if let RunEvent::Exit = event
                && let Some(session) = app.try_state::<Session>()
            {
                tauri::async_runtime::block_on(session.jobs.stop(PATIENCE));
                // Not left to the process's end: a database that is closed leaves no log of its own behind.
                let _ = session.close();
            }
        }),
        Err(error) => {
            eprintln!("crosswalk: the window could not be opened: {error}");
            std::process::exit(1);
        }
    }
}

/// What cannot be told by a page, for there is none.
fn tell_and_end(app: &AppHandle, why: &str) {
    eprintln!("crosswalk: {why}");
    let app = app.clone();
    let dialog = app.dialog().message(why).title("Crosswalk was not opened").kind(MessageDialogKind::Error);
    dialog.show(move |_| app.exit(1));
}

/// `web` is where the web view keeps what is its own, if not where the system has such things.
fn open(app: &AppHandle, web: Option<PathBuf>) -> tauri::Result<WebviewWindow> {
    let config = &app.config().app.windows[0];
    // The page is ours alone: whatever a link says, the window shows nothing from elsewhere.
    let mut window = WebviewWindowBuilder::from_config(app, config)?.on_navigation(is_our_page);
    if let Some(folder) = web {
        // On macOS a web view keeps its things with the user or nowhere.
        window = if cfg!(target_os = "macos") { window.incognito(true) } else { window.data_directory(folder) };
    }
    // The page knows what it shows; the window's frame says the same.
    let window = window.on_document_title_changed(|window, title| drop(window.set_title(&title)));
    window.build()
}

/// The project among a start's arguments. Some systems add options of their own.
fn project<T: AsRef<OsStr>>(arguments: impl IntoIterator<Item = T>) -> Option<T> {
    let mut given = arguments.into_iter().skip(1);
    given.find(|argument| !argument.as_ref().as_encoded_bytes().starts_with(b"-"))
}

fn is_our_page(url: &Url) -> bool {
    let ours = url.scheme() == "tauri" || url.host_str() == Some("tauri.localhost");
    ours || (tauri::is_dev() && url.host_str() == Some("localhost"))
}

/// A second start shows the window that is there, and opens what it was asked to.
fn started_again(app: &AppHandle, project: Option<PathBuf>) {
    let Some(window) = app.get_webview_window("main") else { return };
    let _ = window.unminimize();
    let _ = window.set_focus();
    let Some(project) = project else { return };
    let app = app.clone();
    tauri::async_runtime::spawn_blocking(move || {
        match app.state::<Session>().open(&project) {
            // The page asks anew for everything.
            Ok(_) => drop(window.reload()),
            Err(error) => {
                let dialog = app.dialog().message(error.message).title("This project was not opened");
                dialog.kind(MessageDialogKind::Error).parent(&window).show(|_| {});
            }
        }
    });
}

/// What was opened in the Finder before there was a window.
#[cfg(target_os = "macos")]
static EARLY: std::sync::Mutex<Option<PathBuf>> = std::sync::Mutex::new(None);

/// macOS tells by an event what other systems name as an argument.
#[cfg(target_os = "macos")]
fn opened_in_finder(app: &AppHandle, project: Option<PathBuf>) {
    if app.get_webview_window("main").is_some() {
        started_again(app, project);
    } else if let Ok(mut early) = EARLY.lock() {
        *early = project;
    }
}

fn ask_to_stop(window: Window) {
    /// The question is on the screen; pressing close again does not ask it twice.
    static ASKING: AtomicBool = AtomicBool::new(false);
    if unattended() {
        stop_and_close(window);
        return;
    }
    if ASKING.swap(true, Ordering::Relaxed) {
        return;
    }
    let text = "Work is still going on. If you close now it is stopped, and what it was making is not kept.";
    let buttons = MessageDialogButtons::OkCancelCustom("Stop and close".to_owned(), "Keep working".to_owned());
    let dialog = window.dialog().message(text).title("Close Crosswalk?").kind(MessageDialogKind::Warning);
    dialog.buttons(buttons).parent(&window).show(move |stop| {
        ASKING.store(false, Ordering::Relaxed);
        if stop {
            stop_and_close(window);
        }
    });
}

fn stop_and_close(window: Window) {
    tauri::async_runtime::spawn(async move {
        let jobs = window.state::<Session>().jobs.clone();
        jobs.stop(PATIENCE).await;
        let _ = window.destroy();
    });
}

fn dialogs(app: &AppHandle, places: &Places) -> Box<dyn FileDialogs> {
    #[cfg(feature = "e2e")]
    {
        let prepared = crate::Prepared::from_environment();
        if prepared.is_given() {
            return Box::new(prepared);
        }
    }
    let own = places.variables().into_iter().map(|(name, _)| name).collect();
    Box::new(SystemDialogs { app: app.clone(), own })
}

/// A test drives the window: there is nobody to answer a dialog.
fn unattended() -> bool {
    cfg!(feature = "e2e") && std::env::var_os("CROSSWALK_E2E_PATHS").is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_project_named_at_the_start() {
        for (arguments, expected) in [
            (&["crosswalk"] as &[&str], None),
            (&["crosswalk", "/p/bay.crosswalk"], Some("/p/bay.crosswalk")),
            (&["crosswalk", "-psn_0_1", "/p/bay.crosswalk"], Some("/p/bay.crosswalk")),
        ] {
            assert_eq!(project(arguments), expected.as_ref());
        }
    }

    #[test]
    fn only_the_page_itself_is_shown() {
        for (url, ours) in [
            ("tauri://localhost/index.html", true),
            ("http://tauri.localhost/", true),
            ("https://example.org/", false),
            ("http://tauri.localhost.example.org/", false),
            ("file:///etc/passwd", false),
        ] {
            assert_eq!(is_our_page(&url.parse().unwrap()), ours, "{url}");
        }
    }
}
