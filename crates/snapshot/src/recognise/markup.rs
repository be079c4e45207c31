//! XML, HTML and JSON, by their shape: tags that close what they open, brackets that hold values. A list whose first cell
//! is `<b>` or `[id]` has no such shape.

use memchr::memchr;

const HTML: &str = "a web page, perhaps called .xls: open it in Excel and save it as .xlsx";
const XML: &str = "an XML document: ask for the tables in it as delimited text";

/// Names of elements in the start of a document, and what it is then.
const DOCUMENTS: &[(&str, &str)] = &[
    (
        "urn:schemas-microsoft-com:office:spreadsheet",
        "an Excel 2003 XML workbook: open it in Excel and save it as .xlsx",
    ),
    ("office:document", "an OpenDocument file in one piece (.fods): save it as .ods or .xlsx"),
    ("urn:hl7-org:v3", "a clinical document or message (CDA, HL7 v3): ask for the tables behind it"),
    ("clinicaldocument", "a clinical document (CDA): ask for the tables behind it"),
    ("http://hl7.org/fhir", "FHIR resources as XML: ask for the tables behind them, as a dump or as delimited text"),
    ("mysqldump", "a database dump as XML: ask for one as SQL"),
    ("pma_xml_export", "a database dump as XML: ask for one as SQL"),
    ("<resultset", "a database dump as XML: ask for one as SQL"),
    ("http://www.w3.org/2000/svg", "a picture"),
    ("urn:schemas-microsoft-com:rowset", "an ADO recordset as XML: ask for the table as delimited text"),
    ("<w:worddocument", "a Word document as XML: if it holds tables, ask for them as a workbook or as delimited text"),
    ("<plist", "a property list of Apple's: ask for the tables in it as delimited text"),
];

/// What a text is that begins with a tag or a bracket; `start` has no blanks before it. `whole`: nothing follows it.
pub fn kind(start: &str, whole: bool) -> Option<&'static str> {
    if start.starts_with('<') {
        let lower = start.to_ascii_lowercase();
        if is_html(&lower, whole) {
            return Some(HTML);
        }
        let known = DOCUMENTS.iter().find(|(mark, _)| lower.contains(mark));
        return is_xml(start, whole).then(|| known.map_or(XML, |(_, what)| *what));
    }
    if start.starts_with(['{', '[']) && is_json(start) {
        let fhir = start.contains("\"resourceType\"");
        return Some(if fhir {
            "FHIR resources as JSON: ask for the tables behind them, as a dump or as delimited text"
        } else {
            "JSON: ask for the tables in it as delimited text"
        });
    }
    None
}

/// Whatever may stand between `<` and `>`.
enum Tag<'a> {
    Open(&'a str),
    Close(&'a str),
    /// `<a/>`
    Whole(&'a str),
    /// A declaration, a comment, an instruction, a section of plain text.
    Aside,
}

/// The first tag of a text that begins with `<`, and its length; `None` where it is none or does not end.
fn tag(text: &str) -> Option<(Tag<'_>, usize)> {
    for (open, close) in [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")] {
        if text.starts_with(open) {
            return Some((Tag::Aside, text.find(close)? + close.len()));
        }
    }
    if text.starts_with("<!") {
        // A DOCTYPE may hold declarations in brackets.
        let end = text.find(['>', '['])?;
        let end = if text[end..].starts_with('[') { end + text[end..].find("]>")? + 1 } else { end };
        return Some((Tag::Aside, end + 1));
    }
    let bytes = text.as_bytes();
    let closes = bytes.get(1) == Some(&b'/');
    let from = 1 + usize::from(closes);
    let name =
        text[from..].find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).map(|n| &text[from..from + n])?;
    let sound = name.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':'));
    if !sound {
        return None;
    }
    // A `>` in an attribute's quotes does not end the tag.
    let mut at = from + name.len();
    loop {
        match bytes.get(at)? {
            b'>' => break,
            b'<' => return None,
            quote @ (b'"' | b'\'') => at += 2 + memchr(*quote, &bytes[at + 1..])?,
            _ => at += 1,
        }
    }
    let tag = match bytes[at - 1] {
        _ if closes => Tag::Close(name),
        b'/' => Tag::Whole(name),
        _ => Tag::Open(name),
    };
    Some((tag, at + 1))
}

