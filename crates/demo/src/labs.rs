//! Laboratory work, drug screens and chest films.

use std::io;

use super::dates::Day;
use super::dump::{Cell, Rows, Table, cells, fixed, only, yn};
use super::names;
use super::org::{USERS, risk};
use super::people::Person;
use super::random::Rng;
use super::world::{Kind, Visit, World};

/// Laboratory tables.
pub const TABLES: &[Table] = &[
    Table { ddl: LABPANEL, fill: labpanel },
    Table { ddl: LABRESULT, fill: labresult },
    Table { ddl: CHOLESTEROL, fill: cholesterol },
    Table { ddl: GLUCOSE, fill: glucose },
    Table { ddl: DRUG, fill: drug },
    Table { ddl: XRAY, fill: xray },
];

/// An analyte: code, LOINC where the laboratory sent one, name, units, mean, deviation, normal
/// range, decimals.
type Analyte = (&'static str, &'static str, &'static str, &'static str, f64, f64, f64, f64, usize);

#[rustfmt::skip]
const ANALYTES: &[(&str, &[Analyte])] = &[
    ("CBC", &[
        ("WBC", "6690-2", "Leukocytes", "10*3/uL", 7.0, 1.7, 4.0, 11.0, 1),
        ("RBC", "789-8", "Erythrocytes", "10*6/uL", 4.9, 0.4, 4.2, 5.8, 2),
        ("HGB", "718-7", "Hemoglobin", "g/dL", 14.8, 1.1, 12.0, 17.5, 1),
        ("HCT", "4544-3", "Hematocrit", "%", 44.0, 3.2, 36.0, 50.0, 1),
        ("PLT", "777-3", "Platelets", "10*3/uL", 250.0, 55.0, 140.0, 400.0, 0),
    ]),
    ("CMP", &[
        ("GLU", "2345-7", "Glucose", "mg/dL", 96.0, 14.0, 65.0, 99.0, 0),
        ("BUN", "3094-0", "Urea nitrogen", "mg/dL", 15.0, 4.0, 7.0, 25.0, 0),
        ("CREA", "2160-0", "Creatinine", "mg/dL", 1.0, 0.17, 0.6, 1.3, 2),
        ("NA", "2951-2", "Sodium", "mmol/L", 140.0, 2.2, 135.0, 146.0, 0),
        ("K", "2823-3", "Potassium", "mmol/L", 4.3, 0.35, 3.5, 5.3, 1),
        ("ALT", "1742-6", "ALT (SGPT)", "U/L", 27.0, 13.0, 9.0, 46.0, 0),
        ("AST", "1920-8", "AST (SGOT)", "U/L", 24.0, 8.0, 10.0, 40.0, 0),
    ]),
    ("LEAD", &[
        ("PBB", "5671-3", "Lead, blood", "ug/dL", 7.0, 4.5, 0.0, 40.0, 0),
        ("ZPP", "", "Zinc protoporphyrin", "ug/dL", 34.0, 14.0, 0.0, 100.0, 0),
    ]),
    ("UA", &[
        ("UASG", "", "Specific gravity", "", 1.018, 0.005, 1.005, 1.030, 3),
        ("UAPH", "", "pH", "", 6.0, 0.7, 5.0, 8.0, 1),
    ]),
    ("HBAB", &[("HBSAB", "16935-9", "Hep B surface Ab, quant", "mIU/mL", 180.0, 120.0, 10.0, 1000.0, 0)]),
];

