//! Whether a value holds what a person looks for. Values are taken apart into words, so that an index over those words
//! and a look at the value itself give the same answer.
//!
//! - A word is a run of letters and digits, whatever the case and the accents. Zeros before a number are not counted.
//! - A word with a letter is met by every word that begins with it: `hep` by `Hepatitis`. A number is met whole: `12` not
//!   by `123`.
//! - Several words may stand anywhere in a value. Numbers that were typed together, as in `555-0100` or `2012-05-06`, stand
//!   together and in that order.
//! - A short value of several parts with a digit, such as `J45.909` or `(555) 555-0100`, is also one word without what stands
//!   between: how a number was punctuated does not matter.

mod wanted;
mod words;

pub use wanted::Wanted;
pub use words::{Words, index_words};
