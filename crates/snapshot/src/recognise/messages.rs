//! Texts that say with their first lines what they are: messages between systems, mails, calendars, exports of other
//! programs. Each has a shape of its own; a column may be called as it begins (`MSH|ward|date`).

const HL7: &str = "HL7 v2 messages: ask for the tables behind them, as a dump or as delimited text";
const EDI: &str = "X12 or EDIFACT transactions: ask for the tables behind them";
const MAIL: &str = "a mail or a mailbox: save what is attached to it, and load that";

/// Texts that begin with nothing else.
const MARKS: [(&str, &str); 21] = [
    ("BEGIN:VCARD", "address cards: ask for them as delimited text"),
    ("BEGIN:VCALENDAR", "a calendar: ask for it as delimited text"),
    ("#!/", "a shell script"),
    ("@echo off", "a batch file"),
    ("@ECHO OFF", "a batch file"),
    ("<?php", "a program's text"),
    ("-----BEGIN PGP", "encrypted or signed: ask whoever holds the key to decrypt it, and load what comes out"),
    ("-----BEGIN ", "a certificate or key"),
    ("Windows Registry Editor", "a part of a Windows registry"),
    ("%!PS", "a PostScript document"),
    ("%PDF-", "a PDF document: if it is a list, ask for it as a workbook or as delimited text"),
    ("{\\rtf", "an RTF document: if it holds tables, ask for them as a workbook or as delimited text"),
    ("\\documentclass", "a TeX document"),
    ("MIME-Version: ", "a mail or saved web page: save what is attached to it"),
    ("HEADER RECORD*******", "a SAS transport file (.xpt): ask for delimited text"),
    ("ASCII SPSS PORT FILE", "an SPSS portable file: ask for delimited text"),
    ("ID;PWXL", "a SYLK workbook (.slk): open it in Excel and save it as .xlsx"),
    ("ID;PExcel", "a SYLK workbook (.slk): open it in Excel and save it as .xlsx"),
    ("ID;PCALCOOO", "a SYLK workbook (.slk): open it in Excel and save it as .xlsx"),
    ("TABLE\n0,1\n", "a DIF workbook: open it in Excel and save it as .xlsx"),
    ("TABLE\r\n0,1\r\n", "a DIF workbook: open it in Excel and save it as .xlsx"),
];

/// What a text is; it begins without blanks.
pub fn kind(start: &str) -> Option<&'static str> {
    let start = start.trim_start_matches('\u{b}');
    if is_hl7(start) || is_astm(start) {
        return Some(HL7);
    }
    if is_x12(start) || start.starts_with("UNA:+") || start.starts_with("UNB+UNO") {
        return Some(EDI);
    }
    if is_mail(start) {
        return Some(MAIL);
    }
    if is_directory(start) {
        return Some("entries of a directory service (LDIF): ask for them as delimited text");
    }
    if is_web_log(start) {
        return Some("the log of a web server: no table of the legacy system");
    }
    MARKS.iter().find(|(mark, _)| start.starts_with(mark)).map(|(_, what)| *what)
}

/// `MSH|^~\&|`: a delimiter, the signs that part what it parts, and the delimiter again.
fn is_hl7(start: &str) -> bool {
    let Some(rest) = ["MSH", "FHS", "BHS"].iter().find_map(|segment| start.strip_prefix(segment)) else { return false };
    let mut signs = rest.chars();
    let Some(delimiter) = signs.next().filter(char::is_ascii_punctuation) else { return false };
    let others = signs.take_while(|c| c.is_ascii_punctuation() && *c != delimiter).count();
    (2..=5).contains(&others) && rest.chars().nth(others + 1) == Some(delimiter)
}

/// `H|\^&|`: what laboratory instruments send.
fn is_astm(start: &str) -> bool {
    let start = start.trim_start_matches(|c: char| c == '\u{2}' || c.is_ascii_digit());
    ["H|\\^&", "H|`^&", "H|^~\\&"].iter().any(|mark| start.starts_with(mark))
}

/// A first segment whose elements have fixed lengths.
fn is_x12(start: &str) -> bool {
    let bytes = start.as_bytes();
    let Some(delimiter) = bytes.get(3).filter(|b| start.starts_with("ISA") && b.is_ascii_punctuation()) else {
        return false;
    };
    [6, 17, 20, 31, 34, 50].iter().all(|at| bytes.get(*at) == Some(delimiter))
}

