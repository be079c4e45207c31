//! What Access keeps about a table and its columns beside their definition: descriptions, defaults, rules.

use std::collections::HashMap;

use encoding_rs::Encoding;

use super::format::{u16_at, u32_at};
use super::text;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Property {
    Text(String),
    Number(i64),
}

/// Properties of a table and of its columns, by the column's name in small letters; the table's own under "".
#[derive(Debug, Default)]
pub struct Properties(HashMap<String, HashMap<String, Property>>);

impl Properties {
    pub fn text(&self, column: &str, property: &str) -> Option<&str> {
        match self.0.get(&column.to_lowercase())?.get(property)? {
            Property::Text(text) => Some(text.as_str()).filter(|text| !text.is_empty()),
            Property::Number(_) => None,
        }
    }

    pub fn number(&self, column: &str, property: &str) -> Option<i64> {
        match self.0.get(&column.to_lowercase())?.get(property)? {
            Property::Number(n) => Some(*n),
            Property::Text(_) => None,
        }
    }

    /// Reads as far as the bytes make sense: they only add words to what the definition says.
    pub fn read(bytes: &[u8], jet3: bool, encoding: &'static Encoding) -> Self {
        let mut found = Self::default();
        if bytes.get(..3) != Some(b"MR2") && bytes.get(..3) != Some(b"KKD") {
            return found;
        }
        let mut names = Vec::new();
        let mut rest = bytes.get(4..).unwrap_or_default();
        // A block: its length, its kind, its content.
        while let (Some(length), Some(kind)) = (u32_at(rest, 0), u16_at(rest, 4)) {
            let length = length as usize;
            let Some(block) = rest.get(6..length.max(6)) else { break };
            match kind {
                0x80 => names = name_list(block, jet3, encoding),
                0 | 1 => found.take(block, &names, jet3, encoding).unwrap_or_default(),
                _ => {}
            }
            rest = &rest[length.max(6)..];
        }
        found
    }

    fn take(&mut self, block: &[u8], names: &[String], jet3: bool, encoding: &'static Encoding) -> Option<()> {
        let heading = u32_at(block, 0)? as usize;
        let length = usize::from(u16_at(block, 4)?);
        let owner = text::plain(block.get(6..6 + length)?, jet3, encoding).to_lowercase();
        let mut rest = block.get(heading..)?;
        while let Some(size) = u16_at(rest, 0).map(usize::from).filter(|size| *size >= 8) {
            let value = rest.get(8..size)?;
            let name = names.get(usize::from(u16_at(rest, 4)?))?;
            let value = value.get(..usize::from(u16_at(rest, 6)?))?;
            if let Some(property) = property(rest[3], value, jet3, encoding) {
                self.0.entry(owner.clone()).or_default().insert(name.clone(), property);
            }
            rest = &rest[size..];
        }
        Some(())
    }
}

fn name_list(mut block: &[u8], jet3: bool, encoding: &'static Encoding) -> Vec<String> {
    let mut names = Vec::new();
    while let Some(length) = u16_at(block, 0).map(usize::from) {
        let Some(raw) = block.get(2..2 + length) else { break };
        names.push(text::plain(raw, jet3, encoding));
        block = &block[2 + length..];
    }
    names
}

fn property(kind: u8, value: &[u8], jet3: bool, encoding: &'static Encoding) -> Option<Property> {
    Some(match (kind, value) {
        (1 | 2, [b, ..]) => Property::Number(i64::from(*b)),
        (3, [a, b, ..]) => Property::Number(i64::from(i16::from_le_bytes([*a, *b]))),
        (4, [a, b, c, d, ..]) => Property::Number(i64::from(i32::from_le_bytes([*a, *b, *c, *d]))),
        (10 | 12, bytes) => Property::Text(text::plain(bytes, jet3, encoding)),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use encoding_rs::WINDOWS_1252;

    use super::*;

    fn block(kind: u16, content: &[u8]) -> Vec<u8> {
        let mut bytes = (content.len() as u32 + 6).to_le_bytes().to_vec();
        bytes.extend(kind.to_le_bytes());
        bytes.extend_from_slice(content);
        bytes
    }

    fn named(name: &str) -> Vec<u8> {
        let mut bytes = (name.len() as u16).to_le_bytes().to_vec();
        bytes.extend(name.bytes());
        bytes
    }

    fn value(kind: u8, name: u16, content: &[u8]) -> Vec<u8> {
        let mut bytes = (content.len() as u16 + 8).to_le_bytes().to_vec();
        bytes.extend([1, kind]);
        bytes.extend(name.to_le_bytes());
        bytes.extend((content.len() as u16).to_le_bytes());
        bytes.extend_from_slice(content);
        bytes
    }

    fn owned(owner: &str, values: &[u8]) -> Vec<u8> {
        let mut bytes = (owner.len() as u32 + 6).to_le_bytes().to_vec();
        bytes.extend(named(owner));
        bytes.extend_from_slice(values);
        bytes
    }

    #[test]
    fn properties_belong_to_their_column() {
        let mut bytes = b"KKD\0".to_vec();
        bytes.extend(block(0x80, &[named("Description"), named("Required")].concat()));
        bytes.extend(block(0, &owned("", &value(10, 0, b"Fit tests"))));
        bytes.extend(block(1, &owned("Mask", &[value(12, 0, b"Size worn"), value(1, 1, &[1])].concat())));
        let read = Properties::read(&bytes, true, WINDOWS_1252);
        assert_eq!(read.text("", "Description"), Some("Fit tests"));
        assert_eq!(read.text("mask", "Description"), Some("Size worn"));
        assert_eq!(read.number("MASK", "Required"), Some(1));
        // Cut anywhere, what is whole is kept and nothing else happens.
        for end in 0..bytes.len() {
            let cut = Properties::read(&bytes[..end], true, WINDOWS_1252);
            assert_ne!(cut.text("mask", "Description"), Some(""));
        }
    }
}
