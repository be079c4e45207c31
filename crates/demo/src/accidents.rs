//! Injuries and illnesses: what happens to whom.

use super::dates::{Day, FIRST, LAST};
use super::org::{DEPTS, risk};
use super::people::Person;
use super::random::Rng;

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
