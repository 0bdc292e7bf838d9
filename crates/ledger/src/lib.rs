//! The domain: matters, who may act on them, and what may never happen. Pure: no input or output, no clock, no
//! randomness. Core modules name no room; `rooms` is the one file that sees them all.

pub mod act;
pub mod ask;
pub mod audience;
pub mod calendar;
mod code;
pub mod document;
pub mod encode;
pub mod event;
pub mod evidence;
pub mod id;
pub mod independence;
pub mod matter;
pub mod meeting;
pub mod organisation;
pub mod organise;
pub mod party;
pub mod profile;
pub mod refusal;
pub mod rights;
pub mod rooms;
pub mod text;

pub use refusal::{Invalid, Refusal};
pub use text::{Name, Sealed, Text};
