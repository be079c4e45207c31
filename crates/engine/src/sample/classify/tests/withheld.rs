//! What is withheld for what its values look like, and what passes all the same.

use super::*;

/// Each person's own value stands in many rows: what they look like is all there is to go by.
#[test]
fn values_of_people_are_withheld_however_often_they_repeat() {
    let own = (15, 2_400);
    let cases: &[(Invented<'_>, Class, Action)] = &[
        (("import.f1", "", Integer, own, "2075550142|4155550100|6035550177"), Phone, Surrogate),
        (("import.f2", "", Integer, own, "4111111111111111|5500005555555559|378282246310005"), Acct, Surrogate),
        (("import.f3", "", Code, own, "1M8GDM9AXKP042788|1HGCM82633A004352"), Vehicle, Surrogate),
        (("import.f4", "", Integer, own, "1234567893|1245319599"), Lic, Surrogate),
        (("import.f5", "", Code, own, "GB82WEST12345698765432|DE89370400440532013000"), Acct, Surrogate),
        (("import.f6", "", Code, own, "12345678Z|X1234567L"), Ssn, Surrogate),
        (("import.f7", "", Code, own, "tnguy28|lefv35|oyel14|kszcz4"), Staff, Surrogate),
        (("import.f8", "", Code, own, "D1234567|S99887766|D5550123"), Uid, Surrogate),
        (("import.f9", "", Integer, own, "214344|781648|177889"), Uid, Surrogate),
        (("import.f10", "", Code, own, "09114210|93204089"), Uid, Surrogate),
        (("import.f11", "", Code, own, "HM-104233|HM-104901"), Uid, Surrogate),
        (("import.f12", "", Code, own, "Kowalczyk|Oyelaran|Lefebvre"), Name, Surrogate),
        (("import.f13", "", Code, own, "O'BRIEN, MAEVE|DE LA ROSA, J"), Name, Surrogate),
        (("import.f14", "", Code, own, "Dre Lachapelle|Dr Nguyen|Dr Ouimet"), Name, Surrogate),
        (("import.f15", "", Code, own, "555-0142|555-0199"), Phone, Surrogate),
        (("import.f16", "", Code, own, "06 12 34 56 78|06 98 76 54 32"), Phone, Surrogate),
        (("import.notified", "", Code, own, "O'Brien, Maeve|Szabó, Éva|Dr Ouimet"), Name, Surrogate),
        // The header says of what, and a check digit says more than a header.
        (("import.status_cd", "", Integer, own, "4111111111111111|5500005555555559"), Acct, Surrogate),
        (("import.everybodys", "", Text, (2_000, 90_000), "zz top|aa bb|some"), Freetext, Drop),
    ];
    let columns: Vec<_> = cases.iter().map(|(column, ..)| *column).collect();
    let mut wrong = Vec::new();
    for (treatment, (column, class, action)) in treat(&columns).iter().zip(cases) {
        if (treatment.class, treatment.action) != (*class, *action) {
            wrong.push(format!("{}: {:?} {:?} {:?}", column.0, treatment.class, treatment.action, treatment.evidence));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn codes_units_and_measurements_pass() {
    let few = (6, 2_400);
    let cases: &[Invented<'_>] = &[
        ("import.f1", "", Code, few, "Open|Closed|Pending|No show"),
        ("import.f2", "", Code, few, "S39.012A|M54.5|J45.909|Z00.00"),
        ("import.f3", "", Code, few, "2345-7|718-7|4544-3"),
        ("import.f4", "", Integer, few, "195662009|410620009|162673000"),
        ("import.f5", "", Code, few, "mg/dL|mmol/L|%|U/L"),
        ("import.f6", "", Code, few, "Audiogram|Spirometry|Vision test|Hemoglobin"),
        ("import.f7", "", Code, few, "HGB|WBC|PLT|LEAD"),
        ("import.f8", "", Code, few, "FIT|UNFIT|FIT WITH RESTRICTIONS"),
        ("import.f9", "", Integer, (60, 2_400), "72|80|101"),
        ("import.f10", "", Integer, (40, 2_400), "150000|250000|199900"),
        ("import.cpt", "", Integer, few, "99213|99214|92557"),
        ("import.procedure_code", "", Integer, few, "99213|99214|92557"),
        ("import.naics", "", Integer, few, "336611|336612"),
        ("import.manufacturer", "", Code, few, "Sanofi|Merck|Seqirus"),
        ("import.f11", "", Code, few, "apte|inapte|apte avec restrictions"),
        ("import.f12", "", Code, few, "Retour au travail|Audition|Spirométrie"),
        ("import.f13", "", Code, few, "PRE|ANN|RTW|EXI"),
        ("import.f14", "", Code, few, "120/80|140-400|4.5-11"),
        ("import.f15", "", Code, few, "stage1|stage2|stage3"),
        ("import.f16", "", Code, few, "Lisinopril|Metformin|Rosuvastatin"),
    ];
    let treatments = treat(cases);
    let wrong: Vec<String> = treatments
        .iter()
        .filter(|treatment| (treatment.class, treatment.action) != (Nothing, Pass))
        .map(|treatment| format!("{}: {:?} {:?}", treatment.key, treatment.class, treatment.evidence))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn headers_of_other_languages_name_their_classes() {
    let mut wrong = Vec::new();
    for (table, headers, class) in [
        ("visites", "prénom nom nom_patient NomJeuneFille personne_contact nom_conjoint", Name),
        ("visitas", "nombre apellidos apellido1 segundo_apellido nombre_madre", Name),
        ("untersuchungen", "Vorname Nachname Geburtsname Patientenname", Name),
        ("visites", "adresse ville lieu_naissance commune rue", Geo),
        ("visitas", "dirección calle ciudad municipio lugar_nacimiento barrio", Geo),
        ("untersuchungen", "Straße strasse Ort Wohnort Geburtsort Anschrift Hausnummer", Geo),
        ("visites", "code_postal codepostal", Zip),
        ("untersuchungen", "PLZ Postleitzahl", Zip),
        ("visites", "date_naissance DATENAISSANCE date_visite ddn date_embauche", Date),
        ("visitas", "fecha_nacimiento fec_nac fecha_alta FechaDefuncion", Date),
        ("untersuchungen", "Geburtsdatum GEBDATUM Einstellungsdatum", Date),
        ("visites", "téléphone telephone_domicile tel_portable cellulaire", Phone),
        ("visitas", "teléfono telefono_movil celular tfno", Phone),
        ("untersuchungen", "Telefon Telefonnummer Handynummer Mobilnummer", Phone),
        ("visites", "courriel adresse_courriel", Email),
        ("visitas", "correo correo_electronico", Email),
        ("visites", "NIR numero_securite_sociale nss NAS", Ssn),
        ("visitas", "DNI NIE CURP rfc numero_seguridad_social", Ssn),
        ("untersuchungen", "Sozialversicherungsnummer SVNR", Ssn),
        ("untersuchungen", "Krankenversicherungsnummer Versichertennummer KVNR", Plan),
        ("visites", "numero_dossier n_dossier", Mrn),
        ("visitas", "historia_clinica numero_expediente", Mrn),
        ("visites", "permis_conduire", Lic),
        ("untersuchungen", "Führerscheinnummer", Lic),
        ("visites", "médecin nom_medecin infirmière", Staff),
        ("visitas", "medico nombre_medico enfermera", Staff),
        ("untersuchungen", "Arzt Hausarzt", Staff),
        ("visites", "employeur", Employer),
        ("untersuchungen", "Arbeitgeber", Employer),
        ("visites", "sexe motif resultat taille poids statut type_visite", Nothing),
        ("visitas", "sexo motivo resultado peso estado_civil tipo_sangre", Nothing),
        ("untersuchungen", "Geschlecht Befund Gewicht Schicht", Nothing),
    ] {
        let columns: Vec<String> = headers.split(' ').map(|header| format!("{table}.{header}")).collect();
        let all: Vec<Invented<'_>> =
            columns.iter().map(|name| (name.as_str(), "varchar(60)", Empty, (0, 0), "")).collect();
        for (treatment, column) in treat(&all).iter().zip(&columns) {
            if treatment.class != class {
                wrong.push(format!("{column} is {class:?}, taken for {:?}: {:?}", treatment.class, treatment.evidence));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn whom_a_table_is_about_is_found_in_it_or_one_step_away() {
    let ids = (400, 5_000);
    let columns = [
        ("employee.employee_id", "*int", Integer, (500, 500), "1|2"),
        ("employee.last_name", "varchar(40)", Text, (400, 500), "Roe"),
        ("employee.first_name", "varchar(40)", Text, (400, 500), "Ann"),
        ("visit.visit_id", "*int", Integer, (5_000, 5_000), "1|2"),
        ("visit.supervisor_id", "int", Integer, ids, "1|2"),
        ("visit.employee_id", "int", Integer, ids, "1|2"),
        ("lab.visit_id", "int>visit.visit_id", Integer, (3_000, 9_000), "1|2"),
        ("lab.analyte", "varchar(8)", Code, (9, 9_000), "HGB"),
        ("import.mrn", "", Code, ids, "HM-1"),
        ("import.f", "", Code, (3, 5_000), "A|B"),
        ("visites.nom", "", Code, (30, 5_000), "Lefebvre"),
        ("visites.prenom", "", Code, (30, 5_000), "Zoé"),
        ("visites.nom_contact", "", Code, (30, 5_000), "Yves Lefebvre"),
        ("unit_list.code", "", Code, (9, 9), "A|B"),
    ];
    let (loaded, who) = (treat(&columns), whom(&columns));
    assert_eq!(loaded.len(), columns.len());
    let here = |names: &[&str]| Some(Who::Here(names.iter().map(|name| (*name).to_owned()).collect()));
    for (table, expected) in [
        ("employee", here(&["employee_id"])),
        ("visit", here(&["employee_id"])),
        (
            "lab",
            Some(Who::There {
                column: "visit_id".to_owned(),
                table: TableKey::new(None, "visit"),
                key: "visit_id".to_owned(),
                people: vec!["employee_id".to_owned()],
            }),
        ),
        ("import", here(&["mrn"])),
        ("visites", here(&["nom", "prenom"])),
        ("unit_list", None),
    ] {
        assert_eq!(who.get(&TableKey::new(None, table)).cloned(), expected, "{table}");
    }
}

#[test]
fn a_column_of_peoples_own_values_is_withheld() {
    let tie = |value: fn(u64, u64) -> u64| {
        let mut tie = Tie::default();
        for visit in 0..12 {
            for person in 0..60 {
                tie.see(person, value(person, visit));
            }
        }
        tie
    };
    let own = tie(|person, _| person);
    let shared = tie(|person, visit| (person + visit) % 9);
    for (trap, column, tie, class, action) in [
        ("four digits of one's own", ("visit.f1", "", Integer, (60, 720), "1001|1002"), &own, Uid, Surrogate),
        ("a code of one's own", ("visit.f2", "", Code, (60, 720), "Q17|Q18|Z9"), &own, Uid, Surrogate),
        (
            "a phrase of one's own",
            ("visit.f3", "", Text, (60, 720), "first aider of the north gate, bay 7"),
            &own,
            Freetext,
            Drop,
        ),
        ("a measurement of a name", ("visit.height", "", Integer, (60, 720), "171|180"), &own, Nothing, Pass),
        ("a status", ("visit.f4", "", Code, (9, 720), "A|B"), &shared, Nothing, Pass),
    ] {
        let mut treatment = treat(&[column]).remove(0);
        // Of phrases nobody knows they are few before their rows were counted.
        (treatment.class, treatment.action) = (Nothing, Pass);
        let figures = ColumnFigures {
            rows: 720,
            nulls: 0,
            blanks: 0,
            distinct: column.3.0,
            min_length: 3,
            max_length: if column.2 == Text { 40 } else { 4 },
            inferred_type: column.2,
            format: None,
        };
        if may_be_own(&treatment, &figures, Some(60)) {
            withhold_own(&mut treatment, &figures, tie, Some(60));
        }
        assert_eq!((treatment.class, treatment.action), (class, action), "{trap}: {:?}", treatment.evidence);
    }
}
