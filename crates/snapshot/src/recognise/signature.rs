//! Binary formats by their first bytes.

use memchr::memmem::find;

use super::kind::Kind;
use crate::container::Packing;
use crate::container::tar::is_header;
use crate::postgres::archive;

const PLAIN_MYSQL: &str =
    "a raw file of a MySQL server: ask for a dump (mysqldump --single-transaction --hex-blob DATABASE)";
const PICTURE: &str = "a picture";
const SOUND_OR_FILM: &str = "a sound or film";
const ENCRYPTED: &str = "encrypted: ask whoever holds the key to decrypt it, and load what comes out";
const STATISTICS: &str = "a file of a statistics program (SAS, SPSS, Stata, R): ask for delimited text";
const COLUMNS: &str = "a file of columns (Parquet, ORC, Arrow, Feather): ask for delimited text";
const ARCHIVE: &str = "an archive: unpack it, and load what comes out";
const PACKED: &str = "a packed file: unpack it, and load what comes out";
const PROGRAM: &str = "a program";
const SQLITE_LOG: &str = "the log of a SQLite database: it is read with the database that it lies beside";
const DISK: &str = "a disk image: ask for a dump of the database that is on it";

/// What is read: where its signature stands, the bytes, and its kind.
const READ: &[(usize, &[u8], Kind)] = &[
    (0, b"\x1f\x8b", Kind::Packed(Packing::Gzip)),
    (0, b"\x28\xb5\x2f\xfd", Kind::Packed(Packing::Zstd)),
    (4, b"1AY&SY", Kind::Packed(Packing::Bzip2)),
    (0, b"\xfd7zXZ\0", Kind::Packed(Packing::Xz)),
    (0, b"PK\x03\x04", Kind::Zip),
    (0, b"PK\x05\x06", Kind::Zip),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind::Compound),
    (0, b"SQLite format 3\0", Kind::Sqlite),
    (0, b"\0\x01\0\0Standard Jet DB\0", Kind::Access),
    (0, b"\0\x01\0\0Standard ACE DB\0", Kind::Access),
];

