//! Crosswalk's window. The first argument that is no option, if there is one, is a project to open; `--portable` keeps
//! everything beside the program.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() {
    #[cfg(not(feature = "e2e"))]
    refuse_automation();
    let places = crosswalk_desktop::Places::of_this_start();
    if let Ok(places) = &places {
        keep_beside(places);
    }
    crosswalk_desktop::run(tauri::generate_context!(), places);
}

/// Has the libraries under the window keep theirs where ours is kept.
fn keep_beside(places: &crosswalk_desktop::Places) {
    for (name, folder) in places.variables() {
        // SAFETY: nothing has been started yet, so no other thread reads the environment.
        #[expect(unsafe_code, reason = "libraries of Linux know no other way to be told")]
        unsafe {
            std::env::set_var(name, folder);
        }
    }
}

/// The web views of all three platforms let themselves be driven from outside where these are set.
#[cfg(not(feature = "e2e"))]
fn refuse_automation() {
    for name in [
        "TAURI_WEBVIEW_AUTOMATION",
        "WEBKIT_INSPECTOR_SERVER",
        "WEBKIT_INSPECTOR_HTTP_SERVER",
        "WEBVIEW2_ADDITIONAL_BROWSER_ARGUMENTS",
    ] {
        // SAFETY: nothing has been started yet, so no other thread reads the environment.
        #[expect(unsafe_code, reason = "the environment is the only door to these switches")]
        unsafe {
            std::env::remove_var(name);
        }
    }
}
