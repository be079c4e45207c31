//! Well-known text to the bytes in which MySQL and MariaDB store a geometry: the reference system's number in four
//! bytes, then well-known binary, little end first.
//! https://dev.mysql.com/doc/refman/8.4/en/gis-data-formats.html

/// Collections within collections; no map needs more.
const DEEPEST: usize = 32;

/// The stored bytes; `None` where the text is no geometry.
pub fn from_text(text: &str, system: u32) -> Option<Vec<u8>> {
    let mut bytes = system.to_le_bytes().to_vec();
    let mut rest = Text { rest: text.trim() };
    rest.geometry(&mut bytes, 0)?;
    rest.rest.trim_start().is_empty().then_some(bytes)
}

struct Text<'a> {
    rest: &'a str,
}

impl Text<'_> {
    fn geometry(&mut self, out: &mut Vec<u8>, depth: usize) -> Option<()> {
        let word = self.word();
        let kind: u32 = match word.as_str() {
            "POINT" => 1,
            "LINESTRING" => 2,
            "POLYGON" => 3,
            "MULTIPOINT" => 4,
            "MULTILINESTRING" => 5,
            "MULTIPOLYGON" => 6,
            "GEOMETRYCOLLECTION" | "GEOMCOLLECTION" => 7,
            _ => return None,
        };
        self.body(kind, out, depth)
    }

    /// Byte order, kind, and what stands in the brackets.
    fn body(&mut self, kind: u32, out: &mut Vec<u8>, depth: usize) -> Option<()> {
        if depth > DEEPEST {
            return None;
        }
        out.push(1);
        out.extend_from_slice(&kind.to_le_bytes());
        if kind == 7 && self.emptiness() {
            out.extend_from_slice(&0u32.to_le_bytes());
            return Some(());
        }
        match kind {
            1 => {
                self.sign('(')?;
                self.point(out)?;
                self.sign(')')
            }
            2 => self.list(out, Text::point),
            3 => self.list(out, |text, out| text.list(out, Text::point)),
            4 => self.list(out, |text, out| {
                out.extend_from_slice(&[1, 1, 0, 0, 0]);
                let bracket = text.sign('(').is_some();
                text.point(out)?;
                if bracket { text.sign(')') } else { Some(()) }
            }),
            5 | 6 => self.list(out, |text, out| text.body(kind - 3, out, depth + 1)),
            _ => self.list(out, |text, out| text.geometry(out, depth + 1)),
        }
    }

    /// `EMPTY` or `()`.
    fn emptiness(&mut self) -> bool {
        let start = self.rest;
        if self.word() == "EMPTY" {
            return true;
        }
        self.rest = start;
        if self.sign('(').is_some() && self.sign(')').is_some() {
            return true;
        }
        self.rest = start;
        false
    }

    /// `( item, item )` after the number of its items.
    fn list(&mut self, out: &mut Vec<u8>, item: impl Fn(&mut Self, &mut Vec<u8>) -> Option<()>) -> Option<()> {
        let place = out.len();
        out.extend_from_slice(&[0; 4]);
        self.sign('(')?;
        let mut count = 0u32;
        loop {
            item(self, out)?;
            count += 1;
            if self.sign(',').is_none() {
                break;
            }
        }
        out[place..place + 4].copy_from_slice(&count.to_le_bytes());
        self.sign(')')
    }

    fn point(&mut self, out: &mut Vec<u8>) -> Option<()> {
        for _ in 0..2 {
            let rest = self.rest.trim_start();
            let end = rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | 'e' | 'E')));
            let (number, rest) = rest.split_at(end.unwrap_or(rest.len()));
            let number: f64 = number.parse().ok().filter(|n: &f64| n.is_finite())?;
            out.extend_from_slice(&number.to_le_bytes());
            self.rest = rest;
        }
        Some(())
    }

    fn word(&mut self) -> String {
        let rest = self.rest.trim_start();
        let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
        self.rest = &rest[end..];
        rest[..end].to_ascii_uppercase()
    }

    fn sign(&mut self, sign: char) -> Option<()> {
        self.rest = self.rest.trim_start().strip_prefix(sign)?;
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Read off a MariaDB 10.11 server with HEX().
    #[test]
    fn geometries_are_the_servers_bytes() {
        for (text, system, hex) in [
            ("POINT(1 -2.5)", 0, "000000000101000000000000000000F03F00000000000004C0"),
            (
                "linestring(0 0, 1e0 1)",
                4326,
                "E6100000010200000002000000\
                 00000000000000000000000000000000000000000000F03F000000000000F03F",
            ),
            ("MULTIPOINT((1 1))", 0, "000000000104000000010000000101000000000000000000F03F000000000000F03F"),
            ("GEOMETRYCOLLECTION EMPTY", 0, "00000000010700000000000000"),
        ] {
            let bytes = from_text(text, system).unwrap();
            let told: Vec<String> = bytes.iter().map(|b| format!("{b:02X}")).collect();
            assert_eq!(told.concat(), hex, "{text}");
        }
        // MySQL takes brackets around each point as well.
        assert_eq!(from_text("MULTIPOINT((1 1),(2 2))", 0), from_text("MULTIPOINT(1 1,2 2)", 0));
        for text in ["POINT(1)", "POINT(1 2", "POINT(1 2) x", "CIRCLE(1 2)", "POINT(a b)", "", "POLYGON((0 0,1 1)"] {
            assert_eq!(from_text(text, 0), None, "{text}");
        }
    }
}
