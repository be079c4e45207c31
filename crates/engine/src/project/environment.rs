//! What the engine does not know by itself: who sits there, what time it is, and chance.

/// Given by the skins; tests give fixed ones.
#[derive(Clone)]
pub struct Environment {
    /// Whose decisions these are, unless the project says otherwise.
    pub user: String,
    /// The user was named for this call, which beats what the project says.
    pub user_is_meant: bool,
    /// RFC 3339, UTC, to the second.
    pub now: fn() -> String,
    pub random: fn() -> u64,
}

impl Environment {
    /// The system's user, clock and random source.
    pub fn system() -> Self {
        let user = ["USER", "USERNAME", "LOGNAME"]
            .into_iter()
            .find_map(|name| std::env::var(name).ok().filter(|v| !v.trim().is_empty()))
            // Services and containers set none of these; a home folder carries its owner's name.
            .or_else(|| Some(std::env::home_dir()?.file_name()?.to_string_lossy().into_owned()))
            .unwrap_or_else(|| "unknown".to_owned());
        Self {
            user,
            user_is_meant: false,
            now: || jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            // Surrogates must not be guessable: no weaker source will do.
            random: || getrandom::u64().expect("the system has a random source"),
        }
    }
}