/// What is known and not read, with what to ask for.
const UNREAD: &[(usize, &[u8], &str)] = &[
    (0, b"PK\x07\x08", "the first part of a split zip archive: ask for it in one piece"),
    (0, b"\x37\x7f\x06\x82", SQLITE_LOG),
    (0, b"\x37\x7f\x06\x83", SQLITE_LOG),
    (0, b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7", SQLITE_LOG),
    (0, b"\0\x01\0\0MSISAM Database\0", "a Microsoft Money file"),
    (
        0,
        b"TAPE",
        "a SQL Server backup (.bak): ask for scripts with schema and data (Generate Scripts), or for each table as delimited text",
    ),
    (
        0,
        b"MSSQLBAK",
        "a compressed SQL Server backup (.bak): ask for scripts with schema and data (Generate Scripts), or for each table as delimited text",
    ),
    (
        0,
        b"\x01\x0f\0",
        "a raw file of a SQL Server database (.mdf, .ldf): ask for scripts with schema and data (Generate Scripts), or for each table as delimited text",
    ),
    (
        0,
        b"XBSTCK01",
        "an xtrabackup stream of a MySQL server: ask for a dump (mysqldump --single-transaction --hex-blob DATABASE)",
    ),
    (0, b"\xfe\xfe\x07", PLAIN_MYSQL),
    (0, b"\xfe\xfe\x08", PLAIN_MYSQL),
    (0, b"\xfe\xfe\x09", PLAIN_MYSQL),
    (0, b"\xfebin", "a MySQL binary log, which holds changes and no tables: ask for a dump (mysqldump)"),
    (0, b"TYPE=VIEW\n", PLAIN_MYSQL),
    (6, b"HIXF0000", "a DB2 export (.ixf): ask for delimited text (EXPORT … OF DEL)"),
    (
        0,
        b"FC\0\0",
        "a Btrieve or Pervasive file: ask for each table as delimited text, and for its column names (DDF files alone do not do)",
    ),
    (0, b"\0\0\0\0\0\0\0\0\0\0\0\0\xc2\xea\x81\x60\xb3\x14\x11\xcf", "a SAS data set: ask for delimited text"),
    (0, b"$FL2", "an SPSS file: ask for delimited text"),
    (0, b"<stata_dta>", "a Stata file: ask for delimited text"),
    (0, b"PAR1", "a Parquet file: ask for delimited text"),
    (0, b"PARE", COLUMNS),
    (0, b"ORC", COLUMNS),
    (0, b"ARROW1\0\0", COLUMNS),
    (0, b"FEA1", COLUMNS),
    (0, b"\xff\xff\xff\xff\x10\0\0\0", COLUMNS),
    (0, b"$FL3", STATISTICS),
    (0, b"RDX2\n", STATISTICS),
    (0, b"RDX3\n", STATISTICS),
    (0, b"X\n\0\0\0", STATISTICS),
    (0, b"MATLAB 5.0 MAT-file", STATISTICS),
    (0, b"\x93NUMPY", "numbers of a Python program (NumPy): ask for delimited text"),
    (0, b"\x80\x04\x95", "objects of a Python program (pickle): ask for delimited text"),
    (0, b"\x80\x03}", "objects of a Python program (pickle): ask for delimited text"),
    (0, b"CDF\x01", "a NetCDF file: ask for delimited text"),
    (0, b"CDF\x02", "a NetCDF file: ask for delimited text"),
    (8, b"DUCK", "a DuckDB database: ask for its tables as delimited text (EXPORT DATABASE)"),
    (0, b"REDIS0", "a dump of Redis, which holds no tables: ask for the tables behind it"),
    (0, b"\xd9\xd9\xf7", "values packed as CBOR: ask for the tables in it as delimited text"),
    (0, b"SEQ\x06", "a Hadoop sequence file: ask for delimited text"),
    (0, b"\x1a\0\0\x04\0\0", "a Lotus Notes database: ask for each view as delimited text"),
    (0, b"ElfFile\0", "a log of Windows"),
    (0, b"regf", "a part of a Windows registry"),
    (0, b"Obj\x01", "an Avro file: ask for delimited text"),
    (0, b"\x89HDF", "an HDF5 file: ask for delimited text"),
    (0, b"-- H2 0.5/B --", "an H2 database: ask for a script of it (SCRIPT TO)"),
    (0, b"H:2,block:", "an H2 database: ask for a script of it (SCRIPT TO)"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7z archive: unpack it first"),
    (0, b"Rar!\x1a\x07", "a rar archive: unpack it first"),
    (0, b"MSCF\0\0\0\0", "a cabinet archive: unpack it first"),
    (0, b"\x1f\x9d", "a file packed with compress (.Z): unpack it first"),
    (0, b"\x04\x22\x4d\x18", "a file packed with lz4: unpack it first"),
    (0, b"\x89LZO\0", "a file packed with lzop: unpack it first"),
    (0, b"LZIP\x01", "a file packed with lzip: unpack it first"),
    (0, b"\x02\x21\x4c\x18", "a file packed with lz4: unpack it first"),
    (0, b"\xff\x06\0\0sNaPpY", "a file packed with snappy: unpack it first"),
    (0, b"\x5d\0\0", "a file packed with lzma: unpack it first"),
    (0, b"\x1f\xa0", PACKED),
    (0, b"\x1f\x1e", PACKED),
    (0, b"SZDD\x88\xf0\x27\x33", PACKED),
    (2, b"-lh", ARCHIVE),
    (7, b"**ACE**", ARCHIVE),
    (0, b"!<arch>\n", ARCHIVE),
    (0, b"xar!", ARCHIVE),
    (0, b"hsqs", DISK),
    (0, b"MSWIM\0\0\0", DISK),
    (32769, b"CD001", DISK),
    (0, b"\x78\x9f\x3e\x22", "what Outlook attaches to a mail (winmail.dat): ask for the attachment itself"),
    (0, b"!BDN", "an Outlook mailbox (.pst): not table data"),
    (0, b"%PDF-", "a PDF document: if it is a list, ask for it as a workbook or as delimited text"),
    (0, b"{\\rtf1", "an RTF document: if it holds tables, ask for them as a workbook or as delimited text"),
    (128, b"DICM", "a DICOM image"),
    (0, b"\xff\xd8\xff", PICTURE),
    (0, b"\x89PNG\r\n", PICTURE),
    (0, b"GIF87a", PICTURE),
    (0, b"GIF89a", PICTURE),
    (0, b"II*\0", PICTURE),
    (0, b"MM\0*", PICTURE),
    (0, b"II+\0", PICTURE),
    (0, b"8BPS", PICTURE),
    (0, b"\0\0\x01\0", PICTURE),
    (0, b"\0\0\0\x0cjP  ", PICTURE),
    (0, b"\xd7\xcd\xc6\x9a", PICTURE),
    (4, b"ftyphei", PICTURE),
    (4, b"ftypmif", PICTURE),
    (4, b"ftypavif", PICTURE),
    (0, b"AT&TFORM", "a DjVu document"),
    (8, b"WEBP", PICTURE),
    (8, b"WAVE", SOUND_OR_FILM),
    (4, b"ftyp", SOUND_OR_FILM),
    (8, b"AVI ", SOUND_OR_FILM),
    (0, b"ID3\x02", SOUND_OR_FILM),
    (0, b"ID3\x03", SOUND_OR_FILM),
    (0, b"ID3\x04", SOUND_OR_FILM),
    (0, b"OggS\0", SOUND_OR_FILM),
    (0, b"fLaC\0", SOUND_OR_FILM),
    (0, b"\x1a\x45\xdf\xa3", SOUND_OR_FILM),
    (0, b"\x7fELF", PROGRAM),
    (0, b"\xca\xfe\xba\xbe", PROGRAM),
    (0, b"\xcf\xfa\xed\xfe", PROGRAM),
    (0, b"\0asm\x01", PROGRAM),
    (0, b"vhdxfile", DISK),
    (0, b"conectix", DISK),
    (0, b"KDMV", DISK),
    (0, b"QFI\xfb", DISK),
    (0, b"Salted__", ENCRYPTED),
    (0, b"age-encryption.org/", ENCRYPTED),
];

pub(super) fn kind(head: &[u8]) -> Option<Kind> {
    // A few letters may begin a text as well, but no text has NUL bytes: UTF-16 begins otherwise.
    let binary = head.iter().take(1024).any(|b| *b == 0);
    let there = |at: usize, bytes: &[u8]| {
        let letters = bytes.len() < 6 && bytes.is_ascii() && bytes.iter().all(|b| *b >= b' ');
        (binary || !letters) && head.get(at..).is_some_and(|rest| rest.starts_with(bytes))
    };
    if let Some((_, _, kind)) = READ.iter().find(|(at, bytes, _)| there(*at, bytes)) {
        return Some(*kind);
    }
    if let Some((_, _, what)) = UNREAD.iter().find(|(at, bytes, _)| there(*at, bytes)) {
        return Some(Kind::Unread(what));
    }
    match archive::format(head) {
        Some(archive::Format::Files) => return Some(Kind::PostgresContents),
        Some(archive::Format::Custom) => return Some(Kind::PostgresCustom),
        // A table of contents that breaks off: reading it says so, and what lies beside it stays its parts.
        None if head.starts_with(b"PGDMP") => return Some(Kind::PostgresContents),
        None => {}
    }
    if is_header(head) {
        return Some(Kind::Tar);
    }
    if is_skipped_zstd(head) {
        return Some(Kind::Packed(Packing::Zstd));
    }
    let what = [
        filemaker,
        oracle,
        innodb,
        mysql_frm,
        dbase,
        foxpro_memo,
        firebird,
        paradox,
        openpgp,
        stata,
        bitmap,
        arj,
        program,
    ];
    what.iter().find_map(|of| of(head)).map(Kind::Unread)
}

fn short(head: &[u8], at: usize) -> Option<u16> {
    head.get(at..at + 2).map(|b| u16::from_le_bytes([b[0], b[1]]))
}

fn filemaker(head: &[u8]) -> Option<&'static str> {
    find(head.get(..32)?, b"HBAM")
        .map(|_| "a FileMaker file: ask for each table exported as delimited text or as .xlsx, with field names")
}

fn oracle(head: &[u8]) -> Option<&'static str> {
    let start = &head[..head.len().min(4096)];
    if find(&start[..start.len().min(32)], b"EXPORT:V").is_some() {
        return Some("an Oracle export (exp): ask for each table as delimited text");
    }
    let pump = head[0] < 0x20 && find(start, b"SYS_EXPORT_").is_some();
    pump.then_some("an Oracle Data Pump export (expdp): ask for each table as delimited text")
}

