//! Action, target or principle, for an English clause: by its verb and its object.

use std::ops::Range;

use super::effort;
use super::goal;
use super::lexicon::Kinds;
use super::quantity;
use super::tokens::Tokens;
use super::verb_phrase::is_verb;
use super::words::{EFFORTS, VERBS};
use crate::Class;

/// The class of the words of a clause in which these amounts stand, and the rule that gave it.
pub(crate) fn of(t: &Tokens<'_>, amounts: &[Range<usize>]) -> (Class, &'static str) {
    let phrase = t.text;
    let start = main_verb(t);
    let measured = !amounts.is_empty();
    if state(t, start, measured) {
        return (Class::Target, "en-class-state");
    }
    // "asks the Minister to reduce the limit": to ask is an act, whatever is asked for.
    if (0..t.len().min(10)).any(|n| {
        matches!(t.word(n), "call" | "calls" | "asks" | "requests" | "urges" | "urge" | "petition" | "lobby" | "write")
            && (n == 0 || n > 0 && t.is(n - 1, Kinds::BODY | Kinds::LISTED_OFFICE))
            && (!t.word(n).starts_with("call") || matches!(t.word(n + 1), "on" | "upon"))
            && !t.breaks_before(n + 1)
    }) {
        return (Class::Action, "en-class-asking");
    }
    // "strive to raise the share": what is striven for.
    let strives = matches!(t.word(start), "strive" | "try" | "aim" | "seek" | "endeavour" | "endeavor")
        && matches!(t.word(start + 1), "to" | "and")
        && t.word(start + 1) == if t.word(start) == "try" { t.word(start + 1) } else { "to" };
    let start = if strives { start + 2 } else { start };
    let product = || (start + 1..t.len()).any(|n| t.is(n, Kinds::PRODUCT));
    if strives && t.word(start - 2) == "strive" && !measured && !product() {
        return (Class::Principle, "en-class-effort");
    }
    let gerund = base_of_gerund(t.word(start));
    let verb = gerund.as_deref().unwrap_or(t.word(start));
    // "the two chiefs will work on it": their number is none of what they do.
    let sized = amounts.iter().any(|amount| amount.start >= t.start(start));
    if goal::reached(t, start, verb, measured) {
        return (Class::Target, "en-class-goal");
    }
    if let Some(found) = effort::told(t, start, measured) {
        return found;
    }
    if let Some(found) = level(t, start, verb, measured) {
        return found;
    }
    let reaches = (start..t.len()).any(|n| matches!(t.word(n), "reach" | "achieve" | "attain" | "complete" | "exceed"))
        || phrase.contains("at least")
        || phrase.contains("not less than");
    if measured
        && reaches
        && matches!(
            verb,
            "reach"
                | "achieve"
                | "attain"
                | "complete"
                | "increase"
                | "reduce"
                | "ensure"
                | "raise"
                | "cut"
                | "exceed"
                | "bring"
        )
    {
        return (Class::Target, "en-class-number");
    }
    // "hold no less than 60 fairs": what is held is no level.
    let events = verb == "hold"
        && (start + 1..t.len().min(start + 4)).any(|n| matches!(t.word(n), "less" | "least" | "fewer" | "more"));
    if measured
        && !events
        && (matches!(verb, "bring" | "keep" | "hold")
            || matches!(verb, "reduce" | "increase" | "raise" | "cut" | "expand") && !is_rate(t)
            || verb == "lower" && !phrase.contains(['£', '$', '€']) && !is_rate(t))
        && bounded(t, start)
    {
        return (Class::Target, "en-class-level");
    }
    // "every village should have a service", "every patient can reach a clinic": for all of them.
    let every = (0..t.len())
        .find(|n| t.word(*n) == "every" && (*n == 0 || t.word(n - 1) == "that" || t.word(n - 1) == "ensure"));
    // "Each kilometre must have at least six people on watch".
    let apiece = t.word(0) == "each"
        && measured
        && phrase.contains("at least")
        && (1..t.len().min(8))
            .any(|n| matches!(t.word(n), "have" | "keep" | "maintain" | "reach" | "cover" | "contain"));
    let universal = apiece
        || every.is_some_and(|at| {
            (at..t.len()).any(|n| matches!(t.word(n), "have" | "has" | "can" | "receive" | "receives" | "reach"))
        });
    if universal && verb != "make" {
        return (Class::Target, "en-class-universal");
    }
    // "All pending applications must be disposed of": a state that all reach.
    let all = t.word(0) == "all" || t.says(0, "every");
    let counted = t.word(1).starts_with(|c: char| c.is_ascii_digit()) && super::modal::participle(verb);
    if t.word(0) == "all" && counted && (1..start).any(|n| t.word(n) == "be") {
        return (Class::Target, "en-class-all");
    }
    if all
        && matches!(
            verb,
            "disposed"
                | "cleared"
                | "closed"
                | "completed"
                | "resolved"
                | "settled"
                | "cleaned"
                | "eliminated"
                | "vaccinated"
                | "paid"
                | "connected"
        )
    {
        return (Class::Target, "en-class-all");
    }
    if verb == "complete"
        && (start..t.len()).any(|n| matches!(t.word(n), "objectives" | "targets" | "tasks" | "goals" | "all"))
    {
        return (Class::Target, "en-class-all-tasks");
    }
    // "properly arrange", "strictly prohibit": what counts is the manner.
    let manner = start > 0
        && matches!(
            t.word(start - 1),
            "properly"
                | "earnestly"
                | "effectively"
                | "strictly"
                | "resolutely"
                | "vigorously"
                | "actively"
                | "continuously"
                | "conscientiously"
                | "steadily"
                | "unswervingly"
                | "firmly"
                | "vigilantly"
                | "scientifically"
                | "always"
                | "closely"
                | "rationally"
                | "comprehensively"
                | "deeply"
                | "solidly"
                | "seriously"
                | "thoroughly"
                | "meticulously"
        );
    // "strictly implement the 24-hour duty system": an instrument with a name.
    let instrument = matches!(verb, "implement" | "enforce" | "operate")
        && (start + 2..t.len().min(start + 7))
            .any(|n| matches!(t.word(n), "system" | "regime" | "rota") && t.word(start + 1) == "the");
    if instrument {
        return (Class::Action, "en-class-instrument");
    }
    if manner && !measured && !(start + 1..t.len()).any(|n| t.is(n, Kinds::PRODUCT)) {
        return (Class::Principle, "en-class-manner");
    }
    // "put people first", "step up the building of", "carry on with the checks".
    let leading = t.word(start) == "put"
        && (start + 1..t.len().min(start + 9))
            .any(|n| matches!(t.word(n), "first" | "role" | "priority" | "centre" | "center"));
    // "hold the line on overtime", "turn what was learnt into action".
    let leading = leading
        || t.says(start, "hold the line")
        || t.word(start) == "overcome"
        || t.word(start) == "turn"
            && t.find(start, t.len(), "into").is_some_and(|into| {
                (into + 1..t.len().min(into + 5)).any(|n| {
                    matches!(
                        t.word(n),
                        "action"
                            | "actions"
                            | "results"
                            | "reality"
                            | "practice"
                            | "advantages"
                            | "strength"
                            | "momentum"
                    )
                })
            })
        || t.word(start) == "coordinate"
            && !matches!(t.word(start + 1), "with" | "a" | "the")
            && !(start + 1..t.len()).any(|n| t.is(n, Kinds::PRODUCT) || t.word(n) == "with");
    // "implement the policies of reducing burdens": a package.
    let package = verb == "implement"
        && (start + 1..t.len().min(start + 7)).any(|n| {
            matches!(t.word(n), "policies" | "measures" | "decisions" | "arrangements")
                && matches!(t.word(n + 1), "of" | "on" | "for" | "to" | "and")
        });
    if package {
        return (Class::Principle, "en-class-effort");
    }
    // "perform their duties", "form a joint force".
    let duties = matches!(t.word(start), "perform" | "fulfil" | "fulfill" | "discharge")
        && (start + 1..t.len().min(start + 5)).any(|n| matches!(t.word(n), "duties" | "duty" | "responsibilities"));
    if duties
        || leading
        || t.says(start, "speed up") && !measured
        || t.says(start, "step up")
        || t.says(start, "carry on")
        || t.says(start, "carry forward")
    {
        return (Class::Principle, "en-class-effort");
    }
    if passive_effort(t, start) {
        return (Class::Principle, "en-class-passive-effort");
    }
    // "build trust": no building.
    let bond = matches!(verb, "build" | "create" | "form" | "foster" | "establish")
        && (start + 1..t.len().min(start + 8)).any(|n| {
            matches!(
                t.word(n),
                "relations"
                    | "relationship"
                    | "relationships"
                    | "trust"
                    | "confidence"
                    | "awareness"
                    | "consensus"
                    | "culture"
                    | "resilience"
                    | "environment"
                    | "atmosphere"
                    | "synergy"
                    | "momentum"
                    | "barrier"
                    | "defence"
                    | "defense"
                    | "ecosystem"
            ) || t.says(n, "joint force")
        });
    if bond {
        return (Class::Principle, "en-class-effort");
    }
    let object = (start + 1..t.len().min(start + 14)).any(|n| t.is(n, Kinds::PRODUCT));
    let making = matches!(
        verb,
        "implement"
            | "make"
            | "set"
            | "take"
            | "do"
            | "follow"
            | "develop"
            | "give"
            | "consider"
            | "lead"
            | "seek"
            | "keep"
            | "pay"
            | "deal"
            | "look"
            | "clarify"
    );
    // "support the application", "proceed with the project": a reply that is sent, a work that is done.
    let taken = (start + 1..t.len().min(start + 5)).any(|n| match verb {
        "support" | "oppose" | "object" | "endorse" | "back" => {
            matches!(t.word(n), "application" | "applications" | "proposal" | "plans" | "objection" | "bid")
        }
        "implement" | "proceed" | "progress" | "continue" => matches!(t.word(n), "project" | "scheme" | "objection"),
        _ => false,
    });
    if taken {
        return (Class::Action, "en-class-taken");
    }
    if EFFORTS.has(verb) && !(object && making && !vague(t, start)) {
        // Paying a bill, setting up a meeting and taking a reading are acts.
        // To set a hearing, a price or a limit is an act; to set an example or the tone is none.
        let sets = verb == "set"
            && !(start + 1..t.len().min(start + 5)).any(|n| {
                matches!(
                    t.word(n),
                    "example" | "examples" | "tone" | "priorities" | "direction" | "standards" | "store" | "pace"
                )
            });
        let act = sets
            || verb == "pay" && !t.says(start + 1, "attention") && !t.says(start + 1, "close attention")
            || t.says(start, "set up")
            || t.says(start, "set out")
            || verb == "make"
                && (start + 1..t.len().min(start + 5)).any(|n| {
                    matches!(
                        t.word(n),
                        "changes"
                            | "amendments"
                            | "contact"
                            | "arrangements"
                            | "arrangement"
                            | "visits"
                            | "copies"
                            | "representations"
                            | "repairs"
                            | "enquiries"
                            | "inquiries"
                    )
                })
            || matches!(verb, "stay" | "remain" | "keep")
                && (start + 1..t.len().min(start + 5)).any(|n| matches!(t.word(n), "shut" | "closed" | "open"))
            || t.says(start, "work up")
            || t.says(start, "work out")
            || verb == "take"
                && (start + 1..t.len().min(start + 5)).any(|n| matches!(t.word(n), "up" | "down" | "out"))
            || verb == "do" && matches!(t.word(start + 1), "this" | "that" | "so")
            || verb == "do" && does(t, start)
            || verb == "make"
                && (start + 1..t.len().min(start + 7)).any(|n| matches!(t.word(n), "public" | "available"))
            || verb == "keep"
                && (start + 1..t.len().min(start + 7)).any(|n| matches!(t.word(n), "open" | "closed" | "force"))
            || t.says(start, "look into")
            || t.says(start, "look at")
            || t.says(start, "look over")
            || t.says(start, "follow up")
            || t.says(start, "carry out")
            || t.says(start, "take down")
            || t.says(start, "make an")
            || t.says(start, "make a")
            || t.says(start, "work with")
            || t.says(start, "put");
        return if act || sized { (Class::Action, "en-class-act") } else { (Class::Principle, "en-class-effort") };
    }
    (Class::Action, "en-class-rest")
}

