//! Everybody decided: one row a decision and person or household, and the reasons of all of them in one table.

use std::fmt::Write as _;

use civil::Date;
use hashbrown::HashMap;

use crate::census::Census;
use crate::columns::{Outcome, decide};
use crate::exact::{NONE, failing};
use crate::facts::{Gap, Household, Place};
use crate::format::written_in;
use crate::model::{Rules, Version};
use crate::month;
use crate::out::Out;
use crate::proof::Teller;
use crate::row::{Computed, Row};
use crate::syntax::{Answer, Entity, Label};
use crate::wording::Language;

/// The headings of what a sweep writes.
pub const HEADINGS: [&str; 11] = [
    "decision",
    "of",
    "id",
    "household",
    "answer",
    "amount_yuan",
    "conditions_met",
    "conditions_unknown",
    "failing",
    "missing",
    "synthetic",
];

/// A decision on everybody, counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// Which decision.
    pub decision: usize,
    /// How many yes, no, cannot say.
    pub answers: [u64; 3],
    /// What is paid, in fen.
    pub paid_fen: i128,
    /// How many of those answered yes have an amount that cannot be said.
    pub unpaid: u64,
    /// For each condition: how many refusals it is among the reasons of, and how many would be yes if it alone were met.
    pub failing: Vec<(u64, u64)>,
    /// What the decision rests on that was made up.
    pub made_up: Vec<Label>,
}

/// Decides on everybody and writes it as CSV. Decisions that are not in force that day are left out.
pub fn sweep(
    rules: &Rules,
    on: Date,
    census: &Census,
    cores: usize,
    told: &(dyn Fn(usize) + Sync),
    mut out: Out<'_>,
) -> std::io::Result<Vec<Counted>> {
    let outcomes = decide(rules, on, &census.registry, cores, told);
    out.heading(&HEADINGS)?;
    let (homes, language) = (homes(census), written_in(&rules.sources));
    let mut all = vec![];
    for (at, outcome) in outcomes.iter().enumerate() {
        if let Some(version) = rules.decisions[at].on(on) {
            let sweep = Sweep { rules, on, census, homes: &homes, at, version, outcome, language };
            all.push(sweep.write(&mut out)?);
        }
    }
    out.finish()?;
    Ok(all)
}

/// The household of a row.
pub(crate) fn home(entity: Entity, homes: &[u32], row: usize) -> usize {
    match entity {
        Entity::Household => row,
        Entity::Person => homes[row] as usize,
    }
}

/// The household of each person.
pub(crate) fn homes(census: &Census) -> Vec<u32> {
    let mut homes = Vec::with_capacity(census.persons.len());
    for (at, pair) in census.registry.begins.windows(2).enumerate() {
        let at = u32::try_from(at).expect("counted with 32 bits when read");
        homes.extend(std::iter::repeat_n(at, (pair[1] - pair[0]) as usize));
    }
    homes
}

/// The household that the plain evaluator was asked about last.
struct Asked {
    home: usize,
    household: Household,
    computed: Computed,
}

struct Sweep<'s> {
    rules: &'s Rules,
    on: Date,
    census: &'s Census,
    homes: &'s [u32],
    at: usize,
    version: &'s Version,
    outcome: &'s Outcome,
    /// Of the rules' own words, for what has no name.
    language: Language,
}

/// So many missing facts are named in one row.
const MISSING_MAX: usize = 500;