/// Elements that close in order and hold everything. Where the document goes on, so much of it.
fn is_xml(text: &str, whole: bool) -> bool {
    let declared = text.starts_with("<?xml");
    let mut open: Vec<&str> = Vec::new();
    let (mut rest, mut elements, mut closed) = (text, 0, 0);
    loop {
        let next = rest.find('<').unwrap_or(rest.len());
        if open.is_empty() && !rest[..next].trim().is_empty() {
            return false;
        }
        rest = &rest[next..];
        if rest.is_empty() {
            break;
        }
        let Some((tag, length)) = tag(rest) else {
            // The sample ends in the middle of a tag: so do documents that were cut off.
            if !declared && (whole || rest.len() > 4096) {
                return false;
            }
            break;
        };
        match tag {
            Tag::Open(name) => {
                open.push(name);
                elements += 1;
            }
            Tag::Close(name) => {
                if open.pop() != Some(name) {
                    return false;
                }
                closed += 1;
            }
            Tag::Whole(_) => (elements, closed) = (elements + 1, closed + 1),
            Tag::Aside => {}
        }
        rest = &rest[length..];
    }
    // One that was cut off has elements that closed before.
    declared || elements > 0 && (open.is_empty() || closed > 1 || !whole)
}

fn first_name(lower: &str) -> &str {
    let mut rest = lower;
    while let Some((found, length)) = tag(rest) {
        match found {
            Tag::Open(name) | Tag::Whole(name) => return name,
            _ => rest = rest[length..].trim_start(),
        }
    }
    ""
}

fn is_html_name(name: &str) -> bool {
    "html head body table thead tbody tr td th div span p br hr meta link title style script center font form h1 h2 h3 \
     ul ol li pre b i u a img"
        .split_whitespace()
        .any(|known| known == name)
}

/// A page, or a table out of one: its elements need not close. A cell that holds some HTML is followed by the next one.
fn is_html(lower: &str, whole: bool) -> bool {
    if lower.starts_with("<!doctype html") || lower.starts_with("<html") {
        return true;
    }
    let name = first_name(lower);
    if !is_html_name(name) {
        return false;
    }
    let page =
        ["<html", "<body", "<head", "<tr", "<td", "<th", "</table", "<!doctype html"].iter().any(|t| lower.contains(t));
    // After the last tag nothing but blanks is left.
    let last = lower.rfind('>').map_or("", |n| &lower[n + 1..]);
    let ended = !whole || last.trim().is_empty();
    // After the first element that holds a table, a cell would go on.
    let inside = lower.split_once("</table>").map_or("", |(_, rest)| rest.trim_start());
    page && ended && (inside.is_empty() || inside.starts_with('<') || inside.starts_with("&nbsp"))
}

/// One value, or several one after the other (a line each), the first of them an object or an array.
fn is_json(text: &str) -> bool {
    let mut rest = text;
    let mut values = 0;
    while !rest.is_empty() {
        match value(rest.as_bytes(), 0, 0) {
            Ok(end) => rest = rest[end..].trim_start_matches(|c: char| c.is_whitespace() || c == '\u{1e}'),
            // It ends in the middle, after something that only JSON has: the sample does, or what wrote it broke off.
            Err(Wrong::Ends(seen)) => return values > 0 || seen > if text.starts_with('{') { 0 } else { 2 },
            Err(Wrong::No) => return false,
        }
        values += 1;
    }
    // `[id]` alone is no value; `[1]` and `{}` are, and lists may hold them.
    values > 0 && text.contains(['"', ':', ','])
}

enum Wrong {
    No,
    /// The text ends; so many values were whole.
    Ends(usize),
}

/// Nesting beyond this is for attackers.
const DEEPEST: usize = 64;

/// Length of the value at the start, from `at` on.
fn value(text: &[u8], at: usize, depth: usize) -> Result<usize, Wrong> {
    let at = blank(text, at);
    let mut seen = 0;
    match text.get(at) {
        None => Err(Wrong::Ends(0)),
        Some(open @ (b'{' | b'[')) if depth < DEEPEST => {
            let close = if *open == b'{' { b'}' } else { b']' };
            let mut at = blank(text, at + 1);
            if text.get(at) == Some(&close) {
                return Ok(at + 1);
            }
            let more = |wrong, seen| if let Wrong::Ends(n) = wrong { Wrong::Ends(n + seen) } else { wrong };
            loop {
                if *open == b'{' {
                    at = blank(text, string(text, blank(text, at)).map_err(|w| more(w, seen))?);
                    match text.get(at) {
                        // A name in quotes and its colon: nothing else is written so.
                        Some(b':') => (at, seen) = (at + 1, seen + 1),
                        None => return Err(Wrong::Ends(seen)),
                        _ => return Err(Wrong::No),
                    }
                }
                at = blank(text, value(text, at, depth + 1).map_err(|w| more(w, seen))?);
                seen += 1;
                match text.get(at) {
                    Some(b',') => at = blank(text, at + 1),
                    Some(b) if *b == close => return Ok(at + 1),
                    None => return Err(Wrong::Ends(seen)),
                    _ => return Err(Wrong::No),
                }
            }
        }
        Some(b'"') => string(text, at),
        Some(b'-' | b'0'..=b'9') => {
            let number = |b: &&u8| b.is_ascii_digit() || matches!(b, b'-' | b'+' | b'.' | b'e' | b'E');
            Ok(at + text[at..].iter().take_while(number).count())
        }
        Some(_) => {
            let word = [&b"true"[..], b"false", b"null"].into_iter().find(|w| text[at..].starts_with(w));
            word.map(|w| at + w.len()).ok_or(Wrong::No)
        }
    }
}

