//! Injuries and illnesses: what happens to whom, and the case tables.

use std::io;

use super::dates::{Day, FIRST, LAST};
use super::dump::{Rows, Table, cells, fixed, only, yn};
use super::names;
use super::notes;
use super::org::{DEPTS, USERS, risk};
use super::people::Person;
use super::random::Rng;
use super::world::{Kind, VISIT_BASE, World};

/// A kind of accident, told so that part, nature and account agree.
pub struct Scenario {
    /// Who has it: bits of risk, 0 for anybody.
    risks: u16,
    weight: u32,
    /// Nature code and description.
    pub nature: (&'static str, &'static str),
    /// Body part codes it strikes.
    parts: &'static [&'static str],
    /// Cause code and description.
    pub cause: (&'static str, &'static str),
    /// ICD-10 code of the usual diagnosis.
    pub icd10: &'static str,
    /// The diagnosis in words.
    pub diagnosis: &'static str,
    /// The account, with `{words}`.
    pub account: &'static str,
    /// How many in a hundred are OSHA recordable.
    recordable: u32,
    /// Days away and days restricted, when there are any.
    days: (i64, i64),
    /// The restriction the doctor writes.
    pub restriction: &'static str,
    /// Illness rather than injury (OSHA column 2 to 6).
    pub illness: Option<u8>,
}

