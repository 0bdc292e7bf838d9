//! How many published matters stand how: what anybody may ask for as often as he likes, and what takes a second where
//! there are very many.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use ledger::id::{DocumentId, UnitId};
use store::{PublishedCounts, PublishedFilter};
use tokio::sync::{Mutex, Semaphore};

use crate::App;
use crate::error::Problem;
use crate::pages::public::GROUPS;

/// Units in a list of them: those that lead most.
const UNITS: usize = 200;
/// So many lists are counted at once; whoever comes then waits so long.
const AT_ONCE: usize = 2;
const PATIENCE: Duration = Duration::from_secs(10);
/// What took so long to count is shown for a while although something came since …
const LONG: SignedDuration = SignedDuration::from_millis(20);
/// … for so many times as long as counting took, at most a minute: so counting never takes more than a part in fifty.
const SHARE: i32 = 50;
const OLD: SignedDuration = SignedDuration::from_mins(1);

/// All published matters, counted.
pub(super) struct Overall {
    pub(super) counts: PublishedCounts,
    pub(super) units: Vec<(UnitId, PublishedCounts)>,
    pub(super) documents: Vec<(DocumentId, String, PublishedCounts)>,
}

/// What was counted last, and turns at counting.
pub struct Counting {
    last: Mutex<Option<Counted>>,
    turns: Semaphore,
}

struct Counted {
    overall: Arc<Overall>,
    /// How many events there were, and which day it was.
    of: (u64, civil::Date),
    at: Timestamp,
    took: SignedDuration,
}

impl Default for Counting {
    fn default() -> Self {
        Self { last: Mutex::default(), turns: Semaphore::new(AT_ONCE) }
    }
}

impl Counted {
    /// Whether it may be shown, now that there are so many events on that day.
    fn holds(&self, of: (u64, civil::Date), now: Timestamp) -> bool {
        if self.of == of {
            return true;
        }
        let age = now.duration_since(self.at);
        self.of.1 == of.1 && self.took >= LONG && !age.is_negative() && age < OLD.min(self.took * SHARE)
    }
}

/// Counts over all published matters; made once for all who ask at the same time.
pub(super) async fn overall(app: &App) -> Result<Arc<Overall>, Problem> {
    let mut last = tokio::time::timeout(PATIENCE, app.counting.last.lock()).await.map_err(|_| Problem::Busy)?;
    let of = app.read(|read| Ok((read.size()?, read.today()))).await?;
    if let Some(counted) = last.as_ref().filter(|counted| counted.holds(of, app.now())) {
        return Ok(counted.overall.clone());
    }
    let began = app.now();
    let count = app.read(|read| {
        let overall = Overall {
            counts: read.published_counts(&PublishedFilter::default())?,
            units: read.published_by_unit(UNITS)?,
            documents: read.published_by_document(GROUPS)?,
        };
        Ok((overall, (read.size()?, read.today())))
    });
    let (overall, of) = count.await?;
    let (overall, at) = (Arc::new(overall), app.now());
    *last = Some(Counted { overall: overall.clone(), of, at, took: at.duration_since(began) });
    Ok(overall)
}

/// Counts before anybody asks: on a cold disk a first visitor would wait for it, and others with him.
pub async fn count_ahead(app: &App) {
    if let Err(problem) = overall(app).await {
        tracing::warn!(?problem, "what is published could not be counted ahead of its visitors");
    }
}

/// How many that the filter takes stand how; all of them were counted before. Errors: `Busy` where too many count.
pub(super) async fn narrowed(
    app: &App,
    filter: PublishedFilter,
    overall: &Overall,
) -> Result<PublishedCounts, Problem> {
    if filter == PublishedFilter::default() {
        return Ok(overall.counts.clone());
    }
    let turn = tokio::time::timeout(PATIENCE, app.counting.turns.acquire()).await;
    let _turn = turn.map_err(|_| Problem::Busy)?.map_err(Problem::fault)?;
    app.read(move |read| Ok(read.published_counts(&filter)?)).await
}

#[cfg(test)]
mod tests {
    use civil::day;

    use super::*;

    #[test]
    fn what_was_counted_is_shown_until_something_came_and_a_while_longer_where_counting_takes_long() {
        let at: Timestamp = "2026-11-29T10:00:00Z".parse().expect("an instant");
        let (today, tomorrow) = (day(2026, 11, 29).expect("a day"), day(2026, 11, 30).expect("a day"));
        let counted = |took| Counted {
            overall: Arc::new(Overall { counts: PublishedCounts::default(), units: vec![], documents: vec![] }),
            of: (7, today),
            at,
            took: SignedDuration::from_millis(took),
        };
        let seconds = |n| at + SignedDuration::from_secs(n);
        for (took, of, now, holds) in [
            (1, (7, today), seconds(3_600), true),
            (1, (8, today), at, false),
            (1_000, (8, today), seconds(49), true),
            (1_000, (8, today), seconds(50), false),
            (9_000, (8, today), seconds(59), true),
            (9_000, (8, today), seconds(60), false),
            (9_000, (8, today), seconds(-1), false),
            (9_000, (7, tomorrow), at, false),
        ] {
            assert_eq!(counted(took).holds(of, now), holds, "{took} {of:?} {now}");
        }
    }
}