/// "do the poster", "do minutes": a piece of work, and no "do more", "do their best".
fn does(t: &Tokens<'_>, start: usize) -> bool {
    let noun = start + 1 + usize::from(matches!(t.word(start + 1), "the" | "a" | "another"));
    let vague = matches!(
        t.word(noun),
        "more"
            | "better"
            | "best"
            | "well"
            | "good"
            | "everything"
            | "all"
            | "their"
            | "its"
            | "our"
            | "what"
            | "as"
            | "solid"
            | "utmost"
            | "not"
            | "most"
    );
    noun < t.len()
        && !vague
        && !t.breaks_before(noun)
        && (noun + 1 >= t.len() || t.breaks_before(noun + 1) || super::clause::preposition(t.word(noun + 1)))
}

/// What must not fall below a level, what is finished for all, what is cut by a share: targets. A fee that is changed is an act.
fn level(t: &Tokens<'_>, start: usize, verb: &str, measured: bool) -> Option<(Class, &'static str)> {
    let rate = is_rate(t);
    if completed(t, start, verb) {
        return Some((Class::Target, "en-class-completed"));
    }
    let forbidden =
        (0..start).any(|n| t.word(n) == "not" && matches!(t.word(n - n.min(1)), "must" | "shall" | "should" | "to"));
    level_of(t, start, verb, measured, rate, forbidden)
}

