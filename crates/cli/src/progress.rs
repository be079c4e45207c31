//! Progress on stderr, and Ctrl-C as a request to stop.

use std::io::{IsTerminal, Write, stderr};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use engine::progress::{Progress, Watch};
use indicatif::{ProgressBar, ProgressStyle};

use crate::print::count;

static STOP: AtomicBool = AtomicBool::new(false);

/// From now on Ctrl-C asks the work to stop; pressed again it ends the program.
pub fn listen() {
    let _ = ctrlc::set_handler(|| {
        if STOP.swap(true, Ordering::Relaxed) {
            std::process::exit(1);
        }
        let _ = writeln!(stderr(), "\nstopping…");
    });
}

/// How far the work is, on a terminal; elsewhere only where it was asked for.
pub struct Bar {
    drawn: Drawn,
    shown: Mutex<Shown>,
    started: Instant,
}

enum Drawn {
    /// In place, on a terminal.
    Line(ProgressBar),
    /// A line of text now and then, into a file or a pipe.
    Text,
    Nowhere,
}

#[derive(Default)]
struct Shown {
    phase: String,
    at: Option<Instant>,
}

impl Bar {
    pub fn new(asked: bool) -> Self {
        let drawn = if stderr().is_terminal() {
            let line = ProgressBar::new(0);
            let style = "{spinner} {wide_msg} {bar:24} {percent:>3}% {eta:>4}";
            line.set_style(ProgressStyle::with_template(style).expect("a template that is tested"));
            Drawn::Line(line)
        } else if asked {
            Drawn::Text
        } else {
            Drawn::Nowhere
        };
        Self { drawn, shown: Mutex::default(), started: Instant::now() }
    }

    fn draw(&self, progress: &Progress) {
        let seconds = self.started.elapsed().as_secs_f64();
        let rate = if progress.rows > 0 && seconds > 0.5 {
            format!(" · {} rows/s", count((progress.rows as f64 / seconds) as u64))
        } else {
            String::new()
        };
        let message = format!("{} · {} rows{rate}", progress.phase, count(progress.rows));
        match &self.drawn {
            Drawn::Line(line) => {
                line.set_length(progress.total);
                line.set_position(progress.done);
                line.set_message(message);
                line.tick();
            }
            Drawn::Text => match (progress.done * 100).checked_div(progress.total) {
                Some(percent) => eprintln!("{percent:>3}% {message}{}", left(progress, seconds)),
                None => eprintln!("     {message}"),
            },
            Drawn::Nowhere => {}
        }
    }
}

/// The time left, once there is something to tell it by.
fn left(progress: &Progress, seconds: f64) -> String {
    let part = progress.done as f64 / progress.total as f64;
    if seconds < 2.0 || part < 0.01 || progress.unit != "bytes" {
        return String::new();
    }
    format!(" · {:.0} s left", seconds / part - seconds)
}

impl Watch for Bar {
    fn step(&self, progress: &Progress) -> bool {
        let pause = match &self.drawn {
            Drawn::Line(_) => Duration::from_millis(100),
            Drawn::Text => Duration::from_secs(1),
            Drawn::Nowhere => Duration::MAX,
        };
        let mut shown = self.shown.lock().expect("only this thread holds it");
        let due = shown.at.is_none_or(|at| at.elapsed() > pause);
        if due || shown.phase != progress.phase {
            shown.at = Some(Instant::now());
            shown.phase.clone_from(&progress.phase);
            self.draw(progress);
        }
        !STOP.load(Ordering::Relaxed)
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        if let Drawn::Line(line) = &self.drawn {
            line.finish_and_clear();
        }
    }
}
