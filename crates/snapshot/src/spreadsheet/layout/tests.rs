use super::*;

/// A block, its header, its first row that is no title.
type Told = (String, Option<(u32, u32)>, u32);

/// Rows as drawn: `t` text, `1` a figure, `.` nothing; one letter a cell, one line a row.
fn areas(drawing: &str, merged: &[&str]) -> Vec<Told> {
    let mut survey = Survey::default();
    let mut row = Row::default();
    for (number, line) in drawing.lines().map(str::trim).filter(|l| !l.is_empty()).enumerate() {
        row.start(number as u32 + 1);
        for (column, cell) in line.chars().enumerate().filter(|(_, c)| *c != '.') {
            let text = row.keep(b"x");
            let content = if cell == 't' { Content::Text(text) } else { Content::Number(1.0) };
            row.push(column as u32, 0, content);
        }
        survey.row(&row);
    }
    let merged: Vec<Block> = merged.iter().map(|m| Block::parse(m).unwrap()).collect();
    survey.finish(&merged).into_iter().map(|a| (a.block.name(), a.header, a.body)).collect()
}

fn one(block: &str, header: Option<(u32, u32)>, body: u32) -> Vec<Told> {
    vec![(block.to_owned(), header, body)]
}

#[test]
fn a_header_is_the_first_wide_row_of_text() {
    assert_eq!(areas("tt\n1t\n1t", &[]), one("A1:B3", Some((1, 1)), 1));
    assert_eq!(areas("t..\nttt\n1t1", &[]), one("A1:C3", Some((2, 2)), 1));
    assert_eq!(areas("t..\n...\nttt\n1t1", &[]), one("A1:C4", Some((3, 3)), 3));
}

#[test]
fn rows_that_all_hold_figures_have_no_header() {
    assert_eq!(areas("t11\nt11\nt11", &[]), one("A1:C3", None, 1));
    assert_eq!(areas("tt1\n1t1\n1t1", &[]), one("A1:C3", Some((1, 1)), 1));
}

#[test]
fn blank_rows_inside_of_a_table_part_nothing() {
    assert_eq!(areas("ttt\n1tt\n...\n1tt\n...\n.t.", &[]), one("A1:C6", Some((1, 1)), 1));
}

#[test]
fn a_header_after_a_blank_row_begins_another_table() {
    let found = areas("ttt\n1t1\n...\ntt.\n1t.", &[]);
    assert_eq!(found, [one("A1:C2", Some((1, 1)), 1), one("A4:B5", Some((4, 4)), 4)].concat());
    let found = areas("ttt\n1t1\n...\nt..\n...\ntt.\n1t.", &[]);
    assert_eq!(found, [one("A1:C2", Some((1, 1)), 1), one("A4:B7", Some((6, 6)), 6)].concat());
}

#[test]
fn tables_side_by_side_that_end_apart_are_two() {
    let found = areas("tt.tt\n1t.1t\n1t...", &[]);
    assert_eq!(found, [one("A1:B3", Some((1, 1)), 1), one("D1:E2", Some((1, 1)), 1)].concat());
    assert_eq!(areas("tt.tt\n1t.1t", &[]), one("A1:E2", Some((1, 1)), 1));
}

#[test]
fn merged_cells_make_a_header_of_two_rows() {
    assert_eq!(areas("t.t.\ntttt\n1t1t", &["A1:B1", "C1:D1"]), one("A1:D3", Some((1, 2)), 1));
    assert_eq!(areas("ttt.\n..tt\n1t1t", &["A1:A2", "B1:B2", "C1:D1"]), one("A1:D3", Some((1, 2)), 1));
    assert_eq!(areas("t...\ntttt\n1t1t", &["A1:D1"]), one("A1:D3", Some((2, 2)), 1));
}

#[test]
fn no_cell_is_in_two_areas_or_in_none() {
    // A scatter that no heuristic was made for.
    let mut seed = 7u64;
    for _ in 0..2000 {
        let mut draw = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % 5
        };
        let mut line = || match draw() {
            0 => ".........".to_owned(),
            _ => (0..9).map(|_| ['t', '1', '.', '.', '.'][draw() as usize]).collect::<String>(),
        };
        let lines: Vec<String> = (0..14).map(|_| line()).collect();
        let drawing = lines.join("\n");
        let blocks: Vec<Block> = areas(&drawing, &[]).iter().map(|(name, ..)| Block::parse(name).unwrap()).collect();
        for (row, line) in lines.iter().enumerate() {
            for (column, _) in line.chars().enumerate().filter(|(_, c)| *c != '.') {
                let holders = blocks.iter().filter(|b| b.holds(column as u32, row as u32 + 1)).count();
                assert_eq!(holders, 1, "column {column}, row {row} of\n{drawing}");
            }
        }
    }
}

#[test]
fn names_are_told_apart() {
    let texts = ["id", "Name", " name ", "", "name (2)", "column_4"].map(str::to_owned);
    let expected = ["id", "Name", "name (2)", "column_4", "name (2) (2)", "column_4 (2)"];
    assert_eq!(names(&texts), expected);
    let equal = vec!["x".to_owned(); 16_384];
    assert_eq!(names(&equal).last().map(String::as_str), Some("x (16384)"));
}
