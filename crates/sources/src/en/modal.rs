//! Clauses with a modal: duties and undertakings.

use super::judge::Clause;
use super::lexicon::Kinds;
use super::participle::ends_phrase;
pub(super) use super::participle::participle;
use super::sentence::{Found, Reader, Voice};
use super::tokens::Tokens;
use super::verb_phrase::{is_infinitive, is_verb};
use crate::Rule;
use crate::draft::Draft;
use std::ops::Range;

impl Reader<'_, '_> {
    /// Whether the verb after a modal is passive.
    pub(super) fn is_passive(&self, modal: usize) -> bool {
        let t = self.t;
        let at = if t.word(modal) == "be" { modal } else { modal + 1 };
        let mut k = at + 1;
        while t.word(k).ends_with("ly") || matches!(t.word(k), "also" | "then" | "all") {
            k += 1;
        }
        t.word(at) == "be" && participle(t.word(k))
    }

    /// What the pronoun before the modal at `at` stands for, where its clause orders something.
    fn relative(&self, at: usize, kind: Modal) -> Option<Relative> {
        self.is_of_what(at).map(Relative::Thing).or_else(|| self.takes_on(at, kind).map(Relative::Doer))
    }

    /// "a survey, which is to be made": where the thing that a relative clause orders begins.
    fn is_of_what(&self, at: usize) -> Option<usize> {
        let t = self.t;
        let which = at.checked_sub(1).filter(|which| t.word(*which) == "which" && *which > 0)?;
        let brought = t.word(at + 3) != "paid" && super::spliced::is_brought(t.word(at + 3))
            || matches!(t.word(at + 3), "carried" | "brought");
        let ordered = matches!(t.word(at), "is" | "are") && t.says(at + 1, "to be") && brought;
        // "a plan, which is": the comma stands behind the thing.
        self.noun_phrase_before(which).filter(|from| ordered && t.word(*from) != "it")
    }

    /// "…, who will draft a letter": who takes that on, named before the relative pronoun.
    pub(super) fn takes_on(&self, at: usize, kind: Modal) -> Option<Range<usize>> {
        let t = self.t;
        let who = at.checked_sub(1).filter(|who| t.word(*who) == "who" && t.gap(*who).contains(','))?;
        // "Mr Hale, who will retire": what befalls him.
        let befalls = matches!(t.word(at + 1), "be" | "retire" | "resign" | "leave" | "not");
        let acts = kind == Modal::Will && who > 1 && !befalls;
        let acts =
            acts && (is_verb(t, at + 1) || t.word(at + 1) == "then" && is_verb(t, at + 2) || t.word(at + 1) == "also");
        (who.saturating_sub(4)..who).filter(|_| acts).find_map(|from| self.owner_in(from, who))
    }

