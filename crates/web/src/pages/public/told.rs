//! A published matter as a line of a list, in plain words.

use civil::Date;
use ledger::calendar::OfficeCalendar;
use ledger::matter::PublicStanding;
use store::PublishedLine;

use crate::frame::Frame;
use crate::texts::Due;
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
    pub(super) fn of(frame: &Frame, who: &Who, line: &PublishedLine, on: (Date, &OfficeCalendar)) -> Self {
        Self {
            number: line.number.to_string(),
            quote: line.quote.clone(),
            lead: line.lead.zip(line.lead_since).map(|(lead, since)| who.party_on(&lead, since)),
            standing: standing(frame, line, on),
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

/// What became of it, in words; days count from the original deadline.
pub(super) fn standing(frame: &Frame, line: &PublishedLine, (today, calendar): (Date, &OfficeCalendar)) -> String {
    let said = match (line.standing, line.cleared_on) {
        (PublicStanding::Late | PublicStanding::Open, _) => {
            line.original_due.map(|due| frame.due(Due::of(due, today, calendar)))
        }
        (PublicStanding::ClearedLate, Some(on)) => line.original_due.map(|due| {
            let days = i64::from((on - calendar.last_day(due)).get_days());
            frame.text("axis-cleared-late").arg("days", days).to_string()
        }),
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
