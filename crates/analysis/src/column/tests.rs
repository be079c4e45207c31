use super::*;

type Case<'a> = (&'a str, &'a str, &'a [&'a str], Option<(Kind, Sureness)>);

fn of(name: &str, values: &[Value<'_>]) -> ColumnAnalysis {
    let words = name.split('_').map(str::to_owned).collect();
    let mut analysis = Analysis::new(About { words, declared_length: None, today: (2026, 11, 28) });
    for value in values {
        analysis.see(*value);
    }
    analysis.conclude()
}

fn texts<'v>(values: &[&'v str]) -> Vec<Value<'v>> {
    values.iter().map(|v| Value::Text(v)).collect()
}

/// As often as it takes to be no chance.
fn many<'v>(values: &[&'v str]) -> Vec<Value<'v>> {
    texts(values).into_iter().cycle().take(60).collect()
}

#[test]
fn every_row_is_counted_once() {
    let told = of(
        "note",
        &[
            Value::Null,
            Value::Text(""),
            Value::Text("  "),
            Value::Text("\t\n"),
            Value::Text("n/a"),
            Value::Text("Unknown "),
            Value::Text("seen"),
            Value::Integer(7),
            Value::Bytes(b""),
            Value::Bytes(b"%PDF-1.4"),
        ],
    );
    let counted = told.nulls + told.blanks + told.white_space + told.meant;
    let placeholders: u64 = told.placeholders.iter().map(|p| p.count).sum();
    assert_eq!((told.nulls, told.blanks, told.white_space, placeholders, told.meant), (1, 3, 1, 2, 3));
    assert_eq!(counted + placeholders, told.rows);
    assert_eq!(told.blobs[0].content, "PDF");
}

#[test]
fn kinds_are_told_as_surely_as_they_are_known() {
    use Kind as K;
    use Sureness as S;
    let cases: &[Case<'_>] = &[
        ("check digits tell a provider's number", "id", &["1234567893"], Some((K::Npi, S::Sure))),
        ("codes of diagnoses", "code", &["E11.9", "I10", "S52.521A"], Some((K::Icd10, S::Sure))),
        ("numbers of charts are none", "mrn", &["M104233", "M104234"], None),
        (
            "phones in every way",
            "home_phone",
            &["(212) 555-0147", "2125550147", "212.555.0147"],
            Some((K::Phone, S::Sure)),
        ),
        ("nine digits of the post", "zip", &["02139-1234", "02139", "10001"], Some((K::ZipPlus, S::Sure))),
        ("old codes, where the header says so", "dx_code", &["250.00", "401.9"], Some((K::Icd9, S::Likely))),
        ("weights are no codes", "weight", &["250.5", "401.9"], None),
        ("five digits may be this or that", "code", &["99213", "10001"], Some((K::Cpt, S::Possible))),
        ("five digits of a ZIP", "zip", &["02139", "10001"], Some((K::Zip, S::Likely))),
        ("vaccines", "cvx_code", &["08", "208", "115"], Some((K::Cvx, S::Likely))),
        ("small numbers", "count", &["8", "20", "115"], None),
        ("thresholds of hearing", "left_4000", &["5", "10", "-5"], Some((K::HearingThreshold, S::Likely))),
        ("numbers of the insured", "employee", &["123-45-6780", "219-09-9998"], Some((K::Ssn, S::Sure))),
        ("nine digits are asked about", "employee", &["123456780", "219099998"], Some((K::SsnPlain, S::Possible))),
        ("dates are no codes", "d", &["20190401", "20190402"], None),
    ];
    for (trap, name, values, expected) in cases {
        let told = of(name, &many(values));
        let first = told.kinds.first().map(|f| (f.kind, f.sureness));
        assert_eq!(first, *expected, "{trap}: {:?}", told.kinds);
    }
}

#[test]
fn one_row_of_what_is_a_risk_is_told_with_its_place() {
    let mut values = many(&["seen today", "left early"]);
    values.push(Value::Text("her number is 123-45-6780"));
    values.push(Value::Text("FranÃ§ois"));
    let told = of("note", &values);
    let found: Vec<(Kind, u64, &[u64])> = told.kinds.iter().map(|f| (f.kind, f.count, &f.example_rows[..])).collect();
    assert_eq!(found, [(Kind::SsnInText, 1, &[61][..]), (Kind::Mojibake, 1, &[62][..])]);
}

#[test]
fn figures_are_the_same_however_many_values_wait() {
    let all: Vec<String> = (0..3 * WAITING).map(|n| format!("{}", n % (WAITING + 100))).collect();
    let values: Vec<Value<'_>> = all.iter().map(|t| Value::Text(t)).collect();
    let told = of("n", &values);
    let numbers = told.numbers.unwrap();
    assert_eq!((told.rows, told.meant, numbers.count), (values.len() as u64, values.len() as u64, values.len() as u64));
    let exact: f64 = all.iter().map(|t| t.parse::<f64>().unwrap()).sum::<f64>() / all.len() as f64;
    assert!((numbers.mean - exact).abs() < 1e-6);
    assert_eq!(told.patterns.iter().map(|p| p.count).sum::<u64>() + told.other_patterns, told.rows);
}

#[test]
fn a_value_of_a_megabyte_is_looked_at_by_its_front() {
    let long = format!("{{\\rtf1 {}", "é".repeat(1 << 20));
    let told = of("note", &[Value::Text(&long)]);
    assert_eq!(told.kinds[0].kind, Kind::Rtf);
    assert_eq!(told.lengths.greatest, 7 + 1 + (1 << 20) - 1);
}
