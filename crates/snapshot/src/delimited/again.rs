//! One record read by itself, with the dialect of the file it stood in.

use super::Delimited;
use super::split::Form;
use super::survey::Survey;
use crate::event::{Batch, TableDef};
use crate::form::DelimitedForm;
use crate::one_row::one_row;
use crate::text::Wide;

/// What to do about a record of another width than its table's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Fit {
    /// Missing fields at the end are blank.
    pub pad: bool,
    /// Surplus fields at the end go where they are blank.
    pub cut: bool,
}

/// The record with as many fields as the table has columns, as far as `fit` allows; others stay as they are.
pub fn fitted(form: &DelimitedForm, width: usize, content: &[u8], fit: Fit) -> Vec<u8> {
    let end = content.len() - line_end(content);
    let survey = survey(form, width);
    let delimiter = form.encoding.encode(&form.dialect.delimiter).0.into_owned();
    let Some(delimiters) = delimiters(&survey, &content[..end]) else { return content.to_vec() };
    let fields = delimiters.len() + 1;
    let mut fitted = content[..end].to_vec();
    if fields < width && fit.pad {
        fitted.extend(delimiter.repeat(width - fields));
    } else if fields > width && width > 0 && fit.cut {
        let from = delimiters[width - 1];
        // A field that holds anything is somebody's data.
        if content[from..end].iter().all(|b| delimiter.contains(b) || *b == b' ') {
            fitted.truncate(from);
        }
    }
    fitted
}

/// Reads the record as a row of the table.
pub fn row_again(form: &DelimitedForm, table: &TableDef, content: &[u8], batch: &mut Batch) -> Result<(), String> {
    let width = table.columns.len();
    let content = &content[..content.len() - line_end(content)];
    if content.is_empty() {
        return Err("nothing stands there".to_owned());
    }
    let survey = survey(form, width);
    if delimiters(&survey, content).is_none() {
        return Err("a quote is not closed".to_owned());
    }
    let input = Box::new(std::io::Cursor::new(content.to_vec()));
    let mut reader = Delimited::new(input, &table.name, survey).map_err(|e| e.to_string())?;
    one_row(&mut reader, batch, |def| {
        let found = def.columns.len();
        let s = if found == 1 { "" } else { "s" };
        if found == width { Ok(()) } else { Err(format!("expected {width} fields, found {found} field{s}")) }
    })
}

fn survey(form: &DelimitedForm, width: usize) -> Survey {
    Survey::of_records(Wide::Plain(form.encoding), form.dialect.clone(), width)
}

/// Where the delimiters of one record stand; `None` where a quote is not closed.
fn delimiters(survey: &Survey, record: &[u8]) -> Option<Vec<usize>> {
    let mut fields = Vec::new();
    let shape = survey.splitter().ok()?.record(record, true, true, &mut fields)?;
    let ends = fields.iter().map(|f| f.end as usize + usize::from(f.form == Form::Quoted));
    let mut ends: Vec<usize> = ends.collect();
    ends.pop();
    (shape.flaw.is_none()).then_some(ends)
}

fn line_end(content: &[u8]) -> usize {
    content.iter().rev().take_while(|b| matches!(b, b'\n' | b'\r')).count()
}
