//! Saved queries, put together again from the pieces Access keeps of them.

use std::collections::{BTreeMap, HashMap};

use super::pages::Pages;
use super::system::{self, doubts, without_password};
use super::value::Decoder;
use crate::event::{NoteKind, Result};

/// What a piece is of.
const KIND: i64 = 1;
const PARAMETER: i64 = 2;
const FLAGS: i64 = 3;
const ELSEWHERE: i64 = 4;
const SOURCE: i64 = 5;
const COLUMN: i64 = 6;
const JOIN: i64 = 7;
const WHERE: i64 = 8;
const GROUP: i64 = 9;
const HAVING: i64 = 10;
const ORDER: i64 = 11;

/// Bits of the flags of a query.
const STAR: i64 = 0x01;
const DISTINCT: i64 = 0x02;
const OWNER: i64 = 0x04;
const DISTINCT_ROW: i64 = 0x08;
const TOP: i64 = 0x10;
const PERCENT: i64 = 0x20;
/// Of a column of an INSERT: a value, not a column of the SELECT.
const IS_VALUE: i64 = 0x8000;
/// Of a column of a crosstab.
const PIVOT: i64 = 0x01;
const ROW_HEADING: i64 = 0x02;

#[derive(Debug, Clone, Default)]
struct Piece {
    of: i64,
    name: String,
    other: String,
    expression: String,
    flag: i64,
    size: i64,
    order: Vec<u8>,
}

/// Adds every saved query to the notes. `names` are those of the catalog, by object id.
pub fn read(
    pages: &mut Pages,
    decoder: &mut Decoder,
    page: u32,
    names: &HashMap<i64, String>,
    notes: &mut Vec<NoteKind>,
) -> Result<()> {
    let wanted = ["ObjectId", "Attribute", "Order", "Name1", "Name2", "Expression", "Flag", "LvExtra"];
    let account = system::read(pages, decoder, page, &wanted)?;
    doubts(&account, "list of saved queries: their text may not be whole", notes);
    let mut queries: BTreeMap<i64, Vec<Piece>> = BTreeMap::new();
    for row in &account.rows {
        let (Some(query), Some(of)) = (row[0].number(), row[1].number()) else { continue };
        let text = |i: usize| row[i].text().trim_end_matches('\0').to_owned();
        queries.entry(query).or_default().push(Piece {
            of,
            name: text(3),
            other: text(4),
            expression: text(5),
            flag: row[6].number().unwrap_or(0),
            size: row[7].number().unwrap_or(0),
            order: row[2].bytes().to_vec(),
        });
    }
    let mut named: Vec<_> = names.iter().collect();
    named.sort_by_key(|(_, name)| *name);
    for (id, name) in named {
        let mut pieces = queries.remove(id).unwrap_or_default();
        pieces.sort_by(|a, b| a.order.cmp(&b.order));
        // Access names the ones behind forms and reports itself.
        let kind = if name.starts_with("~sq_") { "query of a form or report" } else { "saved query" };
        let text = Query(pieces).sql();
        notes.push(NoteKind::Object { kind: kind.into(), name: name.clone(), text });
    }
    Ok(())
}

struct Query(Vec<Piece>);

impl Query {
    fn sql(&self) -> String {
        let kind = self.first(KIND).map_or(1, |piece| piece.flag);
        let target = self.first(KIND).map_or(String::new(), |piece| quoted(&piece.name));
        let any = |_: &Piece| true;
        let body = match kind {
            7 | 8 => return self.first(KIND).map_or(String::new(), |piece| piece.expression.clone()),
            2 => self.select(&any, &target),
            3 => self.insert(&target),
            4 => self.update(),
            5 => format!("DELETE {}{}", self.columns(&any), self.tail(&any)),
            6 => self.crosstab(),
            9 => self.union(),
            _ => self.select(&any, ""),
        };
        let owner = if self.flags() & OWNER != 0 { "\nWITH OWNERACCESS OPTION" } else { "" };
        format!("{}{body}{owner};", self.parameters())
    }

    fn all(&self, of: i64) -> impl Iterator<Item = &Piece> {
        self.0.iter().filter(move |piece| piece.of == of)
    }

