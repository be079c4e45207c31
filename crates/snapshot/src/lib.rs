pub mod event; pub use event::Error;
