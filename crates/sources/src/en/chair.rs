//! Who chaired English minutes: "Councillor Gao (in the chair)", "called to order by Supervisor Ling".

use super::lexicon::Kinds;
use super::tokens::Tokens;
use super::words::TITLES;

/// Who chaired. A label alone on its line has the name under it.
pub(super) fn chaired(head: &[&str]) -> Option<String> {
    let found = head.iter().enumerate().find_map(|(n, paragraph)| match head.get(n + 1) {
        Some(under) if paragraph.ends_with(':') => chair(&format!("{paragraph}\n{under}")),
        Some(_) | None => chair(paragraph),
    });
    let found = found
        .or_else(|| head.iter().find_map(|paragraph| spelled_out(head, chair_initials(paragraph)?)))
        .or_else(|| head.iter().find_map(|paragraph| called_by_first_name(head, paragraph)))
        .or_else(|| {
            head.iter().enumerate().find_map(|(n, paragraph)| match head.get(n + 1) {
                Some(under) if paragraph.ends_with(':') => first_present(&format!("{paragraph}\n{under}")),
                Some(_) | None => first_present(paragraph),
            })
        })?;
    // "President Voss called …" and "Ed Voss" among those present.
    let single = !found.contains(' ');
    let full = single.then(|| head.iter().find_map(|paragraph| full_name(paragraph, &found))).flatten();
    Some(full.unwrap_or(found))
}

/// "Present: Mayor Ada Quill, …", "Present: Mr Ivo Hale, President": whoever heads the list and the body.
fn first_present(paragraph: &str) -> Option<String> {
    let t = Tokens::of(paragraph, 0..paragraph.floor_char_boundary(200));
    let heads = |n: usize| matches!(t.word(n), "mayor" | "president" | "provost" | "cathaoirleach" | "convener");
    if t.word(0) != "present" || !t.gap(1).contains([':', '-', '–']) {
        return None;
    }
    if heads(1) {
        return name_after(&t, 1);
    }
    let post = (3..t.len().min(8)).find(|n| t.gap(*n).contains(','))?;
    if heads(post) { name_before(&t, post) } else { None }
}

/// "Wendy called the meeting to order": whose first name that is, by those who were there.
fn called_by_first_name(head: &[&str], paragraph: &str) -> Option<String> {
    let t = Tokens::of(paragraph, 0..paragraph.len());
    let verb = (1..t.len().min(60)).find(|n| {
        let order = t.word(*n) == "called" && (n + 1..n + 8).any(|k| t.says(k, "to order"));
        order || matches!(t.word(*n), "opened" | "chaired" | "started") && t.says(n + 1, "the meeting")
    })?;
    let first = t.raw(verb - 1);
    let name = t.is_capital(verb - 1)
        && first.len() > 2
        && (verb == 1
            || !t.is_capital(verb - 2)
            || t.breaks_before(verb - 1)
            || ends_sentence(&t, verb - 1)
            || t.word(verb - 2) == "order");
    let full = |words: &&str| {
        let t = Tokens::of(words, 0..words.len());
        (0..t.len().saturating_sub(1))
            .find(|n| t.raw(*n) == first && t.is_capital(n + 1) && t.gap(n + 1) == " " && t.raw(n + 1) != "Called")
            .map(|n| words[t.start(n)..t.end(n + 1)].to_owned())
    };
    name.then(|| head.iter().find_map(full)).flatten()
}

/// "Chair: DK", "In the chair: DK": initials.
fn chair_initials(paragraph: &str) -> Option<&str> {
    let t = Tokens::of(paragraph, 0..paragraph.len());
    let chair = (0..t.len().min(6)).find(|n| matches!(t.word(*n), "chair" | "chairing" | "facilitator"))?;
    let initials = t.raw(chair + 1);
    let known = (2..=4).contains(&initials.len()) && initials.bytes().all(|byte| byte.is_ascii_uppercase());
    (known && t.breaks_before(chair + 1)).then_some(initials)
}

/// The name that a bracket gives the initials of: "Della Kite (DK)".
fn spelled_out(head: &[&str], initials: &str) -> Option<String> {
    head.iter().find_map(|paragraph| {
        let t = Tokens::of(paragraph, 0..paragraph.len());
        let at = (1..t.len()).find(|n| t.raw(*n) == initials && t.gap(*n).contains('('))?;
        name_before(&t, at)
    })
}

