//! Long work on threads that may block: what it says of itself, and how it is asked to stop.

mod pace;

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use engine::progress::{Progress, Watch};
use pace::Pace;
use tokio::{sync::watch, time::timeout};
use tokio_util::sync::CancellationToken;

use crate::{
    error::{Answer, caught},
    requests::{JobFacts, JobKind, JobState, WireError},
};

/// How many jobs are remembered, running ones always among them.
const MOST: usize = 20;
/// Warnings told of one job; the ledger has them all.
const MOST_WARNINGS: usize = 50;

/// What came of a job that ran to its end.
#[derive(Debug, Default)]
pub struct Outcome {
    pub message: String,
    /// A file that was written.
    pub path: Option<String>,
    /// With any of these the job ends as warned.
    pub warnings: Vec<String>,
}

#[derive(Clone, Default)]
pub struct Jobs(Arc<Mutex<Board>>);

#[derive(Default)]
struct Board {
    last_id: u64,
    /// Oldest first.
    jobs: Vec<Arc<Job>>,
}

impl Board {
    /// A job to be begun. Refused where what runs already would get in its way.
    fn next(&mut self, kind: JobKind, label: String) -> Answer<Arc<Job>> {
        if let Some(other) = self.jobs.iter().find(|job| job.runs() && in_the_way(kind, job.kind)) {
            return Err(busy(other.kind));
        }
        self.last_id += 1;
        Ok(Arc::new(Job::new(self.last_id, kind, label)))
    }
}

struct Job {
    id: u64,
    kind: JobKind,
    began: Instant,
    stop: CancellationToken,
    told: watch::Sender<Told>,
}

/// What a job says of itself.
struct Told {
    facts: JobFacts,
    pace: Pace,
}

impl Told {
    fn runs(&self) -> bool {
        self.facts.state == JobState::Running
    }
}

impl Jobs {
    /// Begins the work and says so. Refused where what runs already would get in its way.
    pub fn start<W>(&self, kind: JobKind, label: impl Into<String>, work: W) -> Answer<JobFacts>
    where
        W: FnOnce(&dyn Watch) -> Answer<Outcome> + Send + 'static,
    {
        let mut board = self.board();
        let job = board.next(kind, label.into())?;
        let at_work = Arc::clone(&job);
        tauri::async_runtime::spawn_blocking(move || at_work.run(work));
        board.jobs.push(Arc::clone(&job));
        let too_many = board.jobs.len().saturating_sub(MOST);
        let mut forgotten = 0;
        board.jobs.retain(|job| {
            let forget = forgotten < too_many && !job.runs();
            forgotten += usize::from(forget);
            !forget
        });
        Ok(job.facts())
    }

    /// Does the work while its asker waits: others see how far it is and can stop it. It is forgotten when it is over,
    /// for the asker tells what came of it.
    pub fn during<T>(
        &self,
        kind: JobKind,
        label: impl Into<String>,
        work: impl FnOnce(&dyn Watch) -> Answer<T>,
    ) -> Answer<T> {
        let job = {
            let mut board = self.board();
            let job = board.next(kind, label.into())?;
            board.jobs.push(Arc::clone(&job));
            job
        };
        let answer = caught(|| work(&*job));
        self.board().jobs.retain(|other| other.id != job.id);
        answer
    }

    /// Oldest first.
    pub fn all(&self) -> Vec<JobFacts> {
        self.board().jobs.iter().map(|job| job.facts()).collect()
    }

    /// Asks a job to stop; it is over a moment later. One that is over stays as it is.
    pub fn cancel(&self, id: u64) -> Answer<JobFacts> {
        let board = self.board();
        let job = board.jobs.iter().find(|job| job.id == id);
        let job = job.ok_or_else(|| WireError::refused(format!("There is no job {id}.")))?;
        job.stop.cancel();
        Ok(job.facts())
    }

    pub fn runs(&self, kind: JobKind) -> bool {
        self.board().jobs.iter().any(|job| job.kind == kind && job.runs())
    }

    /// Refuses what would take the project away from under a running job.
    pub fn refuse_if_running(&self) -> Answer<()> {
        match self.board().jobs.iter().find(|job| job.runs()) {
            Some(job) => Err(busy(job.kind)),
            None => Ok(()),
        }
    }

    /// Asks all to stop and waits for it, at most `patience`. False where one is still at work then.
    pub async fn stop(&self, patience: Duration) -> bool {
        let jobs = self.board().jobs.clone();
        for job in &jobs {
            job.stop.cancel();
        }
        let all_over = async {
            for job in &jobs {
                // A job keeps what it tells for as long as it is known of.
                let _ = job.told.subscribe().wait_for(|told| !told.runs()).await;
            }
        };
        timeout(patience, all_over).await.is_ok()
    }

