//! Employees and the company they work for.

use std::io;

use super::dates::{Day, FIRST, LAST};
use super::dump::{Cell, NO_DATE, Rows, Table, cells, fixed, only, yn};
use super::names;
use super::notes::{bitmap, phone};
use super::org::{DEPTS, JOBS, LOCATIONS, USERS, risk};
use super::people::Person;
use super::random::Rng;
use super::world::World;

/// Tables about people and the organisation.
pub const TABLES: &[Table] = &[
    Table { ddl: EMPLOYEE, fill: employee },
    Table { ddl: DEPARTMENT, fill: department },
    Table { ddl: LOCATION, fill: location },
    Table { ddl: JOB_CLASS, fill: job_class },
    Table { ddl: USERS_DDL, fill: users },
    Table { ddl: EMPLOYEEPHONE, fill: employeephone },
];

const EMPLOYEE: &str = "CREATE TABLE `employee` (
  `employee_id` int(11) NOT NULL AUTO_INCREMENT,
  `mrn` varchar(12) NOT NULL COMMENT 'Medical record number',
  `perno` varchar(9) DEFAULT NULL COMMENT 'OHM personnel number',
  `badge_no` char(6) DEFAULT NULL,
  `last_name` varchar(50) NOT NULL,
  `first_name` varchar(40) NOT NULL,
  `middle_name` varchar(30) DEFAULT NULL,
  `suffix` varchar(5) DEFAULT NULL,
  `nickname` varchar(30) NOT NULL DEFAULT '',
  `ssn` varchar(11) DEFAULT NULL,
  `birth_date` date DEFAULT NULL,
  `sex` char(1) DEFAULT NULL COMMENT 'M/F/U; 1/2 = converted from OHM',
  `race_cd` char(2) DEFAULT NULL,
  `ethnicity_cd` char(2) DEFAULT NULL,
  `marital_cd` char(1) DEFAULT NULL,
  `company_cd` char(3) NOT NULL DEFAULT 'HMW',
  `dept_id` int(11) DEFAULT NULL,
  `location_id` int(11) DEFAULT NULL,
  `job_class_id` int(11) DEFAULT NULL,
  `supervisor_id` int(11) DEFAULT NULL,
  `emp_status` enum('A','T','L','R') NOT NULL DEFAULT 'A' COMMENT 'Active/Terminated/Leave/Retired',
  `emp_type` char(1) DEFAULT 'F',
  `hire_date` date NOT NULL DEFAULT '0000-00-00',
  `term_date` date NOT NULL DEFAULT '0000-00-00',
  `seniority_year` year(4) DEFAULT NULL,
  `shifts` set('D','E','N','W') NOT NULL DEFAULT 'D',
  `shift_start` time DEFAULT NULL,
  `addr1` varchar(60) DEFAULT NULL,
  `addr2` varchar(60) DEFAULT NULL,
  `city` varchar(40) DEFAULT NULL,
  `state` char(2) DEFAULT NULL,
  `zip` varchar(10) DEFAULT NULL,
  `country` char(3) NOT NULL DEFAULT 'USA',
  `home_phone` varchar(24) DEFAULT NULL,
  `work_email` varchar(80) DEFAULT NULL,
  `home_email` varchar(80) DEFAULT NULL,
  `spouse_name` varchar(60) DEFAULT NULL,
  `emerg_contact` varchar(60) DEFAULT NULL,
  `emerg_relation_cd` char(2) DEFAULT NULL,
  `emerg_phone` varchar(24) DEFAULT NULL,
  `height_in` decimal(4,1) DEFAULT NULL,
  `hcp_enrolled` char(1) NOT NULL DEFAULT 'N',
  `confidential` bit(1) NOT NULL DEFAULT b'0',
  `signature` blob,
  `photo_path` varchar(255) DEFAULT NULL,
  `entered_on` varchar(12) DEFAULT NULL COMMENT 'text date',
  `updated_at` timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
  `updated_by` int(11) DEFAULT NULL,
  PRIMARY KEY (`employee_id`),
  UNIQUE KEY `uq_employee_mrn` (`mrn`),
  KEY `ix_employee_name` (`last_name`,`first_name`),
  KEY `ix_employee_perno` (`perno`),
  KEY `fk_employee_dept` (`dept_id`),
  KEY `fk_employee_loc` (`location_id`),
  CONSTRAINT `fk_employee_dept` FOREIGN KEY (`dept_id`) REFERENCES `department` (`dept_id`),
  CONSTRAINT `fk_employee_loc` FOREIGN KEY (`location_id`) REFERENCES `location` (`location_id`)
) ENGINE=InnoDB AUTO_INCREMENT=3040 DEFAULT CHARSET=utf8mb4 COMMENT='Employee master; HR feed updates nightly'";