const LABPANEL: &str = "CREATE TABLE `labpanel` (
  `panel_id` int(11) NOT NULL AUTO_INCREMENT,
  `employee_id` int(11) NOT NULL,
  `visit_id` int(11) DEFAULT NULL,
  `panel_cd` varchar(6) NOT NULL,
  `accession` varchar(14) DEFAULT NULL COMMENT 'leading zeros',
  `collected` datetime DEFAULT NULL,
  `reported` datetime DEFAULT NULL,
  `lab_name` varchar(40) DEFAULT NULL,
  `fasting` char(1) DEFAULT NULL,
  `status` char(1) NOT NULL DEFAULT 'F',
  PRIMARY KEY (`panel_id`),
  KEY `ix_panel_emp` (`employee_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4";

/// The panels drawn in the whole history, in order; both tables walk the same list.
fn panels(w: &World) -> Vec<(i64, &Visit, &Person, usize)> {
    let rng = &mut w.rng("panels");
    let mut list = Vec::new();
    for (id, v, p) in w.visits_of(&[Kind::Preplacement, Kind::Annual, Kind::Exit, Kind::Injury]) {
        let stuck = v.case.is_some_and(|c| w.cases[c].scenario().nature.0 == "90");
        let exam = v.kind != Kind::Injury;
        let drawn = [
            exam && p.risks & (risk::LEAD | risk::HAZMAT | risk::HEAT) != 0 && rng.chance(0.24),
            exam && p.risks & (risk::HAZMAT | risk::HEAT | risk::PAINT) != 0 && rng.chance(0.16),
            exam && p.risks & risk::LEAD != 0 && rng.chance(0.9),
            exam && rng.chance(0.08),
            stuck,
        ];
        let chosen = drawn.iter().enumerate().filter(|(_, yes)| **yes);
        list.extend(chosen.map(|(kind, _)| (id, v, p, kind)));
    }
    list
}

fn labpanel(w: &World, rows: &mut Rows) -> io::Result<()> {
    let rng = &mut w.rng("labpanel");
    for (id, v, _, kind) in panels(w) {
        rows.add(cells![
            rows.next_id(),
            w.employee_id(rng, v.who),
            id,
            ANALYTES[kind].0,
            format!("00{:02}{:03}{}", v.day.year() % 100, v.day.number() % 366, rng.digits(5)),
            v.day.at(v.minute + 15),
            only(rng.chance(0.98), v.day.plus(rng.range(1, 5)).at(rng.range(300, 1100))),
            if v.day.year() < 2015 { "Penobscot Reference Lab" } else { "Tidewater Diagnostics" },
            rng.pick(&["Y", "N", ""]),
            if rng.chance(0.01) { "P" } else { "F" },
        ])?;
    }
    Ok(())
}

const LABRESULT: &str = "CREATE TABLE `labresult` (
  `result_id` int(11) NOT NULL AUTO_INCREMENT,
  `panel_id` int(11) NOT NULL,
  `analyte_cd` varchar(8) NOT NULL,
  `loinc` varchar(10) DEFAULT NULL,
  `analyte_name` varchar(40) DEFAULT NULL,
  `result_text` varchar(20) DEFAULT NULL,
  `result_num` double DEFAULT NULL,
  `units` varchar(12) DEFAULT NULL,
  `ref_range` varchar(20) DEFAULT NULL,
  `flag` char(2) NOT NULL DEFAULT '',
  PRIMARY KEY (`result_id`),
  KEY `fk_result_panel` (`panel_id`),
  CONSTRAINT `fk_result_panel` FOREIGN KEY (`panel_id`) REFERENCES `labpanel` (`panel_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4";

fn labresult(w: &World, rows: &mut Rows) -> io::Result<()> {
    let rng = &mut w.rng("labresult");
    for (n, (_, v, p, kind)) in panels(w).into_iter().enumerate() {
        for &(code, loinc, name, units, mean, sd, low, high, decimals) in ANALYTES[kind].1 {
            let own = Rng::numbered(w.seed, code, v.who).normal(0.0, 0.7);
            let female = matches!(code, "HGB" | "HCT" | "RBC" | "CREA") && !p.man;
            let mean = if female { mean * 0.91 } else { mean };
            // Blood lead has come down with the old paint.
            let years = if code == "PBB" { f64::from(v.day.year() - 2004) * 0.2 } else { 0.0 };
            let value = mean + sd * (own + rng.normal(0.0, 0.7)) - years;
            let (text, number) = if rng.chance(0.004) {
                (rng.pick(&["HEMOLYZED", "QNS", "see note"]).to_owned(), None)
            } else if code == "PBB" && value < 3.0 {
                ("<3".to_owned(), None)
            } else {
                let value = value.max(low * 0.8);
                let text = format!("{value:.decimals$}");
                (text.clone(), text.parse().ok().map(Cell::Float))
            };
            let flag = match () {
                () if number.is_some() && value > high => "H",
                () if number.is_some() && value < low => "L",
                () => "",
            };
            rows.add(cells![
                rows.next_id(),
                n + 1,
                code,
                loinc,
                name,
                text,
                number,
                units,
                if low == 0.0 { format!("<{high}") } else { format!("{low}-{high}") },
                flag,
            ])?;
        }
    }
    Ok(())
}

const CHOLESTEROL: &str = "CREATE TABLE `cholesterol` (
  `perno` char(9) NOT NULL,
  `test_dt` date NOT NULL,
  `total` smallint(6) DEFAULT NULL,
  `hdl` smallint(6) DEFAULT NULL,
  `ldl` smallint(6) DEFAULT NULL,
  `trig` smallint(6) DEFAULT NULL,
  `ratio` decimal(4,2) DEFAULT NULL,
  `fasting` char(1) DEFAULT NULL,
  KEY `ix_chol` (`perno`,`test_dt`)
) ENGINE=MyISAM DEFAULT CHARSET=utf8mb4";

