//! Audiograms: thresholds that drift with age and noise, baselines, and standard threshold
//! shifts as OSHA counts them.

use std::io;

use super::dates::Day;
use super::dump::{Cell, Rows, Table, fixed, only, yn};
use super::notes;
use super::org::{USERS, risk};
use super::people::Person;
use super::random::Rng;
use super::world::{Kind, World};

/// The audiometry table.
pub const TABLES: &[Table] = &[Table { ddl: AUDIOMETRY, fill: audiometry }];

const AUDIOMETRY: &str = "CREATE TABLE `audiometry` (
  `audio_id` int(11) NOT NULL AUTO_INCREMENT,
  `employee_id` int(11) NOT NULL,
  `visit_id` int(11) DEFAULT NULL,
  `test_date` date NOT NULL,
  `test_time` time DEFAULT NULL,
  `test_reason` char(2) DEFAULT NULL COMMENT 'BL baseline, AN annual, RT retest, EX exit',
  `left_500` smallint(6) DEFAULT NULL,
  `left_1000` smallint(6) DEFAULT NULL,
  `left_2000` smallint(6) DEFAULT NULL,
  `left_3000` smallint(6) DEFAULT NULL,
  `left_4000` smallint(6) DEFAULT NULL,
  `left_6000` smallint(6) DEFAULT NULL,
  `left_8000` smallint(6) DEFAULT NULL,
  `right_500` smallint(6) DEFAULT NULL,
  `right_1000` smallint(6) DEFAULT NULL,
  `right_2000` smallint(6) DEFAULT NULL,
  `right_3000` smallint(6) DEFAULT NULL,
  `right_4000` smallint(6) DEFAULT NULL,
  `right_6000` smallint(6) DEFAULT NULL,
  `right_8000` smallint(6) DEFAULT NULL,
  `base_date` date DEFAULT NULL,
  `base_left_500` smallint(6) DEFAULT NULL,
  `base_left_1000` smallint(6) DEFAULT NULL,
  `base_left_2000` smallint(6) DEFAULT NULL,
  `base_left_3000` smallint(6) DEFAULT NULL,
  `base_left_4000` smallint(6) DEFAULT NULL,
  `base_left_6000` smallint(6) DEFAULT NULL,
  `base_left_8000` smallint(6) DEFAULT NULL,
  `base_right_500` smallint(6) DEFAULT NULL,
  `base_right_1000` smallint(6) DEFAULT NULL,
  `base_right_2000` smallint(6) DEFAULT NULL,
  `base_right_3000` smallint(6) DEFAULT NULL,
  `base_right_4000` smallint(6) DEFAULT NULL,
  `base_right_6000` smallint(6) DEFAULT NULL,
  `base_right_8000` smallint(6) DEFAULT NULL,
  `left_baseline` char(1) NOT NULL DEFAULT 'N',
  `right_baseline` char(1) NOT NULL DEFAULT 'N',
  `left_avg_234` decimal(5,1) DEFAULT NULL,
  `right_avg_234` decimal(5,1) DEFAULT NULL,
  `left_shift` decimal(5,1) DEFAULT NULL,
  `right_shift` decimal(5,1) DEFAULT NULL,
  `left_age_corr` float DEFAULT NULL,
  `right_age_corr` float DEFAULT NULL,
  `left_sts` char(1) NOT NULL DEFAULT 'N',
  `right_sts` char(1) NOT NULL DEFAULT 'N',
  `osha_recordable` char(1) NOT NULL DEFAULT 'N',
  `retest_due` date NOT NULL DEFAULT '0000-00-00',
  `left_bone_1000` smallint(6) DEFAULT NULL,
  `right_bone_1000` smallint(6) DEFAULT NULL,
  `hpd_type` enum('FOAM','PREMOLD','MUFF','DUAL','NONE') DEFAULT NULL,
  `hpd_nrr` tinyint(4) DEFAULT NULL,
  `hours_quiet` decimal(4,1) DEFAULT NULL COMMENT 'hours since noise exposure',
  `tinnitus` char(1) DEFAULT NULL,
  `cold_today` char(1) DEFAULT NULL,
  `hobby_noise` set('HUNTING','MUSIC','MOTORCYCLE','POWERTOOLS','MILITARY') DEFAULT NULL,
  `otoscopic_left` varchar(20) DEFAULT NULL,
  `otoscopic_right` varchar(20) DEFAULT NULL,
  `otoscopic_note` varchar(200) DEFAULT NULL,
  `audiometer_model` varchar(20) DEFAULT NULL,
  `audiometer_serial` varchar(12) DEFAULT NULL COMMENT 'leading zeros',
  `cal_date` date DEFAULT NULL,
  `booth_cd` char(2) NOT NULL DEFAULT '01',
  `tester_initials` char(3) DEFAULT NULL,
  `reviewed_by` int(11) DEFAULT NULL,
  `reviewed_on` varchar(12) DEFAULT NULL,
  `comments` text,
  PRIMARY KEY (`audio_id`),
  KEY `ix_audio_emp` (`employee_id`,`test_date`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='Thresholds in dB HL; 99 = no response'";

/// Thresholds of one ear at 500, 1000, 2000, 3000, 4000, 6000 and 8000 Hz.
type Ear = [i64; 7];

/// How much each frequency suffers from noise: the notch is at 4000 Hz.
const NOTCH: [f64; 7] = [0.12, 0.18, 0.4, 0.85, 1.1, 0.95, 0.7];
/// How much each frequency suffers from age, dB a year after thirty.
const AGEING: [f64; 7] = [0.1, 0.12, 0.22, 0.38, 0.5, 0.58, 0.65];

/// An ear measured on a day. A left ear is a little worse: most people shoot right-handed.
fn measure(seed: u64, who: usize, p: &Person, day: Day, left: bool) -> Ear {
    let own = &mut Rng::numbered(seed, if left { "left ear" } else { "right ear" }, who);
    let now = &mut Rng::numbered(seed, if left { "left now" } else { "right now" }, who);
    // The same numbers on the same day, whoever asks.
    let mut today = Rng::numbered(now.next(), "audiogram", day.number() as usize);
    let years = (p.hire.years_to(day) + 2.0).clamp(0.0, 30.0);
    let noise = p.ears * if left { 1.1 } else { 1.0 } * (years * 26.0 / (years + 11.0));
    let age = (p.birth.years_to(day) - 30.0).max(0.0);
    let level = own.normal(4.0, 4.0);
    let cold = if today.chance(0.02) { 10.0 } else { 0.0 };
    let mut ear = [0; 7];
    for (n, threshold) in ear.iter_mut().enumerate() {
        let here = own.normal(0.0, 4.0);
        let man = if p.man { 1.0 } else { 0.7 };
        let loss = noise * NOTCH[n] + age * AGEING[n] * man + cold;
        let db = level + here + loss + today.normal(0.0, 2.2);
        *threshold = ((db / 5.0) as i64 * 5).clamp(-10, 90);
    }
    ear
}

/// The mean of 2000, 3000 and 4000 Hz.
fn mean(ear: &Ear) -> f64 {
    (ear[2] + ear[3] + ear[4]) as f64 / 3.0
}

/// The reference audiogram of one person.
struct Baseline {
    day: Day,
    left: Ear,
    right: Ear,
}

/// What one test means against the baseline.
struct Verdict {
    shift: f64,
    corrected: f64,
    sts: bool,
}

fn judge(base: &Ear, ear: &Ear, years: f64) -> Verdict {
    let shift = mean(ear) - mean(base);
    let corrected = ((years * 0.38) * 10.0).floor() / 10.0;
    Verdict { shift, corrected, sts: shift - corrected >= 10.0 }
}

fn audiometry(w: &World, rows: &mut Rows) -> io::Result<()> {
    let rng = &mut w.rng("audiometry");
    let mut baselines: Vec<Option<Baseline>> = w.people.iter().map(|_| None).collect();
    let kinds = [Kind::Preplacement, Kind::Annual, Kind::Exit, Kind::Retest];
    let mut cells = Vec::with_capacity(66);
    for (visit_id, v, p) in w.visits_of(&kinds) {
        if p.risks & risk::NOISE == 0 || rng.chance(0.06) {
            continue;
        }
        let left = measure(w.seed, v.who, p, v.day, true);
        let right = measure(w.seed, v.who, p, v.day, false);
        let slot = &mut baselines[v.who];
        let first = slot.is_none();
        let base = slot.get_or_insert(Baseline { day: v.day, left, right });
        let years = base.day.years_to(v.day);
        let l = judge(&base.left, &left, years);
        let r = judge(&base.right, &right, years);
        let reason = match v.kind {
            _ if first => "BL",
            Kind::Retest => "RT",
            Kind::Exit => "EX",
            _ => "AN",
        };
        cells.clear();
        cells.extend([
            Cell::from(rows.next_id()),
            w.employee_id(rng, v.who).into(),
            only(rng.chance(0.97), visit_id),
            v.day.into(),
            format!("{:02}:{:02}:00", v.minute / 60, v.minute % 60).into(),
            reason.into(),
        ]);
        cells.extend(left.iter().chain(&right).map(|db| reading(rng, *db)));
        cells.push(only(!first, base.day));
        let reference = base.left.iter().chain(&base.right);
        cells.extend(reference.map(|db| only(!first, *db)));
        verdict(&mut cells, [&left, &right], [&l, &r], first, v.day);
        // A confirmed shift becomes the new reference.
        if v.kind == Kind::Retest && (l.sts || r.sts) {
            *base = Baseline { day: v.day, left, right };
        }
        booth(&mut cells, rng, p, v.day);
        cells.extend([
            USERS[v.nurse].initials.into(),
            only(rng.chance(0.7), 7 + rng.below(2)),
            only(rng.chance(0.7), v.day.plus(rng.range(0, 20)).us()),
            remark(w, rng, p, v.day, l.sts || r.sts),
        ]);
        rows.add(&cells)?;
    }
    Ok(())
}

/// The dial stops at 90; some could not hear even that, and a test is sometimes broken off.
fn reading(rng: &mut Rng, db: i64) -> Cell<'static> {
    match db {
        90 if rng.chance(0.3) => 99.into(),
        _ if rng.chance(0.001) => Cell::Null,
        _ => db.into(),
    }
}

