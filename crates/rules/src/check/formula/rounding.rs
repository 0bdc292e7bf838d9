//! Whether rounding would decide a comparison: both sides are taken apart into what is added and what is taken off.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::kind::{Kind, Rounded};
use crate::model::{Expr, Rules, Term, Thing};
use crate::source::Span;
use crate::syntax::{Days, How, Rounding};

/// One way in which a formula may be made up, as by one of its versions.
#[derive(Clone, Debug, Default)]
pub(in crate::check) struct Way {
    /// How amounts that are added were rounded, and those that are taken off, each with where it stands.
    added: BTreeMap<Rounded, Span>,
    taken: BTreeMap<Rounded, Span>,
    /// Facts in money: more than two tell no more.
    facts: Vec<Span>,
    /// A figure of the law, perhaps times a count or a share.
    figure: Option<Span>,
    /// On which days; `None`: on all.
    days: Option<Days>,
}

/// Of more ways than so many it is not told which is which.
const WAYS_MAX: usize = 128;

/// What was found of things with a name.
#[derive(Default)]
pub(in crate::check) struct Known {
    lets: HashMap<usize, Vec<Way>>,
    amounts: HashMap<usize, Vec<Way>>,
    /// Whether a formula rests on money that somebody stated, or that is paid.
    in_money: HashMap<Thing, bool>,
}

/// Two parts of the two sides that were not rounded alike on some of these days, and where they stand.
pub(super) fn unlike(
    rules: &Rules,
    known: &mut Known,
    (left, right): (&Expr, &Expr),
    days: Option<Days>,
) -> Option<[(Rounded, Span); 2]> {
    let (left, right) = (ways(rules, known, left), flipped(ways(rules, known, right)));
    let all = joined(&left, &right);
    all.iter().filter(|way| both(way.days, days).is_some()).find_map(Way::unlike)
}

impl Way {
    /// An amount is held against others that were rounded as it was, against figures, and against one fact: what is computed
    /// otherwise may differ from it by what was cut off.
    fn unlike(&self) -> Option<[(Rounded, Span); 2]> {
        let pairs = self.added.iter().flat_map(|one| self.taken.iter().map(move |other| [one, other]));
        let mut pairs = pairs.map(|pair| pair.map(|(rounded, span)| (*rounded, *span)));
        let first = self.added.iter().chain(&self.taken).next().map(|(rounded, span)| (*rounded, *span));
        let unlike = pairs.find(|[(one, _), (other, _)]| one != other || *one == Rounded::Mixed);
        unlike.or_else(|| Some([first?, (Rounded::Never, self.computed()?)]))
    }

    /// Where something stands that was computed exactly.
    fn computed(&self) -> Option<Span> {
        match (self.facts.as_slice(), self.figure) {
            ([_, second, ..], _) => Some(*second),
            ([first], Some(_)) => Some(*first),
            ([], _) | ([_], None) => None,
        }
    }

    /// Both together; none where there is no day for both.
    fn and(&self, other: &Way) -> Option<Way> {
        let mut out = self.clone();
        out.days = both(self.days, other.days)?;
        for (into, from) in [(&mut out.added, &other.added), (&mut out.taken, &other.taken)] {
            from.iter().for_each(|(rounded, span)| {
                into.entry(*rounded).or_insert(*span);
            });
        }
        out.facts.extend(other.facts.iter().take(2 - out.facts.len().min(2)));
        out.figure = out.figure.or(other.figure);
        Some(out)
    }

    /// What tells it from others, wherever its parts stand.
    fn key(&self) -> (Vec<Rounded>, Vec<Rounded>, usize, bool, Option<Days>) {
        let [added, taken] = [&self.added, &self.taken].map(|parts| parts.keys().copied().collect());
        (added, taken, self.facts.len(), self.figure.is_some(), self.days)
    }

    fn standing_at(&self, at: Span) -> Way {
        let moved = |parts: &BTreeMap<Rounded, Span>| parts.keys().map(|rounded| (*rounded, at)).collect();
        let (figure, facts) = (self.figure.map(|_| at), self.facts.iter().map(|_| at).collect());
        Way { added: moved(&self.added), taken: moved(&self.taken), facts, figure, days: self.days }
    }

    fn amount(rounded: Rounded, at: Span) -> Way {
        Way { added: BTreeMap::from([(rounded, at)]), ..Way::default() }
    }
}

/// The days that are among both.
fn both(one: Option<Days>, other: Option<Days>) -> Option<Option<Days>> {
    match (one, other) {
        (Some(one), Some(other)) if !one.meet(other) => None,
        (Some(one), Some(other)) => {
            let to = [one.to, other.to].into_iter().flatten().min();
            Some(Some(Days { from: one.from.max(other.from), to }))
        }
        (one, other) => Some(one.or(other)),
    }
}

