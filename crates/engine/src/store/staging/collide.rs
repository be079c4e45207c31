//! Whether rows of a table collide on one of its keys, as far as a store of bytes can tell.

use rusqlite::Connection;

use super::file::said;
use crate::error::Result;
use crate::source::KeyFacts;
use crate::store::quoted;

/// False only where no two rows can be one to the server, whatever its collation: keys of plain letters are compared
/// without regard to case and blanks at the end; of any other letters nothing is known here.
pub fn may_collide(connection: &Connection, table: usize) -> Result<bool> {
    let (physical, keys): (String, String) = connection
        .query_row("SELECT physical, keys FROM cw_table WHERE id = ?", [table], |r| {
            Ok((r.get("physical")?, r.get("keys")?))
        })
        .map_err(said)?;
    let mut statement = connection.prepare("SELECT name, physical FROM cw_column WHERE tab = ?").map_err(said)?;
    let columns: Vec<(String, String)> = statement
        .query_map([table], |r| Ok((r.get("name")?, r.get("physical")?)))
        .and_then(Iterator::collect)
        .map_err(said)?;
    let keys: Vec<KeyFacts> = serde_json::from_str(&keys).unwrap_or_default();
    for key in keys.iter().filter(|key| matches!(key.kind.as_str(), "primary" | "unique")) {
        let named = |name: &String| columns.iter().find(|(of, _)| of.eq_ignore_ascii_case(name));
        let Some(parts) = key.columns.iter().map(named).collect::<Option<Vec<_>>>() else { return Ok(true) };
        let parts: Vec<String> = parts.into_iter().map(|(_, physical)| quoted(physical)).collect();
        if parts.is_empty() || collides(connection, &quoted(&physical), &parts)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn collides(connection: &Connection, table: &str, key: &[String]) -> Result<bool> {
    let each = |of: &dyn Fn(&String) -> String, between: &str| key.iter().map(of).collect::<Vec<_>>().join(between);
    let odd = each(&|c| format!("typeof({c}) = 'blob' OR {c} GLOB '*[^ -~]*'"), " OR ");
    let whole = each(&|c| format!("{c} IS NOT NULL"), " AND ");
    let alike = each(&|c| format!("lower(rtrim({c}))"), ", ");
    let sql = format!(
        "SELECT EXISTS (SELECT 1 FROM {table} WHERE {odd})
            OR EXISTS (SELECT 1 FROM {table} WHERE {whole} GROUP BY {alike} HAVING count(*) > 1)"
    );
    connection.query_row(&sql, [], |r| r.get(0)).map_err(said)
}
