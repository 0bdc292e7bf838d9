//! Whether rounding would decide a comparison: both sides are taken apart into what is added and what is taken off.

use std::collections::{BTreeMap, HashMap};

use super::arithmetic::is_given;
use crate::kind::{Kind, Rounded};
use crate::model::{Expr, Rules, Term};
use crate::source::Span;

/// One way in which a formula may be made up, as by one of its versions: how what is added was rounded, and what is taken
/// off, each with where it stands. What nobody computed is neither.
#[derive(Clone, Debug, Default)]
pub(in crate::check) struct Way {
    added: BTreeMap<Rounded, Span>,
    taken: BTreeMap<Rounded, Span>,
}

/// Of more ways than so many it is not told which is which.
const WAYS_MAX: usize = 64;

/// What was found of formulas with a name.
pub(in crate::check) type Known = HashMap<usize, Vec<Way>>;

/// Two of the two sides that were not rounded alike, and where they stand.
pub(super) fn unlike(rules: &Rules, known: &mut Known, left: &Expr, right: &Expr) -> Option<[(Rounded, Span); 2]> {
    let (left, right) = (ways(rules, known, left), flipped(ways(rules, known, right)));
    joined(&left, &right).iter().find_map(Way::unlike)
}

impl Way {
    /// Of an amount held against another each fen must have been cut off in the same place.
    fn unlike(&self) -> Option<[(Rounded, Span); 2]> {
        let pairs = self.added.iter().flat_map(|one| self.taken.iter().map(move |other| [one, other]));
        let mut pairs = pairs.map(|pair| pair.map(|(rounded, span)| (*rounded, *span)));
        pairs.find(|[(one, _), (other, _)]| one != other || *one == Rounded::Mixed)
    }

    fn and(mut self, other: &Way) -> Way {
        for (into, from) in [(&mut self.added, &other.added), (&mut self.taken, &other.taken)] {
            from.iter().for_each(|(rounded, span)| {
                into.entry(*rounded).or_insert(*span);
            });
        }
        self
    }

    fn is_like(&self, other: &Way) -> bool {
        self.added.keys().eq(other.added.keys()) && self.taken.keys().eq(other.taken.keys())
    }
}

fn ways(rules: &Rules, known: &mut Known, expr: &Expr) -> Vec<Way> {
    match &expr.term {
        _ if is_given(expr) => vec![Way::default()],
        Term::Finer(inner, _) | Term::OfHousehold(inner) => ways(rules, known, inner),
        Term::Add(one, other) => joined(&ways(rules, known, one), &ways(rules, known, other)),
        Term::Subtract(one, other) => joined(&ways(rules, known, one), &flipped(ways(rules, known, other))),
        Term::Larger(one, other) | Term::Smaller(one, other) | Term::If(_, one, other) => {
            let either = [ways(rules, known, one), ways(rules, known, other)];
            few(either.into_iter().flatten())
        }
        Term::Aggregate { what: Some(what), .. } => ways(rules, known, what),
        Term::Let(at) => {
            if let Some(ways) = known.get(at) {
                return ways.clone();
            }
            let versions = &rules.lets[*at].versions;
            let all: Vec<Way> = versions.iter().flat_map(|(_, version)| ways(rules, known, version)).collect();
            let found = few(all);
            known.insert(*at, found.clone());
            found
        }
        _ => match expr.kind {
            Kind::Number { rounded, .. } => {
                vec![Way { added: BTreeMap::from([(rounded, expr.span)]), taken: BTreeMap::new() }]
            }
            Kind::YesNo | Kind::Date | Kind::Options(_) => vec![Way::default()],
        },
    }
}

fn flipped(ways: Vec<Way>) -> Vec<Way> {
    ways.into_iter().map(|Way { added, taken }| Way { added: taken, taken: added }).collect()
}

fn joined(one: &[Way], other: &[Way]) -> Vec<Way> {
    few(one.iter().flat_map(|one| other.iter().map(|other| one.clone().and(other))))
}

/// Those that differ; of too many, all together.
fn few(ways: impl IntoIterator<Item = Way>) -> Vec<Way> {
    let mut out: Vec<Way> = vec![];
    for way in ways {
        if !out.iter().any(|one| one.is_like(&way)) {
            out.push(way);
        }
    }
    if out.len() <= WAYS_MAX {
        return out;
    }
    vec![out.iter().fold(Way::default(), Way::and)]
}