/// The trigger that follows the employee table.
pub const EMPLOYEE_TRIGGER: &str = "TRIGGER `trg_employee_audit` AFTER UPDATE ON `employee` FOR EACH ROW BEGIN
  IF NOT (OLD.last_name <=> NEW.last_name) THEN
    INSERT INTO audit_log (user_id, table_name, row_id, action, old_value, new_value)
    VALUES (NEW.updated_by, 'employee', NEW.employee_id, 'U', OLD.last_name, NEW.last_name);
  END IF;
END";

fn ssn(rng: &mut Rng, digits: &str) -> Cell<'static> {
    match rng.below(40) {
        0 => Cell::Null,
        1 => "".into(),
        2..8 => digits.to_owned().into(),
        _ => format!("{}-{}-{}", &digits[..3], &digits[3..5], &digits[5..]).into(),
    }
}

fn zip(rng: &mut Rng, five: &str) -> String {
    match rng.below(12) {
        0 => five.trim_start_matches('0').to_owned(),
        1 | 2 => format!("{five}-{}", rng.digits(4)),
        3 if rng.chance(0.1) => String::new(),
        _ => five.to_owned(),
    }
}

/// What keyed-in names suffer: a space before or after, everything in capitals.
fn keyed(rng: &mut Rng, name: &str) -> String {
    match rng.below(90) {
        0 => format!("{name} "),
        1 => format!(" {name}"),
        2 | 3 => name.to_uppercase(),
        _ => name.to_owned(),
    }
}

fn birth(rng: &mut Rng, p: &Person) -> String {
    match rng.below(400) {
        0 => NO_DATE.to_owned(),
        1 => format!("{}-00-00", p.birth.year()),
        2 => format!("{}-00", &p.birth.iso()[..7]),
        _ => p.birth.iso(),
    }
}

fn home_email(rng: &mut Rng, p: &Person) -> String {
    let (given, last) = (names::mailbox(&p.given), names::mailbox(&p.last));
    let host = rng.pick(&["mailhaven.example", "postbox.example", "Coastal-Net.example"]);
    format!("{given}{last}{}@{host}", p.birth.year() % 100)
}

/// The work address of somebody whose name has letters for it.
pub fn work_email(p: &Person) -> String {
    let (given, last) = (names::mailbox(&p.given), names::mailbox(&p.last));
    if given.is_empty() || last.is_empty() {
        return format!("badge{}@harbormarine.example", p.badge);
    }
    format!("{given}.{last}@harbormarine.example")
}

fn status(rng: &mut Rng, p: &Person) -> &'static str {
    match p.term {
        Some(day) if p.age(day) >= 60 => "R",
        Some(_) => "T",
        None if rng.chance(0.02) => "L",
        None => "A",
    }
}

