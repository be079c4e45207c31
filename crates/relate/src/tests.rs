//! Schemas named after the trap they hold, and the relationships that are to be found in them, all of them and no other.

mod held;
mod names;
mod traps;
