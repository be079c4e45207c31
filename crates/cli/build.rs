//! Tells Windows what the program is able to take: paths of more than 260 characters, and names in UTF-8.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    if std::env::var_os("CARGO_CFG_WINDOWS").is_some() {
        embed_manifest::embed_manifest(embed_manifest::new_manifest("Crosswalk.CommandLine"))
            .expect("the manifest is put into the program");
    }
}
