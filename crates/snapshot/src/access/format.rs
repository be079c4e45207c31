//! Where things stand on the pages of each generation of the format.

/// What stops a piece of the file from being read. The reading of the rest goes on.
#[derive(Debug)]
pub enum Fault {
    /// The input itself failed: the reading ends.
    Io(crate::event::Error),
    /// What stands there makes no sense; in words a person can act on, without any of the content.
    Broken(String),
}

pub type Fallible<T> = std::result::Result<T, Fault>;

pub fn broken<T>(text: impl Into<String>) -> Fallible<T> {
    Err(Fault::Broken(text.into()))
}

impl Fault {
    /// The reason, unless the input itself failed.
    pub fn reason(self) -> crate::event::Result<String> {
        match self {
            Self::Io(error) => Err(error),
            Self::Broken(reason) => Ok(reason),
        }
    }
}

/// The engine that wrote the file, by the byte at 0x14 of its header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Generation(pub u8);

impl Generation {
    pub const JET3: Self = Self(0);
    pub const JET4: Self = Self(1);

    pub fn is_jet3(self) -> bool {
        self == Self::JET3
    }

    pub fn is_ace(self) -> bool {
        self > Self::JET4
    }

    pub fn layout(self) -> &'static Layout {
        if self.is_jet3() { &JET3 } else { &JET4 }
    }
}

/// Offsets in bytes. Of a table definition: from its start; of a column: from the start of its entry.
#[derive(Debug)]
pub struct Layout {
    pub page: usize,
    /// Slots on a data page; two bytes each follow.
    pub slots: usize,
    pub rows: usize,
    pub columns: usize,
    pub indexes: usize,
    pub real_indexes: usize,
    pub usage_map: usize,
    /// The first entry of a real index.
    pub entries: usize,
    pub index_entry: usize,
    pub column_entry: usize,
    pub column_number: usize,
    pub column_variable: usize,
    pub column_precision: usize,
    pub column_flags: usize,
    pub column_offset: usize,
    pub column_length: usize,
    /// Bytes in front of and after the columns of a real index's second entry.
    pub key_before: usize,
    pub key_after: usize,
    pub named_index: usize,
    pub named_index_number: usize,
    pub named_index_kind: usize,
    /// Bytes of the length in front of a name, and of the count of columns in front of a row.
    pub count: usize,
}

static JET3: Layout = Layout {
    page: 2048,
    slots: 8,
    rows: 12,
    columns: 25,
    indexes: 27,
    real_indexes: 31,
    usage_map: 35,
    entries: 43,
    index_entry: 8,
    column_entry: 18,
    column_number: 1,
    column_variable: 3,
    column_precision: 11,
    column_flags: 13,
    column_offset: 14,
    column_length: 16,
    key_before: 0,
    key_after: 9,
    named_index: 20,
    named_index_number: 4,
    named_index_kind: 19,
    count: 1,
};

static JET4: Layout = Layout {
    page: 4096,
    slots: 12,
    rows: 16,
    columns: 45,
    indexes: 47,
    real_indexes: 51,
    usage_map: 55,
    entries: 63,
    index_entry: 12,
    column_entry: 25,
    column_number: 5,
    column_variable: 7,
    column_precision: 11,
    column_flags: 15,
    column_offset: 21,
    column_length: 23,
    key_before: 4,
    key_after: 18,
    named_index: 28,
    named_index_number: 8,
    named_index_kind: 23,
    count: 2,
};

pub fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at.checked_add(2)?).map(|b| u16::from_le_bytes([b[0], b[1]]))
}

pub fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
}

/// `N` bytes at a place.
pub fn array_at<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..at.checked_add(N)?)?.try_into().ok()
}

/// A row somewhere in the file: the page in the upper three bytes, the slot on it in the lowest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pointer(pub u32);

impl Pointer {
    pub fn page(self) -> u32 {
        self.0 >> 8
    }

    pub fn slot(self) -> usize {
        (self.0 & 0xFF) as usize
    }
}
