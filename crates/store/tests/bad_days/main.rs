//! Bad days: the power goes, the process is killed, the disk is full, a read, a write or a sync fails. What was answered
//! must hold, and nothing may be there by half. `docs/operations.md` says what is tried and how to run all of it.
#![cfg(target_os = "linux")]
#![allow(missing_docs, reason = "tests")]

mod city;
mod disk;
mod faults;
mod kernel;
mod kill;
mod power;
