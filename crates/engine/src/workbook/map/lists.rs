//! The hidden sheet that the drop-down lists are read from; a list inside a cell stops at 255 characters.

use super::{MapBook, SheetWriter};
use crate::error::Result;
use crate::mapping::{MappingStatus, ModuleStatus};
use crate::sample::leak::TextOrigin;
use crate::source::Disposition;
use crate::target::catalog;
use crate::workbook::look::{Shade, Style};

const NAME: &str = "Lists";

pub(super) struct Lists {
    lists: Vec<(&'static str, TextOrigin, Vec<String>)>,
}

const DISPOSITIONS: usize = 0;
const MODULE_STATUSES: usize = 1;
const MAPPING_STATUSES: usize = 2;
const MODULES: usize = 3;
const INTERFACES: usize = 4;

impl Lists {
    pub fn of(book: &MapBook<'_>) -> Self {
        let words = |words: &mut dyn Iterator<Item = &'static str>| words.map(str::to_owned).collect::<Vec<_>>();
        let mut modules: Vec<String> = book.modules.iter().map(|m| m.module.name.clone()).collect();
        modules.sort_by_key(|m| m.to_lowercase());
        modules.dedup();
        let lists = vec![
            ("Disposition", TextOrigin::Ours, words(&mut Disposition::ALL.into_iter().map(Disposition::label))),
            ("Module status", TextOrigin::Ours, words(&mut ModuleStatus::ALL.into_iter().map(ModuleStatus::label))),
            ("Mapping status", TextOrigin::Ours, words(&mut MappingStatus::ALL.into_iter().map(MappingStatus::code))),
            ("Module", TextOrigin::Typed, modules),
            ("Interface", TextOrigin::Ours, catalog().interfaces.iter().map(|i| i.title.clone()).collect()),
        ];
        Self { lists }
    }

    pub fn dispositions(&self) -> String {
        self.range(DISPOSITIONS)
    }

    pub fn module_statuses(&self) -> String {
        self.range(MODULE_STATUSES)
    }

    pub fn mapping_statuses(&self) -> String {
        self.range(MAPPING_STATUSES)
    }

    pub fn modules(&self) -> String {
        self.range(MODULES)
    }

    pub fn interfaces(&self) -> String {
        self.range(INTERFACES)
    }

    fn range(&self, list: usize) -> String {
        let column = char::from(b'A' + list as u8);
        format!("={NAME}!${column}$2:${column}${}", self.lists[list].2.len().max(1) + 1)
    }

    pub fn write(&self, writer: &mut SheetWriter<'_>) -> Result<()> {
        let mut sheet = writer.sheet(NAME)?;
        let (header, plain) = (writer.look.header(Shade::Plain, Style::Plain).clone(), writer.look.plain.clone());
        for (i, (name, _, _)) in self.lists.iter().enumerate() {
            writer.write(&mut sheet, (0, i as u16), TextOrigin::Ours, name, &header)?;
            sheet.set_column_width(i as u16, 24)?;
        }
        let longest = self.lists.iter().map(|(_, _, words)| words.len()).max().unwrap_or(0);
        for row in 0..longest {
            for (i, (_, origin, words)) in self.lists.iter().enumerate() {
                if let Some(word) = words.get(row) {
                    writer.write(&mut sheet, (row as u32 + 1, i as u16), *origin, word, &plain)?;
                }
            }
        }
        writer.bind_hidden(sheet, longest as u32 + 1)
    }
}
