//! States that are reached or not: "have 90% of users trained", "bring spending back to within budget".

use super::modal::participle;
use super::tokens::Tokens;

/// Whether a clause with this main verb says what is to be reached. `measured`: it holds an amount.
pub(super) fn reached(t: &Tokens<'_>, start: usize, verb: &str, measured: bool) -> bool {
    neutral(t, start)
        || all_done(t, start)
        || within(t, start, verb)
        || share(t, start, verb)
        || milestone(t, start, verb, measured)
}

/// "aim for carbon neutrality by 2035", "be net zero by 2030": a state with its day.
fn neutral(t: &Tokens<'_>, start: usize) -> bool {
    let state = |n: usize| {
        matches!(t.word(n), "neutrality" | "net-zero" | "carbon-neutral" | "zero-carbon")
            || t.says(n, "net zero")
            || t.says(n, "carbon neutral")
    };
    let stated = (start + 1..t.len()).find(|n| state(*n));
    stated.is_some_and(|n| t.find(n, t.len(), "by").is_some())
}

/// "must have 90% of users trained", "would have all 23 lit again", "get all forms in": so many, and what they are then.
fn all_done(t: &Tokens<'_>, start: usize) -> bool {
    let Some(have) = (0..=start).rev().find(|n| matches!(t.word(*n), "have" | "get")) else { return false };
    let whole = t.word(have + 1) == "all" && t.word(have + 2) != "of" || is_share(t, have + 1 + bound(t, have + 1));
    let done = |n: usize| participle(t.word(n)) && !t.breaks_before(n);
    whole && (have + 3..t.len().min(have + 10)).any(done)
}

/// "bring spending back to within budget", "get the programme back into balance".
fn within(t: &Tokens<'_>, start: usize, verb: &str) -> bool {
    let limit = |n: usize| {
        matches!(
            t.word(n),
            "budget"
                | "target"
                | "targets"
                | "tolerance"
                | "limits"
                | "balance"
                | "surplus"
                | "compliance"
                | "standard"
        )
    };
    let inside = |n: usize| matches!(t.word(n), "within" | "into" | "under" | "to");
    matches!(verb, "bring" | "get" | "return" | "restore" | "brought" | "returned" | "restored")
        && (start + 2..t.len()).any(|n| {
            let determined = usize::from(matches!(t.word(n + 1), "the" | "its" | "their"));
            inside(n) && limit(n + 1 + determined)
        })
}

/// "all schemes include at least 20 per cent affordable homes".
fn share(t: &Tokens<'_>, start: usize, verb: &str) -> bool {
    let at = start + 1 + bound(t, start + 1);
    at > start + 1
        && is_share(t, at)
        && matches!(verb, "include" | "contain" | "comprise" | "provide" | "have" | "cover")
}

/// "punctuality reach 85 per cent", "milestone 7 has to be reached by 30 September".
fn milestone(t: &Tokens<'_>, start: usize, verb: &str, measured: bool) -> bool {
    let agreed = (0..start).any(|n| {
        matches!(
            t.word(n),
            "agreement" | "settlement" | "decision" | "consensus" | "compromise" | "terms" | "cost" | "costs"
        )
    });
    let active = matches!(verb, "reach" | "attain" | "exceed" | "hit") && measured;
    let passive = matches!(verb, "reached" | "attained" | "achieved") && (0..start).any(|n| t.word(n) == "be");
    let aim = (0..start).any(|n| matches!(t.word(n), "target" | "targets" | "milestone" | "milestones" | "deadline"));
    active || passive && !agreed || verb == "met" && aim && !agreed
}

/// The words of a bound at `n`: "at least", "no fewer than".
fn bound(t: &Tokens<'_>, n: usize) -> usize {
    let bounds = ["at least", "not less than", "no less than", "no fewer than", "not fewer than", "more than", "over"];
    bounds.iter().find(|words| t.says(n, words)).map_or(0, |words| words.split(' ').count())
}

/// Whether a share stands at `n`: "90%", "20 per cent".
fn is_share(t: &Tokens<'_>, n: usize) -> bool {
    t.word(n).starts_with(|c: char| c.is_ascii_digit())
        && (t.gap(n + 1).starts_with('%') || t.word(n + 1) == "percent" || t.says(n + 1, "per cent"))
}

#[cfg(test)]
mod tests {
    use crate::Class;
    use crate::en::tokens::Tokens;
    use crate::en::{class, quantity};

    #[test]
    fn a_number_with_a_state_to_reach_is_a_target() {
        for (words, expected) in [
            ("HR must have 80% of drivers licensed by the end of May", Class::Target),
            ("the firm would have all 14 boilers running and inspected by Friday", Class::Target),
            ("heads bring overtime back to within budget by June", Class::Target),
            ("all estates approved this year include at least 15 per cent social homes", Class::Target),
            ("attendance at clinics reach 70 per cent by June", Class::Target),
            ("gate 3 has to be reached by 9 May", Class::Target),
            ("she will have the hall painted by Friday", Class::Action),
            ("a settlement is to be reached with the firm by Friday", Class::Action),
            ("the costs be met from reserves", Class::Action),
            ("the plots be kept under constant review", Class::Principle),
        ] {
            let t = Tokens::of(words, 0..words.len());
            assert_eq!(class::of(&t, &quantity::find_in(&t)).0, expected, "{words}");
        }
    }
}
