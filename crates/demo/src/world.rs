//! The history every table is written from: who worked where, who came to the clinic and when.

use super::accidents::{self, Case};
use super::dates::{Day, FIRST, LAST};
use super::org::{self, risk};
use super::people::{self, Person};
use super::random::Rng;

/// Why somebody came to the clinic.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Before starting work.
    Preplacement,
    /// Yearly surveillance.
    Annual,
    /// On leaving.
    Exit,
    /// First treatment of an injury.
    Injury,
    /// Follow-up of an injury.
    FollowUp,
    /// Return to work after lost time.
    Return,
    /// Not work related.
    Sick,
    /// Vaccination.
    Shot,
    /// Tuberculosis test.
    Tb,
    /// Commercial driver's examination.
    Dot,
    /// Drug or alcohol test.
    Drug,
    /// Repeat audiogram.
    Retest,
}

/// One visit.
pub struct Visit {
    /// Place in [`World::people`].
    pub who: usize,
    /// The day.
    pub day: Day,
    /// Minutes past midnight.
    pub minute: i64,
    /// The reason.
    pub kind: Kind,
    /// Place in [`org::USERS`].
    pub nurse: usize,
    /// Place in [`World::cases`], for injuries.
    pub case: Option<usize>,
}

/// The whole invented history.
pub struct World {
    /// The seed everything comes from.
    pub seed: u64,
    /// Everybody, in order of employee number.
    pub people: Vec<Person>,
    /// Every visit, in order of date; `visit_id` is the place here plus [`VISIT_BASE`].
    pub visits: Vec<Visit>,
    /// Every injury and illness case, in order of date.
    pub cases: Vec<Case>,
}

/// Added to a visit's place to make its number.
pub const VISIT_BASE: usize = 100_001;

impl World {
    /// Builds the history of a seed.
    pub fn new(seed: u64) -> Self {
        let people = people::hire(seed);
        let cases = accidents::happen(seed, &people);
        let mut visits = Vec::with_capacity(20_000);
        for who in 0..people.len() {
            routine(seed, &people, who, &mut visits);
        }
        treated(seed, &people, &cases, &mut visits);
        visits.sort_by_key(|v| (v.day, v.minute, v.who));
        Self { seed, people, visits, cases }
    }

    /// The table's own stream of numbers.
    pub fn rng(&self, table: &str) -> Rng {
        Rng::named(self.seed, table)
    }

    /// The number that links a row to its employee. A few point to nobody: the person was
    /// deleted, or the number belongs to the old system.
    pub fn employee_id(&self, rng: &mut Rng, who: usize) -> i64 {
        if rng.chance(0.0015) { rng.range(90_001, 90_060) } else { self.people[who].id }
    }

    /// The same link by the old system's nine-digit personnel number.
    pub fn perno(&self, rng: &mut Rng, who: usize) -> String {
        if rng.chance(0.002) { format!("0009{}", rng.digits(5)) } else { self.people[who].perno.clone() }
    }

    /// Visits of these kinds, with their numbers.
    pub fn visits_of<'a>(&'a self, kinds: &'a [Kind]) -> impl Iterator<Item = (i64, &'a Visit, &'a Person)> {
        self.visits
            .iter()
            .enumerate()
            .filter(|(_, v)| kinds.contains(&v.kind))
            .map(|(n, v)| ((n + VISIT_BASE) as i64, v, &self.people[v.who]))
    }

    /// Surveillance visits of people with one of these risks.
    pub fn checks(&self, risks: u16) -> impl Iterator<Item = (i64, &Visit, &Person)> {
        self.visits_of(&[Kind::Preplacement, Kind::Annual, Kind::Exit]).filter(move |(_, _, p)| p.risks & risks != 0)
    }
}

/// A clinician who worked here on that day.
pub fn clinician(rng: &mut Rng, day: Day) -> usize {
    loop {
        let n = rng.below(org::CLINICIANS);
        let (first, last) = org::USERS[n].years;
        if (first..=last).contains(&day.year()) {
            return n;
        }
    }
}

