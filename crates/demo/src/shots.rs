//! Vaccinations, hepatitis B records and tuberculosis tests.

use std::io;

use super::dates::Day;
use super::dump::{Cell, NO_DATE, Rows, Table, cells, fixed, only, yn};
use super::notes;
use super::org::{USERS, risk};
use super::random::Rng;
use super::world::{Kind, Visit, World};

/// Tables of vaccinations and skin tests.
pub const TABLES: &[Table] = &[
    Table { ddl: IMMUNIZATION_TYPE, fill: immunization_type },
    Table { ddl: IMMUNIZATIONS, fill: immunizations },
    Table { ddl: CONTRAINDICATIONS, fill: contraindications },
    Table { ddl: HEPATITIS, fill: hepatitis },
    Table { ddl: TUBER, fill: tuber },
];

/// A vaccine: code here, CVX code, name, maker, start of its lot numbers, dose, route.
pub struct Vaccine {
    /// The code of this clinic.
    pub code: &'static str,
    /// The CVX code, with its leading zero.
    pub cvx: &'static str,
    /// The name.
    pub name: &'static str,
    maker: &'static str,
    lot: &'static str,
    dose: f64,
    route: &'static str,
}

const fn vaccine(
    code: &'static str,
    cvx: &'static str,
    name: &'static str,
    maker: &'static str,
    lot: &'static str,
    dose: f64,
    route: &'static str,
) -> Vaccine {
    Vaccine { code, cvx, name, maker, lot, dose, route }
}

/// The vaccines this clinic has given.
#[rustfmt::skip]
pub const VACCINES: &[Vaccine] = &[
    vaccine("FLU", "141", "Influenza, seasonal, injectable", "PMC", "U", 0.5, "IM"),
    vaccine("FLUQ", "158", "Influenza, injectable, quadrivalent", "SEQ", "P1", 0.5, "IM"),
    vaccine("TDAP", "115", "Tdap (Adacel/Boostrix)", "SKB", "AC52B", 0.5, "IM"),
    vaccine("TD", "09", "Td (adult), adsorbed", "PMC", "U3", 0.5, "IM"),
    vaccine("HBV", "43", "Hepatitis B, adult", "SKB", "AHBVC", 1.0, "IM"),
    vaccine("HAV", "52", "Hepatitis A, adult", "SKB", "AHAVB", 1.0, "IM"),
    vaccine("MMR", "03", "MMR", "MSD", "0", 0.5, "SC"),
    vaccine("VAR", "21", "Varicella", "MSD", "1", 0.5, "SC"),
    vaccine("PNEU", "33", "Pneumococcal polysaccharide PPV23", "MSD", "Z", 0.5, "IM"),
    vaccine("C19P", "208", "COVID-19, mRNA, 30 mcg/0.3 mL", "PFR", "EW0", 0.3, "IM"),
    vaccine("C19M", "207", "COVID-19, mRNA, 100 mcg/0.5 mL", "MOD", "03", 0.5, "IM"),
    vaccine("C19B", "300", "COVID-19, mRNA, bivalent booster", "PFR", "GH9", 0.3, "IM"),
    vaccine("TYPH", "101", "Typhoid, ViCPs", "PMC", "T1", 0.5, "IM"),
];

/// The lot in use: one lot lasts a season.
pub fn lot(seed: u64, vaccine: usize, day: Day) -> String {
    let season = (day.number() / 150) as usize;
    let rng = &mut Rng::numbered(seed, VACCINES[vaccine].code, season);
    let tail = rng.pick(&["AA", "BA", "CA", "", "A", "B"]);
    format!("{}{}{tail}", VACCINES[vaccine].lot, rng.digits(3))
}

