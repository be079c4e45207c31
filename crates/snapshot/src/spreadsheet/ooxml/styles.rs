//! Number formats of cell styles.

use std::collections::HashMap;

use quick_xml::events::Event;

use crate::event::Result;
use crate::spreadsheet::book::Formats;
use crate::spreadsheet::package::{Package, attribute};

pub fn read(package: &Package, part: &str) -> Result<Formats> {
    let mut xml = package.xml(part)?;
    let (mut codes, mut styles, mut inside) = (HashMap::new(), Vec::new(), false);
    loop {
        match xml.next()? {
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                "numFmt" => {
                    let id = attribute(&tag, "numFmtId").and_then(|v| v.parse::<u32>().ok());
                    // The same name stands in conditional formats, which have no id of a style.
                    if let (Some(id), Some(code)) = (id, attribute(&tag, "formatCode"))
                        && !codes.contains_key(&id)
                    {
                        codes.insert(id, code.into_owned());
                    }
                }
                "cellXfs" => inside = true,
                "xf" if inside && styles.len() < Formats::LIMIT => {
                    styles.push(attribute(&tag, "numFmtId").and_then(|v| v.parse().ok()).unwrap_or(0));
                }
                _ => {}
            },
            Event::End(tag) if tag.local_name().as_ref() == "cellXfs" => inside = false,
            Event::Eof => return Ok(Formats::new(&styles, &codes)),
            _ => {}
        }
    }
}
