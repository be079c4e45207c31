//! How fast a job is and how long it will take, from its reports. Times are seconds since the job began.

use engine::progress::Progress;

/// A guess from less than this is noise.
const ENOUGH: f64 = 0.5;

#[derive(Debug, Default)]
pub struct Pace {
    stage: Option<Stage>,
    rows: u64,
    /// When rows were last seen to grow: later stages that count none do not slow the rate.
    rows_at: f64,
}

/// A stretch of work counted in one unit towards one total.
#[derive(Debug)]
struct Stage {
    unit: &'static str,
    total: u64,
    began: f64,
    from: u64,
    done: u64,
    at: f64,
}

impl Pace {
    pub fn report(&mut self, at: f64, progress: &Progress) {
        if progress.rows > self.rows {
            self.rows = progress.rows;
            self.rows_at = at;
        }
        let Progress { done, total, unit, .. } = *progress;
        match &mut self.stage {
            Some(stage) if stage.unit == unit && stage.total == total && stage.done <= done => {
                stage.done = done;
                stage.at = at;
            }
            stage => *stage = Some(Stage { unit, total, began: at, from: done, done, at }),
        }
    }

    pub fn rows_per_second(&self) -> f64 {
        if self.rows_at > 0.0 { self.rows as f64 / self.rows_at } else { 0.0 }
    }

    /// None while it cannot be told.
    pub fn seconds_left(&self) -> Option<f64> {
        let stage = self.stage.as_ref()?;
        let (took, done) = (stage.at - stage.began, stage.done - stage.from);
        if stage.total == 0 || done == 0 || took < ENOUGH {
            return None;
        }
        let left = stage.total.saturating_sub(stage.done);
        Some(left as f64 * took / done as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(reports: &[(f64, &'static str, u64, u64, u64)]) -> Pace {
        let mut pace = Pace::default();
        for &(at, unit, done, total, rows) in reports {
            pace.report(at, &Progress { phase: String::new(), done, total, unit, rows });
        }
        pace
    }

    #[test]
    fn seconds_left() {
        type Case = (&'static str, &'static [(f64, &'static str, u64, u64, u64)], Option<f64>);
        let cases: &[Case] = &[
            ("nothing told", &[], None),
            ("one report", &[(1.0, "bytes", 10, 100, 0)], None),
            ("too soon", &[(0.0, "bytes", 0, 100, 0), (0.1, "bytes", 50, 100, 0)], None),
            ("half done", &[(0.0, "bytes", 0, 100, 0), (2.0, "bytes", 50, 100, 0)], Some(2.0)),
            ("total unknown", &[(0.0, "bytes", 0, 0, 0), (2.0, "bytes", 50, 0, 0)], None),
            ("past its total", &[(0.0, "bytes", 0, 100, 0), (2.0, "bytes", 120, 100, 0)], Some(0.0)),
            (
                "next stage begins anew",
                &[(0.0, "bytes", 0, 9, 0), (5.0, "bytes", 9, 9, 0), (6.0, "tables", 1, 4, 0)],
                None,
            ),
            (
                "and is timed by itself",
                &[(0.0, "bytes", 0, 9, 0), (5.0, "tables", 1, 4, 0), (6.0, "tables", 2, 4, 0)],
                Some(2.0),
            ),
            ("started again from less", &[(0.0, "bytes", 50, 100, 0), (2.0, "bytes", 10, 100, 0)], None),
        ];
        for (name, reports, expected) in cases {
            assert_eq!(after(reports).seconds_left(), *expected, "{name}");
        }
    }

    #[test]
    fn rows_per_second_keeps_after_the_last_row() {
        let pace = after(&[(1.0, "bytes", 1, 2, 500), (2.0, "bytes", 2, 2, 1000), (9.0, "tables", 1, 2, 1000)]);
        assert!((pace.rows_per_second() - 500.0).abs() < f64::EPSILON);
    }
}
