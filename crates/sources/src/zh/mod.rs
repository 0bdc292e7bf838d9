//! Chinese.

mod assemble;
pub(crate) mod class;
pub(crate) mod clause;
pub(crate) mod direction;
pub(crate) mod due;
mod enumerator;
pub(crate) mod header;
mod lead;
pub(crate) mod owner;
pub(crate) mod quantity;
pub(crate) mod sentence;
mod time;
pub(crate) mod words;
