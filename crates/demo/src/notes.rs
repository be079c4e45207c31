//! Free text as nurses and managers type it: it names the employee, the supervisor, the spouse
//! and their telephone numbers, and has line breaks, quotes, backslashes and tabs in it.

use std::io;

use super::accidents::Case;
use super::dates::{Day, FIRST, LAST};
use super::dump::{NO_DATE, Rows, Table, cells, only, yn};
use super::names;
use super::org::{LOCATIONS, USERS};
use super::people::Person;
use super::random::Rng;
use super::world::{Kind, Visit, World};

/// A telephone number the way this clerk writes them.
pub fn phone(rng: &mut Rng, ten: &str) -> String {
    let (area, office, line) = (&ten[..3], &ten[3..6], &ten[6..]);
    match rng.below(12) {
        0..4 => format!("({area}) {office}-{line}"),
        4..7 => format!("{area}-{office}-{line}"),
        7 => format!("{area}.{office}.{line}"),
        8 => ten.to_owned(),
        9 => format!("{office}-{line}"),
        10 => format!("+1 {area} {office} {line}"),
        _ => format!("{area}-{office}-{line} x{}", rng.range(100, 899)),
    }
}

/// Fills the `{words}` of a template from what is known about the person.
pub fn tell(w: &World, rng: &mut Rng, template: &str, p: &Person, day: Day) -> String {
    let boss = &w.people[p.boss];
    let mut text = String::with_capacity(template.len() + 60);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (word, tail) = after.split_once('}').unwrap_or((after, ""));
        text.push_str(before);
        match word {
            "first" => text.push_str(&p.given),
            "last" => text.push_str(p.last.trim()),
            "title" => text.push_str(if p.man { "Mr." } else { "Ms." }),
            "he" => text.push_str(if p.man { "he" } else { "she" }),
            "his" => text.push_str(if p.man { "his" } else { "her" }),
            "boss" => text.push_str(&boss.name()),
            "bossfirst" => text.push_str(&boss.given),
            "spouse" => text.push_str(p.spouse.unwrap_or("a friend")),
            "phone" => text.push_str(&phone(rng, &p.phone)),
            "bossphone" => text.push_str(&phone(rng, &boss.phone)),
            "age" => text.push_str(&p.age(day).to_string()),
            "dob" => text.push_str(&p.birth.us()),
            "ssn4" => text.push_str(&p.ssn[5..]),
            "badge" => text.push_str(&p.badge),
            "date" => text.push_str(&day.us_short()),
            "next" => text.push_str(&day.plus(rng.range(5, 21)).workday().us()),
            "drug" => text.push_str(rng.pick(&["ibuprofen", "Tylenol", "naproxen", "ice"])),
            "doctor" => text.push_str(names::surname(rng)),
            other => text.push_str(other),
        }
        rest = tail;
    }
    text.push_str(rest);
    text
}

const RN_INJURY: &[&str] = &[
    "S: {first} {last} to clinic ambulatory, states \"{he} felt a pop\" while working. Pain 5/10.\nO: Alert, NAD. Full ROM with discomfort, no deformity, CMS intact.\nA: See case.\nP: Ice, {drug}, recheck {next}. Supervisor {boss} notified at {bossphone}.",
    "EE seen w/ c/o injury as above. {title} {last} denies prior injury to this area. First aid given, tetanus up to date per chart.\nAdvised to call if worse; home {phone}. Spouse {spouse} will drive {his} car home.",
    "Wound cleansed w/ NS, steri-strips x3, DSD applied.\n\tBP 132/84\tP 76\tT 98.2\n{first} tolerated well. RTW w/o restriction. {bossfirst} aware.",
    "{last}, {first} ({age} y/o) brought in by co-worker. Says '{he} didn't see it coming'. Eye irrigated 1L, fluorescein neg. Patch not needed. Recheck in AM.",
];

