//! What the public is shown: a row a published matter, a row an event of it, and the words it is found by.

use std::borrow::Cow;
use std::collections::BTreeSet;

use ledger::audience::Principal;
use ledger::calendar::OfficeCalendar;
use ledger::event::Event;
use ledger::matter::{CallBackFinding, Matter, MatterEvent, PublicItem, PublicStanding, Shown, Source};
use rusqlite::Connection;

use super::matter::cleared_on;
use super::rows::{Cell, Rows, Searched, Several, write_row};
use crate::error::StoreFault;
use crate::load::Recorded;
use crate::read::lists::{number_key, party_code};
use crate::search;
use crate::sqlite::prepare;

/// What the public is shown of a matter.
pub(super) struct PublishedRows {
    /// Its number, and when it was shown no more.
    unpublished: Option<(String, i64)>,
    /// None where it is not published.
    shown: Option<ShownRows>,
}

struct ShownRows {
    words: String,
    row: Vec<(&'static str, Cell)>,
    events: Vec<Vec<Cell>>,
}

impl PublishedRows {
    pub(super) fn of<'h>(
        matter: &Matter,
        audience: &BTreeSet<Principal>,
        history: impl FnOnce() -> Result<Cow<'h, [Recorded]>, StoreFault>,
        calendar: &OfficeCalendar,
    ) -> Result<Self, StoreFault> {
        let unpublished = matter.unpublished_at.map(|at| (matter.number.to_string(), at.as_microsecond()));
        let shown = match audience.contains(&Principal::Public) {
            true => Some(ShownRows::of(matter, &history()?, calendar)),
            false => None,
        };
        Ok(Self { unpublished, shown })
    }

    /// Makes the rows of one matter anew. One that is not published has none, but for one that says that it was.
    pub(super) fn write(&self, connection: &Connection, key: &str, stream: &str, rows: Rows) -> Result<(), StoreFault> {
        match &self.unpublished {
            None if rows == Rows::Perhaps => {
                prepare(connection, "DELETE FROM unpublished WHERE matter = $1")?.execute([key])?;
            }
            None => {}
            Some((number, at)) => {
                let row = [("matter", key.into()), ("number", number.as_str().into()), ("at", (*at).into())];
                write_row(connection, "unpublished", &row, rows)?;
            }
        }
        if self.shown.is_some() || rows == Rows::Perhaps {
            let row = prepare(connection, "SELECT rowid FROM stream_head WHERE stream = $1")?
                .query_row([stream], |row| row.get(0))?;
            let words = self.shown.as_ref().map(|shown| shown.words.as_str());
            SEARCH.write(connection, row, key, words, rows)?;
        }
        if let Some(ShownRows { row, events, .. }) = &self.shown {
            EVENTS.write(connection, &key.into(), events, rows)?;
            return write_row(connection, "published", row, rows);
        }
        if rows == Rows::Perhaps && prepare(connection, "DELETE FROM published WHERE matter = $1")?.execute([key])? > 0
        {
            prepare(connection, "DELETE FROM published_event WHERE matter = $1")?.execute([key])?;
        }
        Ok(())
    }
}

