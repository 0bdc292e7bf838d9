//! What the public is shown: a row a published matter, a row an event of it, and the words it is found by.

use ledger::audience::{Principal, shown_to};
use ledger::calendar::OfficeCalendar;
use ledger::event::Event;
use ledger::id::{MatterId, Stream};
use ledger::matter::{CallBackFinding, Matter, MatterEvent, PublicItem, PublicStanding, Shown, Source, State};
use ledger::organisation::Organisation;

use super::Rows;
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
    if rows == Rows::Perhaps {
        if prepare(connection, "DELETE FROM published WHERE matter = $1")?.execute([&key])? > 0 {
            prepare(connection, "DELETE FROM published_event WHERE matter = $1")?.execute([&key])?;
        }
        prepare(connection, "DELETE FROM unpublished WHERE matter = $1")?.execute([&key])?;
    }
    if let Some(at) = matter.unpublished_at {
        prepare(connection, "INSERT INTO unpublished (matter, number, at) VALUES ($1, $2, $3)")?.execute((
            &key,
            matter.number.to_string(),
            at.as_microsecond(),
        ))?;
    }
    let is_published = shown_to(matter, organisation).contains(&Principal::Public);
    index(read, matter, is_published, rows)?;
    if !is_published {
        return Ok(());
    }
    let stream = Stream::Matter(matter.id);
    let history = load::stream(connection, read.keys, stream, (0, version))?;
    let mut latest = 0;
    for (idx, shown_at) in shown(matter, &history) {
        prepare(connection, "INSERT INTO published_event (idx, matter, shown_at) VALUES ($1, $2, $3)")?
            .execute((idx, &key, shown_at))?;
        latest = latest.max(shown_at);
    }
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
    let cleared_on = match &matter.state {
        State::Cleared(_, _, clearing) => Some(clearing.on.to_string()),
        State::Opened
        | State::Assigned
        | State::UnderWay { .. }
        | State::Reported(_)
        | State::Verified(_, _)
        | State::Withdrawn { .. } => None,
    };
    let found = |finding| matter.call_backs.iter().filter(|call_back| call_back.finding == finding).count();
    prepare(
        connection,
        "INSERT INTO published (matter, number, kind, state, standing, late_from, quote, source, document, lead, \
         lead_since, due, original_due, cleared_on, said, waiting, stands, not_so, at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)",
    )?
    .execute(rusqlite::params![
        key,
        matter.number.to_string(),
        matter.kind.code(),
        matter.state.kind().code(),
        standing(matter, calendar).code(),
        matter.publicly_late_from(calendar).map(|day| day.to_string()),
        text.map(|text| text.quote.as_str()),
        text.and_then(|text| text.source.as_ref()).map(|source| source.as_str()),
        document,
        matter.lead.as_ref().filter(|_| may(PublicItem::Lead)).map(party_code),
        matter.lead_since.filter(|_| may(PublicItem::Lead)).map(|day| day.to_string()),
        matter.due.filter(|_| may(PublicItem::Due)).map(|day| day.to_string()),
        matter.original_due.filter(|_| may(PublicItem::Due)).map(|day| day.to_string()),
        cleared_on,
        matter.contradictions.len(),
        matter.unanswered().count(),
        found(CallBackFinding::Stands),
        found(CallBackFinding::NotSo),
        latest,
    ])?;
    Ok(())
}

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
            | Event::Calendar(_) => {}
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
    if rows == Rows::Perhaps {
        prepare(connection, "DELETE FROM published_search WHERE rowid = $1")?.execute([row])?;
    }
    if !is_published {
        return Ok(());
    }
    let may = |item: PublicItem| matter.published.contains(&item);
    let text = matter.text.open().filter(|_| may(PublicItem::Directive));
    let criterion = matter.criterion.open().filter(|_| may(PublicItem::Criterion));
    let words = [
        Some(matter.number.to_string()),
        text.map(|text| text.quote.to_string()),
        text.and_then(|text| text.source.as_ref()).map(ToString::to_string),
        criterion.map(|text| text.criterion.to_string()),
    ];
    let words = search::tokens(&words.into_iter().flatten().collect::<Vec<_>>().join(" "));
    prepare(connection, "INSERT INTO published_search (rowid, matter, words) VALUES ($1, $2, $3)")?.execute((
        row,
        MatterId::to_string(&matter.id),
        words,
    ))?;
    Ok(())
}
