//! Times Crosswalk beside the least work that could do the same, and beside the programs people use instead. All of a
//! contest run in turns, five times; what counts is the ratio of medians, for the machine has its moods.

mod contests;
mod dialect;
mod edits;
mod exports;
mod figures;
mod prepared;
mod profiles;
mod trial;

use crate::shell::Done;

pub struct Options {
    /// Size of the dump, in megabytes.
    pub mb: u32,
    pub only: Vec<String>,
    pub readme: bool,
    /// Not times but how often a dialect is found.
    pub dialect: bool,
}

impl Options {
    pub fn parse(arguments: &[String]) -> Result<Self, String> {
        let mut options = Self { mb: 100, only: Vec::new(), readme: false, dialect: false };
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().cloned().unwrap_or_default();
            match argument.as_str() {
                "--mb" => {
                    let mb = value();
                    options.mb = mb.parse().ok().filter(|mb| *mb > 0).ok_or_else(|| format!("--mb {mb}"))?;
                }
                "--only" => {
                    let name = value();
                    if !contests::NAMES.contains(&name.as_str()) {
                        return Err(format!("--only {name}: it is one of {}", contests::NAMES.join(", ")));
                    }
                    options.only.push(name);
                }
                "--readme" => options.readme = true,
                "dialect" => options.dialect = true,
                other => return Err(other.to_owned()),
            }
        }
        Ok(options)
    }
}

pub fn run(options: &Options) -> Done {
    if options.dialect {
        let (data, crosswalk) = prepared::for_dialects()?;
        return dialect::run(&data, &crosswalk);
    }
    let prepared = prepared::Prepared::make()?;
    let mut rows = Vec::new();
    for name in contests::NAMES {
        if options.only.is_empty() || options.only.iter().any(|only| only == name) {
            println!("\n== {name}");
            rows.extend(contests::held(name, &prepared, options.mb)?);
        }
    }
    let table = figures::table(&rows);
    println!("\n{}\n\n{table}", figures::when_and_where(options.mb));
    if options.readme { figures::into_readme(&table, options.mb) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_contest_that_there_is() {
        let parse = |line: &str| Options::parse(&line.split(' ').map(str::to_owned).collect::<Vec<_>>());
        assert_eq!(parse("--mb 1000 --only dump").map(|o| (o.mb, o.only)), Ok((1000, vec!["dump".to_owned()])));
        assert!(parse("--only tea").is_err_and(|told| told.contains("dump, growth")));
        assert!(parse("--mb 0").is_err());
    }
}