/// "the washrooms will be opened by May 17", "finish the remainder": a state that is reached by a day, or wholly.
fn completed(t: &Tokens<'_>, start: usize, verb: &str) -> bool {
    let state = matches!(
        verb,
        "completed"
            | "finished"
            | "covered"
            | "opened"
            | "reopened"
            | "restored"
            | "complete"
            | "open"
            | "operational"
            | "ready"
            | "closed"
    ) || (t.says(start, "returned to") || t.says(start, "brought back") || t.says(start, "put back"))
        && (start + 2..t.len().min(start + 5)).any(|n| matches!(t.word(n), "use" | "service" | "operation"))
        || t.says(start, "in place")
        || t.says(start, "in operation")
        || t.says(start, "in service");
    let passive = (0..start).any(|n| t.word(n) == "be");
    if state && passive {
        return super::due::find_in(t, &crate::due::Anchor::default()).iter().any(|time| time.binding);
    }
    let whole = (start + 1..t.len().min(start + 6))
        .any(|n| matches!(t.word(n), "remainder" | "remaining" | "rest" | "backlog" | "outstanding"));
    matches!(verb, "finish" | "complete" | "clear") && whole
}

/// A fee, a rate, a price: to change one is an act.
fn is_rate(t: &Tokens<'_>) -> bool {
    (0..t.len()).any(|n| {
        matches!(
            t.word(n),
            "fee"
                | "fees"
                | "rate"
                | "rates"
                | "tax"
                | "duty"
                | "charge"
                | "charges"
                | "price"
                | "prices"
                | "toll"
                | "rent"
                | "fare"
                | "salary"
                | "allowance"
                | "subsidy"
                | "budget"
                | "subsidies"
                | "pension"
                | "bonus"
                | "benefit"
                | "precept"
                | "levy"
                | "subscription"
                | "wage"
                | "wages"
                | "pay"
                | "rental"
                | "rentals"
                | "deposit"
                | "dues"
                | "fine"
                | "fines"
                | "premium"
                | "stipend"
                | "stipends"
                | "surcharge"
                | "tariff"
                | "fares"
                | "rents"
        )
    })
}

