//! Where a clause begins and where it ends: its subject, what joins it to the one before, what stands in front of it.

use super::lexicon::Kinds;
use super::modal::modal;
use super::sentence::Reader;
use super::tokens::Tokens;
use super::verb_phrase::{is_infinitive, is_verb, third_person};

/// A subject has no more words than this.
const SUBJECT_MAX: usize = 24;

/// A verb that carries a tense: where one stands, no bare noun phrase does.
pub(super) fn is_finite(t: &Tokens<'_>, n: usize) -> bool {
    let word = t.word(n);
    is_auxiliary(word) || is_past(t, n)
}

/// Forms of "be", "have", "do" and the modals.
pub(super) fn is_auxiliary(word: &str) -> bool {
    matches!(
        word,
        "is" | "are"
            | "was"
            | "were"
            | "am"
            | "has"
            | "have"
            | "had"
            | "does"
            | "did"
            | "will"
            | "would"
            | "should"
            | "must"
            | "shall"
            | "can"
            | "could"
            | "may"
            | "might"
            | "cannot"
    )
}

/// "decided", "took": a past tense, and not what a noun is said to be: "the revised plan".
fn is_past(t: &Tokens<'_>, n: usize) -> bool {
    let word = t.word(n);
    let irregular = matches!(
        word,
        "made"
            | "took"
            | "gave"
            | "went"
            | "said"
            | "told"
            | "wrote"
            | "sent"
            | "held"
            | "met"
            | "found"
            | "brought"
            | "got"
            | "began"
            | "came"
            | "left"
            | "spoke"
            | "thought"
            | "felt"
            | "saw"
            | "knew"
            | "became"
            | "paid"
            | "built"
            | "bought"
            | "rose"
            | "fell"
            | "grew"
            | "led"
            | "kept"
            | "heard"
    );
    let attribute = n > 0
        && (matches!(
            t.word(n - 1),
            "the"
                | "a"
                | "an"
                | "its"
                | "their"
                | "his"
                | "her"
                | "our"
                | "all"
                | "any"
                | "and"
                | "of"
                | "for"
                | "newly"
                | "no"
        ) || t.word(n - 1).ends_with("ly"));
    let told =
        word.len() > 4 && word.ends_with("ed") && !t.is_capital(n) && !matches!(word, "need" | "indeed" | "hundred");
    irregular || told && !attribute
}

impl Reader<'_, '_> {
    /// Where the clause of a modal begins: the first word of its subject.
    pub(super) fn clause_start(&self, modal: usize) -> usize {
        let t = self.t;
        let (mut n, mut joined) = (modal, false);
        let mut passed = modal;
        while n > 0 && modal - n < SUBJECT_MAX {
            let word = t.word(n - 1);
            let gap = t.gap(n);
            if n == modal && gap.contains([':', ';']) {
                break;
            }
            // "told cities they must": a pronoun is a subject of its own.
            if n + 1 == modal && matches!(t.word(n), "he" | "she" | "they" | "we" | "it" | "i" | "you") {
                break;
            }
            // "The amount of 140 million yuan ($20 million) in refunds should": so has it.
            if gap.contains(')')
                && let Some(open) = (n.saturating_sub(5)..n).rev().find(|k| t.gap(*k).contains('('))
                && t.raw(open).starts_with(|c: char| c.is_ascii_digit() || "$£€".contains(c))
            {
                n = open;
                passed = open;
                continue;
            }
            // "all counties (cities, districts) and departments should": the bracket belongs to the name.
            if gap.contains(')')
                && matches!(t.word(n), "and" | "or")
                && let Some(open) = (n.saturating_sub(6)..n).rev().find(|k| t.gap(*k).contains('('))
            {
                n = open;
                passed = open;
                joined = true;
                continue;
            }
            if (gap.contains([',', ':', ';', '(', ')', '–', '—']) || matches!(gap, " - " | "- ")) && n != passed {
                // "The Mayor, the Clerk and the Treasurer should": names in a row.
                // "The Executive Engineer, Veloor shall": the place belongs to the post.
                let posted = gap.trim() == "," && modal - n <= 2 && (n..modal).all(|k| t.is_capital(k));
                let office = posted && t.is(n - 1, Kinds::LISTED_OFFICE) && t.is_capital(n - 1);
                let Some(piece) = self.piece_before(n).filter(|_| (joined || office) && gap.trim() == ",") else {
                    break;
                };
                n = piece;
                continue;
            }
            // "The Head of Highways, in consultation with the Clerk, should": the subject stands before the commas.
            if n == modal
                && gap.contains([',', ')'])
                && let Some(open) = self.parenthesis(modal)
            {
                n = open;
                passed = open;
                continue;
            }
            let names = matches!(word, "and" | "or") && n >= 2 && n < modal && self.joins_nouns(n - 1, modal);
            if names {
                joined = true;
            } else if self.opens_clause(n - 1, modal) {
                break;
            }
            n -= 1;
        }
        n
    }