    fn first(&self, of: i64) -> Option<&Piece> {
        self.all(of).next()
    }

    fn flags(&self) -> i64 {
        self.first(FLAGS).map_or(0, |piece| piece.flag)
    }

    fn parameters(&self) -> String {
        let each: Vec<String> = self
            .all(PARAMETER)
            .map(|piece| {
                let size = if piece.flag == 10 && piece.size > 0 { format!("({})", piece.size) } else { String::new() };
                format!("{} {}{size}", bracketed(&piece.name), parameter_type(piece.flag))
            })
            .collect();
        if each.is_empty() { String::new() } else { format!("PARAMETERS {};\n", each.join(", ")) }
    }

    fn select(&self, wanted: &dyn Fn(&Piece) -> bool, into: &str) -> String {
        let flags = self.flags();
        let mut sql = String::from("SELECT ");
        if flags & DISTINCT != 0 {
            sql.push_str("DISTINCT ");
        } else if flags & DISTINCT_ROW != 0 {
            sql.push_str("DISTINCTROW ");
        }
        if flags & TOP != 0 {
            sql.push_str("TOP ");
            sql.push_str(self.first(FLAGS).map_or("", |piece| &piece.name));
            sql.push_str(if flags & PERCENT != 0 { " PERCENT " } else { " " });
        }
        sql.push_str(&self.columns(wanted));
        if !into.is_empty() {
            sql.push_str(" INTO ");
            sql.push_str(into);
        }
        sql + &self.tail(wanted)
    }

    fn columns(&self, wanted: &dyn Fn(&Piece) -> bool) -> String {
        let mut each: Vec<String> = self
            .all(COLUMN)
            .filter(|piece| wanted(piece) && !piece.expression.is_empty())
            .map(|piece| piece.expression.clone() + &alias(&piece.name))
            .collect();
        if self.flags() & STAR != 0 {
            each.push("*".into());
        }
        each.join(", ")
    }

    /// Everything from FROM on.
    fn tail(&self, wanted: &dyn Fn(&Piece) -> bool) -> String {
        let one = |of| self.first(of).map_or(String::new(), |piece: &Piece| piece.expression.clone());
        let groups: Vec<&str> = self.all(GROUP).filter(|p| wanted(p)).map(|p| p.expression.as_str()).collect();
        clause("\nFROM ", &self.sources().join(", "))
            + &self.elsewhere()
            + &clause("\nWHERE ", &one(WHERE))
            + &clause("\nGROUP BY ", &groups.join(", "))
            + &clause("\nHAVING ", &one(HAVING))
            + &clause("\nORDER BY ", &self.orders())
    }

    /// The file or server the tables are in, if it is another.
    fn elsewhere(&self) -> String {
        let Some(piece) = self.first(ELSEWHERE) else { return String::new() };
        let connect = without_password(&piece.expression);
        let connect = if connect.is_empty() { String::new() } else { format!(" [{connect}]") };
        format!(" IN '{}'{connect}", piece.name)
    }

    fn orders(&self) -> String {
        let each = self.all(ORDER).map(|piece| {
            let descending = piece.name.eq_ignore_ascii_case("D");
            format!("{}{}", piece.expression, if descending { " DESC" } else { "" })
        });
        each.collect::<Vec<_>>().join(", ")
    }

    fn insert(&self, target: &str) -> String {
        let is_value = |piece: &Piece| piece.flag & IS_VALUE != 0;
        let into: Vec<String> = self.all(COLUMN).filter(|p| !p.other.is_empty()).map(|p| quoted(&p.other)).collect();
        let into = if into.is_empty() { String::new() } else { format!(" ({})", into.join(", ")) };
        let values: Vec<&str> = self.all(COLUMN).filter(|p| is_value(p)).map(|p| p.expression.as_str()).collect();
        let from = if values.is_empty() {
            self.select(&|piece| !is_value(piece), "")
        } else {
            format!("VALUES ({})", values.join(", "))
        };
        format!("INSERT INTO {target}{into}\n{from}")
    }