fn level_of(
    t: &Tokens<'_>,
    start: usize,
    verb: &str,
    measured: bool,
    rate: bool,
    forbidden: bool,
) -> Option<(Class, &'static str)> {
    if measured
        && matches!(verb, "fall" | "drop" | "exceed" | "rise" | "decline" | "surpass" | "slip" | "increase")
        && (forbidden || !rate || (start..t.len()).any(|n| matches!(t.word(n), "below" | "under")))
    {
        return Some((Class::Target, "en-class-level"));
    }
    // "at least 90% must be answered": a share to reach.
    let parts = t.gap(1).contains('%')
        || (0..t.len().min(6)).any(|n| t.says(n, "per cent") || t.word(n) == "percent")
        || (0..t.len().min(4)).any(|n| t.gap(n).contains('%'));
    let done = matches!(
        verb,
        "completed"
            | "answered"
            | "reached"
            | "met"
            | "achieved"
            | "covered"
            | "connected"
            | "vaccinated"
            | "cleared"
            | "built"
    );
    let opens = t.word(0).starts_with(|c: char| c.is_ascii_digit()) && t.gap(1).contains('%');
    let share = measured
        && (opens
            || (parts || done) && (t.says(0, "at least") || t.says(0, "no fewer than"))
            || t.says(0, "with no fewer")
            || t.says(0, "with at least"));
    if share {
        return Some((Class::Target, "en-class-number"));
    }
    // "Efforts should be made to …", "More should be done to …": an effort, unless it makes something.
    let effort = (0..start).any(|n| matches!(t.word(n), "efforts" | "effort") || t.says(n, "more should be done"));
    if effort && !measured && !(start + 1..t.len()).any(|n| t.is(n, Kinds::PRODUCT)) {
        return Some((Class::Principle, "en-class-effort"));
    }
    let finishes = matches!(
        verb,
        "complete"
            | "completed"
            | "finish"
            | "finished"
            | "conclude"
            | "concluded"
            | "settle"
            | "settled"
            | "cleared"
            | "restore"
            | "restored"
            | "eliminate"
            | "eliminated"
            | "vaccinate"
            | "vaccinated"
            | "resolved"
            | "closed"
            | "connected"
            | "pass"
            | "clear"
            | "covered"
            | "equipped"
    );
    let all = (0..t.len().min(start + 12)).any(|n| matches!(t.word(n), "all" | "every"));
    if finishes && (measured && verb.starts_with("complete") || all) {
        return Some((Class::Target, "en-class-all"));
    }
    let changed = matches!(
        verb,
        "reduced" | "increased" | "raised" | "cut" | "lowered" | "brought" | "kept" | "held" | "doubled" | "halved"
    );
    // "£300 be held over for the hall": put aside, and no level.
    let aside = matches!(t.word(start + 1), "over" | "for" | "back") && matches!(verb, "kept" | "held");
    if measured
        && changed
        && !aside
        && (!rate || matches!(verb, "brought" | "kept" | "held"))
        && (bounded(t, start) || matches!(verb, "kept" | "held"))
    {
        return Some((Class::Target, "en-class-level"));
    }
    if matches!(verb, "doubled" | "halved" | "double" | "halve") && !rate {
        return Some((Class::Target, "en-class-level"));
    }
    let money =
        (start + 1..t.len().min(start + 5)).any(|n| t.word(n).starts_with(['£', '$', '€']) || quantity::is_money(t, n));
    // "raise it to $75" changes a price, "raise $500" finds money.
    let money = money && !(start + 1..t.len().min(start + 5)).any(|n| t.word(n) == "to");
    if verb == "raise" && money && !rate {
        return Some((Class::Target, "en-class-number"));
    }
    // "all records to be searchable by June": a state of all of them.
    let state = (0..t.len()).find(|n| t.says(*n, "to be") && !super::modal::participle(t.word(n + 2)));
    if all && state.is_some() {
        return Some((Class::Target, "en-class-all"));
    }
    // What must not be done is a rule of conduct.
    let barred = t.word(0) == "no"
        && !t.is_capital(1)
        && (1..t.len().min(6))
            .any(|n| matches!(t.word(n), "shall" | "must" | "should") || t.says(n, "is to") || t.says(n, "are to"));
    let conduct = forbidden
        || barred
        || t.says(0, "not to")
        || t.word(0) == "no" && !t.is_capital(1) && (0..t.len()).any(|n| t.says(n, "to be"))
        || t.says(0, "still less");
    (conduct && !measured).then_some((Class::Principle, "en-class-conduct"))
}