    /// Whether a word before the subject `n + 1 ..` begins or introduces its clause.
    fn opens_clause(&self, n: usize, modal: usize) -> bool {
        let t = self.t;
        let saying = matches!(
            t.word(n),
            "said"
                | "says"
                | "reported"
                | "reports"
                | "disclosed"
                | "announced"
                | "stated"
                | "added"
                | "explained"
                | "anticipates"
                | "expects"
                | "hopes"
                | "believes"
                | "thinks"
                | "understands"
                | "feels"
                | "thought"
                | "felt"
                | "suggested"
                | "suggests"
                | "confirmed"
        );
        if saying && n + 1 < modal {
            return true;
        }
        // "the contractor has told him paving will be complete".
        let told = n > 0
            && matches!(t.word(n - 1), "told" | "informed" | "advised" | "assured" | "tells" | "informs")
            && matches!(t.word(n), "him" | "her" | "them" | "us" | "me" | "members" | "council" | "councillors")
            && n + 1 < modal;
        if told {
            return true;
        }
        match t.word(n) {
            // "operators who fail to comply shall": the clause is part of the subject.
            // "reminded members that dogs should": what they are told, and not which members.
            "that"
                if (n.saturating_sub(4)..n).any(|k| {
                    matches!(
                        t.word(k),
                        "reminded" | "told" | "informed" | "advised" | "assured" | "warned" | "notified"
                    )
                }) =>
            {
                n + 1 < modal
            }
            "who" | "which" | "that" | "where" => !self.is_relative(n, modal),
            // "the police as well as the Council must".
            "as" => {
                // "LH as Chair will sign".
                let post =
                    n > 0 && t.is_capital(n - 1) && n + 2 == modal && t.is(n + 1, Kinds::LISTED_OFFICE | Kinds::TITLE);
                !(post
                    || t.word(n + 1) == "well"
                    || t.says(n.saturating_sub(2), "as well as")
                    || n > 0 && t.word(n - 1) == "such")
            }
            "meanwhile" | "accordingly" | "hence" | "thus" | "moreover" | "furthermore" | "additionally"
            | "similarly" | "likewise" => n + 1 < modal,
            "so" | "but" | "if" | "when" | "how" | "why" | "what" | "because" | "while" | "whilst" | "whereas"
            | "whether" | "until" | "unless" | "and" | "or" | "although" | "though" | "since" | "then" => true,
            _ => false,
        }
    }

