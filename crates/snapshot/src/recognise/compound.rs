//! Microsoft's older container of streams, by the streams it holds.

use std::io::{Read, Seek};

use super::kind::Kind;

/// What a compound file is.
pub fn kind<R: Read + Seek>(file: R) -> Compound {
    const DAMAGED: &str = "a compound file (such as .xls or .doc) that is damaged: ask for it again";
    let Ok(file) = cfb::CompoundFile::open(file) else { return Compound::Is(Kind::Unread(DAMAGED)) };
    let has = |name: &str| file.is_stream(name);
    if has("/EncryptedPackage") && has("/EncryptionInfo") {
        return Compound::Protected;
    }
    if has("/Workbook") || has("/Book") {
        return Compound::Is(Kind::Spreadsheet);
    }
    let starts = |start: &str| file.read_root_storage().any(|e| e.name().starts_with(start));
    Compound::Is(Kind::Unread(if has("/WordDocument") {
        "a Word document: if it holds tables, ask for them as a workbook or as delimited text"
    } else if has("/PowerPoint Document") {
        "a PowerPoint presentation"
    } else if starts("__properties_version") || starts("__nameid_version") {
        "an Outlook message"
    } else if has("/VisioDocument") {
        "a Visio drawing"
    } else if file.root_entry().clsid().as_fields().0 == 0x000c_1084 {
        "a Windows installer"
    } else if has("/CONTENTS") && has("/Props9") || starts("Quill") {
        "a Publisher or Works document"
    } else {
        "a compound file without a workbook in it"
    }))
}

#[derive(Debug, PartialEq, Eq)]
pub enum Compound {
    Is(Kind),
    /// A workbook or document of today's formats, behind a password.
    Protected,
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    #[test]
    fn streams_tell_what_a_compound_file_is() {
        for (streams, expected) in [
            (&["/Workbook"][..], "spreadsheet"),
            (&["/Book"], "spreadsheet"),
            (&["/WordDocument"], "a Word document"),
            (&["/__properties_version1.0"], "an Outlook message"),
            (&["/EncryptionInfo", "/EncryptedPackage"], "protected"),
            (&["/Else"], "a compound file without a workbook"),
        ] {
            let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
            for stream in streams {
                file.create_stream(stream).unwrap();
            }
            file.flush().unwrap();
            let found = match kind(file.into_inner()) {
                Compound::Is(kind) => kind.label(),
                Compound::Protected => "protected",
            };
            assert!(found.starts_with(expected), "{streams:?}: {found}");
        }
        let cut = Cursor::new(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec());
        assert!(matches!(kind(cut), Compound::Is(Kind::Unread(what)) if what.contains("damaged")));
    }
}