/// "strengthening" → "strengthen", "raising" → "raise".
fn base_of_gerund(word: &str) -> Option<String> {
    let stem = word.strip_suffix("ing").filter(|stem| stem.len() > 2)?;
    let known = |stem: &str| VERBS.has(stem) || EFFORTS.has(stem);
    let silent = format!("{stem}e");
    let single = stem.get(..stem.len() - 1).unwrap_or(stem);
    [stem, silent.as_str(), single].into_iter().find(|stem| known(stem)).map(str::to_owned)
}

/// "to no more than 90", "by at least 5 per cent": a level to reach.
fn bounded(t: &Tokens<'_>, start: usize) -> bool {
    let compared = ["no more than", "not more than", "no less than", "not less than", "at most"];
    (start..t.len()).any(|n| compared.iter().any(|words| t.says(n, words)))
        || (start..t.len()).any(|n| {
            let dated =
                |k: usize| civil::month_named(t.word(k - 1)).is_some() || civil::month_named(t.word(k + 1)).is_some();
            matches!(t.word(n), "to" | "by" | "below" | "above" | "under" | "at")
                && (t.word(n + 1) == "zero"
                    || (n + 1..n + 5).any(|k| {
                        let share = matches!(t.word(k + 1), "percentage" | "percent") || t.says(k + 1, "per cent");
                        (t.word(k).starts_with(|c: char| c.is_ascii_digit()) || share) && !dated(k)
                    }))
        })
}

