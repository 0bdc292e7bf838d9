//! What must be on the read log before it is served: whatever is personal, confined to a circle, or leaves as a file. A
//! row of a list, with its number and directive, is not noted; opening it is.

use ledger::audience::AudienceKind;
use ledger::id::MatterId;
use ledger::matter::{Hand, Matter};
use store::access::{AccessError, ReadKind, Reading};

use crate::App;
use crate::error::Problem;

/// A matter, read so.
pub fn of_matter(kind: ReadKind, matter: MatterId) -> Reading {
    Reading { kind, matter: Some(matter), file: None }
}

/// What is noted when this matter is read so: something only where it is known to a circle.
pub fn if_confined(kind: ReadKind, matter: &Matter) -> Option<Reading> {
    (matter.audience.kind() == AudienceKind::Circle).then(|| of_matter(kind, matter.id))
}

impl App {
    /// Notes what is about to be served. Errors: a fault where it cannot be noted; then it is not served.
    pub async fn note_read(&self, by: Hand, what: impl IntoIterator<Item = Reading>) -> Result<(), Problem> {
        let what: Vec<Reading> = what.into_iter().collect();
        if what.is_empty() {
            return Ok(());
        }
        Ok(self.access(move |access| access.note_read(by, &what).map_err(AccessError::from)).await?)
    }
}
