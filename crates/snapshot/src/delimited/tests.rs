//! Inputs named after their traps, beside what is read of them.

use std::io::Cursor;

use super::*;
use crate::event::CellRef;

/// What is read of a file.
#[derive(Debug, Default, PartialEq)]
struct Told {
    names: Vec<String>,
    rows: Vec<Vec<String>>,
    /// Record, line, byte, bytes and reason.
    rejects: Vec<(u64, u64, u64, Vec<u8>, String)>,
    odd: Vec<(&'static str, u64)>,
    shares: Vec<Share>,
}

fn read_as(bytes: &[u8], choice: &DialectChoice, chunk: usize) -> Told {
    let survey = survey(bytes, choice).unwrap();
    let mut reader = Delimited::new(Box::new(Cursor::new(bytes.to_vec())), "t", survey).unwrap();
    reader.records.set_chunk(chunk);
    let mut told = Told::default();
    let mut batch = Batch::default();
    loop {
        match reader.next(&mut batch).unwrap() {
            Step::Table(t) => told.names = t.columns.into_iter().map(|c| c.name).collect(),
            Step::Rows => {
                for r in 0..batch.rows() {
                    let cell = |c| match c {
                        CellRef::Text(t) => String::from_utf8(t.to_vec()).unwrap(),
                        other => format!("{other:?}"),
                    };
                    told.rows.push(batch.row(r).map(cell).collect());
                }
            }
            Step::Note(Note { at, kind: NoteKind::Reject { raw, reason }, .. }) => {
                told.rejects.push((at.record, at.line, at.byte, raw, reason));
            }
            Step::Note(Note { kind: NoteKind::Odd { what: Odd::Kept(what), count }, .. }) => {
                told.odd.push((what, count));
            }
            Step::End => break,
            Step::Note(Note { kind: NoteKind::Warning { .. } | NoteKind::Object { .. }, .. }) => {}
            other => panic!("{other:?}"),
        }
    }
    told.shares = reader.shares();
    assert_eq!(reader.position(), bytes.len() as u64, "all is read");
    assert_eq!(told.shares.iter().map(|s| s.bytes).sum::<u64>(), bytes.len() as u64, "shares add up");
    let loaded = told.shares.iter().find(|s| s.of == ShareOf::Table(0)).map_or(0, |s| s.count);
    assert_eq!(loaded, told.rows.len() as u64, "rows are counted");
    told
}

fn read(bytes: &[u8]) -> Told {
    read_as(bytes, &DialectChoice::default(), usize::MAX)
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn utf32(text: &str) -> Vec<u8> {
    text.chars().flat_map(|c| (c as u32).to_be_bytes()).collect()
}

/// Trap, file, rows, and the line and byte of each reject. A row's cells are parted by `·`.
type Fixture = (&'static str, Vec<u8>, Vec<&'static str>, Vec<(u64, u64)>);

fn fixtures() -> Vec<Fixture> {
    let many = "id,name,note\n1,\"a\",b\n7,\"open,x\n0,name 0,x\n1,name 1,x\n2,name 2,x\n".to_owned();
    vec![
        (
            "quotes, delimiters and line ends in quotes",
            b"id,name\n0,\"x, y\"\n1,\"a \"\"b\"\"\"\r\n2,\"c\n\r\nd\"\n".to_vec(),
            vec!["0·x, y", "1·a \"b\"", "2·c\n\r\nd"],
            vec![],
        ),
        (
            "an unbalanced quote costs one line",
            b"id,name\n0,\"z\"\n1,a\n2,\"b\n3,c\n4,d\n5,e\n6,\"f\"\n".to_vec(),
            vec!["0·z", "1·a", "3·c", "4·d", "5·e", "6·f"],
            vec![(4, 18)],
        ),
        (
            "an unbalanced quote to the end",
            many.into_bytes(),
            vec!["1·a·b", "0·name 0·x", "1·name 1·x", "2·name 2·x"],
            vec![(3, 21)],
        ),
        (
            "text after a closing quote",
            b"id,name\n1,\"a\" b\n2,\"c\" \n3,\"d\"\n4,\"e\" \"f, g\n5,\"h\"\n".to_vec(),
            vec!["1·\"a\" b", "2·c ", "3·d", "5·h"],
            vec![(5, 29)],
        ),
        (
            "rows of other widths",
            b"a,b,c\n1,2,3\n1,2\n1,2,3,4\n1,2,3,,\n5,6,7\n".to_vec(),
            vec!["1·2·3", "1·2·3", "5·6·7"],
            vec![(3, 12), (4, 16)],
        ),
        (
            "a record over several lines of another width is one reject",
            b"a,b,c\n1,\"x\ny\",2,3\n5,6,7\n".to_vec(),
            vec!["5·6·7"],
            vec![(2, 6)],
        ),
        ("the header has a delimiter too many", b"a,b,\n1,x\n2,y\n".to_vec(), vec!["1·x·", "2·y·"], vec![]),
        ("the header has fewer names than all rows", b"a,b\n1,x,p\n2,y,q\n".to_vec(), vec!["1·x·p", "2·y·q"], vec![]),
        ("line ends of three kinds", b"a,b\r\n1,x\r2,y\n\r\n\n3,z".to_vec(), vec!["1·x", "2·y", "3·z"], vec![]),
        ("line ends of old Macintoshes", b"a,b\r1,x\r2,\"y\rz\"\r".to_vec(), vec!["1·x", "2·y\rz"], vec![]),
        ("a carriage return in a value", b"a,b,c\n1,x\ry,p\n2,z,q\n".to_vec(), vec!["1·x\ry·p", "2·z·q"], vec![]),
        ("a sep line", b"sep=;\r\na;b\r\n1;x,y\r\n".to_vec(), vec!["1·x,y"], vec![]),
        ("an end mark of DOS", b"a,b\r\n1,x\r\n\x1a".to_vec(), vec!["1·x"], vec![]),
        (
            "files put together, each with mark and header",
            "\u{feff}a,b\n1,x\n\u{feff}a,b\n2,y\n".as_bytes().to_vec(),
            vec!["1·x", "a·b", "2·y"],
            vec![],
        ),
        ("NUL in a value", b"a,b\n1,x\0y\n".to_vec(), vec!["1·x\0y"], vec![]),
        ("one column with blanks between", b"name\nAnn\n\n\"\"\nBob\n".to_vec(), vec!["Ann", "", "Bob"], vec![]),
        (
            "UTF-16 with mark",
            utf16("\u{feff}id;name\r\n1;Zoë\n2\n3;\u{1f600}\n"),
            vec!["1·Zoë", "3·\u{1f600}"],
            vec![(3, 32)],
        ),
        ("UTF-16 without mark", utf16("id;name\r\n1;Zoe\r\n2;Ann\r\n"), vec!["1·Zoe", "2·Ann"], vec![]),
        ("UTF-32 without mark", utf32("id;name\n1;Zoë\n2\n"), vec!["1·Zoë"], vec![(3, 56)]),
        ("Windows-1252", b"id;name\n1;Zo\xeb N\xfa\xf1ez\n".to_vec(), vec!["1·Zoë Núñez"], vec![]),
        ("a broken bar in Windows-1252", b"id\xa6name\n1\xa6a,b\n2\xa6c\n".to_vec(), vec!["1·a,b", "2·c"], vec![]),
        ("a broken bar in UTF-8", "id¦name\n1¦a,b\n2¦\"©¦\"\n".into(), vec!["1·a,b", "2·©¦"], vec![]),
        (
            "a cell that is not UTF-8",
            b"id,n\n1,Zo\xc3\xab\n2,\xc3\xb1 \xc3\xb1\n3,N\xfa\n".to_vec(),
            vec!["1·Zoë", "2·ñ ñ", "3·Bytes([78, 250])"],
            vec![],
        ),
        (
            "quotes escaped by backslash",
            b"id,note\n1,\"a \\\"b\\\", c\"\n2,\"d\\\\\"\n3,C:\\temp\n".to_vec(),
            vec!["1·a \"b\", c", "2·d\\", "3·C:\\temp"],
            vec![],
        ),
        (
            "a path before the closing quote",
            b"\"id\",\"dir\"\n\"1\",\"C:\\a\\\"\n\"2\",\"C:\\b\\\"\n".to_vec(),
            vec!["1·C:\\a\\", "2·C:\\b\\"],
            vec![],
        ),
        (
            "quotes that are letters",
            b"id\tsize\n1\t\"open\n2\t6\" pipe\n".to_vec(),
            vec!["1·\"open", "2·6\" pipe"],
            vec![],
        ),
    ]
}

#[test]
fn each_trap_reads_as_it_should_however_it_is_cut() {
    for (trap, file, rows, rejects) in fixtures() {
        let told = read(&file);
        let cells: Vec<String> = told.rows.iter().map(|r| r.join("·")).collect();
        assert_eq!(cells, rows, "{trap}: {told:?}");
        let places: Vec<(u64, u64)> = told.rejects.iter().map(|r| (r.1, r.2)).collect();
        assert_eq!(places, rejects, "{trap}: {told:?}");
        for chunk in [1, 2, 3, 5, 7, 64] {
            assert_eq!(read_as(&file, &DialectChoice::default(), chunk), told, "{trap}, {chunk} bytes at a time");
        }
    }
}

#[test]
fn a_file_cut_anywhere_is_read_to_its_end() {
    for (_, file, ..) in fixtures() {
        for end in 0..file.len() {
            read_cut(&file[..end]);
        }
    }
}

/// Like [`read`], for what may end within a letter.
fn read_cut(bytes: &[u8]) {
    let survey = survey(bytes, &DialectChoice::default()).unwrap();
    let mut reader = Delimited::new(Box::new(Cursor::new(bytes.to_vec())), "t", survey).unwrap();
    let mut batch = Batch::default();
    while reader.next(&mut batch).unwrap() != Step::End {}
}

#[test]
fn a_row_of_another_width_is_kept_as_a_reject_with_its_place() {
    let told = read(b"id,name,name,\n1,a,b,\n2,c\n3,\"d\ne\",f,\n");
    assert_eq!(told.names, ["id", "name", "name (2)", "column_4"]);
    assert_eq!(told.rows, [["1", "a", "b", ""], ["3", "d\ne", "f", ""]]);
    let reason = "expected 4 fields, found 2 fields".to_owned();
    assert_eq!(told.rejects, [(2, 3, 21, b"2,c\n".to_vec(), reason)]);
}

#[test]
fn what_is_kept_otherwise_is_counted() {
    let told = read(b"a,b\n1,x,\n2,\"y\" \na,b\n3,z\n");
    assert_eq!(told.odd, [(ODD[BEYOND], 1), (ODD[REPEATED], 1), (ODD[BLANKS], 1)]);
}

#[test]
fn a_quote_left_open_costs_its_line_among_megabytes_without_quotes() {
    let mut file = b"id,name\n0,\"z\"\n1,\"open\n".to_vec();
    for i in 0..200_000 {
        file.extend(format!("{i},name {i}\n").into_bytes());
    }
    let told = read(&file);
    assert_eq!((told.rows.len(), told.rejects.len()), (200_001, 1));
    assert_eq!(told.rejects[0].3, b"1,\"open\n");
}

#[test]
fn a_long_value_in_quotes_is_a_value() {
    for line in ["QUJD".repeat(5_000_000), format!("{}\n", "QUJD".repeat(19)).repeat(70_000)] {
        let told = read(format!("id,doc\n1,\"{line}\"\n2,x\n").as_bytes());
        assert_eq!((told.rows.len(), told.rejects.len()), (2, 0));
        assert!(told.rows[0][1] == line);
    }
}

#[test]
fn what_a_person_says_is_not_guessed() {
    let file = b"report of March\n1|'a|b'|caf\x82\n2|c|d\n";
    let choice = DialectChoice {
        encoding: Some("ibm866".into()),
        delimiter: Some("|".to_owned()),
        quote: Some(QuoteChoice::None),
        escape: Some(Escape::Doubled),
        header: Some(false),
        skip: Some(1),
        ..DialectChoice::default()
    };
    let told = read_as(file, &choice, 1);
    assert_eq!((told.rows.len(), told.rejects.len()), (1, 1), "without quotes one of them has a field more");
    let choice = DialectChoice { quote: Some(QuoteChoice::Char('\'')), ..choice };
    let told = read_as(file, &choice, 1);
    assert_eq!(told.names, ["column_1", "column_2", "column_3"]);
    assert_eq!(told.rows, [["1", "a|b", "cafВ"], ["2", "c", "d"]]);
    let unknown = DialectChoice { encoding: Some("ebcdic".into()), ..DialectChoice::default() };
    assert!(survey(&file[..], &unknown).unwrap_err().to_string().contains("windows-1250"));
}

#[test]
fn dialects_are_recognised() {
    for (sample, said) in [
        ("id,name\n1,\"a, b\"\n2,\"c \"\"d\"\"\"\n", "delimiter comma, quote \", escaped by doubling, header row"),
        ("id;name\n1;a,b\n2;c,d\n3;e,f\n", "delimiter semicolon, quote \", escaped by doubling, header row"),
        ("id|note\n1|'x|y'\n2|'it''s'\n3|'z'\n", "delimiter pipe, quote ', escaped by doubling, header row"),
        ("id,note\n1,\"a \\\"b\\\", c\"\n2,\"d\"\n", "delimiter comma, quote \", escaped by backslash, header row"),
        ("1\tx\t2020-01-01\n2\ty\t2020-01-02\n", "delimiter tab, quote \", escaped by doubling, no header row"),
        ("id\u{1}name\n1\u{1}a,b\n", "delimiter character 0x01, quote \", escaped by doubling, header row"),
        ("id^name\n1^a\n2^b\n", "delimiter ^, quote \", escaped by doubling, header row"),
        ("site,2019,2020\nYard,3,4\nDock,5,6\n", "delimiter comma, quote \", escaped by doubling, header row"),
        ("Ada,1980\nGrace,1985\n", "delimiter comma, quote \", escaped by doubling, no header row"),
        (
            "# by hand, in May\n#\n  \nid,a,b\n1,x,y\n  \n# more, later\n \n2,x,y\n",
            "delimiter comma, quote \", escaped by doubling, header row, 3 lines above it",
        ),
        (
            "1\ttab\\tC:\\\\new\\\\temp\n2\t\\N\n3\ttwo\\nlines\n",
            "delimiter tab, no quotes, backslash codes such as \\n and \\N, no header row",
        ),
        ("id|~|name|~|note\n1|~|Ann|~|\n2|~||~|a | b\n", "delimiter '|~|', quote \", escaped by doubling, header row"),
        (
            "1,2020-01-01 08:00,10:15\n2,2020-01-02 09:30,11:45\n3,2020-01-03 07:15,12:05\n",
            "delimiter comma, quote \", escaped by doubling, no header row",
        ),
        (
            "id|addr\n1|7 Elm St, Troy, NY\n2|9 Oak St, Gary, IN\n3|4 Elm St, Lima, OH\n",
            "delimiter pipe, quote \", escaped by doubling, header row",
        ),
        (
            "no,height,name\n1,5'10\",\"Ray, Bo\"\n2,6'1\",Ng\n3,,\"Lee, Cy\"\n",
            "delimiter comma, quote \", escaped by doubling, header row",
        ),
        (
            "amount\n\"3,682.00\"\n\"12,361.50\"\n\"907.00\"\n",
            "delimiter comma, quote \", escaped by doubling, header row",
        ),
        (
            "K00;Restricted, fit\nK01;Cleared\nZ02;Not seen\nZ04;Left early\n",
            "delimiter semicolon, quote \", escaped by doubling, no header row",
        ),
        (
            "id|seen|note\r\n1|2018|cough\nand fever\r\n2|2019|ok\r\n3|2019|ok\r\n",
            "delimiter pipe, quote \", escaped by doubling, header row, records end with CRLF only",
        ),
        (
            "\"no\",\"seen\"\n\"1\",\"E1\",2\n\"2\",\"E7\",3\n\"3\",\"E9\",4\n",
            "delimiter comma, quote \", escaped by doubling, header row whose names begin at the second column",
        ),
        (
            "PAT^ONE|A^B^C\nPAT^TWO|A^B^C\nPAT^SIX|A^B^C\nPAT^TEN|A^B^C\n",
            "delimiter pipe, quote \", escaped by doubling, no header row",
        ),
        (
            "a, \"b, c\", d\n1, \"x, y\", 2\n3, \"z, q\", 4\n",
            "delimiter comma, quote \", escaped by doubling, header row, blanks around quotes",
        ),
        (
            "SaveVisit,Save what was entered for the visit\nOpenVisit,Open the visit of an employee\n\
             OpenChart,Show the chart that was opened last\nAddTest,Add a test to those of the visit\n",
            "delimiter comma, quote \", escaped by doubling, no header row",
        ),
        (
            "sprain,n. of a joint\nstrain,n. of a muscle\nto wean,v. off a drug\nrash,n. of the skin\n",
            "delimiter comma, quote \", escaped by doubling, no header row",
        ),
        (
            "Badge,Did you wear ear plugs?\nA-17,always\nB-02,when it is loud\nC-11,I do not know\n",
            "delimiter comma, quote \", escaped by doubling, header row",
        ),
        ("sep=;\nid;a\n1;b\n", "delimiter semicolon, quote \", escaped by doubling, header row, 1 line above it"),
    ] {
        let survey = survey(sample.as_bytes(), &DialectChoice::default()).unwrap();
        assert_eq!(survey.dialect.describe(), said, "{sample}");
    }
}

#[test]
fn a_file_that_is_not_utf8_to_its_end_is_not_utf8() {
    let mut late = b"id,name\n".to_vec();
    late.extend(b"1,abc\n".repeat(300_000));
    late.extend(b"2,N\xfa\xf1ez\n");
    let survey = survey(&late[..], &DialectChoice::default()).unwrap();
    assert_eq!(survey.encoding.name(), "windows-1252");
}

/// The first record alone is longer than the first looks go, and holds lines that look like records of another kind.
#[test]
fn a_long_first_note_does_not_hide_how_a_file_is_written() {
    for length in [20_000, 50_000, 200_000] {
        let mut note = "seen today; advised to rest, and to come back\n".repeat(length / 46);
        note.pop();
        let mut file = String::new();
        for row in 1..=4 {
            file.extend([format!("{row},\""), note.clone(), format!("\",2024-01-0{row}\n")]);
        }
        let survey = survey(file.as_bytes(), &DialectChoice::default()).unwrap();
        let said = "delimiter comma, quote \", escaped by doubling, no header row";
        assert_eq!((survey.dialect.describe().as_str(), survey.width()), (said, 3), "{length}");
    }
}

/// Files below a folder, in order.
fn files(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() { found.extend(files(&entry)) } else { found.push(entry) }
    }
    found.sort();
    found
}

#[test]
fn files_of_others_read_alike_however_they_are_cut() {
    let Some(folder) = corpus::data("corpus/delimited") else { return };
    for file in files(&folder) {
        let bytes = std::fs::read(&file).unwrap();
        // Rows and rejects are all that was found; the shares were held to the file's bytes.
        let told = read(&bytes);
        for chunk in [1, 4096] {
            assert_eq!(read_as(&bytes, &DialectChoice::default(), chunk), told, "{}", file.display());
        }
    }
}

/// Files that could be read otherwise, and what is asked of each; and some of which nothing is to be asked.
#[test]
fn a_close_call_is_asked_and_a_clear_one_is_not() {
    let few = b"no,name\n1,Ann\n2,Ang\xe8le\n".to_vec();
    let plants = "Alder Ash Beech Birch Cedar Elm Fir Hazel Holly Ivy Larch Lime Maple Oak Pine";
    let in_order =
        plants.split(' ').map(|name| format!("{name},{}\n", name.len() % 3 + 7)).collect::<Vec<_>>().concat();
    let asked: [(&str, Vec<u8>, &[&str]); 13] = [
        ("a clear table", b"id,name,seen\n1,Ann,2020-01-01\n2,Bo,2020-01-02\n".to_vec(), &[]),
        ("quotes and apostrophes", b"last,first\nO'Shea,Al\n't Hooft,Bo\n\"Ray, Jr\",Cy\n".to_vec(), &[]),
        ("one accent", few, &["which 1 byte beyond ASCII decided"]),
        ("a name short", b"id,name\n1,Ann,x\n2,Bo,y\n".to_vec(), &["2 names, the records have 3 fields"]),
        ("codes undone", b"1\tC:\\\\new\n2\ta\\nb\n".to_vec(), &["backslash codes"]),
        ("names or not", b"Elm,Oak\nAsh,Fir\nYew,Box\nBay,Fig\nIvy,Nut\n".to_vec(), &["names of the columns"]),
        ("names above flags", b"retired,smoker\nY,true\nN,false\nN,true\n".to_vec(), &[]),
        ("data that begins alike", b"LOT-ax,a\nLOT-qf,b\nLOT-zk,a\nLOT-rr,c\nLOT-pe,a\n".to_vec(), &[]),
        ("data in order", in_order.into_bytes(), &[]),
        ("quotes after a blank", b"1 ; 'a; b' ; 'c'\n2 ; 'd; e' ; 'f'\n3 ; 'g' ; 'h; i'\n".repeat(9), &[]),
        (
            "lined up with blanks",
            b"CODE  NAME      RATE\nA     Ann Lee   1.5\nB     Bo        2.25\nC     Cy        10\n".to_vec(),
            &["blanks line its text up in 3 columns"],
        ),
        ("one record", b"1,5;2,5;3,5\n".to_vec(), &["fits nearly as well"]),
        ("one column of what looks divided", b"x1;2\nno\nz1;3\nq8;4\nyes\nr7;1;2;3\n".to_vec(), &["as one column"]),
    ];
    for (what, file, expected) in asked {
        let about = survey(&file[..], &DialectChoice::default()).unwrap();
        let warnings = about.warnings();
        assert_eq!(warnings.is_empty(), expected.is_empty(), "{what}: {warnings:?}, {}", about.dialect.describe());
        if let [only] = expected {
            assert!(warnings.iter().any(|w| w.contains(only)), "{what}: {warnings:?}");
        }
        assert!(about.considered.first().is_some_and(|way| way.dialect == about.dialect), "{what}: the first is taken");
        assert!(warnings.is_empty() || about.considered.len() > 1, "{what}: there is another to choose");
        // What a person chooses is taken as it is, and asked no more.
        for way in &about.considered {
            let chosen = about.read_as(way);
            assert!(chosen.warnings().is_empty());
        }
    }
}
