//! Writes both workbooks as a client would get them, to be looked at: `cargo test -p engine look_at -- --ignored`.

use super::Told;
use super::invented::{Facts, column, coverage, mapping, module, small, table};
use crate::facts::{LedgerFile, LedgerTable};
use crate::mapping::{Component, MappingStatus, ModuleStatus};
use crate::profile::InferredType;
use crate::progress::Unwatched;
use crate::sample::{Deidentified, Origin};
use crate::source::{Disposition, TableKey};
use crate::workbook::map::{self, MapColumn};

const TABLES: [(&str, u64, Disposition, &str); 24] = [
    ("audiometry", 18_204, Disposition::Discrete, "Needed for the hearing conservation programme and its trends"),
    ("audiometry_noise_dose", 2_113, Disposition::Summary, "Read now and then, never reported"),
    ("casemaster", 4_410, Disposition::Both, "Open cases as data, closed ones to read"),
    ("caseclinichistory", 31_977, Disposition::Summary, "Narratives; linked to the incident"),
    ("clinicvisit", 88_140, Disposition::Discrete, "Encounters are the spine of the chart"),
    ("clinicvisitreferrals", 6_021, Disposition::Both, ""),
    ("contraindications", 912, Disposition::Discrete, "Become observations"),
    ("employee", 2_046, Disposition::Discrete, "The charts themselves"),
    ("employeedocuments", 12_870, Disposition::File, "Scans of consent forms and outside reports"),
    ("employeeexposuregroup", 5_530, Disposition::Summary, ""),
    ("employeelosttime", 3_871, Disposition::Discrete, "OSHA logs are drawn from it"),
    ("employeerestrictions", 2_960, Disposition::Discrete, ""),
    ("immunizations", 14_002, Disposition::Both, "Doses as data, the paper record to read"),
    ("labpanel", 7_745, Disposition::Discrete, ""),
    ("labresult", 140_338, Disposition::Discrete, "Results of ten ytold; older ones stay in the archive"),
    ("medications", 9_954, Disposition::Summary, "Reviewed and entered again at the first visit"),
    ("pft", 6_118, Disposition::Discrete, ""),
    ("questionnaireresponses", 402_117, Disposition::Custom, "Kept to be queried; no screen shows it"),
    ("respiratorfittesting", 3_300, Disposition::Discrete, ""),
    ("tmp_import_2014", 55, Disposition::NotMigrated, "Left over from the move to this system"),
    ("useraudit", 1_204_559, Disposition::Archive, "Retention rule: seven ytold, in the archive"),
    ("visiontests", 5_902, Disposition::Both, ""),
    ("xray", 0, Disposition::NotMigrated, "Never used"),
    ("zz_old_log", 88_210, Disposition::Undecided, ""),
];

const COLUMNS: [(&str, &str, InferredType, &[&str]); 9] = [
    ("id", "int(11)", InferredType::Identifier, &["51772", "51840"]),
    ("emp_no", "varchar(12)", InferredType::Identifier, &["E204771", "E118203", "E990417"]),
    ("event_date", "date", InferredType::Date, &["2019", "2021", "2024", "2016"]),
    ("location_code", "varchar(8)", InferredType::Code, &["DRYDOCK", "MAIN", "YARD2"]),
    ("result", "decimal(8,2)", InferredType::Decimal, &["4.20", "3.95", "5.10"]),
    ("abnormal_flag", "char(1)", InferredType::Boolean, &["N", "Y"]),
    ("examiner", "varchar(60)", InferredType::Text, &["Marsh, Tilda", "Okeke, Rowan"]),
    ("notes", "mediumtext", InferredType::Text, &[]),
    ("spare_1", "varchar(255)", InferredType::Empty, &[]),
];