    /// "Any company that fails", "those who miss the date": a clause inside the subject, with a verb of its own.
    fn is_relative(&self, pronoun: usize, modal: usize) -> bool {
        let t = self.t;
        if pronoun == 0 || t.breaks_before(pronoun) || pronoun + 2 > modal {
            return false;
        }
        let verbs = (pronoun + 1..modal).any(|n| is_finite(t, n) || is_verb(t, n) || third_person(t, n));
        let noun = !is_finite(t, pronoun - 1) && !is_verb(t, pronoun - 1) && !third_person(t, pronoun - 1);
        let verb_next = is_finite(t, pronoun + 1)
            || third_person(t, pronoun + 1)
            || is_verb(t, pronoun + 1)
            || t.word(pronoun + 1).ends_with('s') && pronoun + 2 == modal;
        match t.word(pronoun) {
            "that" => {
                noun && verb_next
                    && !super::verb_phrase::is_office(t, pronoun + 1)
                    && !matches!(t.word(pronoun - 1), "so" | "and" | "but" | "it" | "agreed")
            }
            // "those who miss the date will".
            "who" => verbs || pronoun + 2 < modal,
            _ => verbs,
        }
    }

    /// Whether "and" at `and` joins nouns of one subject: no verb stands on its left, and none but the modal on its right.
    fn joins_nouns(&self, and: usize, modal: usize) -> bool {
        let t = self.t;
        let left = self.noun_phrase_before(and);
        let Some(left) = left else { return false };
        // "For the meeting and the Clerk": what a preposition governs is no subject.
        let right = !(and + 1..modal).any(|n| is_finite(t, n) && !matches!(t.word(n), "concerned" | "involved"));
        // "… beside the mill and the Council will": what a preposition governs, behind a verb of its own.
        let governed = left > 0
            && !t.breaks_before(left)
            && (left + 1..and).any(|n| preposition(t.word(n)) && !matches!(t.word(n), "of" | "for" | "to"))
            && (0..left).any(|n| is_finite(t, n))
            && self.owner_in(and + 1, modal).is_some();
        let right = right && !governed;
        // "until June 30, 2022, and no locality shall": a year is no subject.
        let right = right && !t.word(and - 1).bytes().all(|byte| byte.is_ascii_digit());
        let pronoun = matches!(t.word(and + 1), "no" | "he" | "she" | "it" | "they" | "we" | "this" | "that" | "there");
        right && !pronoun && left < and
    }

    /// Where the noun phrase that ends before `end` begins, if that is one: no verb, no preposition in front.
    pub(super) fn noun_phrase_before(&self, end: usize) -> Option<usize> {
        let t = self.t;
        let mut from = end;
        while from > 0 && end - from < 10 {
            if from < end && t.gap(from).contains([',', ':', ';', '(', ')', '–', '—']) {
                break;
            }
            let word = t.word(from - 1);
            if matches!(
                word,
                "that" | "so" | "but" | "which" | "who" | "if" | "when" | "because" | "while" | "where" | "until"
            ) {
                break;
            }
            from -= 1;
        }
        let verb = (from..end).any(|n| {
            is_finite(t, n) && !(n > from && matches!(t.word(n), "concerned" | "involved"))
                || t.word(n) == "to" && is_infinitive(t, n + 1)
                || n == from && is_verb(t, n) && !t.is_capital(n)
                || n > from && third_person(t, n) && matches!(t.word(n + 1), "the" | "a" | "an" | "that")
                // "the hedge needs cutting and the Clerk will".
                || n > from && matches!(t.word(n), "needs" | "requires" | "remains" | "wants" | "seems" | "looks")
        });
        let fronted = preposition(t.word(from)) || matches!(t.word(from), "and" | "also" | "then");
        (!verb && !fronted && from < end).then_some(from)
    }

    /// A short name between commas, before the comma at `n`.
    fn piece_before(&self, n: usize) -> Option<usize> {
        self.noun_phrase_before(n).filter(|from| n - from <= 6)
    }

