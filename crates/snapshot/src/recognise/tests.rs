use super::*;
use crate::container::Packing;

#[test]
fn content_decides_not_the_name() {
    for (head, kind) in [
        (&b"-- MySQL dump 10.13\n"[..], Kind::Sql),
        (b"/*M!999999\\- enable the sandbox mode */ \n-- MariaDB dump 10.19\n", Kind::Sql),
        (b"/* note */\n\ncreate  table t (a int);", Kind::Sql),
        (b"/*M!999999\\- enable the sandbox mode */ \nCREATE SEQUENCE `s` start with 1;", Kind::Sql),
        (b"DELETE FROM visit;\nINSERT INTO visit VALUES (1);\n", Kind::Sql),
        (b"source visit.sql;\n", Kind::Sql),
        (b"TRUNCATE TABLE [dbo].[visit]\nGO\n", Kind::Script(Script::SqlServer)),
        (b"\\connect clinic\n\nSET client_encoding = 'UTF8';\n", Kind::Script(Script::Postgres)),
        (b"use,of,force\n1,2,3\n", Kind::Delimited),
        (b"#id,name\n1,x\n", Kind::Delimited),
        (b"id,name\n1,x\n", Kind::Delimited),
        (b"\xff\xfei\0d\0,\0n\0\n\x001\0,\0x\0\n\0", Kind::Delimited),
        (b"\x1f\x8b\x08", Kind::Packed(Packing::Gzip)),
        (b"PK\x03\x04", Kind::Zip),
        (b"SQLite format 3\0", Kind::Sqlite),
        (b"\0\x01\0\0Standard Jet DB\0", Kind::Access),
        (b"PGDMP\x01\x0e\0\x04\x08\x01", Kind::PostgresCustom),
        (b"PGDMP\x01\x0e\0\x04\x08\x03", Kind::PostgresContents),
        (b"", Kind::Empty),
        (b"\x00\x01\x02\x03\x00\x00\x00\x00", Kind::Unknown),
    ] {
        assert_eq!(recognise(head), kind, "{:?}", String::from_utf8_lossy(head));
    }
}

#[test]
fn lists_stay_lists() {
    for text in [
        "MRN\n1\n2\n3\n",
        "allergy\npenicillin\n\npollen, of birch\n",
        "name;note\nA;seen. Well.\n\nB;came again.\n\nC;well.\nD;well.\n",
        "[id],[name]\n1,x\n",
        "{id},name\n1,x\n",
        "BZh,TAPE\n1,2\n",
        "TAPE,ID\n1,2\n",
        "picture,WEBP\n1,2\n",
        "<b>,<i>\n1,2\n",
        "<b>id</b>,name\n1,x\n",
        "SELECT,name\n1,x\n",
        "delete,insert\n1,2\n",
        "update_time,source\n2020-01-01,x\n",
        "source,target\na,b\n",
        "use of force;count\nno;5\n",
        "Create User\tCreate Date\nx\ty\n",
        "MSH|ward|date\n1|2|3\n",
        "From,To,Subject\na,b,c\n",
        "[1,2],x\n[3,4],y\n",
        "{\"id\":1},x\n",
        "070701,5\n070702,6\n",
        "BM,ORC\n1,2\n",
        "x^2,y^2\n1,4\n",
        "key=value\na=b\n",
        "^pain^,^grade^\n^back^,^2^\n",
        "comment\nShe came on Monday and was well.\nShe came on Tuesday and was not well.\nNo show this time.\n",
        "2019-01-01 10:00:01 login of user 4\n2019-01-01 10:00:02 logout of user 4\n",
    ] {
        assert_eq!(recognise(text.as_bytes()), Kind::Delimited, "{text}");
    }
}

/// UTF-16 without a mark.
fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn at(offset: usize, bytes: &[u8]) -> Vec<u8> {
    let mut head = vec![0; offset];
    head.extend_from_slice(bytes);
    head.resize(head.len() + 512, 0);
    head
}

