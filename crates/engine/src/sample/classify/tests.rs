mod withheld;

use super::*;
use crate::profile::InferredType;

/// A column as an invented schema declares it: type, inferred type, distinct and filled rows, some values.
type Invented<'a> = (&'a str, &'a str, InferredType, (u64, u64), &'a str);

fn treat(columns: &[Invented<'_>]) -> Vec<Treatment> {
    classified(columns).treatments
}

fn whom(columns: &[Invented<'_>]) -> HashMap<TableKey, Who> {
    classified(columns).who
}

/// Classifies one schema; `*` before a type marks the primary key, `>table.column` after it a foreign one.
fn classified(columns: &[Invented<'_>]) -> Classified {
    let loaded: Vec<_> = columns
        .iter()
        .map(|(name, _, inferred_type, (distinct, filled), values)| {
            let (table, column) = name.split_once('.').expect("table.column");
            let top: Vec<(Cell, u64)> =
                values.split('|').filter(|v| !v.is_empty()).map(|v| (Cell::Text(v.to_owned()), 1)).collect();
            let length = |pick: fn(u64, u64) -> u64| {
                values.split('|').map(|v| v.chars().count() as u64).reduce(pick).unwrap_or(0)
            };
            let figures = ColumnFigures {
                rows: *filled,
                nulls: 0,
                blanks: 0,
                distinct: *distinct,
                min_length: length(u64::min),
                max_length: length(u64::max),
                inferred_type: *inferred_type,
                format: None,
            };
            (TableKey::new(None, table).column(column), figures, top)
        })
        .collect();
    let clues: Vec<Clue<'_>> = columns
        .iter()
        .zip(&loaded)
        .map(|((_, declared, ..), (key, figures, _))| {
            let (declared_type, target) = declared.split_once('>').unwrap_or((declared, ""));
            let references =
                target.split_once('.').map(|(table, column)| (TableKey::new(None, table), column.to_owned()));
            let primary = declared_type.starts_with('*');
            Clue { key, declared_type: declared_type.trim_start_matches('*'), figures, primary, references }
        })
        .collect();
    let tops = loaded.iter().map(|(.., top)| top.clone());
    classify(&clues, |give| {
        tops.for_each(give);
        Ok(())
    })
    .expect("nothing is read from a disk")
}

use Action::{Drop, Pass, Surrogate, Year, Zip3};
use Class::{
    Acct, Bio, Date, Device, Email, Employer, Freetext, Geo, Ip, Lic, Mrn, Name, None as Nothing, Phone, Photo, Plan,
    Ssn, Staff, Uid, Url, Vehicle, Zip,
};
use InferredType::{Binary, Boolean, Code, Datetime, Decimal, Empty, Identifier, Integer, Text};

#[test]
fn columns_of_a_persons_table_by_header() {
    let many = (400, 500);
    let cases: &[(Invented<'_>, Class, Action)] = &[
        (("employee.employee_id", "*int(11)", Integer, (500, 500), "1|2|3"), Uid, Surrogate),
        (("employee.lname", "varchar(40)", Text, many, "Roe|Doe"), Name, Surrogate),
        (("employee.FirstName", "varchar(40)", Text, many, "Ann"), Name, Surrogate),
        (("employee.MI", "char(1)", Code, (20, 500), "A|B"), Name, Surrogate),
        (("employee.spouse_name", "varchar(40)", Text, many, "Ann Roe"), Name, Surrogate),
        (("employee.emerg_contact", "varchar(40)", Text, many, "Ann Roe"), Name, Surrogate),
        (("employee.name_suffix", "varchar(4)", Code, (3, 20), "Jr"), Nothing, Pass),
        (("employee.dob", "varchar(10)", Text, many, "1/2/1980"), Date, Year),
        (("employee.sex", "char(1)", Code, (2, 500), "M|F"), Nothing, Pass),
        (("employee.ssn", "char(11)", Identifier, many, "900-00-1234"), Ssn, Surrogate),
        (("employee.SSNLast4", "char(4)", Code, many, "1234"), Ssn, Surrogate),
        (("employee.mrn", "varchar(12)", Identifier, many, "HM-1"), Mrn, Surrogate),
        (("employee.chart_no", "int", Integer, many, "4411"), Mrn, Surrogate),
        (("employee.badge_no", "char(6)", Identifier, many, "B00412"), Uid, Surrogate),
        (("employee.dl_number", "varchar(20)", Identifier, (0, 0), ""), Lic, Surrogate),
        (("employee.drivers_license", "varchar(20)", Identifier, many, "X123"), Lic, Surrogate),
        (("employee.member_id", "varchar(20)", Identifier, many, "XK12"), Plan, Surrogate),
        (("employee.bank_account_no", "varchar(20)", Identifier, many, "123"), Acct, Surrogate),
        (("employee.addr1", "varchar(60)", Text, many, "12 Elm St"), Geo, Surrogate),
        (("employee.City", "varchar(40)", Text, (40, 500), "Norwick"), Geo, Surrogate),
        (("employee.county_cd", "char(3)", Code, (12, 500), "001"), Geo, Surrogate),
        (("employee.lat", "double", Decimal, many, "43.1"), Geo, Drop),
        (("employee.state", "char(2)", Code, (12, 500), "ME"), Nothing, Pass),
        (("employee.zip", "varchar(10)", Code, (90, 500), "04101"), Zip, Zip3),
        (("employee.postal_code", "float", Decimal, (90, 500), "4101.0"), Zip, Zip3),
        (("employee.home_phone", "varchar(20)", Text, many, "207-555-0101"), Phone, Surrogate),
        (("employee.phone_type", "char(1)", Code, (3, 500), "H"), Nothing, Pass),
        (("employee.hm_email", "varchar(80)", Text, many, "a@b.example"), Email, Surrogate),
        (("employee.photo", "longblob", Binary, many, ""), Photo, Drop),
        (("employee.signature", "blob", Binary, many, ""), Bio, Drop),
        (("employee.thing", "blob", Binary, many, ""), Uid, Drop),
        (("employee.employer_name", "varchar(80)", Text, (60, 500), "Boat Works"), Employer, Surrogate),
        (("employee.web_url", "varchar(80)", Text, many, "http://a.example"), Url, Surrogate),
        (("employee.last_ip", "varchar(15)", Text, many, "10.0.0.1"), Ip, Surrogate),
        (("employee.vehicle_tag_no", "varchar(10)", Identifier, many, "AB123"), Vehicle, Surrogate),
        (("employee.pacemaker_sn", "varchar(20)", Identifier, (4, 4), "Q1"), Device, Surrogate),
        (("employee.hire_date", "date", Datetime, many, "2001-02-03"), Date, Year),
        (("employee.updated_at", "timestamp", Datetime, many, "2001-02-03"), Date, Year),
        (("employee.updated_by", "varchar(20)", Code, (9, 500), "jroe"), Staff, Surrogate),
        (("employee.age", "int", Integer, (60, 500), "44"), Nothing, Pass),
        (("employee.height_in", "decimal(4,1)", Decimal, (70, 500), "70.5"), Nothing, Pass),
        (("employee.active", "char(1)", Boolean, (2, 500), "Y|N"), Nothing, Pass),
        (("employee.comments", "text", Text, many, "called in sick"), Freetext, Drop),
        (("employee.x_flag2", "varchar(9)", Empty, (0, 0), ""), Nothing, Pass),
        (("employee.misc", "varchar(40)", Text, many, "some words|others"), Freetext, Drop),
        (("employee.misc2", "varchar(10)", Identifier, many, "Q12X|R45Y"), Uid, Drop),
        (("employee.misc3", "int", Integer, (500, 500), "710023|710024"), Uid, Surrogate),
        (("employee.misc4", "varchar(10)", Code, (5, 500), "A|B"), Nothing, Pass),
        (("employee.pwd", "varchar(40)", Text, many, "x"), Uid, Drop),
    ];
    let columns: Vec<_> = cases.iter().map(|(column, ..)| *column).collect();
    for (treatment, (column, class, action)) in treat(&columns).iter().zip(cases) {
        if column.0 != "employee.dl_number" {
            assert_eq!(
                (treatment.class, treatment.action),
                (*class, *action),
                "{}: {:?}",
                column.0,
                treatment.evidence
            );
        }
        assert!(!treatment.evidence.is_empty() && treatment.confidence > 0.0, "{}", column.0);
    }
}

#[test]
fn a_schema_without_data_is_classified_by_its_headers() {
    let mut wrong = Vec::new();
    for (table, headers, class) in [
        (
            "patient",
            "LName FName MiddleI Preferred pat_last_nm ptFirst guardiansname mothersname subscriber_lname spouseName",
            Name,
        ),
        ("patient", "EmergContactName nok_name maiden_nm alias FormerLastName father_first_name ContactPerson", Name),
        ("patient", "ss SSNum social_security_no subscriber_ss PatSSN", Ssn),
        ("patient", "MedRecNo ChartNumber chart_id mrn MRN_NO patient_no PatNumber", Mrn),
        ("patient", "policy_number group_number SubscriberID MedicaidID medicare_no insurance_number member_no", Plan),
        ("patient", "AcctNo guarantor_account_number bank_acct_num invoice_no", Acct),
        ("patient", "drivers_license LicenseNo npi dea_number StateLicNum upin", Lic),
        ("patient", "street street2 addr_line1 HomeAddress MailAddr2 city BirthCity county birthplace town", Geo),
        ("patient", "postal_code ZipCode home_zip MailZip4", Zip),
        (
            "patient",
            "phone_home phone_biz WirelessPhone HmPhone wk_phone_ext telno cell_phone pager EmployerPhone",
            Phone,
        ),
        ("patient", "email EmailAddress contact_email email_direct", Email),
        ("patient", "employer EmpName_employer employer_name", Employer),
        ("patient", "DOB birth_dt BirthDate yob DateOfBirth date_of_death AdmitDate created_at LastVisitDate", Date),
        (
            "patient",
            "race ethnicity language sex marital_status religion plan_name email_consent phone_type address_type",
            Nothing,
        ),
        ("users", "lname fname username mname phone street", Staff),
        ("lab_result", "result_value units ref_range abnormal_flag loinc_code specimen_type num_refills", Nothing),
        ("drug_list", "name description drug_code strength form", Nothing),
    ] {
        let columns: Vec<String> = headers.split(' ').map(|header| format!("{table}.{header}")).collect();
        let context: &[&str] = if table == "patient" { &["patient.last_name", "patient.first_name"] } else { &[] };
        let all: Vec<Invented<'_>> = columns
            .iter()
            .map(String::as_str)
            .chain(context.iter().copied())
            .map(|name| (name, "varchar(60)", Empty, (0, 0), ""))
            .collect();
        for (treatment, column) in treat(&all).iter().zip(&columns) {
            if treatment.class != class {
                wrong.push(format!("{column} is {class:?}, taken for {:?}: {:?}", treatment.class, treatment.evidence));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn values_speak_where_headers_do_not() {
    let cases: &[(Invented<'_>, Class, Action)] = &[
        (("import.f1", "", Text, (400, 500), "ROE, MARY|SMITH, JOHN A|GARCIA, ANA"), Name, Surrogate),
        (("import.f2", "", Text, (400, 500), "a@b.example|c@d.example"), Email, Surrogate),
        (("import.f3", "", Text, (400, 500), "207-555-0101|(207) 555-0102"), Phone, Surrogate),
        (("import.f4", "", Text, (400, 500), "900-00-1234"), Ssn, Surrogate),
        (("import.f5", "", Text, (400, 500), "1/2/1980|3/4/1981"), Date, Year),
        (("import.f6", "", Identifier, (500, 500), "3edac2e3-d223-6fae-d515-daf96ef6bc76"), Uid, Surrogate),
        (("import.f7", "", Code, (51, 5_000), "MAINE|TEXAS|VIRGINIA|WASHINGTON|JORDAN"), Nothing, Pass),
        (("import.f8", "", Text, (300, 500), "scans\\2001\\a.pdf"), Uid, Drop),
        (("import.glucose", "", Text, (98, 681), "98|<50|101"), Nothing, Pass),
    ];
    let columns: Vec<_> = cases.iter().map(|(column, ..)| *column).collect();
    for (treatment, (column, class, action)) in treat(&columns).iter().zip(cases) {
        assert_eq!((treatment.class, treatment.action), (*class, *action), "{}: {:?}", column.0, treatment.evidence);
    }
}

#[test]
fn keys_of_one_thing_are_one_domain() {
    let ids = (400, 500);
    let treatments = treat(&[
        ("patients.Id", "", Identifier, (500, 500), "3edac2e3-d223-6fae-d515-daf96ef6bc76"),
        ("patients.LAST", "", Text, ids, "Roe"),
        ("patients.FIRST", "", Text, ids, "Ann"),
        ("visits.PATIENT", "", Identifier, ids, "3edac2e3-d223-6fae-d515-daf96ef6bc76"),
        ("visits.patient_id", "", Identifier, ids, "3edac2e3-d223-6fae-d515-daf96ef6bc76"),
        ("labs.PATIENTID", "", Identifier, ids, "3edac2e3-d223-6fae-d515-daf96ef6bc76"),
        ("labs.who", "char(36)>patients.Id", Identifier, ids, "3edac2e3-d223-6fae-d515-daf96ef6bc76"),
    ]);
    for treatment in treatments.iter().filter(|t| !["LAST", "FIRST"].contains(&t.column.as_str())) {
        assert_eq!(
            (treatment.class, treatment.action),
            (Uid, Surrogate),
            "{}: {:?}",
            treatment.key,
            treatment.evidence
        );
        assert_eq!(treatment.domain, "patient", "{}", treatment.key);
    }
}

#[test]
fn a_number_that_is_key_of_many_tables_is_nobodys_but_the_persons() {
    let ids = (400, 500);
    let treatments = treat(&[
        ("employee.perno", "char(9)", Identifier, ids, "000123456"),
        ("employee.last_name", "varchar(40)", Text, ids, "Roe"),
        ("employee.first_name", "varchar(40)", Text, ids, "Ann"),
        ("hepatitis.perno", "*char(9)", Identifier, (500, 500), "000123456"),
        ("rabies.perno", "*char(9)", Identifier, (500, 500), "000123456"),
        ("logevents.PERNO", "char(9)", Identifier, ids, "000123456"),
    ]);
    for treatment in treatments.iter().filter(|t| t.column.eq_ignore_ascii_case("perno")) {
        assert_eq!(
            (treatment.class, treatment.action, treatment.domain.as_str()),
            (Uid, Surrogate, "personnel"),
            "{}",
            treatment.key
        );
    }
}

#[test]
fn keys_take_the_class_of_what_they_point_at() {
    let ids = (400, 500);
    let treatments = treat(&[
        ("users.user_id", "*int", Integer, (16, 16), "1|2"),
        ("users.login", "varchar(20)", Identifier, (16, 16), "jroe"),
        ("users.full_name", "varchar(40)", Text, (16, 16), "Jo Roe"),
        ("employee.employee_id", "*int", Integer, (500, 500), "1|2"),
        ("employee.last_name", "varchar(40)", Text, ids, "Roe"),
        ("employee.first_name", "varchar(40)", Text, ids, "Ann"),
        ("employee.supervisor_id", "int", Integer, (30, 500), "1|2"),
        ("employee.dept_id", "int>department.dept_id", Integer, (30, 500), "1|2"),
        ("department.dept_id", "*int", Integer, (30, 30), "1|2"),
        ("department.dept_name", "varchar(40)", Text, (30, 30), "Hull shop"),
        ("visit_type.visit_type_cd", "*char(4)", Code, (19, 19), "ANN|DOT"),
        ("visit_type.description", "varchar(60)", Text, (19, 19), "Annual"),
        ("visit.visit_id", "*int", Integer, (900, 900), "1|2"),
        ("visit.employee_id", "int", Integer, ids, "1|2"),
        ("visit.visit_type_cd", "char(4)>visit_type.visit_type_cd", Code, (19, 900), "ANN|DOT"),
        ("visit.provider_id", "int", Integer, (9, 900), "1|2"),
        ("visit.entered_by", "int", Integer, (9, 900), "1|2"),
        ("visit.signed_by", "varchar(20)", Code, (9, 900), "jroe"),
        ("phone.phone_id", "*int", Integer, (900, 900), "1|2"),
        ("phone.employee_id", "int", Integer, ids, "1|2"),
    ]);
    for (column, class, action, domain) in [
        ("users.user_id", Staff, Surrogate, "user"),
        ("users.login", Staff, Surrogate, "staff"),
        ("employee.employee_id", Uid, Surrogate, "employee"),
        ("employee.supervisor_id", Uid, Surrogate, "employee"),
        ("employee.dept_id", Nothing, Surrogate, "department"),
        ("department.dept_id", Nothing, Surrogate, "department"),
        ("visit_type.visit_type_cd", Nothing, Pass, ""),
        ("visit.visit_type_cd", Nothing, Pass, ""),
        ("visit.visit_id", Uid, Surrogate, "visit"),
        ("visit.employee_id", Uid, Surrogate, "employee"),
        ("visit.provider_id", Staff, Surrogate, "user"),
        ("visit.entered_by", Staff, Surrogate, "user"),
        ("visit.signed_by", Staff, Surrogate, "staff"),
        ("phone.phone_id", Uid, Surrogate, "phone"),
    ] {
        let treatment = treatments.iter().find(|t| t.key.to_string() == column).expect("there");
        assert_eq!((treatment.class, treatment.action), (class, action), "{column}: {:?}", treatment.evidence);
        assert!(action != Surrogate || treatment.domain == domain, "{column}: {}", treatment.domain);
    }
}

#[test]
fn headers_without_a_word_are_judged_by_their_values() {
    for (header, inferred, class) in
        [("left.500", Integer, Nothing), ("left.", Integer, Nothing), ("left.#", Text, Freetext)]
    {
        let treatments = treat(&[(header, "", inferred, (40, 60), "25|30|some words")]);
        assert_eq!(treatments[0].class, class, "{header}: {:?}", treatments[0].evidence);
    }
}

#[test]
fn every_identifier_is_kept_from_passing_whatever_its_class() {
    for class in Class::ALL {
        assert_eq!(usual_action(class) == Pass, class == Nothing, "{class:?}");
    }
}
