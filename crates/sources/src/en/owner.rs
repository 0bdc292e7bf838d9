//! Who must do it, in English: the subject before the modal.

use super::lexicon::Kinds;
use super::tokens::Tokens;
use crate::Profile;
use crate::phrases::any_of;
use crate::words::bare;
use std::collections::HashSet;
use std::ops::Range;

/// Words that a document writes with a capital where no sentence begins: its names.
pub(crate) struct Names<'t> {
    words: HashSet<&'t str>,
    /// Those behind a post that speaks for a body: "County head Lin Jiaqi".
    leaders: HashSet<&'t str>,
    /// Those who attend as officers: "In attendance: Mr. Ger Tuite, District Manager".
    officers: HashSet<&'t str>,
    /// Initials that a bracket explains: "Neil Ashdown (NA, in the chair)".
    initials: HashSet<&'t str>,
}

impl<'t> Names<'t> {
    /// One pass over the document.
    pub(crate) fn of(text: &'t str) -> Names<'t> {
        let mut names = HashSet::new();
        // What the words before end with; nothing at the beginning of a line.
        let mut before = "";
        for (end, word) in parted(text, |byte| matches!(byte, b' ' | b'\t' | b'(' | b'/' | b'\n' | b'\r')) {
            // Most words begin with a small letter.
            if !word.starts_with(|c: char| c.is_ascii_lowercase()) {
                let fresh = || {
                    before.is_empty()
                        || before.ends_with(['.', ':', '!', '?', '“', '"', '-', '•']) && !lists_names(before)
                        || is_sign(before)
                };
                let bare = bare(word);
                if bare.starts_with(char::is_uppercase) && bare.chars().any(char::is_lowercase) && !fresh() {
                    names.insert(bare.strip_suffix("’s").or(bare.strip_suffix("'s")).unwrap_or(bare));
                }
            }
            // "ADM (Revenue)": a bracket begins no sentence.
            before = match end {
                Some(b'\n' | b'\r') => "",
                Some(_) | None if word.is_empty() => before,
                Some(_) | None => word,
            };
        }
        Names { words: names, leaders: leaders(text), officers: officers(text), initials: initials(text) }
    }

    /// Whether these words end with the name of somebody who attended as an officer.
    pub(super) fn serves(&self, words: &str) -> bool {
        words.split_whitespace().next_back().is_some_and(|name| self.officers.contains(name))
    }

    /// Whether these words name somebody by a name that stands behind a post elsewhere.
    pub(super) fn leads(&self, words: &str) -> bool {
        let mut names = words.split_whitespace();
        let capitals = words.split_whitespace().all(|name| name.starts_with(char::is_uppercase));
        capitals && words.len() <= 60 && names.next_back().is_some_and(|name| self.leaders.contains(name))
    }

    /// Whether a bracket explains these initials.
    pub(super) fn explains(&self, initials: &str) -> bool {
        self.initials.contains(initials)
    }
}

/// "7.1", "a)", "12/3": the sign of an item.
fn is_sign(word: &str) -> bool {
    word.len() <= 6
        && (word.ends_with(')') || word.starts_with(|c: char| c.is_ascii_digit()))
        && word.bytes().all(|byte| byte.is_ascii_digit() || b"./()-".contains(&byte) || word.len() <= 3)
}

/// "Present:", "Members:": names follow.
fn lists_names(label: &str) -> bool {
    const LABELS: [&str; 17] = [
        "present:",
        "attendance:",
        "attending:",
        "attendees:",
        "members:",
        "apologies:",
        "absent:",
        "councillors:",
        "cllrs:",
        "chair:",
        "chairman:",
        "clerk:",
        "secretary:",
        "treasurer:",
        "trustees:",
        "directors:",
        "here:",
    ];
    label.ends_with(':') && LABELS.iter().any(|known| known.eq_ignore_ascii_case(label))
}

/// What stands between such signs, each piece with the sign behind it.
fn parted(text: &str, sign: impl Fn(u8) -> bool) -> impl Iterator<Item = (Option<u8>, &str)> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let at = text.bytes().position(&sign);
        rest = at.map(|at| &text[at + 1..]);
        Some((at.map(|at| text.as_bytes()[at]), &text[..at.unwrap_or(text.len())]))
    })
}

