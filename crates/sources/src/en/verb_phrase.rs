//! Where one order ends and the next begins: "draw up the plan, publish the list and close the gate".

use super::lexicon::Kinds;
use super::tokens::Tokens;
use super::words::EFFORTS;

/// Whether a word opens a verb phrase.
pub(crate) fn is_verb(t: &Tokens<'_>, n: usize) -> bool {
    t.is(n, Kinds::VERB) || t.is(n, Kinds::NOUN_VERB) && (determines(t.word(n + 1)) || loosely(t, n))
}

/// The verb after "to": a noun that is a verb as well is one there, and so is what is formed as verbs are.
pub(crate) fn is_infinitive(t: &Tokens<'_>, n: usize) -> bool {
    let word = t.word(n);
    is_verb(t, n)
        || t.is(n, Kinds::LISTED_NOUN_VERB)
        || matches!(word, "be" | "have" | "do")
        || word == "see" && matches!(t.word(n + 1), "that" | "to" | "whether" | "if")
        || word.len() > 5 && ["ise", "ize", "ify"].iter().any(|end| word.ends_with(end))
}

/// "report to the Board", "check with the firm": where a verb is looked for, a preposition shows one as well.
fn loosely(t: &Tokens<'_>, n: usize) -> bool {
    let before = if n == 0 { "" } else { t.word(n - 1) };
    let expected = n == 0 || matches!(before, "to" | "will" | "should" | "must" | "shall" | "would" | "not" | "then");
    let common = matches!(
        t.word(n),
        "report"
            | "return"
            | "work"
            | "contact"
            | "push"
            | "check"
            | "press"
            | "plan"
            | "talk"
            | "vote"
            | "act"
            | "look"
            | "follow"
    );
    (expected || common)
        && (matches!(
            t.word(n + 1),
            "with"
                | "on"
                | "to"
                | "for"
                | "into"
                | "back"
                | "progress"
                | "findings"
                | "after"
                | "towards"
                | "toward"
                | "alongside"
        ) || t.word(n) == "look" && t.word(n + 1) == "at")
}

/// "accepts", "authorises", "applies": a verb of which a body is the subject.
pub(crate) fn third_person(t: &Tokens<'_>, n: usize) -> bool {
    t.is(n, Kinds::THIRD_PERSON)
}

/// The base form of a verb in the third person.
pub(crate) fn base(word: &str) -> Option<&str> {
    let verb = |stem: &str| Kinds::of(stem).any(Kinds::VERB | Kinds::LISTED_NOUN_VERB);
    let stem = word.strip_suffix('s')?;
    if verb(stem) {
        return Some(stem);
    }
    stem.strip_suffix('e').filter(|stem| verb(stem))
}

/// Whether a word names an office, one or several.
pub(crate) fn is_office(t: &Tokens<'_>, n: usize) -> bool {
    t.is(n, Kinds::OFFICE)
}

/// "the Form and Grant Terms": capitals in a row name a thing.
fn is_named(t: &Tokens<'_>, n: usize) -> bool {
    n > 1 && t.is_capital(n) && t.is_capital(n + 1) && t.is_capital(n - 2) && t.raw(n).contains(char::is_lowercase)
}

/// Whether a bracket that opened before a word closes within the next few.
fn in_bracket(t: &Tokens<'_>, n: usize, to: usize) -> bool {
    let mark = (n + 1..to.min(n + 10)).find(|k| t.gap(*k).contains(['(', ')']));
    mark.is_some_and(|k| t.gap(k).find(')').is_some_and(|close| t.gap(k).find('(').is_none_or(|open| close < open)))
}

/// "to enable figures to be checked": a purpose, and no act of its own.
fn enables(word: &str) -> bool {
    matches!(
        word,
        "enable" | "allow" | "help" | "avoid" | "prevent" | "assist" | "facilitate" | "minimise" | "minimize"
    )
}

