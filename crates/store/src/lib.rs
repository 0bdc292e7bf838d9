//! The record on disk, and beside it who may come in.

pub mod access;