const RN_FOLLOW: &[&str] = &[
    "Follow-up. {first} reports improvement, pain now 2/10. Continue restrictions until {next}.",
    "{title} {last} here for recheck. \"About the same.\" PT 2x/wk with Dr. {doctor}. Copy of work note scanned to \\\\HBFS01\\clinic\\scans\\{badge}.pdf",
    "No-show. Called {phone} - left message with {spouse}. Called {boss} ({bossphone}), EE on vacation.",
    "Doing well; full ROM; no tenderness. Discharged from clinic care, case closed per Dr. {doctor}.",
    "{first} upset re: light duty - states supervisor {bossfirst} \"isn't following the restrictions\".  Referred to HR.  Will see Dr. {doctor} {next}.",
];

const RN_SICK: &[&str] = &[
    "EE c/o headache x 2 days, no fever. BP 148/92 -> 140/88 after rest. Encouraged {first} to see PCP. {drug} given.",
    "URI sx, afebrile. Sent home per EE request; {boss} notified.",
    "{first} {last} (DOB {dob}, SSN ending {ssn4}) requests copy of records. Release signed {date}.",
    "C/o dizziness in {his} work area. FSBS 104. Rested 30 min in clinic, RTW. Spouse {spouse} called at EE's request, {phone}.",
    "Poison ivy both forearms. Calamine. RTW.",
];

/// The nurse's note of a visit.
pub fn nurse_note(w: &World, rng: &mut Rng, v: &Visit, p: &Person) -> String {
    let pool = match v.kind {
        Kind::Injury => RN_INJURY,
        Kind::FollowUp | Kind::Return => RN_FOLLOW,
        _ => RN_SICK,
    };
    let template = rng.pick(pool);
    let mut note = tell(w, rng, template, p, v.day);
    if rng.chance(0.3) {
        let nurse = &USERS[v.nurse];
        note += "\n/s/ ";
        note += nurse.name;
        note += " ";
        note += nurse.letters;
    }
    note
}

const MANAGER: &[&str] = &[
    "Spoke with {boss} re: {first} {last}. Light duty available in tool crib thru {next}.",
    "Per {boss} employee has \"no open work\" within restrictions; sent home {date}. HR (S. Vega) copied.",
    "{first} called out - states back is \"locked up\". Call-back number {phone}. {spouse} to drop off MD note.",
    "Meeting w/ {last}, {bossfirst} and union rep. Agreed to gradual return:\n- wk 1: 4 hrs/day\n- wk 2: 6 hrs/day\n- wk 3: full",
    "FMLA paperwork mailed to home address {date}; returned undeliverable. Called {phone}, new address on file.",
];

const MEMO: &[&str] = &[
    "PREFERS TO BE CALLED ON CELL {phone}",
    "Hearing aid R ear - test without.",
    "LATEX ALLERGY",
    "See also old chart under maiden name.",
    "Needle phobic - have {first} lie down. Faints!",
    "Spouse {spouse} also works here (Dept 0220).",
    "Reads lips; face employee when speaking",
    "Claustrophobic - MRI needs sedation; PAPR only",
    "DO NOT LEAVE MSG AT HOME # -- per {first} {last} {date}",
    "Duplicate chart? check w/ {boss}'s crew. SSN ends {ssn4}",
];

/// Tables of free text.
pub const TABLES: &[Table] = &[
    Table { ddl: RNNOTE, fill: rnnote },
    Table { ddl: MANNOTE, fill: mannote },
    Table { ddl: EMPLOYEEMEMO, fill: employeememo },
    Table { ddl: EMPLOYEEDOCUMENTS, fill: employeedocuments },
];