#[rustfmt::skip]
const SCENARIOS: &[Scenario] = &[
    Scenario { risks: 0, weight: 16, nature: ("20", "Sprain/strain"), parts: &["LBACK", "UBACK"], cause: ("LIFT", "Lifting/handling"), icd10: "S39.012A", diagnosis: "Strain of muscle of lower back", account: "{first} {last} was lifting a 60 lb. pump with a co-worker and felt a sharp pain in the low back.", recordable: 45, days: (6, 14), restriction: "No lifting over 20 lb; no ladder work", illness: None },
    Scenario { risks: 0, weight: 12, nature: ("20", "Sprain/strain"), parts: &["SHLDR", "WRIST", "KNEE", "ANKLE"], cause: ("SLIP", "Slip/trip/fall same level"), icd10: "S93.401A", diagnosis: "Sprain, unspecified", account: "EE slipped on ice in the \"North Gate\" parking lot and twisted {his} leg; {he} caught the rail with one arm.", recordable: 40, days: (5, 10), restriction: "Sit-down work only; no climbing; no uneven ground", illness: None },
    Scenario { risks: risk::NOISE, weight: 14, nature: ("13", "Foreign body"), parts: &["EYE"], cause: ("PART", "Flying particle"), icd10: "T15.01XA", diagnosis: "Foreign body in cornea", account: "Grinding overhead w/ face shield up. {first} felt something in {his} eye. Safety glasses on, side shields missing.", recordable: 30, days: (1, 2), restriction: "No work requiring depth perception until rechecked; keep eye clean", illness: None },
    Scenario { risks: 0, weight: 14, nature: ("07", "Laceration"), parts: &["FINGR", "HAND", "FOREA"], cause: ("STRK", "Struck by/against"), icd10: "S61.219A", diagnosis: "Laceration without foreign body of finger", account: "Box cutter slipped and cut {his} hand. {bossfirst} applied pressure and drove {first} to the clinic.", recordable: 42, days: (2, 7), restriction: "Keep dry and covered; no forceful gripping with injured hand", illness: None },
    Scenario { risks: risk::HEAT | risk::CHROME, weight: 10, nature: ("04", "Burn, heat"), parts: &["FOREA", "HAND", "NECK", "FOOT"], cause: ("HOT", "Contact with hot object"), icd10: "T23.202A", diagnosis: "Burn of second degree of hand", account: "Slag went inside glove while {first} was welding overhead. Blister approx 1\" x 1/2\".", recordable: 45, days: (1, 4), restriction: "No hot work; clean dressings", illness: None },
    Scenario { risks: 0, weight: 9, nature: ("05", "Contusion"), parts: &["HAND", "KNEE", "HEAD", "FOOT"], cause: ("STRK", "Struck by/against"), icd10: "S60.229A", diagnosis: "Contusion of hand", account: "Employee was closing hatch when it swung back & struck {his} arm. No LOC. Ice applied by {boss}.", recordable: 20, days: (1, 3), restriction: "No impact tools x 3 days", illness: None },
    Scenario { risks: risk::BLOOD, weight: 12, nature: ("90", "Needlestick/BBP exposure"), parts: &["FINGR", "HAND"], cause: ("NDL", "Contaminated sharp"), icd10: "W46.1XXA", diagnosis: "Contact with contaminated hypodermic needle", account: "While emptying trash {first} was stuck by an uncapped needle through glove. Source unknown. Washed x 5 min.", recordable: 90, days: (0, 0), restriction: "None", illness: None },
    Scenario { risks: risk::PAINT | risk::RESP, weight: 5, nature: ("70", "Dermatitis"), parts: &["HAND", "FOREA", "FACE"], cause: ("CHEM", "Chemical contact"), icd10: "L25.3", diagnosis: "Contact dermatitis due to other chemical products", account: "Rash on both hands since switching to the new epoxy. {first} has been \"using thinner to wash up\".", recordable: 55, days: (0, 6), restriction: "No contact with epoxy resins or solvents; nitrile gloves", illness: Some(2) },
    Scenario { risks: risk::RESP, weight: 4, nature: ("71", "Respiratory irritation"), parts: &["LUNG"], cause: ("INH", "Inhalation"), icd10: "J68.0", diagnosis: "Bronchitis due to chemicals, gases, fumes and vapors", account: "Entered tank 4P before ventilation was up. Cough and chest tightness. {boss} pulled crew out.", recordable: 60, days: (2, 5), restriction: "No respirator use until cleared by MD", illness: Some(3) },
    Scenario { risks: risk::NOISE, weight: 4, nature: ("72", "Hearing loss, STS"), parts: &["EAR"], cause: ("NOIS", "Noise exposure"), icd10: "H83.3X3", diagnosis: "Noise effects on inner ear, bilateral", account: "Standard threshold shift confirmed on 30-day retest; average over 25 dB. {first} {last} counselled and refitted with dual protection.", recordable: 95, days: (0, 0), restriction: "Dual hearing protection above 100 dBA", illness: Some(5) },
    Scenario { risks: 0, weight: 8, nature: ("73", "Repetitive motion"), parts: &["WRIST", "ELBOW"], cause: ("ERGO", "Repetitive motion"), icd10: "G56.00", diagnosis: "Carpal tunnel syndrome, unspecified upper limb", account: "{age} y/o c/o numbness x 3 mos, worse at night. Job involves keyboard / needle gun. {spouse} says {he} drops things.", recordable: 50, days: (8, 30), restriction: "Wrist brace at work; no vibrating tools; 10 min break every hour", illness: Some(6) },
    Scenario { risks: 0, weight: 4, nature: ("10", "Fracture"), parts: &["FINGR", "TOE", "WRIST", "RIB"], cause: ("CRSH", "Caught in/between"), icd10: "S62.609A", diagnosis: "Fracture of unspecified phalanx of finger", account: "Finger caught between chain fall and padeye. {first} transported to ER by company ambulance; {spouse} notified at {phone}.", recordable: 100, days: (18, 40), restriction: "One-handed work only; no lifting with injured arm; no climbing", illness: None },
    Scenario { risks: risk::HEAT, weight: 3, nature: ("74", "Heat illness"), parts: &["BODY"], cause: ("HEAT", "Exposure to heat"), icd10: "T67.5XXA", diagnosis: "Heat exhaustion, unspecified", account: "{first} became light-headed in the double bottoms (est. 105 F). Cooled, PO fluids, HR 118 -> 88.", recordable: 50, days: (1, 2), restriction: "No work in hot spaces x 7 days; hydrate", illness: Some(6) },
    Scenario { risks: 0, weight: 6, nature: ("60", "Insect bite/sting"), parts: &["FACE", "HAND", "LEG"], cause: ("ANML", "Animal or insect"), icd10: "T63.441A", diagnosis: "Toxic effect of venom of bees", account: "Stung by wasp at loading dock. No SOB, no hx anaphylaxis.", recordable: 8, days: (1, 0), restriction: "None", illness: None },
];