    pub(super) fn modals(&self, voice: &Voice, out: &mut Vec<Draft>) {
        let t = self.t;
        if !t.holds(Kinds::MODAL) {
            return;
        }
        let found: Vec<(Clause, Option<Relative>)> = (0..t.len())
            .filter_map(|at| {
                let (kind, verb) = modal(t, at)?;
                let relative = self.relative(at, kind);
                let start = match &relative {
                    Some(Relative::Thing(_)) => at,
                    Some(Relative::Doer(_)) => at - 1,
                    None => self.clause_start(at),
                };
                Some((Clause { start: self.main_subject(start, at), at, kind, verb }, relative))
            })
            .collect();
        if found.is_empty() {
            return;
        }
        let last = self.before_speaker();
        let mut covered = 0;
        let mut before: Option<Found> = None;
        for (k, (clause, relative)) in found.iter().enumerate() {
            let Clause { start, at, kind, verb } = *clause;
            // "Should a typhoon be signalled, the office shall …": a condition.
            let inverted = at == 0 && t.word(at) == "should" && !is_verb(t, 1) && t.word(1) != "be";
            if at < covered || verb >= last || inverted {
                continue;
            }
            let next_clause = found[k + 1..]
                .iter()
                .map(|(next, _)| next)
                .find(|next| {
                    // "he will attend the conference and will report back".
                    let again =
                        next.start == next.at && word_links(t, next.at) && next.kind != Modal::To && next.at > verb + 1;
                    next.start > verb && (again || self.begins_clause(next.start, next.at))
                })
                .map(|next| self.condition_before(next.start).unwrap_or(next.start));
            // "…, and associations may be entrusted with it": what is only allowed.
            let allowed = (verb + 3..next_clause.unwrap_or(last))
                .filter(|n| matches!(t.word(*n), "may" | "might" | "could") && !t.is_capital(*n))
                .map(|n| (n, self.clause_start(n)))
                .find(|(n, start)| *start > verb + 1 && self.begins_clause(*start, *n))
                .map(|(_, start)| start);
            // "a survey, which is to be made, was discussed": where the relative clause ends.
            let thing = match relative {
                Some(Relative::Thing(from)) => Some(*from),
                Some(Relative::Doer(_)) | None => None,
            };
            let told = thing.and_then(|_| {
                (verb + 2..last).find(|n| matches!(t.word(*n), "was" | "were" | "is" | "are" | "has" | "have"))
            });
            let mut end = told.or(allowed).or(next_clause).unwrap_or(last);
            while end > verb + 1
                && end < t.len()
                && matches!(t.word(end - 1), "and" | "but" | "so" | "while" | "whilst" | "whereas" | "that" | "then")
            {
                end -= 1;
            }
            // "staff are to carry on but must not order signs": the subject stands before.
            let dropped = start == at && (at == 0 || matches!(t.word(at - 1), "but" | "and" | "which"));
            let found = match (dropped, &before) {
                _ if start + 1 == at
                    && let Some(Relative::Doer(owner)) = relative =>
                {
                    Found::by(Rule::EnUndertaking, Some(owner.clone()))
                }
                (true, Some(before)) => before.clone(),
                // "Needs to be held by November": notes leave the subject out.
                (true, None) if at == 0 && kind != Modal::Will => Found::by(Rule::EnModal, None),
                // "Will mend the stile": who spoke last will.
                (true, None) if at == 0 && is_verb(t, verb) | t.says(verb, "be") => {
                    let owner = voice.person.clone().or_else(|| voice.named.clone()).filter(|_| !self.is_passive(at));
                    Found::by(Rule::EnUndertaking, owner)
                }
                // "The road is bad and needs patched".
                (true, None) if matches!(t.word(at), "needs" | "need") && participle(t.word(at + 1)) => {
                    if (0..at).any(|n| matches!(t.word(n), "what" | "if" | "whether" | "who" | "which")) {
                        continue;
                    }
                    Found::by(Rule::EnModal, None)
                }
                // "the survey, which is to be made by the firm": what it is that has to be done.
                (true, None) if thing.is_some() => Found::by(Rule::EnModal, self.agent(verb)),
                // "The bench had been delivered and would be installed": by whom is said behind. "The horses can cause ruts
                // and should be watched".
                (true, None) if at > 0 && word_links(t, at) && kind != Modal::To && self.is_passive(at) => {
                    let begun = (1..at).any(|n| {
                        matches!(t.word(n), "had" | "has" | "have" | "was" | "were" | "is" | "are" | "needs")
                            || kind == Modal::Duty && t.word(n) == "can"
                    });
                    if !begun || t.find(0, at, "if").is_some() {
                        continue;
                    }
                    let rule = if kind == Modal::Will { Rule::EnUndertaking } else { Rule::EnModal };
                    Found::by(rule, self.agent(verb))
                }
                // "The crew has cleared the drains and will paint the rails".
                (true, None) if at > 0 && word_links(t, at) && !self.is_passive(at) => {
                    let supposed =
                        matches!(t.word(verb), "like" | "need" | "require" | "cost" | "have" | "take" | "be" | "mean")
                            && !t.word(verb + 1).ends_with("ing");
                    let owner = self.subject_before(at, voice).filter(|_| !(supposed && t.word(at) == "would"));
                    let Some(owner) = owner else { continue };
                    let rule = if kind == Modal::Will { Rule::EnUndertaking } else { Rule::EnModal };
                    Found::by(rule, owner)
                }
                (true, None) | (false, _) => {
                    let Some((owner, low)) = self.judge(*clause, voice) else { continue };
                    let rule = if kind == Modal::Will { Rule::EnUndertaking } else { Rule::EnModal };
                    Found { owner, rule, low }
                }
            };
            let from = if dropped { thing.unwrap_or(start) } else { self.fronted(start) };
            before = Some(found.clone());
            self.phrases(from, verb, end, found, out);
            covered = end;
        }
    }
}

/// What a relative pronoun stands for.
enum Relative {
    /// "…, who will": whoever takes it on.
    Doer(Range<usize>),
    /// "a survey, which is to be": where the words for the thing begin.
    Thing(usize),
}

/// What a modal asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Modal {
    /// Should, must, shall.
    Duty,
    /// Has to, needs to, is to.
    To,
    /// Will, would.
    Will,
}