    /// The word after which commas or brackets enclose what stands before the modal: "X, with the help of Y, should".
    pub(super) fn parenthesis(&self, modal: usize) -> Option<usize> {
        let t = self.t;
        let bracket = t.gap(modal).contains(')');
        let sign = if bracket { '(' } else { ',' };
        let near = (1..modal).rev().take(16).find(|n| t.gap(*n).contains(sign))?;
        // "X, in consultation with the Holder for Finance, Towns and Growth, be": the aside holds commas of its own.
        let consulted = |n: &usize| {
            t.gap(*n).contains(',')
                && [
                    "in consultation with",
                    "following consultation with",
                    "after consultation with",
                    "in conjunction with",
                    "together with",
                    "in agreement with",
                    "on the advice of",
                ]
                .iter()
                .any(|words| t.says(*n, words))
        };
        let open = if bracket { near } else { (1..near).rev().take(20).find(consulted).unwrap_or(near) };
        let aside = bracket
            || preposition(t.word(open))
            || matches!(t.word(open), "who" | "which" | "where" | "once" | "if" | "not" | "as" | "together" | "working" | "subject" | "having" | "being")
            || t.word(open).ends_with("ing")
            || t.word(open).ends_with("ed")
            || matches!(t.word(open), "led" | "made" | "held" | "set")
            // "Gu Wenlei, secretary of the Committee, will".
            || open >= 1 && t.is_capital(open - 1) && !(open..modal).any(|n| is_finite(t, n) || t.word(n) == "and");
        (aside && open > 0).then_some(open)
    }

    /// Whether the words `start..at` are a subject: a noun phrase or a pronoun, and no verb among them.
    pub(super) fn is_subject(&self, start: usize, at: usize) -> bool {
        let t = self.t;
        if start >= at || at - start > 14 {
            return false;
        }
        let first = t.word(start);
        let relative = (start..at).find(|n| matches!(t.word(*n), "who" | "that" | "which"));
        let until = relative.unwrap_or(at);
        let joint = preposition(first)
            || matches!(first, "to" | "which" | "who" | "that" | "as" | "if" | "when" | "then" | "not");
        let verb = |n: usize| is_finite(t, n) || t.word(n) == "to" || n > start && t.breaks_before(n) && n + 1 == at;
        let bare = is_verb(t, start) && !t.is_capital(start) && at - start > 1;
        // "metering facilities should" has a noun before it, "closing the road should" an act.
        let compound = at - start == 2 && t.word(start + 1).ends_with('s');
        let gerund = first.ends_with("ing") && at - start > 1 && !compound && !t.is(at - 1, Kinds::LISTED_OFFICE);
        !(joint || bare || gerund || (start..until).any(verb))
    }

    /// A new clause has a subject of its own; "which will" and "that will" only describe.
    pub(super) fn begins_clause(&self, start: usize, at: usize) -> bool {
        let t = self.t;
        if start == 0 || start >= at {
            return false;
        }
        // "…, and if none is found a letter will be sent".
        if self.condition_before(start).is_some_and(|n| n > 0) && self.is_subject(start, at) {
            return true;
        }
        // "… and then Ola will turn it on".
        let then = t.word(start - 1) == "then" && start > 1 && t.word(start - 2) == "and";
        let word = then || matches!(t.word(start - 1), "and" | "but" | "so" | "while" | "whilst" | "whereas");
        let that = t.word(start - 1) == "that"
            && start >= 2
            && (t.breaks_before(start - 1) || matches!(t.word(start - 2), "and" | "but"));
        let mark = t.gap(start).contains([',', ';', ':', '–', '—']);
        // "…, sec. will ring the owners": a post in small letters.
        let fresh = t.is_capital(start)
            || t.is(start, Kinds::LISTED_OFFICE) && t.gap(start).trim() == ","
            || matches!(
                t.word(start),
                "the"
                    | "he"
                    | "she"
                    | "they"
                    | "we"
                    | "it"
                    | "this"
                    | "these"
                    | "those"
                    | "all"
                    | "each"
                    | "every"
                    | "a"
                    | "an"
                    | "no"
                    | "any"
                    | "its"
                    | "their"
                    | "staff"
            );
        // "…, metering facilities should be improved": a plural and no more.
        let plural = t.gap(start).contains([',', ';']) && at - start <= 5 && t.word(at - 1).ends_with('s');
        (word || that || mark && (fresh || plural)) && self.is_subject(start, at)
            || (word || mark) && fresh && at - start <= 6
    }