const RNNOTE: &str = "CREATE TABLE `rnnote` (
  `note_id` int(11) NOT NULL AUTO_INCREMENT,
  `perno` char(9) NOT NULL COMMENT 'OHM personnel number',
  `visit_id` int(11) DEFAULT NULL,
  `note_date` datetime NOT NULL,
  `note_type` char(2) NOT NULL DEFAULT 'RN',
  `note_text` mediumtext,
  `signed_by` varchar(8) DEFAULT NULL,
  `cosigned_by` varchar(8) DEFAULT NULL,
  `locked` char(1) NOT NULL DEFAULT 'Y',
  PRIMARY KEY (`note_id`),
  KEY `ix_rnnote_perno` (`perno`,`note_date`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4";

fn rnnote(w: &World, rows: &mut Rows) -> io::Result<()> {
    let rng = &mut w.rng("rnnote");
    let kinds = [Kind::Injury, Kind::FollowUp, Kind::Return, Kind::Sick];
    for (visit_id, v, p) in w.visits_of(&kinds) {
        if !rng.chance(0.7) {
            continue;
        }
        let note = nurse_note(w, rng, v, p);
        rows.add(cells![
            rows.next_id(),
            w.perno(rng, v.who),
            only(v.day >= Day::of(2008, 1, 1), visit_id),
            v.day.at(v.minute + rng.range(3, 25)),
            "RN",
            note,
            USERS[v.nurse].initials,
            only(USERS[v.nurse].letters == "CMA", "RN"),
            yn(!rng.chance(0.02)),
        ])?;
    }
    Ok(())
}

const MANNOTE: &str = "CREATE TABLE `mannote` (
  `mannote_id` int(11) NOT NULL AUTO_INCREMENT,
  `perno` char(9) NOT NULL,
  `case_no` varchar(16) DEFAULT NULL,
  `note_dt` varchar(12) DEFAULT NULL COMMENT 'MM/DD/YYYY or DD-MON-YYYY (converted)',
  `contact` varchar(60) DEFAULT NULL,
  `contact_phone` varchar(24) DEFAULT NULL,
  `note_text` text,
  `entered_by` varchar(20) DEFAULT NULL,
  PRIMARY KEY (`mannote_id`),
  KEY `ix_mannote_perno` (`perno`)
) ENGINE=MyISAM DEFAULT CHARSET=latin1 COMMENT='Management notes (OHM)'";

fn mannote(w: &World, rows: &mut Rows) -> io::Result<()> {
    let rng = &mut w.rng("mannote");
    for case in w.cases.iter().filter(|c| c.days_away + c.days_restricted > 0) {
        let (p, day) = (&w.people[case.who], case.reported.plus(rng.range(1, 30)));
        // The table is latin1, which has no place for most scripts.
        if !rng.chance(0.6) || !latin1(&p.name()) || !latin1(&w.people[p.boss].name()) {
            continue;
        }
        let template = rng.pick(MANAGER);
        let boss = &w.people[p.boss];
        rows.add(cells![
            rows.next_id(),
            w.perno(rng, case.who),
            &case.number,
            if rng.chance(0.35) { day.oracle() } else { day.us() },
            boss.name(),
            phone(rng, &boss.phone),
            tell(w, rng, template, p, day),
            USERS[11 + rng.below(3)].login,
        ])?;
    }
    Ok(())
}

fn latin1(text: &str) -> bool {
    text.chars().all(|c| u32::from(c) < 256)
}

const EMPLOYEEMEMO: &str = "CREATE TABLE `employeememo` (
  `perno` char(9) NOT NULL,
  `seq` smallint(6) NOT NULL DEFAULT '1',
  `memo` text,
  `alert_flag` bit(1) NOT NULL DEFAULT b'0',
  `entered` date DEFAULT NULL,
  `entered_by` varchar(8) DEFAULT NULL,
  PRIMARY KEY (`perno`,`seq`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4";

fn employeememo(w: &World, rows: &mut Rows) -> io::Result<()> {
    let rng = &mut w.rng("employeememo");
    for p in &w.people {
        let count = [0, 0, 0, 1, 1, 2][rng.below(6)];
        for seq in 1..=count {
            let day = p.hire.max(FIRST).plus(rng.range(0, 200)).min(LAST);
            let template = rng.pick(MEMO);
            rows.add(cells![
                &p.perno,
                seq,
                tell(w, rng, template, p, day),
                rng.chance(0.25),
                day,
                USERS[rng.below(10)].initials,
            ])?;
        }
    }
    Ok(())
}

const EMPLOYEEDOCUMENTS: &str = "CREATE TABLE `employeedocuments` (
  `document_id` int(11) NOT NULL AUTO_INCREMENT,
  `employee_id` int(11) NOT NULL,
  `doc_type` varchar(30) NOT NULL,
  `doc_title` varchar(120) DEFAULT NULL,
  `doc_date` date NOT NULL DEFAULT '0000-00-00',
  `file_path` varchar(255) DEFAULT NULL,
  `file_ext` varchar(5) DEFAULT NULL,
  `pages` tinyint(4) DEFAULT NULL,
  `bytes` int(10) unsigned DEFAULT NULL,
  `thumbnail` varbinary(255) DEFAULT NULL,
  `scanned_by` int(11) DEFAULT NULL,
  `confidential` char(1) NOT NULL DEFAULT 'N',
  `index_json` text,
  PRIMARY KEY (`document_id`),
  KEY `ix_doc_emp` (`employee_id`)
) ENGINE=InnoDB AUTO_INCREMENT=9001 DEFAULT CHARSET=utf8mb4 COMMENT='Scanned chart images; files live on HBFS01'";

