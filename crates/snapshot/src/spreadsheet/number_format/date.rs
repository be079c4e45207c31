//! Dates, times and durations as a format displays them.

use std::fmt::Write;

use super::section::{Section, Token};
use crate::spreadsheet::serial::{DAY_SECONDS, Epoch, Moment};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/// What a cell shows that is no date: as many as fill it; these are Excel's for a column of common width.
pub const NOT_SHOWN: &str = "########";

pub fn show(section: &Section, serial: f64, epoch: Epoch) -> String {
    // The 1904 system shows what lies before it with a sign.
    let (sign, serial) = if serial < 0.0 && epoch == Epoch::Of1904 { ("-", -serial) } else { ("", serial) };
    let Some(moment) = Moment::displayed(serial, epoch) else { return NOT_SHOWN.to_owned() };
    let tokens = &section.tokens;
    let decimals = tokens.iter().find_map(|t| if let Token::Fraction(n) = t { Some((*n).min(3)) } else { None });
    let seconds = tokens.iter().any(|t| matches!(t, Token::Second(_) | Token::Elapsed('s', _)));
    let moment = rounded(moment, serial, decimals, seconds, epoch);
    let half_days = tokens.iter().any(|t| matches!(t, Token::HalfDay(_)));
    let days = elapsed_days(serial, &moment);
    let mut shown = sign.to_owned();
    for token in tokens {
        put(&mut shown, token, &moment, half_days, days);
    }
    shown
}

/// Seconds without decimals are rounded where they are the smallest thing that is shown.
fn rounded(moment: Moment, serial: f64, decimals: Option<usize>, seconds: bool, epoch: Epoch) -> Moment {
    let unit = match decimals {
        Some(n) => 10f64.powi(n as i32),
        None => 1.0,
    };
    let fraction = (moment.fraction * unit).round() / unit;
    if fraction < 1.0 || !(seconds || decimals.is_some() || moment.fraction >= 0.5) {
        return Moment { fraction, ..moment };
    }
    if moment.seconds + 1 < DAY_SECONDS {
        return Moment { seconds: moment.seconds + 1, fraction: 0.0, ..moment };
    }
    // Over midnight: the next day, or the last moment that can be shown.
    Moment::displayed(serial.floor() + 1.0, epoch).unwrap_or(Moment { fraction: 0.0, ..moment })
}

/// Days that a duration spans, for its hours.
fn elapsed_days(serial: f64, moment: &Moment) -> i64 {
    let day = serial.floor() as i64;
    // Rounding may have gone over midnight.
    if moment.is_midnight() && serial - serial.floor() > 0.5 { day + 1 } else { day }
}

fn put(shown: &mut String, token: &Token, moment: &Moment, half_days: bool, days: i64) {
    let (hour, minute, second) = (moment.seconds / 3600, moment.seconds / 60 % 60, moment.seconds % 60);
    let month = MONTHS[(moment.month as usize).clamp(1, 12) - 1];
    // Writing into a String cannot fail.
    let _ = match token {
        Token::Literal(text) => shown.write_str(text),
        Token::Year(1..=2) => write!(shown, "{:02}", moment.year % 100),
        Token::Year(_) => write!(shown, "{:04}", moment.year),
        Token::Month(1) => write!(shown, "{}", moment.month),
        Token::Month(2) => write!(shown, "{:02}", moment.month),
        Token::Month(3) => shown.write_str(&month[..3]),
        Token::Month(5) => shown.write_str(&month[..1]),
        Token::Month(_) => shown.write_str(month),
        Token::Day(1) => write!(shown, "{}", moment.day),
        Token::Day(2) => write!(shown, "{:02}", moment.day),
        Token::Day(3) => shown.write_str(&DAYS[moment.weekday][..3]),
        Token::Day(_) => shown.write_str(DAYS[moment.weekday]),
        Token::Hour(run) => {
            let hour = if half_days { (hour + 11) % 12 + 1 } else { hour };
            write!(shown, "{hour:0width$}", width = (*run).min(2))
        }
        Token::Minute(run) => write!(shown, "{minute:0width$}", width = (*run).min(2)),
        Token::Second(run) => write!(shown, "{second:0width$}", width = (*run).min(2)),
        Token::Fraction(run) => {
            let decimals = (*run).min(3);
            let digits = (moment.fraction * 10f64.powi(decimals as i32)).round() as i64;
            write!(shown, ".{digits:0decimals$}")
        }
        Token::HalfDay(short) => {
            let name = if hour >= 12 { "PM" } else { "AM" };
            shown.write_str(if *short { &name[..1] } else { name })
        }
        Token::Elapsed(unit, run) => {
            let seconds = days * DAY_SECONDS + moment.seconds;
            let passed = match unit {
                'h' => seconds / 3600,
                'm' => seconds / 60,
                _ => seconds,
            };
            write!(shown, "{passed:0width$}", width = (*run).min(9))
        }
        Token::Point => shown.write_char('.'),
        Token::Comma => shown.write_char(','),
        Token::Slash => shown.write_char('/'),
        Token::Percent => shown.write_char('%'),
        Token::Digit('0') => shown.write_char('0'),
        Token::Digit(_) | Token::General | Token::Text | Token::Exponent { .. } => Ok(()),
    };
}
