//! What the public is shown: a row a published matter, a row an event of it, and the words it is found by.

use ledger::audience::{Principal, shown_to};
use ledger::calendar::OfficeCalendar;
use ledger::event::Event;
use ledger::id::Stream;
use ledger::matter::{CallBackFinding, Matter, MatterEvent, PublicItem, PublicStanding, Shown, Source};
use ledger::organisation::Organisation;
use rusqlite::OptionalExtension as _;

use super::cleared_on;
use super::rows::{Cell, Rows, Several, write_row};
use crate::error::StoreFault;
use crate::load::{self, Recorded};
use crate::read::{Read, lists::party_code};
use crate::search;
use crate::sqlite::prepare;

/// Makes the rows of one matter anew. One that is not published has none, but for one that says that it was.
pub(super) fn write(
    read: &mut Read<'_>,
    matter: &Matter,
    (organisation, calendar): (&Organisation, &OfficeCalendar),
    (version, rows): (u64, Rows),
) -> Result<(), StoreFault> {
    let key = matter.id.to_string();
    let connection = read.connection;
    if rows == Rows::Perhaps && matter.unpublished_at.is_none() {
        prepare(connection, "DELETE FROM unpublished WHERE matter = $1")?.execute([&key])?;
    }
    if let Some(at) = matter.unpublished_at {
        let number = matter.number.to_string();
        let row = [("matter", key.as_str().into()), ("number", number.into()), ("at", at.as_microsecond().into())];
        write_row(connection, "unpublished", &row, rows)?;
    }
    let is_published = shown_to(matter, organisation).contains(&Principal::Public);
    index(read, matter, is_published, rows)?;
    if !is_published {
        if rows == Rows::Perhaps && prepare(connection, "DELETE FROM published WHERE matter = $1")?.execute([&key])? > 0
        {
            prepare(connection, "DELETE FROM published_event WHERE matter = $1")?.execute([&key])?;
        }
        return Ok(());
    }
    let history = load::stream(connection, read.keys, Stream::Matter(matter.id), (0, version))?;
    let events = shown(matter, &history);
    let latest = events.iter().map(|(_, shown_at)| *shown_at).max().unwrap_or(0);
    let int = |n: u64| Cell::Int(i64::try_from(n).unwrap_or(i64::MAX));
    EVENTS.write(connection, &key, events.into_iter().map(|(idx, at)| vec![int(idx), at.into()]), rows)?;
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
    let row = [
        ("matter", key.as_str().into()),
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
    write_row(connection, "published", &row, rows)
}

const EVENTS: Several<'_> = Several { table: "published_event", columns: &["idx", "shown_at"], keys: 1 };

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
fn index(read: &Read<'_>, matter: &Matter, is_published: bool, rows: Rows) -> Result<(), StoreFault> {
    let connection = read.connection;
    let stream = Stream::Matter(matter.id).to_string();
    let row: i64 = prepare(connection, "SELECT rowid FROM stream_head WHERE stream = $1")?
        .query_row([&stream], |row| row.get(0))?;
    let old: Option<String> = match rows {
        Rows::None => None,
        Rows::Perhaps => prepare(connection, "SELECT words FROM published_search WHERE rowid = $1")?
            .query_row([row], |row| row.get(0))
            .optional()?,
    };
    let words = is_published.then(|| words(matter));
    if old == words {
        return Ok(());
    }
    if old.is_some() {
        prepare(connection, "DELETE FROM published_search WHERE rowid = $1")?.execute([row])?;
    }
    if let Some(words) = words {
        let sql = "INSERT INTO published_search (rowid, matter, words) VALUES ($1, $2, $3)";
        prepare(connection, sql)?.execute((row, matter.id.to_string(), words))?;
    }
    Ok(())
}

/// What is published of the matter's words, cut into what is searched for.
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