fn cholesterol(w: &World, rows: &mut Rows) -> io::Result<()> {
    let rng = &mut w.rng("cholesterol");
    for (_, v, p) in w.visits_of(&[Kind::Annual, Kind::Preplacement]) {
        if v.day.year() > 2016 || !rng.chance(0.2) {
            continue;
        }
        let hdl = rng.normal(if p.man { 46.0 } else { 57.0 }, 9.0).max(22.0) as i64;
        let trig = (rng.normal(85.0, 30.0) + rng.unit() * rng.unit() * 240.0).max(35.0) as i64;
        let ldl = rng.normal(116.0, 27.0).max(40.0) as i64;
        let total = hdl + ldl + trig / 5;
        rows.add(cells![
            w.perno(rng, v.who),
            v.day,
            total,
            hdl,
            only(trig < 400, ldl),
            trig,
            fixed(total as f64 / hdl as f64, 2),
            rng.pick(&["Y", "Y", "N", ""]),
        ])?;
    }
    Ok(())
}

const GLUCOSE: &str = "CREATE TABLE `glucose` (
  `perno` char(9) NOT NULL,
  `test_dt` date NOT NULL,
  `glucose` varchar(8) DEFAULT NULL COMMENT 'mg/dL; HI = above 600',
  `a1c` decimal(3,1) DEFAULT NULL,
  `fasting` char(1) DEFAULT NULL,
  `tech` char(3) DEFAULT NULL,
  KEY `ix_gluc` (`perno`,`test_dt`)
) ENGINE=MyISAM DEFAULT CHARSET=utf8mb4";

fn glucose(w: &World, rows: &mut Rows) -> io::Result<()> {
    let rng = &mut w.rng("glucose");
    for (_, v, _) in w.visits_of(&[Kind::Annual, Kind::Sick, Kind::Dot]) {
        if !rng.chance(0.13) {
            continue;
        }
        let diabetic = v.who % 14 == 3;
        let value = if diabetic { rng.normal(168.0, 45.0) } else { rng.normal(95.0, 11.0) };
        let text = match rng.below(300) {
            0 => "HI".to_owned(),
            1 => format!("{}*", value as i64),
            _ => (value.max(58.0) as i64).to_string(),
        };
        rows.add(cells![
            w.perno(rng, v.who),
            v.day,
            text,
            only(diabetic, fixed(rng.normal(7.4, 0.9), 1)),
            rng.pick(&["Y", "N", "N"]),
            USERS[v.nurse].initials,
        ])?;
    }
    Ok(())
}