/// Lines of a mail's head: two of those that every mail has, and nothing else before the first blank line.
fn is_mail(start: &str) -> bool {
    const FIELDS: [&str; 15] = [
        "bcc",
        "cc",
        "content-type",
        "date",
        "delivered-to",
        "from",
        "in-reply-to",
        "message-id",
        "mime-version",
        "received",
        "reply-to",
        "return-path",
        "sender",
        "subject",
        "to",
    ];
    let mailbox = start.starts_with("From ");
    let lines = start.lines().skip(usize::from(mailbox)).take_while(|line| !line.trim().is_empty());
    let (mut known, mut lines_seen) = (0, 0);
    for line in lines.take(60) {
        if line.starts_with([' ', '\t']) && lines_seen > 0 {
            continue;
        }
        lines_seen += 1;
        let Some((name, _)) = line.split_once(':') else { return false };
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_') {
            return false;
        }
        known += usize::from(FIELDS.contains(&name.to_ascii_lowercase().as_str()));
    }
    known >= 3 || known == 2 && (mailbox || lines_seen > 2)
}

/// `dn: cn=…`
fn is_directory(start: &str) -> bool {
    let start = start.strip_prefix("version: 1").map_or(start, str::trim_start);
    start.starts_with("dn: ")
        && start.lines().next().is_some_and(|line| line.contains('='))
        && start.lines().nth(1).is_some_and(|line| line.contains(':'))
}

/// `10.0.0.1 - - [27/Nov/2026:20:26:24 +0000] "GET /`, line after line.
fn is_web_log(start: &str) -> bool {
    let is_line = |line: &str| {
        let Some((before, rest)) = line.split_once(" [") else { return false };
        let Some((time, rest)) = rest.split_once("] \"") else { return false };
        before.split(' ').count() == 3 && time.matches([':', '/']).count() == 5 && rest.contains(" HTTP/")
    };
    let mut lines = start.lines().take(5).peekable();
    lines.peek().is_some() && lines.all(is_line)
}

#[cfg(test)]
mod tests {
    use super::kind;

    #[test]
    fn messages_by_their_first_lines() {
        for (text, expected) in [
            ("MSH|^~\\&|LAB|CLINIC\rPID|1\r", "HL7"),
            ("\u{b}MSH|^~\\&|LAB|CLINIC\r", "HL7"),
            ("MSH#^~\\&#LAB#CLINIC\n", "HL7"),
            ("FHS|^~\\&|LAB\n", "HL7"),
            ("H|\\^&|||Analyzer\r\n", "HL7"),
            ("ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *200101*1253*^*00501*", "X12"),
            ("UNB+UNOA:1+SENDER+RECEIVER", "X12"),
            ("BEGIN:VCALENDAR\n", "calendar"),
            ("From: a@b.c\nTo: d@e.f\nSubject: Export\nDate: Mon\n\nHere.", "mail"),
            ("From a@b.c Mon Jan  1 00:00:00 2020\nReceived: by x\n\tfor y\nDate: Mon\n\n", "mail"),
            ("Return-Path: <a@b.c>\nReceived: from x\nX-Spam: no\n\n", "mail"),
            ("dn: cn=Ann,dc=clinic\nobjectClass: person\n", "LDIF"),
            ("10.0.0.1 - - [27/Nov/2026:20:26:24 +0000] \"GET / HTTP/1.1\" 200 5\n", "log"),
            ("HEADER RECORD*******LIBRARY HEADER RECORD!!!!!!!", "SAS"),
            ("ID;PWXL;N;E\nP;PGeneral\n", "SYLK"),
        ] {
            assert!(kind(text).is_some_and(|what| what.contains(expected)), "{text}: {:?}", kind(text));
        }
    }

    #[test]
    fn lists_whose_columns_are_called_so() {
        for text in [
            "MSH|ward|date\n1|2|3\n",
            "MSH,count\n1,2\n",
            "MSH||x\n1||2\n",
            "ISA*count\n1*2\n",
            "ISA,name\n",
            "From,To,Subject\na,b,c\n",
            "From:,To:\na,b\n",
            "from: x\nno\n",
            "date: time\n1: 2\n",
            "ID;PWD;name\n1;x;y\n",
            "ID;Patient\n1;x\n",
            "H|weight\n1|2\n",
            "TABLE\nvisit\n",
            "dn,cn\n1,2\n",
            "key: value\nname: x\n",
        ] {
            assert_eq!(kind(text), None, "{text}");
        }
    }
}