    /// In, on, by … and a comma before the subject belong to the clause; a purpose does not.
    pub(super) fn fronted(&self, start: usize) -> usize {
        let t = self.t;
        if let Some(condition) = self.condition_before(start) {
            return condition;
        }
        if start == 0 || t.says(0, "in order to") || t.says(0, "to") {
            return start;
        }
        // "As the hall is shut the Clerk will": a reason; "As a result the Clerk will".
        let reason = t.word(0) == "as" && (1..start).any(|n| is_finite(t, n)) && !t.says(0, "as soon");
        let opens = !reason
            && (preposition(t.word(0))
                || matches!(
                    t.word(0),
                    "when"
                        | "once"
                        | "if"
                        | "subject"
                        | "based"
                        | "given"
                        | "where"
                        | "as"
                        | "unless"
                        | "led"
                        | "supported"
                ));
        let saying = (0..start).any(|n| {
            matches!(
                t.word(n),
                "that"
                    | "reports"
                    | "reported"
                    | "stated"
                    | "said"
                    | "advised"
                    | "which"
                    | "stressed"
                    | "noted"
                    | "emphasized"
                    | "emphasised"
                    | "meeting"
                    | "answered"
                    | "asked"
            )
        });
        let own = (0..start).filter(|n| modal(t, *n).is_some()).count();
        if opens && !saying && (own == 0 || t.word(0) == "if") { 0 } else { start }
    }

    /// Where orders to further people begin in the words `from..to`: "…, and the Inspector to mount checks". Each is
    /// the first word of a name and the "to" after it.
    pub(super) fn gapped(&self, from: usize, to: usize) -> Vec<(usize, usize)> {
        let t = self.t;
        (from + 2..to.saturating_sub(1))
            .filter(|n| t.word(*n) == "to" && is_infinitive(t, n + 1) && t.word(n + 1) != "be")
            .filter_map(|n| {
                let floor = from.max(n.saturating_sub(9));
                let start = (floor..n).rev().find(|k| {
                    matches!(t.word(k.saturating_sub(1)), "and" | "while" | "whilst")
                        || t.breaks_before(*k) && *k > from
                })?;
                let start = if t.word(start) == "and" || t.word(start) == "for" { start + 1 } else { start };
                // "… and Cllrs Stone and Hale to sign": one row of names.
                let row = start > from + 3
                    && t.word(start - 1) == "and"
                    && t.is_capital(start - 2)
                    && t.is(start - 3, Kinds::TITLE);
                let start = if row { start - 3 } else { start };
                let names = start < n && start > from && self.names_actor(start, n);
                names.then_some((start, n))
            })
            .collect()
    }

    /// An owner, or one of the departments that minutes write in lower case: "legal", "finance".
    pub(super) fn names_actor(&self, from: usize, to: usize) -> bool {
        let t = self.t;
        let department = to - from == 1
            && matches!(
                t.word(from),
                "legal"
                    | "finance"
                    | "comms"
                    | "communications"
                    | "planning"
                    | "hr"
                    | "procurement"
                    | "estates"
                    | "highways"
                    | "it"
                    | "facilities"
                    | "admin"
                    | "administration"
                    | "engineering"
                    | "security"
                    | "marketing"
                    | "all"
                    | "everyone"
                    | "others"
            );
        department && !matches!(t.word(from), "it") || self.owner_in(from, to).is_some()
    }
}

/// Words that place what follows them, and begin no subject.
pub(super) fn preposition(word: &str) -> bool {
    matches!(
        word,
        "in" | "on"
            | "by"
            | "at"
            | "for"
            | "after"
            | "before"
            | "during"
            | "following"
            | "with"
            | "without"
            | "from"
            | "under"
            | "until"
            | "within"
            | "to"
            | "of"
            | "over"
            | "through"
            | "throughout"
            | "across"
            | "between"
            | "among"
            | "against"
            | "despite"
            | "upon"
            | "into"
            | "regarding"
            | "concerning"
            | "pending"
            | "per"
            | "given"
            | "as"
    )
}