const DRUG: &str = "CREATE TABLE `drug` (
  `screen_id` int(11) NOT NULL AUTO_INCREMENT,
  `perno` char(9) NOT NULL,
  `collected` datetime NOT NULL,
  `reason` char(2) NOT NULL COMMENT 'PE pre-emp, RA random, PA post-accident, RS susp.',
  `program` enum('DOT','NON-DOT') DEFAULT NULL,
  `ccf_no` varchar(12) DEFAULT NULL COMMENT 'custody form, leading zeros',
  `temp_ok` bit(1) DEFAULT NULL,
  `result` varchar(16) DEFAULT NULL,
  `substance` varchar(20) DEFAULT NULL,
  `bat` decimal(4,3) DEFAULT NULL,
  `mro` varchar(40) DEFAULT NULL,
  `result_dt` date NOT NULL DEFAULT '0000-00-00',
  PRIMARY KEY (`screen_id`),
  KEY `ix_drug_perno` (`perno`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='CONFIDENTIAL'";

fn drug(w: &World, rows: &mut Rows) -> io::Result<()> {
    let rng = &mut w.rng("drug");
    for (_, v, p) in w.visits_of(&[Kind::Drug, Kind::Preplacement, Kind::Injury]) {
        let reason = match v.kind {
            Kind::Drug => "RA",
            Kind::Preplacement => "PE",
            _ if rng.chance(0.12) => "PA",
            _ => continue,
        };
        let positive = rng.chance(0.018);
        rows.add(cells![
            rows.next_id(),
            w.perno(rng, v.who),
            v.day.at(v.minute),
            reason,
            if p.risks & risk::DRIVER != 0 { "DOT" } else { "NON-DOT" },
            format!("00{}", rng.digits(7)),
            rng.chance(0.995),
            if positive {
                "POSITIVE"
            } else {
                rng.pick(&["NEGATIVE", "NEGATIVE", "NEGATIVE", "Neg", "NEG-DILUTE", "CANCELLED"])
            },
            only(positive, rng.pick(&["THC", "THC", "COCAINE", "AMPH", "OPIATES"])),
            only(rng.chance(0.15), fixed(if rng.chance(0.01) { 0.042 } else { 0.0 }, 3)),
            only(positive || rng.chance(0.3), "Dr. Reuben Saltz"),
            if rng.chance(0.01) { "0000-00-00".to_owned() } else { v.day.plus(rng.range(1, 6)).iso() },
        ])?;
    }
    Ok(())
}

const XRAY: &str = "CREATE TABLE `xray` (
  `xray_id` int(11) NOT NULL AUTO_INCREMENT,
  `perno` char(9) NOT NULL,
  `film_dt` date NOT NULL,
  `view` varchar(10) NOT NULL DEFAULT 'PA',
  `ilo_profusion` varchar(4) DEFAULT NULL COMMENT '0/0 .. 3/+',
  `ilo_shape` char(2) DEFAULT NULL,
  `pleural` char(1) DEFAULT NULL,
  `b_reader` varchar(40) DEFAULT NULL,
  `reading` text,
  `film_no` varchar(10) DEFAULT NULL,
  PRIMARY KEY (`xray_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4";

fn xray(w: &World, rows: &mut Rows) -> io::Result<()> {
    let rng = &mut w.rng("xray");
    for (_, v, p) in w.checks(risk::ASBESTOS | risk::SILICA) {
        if !rng.chance(if v.kind == Kind::Annual { 0.3 } else { 0.85 }) {
            continue;
        }
        let changed = v.who % 31 == 7 && p.hire < Day::of(2000, 1, 1);
        rows.add(cells![
            rows.next_id(),
            w.perno(rng, v.who),
            v.day,
            rng.pick(&["PA", "PA", "PA/LAT"]),
            if changed { rng.pick(&["1/0", "1/1"]) } else { rng.pick(&["0/0", "0/0", "0/0", "0/1", ""]) },
            only(changed, "st"),
            yn(changed && rng.chance(0.5)),
            format!("Dr. {}", names::surname(rng)),
            if changed {
                format!("{}, {}: small irregular opacities both bases, pleural plaque L.\nCompare w/ prior.  Notify Dr. Saltz.", p.last.trim(), p.given)
            } else {
                rng.pick(&["No active disease.", "NAD", "Normal chest.", "Old granuloma RUL, unchanged.", "Mild hyperinflation."]).to_owned()
            },
            format!("{:06}", rows.next_id() * 11 + 700),
        ])?;
    }
    Ok(())
}
