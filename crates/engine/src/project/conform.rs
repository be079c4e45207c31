//! Holds delimited files to the rules of the hand-over format, before or instead of a load, and writes what was found
//! for the client. Neither needs a project.

use std::fs;
use std::path::{Path, PathBuf};

use snapshot::delimited::conformance::{Checker, Conformance, RULES, Severity as Grave};
use snapshot::delimited::survey;
use snapshot::recognise::Kind;

use super::Secret;
use super::exports::exported;
use super::load::choice::dialect;
use super::load::find::find;
use super::load::input::Input;
use super::load::streams::open;
use super::{Environment, Project};
use crate::disk::{self, Part};
use crate::error::{Error, Result};
use crate::facts::{
    ConformanceFacts, ConformanceFile, ConformanceFinding, ConformanceRule, Exported, FileChoice, Severity,
};
use crate::progress::{Progress, Watch};
use crate::workbook::conformance::{ConformanceBook, write};

impl Project {
    /// Which rules the delimited files among `paths` (files, folders, containers) break, and where.
    ///
    /// `passwords` and `choices` as for a load.
    pub fn conformance(
        paths: &[PathBuf],
        passwords: &[Secret],
        choices: &[FileChoice],
        watch: &dyn Watch,
    ) -> Result<ConformanceFacts> {
        let what = "a folder to unpack archives in could not be made";
        let said = |source| Error::File { what, path: std::env::temp_dir(), source };
        let scratch = tempfile::tempdir().map_err(said)?;
        let inputs = find(paths, passwords, choices, scratch.path(), watch)?;
        let mut facts = ConformanceFacts { files: Vec::new(), others: Vec::new(), broken: 0 };
        let mut before = 0;
        for input in &inputs.files {
            if input.kind == Kind::Delimited {
                let file = check(input, (before, inputs.bytes()), watch)?;
                facts.broken += file.rules.iter().map(|r| r.broken).sum::<u64>();
                facts.files.push(file);
            } else {
                facts.others.push(format!("{}: {}", input.name, input.kind.label()));
            }
            before += input.bytes;
        }
        facts.others.extend(inputs.ignored.iter().map(|(name, what)| format!("{name}: {what}")));
        if facts.files.is_empty() {
            let others = facts.others.first().map_or(String::new(), |first| format!(" The first is {first}."));
            return Err(Error::refused(format!(
                "none of the files is delimited text: the rules are about delimited text only.{others}"
            )));
        }
        Ok(facts)
    }

    /// Writes what [`Project::conformance`] found as a workbook to send to the client. `at` is the declared time, now
    /// where it is absent.
    pub fn conformance_report(
        facts: &ConformanceFacts,
        path: &Path,
        at: Option<&str>,
        environment: &Environment,
    ) -> Result<Exported> {
        let at = at.map_or_else(environment.now, str::to_owned);
        let part = Part::of(path, (environment.random)())?;
        let written = write(part.path(), &ConformanceBook { facts, who: &environment.user, at: &at })?;
        let said = |source| Error::File { what: "the workbook could not be written", path: path.to_owned(), source };
        disk::force(part.path()).map_err(said)?;
        let at = part.name().map_err(said)?;
        let bytes = fs::metadata(&at).map_err(said)?.len();
        Ok(exported(written, path, &at, bytes))
    }
}

fn check(input: &Input, (before, total): (u64, u64), watch: &dyn Watch) -> Result<ConformanceFile> {
    let said = |source| Error::Snapshot { file: input.name.clone(), source };
    let about = survey(open(input, None).map_err(said)?, &dialect(&input.choice)).map_err(said)?;
    let name = input.name.strip_suffix(".gz").unwrap_or(&input.name);
    let mut checker = Checker::new(open(input, None).map_err(said)?, name, about).map_err(said)?;
    while checker.step().map_err(said)? {
        let phase = format!("Checking {}", input.name);
        let done = before + checker.position().min(input.bytes);
        if !watch.step(&Progress { phase, done, total, unit: "bytes", rows: 0 }) {
            return Err(Error::Cancelled);
        }
    }
    Ok(told(&input.name, checker.finish()))
}

