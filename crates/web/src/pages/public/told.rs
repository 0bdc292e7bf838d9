//! A published matter as a line of a list, in plain words.

use ledger::matter::PublicStanding;
use store::PublishedLine;

use crate::frame::Frame;
use crate::who::Who;

/// A published matter in a list.
pub(super) struct Told {
    /// Its number.
    pub number: String,
    /// The directive; none where it was not published or was erased.
    pub quote: Option<String>,
    /// Who leads it.
    pub lead: Option<String>,
    /// What became of it, in words.
    pub standing: String,
    /// How the words are marked: the class of a tag; empty for plain words.
    pub mark: &'static str,
    /// The deadline, where it was moved.
    pub moved_to: Option<String>,
}

impl Told {
    pub(super) fn of(frame: &Frame, who: &Who, line: &PublishedLine, today: civil::Date) -> Self {
        Self {
            number: line.number.to_string(),
            quote: line.quote.clone(),
            lead: line.lead.zip(line.lead_since).map(|(lead, since)| who.party_on(&lead, since)),
            standing: standing(frame, line, today),
            mark: match line.standing {
                PublicStanding::Late => "late",
                PublicStanding::ClearedInTime | PublicStanding::Cleared => "ok",
                PublicStanding::ClearedLate => "due",
                PublicStanding::Open => "",
                PublicStanding::Withdrawn => "gone",
            },
            moved_to: line
                .due
                .filter(|due| Some(*due) != line.original_due && line.cleared_on.is_none())
                .map(|due| frame.date(&due)),
        }
    }
}

/// What became of it, in words; days count from the original deadline, and while it is open from the last day for it.
pub(super) fn standing(frame: &Frame, line: &PublishedLine, today: civil::Date) -> String {
    let last = line.late_from.and_then(|day| day.yesterday().ok()).or(line.original_due);
    let days = |day: civil::Date| last.map(|last| i64::from((day - last).get_days()));
    let said = match (line.standing, line.cleared_on) {
        (PublicStanding::Late, _) => days(today).map(|days| frame.text("axis-late").arg("days", days).to_string()),
        (PublicStanding::Open, _) => days(today).map(|days| frame.text("axis-in-time").arg("days", -days).to_string()),
        (PublicStanding::ClearedLate, Some(on)) => {
            days(on).map(|days| frame.text("axis-cleared-late").arg("days", days).to_string())
        }
        (
            PublicStanding::ClearedLate
            | PublicStanding::ClearedInTime
            | PublicStanding::Cleared
            | PublicStanding::Withdrawn,
            _,
        ) => None,
    };
    said.unwrap_or_else(|| frame.word("standing", line.standing.code()))
}
