//! Which months each formula is asked for that has a value for each of them.

use std::collections::BTreeSet;

use civil::Date;

use crate::model::{Expr, Rules, Term, Thing};

/// The months of each formula, by its place; none for those that have one value.
pub fn months(rules: &Rules, on: Date) -> Vec<BTreeSet<i64>> {
    let mut out = vec![BTreeSet::new(); rules.lets.len()];
    // Each formula comes after those it rests on: backwards, its own months are complete when it passes them on.
    for thing in rules.order.iter().rev() {
        let own = match thing {
            Thing::Let(at) => out[*at].clone(),
            Thing::Decision(_) => BTreeSet::new(),
        };
        for expr in rules.formulas(*thing, on) {
            pass(rules, on, expr, &own, &mut out);
        }
    }
    out
}

fn pass(rules: &Rules, on: Date, expr: &Expr, months: &BTreeSet<i64>, out: &mut [BTreeSet<i64>]) {
    match &expr.term {
        Term::Let(at) if rules.lets[*at].is_monthly => out[*at].extend(months),
        Term::Window { months: looked_at, .. } => {
            let looked_at = looked_at.on(on).collect();
            expr.term.inner().into_iter().for_each(|inner| pass(rules, on, inner, &looked_at, out));
        }
        term => term.inner().into_iter().for_each(|inner| pass(rules, on, inner, months, out)),
    }
}
