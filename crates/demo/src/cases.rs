//! The case tables.

use std::io;

use super::dates::{Day, LAST};
use super::dump::{Rows, Table, cells, fixed, only, yn};
use super::names;
use super::notes;
use super::org::{DEPTS, USERS};
use super::world::{Kind, VISIT_BASE, World};

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