    fn update(&self) -> String {
        let set: Vec<String> = self
            .all(COLUMN)
            .filter(|piece| !piece.other.is_empty())
            .map(|piece| format!("{} = {}", quoted(&piece.other), piece.expression))
            .collect();
        let condition = self.first(WHERE).map_or("", |piece| &piece.expression);
        let sources = self.sources().join(", ");
        format!("UPDATE {sources}{}{}", clause("\nSET ", &set.join(", ")), clause("\nWHERE ", condition))
    }

    fn crosstab(&self) -> String {
        let value = self.all(COLUMN).find(|piece| piece.flag & (PIVOT | ROW_HEADING) == 0);
        let value = value.map_or(String::new(), |p| format!("TRANSFORM {}{}\n", p.expression, alias(&p.name)));
        let pivot = self.all(COLUMN).find(|piece| piece.flag & PIVOT != 0).map_or("", |p| &p.expression);
        let body = self.select(&|piece| piece.flag & ROW_HEADING != 0, "");
        format!("{value}{body}{}", clause("\nPIVOT ", pivot))
    }

    fn union(&self) -> String {
        let part = |name: &str| {
            let found = self.all(SOURCE).find(|piece| piece.other == name);
            found.map_or("", |piece| piece.expression.trim().trim_end_matches(';'))
        };
        let all = if self.flags() & DISTINCT == 0 { "ALL " } else { "" };
        let (first, second) = (part("X7YZ_____1"), part("X7YZ_____2"));
        format!("{first}\nUNION {all}{second}{}", clause("\nORDER BY ", &self.orders()))
    }

    /// Tables, and the joins between them, each inside of the one it is part of.
    fn sources(&self) -> Vec<String> {
        let mut sources: Vec<Source> = self
            .all(SOURCE)
            .map(|piece| {
                let file = if piece.expression.is_empty() { String::new() } else { format!("[{}].", piece.expression) };
                let known = if piece.other.is_empty() { &piece.name } else { &piece.other };
                let sql = format!("{file}{}{}", quoted(&piece.name), alias(&piece.other));
                Source { tables: vec![known.to_lowercase()], sql, joined: false }
            })
            .collect();
        for (index, join) in self.all(JOIN).enumerate() {
            let (left, right) = (join.name.to_lowercase(), join.other.to_lowercase());
            // Several conditions of one join stand in several pieces.
            let again = self
                .all(JOIN)
                .take(index)
                .any(|j| j.flag == join.flag && j.name.to_lowercase() == left && j.other.to_lowercase() == right);
            if again {
                continue;
            }
            let conditions: Vec<&str> = self
                .all(JOIN)
                .filter(|j| j.flag == join.flag && j.name.to_lowercase() == left && j.other.to_lowercase() == right)
                .map(|j| j.expression.as_str())
                .collect();
            let on =
                if let [one] = conditions[..] { one.to_owned() } else { format!("({})", conditions.join(") AND (")) };
            let word = match join.flag {
                1 => "INNER JOIN",
                2 => "LEFT JOIN",
                3 => "RIGHT JOIN",
                _ => "JOIN",
            };
            let from = take(&mut sources, &left, &join.name);
            if from.tables.contains(&right) {
                // Both are joined already: the condition is one more of that join.
                let sql = format!("{} AND ({on})", from.sql);
                sources.push(Source { sql, ..from });
                continue;
            }
            let to = take(&mut sources, &right, &join.other);
            let sql = format!("{} {word} {} ON {on}", from.inner(), to.inner());
            sources.push(Source { tables: [from.tables, to.tables].concat(), sql, joined: true });
        }
        sources.into_iter().map(|source| source.sql).collect()
    }
}

struct Source {
    /// By which names joins know what is in it, in small letters.
    tables: Vec<String>,
    sql: String,
    joined: bool,
}

impl Source {
    fn inner(&self) -> String {
        if self.joined { format!("({})", self.sql) } else { self.sql.clone() }
    }
}

fn take(sources: &mut Vec<Source>, table: &str, name: &str) -> Source {
    match sources.iter().position(|source| source.tables.iter().any(|t| t == table)) {
        Some(at) => sources.remove(at),
        None => Source { tables: vec![table.to_owned()], sql: quoted(name), joined: false },
    }
}

fn clause(word: &str, text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("{word}{text}") }
}

