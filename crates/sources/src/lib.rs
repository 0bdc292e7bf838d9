//! Documents to canonical text, and canonical text to proposals: the directives a committee's communiqué or minutes hold,
//! with owner, deadline, quantity and class, in Chinese and English.
//!
//! Pure and deterministic: the same bytes and the same profile give the same reading on any machine. A clerk confirms what is
//! proposed here; nothing is certain. Offsets are Unicode code points of the canonical text, everywhere.

mod canonical;
mod code_points;
mod content;
mod direction;
mod docx;
mod draft;
mod due;
mod en;
mod encoding;
mod header;
mod html;
mod lang;
mod marks;
mod numeral;
mod package;
mod pdf;
mod phrases;
mod place;
mod profile;
mod propose;
mod read;
mod reading;
mod segment;
mod symbols;
mod table;
mod unwrapped;
mod words;
pub mod workbook;
mod zh;

pub use canonical::{Canonical, Format, MAX_BYTES, MAX_CODE_POINTS, Unreadable, canonical};
pub use code_points::{CodePoints, Span};
pub use content::Content;
pub use direction::direction;
pub use lang::Lang;
pub use place::{At, PLACES_MAX, Place, place};
pub use profile::{Profile, Unit};
pub use read::{describe, explain, read};
pub use reading::{Amount, Class, Confidence, Direction, Directive, Due, Item, ItemVerb, Mention, Reading, Rule, Why};
