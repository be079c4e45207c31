//! What twenty years leave behind: logs, forgotten copies, locks, caches and tables that never
//! held a row. A coordinator should see at a glance that these need no mapping.

use std::io;

use super::dates::{Day, FIRST, LAST};
use super::dump::{Cell, NO_DATE, Rows, Table, cells, fixed, only};
use super::notes;
use super::org::{DEPTS, USERS};
use super::world::World;

/// Tables nobody will migrate.
pub const TABLES: &[Table] = &[
    Table { ddl: AUDIT_LOG, fill: audit_log },
    Table { ddl: LOGIN_HISTORY, fill: login_history },
    Table { ddl: TMP_EXPORT_2011, fill: tmp_export_2011 },
    Table { ddl: ZZ_OLD_EMPLOYEE_BAK, fill: zz_old_employee_bak },
    Table { ddl: SYS_LOCK, fill: sys_lock },
    Table { ddl: SYS_CONFIG, fill: sys_config },
    Table { ddl: REPORT_CACHE, fill: report_cache },
    Table { ddl: RABIES, fill: nothing },
    Table { ddl: CHOLINESTERASE, fill: nothing },
    Table { ddl: FITNESS_CENTER, fill: nothing },
    Table { ddl: TUBER_LEAD, fill: nothing },
    Table { ddl: INTERFACE_QUEUE, fill: nothing },
];

#[allow(clippy::unnecessary_wraps)] // it stands where the others are
fn nothing(_: &World, _: &mut Rows) -> io::Result<()> {
    Ok(())
}

const RABIES: &str = "CREATE TABLE `rabies` (
  `perno` char(9) NOT NULL,
  `dose` tinyint(4) NOT NULL,
  `given_dt` date DEFAULT NULL,
  `titer` varchar(10) DEFAULT NULL,
  PRIMARY KEY (`perno`,`dose`)
) ENGINE=MyISAM DEFAULT CHARSET=latin1";

const CHOLINESTERASE: &str = "CREATE TABLE `cholinesterase` (
  `perno` char(9) NOT NULL,
  `test_dt` date NOT NULL,
  `rbc_che` decimal(6,2) DEFAULT NULL,
  `plasma_che` decimal(6,2) DEFAULT NULL,
  `pct_baseline` smallint(6) DEFAULT NULL
) ENGINE=MyISAM DEFAULT CHARSET=utf8mb4";

const FITNESS_CENTER: &str = "CREATE TABLE `fitness_center` (
  `perno` char(9) NOT NULL,
  `joined` date DEFAULT NULL,
  `waiver` char(1) DEFAULT NULL
) ENGINE=MyISAM DEFAULT CHARSET=utf8mb4";

const TUBER_LEAD: &str = "CREATE TABLE `tuber_lead` (
  `perno` char(9) NOT NULL,
  `pb` smallint(6) DEFAULT NULL,
  `zpp` smallint(6) DEFAULT NULL,
  `removal` char(1) DEFAULT NULL
) ENGINE=MyISAM DEFAULT CHARSET=utf8mb4";

const INTERFACE_QUEUE: &str = "CREATE TABLE `interface_queue` (
  `queue_id` bigint(20) unsigned NOT NULL AUTO_INCREMENT,
  `message` longtext,
  `queued_at` timestamp NULL DEFAULT NULL,
  `tries` int(11) NOT NULL DEFAULT '0',
  PRIMARY KEY (`queue_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4";

const AUDIT_LOG: &str = "CREATE TABLE `audit_log` (
  `audit_log_id` bigint(20) NOT NULL AUTO_INCREMENT,
  `logged_at` timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
  `user_id` int(11) DEFAULT NULL,
  `table_name` varchar(40) DEFAULT NULL,
  `row_id` int(11) DEFAULT NULL,
  `action` char(1) DEFAULT NULL,
  `old_value` varchar(120) DEFAULT NULL,
  `new_value` varchar(120) DEFAULT NULL,
  PRIMARY KEY (`audit_log_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4";

fn audit_log(w: &World, rows: &mut Rows) -> io::Result<()> {
    let rng = &mut w.rng("audit_log");
    let tables = ["employee", "clinicvisit", "audiometry", "casemaster", "immunizations"];
    let (total, span) = (11_000, i64::from(FIRST.days_to(LAST)));
    for n in 0..total {
        let day = FIRST.plus(n * span / total);
        let table = rng.pick(&tables);
        let change = rng.chance(0.3);
        let p = &w.people[rng.below(w.people.len())];
        rows.add(cells![
            n + 500_001,
            // Nothing in the hour a clock change could skip.
            day.at(rng.range(360, 1200)),
            rng.range(1, USERS.len() as i64),
            table,
            rng.range(1_001, 20_000),
            if change { "U" } else { rng.pick(&["I", "V", "V", "V", "D"]) },
            only(change, if table == "employee" { p.last.clone() } else { DEPTS[p.dept].code.to_owned() }),
            only(change, if table == "employee" { p.last.to_uppercase() } else { "0999".to_owned() }),
        ])?;
    }
    Ok(())
}

const LOGIN_HISTORY: &str = "CREATE TABLE `login_history` (
  `login` varchar(20) NOT NULL,
  `at` datetime NOT NULL,
  `ip` varchar(15) DEFAULT NULL,
  `ok` bit(1) NOT NULL DEFAULT b'1'
) ENGINE=MyISAM DEFAULT CHARSET=utf8mb4";

