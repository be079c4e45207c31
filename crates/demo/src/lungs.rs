//! Spirometry and respirator fit tests, and the questionnaires that go with them.

use std::io;

use super::dates::Day;
use super::dump::{Cell, Rows, Table, cells, fixed, only, yn};
use super::org::{USERS, risk};
use super::people::Person;
use super::random::Rng;
use super::world::{Kind, World};

/// Tables about breathing.
pub const TABLES: &[Table] = &[
    Table { ddl: PFT, fill: pft },
    Table { ddl: RESPIRATORFITTESTING, fill: respiratorfittesting },
    Table { ddl: QUESTIONNAIRE, fill: questionnaire },
    Table { ddl: QUESTIONNAIRERESPONSES, fill: questionnaireresponses },
];

const PFT: &str = "CREATE TABLE `pft` (
  `pft_id` int(11) NOT NULL AUTO_INCREMENT,
  `employee_id` int(11) NOT NULL,
  `visit_id` int(11) DEFAULT NULL,
  `test_dt` datetime NOT NULL,
  `test_age` tinyint(4) DEFAULT NULL,
  `height_cm` decimal(5,1) DEFAULT NULL,
  `weight_kg` decimal(5,1) DEFAULT NULL,
  `fvc` decimal(4,2) DEFAULT NULL COMMENT 'litres, best of 3',
  `fvc_pred` decimal(4,2) DEFAULT NULL,
  `fvc_pct` smallint(6) DEFAULT NULL,
  `fev1` decimal(4,2) DEFAULT NULL,
  `fev1_pred` decimal(4,2) DEFAULT NULL,
  `fev1_pct` smallint(6) DEFAULT NULL,
  `fev1_fvc` decimal(4,1) DEFAULT NULL,
  `fev1_fvc_pred` decimal(4,1) DEFAULT NULL,
  `fef2575` decimal(4,2) DEFAULT NULL,
  `fef2575_pred` decimal(4,2) DEFAULT NULL,
  `pef` float DEFAULT NULL COMMENT 'L/s',
  `fev1_trial2` decimal(4,2) DEFAULT NULL,
  `fev1_trial3` decimal(4,2) DEFAULT NULL,
  `pred_method` varchar(12) NOT NULL DEFAULT 'NHANES III',
  `effort` enum('GOOD','FAIR','POOR') DEFAULT NULL,
  `interpretation` varchar(40) DEFAULT NULL,
  `smoker` char(1) DEFAULT NULL,
  `pack_years` float DEFAULT NULL,
  `spirometer_sn` varchar(12) DEFAULT NULL,
  `cal_ok` bit(1) DEFAULT NULL,
  `post_bd_fev1` decimal(4,2) DEFAULT NULL,
  `tech_initials` char(3) DEFAULT NULL,
  `comments` varchar(255) DEFAULT NULL,
  PRIMARY KEY (`pft_id`),
  KEY `ix_pft_emp` (`employee_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4";

/// What a healthy person of that sex, age and height blows (Hankinson 1999, the published
/// equations): FVC, FEV1, FEV1/FVC, FEF25-75, PEF.
fn predicted(man: bool, age: f64, cm: f64) -> [f64; 5] {
    let (a, h) = (age * age, cm * cm);
    if man {
        [
            -0.1933 + 0.000_64 * age - 0.000_269 * a + 0.000_186_42 * h,
            0.5536 - 0.013_03 * age - 0.000_172 * a + 0.000_140_98 * h,
            88.066 - 0.2066 * age,
            2.7006 - 0.049_95 * age + 0.000_103_45 * h,
            1.0523 + 0.082_72 * age - 0.001_301 * a + 0.000_249_62 * h,
        ]
    } else {
        [
            -0.3560 + 0.018_70 * age - 0.000_382 * a + 0.000_148_15 * h,
            0.4333 - 0.003_61 * age - 0.000_194 * a + 0.000_114_96 * h,
            90.809 - 0.2125 * age,
            2.3670 - 0.019_04 * age - 0.000_200 * a + 0.000_069_82 * h,
            0.9267 + 0.069_29 * age - 0.001_031 * a + 0.000_186_23 * h,
        ]
    }
}

/// Pack years smoked by that day, counted from the age of eighteen.
fn pack_years(p: &Person, day: Day) -> f64 {
    ((p.packs * (p.birth.years_to(day) - 18.0)) * 2.0).floor() / 2.0
}

fn interpretation(rng: &mut Rng, fvc_pct: f64, ratio: f64, ratio_pred: f64) -> &'static str {
    match (fvc_pct < 80.0, ratio < ratio_pred - 9.0) {
        (true, true) => "Mixed pattern - refer",
        (true, false) => "Possible restriction",
        (false, true) => rng.pick(&["Mild obstruction", "Obstruction, mild", "MILD OBST"]),
        _ => rng.pick(&["Normal", "Normal", "NORMAL", "WNL", "Normal spirometry"]),
    }
}

fn pft(w: &World, rows: &mut Rows) -> io::Result<()> {
    let rng = &mut w.rng("pft");
    for (visit_id, v, p) in w.checks(risk::RESP | risk::HAZMAT) {
        if !rng.chance(0.8) {
            continue;
        }
        let age = p.birth.years_to(v.day).max(20.0);
        let [fvc0, fev0, ratio0, fef0, pef0] = predicted(p.man, age, p.cm());
        let smoke = 1.0 - pack_years(p, v.day) * 0.0045;
        let fvc = fvc0 * p.lungs * rng.normal(1.0, 0.025) * (1.0 + smoke) / 2.0;
        let fev = (fev0 * p.lungs * smoke * rng.normal(1.0, 0.025)).min(fvc * 0.92);
        let ratio = fev / fvc * 100.0;
        let effort = rng.pick(&["GOOD", "GOOD", "GOOD", "GOOD", "FAIR", "POOR"]);
        let kilos = p.bmi_on(v.day) * p.cm() * p.cm() / 10_000.0;
        let words = interpretation(rng, fvc / fvc0 * 100.0, ratio, ratio0);
        rows.add(cells![
            rows.next_id(),
            w.employee_id(rng, v.who),
            visit_id,
            v.day.at(v.minute + 20),
            age as i64,
            fixed(p.cm(), 1),
            fixed(kilos, 1),
            fixed(fvc, 2),
            fixed(fvc0, 2),
            (fvc / fvc0 * 100.0) as i64,
            fixed(fev, 2),
            fixed(fev0, 2),
            (fev / fev0 * 100.0) as i64,
            fixed(ratio, 1),
            fixed(ratio0, 1),
            only(rng.chance(0.95), fixed(fef0 * p.lungs * smoke * rng.normal(1.0, 0.12), 2)),
            fixed(fef0, 2),
            Cell::Float((pef0 * p.lungs * rng.normal(1.0, 0.08) * 100.0).floor() / 100.0),
            fixed(fev * (1.0 - rng.unit() * 0.04), 2),
            fixed(fev * (1.0 - rng.unit() * 0.06), 2),
            "NHANES III",
            effort,
            words,
            yn(p.packs > 0.0),
            only(p.packs > 0.0, Cell::Float(pack_years(p, v.day))),
            if v.day.year() < 2012 { "0012-8841" } else { "0407-2290" },
            rng.chance(0.995),
            // No bronchodilator was ever given here.
            Cell::Null,
            USERS[v.nurse].initials,
            only(
                effort == "POOR",
                rng.pick(&[
                    "Coughing; repeat in 1 wk",
                    "Early termination x2",
                    "Dentures out",
                    "EE states \"can't blow any harder\""
                ])
            ),
        ])?;
    }
    Ok(())
}

const RESPIRATORFITTESTING: &str = "CREATE TABLE `respiratorfittesting` (
  `fit_id` int(11) NOT NULL AUTO_INCREMENT,
  `employee_id` int(11) NOT NULL,
  `test_date` date NOT NULL,
  `expires` date NOT NULL DEFAULT '0000-00-00',
  `mask_maker` varchar(20) DEFAULT NULL,
  `mask_model` varchar(20) DEFAULT NULL,
  `mask_size` char(2) DEFAULT NULL,
  `protocol` char(2) DEFAULT NULL COMMENT 'QN quantitative, QL saccharin/Bitrex',
  `ff_normal` decimal(7,1) DEFAULT NULL,
  `ff_deep` decimal(7,1) DEFAULT NULL,
  `ff_side` decimal(7,1) DEFAULT NULL,
  `ff_talking` decimal(7,1) DEFAULT NULL,
  `fit_factor` decimal(8,1) DEFAULT NULL COMMENT 'harmonic mean',
  `pass_fail` char(1) DEFAULT NULL,
  `facial_hair` bit(1) NOT NULL DEFAULT b'0',
  `medical_clearance` date DEFAULT NULL,
  `tested_by` varchar(40) DEFAULT NULL,
  `comments` varchar(200) DEFAULT NULL,
  PRIMARY KEY (`fit_id`),
  KEY `ix_fit_emp` (`employee_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4";

/// Maker, model, and the factor a test must reach (half or full face).
const MASKS: &[(&str, &str, f64)] = &[
    ("3M", "6200 half", 100.0),
    ("3M", "7502 half", 100.0),
    ("North", "7700-30M", 100.0),
    ("3M", "FF-402 full", 500.0),
    ("MSA", "Ultra-Elite", 500.0),
    ("Scott", "AV-3000 SCBA", 500.0),
    ("3M", "1860 N95", 100.0),
];

fn respiratorfittesting(w: &World, rows: &mut Rows) -> io::Result<()> {
    let rng = &mut w.rng("respiratorfittesting");
    for (_, v, p) in w.checks(risk::RESP) {
        if v.kind == Kind::Exit || !rng.chance(0.86) {
            continue;
        }
        // Most people keep the mask they had.
        let usual = v.who % MASKS.len();
        let (maker, model, needed) = MASKS[if rng.chance(0.85) { usual } else { rng.below(7) }];
        let beard = p.man && rng.chance(0.03);
        let measured = model != "1860 N95" && rng.chance(0.8);
        let top = if beard { needed * 0.4 } else { needed * 9.0 };
        let parts: [f64; 4] = std::array::from_fn(|_| (top * (0.25 + rng.unit())).clamp(8.0, 20_000.0));
        let overall = 4.0 / parts.iter().map(|f| 1.0 / f).sum::<f64>();
        let pass = if measured { overall >= needed } else { !rng.chance(0.02) };
        let size = match (v.who / 7) % 10 {
            0..2 => "S",
            2..7 => "M",
            _ => "L",
        };
        rows.add(cells![
            rows.next_id(),
            w.employee_id(rng, v.who),
            v.day,
            if pass { v.day.plus(365).iso() } else { super::dump::NO_DATE.to_owned() },
            maker,
            model,
            if rng.chance(0.02) { "" } else { size },
            if measured { "QN" } else { "QL" },
            only(measured, fixed(parts[0], 1)),
            only(measured, fixed(parts[1], 1)),
            only(measured, fixed(parts[2], 1)),
            only(measured, fixed(parts[3], 1)),
            only(measured, fixed(overall, 1)),
            if pass { "P" } else { "F" },
            beard,
            only(rng.chance(0.9), v.day.plus(-rng.range(0, 30))),
            USERS[v.nurse].name,
            only(
                !pass,
                rng.pick(&[
                    "Shave & retest",
                    "Beard - PAPR issued",
                    "Leak at nose bridge; try size S",
                    "Failed talking exercise"
                ])
            ),
        ])?;
    }
    Ok(())
}

const QUESTIONNAIRE: &str = "CREATE TABLE `questionnaire` (
  `question_id` int(11) NOT NULL AUTO_INCREMENT,
  `form_cd` char(4) NOT NULL,
  `seq` tinyint(4) NOT NULL,
  `question` varchar(255) NOT NULL,
  `answer_type` enum('YN','TEXT','NUM') NOT NULL DEFAULT 'YN',
  `retired` bit(1) NOT NULL DEFAULT b'0',
  PRIMARY KEY (`question_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4";

/// Question, type of answer, and how many in a hundred say yes.
const QUESTIONS: &[(&str, &str, &str, u32)] = &[
    ("RESP", "Do you currently smoke tobacco, or have you in the last month?", "YN", 20),
    ("RESP", "Have you ever had seizures (fits)?", "YN", 1),
    ("RESP", "Have you ever had diabetes (sugar disease)?", "YN", 7),
    ("RESP", "Have you ever had claustrophobia (fear of closed-in places)?", "YN", 3),
    ("RESP", "Have you ever had asbestosis, asthma or chronic bronchitis?", "YN", 8),
    ("RESP", "Do you have shortness of breath when walking fast or up a hill?", "YN", 6),
    ("RESP", "Have you ever had a heart attack, stroke or angina?", "YN", 2),
    ("RESP", "Are you taking medication for blood pressure?", "YN", 17),
    ("RESP", "Do you wear contact lenses or glasses?", "YN", 48),
    ("RESP", "Name any medication you take", "TEXT", 0),
    ("HEAR", "Do you have ringing in your ears?", "YN", 14),
    ("HEAR", "Hours since last loud noise", "NUM", 0),
    ("TB", "Have you had a cough for more than 3 weeks?", "YN", 2),
    ("TB", "Have you been told you had a positive TB skin test?", "YN", 3),
    ("LBP", "Have you lost work because of your back?", "YN", 12),
];

fn questionnaire(_: &World, rows: &mut Rows) -> io::Result<()> {
    for (n, (form, question, kind, _)) in QUESTIONS.iter().enumerate() {
        rows.add(cells![n + 1, *form, n + 1, *question, *kind, *form == "LBP"])?;
    }
    Ok(())
}

const QUESTIONNAIRERESPONSES: &str = "CREATE TABLE `questionnaireresponses` (
  `response_id` int(11) NOT NULL AUTO_INCREMENT,
  `employee_id` int(11) NOT NULL,
  `visit_id` int(11) NOT NULL,
  `question_id` int(11) NOT NULL,
  `answer` varchar(255) DEFAULT NULL,
  `flagged` char(1) DEFAULT NULL,
  PRIMARY KEY (`response_id`),
  KEY `ix_qr_visit` (`visit_id`),
  KEY `fk_qr_question` (`question_id`),
  CONSTRAINT `fk_qr_question` FOREIGN KEY (`question_id`) REFERENCES `questionnaire` (`question_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4";

fn questionnaireresponses(w: &World, rows: &mut Rows) -> io::Result<()> {
    let rng = &mut w.rng("questionnaireresponses");
    for (visit_id, v, p) in w.checks(risk::RESP) {
        if v.kind == Kind::Exit {
            continue;
        }
        let employee = w.employee_id(rng, v.who);
        for (n, (form, _, kind, yes)) in QUESTIONS.iter().enumerate() {
            if *form != "RESP" || rng.chance(0.02) {
                continue;
            }
            let agreed = match n {
                0 => p.packs > 0.0,
                _ => Rng::numbered(w.seed, "answers", v.who * 16 + n).below(100) < *yes as usize,
            };
            let answer = match (*kind, agreed) {
                ("TEXT", _) => rng.pick(&["none", "None", "N/A", "lisinopril 10", "metformin", "albuterol prn", ""]),
                (_, true) => rng.pick(&["Y", "Y", "Y", "Yes"]),
                _ => rng.pick(&["N", "N", "N", "No"]),
            };
            rows.add(cells![rows.next_id(), employee, visit_id, n + 1, answer, only(agreed && n > 0 && n < 8, "Y"),])?;
        }
    }
    Ok(())
}