/// The first name and the surname, where a paragraph of those who were there holds both.
fn full_name(paragraph: &str, surname: &str) -> Option<String> {
    let t = Tokens::of(paragraph, 0..paragraph.len());
    let attended = |n: usize| {
        matches!(
            t.word(n),
            "present"
                | "attendance"
                | "attending"
                | "attended"
                | "attendees"
                | "members"
                | "roll"
                | "councillors"
                | "trustees"
        )
    };
    // "Motion to take on Corey Voss": another of the name.
    // "- Randy Hale - Board President": a line of a list.
    let listed = t.len() <= 8
        && (2..t.len())
            .any(|n| t.gap(n).trim() == "-" && t.raw(n - 1) == surname && t.is(t.len() - 1, Kinds::LISTED_OFFICE));
    if !listed && !(0..t.len().min(30)).any(attended) {
        return None;
    }
    (1..t.len())
        .take_while(|n| !matches!(t.word(*n), "motion" | "moved" | "approved"))
        .filter(|n| {
            t.raw(*n) == surname && t.is_capital(n - 1) && !t.breaks_before(*n) && !super::header::breaks_line(&t, *n)
        })
        .find(|n| !is_title(t.word(n - 1)) && !t.is(n - 1, Kinds::TITLE))
        .map(|n| paragraph[t.start(n - 1)..t.end(n)].to_owned())
}

