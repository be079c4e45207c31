//! The whole system, from outside: the program, its journeys, the window; and the rules of structure.

mod support;
mod tidy;
mod window;
