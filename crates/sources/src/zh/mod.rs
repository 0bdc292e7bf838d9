//! Chinese.

mod assemble;
mod assigned;
pub(crate) mod class;
pub(crate) mod clause;
mod colloquial;
pub(crate) mod direction;
pub(crate) mod due;
mod effort;
mod enumerator;
pub(crate) mod header;
mod intensity;
mod item;
mod lead;
mod narrative;
mod order;
pub(crate) mod owner;
pub(crate) mod paragraph;
pub(crate) mod quantity;
mod recited;
pub(crate) mod record;
pub(crate) mod sentence;
mod spoken;
mod state;
mod time;
mod told;
mod trailing;
pub(crate) mod words;

#[cfg(test)]
mod tests;