/// One case.
pub struct Case {
    /// Place in the list of people.
    pub who: usize,
    scenario: usize,
    /// Case number, `HMW-2011-0042`.
    pub number: String,
    /// When it happened.
    pub day: Day,
    /// Minutes past midnight.
    pub minute: i64,
    /// When it was reported.
    pub reported: Day,
    /// Place in the list of locations.
    pub location: usize,
    /// Code of the body part.
    pub part: &'static str,
    /// `L`, `R`, `B` or nothing.
    pub side: &'static str,
    /// OSHA recordable.
    pub recordable: bool,
    /// Days away from work.
    pub days_away: u16,
    /// Days of restricted work.
    pub days_restricted: u16,
    /// How many times the person came back.
    pub follow_ups: usize,
}

impl Case {
    /// What kind of accident it was.
    pub fn scenario(&self) -> &'static Scenario {
        &SCENARIOS[self.scenario]
    }

    /// The last day of lost or restricted time.
    pub fn over(&self) -> Day {
        self.day.plus(i64::from(self.days_away + self.days_restricted) + 3)
    }
}

/// Lets the accidents happen: fewer every year, more to those who work with tools.
pub fn happen(seed: u64, people: &[Person]) -> Vec<Case> {
    let mut cases = Vec::new();
    for (who, p) in people.iter().enumerate() {
        let rng = &mut Rng::numbered(seed, "accidents", who);
        let (from, to) = (p.hire.max(FIRST), p.term.unwrap_or(LAST).min(LAST));
        for year in from.year()..=to.year() {
            let safer = 1.0 - f64::from(year - 2004) * 0.032;
            let risk = if p.risks & risk::NOISE != 0 { 0.2 } else { 0.075 };
            let day = Day::of(year, 1, 1).plus(rng.range(0, 360));
            if rng.chance(risk * safer) && day > from && day.plus(3) < to {
                cases.push(accident(rng, who, p, day));
            }
        }
    }
    cases.sort_by_key(|c| (c.day, c.who));
    let (mut year, mut n) = (0, 0);
    for case in &mut cases {
        n = if case.day.year() == year { n + 1 } else { 1 };
        year = case.day.year();
        // The numbering changed when the new system came.
        case.number = if year < 2009 { format!("{:02}-{n:03}", year % 100) } else { format!("HMW-{year}-{n:04}") };
    }
    cases
}

fn accident(rng: &mut Rng, who: usize, p: &Person, day: Day) -> Case {
    let weights: Vec<u32> = SCENARIOS
        .iter()
        .map(|s| match s.risks {
            // Hearing is lost by sensitive ears, after years.
            _ if s.illness == Some(5) && (p.ears < 1.5 || p.hire.years_to(day) < 6.0) => 0,
            0 => s.weight,
            risks if risks & p.risks != 0 => s.weight,
            _ => 0,
        })
        .collect();
    let scenario = rng.weighted(&weights);
    let s = &SCENARIOS[scenario];
    let recordable = rng.below(100) < s.recordable as usize;
    let lost = |rng: &mut Rng, mean: i64, p: f64| {
        if mean > 0 && recordable && rng.chance(p) { rng.range(1, mean * 2) as u16 } else { 0 }
    };
    let part = rng.pick(s.parts);
    let days_away = lost(rng, s.days.0, 0.3);
    let days_restricted = lost(rng, s.days.1, 0.6);
    Case {
        who,
        scenario,
        number: String::new(),
        day,
        minute: rng.range(60, 286) * 5,
        reported: day.plus([0, 0, 0, 0, 1, 2][rng.below(6)]),
        location: if rng.chance(0.9) { DEPTS[p.dept].location } else { rng.below(9) },
        part,
        side: match part {
            "LBACK" | "UBACK" | "NECK" | "HEAD" | "LUNG" | "BODY" | "FACE" => "",
            "EAR" => "B",
            _ => rng.pick(&["L", "R"]),
        },
        recordable,
        days_away,
        days_restricted,
        follow_ups: if recordable { rng.below(4) } else { rng.below(2) },
    }
}

