//! Progress on stderr, and Ctrl-C as a request to stop.

use std::io::{IsTerminal, stderr};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use engine::progress::{Progress, Watch};
use indicatif::{ProgressBar, ProgressStyle};

static STOP: AtomicBool = AtomicBool::new(false);

/// From now on Ctrl-C asks the work to stop; pressed again it ends the program.
pub fn listen() {
    let _ = ctrlc::set_handler(|| {
        if STOP.swap(true, Ordering::Relaxed) {
            std::process::exit(1);
        }
        eprintln!("\nstopping…");
    });
}

pub struct Bar {
    line: Option<ProgressBar>,
    shown: Mutex<Shown>,
    started: Instant,
}

#[derive(Default)]
struct Shown {
    phase: String,
    at: Option<Instant>,
}

impl Bar {
    pub fn new(asked: bool) -> Self {
        let wanted = asked || stderr().is_terminal();
        let line = wanted.then(|| {
            let bar = ProgressBar::new(0);
            let style = "{spinner} {wide_msg} {bar:24} {percent:>3}% {eta:>4}";
            bar.set_style(ProgressStyle::with_template(style).expect("a template that is tested"));
            bar
        });
        Self { line, shown: Mutex::default(), started: Instant::now() }
    }
}

impl Watch for Bar {
    fn step(&self, progress: &Progress) -> bool {
        if let Some(bar) = &self.line {
            let mut shown = self.shown.lock().expect("only this thread holds it");
            let due = shown.at.is_none_or(|at| at.elapsed() > Duration::from_millis(100));
            if due || shown.phase != progress.phase {
                shown.at = Some(Instant::now());
                shown.phase.clone_from(&progress.phase);
                let seconds = self.started.elapsed().as_secs_f64();
                let rate = if progress.rows > 0 && seconds > 0.5 {
                    format!(" · {} rows/s", (progress.rows as f64 / seconds) as u64)
                } else {
                    String::new()
                };
                bar.set_length(progress.total);
                bar.set_position(progress.done);
                bar.set_message(format!("{} · {} rows{rate}", progress.phase, progress.rows));
                bar.tick();
            }
        }
        !STOP.load(Ordering::Relaxed)
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        if let Some(bar) = &self.line {
            bar.finish_and_clear();
        }
    }
}
