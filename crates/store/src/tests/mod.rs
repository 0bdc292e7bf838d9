//! The record against crashes, liars and full disks.

mod append;
mod audience;
mod backup;
mod clocks;
mod drafts;
mod erase;
mod finding;
mod log;
mod office;
mod organisation;
mod overview;
mod plans;
mod public;
mod verify;
mod waiting;
