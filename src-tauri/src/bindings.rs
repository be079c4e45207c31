//! The UI's types, written from the one list of commands. `CROSSWALK_BLESS=1 cargo test -p crosswalk-desktop` refreshes
//! `ui/src/ipc/bindings.ts`; without it the test fails where the file differs.

mod lists;

use std::any::TypeId;
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;

use ts_rs::{Config, TS, TypeVisitor};

struct Declarations {
    config: Config,
    seen: HashSet<TypeId>,
    by_name: BTreeMap<String, String>,
}

impl TypeVisitor for Declarations {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if !self.seen.insert(TypeId::of::<T>()) {
            return;
        }
        if T::output_path().is_some() {
            self.by_name.insert(T::ident(&self.config), T::decl(&self.config));
        }
        T::visit_dependencies(self);
    }
}

macro_rules! commands {
    ($($nature:ident $name:ident($request:ty) -> $reply:ty $({$($own:ident)*})? $([$($any:ident)*])?,)*) => {
        /// Which records the answer to each question comes from: of the table asked for, and of any.
        const SOURCES: &[(&str, &[RecordKind], &[RecordKind])] = &[$((
            stringify!($name),
            &[$($(RecordKind::$own),*)?],
            &[$($(RecordKind::$any),*)?],
        )),*];

        fn write_commands(all: &mut Declarations) -> String {
            let mut map = String::new();
            $(
                all.visit::<$request>();
                <$request as TS>::visit_generics(all);
                all.visit::<$reply>();
                <$reply as TS>::visit_generics(all);
                let request = <$request as TS>::name(&all.config);
                let reply = <$reply as TS>::name(&all.config);
                writeln!(map, "  {}: {{ request: {request}; reply: {reply} }};", stringify!($name)).expect("text");
            )*
            map
        }
    };
}

use crate::requests::*;
use engine::mapping::{Component, Module, RecordKind};
use engine::project::facts::*;

include!("command_list.rs");

/// The whole of `bindings.ts`.
pub fn typescript() -> String {
    let config = Config::new().with_large_int("number");
    let mut all = Declarations { config, seen: HashSet::new(), by_name: BTreeMap::new() };
    all.visit::<WireError>();
    let map = write_commands(&mut all);
    let mut out = String::from("// Written by `CROSSWALK_BLESS=1 cargo test -p crosswalk-desktop`; do not edit.\n\n");
    for decl in all.by_name.values() {
        writeln!(out, "export {decl}\n").expect("text");
    }
    out.push_str(&lists::typescript());
    out.push_str(
        "/** Whose edits put an answer out of date: of records about the table asked for, and of any of the kind. */\n\
         export const SOURCES: Record<keyof CommandMap, { its: RecordKind[]; any: RecordKind[] }> = {\n",
    );
    for (name, its, any) in SOURCES {
        let codes =
            |kinds: &[RecordKind]| kinds.iter().map(|k| format!("{:?}", k.code())).collect::<Vec<_>>().join(", ");
        writeln!(out, "  {name}: {{ its: [{}], any: [{}] }},", codes(its), codes(any)).expect("text");
    }
    out.push_str("};\n\n");
    write!(out, "/** Every command: what it takes and what it answers. */\nexport type CommandMap = {{\n{map}}};\n")
        .expect("text");
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_ui_has_these_types() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../ui/src/ipc/bindings.ts");
        let now = super::typescript();
        if std::env::var_os("CROSSWALK_BLESS").is_some() {
            std::fs::create_dir_all(std::path::Path::new(path).parent().unwrap()).unwrap();
            std::fs::write(path, &now).unwrap();
        }
        let there = std::fs::read_to_string(path).unwrap_or_default();
        assert!(
            there == now,
            "ui/src/ipc/bindings.ts is out of date: CROSSWALK_BLESS=1 cargo test -p crosswalk-desktop"
        );
    }
}
