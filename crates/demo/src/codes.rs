//! Code tables, exposure groups and scheduling.

use std::io;

use super::dates::{Day, FIRST, LAST};
use super::dump::{NO_DATE, Rows, Table, cells, only};
use super::notes;
use super::org::{LOCATIONS, USERS, risk};
use super::world::{Kind, World};

/// Code tables and tables of plans.
pub const TABLES: &[Table] = &[
    Table { ddl: VISIT_TYPE, fill: visit_type },
    Table { ddl: BODY_PART, fill: body_part },
    Table { ddl: RELATION, fill: relation },
    Table { ddl: RACE_CODE, fill: race_code },
    Table { ddl: EXPOSUREGROUP, fill: exposuregroup },
    Table { ddl: EMPLOYEEEXPOSUREGROUP, fill: employeeexposuregroup },
    Table { ddl: APPOINTMENTS, fill: appointments },
];

const VISIT_TYPE: &str = "CREATE TABLE `visit_type` (
  `visit_type_cd` char(4) NOT NULL,
  `description` varchar(60) NOT NULL,
  `minutes` smallint(6) DEFAULT NULL,
  `legacy_cd` char(2) DEFAULT NULL,
  PRIMARY KEY (`visit_type_cd`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4";

/// The code of a kind of visit, its name, its length and its code in the old system.
pub const VISIT_TYPES: &[(Kind, &str, &str, i64, &str)] = &[
    (Kind::Preplacement, "PREP", "Pre-placement examination", 60, "01"),
    (Kind::Annual, "ANNL", "Annual surveillance", 45, "02"),
    (Kind::Exit, "EXIT", "Exit examination", 45, "03"),
    (Kind::Injury, "INJ1", "Injury/illness - first visit", 30, "10"),
    (Kind::FollowUp, "INJF", "Injury/illness - follow-up", 15, "11"),
    (Kind::Return, "RTW", "Return to work", 15, "12"),
    (Kind::Sick, "NONO", "Non-occupational", 15, "20"),
    (Kind::Shot, "IMMU", "Immunization", 10, "30"),
    (Kind::Tb, "TBST", "TB screening", 10, "31"),
    (Kind::Dot, "DOT", "DOT driver exam", 45, "40"),
    (Kind::Drug, "DRUG", "Drug/alcohol collection", 20, "50"),
    (Kind::Retest, "AUDR", "Audiogram retest", 15, "04"),
];

/// The code of a kind of visit.
pub fn visit_code(kind: Kind) -> &'static str {
    VISIT_TYPES.iter().find(|t| t.0 == kind).map_or("NONO", |t| t.1)
}

fn visit_type(_: &World, rows: &mut Rows) -> io::Result<()> {
    for (_, code, text, minutes, old) in VISIT_TYPES {
        rows.add(cells![*code, *text, *minutes, *old])?;
    }
    rows.add(cells!["XFIT", "Fitness center (DO NOT USE)", 30, "99"])
}

