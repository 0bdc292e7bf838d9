//! The record against crashes, liars and full disks.

mod append;
mod backup;
mod erase;
mod log;
mod office;
mod organisation;
mod public;
mod verify;
