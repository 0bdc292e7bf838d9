//! What is seen in a list, whole: the ids of its matters in its order, from which an export is written piece by piece.

use ledger::id::{MatterId, OfficerId};

use super::Read;
use super::lists::MatterFilter;
use super::paging::{Side, Sort};
use crate::error::StoreFault;

/// Lines of one page on the way.
const PAGE: u32 = 500;

impl Read<'_> {
    /// Ids of the matters that `matters_page` lists page by page, in its order; at most `limit`.
    pub fn matter_ids(
        &mut self,
        reader: Option<OfficerId>,
        filter: &MatterFilter,
        sort: &Sort,
        limit: usize,
    ) -> Result<Vec<MatterId>, StoreFault> {
        let (mut ids, mut side) = (vec![], Side::First);
        let count = self.count(reader, filter)?;
        loop {
            let page = self.page_of(count, reader, filter, sort, (&side, PAGE))?;
            ids.extend(page.lines.iter().map(|line| line.id));
            match page.after {
                Some(after) if ids.len() < limit => side = Side::After(after),
                Some(_) | None => break,
            }
        }
        ids.truncate(limit);
        Ok(ids)
    }
}
