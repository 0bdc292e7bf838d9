//! Amounts and levels in English: £450.00, no more than £90, 80 per cent, three bins.

use super::tokens::Tokens;
use crate::phrases::any_of;
use std::ops::Range;

/// All quantities of a sentence: money and levels first, then counts of things.
pub(crate) fn find_in(t: &Tokens<'_>) -> Vec<Range<usize>> {
    let (mut levels, mut counts) = (Vec::new(), Vec::new());
    let mut n = 0;
    while n < t.len() {
        // "keep the number at zero".
        if t.word(n) == "zero" && n > 0 && matches!(t.word(n - 1), "at" | "to") {
            levels.push(t.start(n)..t.end(n));
            n += 1;
            continue;
        }
        let money = is_amount(t, n);
        let digits = t.word(n).starts_with(|c: char| c.is_ascii_digit());
        let spelled = || numeral(t.word(n)) && civil::integer(t.word(n)).is_some();
        if !(money || digits || spelled()) || is_scope(t, n) {
            n += 1;
            continue;
        }
        // "from $900 to $975", "from 12 to 20 staff".
        if let Some((range, next)) = from_to(t, n) {
            levels.push(range);
            n = next;
            continue;
        }
        if money {
            let end = money_end(t, n);
            // "with the exception of the invoice of £847": what is left out is no amount to pay.
            if !(n.saturating_sub(6)..n).any(|k| matches!(t.word(k), "exception" | "except" | "excluding")) {
                levels.push(t.start(comparator(t, n))..money_stop(t, end));
            }
            n = end + 1;
            continue;
        }
        if let Some(stop) = percent(t, n) {
            levels.push(t.start(comparator(t, n))..stop);
        } else if let Some(end) = scaled(t, n).filter(|_| sizes_thing(t, n)) {
            // "a plot of 0.04 hectares": which plot, and no level.
            counts.push(t.start(n)..t.end(end));
            n = end;
        } else if let Some(end) = scaled(t, n) {
            levels.push(t.start(comparator(t, n))..t.end(end));
            n = end;
        } else if digits
            && (comparator(t, n) < n || n > 0 && matches!(t.word(n - 1), "reach" | "exceed" | "attain"))
            && !is_count(t, n)
            && !is_time(t, n)
        {
            // "to no more than 90", "reach 6,000"
            levels.push(t.start(comparator(t, n))..t.end(n));
        } else if is_term(t, n) {
            counts.push(t.start(n)..t.end(n + 1));
            n += 1;
        } else if let Some(stop) = duration(t, n) {
            levels.push(t.start(comparator(t, n))..stop);
        } else if is_count(t, n) {
            // "the 911 desk this week": a name; "the next two meetings": when.
            let when = n > 0 && matches!(t.word(n - 1), "next" | "last" | "past" | "first" | "previous" | "following");
            if when {
                n += 1;
                continue;
            }
            let noun =
                (n + 1..(n + 6).min(t.len())).take_while(|k| !t.breaks_before(*k) && !function_word(t.word(*k))).last();
            if let Some(last) = noun {
                let head = |k: &usize| {
                    t.word(*k).ends_with('s') && t.word(*k).len() > 3
                        || matches!(t.word(*k), "people" | "staff" | "children")
                };
                let counted = (n + 1..=last).find(head);
                // "have all 23 lit again": what they are was said before.
                let all = n > 0 && t.word(n - 1) == "all" && counted.is_none();
                let last = counted.unwrap_or(if all { n } else { n + 1 });
                counts.push(t.start(if all { n - 1 } else { comparator(t, n) })..t.end(last));
            }
        }
        n += 1;
    }
    if levels.is_empty() { counts } else { levels }
}

/// "bring the wait down to 20 weeks", "cut it to under ten days": a time that is a level.
fn duration(t: &Tokens<'_>, n: usize) -> Option<usize> {
    let unit = matches!(t.word(n + 1), "days" | "weeks" | "months" | "hours" | "minutes" | "years");
    let from = comparator(t, n);
    let level =
        from > 0 && matches!(t.word(from - 1), "to" | "at" | "within") || matches!(t.word(from), "under" | "below");
    let changed = (from.saturating_sub(12)..from).any(|k| {
        matches!(
            t.word(k),
            "bring"
                | "reduce"
                | "cut"
                | "shorten"
                | "lower"
                | "get"
                | "keep"
                | "hold"
                | "brought"
                | "reduced"
                | "shortened"
        )
    });
    (unit && level && changed && t.word(from - 1) != "within").then(|| t.end(n + 1))
}

