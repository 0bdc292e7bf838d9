//! English.

pub(crate) mod action;
mod assigned;
mod background;
pub(crate) mod class;
mod clause;
mod decision;
mod demand;
pub(crate) mod direction;
pub(crate) mod due;
pub(crate) mod header;
mod joined;
mod label;
pub(crate) mod lexicon;
mod modal;
mod motion;
mod notice;
mod occasion;
pub(crate) mod owner;
mod period;
pub(crate) mod quantity;
mod resolution;
pub(crate) mod sentence;
mod speech;
mod time;
pub(crate) mod tokens;
pub(crate) mod verb_phrase;
pub(crate) mod words;