fn blank(text: &[u8], at: usize) -> usize {
    at + text[at.min(text.len())..].iter().take_while(|b| b.is_ascii_whitespace()).count()
}

fn string(text: &[u8], at: usize) -> Result<usize, Wrong> {
    match text.get(at) {
        Some(b'"') => {}
        None => return Err(Wrong::Ends(0)),
        Some(_) => return Err(Wrong::No),
    }
    let mut at = at + 1;
    loop {
        match text.get(at) {
            None => return Err(Wrong::Ends(0)),
            Some(b'"') => return Ok(at + 1),
            Some(b'\\') => at += 2,
            Some(b'\n' | b'\r') => return Err(Wrong::No),
            Some(_) => at += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_by_their_shape() {
        for (text, expected) in [
            ("<ClinicalDocument xmlns=\"urn:hl7-org:v3\"><id root=\"1.2\"/><title>x</title></ClinicalDocument>", "CDA"),
            ("<Bundle xmlns=\"http://hl7.org/fhir\"><entry><resource/></entry></Bundle>", "FHIR"),
            ("<?xml version=\"1.0\"?>\n<!-- by hand -->\n<!DOCTYPE a [<!ELEMENT a ANY>]>\n<a/>", "XML"),
            ("<!-- made on Monday, 10 > 9 -->\n<patients>\n <patient id=\"1>2\">x</patient>\n</patients>\n", "XML"),
            ("<!DOCTYPE patients SYSTEM \"a.dtd\"><patients><p>1</p></patients>", "XML"),
            (
                "<ss:Workbook xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\"><ss:Row/></ss:Workbook>",
                "Excel 2003",
            ),
            ("<row id=\"1\"/>\n<row id=\"2\"/>\n", "XML"),
            ("<rows><row a='1'>x</row><row a='2'>y</row><row", "XML"),
            ("<mysqldump><database name=\"x\"/></mysqldump>", "dump as XML"),
            ("<html><body><table><tr><td>MRN</table></body></html>", "web page"),
            ("<!doctype html>\n<p>x", "web page"),
            ("<table border=1><tr><th>MRN<th>Name<tr><td>1<td>x</table>\n", "web page"),
            ("<TABLE><TR><TD>MRN</TD></TR></TABLE>", "web page"),
            ("<table>\n<tr><td>MRN</td></tr>\n</table>\n", "web page"),
            ("<meta charset=utf-8><style>td{mso-number-format:\\@}</style><table><tr><td>1</table>", "web page"),
            ("<div><h1>Report</h1><table><tr><td>1</td></tr></table></div>", "web page"),
            ("{\n  \"patients\": [\n {\"id\": 1", "JSON"),
            ("[{\"id\":1}]", "JSON"),
            ("[[\"id\",\"name\"],[1,\"x\"]]", "JSON"),
            ("[\n  \"a\",\n  \"b\"\n]\n", "JSON"),
            ("{\"id\":1}\n{\"id\":2}\n", "JSON"),
            ("{\"resourceType\":\"Bundle\",\"entry\":[]}", "FHIR"),
        ] {
            let found = kind(text, text.ends_with(['>', '}', ']', '\n']));
            assert!(found.is_some_and(|what| what.contains(expected)), "{text}: {found:?}");
        }
    }

    #[test]
    fn lists_that_begin_with_a_tag_or_a_bracket() {
        for text in [
            "<b>,<i>\n1,2\n",
            "<b>id</b>,<b>name</b>\n1,x\n",
            "<b>id</b>\n1\n2\n",
            "<5,>5\n1,2\n",
            "<none>,x\n<none>,y\n",
            "<none>\tx\n",
            "<id>;<name>\n1;x\n",
            "<p>note</p>,date\n<p>x</p>,2020\n",
            "<table><tr><td>x</td></tr></table>,2\n<table><tr><td>y</td></tr></table>,3\n",
            "<a@b.c>,x\n",
            "[id],[name]\n1,x\n",
            "[id]\n1\n",
            "[1,2],x\n",
            "{id},name\n1,x\n",
            "{\"id\":1},x\n{\"id\":2},y\n",
            "{8F2C-11},x\n",
            "[section]\nkey\n",
        ] {
            assert_eq!(kind(text, true), None, "{text}");
        }
    }
}
