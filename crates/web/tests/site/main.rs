//! The site as a browser and as a program meet it: entry, pages in both languages, and the texts behind them.

#![allow(missing_docs, reason = "tests are named as sentences")]

mod asvs;
mod audit;
mod auditors;
mod city;
mod clerk;
mod desk;
mod desk_work;
mod entry;
mod finding;
mod forms;
mod guarded;
mod kept;
mod markup;
mod nasty;
mod office;
mod overview;
mod pages;
mod places;
mod profile;
mod public;
mod qinghe;
mod query;
mod reform;
mod rights;
mod site;
mod task_sheet;
mod texts;
mod twice;
mod uploads;
mod walk;
mod workbook;
mod worlds;