/// "a three year contract": for how long something is agreed.
fn is_term(t: &Tokens<'_>, n: usize) -> bool {
    matches!(t.word(n + 1), "year" | "month")
        && matches!(
            t.word(n + 2),
            "contract"
                | "lease"
                | "period"
                | "term"
                | "agreement"
                | "licence"
                | "license"
                | "tenancy"
                | "deal"
                | "loan"
        )
        && !t.breaks_before(n + 2)
}

/// "a plot of 0.04 hectares", "a strip of 3 metres": how large a thing is.
fn sizes_thing(t: &Tokens<'_>, n: usize) -> bool {
    n >= 3
        && t.word(n - 1) == "of"
        && matches!(
            t.word(n - 2),
            "plot"
                | "plots"
                | "strip"
                | "parcel"
                | "area"
                | "site"
                | "length"
                | "section"
                | "piece"
                | "tract"
                | "field"
                | "lot"
                | "holding"
        )
}

fn is_amount(t: &Tokens<'_>, n: usize) -> bool {
    t.word(n).starts_with(['£', '$', '€', '₹', '¥', '₦', '₵']) || coded(t, n)
}

/// Words that no number begins like are most of them.
fn numeral(word: &str) -> bool {
    let opens = any_of![
        "one", "two", "twe", "thr", "thi", "ten", "ele", "fou", "for", "fif", "fiv", "six", "sev", "eig", "nin"
    ];
    word.len() <= 12 && opens.begins(word)
}

/// The last word of an amount of money.
fn money_end(t: &Tokens<'_>, n: usize) -> usize {
    let alone = !t.word(n).contains(|c: char| c.is_ascii_digit());
    let end = n + usize::from(alone);
    end + usize::from(is_scale(t.word(end + 1)))
}

/// Where it ends with what belongs to it: "+ VAT", "per annum", "per plot".
fn money_stop(t: &Tokens<'_>, end: usize) -> usize {
    let stop = t.end(end);
    let rest = &t.text[stop - t.base..];
    let tails = [
        " plus sales tax",
        " plus tax",
        " plus GST",
        " + GST",
        " exclusive of VAT",
        " inclusive of VAT",
        " including VAT",
        " ex VAT",
        " ex. VAT",
        " + VAT",
        " plus VAT",
        " +VAT",
        " excluding VAT",
        " per annum",
        " per day",
        " per month",
        " per hour",
        " per year",
        " a year",
        " a month",
    ];
    match tails.iter().find(|tail| rest.starts_with(**tail)) {
        Some(tail) => stop + tail.len(),
        // "£32 per plot", "$0.58 per mile".
        None if t.word(end + 1) == "per" && t.word(end + 2).len() > 2 => t.end(end + 2),
        // "$9.85 a yard", "£85 each".
        None if matches!(t.word(end + 1), "a" | "an") && is_measure(t.word(end + 2)) && t.gap(end + 1) == " " => {
            t.end(end + 2)
        }
        None if t.word(end + 1) == "each" && t.gap(end + 1) == " " => t.end(end + 1),
        None => stop,
    }
}

/// What a price is said for: "a yard", "an hour".
fn is_measure(word: &str) -> bool {
    matches!(
        word,
        "yard"
            | "ton"
            | "tonne"
            | "hour"
            | "mile"
            | "head"
            | "plot"
            | "week"
            | "person"
            | "acre"
            | "gallon"
            | "foot"
            | "load"
            | "metre"
            | "square"
            | "day"
            | "month"
            | "year"
            | "visit"
            | "cut"
            | "session"
            | "pupil"
            | "household"
            | "bag"
            | "night"
    )
}

fn is_scale(word: &str) -> bool {
    matches!(word, "million" | "billion" | "thousand" | "lakh" | "crore" | "trillion" | "m" | "bn" | "k")
}

/// Where a share ends: "80%", "80 per cent", "2 percentage points".
fn percent(t: &Tokens<'_>, n: usize) -> Option<usize> {
    let number = t.word(n).starts_with(|c: char| c.is_ascii_digit()) || civil::integer(t.word(n)).is_some();
    if !number {
        return None;
    }
    if t.gap(n + 1).starts_with('%') {
        return Some(t.end(n) + 1);
    }
    let width = match t.word(n + 1) {
        "percent" => 1,
        "per" if t.word(n + 2) == "cent" => 2,
        "percentage" => 2,
        _ => return None,
    };
    Some(t.end((n + width).min(t.len() - 1)))
}

