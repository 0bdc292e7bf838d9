//! The events of every stream, and how each is taken apart for the record: `data` holds only ids, codes, integers
//! and dates; every other text stands in a sealed part under its holder's key (`docs/record.md`).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::ask::AskEvent;
use crate::calendar::CalendarEvent;
use crate::document::DocumentEvent;
use crate::id::{CommandId, EventId, EvidenceId, Holder, OfficerId, PersonId, Stream};
use crate::matter::MatterEvent;
use crate::meeting::MeetingEvent;
use crate::organisation::{OfficerEvent, UnitEvent};
use crate::profile::ProfileEvent;

/// What happened, by the kind of stream it stands on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Event {
    /// On a matter.
    Matter(MatterEvent),
    /// On a document.
    Document(DocumentEvent),
    /// On a meeting.
    Meeting(MeetingEvent),
    /// On a unit.
    Unit(UnitEvent),
    /// On an officer.
    Officer(OfficerEvent),
    /// On an ask.
    Ask(AskEvent),
    /// On the office's calendar.
    Calendar(CalendarEvent),
    /// On the office's profile.
    Profile(ProfileEvent),
}

/// What the record knows of an event besides what happened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Meta {
    /// The event's own id.
    pub id: EventId,
    /// Its version on its stream: 1, 2, …
    pub n: u64,
    /// When it was committed, in microseconds UTC.
    pub at: Timestamp,
    /// Who acted.
    pub actor: OfficerId,
    /// In whose place, if in another's.
    pub on_behalf: Option<OfficerId>,
    /// The command it came from.
    pub command: CommandId,
}

/// Personal data: a value under the key of the person it is about. A body never names the person.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Personal<T> {
    /// Whose key it lies under.
    pub person: PersonId,
    /// The value; an object.
    pub value: T,
}

/// An event taken apart for the record.
#[derive(Clone, PartialEq, Debug)]
pub struct Encoded {
    /// Its type, as in `Assigned`.
    pub kind: String,
    /// Ids, codes, integers and dates; an object.
    pub data: Value,
    /// What is sealed, by holder; each an object, one a holder.
    pub parts: Vec<(Holder, Value)>,
}

/// A sealed part as it was read back.
#[derive(Clone, PartialEq, Debug)]
pub enum Part {
    /// It opened under its holder's key.
    Open(Holder, Value),
    /// Its holder's key was destroyed.
    Erased,
}

/// A recorded event that this version of the ledger cannot read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Undecodable {
    /// Its type.
    pub kind: String,
    /// What stood in the way; names no content.
    pub reason: String,
}

impl std::fmt::Display for Undecodable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "event {}: {}", self.kind, self.reason)
    }
}

impl std::error::Error for Undecodable {}

const TEXT: &str = "text";
const PERSONAL: &str = "personal";

impl Event {
    /// The file that it names, which lies beside the record.
    pub fn file(&self) -> Option<EvidenceId> {
        match self {
            Event::Matter(MatterEvent::EvidenceAdded { evidence, .. }) => Some(*evidence),
            Event::Document(DocumentEvent::Ingested { kept, .. }) => kept.map(|kept| kept.file),
            Event::Matter(_)
            | Event::Document(_)
            | Event::Meeting(_)
            | Event::Unit(_)
            | Event::Officer(_)
            | Event::Ask(_)
            | Event::Calendar(_)
            | Event::Profile(_) => None,
        }
    }

    /// Takes the event apart. `stream` is the one it will stand on: its own texts lie under that stream's key.
    pub fn encode(&self, stream: Stream) -> Encoded {
        let whole = match self {
            Event::Matter(event) => serde_json::to_value(event),
            Event::Document(event) => serde_json::to_value(event),
            Event::Meeting(event) => serde_json::to_value(event),
            Event::Unit(event) => serde_json::to_value(event),
            Event::Officer(event) => serde_json::to_value(event),
            Event::Ask(event) => serde_json::to_value(event),
            Event::Calendar(event) => serde_json::to_value(event),
            Event::Profile(event) => serde_json::to_value(event),
        };
        let Ok(Value::Object(mut whole)) = whole else {
            unreachable!("events are adjacently tagged enums of plain structs")
        };
        let Some(Value::String(kind)) = whole.remove("type") else { unreachable!("every event carries its type") };
        let mut data = match whole.remove("data") {
            Some(Value::Object(data)) => data,
            Some(_) | None => Map::new(),
        };
        let mut parts = vec![];
        if let (Some(text), Some(holder)) = (opened(data.remove(TEXT)), stream.holder()) {
            parts.push((holder, text));
        }
        if let Some(personal) = opened(data.remove(PERSONAL)) {
            let Ok(Personal { person, value }) = serde_json::from_value::<Personal<Value>>(personal) else {
                unreachable!("`personal` is always a Personal")
            };
            parts.push((Holder::Person(person), value));
        }
        Encoded { kind, data: Value::Object(data), parts }
    }

    /// Puts an event together again. An erased part leaves its place `Sealed::Erased`. Errors: `Undecodable` where
    /// type and stream do not belong together or a field is missing.
    pub fn decode(stream: Stream, kind: &str, data: &Value, parts: &[Part]) -> Result<Self, Undecodable> {
        let undecodable = |reason: String| Undecodable { kind: kind.to_owned(), reason };
        let Value::Object(mut data) = data.clone() else { return Err(undecodable("data is not an object".into())) };
        for part in parts {
            match part {
                Part::Open(Holder::Person(person), value) => {
                    let personal = Personal { person: *person, value };
                    data.insert(PERSONAL.to_owned(), serde_json::json!({ "open": personal }));
                }
                Part::Open(_, value) => {
                    data.insert(TEXT.to_owned(), serde_json::json!({ "open": value }));
                }
                Part::Erased => {}
            }
        }
        let whole = serde_json::json!({ "type": kind, "data": data });
        let event = match stream {
            Stream::Matter(_) => serde_json::from_value(whole).map(Event::Matter),
            Stream::Document(_) => serde_json::from_value(whole).map(Event::Document),
            Stream::Meeting(_) => serde_json::from_value(whole).map(Event::Meeting),
            Stream::Unit(_) => serde_json::from_value(whole).map(Event::Unit),
            Stream::Officer(_) => serde_json::from_value(whole).map(Event::Officer),
            Stream::Ask(_) => serde_json::from_value(whole).map(Event::Ask),
            Stream::Calendar(_) => serde_json::from_value(whole).map(Event::Calendar),
            Stream::Profile(_) => serde_json::from_value(whole).map(Event::Profile),
            Stream::Person(_) | Stream::Household(_) => {
                return Err(undecodable("no event stands on such a stream".into()));
            }
        };
        // serde's message can quote content, so only its category is kept.
        event.map_err(|error| undecodable(format!("{:?} error", error.classify())))
    }
}

fn opened(sealed: Option<Value>) -> Option<Value> {
    match sealed {
        Some(Value::Object(mut map)) => map.remove("open"),
        Some(_) | None => None,
    }
}

/// What can be folded from the events of one stream. `apply` is total: it never fails and never panics.
pub trait Fold: Sized + Clone + Send + Sync + 'static {
    /// The thing as its first event makes it; none if that event does not begin such a thing.
    fn begin(stream: Stream, event: &Event, meta: &Meta) -> Option<Self>;
    /// The thing after one more event.
    fn apply(&mut self, event: &Event, meta: &Meta);
}
