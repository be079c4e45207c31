//! The file being put together: each table is written as a workbook of its own, and its sheet carried over packed.
//!
//! So only one table is open at a time, however many there are: neither memory nor open files grow with them.

use std::fs::File;
use std::io::{BufWriter, Cursor};
use std::panic::resume_unwind;
use std::path::Path;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

use rust_xlsxwriter::{Workbook, XlsxError};
use zip::{ZipArchive, ZipWriter};

use crate::error::{Error, Result};

/// Parts that do not change when sheets are added. Written first: programs tell the kind of file by its first part.
const SETTLED: [&str; 3] = ["_rels/.rels", "docProps/core.xml", "xl/theme/theme1.xml"];

/// Packs written sheets on a thread of its own, while the next are written.
pub(super) struct Packing {
    give: Option<SyncSender<Workbook>>,
    at_work: Option<JoinHandle<Result<Parts>>>,
}

impl Packing {
    /// As [`Parts::begin`]; sheets stand after the first `ours`.
    pub fn begin(path: &Path, empty: &mut Workbook, ours: usize) -> Result<Self> {
        let mut parts = Parts::begin(path, empty)?;
        let (give, take) = sync_channel::<Workbook>(1);
        let at_work = thread::spawn(move || {
            for mut workbook in take {
                parts.sheets(&mut workbook, ours)?;
            }
            Ok(parts)
        });
        Ok(Self { give: Some(give), at_work: Some(at_work) })
    }

    /// Takes over the sheets of `workbook`, but for its first. What went wrong with one before is told here.
    pub fn sheets(&mut self, workbook: Workbook) -> Result<()> {
        match &self.give {
            Some(give) if give.send(workbook).is_ok() => Ok(()),
            _ => self.end().map(drop),
        }
    }

    /// Waits for what is still to be packed.
    pub fn end(&mut self) -> Result<Parts> {
        self.give = None;
        let at_work = self.at_work.take().ok_or(Error::Cancelled)?;
        at_work.join().unwrap_or_else(|panic| resume_unwind(panic))
    }
}

impl Drop for Packing {
    /// The file is taken away when an export fails, and must not be open then.
    fn drop(&mut self) {
        self.give = None;
        if let Some(at_work) = self.at_work.take() {
            let _ = at_work.join();
        }
    }
}

pub(super) struct Parts {
    file: ZipWriter<BufWriter<File>>,
    /// Sheets carried over so far.
    carried: usize,
}

impl Parts {
    /// `empty` is a workbook with the final properties and no sheets.
    fn begin(path: &Path, empty: &mut Workbook) -> Result<Self> {
        let file = File::create(path).map_err(|source| Error::File {
            what: "the samples could not be written",
            path: path.to_owned(),
            source,
        })?;
        let mut parts = Self { file: ZipWriter::new(BufWriter::new(file)), carried: 0 };
        let mut packed = packed(empty)?;
        for name in SETTLED {
            parts.carry(&mut packed, name, name)?;
        }
        Ok(parts)
    }

    /// Takes over the sheets of `workbook`, but for its first.
    ///
    /// The first is there to be the one in view, which no carried sheet may be.
    fn sheets(&mut self, workbook: &mut Workbook, ours: usize) -> Result<()> {
        let sheets = workbook.worksheets().len();
        let mut packed = packed(workbook)?;
        for i in 2..=sheets {
            self.carried += 1;
            self.carry(&mut packed, &sheet_part(i), &sheet_part(ours + self.carried))?;
        }
        Ok(())
    }

    /// Closes the file with everything else that `shell` holds; its sheets after the first `ours` stand for the carried.
    pub fn finish(mut self, shell: &mut Workbook, ours: usize) -> Result<()> {
        debug_assert_eq!(shell.worksheets().len(), ours + self.carried);
        let mut packed = packed(shell)?;
        let carried: Vec<String> = (ours + 1..=ours + self.carried).map(sheet_part).collect();
        let names: Vec<String> = packed
            .file_names()
            .map(|n| n.map(std::borrow::Cow::into_owned))
            .collect::<zip::result::ZipResult<_>>()
            .map_err(XlsxError::from)?;
        for name in names {
            if !SETTLED.contains(&name.as_str()) && !carried.contains(&name) {
                self.carry(&mut packed, &name, &name)?;
            }
        }
        self.file.finish().map_err(XlsxError::from)?;
        Ok(())
    }

    fn carry(&mut self, from: &mut ZipArchive<Cursor<Vec<u8>>>, name: &str, to: &str) -> Result<()> {
        let part = from.by_name(name).map_err(XlsxError::from)?;
        self.file.raw_copy_file_rename(part, to).map_err(XlsxError::from)?;
        Ok(())
    }
}

fn packed(workbook: &mut Workbook) -> Result<ZipArchive<Cursor<Vec<u8>>>> {
    let bytes = workbook.save_to_buffer()?;
    Ok(ZipArchive::new(Cursor::new(bytes)).map_err(XlsxError::from)?)
}

fn sheet_part(number: usize) -> String {
    format!("xl/worksheets/sheet{number}.xml")
}
