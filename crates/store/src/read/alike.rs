//! Matters that may be the same thing twice, said in much the same words: led by the same unit, or by nobody yet; or
//! whoever leads them, before one is opened.

use std::collections::BTreeSet;

use ledger::id::{MatterId, OfficerId, UnitId};
use ledger::matter::StateKind;

use super::Read;
use super::lists::{MatterFilter, MatterLine, Standing};
use crate::error::StoreFault;
use crate::search::tokens;

/// At most so many matters are compared of a lead's, and of those without one, the soonest due first.
const COMPARED: u32 = 400;
/// At most so many of all, which is looked at once, as a matter is opened.
const COMPARED_OF_ALL: u32 = 5 * COMPARED;
/// At most so many are named.
const NAMED: usize = 5;
/// In tenths: of all the words of both, how many both hold.
const IN_COMMON: usize = 4;

/// Among which open matters another is looked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Among {
    /// Those that the unit leads, which leads this one or is likely to, and those that nobody leads yet.
    LedBy(UnitId),
    /// Those that nobody leads yet.
    Unled,
    /// Whoever leads them; a unit's own are compared in any case, however many there are of others.
    All {
        /// That unit.
        first: Option<UnitId>,
    },
}

impl Read<'_> {
    /// Open matters that the reader may see and that say much the same as `words`, the most alike first; at most 5.
    pub fn alike(
        &mut self,
        reader: Option<OfficerId>,
        words: &str,
        among: Among,
        except: Option<MatterId>,
    ) -> Result<Vec<MatterLine>, StoreFault> {
        let open = Some(Standing::Open);
        let all = MatterFilter { standing: open, ..MatterFilter::default() };
        let unled = MatterFilter { states: vec![StateKind::Opened], ..all.clone() };
        let filters = match among {
            Among::LedBy(unit) => vec![(unled, COMPARED), (MatterFilter { lead: Some(unit), ..all }, COMPARED)],
            Among::Unled => vec![(unled, COMPARED)],
            Among::All { first } => {
                let first = first.map(|unit| (MatterFilter { lead: Some(unit), ..all.clone() }, COMPARED));
                first.into_iter().chain([(all, COMPARED_OF_ALL)]).collect()
            }
        };
        let own = said(words);
        let mut found: Vec<(usize, MatterLine)> = vec![];
        for (filter, most) in filters {
            let mut lines = vec![];
            for skip in (0..most).step_by(COMPARED as usize) {
                let page = self.matters(reader, &filter, COMPARED, skip)?;
                let is_last = page.len() < COMPARED as usize;
                lines.extend(page);
                if is_last {
                    break;
                }
            }
            for line in lines {
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
