//! What a reform does to everybody: both decided in one pass, and for each person or household what becomes of them.

use civil::Date;

use crate::census::Census;
use crate::columns::{Outcome, decide};
use crate::every::Every;
use crate::exact::NONE;
use crate::message::{Message, message};
use crate::model::Decision;
use crate::out::Out;
use crate::reform::{Pair, Reform};
use crate::sweep::{home, homes, made_up, marked, spelled, yuan};
use crate::syntax::{Answer, Entity, Label};

/// The headings of what a comparison writes.
pub const HEADINGS: [&str; 12] = [
    "decision",
    "of",
    "id",
    "household",
    "group",
    "answer",
    "amount_yuan",
    "reform_answer",
    "reform_amount_yuan",
    "difference_yuan",
    "effect",
    "synthetic",
];

/// What becomes of one of them. Each is exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Yes before and after, and paid more.
    Winner,
    /// Yes before and after, and paid less.
    Loser,
    /// No before, yes after.
    NewlyCovered,
    /// Yes before, no after.
    NoLongerCovered,
    /// The same answer and the same amount.
    Unchanged,
    /// An answer, or an amount of a yes, cannot be said: before, after, or both.
    CannotSay,
}

impl Effect {
    /// All of them, in the order of the tables.
    pub const ALL: [Effect; 6] = [
        Effect::Winner,
        Effect::Loser,
        Effect::NewlyCovered,
        Effect::NoLongerCovered,
        Effect::Unchanged,
        Effect::CannotSay,
    ];

    /// What it is called.
    pub fn label(self) -> (&'static str, &'static str) {
        match self {
            Effect::Winner => ("增加", "winner"),
            Effect::Loser => ("减少", "loser"),
            Effect::NewlyCovered => ("新增覆盖", "newly covered"),
            Effect::NoLongerCovered => ("不再覆盖", "no longer covered"),
            Effect::Unchanged => ("不变", "unchanged"),
            Effect::CannotSay => ("无法判断", "cannot say"),
        }
    }
}

/// Answer and amount of one, by one of the two.
type Said = (Answer, Option<i64>);

/// What becomes of one whose answers and amounts are these. Without a payment an amount is zero.
pub fn effect(before: Said, after: Said) -> Effect {
    let unsaid =
        |(answer, amount): Said| answer == Answer::CannotSay || (answer == Answer::Yes && amount == Some(NONE));
    if unsaid(before) || unsaid(after) {
        return Effect::CannotSay;
    }
    match (before.0 == Answer::Yes, after.0 == Answer::Yes) {
        (false, true) => Effect::NewlyCovered,
        (true, false) => Effect::NoLongerCovered,
        (false, false) => Effect::Unchanged,
        (true, true) => match after.1.unwrap_or(0).cmp(&before.1.unwrap_or(0)) {
            std::cmp::Ordering::Greater => Effect::Winner,
            std::cmp::Ordering::Less => Effect::Loser,
            std::cmp::Ordering::Equal => Effect::Unchanged,
        },
    }
}

/// How many, and what it costs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many of each effect, in the order of [`Effect::ALL`].
    pub effects: [u64; 6],
    /// What is paid before, in fen, to those of whom both can be said.
    pub before_fen: i128,
    /// What is paid after, in fen, to the same.
    pub after_fen: i128,
    /// What is paid before, in fen, to those of whom one of both cannot be said: as far as it can.
    pub left_out_fen: i128,
}

impl Tally {
    /// What the reform costs; below zero where it saves.
    pub fn cost_fen(&self) -> i128 {
        self.after_fen - self.before_fen
    }

    /// How many have another answer or amount, or cannot be said.
    pub fn changed(&self) -> u64 {
        self.effects.iter().sum::<u64>() - self.of(Effect::Unchanged)
    }

    /// How many of an effect.
    pub fn of(&self, effect: Effect) -> u64 {
        Effect::ALL.iter().zip(self.effects).find(|(one, _)| **one == effect).map_or(0, |(_, count)| count)
    }

