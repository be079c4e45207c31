#!/bin/sh
# rust_xlsxwriter 0.102.0, in constant memory mode, writes the last row of a sheet twice if that row has a height or a
# format of its own: the second time without its cells. Excel may offer to repair such a file, and a reader that goes by
# the number of a row loses the row's cells. A formatted blank cell in the row after the last one avoids it; a height
# alone on the row after does not. Our sheets are ended so (crates/engine/src/workbook/sheet_writer.rs, `end`).
#
# Writes such sheets with the public crate alone, and fails if what comes out is no longer as told here.
# Needs cargo, unzip, and the crate registry or a cache of it. Seen on 2026-11-27:
#
#   height                  rows 1 2 2
#   format                  rows 1 2 2
#   height on the row after rows 1 2 2 3
#   blank cell on the row after  rows 1 2 3
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/src"
cat > "$folder/Cargo.toml" <<'TOML'
[package]
name = "last_row_twice"
version = "0.1.0"
edition = "2024"

[dependencies]
rust_xlsxwriter = { version = "=0.102.0", features = ["constant_memory"] }

[workspace]
TOML
cat > "$folder/src/main.rs" <<'RUST'
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

fn write(name: &str, end: impl Fn(&mut Worksheet) -> Result<(), XlsxError>) -> Result<(), XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet_with_constant_memory()?;
    sheet.write_string(0, 0, "head")?;
    sheet.write_string(1, 0, "last")?;
    end(sheet)?;
    workbook.save(name)
}

fn main() -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    write("height.xlsx", |s| s.set_row_height(1, 40).map(drop))?;
    write("format.xlsx", |s| s.set_row_format(1, &bold).map(drop))?;
    write("height_after.xlsx", |s| {
        s.set_row_height(1, 40)?;
        s.set_row_height(2, 40).map(drop)
    })?;
    write("blank_after.xlsx", |s| {
        s.set_row_height(1, 40)?;
        s.write_blank(2, 0, &bold).map(drop)
    })
}
RUST
(cd "$folder" && cargo run --quiet)

failed=0
expect() {
    found=$(unzip -p "$folder/$1.xlsx" xl/worksheets/sheet1.xml | grep -o '<row r="[0-9]*"' | tr -dc '0-9\n' | tr '\n' ' ')
    echo "$1: rows $found"
    if [ "$found" != "$2 " ]; then
        echo "$1: rows $2 were expected" >&2
        failed=1
    fi
}
expect height "1 2 2"
expect format "1 2 2"
expect height_after "1 2 2 3"
expect blank_after "1 2 3"
exit $failed