impl Sweep<'_> {
    fn write(&self, out: &mut Out<'_>) -> std::io::Result<Counted> {
        let decision = &self.rules.decisions[self.at];
        let made_up = made_up(self.rules, [self.at], self.on);
        let synthetic = marked(&made_up);
        let none_fail = vec![(0, 0); self.version.conditions.len()];
        let mut counted =
            Counted { decision: self.at, answers: [0; 3], paid_fen: 0, unpaid: 0, failing: none_fail, made_up };
        // Rows written one after the other are mostly of one household, and fail by the same conditions.
        let (mut asked, mut failings) = (None, HashMap::new());
        let (mut money, mut bits, mut open) = (String::new(), String::new(), String::new());
        for row in 0..self.outcome.answers.len() {
            let answer = self.outcome.answers[row];
            let (met, unknown) = (self.outcome.met[row], self.outcome.unknown[row]);
            let amount = self.outcome.amounts.get(row).copied();
            let (of, id, home) = match decision.entity {
                Entity::Household => ("household", self.census.households.get(row), row),
                Entity::Person => ("person", self.census.persons.get(row), self.homes[row] as usize),
            };
            let missing = match (answer, amount) {
                (Answer::CannotSay, _) | (Answer::Yes, Some(NONE)) => {
                    self.missing(&mut asked, home, row, decision.entity)
                }
                _ => String::new(),
            };
            let household = self.census.households.get(home);
            for text in [&mut money, &mut bits, &mut open] {
                text.clear();
            }
            if let Some(fen) = amount.filter(|fen| *fen != NONE) {
                push_yuan(&mut money, fen);
            }
            let _ = (write!(bits, "{met}"), write!(open, "{unknown}"));
            let (reasons, failing) = failings.entry((met, unknown)).or_insert_with(|| {
                let bits = failing(&self.version.needs, met, unknown);
                (bits, self.names(bits))
            });
            self.count(&mut counted, answer, amount, (met, *reasons));
            out.row(&[
                &decision.name,
                of,
                id,
                household,
                spelled(answer),
                &money,
                &bits,
                &open,
                failing,
                &missing,
                synthetic,
            ])?;
        }
        Ok(counted)
    }

    fn count(&self, counted: &mut Counted, answer: Answer, amount: Option<i64>, (met, failing): (u32, u32)) {
        match answer {
            Answer::Yes => counted.answers[0] += 1,
            Answer::No => counted.answers[1] += 1,
            Answer::CannotSay => counted.answers[2] += 1,
        }
        match (answer, amount) {
            (Answer::Yes, Some(NONE)) => counted.unpaid += 1,
            (Answer::Yes, Some(fen)) => counted.paid_fen += i128::from(fen),
            _ => {}
        }
        if answer != Answer::No {
            return;
        }
        for (bit, (among, alone)) in counted.failing.iter_mut().enumerate() {
            if failing >> bit & 1 == 1 {
                *among += 1;
                *alone += u64::from(self.version.needs.hold(met | 1 << bit));
            }
        }
    }

    fn names(&self, bits: u32) -> String {
        let chosen = self.version.conditions.iter().enumerate().filter(|(bit, _)| bits >> bit & 1 == 1);
        chosen.map(|(_, condition)| condition.name.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// What is missing, asked of the plain evaluator.
    fn missing(&self, asked: &mut Option<Asked>, home: usize, row: usize, entity: Entity) -> String {
        let before = asked.take().filter(|asked| asked.home == home);
        let mut last = before.unwrap_or_else(|| {
            let household = self.census.registry.one(self.rules, home);
            Asked { home, household, computed: Computed::default() }
        });
        let first = self.census.registry.members(home..home + 1).start;
        let place = match entity {
            Entity::Household => Place::Household,
            Entity::Person => Place::Person(row - first),
        };
        let mut plain = Row::going_on(self.rules, self.on, &last.household, last.computed);
        let gaps = plain.decide(self.at, place).gaps;
        let teller = Teller { row: &plain, language: self.language };
        let more = gaps.len().saturating_sub(MISSING_MAX);
        let named = gaps.iter().take(MISSING_MAX).map(|gap| match gap {
            Gap::Missing(place, fact) => self.called(*place, *fact, first),
            Gap::MissingIn(place, fact, month) => {
                format!("{}@{}", self.called(*place, *fact, first), month::said(*month))
            }
            other => teller.gap(other),
        });
        let more = (more > 0).then(|| match self.language {
            Language::Zh => format!("另有{more}项"),
            Language::En => format!("and {more} more"),
        });
        let told = named.chain(more).collect::<Vec<_>>().join("; ");
        last.computed = plain.into_computed();
        *asked = Some(last);
        told
    }

    /// What a fact is called: `rent`, `P1.wage`.
    fn called(&self, place: Place, fact: usize, first: usize) -> String {
        let name = &self.rules.facts(place.entity())[fact].name;
        match place {
            Place::Household => name.clone(),
            Place::Person(at) => format!("{}.{name}", self.census.persons.get(first + at)),
        }
    }
}

/// What decisions rest on that was made up, each once.
pub(crate) fn made_up(rules: &Rules, decisions: impl IntoIterator<Item = usize>, on: Date) -> Vec<Label> {
    let mut labels: Vec<Label> = decisions.into_iter().flat_map(|at| rules.made_up(at, on)).cloned().collect();
    labels.sort();
    labels.dedup();
    labels
}

/// The mark of a row that rests on what was made up.
pub(crate) fn marked(made_up: &[Label]) -> &'static str {
    if made_up.is_empty() { "no" } else { "yes" }
}

/// An answer as the files have it.
pub(crate) fn spelled(answer: Answer) -> &'static str {
    match answer {
        Answer::Yes => "yes",
        Answer::No => "no",
        Answer::CannotSay => "cannot say",
    }
}

/// Fen as yuan, without marks between thousands.
pub(crate) fn yuan(fen: i64) -> String {
    let mut text = String::new();
    push_yuan(&mut text, fen);
    text
}

fn push_yuan(text: &mut String, fen: i64) {
    let sign = if fen < 0 { "-" } else { "" };
    let _ = write!(text, "{sign}{}.{:02}", fen.unsigned_abs() / 100, fen.unsigned_abs() % 100);
}