fn determines(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "a"
            | "an"
            | "all"
            | "any"
            | "its"
            | "their"
            | "our"
            | "his"
            | "her"
            | "this"
            | "these"
            | "those"
            | "each"
            | "every"
            | "no"
            | "three"
            | "two"
            | "up"
            | "out"
            | "down"
            | "off"
            | "over"
            | "whether"
            | "that"
            | "how"
            | "it"
            | "them"
    ) || word.starts_with(|c: char| c.is_ascii_digit())
}

/// The verb phrases of the words `from..to`, whose first verb is `verb`; word ranges, in order, with what joins them left out.
pub(crate) fn split(t: &Tokens<'_>, from: usize, verb: usize, to: usize) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = Vec::new();
    let (mut start, mut last_verb) = (from, verb);
    let mut ensured = t.word(verb) == "ensure";
    let third = !is_verb(t, verb) && third_person(t, verb);
    let mut n = verb + 1;
    while n < to {
        let comma = t.gap(n).contains([',', ';']);
        let and = t.word(n) == "and" || t.word(n) == "but" && modal_word(t.word(n + 1));
        // "so that no pupil is left out", ", with no fewer than 12,000 to be added": a state to reach.
        if (state_tail(t, n, to) || comma && counted_tail(t, n, to)) && n > last_verb {
            out.push((start, n));
            start = n;
            last_verb = n + 2;
            n += 3;
            continue;
        }
        // "both here (in the town and beyond) and elsewhere": a bracket goes with what it stands in.
        // "will remind owners to keep dogs in and clean up": what others are asked to do is one request.
        let asked = and
            && !comma
            && matches!(t.word(verb), "remind" | "ask" | "invite" | "urge" | "encourage" | "advise")
            && (verb + 2..n).any(|k| {
                t.word(k) == "to"
                    && is_infinitive(t, k + 1)
                    && !(verb + 1..k).any(|j| t.is(j, Kinds::LISTED_OFFICE) || t.is_capital(j))
            });
        if !comma && !and
            || asked
            || t.word(n) == "or"
            || in_bracket(t, n, to)
            || and && is_named(t, n + 1)
            || and && t.word(n + 1) == "stand" && matches!(t.word(n + 2), "for" | "in")
        {
            n += 1;
            continue;
        }
        // "go and look and, if there is rot, arrange its removal", "try her first and if she is away, take it in": what is to be done then.
        let behind =
            |k: &usize| t.gap(*k).contains(',') && (is_verb(t, *k) || t.word(*k) == "then" && is_verb(t, k + 1));
        if and
            && matches!(t.word(n + 1), "if" | "once" | "when")
            && let Some(then) = (n + 3..to.min(n + 14)).find(behind)
        {
            out.push((start, n));
            start = n + 1;
            last_verb = then + usize::from(t.word(then) == "then");
            n = last_verb + 1;
            continue;
        }
        // "collect, erect and light the tree": verbs that share one object.
        if comma
            && !and
            && n == last_verb + 1
            && t.is(n, Kinds::LISTED_VERB)
            && (t.breaks_before(n + 1) || t.word(n + 1) == "and")
        {
            last_verb = n;
            n += 1;
            continue;
        }
        let mut at = n + usize::from(and);
        at += 2 * usize::from(t.says(at, "still less") || t.says(at, "let alone") || t.says(at, "much less"));
        while at < to
            && (matches!(
                t.word(at),
                "also"
                    | "then"
                    | "to"
                    | "further"
                    | "thereafter"
                    | "thenceforth"
                    | "afterwards"
                    | "subsequently"
                    | "always"
                    | "jointly"
                    | "not"
                    | "second"
                    | "third"
                    | "finally"
                    | "secondly"
                    | "thirdly"
            ) || modal_word(t.word(at))
                || t.says(at, "do not")
                || (t.word(at).ends_with("ly") && !is_verb(t, at)))
        {
            at += 1;
        }
        let manner = at > n + usize::from(and) && t.word(at - 1).ends_with("ly");
        // "plan to establish and improve the system" has one object.
        // "HF to reply and put up posters": a verb without an object is one order as well.
        let alone = n == last_verb + 1 && and && matches!(t.word(last_verb), "reply" | "respond" | "apologise");
        let has_object = alone
            || n > last_verb + 1
                && (comma || !(t.is(n - 1, Kinds::LISTED_VERB) && matches!(t.word(n - 2), "to" | "and")));
        // "take it up, closely combine it with the work": with a manner of its own.
        // "and bring back a comparison": what is brought is an object of its own.
        let brings = t.word(at) == "bring" && t.word(at + 1) == "back" && determines(t.word(at + 2));
        // "re-baseline the plan and circulate to members": one object for both.
        let sent =
            and && matches!(
                t.word(at),
                "circulate"
                    | "send"
                    | "distribute"
                    | "forward"
                    | "submit"
                    | "return"
                    | "issue"
                    | "give"
                    | "pass"
                    | "email"
                    | "mail"
                    | "post"
                    | "deliver"
                    | "present"
                    | "show"
                    | "hand"
                    | "provide"
            ) && t.word(at + 1) == "to";
        let repeats = sent
            || matches!(t.word(at + 1), "it" | "them" | "him" | "her" | "back") && !brings
                && !(manner && comma && matches!(t.word(at + 2), "with" | "into"))
                // "are completed and put into operation": a participle beside another.
            || and && matches!(t.word(at), "put" | "cut" | "set" | "shut" | "let") && at == n + 1
                && t.word(n - 1).ends_with("ed")
                && matches!(t.word(n.wrapping_sub(2)), "are" | "is" | "be" | "been" | "were")
            // "find out and report to the next meeting": one chain towards one report.
            || t.word(at - 1) != "to" && matches!(t.word(at), "report" | "feed") && matches!(t.word(at + 1), "to" | "at" | "in" | "by" | "on")
            || and && (reports_back(t, at, to) || same_contact(t, last_verb, at, to));
        // "control the quality and schedule, and …": what has no object of its own is a noun.
        let object = at + 1 < to && !t.breaks_before(at + 1);
        let infinitive = at > 0 && t.word(at - 1) == "to" && is_infinitive(t, at);
        // ", to protect the bank": a purpose, unless the phrases before have their "to" as well.
        // ", to be submitted by June": what is made is described.
        let described = comma && !and && t.word(at - 1) == "to" && t.word(at) == "be";
        let purpose = described
            || t.word(at - 1) == "to"
                && t.word(n) != "and"
                && (t.word(verb.saturating_sub(1)) != "to" || enables(t.word(at)));
        // "build cordial and clean relations".
        let adjective = !comma
            && !t.word(n - 1).ends_with('s')
            && matches!(
                t.word(at),
                "clean"
                    | "clear"
                    | "complete"
                    | "correct"
                    | "direct"
                    | "secure"
                    | "open"
                    | "close"
                    | "present"
                    | "perfect"
                    | "separate"
                    | "lower"
            )
            && !determines(t.word(at + 1));
        // "find new sources, repair pumps and deliver water": a noun among verbs is one too.
        let parallel = comma
            && !and
            && t.is(at, Kinds::LISTED_NOUN_VERB)
            && (t.word(at + 1).ends_with('s')
                || matches!(t.word(at + 1), "in" | "at" | "on" | "with" | "up" | "out" | "down" | "over" | "off"))
            && (at + 2..to).any(|k| {
                t.word(k) == "and" && (is_verb(t, k + 1) || t.word(k + 1).ends_with("ly") && is_verb(t, k + 2))
            });
        let adopted = third
            && third_person(t, at)
            && (determines(t.word(at + 1)) || t.is_capital(at + 1) || t.word(at + 1) == "staff");
        // "accepts the bid and authorizes the purchase": one project.
        let stem = |n: usize| base(t.word(n)).unwrap_or(t.word(n));
        let one_project = and
            && matches!(stem(verb), "accept" | "award" | "approve")
            && matches!(stem(at), "authorize" | "authorise")
            && !(at + 1..to.min(at + 8)).any(|n| t.word(n) == "to");
        // "and will have the figures", "and would price the work": behind a modal stands a verb.
        let own_modal = modal_word(t.word(at.max(1) - 1))
            && (t.is(at, Kinds::LISTED_NOUN_VERB)
                || t.word(at) == "have" && t.word(at + 1) != "to" && !super::modal::participle(t.word(at + 1)));
        let phrase = at < to
            && !one_project
            && object
            && has_object
            && !repeats
            && !purpose
            && !adjective
            && (is_verb(t, at)
                || causes(t, at, to)
                || parallel
                || infinitive
                || own_modal
                || adopted
                || (manner && !t.word(at).ends_with("ed") && !t.word(at).ends_with("ing")));
        let negative = comma && t.says(n, "so as not to");
        let settled = ensured
            && comma
            && (at..to.min(at + 5)).any(|k| matches!(t.word(k), "is" | "are") && t.word(k + 1).ends_with("ed"));
        // "inspect the shops and reports be filed", "and signs to be put up", "and that 90% of calls are answered".
        if let Some(clause) = own_clause(t, n, and, ensured, verb > 0 && t.word(verb - 1) == "be", to) {
            out.push((start, n));
            start = clause;
            last_verb = clause + 1;
            n = clause + 2;
            continue;
        }
        let be =
            verb > 0 && t.word(verb - 1) == "be" || t.word(verb) == "be" && super::modal::participle(t.word(verb + 1));
        let passive = be && omits_be(t, n + usize::from(and), to);
        if (phrase && !is_tail(t, at, to)) || negative || settled || passive {
            out.push((start, n));
            start = n + usize::from(and);
            last_verb = at;
            ensured = (ensured && settled) || t.word(at) == "ensure";
        }
        n = at.max(n + 1);
    }
    out.push((start, to));
    merge_short(t, out, verb)
}

