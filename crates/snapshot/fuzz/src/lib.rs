//! What must hold of every reader, whatever it is given. The fuzz targets look for inputs that break it; the tests of
//! the crate replay the inputs kept under `corpus`.
//!
//! A property is a function of bytes that panics where it does not hold. Those named `…_model` draw a file from the
//! bytes together with what it says, and compare what the reader tells.

pub mod access;
pub mod container;
pub mod cut;
pub mod delimited;
pub mod delimited_model;
pub mod dripping;
pub mod dump_text;
pub mod mysqldump;
pub mod mysqldump_model;
pub mod reading;
pub mod recognise;
pub mod script;
pub mod spreadsheet;

/// What a target's function is called with.
pub type Property = fn(&[u8]);

/// Every target by its name, which its folder of the corpus and its program bear too.
pub const TARGETS: [(&str, Property); 11] = [
    ("mysqldump", mysqldump::holds),
    ("mysqldump_model", mysqldump_model::holds),
    ("postgres", script::postgres),
    ("sql_server", script::sql_server),
    ("sqlite_dump", script::sqlite_dump),
    ("delimited", delimited::holds),
    ("delimited_model", delimited_model::holds),
    ("access", access::holds),
    ("spreadsheet", spreadsheet::holds),
    ("container", container::holds),
    ("recognise", recognise::holds),
];
