//! What a file is, by its content. What is known but not read is named, with a sentence on what to ask the client for.

mod binary;
pub mod compound;
mod kind;
mod markup;
mod messages;
mod names;
mod script;
mod signature;
mod statement;
mod text;

pub use kind::{HEAD, Kind};
pub use names::by_name;
pub use script::Script;

/// Recognises a file by its first bytes.
pub fn recognise(head: &[u8]) -> Kind {
    if head.is_empty() {
        return Kind::Empty;
    }
    let whole = head.len() < HEAD;
    signature::kind(head).or_else(|| binary::kind(head, whole)).unwrap_or_else(|| text::kind(head, whole))
}

#[cfg(test)]
mod tests;