fn told(name: &str, found: Conformance) -> ConformanceFile {
    let rule = |number: u8| RULES.iter().find(|r| r.number == number).unwrap_or(&RULES[0]);
    let rules = RULES.iter().zip(found.counts).map(|(rule, broken)| ConformanceRule {
        rule: rule.number,
        severity: severity(rule.severity),
        text: rule.text.to_owned(),
        remedy: rule.remedy.to_owned(),
        broken,
    });
    let findings = found.findings.into_iter().map(|f| ConformanceFinding {
        rule: f.rule,
        severity: severity(rule(f.rule).severity),
        line: f.at.line,
        record: f.at.record,
        byte: f.at.byte,
        what: f.what,
        remedy: rule(f.rule).remedy.to_owned(),
    });
    ConformanceFile {
        file: name.to_owned(),
        bytes: found.bytes,
        encoding: found.encoding,
        dialect: found.dialect,
        records: found.records,
        rules: rules.collect(),
        findings: findings.collect(),
    }
}

fn severity(grave: Grave) -> Severity {
    match grave {
        Grave::Error => Severity::Error,
        Grave::Warning => Severity::Warning,
        Grave::Info => Severity::Info,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::Unwatched;

    /// Rule, line and record of each finding.
    fn findings(name: &str, content: &[u8]) -> Vec<(u8, u64, u64)> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        fs::write(&path, content).unwrap();
        let facts = Project::conformance(&[path], &[], &[], &Unwatched).unwrap();
        facts.files[0].findings.iter().map(|f| (f.rule, f.line, f.record)).collect()
    }

    #[test]
    fn each_rule_is_found_broken_where_it_is() {
        for (trap, name, content, expected) in [
            ("kept", "visit.csv", &b"id,note\r\n1,\"a, \"\"b\"\"\"\r\n2,c\r\n"[..], vec![]),
            ("another delimiter", "visit.csv", b"id,note\n1,a\n2;b\n3,c\n", vec![(2, 3, 2), (6, 3, 2)]),
            ("a line break", "visit.csv", b"a,b,c\n1,x\ny,z\n2,p,q\n3,p,q\n", vec![(3, 2, 1), (6, 2, 1), (6, 3, 2)]),
            ("two kinds of quotes", "visit.csv", b"id,note\n1,\"a\"\n2,'b'\n", vec![(4, 3, 2)]),
            ("a quote in quotes", "visit.csv", b"id,note\n1,\"a \"b\"\"\n2,\"c\"\n3,\"d\"\n", vec![(5, 2, 1)]),
            ("a field too many", "visit.csv", b"id,note\n1,a,b\n2,c\n3,d\n", vec![(6, 2, 1)]),
            (
                "a name twice and none",
                "visit.csv",
                b"id,note,id,,when\n1,a,x,p,q\n2,c,y,r,s\n",
                vec![(7, 1, 0), (7, 1, 0)],
            ),
            ("no Unicode", "visit.csv", b"id,n\n1,Zo\xeb\n2,N\xfa\xf1ez\n", vec![(8, 0, 0)]),
            ("another ending", "visit.xls", b"id,n\n1,a\n", vec![(9, 0, 0)]),
            ("line ends and a blank line", "visit.csv", b"id,n\n1,a\r\n\n2,b\n", vec![(10, 2, 1), (10, 3, 2)]),
        ] {
            assert_eq!(findings(name, content), expected, "{trap}");
        }
    }

    #[test]
    fn the_report_is_the_same_twice() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("visit.csv");
        fs::write(&path, b"id,note\n1,a,b\n").unwrap();
        let facts = Project::conformance(&[path], &[], &[], &Unwatched).unwrap();
        let bytes = |name: &str| {
            let out = folder.path().join(name);
            let at = Some("2026-03-01T12:00:00Z");
            Project::conformance_report(&facts, &out, at, &Environment::system()).unwrap();
            fs::read(out).unwrap()
        };
        assert!(bytes("a.xlsx") == bytes("b.xlsx"));
    }
}
