//! An invented occupational-health database: Harbor Marine Works, twenty years of a shipyard
//! clinic that moved from OHM to Medgate in 2013. Nobody in it exists.
//!
//! It is made to be mapped, so it has what real ones have:
//!
//! - `0000-00-00` dates, dates without a day or month, dates kept as text in two or three formats;
//! - rows of people who are not there (`employee_id` from 90001, `perno` from `0009`), and people
//!   entered twice under another medical record number and spelling;
//! - two ways to name a person: `employee_id` in the Medgate tables, `perno` in the OHM ones;
//! - empty tables, columns that are always NULL or always the same, tables nobody needs;
//! - sex as M, F, U, 1, 2 or nothing; `Y`/`N`, `bit(1)`, `enum`, `set`, `year`, `time`;
//! - NULL beside the empty string, spaces before and after names, names in capitals;
//! - accents, Chinese, Korean, Cyrillic, Greek, Arabic and Hebrew names;
//! - badge and personnel numbers with leading zeros, ZIP codes that lost theirs, ZIP+4;
//! - telephone numbers in seven forms, social security numbers with and without dashes;
//! - notes that name the employee, supervisor and spouse, with line breaks, tabs, quotes and
//!   backslashes;
//! - raw bytes in quotes and as `0x…`, JSON in text columns, a latin1 table in a utf8mb4 dump,
//!   views, a trigger between `DELIMITER` lines, foreign keys;
//! - a semicolon file in Windows-1252 with line breaks inside its fields.
//!
//! Telephone numbers are of the 555-01xx series, social security numbers of the 9xx series that
//! is never issued, mail addresses of `.example`.

mod accidents;
mod cases;
mod clinic;
mod codes;
mod dates;
mod dump;
mod files;
mod hearing;
mod incidents;
mod labs;
mod leftovers;
mod lungs;
mod names;
mod notes;
mod org;
mod people;
mod random;
mod roster;
mod shots;
mod world;

use std::io;

/// One file of the demonstration.
#[derive(Clone, Copy, Debug)]
pub struct DemoFile {
    /// The file's name.
    pub name: &'static str,
    /// What it is, in a few words for the user.
    pub what: &'static str,
}

/// The files of the demonstration.
pub const FILES: &[DemoFile] = &[
    DemoFile { name: "medgate_harbor.sql", what: "The clinic's database, as mysqldump wrote it" },
    DemoFile { name: "hr_feed.csv", what: "The personnel system's nightly file" },
    DemoFile { name: "badge_history.txt", what: "The badge office's history, from an old Windows program" },
    DemoFile { name: "immunization_clinic_2019.xlsx", what: "The nurses' spreadsheet of the 2019 immunization clinic" },
];

/// The invented history of one seed, ready to be written.
pub struct Demo {
    world: world::World,
}

impl Demo {
    /// Invents the history. The same seed gives the same files, byte for byte.
    pub fn new(seed: u64) -> Self {
        Self { world: world::World::new(seed) }
    }

    /// Writes the file called `name`, one of [`FILES`].
    pub fn write(&self, name: &str, out: &mut dyn io::Write) -> io::Result<()> {
        match name {
            "medgate_harbor.sql" => files::database(&self.world, out),
            "hr_feed.csv" => files::hr_feed(&self.world, out),
            "badge_history.txt" => files::badge_history(&self.world, out),
            "immunization_clinic_2019.xlsx" => files::spreadsheet(&self.world, out),
            _ => Err(io::Error::new(io::ErrorKind::NotFound, format!("the demonstration has no file called {name}"))),
        }
    }
}

#[cfg(test)]
mod tests;
