//! The rows of a matter: made from what is folded and nothing else, so that one thread can make what another writes.

use std::borrow::Cow;

use jiff::civil::Date;
use ledger::audience::{Principal, shown_to};
use ledger::calendar::OfficeCalendar;
use ledger::id::{MatterId, OfficerId, Stream, UnitId};
use ledger::matter::{Matter, Schedule, Source, State};
use ledger::organisation::Organisation;
use ledger::party::Party;
use rusqlite::Connection;

use super::published::PublishedRows;
use super::rows::{Cell, Rows, Searched, Several, write_row};
use crate::error::StoreFault;
use crate::load::Recorded;
use crate::read::lists::{BY_AUDIENCE, NO_DUE, number_key, party_code};
use crate::read::origin_hash;
use crate::search;

const AUDIENCE: Several<'_> =
    Several { table: "matter_audience", matter: "number_key", columns: &["principal"], keys: 1 };
const PARTIES: Several<'_> =
    Several { table: "matter_party", matter: "number_key", columns: &["party", "relation"], keys: 2 };
const WAITING: Several<'_> = Several {
    table: "waiting",
    matter: "number_key",
    columns: &["desk", "grp", "act", "first", "last", "but"],
    keys: 3,
};
const SEARCH: Searched<'_> = Searched { table: "search", key: "stream" };

/// Everything that a matter has in the projections.
pub(super) struct MatterRows {
    id: MatterId,
    pub(super) number_key: i64,
    row: Vec<(&'static str, Cell)>,
    audience: Vec<Vec<Cell>>,
    parties: Vec<Vec<Cell>>,
    waiting: Vec<Vec<Cell>>,
    words: String,
    published: PublishedRows,
}

impl MatterRows {
    /// `changed` is the instant of its last event, in microseconds; its `history` is asked for where it is published.
    pub(super) fn of<'h>(
        matter: &Matter,
        changed: i64,
        history: impl FnOnce() -> Result<Cow<'h, [Recorded]>, StoreFault>,
        (organisation, calendar): (&Organisation, &OfficeCalendar),
    ) -> Result<Self, StoreFault> {
        let shown = shown_to(matter, organisation);
        let waits = matter.waits(organisation, calendar);
        let waiting = waits.iter().map(|wait| {
            let but: Vec<String> = wait.but.iter().map(ToString::to_string).collect();
            vec![
                wait.desk.to_string().into(),
                wait.group.code().into(),
                wait.act.code().into(),
                wait.from.map_or(String::new(), |day| day.to_string()).into(),
                wait.until.map_or("9999-12-31".to_owned(), |day| day.to_string()).into(),
                but.join(" ").into(),
            ]
        });
        let parties = parties(matter, organisation);
        let is_named = |principal: &&Principal| BY_AUDIENCE.iter().all(|(by_audience, _)| by_audience != *principal);
        Ok(Self {
            id: matter.id,
            number_key: number_key(matter.number),
            row: row(matter, changed, calendar),
            waiting: waiting.collect(),
            parties: parties.into_iter().map(|(party, relation)| vec![party.into(), relation.into()]).collect(),
            words: words(matter),
            published: PublishedRows::of(matter, &shown, history, calendar)?,
            audience: shown.iter().filter(is_named).map(|principal| vec![principal.to_string().into()]).collect(),
        })
    }

    /// Writes them; the head of the matter's stream is written before.
    pub(super) fn write(&self, connection: &Connection, rows: Rows) -> Result<(), StoreFault> {
        write_row(connection, "matter", &self.row, rows)?;
        let key = self.number_key.into();
        AUDIENCE.write(connection, &key, &self.audience, rows)?;
        PARTIES.write(connection, &key, &self.parties, rows)?;
        WAITING.write(connection, &key, &self.waiting, rows)?;
        let stream = Stream::Matter(self.id).to_string();
        SEARCH.write(connection, self.number_key, &stream, Some(&self.words), rows)?;
        self.published.write(connection, &self.id.to_string(), &stream, rows)
    }
}

