//! The software bill of materials, CycloneDX 1.5 in JSON.

use serde_json::{Value, json};

use super::{Kind, Part};

pub fn document(version: &str, parts: &[Part]) -> Value {
    let components: Vec<Value> = parts.iter().map(component).collect();
    json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": {
            "type": "application", "bom-ref": "crosswalk", "name": "crosswalk", "version": version,
        }},
        "components": components,
    })
}

fn component(part: &Part) -> Value {
    let address = address(part);
    let mut component = json!({
        "type": "library",
        "bom-ref": address,
        "purl": address,
        "name": part.name,
        "version": part.version,
        "licenses": [{"expression": part.licence}],
    });
    if let Some((algorithm, figure)) = &part.digest {
        component["hashes"] = json!([{"alg": algorithm, "content": figure}]);
    }
    component
}

/// The package's URL, as scanners look it up.
fn address(part: &Part) -> String {
    let version = part.version.replace('+', "%2B");
    match part.kind {
        Kind::Crate => format!("pkg:cargo/{}@{version}", part.name),
        Kind::Npm => format!("pkg:npm/{}@{version}", part.name.replace('@', "%40")),
        Kind::C => format!("pkg:generic/{}@{version}", part.name.to_lowercase()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_component_can_be_looked_up() {
        for (kind, name, version, expected) in [
            (Kind::Crate, "zstd-sys", "2.0.16+zstd.1.5.7", "pkg:cargo/zstd-sys@2.0.16%2Bzstd.1.5.7"),
            (Kind::Npm, "@mantine/core", "9.7.3", "pkg:npm/%40mantine/core@9.7.3"),
            (Kind::C, "SQLite", "3.53.2", "pkg:generic/sqlite@3.53.2"),
        ] {
            let part = Part {
                kind,
                name: name.to_owned(),
                version: version.to_owned(),
                licence: "MIT".to_owned(),
                digest: Some(("SHA-256", "00ff".to_owned())),
            };
            let document = document("0.1.0", &[part]);
            let component = &document["components"][0];
            assert_eq!(component["purl"], expected);
            assert_eq!(component["hashes"][0], json!({"alg": "SHA-256", "content": "00ff"}));
            assert_eq!(component["licenses"][0]["expression"], "MIT");
        }
    }
}
