//! Records that could not be loaded, and what came of reading them again.

use serde::{Deserialize, Serialize};

use crate::sample::Shown;

facts! {
    /// Which rejects. Empty parts let everything pass.
    #[derive(Default)]
    #[serde(default)]
    pub struct RejectQuery {
        /// As the ledger prints it.
        pub file: Option<String>,
        pub table: Option<String>,
        /// Part of the reason, whatever the case.
        pub reason: String,
        /// Only those that were not corrected.
        pub open: bool,
        /// Only these.
        pub ids: Vec<u64>,
        pub offset: u64,
        pub limit: u64,
    }

    pub struct RejectPage {
        /// Rejects that pass the filter.
        pub total: u64,
        pub rejects: Vec<Reject>,
        /// Of the whole snapshot, by file, table and reason; the most frequent first, at most 200.
        pub groups: Vec<RejectGroup>,
    }

    pub struct RejectGroup {
        pub file: String,
        pub table: Option<String>,
        pub reason: String,
        pub count: u64,
        pub corrected: u64,
        /// `sql` or `delimited`: its records can be read again; `None`: they cannot.
        pub form: Option<String>,
    }

    /// A record that could not be loaded. Its bytes are kept; they are shown masked.
    pub struct Reject {
        pub id: u64,
        pub file: String,
        pub table: Option<String>,
        /// Counted from 1 within the table or file.
        pub record: u64,
        /// Counted from 1.
        pub line: u64,
        /// Offset in the uncompressed file, from 0.
        pub byte: u64,
        pub length: u64,
        pub reason: String,
        /// Why it is still none, where it was tried again.
        pub tried_again: Option<String>,
        pub raw: Shown,
        /// When it was corrected, and is a row since; RFC 3339, UTC.
        pub corrected_at: Option<String>,
        pub corrected_by: Option<String>,
        /// Its record can be read again by itself.
        pub retriable: bool,
    }

    /// What a person may edit of a reject: its record as text, to the last character.
    pub struct RejectText {
        pub id: u64,
        /// `None`: its bytes are no text in the character set of its file.
        pub text: Option<String>,
        pub bytes: u64,
    }

    /// What came of reading rejects again.
    pub struct Retried {
        pub tried: u64,
        /// Rows now.
        pub corrected: u64,
        /// Kept as rejects, with the reason found now.
        pub rejected: u64,
        /// The reasons of those, the most frequent first.
        pub reasons: Vec<ReasonCount>,
    }

    pub struct ReasonCount {
        pub reason: String,
        pub count: u64,
    }
}
