//! Physical names: close to the source's own, so that a person can write a query, but unlike each other whatever the
//! case, and never one of SQLite's or ours.

use std::collections::HashSet;

/// Names given so far, in lower case.
#[derive(Default)]
pub struct Names(HashSet<String>);

impl Names {
    pub fn give(&mut self, wanted: &str) -> String {
        let lower = wanted.to_lowercase();
        let reserved = lower.starts_with("sqlite_") || lower.starts_with("cw_");
        // The name we ask for a row's number by; a column called `oid` or `rowid` takes that name from SQLite.
        let rowid = lower == "_rowid_";
        let base = match wanted {
            "" => "unnamed".to_owned(),
            _ if reserved => format!("src_{wanted}"),
            // SQLite ends a name at a NUL.
            _ => wanted.replace('\0', "_"),
        };
        if !rowid && self.0.insert(base.to_lowercase()) {
            return base;
        }
        let mut n = 2_u32;
        loop {
            let name = format!("{base}_{n}");
            if self.0.insert(name.to_lowercase()) {
                return name;
            }
            n += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_differ_whatever_the_case() {
        let mut names = Names::default();
        for (wanted, given) in [
            ("Visit", "Visit"),
            ("visit", "visit_2"),
            ("VISIT_2", "VISIT_2_2"),
            ("", "unnamed"),
            ("sqlite_stat1", "src_sqlite_stat1"),
            ("cw_table", "src_cw_table"),
            ("_rowid_", "_rowid__2"),
            ("oid", "oid"),
            ("rowid", "rowid"),
        ] {
            assert_eq!(names.give(wanted), given);
        }
    }
}