/// The names in the lines that say who attended as an officer.
fn officers(text: &str) -> HashSet<&str> {
    let lists =
        ["In attendance", "In Attendance", "IN ATTENDANCE", "Officers", "OFFICERS", "Officials", "Staff present"];
    let lines = text.lines().take(40).filter(|line| lists.iter().any(|list| line.trim_start().starts_with(list)));
    let words = lines.flat_map(|line| line.split([' ', ',', ';', ':', '(', ')', '\t']));
    words.filter(|word| word.len() > 2 && word.starts_with(char::is_uppercase)).collect()
}

/// The names behind "mayor", "secretary", "county head" …
fn leaders(text: &str) -> HashSet<&str> {
    const POSTS: [&str; 15] = [
        "head",
        "governor",
        "mayor",
        "minister",
        "premier",
        "secretary",
        "president",
        "chair",
        "chairman",
        "chairwoman",
        "chairperson",
        "leader",
        "magistrate",
        "collector",
        "chancellor",
    ];
    const POST_FIRSTS: &str = "hgmpscl";
    let mut out = HashSet::new();
    // How many more words may belong to the name.
    let mut left = 0;
    for (_, word) in parted(text, |byte| matches!(byte, b' ' | b'\n' | b'\t')) {
        // Most words are neither a post nor a name behind one.
        if left == 0 && word.starts_with(|c: char| c.is_ascii_lowercase() && !POST_FIRSTS.contains(c)) {
            continue;
        }
        let bare = bare(word);
        let capital = bare.starts_with(char::is_uppercase);
        if POSTS.iter().any(|post| post.eq_ignore_ascii_case(bare)) {
            left = if word == bare { 3 } else { 0 };
        } else if capital && left > 0 {
            out.insert(bare);
            left = if word.ends_with([',', '.', ';', ':']) { 0 } else { left - 1 };
        } else {
            left = 0;
        }
    }
    out
}

/// What stands in capitals behind a bracket.
fn initials(text: &str) -> HashSet<&str> {
    let inside = text.match_indices('(').filter_map(|(at, _)| {
        let rest = &text[at + 1..];
        let length = rest.bytes().take(5).take_while(u8::is_ascii_uppercase).count();
        (2..=4).contains(&length).then(|| &rest[..length])
    });
    inside.collect()
}

/// What a subject names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    /// An office, a body, a person.
    Owner(Range<usize>),
    /// He, she, they, it.
    Pronoun,
    /// We, the public, nobody in particular.
    Nobody,
    /// A thing.
    Thing,
}