/// Who chaired: a name before "in the chair" or "presided", or after "Chair".
fn chair(paragraph: &str) -> Option<String> {
    let t = Tokens::of(paragraph, 0..paragraph.len());
    (0..t.len()).find_map(|n| match t.word(n) {
        "in" if t.says(n, "in the chair") => {
            let open = bracket(&t, n);
            // "Nuala Roe, Cathaoirleach (in the Chair)": the post stands between.
            let post = open > 1 && t.is(open - 1, Kinds::BODY) && t.gap(open - 1).contains(',');
            let named = || post.then(|| name_before(&t, open - 1)).flatten();
            name_before(&t, open).or_else(named).or_else(|| name_after(&t, n + 3))
        }
        "presided" if t.says(n, "presided over by") => name_after(&t, n + 3),
        "presided" if t.says(n, "presided by") => name_after(&t, n + 2),
        "presided" => said_of(&t, n),
        "presiding" => {
            let post = usize::from(matches!(t.word(n + 1), "member" | "officer"));
            let open = bracket(&t, n);
            // "Nora Quill, Cathaoirleach (presiding)".
            let bracketed = || {
                let of_post =
                    || (open > 1 && t.gap(open - 1).contains(',')).then(|| name_before(&t, open - 1)).flatten();
                (t.gap(open).contains('(')).then(|| name_before(&t, open).or_else(of_post)).flatten()
            };
            bracketed().or_else(|| name_after(&t, n + 1 + post)).or_else(|| name_before(&t, open))
        }
        "chairmanship" | "chairpersonship" | "leadership" if t.word(n + 1) == "of" => name_after(&t, n + 2),
        "took" | "assumed" | "occupied" if t.says(n + 1, "the chair") => said_of(&t, n),
        // "Mayor Denise Okafor called the meeting to order".
        "called" if (n + 1..n + 18).any(|k| t.says(k, "to order")) => {
            let by = (n + 1..n + 20).find(|k| t.word(*k) == "by" && !(n + 1..*k).any(|k| ends_sentence(&t, k)));
            said_of(&t, n).or_else(|| name_after(&t, by? + 1))
        }
        // "Call to order at 6 by President Quill".
        "call" if t.says(n + 1, "to order") => {
            name_after(&t, (n + 3..n + 9).find(|k| t.word(*k) == "by" && !ends_sentence(&t, *k))? + 1)
        }
        // "Mrs R Quill-Chair".
        word if n > 0 && word.ends_with("-chair") && !matches!(word, "vice-chair" | "co-chair") && t.is_capital(n) => {
            let first = name_before(&t, n).filter(|_| !is_title(t.word(n - 1)));
            let last = &t.raw(n)[..t.raw(n).len() - "-chair".len()];
            let initial = || t.is_capital(n - 1).then(|| t.raw(n - 1).to_owned());
            Some(format!("{} {last}", first.or_else(initial)?))
        }
        // "Cathaoirleach: Councillor Nora Quill", on a line of its own.
        "cathaoirleach" | "mayor" | "provost" if t.gap(n + 1).contains(':') && (n == 0 || t.gap(n).contains('\n')) => {
            name_after(&t, n + 1)
        }
        // "opened the meeting", "declared the meeting open", "welcomed everyone": the chair does.
        "opened" | "declared" if t.says(n + 1, "the meeting") => {
            let by = (n + 3..n + 8).find(|k| t.word(*k) == "by");
            said_of(&t, n).or_else(|| name_after(&t, by? + 1))
        }
        // "The meeting was opened by Chair Jane Doe", "was convened by".
        "opened" | "convened" if t.word(n + 1) == "by" => name_after(&t, n + 2),
        "chaired" if t.word(n + 1) == "by" => name_after(&t, n + 2),
        "chaired" => said_of(&t, n).or_else(|| name_after(&t, n + 1)),
        "chair" | "chairman" | "chairwoman" | "chairperson" | "convener" | "convenor" | "facilitator" => {
            let deputy = n > 0 && (matches!(t.word(n - 1), "vice" | "deputy") || t.word(n - 1).ends_with("vice"));
            let by = usize::from(t.word(n + 1) == "by");
            // "H Quill (Chairman)", "A Rowe (Chair of Governors)".
            let open = bracket(&t, n);
            let bracketed = (t.gap(n).contains('(') || open < n)
                && (n + 1 >= t.len()
                    || t.gap(n + 1).contains([')', ','])
                    || t.says(n + 1, "of governors")
                    || t.says(n + 1, "of the"));
            match (deputy, bracketed) {
                (true, _) => None,
                // "Frank Reid (FRE) Councillor/Chair".
                (false, false) if n > 1 && t.gap(n) == "/" && t.word(n + 1) != "of" => name_before(&t, n - 1),
                (false, true) => name_before(&t, open).or_else(|| one_before(&t, open)),
                // "Ann Rowe, Chair".
                (false, false) => {
                    let closes = n + 1 >= t.len()
                        || t.gap(n + 1).contains([',', ';', '\n', '(', '.'])
                        || t.gap(n).trim() == ")" && t.word(n + 1) == "and";
                    // "Amy Sands (AS) Chair", "Ann Rowe Chair, Bill Roe": the name stands before the post.
                    let follows = t.gap(n).trim() == ")" || t.gap(n) == " " && !is_title(t.word(n.wrapping_sub(1)));
                    let said = closes && (t.gap(n).contains([',', '–', '—', '-']) || follows);
                    said.then(|| name_before(&t, n)).flatten().or_else(|| name_after(&t, n + 1 + by))
                }
            }
        }
        _ => None,
    })
}

/// "Pat (chair)": among friends one name is enough.
fn one_before(t: &Tokens<'_>, n: usize) -> Option<String> {
    let alone = n > 0
        && t.is_capital(n - 1)
        && (n == 1 || t.gap(n - 1).contains([',', ':', ';', '\n']))
        && !is_title(t.word(n - 1));
    alone.then(|| t.raw(n - 1).to_owned())
}

/// "(NA, in the chair)": the name stands before the bracket.
fn bracket(t: &Tokens<'_>, n: usize) -> usize {
    let open = (1..=n).rev().take(5).find(|k| t.gap(*k).contains('('));
    open.filter(|open| !(*open..n).any(|k| t.gap(k + 1).contains(')'))).unwrap_or(n)
}