/// "inspect the bridge and advise Council at the next meeting", "and let the Clerk know": the end of one chain.
fn reports_back(t: &Tokens<'_>, at: usize, to: usize) -> bool {
    let told = |from: usize| {
        (from..to.min(from + 6)).any(|n| t.is(n, Kinds::BODY) || matches!(t.word(n), "clerk" | "members" | "meeting"))
    };
    match t.word(at) {
        "revert" => told(at + 1) || (at + 1..to.min(at + 5)).any(|n| t.is(n, Kinds::TITLE)),
        "advise" | "brief" | "inform" | "update" | "notify" => told(at + 1),
        "let" => (at + 2..to.min(at + 6)).any(|n| matches!(t.word(n), "know" | "have")),
        "give" => told(at + 1) && (at + 2..to.min(at + 6)).any(|n| matches!(t.word(n), "a" | "the")) && to - at <= 6,
        "report" | "present" | "bring" | "submit" => {
            let outcome = (at + 1..to.min(at + 4))
                .any(|n| matches!(t.word(n), "results" | "result" | "findings" | "outcome" | "outcomes" | "back"));
            outcome && (t.word(at) == "report" || told(at + 2))
        }
        _ => false,
    }
}

/// "write to the company and seek a meeting with its manager": one contact.
fn same_contact(t: &Tokens<'_>, first: usize, at: usize, to: usize) -> bool {
    let asks = matches!(t.word(at), "ask" | "enquire" | "inquire" | "find" | "see" | "request" | "query")
        && (at + 1..to.min(at + 3)).any(|n| {
            matches!(
                t.word(n),
                "what" | "whether" | "if" | "for" | "when" | "why" | "how" | "about" | "that" | "where" | "who"
            )
        });
    // "call the prosecutor and find out", "contact the company and get a quotation".
    let answered = matches!(t.word(at), "find") && t.word(at + 1) == "out" && at + 2 >= to
        || matches!(t.word(at), "get" | "obtain" | "request")
            && (at + 1..to.min(at + 6)).any(|n| {
                matches!(
                    t.word(n),
                    "quote"
                        | "quotes"
                        | "quotation"
                        | "quotations"
                        | "price"
                        | "prices"
                        | "draft"
                        | "date"
                        | "copy"
                        | "copies"
                        | "answer"
                        | "reply"
                        | "details"
                        | "update"
                        | "information"
                )
            });
    matches!(
        t.word(first),
        "write"
            | "contact"
            | "ring"
            | "call"
            | "email"
            | "phone"
            | "approach"
            | "telephone"
            | "speak"
            | "talk"
            | "meet"
    ) && (answered
        || matches!(
            t.word(at),
            "ask" | "seek" | "request" | "invite" | "urge" | "find" | "press" | "enquire" | "inquire" | "see" | "query"
        ) && (asks
            || (at + 1..to.min(at + 8))
                .any(|n| matches!(t.word(n), "it" | "its" | "them" | "their" | "him" | "her" | "his"))))
}

