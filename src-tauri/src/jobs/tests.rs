use std::{sync::mpsc, thread};

use engine::Error;

use super::*;

const PATIENCE: Duration = Duration::from_secs(10);

fn report(done: u64) -> Progress {
    Progress { phase: "Reading employees.csv".to_owned(), done, total: 100, unit: "bytes", rows: done }
}

/// Works until it is stopped.
fn endless(watch: &dyn Watch) -> Answer<Outcome> {
    while watch.step(&report(40)) {
        thread::sleep(Duration::from_millis(1));
    }
    Err(Error::Cancelled.into())
}

fn stop(jobs: &Jobs) -> bool {
    tauri::async_runtime::block_on(jobs.stop(PATIENCE))
}

fn ended(jobs: &Jobs, id: u64) -> JobFacts {
    let asked = Instant::now();
    loop {
        let facts = jobs.all().into_iter().find(|facts| facts.id == id).unwrap();
        if facts.state != JobState::Running {
            return facts;
        }
        assert!(asked.elapsed() < PATIENCE, "{facts:?}");
        thread::sleep(Duration::from_millis(2));
    }
}

#[test]
fn a_job_ends_as_what_came_of_it() {
    type Work = fn(&dyn Watch) -> Answer<Outcome>;
    let cases: [(&str, Work, JobState, &str); 5] = [
        ("done", |_| Ok(Outcome { message: "6 sheets".to_owned(), ..Outcome::default() }), JobState::Done, "6 sheets"),
        (
            "warned",
            |_| Ok(Outcome { message: "3 tables".to_owned(), warnings: vec!["2 rejects".to_owned()], path: None }),
            JobState::Warned,
            "3 tables",
        ),
        ("failed", |_| Err(Error::refused("no such file").into()), JobState::Failed, "no such file"),
        ("cancelled", |_| Err(Error::Cancelled.into()), JobState::Cancelled, "stopped on request; nothing was changed"),
        ("panicked", |_| panic!("Doe, Jane"), JobState::Failed, ""),
    ];
    let jobs = Jobs::default();
    for (name, work, state, message) in cases {
        let id = jobs.start(JobKind::Export, name, work).unwrap().id;
        let facts = ended(&jobs, id);
        assert_eq!(facts.state, state, "{name}");
        if name == "panicked" {
            assert!(!facts.message.is_empty() && !facts.message.contains("Doe"), "{}", facts.message);
        } else {
            assert_eq!(facts.message, message, "{name}");
        }
    }
}

#[test]
fn a_running_job_reports_and_stops_when_asked() {
    let jobs = Jobs::default();
    let (told, hear) = mpsc::channel();
    let work = move |watch: &dyn Watch| {
        watch.step(&report(40));
        told.send(()).unwrap();
        endless(watch)
    };
    let id = jobs.start(JobKind::Load, "Loading", work).unwrap().id;
    hear.recv_timeout(PATIENCE).unwrap();
    let running = &jobs.all()[0];
    assert_eq!((running.state, running.done, running.total), (JobState::Running, 40, 100));
    assert_eq!((&*running.phase, &*running.unit, running.rows), ("Reading employees.csv", "bytes", 40));
    let asked = jobs.cancel(id).unwrap();
    assert!(asked.phase == "Stopping" || asked.state == JobState::Cancelled, "{asked:?}");
    assert_eq!(ended(&jobs, id).state, JobState::Cancelled);
    assert!(jobs.cancel(id + 1).is_err());
}

#[test]
fn what_would_get_in_the_way_is_refused() {
    let jobs = Jobs::default();
    let load = jobs.start(JobKind::Load, "Loading", endless).unwrap().id;
    for (kind, may) in [(JobKind::Load, false), (JobKind::Demo, false), (JobKind::Export, true)] {
        let answer = jobs.start(kind, "", |_| Ok(Outcome::default()));
        assert_eq!(answer.is_ok(), may, "{kind:?}");
    }
    assert_eq!(jobs.refuse_if_running().unwrap_err().code, "refused");
    jobs.cancel(load).unwrap();
    ended(&jobs, load);
    stop(&jobs);
    jobs.refuse_if_running().unwrap();
}

#[test]
fn work_that_is_waited_for_is_seen_and_can_be_stopped_and_is_forgotten() {
    let jobs = Jobs::default();
    let others = jobs.clone();
    let answer = jobs.during(JobKind::Checksum, "Adding up", |watch| {
        watch.step(&report(40));
        let seen = others.all();
        assert_eq!((seen.len(), seen[0].done, seen[0].state), (1, 40, JobState::Running));
        assert!(others.during(JobKind::Retry, "", |_| Ok(())).is_err(), "rows must not change meanwhile");
        others.cancel(seen[0].id)?;
        endless(watch)
    });
    assert_eq!(answer.unwrap_err().code, "cancelled");
    assert!(jobs.all().is_empty());
    assert_eq!(jobs.during(JobKind::Retry, "", |_| Ok(7)).unwrap(), 7);
}

#[test]
fn closing_stops_everything() {
    let jobs = Jobs::default();
    let load = jobs.start(JobKind::Load, "", endless).unwrap().id;
    jobs.start(JobKind::Export, "", endless).unwrap();
    assert!(stop(&jobs));
    assert_eq!(ended(&jobs, load).state, JobState::Cancelled);
}

#[test]
fn what_does_not_stop_is_not_waited_for_for_ever() {
    let jobs = Jobs::default();
    let (let_go, held) = mpsc::channel::<()>();
    let stubborn = move |_: &dyn Watch| {
        let _ = held.recv();
        Ok(Outcome::default())
    };
    let id = jobs.start(JobKind::Export, "", stubborn).unwrap().id;
    assert!(!tauri::async_runtime::block_on(jobs.stop(Duration::from_millis(50))));
    drop(let_go);
    assert_eq!(ended(&jobs, id).state, JobState::Done);
}

#[test]
fn twenty_are_remembered_and_running_ones_among_them() {
    let jobs = Jobs::default();
    let load = jobs.start(JobKind::Load, "", endless).unwrap().id;
    for _ in 0..25 {
        let id = jobs.start(JobKind::Export, "", |_| Ok(Outcome::default())).unwrap().id;
        ended(&jobs, id);
    }
    let ids: Vec<u64> = jobs.all().into_iter().map(|facts| facts.id).collect();
    assert_eq!((ids.len(), ids[0], ids[19]), (20, load, 26));
    stop(&jobs);
}

#[test]
fn a_flood_of_warnings_is_cut() {
    let all = shortened((0..70).map(|n| n.to_string()).collect());
    assert_eq!((all.len(), &*all[50]), (51, "and 20 more"));
}
