//! Words that very many matters hold. FTS5 finds them at once, but not in the order of a list and not among few matters:
//! then it is sooner to go through the matters, and to look at the words of each.

use ledger::id::OfficerId;
use rusqlite::Row;

use super::Read;
use super::lists::{By, COLUMNS, Count, MatterFilter, MatterLine, Query, line};
use super::paging::{Cursor, Sort, Way, sorted_by};
use crate::error::StoreFault;
use crate::search::Question;
use crate::sqlite::prepare;

/// Words are said by many where more matters than this hold them; and others are few up to so many.
const FEW: u64 = 10_000;
/// What FTS5 keeps of a row: the tokens as they were indexed.
const WORDS: &str = "(SELECT c.c1 FROM search_content c WHERE c.id = m.number_key)";

impl Read<'_> {
    /// Whether more matters than `most` hold the words, whoever may see them; not where there is nothing to look for.
    pub fn is_said_by_more(&self, words: &str, most: u64) -> Result<bool, StoreFault> {
        Question::of(words).map_or(Ok(false), |question| self.is_held_by_more(&question, most))
    }

    fn is_held_by_more(&self, question: &Question, most: u64) -> Result<bool, StoreFault> {
        let sql = "SELECT count(*) FROM (SELECT 1 FROM search WHERE words MATCH $1 LIMIT $2)";
        let mut statement = prepare(self.connection, sql)?;
        let count: u64 = statement.query_row((question.asked(), most + 1), |row| row.get(0))?;
        Ok(count > most)
    }

    /// What is looked for, where many matters say it.
    pub(super) fn said_by_many(&self, words: &str) -> Result<Option<Question>, StoreFault> {
        let Some(question) = Question::of(words) else { return Ok(None) };
        Ok(self.is_held_by_more(&question, FEW)?.then_some(question))
    }

    /// Goes through matters in their order and looks at the words of each, until the page is full.
    pub(super) fn skimmed(
        &mut self,
        reader: Option<OfficerId>,
        filter: &MatterFilter,
        question: &Question,
        sort: &Sort,
        from: (Way, Option<&Cursor>),
        limit: usize,
    ) -> Result<Vec<MatterLine>, StoreFault> {
        let mut query = self.filtered(reader, &without_words(filter), By::Due)?;
        let sql = sorted_by(&mut query, &format!("{WORDS}, {COLUMNS}"), sort, filter, from);
        let mut lines = vec![];
        self.skim(&sql, query, question, |row| {
            lines.push(line(row, 1)?);
            Ok(lines.len() < limit)
        })?;
        Ok(lines)
    }

    /// How many matters the reader may see, exact up to `most`, where many say the words and few fit what else is asked;
    /// otherwise none, and FTS5 comes upon them soon enough.
    pub(super) fn count_skimmed(
        &mut self,
        reader: Option<OfficerId>,
        filter: &MatterFilter,
        most: u64,
    ) -> Result<Option<Count>, StoreFault> {
        let Some(question) = self.said_by_many(&filter.words)? else { return Ok(None) };
        let without = without_words(filter);
        if matches!(self.count_up_to(reader, &without, FEW)?, Count::MoreThan(_)) {
            return Ok(None);
        }
        let query = self.filtered(reader, &without, By::Filter)?;
        let mut count = 0;
        self.skim(&query.select(WORDS), query, &question, |_| {
            count += 1;
            Ok(count <= most)
        })?;
        Ok(Some(if count > most { Count::MoreThan(most) } else { Count::Exactly(count) }))
    }

    /// Hands over the rows whose first column fits, until told that it is enough.
    fn skim(
        &self,
        sql: &str,
        query: Query,
        question: &Question,
        mut take: impl FnMut(&Row<'_>) -> Result<bool, StoreFault>,
    ) -> Result<(), StoreFault> {
        let mut statement = prepare(self.connection, sql)?;
        let mut rows = statement.query(rusqlite::params_from_iter(query.values))?;
        while let Some(row) = rows.next()? {
            let words = row.get_ref(0)?.as_str_or_null().map_err(rusqlite::Error::from)?;
            if words.is_some_and(|words| question.fits(words)) && !take(row)? {
                break;
            }
        }
        Ok(())
    }
}

fn without_words(filter: &MatterFilter) -> MatterFilter {
    MatterFilter { words: String::new(), ..filter.clone() }
}
