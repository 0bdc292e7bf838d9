//! The ledger against its own promises: tables that officials review, stories, refusals, and random weeks.

mod city;
mod independence;
mod lifecycle;
mod reading;
mod refusals;
mod tables;
mod world;