/// Its row in the list of matters.
fn row(matter: &Matter, changed: i64, calendar: &OfficeCalendar) -> Vec<(&'static str, Cell)> {
    let key = matter.id.to_string();
    let text = matter.text.open();
    let (document, proposal) = match matter.source {
        Source::Document { document, proposal, .. } => (Some(document.to_string()), Some(proposal)),
        Source::Instruction
        | Source::Inspection
        | Source::Dataset { .. }
        | Source::Report
        | Source::Application
        | Source::Part { .. }
        | Source::Follows { .. } => (None, None),
    };
    let is_cleared_late = matches!(matter.axes(matter.opened_on, calendar).schedule, Schedule::ClearedLate { .. });
    let origin_once = text.and_then(|text| text.origin_key.as_ref()).map(origin_hash);
    let origin = origin_once.as_ref().filter(|_| matter.is_open());
    vec![
        ("number_key", number_key(matter.number).into()),
        ("id", key.as_str().into()),
        ("number", matter.number.to_string().into()),
        ("kind", matter.kind.code().into()),
        ("state", matter.state.kind().code().into()),
        ("audience", matter.audience.code().into()),
        ("quote", text.map(|text| text.quote.as_str()).into()),
        ("lead", matter.lead.as_ref().map(party_code).into()),
        ("supervising", matter.supervising.map(|unit| unit.to_string()).into()),
        ("due", matter.due.into()),
        ("sort_due", matter.due.map_or(NO_DUE.to_owned(), |day| day.to_string()).into()),
        ("original_due", matter.original_due.into()),
        ("overdue_from", matter.overdue_from(calendar).into()),
        ("is_returned", matter.is_returned().into()),
        ("is_held", matter.is_held().into()),
        ("asks_extension", matter.asks_extension().into()),
        ("opened_on", matter.opened_on.into()),
        ("cleared_on", cleared_on(matter).into()),
        ("is_cleared_late", is_cleared_late.into()),
        ("parent", matter.parent().map(|parent| parent.to_string()).into()),
        ("document", document.into()),
        ("proposal", proposal.into()),
        ("origin", origin.map(String::as_str).into()),
        ("origin_once", origin_once.as_deref().into()),
        ("contradicted", matter.unanswered().next().is_some().into()),
        ("changed", changed.into()),
    ]
}

/// What it is found by: number, directive and criterion.
fn words(matter: &Matter) -> String {
    let words = [
        matter.text.open().map(|text| text.quote.as_str()),
        matter.criterion.open().map(|text| text.criterion.as_str()),
    ];
    search::tokens(&format!("{} {}", matter.number, words.into_iter().flatten().collect::<Vec<_>>().join(" ")))
}

/// The day on which it was cleared; none unless it is.
pub(super) fn cleared_on(matter: &Matter) -> Option<Date> {
    match &matter.state {
        State::Cleared(_, _, clearing) => Some(clearing.on),
        State::Opened
        | State::Assigned
        | State::UnderWay { .. }
        | State::Reported(_)
        | State::Verified(_, _)
        | State::Withdrawn { .. } => None,
    }
}

/// Whom a list of theirs shows the matter to, and as what.
fn parties(matter: &Matter, organisation: &Organisation) -> Vec<(String, &'static str)> {
    let unit = |id: UnitId| format!("unit/{id}");
    let officer = |id: &OfficerId| format!("officer/{id}");
    let mut parties = vec![];
    parties.extend(matter.placed_with(organisation).into_iter().map(|id| (unit(id), "placed")));
    if let Some(lead) = &matter.lead {
        parties.extend(lead.fixed_unit(organisation).map(|id| (unit(id), "lead")));
        if let Party::Officer(id) = lead {
            parties.push((officer(id), "lead"));
        }
    }
    parties.extend(matter.supervising.map(|id| (unit(id), "supervising")));
    parties.extend(matter.verifiers.iter().map(|id| (officer(id), "verifier")));
    let standing = matter.obstacles.iter().filter(|obstacle| obstacle.removed_on.is_none());
    for remover in standing.filter_map(|obstacle| obstacle.remover) {
        parties.extend(remover.fixed_unit(organisation).map(|id| (unit(id), "remover")));
        if let Party::Officer(id) = remover {
            parties.push((officer(&id), "remover"));
        }
    }
    parties
}