/// A clause behind "and" that has a subject and a passive of its own: where it begins.
fn own_clause(t: &Tokens<'_>, n: usize, and: bool, ensured: bool, listed: bool, to: usize) -> Option<usize> {
    let mut from = n + usize::from(and);
    let that = t.word(from) == "that";
    if that && !(and && ensured) {
        return None;
    }
    from += usize::from(that);
    let stop = |k: &usize| {
        t.breaks_before(*k) && *k > from
            || super::clause::is_finite(t, *k)
            || matches!(t.word(*k), "be" | "to" | "who" | "which" | "that" | "and")
            || super::clause::preposition(t.word(*k)) && t.word(*k) != "of"
    };
    let end = (from + 1..to.min(from + 8)).find(stop)?;
    let passive = |k: usize| {
        let manner = usize::from(t.word(k).ends_with("ly") || t.word(k) == "not");
        super::modal::participle(t.word(k + manner)) && k + manner < to
    };
    let follows = match t.word(end) {
        "be" => and && passive(end + 1),
        "to" => and && listed && t.word(end + 1) == "be" && passive(end + 2),
        "is" | "are" | "was" | "were" => that && passive(end + 1),
        _ => false,
    };
    let opens = is_verb(t, from) && !t.is(from, Kinds::LISTED_NOUN_VERB) || t.word(from).ends_with("ly");
    (follows && !opens).then_some(from)
}