/// The first page of a tablespace: number 0, of the type of such pages, its own number said twice.
fn innodb(head: &[u8]) -> Option<&'static str> {
    let page = head.get(..42)?;
    let first = page[4..8] == [0; 4] && page[24..26] == [0, 8] && page[34..38] == page[38..42];
    first.then_some(PLAIN_MYSQL)
}

fn mysql_frm(head: &[u8]) -> Option<&'static str> {
    (head.starts_with(b"\xfe\x01") && (6..=12).contains(head.get(2)?)).then_some(PLAIN_MYSQL)
}

/// The first byte is not enough: the date, the lengths and the first field must make sense as well.
fn dbase(head: &[u8]) -> Option<&'static str> {
    const VERSIONS: [u8; 15] =
        [0x02, 0x03, 0x04, 0x05, 0x30, 0x31, 0x32, 0x43, 0x63, 0x83, 0x87, 0x8b, 0x8c, 0xcb, 0xf5];
    let (header, record) = (short(head, 8)?, short(head, 10)?);
    let field = head.get(32..44)?;
    let name = field[..11].split(|b| *b == 0).next()?;
    let sound = VERSIONS.contains(&head[0])
        && head[2] <= 12
        && head[3] <= 31
        && header >= 65
        && record >= 2
        && !name.is_empty()
        && name.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'_' || *b >= 0x80)
        && b"CNDLMFBGPYTIVWXQO+@0".contains(&field[11]);
    if !sound {
        return None;
    }
    let columns = &head[32..head.len().min(400)];
    Some(if find(columns, b"OBJECTID").is_some() && find(columns, b"PARENTID").is_some() {
        "a Visual FoxPro database container (.dbc), which holds no rows: ask for each of its tables as delimited text or as .xlsx"
    } else {
        "a dBase or FoxPro table (.dbf): ask for it as delimited text or as .xlsx, with its memo fields"
    })
}

