//! Crosswalk for the other systems, built on Debian.

#[cfg(target_os = "linux")]
mod debian;
#[cfg(target_os = "linux")]
pub mod macos;
#[cfg(target_os = "linux")]
pub mod windows;
#[cfg(target_os = "linux")]
mod wine;

/// Elsewhere than on Linux there is nothing to build with.
#[cfg(not(target_os = "linux"))]
pub mod windows {
    use crate::shell::Done;

    const WHY: &str = "programs for other systems are built on Debian only";

    pub fn absent() -> Option<String> {
        Some(WHY.to_owned())
    }

    pub fn run() -> Done {
        Err(WHY.to_owned())
    }

    pub fn build() -> Done {
        Err(WHY.to_owned())
    }

    pub fn test() -> Result<String, String> {
        Err(WHY.to_owned())
    }

    pub fn check() -> Done {
        Err(WHY.to_owned())
    }
}

#[cfg(not(target_os = "linux"))]
pub mod macos {
    pub use super::windows::run;
}