const DOC_TYPES: &[(&str, &str)] = &[
    ("WORK NOTE", "MD work status note"),
    ("CONSENT", "Consent / release of information"),
    ("OLD CHART", "Paper chart, scanned"),
    ("AUDIOGRAM", "Outside audiogram"),
    ("RESP QUEST", "OSHA respirator questionnaire, Appendix C"),
    ("LAB", "Outside laboratory report"),
    ("MISC", ""),
];

fn employeedocuments(w: &World, rows: &mut Rows) -> io::Result<()> {
    let rng = &mut w.rng("employeedocuments");
    for (n, p) in w.people.iter().enumerate() {
        for _ in 0..rng.below(4) {
            let (kind, title) = DOC_TYPES[rng.below(DOC_TYPES.len())];
            let days = i64::from(p.hire.max(FIRST).days_to(LAST));
            let day = p.hire.max(FIRST).plus(rng.range(0, days.min(2000)));
            let ext = rng.pick(&["pdf", "pdf", "tif", "TIF", "jpg", "doc"]);
            let image = rng.chance(0.06).then(|| bitmap(rng, 8));
            let id = rows.next_id();
            rows.add(cells![
                id,
                w.employee_id(rng, n),
                kind,
                title,
                only(true, if rng.chance(0.05) { NO_DATE.to_owned() } else { day.iso() }),
                format!("\\\\HBFS01\\clinic\\scans\\{}\\{}_{id:05}.{ext}", day.year(), p.badge),
                ext,
                rng.range(1, 12),
                rng.range(18_000, 900_000),
                image.map(|b| super::dump::Cell::Hex(b.into())),
                rng.range(1, 15),
                yn(rng.chance(0.04)),
                only(
                    rng.chance(0.4),
                    format!(
                        "{{\"mrn\":\"{}\",\"last\":\"{}\",\"box\":{},\"ocr\":null}}",
                        p.mrn,
                        p.last,
                        rng.range(1, 80)
                    )
                ),
            ])?;
        }
    }
    Ok(())
}

/// A tiny black and white bitmap, 32 dots wide: a real one that opens in any viewer.
pub fn bitmap(rng: &mut Rng, lines: u32) -> Vec<u8> {
    let size = 62 + lines * 4;
    let mut b = b"BM".to_vec();
    for n in [size, 0, 62, 40, 32, lines, 0x0001_0001, 0, lines * 4, 2835, 2835, 2, 2] {
        b.extend_from_slice(&n.to_le_bytes());
    }
    b.extend_from_slice(&[0, 0, 0, 0, 255, 255, 255, 0]);
    let mut pen = 12;
    for _ in 0..lines {
        pen = (pen + rng.below(9)).clamp(6, 26) - 3;
        b.extend_from_slice(&(!(7_u32 << pen)).to_be_bytes());
    }
    b
}

/// What the first report of a case says happened.
pub fn account(w: &World, rng: &mut Rng, case: &Case) -> String {
    let p = &w.people[case.who];
    let place = LOCATIONS[case.location][1];
    let told = tell(w, rng, case.scenario().account, p, case.day);
    match rng.below(4) {
        0 => format!("{told}\nReported to {} at {}.", w.people[p.boss].name(), place),
        1 => format!("{place}: {told} Witness: {} {}.", names::given(rng, true), names::surname(rng)),
        _ => told,
    }
}
