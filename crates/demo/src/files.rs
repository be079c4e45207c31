//! The four files: which tables go into the dump, and the three that came beside it.

use std::io::{self, Write};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::dates::{Day, FIRST, LAST};
use super::dump::{self, Table};
use super::names;
use super::notes;
use super::org::{DEPTS, JOBS, USERS};
use super::people::Person;
use super::random::Rng;
use super::roster;
use super::shots::{VACCINES, lot};
use super::world::{World, clinician};
use super::{cases, clinic, codes, hearing, incidents, labs, leftovers, lungs, shots};

/// A view: name, columns, definition.
const VIEWS: &[(&str, &[&str], &str)] = &[
    (
        "v_active_employee",
        &["employee_id", "mrn", "last_name", "first_name", "dept_name"],
        "select `e`.`employee_id` AS `employee_id`,`e`.`mrn` AS `mrn`,`e`.`last_name` AS `last_name`,\
         `e`.`first_name` AS `first_name`,`d`.`dept_name` AS `dept_name` from (`employee` `e` \
         left join `department` `d` on((`e`.`dept_id` = `d`.`dept_id`))) where (`e`.`emp_status` = 'A')",
    ),
    (
        "v_open_cases",
        &["case_no", "employee_id", "injury_dt"],
        "select `casemaster`.`case_no` AS `case_no`,`casemaster`.`employee_id` AS `employee_id`,\
         `casemaster`.`injury_dt` AS `injury_dt` from `casemaster` where (`casemaster`.`status_cd` = 'O')",
    ),
];

/// Every table, in the order the server lists them: by name.
pub fn tables() -> Vec<&'static Table> {
    let groups = [
        roster::TABLES,
        codes::TABLES,
        clinic::TABLES,
        hearing::TABLES,
        lungs::TABLES,
        shots::TABLES,
        labs::TABLES,
        cases::TABLES,
        incidents::TABLES,
        notes::TABLES,
        leftovers::TABLES,
    ];
    let mut all: Vec<&Table> = groups.into_iter().flatten().collect();
    all.sort_by_key(|t| t.name());
    all
}

/// Writes the database dump, table by table.
pub fn database(w: &World, out: &mut dyn Write) -> io::Result<()> {
    dump::header(out)?;
    let mut views = VIEWS.iter().peekable();
    for table in tables() {
        while let Some((name, columns, _)) = views.next_if(|v| v.0 < table.name()) {
            dump::view_stub(out, name, columns)?;
        }
        dump::table(out, w, table)?;
        if table.name() == "employee" {
            dump::trigger(out, roster::EMPLOYEE_TRIGGER)?;
        }
    }
    for (name, _, select) in VIEWS {
        dump::view(out, name, select)?;
    }
    dump::footer(out, &LAST.at(23 * 60 + 42))
}

