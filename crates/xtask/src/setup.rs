//! What this machine needs before Crosswalk can be built or tested.

mod apt;
mod node;

use crate::{
    shell::{self, Done, cargo, command, on_path, output},
    ui,
};

pub use apt::Need;

#[derive(Clone, Copy)]
pub struct Options {
    test: bool,
}

impl Options {
    pub fn parse(arguments: &[String]) -> Result<Self, String> {
        let mut options = Self { test: false };
        for argument in arguments {
            match argument.as_str() {
                "--test" => options.test = true,
                other => return Err(other.to_owned()),
            }
        }
        Ok(options)
    }
}

pub fn run_for(need: Need) -> Done {
    // Looked for first: nobody should wait for 400 MB of packages to hear that Node is too old.
    node::check()?;
    system(need)?;
    ui::install()
}

pub fn run(options: Options) -> Done {
    if options.test {
        run_for(Need::Test)?;
        toolchain()?;
    } else {
        run_for(Need::Window)?;
    }
    println!("Everything is in place.");
    Ok(())
}

/// Packages of the operating system.
pub fn system(need: Need) -> Done {
    if on_path("apt-get") && on_path("dpkg-query") {
        return apt::install(need);
    }
    if let Some(advice) = advice(need) {
        println!("{advice}");
    }
    Ok(())
}

/// What to install by hand where apt is not at home; nothing can be checked there, so it goes on.
fn advice(need: Need) -> Option<&'static str> {
    match need {
        Need::Nothing | Need::Windows => None,
        _ if cfg!(target_os = "macos") => {
            Some("macOS: the build needs Apple's command line tools (`xcode-select --install`).")
        }
        _ if cfg!(windows) => Some(
            "Windows: the build needs the C++ build tools of Visual Studio and the WebView2 \
             runtime, which Windows 11 has.",
        ),
        Need::Window => Some(
            "This is not a Debian-like system. The window needs the development files of \
             WebKitGTK 4.1 (Fedora: webkit2gtk4.1-devel; Arch: webkit2gtk-4.1), a C compiler and \
             pkg-config.",
        ),
        Need::Test => Some(
            "This is not a Debian-like system. The tests need the development files of WebKitGTK \
             4.1, WebKitWebDriver, Xvfb, Chromium, ImageMagick, strace, the DejaVu fonts, a Chinese font, \
             a C compiler and pkg-config.",
        ),
    }
}

/// A minimal toolchain has neither of the two that the checks begin with.
pub fn toolchain() -> Done {
    let absent: Vec<&str> = [("rustfmt", "fmt"), ("clippy", "clippy")]
        .into_iter()
        .filter(|(_, verb)| output(cargo().args([verb, "--version"])).is_none())
        .map(|(component, _)| component)
        .collect();
    if absent.is_empty() {
        return Ok(());
    }
    println!("The Rust toolchain lacks {}.", absent.join(" and "));
    if !on_path("rustup") {
        return Err(format!("install {} for the Rust toolchain in use", absent.join(" and ")));
    }
    shell::run(command("rustup").args(["component", "add"]).args(absent))
}
