//! Crosswalk's window. The first argument, if there is one, is a project to open.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() {
    #[cfg(not(feature = "e2e"))]
    refuse_automation();
    crosswalk_desktop::run(tauri::generate_context!());
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
