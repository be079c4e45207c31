use std::sync::OnceLock;

use calamine::Reader;
use xxhash_rust::xxh3::xxh3_64;

use super::{Demo, FILES, files};

fn written(demo: &Demo, name: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    demo.write(name, &mut bytes).expect("a vector takes all");
    bytes
}

fn all() -> &'static [Vec<u8>] {
    static FIRST: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    FIRST.get_or_init(|| {
        let demo = Demo::new(7);
        FILES.iter().map(|f| written(&demo, f.name)).collect()
    })
}

fn sql() -> String {
    String::from_utf8_lossy(&all()[0]).into_owned()
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let again = Demo::new(7);
    for (file, first) in FILES.iter().zip(all()) {
        let second = written(&again, file.name);
        assert_eq!(xxh3_64(first), xxh3_64(&second), "{}", file.name);
    }
    let other = written(&Demo::new(8), FILES[1].name);
    assert_ne!(xxh3_64(&all()[1]), xxh3_64(&other));
}

#[test]
fn sizes_stay_within_bounds() {
    let sizes: Vec<usize> = all().iter().map(Vec::len).collect();
    assert!((12_000_000..24_000_000).contains(&sizes[0]), "{sizes:?}");
    assert!((100_000..600_000).contains(&sizes[1]), "{sizes:?}");
    assert!((100_000..600_000).contains(&sizes[2]), "{sizes:?}");
    assert!((20_000..200_000).contains(&sizes[3]), "{sizes:?}");
}

#[test]
fn the_dump_has_its_tables_and_lines() {
    let text = sql();
    let made = text.lines().filter(|l| l.starts_with("CREATE TABLE")).count();
    assert_eq!(made, files::tables().len());
    assert!(made >= 40);
    let longest = text.lines().map(str::len).max().unwrap_or(0);
    assert!((500_000..1_060_000).contains(&longest), "{longest}");
    assert!(text.ends_with("-- Dump completed on 2024-11-29 23:42:00\n"));
}

/// Rows of a table, counted by what separates them.
fn rows_of(text: &str, table: &str) -> usize {
    let start = format!("INSERT INTO `{table}` VALUES (");
    text.lines().filter(|l| l.starts_with(&start)).map(|l| l.matches("),(").count() + 1).sum()
}

#[test]
fn about_two_thousand_people_work_there() {
    let text = sql();
    assert!((1_980..2_040).contains(&rows_of(&text, "employee")));
    assert_eq!(rows_of(&text, "rabies"), 0);
    for name in ["Zoë", "Núñez", "François", "Łukasz", "王", "حداد"] {
        assert!(text.contains(name), "{name}");
    }
}

#[test]
fn the_other_files_are_in_their_own_encodings() {
    assert!(all()[1].starts_with(b"\xef\xbb\xbfEmployeeID,"));
    assert!(std::str::from_utf8(&all()[2]).is_err());
    let book = std::io::Cursor::new(&all()[3]);
    let mut book = calamine::Xlsx::new(book).expect("a workbook");
    assert_eq!(book.sheet_names(), ["Flu Oct 2019", "Tdap & PPD"]);
    for sheet in ["Flu Oct 2019", "Tdap & PPD"] {
        let range = book.worksheet_range(sheet).expect("a sheet");
        assert!(range.height() > 150, "{sheet}: {}", range.height());
    }
    assert!(Demo::new(1).write("other.sql", &mut Vec::new()).is_err());
}
