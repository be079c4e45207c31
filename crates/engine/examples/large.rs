//! A large engagement to export from: `large FOLDER` makes FOLDER/large.crosswalk, of 2,000 tables with 30 columns and 31
//! rows each, as an occupational health system has them: people, dates, numbers, codes and notes. Every column is decided
//! of, and a third of them mapped.

use std::fmt::Write as _;
use std::path::PathBuf;

use engine::progress::Unwatched;
use engine::project::{ColumnChange, Environment, FieldMapping, LoadRequest, TableChange};
use engine::source::{ColumnKey, Disposition};
use engine::{Project, Result, facts::TableQuery};

const TABLES: usize = 2_000;
const ROWS: usize = 31;
const COLUMNS: [&str; 30] = [
    "id",
    "emp_id",
    "mrn",
    "last_name",
    "first_name",
    "dob",
    "ssn",
    "sex",
    "phone",
    "email",
    "address",
    "city",
    "state",
    "zip",
    "employer",
    "hire_date",
    "visit_date",
    "visit_type",
    "status",
    "code",
    "result",
    "units",
    "systolic",
    "weight",
    "temperature",
    "provider",
    "note",
    "active",
    "created_by",
    "updated_at",
];

fn main() -> Result<()> {
    let folder = PathBuf::from(std::env::args().nth(1).expect("a folder"));
    let dump = folder.join("large.sql");
    std::fs::write(&dump, sql()).expect("the dump can be written");
    let mut project = Project::create(&folder.join("large"), "Harbor", Environment::system())?;
    let request = LoadRequest { paths: vec![dump], profile: true, ..LoadRequest::default() };
    project.load(&request, &Unwatched)?;
    let tables = project.tables(&TableQuery::default())?.keys;
    let all: Vec<ColumnKey> = tables.iter().flat_map(|table| COLUMNS.map(|column| table.column(column))).collect();
    let reason = Some("The clinic needs it on the first day".to_owned());
    let change =
        TableChange { disposition: Some(Disposition::Discrete), reason: reason.clone(), ..TableChange::default() };
    project.decide_tables(&tables, &change)?;
    let change = ColumnChange { disposition: Some(Disposition::Discrete), reason, ..ColumnChange::default() };
    project.decide_columns(&all, &change)?;
    let field = |(n, column): (usize, &ColumnKey)| {
        const FIELDS: [&str; 4] = ["patient.MRN", "sched.Resource", "sched.Start Date", "sched.End Date"];
        let (interface, field) = ("appointments".to_owned(), FIELDS[n % FIELDS.len()].to_owned());
        FieldMapping { column: column.clone(), interface, field }
    };
    project.map_columns(&all.iter().step_by(3).enumerate().map(field).collect::<Vec<_>>())?;
    let counts = project.facts()?.counts;
    assert_eq!((counts.tables, counts.columns, counts.mappings), (2_000, 60_000, 20_000));
    Ok(())
}

fn sql() -> String {
    let mut sql = String::new();
    let mut chance = Chance(7);
    for table in 0..TABLES {
        let _ = write!(sql, "CREATE TABLE `t{table:04}` (");
        for (n, column) in COLUMNS.iter().enumerate() {
            let kind = if n < 2 { "int" } else { "varchar(200)" };
            let _ = write!(sql, "{}`{column}` {kind} COMMENT 'As the clinic uses it'", if n == 0 { "" } else { ", " });
        }
        let _ = write!(sql, ");\nINSERT INTO `t{table:04}` VALUES ");
        for row in 0..ROWS {
            let _ = write!(sql, "{}({})", if row == 0 { "" } else { "," }, values(row, &mut chance));
        }
        sql.push_str(";\n");
    }
    sql
}

/// The values of one row. Each person is in many tables.
fn values(row: usize, chance: &mut Chance) -> String {
    const LAST: [&str; 8] = ["Marsh", "Delgado", "Okafor", "Lindqvist", "Tran", "Petrov", "Hale", "Quill"];
    const FIRST: [&str; 8] = ["Ana", "Ben", "Chidi", "Dora", "Emil", "Farah", "Gus", "Hana"];
    const CITIES: [&str; 5] = ["Portland", "Bath", "Rockland", "Camden", "Belfast"];
    const NOTES: [&str; 3] = ["Seen for a baseline, no complaints", "Returned to work with restrictions", ""];
    let who = chance.below(5_000);
    let (last, first) = (LAST[who % 8], FIRST[who / 8 % 8]);
    let day = |chance: &mut Chance, from: usize, years: usize| {
        format!("{}-{:02}-{:02}", from + chance.below(years), 1 + chance.below(12), 1 + chance.below(28))
    };
    let texts = [
        format!("M{:07}", who * 13 + 1_000_003),
        last.to_owned(),
        first.to_owned(),
        format!("{}-{:02}-{:02}", 1950 + who % 50, 1 + who % 12, 1 + who % 28),
        format!("{:03}-{:02}-{:04}", 100 + who % 600, 10 + who % 89, 1_000 + who),
        ["F", "M"][who % 2].to_owned(),
        format!("207-555-{who:04}"),
        format!("{first}.{last}{who}@harbor.example"),
        format!("{} Water Street", 1 + who % 400),
        CITIES[who % 5].to_owned(),
        "ME".to_owned(),
        format!("04{:03}", who % 900),
        format!("Yard {}", who % 12),
        day(chance, 1990, 30),
        day(chance, 2015, 10),
        ["Hearing", "Respirator", "Physical", "Injury"][chance.below(4)].to_owned(),
        ["A", "C", "P"][chance.below(3)].to_owned(),
        format!("K{:02}", chance.below(40)),
        format!("{}.{}", chance.below(30), chance.below(10)),
        "dB".to_owned(),
        format!("{}", 100 + chance.below(60)),
        format!("{}.{}", 50 + chance.below(60), chance.below(10)),
        format!("9{}.{}", 6 + chance.below(4), chance.below(10)),
        format!("Dr. {}", LAST[chance.below(8)]),
        NOTES[chance.below(3)].to_owned(),
        ["0", "1"][chance.below(2)].to_owned(),
        format!("nurse{}", chance.below(9)),
        format!("{} 08:30:00", day(chance, 2015, 10)),
    ];
    let texts: Vec<String> = texts.iter().map(|text| format!("'{text}'")).collect();
    format!("{},{},{}", row + 1, who + 1, texts.join(","))
}

/// The same numbers in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}