    fn board(&self) -> MutexGuard<'_, Board> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Two loads would fight for the disk, the demonstration ends by opening another project, and rows that are corrected
/// must not change under whoever reads them.
fn in_the_way(new: JobKind, running: JobKind) -> bool {
    // Whoever looks for something else need not wait.
    new == running && new != JobKind::Find
        || [new, running].iter().any(|kind| matches!(kind, JobKind::Demo | JobKind::Retry))
}

fn busy(running: JobKind) -> WireError {
    let what = match running {
        JobKind::Load => "A snapshot is being loaded",
        JobKind::Export => "A workbook is being written",
        JobKind::Demo => "The demonstration is being made",
        JobKind::Checksum => "Tables are being added up",
        JobKind::Query => "A query is being answered",
        JobKind::Relationships => "Relationships are being looked for",
        JobKind::Retry => "Rejects are being read again",
        JobKind::Look => "Files are being looked at",
        JobKind::Profile => "A snapshot is being profiled",
        JobKind::Analysis => "Tables are being analyzed",
        JobKind::Find => "Something is being looked for",
        JobKind::Index => "The index is being made",
    };
    WireError::refused(format!("{what}: wait for it to end, or cancel it, and try again."))
}

impl Job {
    fn new(id: u64, kind: JobKind, label: String) -> Self {
        let facts = JobFacts {
            id,
            kind,
            label,
            state: JobState::Running,
            phase: "Starting".to_owned(),
            done: 0,
            total: 0,
            unit: String::new(),
            rows: 0,
            seconds: 0.0,
            rows_per_second: 0.0,
            seconds_left: None,
            message: String::new(),
            code: None,
            path: None,
            warnings: Vec::new(),
        };
        let told = watch::Sender::new(Told { facts, pace: Pace::default() });
        Self { id, kind, began: Instant::now(), stop: CancellationToken::new(), told }
    }

    fn run(&self, work: impl FnOnce(&dyn Watch) -> Answer<Outcome>) {
        self.end(caught(|| work(self)));
    }

    fn end(&self, came_of_it: Answer<Outcome>) {
        let seconds = self.began.elapsed().as_secs_f64();
        self.told.send_modify(|Told { facts, pace }| {
            facts.seconds = seconds;
            facts.rows_per_second = pace.rows_per_second();
            facts.seconds_left = None;
            facts.phase = String::new();
            match came_of_it {
                Ok(outcome) => {
                    facts.state = if outcome.warnings.is_empty() { JobState::Done } else { JobState::Warned };
                    // The last report comes before the last step.
                    facts.done = facts.total;
                    facts.message = outcome.message;
                    facts.path = outcome.path;
                    facts.warnings = shortened(outcome.warnings);
                }
                Err(error) => {
                    let cancelled = error.code == "cancelled";
                    facts.state = if cancelled { JobState::Cancelled } else { JobState::Failed };
                    facts.message = error.message;
                    facts.code = Some(error.code);
                }
            }
        });
    }

    fn runs(&self) -> bool {
        self.told.borrow().runs()
    }

    fn facts(&self) -> JobFacts {
        let told = self.told.borrow();
        let mut facts = told.facts.clone();
        if told.runs() {
            facts.seconds = self.began.elapsed().as_secs_f64();
            facts.rows_per_second = told.pace.rows_per_second();
            facts.seconds_left = told.pace.seconds_left();
            if self.stop.is_cancelled() {
                "Stopping".clone_into(&mut facts.phase);
                facts.seconds_left = None;
            }
        }
        facts
    }
}

impl Watch for Job {
    fn step(&self, progress: &Progress) -> bool {
        let at = self.began.elapsed().as_secs_f64();
        self.told.send_modify(|Told { facts, pace }| {
            pace.report(at, progress);
            // Reports come often and their words seldom change.
            if facts.phase != progress.phase {
                facts.phase.clone_from(&progress.phase);
            }
            if facts.unit != progress.unit {
                progress.unit.clone_into(&mut facts.unit);
            }
            (facts.done, facts.total, facts.rows) = (progress.done, progress.total, progress.rows);
        });
        !self.stop.is_cancelled()
    }
}

fn shortened(mut warnings: Vec<String>) -> Vec<String> {
    let more = warnings.len().saturating_sub(MOST_WARNINGS);
    if more > 0 {
        warnings.truncate(MOST_WARNINGS);
        warnings.push(format!("and {more} more"));
    }
    warnings
}

#[cfg(test)]
mod tests;
