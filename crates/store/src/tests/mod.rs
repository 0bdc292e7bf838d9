//! The record against crashes, liars and full disks.

mod append;
mod backup;
mod drafts;
mod erase;
mod log;
mod office;
mod organisation;
mod public;
mod verify;
mod waiting;
