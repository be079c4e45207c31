//! Node and npm, which build the user interface.

use crate::shell::{Done, command, npm, output};

const OLDEST: u32 = 20;

pub fn check() -> Done {
    let node = output(command("node").arg("--version"));
    judge(node.as_deref(), output(npm().arg("--version")).as_deref())
}

/// Refuses a Node that is absent or too old, given what the two said of their versions.
fn judge(node: Option<&str>, npm: Option<&str>) -> Done {
    let Some(version) = node else {
        return Err(format!("Node.js is missing: install version {OLDEST} or newer, with npm"));
    };
    let major = version.trim_start_matches('v').split('.').next();
    if major.and_then(|major| major.parse().ok()).unwrap_or(0) < OLDEST {
        return Err(format!("Node.js is {version}, too old: install version {OLDEST} or newer"));
    }
    if npm.is_none() {
        return Err("npm is missing: it comes with Node.js, or as a package of its own".to_owned());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_or_absent_is_refused_with_the_remedy() {
        assert!(judge(Some("v20.20.2"), Some("11.19.1")).is_ok());
        assert!(judge(Some("v18.19.0"), Some("9")).unwrap_err().contains("v18.19.0"));
        assert!(judge(None, Some("9")).unwrap_err().contains("Node.js is missing"));
        assert!(judge(Some("v22.1.0"), None).unwrap_err().contains("npm is missing"));
    }
}