fn alias(name: &str) -> String {
    if name.is_empty() { String::new() } else { format!(" AS {}", bracketed(name)) }
}

/// Each part of a name with dots, in brackets where it needs them.
fn quoted(name: &str) -> String {
    name.split('.').map(bracketed).collect::<Vec<_>>().join(".")
}

fn bracketed(name: &str) -> String {
    let plain = name.chars().all(|c| c.is_alphanumeric() || c == '_');
    if plain || name.starts_with('[') && name.ends_with(']') { name.to_owned() } else { format!("[{name}]") }
}

fn parameter_type(flag: i64) -> &'static str {
    match flag {
        1 => "Bit",
        2 => "Byte",
        3 => "Short",
        4 => "Long",
        5 => "Currency",
        6 => "IEEESingle",
        7 => "IEEEDouble",
        8 => "DateTime",
        9 => "Binary",
        10 => "Text",
        11 => "LongBinary",
        15 => "Guid",
        _ => "Value",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(of: i64, name: &str, other: &str, expression: &str, flag: i64) -> Piece {
        let [name, other, expression] = [name, other, expression].map(str::to_owned);
        Piece { of, name, other, expression, flag, ..Piece::default() }
    }

    #[test]
    fn queries_are_put_together_again() {
        let cases = [
            (
                "join of three with two conditions",
                vec![
                    piece(KIND, "", "", "", 1),
                    piece(COLUMN, "", "", "Visit.Id", 0),
                    piece(COLUMN, "The Day", "", "Visit.Day", 0),
                    piece(SOURCE, "Visit", "", "", 0),
                    piece(SOURCE, "Work Place", "wp", "", 0),
                    piece(SOURCE, "Person", "", "", 0),
                    piece(JOIN, "Visit", "Person", "Visit.P = Person.Id", 1),
                    piece(JOIN, "Visit", "Person", "Visit.Q = Person.Q", 1),
                    piece(JOIN, "Person", "wp", "Person.W = wp.Id", 2),
                    piece(WHERE, "", "", "Visit.Day > #1/1/2000#", 0),
                    piece(ORDER, "D", "", "Visit.Day", 0),
                ],
                "SELECT Visit.Id, Visit.Day AS [The Day]\nFROM (Visit INNER JOIN Person ON (Visit.P = Person.Id) AND \
                 (Visit.Q = Person.Q)) LEFT JOIN [Work Place] AS wp ON Person.W = wp.Id\nWHERE Visit.Day > \
                 #1/1/2000#\nORDER BY Visit.Day DESC;",
            ),
            (
                "tables of another file, with a password",
                vec![
                    piece(KIND, "", "", "", 1),
                    piece(PARAMETER, "Which Day", "", "", 8),
                    piece(COLUMN, "", "", "Day", 0),
                    piece(SOURCE, "Visit", "", "", 0),
                    piece(ELSEWHERE, "other.mdb", "", ";PWD=x", 2),
                ],
                "PARAMETERS [Which Day] DateTime;\nSELECT Day\nFROM Visit IN 'other.mdb' [;PWD=…];",
            ),
            (
                "values",
                vec![
                    piece(KIND, "Person", "", "", 3),
                    piece(COLUMN, "", "Name", "\"Ada\"", IS_VALUE),
                    piece(COLUMN, "", "Born On", "Null", IS_VALUE),
                ],
                "INSERT INTO Person (Name, [Born On])\nVALUES (\"Ada\", Null);",
            ),
            (
                "top of distinct rows",
                vec![
                    piece(KIND, "", "", "", 1),
                    piece(FLAGS, "5", "", "", STAR | DISTINCT_ROW | TOP | PERCENT),
                    piece(SOURCE, "Person", "", "", 0),
                ],
                "SELECT DISTINCTROW TOP 5 PERCENT *\nFROM Person;",
            ),
            ("for another server", vec![piece(KIND, "", "", "EXEC audiograms 7", 8)], "EXEC audiograms 7"),
            ("nothing of it left", vec![], "SELECT ;"),
        ];
        for (trap, pieces, expected) in cases {
            assert_eq!(Query(pieces).sql(), expected, "{trap}");
        }
    }
}
