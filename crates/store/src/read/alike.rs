//! Matters that may be the same thing twice, said in much the same words: led by the same unit, or by nobody yet; or
//! whoever leads them, before one is opened.

use std::cmp::Reverse;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use ledger::id::{MatterId, OfficerId, UnitId};
use ledger::organisation::Post;
use ledger::party::Party;

use super::Read;
use super::lists::{By, COLUMNS, MatterFilter, MatterLine, OPEN, lines, party_code};
use crate::error::StoreFault;
use crate::search::each_token;
use crate::sqlite::prepare;

/// At most so many matters are compared of a lead's, and of those without one, the soonest due first.
const COMPARED: u32 = 400;
/// At most so many of all, which is looked at once, as a matter is opened.
const COMPARED_OF_ALL: u32 = 5 * COMPARED;
/// At most so many are named.
const NAMED: usize = 5;
/// In tenths: of all the words of both, how many both hold.
const IN_COMMON: usize = 4;

/// Matters that nobody leads yet.
const UNLED: &str = "m.state = 'opened'";

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
        let among = match among {
            Among::LedBy(unit) => vec![(self.led_from(unit)?, COMPARED), (UNLED.to_owned(), COMPARED)],
            Among::Unled => vec![(UNLED.to_owned(), COMPARED)],
            Among::All { first } => {
                let first = first.map(|unit| Ok::<_, StoreFault>((self.led_from(unit)?, COMPARED))).transpose()?;
                first.into_iter().chain([(OPEN.to_owned(), COMPARED_OF_ALL)]).collect()
            }
        };
        let own = said(words);
        let mut found: Vec<(Reverse<usize>, i64)> = vec![];
        for (which, most) in among {
            let mut query = self.filtered(reader, &MatterFilter::default(), By::Order)?;
            query.conditions.push(format!(
                "m.number_key IN (SELECT m.number_key FROM matter m WHERE {which} ORDER BY m.sort_due, m.number_key LIMIT {most})"
            ));
            if let Some(except) = except {
                let except = query.bind(except.to_string());
                query.conditions.push(format!("m.id <> {except}"));
            }
            let mut statement = prepare(self.connection, &query.select("m.number_key, m.quote"))?;
            let mut rows = statement.query(rusqlite::params_from_iter(query.values))?;
            while let Some(row) = rows.next()? {
                let Some(quote) = row.get_ref(1)?.as_str_or_null().map_err(rusqlite::Error::from)? else { continue };
                let theirs = said(quote);
                let both = own.iter().filter(|token| theirs.binary_search(token).is_ok()).count();
                let all = own.len() + theirs.len() - both;
                if both * 10 >= all * IN_COMMON && both >= 3 {
                    found.push((Reverse(both * 1_000 / all.max(1)), row.get(0)?));
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        found.truncate(NAMED);
        let mut named = vec![];
        for (_, number) in found {
            let mut query = self.filtered(reader, &MatterFilter::default(), By::Filter)?;
            let number = query.bind(number);
            query.conditions.push(format!("m.number_key = {number}"));
            named.extend(lines(self.connection, &query.select(COLUMNS), query)?);
        }
        Ok(named)
    }

    /// Open matters that the unit leads, or one of its posts or officers: their index holds all that is asked of them.
    fn led_from(&mut self, unit: UnitId) -> Result<String, StoreFault> {
        let (organisation, today) = (self.organisation()?, self.today);
        let units = organisation.answers_for(unit, today);
        let of_them = |post: &&Post| units.contains(&post.unit);
        let officers = organisation.officers().map(|officer| officer.id);
        let officers =
            officers.filter(|id| organisation.posts_held(*id, today).iter().any(of_them)).map(Party::Officer);
        let posts =
            units.iter().filter_map(|unit| organisation.unit(*unit)).flat_map(|unit| unit.posts.iter().copied());
        let leads = units.iter().copied().map(Party::Unit).chain(posts.map(Party::Post)).chain(officers);
        let leads: Vec<String> = leads.map(|lead| format!("'{}'", party_code(&lead))).collect();
        Ok(format!("m.lead IN ({}) AND {OPEN}", leads.join(", ")))
    }
}

/// The tokens of a text that say what is to be done, each by its hash, in order: no numbers, since two deadlines make no
/// two things.
fn said(words: &str) -> Vec<u64> {
    let mut said = vec![];
    each_token(words, |token| {
        if token.chars().nth(1).is_some() && !token.starts_with(|c: char| c.is_ascii_digit()) {
            let mut hasher = DefaultHasher::new();
            token.hash(&mut hasher);
            said.push(hasher.finish());
        }
    });
    said.sort_unstable();
    said.dedup();
    said
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