/// A field of a delimited file, quoted when it must be.
fn field(text: &str, delimiter: char) -> String {
    let special = |c: char| c == delimiter || matches!(c, '"' | '\n' | '\r');
    if text.contains(special) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

fn line(fields: &[String], delimiter: char) -> String {
    let quoted: Vec<String> = fields.iter().map(|f| field(f, delimiter)).collect();
    quoted.join(&delimiter.to_string()) + "\r\n"
}

/// Writes the nightly file of the personnel system: comma separated, UTF-8 with its mark.
pub fn hr_feed(w: &World, out: &mut dyn Write) -> io::Result<()> {
    out.write_all("\u{feff}".as_bytes())?;
    let header = "EmployeeID,BadgeID,LastName,FirstName,MiddleName,BirthDate,HireDate,TermDate,\
                  DeptCode,DeptName,JobTitle,SupervisorID,WorkStatus,Email,MobilePhone,HomeZip,\
                  AnnualHours";
    write!(out, "{header}\r\n")?;
    let rng = &mut w.rng("hr feed");
    let since = Day::of(2016, 1, 1);
    let current = |p: &&Person| p.term.is_none_or(|t| t > since);
    for p in w.people.iter().filter(current) {
        let boss = &w.people[p.boss];
        let ten = format!("{}55501{}", p.town.3, rng.digits(2));
        let fields = [
            p.perno.clone(),
            p.badge.clone(),
            p.last.trim().to_owned(),
            p.given.clone(),
            p.middle.clone(),
            p.birth.us(),
            p.hire.us(),
            p.term.map_or(String::new(), Day::us),
            DEPTS[p.dept].code.to_owned(),
            DEPTS[p.dept].name.to_owned(),
            if rng.chance(0.1) { format!("{}, Lead", JOBS[p.job].1) } else { JOBS[p.job].1.to_owned() },
            boss.perno.clone(),
            if p.term.is_some() { "Terminated" } else { "Active" }.to_owned(),
            roster::work_email(p),
            notes::phone(rng, &ten),
            p.town.2.to_owned(),
            format!("{:.2}", rng.normal(1_980.0, 160.0)),
        ];
        out.write_all(line(&fields, ',').as_bytes())?;
    }
    Ok(())
}

/// The byte Windows-1252 has for a character, a question mark where it has none.
fn windows_1252(c: char) -> u8 {
    match c {
        '€' => 0x80,
        'Š' => 0x8a,
        'Ž' => 0x8e,
        '’' => 0x92,
        '“' => 0x93,
        '”' => 0x94,
        '–' => 0x96,
        'š' => 0x9a,
        'ž' => 0x9e,
        _ => match u8::try_from(u32::from(c)) {
            Ok(byte) if !(0x80..0xa0).contains(&byte) => byte,
            _ => b'?',
        },
    }
}

const BADGE_REMARKS: &[&str] = &[
    "lost; replaced",
    "Left at home – temp badge \"V-12\" issued",
    "photo retaken; old one “too dark”",
    "Name change;\r\nsee HR",
    "didn’t return on last day",
    "access: Gate 3; Gate 7; Clinic",
    "fee waived per {boss}",
    "broken clip\r\nreissued same no.",
];

/// Writes the badge office's history: semicolons, Windows-1252, remarks with anything in them.
pub fn badge_history(w: &World, out: &mut dyn Write) -> io::Result<()> {
    let put = |out: &mut dyn Write, text: &str| {
        let bytes: Vec<u8> = text.chars().map(windows_1252).collect();
        out.write_all(&bytes)
    };
    put(out, "BADGE_NO;HOLDER;PERNO;ISSUED;RETURNED;TYPE;GATE;REMARKS\r\n")?;
    let rng = &mut w.rng("badge history");
    for p in &w.people {
        for turn in 0..=rng.below(3) {
            let issued = p.hire.max(FIRST).plus(turn as i64 * rng.range(200, 900));
            if issued > p.term.unwrap_or(LAST) {
                break;
            }
            let remark = if rng.chance(0.3) {
                let template = rng.pick(BADGE_REMARKS);
                notes::tell(w, rng, template, p, issued)
            } else {
                String::new()
            };
            let fields = [
                if turn == 0 { p.badge.clone() } else { format!("{:06}", 40_000 + rng.below(9_000)) },
                format!("{}, {}", p.last.trim(), p.given),
                p.perno.trim_start_matches('0').to_owned(),
                issued.oracle(),
                p.term.map_or(String::new(), Day::oracle),
                rng.pick(&["PERM", "PERM", "TEMP", "CONTR"]).to_owned(),
                format!("0{}", rng.range(1, 7)),
                remark,
            ];
            put(out, &line(&fields, ';'))?;
        }
    }
    Ok(())
}

fn excel_day(day: Day) -> Result<ExcelDateTime, XlsxError> {
    let (y, m, d) = day.parts();
    ExcelDateTime::from_ymd(y as u16, m as u8, d as u8)
}

/// Writes the spreadsheet of the 2019 clinic: real dates, one sheet for each week's list.
pub fn spreadsheet(w: &World, out: &mut dyn Write) -> io::Result<()> {
    let book = workbook(w).map_err(io::Error::other)?;
    out.write_all(&book)
}

fn workbook(w: &World) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // Without a fixed creation date the writer takes the clock's.
    let made = ExcelDateTime::from_ymd(2019, 11, 4)?.and_hms(9, 30, 0)?;
    book.set_properties(
        &DocProperties::new()
            .set_author("Tess Brandvold")
            .set_title("Immunization clinic 2019")
            .set_creation_datetime(&made),
    );
    let rng = &mut w.rng("clinic 2019");
    flu(w, rng, book.add_worksheet())?;
    boosters(w, rng, book.add_worksheet())?;
    book.save_to_buffer()
}