fn realistic() -> Facts {
    let mut facts = small();
    facts.tables.clear();
    facts.columns.clear();
    let mut ledger_tables = Vec::new();
    for (i, (name, rows, disposition, reason)) in TABLES.into_iter().enumerate() {
        let mut t = table(name, rows, disposition);
        t.reason = reason.to_owned();
        t.filled_percent = if rows == 0 { 0.0 } else { 30.0 + (i * 37 % 70) as f64 };
        t.rejected = if i == 4 { 3 } else { 0 };
        if disposition != Disposition::Undecided {
            t.who = ["D. Okafor", "Lena Brandt RN"][i % 2].to_owned();
            t.when = format!("2026-03-0{}T15:2{}:00Z", 1 + i % 3, i % 10);
            t.module = Some(name.to_owned());
            t.status = ModuleStatus::ALL[1 + i % 5];
            t.columns_mapped = (i % 6) as u64;
        }
        if i == 14 {
            t.comment =
                "The client checks whether the results of 2009 to 2014 are complete; answer by 20 March".to_owned();
        }
        ledger_tables.push(LedgerTable {
            key: TableKey::new(None, name),
            database: t.database.clone(),
            table: name.to_owned(),
            read: rows + t.rejected,
            loaded: rows,
            rejected: t.rejected,
            corrected: 0,
            bytes: 0,
            not_in_dump: Vec::new(),
        });
        facts.columns.extend(COLUMNS.into_iter().enumerate().map(|(j, c)| realistic_column(&t, i, j, c)));
        facts.tables.push(t);
    }
    facts.modules = TABLES
        .into_iter()
        .take(14)
        .enumerate()
        .map(|(i, (name, ..))| {
            let component = Component {
                module: name.to_owned(),
                component: ["Encounter", "Summary Document", "Observation:GLUCOSE", "Audiogram"][i % 4].to_owned(),
                order: 1,
                doc_type: if i % 4 == 1 { "LEGACY".to_owned() } else { String::new() },
                get_pat_id: "partition=EMP,db_cols=emp_no".to_owned(),
                get_user_id: "default=0".to_owned(),
                get_interface_name: "default=OHM Legacy".to_owned(),
                get_ext_id: "db_cols=id".to_owned(),
                ..Component::default()
            };
            let mut m = module(name, ModuleStatus::ALL[i % 6], if i == 5 { Vec::new() } else { vec![component] });
            m.module.order = i as u32 + 1;
            m
        })
        .collect();
    let source = TableKey::new(Some("ohm_prod"), "audiometry");
    let mapped = [("audio.left05", source.column("l500")), ("audio.left1", source.column("l1000"))];
    facts.coverage = coverage("audiometric-data", &mapped);
    facts
        .coverage
        .extend(coverage("chart-data", &[("patients.last_name", TableKey::new(None, "employee").column("lname"))]));
    facts.ledger.files[0].tables = ledger_tables;
    facts.ledger.files.push(LedgerFile {
        file: "vaccine_register.csv".to_owned(),
        kind: "delimited".to_owned(),
        encoding: "windows-1252".to_owned(),
        bytes: 812_004,
        dialect: Some("delimiter ; · quote \" · header in line 1".to_owned()),
        seconds: 0.2,
        tables: vec![LedgerTable {
            key: TableKey::new(None, "vaccine_register"),
            database: None,
            table: "vaccine_register".to_owned(),
            read: 4_120,
            loaded: 4_118,
            rejected: 2,
            corrected: 0,
            bytes: 0,
            not_in_dump: Vec::new(),
        }],
        statements: Vec::new(),
        shares: Vec::new(),
        objects: Vec::new(),
        ignored: vec!["1 empty line at the end".to_owned()],
        warnings: vec!["Line 2,044 has 13 fields where the header has 12".to_owned()],
    });
    facts
}

fn realistic_column(
    t: &crate::facts::TableFacts,
    i: usize,
    j: usize,
    (name, declared, inferred, sample): (&str, &str, InferredType, &[&str]),
) -> MapColumn {
    let mut c = column(&t.table, name, declared, inferred, sample);
    c.table_rows = t.rows;
    c.facts.figures.rows = t.rows;
    c.facts.figures.nulls = if name == "spare_1" { t.rows } else { t.rows * ((i * 7 + j * 13) % 90) as u64 / 100 };
    c.facts.figures.blanks = 0;
    c.facts.figures.distinct = if name == "spare_1" { 0 } else { t.rows / (j as u64 + 1) };
    c.facts.disposition = t.disposition;
    c.facts.module.clone_from(&t.module);
    c.facts.nullable = j > 1;
    c.facts.db_key = ["PRI", "MUL", ""][j.min(2)].to_owned();
    let key = c.facts.key.clone();
    match name {
        "event_date" if i.is_multiple_of(3) => {
            c.facts.disposition = Disposition::Both;
            c.facts.mappings = vec![
                mapping(&key, "conversion-audiogram", "test_datetime", 1),
                mapping(&key, "conversion-summary-document", "KeyDate", 2),
            ];
            c.facts.mappings[0].transform = "date only, noon where the time is missing".to_owned();
            c.facts.mappings[1].transform = "%Y/%m/%d".to_owned();
            c.facts.mappings[1].status = MappingStatus::Checked;
            c.facts.description = "Date of test".to_owned();
        }
        "emp_no" => {
            c.sample = sample.iter().map(|v| Deidentified::for_test(v, Origin::Surrogate)).collect();
            c.facts.mappings = vec![mapping(&key, "chart-data", "@patient_mrns.<PARTITION>", 1)];
        }
        "notes" => {
            c.sample = vec![Deidentified::for_test("(free text, 212 characters)", Origin::Dropped)];
            c.facts.source_comment = "free notes of the nurse".to_owned();
            c.facts.comment = "Holds phone numbers of relatives in older rows; goes into the document only".to_owned();
        }
        "spare_1" => {
            c.facts.disposition = Disposition::NotMigrated;
            c.facts.reason = "Never filled".to_owned();
        }
        _ => {}
    }
    c
}

#[test]
#[ignore = "writes files to look at"]
fn look_at_both() {
    let folder = std::env::temp_dir().join("crosswalk-look");
    std::fs::create_dir_all(&folder).expect("a folder");
    let facts = realistic();
    map::write(&folder.join("map.xlsx"), &facts.book(), facts.columns.iter().map(Ok), &mut Told::default(), &Unwatched)
        .expect("the map");
    super::samples::look(&folder.join("samples.xlsx"));
}
