//! What binary values hold, by their first bytes.

use std::collections::BTreeMap;

use super::told::Blob;

/// Where a signature stands, the signature, and what it is of.
const SIGNATURES: &[(usize, &[u8], &str)] = &[
    (0, b"%PDF", "PDF"),
    (0, b"II*\0", "TIFF"),
    (0, b"MM\0*", "TIFF"),
    (0, &[0xff, 0xd8, 0xff], "JPEG"),
    (0, b"\x89PNG\r\n\x1a\n", "PNG"),
    (0, b"GIF8", "GIF"),
    (0, b"BM", "BMP"),
    (0, &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], "Word, Excel or another file of Office 97"),
    (0, b"PK\x03\x04", "ZIP, or a file of Office 2007 and later"),
    (0, b"{\\rtf", "RTF"),
    (128, b"DICM", "DICOM"),
    (0, b"MSH|", "HL7"),
    (0, b"<?xml", "XML"),
    (0, b"<html", "HTML"),
    (0, &[0x1f, 0x8b], "gzip"),
    (0, &[0xd7, 0xcd, 0xc6, 0x9a], "Windows metafile"),
    (0, b"RIFF", "sound or video"),
    (0, b"ID3", "sound or video"),
    (4, b"ftyp", "sound or video"),
];

#[derive(Default)]
pub(crate) struct Blobs(BTreeMap<&'static str, (u64, u64)>);

impl Blobs {
    pub fn see(&mut self, bytes: &[u8], count: u64) {
        let known = self.0.entry(content(bytes)).or_default();
        known.0 += count;
        known.1 += bytes.len() as u64 * count;
    }

    pub fn conclude(self) -> Vec<Blob> {
        let told =
            self.0.into_iter().map(|(content, (count, bytes))| Blob { content: content.to_owned(), count, bytes });
        let mut told: Vec<Blob> = told.collect();
        told.sort_by_key(|blob| std::cmp::Reverse(blob.count));
        told
    }
}

fn content(bytes: &[u8]) -> &'static str {
    let fits =
        |(at, signature, _): &&(usize, &[u8], &str)| bytes.get(*at..).is_some_and(|rest| rest.starts_with(signature));
    match SIGNATURES.iter().find(fits) {
        Some((_, _, name)) => name,
        None if std::str::from_utf8(bytes).is_ok_and(|t| !t.contains('\0')) => "text",
        None => "unknown",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_known_by_their_first_bytes() {
        let mut dicom = vec![0; 128];
        dicom.extend_from_slice(b"DICM");
        for (bytes, expected) in [
            (&b"%PDF-1.4"[..], "PDF"),
            (b"II*\0\x08", "TIFF"),
            (&[0xff, 0xd8, 0xff, 0xe0], "JPEG"),
            (&dicom, "DICOM"),
            (b"seen today", "text"),
            (&[0, 1, 2, 3], "unknown"),
        ] {
            assert_eq!(content(bytes), expected);
        }
    }
}
