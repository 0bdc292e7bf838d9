//! Matters that may be the same thing twice: led by the same unit, or by nobody yet, and said in much the same words.

use std::collections::BTreeSet;

use ledger::id::{MatterId, OfficerId, UnitId};
use ledger::matter::StateKind;

use super::Read;
use super::lists::{MatterFilter, MatterLine, Standing};
use crate::error::StoreFault;
use crate::search::tokens;

/// At most so many matters are compared.
const COMPARED: u32 = 400;
/// At most so many are named.
const NAMED: usize = 5;
/// In tenths: of all the words of both, how many both hold.
const IN_COMMON: usize = 4;

impl Read<'_> {
    /// Open matters that the reader may see and that say much the same as `words`, the most alike first; at most 5.
    /// `lead` is who leads it, or is likely to; matters that nobody leads yet are compared too.
    pub fn alike(
        &mut self,
        reader: Option<OfficerId>,
        words: &str,
        lead: Option<UnitId>,
        except: Option<MatterId>,
    ) -> Result<Vec<MatterLine>, StoreFault> {
        let open = Some(Standing::Open);
        let opened = vec![StateKind::Opened];
        let mut filters = vec![MatterFilter { states: opened, standing: open, ..MatterFilter::default() }];
        filters.extend(lead.map(|unit| MatterFilter { lead: Some(unit), standing: open, ..MatterFilter::default() }));
        let own = said(words);
        let mut found: Vec<(usize, MatterLine)> = vec![];
        for filter in filters {
            for line in self.matters(reader, &filter, COMPARED, 0)? {
                let is_known = Some(line.id) == except || found.iter().any(|(_, other)| other.id == line.id);
                let Some(quote) = line.quote.as_deref().filter(|_| !is_known) else { continue };
                let theirs = said(quote);
                let (both, all) = (own.intersection(&theirs).count(), own.union(&theirs).count());
                if both * 10 >= all * IN_COMMON && both >= 3 {
                    found.push((both * 1_000 / all.max(1), line));
                }
            }
        }
        found.sort_by_key(|(alike, line)| (std::cmp::Reverse(*alike), line.number));
        Ok(found.into_iter().map(|(_, line)| line).take(NAMED).collect())
    }
}

/// The tokens of a text that say what is to be done: no numbers, since two deadlines make no two things.
fn said(words: &str) -> BTreeSet<String> {
    let all = tokens(words);
    let is_said = |token: &&str| token.chars().count() > 1 && !token.starts_with(|c: char| c.is_ascii_digit());
    all.split(' ').filter(is_said).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_thing_with_another_deadline_is_still_the_same_thing() {
        assert_eq!(said("2027年3月31日前完成西河清淤2.4公里"), said("2027年6月30日前完成西河清淤3公里"));
        assert_ne!(said("完成西河清淤"), said("完成东湖清淤"));
    }
}