const BODY_PART: &str = "CREATE TABLE `body_part` (
  `body_part_cd` varchar(5) NOT NULL,
  `description` varchar(40) NOT NULL,
  `ohm_cd` char(3) DEFAULT NULL,
  PRIMARY KEY (`body_part_cd`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4";

#[rustfmt::skip]
const PARTS: &[(&str, &str)] = &[
    ("ANKLE", "Ankle"), ("BODY", "Body systems"), ("EAR", "Ear(s)"), ("ELBOW", "Elbow"),
    ("EYE", "Eye(s)"), ("FACE", "Face"), ("FINGR", "Finger(s)"), ("FOOT", "Foot"),
    ("FOREA", "Forearm"), ("HAND", "Hand"), ("HEAD", "Head"), ("KNEE", "Knee"),
    ("LBACK", "Lower back"), ("LEG", "Leg"), ("LUNG", "Lung(s)"), ("NECK", "Neck"),
    ("RIB", "Ribs"), ("SHLDR", "Shoulder"), ("TOE", "Toe(s)"), ("UBACK", "Upper back"),
    ("WRIST", "Wrist"),
];

fn body_part(_: &World, rows: &mut Rows) -> io::Result<()> {
    for (n, (code, text)) in PARTS.iter().enumerate() {
        rows.add(cells![*code, *text, format!("{:03}", n * 10 + 10)])?;
    }
    Ok(())
}

const RELATION: &str = "CREATE TABLE `relation` (
  `relation_cd` char(2) NOT NULL,
  `description` varchar(30) DEFAULT NULL,
  PRIMARY KEY (`relation_cd`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4";

fn relation(_: &World, rows: &mut Rows) -> io::Result<()> {
    let codes = [
        ("99", "Unknown"),
        ("CH", "Son/daughter"),
        ("FR", "Friend"),
        ("PA", "Parent"),
        ("SI", "Sibling"),
        ("SP", "Spouse / partner"),
    ];
    for (code, text) in codes {
        rows.add(cells![code, text])?;
    }
    Ok(())
}

const RACE_CODE: &str = "CREATE TABLE `race_code` (
  `code` char(2) NOT NULL,
  `kind` enum('RACE','ETHNICITY') NOT NULL,
  `description` varchar(40) DEFAULT NULL,
  PRIMARY KEY (`code`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4";

fn race_code(_: &World, rows: &mut Rows) -> io::Result<()> {
    let codes = [
        ("E1", "Hispanic or Latino"),
        ("E2", "Not Hispanic or Latino"),
        ("R1", "American Indian/Alaska Native"),
        ("R2", "Asian"),
        ("R3", "Black or African American"),
        ("R4", "Native Hawaiian/Pacific Islander"),
        ("R5", "White"),
        ("R9", "Other / not stated"),
    ];
    for (code, text) in codes {
        let kind = if code.starts_with('E') { "ETHNICITY" } else { "RACE" };
        rows.add(cells![code, kind, text])?;
    }
    Ok(())
}

const EXPOSUREGROUP: &str = "CREATE TABLE `exposuregroup` (
  `exposure_group_id` int(11) NOT NULL AUTO_INCREMENT,
  `group_cd` varchar(8) NOT NULL,
  `group_name` varchar(60) NOT NULL,
  `regulation` varchar(30) DEFAULT NULL,
  `interval_months` tinyint(4) DEFAULT NULL,
  `action_level` varchar(30) DEFAULT NULL,
  `required_exams` varchar(80) DEFAULT NULL COMMENT 'comma separated',
  PRIMARY KEY (`exposure_group_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4";

#[rustfmt::skip]
const GROUPS: &[(u16, &str, &str, &str, i64, &str, &str)] = &[
    (risk::NOISE, "HCP", "Hearing conservation", "29 CFR 1910.95", 12, "85 dBA TWA", "AUDIO"),
    (risk::RESP, "RESP", "Respirator users", "29 CFR 1910.134", 12, "", "QUEST,PFT,FIT"),
    (risk::LEAD, "LEAD", "Lead", "29 CFR 1915.1025", 6, "30 µg/m³", "PBB,ZPP,CBC"),
    (risk::ASBESTOS, "ASB", "Asbestos", "29 CFR 1915.1001", 12, "0.1 f/cc", "PFT,CXR"),
    (risk::SILICA, "SIL", "Respirable crystalline silica", "29 CFR 1910.1053", 36, "25 µg/m³", "PFT,CXR,TB"),
    (risk::CHROME, "CR6", "Hexavalent chromium / weld fume", "29 CFR 1915.1026", 12, "2.5 µg/m³", "PFT,EXAM"),
    (risk::BLOOD, "BBP", "Bloodborne pathogens", "29 CFR 1910.1030", 12, "", "HEPB,TB"),
    (risk::DRIVER, "DOT", "Commercial drivers and crane operators", "49 CFR 391", 24, "", "VISION,AUDIO,UA"),
    (risk::HAZMAT, "HAZ", "HAZWOPER team", "29 CFR 1910.120", 12, "", "EXAM,PFT,LAB"),
    (risk::PAINT, "ISO", "Isocyanates", "", 12, "5 ppb", "PFT"),
    (risk::HEAT, "HEAT", "Heat stress", "", 12, "", "EXAM"),
    (risk::EYES, "LASR", "Laser / visual", "ANSI Z136.1", 36, "", "VISION"),
    (0, "OLD1", "** converted - unknown **", "", 0, "", ""),
];

fn exposuregroup(_: &World, rows: &mut Rows) -> io::Result<()> {
    for (n, g) in GROUPS.iter().enumerate() {
        rows.add(cells![n + 1, g.1, g.2, g.3, g.4, g.5, g.6])?;
    }
    Ok(())
}

const EMPLOYEEEXPOSUREGROUP: &str = "CREATE TABLE `employeeexposuregroup` (
  `employee_id` int(11) NOT NULL,
  `exposure_group_id` int(11) NOT NULL,
  `start_date` date NOT NULL DEFAULT '0000-00-00',
  `end_date` date DEFAULT NULL,
  `next_due` date DEFAULT NULL,
  `status` char(1) NOT NULL DEFAULT 'A',
  PRIMARY KEY (`employee_id`,`exposure_group_id`),
  KEY `fk_eeg_group` (`exposure_group_id`),
  CONSTRAINT `fk_eeg_group` FOREIGN KEY (`exposure_group_id`) REFERENCES `exposuregroup` (`exposure_group_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4";

fn employeeexposuregroup(w: &World, rows: &mut Rows) -> io::Result<()> {
    let rng = &mut w.rng("employeeexposuregroup");
    for p in &w.people {
        for (n, group) in GROUPS.iter().enumerate() {
            let in_group = if group.0 == 0 { rng.chance(0.03) } else { p.risks & group.0 != 0 };
            if !in_group {
                continue;
            }
            rows.add(cells![
                p.id,
                n + 1,
                if rng.chance(0.03) { NO_DATE.to_owned() } else { p.hire.iso() },
                p.term,
                only(p.term.is_none() && group.4 > 0, LAST.plus(rng.range(-90, group.4 * 30)).workday()),
                if p.term.is_some() { "I" } else { "A" },
            ])?;
        }
    }
    Ok(())
}

const APPOINTMENTS: &str = "CREATE TABLE `appointments` (
  `appt_id` int(11) NOT NULL AUTO_INCREMENT,
  `employee_id` int(11) NOT NULL,
  `appt_start` datetime NOT NULL,
  `minutes` smallint(6) NOT NULL DEFAULT '30',
  `visit_type_cd` char(4) DEFAULT NULL,
  `resource` varchar(20) DEFAULT NULL,
  `status` char(2) NOT NULL DEFAULT 'S' COMMENT 'S sched, K kept, NS no-show, CX cancelled',
  `reminder_phone` varchar(24) DEFAULT NULL,
  `notes` varchar(200) DEFAULT NULL,
  `location_cd` char(3) NOT NULL DEFAULT 'CLN',
  PRIMARY KEY (`appt_id`),
  KEY `ix_appt_start` (`appt_start`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4";

fn appointments(w: &World, rows: &mut Rows) -> io::Result<()> {
    let rng = &mut w.rng("appointments");
    let since = Day::of(2016, 1, 1).max(FIRST);
    let kinds = [Kind::Annual, Kind::Dot, Kind::FollowUp, Kind::Retest, Kind::Preplacement];
    for (_, v, p) in w.visits_of(&kinds).filter(|(_, v, _)| v.day >= since) {
        let code = visit_code(v.kind);
        if rng.chance(0.1) {
            let missed = v.day.plus(-rng.range(3, 20)).workday();
            rows.add(cells![
                rows.next_id(),
                w.employee_id(rng, v.who),
                missed.at(v.minute),
                30,
                code,
                USERS[v.nurse].login,
                rng.pick(&["NS", "CX"]),
                notes::phone(rng, &p.phone),
                notes::tell(w, rng, "{boss} says {first} \"too busy\" - r/s {next}", p, missed),
                LOCATIONS[4][0],
            ])?;
        }
        rows.add(cells![
            rows.next_id(),
            w.employee_id(rng, v.who),
            v.day.at(v.minute),
            30,
            code,
            USERS[v.nurse].login,
            "K",
            only(rng.chance(0.5), notes::phone(rng, &p.phone)),
            only(rng.chance(0.05), "confirmed w/ EE"),
            LOCATIONS[4][0],
        ])?;
    }
    for (n, p) in w.people.iter().enumerate() {
        if p.term.is_none() && rng.chance(0.12) {
            let day = LAST.plus(rng.range(3, 60)).workday();
            rows.add(cells![
                rows.next_id(),
                w.employee_id(rng, n),
                day.at(rng.range(84, 190) * 5),
                45,
                "ANNL",
                USERS[2 + rng.below(3)].login,
                "S",
                notes::phone(rng, &p.phone),
                only(false, ""),
                LOCATIONS[4][0],
            ])?;
        }
    }
    Ok(())
}