impl ShownRows {
    fn of(matter: &Matter, history: &[Recorded], calendar: &OfficeCalendar) -> Self {
        let events = shown(matter, history);
        let latest = events.iter().map(|(_, shown_at)| *shown_at).max().unwrap_or(0);
        let int = |n: u64| Cell::Int(i64::try_from(n).unwrap_or(i64::MAX));
        let may = |item: PublicItem| matter.published.contains(&item);
        let text = matter.text.open().filter(|_| may(PublicItem::Directive));
        let document = match matter.source {
            Source::Document { document, .. } => text.map(|_| document.to_string()),
            Source::Instruction
            | Source::Inspection
            | Source::Dataset { .. }
            | Source::Report
            | Source::Application
            | Source::Part { .. }
            | Source::Follows { .. } => None,
        };
        let found = |finding| matter.call_backs.iter().filter(|call_back| call_back.finding == finding).count();
        let row = vec![
            ("matter", matter.id.to_string().into()),
            ("number_key", number_key(matter.number).into()),
            ("number", matter.number.to_string().into()),
            ("kind", matter.kind.code().into()),
            ("state", matter.state.kind().code().into()),
            ("standing", standing(matter, calendar).code().into()),
            ("late_from", matter.publicly_late_from(calendar).into()),
            ("quote", text.map(|text| text.quote.as_str()).into()),
            ("source", text.and_then(|text| text.source.as_ref()).map(|source| source.as_str()).into()),
            ("document", document.into()),
            ("lead", matter.lead.as_ref().filter(|_| may(PublicItem::Lead)).map(party_code).into()),
            ("lead_since", matter.lead_since.filter(|_| may(PublicItem::Lead)).into()),
            ("due", matter.due.filter(|_| may(PublicItem::Due)).into()),
            ("original_due", matter.original_due.filter(|_| may(PublicItem::Due)).into()),
            ("cleared_on", cleared_on(matter).into()),
            ("said", int(matter.contradictions.len() as u64)),
            ("waiting", int(matter.unanswered().count() as u64)),
            ("stands", int(found(CallBackFinding::Stands) as u64)),
            ("not_so", int(found(CallBackFinding::NotSo) as u64)),
            ("at", latest.into()),
        ];
        let events = events.into_iter().map(|(idx, at)| vec![int(idx), at.into()]).collect();
        Self { words: words(matter), row, events }
    }
}

const SEARCH: Searched<'_> = Searched { table: "published_search", key: "matter" };
const EVENTS: Several<'_> =
    Several { table: "published_event", matter: "matter", columns: &["idx", "shown_at"], keys: 1 };

/// The standing without the day: a matter that is open is written as open, and `late_from` says from when it is late.
fn standing(matter: &Matter, calendar: &OfficeCalendar) -> PublicStanding {
    match matter.public_standing(matter.opened_on, calendar) {
        PublicStanding::Late => PublicStanding::Open,
        other @ (PublicStanding::Open
        | PublicStanding::ClearedInTime
        | PublicStanding::ClearedLate
        | PublicStanding::Cleared
        | PublicStanding::Withdrawn) => other,
    }
}

/// The events the public is shown, each with the instant from which it could see as much of it as it does.
fn shown(matter: &Matter, history: &[Recorded]) -> Vec<(u64, i64)> {
    let mut publishings: Vec<(i64, std::collections::BTreeSet<PublicItem>)> = vec![];
    for recorded in history {
        match &recorded.event {
            Event::Matter(MatterEvent::Published { items, .. }) => {
                let mut all = publishings.last().map(|(_, all)| all.clone()).unwrap_or_default();
                all.extend(items);
                publishings.push((recorded.meta.at.as_microsecond(), all));
            }
            Event::Matter(MatterEvent::AudienceChanged { .. }) => publishings.clear(),
            Event::Matter(_)
            | Event::Document(_)
            | Event::Meeting(_)
            | Event::Unit(_)
            | Event::Officer(_)
            | Event::Ask(_)
            | Event::Calendar(_)
            | Event::Profile(_) => {}
        }
    }
    let place = |recorded: &Recorded| {
        let Event::Matter(event) = &recorded.event else { return None };
        let is_signed = matter.signed_drafts.contains(&recorded.meta.n);
        let share = event.shown(&matter.published, is_signed);
        if share == Shown::Nothing {
            return None;
        }
        let first = publishings.iter().find(|(_, items)| event.shown(items, is_signed) == share).map(|(at, _)| *at);
        let at = recorded.meta.at.as_microsecond();
        Some((recorded.idx, first.map_or(at, |first| first.max(at))))
    };
    history.iter().filter_map(place).collect()
}

/// The words by which the public finds it: those that are published and no others.
fn words(matter: &Matter) -> String {
    let may = |item: PublicItem| matter.published.contains(&item);
    let text = matter.text.open().filter(|_| may(PublicItem::Directive));
    let criterion = matter.criterion.open().filter(|_| may(PublicItem::Criterion));
    let words = [
        Some(matter.number.to_string()),
        text.map(|text| text.quote.to_string()),
        text.and_then(|text| text.source.as_ref()).map(ToString::to_string),
        criterion.map(|text| text.criterion.to_string()),
    ];
    search::tokens(&words.into_iter().flatten().collect::<Vec<_>>().join(" "))
}
