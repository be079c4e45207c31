//! A table's definition: its columns, its indexes, and which pages hold its rows.

use encoding_rs::Encoding;

use super::format::{Fallible, Fault, Layout, Pointer, broken, u16_at, u32_at};
use super::pages::{Pages, Slot, slot};
use super::text;

/// A definition is a few pages; a chain that gives more is broken or hostile.
const LIMIT: usize = 8 << 20;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    Boolean,
    Byte,
    Integer,
    Long,
    Currency,
    Single,
    Double,
    Datetime,
    Binary,
    Text,
    Ole,
    Memo,
    Guid,
    Decimal,
    Complex,
    Large,
    Extended,
    Unknown(u8),
}

impl Type {
    pub fn of(byte: u8) -> Self {
        match byte {
            0x01 => Self::Boolean,
            0x02 => Self::Byte,
            0x03 => Self::Integer,
            0x04 => Self::Long,
            0x05 => Self::Currency,
            0x06 => Self::Single,
            0x07 => Self::Double,
            0x08 => Self::Datetime,
            0x09 => Self::Binary,
            0x0A => Self::Text,
            0x0B => Self::Ole,
            0x0C => Self::Memo,
            0x0F => Self::Guid,
            0x10 => Self::Decimal,
            0x12 => Self::Complex,
            0x13 => Self::Large,
            0x14 => Self::Extended,
            other => Self::Unknown(other),
        }
    }

    /// Bytes of a value, where all have the same.
    pub fn size(self) -> Option<usize> {
        match self {
            Self::Byte => Some(1),
            Self::Integer => Some(2),
            Self::Long | Self::Single | Self::Complex => Some(4),
            Self::Currency | Self::Double | Self::Datetime | Self::Large => Some(8),
            Self::Guid => Some(16),
            Self::Decimal => Some(17),
            Self::Extended => Some(42),
            _ => None,
        }
    }
}

#[derive(Debug, Clone)]
pub struct Column {
    pub name: String,
    pub kind: Type,
    /// By which rows know it; numbers of deleted columns are not given again.
    pub number: usize,
    /// Among the row's values of any length, if it is one of those.
    pub variable: Option<usize>,
    /// Among the row's values of fixed length, in bytes.
    pub offset: usize,
    /// In bytes.
    pub length: usize,
    pub precision: u8,
    pub scale: u8,
    /// Of the row in the list of complex columns.
    pub complex: u32,
    /// Counted up, or drawn at random, by Access.
    pub automatic: bool,
    pub hyperlink: bool,
    /// Characters take one byte each: Jet 3.
    pub narrow: bool,
    /// Worked out by Access and kept in a wrapping of its own.
    pub calculated: bool,
}

#[derive(Debug, Clone)]
pub struct Index {
    pub name: String,
    pub primary: bool,
    pub unique: bool,
    /// Made for a relationship, which is told elsewhere.
    pub foreign: bool,
    /// Numbers of columns.
    pub columns: Vec<usize>,
}

#[derive(Debug, Clone)]
pub struct Definition {
    pub page: u32,
    /// As the file counts them.
    pub rows: u32,
    pub columns: Vec<Column>,
    pub indexes: Vec<Index>,
    /// Says which pages hold rows.
    pub map: Pointer,
}

/// Reads the definition that begins on a page.
pub fn read(pages: &mut Pages, page: u32, encoding: &'static Encoding) -> Fallible<Definition> {
    let bytes = chain(pages, page)?;
    let layout = pages.layout;
    let jet3 = pages.generation.is_jet3();
    let cut = || Fault::Broken(format!("the table's definition on page {page} is cut short"));
    let number = |at| u16_at(&bytes, at).map(usize::from).ok_or_else(cut);
    let wide = |at| u32_at(&bytes, at).ok_or_else(cut);
    let real = wide(layout.real_indexes)? as usize;
    let named = wide(layout.indexes)? as usize;
    let columns = number(layout.columns)?;
    // Each takes more than a byte: what the definition has no room for is not counted on.
    if real > bytes.len() || named > bytes.len() {
        return Err(cut());
    }
    let mut at = layout.entries + real * layout.index_entry;
    let mut list = Vec::new();
    for _ in 0..columns {
        let entry = bytes.get(at..at + layout.column_entry).ok_or_else(cut)?;
        list.push(column(layout, entry, jet3).ok_or_else(cut)?);
        at += layout.column_entry;
    }
    for column in &mut list {
        column.name = name(&bytes, &mut at, layout, encoding).ok_or_else(cut)?;
    }
    let indexes = indexes(&bytes, at, (real, named), layout, encoding).unwrap_or_default();
    let (rows, map) = (wide(layout.rows)?, Pointer(wide(layout.usage_map)?));
    // As the readers before this one: by number, which is the order of creation.
    list.sort_by_key(|c| c.number);
    Ok(Definition { page, rows, columns: list, indexes, map })
}

/// The pages of a definition, one after the other.
fn chain(pages: &mut Pages, first: u32) -> Fallible<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut next = first;
    while next != 0 {
        let page = pages.page(next)?;
        if page[0] != 2 {
            return broken(format!("page {next} should hold a table's definition and does not"));
        }
        bytes.extend_from_slice(if next == first { page } else { &page[8..] });
        next = u32_at(page, 4).unwrap_or(0);
        if bytes.len() > LIMIT {
            return broken(format!("the table's definition on page {first} does not come to an end"));
        }
    }
    Ok(bytes)
}

