//! Pointer and keys, as a hand would use them.

use serde_json::{Value, json};

use super::Window;

impl Window {
    #[track_caller]
    pub fn double_click(&self, css: &str) {
        let (x, y) = self.centre(css);
        self.pointer(&[move_to(x, y), down(), up(), down(), up()]);
    }

    #[track_caller]
    pub fn hover(&self, css: &str) {
        let (x, y) = self.centre(css);
        self.pointer(&[move_to(x, y)]);
    }

    /// Drags from the middle of one element to the middle of another.
    #[track_caller]
    pub fn drag(&self, from: &str, to: &str) {
        let (from, to) = (self.centre(from), self.centre(to));
        self.drag_between(from, to);
    }

    #[track_caller]
    pub fn drag_between(&self, from: (i64, i64), to: (i64, i64)) {
        self.pointer(&[
            move_to(from.0, from.1),
            down(),
            // The canvas takes it for a drag only after a first short move, and looks for what is
            // below the pointer one move late.
            move_to(from.0 + 8, from.1),
            move_to(to.0, to.1),
            move_to(to.0, to.1),
            up(),
        ]);
    }

    /// Presses one key, with what is held down meanwhile: `Enter`, `Control+k`, `Control+Shift+z`.
    #[track_caller]
    pub fn press(&self, keys: &str) {
        // A plus that is itself the key comes last, as in `Control++`.
        let (held, key) = match keys.strip_suffix("++") {
            Some(held) => (held, "+"),
            None => keys.rsplit_once('+').unwrap_or(("", keys)),
        };
        let held: Vec<String> = held.split('+').filter(|name| !name.is_empty()).map(key_code).collect();
        let key = key_code(key);
        let change = |kind: &str, key: &str| json!({"type": kind, "value": key});
        let mut actions: Vec<Value> = held.iter().map(|held| change("keyDown", held)).collect();
        actions.push(change("keyDown", &key));
        actions.push(change("keyUp", &key));
        actions.extend(held.iter().rev().map(|held| change("keyUp", held)));
        self.perform(&json!({"type": "key", "id": "keyboard", "actions": actions}));
    }

    /// Types into whatever has the focus.
    #[track_caller]
    pub fn type_text(&self, typed: &str) {
        let actions: Vec<Value> = typed
            .chars()
            .flat_map(|key| ["keyDown", "keyUp"].map(|kind| json!({"type": kind, "value": key})))
            .collect();
        self.perform(&json!({"type": "key", "id": "keyboard", "actions": actions}));
    }

    #[track_caller]
    fn pointer(&self, actions: &[Value]) {
        let mouse = json!({"pointerType": "mouse"});
        self.perform(&json!({"type": "pointer", "id": "mouse", "parameters": mouse, "actions": actions}));
    }

    #[track_caller]
    fn perform(&self, source: &Value) {
        self.must("POST", "/actions", Some(&json!({ "actions": [source] })));
    }

    #[track_caller]
    fn centre(&self, css: &str) -> (i64, i64) {
        self.wait_for(css);
        let script = "const it = document.querySelector(arguments[0]);\
                      it.scrollIntoView({block: 'nearest', inline: 'nearest', behavior: 'instant'});\
                      const box = it.getBoundingClientRect();\
                      return [box.x + box.width / 2, box.y + box.height / 2].map(Math.round)";
        let at = self.script(script, &[json!(css)]);
        let part = |n: usize| at[n].as_i64().unwrap_or_else(|| panic!("{css} has no place"));
        (part(0), part(1))
    }
}

fn move_to(x: i64, y: i64) -> Value {
    json!({"type": "pointerMove", "origin": "viewport", "x": x, "y": y, "duration": 50})
}

fn down() -> Value {
    json!({"type": "pointerDown", "button": 0})
}

fn up() -> Value {
    json!({"type": "pointerUp", "button": 0})
}

/// WebDriver gives keys without a character one of the private use area.
fn key_code(name: &str) -> String {
    let code = match name {
        "Backspace" => '\u{E003}',
        "Tab" => '\u{E004}',
        "Enter" => '\u{E007}',
        "Shift" => '\u{E008}',
        "Control" => '\u{E009}',
        "Alt" => '\u{E00A}',
        "Escape" => '\u{E00C}',
        "Space" => ' ',
        "PageUp" => '\u{E00E}',
        "PageDown" => '\u{E00F}',
        "End" => '\u{E010}',
        "Home" => '\u{E011}',
        "ArrowLeft" => '\u{E012}',
        "ArrowUp" => '\u{E013}',
        "ArrowRight" => '\u{E014}',
        "ArrowDown" => '\u{E015}',
        "Delete" => '\u{E017}',
        "F1" => '\u{E031}',
        "F2" => '\u{E032}',
        "F6" => '\u{E036}',
        "Meta" => '\u{E03D}',
        one if one.chars().count() == 1 => return one.to_owned(),
        other => panic!("no key is called {other}"),
    };
    code.to_string()
}
