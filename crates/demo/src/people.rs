//! Invents the employees, a few of them entered twice.

use super::dates::{Day, FIRST, LAST};
use super::names::{self, OWN_SCRIPT};
use super::org::{DEPTS, JOBS};
use super::random::Rng;

/// How many different people there are, and how many of them were entered a second time.
pub const PEOPLE: usize = 1_990;
/// Second records of somebody already there.
pub const TWICE: usize = 16;

/// One employee record.
#[derive(Clone)]
pub struct Person {
    /// `employee.employee_id`
    pub id: i64,
    /// Medical record number, usually `H` and six digits.
    pub mrn: String,
    /// Personnel number of the old system: nine digits with leading zeros.
    pub perno: String,
    /// Badge: six digits with leading zeros.
    pub badge: String,
    /// Given name.
    pub given: String,
    /// Middle name or initial.
    pub middle: String,
    /// Surname.
    pub last: String,
    /// A man; the clinic knew two sexes.
    pub man: bool,
    /// The code on the record, which is not always M or F.
    pub sex: &'static str,
    /// Race and ethnicity codes.
    pub codes: (&'static str, &'static str),
    /// Marital status code.
    pub marital: &'static str,
    /// Date of birth.
    pub birth: Day,
    /// First day of work.
    pub hire: Day,
    /// Last day of work.
    pub term: Option<Day>,
    /// Place in [`DEPTS`].
    pub dept: usize,
    /// Place in [`JOBS`].
    pub job: usize,
    /// What the department exposes this person to.
    pub risks: u16,
    /// Place of the supervisor in the list of people.
    pub boss: usize,
    /// Social security number of a series that is never issued (9xx).
    pub ssn: String,
    /// Town, state and ZIP.
    pub town: Town,
    /// Street address.
    pub street: String,
    /// Home telephone, ten digits.
    pub phone: String,
    /// Spouse's given name.
    pub spouse: Option<&'static str>,
    /// Height in inches.
    pub height: f64,
    /// Body mass index on hiring.
    pub bmi: f64,
    /// Packs a day, 0 for those who do not smoke.
    pub packs: f64,
    /// How easily noise harms this person's ears: around 1.
    pub ears: f64,
    /// Lungs against the predicted value: around 1.
    pub lungs: f64,
    /// Systolic pressure on hiring.
    pub systolic: f64,
}

/// Town, state and ZIP; the area code goes with it.
pub type Town = (&'static str, &'static str, &'static str, &'static str);

const TOWNS: &[Town] = &[
    ("Bath", "ME", "04530", "207"),
    ("Brunswick", "ME", "04011", "207"),
    ("Portland", "ME", "04101", "207"),
    ("Topsham", "ME", "04086", "207"),
    ("Wiscasset", "ME", "04578", "207"),
    ("Lewiston", "ME", "04240", "207"),
    ("Kittery", "ME", "03904", "207"),
    ("Portsmouth", "NH", "03801", "603"),
    ("Dover", "NH", "03820", "603"),
    ("New Bedford", "MA", "02740", "508"),
    ("Fall River", "MA", "02721", "774"),
    ("Gloucester", "MA", "01930", "978"),
    ("Newport", "RI", "02840", "401"),
    ("Pascagoula", "MS", "39567", "228"),
    ("Mobile", "AL", "36602", "251"),
];

const STREETS: &[&str] = &[
    "High Street",
    "Washington St",
    "Front St.",
    "Lincoln Street",
    "Pleasant St",
    "Old County Rd",
    "Mill Pond Lane",
    "Cushing Avenue",
    "Harpswell Road",
    "Oak Grove Ave",
    "North Street",
    "Bluff Road",
    "Bayview Drive",
    "Elm St",
    "Ridge Rd",
    "Whiskeag Road",
    "Shore Drive",
    "King's Highway",
    "Berry's Mill Rd",
    "Fiddlehead Circle",
];

impl Person {
    /// Age in whole years on a day.
    pub fn age(&self, day: Day) -> i64 {
        self.birth.years_to(day) as i64
    }

    /// Given name and surname.
    pub fn name(&self) -> String {
        format!("{} {}", self.given, self.last)
    }

    /// Whether the job is subject to drug testing.
    pub fn sensitive(&self) -> bool {
        JOBS[self.job].3
    }

    /// Height in centimetres.
    pub fn cm(&self) -> f64 {
        self.height * 2.54
    }

    /// Body mass index on a day: most people gain a little every year.
    pub fn bmi_on(&self, day: Day) -> f64 {
        self.bmi + self.hire.years_to(day) * 0.13
    }
}

/// Invents everybody.
pub fn hire(seed: u64) -> Vec<Person> {
    let mut people: Vec<Person> = (0..PEOPLE).map(|n| one(seed, n)).collect();
    people.sort_by_key(|p| p.hire);
    let mut rng = Rng::named(seed, "second records");
    for _ in 0..TWICE {
        let first = rng.below(PEOPLE);
        let again = second_record(&mut rng, &people[first]);
        people.push(again);
    }
    for (n, person) in people.iter_mut().enumerate() {
        person.id = 1_001 + n as i64;
        if n < PEOPLE {
            person.mrn = format!("H{:06}", 4_000 + n * 3);
        }
    }
    let bosses: Vec<usize> = (0..people.len()).map(|n| boss_of(&mut rng, &people, n)).collect();
    for (person, boss) in people.iter_mut().zip(bosses) {
        person.boss = boss;
    }
    people
}