/// What the words `from..to` name.
pub(crate) fn subject(tokens: &Tokens<'_>, from: usize, to: usize, names: &Names<'_>, profile: &Profile) -> Subject {
    let mut from = from;
    while from < to
        && matches!(
            tokens.word(from),
            "also"
                | "then"
                | "and"
                | "but"
                | "so"
                | "both"
                | "therefore"
                | "however"
                | "all"
                | "that"
                | "meanwhile"
                | "accordingly"
                | "meantime"
        )
        && from + 1 < to
    {
        from += 1;
    }
    if from >= to {
        return Subject::Nobody;
    }
    // "Solar Panels Update The Clerk": a heading, and who is named behind it.
    if let Some(article) = (from + 1..to.saturating_sub(1)).rev().find(|n| {
        matches!(tokens.raw(*n), "The" | "Cllr" | "Councillor")
            && (tokens.is_capital(n - 1) || tokens.word(n - 1).bytes().all(|byte| byte.is_ascii_digit()))
    }) && !tokens.is(article - 1, Kinds::LISTED_OFFICE | Kinds::TITLE)
    {
        from = article;
    }
    // "As Secretary", "the parish the Council": a preposition opens no name, and a name holds no second article but
    // behind what joins it.
    let second = |n: usize| {
        matches!(tokens.word(n), "the" | "a" | "an")
            && !matches!(
                tokens.word(n - 1),
                "of" | "and"
                    | "for"
                    | "&"
                    | "or"
                    | "at"
                    | "in"
                    | "on"
                    | "to"
                    | "with"
                    | "from"
                    | "by"
                    | "under"
                    | "all"
                    | "both"
                    | "as"
                    | "between"
                    | "plus"
            )
    };
    let verb = to - from == 1 && tokens.is(from, Kinds::APPROVING | Kinds::DECIDING | Kinds::ORDERING);
    if verb
        || tokens.word(from) == "as"
        || (from + 1..to).any(|n| second(n) && !tokens.breaks_before(n) && !tokens.is_capital(n))
    {
        return Subject::Thing;
    }
    // "the Council for shifting of the": a name does not end so.
    if matches!(tokens.word(to - 1), "of" | "the" | "for" | "and" | "a" | "an" | "in" | "on" | "by" | "with") {
        return Subject::Thing;
    }
    let first = tokens.word(from);
    // "Every department must reply" orders, "every village of more than 500 people should have a bus" does not.
    if matches!(first, "every" | "any") && (to - from > 3 || !tokens.is(to - 1, Kinds::LISTED_OFFICE)) {
        return Subject::Thing;
    }
    if to - from == 1 && matches!(first, "he" | "she" | "they" | "it") {
        return Subject::Pronoun;
    }
    // "Public Works" is an office, the public is not.
    let office_name = to - from > 1 && tokens.is_capital(from + 1) && first == "public";
    // "the public lighting contractor" is one.
    let public = tokens.says(from, "the public")
        && (to - from == 2 || matches!(tokens.word(from + 2), "and" | "at" | "in" | "of" | "who"));
    // "this Council write": the body that meets.
    let own_body = matches!(first, "this" | "that") && to - from > 1 && super::verb_phrase::is_office(tokens, to - 1);
    if tokens.is(from, Kinds::NOBODY) && !office_name && !own_body
        || public
        || tokens.says(from, "members of the public")
        || tokens.says(from, "the whole")
    {
        return Subject::Nobody;
    }
    let range = tokens.start(from)..tokens.end(to - 1);
    let mut body = from;
    while body < to
        && matches!(
            tokens.word(body),
            "the" | "a" | "an" | "each" | "every" | "our" | "their" | "its" | "his" | "her" | "all" | "any" | "this"
        )
    {
        body += 1;
    }
    if body >= to {
        return Subject::Nobody;
    }
    if profile.names().any(|name| tokens.text[range.start - tokens.base..range.end - tokens.base].contains(name)) {
        return Subject::Owner(range);
    }
    // The head of "Director of Services" stands before "of".
    let head_end = (body..to)
        .find(|n| matches!(tokens.word(*n), "of" | "for" | "from" | "at" | "in" | "on" | "with"))
        .unwrap_or(to)
        .max(body + 1);
    let head = head_end - 1;
    // "the Head of Transport report on fares": a name and its verb.
    let verb = Kinds::LISTED_VERB | Kinds::LISTED_NOUN_VERB;
    if head_end + 1 < to && tokens.is_capital(to - 2) && !tokens.is_capital(to - 1) && tokens.is(to - 1, verb) {
        return Subject::Thing;
    }
    // "County Cllr Mott", "District Councillor Lee".
    let titled = tokens.is(body, Kinds::TITLE)
        || to - body > 2 && tokens.is_capital(body) && tokens.is(body + 1, Kinds::TITLE) && tokens.is_capital(body + 2);
    let office = super::verb_phrase::is_office(tokens, head) || titled;
    // A clause is no name: "funding was limited but the Executive".
    if (body..to).any(|n| clausal(tokens, n)) {
        return Subject::Thing;
    }
    let all_names = (body..to).all(|n| {
        tokens.is_capital(n) && tokens.word(n).len() > 1
            || matches!(tokens.word(n), "and" | "&" | "of" | "the" | "for")
            || (tokens.is_capital(n) && tokens.word(n).len() <= 2)
    });
    let first_known = (body..to).any(|n| tokens.is_capital(n) && names.words.contains(tokens.raw(n)));
    let article = body > from;
    // "JB", "TL and GO".
    let initials = (body..to).all(|n| {
        let raw = tokens.raw(n);
        (2..=4).contains(&raw.len()) && raw.chars().all(char::is_uppercase)
            // "SDMs", "ANMs".
            || raw.strip_suffix('s').is_some_and(|raw| (2..=4).contains(&raw.len()) && raw.chars().all(char::is_uppercase))
            || matches!(raw, "and" | "&") && to - body > 1
    }) || to - body == 1 && tokens.raw(body).len() == 1 && tokens.is_capital(body) && first != "a";
    let plain_thing = !office && (tokens.is(head, Kinds::LISTED_VERB) || tokens.is(to - 1, Kinds::THING))
        || tokens.is(head, Kinds::THING) && !(tokens.word(head) == "section" && head > body);
    // Departments that minutes write in small letters.
    let department = to - body == 2
        && ["internal audit", "external audit", "human resources", "public works"]
            .iter()
            .any(|name| tokens.says(body, name));
    // "the Housing Section": a part of an office, and none of an act.
    let section = tokens.word(head) == "section" && head > body && (body..=head).all(|n| tokens.is_capital(n));
    let office = office || department || section;
    // "the Executive Engineer": capitals after the article, and no name of a thing.
    let named = all_names && !plain_thing && (if article { body > 0 } else { first_known });
    if to - from <= 12 && (office || initials || named) { Subject::Owner(range) } else { Subject::Thing }
}

