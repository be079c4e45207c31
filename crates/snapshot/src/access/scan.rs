//! The rows of a table, from its first page to its last.

use super::definition::{self, Definition};
use super::format::{Fallible, Fault, Pointer, u32_at};
use super::pages::{Pages, Slot, slots};
use crate::event::Result;

/// A row may be moved from page to page, but not in circles.
const MOVES: usize = 8;

pub struct Scan {
    definition: u32,
    list: std::vec::IntoIter<u32>,
    page: Vec<u8>,
    pub number: u32,
    /// The slot last looked at.
    pub slot: usize,
    slots: usize,
    row: (usize, usize),
    /// The row, where it was moved to another page.
    moved: Option<Vec<u8>>,
    /// Pages looked at.
    pub done: u64,
}

/// What comes next in a table.
pub enum Item {
    /// A row; [`Scan::row`] has its bytes.
    Row,
    /// A row or a whole page that cannot be read.
    Bad {
        raw: Vec<u8>,
        reason: String,
    },
    End,
}

impl Scan {
    pub fn new(definition: u32, list: Vec<u32>) -> Self {
        Self {
            definition,
            list: list.into_iter(),
            page: Vec::new(),
            number: 0,
            slot: 0,
            slots: 0,
            row: (0, 0),
            moved: None,
            done: 0,
        }
    }

    /// The pages come from the table's list of them or, where that is broken, from what pages say of themselves. What
    /// is wrong with the list is told too.
    pub fn of(pages: &mut Pages, definition: &Definition) -> Result<(Self, Option<String>)> {
        let found = definition::used_pages(pages, definition.map);
        let (list, reason) = match found.map_err(Fault::reason) {
            Ok((list, 0)) => (list, None),
            Ok((list, missing)) => {
                let text = format!("{missing} pages with rows are after the end of the file, which was cut short");
                (list, Some(text))
            }
            Err(reason) => {
                let reason = reason?;
                let list = definition::claimed_pages(pages, definition.page).or_else(|f| f.reason().map(|_| vec![]))?;
                let text = format!(
                    "{reason}; rows are taken from all pages that say they hold some, which may bring back deleted ones"
                );
                (list, Some(text))
            }
        };
        Ok((Self::new(definition.page, list), reason))
    }

    /// Bytes of the row.
    pub fn row(&self) -> &[u8] {
        match &self.moved {
            Some(row) => row,
            None => &self.page[self.row.0..self.row.1],
        }
    }

    /// Where the row begins in the file; of one that was moved, where it was.
    pub fn byte(&self, pages: &Pages) -> u64 {
        pages.offset(self.number) + self.row.0 as u64
    }

    pub fn next(&mut self, pages: &mut Pages) -> Result<Item> {
        loop {
            while self.slot < self.slots {
                let slot = definition::seen(pages.layout, &self.page, self.slot);
                self.slot += 1;
                self.moved = None;
                match slot {
                    Slot::Empty => {}
                    Slot::Row { start, end } => {
                        self.row = (start, end);
                        return Ok(Item::Row);
                    }
                    Slot::Moved { start, end } => {
                        self.row = (start, end);
                        return self.follow(pages);
                    }
                    Slot::Broken => {
                        self.row = (0, 0);
                        return Ok(self.bad("its place on the page is not one"));
                    }
                }
            }
            let Some(number) = self.list.next() else { return Ok(Item::End) };
            if let Some(bad) = self.turn_to(pages, number)? {
                return Ok(bad);
            }
        }
    }

    fn turn_to(&mut self, pages: &mut Pages, number: u32) -> Result<Option<Item>> {
        (self.number, self.slot, self.slots, self.row) = (number, 0, 0, (0, 0));
        self.done += 1;
        if let Err(fault) = pages.next_page(number, &mut self.page) {
            let reason = format!("page {number}: {}", fault.reason()?);
            return Ok(Some(Item::Bad { raw: Vec::new(), reason }));
        }
        // A page given to the table and not used yet holds nothing.
        if self.page.iter().all(|byte| *byte == 0) {
            return Ok(None);
        }
        let (count, cut) = slots(pages.layout, &self.page);
        if !definition::holds_rows(&self.page, self.definition) || cut {
            let reason = format!("page {number} should hold rows of the table and is damaged");
            return Ok(Some(Item::Bad { raw: self.page.clone(), reason }));
        }
        self.slots = count;
        Ok(None)
    }

    /// Goes to where a row was moved.
    fn follow(&mut self, pages: &mut Pages) -> Result<Item> {
        let mut at = u32_at(&self.page[self.row.0..self.row.1], 0).map(Pointer);
        for _ in 0..MOVES {
            let Some(pointer) = at else { break };
            match moved(pages, pointer) {
                Ok((row, None)) => {
                    self.moved = Some(row);
                    return Ok(Item::Row);
                }
                Ok((_, next)) => at = next,
                Err(fault) => {
                    let reason = fault.reason()?;
                    return Ok(self.bad(&format!("it was moved, and {reason}")));
                }
            }
        }
        Ok(self.bad("it was moved to no place that can be found"))
    }

    /// The row just read as one that cannot be.
    pub fn bad(&self, reason: &str) -> Item {
        // From 1, as rows are counted for people.
        let reason = format!("page {}, row {}: {reason}", self.number, self.slot);
        Item::Bad { raw: self.row().to_vec(), reason }
    }
}

/// The row a pointer leads to, and where it goes on if it was moved again.
fn moved(pages: &mut Pages, pointer: Pointer) -> Fallible<(Vec<u8>, Option<Pointer>)> {
    let layout = pages.layout;
    let page = pages.page(pointer.page())?;
    let slot = super::pages::slot(layout, page, pointer.slot(), true);
    if let Slot::Moved { start, end } = slot {
        return Ok((Vec::new(), u32_at(&page[start..end], 0).map(Pointer)));
    }
    Ok((pages.row(pointer)?.to_vec(), None))
}
