//! Clinic visits and what is measured and given there.

use std::io;

use super::codes::visit_code;
use super::dates::Day;
use super::dump::{Cell, Rows, Table, cells, fixed, only, yn};
use super::names;
use super::notes;
use super::org::{USERS, risk};
use super::random::Rng;
use super::world::{Kind, Visit, World};

/// Tables of clinic visits.
pub const TABLES: &[Table] = &[
    Table { ddl: CLINICVISIT, fill: clinicvisit },
    Table { ddl: CLINICVISITREFERRALS, fill: clinicvisitreferrals },
    Table { ddl: VITALS, fill: vitals },
    Table { ddl: MEDICATIONS, fill: medications },
    Table { ddl: ALLERGIES, fill: allergies },
    Table { ddl: VISIONTESTS, fill: visiontests },
    Table { ddl: CLINICALTEST, fill: clinicaltest },
];

const CLINICVISIT: &str = "CREATE TABLE `clinicvisit` (
  `visit_id` int(11) NOT NULL AUTO_INCREMENT,
  `employee_id` int(11) NOT NULL,
  `visit_dt` datetime NOT NULL,
  `visit_type_cd` char(4) NOT NULL,
  `provider_id` int(11) DEFAULT NULL,
  `case_id` int(11) DEFAULT NULL,
  `chief_complaint` varchar(200) DEFAULT NULL,
  `work_related` char(1) DEFAULT NULL,
  `disposition` varchar(20) DEFAULT NULL,
  `time_in` time DEFAULT NULL,
  `time_out` time DEFAULT NULL,
  `location_cd` char(3) NOT NULL DEFAULT 'CLN',
  `visit_notes` text,
  `closed` bit(1) NOT NULL DEFAULT b'1',
  `billing_cd` varchar(10) DEFAULT NULL,
  PRIMARY KEY (`visit_id`),
  KEY `ix_visit_emp` (`employee_id`,`visit_dt`),
  KEY `ix_visit_case` (`case_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4";

fn complaint(rng: &mut Rng, w: &World, v: &Visit) -> Cell<'static> {
    match v.kind {
        Kind::Injury | Kind::FollowUp | Kind::Return => {
            let nature = v.case.map_or("", |c| w.cases[c].scenario().nature.1);
            let part = v.case.map_or("", |c| w.cases[c].part);
            format!("{nature} {}", part.to_lowercase()).into()
        }
        Kind::Sick => rng
            .pick(&[
                "headache",
                "URI",
                "BP check",
                "dizzy",
                "n/v/d",
                "rash",
                "back pain (non-occ)",
                "cut at home",
                "Records request",
                "glucose check",
            ])
            .into(),
        _ if rng.chance(0.1) => "".into(),
        _ => Cell::Null,
    }
}

fn clinicvisit(w: &World, rows: &mut Rows) -> io::Result<()> {
    let rng = &mut w.rng("clinicvisit");
    for (n, v) in w.visits.iter().enumerate() {
        let p = &w.people[v.who];
        let code = visit_code(v.kind);
        let minutes = rng.range(8, 55);
        let sick = matches!(v.kind, Kind::Injury | Kind::FollowUp | Kind::Return | Kind::Sick);
        let out = v.minute + minutes;
        rows.add(cells![
            n + super::world::VISIT_BASE,
            w.employee_id(rng, v.who),
            v.day.at(v.minute),
            // Typed by hand before the code table was enforced.
            if v.day < Day::of(2006, 6, 1) && rng.chance(0.1) { code.to_lowercase() } else { code.to_owned() },
            v.nurse + 1,
            v.case.map(|c| c + 1),
            complaint(rng, w, v),
            only(sick, yn(v.case.is_some())),
            match v.kind {
                Kind::Sick => rng.pick(&["RTW", "Sent home", "Referred PCP"]),
                Kind::Injury => rng.pick(&["RTW", "RTW w/ restr", "ER", "Sent home"]),
                Kind::Preplacement => rng.pick(&["Cleared", "Cleared", "Cleared w/ restr", "Pending"]),
                _ => rng.pick(&["RTW", "RTW", "RTW", ""]),
            },
            format!("{:02}:{:02}:00", v.minute / 60, v.minute % 60),
            only(rng.chance(0.9), format!("{:02}:{:02}:00", out / 60, out % 60)),
            "CLN",
            only(sick && rng.chance(0.3), notes::nurse_note(w, rng, v, p)),
            rng.chance(0.985),
            // Billing was planned and never used.
            Cell::Null,
        ])?;
    }
    Ok(())
}

const CLINICVISITREFERRALS: &str = "CREATE TABLE `clinicvisitreferrals` (
  `referral_id` int(11) NOT NULL AUTO_INCREMENT,
  `visit_id` int(11) NOT NULL,
  `referred_to` varchar(60) DEFAULT NULL,
  `specialty` varchar(30) DEFAULT NULL,
  `reason` varchar(200) DEFAULT NULL,
  `appt_date` date NOT NULL DEFAULT '0000-00-00',
  `report_received` char(1) NOT NULL DEFAULT 'N',
  `fax_no` varchar(24) DEFAULT NULL,
  PRIMARY KEY (`referral_id`),
  KEY `fk_ref_visit` (`visit_id`),
  CONSTRAINT `fk_ref_visit` FOREIGN KEY (`visit_id`) REFERENCES `clinicvisit` (`visit_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4";

fn clinicvisitreferrals(w: &World, rows: &mut Rows) -> io::Result<()> {
    let rng = &mut w.rng("clinicvisitreferrals");
    for (id, v, p) in w.visits_of(&[Kind::Injury, Kind::FollowUp, Kind::Sick, Kind::Annual]) {
        if !rng.chance(if v.kind == Kind::Annual { 0.02 } else { 0.12 }) {
            continue;
        }
        let specialty = match v.kind {
            Kind::Annual => rng.pick(&["ENT", "Pulmonology", "PCP"]),
            Kind::Sick => rng.pick(&["PCP", "EAP", "Dental"]),
            _ => rng.pick(&["Orthopedics", "PT", "Ophthalmology", "Hand surgery", "Radiology"]),
        };
        let fax = format!("20755501{}", rng.digits(2));
        rows.add(cells![
            rows.next_id(),
            id,
            format!("Dr. {}", names::surname(rng)),
            specialty,
            notes::tell(w, rng, "Eval & treat {first} {last}; call {phone} w/ appt", p, v.day),
            if rng.chance(0.2) {
                super::dump::NO_DATE.to_owned()
            } else {
                v.day.plus(rng.range(1, 30)).workday().iso()
            },
            yn(rng.chance(0.6)),
            notes::phone(rng, &fax),
        ])?;
    }
    Ok(())
}

const VITALS: &str = "CREATE TABLE `vitals` (
  `vitals_id` int(11) NOT NULL AUTO_INCREMENT,
  `employee_id` int(11) NOT NULL,
  `visit_id` int(11) DEFAULT NULL,
  `taken_dt` datetime NOT NULL,
  `bp_sys` smallint(6) DEFAULT NULL,
  `bp_dia` smallint(6) DEFAULT NULL,
  `bp_text` varchar(9) DEFAULT NULL COMMENT 'as typed',
  `pulse` smallint(6) DEFAULT NULL,
  `resp` tinyint(4) DEFAULT NULL,
  `temp_f` decimal(4,1) DEFAULT NULL,
  `spo2` tinyint(4) DEFAULT NULL,
  `height_in` decimal(4,1) DEFAULT NULL,
  `weight_lb` decimal(5,1) DEFAULT NULL,
  `bmi` float DEFAULT NULL,
  `waist_in` decimal(4,1) DEFAULT NULL,
  PRIMARY KEY (`vitals_id`),
  KEY `ix_vitals_emp` (`employee_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4";

fn vitals(w: &World, rows: &mut Rows) -> io::Result<()> {
    let rng = &mut w.rng("vitals");
    let kinds = [Kind::Preplacement, Kind::Annual, Kind::Exit, Kind::Dot, Kind::Injury, Kind::Sick];
    for (id, v, p) in w.visits_of(&kinds) {
        if !rng.chance(0.9) {
            continue;
        }
        let full = !matches!(v.kind, Kind::Injury | Kind::Sick);
        let bmi = p.bmi_on(v.day) + rng.normal(0.0, 0.6);
        let age = p.birth.years_to(v.day);
        let sys = (p.systolic + (age - 35.0) * 0.35 + (bmi - 27.0) * 0.6 + rng.normal(0.0, 7.0)) as i64;
        let dia = (sys as f64 * 0.42 + 27.0 + rng.normal(0.0, 5.0)) as i64;
        let pounds = bmi * p.height * p.height / 703.0;
        rows.add(cells![
            rows.next_id(),
            w.employee_id(rng, v.who),
            id,
            v.day.at(v.minute + 5),
            sys,
            dia,
            format!("{sys}/{dia}"),
            rng.normal(74.0, 9.0) as i64,
            only(rng.chance(0.7), rng.range(12, 20)),
            only(rng.chance(0.6), fixed(rng.normal(98.2, 0.4), 1)),
            only(v.day.year() > 2010 && rng.chance(0.6), rng.range(95, 100)),
            only(full, fixed(p.height, 1)),
            only(full, fixed(pounds, 1)),
            only(full, Cell::Float((bmi * 10.0).floor() / 10.0)),
            // The tape measure never arrived.
            Cell::Null,
        ])?;
    }
    Ok(())
}

const MEDICATIONS: &str = "CREATE TABLE `medications` (
  `med_id` int(11) NOT NULL AUTO_INCREMENT,
  `employee_id` int(11) NOT NULL,
  `med_name` varchar(60) NOT NULL,
  `dose` varchar(20) DEFAULT NULL,
  `sig` varchar(60) DEFAULT NULL,
  `start_date` varchar(12) DEFAULT NULL COMMENT 'as told by employee',
  `end_date` date DEFAULT NULL,
  `source` char(1) NOT NULL DEFAULT 'E' COMMENT 'E employee, D dispensed, P prescribed',
  `qty` smallint(6) DEFAULT NULL,
  PRIMARY KEY (`med_id`),
  KEY `ix_med_emp` (`employee_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4";

#[rustfmt::skip]
const DRUGS: &[(&str, &str, &str)] = &[
    ("Lisinopril", "10 mg", "1 po qd"), ("lisinopril", "20mg", "daily"), ("Metformin", "500 mg", "bid w/ meals"),
    ("Atorvastatin", "20 mg", "qhs"), ("Ibuprofen", "600 mg", "tid prn pain"), ("IBUPROFEN", "200mg x 2", "prn"),
    ("Albuterol HFA", "90 mcg", "2 puffs q4h prn"), ("Levothyroxine", "0.075 mg", "qd"),
    ("Cyclobenzaprine", "10 mg", "qhs - no driving"), ("Acetaminophen", "325 mg", "2 tabs q6h prn"),
    ("Omeprazole", "20 mg", "qd"), ("Sertraline", "50 mg", "qd"), ("Erythromycin ophth oint", "0.5%", "qid x 5 d"),
    ("Tums", "", "prn"), ("Aspirin", "81 mg", "qd"),
];

fn medications(w: &World, rows: &mut Rows) -> io::Result<()> {
    let rng = &mut w.rng("medications");
    for (_, v, _) in w.visits_of(&[Kind::Preplacement, Kind::Sick, Kind::Injury, Kind::Dot]) {
        if !rng.chance(0.4) {
            continue;
        }
        let (name, dose, sig) = DRUGS[rng.below(DRUGS.len())];
        let given = matches!(v.kind, Kind::Sick | Kind::Injury);
        rows.add(cells![
            rows.next_id(),
            w.employee_id(rng, v.who),
            name,
            dose,
            sig,
            match rng.below(6) {
                _ if given => v.day.us(),
                0 => v.day.plus(-900).year().to_string(),
                1 => format!("{}-{:02}", v.day.year() - 2, rng.range(1, 12)),
                2 => "unk".to_owned(),
                _ => v.day.plus(-rng.range(20, 2000)).us(),
            },
            only(given, v.day.plus(rng.range(2, 14))),
            if given { rng.pick(&["D", "P"]) } else { "E" },
            only(given, rng.range(2, 30)),
        ])?;
    }
    Ok(())
}

const ALLERGIES: &str = "CREATE TABLE `allergies` (
  `allergy_id` int(11) NOT NULL AUTO_INCREMENT,
  `employee_id` int(11) NOT NULL,
  `allergen` varchar(60) DEFAULT NULL,
  `reaction` varchar(80) DEFAULT NULL,
  `severity` enum('mild','moderate','severe','') DEFAULT '',
  `noted` date DEFAULT NULL,
  `active` char(1) NOT NULL DEFAULT 'Y',
  PRIMARY KEY (`allergy_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4";

fn allergies(w: &World, rows: &mut Rows) -> io::Result<()> {
    let rng = &mut w.rng("allergies");
    for (n, p) in w.people.iter().enumerate() {
        for _ in 0..[0, 0, 0, 1, 1, 2][rng.below(6)] {
            let allergen = rng.pick(&[
                "NKDA",
                "NKA",
                "Penicillin",
                "PCN",
                "Sulfa",
                "Bee stings",
                "Latex",
                "Codeine",
                "Shellfish",
                "Eggs",
                "Nickel",
            ]);
            let none = allergen.starts_with("NK");
            rows.add(cells![
                rows.next_id(),
                w.employee_id(rng, n),
                allergen,
                only(
                    !none,
                    rng.pick(&["hives", "Rash", "anaphylaxis 1998", "GI upset", "swelling", "?", "throat \"closes\""])
                ),
                if none { "" } else { rng.pick(&["mild", "moderate", "severe", ""]) },
                only(rng.chance(0.8), p.hire.max(super::dates::FIRST)),
                "Y",
            ])?;
        }
    }
    Ok(())
}

const VISIONTESTS: &str = "CREATE TABLE `visiontests` (
  `vision_id` int(11) NOT NULL AUTO_INCREMENT,
  `employee_id` int(11) NOT NULL,
  `visit_id` int(11) DEFAULT NULL,
  `test_date` date NOT NULL,
  `far_right` varchar(6) DEFAULT NULL COMMENT 'Snellen, 20/xx or decimal before 2007',
  `far_left` varchar(6) DEFAULT NULL,
  `far_both` varchar(6) DEFAULT NULL,
  `near_both` varchar(6) DEFAULT NULL,
  `corrected` char(1) DEFAULT NULL,
  `color_plates` varchar(5) DEFAULT NULL COMMENT 'read/shown',
  `depth_arcsec` smallint(6) DEFAULT NULL,
  `field_r_deg` smallint(6) DEFAULT NULL,
  `field_l_deg` smallint(6) DEFAULT NULL,
  `result` char(1) DEFAULT NULL,
  PRIMARY KEY (`vision_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4";

fn visiontests(w: &World, rows: &mut Rows) -> io::Result<()> {
    let rng = &mut w.rng("visiontests");
    let kinds = [Kind::Preplacement, Kind::Annual, Kind::Dot];
    for (id, v, p) in w.visits_of(&kinds) {
        let due = v.kind != Kind::Annual || p.risks & (risk::EYES | risk::DRIVER) != 0;
        if !due && !rng.chance(0.15) {
            continue;
        }
        let old = v.day.year() < 2007;
        let mut sharp = |worse: usize| {
            let line = [15, 20, 20, 20, 25, 25, 30, 40, 50, 70][(rng.below(8) + worse).min(9)];
            if old { format!("{:.1}", 20.0 / f64::from(line)) } else { format!("20/{line}") }
        };
        let (right, left, both) = (sharp(0), sharp(1), sharp(0));
        let near = sharp(usize::from(p.age(v.day) > 45) * 2);
        let blind = p.man && v.who % 13 == 0;
        rows.add(cells![
            rows.next_id(),
            w.employee_id(rng, v.who),
            id,
            v.day,
            right,
            left,
            both,
            near,
            yn(v.who % 5 < 2),
            if blind { format!("{}/14", rng.range(2, 7)) } else { "14/14".to_owned() },
            only(v.kind == Kind::Dot, [20, 25, 30, 40, 50, 70, 100, 400][rng.below(8)]),
            only(v.kind == Kind::Dot, [85, 90, 70, 85][rng.below(4)]),
            only(v.kind == Kind::Dot, [85, 90, 70, 85][rng.below(4)]),
            if blind || rng.chance(0.03) { "R" } else { "P" },
        ])?;
    }
    Ok(())
}

const CLINICALTEST: &str = "CREATE TABLE `clinicaltest` (
  `test_id` int(11) NOT NULL AUTO_INCREMENT,
  `employee_id` int(11) NOT NULL,
  `visit_id` int(11) DEFAULT NULL,
  `test_date` date NOT NULL,
  `test_cd` varchar(8) NOT NULL,
  `result` varchar(60) DEFAULT NULL,
  `abnormal` char(1) DEFAULT NULL,
  `comments` varchar(200) DEFAULT NULL,
  PRIMARY KEY (`test_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4";

fn clinicaltest(w: &World, rows: &mut Rows) -> io::Result<()> {
    let rng = &mut w.rng("clinicaltest");
    for (id, v, _) in w.visits_of(&[Kind::Preplacement, Kind::Annual, Kind::Dot, Kind::Sick]) {
        if !rng.chance(0.28) {
            continue;
        }
        let (code, result, bad) = match rng.below(5) {
            0 => ("EKG", rng.pick(&["NSR", "NSR", "Sinus brady 52", "LAD, otherwise nl", "1st deg AVB"]), 0.1),
            1 => ("UADIP", rng.pick(&["Neg", "NEG", "trace protein", "1+ glucose", "SG 1.020, neg"]), 0.15),
            2 => ("GRIP", rng.pick(&["R 48 L 44 kg", "R 52/L 50", "R 31 L 29 kg"]), 0.02),
            3 => ("FSBS", rng.pick(&["94", "101", "118 pp", "87", "212"]), 0.1),
            _ => ("TOEHEEL", rng.pick(&["WNL", "nl", "Normal"]), 0.0),
        };
        rows.add(cells![
            rows.next_id(),
            w.employee_id(rng, v.who),
            id,
            v.day,
            code,
            result,
            yn(rng.chance(bad)),
            only(rng.chance(0.04), format!("Reviewed by {}", USERS[v.nurse].name)),
        ])?;
    }
    Ok(())
}