/// "… be combined, duplicate groups abolished and forms simplified": a subject and a participle, "be" left out.
fn omits_be(t: &Tokens<'_>, from: usize, to: usize) -> bool {
    let end = (from + 1..to).find(|n| t.gap(*n).contains([',', ';']) || t.word(*n) == "and").unwrap_or(to);
    // The noun and its participle: "accounts kept in order", "duplicate groups abolished".
    let Some(last) =
        (from + 1..end.min(from + 4)).find(|n| super::modal::participle(t.word(*n)) && !t.word(n - 1).ends_with("ly"))
    else {
        return false;
    };
    let attribute =
        matches!(t.word(last - 1), "the" | "a" | "an" | "of" | "in" | "for" | "all" | "any" | "its" | "their" | "with");
    !attribute
        && end - from <= 16
        && !matches!(
            t.word(last),
            "concerned" | "affected" | "involved" | "required" | "listed" | "attached" | "needed"
        )
        && !(from..last)
            .any(|n| super::clause::is_finite(t, n) || matches!(t.word(n), "be" | "by" | "to" | "as" | "who" | "which"))
}

/// "have the Board check it": somebody sees to it that others act.
fn causes(t: &Tokens<'_>, at: usize, to: usize) -> bool {
    t.word(at) == "have"
        && determines(t.word(at + 1))
        && (at + 2..to.min(at + 6)).any(|n| t.is(n, Kinds::LISTED_VERB) && is_office(t, n - 1))
}

