//! Documents found by their words. Every officer who holds a post may read every document; who may not is not asked here.

use ledger::id::{DocumentId, Stream};
use rusqlite::OptionalExtension as _;

use super::Read;
use super::lists::Count;
use crate::error::StoreFault;
use crate::search::Question;
use crate::sqlite::prepare;

/// At most so many documents at once.
const FOUND_MAX: u32 = 100;

/// A document in which the words stand.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DocumentFound {
    /// The document.
    pub id: DocumentId,
    /// Its title; none once erased.
    pub title: Option<String>,
}

impl Read<'_> {
    /// Documents whose title or text holds the words, the latest taken in first, and how many there are up to `limit`.
    pub fn documents_with(&mut self, words: &str, limit: u32) -> Result<(Vec<DocumentFound>, Count), StoreFault> {
        let Some(question) = Question::of(words) else { return Ok((vec![], Count::Exactly(0))) };
        let limit = limit.min(FOUND_MAX);
        let sql = "SELECT stream FROM document_search WHERE words MATCH $1 ORDER BY rowid DESC LIMIT $2";
        let mut statement = prepare(self.connection, sql)?;
        let streams: Vec<String> =
            statement.query_map((question.asked(), limit + 1), |row| row.get(0))?.collect::<Result<_, _>>()?;
        let count = match streams.len() {
            many if many > limit as usize => Count::MoreThan(u64::from(limit)),
            few => Count::Exactly(few as u64),
        };
        let mut found = vec![];
        for stream in streams.iter().take(limit as usize) {
            let Ok(Stream::Document(id)) = stream.parse() else { return Err(StoreFault::Malformed("a stream")) };
            let sql = "SELECT title FROM document WHERE id = $1";
            let title: Option<Option<String>> =
                prepare(self.connection, sql)?.query_row([id.to_string()], |row| row.get(0)).optional()?;
            found.push(DocumentFound { id, title: title.flatten() });
        }
        Ok((found, count))
    }
}
