//! How the store can fail, and how a change can be turned down.

use std::sync::Arc;

use ledger::event::Undecodable;
use ledger::id::Stream;
use ledger::{Invalid, Refusal};

use crate::sqlite::end_after_failed_sync;

/// The machine failed, or the folder holds what this version never writes. Names no content.
#[derive(Debug, thiserror::Error)]
pub enum StoreFault {
    /// SQLite refused, the disk is full, or the file is damaged.
    #[error("database: {0}")]
    Database(rusqlite::Error),
    /// A file beside the database could not be read or written.
    #[error("{what}: {source}")]
    File {
        /// Which, relative to the folder.
        what: String,
        /// Why.
        source: std::io::Error,
    },
    /// A row holds what this version never writes.
    #[error("event {idx}: {what}")]
    Corrupt {
        /// The event's index.
        idx: u64,
        /// What is wrong with it.
        what: String,
    },
    /// A file or column outside the events is malformed.
    #[error("{0} is malformed")]
    Malformed(&'static str),
    /// More matters stand under one than are looked at together, and an act on it would be judged by some of them only.
    #[error("more than {0} matters stand under one")]
    TooManyParts(usize),
    /// An event cannot be read by this version.
    #[error(transparent)]
    Undecodable(#[from] Undecodable),
    /// A cipher refused; the key does not belong to the bytes, or the bytes were changed.
    #[error("{0} does not open under its key")]
    Sealed(&'static str),
    /// The checkpoints kept outside show a longer or another history, or cannot be looked at.
    #[error("the checkpoints kept outside the folder do not belong to this record: {0}")]
    Outside(String),
    /// Keys that this record needs are not there, or are those of another one.
    #[error("{0}: without its keys nothing of this record can be read or signed; put back the archive of keys")]
    KeysLost(&'static str),
    /// Events, leaves and head do not belong together.
    #[error("the record is damaged: {0}; see `luoshi verify`, and restore the last backup")]
    Torn(String),
    /// Somebody reads, and what was deleted cannot be cut off the write-ahead log meanwhile.
    #[error("another process reads the record, so copies of what was deleted could not be cut off; try again")]
    InUse,
    /// What was done together was not committed, and nothing of it is on the record.
    #[error("nothing was written: {0}")]
    NotCommitted(Arc<StoreFault>),
    /// What the work itself did went wrong: a panic.
    #[error("the work panicked")]
    Panicked,
    /// The writer has stopped.
    #[error("the record is closed")]
    Closed,
}

impl StoreFault {
    /// Whether there was no space: nothing of the change is on the record, and it works again once there is.
    pub fn is_full(&self) -> bool {
        match self {
            Self::Database(error) => error.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull),
            Self::File { source, .. } => source.kind() == std::io::ErrorKind::StorageFull,
            Self::NotCommitted(cause) => cause.is_full(),
            Self::Corrupt { .. }
            | Self::Malformed(_)
            | Self::TooManyParts(_)
            | Self::Undecodable(_)
            | Self::Sealed(_)
            | Self::Outside(_)
            | Self::KeysLost(_)
            | Self::Torn(_)
            | Self::InUse
            | Self::Panicked
            | Self::Closed => false,
        }
    }

    pub(crate) fn file(what: impl Into<String>) -> impl FnOnce(std::io::Error) -> Self {
        let what = what.into();
        move |source| Self::File { what, source }
    }

    pub(crate) fn corrupt(idx: u64, what: impl Into<String>) -> Self {
        Self::Corrupt { idx, what: what.into() }
    }
}

impl From<rusqlite::Error> for StoreFault {
    fn from(error: rusqlite::Error) -> Self {
        end_after_failed_sync(&error);
        Self::Database(error)
    }
}

/// Why the closure of a change gives no events.
#[derive(Debug)]
pub enum Stop {
    /// The rules say no.
    Refusal(Refusal),
    /// The input is malformed, or names what there is not.
    Invalid(Invalid),
    /// The machine failed.
    Fault(StoreFault),
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Stop::Refusal(refusal)
    }
}

impl From<Invalid> for Stop {
    fn from(invalid: Invalid) -> Self {
        Stop::Invalid(invalid)
    }
}

impl From<StoreFault> for Stop {
    fn from(fault: StoreFault) -> Self {
        Stop::Fault(fault)
    }
}

/// Why a change was not made. Nothing of it is on the record, except after a `Fault`, when the same command may be
/// sent again: it is carried out once.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// The rules say no.
    #[error(transparent)]
    Refusal(#[from] Refusal),
    /// The input is malformed; the same command id with another request is too.
    #[error("{0:?}")]
    Invalid(Invalid),
    /// Somebody acted first.
    #[error("{stream} is at {found}, and was seen at {expected}")]
    Stale {
        /// The stream that moved on.
        stream: Stream,
        /// The version the actor saw.
        expected: u64,
        /// The version it has.
        found: u64,
    },
    /// The machine failed.
    #[error(transparent)]
    Fault(#[from] StoreFault),
}

impl From<Stop> for ChangeError {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Refusal(refusal) => ChangeError::Refusal(refusal),
            Stop::Invalid(invalid) => ChangeError::Invalid(invalid),
            Stop::Fault(fault) => ChangeError::Fault(fault),
        }
    }
}

/// Why a folder could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another process holds it.
    #[error("the folder is in use by another luoshi process; stop that one first, or talk to its server")]
    Locked,
    /// There is no record in it.
    #[error("there is no record in this folder")]
    Missing,
    /// There is one already.
    #[error("there is a record in this folder already")]
    Taken,
    /// A newer version wrote it.
    #[error("the record was written by a newer version (schema {found}; this one knows {known}); upgrade luoshi")]
    Newer {
        /// The schema found.
        found: i64,
        /// The newest schema known.
        known: i64,
    },
    /// An older version wrote it, and its projections are not those of this one.
    #[error(
        "the record's lists were made by an older version (schema {found}; this one makes {known}); back up, then run: \
         luoshi rebuild --data DIR"
    )]
    Older {
        /// The schema found.
        found: i64,
        /// The schema of this version.
        known: i64,
    },
    /// Archives would go into the folder that they are to save.
    #[error("archives do not belong in the record's own folder: they would be lost with it; choose another for --out")]
    Inside,
    /// The settings are malformed.
    #[error("settings.json: {0}")]
    Settings(String),
    /// The machine failed.
    #[error(transparent)]
    Fault(#[from] StoreFault),
}

impl From<rusqlite::Error> for OpenError {
    fn from(error: rusqlite::Error) -> Self {
        OpenError::Fault(error.into())
    }
}
