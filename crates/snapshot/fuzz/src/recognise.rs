//! The first bytes of a file, to be told apart.

use snapshot::recognise::{HEAD, recognise};

use super::reading::bounded;

pub fn holds(input: &[u8]) {
    let head = &input[..input.len().min(HEAD)];
    let kind = bounded(head.len(), || recognise(head));
    assert_eq!(recognise(head), kind, "a second look tells something else");
    assert!(!kind.label().is_empty(), "a kind has a name");
}