fn header(sheet: &mut Worksheet, names: &[&str]) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    for (at, name) in names.iter().enumerate() {
        sheet.write_string_with_format(0, at as u16, *name, &bold)?;
        sheet.set_column_width(at as u16, 14)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

/// Who worked here in the autumn of 2019.
fn present(w: &World) -> impl Iterator<Item = &Person> {
    let then = Day::of(2019, 10, 15);
    w.people.iter().filter(move |p| p.hire < then && p.term.is_none_or(|t| t > then))
}

fn flu(w: &World, rng: &mut Rng, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_name("Flu Oct 2019")?;
    let date = Format::new().set_num_format("mm/dd/yyyy");
    header(
        sheet,
        &[
            "Badge",
            "Last Name",
            "First Name",
            "DOB",
            "Dept",
            "Date Given",
            "Vaccine",
            "CVX",
            "Lot",
            "Exp",
            "Site",
            "Dose (mL)",
            "Given By",
            "Consent",
            "Comments",
        ],
    )?;
    let mut row = 0;
    for p in present(w) {
        if !rng.chance(0.6) {
            continue;
        }
        row += 1;
        let day = Day::of(2019, 10, 7).plus(rng.range(0, 18)).workday();
        let nurse = &USERS[clinician(rng, day)];
        sheet.write_string(row, 0, &p.badge)?;
        sheet.write_string(row, 1, p.last.trim())?;
        sheet.write_string(row, 2, &p.given)?;
        sheet.write_datetime_with_format(row, 3, excel_day(p.birth)?, &date)?;
        sheet.write_number(row, 4, DEPTS[p.dept].code.parse::<f64>().unwrap_or(0.0))?;
        sheet.write_datetime_with_format(row, 5, excel_day(day)?, &date)?;
        sheet.write_string(row, 6, VACCINES[1].name)?;
        sheet.write_number(row, 7, 158)?;
        sheet.write_string(row, 8, lot(w.seed, 1, day))?;
        sheet.write_datetime_with_format(row, 9, excel_day(Day::of(2020, 6, 30))?, &date)?;
        sheet.write_string(row, 10, rng.pick(&["LD", "LD", "RD", "L delt", "R"]))?;
        sheet.write_number(row, 11, 0.5)?;
        sheet.write_string(row, 12, nurse.initials)?;
        sheet.write_boolean(row, 13, rng.chance(0.98))?;
        if rng.chance(0.06) {
            let words = rng.pick(&[
                "{first} felt faint, sat 10 min",
                "egg allergy?? ok per Dr. Cormier",
                "says {he} got it at CVS too – check",
                "call {spouse} {phone}",
            ]);
            sheet.write_string(row, 14, notes::tell(w, rng, words, p, day))?;
        }
    }
    Ok(())
}

fn boosters(w: &World, rng: &mut Rng, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_name("Tdap & PPD")?;
    let date = Format::new().set_num_format("d-mmm-yy");
    header(sheet, &["Emp No", "Employee", "Date", "Tdap Lot", "PPD Placed", "PPD Read", "mm", "Result", "RN"])?;
    let mut row = 0;
    for p in present(w) {
        if !rng.chance(0.3) {
            continue;
        }
        row += 1;
        let day = Day::of(2019, 10, 7).plus(rng.range(0, 10)).workday();
        let nurse = &USERS[clinician(rng, day)];
        sheet.write_number(row, 0, p.perno.parse::<f64>().unwrap_or(0.0))?;
        sheet.write_string(row, 1, format!("{}, {}", names::plain(p.last.trim()), p.given))?;
        sheet.write_datetime_with_format(row, 2, excel_day(day)?, &date)?;
        if rng.chance(0.6) {
            sheet.write_string(row, 3, lot(w.seed, 2, day))?;
        }
        if rng.chance(0.7) {
            sheet.write_datetime_with_format(row, 4, excel_day(day)?, &date)?;
            let read = day.plus(2).workday();
            sheet.write_datetime_with_format(row, 5, excel_day(read)?, &date)?;
            sheet.write_number(row, 6, [0, 0, 0, 0, 4, 12][rng.below(6)])?;
            sheet.write_string(row, 7, rng.pick(&["neg", "NEG", "Neg", "not read"]))?;
        }
        sheet.write_string(row, 8, nurse.initials)?;
    }
    Ok(())
}
