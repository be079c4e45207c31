#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| properties::script::sql_server(input));