/// "Gu Wenlei, secretary of the Municipal Committee, presided": the name stands before what it is said to be.
fn said_of(t: &Tokens<'_>, n: usize) -> Option<String> {
    let apart = t.gap(n).contains(',');
    if !apart && let Some(name) = name_before(t, bracket(t, n)) {
        return Some(name);
    }
    // "Premier Wen Hao of the State Council presided".
    if !apart
        && let Some(name) = (n.saturating_sub(6)..n).find(|k| t.word(*k) == "of").and_then(|of| name_before(t, of))
    {
        return Some(name);
    }
    // "Cllr Joe Abiola welcomed everyone and took the chair".
    if n > 0 && t.word(n - 1) == "and" {
        return (1..n).filter(|k| t.word(*k).ends_with("ed")).find_map(|k| name_before(t, k));
    }
    if !(apart || n > 0 && matches!(t.word(n - 1), "also" | "then")) {
        return None;
    }
    let comma = (1..=n).rev().find(|k| t.gap(*k).contains(',') && t.is_capital(k - 1))?;
    // "Guo Min, member of the Standing Committee, secretary of the county and mayor": the first comma behind a name.
    let first = (1..=comma).find(|k| t.gap(*k).contains(',') && t.is_capital(k - 1) && name_before(t, *k).is_some());
    name_before(t, first.unwrap_or(comma))
}

fn is_title(word: &str) -> bool {
    TITLES.has(word)
        || matches!(
            word,
            "chair"
                | "chairman"
                | "chairwoman"
                | "chairperson"
                | "mayor"
                | "president"
                | "the"
                | "her"
                | "his"
                | "excellency"
                | "honourable"
                | "honorable"
                | "right"
                | "prime"
                | "minister"
                | "governor"
                | "premier"
                | "pro"
                | "tem"
                | "vice"
                | "general"
                | "leader"
        )
}

/// The capitals from `n` on, titles left out; a name has two words, or a title and one.
fn name_after(t: &Tokens<'_>, n: usize) -> Option<String> {
    let mut from = n;
    // "by executive deputy county head Bao Rui": the post in small letters.
    let office = |k: usize| {
        t.is(k, Kinds::LISTED_OFFICE) || matches!(t.word(k), "executive" | "deputy" | "vice" | "the" | "acting")
    };
    while from < t.len()
        && (is_title(t.word(from))
            || from > n && !t.is_capital(from) && office(from)
            || from == n && !t.is_capital(n) && office(n))
    {
        from += 1;
    }
    let mut to = from;
    while to < t.len()
        && t.is_capital(to)
        && to - from < 4
        && (to == from || (!t.breaks_before(to) && !super::header::breaks_line(t, to) && !ends_sentence(t, to)))
    {
        to += 1;
    }
    named(t, from, to, from > n)
}

/// The capitals before `n`.
fn name_before(t: &Tokens<'_>, n: usize) -> Option<String> {
    let mut n = n;
    // "Councillor Shah (Leader) in the chair".
    if n > 0 && t.gap(n).starts_with(')') {
        n = (1..n).rev().find(|k| t.gap(*k).contains('(')).unwrap_or(n);
    }
    let mut from = n;
    while from > 0 && t.is_capital(from - 1) && !is_title(t.word(from - 1)) && n - from < 4 {
        if from < n && (t.breaks_before(from) || super::header::breaks_line(t, from) || ends_sentence(t, from)) {
            break;
        }
        from -= 1;
    }
    named(t, from, n, from > 0 && is_title(t.word(from - 1)))
}

/// A full stop before a word, and not one after an initial or a title.
fn ends_sentence(t: &Tokens<'_>, n: usize) -> bool {
    let short =
        |word: &str| word.len() < 2 || is_title(word) || matches!(word, "jr" | "sr" | "st" | "wm" | "col" | "esq");
    n > 0 && t.gap(n).starts_with('.') && !short(t.word(n - 1))
}

fn named(t: &Tokens<'_>, from: usize, to: usize, titled: bool) -> Option<String> {
    let enough = to - from >= 2 || (titled && to > from);
    // "Regular Council Meeting called to order": a meeting, and nobody's name.
    let gathering = |n: usize| {
        matches!(
            t.word(n),
            "meeting"
                | "board"
                | "council"
                | "committee"
                | "commission"
                | "session"
                | "members"
                | "minutes"
                | "call"
                | "order"
                | "present"
                | "welcome"
                | "apologies"
                | "attendance"
                | "agenda"
                | "councillors"
                | "cllrs"
        )
    };
    if (from..to).any(gathering) {
        return None;
    }
    enough.then(|| t.text[t.start(from) - t.base..t.end(to - 1) - t.base].to_owned())
}
