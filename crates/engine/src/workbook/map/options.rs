//! What the receiving system's option columns hold: which part of a component a source column becomes.

use crate::mapping::Mapping;

/// The headers of the option columns.
pub(super) const HEADERS: [&str; 11] = [
    "Document Options",
    "Element Type",
    "Element Format",
    "Encounter Options",
    "Observation Options",
    "get_obs_name",
    "get_obs_result",
    "get_obs_test_comments",
    "PFT Options",
    "Audiogram Options",
    "Fit Test Options",
];

/// The words under one option header, a line for each mapping that speaks to it.
pub(super) fn under(header: &str, mappings: &[&Mapping]) -> String {
    let mut words: Vec<&str> = mappings.iter().filter_map(|m| word(header, m)).collect();
    words.dedup();
    words.join("\n")
}

fn word<'m>(header: &str, mapping: &'m Mapping) -> Option<&'m str> {
    let field = mapping.field.as_str();
    // These say how a record is headed, which the module's components state, not a column.
    let heading = field.starts_with("get_") || field == "Doc Type";
    let element = matches!(field, "KeyValue" | "KeyDate" | "Narrative");
    let written = match (header, mapping.interface.as_str()) {
        ("Document Options", "conversion-summary-document") => !heading && !element,
        ("Element Type", "conversion-summary-document") => element,
        // Only a format, such as "{0}, {1}" or %Y/%m/%d; a transform in prose stands under Transform.
        ("Element Format", "conversion-summary-document") => {
            return (element && mapping.transform.contains(['{', '%'])).then_some(mapping.transform.as_str());
        }
        ("Encounter Options", "conversion-encounter")
        | ("Observation Options", "conversion-observation")
        | ("PFT Options", "conversion-pft")
        | ("Audiogram Options", "conversion-audiogram")
        | ("Fit Test Options", "conversion-fit-test") => !heading,
        ("get_obs_name" | "get_obs_result" | "get_obs_test_comments", "conversion-observation") if field == header => {
            return Some(observation_word(mapping));
        }
        _ => false,
    };
    written.then_some(field)
}

/// Where an observation's part comes from: what the transform names, else the value of the column itself.
fn observation_word(mapping: &Mapping) -> &str {
    if mapping.transform.is_empty() { "value" } else { &mapping.transform }
}
