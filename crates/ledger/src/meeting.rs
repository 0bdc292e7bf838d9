//! A meeting, as the documents of its record tell of it, and the principles that were noted on it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::event::{Event, Fold, Meta};
use crate::id::{DocumentId, MeetingId, Stream};
use crate::text::{Sealed, Text};

/// The name of a meeting.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct MeetingText {
    /// What it is called.
    pub name: Text,
    /// Who chaired.
    pub chair: Option<Text>,
}

/// A directive that was noted and not made a matter.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct NotedText {
    /// Its words.
    pub directive: Text,
}

/// What happens to a meeting's record.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "data")]
pub enum MeetingEvent {
    /// The meeting is known from a document.
    MeetingRecorded {
        /// The document.
        document: DocumentId,
        /// The day it was held, where the document says so.
        held_on: Option<Date>,
        /// What it is called.
        #[serde(default)]
        text: Sealed<MeetingText>,
    },
    /// A principle was noted.
    DirectiveNoted {
        /// The document it stands in.
        document: DocumentId,
        /// The proposal.
        proposal: u32,
        /// Its words.
        #[serde(default)]
        text: Sealed<NotedText>,
    },
    /// Noting it was taken back.
    NotingUndone {
        /// The document it stands in.
        document: DocumentId,
        /// The proposal.
        proposal: u32,
    },
}

/// A meeting as it is recorded.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Meeting {
    /// Its id.
    pub id: MeetingId,
    /// The documents its record stands in, in the order they were taken in.
    pub documents: Vec<DocumentId>,
    /// The day it was held.
    pub held_on: Option<Date>,
    /// What it is called.
    pub text: Sealed<MeetingText>,
    /// Principles noted, by document and proposal.
    pub noted: BTreeMap<(DocumentId, u32), Sealed<NotedText>>,
}

impl Fold for Meeting {
    fn begin(stream: Stream, event: &Event, _meta: &Meta) -> Option<Self> {
        match (stream, event) {
            (Stream::Meeting(id), Event::Meeting(MeetingEvent::MeetingRecorded { document, held_on, text })) => {
                let (documents, held_on, text) = (vec![*document], *held_on, text.clone());
                Some(Self { id, documents, held_on, text, noted: BTreeMap::new() })
            }
            (_, _) => None,
        }
    }

    fn apply(&mut self, event: &Event, _meta: &Meta) {
        let Event::Meeting(event) = event else { return };
        match event {
            // Another document of the same meeting: the first one named it.
            MeetingEvent::MeetingRecorded { document, held_on, text: _ } => {
                self.documents.push(*document);
                self.held_on = self.held_on.or(*held_on);
            }
            MeetingEvent::DirectiveNoted { document, proposal, text } => {
                self.noted.insert((*document, *proposal), text.clone());
            }
            MeetingEvent::NotingUndone { document, proposal } => {
                self.noted.remove(&(*document, *proposal));
            }
        }
    }
}