fn column(layout: &Layout, entry: &[u8], jet3: bool) -> Option<Column> {
    let word = |at| u16_at(entry, at).map(usize::from);
    let flags = entry[layout.column_flags];
    let kind = Type::of(entry[0]);
    let complex = if kind == Type::Complex { u32_at(entry, layout.column_precision)? } else { 0 };
    Some(Column {
        name: String::new(),
        kind,
        number: if jet3 { usize::from(entry[layout.column_number]) } else { word(layout.column_number)? },
        variable: if flags & 0x01 == 0 { Some(word(layout.column_variable)?) } else { None },
        offset: word(layout.column_offset)?,
        length: word(layout.column_length)?,
        precision: entry[layout.column_precision],
        scale: entry[layout.column_precision + 1],
        complex,
        automatic: flags & 0x44 != 0,
        hyperlink: flags & 0x80 != 0,
        narrow: jet3,
        calculated: !jet3 && entry[layout.column_flags + 1] & 0xC0 != 0,
    })
}

fn name(bytes: &[u8], at: &mut usize, layout: &Layout, encoding: &'static Encoding) -> Option<String> {
    let length = if layout.count == 1 { usize::from(*bytes.get(*at)?) } else { usize::from(u16_at(bytes, *at)?) };
    let start = *at + layout.count;
    *at = start + length;
    let raw = bytes.get(start..*at)?;
    Some(text::plain(raw, layout.count == 1, encoding))
}

/// Indexes as people named them; several may share one tree. `None` where the list is cut short.
fn indexes(
    bytes: &[u8],
    mut at: usize,
    (real, named): (usize, usize),
    layout: &Layout,
    encoding: &'static Encoding,
) -> Option<Vec<Index>> {
    const UNIQUE: u8 = 0x01;
    let mut trees = Vec::new();
    for _ in 0..real {
        let start = at + layout.key_before;
        let columns: Vec<usize> =
            (0..10).filter_map(|i| u16_at(bytes, start + 3 * i).filter(|c| *c != u16::MAX).map(usize::from)).collect();
        // After the ten places: a usage map and the first page of the tree, four bytes each.
        let flags = *bytes.get(start + 30 + 8 + layout.key_before)?;
        trees.push((columns, flags & UNIQUE != 0));
        at = start + 30 + layout.key_after;
    }
    let mut list = Vec::new();
    for _ in 0..named {
        let tree = u32_at(bytes, at + layout.named_index_number)? as usize;
        let kind = *bytes.get(at + layout.named_index_kind)?;
        let (columns, unique) = trees.get(tree).cloned().unwrap_or_default();
        list.push(Index { name: String::new(), primary: kind == 1, unique, foreign: kind == 2, columns });
        at += layout.named_index;
    }
    for index in &mut list {
        index.name = name(bytes, &mut at, layout, encoding)?;
    }
    Some(list)
}

/// The pages that a usage map names, in order, and how many more it names that are after the end of the file.
pub fn used_pages(pages: &mut Pages, map: Pointer) -> Fallible<(Vec<u32>, usize)> {
    let count = pages.count;
    let bytes = pages.row(map)?.to_vec();
    let mut found = Vec::new();
    let mut mark = |first: u64, bits: &[u8]| {
        for (i, byte) in bits.iter().enumerate() {
            for bit in 0..8 {
                if byte >> bit & 1 != 0 {
                    found.push(first + 8 * i as u64 + bit);
                }
            }
        }
    };
    match bytes.first() {
        Some(0) if bytes.len() > 5 => mark(u64::from(u32_at(&bytes, 1).unwrap_or(0)), &bytes[5..]),
        Some(1) => {
            let covered = (pages.layout.page as u64 - 4) * 8;
            for (i, at) in (1..bytes.len()).step_by(4).enumerate() {
                let part = u32_at(&bytes, at).unwrap_or(0);
                if part != 0 {
                    let page = pages.page(part)?;
                    if page[0] != 5 {
                        return broken(format!("page {part} should say which pages hold rows and does not"));
                    }
                    mark(i as u64 * covered, &page[4..]);
                }
            }
        }
        _ => return broken("the list of pages with rows is not one"),
    }
    // Numbers of pages have three bytes.
    if found.last().is_some_and(|page| *page >= 1 << 24) {
        return broken("the list of pages with rows names pages that cannot be");
    }
    let named = found.len();
    found.retain(|page| (1..u64::from(count)).contains(page));
    let missing = named - found.len();
    Ok((found.into_iter().map(|page| page as u32).collect(), missing))
}

/// All pages that say of themselves that they hold rows of a table, whatever the list of them says.
pub fn claimed_pages(pages: &mut Pages, definition: u32) -> Fallible<Vec<u32>> {
    let mut found = Vec::new();
    let mut bytes = Vec::new();
    for page in 1..pages.count {
        pages.next_page(page, &mut bytes)?;
        if holds_rows(&bytes, definition) {
            found.push(page);
        }
    }
    Ok(found)
}

/// Whether a page holds rows of the table whose definition is on another.
pub fn holds_rows(page: &[u8], definition: u32) -> bool {
    page[0] == 1 && u32_at(page, 4) == Some(definition)
}

/// A slot's row as a scan of the table sees it.
pub fn seen(layout: &Layout, page: &[u8], index: usize) -> Slot {
    slot(layout, page, index, false)
}
