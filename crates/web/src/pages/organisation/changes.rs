//! The history of a unit, of an officer and of the calendar: one sentence an event.

use ledger::calendar::CalendarEvent;
use ledger::event::Event;
use ledger::matter::{Hand, ReasonText};
use ledger::organisation::{AccessChange, OfficerEvent, UnitEvent};
use ledger::{Name, Sealed};
use store::Recorded;

use crate::frame::Frame;
use crate::texts::Message;
use crate::who::Who;

/// One line of such a history.
pub struct ChangeLine {
    /// When, in words.
    pub when: String,
    /// When, for machines.
    pub machine: String,
    /// What happened, as a sentence.
    pub sentence: String,
    /// The reason, where one was given.
    pub words: Option<String>,
}

/// The lines, the latest first.
pub fn lines(frame: &Frame, who: &Who, events: &[Recorded]) -> Vec<ChangeLine> {
    let line = |recorded: &Recorded| {
        let by = who.hand(&Hand::of(&recorded.meta));
        let say = |id: &'static str| frame.text(id).arg("by", by.clone());
        let (sentence, words) = match &recorded.event {
            Event::Unit(event) => unit(frame, who, event, say),
            Event::Officer(event) => (officer(frame, who, event, say), None),
            Event::Calendar(event) => calendar(frame, event, say),
            Event::Matter(_) | Event::Document(_) | Event::Meeting(_) | Event::Ask(_) | Event::Profile(_) => {
                return None;
            }
        };
        let (when, machine) = (frame.moment(&recorded.meta.at), frame.machine(&recorded.meta.at));
        Some(ChangeLine { when, machine, sentence, words })
    };
    events.iter().rev().filter_map(line).collect()
}

fn said(text: &Sealed<ReasonText>) -> Option<String> {
    text.open().map(|text| text.reason.to_string())
}

fn unit<'a>(
    frame: &Frame,
    who: &Who,
    event: &UnitEvent,
    say: impl Fn(&'static str) -> Message<'a>,
) -> (String, Option<String>) {
    let name = |name: Option<&Name>| match name {
        Some(name) => frame.name(name).name.to_owned(),
        None => frame.text("who-erased").to_string(),
    };
    match event {
        UnitEvent::UnitFounded { text, .. } => {
            (say("change-unit-founded").arg("name", name(text.open().map(|t| &t.name))).to_string(), None)
        }
        UnitEvent::UnitRenamed { text } => {
            (say("change-unit-renamed").arg("name", name(text.open().map(|t| &t.name))).to_string(), None)
        }
        UnitEvent::SingleClerkSet { holds: true } => (say("change-single-clerk").to_string(), None),
        UnitEvent::SingleClerkSet { holds: false } => (say("change-two-clerks").to_string(), None),
        UnitEvent::FunctionChanged { function, on: _, text } => {
            let function = frame.word("function", function.code());
            (say("change-unit-function").arg("function", function).to_string(), said(text))
        }
        UnitEvent::UnitMoved { parent: Some(parent), from, text, .. } => (
            say("change-unit-moved").arg("parent", who.unit(parent)).arg("from", frame.date(from)).to_string(),
            said(text),
        ),
        UnitEvent::UnitMoved { parent: None, from, text, .. } => {
            (say("change-unit-freed").arg("from", frame.date(from)).to_string(), said(text))
        }
        UnitEvent::UnitClosed { on, successor, text } => {
            let last = frame.date(&on.yesterday().unwrap_or(*on));
            let sentence = match successor {
                Some(successor) => {
                    say("change-unit-succeeded").arg("last", last).arg("successor", who.unit(successor)).to_string()
                }
                None => say("change-unit-ended").arg("last", last).to_string(),
            };
            (sentence, said(text))
        }
        UnitEvent::ClosingCancelled { text, .. } => (say("change-unit-kept").to_string(), said(text)),
        UnitEvent::PostMade { text, .. } => {
            (say("change-post-made").arg("title", name(text.open().map(|t| &t.title))).to_string(), None)
        }
    }
}

fn officer<'a>(frame: &Frame, who: &Who, event: &OfficerEvent, say: impl Fn(&'static str) -> Message<'a>) -> String {
    let last = |until: &civil::Date| frame.date(&until.yesterday().unwrap_or(*until));
    match event {
        OfficerEvent::OfficerEnrolled { .. } => say("change-enrolled").to_string(),
        OfficerEvent::NameCorrected { .. } => say("change-name-corrected").to_string(),
        OfficerEvent::PostTaken { post, from } => {
            say("change-post-taken").arg("post", who.post(post)).arg("from", frame.date(from)).to_string()
        }
        OfficerEvent::PostLeft { post, until, on: _ } => {
            say("change-post-left").arg("post", who.post(post)).arg("last", last(until)).to_string()
        }
        OfficerEvent::AccessChanged { what, on: _ } => {
            let id = match what {
                AccessChange::Invited => "change-invited",
                AccessChange::Reset => "change-reset",
                AccessChange::Unlocked => "change-unlocked",
                AccessChange::Closed => "change-closed",
            };
            say(id).to_string()
        }
        OfficerEvent::Delegated { to, from, until, .. } => say("change-delegated")
            .arg("to", who.officer(to))
            .arg("from", frame.date(from))
            .arg("last", last(until))
            .to_string(),
        OfficerEvent::DelegationRevoked { .. } => say("change-delegation-revoked").to_string(),
        OfficerEvent::ErasureAsked { basis } => {
            say("change-erasure-asked").arg("basis", frame.word("basis", basis.code())).to_string()
        }
        OfficerEvent::Erased { .. } => say("change-erased").to_string(),
    }
}

fn calendar<'a>(
    frame: &Frame,
    event: &CalendarEvent,
    say: impl Fn(&'static str) -> Message<'a>,
) -> (String, Option<String>) {
    match event {
        CalendarEvent::YearAdopted { country, year, .. } => {
            let country = frame.word("country", country.code());
            (say("change-year-adopted").arg("year", year.to_string()).arg("country", country).to_string(), None)
        }
        CalendarEvent::DayCorrected { day, rule, on: _, text } => {
            let rule = frame.word("rule", rule.code());
            (say("change-day-corrected").arg("day", frame.date(day)).arg("rule", rule).to_string(), said(text))
        }
    }
}
