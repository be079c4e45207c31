use super::*;
use std::io::{Cursor, Write};
use zip::unstable::write::FileOptionsExt;
use zip::write::SimpleFileOptions;
use zip::{AesMode, CompressionMethod, ZipWriter};

fn archive(files: &[(&str, SimpleFileOptions, &[u8])]) -> Vec<u8> {
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, options, content) in files {
        to.start_file(*name, *options).unwrap();
        to.write_all(content).unwrap();
    }
    to.finish().unwrap().into_inner()
}

fn content(bytes: &[u8], index: usize, password: Option<&[u8]>) -> Vec<u8> {
    read_entry(Cursor::new(bytes), index, password, |r| {
        let mut out = Vec::new();
        r.read_to_end(&mut out).unwrap();
        out
    })
    .unwrap()
}

#[test]
fn methods_and_zip64() {
    let plain = SimpleFileOptions::default();
    let text = b"MRN,ALLERGY\n1,penicillin\n".repeat(50);
    let bytes = archive(&[
        ("stored.csv", plain.compression_method(CompressionMethod::Stored), &text),
        ("deflated.csv", plain.compression_method(CompressionMethod::Deflated), &text),
        ("bzip2.csv", plain.compression_method(CompressionMethod::Bzip2), &text),
        ("zstd.csv", plain.compression_method(CompressionMethod::Zstd), &text),
        ("zip64.csv", plain.large_file(true), &text),
    ]);
    let found = list(Cursor::new(&bytes)).unwrap();
    assert_eq!(found.entries.len(), 5);
    for entry in &found.entries {
        assert_eq!(content(&bytes, entry.index, None), text, "{}", entry.name);
    }
}

#[test]
fn passwords_of_both_kinds() {
    let plain = SimpleFileOptions::default();
    let bytes = archive(&[
        ("aes.csv", plain.with_aes_encryption(AesMode::Aes256, "Hippokrates"), b"MRN\n1\n"),
        ("old.csv", plain.with_deprecated_encryption(b"Hippokrates").unwrap(), b"MRN\n2\n"),
    ]);
    let found = list(Cursor::new(&bytes)).unwrap().entries;
    for (entry, (text, wrong_ones)) in found.iter().zip([(b"MRN\n1\n", 3), (b"MRN\n2\n", 600)]) {
        assert!(entry.encrypted, "{}", entry.name);
        assert!(opens(Cursor::new(&bytes), entry.index, b"Hippokrates").unwrap(), "{}", entry.name);
        assert_eq!(content(&bytes, entry.index, Some(b"Hippokrates")), text);
        // The old kind checks one byte only: among so many wrong ones some pass that check.
        for n in 0..wrong_ones {
            let wrong = format!("wrong {n}");
            assert!(!opens(Cursor::new(&bytes), entry.index, wrong.as_bytes()).unwrap(), "{} {wrong}", entry.name);
        }
    }
}

#[test]
fn files_that_share_bytes_are_a_bomb() {
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    to.start_file("a.csv", SimpleFileOptions::default()).unwrap();
    to.write_all(&b"0123456789".repeat(10_000)).unwrap();
    to.shallow_copy_file("a.csv", "b.csv").unwrap();
    let bytes = to.finish().unwrap().into_inner();
    let said = list(Cursor::new(bytes)).unwrap_err().to_string();
    assert!(said.contains("share their bytes"), "{said}");
}

#[test]
fn cut_off_archives_and_parts_are_told() {
    let bytes = archive(&[("a.csv", SimpleFileOptions::default(), b"1")]);
    let said = list(Cursor::new(&bytes[..bytes.len() - 30])).unwrap_err().to_string();
    assert!(said.contains("cut off or one of several parts"), "{said}");
}

#[test]
fn documents_that_are_archives() {
    let entry = |name: &str| Entry { index: 0, name: name.into(), size: 0, packed: 0, encrypted: false };
    for (names, mimetype, expected) in [
        (&["xl/workbook.xml"][..], None, "workbook"),
        (&["xl/workbook.bin"], None, "workbook"),
        (&["mimetype", "content.xml"], Some("application/vnd.oasis.opendocument.spreadsheet"), "workbook"),
        (&["mimetype", "content.xml"], Some("application/vnd.oasis.opendocument.text"), "OpenDocument text"),
        (&["word/document.xml"], None, "Word"),
        (&["Index/Document.iwa"], None, "Numbers"),
        (&["document.mwb.xml"], None, "Workbench model"),
        (&["exports/xl/workbook.xml.csv"], None, "files"),
    ] {
        let entries: Vec<_> = names.iter().map(|n| entry(n)).collect();
        let found = match inside(&entries, mimetype) {
            Inside::Workbook => "workbook".to_owned(),
            Inside::Files => "files".to_owned(),
            Inside::Other(what) => what.to_owned(),
        };
        assert!(found.contains(expected), "{names:?}: {found}");
    }
}