/// The case tables.
pub const TABLES: &[Table] =
    &[Table { ddl: CASEMASTER, fill: casemaster }, Table { ddl: CASECLINICHISTORY, fill: caseclinichistory }];

const CASEMASTER: &str = "CREATE TABLE `casemaster` (
  `case_id` int(11) NOT NULL AUTO_INCREMENT,
  `case_no` varchar(16) NOT NULL,
  `employee_id` int(11) NOT NULL,
  `case_type` enum('INJ','ILL','NEAR','PERS') NOT NULL DEFAULT 'INJ',
  `injury_dt` datetime NOT NULL DEFAULT '0000-00-00 00:00:00',
  `reported_dt` date DEFAULT NULL,
  `shift_began` time DEFAULT NULL,
  `location_id` int(11) DEFAULT NULL,
  `dept_code` char(4) DEFAULT NULL,
  `body_part_cd` varchar(5) DEFAULT NULL,
  `body_side` char(1) NOT NULL DEFAULT '',
  `nature_cd` char(2) DEFAULT NULL,
  `cause_cd` varchar(4) DEFAULT NULL,
  `icd10` varchar(10) DEFAULT NULL,
  `icd9` varchar(8) DEFAULT NULL,
  `description` text,
  `osha_recordable` char(1) NOT NULL DEFAULT 'N',
  `osha_class` tinyint(4) DEFAULT NULL COMMENT '1 injury 2 skin 3 resp 4 poison 5 hearing 6 other',
  `osha_log_year` year(4) DEFAULT NULL,
  `days_away` smallint(6) DEFAULT '0',
  `days_restricted` smallint(6) DEFAULT '0',
  `privacy_case` char(1) NOT NULL DEFAULT 'N',
  `wc_claim_no` varchar(20) DEFAULT NULL,
  `wc_reserve` decimal(10,2) DEFAULT NULL,
  `wc_paid` decimal(10,2) DEFAULT NULL,
  `supervisor_name` varchar(60) DEFAULT NULL,
  `supervisor_phone` varchar(24) DEFAULT NULL,
  `witness` varchar(60) DEFAULT NULL,
  `physician` varchar(60) DEFAULT NULL,
  `hospitalized` char(1) DEFAULT NULL,
  `closed_on` varchar(12) DEFAULT NULL COMMENT 'free-form date',
  `status_cd` char(1) NOT NULL DEFAULT 'O',
  `entered_by` int(11) DEFAULT NULL,
  PRIMARY KEY (`case_id`),
  UNIQUE KEY `uq_case_no` (`case_no`),
  KEY `ix_case_emp` (`employee_id`),
  KEY `ix_case_date` (`injury_dt`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='One row per injury/illness case'";

fn casemaster(w: &World, rows: &mut Rows) -> io::Result<()> {
    let rng = &mut w.rng("casemaster");
    for case in &w.cases {
        let (p, s) = (&w.people[case.who], case.scenario());
        let boss = &w.people[p.boss];
        let claim = case.recordable && rng.chance(0.7);
        let reserve = f64::from(case.days_away) * rng.normal(420.0, 60.0) + 350.0;
        let open = case.over() > LAST.plus(-120) || rng.chance(0.02);
        let closed = case.over().plus(rng.range(2, 60)).min(LAST);
        let unknown_time = rng.chance(0.06);
        let icd9 = case.day < Day::of(2015, 10, 1);
        rows.add(cells![
            rows.next_id(),
            &case.number,
            w.employee_id(rng, case.who),
            if s.illness.is_some() { "ILL" } else { "INJ" },
            if rng.chance(0.004) {
                "0000-00-00 00:00:00".to_owned()
            } else {
                case.day.at(if unknown_time { 0 } else { case.minute })
            },
            case.reported,
            rng.pick(&["07:00:00", "07:00:00", "15:30:00", "23:00:00"]),
            case.location + 1,
            DEPTS[p.dept].code,
            case.part,
            case.side,
            s.nature.0,
            s.cause.0,
            only(!icd9, s.icd10),
            only(icd9, rng.pick(&["847.2", "883.0", "930.0", "944.20", "692.9"])),
            notes::account(w, rng, case),
            yn(case.recordable),
            only(case.recordable, s.illness.unwrap_or(1)),
            only(case.recordable, case.day.year()),
            i64::from(case.days_away),
            i64::from(case.days_restricted),
            yn(s.nature.0 == "90"),
            only(claim, format!("WC{:02}{}", case.day.year() % 100, rng.digits(6))),
            only(claim, fixed(reserve, 2)),
            only(claim, fixed(reserve * rng.unit(), 2)),
            boss.name(),
            notes::phone(rng, &boss.phone),
            only(rng.chance(0.3), format!("{} {}", names::given(rng, true), names::surname(rng))),
            only(case.recordable, format!("Dr. {}", names::surname(rng))),
            yn(case.days_away > 25),
            only(!open, if rng.chance(0.3) { closed.oracle() } else { closed.us() }),
            if open { "O" } else { "C" },
            USERS.len() - rng.below(USERS.len()),
        ])?;
    }
    Ok(())
}

const CASECLINICHISTORY: &str = "CREATE TABLE `caseclinichistory` (
  `history_id` int(11) NOT NULL AUTO_INCREMENT,
  `case_id` int(11) NOT NULL,
  `visit_id` int(11) DEFAULT NULL,
  `service_date` date NOT NULL,
  `provider` varchar(40) DEFAULT NULL,
  `diagnosis` varchar(120) DEFAULT NULL,
  `treatment` text,
  `work_status` varchar(20) DEFAULT NULL,
  `next_visit` date DEFAULT NULL,
  `pain_scale` tinyint(4) DEFAULT NULL,
  PRIMARY KEY (`history_id`),
  KEY `fk_cch_case` (`case_id`),
  CONSTRAINT `fk_cch_case` FOREIGN KEY (`case_id`) REFERENCES `casemaster` (`case_id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4";

fn caseclinichistory(w: &World, rows: &mut Rows) -> io::Result<()> {
    let rng = &mut w.rng("caseclinichistory");
    for (n, v) in w.visits.iter().enumerate() {
        let Some(case_at) = v.case else { continue };
        let case = &w.cases[case_at];
        let status = match v.kind {
            Kind::Return => "FULL DUTY",
            _ if case.days_away > 0 => "OFF WORK",
            _ if case.days_restricted > 0 => "RESTRICTED",
            _ => rng.pick(&["FULL DUTY", "Full duty", "RTW"]),
        };
        rows.add(cells![
            rows.next_id(),
            case_at + 1,
            n + VISIT_BASE,
            v.day,
            USERS[v.nurse].name,
            case.scenario().diagnosis,
            notes::nurse_note(w, rng, v, &w.people[v.who]),
            status,
            only(v.kind != Kind::Return && rng.chance(0.6), v.day.plus(7).workday()),
            only(rng.chance(0.7), rng.range(0, 8)),
        ])?;
    }
    Ok(())
}
