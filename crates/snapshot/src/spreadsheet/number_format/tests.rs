use super::*;

fn shown(code: &str, number: f64) -> String {
    NumberFormat::parse(code).show(number, Epoch::Of1900)
}

#[test]
fn numbers_are_displayed_as_their_format_says() {
    for (code, number, text) in [
        ("0", 12.6, "13"),
        ("0.00", 1.005, "1.01"),
        ("0.00", -2.345, "-2.35"),
        ("0.00", 0.0, "0.00"),
        ("#,##0.00", 1_234_567.891, "1,234,567.89"),
        ("#,##0", 999.5, "1,000"),
        ("#,##0", 0.2, "0"),
        ("#,###", 0.0, ""),
        ("0.0#", 1.5, "1.5"),
        ("#.##", 0.0, "."),
        ("0%", 0.125, "13%"),
        ("0.00%", 0.125, "12.50%"),
        ("\"$\"#,##0.00", -3.0, "-$3.00"),
        ("\"$\"#,##0.00_);\\(\"$\"#,##0.00\\)", -3.0, "($3.00)"),
        ("\"$\"#,##0.00_);\\(\"$\"#,##0.00\\)", 3.0, "$3.00 "),
        ("[$€-407] #,##0.00", 1234.5, "€ 1,234.50"),
        ("0.00E+00", 12_345.678, "1.23E+04"),
        ("0.00E+00", 0.0, "0.00E+00"),
        ("##0.0E+0", 12_345.678, "12.3E+3"),
        ("0.00E+00", 9.999e9, "1.00E+10"),
        ("000-00-0000", 123_456_789.0, "123-45-6789"),
        ("00000", 42.0, "00042"),
        ("(###) ###-####", 5_551_234_567.0, "(555) 123-4567"),
        ("0,", 12_345.0, "12"),
        ("0.0,,\"M\"", 12_345_678.0, "12.3M"),
        ("#\" kg\"", 70.0, "70 kg"),
        ("General\" kg\"", 70.5, "70.5 kg"),
        ("0;;", -5.0, ""),
        ("0;\\-0;\"none\"", 0.0, "none"),
        ("[>=100]\"high\";[<10]\"low\";0", 50.0, "50"),
        ("[>=100]\"high\";[<10]\"low\";0", 100.0, "high"),
        ("# ?/?", 1.5, "1 1/2"),
        ("# ??/??", 0.333_333, "  1/3 "),
        ("@", 1.5, "1.5"),
        ("0_ ;\\-0", 4.0, "4 "),
        ("#,##0.00", 1e15, "1,000,000,000,000,000.00"),
        ("0.000", 1e-20, "0.000"),
        ("0,000", 5.0, "0,005"),
    ] {
        assert_eq!(shown(code, number), text, "{number} as {code}");
    }
}

#[test]
fn general_takes_eleven_characters() {
    for (number, text) in [
        (0.1 + 0.2, "0.3"),
        (1.0 / 3.0, "0.333333333"),
        (1_234.567_890_123, "1234.56789"),
        (12_345_678_901.0, "12345678901"),
        (123_456_789_012.0, "1.23457E+11"),
        (0.000_123_456_789, "0.000123457"),
        (0.000_012_34, "1.234E-05"),
        (-1.5, "-1.5"),
        (1e100, "1E+100"),
        (0.0, "0"),
    ] {
        assert_eq!(general(number), text);
    }
}

#[test]
fn dates_are_displayed_as_their_format_says() {
    let moment = 45_352.572_916_666_66;
    for (code, number, text) in [
        ("m/d/yyyy", moment, "3/1/2024"),
        ("yyyy\\-mm\\-dd", moment, "2024-03-01"),
        ("d-mmm-yy", moment, "1-Mar-24"),
        ("dddd, mmmm dd, yyyy", moment, "Friday, March 01, 2024"),
        ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", moment, "Friday, March 1, 2024"),
        ("[$-409]h:mm AM/PM;@", moment, "1:45 PM"),
        ("h:mm a/p", 0.0, "12:00 A"),
        ("m/d/yyyy h:mm", moment, "3/1/2024 13:45"),
        ("hh:mm:ss", 0.999_999, "00:00:00"),
        ("h:mm", 0.572_916 + 40.0 / 86_400.0, "13:45"),
        ("mm:ss.0", 0.5 / 86_400.0, "00:00.5"),
        ("[h]:mm:ss", 1.5, "36:00:00"),
        ("[mm]:ss", 0.25, "360:00"),
        ("[h]:mm", 0.999_999_999, "24:00"),
        ("mmmmm", moment, "M"),
        ("m/d/yyyy", 60.0, "2/29/1900"),
        ("m/d/yyyy", 0.0, "1/0/1900"),
        ("m/d/yyyy", -1.0, "########"),
        ("yyyy\"年\"m\"月\"d\"日\"", moment, "2024年3月1日"),
        ("dd/mm/yyyy hh:mm:ss.000", moment, "01/03/2024 13:45:00.000"),
    ] {
        assert_eq!(shown(code, number), text, "{number} as {code}");
    }
    assert_eq!(NumberFormat::parse("m/d/yyyy").show(0.0, Epoch::Of1904), "1/1/1904");
}

#[test]
fn a_format_says_what_the_number_is() {
    for (code, kind) in [
        ("General", None),
        ("@", None),
        ("0", Some(FacetKind::Number)),
        ("0.0%", Some(FacetKind::Percent)),
        ("m/d/yy", Some(FacetKind::Date)),
        ("m/d/yy h:mm", Some(FacetKind::Datetime)),
        ("mm:ss", Some(FacetKind::Time)),
        ("[h]:mm", Some(FacetKind::Duration)),
        ("[Red]0.00", Some(FacetKind::Number)),
        ("0\" days\"", Some(FacetKind::Number)),
        ("\"day\" 0", Some(FacetKind::Number)),
        ("0\\d", Some(FacetKind::Number)),
    ] {
        assert_eq!(NumberFormat::parse(code).kind(), kind, "{code}");
    }
}

#[test]
fn hostile_codes_end() {
    let long = "0".repeat(3000) + "/" + &"?".repeat(900);
    for code in ["[", "\"", "\\", "_", "*", ";;;;;;", "[$", "[h", "E+", "0E+", "/", "?/", "?/0", "é[h]é", "[>x]", &long]
    {
        let format = NumberFormat::parse(code);
        for number in [0.0, -1.5, 1e300, -1e-300, 5e15, f64::MAX, f64::NAN, f64::INFINITY] {
            let _ = format.show(number, Epoch::Of1900);
        }
    }
}
