//! Paths as people read them, and names that a file can have on every system: a project goes from a Mac to a Windows
//! laptop on a stick, and its workbooks to whoever.

use std::io;
use std::path::{Path, PathBuf};

/// Names of devices, which Windows takes for the device whatever ending they have, in every folder.
/// Source: Microsoft, "Naming Files, Paths, and Namespaces".
const DEVICES: [&str; 6] = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];
const NUMBERED_DEVICES: [&str; 2] = ["COM", "LPT"];

/// In bytes, as ext4 counts; NTFS and APFS count characters and take more. What is written beside a file has a longer name than it.
const LONGEST: usize = 255 - 20;

/// A path as a person would type it: without the front by which Windows takes it as it stands.
pub fn shown(path: &Path) -> String {
    let path = path.to_string_lossy();
    let Some(rest) = path.strip_prefix(r"\\?\") else { return path.into_owned() };
    if let Some(share) = rest.strip_prefix(r"UNC\") {
        return format!(r"\\{share}");
    }
    let drive = rest.as_bytes().first().is_some_and(u8::is_ascii_alphabetic) && rest.as_bytes().get(1) == Some(&b':');
    if drive { rest.to_owned() } else { path.into_owned() }
}

/// The whole path of a file or folder, under which it is found whatever becomes the current folder. On Windows as the
/// system itself writes it, whatever its length; a drive's letter stays, for people know it by that.
pub fn whole(path: &Path) -> io::Result<PathBuf> {
    if cfg!(windows) { std::path::absolute(path).map(|path| verbatim(&path)) } else { path.canonicalize() }
}

/// Source: Microsoft, "Maximum Path Length Limitation".
fn verbatim(path: &Path) -> PathBuf {
    let Some(text) = path.to_str().filter(|text| !text.starts_with(r"\\?\") && !text.starts_with(r"\\.\")) else {
        return path.to_path_buf();
    };
    match text.strip_prefix(r"\\") {
        Some(share) => format!(r"\\?\UNC\{share}").into(),
        None => format!(r"\\?\{text}").into(),
    }
}

/// Why a file or folder of this name could not be kept, copied or opened on every system; `None`: it can.
///
/// The rules of Windows are the strictest, and the least known: `map:2.xlsx` is an empty `map` with the workbook hidden
/// behind it.
pub fn unfit(name: &str) -> Option<String> {
    if name.is_empty() || name == "." || name == ".." {
        return Some("it is empty".to_owned());
    }
    if let Some(bad) = name.chars().find(|c| "<>:\"/\\|?*".contains(*c)) {
        return Some(format!("Windows allows no {bad} in a name"));
    }
    if name.chars().any(char::is_control) {
        return Some("it holds a control character".to_owned());
    }
    if name.ends_with(['.', ' ']) {
        return Some("Windows takes a dot or a blank at the end away".to_owned());
    }
    let stem = name.split('.').next().unwrap_or(name).trim_end();
    if is_device(stem) {
        return Some(format!("Windows takes {stem} for a device"));
    }
    (name.len() > LONGEST).then(|| format!("it has {} bytes, and {LONGEST} are the most", name.len()))
}

/// A name that every system takes, as near to the given one as can be; empty where nothing of it is left.
pub fn made_fit(name: &str) -> String {
    let kept: String =
        name.chars().map(|c| if "<>:\"/\\|?*".contains(c) || c.is_control() { '-' } else { c }).collect();
    let mut kept = kept.trim().trim_matches('.').trim().to_owned();
    // With room for what is put after it.
    while kept.len() > LONGEST - 60 {
        kept.pop();
    }
    if is_device(kept.split('.').next().unwrap_or_default().trim_end()) {
        kept.insert(0, '-');
    }
    kept
}

fn is_device(stem: &str) -> bool {
    if DEVICES.iter().any(|device| stem.eq_ignore_ascii_case(device)) {
        return true;
    }
    let mut characters = stem.chars();
    let last = characters.next_back().unwrap_or_default();
    let numbered = NUMBERED_DEVICES.iter().any(|device| characters.as_str().eq_ignore_ascii_case(device));
    // The last three are digits to Windows.
    numbered && ('1'..='9').chain(['¹', '²', '³']).any(|digit| digit == last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_see_no_verbatim_front() {
        for (path, expected) in [
            (r"\\?\C:\Data\Harbor.crosswalk", r"C:\Data\Harbor.crosswalk"),
            (r"\\?\UNC\server\share\Harbor.crosswalk", r"\\server\share\Harbor.crosswalk"),
            (r"\\server\share\a.sql", r"\\server\share\a.sql"),
            (r"C:\Data", r"C:\Data"),
            (
                r"\\?\Volume{b75e2c83-0000-0000-0000-602f00000000}\a",
                r"\\?\Volume{b75e2c83-0000-0000-0000-602f00000000}\a",
            ),
            ("/home/ana/Harbor.crosswalk", "/home/ana/Harbor.crosswalk"),
            ("", ""),
        ] {
            assert_eq!(shown(Path::new(path)), expected);
        }
    }

    #[test]
    fn windows_takes_a_verbatim_path_of_any_length() {
        for (path, expected) in [
            (r"C:\Data\a.db", r"\\?\C:\Data\a.db"),
            (r"\\server\share\a.db", r"\\?\UNC\server\share\a.db"),
            (r"\\?\C:\Data\a.db", r"\\?\C:\Data\a.db"),
            (r"\\?\UNC\server\share\a.db", r"\\?\UNC\server\share\a.db"),
            (r"\\.\pipe\a", r"\\.\pipe\a"),
        ] {
            assert_eq!(verbatim(Path::new(path)), Path::new(expected));
            assert_eq!(shown(&verbatim(Path::new(path))), shown(Path::new(path)));
        }
    }

    #[test]
    fn a_name_that_one_system_does_not_take_is_refused_on_all() {
        for (name, fits) in [
            ("Harbor.crosswalk", true),
            ("Klinik Zürich – 李 😀.xlsx", true),
            ("O'Brien & Sons #1 100%.xlsx", true),
            (".hidden", true),
            ("console.xlsx", true),
            ("COM.xlsx", true),
            ("COM10.xlsx", true),
            ("CON", false),
            ("nul.txt", false),
            ("Aux.tar.gz", false),
            ("con .xlsx", false),
            ("com1.xlsx", false),
            ("LPT³", false),
            ("conin$", false),
            ("map:2.xlsx", false),
            ("what?.xlsx", false),
            ("a/b", false),
            ("a\\b", false),
            ("map.", false),
            ("map ", false),
            ("a\tb", false),
            ("", false),
            ("..", false),
        ] {
            assert_eq!(unfit(name).is_none(), fits, "{name:?}: {:?}", unfit(name));
        }
        assert_eq!(unfit(&"a".repeat(235)), None);
        assert!(unfit(&"a".repeat(236)).is_some());
        assert!(unfit(&"李".repeat(79)).is_some());
    }

    #[test]
    fn a_clients_name_becomes_a_files() {
        for (client, expected) in [
            ("Harbor Marine Works", "Harbor Marine Works"),
            ("Smith/Jones: North & South", "Smith-Jones- North & South"),
            ("Acme Inc.", "Acme Inc"),
            ("CON", "-CON"),
            ("aux.Clinic", "-aux.Clinic"),
            (" . ", ""),
        ] {
            assert_eq!(made_fit(client), expected);
            assert!(expected.is_empty() || unfit(&made_fit(client)).is_none(), "{client}");
        }
        assert!(unfit(&format!("{} deidentified samples.xlsx", made_fit(&"é".repeat(300)))).is_none());
    }
}