fn modal_word(word: &str) -> bool {
    matches!(word, "should" | "must" | "shall" | "will" | "would")
}

/// ", with at least 12,000 to be added": a number to reach, in words of its own.
fn counted_tail(t: &Tokens<'_>, n: usize, to: usize) -> bool {
    t.word(n) == "with"
        && (n + 2..to.min(n + 10)).any(|k| {
            let number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit()) || spelled(word);
            let counted = (n + 1..k).any(|m| number(t.word(m)));
            t.word(k) == "to"
                && is_infinitive(t, k + 1)
                && (counted || t.word(k + 1) != "be")
                && !(n + 1..k).any(|m| t.breaks_before(m + 1))
        })
}

/// Two and more, in letters.
fn spelled(word: &str) -> bool {
    word != "a" && civil::integer(word).is_some_and(|value| value >= 2)
}

/// "so that no applicant has to travel", "so that at least 500 people can be sheltered": a state with a yes or a number.
fn state_tail(t: &Tokens<'_>, n: usize, to: usize) -> bool {
    t.says(n, "so that")
        && n + 4 < to
        && (matches!(t.word(n + 2), "no" | "every" | "all" | "each" | "nobody" | "none")
            || (n + 2..to.min(n + 7)).any(|k| t.word(k).starts_with(|c: char| c.is_ascii_digit())))
}

/// "and ensure that …" closes the phrase before it, unless it names a state of its own; so does "and form a strong atmosphere".
fn is_tail(t: &Tokens<'_>, at: usize, to: usize) -> bool {
    if matches!(t.word(at), "form" | "create" | "foster" | "build" | "generate") && to - at <= 6 {
        return (at + 1..to).any(|n| {
            matches!(t.word(n), "atmosphere" | "synergy" | "momentum" | "deterrent" | "deterrence" | "environment")
        });
    }
    if t.word(at) != "ensure" {
        return false;
    }
    let settled = (at..to.min(at + 8)).any(|k| matches!(t.word(k), "is" | "are") && t.word(k + 1).ends_with("ed"));
    // "ensure that no eligible person is left out".
    let whole = (at + 1..at + 3).any(|k| matches!(t.word(k), "no" | "every" | "each" | "nobody"))
        && (at..to).any(|k| matches!(t.word(k), "is" | "are" | "has" | "have" | "can"));
    let settled = settled || whole;
    let counted = (at..to).any(|k| t.word(k).starts_with(|c: char| c.is_ascii_digit()));
    !settled && !counted
}

/// A run of slogans is one directive.
fn merge_short(t: &Tokens<'_>, phrases: Vec<(usize, usize)>, verb: usize) -> Vec<(usize, usize)> {
    let slogan = |word: &str| EFFORTS.has(word) || matches!(word, "put" | "prepare");
    let short = |(from, to): (usize, usize)| {
        // The first phrase has its subject before the verb.
        let from = if from < verb && verb < to { verb } else { from };
        let brief = (from + 1..=to).fold((from, true), |(start, brief), n| {
            let ends = n == to || t.gap(n).contains(',');
            if ends { (n, brief && n - start <= 4) } else { (start, brief) }
        });
        brief.1 && slogan(t.word(from))
    };
    let mut out: Vec<(usize, usize)> = Vec::new();
    let mut run = false;
    for phrase in phrases {
        let lone = phrase.1 - phrase.0 == 1;
        match out.last_mut() {
            Some(last) if (run && short(phrase)) || lone => {
                last.1 = phrase.1;
                run = true;
            }
            Some(_) | None => {
                run = short(phrase);
                out.push(phrase);
            }
        }
    }
    out
}
