//! The façade.

pub use crate::facts;

pub struct Project;