fn vague(t: &Tokens<'_>, start: usize) -> bool {
    (start..t.len())
        .any(|n| matches!(t.word(n), "spirit" | "effort" | "efforts" | "principle" | "principles" | "requirements"))
}

/// The verb that says what is done: the first word if it is one, else that after the modal, "to" and adverbs.
fn main_verb(t: &Tokens<'_>) -> usize {
    let opens = (0..t.len()).find(|n| !t.word(*n).ends_with("ly")).unwrap_or(0);
    // "Remaining schools to be covered" has its verb behind.
    let described = (opens + 1..t.len().min(opens + 8)).any(|n| {
        matches!(t.word(n), "should" | "must" | "shall" | "will" | "would") || t.says(n, "to be") || t.says(n, "are to")
    });
    if base_of_gerund(t.word(opens)).is_some() && !described {
        return opens;
    }
    if is_verb(t, opens) && t.word(opens + 1) != "should" && !t.says(opens, "council") {
        return opens;
    }
    let modal = (0..t.len()).find(|n| {
        matches!(t.word(*n), "should" | "must" | "shall" | "will" | "would" | "agreed" | "resolved" | "decided" | "to")
            && !t.says(n + 1, "exceed")
    });
    // "That directors bring spending back to within budget": a verb in its base form before "to", or with no modal at all.
    let until = modal.filter(|n| t.word(*n) == "to").or(if modal.is_none() { Some(t.len()) } else { None });
    let caused = matches!(t.word(0), "have" | "let" | "get" | "make");
    let bare = until.filter(|_| !caused).and_then(|until| (1..until.min(14)).find(|n| subjunctive(t, *n)));
    if let Some(bare) = bare.filter(|bare| !(0..*bare).any(|n| t.word(n) == "be")) {
        return bare;
    }
    // "the arena be reopened to clubs": the passive stands before "to".
    let be = (1..t.len()).find(|n| t.word(*n) == "be");
    let modal = match (modal, be) {
        (Some(modal), Some(be)) if t.word(modal) == "to" && be < modal => Some(be),
        (modal, be) => modal.or(be),
    };
    let mut n = modal.map_or(0, |n| n + 1);
    let mut steps = 0;
    while n < t.len() && steps < 8 {
        let word = t.word(n);
        if !(word == "to"
            || word == "have"
            || word == "also"
            || word == "now"
            || word.ends_with("ly")
            || matches!(word, "that" | "not" | "all" | "only" | "further" | "then" | "therefore" | "be" | "always"))
        {
            break;
        }
        n += 1;
        steps += 1;
    }
    // "Efforts should be made to stabilise".
    if matches!(t.word(n), "made" | "needed" | "taken" | "stepped" | "intensified")
        && let Some(to) = t.find(n, t.len().min(n + 4), "to")
    {
        n = to + 1;
        while t.word(n).ends_with("ly") {
            n += 1;
        }
    }
    if n < t.len() { n } else { 0 }
}

/// A verb behind its subject: "punctuality on all routes reach 85 per cent".
fn subjunctive(t: &Tokens<'_>, n: usize) -> bool {
    let object = matches!(t.word(n + 1), "the" | "a" | "an" | "all" | "its" | "their" | "at" | "no")
        || t.word(n + 1).starts_with(|c: char| c.is_ascii_digit());
    let named = t.is_capital(n)
        || matches!(
            t.word(n - 1),
            "the" | "a" | "an" | "this" | "of" | "for" | "its" | "their" | "any" | "each" | "in"
        );
    !named && !t.breaks_before(n) && (t.is(n, Kinds::LISTED_VERB) || t.is(n, Kinds::LISTED_NOUN_VERB) && object)
}