const UNITS: [&str; 48] = [
    "mills",
    "mill",
    "yuan",
    "dollars",
    "pounds",
    "euros",
    "shillings",
    "naira",
    "rupees",
    "rand",
    "kwacha",
    "mu",
    "tonnes",
    "tonne",
    "tons",
    "ton",
    "hectares",
    "hectare",
    "acres",
    "acre",
    "kilometres",
    "kilometers",
    "kilometre",
    "km",
    "metres",
    "meters",
    "metre",
    "miles",
    "mile",
    "litres",
    "liters",
    "kg",
    "kilograms",
    "mw",
    "megawatts",
    "kwh",
    "gwh",
    "cubic",
    "square",
    "ha",
    "mph",
    "kph",
    "gallons",
    "feet",
    "barrels",
    "jin",
    "kilowatts",
    "inches",
];

/// The last word of "2.1 million mu", "500,000 yuan", "3 tonne", "2.4 hectares".
fn scaled(t: &Tokens<'_>, n: usize) -> Option<usize> {
    if !t.word(n).starts_with(|c: char| c.is_ascii_digit()) && civil::integer(t.word(n)).is_none() {
        return None;
    }
    let scale = usize::from(is_scale(t.word(n + 1)) && t.word(n + 1).len() > 2);
    let unit = UNITS.contains(&t.word(n + scale + 1)) && !t.breaks_before(n + scale + 1);
    let square = matches!(t.word(n + scale + 1), "cubic" | "square");
    let things = scale == 1 && !unit && t.word(n + 2).ends_with('s') && !t.breaks_before(n + 2);
    (unit || scale == 1).then_some(n + scale + usize::from(unit || things) + usize::from(square))
}

/// "from $900 to $975": both ends, and the word after them.
fn from_to(t: &Tokens<'_>, n: usize) -> Option<(Range<usize>, usize)> {
    if n == 0 || t.word(n - 1) != "from" {
        return None;
    }
    let number = |k: usize| {
        is_amount(t, k) || t.word(k).starts_with(|c: char| c.is_ascii_digit()) || civil::integer(t.word(k)).is_some()
    };
    let end = |k: usize| match percent(t, k) {
        Some(stop) => (k..t.len()).rev().find(|m| t.start(*m) < stop).unwrap_or(k),
        None if is_amount(t, k) => money_end(t, k),
        None => scaled(t, k).unwrap_or(k),
    };
    let mut first = end(n);
    // "from 12 per cent to 20", "from 12 staff to 20".
    first += usize::from(t.word(first + 1) != "to" && t.word(first + 2) == "to");
    let second = first + 2;
    let years = |k: usize| {
        t.word(k).len() == 4 && t.word(k).parse::<i16>().is_ok_and(|year| (1900..=2100).contains(&year))
            || t.gap(k + 1).starts_with('/')
    };
    if t.word(first + 1) != "to" || !number(second) || is_time(t, second) || is_time(t, n) || years(n) || years(second)
    {
        return None;
    }
    let last = end(second);
    let stop = percent(t, second).unwrap_or(if is_amount(t, second) { money_stop(t, last) } else { t.end(last) });
    Some((t.start(n - 1)..stop, last + 1))
}

