//! Amounts and levels in English: £450.00, no more than £90, 80 per cent, three bins.

use super::tokens::Tokens;
use std::ops::Range;

/// All quantities in a range: money and levels first, then counts of things.
pub(crate) fn find(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let t = Tokens::of(text, range);
    let (mut levels, mut counts) = (Vec::new(), Vec::new());
    let mut n = 0;
    while n < t.len() {
        let word = t.word(n);
        let money = word.starts_with(['£', '$', '€', '₹', '¥', '₦', '₵']) || coded(&t, n);
        let digits = word.starts_with(|c: char| c.is_ascii_digit());
        if money {
            let alone = !word.contains(|c: char| c.is_ascii_digit());
            let mut end = n + usize::from(alone);
            if matches!(t.word(end + 1), "million" | "billion" | "thousand" | "lakh" | "crore" | "trillion") {
                end += 1;
            }
            let mut stop = t.end(end);
            let rest = &text[stop..t.base + t.text.len()];
            // "with the exception of the invoice of £847": what is left out is no amount to pay.
            if (n.saturating_sub(6)..n).any(|k| matches!(t.word(k), "exception" | "except" | "excluding")) {
                n = end + 1;
                continue;
            }
            for tail in [
                " + VAT",
                " plus VAT",
                " +VAT",
                " excluding VAT",
                " per annum",
                " per day",
                " per month",
                " per hour",
                " per year",
            ] {
                if rest.starts_with(tail) {
                    stop += tail.len();
                    break;
                }
            }
            // "£32 per plot", "$0.58 per mile".
            if stop == t.end(end) && t.word(end + 1) == "per" && t.word(end + 2).len() > 2 {
                stop = t.end(end + 2);
            }
            levels.push(t.start(comparator(&t, n))..stop);
            n = end + 1;
            continue;
        }
        let percent = digits
            && (t.gap(n + 1).starts_with('%') || matches!(t.word(n + 1), "percent") || t.says(n + 1, "per cent"));
        if percent {
            let stop = if t.gap(n + 1).starts_with('%') {
                t.end(n) + 1
            } else {
                t.end(n + if t.word(n + 1) == "percent" { 1 } else { 2 })
            };
            levels.push(t.start(comparator(&t, n))..stop);
        } else if digits && comparator(&t, n) < n && !is_count(&t, n) && !is_time(&t, n) {
            // "to no more than 90"
            levels.push(t.start(comparator(&t, n))..t.end(n));
        } else if is_count(&t, n) {
            let noun =
                (n + 1..(n + 4).min(t.len())).take_while(|k| !t.breaks_before(*k) && !function_word(t.word(*k))).last();
            if let Some(last) = noun {
                let last = (n + 1..=last).find(|k| t.word(*k).ends_with('s') && t.word(*k).len() > 3).unwrap_or(n + 1);
                counts.push(t.start(comparator(&t, n))..t.end(last));
            }
        }
        n += 1;
    }
    if levels.is_empty() { counts } else { levels }
}

/// Whether an amount of money begins at a word.
pub(crate) fn is_money(t: &Tokens<'_>, n: usize) -> bool {
    coded(t, n)
}

/// "Sh2.4 billion", "Rs 500", "KES 300", "US$40": a currency by its letters.
fn coded(t: &Tokens<'_>, n: usize) -> bool {
    const CODES: [&str; 17] = [
        "sh", "ksh", "tsh", "ush", "rs", "inr", "usd", "eur", "gbp", "kes", "ngn", "ghs", "zar", "aud", "nzd", "cad",
        "rmb",
    ];
    let word = t.word(n);
    let letters = word.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ',');
    let letters = letters.trim_end_matches('$');
    let digits = &word[letters.len()..];
    let code = CODES.contains(&letters)
        || word.contains('$') && matches!(letters, "us" | "a" | "nz" | "hk" | "c" | "r")
        || matches!(letters, "n" | "r" | "k")
            && !digits.is_empty()
            && (word.contains('.') || word.contains(',') || matches!(t.word(n + 1), "million" | "billion"));
    let amount = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    code && t.is_capital(n) && (amount(digits.trim_start_matches('$')) || digits.is_empty() && amount(t.word(n + 1)))
}