const IMMUNIZATION_TYPE: &str = "CREATE TABLE `immunization_type` (
  `imm_type_cd` varchar(6) NOT NULL,
  `cvx` char(3) DEFAULT NULL,
  `description` varchar(60) NOT NULL,
  `mvx` char(3) DEFAULT NULL,
  `series_doses` tinyint(4) DEFAULT NULL,
  `inactive` char(1) NOT NULL DEFAULT 'N',
  PRIMARY KEY (`imm_type_cd`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4";

fn immunization_type(_: &World, rows: &mut Rows) -> io::Result<()> {
    for v in VACCINES {
        let doses = match v.code {
            "HBV" => 3,
            "HAV" | "MMR" | "VAR" | "C19P" | "C19M" => 2,
            _ => 1,
        };
        rows.add(cells![v.code, v.cvx, v.name, v.maker, doses, yn(v.code == "FLU")])?;
    }
    rows.add(cells!["HEPB", only(false, ""), "zz Hep B - use HBV", only(false, ""), 3, "Y"])?;
    rows.add(cells!["PPD", only(false, ""), "TB skin test (see TUBER)", "PMC", 1, "N"])
}

const IMMUNIZATIONS: &str = "CREATE TABLE `immunizations` (
  `imm_id` int(11) NOT NULL AUTO_INCREMENT,
  `employee_id` int(11) NOT NULL,
  `visit_id` int(11) DEFAULT NULL,
  `imm_type_cd` varchar(6) NOT NULL,
  `cvx` varchar(3) DEFAULT NULL,
  `given_date` date NOT NULL DEFAULT '0000-00-00',
  `dose_no` tinyint(4) DEFAULT NULL,
  `dose_ml` decimal(3,2) DEFAULT NULL,
  `lot_no` varchar(20) DEFAULT NULL,
  `exp_date` varchar(10) DEFAULT NULL COMMENT 'MM/YYYY or MM/DD/YYYY',
  `mfr_cd` char(3) DEFAULT NULL,
  `site_cd` varchar(4) DEFAULT NULL,
  `route_cd` char(2) DEFAULT NULL,
  `given_by` varchar(4) DEFAULT NULL COMMENT 'initials',
  `vis_date` date DEFAULT NULL,
  `historical` bit(1) NOT NULL DEFAULT b'0',
  `declined` char(1) DEFAULT NULL,
  `reaction` varchar(120) DEFAULT NULL,
  PRIMARY KEY (`imm_id`),
  KEY `ix_imm_emp` (`employee_id`,`given_date`),
  KEY `ix_imm_type` (`imm_type_cd`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4";

/// What a visit of this kind on this day would be for.
fn wanted(rng: &mut Rng, v: &Visit, risks: u16, jabbed: u8) -> Option<usize> {
    let (year, month, _) = v.day.parts();
    match v.kind {
        Kind::Shot if (2021..2023).contains(&year) && rng.chance(0.7) => {
            Some(if jabbed > 1 && v.day > Day::of(2022, 9, 1) { 11 } else { 9 + v.who % 2 })
        }
        Kind::Shot if month >= 9 => Some(usize::from(year > 2014)),
        Kind::Shot | Kind::Injury if rng.chance(0.25) => Some(if year < 2007 { 3 } else { 2 }),
        Kind::Preplacement if risks & risk::BLOOD != 0 => Some([4, 6, 7, 5][rng.below(4)]),
        Kind::Preplacement if rng.chance(0.35) => Some(2),
        Kind::Annual if rng.chance(0.09) => Some([2, 2, 3, 8, 12][rng.below(5)]),
        _ => None,
    }
}

fn immunizations(w: &World, rows: &mut Rows) -> io::Result<()> {
    let rng = &mut w.rng("immunizations");
    let mut covid = vec![0_u8; w.people.len()];
    for (n, v) in w.visits.iter().enumerate() {
        let risks = w.people[v.who].risks;
        let Some(kind) = wanted(rng, v, risks, covid[v.who]) else {
            continue;
        };
        let id = n + super::world::VISIT_BASE;
        // A series goes on after the first visit: days after it.
        let series: &[i64] = match kind {
            4 => &[0, 30, 182],
            9 | 10 if covid[v.who] == 0 => &[0, 25],
            5..=7 => &[0, 35],
            _ => &[0],
        };
        for (dose, days) in series.iter().enumerate() {
            let day = v.day.plus(*days);
            if day <= super::dates::LAST && (dose == 0 || !rng.chance(0.12)) {
                shot(w, rng, rows, v, (*days == 0).then_some(id), kind, dose, day)?;
            }
        }
        if kind >= 9 {
            covid[v.who] += series.len() as u8;
        }
    }
    Ok(())
}

#[allow(clippy::too_many_arguments)]
fn shot(
    w: &World,
    rng: &mut Rng,
    rows: &mut Rows,
    v: &Visit,
    visit: Option<usize>,
    kind: usize,
    dose: usize,
    day: Day,
) -> io::Result<()> {
    let vaccine = &VACCINES[kind];
    let (year, month, _) = day.parts();
    let declined = rng.chance(0.02);
    let old = day < Day::of(2009, 1, 1);
    let site = if vaccine.route == "SC" {
        rng.pick(&["LA", "RA", "LAU"])
    } else {
        rng.pick(&["LD", "LD", "LD", "RD", "RD", "L D", "Lt", "LVL"])
    };
    let past = rng.chance(0.015);
    rows.add(cells![
        rows.next_id(),
        w.employee_id(rng, v.who),
        visit,
        if vaccine.code == "HBV" && old { "HEPB" } else { vaccine.code },
        only(!old, vaccine.cvx),
        match rng.below(500) {
            0 => NO_DATE.to_owned(),
            1 => format!("{year}-{month:02}-00"),
            _ if past => format!("{}-00-00", year - 8),
            _ => day.iso(),
        },
        only(kind > 1, dose + 1),
        only(!declined, fixed(vaccine.dose, 2)),
        only(!declined && !past, lot(w.seed, kind, day)),
        only(!declined, if rng.chance(0.4) { format!("{month:02}/{}", year + 1) } else { day.plus(300).us() }),
        only(!old || rng.chance(0.5), vaccine.maker),
        only(!declined, site),
        only(!declined, vaccine.route),
        USERS[v.nurse].initials,
        only(rng.chance(0.8), Day::of(year, 8, 6).plus(if month < 9 { -365 } else { 0 })),
        past,
        only(declined, "Y"),
        only(
            rng.chance(0.012),
            rng.pick(&["sore arm x 2 d", "vasovagal, recovered 10 min", "local redness 3 cm", "\"flu-like\" per EE"])
        ),
    ])
}

const CONTRAINDICATIONS: &str = "CREATE TABLE `contraindications` (
  `contra_id` int(11) NOT NULL AUTO_INCREMENT,
  `employee_id` int(11) NOT NULL,
  `imm_type_cd` varchar(6) DEFAULT NULL,
  `reason` varchar(120) NOT NULL,
  `noted_on` date DEFAULT NULL,
  `expires_on` date NOT NULL DEFAULT '0000-00-00',
  `entered_by` varchar(4) DEFAULT NULL,
  PRIMARY KEY (`contra_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4";

fn contraindications(w: &World, rows: &mut Rows) -> io::Result<()> {
    let rng = &mut w.rng("contraindications");
    for (_, v, _) in w.visits_of(&[Kind::Shot, Kind::Tb, Kind::Preplacement]) {
        if !rng.chance(0.035) {
            continue;
        }
        let (code, reason) = match rng.below(6) {
            0 => ("FLU", "Egg allergy"),
            1 => ("PPD", "Prior positive PPD - CXR only"),
            2 => ("TDAP", "GBS within 6 wks of prior dose"),
            3 => ("MMR", "Pregnant - defer"),
            4 => ("VAR", "Immunosuppressed"),
            _ => ("", "Acute illness w/ fever, reschedule"),
        };
        let defer = code == "MMR" || code.is_empty();
        rows.add(cells![
            rows.next_id(),
            w.employee_id(rng, v.who),
            code,
            reason,
            v.day,
            if defer { v.day.plus(if code.is_empty() { 14 } else { 280 }).iso() } else { NO_DATE.to_owned() },
            USERS[v.nurse].initials,
        ])?;
    }
    Ok(())
}

const HEPATITIS: &str = "CREATE TABLE `hepatitis` (
  `perno` char(9) NOT NULL,
  `dose1` varchar(10) DEFAULT NULL COMMENT 'MM/DD/YY text',
  `dose2` varchar(10) DEFAULT NULL,
  `dose3` varchar(10) DEFAULT NULL,
  `titer_dt` date NOT NULL DEFAULT '0000-00-00',
  `titer` varchar(12) DEFAULT NULL COMMENT 'mIU/mL',
  `immune` char(1) DEFAULT NULL,
  `declination_signed` char(1) DEFAULT NULL,
  PRIMARY KEY (`perno`)
) ENGINE=MyISAM DEFAULT CHARSET=utf8mb4 COMMENT='OHM - no longer updated'";

fn hepatitis(w: &World, rows: &mut Rows) -> io::Result<()> {
    let rng = &mut w.rng("hepatitis");
    for p in &w.people {
        if p.risks & risk::BLOOD == 0 && !rng.chance(0.06) {
            continue;
        }
        let declined = rng.chance(0.12);
        let first = p.hire.max(super::dates::FIRST).plus(rng.range(5, 60));
        let immune = !rng.chance(0.1);
        let titer =
            if immune { rng.pick(&[">1000", "214", "57.3", "POS", ">10"]) } else { rng.pick(&["<5", "NEG", "3.1"]) };
        rows.add(cells![
            &p.perno,
            only(!declined, first.us_short()),
            only(!declined, first.plus(32).us_short()),
            only(!declined && rng.chance(0.85), first.plus(185).us_short()),
            if declined { NO_DATE.to_owned() } else { first.plus(230).iso() },
            only(!declined, titer),
            only(!declined, yn(immune)),
            yn(declined),
        ])?;
    }
    Ok(())
}

const TUBER: &str = "CREATE TABLE `tuber` (
  `tb_id` int(11) NOT NULL AUTO_INCREMENT,
  `perno` char(9) NOT NULL,
  `test_kind` enum('PPD','QFT','T-SPOT') NOT NULL DEFAULT 'PPD',
  `step` char(1) DEFAULT NULL,
  `placed_dt` datetime NOT NULL,
  `read_dt` datetime NOT NULL DEFAULT '0000-00-00 00:00:00',
  `mm` smallint(6) DEFAULT NULL,
  `result` varchar(12) DEFAULT NULL,
  `arm` char(1) DEFAULT NULL,
  `lot_no` varchar(12) DEFAULT NULL,
  `placed_by` char(3) DEFAULT NULL,
  `read_by` char(3) DEFAULT NULL,
  `remark` varchar(200) DEFAULT NULL,
  PRIMARY KEY (`tb_id`),
  KEY `ix_tuber_perno` (`perno`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4";

fn tuber(w: &World, rows: &mut Rows) -> io::Result<()> {
    let rng = &mut w.rng("tuber");
    for (_, v, p) in w.visits_of(&[Kind::Tb, Kind::Preplacement]) {
        if v.kind == Kind::Preplacement && p.risks & (risk::BLOOD | risk::SILICA) == 0 {
            continue;
        }
        let blood = v.day.year() > 2017 && v.who % 2 == 0;
        let converter = v.who % 37 == 5;
        let unread = !blood && rng.chance(0.04);
        let mm = if converter { rng.range(10, 19) } else { [0, 0, 0, 0, 0, 3, 5][rng.below(7)] };
        let read = v.day.plus(rng.range(2, 3)).at(rng.range(84, 200) * 5);
        let result = match (converter, blood) {
            (true, _) => rng.pick(&["POS", "Positive", "+"]),
            (_, true) => rng.pick(&["NEG", "Negative", "INDET"]),
            _ => rng.pick(&["NEG", "NEG", "neg", "Negative", "0"]),
        };
        rows.add(cells![
            rows.next_id(),
            w.perno(rng, v.who),
            if blood { rng.pick(&["QFT", "QFT", "T-SPOT"]) } else { "PPD" },
            only(!blood, if v.kind == Kind::Preplacement { "1" } else { "A" }),
            v.day.at(v.minute),
            if unread { "0000-00-00 00:00:00".to_owned() } else { read },
            only(!blood && !unread, mm),
            only(!unread, result),
            only(!blood, rng.pick(&["L", "L", "R"])),
            only(!blood, format!("C{}AA", 2000 + v.day.number() / 120)),
            USERS[v.nurse].initials,
            only(!unread, USERS[v.nurse].initials),
            match (unread, converter) {
                (true, _) =>
                    notes::tell(w, rng, "Did not return for reading. Msg left w/ {boss} {bossphone}", p, v.day).into(),
                (_, true) =>
                    notes::tell(w, rng, "{first} c/ prior BCG per {spouse}; CXR ordered, to Dr. {doctor}", p, v.day)
                        .into(),
                _ => Cell::Null,
            },
        ])?;
    }
    Ok(())
}
