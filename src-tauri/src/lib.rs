//! The desktop window: a thin skin over `engine::Project`.

pub mod requests;
#[cfg(test)]
mod bindings;
