//! Traps of values and of names, one schema each.

use super::held::Held;
use crate::{Cardinality, Evidence};

/// The trap, the tables, and what is to be found.
const TRAPS: &[(&str, &str, &str)] = &[
    (
        "numbers from 1 are all in one another: names carry them",
        "patients 40: id* seq, name text
         department 30: id* seq, name text
         visit 60: id* seq, patient_id cycle 1 40, department_id cycle 1 30, quantity cycle 1 20",
        "visit.patient_id>patients.id visit.department_id>department.id",
    ),
    (
        "the key has its table's name",
        "employee 40: employee_id* seq, name text
         exam 50: exam_id* seq, employee_id cycle 1 40, room cycle 1 9",
        "exam.employee_id>employee.employee_id",
    ),
    (
        "capitals run together",
        "EMPLOYEES 40: EMPLOYEEID* seq, LASTNAME text
         CASES 30: CASENO* seq, EMPLOYEEID cycle 1 40
         CLINICVISIT 50: VISITKEY* seq, EMPLOYEEID cycle 1 40, CASENO cycle 1 30
         LABRESULT 60: RESULTKEY* seq, VISITKEY cycle 1 50, UNITS cycle 1 5",
        "CASES.EMPLOYEEID>EMPLOYEES.EMPLOYEEID CLINICVISIT.EMPLOYEEID>EMPLOYEES.EMPLOYEEID \
         CLINICVISIT.CASENO>CASES.CASENO LABRESULT.VISITKEY>CLINICVISIT.VISITKEY",
    ),
    (
        "tables with prefixes and abbreviated columns",
        "tbl_employee 40: emp_no* seq, name text
         tbl_dept 25: dept_no* seq, name text
         tbl_visit 60: visit_no* seq, emp_no cycle 1 40, dept_no cycle 1 25",
        "tbl_visit.emp_no>tbl_employee.emp_no tbl_visit.dept_no>tbl_dept.dept_no",
    ),
    (
        "a table's name in one",
        "clinicvisit 50: id* seq, x text
         audiogram 60: audio_no* seq, visit_id cycle 1 50, l500 cycle 1 40",
        "audiogram.visit_id>clinicvisit.id",
    ),
    (
        "a column without values, called after its own table and something else",
        "field 40: field_id* seq, source_field_id none, parent_field_id none
         form 40: form_id* seq, field_id none",
        "form.field_id>field.field_id field.parent_field_id>field.field_id",
    ),
    (
        "who wrote the row",
        "users 30: user_id* seq, login text
         note 60: note_id* seq, created_by cycle 1 30, changed_by some 1 30, creator cycle 1 30, voided flag, voided_by none",
        "note.created_by>users.user_id note.changed_by>users.user_id note.creator>users.user_id note.voided_by>users.user_id",
    ),
    (
        "a row above in the same table",
        "location 40: location_id* seq, parent_id some 1 30, parent_location some 1 30
         staff 30: id* seq, manager_id cycle 1 20, reports_to some 1 9",
        "location.parent_id>location.location_id location.parent_location>location.location_id \
         staff.manager_id>staff.id staff.reports_to>staff.id",
    ),
    (
        "one key for a thing and for its kinds",
        "orders 60: order_id* seq, placed text
         drug_order 20: order_id* cycle 1 60, dose cycle 1 9
         dispense 30: dispense_id* seq, order_id cycle 1 60",
        "drug_order.order_id>orders.order_id dispense.order_id>orders.order_id",
    ),
    (
        "tables that hold only the number people go by, not the program's key",
        "employee 40: employee_id* seq, perno code E, mrn code M, email code x, name text
         exam 60: exam_no* seq, perno codeof E 40, email codeof x 40
         chest 40: xray_key* seq, PERNO code E
         glucose 50: glucose_no* seq, mrn codeof M 40
         hepatitis 25: perno* code E, dose cycle 1 9",
        "exam.perno>employee.perno chest.PERNO>employee.perno glucose.mrn>employee.mrn hepatitis.perno>employee.perno",
    ),
    (
        "a second number that is another table's key points there",
        "users 30: user_id* seq, login text
         employee 30: employee_id* seq 100, user_id seq, name text
         note 60: note_id* seq, user_id cycle 1 30",
        "employee.user_id>users.user_id note.user_id>users.user_id",
    ),
    (
        "GUIDs speak for themselves, whatever the column is called",
        "person 40: pk* guid 1, name text
         thing 40: pk* guid 2, whose guidof 1 40, of_what guidof 2 40",
        "thing.whose>person.pk thing.of_what>thing.pk",
    ),
    (
        "codes and their list",
        "icd 50: icd_code* code D, description text
         diagnosis 60: id* seq, icd_code codeof D 50, dx codeof D 50",
        "diagnosis.icd_code>icd.icd_code diagnosis.dx>icd.icd_code",
    ),
    (
        "flags, states and counts are in every key",
        "patient 40: id* seq, active flag, status cycle 1 4, sort_order seq, priority cycle 1 30
         status_list 30: code* seq, label text",
        "",
    ),
    (
        "a name for a number as well as for a table",
        "groups 50: id* seq, name text
         member 50: member_no* seq, order cycle 1 4, type cycle 1 3
         orders 60: id* seq, x text
         types 50: id* seq, x text",
        "",
    ),
    (
        "what each row points at is said beside it",
        "document 40: id* seq, title text
         note 40: id* seq, parent_type word document visit, parent_id cycle 1 40
         visit 40: id* seq, x text",
        "",
    ),
    (
        "the copy is not the parent",
        "patient_bak 40: patient_id* seq, name text
         patient 40: patient_id* seq, name text
         visit 60: id* seq, patient_id cycle 1 40",
        "patient_bak.patient_id>patient.patient_id visit.patient_id>patient.patient_id",
    ),
    (
        "a name that many tables have and none is the key of",
        "a 30: id* seq, batch_no cycle 1 20
         b 30: id* seq, batch_no cycle 1 20
         c 30: id* seq, batch_no cycle 1 20",
        "",
    ),
    (
        "zero for none",
        "provider 30: provider_id* seq, name text
         visit 60: visit_id* seq, provider_id zeros 1 30",
        "visit.provider_id>provider.provider_id",
    ),
    (
        "orphans",
        "provider 30: provider_id* seq, name text
         visit 60: visit_id* seq, provider_id orphans 1 30",
        "visit.provider_id>provider.provider_id",
    ),
    (
        "files declare no keys",
        "patients 40: Id guid 1, First text
         encounters 60: Id guid 2, PATIENT guidof 1 40, CODE cycle 100 140
         observations 90: DATE text, PATIENT guidof 1 40, ENCOUNTER guidof 2 60, CODE cycle 100 140",
        "encounters.PATIENT>patients.Id observations.PATIENT>patients.Id observations.ENCOUNTER>encounters.Id",
    ),
    (
        "a key that is part of the next",
        "businessentity 400: businessentityid* seq, x text
         person 380: businessentityid* seq, x text
         employee 60: businessentityid* seq, x text
         payhistory 80: businessentityid+ cycle 1 60, changed+ seq, rate cycle 100 180
         phone 500: businessentityid+ cycle 1 380, number+ seq",
        "person.businessentityid>businessentity.businessentityid employee.businessentityid>person.businessentityid \
         payhistory.businessentityid>employee.businessentityid phone.businessentityid>person.businessentityid",
    ),
    (
        "numbers with gaps speak for themselves",
        "chart 60: chart_no* gap 1, name text
         letter 90: letter_id* seq, mr_no gapof 60",
        "letter.mr_no>chart.chart_no",
    ),
    (
        "a comment says it",
        "clients 40: no* seq, name text
         booking 60: id* seq, whom cycle 1 40#foreign key to clients",
        "booking.whom>clients.no",
    ),
    (
        "the end of a name says what it is, the rest in which role",
        "address 50: address_id* seq, x text
         language 30: language_id* seq, x text
         film 60: film_id* seq, language_id cycle 1 30, original_language_id some 1 30
         orders 60: order_id* seq, ship_to_address_id cycle 1 50, bill_to_address_id cycle 1 50",
        "film.language_id>language.language_id film.original_language_id>language.language_id \
         orders.ship_to_address_id>address.address_id orders.bill_to_address_id>address.address_id",
    ),
    (
        "number of patients",
        "patient 40: patient_id* seq, x text
         ward 30: ward_id* seq, num_patients cycle 1 9, patient_count cycle 1 9, max_patients cycle 1 20, patient_status cycle 1 4",
        "",
    ),
    (
        "program prefixes",
        "gh_patient 40: id* seq, name cycle 1 50
         gh_institution 30: id* seq, x text
         gh_visit 60: id* seq, patient cycle 1 40, institution cycle 1 30, create_uid cycle 1 20
         gh_lab 30: id* seq, visit cycle 1 60
         res_user 25: id* seq, login text",
        "gh_visit.patient>gh_patient.id gh_visit.institution>gh_institution.id gh_visit.create_uid>res_user.id \
         gh_lab.visit>gh_visit.id",
    ),
    (
        "a key whose own table's name ends as keys do",
        "patient 60: patient_id* seq, x text
         patient_identifier 70: patient_identifier_id seq, patient_id cycle 1 60, identifier_type cycle 1 5",
        "patient_identifier.patient_id>patient.patient_id",
    ),
    (
        "the type of a row, and a table of types of something else",
        "media_type 40: media_type_id* seq, label text
         visit_type 30: visit_type_id* seq, label text
         program_state 25: program_state_id* seq, label text
         visit 60: visit_id* seq, type cycle 1 30
         patient_state 60: patient_state_id* seq, state cycle 1 25
         item 60: item_id* seq, type cycle 1 20, state cycle 1 9",
        "visit.type>visit_type.visit_type_id patient_state.state>program_state.program_state_id",
    ),
    (
        "which of two rows is said behind the key",
        "triggers 40: triggerid* seq, x text
         trigger_depends 60: triggerdepid* seq, triggerid_down cycle 1 40, triggerid_up cycle 1 40
         person 40: person_id* seq, x text
         kinship 60: kinship_id* seq, person_id_from cycle 1 40, person_id_to cycle 1 40",
        "trigger_depends.triggerid_down>triggers.triggerid trigger_depends.triggerid_up>triggers.triggerid \
         kinship.person_id_from>person.person_id kinship.person_id_to>person.person_id",
    ),
    (
        "whoever gave it is no patient",
        "employee 40: employee_id* seq, x text
         provider 40: provider_id* seq, x text
         shot 60: shot_id* seq, given_by cycle 1 40, ORDEREDBY cycle 1 40, tech cycle 1 40, sort_by cycle 1 4",
        "shot.given_by>provider.provider_id shot.ORDEREDBY>provider.provider_id shot.tech>provider.provider_id",
    ),
    (
        "days are a table of their own",
        "date_dim 90: d_date_sk* seq, month cycle 1 12
         dim_clinic 30: clinic_sk* seq, x text
         fact_visit 60: visit_sk* seq, seen_date_sk cycle 1 90, clinic_sk cycle 1 30, birth_date cycle 1 60",
        "fact_visit.seen_date_sk>date_dim.d_date_sk fact_visit.clinic_sk>dim_clinic.clinic_sk",
    ),
    (
        "short for a table, behind other words; and for the row's own table",
        "household_demographics 60: hd_demo_sk* seq, x text
         web_sales 60: ws_order_number* seq, ws_ship_hdemo_sk cycle 1 60
         catalog_page 60: cp_catalog_page_sk* seq, cp_catalog_number cycle 1 60, cp_catalog_page_number cycle 1 60",
        "web_sales.ws_ship_hdemo_sk>household_demographics.hd_demo_sk",
    ),
    (
        "every column begins with letters for its table",
        "OH_WARD 30: WRD_ID_A* code W, WRD_NAME text
         OH_EXAMTYPE 30: EXC_ID_A* code X, EXC_DESC text
         OH_EXAM 60: EXA_ID_A* code E, EXA_EXC_ID_A codeof X 30
         OH_ADMISSION 60: ADM_ID* seq, ADM_WRD_ID_A codeof W 30",
        "OH_EXAM.EXA_EXC_ID_A>OH_EXAMTYPE.EXC_ID_A OH_ADMISSION.ADM_WRD_ID_A>OH_WARD.WRD_ID_A",
    ),
    (
        "made from a row of the same table",
        "graphs 60: graphid* seq, templateid some 1 60",
        "graphs.templateid>graphs.graphid",
    ),
];