    fn count(&mut self, effect: Effect, before: i64, after: i64) {
        for (one, count) in Effect::ALL.iter().zip(&mut self.effects) {
            *count += u64::from(*one == effect);
        }
        if effect == Effect::CannotSay {
            self.left_out_fen += if before == NONE { 0 } else { i128::from(before) };
        } else {
            self.before_fen += i128::from(before);
            self.after_fen += i128::from(after);
        }
    }
}

impl Compared {
    /// What the table and the chart show of some: what it costs, or how many more are covered where nothing is paid.
    pub fn gain(&self, tally: &Tally) -> i128 {
        match self.pays {
            Some(_) => tally.cost_fen(),
            None => i128::from(tally.of(Effect::NewlyCovered)) - i128::from(tally.of(Effect::NoLongerCovered)),
        }
    }

    /// Its groups, by their places: the greatest change first, of the same change in the order of their names.
    pub fn ranked(&self) -> Vec<usize> {
        let mut places: Vec<usize> = (0..self.groups.len()).collect();
        places.sort_by_key(|at| std::cmp::Reverse((self.gain(&self.groups[*at]).abs(), self.groups[*at].changed())));
        places
    }
}

/// One decision, before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// Its name in the rules.
    pub name: String,
    /// What people call it.
    pub label: Label,
    /// On whom.
    pub entity: Entity,
    /// How often it pays, by the reform or before it; `None` where neither pays anything.
    pub pays: Option<Every>,
    /// Everybody.
    pub all: Tally,
    /// Each group, in the order of the census; empty where it has none.
    pub groups: Vec<Tally>,
    /// What either rests on that was made up.
    pub made_up: Vec<Label>,
}

/// Decides on everybody by both in one pass, writes each row as CSV, and counts. A decision that is not in force on the day
/// covers nobody; one that is in force in neither is left out.
pub fn compare(
    reform: &Reform,
    on: Date,
    census: &Census,
    cores: usize,
    told: &(dyn Fn(usize) + Sync),
    mut out: Out<'_>,
) -> std::io::Result<Vec<Compared>> {
    let outcomes = decide(&reform.rules, on, &census.registry, cores, told);
    out.heading(&HEADINGS)?;
    let homes = homes(census);
    let mut all = vec![];
    for pair in &reform.pairs {
        if let Some(both) = Both::new(reform, pair, on, &outcomes) {
            all.push(both.write(census, &homes, &mut out)?);
        }
    }
    out.finish()?;
    Ok(all)
}

/// That a decision is not in force on a day, and so is left out.
pub fn left_out(name: &str, on: Date) -> Message {
    message!("略去 {name}：{on}没有对它有效的规则", "{name} is left out: no rule for it is in force on {on}")
}

/// Which decisions are not in force on a day: in neither, so that they are left out, or in one alone.
pub fn not_in_force(reform: &Reform, on: Date) -> Vec<Message> {
    let decisions = &reform.rules.decisions;
    let idle = |at: Option<usize>| at.filter(|at| decisions[*at].on(on).is_none());
    let is_made = |at: Option<usize>| at.is_some_and(|at| decisions[at].on(on).is_some());
    let told = |pair: &Pair| {
        let name = &decisions[pair.after.or(pair.before)?].name;
        match (idle(pair.before), idle(pair.after)) {
            (None, None) => None,
            (Some(_), _) if is_made(pair.after) => Some(message!(
                "{name}：改革前在{on}没有对它有效的规则，视为无人享受；以它为依据的认定无法判断",
                "{name} is not in force on {on} before the reform: it covers nobody then, and what rests on it cannot be said"
            )),
            (_, Some(_)) if is_made(pair.before) => Some(message!(
                "{name}：改革后在{on}没有对它有效的规则，视为无人享受；以它为依据的认定无法判断",
                "{name} is not in force on {on} after the reform: it covers nobody then, and what rests on it cannot be said"
            )),
            _ => Some(left_out(name, on)),
        }
    };
    reform.pairs.iter().filter_map(told).collect()
}

/// One decision, before and after, on everybody.
struct Both<'b> {
    decision: &'b Decision,
    before: Option<&'b Outcome>,
    after: Option<&'b Outcome>,
    pays: Option<Every>,
    made_up: Vec<Label>,
}

