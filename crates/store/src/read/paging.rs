//! Pages of a list that stay where they are while matters come and go: a page begins after a row, not after a count.

use std::fmt;
use std::sync::Arc;

use jiff::civil::Date;
use ledger::Invalid;
use ledger::id::{Number, OfficerId};
use ledger::party::Party;
use rusqlite::types::Value;

use super::Read;
use super::lists::{
    By, COLUMNS, Count, MatterFilter, MatterLine, NO_DUE, Query, Standing, lines, number_key, party, party_code,
};
use crate::error::StoreFault;
use crate::sqlite::prepare;

/// At most so many matters on one page.
const PAGE_MAX: u32 = 500;

/// What matters are listed by.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub enum Sort {
    /// The soonest due first, what has no deadline last.
    #[default]
    Due,
    /// The newest number first.
    Number,
    /// The latest changed first.
    Changed,
    /// By lead in this order, what nobody leads last; within a lead the soonest due first.
    Lead(Arc<[Party]>),
}

/// A row's place in a list. Written `2026-12-20~2026-0412`, with the lead before it where leads are the order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cursor {
    lead: Option<Party>,
    /// The deadline or instant it is sorted by; empty where the number says it all.
    at: String,
    number: Number,
}

/// From where on a page runs.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub enum Side {
    /// From the beginning.
    #[default]
    First,
    /// What comes after the row.
    After(Cursor),
    /// What comes right before the row.
    Before(Cursor),
}

/// One page of a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MatterPage {
    /// Its lines.
    pub lines: Vec<MatterLine>,
    /// The first row, if there is something before it.
    pub before: Option<Cursor>,
    /// The last row, if there is something after it.
    pub after: Option<Cursor>,
    /// How many fit on all pages together, exact up to 1,000.
    pub count: Count,
}

impl Cursor {
    /// Reads what `Display` wrote. Errors: `Invalid` on the field `after`.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let malformed = Invalid::new("after", "malformed-place");
        let parts: Vec<&str> = text.split('~').collect();
        let (lead, at, number) = match parts.as_slice() {
            [number] => (None, "", *number),
            [at, number] => (None, *at, *number),
            ["none", at, number] => (None, *at, *number),
            [lead, at, number] => (Some(party(lead).map_err(|_| malformed.clone())?), *at, *number),
            _other => return Err(malformed),
        };
        let is_plain = |c: char| c.is_ascii_digit() || c == '-';
        if at.len() > 20 || !at.chars().all(is_plain) {
            return Err(malformed);
        }
        Ok(Self { lead, at: at.to_owned(), number: Number::parse(number).map_err(|_| malformed)? })
    }

    fn of(line: &MatterLine, sort: &Sort, filter: &MatterFilter) -> Self {
        let (lead, at) = match sort {
            Sort::Due if is_by_lateness(sort, filter) => (None, due_or_last(line.overdue_from)),
            Sort::Due => (None, due_or_last(line.due)),
            Sort::Number => (None, String::new()),
            Sort::Changed => (None, line.changed.as_microsecond().to_string()),
            Sort::Lead(_) => (line.lead, due_or_last(line.due)),
        };
        Self { lead, at, number: line.number }
    }

    /// As an address holds it.
    pub fn write(&self, sort: &Sort) -> String {
        match sort {
            Sort::Due | Sort::Number | Sort::Changed => self.to_string(),
            Sort::Lead(_) if self.lead.is_none() => format!("none~{self}"),
            Sort::Lead(_) => self.to_string(),
        }
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(lead) = &self.lead {
            write!(f, "{}~", party_code(lead))?;
        }
        if !self.at.is_empty() {
            write!(f, "{}~", self.at)?;
        }
        write!(f, "{}", self.number)
    }
}

/// Which way a page is read: forward from a row, or back from it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    On,
    Back,
}