/// Somebody of the same department hired earlier; the first people there report to nobody
/// but themselves.
fn boss_of(rng: &mut Rng, people: &[Person], n: usize) -> usize {
    let dept = people[n].dept;
    let elders: Vec<usize> = (0..n.min(PEOPLE)).filter(|m| people[*m].dept == dept).take(6).collect();
    if elders.is_empty() { n } else { elders[rng.below(elders.len())] }
}

fn one(seed: u64, n: usize) -> Person {
    let rng = &mut Rng::numbered(seed, "person", n);
    let sizes: Vec<u32> = DEPTS.iter().map(|d| d.size).collect();
    let dept = rng.weighted(&sizes);
    let risks = DEPTS[dept].risks;
    let man = rng.chance(if risks & 1 == 0 { 0.52 } else { 0.84 });
    let name = names::invent(rng, man);
    let (hire, term) = career(rng);
    let birth = hire.plus(-(rng.normal(31.0, 8.5).clamp(18.2, 61.0) * 365.25) as i64);
    let town = TOWNS[rng.weighted(&[18, 14, 10, 9, 6, 7, 4, 4, 3, 5, 4, 3, 3, 6, 2])];
    let (given, last, man, race) = match OWN_SCRIPT.get(n / 190).filter(|_| n % 190 == 77) {
        Some((last, given, man, race)) => ((*given).to_owned(), (*last).to_owned(), *man, *race),
        None => (name.given.to_owned(), name.last, man, name.codes.0),
    };
    let married = rng.chance(0.55);
    Person {
        id: 0,
        mrn: String::new(),
        perno: format!("{:09}", 20_000 + n * 37),
        badge: format!("{:06}", 123 + n * 7),
        given,
        middle: name.middle,
        last,
        man,
        sex: sex_code(rng, man, hire),
        codes: (race, name.codes.1),
        marital: if married { "M" } else { rng.pick(&["S", "S", "S", "D", "W", "L", "T"]) },
        birth,
        hire,
        term,
        dept,
        job: DEPTS[dept].jobs[rng.below(DEPTS[dept].jobs.len())],
        risks,
        boss: 0,
        ssn: format!("9{}{:02}{}", rng.digits(2), rng.range(1, 49), rng.digits(4)),
        town,
        street: format!("{} {}", rng.range(1, 980), rng.pick(STREETS)),
        phone: format!("{}55501{}", town.3, rng.digits(2)),
        spouse: married.then(|| names::given(rng, !man)),
        height: if man { rng.normal(69.5, 2.8) } else { rng.normal(64.2, 2.6) },
        bmi: rng.normal(27.5, 4.2).clamp(18.0, 44.0),
        packs: if rng.chance(0.22) { 0.5 * rng.range(1, 4) as f64 } else { 0.0 },
        ears: rng.normal(1.0, 0.45).max(0.1),
        lungs: rng.normal(0.98, 0.1),
        systolic: rng.normal(122.0, 9.0),
    }
}

/// The old system wrote 1 and 2; some were carried over, some were never filled in.
fn sex_code(rng: &mut Rng, man: bool, hire: Day) -> &'static str {
    let old = hire < Day::of(2007, 1, 1) && rng.chance(0.3);
    match (rng.below(60), old, man) {
        (0, _, _) => "U",
        (1, _, _) => "",
        (_, true, true) => "1",
        (_, true, false) => "2",
        (_, _, true) => "M",
        (_, _, false) => "F",
    }
}

/// A quarter were here before the records begin. About half have left.
fn career(rng: &mut Rng) -> (Day, Option<Day>) {
    let hire = if rng.chance(0.22) {
        FIRST.plus(-rng.range(200, 9_000))
    } else {
        FIRST.plus(rng.range(1, i64::from(FIRST.days_to(LAST)) - 60))
    };
    // Many leave in the first years and the others stay long.
    let years = if rng.chance(0.55) { rng.unit() * 5.0 + 0.1 } else { 5.0 + rng.unit() * 30.0 };
    let end = hire.max(FIRST).plus((years * 365.25) as i64);
    (hire.workday(), (end < LAST).then_some(end.workday()))
}

/// The same person entered again, by somebody who did not look first.
fn second_record(rng: &mut Rng, first: &Person) -> Person {
    let mut again = first.clone();
    again.given = names::plain(&first.given);
    again.last = match rng.below(3) {
        0 => names::plain(&first.last),
        1 => first.last.to_uppercase(),
        _ => format!("{} ", first.last),
    };
    if again.given == first.given && again.last == first.last {
        again.given.truncate(again.given.floor_char_boundary(4));
    }
    again.middle = String::new();
    let digits = first.perno.trim_start_matches('0');
    again.mrn = match rng.below(4) {
        0 => format!("h{digits}"),
        1 => format!("H-{digits}"),
        2 => format!(" H0{digits}"),
        _ => digits.to_owned(),
    };
    // The badge is a new one; the number of the old system is the same, short of its zeros.
    again.badge = format!("{:06}", 20_000 + rng.below(900));
    digits.clone_into(&mut again.perno);
    let (y, m, d) = first.birth.parts();
    if d <= 12 && rng.chance(0.5) {
        again.birth = Day::of(y, d, m);
    }
    let since = first.hire.max(FIRST);
    again.hire = since.plus(rng.range(300, 900)).workday().min(LAST.plus(-90));
    again.term = first.term.map(|t| t.max(again.hire.plus(30)));
    again
}