/// What kind of modal a word is, and where its verb stands.
pub(super) fn modal(t: &Tokens<'_>, n: usize) -> Option<(Modal, usize)> {
    if !t.is(n, Kinds::MODAL) {
        return None;
    }
    // "Tess Garvey, Will Hoad": a name.
    if t.word(n) == "will" && n > 0 && t.is_capital(n) && t.is_capital(n + 1) {
        return None;
    }
    // "should there be one": a condition without "if".
    let inverts = matches!(
        t.word(n + 1),
        "there" | "it" | "he" | "she" | "they" | "we" | "you" | "one" | "any" | "anyone" | "the" | "this" | "a" | "an"
    );
    if inverts && matches!(t.word(n), "should" | "had" | "were") {
        return None;
    }
    let mut verb = n + 1;
    let between = |word: &str| {
        matches!(
            word,
            "now" | "also" | "then" | "therefore" | "further" | "still" | "currently" | "accordingly" | "all"
        )
    };
    let to = n + 1 + usize::from(between(t.word(n + 1)));
    let kind = match t.word(n) {
        "should" | "must" | "shall" => Modal::Duty,
        "ought" if t.word(n + 1) == "to" => {
            verb += 1;
            Modal::Duty
        }
        // "the road needs patched".
        "needs" | "need" if participle(t.word(n + 1)) && ends_phrase(t, n + 2) => Modal::To,
        // "the sign needs re-erecting".
        "needs" | "need"
            if n > 0 && t.word(n + 1).len() > 5 && t.word(n + 1).ends_with("ing") && ends_phrase(t, n + 2) =>
        {
            Modal::To
        }
        "has" | "have" | "needs" | "need" | "is" | "are" if t.word(to) == "to" => {
            // "There is still need to be quiet".
            let still =
                t.word(n) == "need" && n > 1 && t.word(n - 1) == "still" && matches!(t.word(n - 2), "is" | "was");
            let noun = still
                || t.word(n) == "need"
                    && matches!(
                        t.word(n.wrapping_sub(1)),
                        "a" | "the"
                            | "no"
                            | "any"
                            | "would"
                            | "will"
                            | "may"
                            | "could"
                            | "not"
                            | "might"
                            | "should"
                            | "must"
                    )
                || t.word(n) == "have"
                    && n > 0
                    && matches!(
                        t.word(n - 1),
                        "will"
                            | "would"
                            | "may"
                            | "might"
                            | "could"
                            | "not"
                            | "doesn't"
                            | "don't"
                            | "didn't"
                            | "doesn’t"
                            | "don’t"
                            | "didn’t"
                    );
            if noun {
                return None;
            }
            verb = to + 1;
            Modal::To
        }
        // "Dale is going to look after the mowers".
        "is" | "are" | "was" | "were" if t.says(n + 1, "going to") && is_infinitive(t, n + 3) => {
            verb = n + 3;
            Modal::Will
        }
        // "The benches needed to be mended": a need, as minutes report it.
        "needed"
            if n > 0
                && t.word(to) == "to"
                && !matches!(t.word(n - 1), "be" | "was" | "were" | "not" | "is" | "are" | "been") =>
        {
            verb = to + 1;
            Modal::To
        }
        // "The Clerk was to write": as minutes report it.
        "was" | "were"
            if t.word(to) == "to" && !matches!(t.word(n.wrapping_sub(1)), "it" | "if" | "this" | "that" | "there") =>
        {
            verb = to + 1;
            Modal::To
        }
        // "The Clerk advised that a form had to be returned": as minutes report it.
        "had" | "needed"
            if t.says(n + 1, "to be") && participle(t.word(n + 3)) && super::dependent::is_reported(t, n) =>
        {
            verb += 1;
            Modal::To
        }
        "is" | "are"
            if matches!(t.word(n + 1), "expected" | "required" | "obliged" | "requested" | "supposed")
                && t.word(n + 2) == "to" =>
        {
            verb += 2;
            Modal::To
        }
        "is" | "are" if t.says(n + 1, "going to") => {
            verb += 2;
            Modal::Will
        }
        "will" | "would" => {
            // "will need to", "will be required to".
            let needs = matches!(t.word(n + 1), "need" | "have" | "seek" | "endeavour" | "work" | "aim")
                && t.word(n + 2) == "to";
            let told = t.word(n + 1) == "be"
                && matches!(t.word(n + 2), "required" | "asked" | "expected" | "requested" | "invited")
                && t.word(n + 3) == "to";
            verb += 2 * usize::from(needs) + 3 * usize::from(told);
            Modal::Will
        }
        _ => return None,
    };
    // "will as usual lay a wreath", "would in due course write".
    let phrase = [
        ("as usual", 2),
        ("in due course", 3),
        ("once again", 2),
        ("once more", 2),
        ("of course", 2),
        ("in future", 2),
    ];
    if matches!(t.word(verb), "as" | "in" | "once" | "of")
        && let Some((_, width)) = phrase.iter().find(|(words, _)| t.says(verb, words))
    {
        verb += width;
    }
    while t.word(verb).ends_with("ly") && !is_verb(t, verb)
        || matches!(
            t.word(verb),
            "also"
                | "now"
                | "then"
                | "not"
                | "all"
                | "therefore"
                | "first"
                | "always"
                | "never"
                | "still"
                | "further"
                | "henceforth"
                | "each"
                | "both"
        )
    {
        verb += 1;
    }
    // "should, where possible, use".
    if t.gap(verb).contains(',') && !is_verb(t, verb) {
        let after = (verb + 1..t.len().min(verb + 7))
            .find(|k| t.gap(*k).contains(',') && (is_verb(t, *k) || t.word(*k) == "be"));
        verb = after.unwrap_or(verb);
    }
    (verb < t.len()).then_some((kind, verb))
}

/// "… and will paint": what joins a further verb to the subject before it.
fn word_links(t: &Tokens<'_>, at: usize) -> bool {
    at > 3 && matches!(t.word(at - 1), "and" | "but")
}
