//! The façade.
pub mod facts;
pub struct Project;