#[test]
fn what_points_where() {
    let mut wrong = Vec::new();
    for (trap, tables, expected) in TRAPS {
        let mut found = Held::of(tables).found();
        let mut expected: Vec<String> = expected.split_whitespace().map(str::to_owned).collect();
        found.sort();
        expected.sort();
        if found != expected {
            let missing: Vec<&String> = expected.iter().filter(|one| !found.contains(one)).collect();
            let surplus: Vec<&String> = found.iter().filter(|one| !expected.contains(one)).collect();
            wrong.push(format!("{trap}\n    missing {missing:?}\n    surplus {surplus:?}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn orphans_are_counted_and_shown_by_their_rows() {
    let mut held = Held::of(
        "provider 30: provider_id* seq, name text
         visit 60: visit_id* seq, provider_id orphans 1 30",
    );
    let found = held.relate();
    let contained = &found[0].contained;
    assert_eq!((contained.rows, contained.orphans, contained.orphan_values), (60, 6, 1));
    assert_eq!(contained.examples, [1, 11, 21, 31, 41]);
    assert_eq!(found[0].cardinality, Cardinality::ManyToOne);
    assert!(found[0].evidence.contains(&Evidence::MostFound { rows: 54, of: 60 }));
}

#[test]
fn a_guess_shows_its_alternative() {
    let mut held = Held::of(
        "physician 30: id* seq, name text
         doctor 30: id* seq, name text
         visit 60: id* seq, attending_id cycle 1 30",
    );
    let found = held.relate();
    let others: Vec<&str> =
        found[0].alternatives.iter().map(|other| held.schema.tables[other.parent].name.as_str()).collect();
    assert_eq!((held.words(&found[0]).as_str(), others), ("visit.attending_id>physician.id", vec!["doctor"]));
}