impl<'b> Both<'b> {
    fn new(reform: &'b Reform, pair: &Pair, on: Date, outcomes: &'b [Outcome]) -> Option<Self> {
        let rules = &reform.rules;
        let in_force = |at: Option<usize>| at.filter(|at| rules.decisions[*at].on(on).is_some());
        let (before, after) = (in_force(pair.before), in_force(pair.after));
        let decision = &rules.decisions[after.or(before)?];
        let made_up = made_up(rules, [before, after].into_iter().flatten(), on);
        let pays = |at: usize| rules.decisions[at].on(on)?.every();
        let pays = after.and_then(pays).or_else(|| before.and_then(pays));
        let [before, after] = [before, after].map(|at| at.map(|at| &outcomes[at]));
        Some(Self { decision, before, after, pays, made_up })
    }

    fn write(&self, census: &Census, homes: &[u32], out: &mut Out<'_>) -> std::io::Result<Compared> {
        let (decision, groups) = (self.decision, census.groups.as_ref());
        let (rows, of, names) = match decision.entity {
            Entity::Household => (census.households.len(), "household", &census.households),
            Entity::Person => (census.persons.len(), "person", &census.persons),
        };
        let mut compared = Compared {
            name: decision.name.clone(),
            label: decision.label.clone(),
            entity: decision.entity,
            pays: self.pays,
            all: Tally::default(),
            groups: vec![Tally::default(); groups.map_or(0, |groups| groups.names.len())],
            made_up: self.made_up.clone(),
        };
        let synthetic = marked(&self.made_up);
        for row in 0..rows {
            let (before, after) = (said(self.before, row), said(self.after, row));
            let home = home(decision.entity, homes, row);
            let effect = effect(before, after);
            let (was, is) = (before.1.unwrap_or(0), after.1.unwrap_or(0));
            compared.all.count(effect, was, is);
            let group = groups.and_then(|groups| groups.of.get(home)).map(|group| *group as usize);
            if let Some(tally) = group.and_then(|group| compared.groups.get_mut(group)) {
                tally.count(effect, was, is);
            }
            let group = groups.zip(group).map_or("", |(groups, at)| groups.names[at].as_str());
            let difference =
                if effect == Effect::CannotSay || self.pays.is_none() { String::new() } else { yuan(is - was) };
            let amounts =
                [before, after].map(|(_, amount)| amount.filter(|fen| *fen != NONE).map(yuan).unwrap_or_default());
            let [was, is] = &amounts;
            out.row(&[
                &decision.name,
                of,
                names.get(row),
                census.households.get(home),
                group,
                spelled(before.0),
                was,
                spelled(after.0),
                is,
                &difference,
                effect.label().1,
                synthetic,
            ])?;
        }
        Ok(compared)
    }
}

/// What one of the two says of a row; a decision that is not made covers nobody.
fn said(outcome: Option<&Outcome>, row: usize) -> Said {
    match outcome {
        Some(outcome) => (outcome.answers[row], outcome.amounts.get(row).copied()),
        None => (Answer::No, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_is_in_exactly_one_class() {
        use Answer::{CannotSay, No, Yes};
        for (before, after, is) in [
            ((Yes, Some(100)), (Yes, Some(101)), Effect::Winner),
            ((Yes, Some(100)), (Yes, Some(99)), Effect::Loser),
            ((Yes, Some(100)), (Yes, Some(100)), Effect::Unchanged),
            ((No, Some(0)), (Yes, Some(0)), Effect::NewlyCovered),
            ((Yes, Some(0)), (No, Some(0)), Effect::NoLongerCovered),
            ((No, Some(0)), (No, Some(0)), Effect::Unchanged),
            ((No, Some(0)), (CannotSay, Some(NONE)), Effect::CannotSay),
            ((Yes, Some(NONE)), (Yes, Some(1)), Effect::CannotSay),
            ((Yes, None), (Yes, Some(1)), Effect::Winner),
            ((Yes, None), (Yes, None), Effect::Unchanged),
        ] {
            assert_eq!(effect(before, after), is, "{before:?} {after:?}");
        }
    }
}