fn ways(rules: &Rules, known: &mut Known, expr: &Expr) -> Vec<Way> {
    match &expr.term {
        Term::Const(_) | Term::DecisionDay => vec![Way::default()],
        Term::Param(..) => vec![Way { figure: Some(expr.span), ..Way::default() }],
        Term::Fact(..) => vec![Way { facts: vec![expr.span], ..Way::default() }],
        Term::Finer(inner, _) | Term::OfHousehold(inner) => ways(rules, known, inner),
        Term::Add(one, other) => joined(&ways(rules, known, one), &ways(rules, known, other)),
        Term::Subtract(one, other) => joined(&ways(rules, known, one), &flipped(ways(rules, known, other))),
        Term::Larger(one, other) | Term::Smaller(one, other) | Term::If(_, one, other) => {
            let either = [ways(rules, known, one), ways(rules, known, other)];
            few(either.into_iter().flatten())
        }
        Term::Aggregate { how, what: Some(what), .. } => {
            let one = ways(rules, known, what);
            match how {
                // Of several members each may be made up in another way.
                How::Sum => {
                    let two = joined(&one, &one);
                    joined(&two, &two)
                }
                How::Count | How::Any | How::All | How::Min | How::Max => one,
            }
        }
        Term::Let(at) => {
            if let Some(ways) = known.lets.get(at) {
                return ways.clone();
            }
            let versions = &rules.lets[*at].versions;
            let found = few(versions.iter().flat_map(|(days, version)| within(ways(rules, known, version), *days)));
            known.lets.insert(*at, found.clone());
            found
        }
        Term::Amount(at) => {
            // Wherever it is asked for, it stands there and not where it is made up.
            let here = |ways: &[Way]| ways.iter().map(|way| way.standing_at(expr.span)).collect();
            if let Some(ways) = known.amounts.get(at) {
                return here(ways);
            }
            let mut found = vec![];
            for version in &rules.decisions[*at].versions {
                let paid = match &version.pay {
                    // Nothing is rounded there: it is what it is made of.
                    Some(pay) if pay.rounding == Rounding::Exactly => ways(rules, known, &pay.expr),
                    Some(_) => vec![Way::amount(Rounded::By(*at), expr.span)],
                    None => vec![],
                };
                found.extend(within(paid, Some(version.days)));
            }
            let found = few(found.into_iter().chain([Way::default()]));
            let standing = here(&found);
            known.amounts.insert(*at, found);
            standing
        }
        _ => vec![opaque(rules, known, expr)],
    }
}

/// What is not taken apart.
fn opaque(rules: &Rules, known: &mut Known, expr: &Expr) -> Way {
    match expr.kind {
        Kind::Number { rounded: Rounded::Never, .. } if is_in_money(rules, known, expr) => {
            // Computed of what somebody stated: as much as two facts.
            Way { facts: vec![expr.span; 2], ..Way::default() }
        }
        Kind::Number { rounded: Rounded::Never, .. } => Way { figure: Some(expr.span), ..Way::default() },
        Kind::Number { rounded, .. } => Way::amount(rounded, expr.span),
        Kind::YesNo | Kind::Date | Kind::Options(_) => Way::default(),
    }
}

/// Whether an amount rests on money that somebody stated: on what it is made of, and not on what is asked on the way.
fn is_in_money(rules: &Rules, known: &mut Known, expr: &Expr) -> bool {
    let thing = match &expr.term {
        Term::Fact(entity, at) => {
            return matches!(rules.facts(*entity)[*at].kind, Kind::Number { unit, .. } if unit.money != 0);
        }
        Term::Let(at) => Thing::Let(*at),
        Term::Amount(at) => Thing::Decision(*at),
        Term::OfHousehold(one) | Term::Finer(one, _) | Term::Divide(one, ..) => return is_in_money(rules, known, one),
        Term::Aggregate { what: Some(what), .. } | Term::Window { what: Some(what), .. } => {
            return is_in_money(rules, known, what);
        }
        Term::Add(one, other)
        | Term::Subtract(one, other)
        | Term::Multiply(one, other)
        | Term::Larger(one, other)
        | Term::Smaller(one, other)
        | Term::If(_, one, other) => {
            return is_in_money(rules, known, one) || is_in_money(rules, known, other);
        }
        _ => return false,
    };
    if let Some(is_so) = known.in_money.get(&thing) {
        return *is_so;
    }
    let made_of: Vec<&Expr> = match thing {
        Thing::Let(at) => rules.lets[at].versions.iter().map(|(_, version)| version).collect(),
        Thing::Decision(at) => {
            let pays = rules.decisions[at].versions.iter().filter_map(|version| version.pay.as_ref());
            pays.map(|pay| &pay.expr).collect()
        }
    };
    let is_so = made_of.into_iter().any(|expr| is_in_money(rules, known, expr));
    known.in_money.insert(thing, is_so);
    is_so
}

fn within(ways: Vec<Way>, days: Option<Days>) -> impl Iterator<Item = Way> {
    ways.into_iter().filter_map(move |way| Some(Way { days: both(way.days, days)?, ..way }))
}

fn flipped(ways: Vec<Way>) -> Vec<Way> {
    ways.into_iter().map(|way| Way { added: way.taken, taken: way.added, ..way }).collect()
}

fn joined(one: &[Way], other: &[Way]) -> Vec<Way> {
    few(one.iter().flat_map(|one| other.iter().filter_map(|other| one.and(other))))
}

/// Those that differ; of too many, all together on all days.
fn few(ways: impl IntoIterator<Item = Way>) -> Vec<Way> {
    let (mut keys, mut out) = (BTreeSet::new(), vec![]);
    let mut ways = ways.into_iter();
    while let Some(way) = ways.next() {
        if keys.insert(way.key()) {
            out.push(way);
        }
        if out.len() > WAYS_MAX {
            let all = out.into_iter().chain(ways).map(|way| Way { days: None, ..way });
            return all.reduce(|all, way| all.and(&way).unwrap_or(all)).into_iter().collect();
        }
    }
    out
}
