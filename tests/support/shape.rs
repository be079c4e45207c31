//! Shapes of JSON documents: which fields, of which kinds.

use serde_json::Value;

/// Checks that every field of a shape is there and of its kind. A shape is `name:kind` by name, with a `?` after the
/// kind where null may stand: `"rows:number reason:text?"`. More fields may stand beside.
#[track_caller]
pub fn assert_shape(document: &Value, shape: &str) {
    for field in shape.split_whitespace() {
        let (name, kind) = field.split_once(':').expect("a shape is written name:kind");
        let Some(value) = document.get(name) else { panic!("there is no field {name} in {document:#}") };
        let (kind, may_be_null) = kind.strip_suffix('?').map_or((kind, false), |kind| (kind, true));
        let fits = match kind {
            "number" => value.is_number(),
            "count" => value.is_u64(),
            "text" => value.is_string(),
            "digits" => value.as_str().is_some_and(|s| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit())),
            "bool" => value.is_boolean(),
            "list" => value.is_array(),
            "object" => value.is_object(),
            other => panic!("{other} is no kind of a shape"),
        };
        assert!(fits || (may_be_null && value.is_null()), "{name} is no {kind}: {value}");
    }
}

/// The entry of a list whose field has a value.
#[track_caller]
pub fn entry<'a>(list: &'a Value, field: &str, value: &str) -> &'a Value {
    let entries = list.as_array().unwrap_or_else(|| panic!("{list:#} is no list"));
    let found = entries.iter().find(|e| e[field] == value);
    found.unwrap_or_else(|| panic!("nothing has {field} = {value} in {list:#}"))
}
