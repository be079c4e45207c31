use super::*;
use crate::event::{Batch, NoteKind, Reader, Step};
use crate::script::tests::told;

/// Id, whether it has data, what it is, schema, name, definition, `COPY`, file.
type Row = (i64, bool, &'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

const ENTRIES: [Row; 8] = [
    (1, false, "ENCODING", "", "ENCODING", "SET client_encoding = 'UTF8';\n", "", ""),
    (
        2,
        false,
        "TABLE",
        "public",
        "visit",
        "CREATE TABLE public.visit (\n    id integer,\n    note text,\n    scan oid\n);\n",
        "",
        "",
    ),
    (3, false, "TABLE", "hr", "Odd Table", "CREATE TABLE hr.\"Odd Table\" (\n    a numeric(6,2)\n);\n", "", ""),
    (4, false, "BLOB METADATA", "", "16400..16401", "16400\n16401\n", "", ""),
    (5, true, "TABLE DATA", "public", "visit", "", "COPY public.visit (id, note, scan) FROM stdin;\n", "5.dat"),
    (6, true, "TABLE DATA", "hr", "Odd Table", "", "", "6.dat"),
    (7, true, "BLOBS", "", "16400..16401", "", "", "blobs_7.toc"),
    (
        8,
        false,
        "CONSTRAINT",
        "public",
        "visit pk",
        "ALTER TABLE ONLY public.visit ADD CONSTRAINT pk PRIMARY KEY (id);\n",
        "",
        "",
    ),
];

/// A table of contents as `pg_dump` of a version writes it.
fn written(version: u8, entries: &[Row]) -> Vec<u8> {
    written_as(version, entries, 3, 0, &|_| 0)
}

/// `offset`: where the block of an entry is, 0 where it does not say.
fn written_as(version: u8, entries: &[Row], format: u8, packed: u8, offset: &dyn Fn(i64) -> u64) -> Vec<u8> {
    let mut out = b"PGDMP".to_vec();
    out.extend([1, version, 0, 4, 8, format]);
    let int = |out: &mut Vec<u8>, n: i64| {
        out.push(u8::from(n < 0));
        out.extend(&n.unsigned_abs().to_le_bytes()[..4]);
    };
    let texts = |out: &mut Vec<u8>, texts: &[&str]| {
        for text in texts {
            int(out, if text.is_empty() { -1 } else { text.len() as i64 });
            out.extend(text.bytes());
        }
    };
    if version >= 15 {
        out.push(packed);
    } else {
        int(&mut out, i64::from(packed));
    }
    (0..7).for_each(|n| int(&mut out, n));
    texts(&mut out, &["clinic", "16.1", "16.1"]);
    int(&mut out, entries.len() as i64);
    for (id, data, what, schema, name, definition, copy, file) in entries {
        int(&mut out, *id);
        int(&mut out, i64::from(*data));
        texts(&mut out, &["1259", "16384", name, what]);
        if version >= 11 {
            int(&mut out, 2);
        }
        texts(&mut out, &[definition, "", copy, schema, ""]);
        if version >= 14 {
            texts(&mut out, &["heap"]);
        }
        if version >= 16 {
            int(&mut out, 114);
        }
        texts(&mut out, &["postgres", "false", "3", "7", ""]);
        if format == CUSTOM {
            out.push(if !data {
                3
            } else if offset(*id) == 0 {
                1
            } else {
                2
            });
            out.extend(offset(*id).to_le_bytes());
        } else {
            texts(&mut out, &[file]);
        }
    }
    out
}

#[test]
fn every_version_says_what_is_in_which_file() {
    for version in [10, 11, 12, 13, 14, 15, 16] {
        let bytes = written(version, &ENTRIES);
        assert_eq!(format(&bytes), Some(Format::Files));
        let contents = Contents::read(&bytes[..]).unwrap();
        let parts: Vec<String> = contents
            .parts
            .iter()
            .map(|part| match &part.what {
                What::Rows { of, copy } => format!("{} {of} {}", part.file, String::from_utf8_lossy(copy).trim()),
                What::LargeObjects => part.file.clone(),
            })
            .collect();
        let list = if version < 16 { "blobs.toc" } else { "blobs_7.toc" };
        let rows = "5.dat public.visit COPY public.visit (id, note, scan) FROM stdin;";
        assert_eq!(parts, [rows, "6.dat hr.Odd Table ", list], "{version}");
        assert_eq!(contents.bytes, bytes.len() as u64);
        let script = String::from_utf8_lossy(contents.script()).into_owned();
        assert_eq!(script.contains("SET search_path = \"hr\""), version < 13, "{version}");
        assert!(script.contains("ADD CONSTRAINT pk") && !script.contains("16400"), "{script}");
    }
}

#[test]
fn tables_get_the_rows_of_their_files() {
    let contents = Contents::read(&written(16, &ENTRIES)[..]).unwrap();
    let mut reader: Postgres<&[u8]> = Postgres::of_archive(contents.script(), false);
    let mut lines = told(&mut reader);
    reader.go_on_with_rows(
        b"COPY public.visit (id, note, scan) FROM stdin;\n",
        b"1\t\xef\xbb\xbfa\\tb\t16400\n2\t\\N\n\\.\n\n\n",
        false,
    );
    lines.extend(told(&mut reader));
    assert_eq!(reader.position(), 26);
    reader.go_on_with_rows(b"", b"INSERT INTO hr.\"Odd Table\" VALUES (1.5);\n\n\n", false);
    lines.extend(told(&mut reader));
    // Neither text nor a packed file, whatever it looks like.
    reader.go_on_with_large_object(16400, b"\xff\xfeP\0K\0", false);
    lines.extend(told(&mut reader));
    reader.go_on_with_large_object(16401, b"", true);
    lines.extend(told(&mut reader));
    assert_eq!(
        lines,
        [
            "table -:visit id note scan",
            "table -:hr.Odd Table a",
            "changed 0 3",
            "0 1 \"\\u{feff}a\\tb\" 16400",
            "note 0 reject 2 line 2 byte 16 \"2\\t\\\\N\\n\": expected as many values as columns",
            r#"1 "1.50""#,
            "table -:large_objects loid content",
            "2 16400 xfffe50004b00",
            "2 16401 x",
            "note 2 warning: 2 large objects kept: columns of type oid refer to its loid (visit.scan)",
        ]
    );
}

#[test]
fn what_is_told_of_the_statements_has_no_place_in_a_file() {
    let contents = Contents::read(&written(14, &[(1, false, "TABLE", "public", "t", "CREATE TABLE (;\n", "", "")])[..]);
    let mut reader: Postgres<std::io::Cursor<Vec<u8>>> =
        Postgres::of_archive(std::io::Cursor::new(contents.unwrap().script().to_vec()), true);
    let mut batch = Batch::default();
    let mut rejects = 0;
    loop {
        match reader.next(&mut batch).unwrap() {
            Step::End => break,
            Step::Note(note) if matches!(note.kind, NoteKind::Reject { .. }) => {
                rejects += 1;
                assert_eq!((note.at.line, note.at.byte), (0, 0));
            }
            _ => {}
        }
    }
    assert_eq!(rejects, 1);
}

/// Cut or changed anywhere: no panic, and what is wrong is said.
#[test]
fn damage_is_told() {
    let bytes = written(16, &ENTRIES);
    for end in 0..bytes.len() {
        assert!(Contents::read(&bytes[..end]).is_err(), "cut at {end}");
    }
    for at in 0..bytes.len() {
        let mut broken = bytes.clone();
        broken[at] ^= 0xff;
        let _ = Contents::read(&broken[..]);
    }
    let newer = Contents::read(&[&b"PGDMP\x01\x63\0\x04\x08\x03"[..], &[0; 99]].concat()[..]).unwrap_err().to_string();
    assert!(newer.contains("version 1.99") && newer.contains("pg_restore --file"), "{newer}");
    assert_eq!(format(b"PGDMP\x01\x0e\0\x04\x08\x01"), Some(Format::Custom));
    assert_eq!(format(b"PGDMP"), None);
}

#[test]
fn a_list_of_large_objects() {
    let listed = large_objects(&b"16400 blob_16400.dat\n\nnonsense\n16401 blob_16401.dat\n"[..]).unwrap();
    assert_eq!(listed, [(16400, "blob_16400.dat".to_owned()), (16401, "blob_16401.dat".to_owned())]);
}

/// A dump in one file: the table, then a block of rows and one of large objects.
fn custom(known: bool, packed: bool) -> Vec<u8> {
    let entries: Vec<Row> = ENTRIES.into_iter().filter(|e| e.0 != 6).collect();
    let mut toc = written_as(14, &entries, CUSTOM, u8::from(packed), &|_| 0);
    let pack = |bytes: &[u8]| {
        if !packed {
            return bytes.to_vec();
        }
        let mut to = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        std::io::Write::write_all(&mut to, bytes).unwrap();
        to.finish().unwrap()
    };
    let int = |out: &mut Vec<u8>, n: usize| {
        out.push(0);
        out.extend((n as u32).to_le_bytes());
    };
    let chunks = |out: &mut Vec<u8>, bytes: &[u8]| {
        for chunk in pack(bytes).chunks(7) {
            int(out, chunk.len());
            out.extend_from_slice(chunk);
        }
        int(out, 0);
    };
    let mut blocks = vec![1];
    int(&mut blocks, 5);
    chunks(&mut blocks, b"1\ta\t16400\n2\tb\t\\N\n\\.\n\n\n");
    let objects = blocks.len();
    blocks.push(3);
    int(&mut blocks, 7);
    for (oid, content) in [(16400, &b"%PDF"[..]), (16401, b"")] {
        int(&mut blocks, oid);
        chunks(&mut blocks, content);
    }
    int(&mut blocks, 0);
    if known {
        let first = toc.len() as u64;
        toc = written_as(14, &entries, CUSTOM, u8::from(packed), &|id| {
            if id == 5 { first } else { first + objects as u64 }
        });
    }
    [toc, blocks].concat()
}

#[test]
fn a_dump_in_one_file_has_the_same_parts() {
    for (known, packed) in [(true, true), (true, false), (false, true), (false, false)] {
        let bytes = custom(known, packed);
        let contents = Contents::read(&bytes[..]).unwrap();
        let blocks = contents.blocks.unwrap();
        assert_eq!(blocks.packing, Ok(packed.then_some(crate::container::Packing::Zlib)));
        let (found, walked) = blocks.find(std::io::Cursor::new(&bytes[..]));
        walked.unwrap();
        let content = |block: &Block| {
            let chunks = Chunks::new(&bytes[block.offset as usize..], blocks.int());
            let mut text = String::new();
            if packed {
                flate2::read::ZlibDecoder::new(chunks).read_to_string(&mut text).unwrap();
            } else {
                { chunks }.read_to_string(&mut text).unwrap();
            }
            format!("{} {text:?}", block.name)
        };
        let shown: Vec<String> = found.iter().map(content).collect();
        let rows = r#"5.dat "1\ta\t16400\n2\tb\t\\N\n\\.\n\n\n""#;
        assert_eq!(shown, [rows, "blob_16400.dat \"%PDF\"", "blob_16401.dat \"\""], "{known} {packed}");
        for end in contents.bytes as usize..bytes.len() {
            let (fewer, walked) = blocks.find(std::io::Cursor::new(&bytes[..end]));
            assert!(
                fewer.len() <= found.len()
                    && (walked.is_err() || end == contents.bytes as usize || known || fewer.len() < 3)
            );
        }
    }
}