/// A word that a name does not hold: a finite verb, or what joins clauses.
fn clausal(tokens: &Tokens<'_>, n: usize) -> bool {
    let word = tokens.word(n);
    matches!(
        word,
        "is" | "are"
            | "was"
            | "were"
            | "has"
            | "have"
            | "had"
            | "will"
            | "would"
            | "should"
            | "must"
            | "shall"
            | "can"
            | "could"
            | "may"
            | "but"
            | "that"
            | "which"
            | "who"
            | "if"
            | "when"
            | "because"
            | "not"
            | "to"
            | "be"
            | "said"
            | "told"
            | "paid"
            | "took"
            | "gave"
            | "made"
            | "spoke"
            | "went"
            | "sent"
            | "wrote"
            | "brought"
            | "met"
            | "undertook"
            | "became"
            | "began"
            | "came"
            | "saw"
            | "heard"
            | "rose"
            | "stood"
            | "thought"
            | "felt"
            | "left"
            | "led"
            | "held"
            | "expects"
            | "hopes"
            | "wants"
            | "says"
            | "reports"
    ) || word.len() > 4
        && word.ends_with("ed")
        && !tokens.is_capital(n)
        && !matches!(
            word,
            "united"
                | "appointed"
                | "elected"
                | "affected"
                | "concerned"
                | "combined"
                | "responsible"
                | "designated"
                | "related"
                | "based"
                | "registered"
                | "retired"
                | "nominated"
                | "interested"
                | "newly-elected"
        )
}

/// Who says, advises or agrees last before `to`: whom "he" stands for after "the Engineer indicated that".
pub(crate) fn speaker(tokens: &Tokens<'_>, to: usize, names: &Names<'_>, profile: &Profile) -> Option<Range<usize>> {
    const SAYING: [&str; 26] = [
        "indicated",
        "advised",
        "stated",
        "said",
        "reported",
        "reports",
        "confirmed",
        "explained",
        "agreed",
        "noted",
        "informed",
        "undertook",
        "promised",
        "added",
        "told",
        "assured",
        "replied",
        "answered",
        "responded",
        "states",
        "says",
        "advises",
        "confirms",
        "spoke",
        "volunteered",
        "announced",
    ];
    (1..to).rev().filter(|n| SAYING.contains(&tokens.word(*n))).find_map(|verb| {
        (verb.saturating_sub(6)..verb).find_map(|from| {
            let inside = (from + 1..verb).any(|n| tokens.breaks_before(n));
            match subject(tokens, from, verb, names, profile) {
                Subject::Owner(range) if !inside => Some(range),
                Subject::Owner(_) | Subject::Pronoun | Subject::Nobody | Subject::Thing => None,
            }
        })
    })
}