/// "arrears of less than 500,000", "changes under £5,000", "growers who bring fewer than ten": which things, and no level.
fn is_scope(t: &Tokens<'_>, n: usize) -> bool {
    let from = comparator(t, n);
    let relative = (n.saturating_sub(7)..n)
        .rev()
        .take_while(|k| !t.breaks_before(k + 1))
        .any(|k| matches!(t.word(k), "who" | "whose"));
    if relative {
        return true;
    }
    // "because of the four wheelers".
    if n >= 3
        && t.word(n - 1) == "the"
        && t.word(n - 2) == "of"
        && matches!(t.word(n - 3), "because" | "instead" | "front")
    {
        return true;
    }
    // "the other £3,000", "the 2025/26 round".
    let other = n >= 2 && t.word(n - 1) == "other" && t.word(n - 2) == "the";
    if other || t.gap(n) == "/" {
        return true;
    }
    // "Inform the two partners": those that are known.
    let known = n >= 2
        && t.word(n - 1) == "the"
        && (n == 2 && matches!(t.word(0), "inform" | "notify" | "ask" | "remind" | "tell" | "contact" | "write")
            || t.word(n - 2) == "and");
    if known {
        return true;
    }
    if from == n
        || from == 0
        || !matches!(t.word(from), "less" | "more" | "fewer" | "under" | "over" | "below" | "above" | "exceeding")
    {
        // "on all seven wards", "at the two schools": those that are known.
        if n >= 2 && t.word(n - 1) == "all" && super::clause::preposition(t.word(n - 2)) {
            return true;
        }
        return t.word(n.wrapping_sub(1)) == "the"
            && n >= 2
            && matches!(
                t.word(n - 2),
                "at" | "in" | "on" | "from" | "with" | "for" | "by" | "under" | "between" | "to"
            )
            // "The two chiefs will meet": who they are.
            || n == 1 && t.word(0) == "the" && is_count(t, n);
    }
    let before = t.word(from - 1);
    let level = matches!(
        before,
        "that"
            | "to"
            | "by"
            | "at"
            | "for"
            | "with"
            | "is"
            | "be"
            | "spend"
            | "pay"
            | "cost"
            | "not"
            | "fall"
            | "drop"
            | "rise"
            | "remain"
            | "stay"
            | "go"
            | "reach"
            | "attain"
    );
    let reached = (0..from).any(|k| {
        matches!(
            t.word(k),
            "reduce"
                | "bring"
                | "keep"
                | "hold"
                | "cut"
                | "fall"
                | "drop"
                | "rise"
                | "increase"
                | "raise"
                | "maintain"
                | "limit"
                | "lower"
                | "kept"
                | "reduced"
                | "held"
                | "brought"
                | "cap"
                | "remain"
                | "decline"
                | "plant"
                | "build"
                | "train"
                | "create"
                | "invest"
                | "attract"
        )
    });
    !level && !reached
}

/// Whether an amount of money begins at a word.
pub(crate) fn is_money(t: &Tokens<'_>, n: usize) -> bool {
    coded(t, n)
}

/// Whether the words of an amount name a currency by its letters: "K480 million".
pub(crate) fn names_money(amount: &str) -> bool {
    if !amount.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return false;
    }
    let t = Tokens::of(amount, 0..amount.len());
    (0..t.len()).any(|n| coded(&t, n))
}

/// "Sh2.4 billion", "Rs 500", "KES 300", "US$40": a currency by its letters.
fn coded(t: &Tokens<'_>, n: usize) -> bool {
    const CODES: [&str; 17] = [
        "sh", "ksh", "tsh", "ush", "rs", "inr", "usd", "eur", "gbp", "kes", "ngn", "ghs", "zar", "aud", "nzd", "cad",
        "rmb",
    ];
    if !t.is_capital(n) {
        return false;
    }
    let word = t.word(n);
    let letters = word.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ',');
    let letters = letters.trim_end_matches('$');
    let digits = &word[letters.len()..];
    let code = CODES.contains(&letters)
        || word.contains('$') && (1..=3).contains(&letters.len()) && letters.bytes().all(|b| b.is_ascii_lowercase())
        || matches!(letters, "k" | "n" | "p") && digits.len() >= 3 && digits.bytes().all(|b| b.is_ascii_digit())
        || matches!(letters, "n" | "r" | "k" | "p")
            && !digits.is_empty()
            && (word.contains('.') || word.contains(',') || matches!(t.word(n + 1), "million" | "billion"));
    let amount = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    code && (amount(digits.trim_start_matches('$')) || digits.is_empty() && amount(t.word(n + 1)))
}

