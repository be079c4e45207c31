//! The files of a load, with those that are not read.

use tempfile::TempPath;

use super::input::Input;
use super::shell_dump::ShellDump;
use crate::error::{Error, Result};

#[derive(Debug, Default)]
pub struct Inputs {
    pub files: Vec<Input>,
    /// Name, and what it looks like.
    pub ignored: Vec<(String, String)>,
    /// What dump programs keep of their own runs, and what that is: read for what it says, or left aside without loss.
    pub aside: Vec<(Input, String)>,
    /// Files that may be such an account, until they are told apart.
    pub(super) accounts: Vec<Input>,
    pub(super) dumps: Vec<ShellDump>,
    /// Of the ignored: those that a password would open.
    pub protected: Vec<String>,
    /// What is unpacked for the length of the load.
    pub(super) unpacked: Vec<TempPath>,
    pub(super) given: Vec<String>,
}

impl Inputs {
    /// Refuses where there is nothing to load.
    pub fn something(self) -> Result<Self> {
        match self.protected.first() {
            _ if !self.files.is_empty() => Ok(self),
            Some(file) => Err(Error::PasswordNeeded { file: file.clone() }),
            None => Err(Error::refused(self.nothing())),
        }
    }

    fn nothing(&self) -> String {
        match self.ignored.as_slice() {
            [] => "there is nothing to load: give dumps, delimited text or workbooks, or a folder of them".to_owned(),
            [(name, what)] => format!("{name} cannot be loaded: it is {what}"),
            [(name, what), ..] => {
                format!("none of the {} files can be loaded; the first, {name}, is {what}", self.ignored.len())
            }
        }
    }

    pub fn label(&self) -> String {
        match self.given.as_slice() {
            [one] => one.clone(),
            [one, rest @ ..] => format!("{one} and {} more", rest.len()),
            [] => String::new(),
        }
    }

    pub fn bytes(&self) -> u64 {
        self.files.iter().map(|f| f.bytes).sum()
    }
}
