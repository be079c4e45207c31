//! The whole system, from outside: the program, its journeys, the window.

mod support;
mod window;