/// "be monitored", "be considered", "be kept under review".
fn passive_effort(t: &Tokens<'_>, start: usize) -> bool {
    // "be kept under close review".
    let under_review =
        (start..t.len().min(start + 6)).any(|n| t.word(n) == "under" && (n + 1..n + 3).any(|k| t.word(k) == "review"));
    // "be considered at the next meeting": put before it.
    let put = |n: usize| matches!(t.word(n), "meeting" | "session" | "agenda");
    if t.word(start) == "considered" && (start + 1..t.len()).any(put) {
        return false;
    }
    if t.says(start, "held accountable")
        || t.says(start, "held to account")
        || t.says(start, "go all")
        || t.says(start, "go deep")
        || t.says(start, "go to the front")
        || t.says(start, "hold fast")
        || t.says(start, "hold firm")
    {
        return true;
    }
    let earnest = (start..t.len()).any(|n| t.says(n, "in earnest") || t.says(n, "to the letter"));
    under_review
        || earnest
        || matches!(
            t.word(start),
            "monitored"
                | "advanced"
                | "considered"
                | "encouraged"
                | "supported"
                | "strengthened"
                | "promoted"
                | "improved"
                | "maintained"
                | "watched"
                | "treated"
                | "punished"
                | "accountable"
                | "sanctioned"
                | "stepped"
                | "intensified"
                | "safeguarded"
                | "accelerated"
                | "deepened"
                | "upheld"
                | "guarded"
                | "prioritised"
                | "prioritized"
                | "reminded"
                | "affirmed"
                | "mindful"
                | "aware"
                | "sure"
                | "respected"
                | "dealt"
                | "tightened"
                | "reinforced"
                | "consolidated"
                | "enhanced"
                | "optimised"
                | "optimized"
                | "avoided"
                | "observed"
        )
}

/// A state that is reached or not: "all cases are closed", "so that no pupil is left out".
fn state(t: &Tokens<'_>, start: usize, measured: bool) -> bool {
    if t.says(0, "so as not to") || t.says(0, "so that") || (0..t.len()).any(|n| t.says(n, "not let a single")) {
        return true;
    }
    let ensured = matches!(t.word(start), "ensure" | "guarantee");
    // "ensure that more than 3,000 pupils get places".
    let bounds = ["more than", "at least", "no less than", "not less than", "no fewer than", "over"];
    let counted = (start + 1..t.len().min(start + 5)).any(|n| bounds.iter().any(|words| t.says(n, words)));
    let reached = (start + 2..t.len()).any(|n| matches!(t.word(n), "reaches" | "reach" | "exceeds" | "exceed"));
    if ensured && t.word(start + 1) == "that" && (counted || reached && measured) {
        return true;
    }
    // "there should be no loss of life".
    if t.word(0) == "there" && (1..t.len().min(6)).any(|n| t.says(n, "be no")) {
        return true;
    }
    // "ensure that subsidies are paid in full", "that the burden is not increased".
    let done = |n: usize| {
        let negated = usize::from(t.word(n + 1) == "not");
        matches!(t.word(n), "is" | "are" | "was" | "were") && super::modal::participle(t.word(n + 1 + negated))
    };
    if ensured && (start + 1..t.len()).any(done) {
        return true;
    }
    if ensured && (start + 1..start + 3).any(|n| matches!(t.word(n), "no" | "nobody")) {
        return true;
    }
    let from = if ensured { start + 1 } else { 0 };
    let bare = t.is(0, Kinds::LISTED_VERB) || t.is(0, Kinds::LISTED_NOUN_VERB);
    if !ensured && bare {
        return false;
    }
    let settled = (from..t.len()).any(|n| {
        matches!(t.word(n), "is" | "are")
            && t.word(n + 1).ends_with("ed")
            && n + 2 >= from
            && !matches!(
                t.word(n + 1),
                "needed"
                    | "expected"
                    | "required"
                    | "authorised"
                    | "authorized"
                    | "asked"
                    | "instructed"
                    | "directed"
                    | "requested"
                    | "reminded"
                    | "urged"
                    | "tasked"
                    | "mandated"
                    | "ordered"
                    | "charged"
                    | "called"
                    | "invited"
                    | "encouraged"
            )
    });
    settled
        && !(0..t.len())
            .any(|n| matches!(t.word(n), "should" | "must" | "shall" | "will" | "would" | "agreed" | "resolved" | "if"))
}
