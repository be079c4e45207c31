//! One rejected record read again by itself, perhaps as a person corrected it.
//!
//! A reader tells with every reject in which [`Form`] its record stood: the character set, how text is quoted, which
//! columns the statement lists. With it and the table's definition the record is read by the reader of its kind, so
//! that a corrected row comes out as it would have in its file.

pub use crate::delimited::again::Fit;
use crate::event::{Batch, TableDef};
pub use crate::form::{DelimitedForm, Form, SqlForm};
use crate::{delimited, mysqldump};

/// Reads one record of `table` into the batch, which then holds one row.
///
/// # Errors
///
/// Why it is no row of the table, in words without a value of it.
pub fn record(form: &Form, table: &TableDef, content: &[u8], batch: &mut Batch) -> Result<(), String> {
    match form {
        Form::Sql(form) => mysqldump::again::row_again(form, table, content, batch),
        Form::Delimited(form) => delimited::again::row_again(form, table, content, batch),
    }
}

/// The record with as many fields as the table has columns, as far as `fit` allows; others stay as they are. Only
/// delimited text has such records.
pub fn fitted(form: &Form, width: usize, content: &[u8], fit: Fit) -> Vec<u8> {
    match form {
        Form::Sql(_) => content.to_vec(),
        Form::Delimited(form) => delimited::again::fitted(form, width, content, fit),
    }
}

#[cfg(test)]
mod tests;