/// Whether words that name an owner name one person, whom "he" or "she" may stand for: no body, no firm, no plural.
pub(super) fn names_person(owner: &str) -> bool {
    const BODIES: [&str; 50] = [
        "council",
        "board",
        "committee",
        "department",
        "departments",
        "authority",
        "agency",
        "bureau",
        "office",
        "company",
        "ltd",
        "inc",
        "llc",
        "firm",
        "group",
        "team",
        "society",
        "trust",
        "association",
        "commission",
        "ministry",
        "government",
        "party",
        "panel",
        "forum",
        "delegation",
        "police",
        "staff",
        "members",
        "county",
        "city",
        "town",
        "township",
        "village",
        "borough",
        "parish",
        "school",
        "university",
        "college",
        "services",
        "service",
        "unit",
        "units",
        "crew",
        "councillors",
        "cllrs",
        "residents",
        "officers",
        "and",
        "district",
    ];
    // "the Director of Services" is one by the head of the name.
    let head = any_of![",", "(", " of ", " for "].find(owner).map_or(owner, |(end, _)| &owner[..end]);
    let known = |word: &str| BODIES.iter().any(|body| body.eq_ignore_ascii_case(word));
    // "HOA": a body by its letters.
    let letters = head.len() >= 3 && head.bytes().all(|byte| byte.is_ascii_uppercase());
    let thing = head.split_whitespace().next_back().is_some_and(|word| {
        Kinds::of(&word.to_ascii_lowercase()).any(Kinds::THING) && head.split_whitespace().nth(1).is_some()
    });
    !letters
        && !thing
        && !head.split_whitespace().next_back().is_some_and(known)
        && !head.split_whitespace().any(|word| word == "and")
}

/// The first words of the sentence that name somebody, up to `to`: whom a pronoun after a verb of saying stands for.
pub(crate) fn first_named(
    tokens: &Tokens<'_>,
    to: usize,
    names: &Names<'_>,
    profile: &Profile,
) -> Option<Range<usize>> {
    let opens = |from: &usize| {
        tokens.is_capital(*from) || matches!(tokens.word(*from), "the" | "a" | "an" | "staff" | "officers")
    };
    // "Housing: Ms Shine stated": a topic, and nobody.
    let topic = |from: usize| tokens.gap(from + 1).contains(':') && tokens.raw(from).contains(char::is_lowercase);
    // "Ditches in Holm Lane have been cleared": a place, and nobody.
    let placed = |from: usize| {
        from > 0
            && matches!(tokens.word(from - 1), "in" | "at" | "on" | "near" | "along" | "through" | "outside" | "as")
    };
    (0..to.min(8)).filter(opens).filter(|from| !topic(*from) && !placed(*from)).find_map(|from| {
        // A name ends where a mark stands.
        let limit = (from + 1..to.min(from + 7)).find(|n| tokens.breaks_before(*n)).unwrap_or(to.min(from + 7));
        // "Receipts and Spending- Wanda reviewed": a topic.
        if tokens.gap(limit) == "- " && !(from..limit).any(|n| tokens.is(n, Kinds::LISTED_OFFICE | Kinds::TITLE)) {
            return None;
        }
        (from + 1..=limit).rev().find_map(|end| match subject(tokens, from, end, names, profile) {
            Subject::Owner(range)
                if !(from..end).any(|n| tokens.breaks_before(n) && n > from) && !is_possessive(tokens, end) =>
            {
                Some(range)
            }
            Subject::Owner(_) | Subject::Pronoun | Subject::Nobody | Subject::Thing => None,
        })
    })
}

/// "Pell Harbor's inventory" names the harbour's, neither it nor Pell.
fn is_possessive(tokens: &Tokens<'_>, end: usize) -> bool {
    let owns = |n: usize| tokens.word(n).ends_with("'s") || tokens.word(n).ends_with("’s");
    owns(end - 1) || tokens.is_capital(end) && !tokens.breaks_before(end) && owns(end)
}

/// The last run of capitals before `to`: whom "they" stands for.
pub(crate) fn last_named(tokens: &Tokens<'_>, to: usize, names: &Names<'_>) -> Option<Range<usize>> {
    let last = (0..to).rev().find(|n| tokens.is_capital(*n) && *n > 0 && names.words.contains(tokens.raw(*n)))?;
    let mut first = last;
    while first > 1 && tokens.is_capital(first - 1) && !tokens.breaks_before(first) {
        first -= 1;
    }
    Some(tokens.start(first)..tokens.end(last))
}
