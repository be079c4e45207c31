use super::*;
use crate::delimited::{Dialect, Escape};
use crate::event::{CellRef, ColumnDef};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

fn table(columns: &[(&str, &str)]) -> TableDef {
    let column = |(name, declared): &(&str, &str)| ColumnDef {
        name: (*name).to_owned(),
        declared_type: (*declared).to_owned(),
        nullable: true,
        ..ColumnDef::default()
    };
    TableDef { name: "visit".to_owned(), columns: columns.iter().map(column).collect(), ..TableDef::default() }
}

fn sql(encoding: &'static Encoding, columns: Option<&[&str]>) -> Form {
    Form::Sql(SqlForm {
        encoding,
        binary: false,
        ansi_quotes: false,
        no_backslash: false,
        no_auto_value_on_zero: true,
        columns: columns.map(|list| list.iter().map(|c| (*c).to_owned()).collect()),
    })
}

fn text(delimiter: &str) -> Form {
    let dialect = Dialect { delimiter: delimiter.to_owned(), header: false, ..Dialect::default() };
    Form::Delimited(DelimitedForm { encoding: UTF_8, dialect })
}

fn read(form: &Form, table: &TableDef, content: &[u8]) -> Result<Vec<String>, String> {
    let mut batch = Batch::default();
    record(form, table, content, &mut batch)?;
    let show = |cell: CellRef<'_>| match cell {
        CellRef::Text(t) => String::from_utf8(t.to_vec()).unwrap(),
        CellRef::Integer(i) => i.to_string(),
        other => format!("{other:?}"),
    };
    Ok(batch.row(0).map(show).collect())
}

#[test]
fn a_corrected_row_comes_out_as_it_would_have_in_its_file() {
    let visit = table(&[("id", "int"), ("kind", "varchar(20)"), ("dose", "decimal(5,2)")]);
    for (form, content, expected) in [
        (sql(UTF_8, None), &b"(7,'x-ray',1.5)"[..], Ok(vec!["7", "x-ray", "1.50"])),
        (sql(UTF_8, None), b" (7,'it''s',NULL),\n", Ok(vec!["7", "it's", "Null"])),
        (sql(WINDOWS_1252, None), b"(7,'Zo\xeb',0)", Ok(vec!["7", "Zoë", "0.00"])),
        // The statement's own order of columns, not the table's.
        (sql(UTF_8, Some(&["dose", "id"])), b"(2,8)", Ok(vec!["8", "Null", "2.00"])),
        (sql(UTF_8, Some(&["dose", "id"])), b"(2,8,'x')", Err("expected no more values than columns")),
        (sql(UTF_8, None), b"(7,'x-ray')", Err("expected as many values as columns")),
        (sql(UTF_8, None), b"(7,'a',1),(8,'b',2)", Err("2 rows stand there: a reject is one record")),
        (sql(UTF_8, None), b"(7,'a','x')", Err("a value does not fit its column's type")),
        (sql(UTF_8, None), b"7,'a',1", Err("expected a row in brackets, as the INSERT has it")),
        (sql(UTF_8, None), b"(7,'a',1); DROP TABLE t; SET @a = (1)", Err("more than a row stands there")),
        (sql(UTF_8, None), b"(7,'a',1); CREATE TABLE u (a int)", Err("more than a row stands there")),
    ] {
        let told = read(&form, &visit, content);
        let expected = expected.map(|row| row.into_iter().map(str::to_owned).collect()).map_err(str::to_owned);
        assert_eq!(told, expected, "{}", String::from_utf8_lossy(content));
    }
}

#[test]
fn a_row_of_a_table_nobody_declared_is_kept_as_it_is_written() {
    let undeclared = table(&[("id", ""), ("kind", "")]);
    let listed = |columns: &[&str]| sql(UTF_8, Some(columns));
    for (form, content, expected) in [
        (sql(UTF_8, None), "(07,'1.50')", Ok(vec!["07", "1.50"])),
        (listed(&["id", "kind"]), "(7,NULL)", Ok(vec!["7", "Null"])),
        (listed(&["kind", "id"]), "(7,8)", Err("its statement lists other columns than the table was made from")),
        (listed(&["id", "kind"]), "(7)", Err("expected as many values as columns")),
    ] {
        let told = read(&form, &undeclared, content.as_bytes());
        let expected = expected.map(|row| row.into_iter().map(str::to_owned).collect()).map_err(str::to_owned);
        assert_eq!(told, expected, "{content}");
    }
}

#[test]
fn a_corrected_record_must_have_the_width_of_its_table_and_closed_quotes() {
    let hr = table(&[("id", ""), ("name", ""), ("site", "")]);
    for (content, expected) in [
        (&b"1,Ada,Yard\r\n"[..], Ok(vec!["1", "Ada", "Yard"])),
        (b"1,\"Ada, B\",\"two\nlines\"", Ok(vec!["1", "Ada, B", "two\nlines"])),
        (b"1,Ada", Err("expected 3 fields, found 2 fields")),
        (b"1,\"Ada,Yard", Err("a quote is not closed")),
        (b"1,Ada,Yard\n2,Grace,Dock", Err("2 rows stand there: a reject is one record")),
        (b"\n", Err("nothing stands there")),
    ] {
        let told = read(&text(","), &hr, content);
        let expected = expected.map(|row| row.into_iter().map(str::to_owned).collect()).map_err(str::to_owned);
        assert_eq!(told, expected, "{}", String::from_utf8_lossy(content));
    }
}

#[test]
fn short_records_are_padded_and_blank_surplus_is_cut_but_nothing_that_holds_something() {
    let both = Fit { pad: true, cut: true };
    let neither = Fit::default();
    for (content, fit, expected) in [
        ("1,Ada\n", both, "1,Ada,"),
        ("1\r\n", both, "1,,"),
        ("1,\"Ada, B\"", both, "1,\"Ada, B\","),
        ("1,Ada,Yard,, ,", both, "1,Ada,Yard"),
        ("1,Ada,Yard,,x", both, "1,Ada,Yard,,x"),
        ("1,\"Ada", both, "1,\"Ada"),
        ("1,Ada", neither, "1,Ada"),
        ("1,Ada,Yard,", Fit { pad: true, cut: false }, "1,Ada,Yard,"),
    ] {
        assert_eq!(fitted(&text(","), 3, content.as_bytes(), fit), expected.as_bytes(), "{content:?}");
    }
}

#[test]
fn a_form_is_kept_and_bytes_come_back_as_they_were() {
    let forms = [
        sql(WINDOWS_1252, Some(&["a`b", "c,d\n"])),
        sql(UTF_8, Some(&[])),
        sql(UTF_8, None),
        text("\t"),
        Form::Delimited(DelimitedForm {
            encoding: WINDOWS_1252,
            dialect: Dialect {
                delimiter: "|~|".to_owned(),
                quote: None,
                escape: Escape::Letters,
                header: false,
                null: Some("NULL".to_owned()),
                crlf_only: true,
                ..Dialect::default()
            },
        }),
    ];
    for form in forms {
        assert_eq!(Form::read(&form.write()).as_ref(), Some(&form));
    }
    assert_eq!(Form::read("carved in stone"), None);
    let western = sql(WINDOWS_1252, None);
    assert_eq!(western.text(b"(1,'Zo\xeb')").as_deref(), Some("(1,'Zoë')"));
    assert_eq!(western.bytes("(1,'Zoë')").as_deref(), Some(&b"(1,'Zo\xeb')"[..]));
    assert_eq!(western.bytes("(1,'李')"), None);
    assert_eq!(sql(UTF_8, None).text(b"\xff\xfe"), None);
}