fn hour(rng: &mut Rng) -> i64 {
    (rng.normal(600.0, 90.0) as i64).clamp(390, 1010) / 5 * 5
}

fn routine(seed: u64, people: &[Person], who: usize, visits: &mut Vec<Visit>) {
    let person = &people[who];
    let rng = &mut Rng::numbered(seed, "routine", who);
    let from = person.hire.max(FIRST);
    let to = person.term.unwrap_or(LAST);
    let mut add = |rng: &mut Rng, day: Day, kind: Kind| {
        if day >= FIRST && day <= LAST {
            visits.push(Visit { who, day, minute: hour(rng), kind, nurse: clinician(rng, day), case: None });
        }
    };
    if person.hire >= FIRST && rng.chance(0.93) {
        let day = person.hire.plus(-rng.range(2, 21)).workday();
        add(rng, day, Kind::Preplacement);
    }
    let watched = person.risks & !risk::EYES & !risk::DRIVER & !risk::BLOOD != 0;
    let month_day = rng.range(0, 330);
    for year in from.year()..=to.year() {
        // Half the yearly visits stopped in the spring of 2020.
        let kept = if year == 2020 { 0.5 } else { 0.9 };
        let mut on = |rng: &mut Rng, day_of_year: i64, kind: Kind| {
            let day = Day::of(year, 1, 2).plus(day_of_year).workday();
            if day > from && day < to {
                add(rng, day, kind);
            }
        };
        let around = (month_day + rng.range(-25, 25)).clamp(0, 355);
        if watched && rng.chance(kept) {
            on(rng, around, Kind::Annual);
            if person.risks & risk::NOISE != 0 && rng.chance(0.07) {
                let later = around + rng.range(14, 30);
                on(rng, later, Kind::Retest);
            }
        }
        if rng.chance(if year == 2021 { 0.5 } else { 0.24 }) {
            let autumn = rng.range(265, 325);
            on(rng, autumn, Kind::Shot);
        }
        if person.risks & risk::BLOOD != 0 && rng.chance(0.85) {
            on(rng, (around + 60) % 350, Kind::Tb);
        }
        if person.risks & risk::DRIVER != 0 && (year + who as i32) % 2 == 0 {
            on(rng, (around + 90) % 350, Kind::Dot);
        }
        if person.sensitive() && rng.chance(0.12) {
            let any = rng.range(0, 355);
            on(rng, any, Kind::Drug);
        }
        if rng.chance(0.16) {
            let any = rng.range(0, 355);
            on(rng, any, Kind::Sick);
        }
    }
    if person.term.is_some_and(|t| t > FIRST) && watched && rng.chance(0.55) {
        let day = to.plus(-rng.range(0, 4));
        add(rng, day, Kind::Exit);
    }
}

fn treated(seed: u64, people: &[Person], cases: &[Case], visits: &mut Vec<Visit>) {
    for (n, case) in cases.iter().enumerate() {
        let rng = &mut Rng::numbered(seed, "treated", n);
        let last = people[case.who].term.unwrap_or(LAST).min(LAST);
        let mut day = case.reported;
        let nurse = clinician(rng, day);
        let mut add = |rng: &mut Rng, day: Day, kind: Kind| {
            if day <= last {
                visits.push(Visit {
                    who: case.who,
                    day,
                    minute: hour(rng),
                    kind,
                    nurse: if org::USERS[nurse].years.1 >= day.year() { nurse } else { clinician(rng, day) },
                    case: Some(n),
                });
            }
        };
        add(rng, day, Kind::Injury);
        for _ in 0..case.follow_ups {
            day = day.plus(rng.range(3, 12)).workday();
            add(rng, day, Kind::FollowUp);
        }
        if case.days_away > 0 {
            let back = case.day.plus(i64::from(case.days_away) + 1).workday();
            add(rng, back, Kind::Return);
        }
    }
}