fn employee(w: &World, rows: &mut Rows) -> io::Result<()> {
    let rng = &mut w.rng("employee");
    for (n, p) in w.people.iter().enumerate() {
        let entered = p.hire.max(FIRST.plus(rng.range(0, 40))).min(LAST);
        let relation = if p.spouse.is_some() { "SP" } else { rng.pick(&["PA", "SI", "CH", "FR", "99"]) };
        let contact = p.spouse.unwrap_or_else(|| {
            let man = rng.chance(0.5);
            names::given(rng, man)
        });
        let ten = format!("{}55501{}", p.town.3, rng.digits(2));
        let updated = entered.plus(rng.range(10, 4000)).min(LAST);
        rows.add(cells![
            p.id,
            &p.mrn,
            &p.perno,
            &p.badge,
            keyed(rng, &p.last),
            keyed(rng, &p.given),
            if p.middle.is_empty() { only(rng.chance(0.4), "") } else { (&p.middle).into() },
            only(p.man && rng.chance(0.03), rng.pick(&["Jr", "Jr.", "III", "Sr."])),
            if rng.chance(0.06) { &p.given[..p.given.floor_char_boundary(3)] } else { "" },
            ssn(rng, &p.ssn),
            birth(rng, p),
            p.sex,
            only(rng.chance(0.9), p.codes.0),
            only(rng.chance(0.85), p.codes.1),
            p.marital,
            "HMW",
            p.dept + 1,
            DEPTS[p.dept].location + 1,
            p.job + 1,
            only(p.boss != n, w.people[p.boss].id),
            status(rng, p),
            rng.pick(&["F", "F", "F", "F", "F", "F", "F", "P", "C"]),
            p.hire,
            p.term.map_or_else(|| NO_DATE.to_owned(), Day::iso),
            p.hire.year(),
            rng.pick(&["D", "D", "D", "E", "N", "D,E", "D,E,N", "W"]),
            rng.pick(&["07:00:00", "07:00:00", "06:30:00", "15:30:00", "23:00:00"]),
            &p.street,
            match rng.below(12) {
                0 => Cell::from(format!("Apt {}", rng.range(1, 40))),
                1..6 => "".into(),
                _ => Cell::Null,
            },
            p.town.0,
            p.town.1,
            zip(rng, p.town.2),
            "USA",
            phone(rng, &p.phone),
            only(n % 9 != 0, work_email(p)),
            only(rng.chance(0.35), home_email(rng, p)),
            p.spouse.map(|s| format!("{s} {}", p.last.trim())),
            only(rng.chance(0.9), format!("{contact} {}", p.last.trim())),
            relation,
            phone(rng, &ten),
            only(rng.chance(0.8), fixed(p.height, 1)),
            yn(p.risks & risk::NOISE != 0),
            rng.chance(0.01),
            rng.chance(0.05).then(|| Cell::Bytes(bitmap(rng, 10).into())),
            Cell::Null,
            if entered.year() < 2009 { entered.oracle() } else { entered.us() },
            updated.at(rng.range(60, 1300)),
            rng.range(1, USERS.len() as i64),
        ])?;
    }
    Ok(())
}

const DEPARTMENT: &str = "CREATE TABLE `department` (
  `dept_id` int(11) NOT NULL AUTO_INCREMENT,
  `dept_code` char(4) NOT NULL,
  `dept_name` varchar(60) NOT NULL,
  `location_id` int(11) DEFAULT NULL,
  `cost_center` varchar(12) DEFAULT NULL,
  `active` char(1) NOT NULL DEFAULT 'Y',
  PRIMARY KEY (`dept_id`),
  UNIQUE KEY `uq_dept_code` (`dept_code`)
) ENGINE=InnoDB AUTO_INCREMENT=35 DEFAULT CHARSET=utf8mb4";

fn department(_: &World, rows: &mut Rows) -> io::Result<()> {
    for (n, d) in DEPTS.iter().enumerate() {
        rows.add(cells![
            n + 1,
            d.code,
            d.name,
            d.location + 1,
            format!("00{}-{:03}", d.code, n * 10),
            yn(d.code != "0999"),
        ])?;
    }
    Ok(())
}

const LOCATION: &str = "CREATE TABLE `location` (
  `location_id` int(11) NOT NULL AUTO_INCREMENT,
  `location_cd` varchar(5) NOT NULL,
  `location_name` varchar(60) NOT NULL,
  `addr1` varchar(60) DEFAULT NULL,
  `city` varchar(40) DEFAULT NULL,
  `state` char(2) DEFAULT NULL,
  `zip` varchar(10) DEFAULT NULL,
  `naics` char(6) DEFAULT NULL,
  `establishment` bit(1) NOT NULL DEFAULT b'1',
  `fax` varchar(24) DEFAULT NULL,
  PRIMARY KEY (`location_id`)
) ENGINE=InnoDB AUTO_INCREMENT=11 DEFAULT CHARSET=utf8mb4";

fn location(_: &World, rows: &mut Rows) -> io::Result<()> {
    for (n, l) in LOCATIONS.iter().enumerate() {
        rows.add(cells![
            n + 1,
            l[0],
            l[1],
            l[2],
            l[3],
            l[4],
            l[5],
            "336611",
            l[0] != "OFF",
            format!("207-555-01{:02}", 80 + n),
        ])?;
    }
    Ok(())
}

