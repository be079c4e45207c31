//! The rest of what follows an incident: lost time, restrictions, treatment plans and the
//! incident log of the old system.

use std::io;

use super::accidents::Case;
use super::dates::{Day, LAST};
use super::dump::{NO_DATE, Rows, Table, cells, only, yn};
use super::names;
use super::notes;
use super::org::{DEPTS, JOBS, LOCATIONS, USERS};
use super::world::World;

/// Tables about incidents.
pub const TABLES: &[Table] = &[
    Table { ddl: EMPLOYEELOSTTIME, fill: employeelosttime },
    Table { ddl: EMPLOYEERESTRICTIONS, fill: employeerestrictions },
    Table { ddl: INCIDENTLOGDEMOGRAPHICS, fill: incidentlogdemographics },
    Table { ddl: LOGEVENTS, fill: logevents },
    Table { ddl: TREATPLAN, fill: treatplan },
];

const EMPLOYEELOSTTIME: &str = "CREATE TABLE `employeelosttime` (
  `losttime_id` int(11) NOT NULL AUTO_INCREMENT,
  `employee_id` int(11) NOT NULL,
  `case_id` int(11) DEFAULT NULL,
  `absence_type` char(2) NOT NULL COMMENT 'WC work comp, ST short term, FM FMLA, PR personal',
  `first_day` date NOT NULL,
  `last_day` date NOT NULL DEFAULT '0000-00-00' COMMENT '0000-00-00 = still out',
  `calendar_days` smallint(6) DEFAULT NULL,
  `paid_pct` decimal(5,2) DEFAULT NULL,
  `rtw_type` varchar(10) DEFAULT NULL,
  `comments` varchar(255) DEFAULT NULL,
  PRIMARY KEY (`losttime_id`),
  KEY `ix_lt_emp` (`employee_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4";

fn employeelosttime(w: &World, rows: &mut Rows) -> io::Result<()> {
    let rng = &mut w.rng("employeelosttime");
    for (n, case) in w.cases.iter().enumerate().filter(|(_, c)| c.days_away > 0) {
        let last = case.day.plus(i64::from(case.days_away));
        let out = last > LAST || rng.chance(0.01);
        rows.add(cells![
            rows.next_id(),
            w.employee_id(rng, case.who),
            n + 1,
            "WC",
            case.day.plus(1),
            if out { NO_DATE.to_owned() } else { last.iso() },
            only(!out, i64::from(case.days_away)),
            super::dump::fixed(66.67, 2),
            only(!out, if case.days_restricted > 0 { "LIGHT" } else { "FULL" }),
            only(
                rng.chance(0.3),
                notes::tell(w, rng, "Off per Dr. {doctor}; {bossfirst} notified {date}", &w.people[case.who], case.day)
            ),
        ])?;
    }
    for (n, p) in w.people.iter().enumerate() {
        if !rng.chance(0.25) {
            continue;
        }
        let first = p.hire.max(super::dates::FIRST).plus(rng.range(100, 3000));
        if first > p.term.unwrap_or(LAST) {
            continue;
        }
        let days = rng.range(3, 84);
        rows.add(cells![
            rows.next_id(),
            w.employee_id(rng, n),
            only(false, 0),
            rng.pick(&["ST", "ST", "FM", "PR"]),
            first,
            first.plus(days - 1),
            days,
            super::dump::fixed(60.0, 2),
            rng.pick(&["FULL", "FULL", "LIGHT", ""]),
            only(rng.chance(0.2), rng.pick(&["maternity", "surgery, non-occ", "FMLA - care of parent", "see HR"])),
        ])?;
    }
    Ok(())
}

const EMPLOYEERESTRICTIONS: &str = "CREATE TABLE `employeerestrictions` (
  `restriction_id` int(11) NOT NULL AUTO_INCREMENT,
  `employee_id` int(11) NOT NULL,
  `case_id` int(11) DEFAULT NULL,
  `restriction_text` varchar(400) NOT NULL,
  `max_lift_lb` smallint(6) DEFAULT NULL,
  `start_date` date DEFAULT NULL,
  `end_date` date DEFAULT NULL,
  `permanent` bit(1) NOT NULL DEFAULT b'0',
  `work_related` char(1) DEFAULT NULL,
  `provider_name` varchar(60) DEFAULT NULL,
  `accommodated` enum('YES','NO','PARTIAL','') NOT NULL DEFAULT '',
  `supv_notified` char(1) NOT NULL DEFAULT 'Y',
  PRIMARY KEY (`restriction_id`),
  KEY `ix_restr_emp` (`employee_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4";

const LASTING: &[(&str, Option<i64>)] = &[
    ("No lifting over 20 lb; no ladder work", Some(20)),
    ("No respirator use", None),
    ("Must wear corrective lenses", None),
    ("No work at heights > 6 ft (seizure hx)", None),
    ("Daylight driving only", None),
    ("No overtime > 48 hrs/wk", None),
    ("Lift 35# occas., 20# freq.", Some(35)),
    ("Hearing protection at all times; no work > 100 dBA", None),
];

fn employeerestrictions(w: &World, rows: &mut Rows) -> io::Result<()> {
    let rng = &mut w.rng("employeerestrictions");
    for (n, case) in w.cases.iter().enumerate() {
        if case.days_restricted == 0 {
            continue;
        }
        let text = case.scenario().restriction;
        let start = case.day.plus(i64::from(case.days_away) + 1);
        rows.add(cells![
            rows.next_id(),
            w.employee_id(rng, case.who),
            n + 1,
            text,
            only(text.contains("20 lb"), 20),
            start,
            start.plus(i64::from(case.days_restricted)),
            false,
            "Y",
            format!("Dr. {}", names::surname(rng)),
            rng.pick(&["YES", "YES", "YES", "PARTIAL", "NO", ""]),
            yn(rng.chance(0.97)),
        ])?;
    }
    for (n, p) in w.people.iter().enumerate() {
        if !rng.chance(0.13) {
            continue;
        }
        let (text, lift) = LASTING[rng.below(LASTING.len())];
        let start = p.hire.max(super::dates::FIRST).plus(rng.range(0, 1500)).min(LAST);
        let permanent = rng.chance(0.6);
        rows.add(cells![
            rows.next_id(),
            w.employee_id(rng, n),
            only(false, 0),
            text,
            lift,
            // Only the year was known when the paper charts were keyed in.
            if rng.chance(0.06) { format!("{}-00-00", start.year()) } else { start.iso() },
            only(!permanent, start.plus(rng.range(30, 300))),
            permanent,
            rng.pick(&["N", "N", "Y", ""]),
            only(rng.chance(0.7), USERS[6 + rng.below(3)].name),
            rng.pick(&["YES", "YES", ""]),
            yn(rng.chance(0.8)),
        ])?;
    }
    Ok(())
}

const INCIDENTLOGDEMOGRAPHICS: &str = "CREATE TABLE `incidentlogdemographics` (
  `logno` char(10) NOT NULL COMMENT 'OHM log number, leading zeros significant',
  `perno` char(9) NOT NULL,
  `ssn` varchar(11) DEFAULT NULL,
  `name_at_event` varchar(80) DEFAULT NULL COMMENT 'LAST, FIRST M',
  `birth_dt` varchar(10) DEFAULT NULL,
  `sex` char(1) DEFAULT NULL,
  `job_title` varchar(60) DEFAULT NULL,
  `dept_name` varchar(60) DEFAULT NULL,
  `home_addr` varchar(120) DEFAULT NULL,
  `home_zip` varchar(10) DEFAULT NULL,
  `event_dt` varchar(12) DEFAULT NULL,
  `event_place` varchar(80) DEFAULT NULL,
  `medgate_case_no` varchar(16) DEFAULT NULL,
  PRIMARY KEY (`logno`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4";

/// The old system's log stopped when the new one took over.
fn in_old_log(case: &Case) -> bool {
    case.day < Day::of(2013, 11, 1)
}

fn incidentlogdemographics(w: &World, rows: &mut Rows) -> io::Result<()> {
    let rng = &mut w.rng("incidentlogdemographics");
    for case in w.cases.iter().filter(|c| in_old_log(c)) {
        let p = &w.people[case.who];
        let initial = p.middle.chars().next().map_or(String::new(), |c| format!(" {c}"));
        rows.add(cells![
            format!("{:010}", rows.next_id() * 3 + 1200),
            w.perno(rng, case.who),
            only(rng.chance(0.8), &p.ssn),
            format!("{}, {}{initial}", p.last.to_uppercase(), p.given.to_uppercase()),
            p.birth.us(),
            if p.man { "1" } else { "2" },
            JOBS[p.job].1,
            DEPTS[p.dept].name,
            format!("{}, {} {}", p.street, p.town.0, p.town.1),
            // The spreadsheet it went through took the leading zero away.
            p.town.2.trim_start_matches('0'),
            if case.day.year() < 2007 { case.day.oracle() } else { case.day.us() },
            LOCATIONS[case.location][1],
            only(rng.chance(0.95), &case.number),
        ])?;
    }
    Ok(())
}

const LOGEVENTS: &str = "CREATE TABLE `logevents` (
  `logno` char(10) NOT NULL,
  `seq` tinyint(3) unsigned NOT NULL,
  `event_cd` char(3) NOT NULL,
  `event_dt` date DEFAULT NULL,
  `minutes` smallint(6) DEFAULT NULL,
  `remark` varchar(255) DEFAULT NULL,
  `entered_by` char(3) DEFAULT NULL,
  PRIMARY KEY (`logno`,`seq`)
) ENGINE=MyISAM DEFAULT CHARSET=utf8mb4";

const EVENTS: &[(&str, &str)] = &[
    ("RPT", "Reported to clinic"),
    ("SUP", "Supervisor {boss} notified, {bossphone}"),
    ("TRT", "First aid given"),
    ("INV", "Investigation form sent to {bossfirst}"),
    ("PHN", "Called EE at home {phone}, spoke with {spouse}"),
    ("CLO", "Closed"),
];

fn logevents(w: &World, rows: &mut Rows) -> io::Result<()> {
    let rng = &mut w.rng("logevents");
    let mut log = 0;
    for case in w.cases.iter().filter(|c| in_old_log(c)) {
        log += 1;
        let p = &w.people[case.who];
        let mut day = case.reported;
        for (seq, (code, remark)) in EVENTS.iter().enumerate() {
            if rng.chance(0.25) && seq > 0 {
                continue;
            }
            rows.add(cells![
                format!("{:010}", log * 3 + 1200),
                seq + 1,
                *code,
                day,
                only(*code == "TRT", rng.range(1, 9) * 5),
                notes::tell(w, rng, remark, p, day),
                USERS[rng.below(6)].initials,
            ])?;
            day = day.plus(rng.range(0, 6)).workday();
        }
    }
    Ok(())
}

const TREATPLAN: &str = "CREATE TABLE `treatplan` (
  `plan_id` int(11) NOT NULL AUTO_INCREMENT,
  `perno` char(9) NOT NULL,
  `case_no` varchar(16) DEFAULT NULL,
  `plan_date` date DEFAULT NULL,
  `goal` varchar(200) DEFAULT NULL,
  `plan_text` text,
  `visits_auth` tinyint(4) DEFAULT NULL,
  `therapist` varchar(60) DEFAULT NULL,
  `status` set('NEW','ACTIVE','HOLD','DONE') NOT NULL DEFAULT 'NEW',
  PRIMARY KEY (`plan_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4";

const PLANS: &[(&str, &str)] = &[
    ("Return to full duty", "1) PT 3x/wk x 4 wks\n2) Home exercise program\n3) Recheck w/ MD {next}"),
    ("Pain free grip", "Splint nights; {drug} prn; ergonomic eval of {first}'s bench w/ {bossfirst}"),
    ("Wound healed w/o infection", "Dressing change daily in clinic; suture removal {next}"),
    (
        "Baseline + 6 wk + 3 mo + 6 mo serology",
        "BBP protocol. HIV/HCV/HBsAb drawn. Counselled \"safe sex\" precautions incl. {spouse}.",
    ),
];

fn treatplan(w: &World, rows: &mut Rows) -> io::Result<()> {
    let rng = &mut w.rng("treatplan");
    for case in w.cases.iter().filter(|c| c.follow_ups > 0) {
        let p = &w.people[case.who];
        let (goal, plan) = match case.scenario().nature.0 {
            "90" => PLANS[3],
            "07" | "04" => PLANS[2],
            "73" => PLANS[1],
            _ => PLANS[0],
        };
        let day = case.reported.plus(rng.range(0, 4));
        rows.add(cells![
            rows.next_id(),
            w.perno(rng, case.who),
            &case.number,
            day,
            goal,
            notes::tell(w, rng, plan, p, day),
            only(goal == PLANS[0].0, 12),
            only(rng.chance(0.5), format!("{} {}, PT", names::given(rng, false), names::surname(rng))),
            if case.over() > LAST.plus(-60) { "ACTIVE" } else { rng.pick(&["DONE", "DONE", "ACTIVE,HOLD", "NEW"]) },
        ])?;
    }
    Ok(())
}