fn is_count(t: &Tokens<'_>, n: usize) -> bool {
    let word = t.word(n);
    let numeric = word.starts_with(|c: char| c.is_ascii_digit()) || numeral(word);
    let number = numeric && civil::integer(word).is_some_and(|value| value >= 2 && !(1900..=2100).contains(&value));
    // "at least one drill".
    let number =
        number || numeric && word == "one" && n >= 2 && (t.says(n - 2, "at least") || t.says(n - 2, "no less"));
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
            | "phase"
            | "and"
            | "class"
            | "article"
            | "level"
            | "week"
            | "day"
            | "block"
            | "route"
            | "line"
            | "page"
            | "ward"
            | "room"
            | "lot"
            | "option"
            | "zone"
            | "resolution"
            | "ordinance"
            | "appendix"
            | "paragraph"
            | "clause"
            | "stage"
            | "grade"
            | "table"
            | "report"
            | "case"
            | "rule"
            | "key"
            | "tier"
            | "year"
            | "or"
            | "gate"
            | "well"
    ) || civil::month_named(before).is_some()
        // "Station 23 is", "the 911 station": a name, and no more than one thing.
        || n == 1 && t.is_capital(0) && word.bytes().all(|byte| byte.is_ascii_digit()) && t.gap(1) == " " && !super::verb_phrase::is_verb(t, 0) && !t.word(0).ends_with("ly")
        || word.len() == 3 && n > 0 && t.word(n - 1) == "the" && !t.word(n + 1).ends_with('s')
        // "Unit 118", "Bridge 4402" are names.
        || n > 0
            && t.is_capital(n - 1)
            && (n > 1 && word.bytes().all(|byte| byte.is_ascii_digit()) && t.gap(n) == " ")
        || n > 0
            && t.is_capital(n - 1)
            && matches!(
                before,
                "unit" | "bridge" | "circular" | "form" | "bylaw" | "plot" | "flat" | "site" | "car" | "track" | "highway" | "district" | "schedule" | "fund" | "motion" | "channel"
            );
    let after = t.word(n + 1);
    // "by four votes to one": how it was decided.
    let voted = matches!(after, "vote" | "votes" | "abstention" | "abstentions" | "ayes" | "nays");
    !named
        && !voted
        && !quoted
        && !is_time(t, n)
        && after.len() > 2
        && after.starts_with(|c: char| c.is_ascii_alphabetic())
        && !t.breaks_before(n + 1)
        && !function_word(after)
}

/// Whether the number tells a time: "10 days", "7 pm", "30 June".
fn is_time(t: &Tokens<'_>, n: usize) -> bool {
    let after = t.word(n + 1).trim_end_matches(['\'', '’']);
    let clock = matches!(after, "p" | "a") && t.word(n + 2) == "m";
    clock
        || matches!(
            after,
            "pm" | "am"
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
        )
        || civil::month_named(after).is_some()
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
            | "this"
            | "from"
            | "with"
            | "when"
            | "which"
            | "that"
            | "per"
            | "as"
            | "before"
            | "after"
            | "until"
            | "during"
            | "within"
            | "under"
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
            | "shall"
            | "must"
            | "has"
            | "have"
            | "was"
            | "were"
            | "may"
            | "can"
    )
}

fn comparator(t: &Tokens<'_>, n: usize) -> usize {
    // Most words before a number are none of these.
    let before = if n == 0 { "" } else { t.word(n - 1) };
    let last = matches!(
        before,
        "than"
            | "to"
            | "least"
            | "most"
            | "of"
            | "exceeding"
            | "about"
            | "approximately"
            | "exceed"
            | "below"
            | "above"
            | "over"
            | "around"
            | "under"
    );
    if !last {
        return n;
    }
    // "not to exceed" and "amount of" before a sum.
    if n >= 5 && t.says(n - 2, "amount of") && t.says(n - 5, "not to exceed") {
        return n - 5;
    }
    for phrase in [
        "no more than",
        "not more than",
        "no less than",
        "not less than",
        "no fewer than",
        "not fewer than",
        "no lower than",
        "not lower than",
        "no higher than",
        "not higher than",
        "up to",
        "at least",
        "at most",
        "a maximum of",
        "a minimum of",
        "not exceeding",
        "more than",
        "less than",
        "fewer than",
        "in excess of",
        "about",
        "approximately",
        "maximum of",
        "minimum of",
        "not to exceed",
        "not exceed",
        "exceeding",
        "not fall below",
        "not drop below",
        "not go below",
        "not rise above",
        "over",
        "around",
        "below",
        "above",
        "under",
    ] {
        if let Some(from) = t.led_by(n, phrase) {
            return from;
        }
    }
    n
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<&str> {
        find_in(&Tokens::of(text, 0..text.len())).into_iter().map(|r| &text[r]).collect()
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
    fn how_long_a_contract_runs_is_an_amount() {
        assert_eq!(all("to accept the offer for another three year contract"), ["three year"]);
        assert_eq!(all("to sign a 5 year lease at £400"), ["£400"]);
        assert!(all("to review the three year plan").is_empty());
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
