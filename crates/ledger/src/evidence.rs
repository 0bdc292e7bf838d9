//! Evidence: what supports a report. The bytes lie encrypted in a file of the same id; the ledger holds what they are.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::code::codes;
use crate::id::EvidenceId;
use crate::matter::Hand;
use crate::text::{Sealed, Text};

/// At most this many bytes in one piece of evidence.
pub const EVIDENCE_BYTES_MAX: u64 = 64 * 1024 * 1024;

codes! {
    /// What a piece of evidence is.
    EvidenceKind {
        /// A document: plan, contract, receipt, list.
        Document = "document",
        /// A picture taken on the spot.
        Photo = "photo",
        /// Figures.
        Data = "data",
        /// A legal act: decision, judgment, penalty notice, rectification notice.
        LegalAct = "legal_act",
        /// A note of a visit or call.
        VisitNote = "visit_note",
    }
}

/// What the file is called and the hash by which it is known again.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct EvidenceText {
    /// The file's name as it came.
    pub file_name: Text,
    /// Its media type: by its content, and in older events as the browser named it; never trusted.
    pub media_type: Text,
    /// SHA-256 of its bytes, in hex.
    pub sha256: Text,
    /// What it shows, if said.
    pub caption: Option<Text>,
}

/// One piece of evidence on a matter.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Evidence {
    /// Its id, and that of the file.
    pub id: EvidenceId,
    /// What it is.
    pub kind: EvidenceKind,
    /// Size of the file in bytes.
    pub bytes: u64,
    /// Who added it.
    pub by: Hand,
    /// The day it was added.
    pub on: Date,
    /// Name and hash.
    pub text: Sealed<EvidenceText>,
}

/// One or more, in order, each once.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(try_from = "Vec<T>", into = "Vec<T>")]
pub struct NonEmpty<T: Clone + PartialEq>(Vec<T>);

impl<T: Clone + PartialEq> NonEmpty<T> {
    /// The items without repetitions; none where there are no items.
    pub fn new(items: impl IntoIterator<Item = T>) -> Option<Self> {
        let mut kept: Vec<T> = vec![];
        for item in items {
            if !kept.contains(&item) {
                kept.push(item);
            }
        }
        if kept.is_empty() { None } else { Some(Self(kept)) }
    }

    /// The items.
    pub fn as_slice(&self) -> &[T] {
        &self.0
    }
}

impl<T: Clone + PartialEq> TryFrom<Vec<T>> for NonEmpty<T> {
    type Error = &'static str;
    fn try_from(items: Vec<T>) -> Result<Self, Self::Error> {
        Self::new(items).ok_or("at least one is needed")
    }
}

impl<T: Clone + PartialEq> From<NonEmpty<T>> for Vec<T> {
    fn from(items: NonEmpty<T>) -> Self {
        items.0
    }
}