impl Read<'_> {
    /// One page of the matters the reader may see; at most 500 lines.
    pub fn matters_page(
        &mut self,
        reader: Option<OfficerId>,
        filter: &MatterFilter,
        sort: &Sort,
        side: &Side,
        limit: u32,
    ) -> Result<MatterPage, StoreFault> {
        let count = self.count(reader, filter)?;
        self.page_of(count, reader, filter, sort, (side, limit))
    }

    /// The same where how many there are was counted before.
    pub(super) fn page_of(
        &mut self,
        count: Count,
        reader: Option<OfficerId>,
        filter: &MatterFilter,
        sort: &Sort,
        (side, limit): (&Side, u32),
    ) -> Result<MatterPage, StoreFault> {
        let (way, from) = match side {
            Side::First => (Way::On, None),
            Side::After(cursor) => (Way::On, Some(cursor)),
            Side::Before(cursor) => (Way::Back, Some(cursor)),
        };
        let limit = limit.clamp(1, PAGE_MAX) as usize;
        let mut lines = match (sort, count) {
            (Sort::Lead(leads), Count::Exactly(_)) => self.few_by_lead(reader, filter, leads, way, from, limit + 1)?,
            (Sort::Lead(leads), Count::MoreThan(_)) => {
                self.many_by_lead(reader, filter, leads, way, from, limit + 1)?
            }
            (Sort::Due | Sort::Number | Sort::Changed, count) => {
                let by = served_by(sort, filter, count);
                match if by == By::Due { self.said_by_many(&filter.words)? } else { None } {
                    Some(question) => self.skimmed(reader, filter, &question, sort, (way, from), limit + 1)?,
                    None => {
                        let mut query = self.filtered(reader, filter, by)?;
                        let sql = sorted(&mut query, sort, filter, (way, from), limit + 1);
                        lines(self.connection, &sql, query)?
                    }
                }
            }
        };
        let is_more = lines.len() > limit;
        lines.truncate(limit);
        if way == Way::Back {
            lines.reverse();
        }
        let (is_before, is_after) = match way {
            Way::On => (from.is_some(), is_more),
            Way::Back => (is_more, true),
        };
        let before = lines.first().filter(|_| is_before).map(|line| Cursor::of(line, sort, filter));
        let after = lines.last().filter(|_| is_after).map(|line| Cursor::of(line, sort, filter));
        Ok(MatterPage { lines, before, after, count })
    }

    /// All of them in their order, where they are few.
    fn few_by_lead(
        &mut self,
        reader: Option<OfficerId>,
        filter: &MatterFilter,
        leads: &[Party],
        way: Way,
        from: Option<&Cursor>,
        limit: usize,
    ) -> Result<Vec<MatterLine>, StoreFault> {
        let query = self.filtered(reader, filter, By::Filter)?;
        // One more than are counted exactly: a matter that came meanwhile is not lost.
        let sql = format!("{} LIMIT 1001", query.select(COLUMNS));
        let place = |lead: Option<Party>| leads.iter().position(|other| Some(*other) == lead).unwrap_or(leads.len());
        let key = |line: &MatterLine| (place(line.lead), due_or_last(line.due), number_key(line.number));
        let mut lines: Vec<MatterLine> = lines(self.connection, &sql, query)?;
        lines.sort_by_cached_key(key);
        if way == Way::Back {
            lines.reverse();
        }
        let start = from.map(|from| (place(from.lead), from.at.clone(), number_key(from.number)));
        let is_beyond = |line: &MatterLine| match (&start, way) {
            (None, _) => true,
            (Some(start), Way::On) => key(line) > *start,
            (Some(start), Way::Back) => key(line) < *start,
        };
        Ok(lines.into_iter().filter(is_beyond).take(limit).collect())
    }

    /// Lead after lead, each by deadline, until the page is full: so the index of leads serves it, and no database needs
    /// to know what names mean.
    fn many_by_lead(
        &mut self,
        reader: Option<OfficerId>,
        filter: &MatterFilter,
        leads: &[Party],
        way: Way,
        from: Option<&Cursor>,
        limit: usize,
    ) -> Result<Vec<MatterLine>, StoreFault> {
        let leading = self.leading()?;
        let mut order: Vec<Option<Party>> = leads.iter().copied().map(Some).collect();
        order.push(None);
        if way == Way::Back {
            order.reverse();
        }
        let start = from.map_or(0, |from| order.iter().position(|lead| *lead == from.lead).unwrap_or(order.len()));
        let mut found = vec![];
        // Words are found once for each lead, so by their own index.
        let by = if filter.words.is_empty() { By::Order } else { By::Filter };
        for (at, lead) in order.into_iter().enumerate().skip(start) {
            if lead.is_some_and(|lead| !leading.contains(&party_code(&lead))) {
                continue;
            }
            let mut query = self.filtered(reader, filter, by)?;
            match lead {
                Some(lead) => {
                    let lead = query.bind(party_code(&lead));
                    query.conditions.push(format!("m.lead = {lead}"));
                }
                None => query.conditions.push("m.lead IS NULL".to_owned()),
            }
            let from = from.filter(|_| at == start);
            let sql = sorted(&mut query, &Sort::Due, &MatterFilter::default(), (way, from), limit - found.len());
            found.extend(lines(self.connection, &sql, query)?);
            if found.len() >= limit {
                break;
            }
        }
        Ok(found)
    }

    /// Whoever leads anything at all, found by leaping from one lead to the next.
    pub(super) fn leading(&self) -> Result<std::collections::HashSet<String>, StoreFault> {
        let sql = "WITH RECURSIVE leap (lead) AS ( \
                     SELECT min(lead) FROM matter \
                     UNION ALL \
                     SELECT (SELECT min(m.lead) FROM matter m WHERE m.lead > leap.lead) FROM leap WHERE leap.lead IS NOT NULL \
                   ) SELECT lead FROM leap WHERE lead IS NOT NULL";
        let mut statement = prepare(self.connection, sql)?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// Which index serves the list: that of the filter where few fit, else that of the order.
pub(crate) fn served_by(sort: &Sort, filter: &MatterFilter, count: Count) -> By {
    match (count, sort) {
        (Count::Exactly(_), _) => By::Filter,
        (Count::MoreThan(_), Sort::Due | Sort::Lead(_)) => By::Due,
        (Count::MoreThan(_), Sort::Changed) if !filter.words.is_empty() => By::Due,
        (Count::MoreThan(_), Sort::Number | Sort::Changed) => By::Order,
    }
}

/// What is late is listed by the day from which it is: the same order, and an index holds it.
fn is_by_lateness(sort: &Sort, filter: &MatterFilter) -> bool {
    *sort == Sort::Due && filter.standing == Some(Standing::Overdue) && filter.words.is_empty()
}

fn due_or_last(due: Option<Date>) -> String {
    due.map_or(NO_DUE.to_owned(), |due| due.to_string())
}

/// The query in its order, from the cursor on.
pub(crate) fn sorted(
    query: &mut Query,
    sort: &Sort,
    filter: &MatterFilter,
    from: (Way, Option<&Cursor>),
    limit: usize,
) -> String {
    format!("{} LIMIT {limit}", sorted_by(query, COLUMNS, sort, filter, from))
}

/// The same without an end, and with other columns.
pub(super) fn sorted_by(
    query: &mut Query,
    columns: &str,
    sort: &Sort,
    filter: &MatterFilter,
    (way, from): (Way, Option<&Cursor>),
) -> String {
    let number = query.number_key();
    let (column, is_rising) = match sort {
        Sort::Due if is_by_lateness(sort, filter) => (Some("m.overdue_from"), true),
        Sort::Due | Sort::Lead(_) => (Some("m.sort_due"), true),
        Sort::Number => (None, false),
        Sort::Changed => (Some("m.changed"), false),
    };
    let is_rising = is_rising == (way == Way::On);
    let (beyond, direction) = if is_rising { (">", "ASC") } else { ("<", "DESC") };
    if let Some(from) = from {
        let at: Value = match sort {
            Sort::Changed => Value::from(from.at.parse::<i64>().unwrap_or(0)),
            Sort::Due | Sort::Number | Sort::Lead(_) => Value::from(from.at.clone()),
        };
        let key = number_key(from.number);
        match column {
            Some(column) => {
                let (at, key) = (query.bind(at), query.bind(key));
                query.conditions.push(format!("({column}, {number}) {beyond} ({at}, {key})"));
            }
            None => {
                let key = query.bind(key);
                query.conditions.push(format!("{number} {beyond} {key}"));
            }
        }
    }
    let first = column.map(|column| format!("{column} {direction}, ")).unwrap_or_default();
    format!("{} ORDER BY {first}{number} {direction}", query.select(columns))
}
