//! Which way an amount points: a bound that it sets, or a change that it measures.

use crate::en::tokens::Tokens;
use crate::propose::lang_of;
use crate::{Direction, Lang, en, zh};

/// What the words around an amount say of its direction, and by which rule; none where they say nothing.
pub(crate) type Said = Option<(Direction, &'static str)>;

/// How an amount changes what it measures, and what it bounds, both read apart: one of the two is the direction. 提高到90%以上
/// says both, and the change says all. 增幅不超过5% bounds the growth from above, and that is what is asked for.
pub(crate) fn of(change: Option<Direction>, bound: Option<Direction>) -> Said {
    use Direction::{AtLeast, AtMost, IncreaseBy, IncreaseTo, LessThan, MoreThan, ReduceBy, ReduceTo};
    let by_change = |change| Some((change, "direction-change"));
    match (change, bound) {
        (None, None) => None,
        (Some(change), None) => by_change(change),
        (Some(change @ (IncreaseBy | IncreaseTo | ReduceBy)), Some(AtLeast | MoreThan)) => by_change(change),
        (Some(ReduceTo), Some(AtMost | LessThan)) => by_change(ReduceTo),
        (_, Some(bound)) => Some((bound, "direction-bound")),
    }
}

/// The direction of the first amount in words that stand alone: what a clerk typed.
pub fn direction(words: &str) -> Option<Direction> {
    let span = 0..words.len();
    let said = match lang_of(words) {
        Lang::Zh => {
            let amount = zh::quantity::find(words, span.clone()).into_iter().next()?;
            zh::direction::of(words, span, amount)
        }
        Lang::En => {
            let tokens = Tokens::of(words, span);
            let amount = en::quantity::find_in(&tokens).into_iter().next()?;
            en::direction::of(&tokens, amount)
        }
    };
    Some(said?.0)
}