const JOB_CLASS: &str = "CREATE TABLE `job_class` (
  `job_class_id` int(11) NOT NULL AUTO_INCREMENT,
  `job_code` char(4) NOT NULL,
  `job_title` varchar(60) NOT NULL,
  `physical_demand` enum('S','L','M','H','V') NOT NULL,
  `safety_sensitive` char(1) NOT NULL DEFAULT 'N',
  `min_lift_lb` smallint(6) DEFAULT NULL,
  PRIMARY KEY (`job_class_id`)
) ENGINE=InnoDB AUTO_INCREMENT=33 DEFAULT CHARSET=utf8mb4";

fn job_class(_: &World, rows: &mut Rows) -> io::Result<()> {
    for (n, (code, title, demand, sensitive)) in JOBS.iter().enumerate() {
        let lift = match *demand {
            "S" => 10,
            "L" => 20,
            "M" => 50,
            _ => 100,
        };
        rows.add(cells![n + 1, *code, *title, *demand, yn(*sensitive), lift])?;
    }
    Ok(())
}

const USERS_DDL: &str = "CREATE TABLE `users` (
  `user_id` int(11) NOT NULL AUTO_INCREMENT,
  `login` varchar(20) NOT NULL,
  `full_name` varchar(60) DEFAULT NULL,
  `credentials` varchar(20) DEFAULT NULL,
  `initials` char(3) DEFAULT NULL,
  `email` varchar(80) DEFAULT NULL,
  `pwd` varchar(40) NOT NULL DEFAULT '********',
  `is_active` bit(1) NOT NULL DEFAULT b'1',
  `last_login` datetime NOT NULL DEFAULT '0000-00-00 00:00:00',
  `employee_id` int(11) DEFAULT NULL,
  PRIMARY KEY (`user_id`),
  UNIQUE KEY `login` (`login`)
) ENGINE=InnoDB AUTO_INCREMENT=22 DEFAULT CHARSET=utf8mb4";

fn users(w: &World, rows: &mut Rows) -> io::Result<()> {
    let rng = &mut w.rng("users");
    for (n, u) in USERS.iter().enumerate() {
        let seen = Day::of(u.years.1, 11, 2).plus(rng.range(0, 20));
        rows.add(cells![
            n + 1,
            u.login,
            u.name,
            u.letters,
            u.initials,
            format!("{}@harbormarine.example", u.login),
            "********",
            u.years.1 == 2024,
            if n > 17 { "0000-00-00 00:00:00".to_owned() } else { seen.at(rng.range(400, 1000)) },
            only(n < 5, w.people[n * 31].id),
        ])?;
    }
    Ok(())
}

const EMPLOYEEPHONE: &str = "CREATE TABLE `employeephone` (
  `phone_id` int(11) NOT NULL AUTO_INCREMENT,
  `employee_id` int(11) NOT NULL,
  `phone_type` char(1) NOT NULL COMMENT 'H home, C cell, W work, P pager, F fax',
  `phone_no` varchar(24) DEFAULT NULL,
  `preferred` char(1) NOT NULL DEFAULT 'N',
  PRIMARY KEY (`phone_id`),
  KEY `ix_phone_emp` (`employee_id`),
  CONSTRAINT `fk_phone_emp` FOREIGN KEY (`employee_id`) REFERENCES `employee` (`employee_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4";

fn employeephone(w: &World, rows: &mut Rows) -> io::Result<()> {
    let rng = &mut w.rng("employeephone");
    for p in &w.people {
        let kinds = rng.pick(&["H", "HC", "C", "HCW", "CW", "HP"]);
        for (n, kind) in kinds.chars().enumerate() {
            let ten = match kind {
                'H' => p.phone.clone(),
                _ => format!("{}55501{}", p.town.3, rng.digits(2)),
            };
            let number = if rng.chance(0.01) { "unlisted".to_owned() } else { phone(rng, &ten) };
            rows.add(cells![rows.next_id(), p.id, kind.to_string(), number, yn(n == 0)])?;
        }
    }
    Ok(())
}
