//! The machine's clock, followed within reason: events bear its instants for good, and read logs and drafts end by it.

use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::bail;
use jiff::{SignedDuration, Timestamp};

/// A clock that is set back by more is not followed: it was wrong before, or it is now.
const BACK_MAX: SignedDuration = SignedDuration::from_hours(24);
/// The same for one that goes on. An office may rest so long, and a machine sleep.
const ON_MAX: SignedDuration = SignedDuration::from_hours(100 * 24);

/// A clock that ran from its start on, beside the machine's, which may be set.
pub struct Followed {
    begun: Timestamp,
    is_left: AtomicBool,
}

impl Followed {
    /// Begins at what the machine's clock says.
    pub fn new(begun: Timestamp) -> Self {
        Self { begun, is_left: AtomicBool::new(false) }
    }

    /// What time it is, where the machine's clock says `says` and so much time went by since the beginning.
    pub fn now(&self, says: Timestamp, passed: SignedDuration) -> Timestamp {
        let counted = self.begun.checked_add(passed).unwrap_or(says);
        let is_left = !is_credible(says, counted);
        if self.is_left.swap(is_left, Ordering::Relaxed) != is_left {
            let (says, counted) = (says.to_string(), counted.to_string());
            match is_left {
                true => tracing::error!(
                    says,
                    counted,
                    "the machine's clock jumped too far and is not followed: put it right, or start luoshi again"
                ),
                false => tracing::warn!(says, "the machine's clock is followed again"),
            }
        }
        if is_left { counted } else { says }
    }
}

fn is_credible(says: Timestamp, other: Timestamp) -> bool {
    let ahead = says.duration_since(other);
    -BACK_MAX <= ahead && ahead <= ON_MAX
}

/// Errors: the clock cannot be right beside a record whose newest event is of `last`, or the record was written under a
/// wrong one.
pub fn check(now: Timestamp, last: Option<Timestamp>) -> anyhow::Result<()> {
    match last {
        Some(last) if !is_credible(now, last) => bail!(
            "this machine's clock says {now}, and the newest event is of {last}: put the clock right, or start with \
             --clock-is-right if it is; see docs/operations.md, “Bad days”"
        ),
        Some(_) | None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("an instant")
    }

    #[test]
    fn a_clock_is_followed_where_it_is_corrected_and_not_where_it_jumps() {
        let clock = Followed::new(at("2026-11-29T10:00:00Z"));
        let hour = SignedDuration::from_hours(1);
        for (says, is) in [
            ("2026-11-29T11:00:00Z", "2026-11-29T11:00:00Z"),
            ("2026-11-29T10:59:00Z", "2026-11-29T10:59:00Z"),
            ("2026-11-28T11:00:00Z", "2026-11-28T11:00:00Z"),
            ("2026-11-28T10:59:59Z", "2026-11-29T11:00:00Z"),
            ("1970-01-01T00:00:00Z", "2026-11-29T11:00:00Z"),
            ("2027-03-09T11:00:00Z", "2027-03-09T11:00:00Z"),
            ("2027-03-09T11:00:01Z", "2026-11-29T11:00:00Z"),
            ("2036-11-29T11:00:00Z", "2026-11-29T11:00:00Z"),
            ("2026-11-29T11:00:00Z", "2026-11-29T11:00:00Z"),
        ] {
            assert_eq!(clock.now(at(says), hour), at(is), "{says}");
        }
    }

    #[test]
    fn nothing_is_served_by_a_clock_that_the_record_contradicts() {
        let last = Some(at("2026-11-29T10:00:00Z"));
        for (now, is_fine) in [
            ("2026-11-29T10:00:01Z", true),
            ("2026-11-28T10:00:00Z", true),
            ("2026-11-28T09:59:59Z", false),
            ("2027-03-09T10:00:00Z", true),
            ("2027-03-09T10:00:01Z", false),
            ("2036-11-29T10:00:00Z", false),
        ] {
            assert_eq!(check(at(now), last).is_ok(), is_fine, "{now}");
        }
        assert!(check(at("1970-01-01T00:00:00Z"), None).is_ok(), "a record without events contradicts nothing");
    }
}
