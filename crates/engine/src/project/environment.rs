//! What the engine does not know by itself: who sits there, what time it is, and chance.

use std::cell::RefCell;

/// Given by the skins; tests give fixed ones.
#[derive(Clone)]
pub struct Environment {
    /// Whose decisions these are, unless the project says otherwise.
    pub user: String,
    /// Who is signed in on which computer: one of them at a time writes a project.
    pub account: String,
    pub computer: String,
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
            account: user.clone(),
            computer: gethostname::gethostname().to_string_lossy().into_owned(),
            user,
            user_is_meant: false,
            now: || jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            // Surrogates must not be guessable: no weaker source will do.
            random: drawn,
        }
    }
}

/// Numbers fetched at once: a workbook takes hundreds of thousands, and a call of the system for each takes longer than
/// all else that is done with them.
const FETCHED: usize = 512;

fn drawn() -> u64 {
    thread_local! {
        static DRAWN: RefCell<Vec<u64>> = const { RefCell::new(Vec::new()) };
    }
    DRAWN.with_borrow_mut(|drawn| {
        if drawn.is_empty() {
            let mut bytes = [0; FETCHED * size_of::<u64>()];
            getrandom::fill(&mut bytes).expect("the system has a random source");
            drawn.extend(bytes.as_chunks().0.iter().map(|bytes| u64::from_ne_bytes(*bytes)));
        }
        drawn.pop().expect("they were fetched")
    })
}