/// The memos beside a FoxPro table: a page that says how large blocks are, then blocks with their kind and length.
fn foxpro_memo(head: &[u8]) -> Option<&'static str> {
    let block = u16::from_be_bytes([*head.get(6)?, *head.get(7)?]);
    let sound = head.len() > 520
        && head[..4] != [0; 4]
        && head[4..6] == [0; 2]
        && (1..=0x4000).contains(&block)
        && head[8..512].iter().all(|b| *b == 0)
        && head[512..515] == [0; 3]
        && head[515] <= 2;
    sound.then_some(
        "the memo fields of a FoxPro table (.fpt): ask for the table (.dbf) as delimited text or as .xlsx, with its memo fields",
    )
}

/// Stata before version 13: a release, a byte order, and a kind that is always 1.
fn stata(head: &[u8]) -> Option<&'static str> {
    let sound = matches!(head.get(..4)?, [0x69 | 0x6c | 0x6e | 0x6f | 0x71..=0x73, 1 | 2, 1, 0]);
    sound.then_some(STATISTICS)
}

fn bitmap(head: &[u8]) -> Option<&'static str> {
    let sound = head.starts_with(b"BM")
        && head.get(6..10)? == [0; 4]
        && matches!(head.get(14..18)?, [12 | 40 | 108 | 124, 0, 0, 0]);
    sound.then_some(PICTURE)
}

fn arj(head: &[u8]) -> Option<&'static str> {
    (head.starts_with(b"\x60\xea") && (10..=2600).contains(&short(head, 2)?) && *head.get(4)? < 64).then_some(ARCHIVE)
}

/// A frame to be skipped comes first: pzstd writes so.
fn is_skipped_zstd(head: &[u8]) -> bool {
    matches!(head, [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..])
}

fn firebird(head: &[u8]) -> Option<&'static str> {
    let (page, version) = (short(head, 16)?, short(head, 18)? & 0x7fff);
    let sound = head[0] == 1 && [1024, 2048, 4096, 8192, 16384, 32768].contains(&page) && (8..=20).contains(&version);
    sound.then_some("a Firebird or InterBase database: ask for each table as delimited text, or for an INSERT script")
}

fn paradox(head: &[u8]) -> Option<&'static str> {
    let (record, header, columns) = (short(head, 0)?, short(head, 2)?, short(head, 0x21)?);
    let sound = (1..=0x4000).contains(&record)
        && (0x800..=0x4000).contains(&header)
        && header % 0x100 == 0
        && [0, 2].contains(&head[4])
        && (1..=32).contains(&head[5])
        && (1..=255).contains(&columns)
        && (3..=12).contains(head.get(0x39)?);
    sound.then_some("a Paradox table: ask for it as delimited text or as .xlsx")
}

/// A session key for somebody's public key, or for a pass phrase; or armour.
fn openpgp(head: &[u8]) -> Option<&'static str> {
    let keyed = matches!(head, [0x84 | 0x85 | 0xc1, ..]) && {
        let lengths = if head[0] == 0x85 { 3 } else { 2 };
        head.get(lengths) == Some(&3) && head.len() > 200 && head[..200].iter().filter(|b| **b > 0x7e).count() > 50
    };
    let phrased = head.starts_with(b"\x8c\x0d\x04") || head.starts_with(b"\xc3\x0d\x04");
    let armoured = head.starts_with(b"-----BEGIN PGP MESSAGE");
    (keyed || phrased || armoured).then_some(ENCRYPTED)
}

fn program(head: &[u8]) -> Option<&'static str> {
    let at = u32::from_le_bytes(head.get(60..64)?.try_into().ok()?) as usize;
    let windows = head.starts_with(b"MZ") && head.get(at..)?.starts_with(b"PE\0\0");
    windows.then_some("a Windows program: if it is an archive that unpacks itself, run it and load what comes out")
}