fn is_count(t: &Tokens<'_>, n: usize) -> bool {
    let word = t.word(n);
    // Words that no number begins like are most of them.
    let opens = ["tw", "th", "te", "fo", "fi", "si", "se", "ei", "ni", "el", "on", "hu", "do"];
    let numeric = word.starts_with(|c: char| c.is_ascii_digit())
        || word.len() <= 12 && opens.iter().any(|start| word.starts_with(start));
    let number = numeric && civil::integer(word).is_some_and(|value| value >= 2 && !(1900..=2100).contains(&value));
    if !number || word.contains('-') || word == "a" {
        return false;
    }
    // The "six clean-ups" is a name.
    let quoted = t.gap(n).ends_with(['“', '"']);
    let before = t.word(n.wrapping_sub(1));
    let named = matches!(
        before,
        "no" | "number"
            | "item"
            | "recommendation"
            | "recommendations"
            | "check"
            | "section"
            | "at"
            | "phase"
            | "and"
            | "class"
            | "article"
            | "level"
            | "week"
            | "day"
    ) || civil::month_named(before).is_some();
    let after = t.word(n + 1);
    !named
        && !quoted
        && !is_time(t, n)
        && after.len() > 2
        && after.starts_with(|c: char| c.is_ascii_alphabetic())
        && !t.breaks_before(n + 1)
        && !function_word(after)
}

/// Whether the number tells a time: "10 days", "7 pm", "30 June".
fn is_time(t: &Tokens<'_>, n: usize) -> bool {
    let after = t.word(n + 1);
    matches!(
        after,
        "pm" | "am"
            | "p"
            | "a"
            | "weeks"
            | "months"
            | "days"
            | "years"
            | "hours"
            | "year"
            | "month"
            | "week"
            | "th"
            | "working"
            | "business"
            | "st"
    ) || civil::month_named(after).is_some()
}

fn function_word(word: &str) -> bool {
    matches!(
        word,
        "of" | "and"
            | "or"
            | "to"
            | "in"
            | "at"
            | "for"
            | "on"
            | "by"
            | "the"
            | "from"
            | "with"
            | "when"
            | "which"
            | "that"
            | "per"
            | "as"
            | "is"
            | "are"
            | "be"
            | "will"
            | "would"
            | "should"
            | "a"
            | "times"
            | "who"
            | "into"
    )
}

fn comparator(t: &Tokens<'_>, n: usize) -> usize {
    for phrase in [
        "no more than",
        "not more than",
        "no less than",
        "not less than",
        "up to",
        "at least",
        "a maximum of",
        "a minimum of",
        "not exceeding",
        "more than",
        "less than",
        "about",
        "approximately",
        "maximum of",
        "not to exceed",
        "over",
        "around",
    ] {
        let width = phrase.split(' ').count();
        if n >= width && t.says(n - width, phrase) {
            return n - width;
        }
    }
    n
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<&str> {
        find(text, 0..text.len()).into_iter().map(|r| &text[r]).collect()
    }

    #[test]
    fn money_comes_before_counts() {
        assert_eq!(all("purchase two benches at £120.50 + VAT"), ["£120.50 + VAT"]);
        assert_eq!(all("spend no more than $1,200 on it"), ["no more than $1,200"]);
        assert_eq!(all("seek quotations from three independent surveyors or others"), ["three independent surveyors"]);
        assert_eq!(all("raise it to at least 80% of homes"), ["at least 80%"]);
        assert_eq!(all("raise it to 80 per cent"), ["80 per cent"]);
    }

    #[test]
    fn times_and_numbers_of_things_are_no_amounts() {
        for text in [
            "approve recommendation 10",
            "meet at 7 pm",
            "within two weeks",
            "on 12 May",
            "in 2020",
            "check 81 was paid",
        ] {
            assert!(all(text).is_empty(), "{text}: {:?}", all(text));
        }
    }
}
