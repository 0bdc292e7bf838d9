//! At least, no more than, increase by, reduce to: which way an amount points, in English.

use std::ops::Range;

use super::tokens::Tokens;
use crate::Direction;
use crate::Direction::{AtLeast, AtMost, IncreaseBy, IncreaseTo, LessThan, MoreThan, ReduceBy, ReduceTo};
use crate::direction::{self, Said};

/// How verbs and nouns of more and of less begin.
const MORE: [&str; 10] = ["increas", "rais", "grow", "expand", "boost", "lift", "rise", "rose", "rising", "improv"];
const LESS: [&str; 10] = ["reduc", "cut", "lower", "decreas", "shrink", "fall", "fell", "declin", "drop", "shorten"];
/// A change is looked for in so many words before its amount, and so many after.
const REACH: usize = 12;
const AFTER: usize = 2;

/// The direction of an amount that stands in the words of a directive, as bytes of the text.
pub(crate) fn of(words: &Tokens<'_>, amount: Range<usize>) -> Said {
    let at = |byte: usize| (0..words.len()).find(|n| words.end(*n) > byte).unwrap_or(words.len());
    let (first, end) = (at(amount.start), at(amount.end));
    let said = words.text[amount.start - words.base..amount.end - words.base].to_lowercase();
    direction::of(change(words, first, end), bound(words, first, end, &said))
}

/// What bounds the amount. Its own words hold the comparison that stands before it.
fn bound(words: &Tokens<'_>, first: usize, end: usize, said: &str) -> Option<Direction> {
    const BOUNDS: [(&str, Direction); 23] = [
        ("no more than", AtMost),
        ("not more than", AtMost),
        ("no less than", AtLeast),
        ("not less than", AtLeast),
        ("up to", AtMost),
        ("at least", AtLeast),
        ("a maximum of", AtMost),
        ("maximum of", AtMost),
        ("a minimum of", AtLeast),
        ("not exceeding", AtMost),
        ("not to exceed", AtMost),
        ("more than", MoreThan),
        ("less than", LessThan),
        ("over", MoreThan),
        ("minimum of", AtLeast),
        ("no fewer than", AtLeast),
        ("not fewer than", AtLeast),
        ("fewer than", LessThan),
        ("at most", AtMost),
        ("below", LessThan),
        ("under", LessThan),
        ("above", MoreThan),
        ("exceeding", MoreThan),
    ];
    let own = BOUNDS.iter().find(|(phrase, _)| said.starts_with(phrase));
    let led = || BOUNDS.iter().find(|(phrase, _)| words.led_by(first, phrase).is_some());
    let after = || match (words.word(end), words.word(end + 1)) {
        ("or", "more") | ("or", "above") => Some(AtLeast),
        ("or", "less" | "fewer" | "below") => Some(AtMost),
        (_, _) => None,
    };
    own.or_else(led).map(|(_, bound)| *bound).or_else(after)
}

/// How the amount changes what it measures: "increase … by", "to reduce … to", "an increase of", "a 10% cut".
fn change(words: &Tokens<'_>, first: usize, end: usize) -> Option<Direction> {
    let kind = |n: usize| {
        let starts = |list: &[&str]| list.iter().any(|start| words.word(n).starts_with(start));
        if starts(&MORE) {
            Some(true)
        } else if starts(&LESS) {
            Some(false)
        } else {
            None
        }
    };
    let by = |is_more: bool| if is_more { IncreaseBy } else { ReduceBy };
    let to = |is_more: bool| if is_more { IncreaseTo } else { ReduceTo };
    // "to at least 80%": the comparison stands between, and is part of the amount.
    let word = first.checked_sub(1).map_or("", |n| words.word(n));
    let verb = || {
        let mut near = (first.saturating_sub(REACH)..first).rev();
        let is_over = |n: usize| words.gap(n).contains(['.', ';', ':']);
        near.find_map(|n| kind(n).map(Some).or_else(|| is_over(n).then_some(None))).flatten()
    };
    match word {
        "by" | "of" => verb().map(by),
        "to" => verb().map(to),
        _other => {
            let after = end..(end + AFTER).min(words.len());
            let noun = |n: &usize| {
                matches!(words.word(*n), "increase" | "rise" | "growth" | "reduction" | "cut" | "decrease" | "decline")
            };
            after.clone().find(noun).filter(|n| !words.breaks_before(*n)).and_then(kind).map(by)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::en::quantity::find_in;

    fn first(text: &str) -> Option<Direction> {
        let words = Tokens::of(text, 0..text.len());
        let amount = find_in(&words).into_iter().next().expect("an amount");
        Some(of(&words, amount)?.0)
    }

    #[test]
    fn bounds_changes_and_levels() {
        for (text, direction) in [
            ("spend no more than £90 on it", Some(AtMost)),
            ("obtain at least three quotations", Some(AtLeast)),
            ("a cost not exceeding £4,800.00 + VAT", Some(AtMost)),
            ("contribute up to $500", Some(AtMost)),
            ("keep it below 5%", Some(LessThan)),
            ("plant 20 trees or more", Some(AtLeast)),
            ("no fewer than 40 benches", Some(AtLeast)),
            ("raise the rate of recycling to 60%", Some(IncreaseTo)),
            ("raise the rate to at least 60%", Some(IncreaseTo)),
            ("increase the precept by 3 per cent", Some(IncreaseBy)),
            ("agree an increase of 3% in fees", Some(IncreaseBy)),
            ("agree a 3% increase in fees", Some(IncreaseBy)),
            ("increase fees by no more than 3%", Some(AtMost)),
            ("reduce the deficit by £40,000", Some(ReduceBy)),
            ("cut waiting times to 10%", Some(ReduceTo)),
            ("make a reduction of £1,000", Some(ReduceBy)),
        ] {
            assert_eq!(first(text), direction, "{text}");
        }
    }

    #[test]
    fn what_says_nothing_of_a_direction_has_none() {
        for text in [
            "purchase two benches at £120.50",
            "pay the invoice of £847",
            "reduce noise. The grant of £300 was noted",
            "about £500",
        ] {
            assert_eq!(first(text), None, "{text}");
        }
    }
}