fn login_history(w: &World, rows: &mut Rows) -> io::Result<()> {
    let rng = &mut w.rng("login_history");
    for back in (0..700).rev() {
        let day = LAST.plus(-back);
        if day.workday() != day {
            continue;
        }
        for user in USERS.iter().filter(|u| u.years.1 >= day.year()) {
            if rng.chance(0.7) {
                let at = day.at(rng.range(390, 560));
                let ip = format!("10.20.{}.{}", rng.below(4), 20 + rng.below(90));
                rows.add(cells![user.login, at, ip, !rng.chance(0.02)])?;
            }
        }
    }
    Ok(())
}

const TMP_EXPORT_2011: &str = "CREATE TABLE `tmp_export_2011` (
  `f1` varchar(255) DEFAULT NULL,
  `f2` varchar(255) DEFAULT NULL,
  `f3` varchar(255) DEFAULT NULL,
  `f4` varchar(255) DEFAULT NULL,
  `f5` varchar(255) DEFAULT NULL,
  `f6` varchar(255) DEFAULT NULL
) ENGINE=MyISAM DEFAULT CHARSET=latin1";

fn tmp_export_2011(w: &World, rows: &mut Rows) -> io::Result<()> {
    rows.add(cells!["EMPNO", "NAME", "DOB", "LAST AUDIO", "DEPT", ""])?;
    let rng = &mut w.rng("tmp_export_2011");
    let then = Day::of(2011, 6, 30);
    for p in w.people.iter().filter(|p| p.hire < then && p.term.is_none_or(|t| t > then)) {
        let name = format!("{}, {}", p.last, p.given);
        rows.add(cells![
            p.perno.trim_start_matches('0'),
            // Letters latin1 does not have came out as question marks.
            name.chars().map(|c| if u32::from(c) < 256 { c } else { '?' }).collect::<String>(),
            p.birth.us_short(),
            only(rng.chance(0.6), then.plus(-rng.range(1, 400)).us_short()),
            DEPTS[p.dept].code.trim_start_matches('0'),
            "",
        ])?;
    }
    Ok(())
}

const ZZ_OLD_EMPLOYEE_BAK: &str = "CREATE TABLE `zz_old_employee_bak` (
  `employee_id` int(11) NOT NULL DEFAULT '0',
  `mrn` varchar(12) DEFAULT NULL,
  `last_name` varchar(50) DEFAULT NULL,
  `first_name` varchar(40) DEFAULT NULL,
  `ssn` varchar(11) DEFAULT NULL,
  `birth_date` date DEFAULT NULL,
  `hire_date` date DEFAULT '0000-00-00',
  `home_phone` varchar(24) DEFAULT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='copy before conversion 11/2013 - delete after 1/2014'";

fn zz_old_employee_bak(w: &World, rows: &mut Rows) -> io::Result<()> {
    let rng = &mut w.rng("zz_old_employee_bak");
    for p in w.people.iter().filter(|p| p.hire < Day::of(2013, 11, 1)) {
        rows.add(cells![
            p.id,
            &p.mrn,
            p.last.to_uppercase(),
            p.given.to_uppercase(),
            &p.ssn,
            p.birth,
            if rng.chance(0.1) { NO_DATE.to_owned() } else { p.hire.iso() },
            notes::phone(rng, &p.phone),
        ])?;
    }
    Ok(())
}

const SYS_LOCK: &str = "CREATE TABLE `sys_lock` (
  `lock_name` varchar(30) NOT NULL,
  `held_by` varchar(40) DEFAULT NULL,
  `since` datetime DEFAULT NULL,
  PRIMARY KEY (`lock_name`)
) ENGINE=MEMORY DEFAULT CHARSET=utf8mb4";

fn sys_lock(_: &World, rows: &mut Rows) -> io::Result<()> {
    rows.add(cells!["NIGHTLY", "HBAPP01:4412", LAST.plus(-31).at(121)])
}

const SYS_CONFIG: &str = "CREATE TABLE `sys_config` (
  `cfg_key` varchar(40) NOT NULL,
  `cfg_value` text,
  PRIMARY KEY (`cfg_key`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4";

fn sys_config(_: &World, rows: &mut Rows) -> io::Result<()> {
    let settings = [
        ("app.version", "6.0 SP4c - rev 79885"),
        ("audio.sts.method", "OSHA-AGE"),
        ("clinic.hours", "{\"mon-fri\":[\"06:30\",\"17:00\"],\"sat\":null}"),
        ("letter.footer", "Harbor Marine Works\nOccupational Health Clinic\n79 Depot Street"),
        ("path.scans", "\\\\HBFS01\\clinic\\scans\\"),
        ("pft.predicted", "NHANES III"),
    ];
    for (key, value) in settings {
        rows.add(cells![key, value])?;
    }
    Ok(())
}

const REPORT_CACHE: &str = "CREATE TABLE `report_cache` (
  `report_id` int(11) NOT NULL,
  `params` text COMMENT 'JSON',
  `payload` longblob,
  `built_at` datetime DEFAULT NULL,
  `seconds` float DEFAULT NULL,
  `pages` decimal(6,0) DEFAULT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4";

fn report_cache(w: &World, rows: &mut Rows) -> io::Result<()> {
    let rng = &mut w.rng("report_cache");
    for _ in 0..48 {
        let day = LAST.plus(-rng.range(0, 90));
        let payload: Vec<u8> = (0..rng.range(60, 400)).map(|_| rng.below(256) as u8).collect();
        rows.add(cells![
            rng.range(1, 30),
            format!("{{\"from\":\"{}\",\"dept\":[\"{}\"],\"fmt\":\"pdf\"}}", day.iso(), DEPTS[rng.below(30)].code),
            Cell::Bytes(payload.into()),
            day.at(rng.range(360, 1000)),
            Cell::Float(rng.range(1, 400) as f64 / 8.0),
            fixed(rng.range(1, 40) as f64, 0),
        ])?;
    }
    Ok(())
}
