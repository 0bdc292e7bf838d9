//! English.

pub(crate) mod class;
mod decision;
pub(crate) mod direction;
pub(crate) mod due;
pub(crate) mod header;
mod modal;
mod motion;
pub(crate) mod owner;
pub(crate) mod quantity;
pub(crate) mod sentence;
mod time;
pub(crate) mod tokens;
pub(crate) mod verb_phrase;
pub(crate) mod words;