fn verdict(cells: &mut Vec<Cell>, ears: [&Ear; 2], by: [&Verdict; 2], first: bool, day: Day) {
    let any = by[0].sts || by[1].sts;
    let bad = |n: usize| by[n].sts && mean(ears[n]) >= 25.0;
    cells.extend([
        yn(first).into(),
        yn(first).into(),
        fixed(mean(ears[0]), 1),
        fixed(mean(ears[1]), 1),
        only(!first, fixed(by[0].shift, 1)),
        only(!first, fixed(by[1].shift, 1)),
        only(!first, Cell::Float(by[0].corrected)),
        only(!first, Cell::Float(by[1].corrected)),
        yn(by[0].sts).into(),
        yn(by[1].sts).into(),
        yn(bad(0) || bad(1)).into(),
        if any { day.plus(30).into() } else { super::dump::NO_DATE.into() },
        // Bone conduction was never tested here.
        Cell::Null,
        Cell::Null,
    ]);
}

fn booth(cells: &mut Vec<Cell>, rng: &mut Rng, p: &Person, day: Day) {
    let (device, nrr) = [("FOAM", 29), ("FOAM", 33), ("PREMOLD", 25), ("MUFF", 27), ("DUAL", 36)][rng.below(5)];
    let quiet = rng.range(28, 130) as f64 / 2.0;
    let wax = rng.chance(0.07);
    let hobby = ["", "", "", "HUNTING", "POWERTOOLS", "HUNTING,MOTORCYCLE", "MUSIC", "MILITARY"];
    let calibrated = Day::of(day.year() - i32::from(day < Day::of(day.year(), 4, 1)), 3, 28);
    let model = match day.year() {
        ..2009 => ("MA-600", "0041877"),
        2009..2017 => ("OSCILLA SM930", "0090315"),
        _ => ("CCA-200 mini", "0002207"),
    };
    cells.extend([
        device.into(),
        nrr.into(),
        fixed(quiet, 1),
        yn(rng.chance(0.05 + 0.08 * p.ears)).into(),
        yn(rng.chance(0.04)).into(),
        only(rng.chance(0.9), hobby[rng.below(hobby.len())]),
        if wax { "CERUMEN" } else { "CLEAR" }.into(),
        if wax { rng.pick(&["CERUMEN", "CLEAR", "TM SCARRED"]) } else { rng.pick(&["CLEAR", "CLEAR", "clear", "WNL"]) }
            .into(),
        only(
            wax,
            rng.pick(&[
                "Impacted cerumen L; irrigate & retest before review",
                "Partial occlusion, TM visible",
                "Advised Debrox x 4 days, \"uses Q-tips\"",
            ]),
        ),
        model.0.into(),
        model.1.into(),
        calibrated.into(),
        "01".into(),
    ]);
}

fn remark(w: &World, rng: &mut Rng, p: &Person, day: Day, sts: bool) -> Cell<'static> {
    let template = if sts {
        rng.pick(&[
            "STS. {first} {last} notified in writing w/in 21 days; retest in 30 days.",
            "Shift noted, counselled on HPD fit; letter to {boss}.",
            "STS - hunts w/o protection per {spouse}. Refer ENT Dr. {doctor}.",
        ])
    } else if rng.chance(0.08) {
        rng.pick(&[
            "Poor historian, repeated instructions x2",
            "EE has cold today; consider retest",
            "Worked night shift in {his} area, no HPD worn in car",
            "{first} late, test rushed\nrepeat 6K",
        ])
    } else {
        return Cell::Null;
    };
    notes::tell(w, rng, template, p, day).into()
}