#[test]
fn what_is_not_read_is_named_with_what_to_ask_for() {
    let mut dbf = at(0, &[0x30, 118, 3, 14, 5, 0, 0, 0, 0x28, 0x01, 40, 0]);
    dbf[32..44].copy_from_slice(b"PATID\0\0\0\0\0\0C");
    let mut dbc = dbf.clone();
    dbc[32..44].copy_from_slice(b"OBJECTID\0\0\0I");
    dbc[64..76].copy_from_slice(b"PARENTID\0\0\0I");
    let mut ibd = at(38, &[0, 0, 0, 9]);
    (ibd[25], ibd[37]) = (8, 9);
    let mut fdb = at(0, &[1, 0]);
    fdb[16..20].copy_from_slice(&[0, 0x10, 11, 0x80]);
    let mut paradox = at(0, &[60, 0, 0, 8, 0, 2]);
    (paradox[0x21], paradox[0x39]) = (7, 12);
    for (head, expected) in [
        (dbf, "dBase or FoxPro table"),
        (dbc, "Visual FoxPro database container"),
        (ibd, "raw file of a MySQL server"),
        (fdb, "Firebird"),
        (paradox, "Paradox"),
        (at(0, b"\xfe\x01\x0a\x0c"), "raw file of a MySQL server"),
        (at(0, b"TAPE\0\0\x03\0"), "SQL Server backup"),
        (at(0, b"\x01\x0f\0\0\x08"), "raw file of a SQL Server database"),
        (at(0, b"\x03\x00\x01EXPORT:V11.02.00\nDSCOTT\n"), "Oracle export"),
        (at(0, b"\x04\x01\0\x01\0\"SYSTEM\".\"SYS_EXPORT_SCHEMA_01\""), "Data Pump"),
        (at(15, b"HBAM7"), "FileMaker"),
        (at(128, b"DICM"), "DICOM"),
        (b"7z\xbc\xaf\x27\x1c\0\x04".to_vec(), "7z archive"),
        (b"MSH|^~\\&|LAB|CLINIC\r".to_vec(), "HL7"),
        (b"\xef\xbb\xbf<html><table><tr><td>MRN".to_vec(), "save it as .xlsx"),
        (
            b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">".to_vec(),
            "Excel 2003 XML",
        ),
        (b"<ClinicalDocument xmlns=\"urn:hl7-org:v3\"><id/></ClinicalDocument>".to_vec(), "CDA"),
        ("\u{feff}<patients><patient/></patients>".as_bytes().to_vec(), "XML"),
        (wide("<patients><patient id=\"1\"/><patient id=\"2\"/></patients>"), "XML"),
        (wide("<table><tr><td>MRN</td></tr></table>"), "web page"),
        (b"\xa2\x62id\x01\x64name\x63Ann".to_vec(), "CBOR"),
        (at(0, b"ORC"), "columns"),
        (at(0, b"$FL3"), "statistics"),
        ([&b"\0\0\0\x09\0\0\0\x40"[..], &[0; 504], b"\0\0\0\x01\0\0\0\x03now"].concat(), "memo fields"),
        (b"PROMPT rows\nSET DEFINE OFF;\nInsert into T (A) values (to_date('2020','YYYY'));\n".to_vec(), "Oracle"),
        (b"{\n  \"patients\": [".to_vec(), "JSON"),
        (b"[{\"id\":1}]".to_vec(), "JSON"),
        (b"-----BEGIN PGP MESSAGE-----\n".to_vec(), "holds the key"),
        (b"#!/bin/sh\nmysqldump clinic\n".to_vec(), "shell script"),
        (b"; made by hand\n[clinic]\nserver=10.0.0.1\nport = 3306\n".to_vec(), "settings"),
        (b"Saved from PROD\n12-MAR-2003\n^PAT(1,0)\nDoe^Jane\n^PAT(2,0)\nRoe^Rick\n".to_vec(), "MUMPS"),
        (
            b"Clinic export\n\nThese files were made on Monday by the vendor.\nThey hold all tables of the system.\n\n\
              Call us if one is missing or cannot be opened.\n"
                .to_vec(),
            "prose",
        ),
    ] {
        let found = recognise(&head);
        assert!(matches!(found, Kind::Unread(what) if what.contains(expected)), "{expected}: {found:?}");
    }
}

#[test]
fn no_start_of_any_length_breaks_it() {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    for length in 0..600 {
        let head: Vec<u8> = std::iter::repeat_with(|| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state as u8
        })
        .take(length)
        .collect();
        recognise(&head);
        for start in [&b"MZ"[..], b"\x84", b"\x85", b"\x30", b"\xfe\x01", b"\x01"] {
            recognise(&[start, &head].concat());
        }
    }
}
