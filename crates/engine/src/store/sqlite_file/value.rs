//! Values as SQLite holds them.

use rusqlite::types::ValueRef;
use snapshot::Batch;

pub(super) fn push(value: ValueRef, batch: &mut Batch) {
    match value {
        ValueRef::Null => batch.push_null(),
        ValueRef::Integer(integer) => batch.push_integer(integer),
        ValueRef::Real(real) => batch.push_text(real_text(real).as_bytes()),
        ValueRef::Text(text) if std::str::from_utf8(text).is_ok() => batch.push_text(text),
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => batch.push_bytes(bytes),
    }
}

/// A real as SQLite writes it (`1.0`, `1.0e+20`), in the fewest digits that read back as the same number.
fn real_text(real: f64) -> String {
    if real.is_infinite() {
        return if real > 0.0 { "Inf" } else { "-Inf" }.to_owned();
    }
    let scientific = format!("{real:e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let digits = mantissa.bytes().filter(u8::is_ascii_digit).count() as i32;
    if exponent < -4 || exponent >= digits.max(15) {
        let point = if mantissa.contains('.') { "" } else { ".0" };
        let sign = if exponent < 0 { '-' } else { '+' };
        return format!("{mantissa}{point}e{sign}{:02}", exponent.abs());
    }
    let plain = format!("{real}");
    if plain.contains('.') { plain } else { plain + ".0" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reals_read_back() {
        for (real, text) in [
            (1.0, "1.0"),
            (-0.0, "-0.0"),
            (0.1, "0.1"),
            (1.98, "1.98"),
            (0.1 + 0.2, "0.30000000000000004"),
            (1e14, "100000000000000.0"),
            (1e15, "1.0e+15"),
            (1e20, "1.0e+20"),
            (1.5e300, "1.5e+300"),
            (123_456_789_012_345_680.0, "1.2345678901234568e+17"),
            (9_007_199_254_740_993.0, "9007199254740992.0"),
            (0.0001, "0.0001"),
            (0.000_01, "1.0e-05"),
            (5e-324, "5.0e-324"),
            (f64::NEG_INFINITY, "-Inf"),
        ] {
            assert_eq!(real_text(real), text);
            assert_eq!(text.replace("Inf", "inf").parse::<f64>().unwrap().to_bits(), real.to_bits(), "{text}");
        }
    }
}
