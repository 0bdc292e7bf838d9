//! The ledger against its own promises: tables that officials review, stories, refusals, and random weeks.

mod asking;
mod auditors;
mod city;
mod desk_work;
mod independence;
mod invariants;
mod lifecycle;
mod model;
mod offices;
mod profile;
mod reading;
mod record;
mod refusals;
mod stories;
mod tables;
mod weeks;
mod world;
