//! One program, run and measured; several, in turns.

use std::{
    fs,
    process::{Child, Command, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

use crate::shell::shown;

/// How often each is run.
const ROUNDS: usize = 5;

/// A program in a contest.
pub struct Runner {
    pub name: String,
    /// Undoes what the last run left; not timed.
    pub before: Box<dyn Fn() -> Result<(), String>>,
    pub command: Box<dyn Fn() -> Command>,
    /// Exit codes of work that was done.
    pub done: &'static [i32],
}

/// What a runner took: medians over its runs.
#[derive(Clone)]
pub struct Taken {
    pub name: String,
    pub seconds: f64,
    /// The most it held at once, in megabytes; `None` where the system does not say.
    pub megabytes: Option<f64>,
}

/// Runs them in turns, so that what slows the machine slows all of them.
pub fn in_turns(runners: &[Runner]) -> Result<Vec<Taken>, String> {
    let mut runs: Vec<Vec<(f64, Option<f64>)>> = vec![Vec::new(); runners.len()];
    for round in 1..=ROUNDS {
        for (runner, runs) in runners.iter().zip(&mut runs) {
            (runner.before)()?;
            let (seconds, megabytes) = once(runner)?;
            println!("  {round}/{ROUNDS}  {:<28}{seconds:>8.2} s", runner.name);
            runs.push((seconds, megabytes));
        }
    }
    let taken = runners.iter().zip(runs).map(|(runner, runs)| Taken {
        name: runner.name.clone(),
        seconds: median(runs.iter().map(|(seconds, _)| *seconds).collect()),
        megabytes: runs.iter().map(|(_, megabytes)| *megabytes).collect::<Option<Vec<_>>>().map(median),
    });
    Ok(taken.collect())
}

fn once(runner: &Runner) -> Result<(f64, Option<f64>), String> {
    let mut command = (runner.command)();
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let started = Instant::now();
    let mut child = command.spawn().map_err(|error| format!("`{}` cannot be started: {error}", shown(&command)))?;
    let mut peak = None;
    let status = loop {
        peak = held(&child).or(peak);
        if let Some(status) = child.try_wait().map_err(|error| error.to_string())? {
            break status;
        }
        sleep(Duration::from_millis(2));
    };
    let seconds = started.elapsed().as_secs_f64();
    let code = status.code().unwrap_or(-1);
    if runner.done.contains(&code) {
        Ok((seconds, peak))
    } else {
        Err(format!("`{}` ended with {code}: its time says nothing", shown(&command)))
    }
}

/// The most memory a program that runs has held so far; Linux keeps the mark itself.
fn held(child: &Child) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<f64>().ok().map(|kilobytes| kilobytes / 1024.0)
}

pub fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    let middle = figures.len() / 2;
    if figures.len() % 2 == 1 { figures[middle] } else { f64::midpoint(figures[middle - 1], figures[middle]) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_one_in_the_middle() {
        assert!((median(vec![9.0, 1.0, 2.0]) - 2.0).abs() < f64::EPSILON);
        assert!((median(vec![4.0, 1.0, 2.0, 9.0]) - 3.0).abs() < f64::EPSILON);
    }

    #[test]
    fn work_that_failed_has_no_time() {
        let runner = Runner {
            name: "none".into(),
            before: Box::new(|| Ok(())),
            command: Box::new(|| Command::new(if cfg!(windows) { "where" } else { "false" })),
            done: &[0],
        };
        assert!(once(&runner).is_err_and(|told| told.contains("its time says nothing")));
    }
}
