//! Bad days: the power goes, the process is killed, the disk is full, a read, a write or a sync fails, a bit flips, or
//! somebody rewrites the history. What was answered must hold, nothing may be there by half, and no lie goes unnoticed. `docs/operations.md` says what is tried and how to run all of it.
#![cfg(target_os = "linux")]
#![allow(missing_docs, reason = "tests")]

mod city;
mod disk;
mod faults;
mod kernel;
mod kill;
mod power;
mod tamper;
