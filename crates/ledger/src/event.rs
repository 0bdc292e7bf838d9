//! The events of every stream, and how each is taken apart for the record: `data` holds only ids, codes, integers
//! and dates; every other text stands in a sealed part under its holder's key (`docs/record.md`).

use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::de::value::MapDeserializer;
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
    pub fn decode(stream: Stream, kind: &str, data: Value, parts: Vec<Part>) -> Result<Self, Undecodable> {
        let undecodable = |reason: String| Undecodable { kind: kind.to_owned(), reason };
        let Value::Object(mut data) = data else { return Err(undecodable("data is not an object".into())) };
        for part in parts {
            match part {
                Part::Open(Holder::Person(person), value) => {
                    let person = Value::String(person.to_string());
                    data.insert(
                        PERSONAL.to_owned(),
                        object([("open", object([("person", person), ("value", value)]))]),
                    );
                }
                Part::Open(_, value) => {
                    data.insert(TEXT.to_owned(), object([("open", value)]));
                }
                Part::Erased => {}
            }
        }
        let event = match stream {
            Stream::Matter(_) => tagged(kind, data).map(Event::Matter),
            Stream::Document(_) => tagged(kind, data).map(Event::Document),
            Stream::Meeting(_) => tagged(kind, data).map(Event::Meeting),
            Stream::Unit(_) => tagged(kind, data).map(Event::Unit),
            Stream::Officer(_) => tagged(kind, data).map(Event::Officer),
            Stream::Ask(_) => tagged(kind, data).map(Event::Ask),
            Stream::Calendar(_) => tagged(kind, data).map(Event::Calendar),
            Stream::Profile(_) => tagged(kind, data).map(Event::Profile),
            Stream::Person(_) | Stream::Household(_) => {
                return Err(undecodable("no event stands on such a stream".into()));
            }
        };
        // serde's message can quote content, so only its category is kept.
        event.map_err(|error| undecodable(format!("{:?} error", error.classify())))
    }
}

/// Reads an event from its type and its data, the type first: where the data come first, serde keeps a copy of them until it
/// knows of what they are.
fn tagged<T: DeserializeOwned>(kind: &str, data: Map<String, Value>) -> Result<T, serde_json::Error> {
    let members = [("type", Value::from(kind)), ("data", Value::Object(data))];
    T::deserialize(MapDeserializer::new(members.into_iter()))
}

fn object<const N: usize>(members: [(&str, Value); N]) -> Value {
    Value::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
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
