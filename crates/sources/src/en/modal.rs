//! Clauses with a modal: duties and undertakings, and whether one is a directive at all.

use std::ops::Range;

use super::owner::{Subject, first_named, last_named};
use super::sentence::{Found, Reader, Voice};
use super::tokens::Tokens;
use super::verb_phrase::is_verb;
use crate::Rule;
use crate::draft::Draft;

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

    pub(super) fn modals(&self, voice: &mut Voice, out: &mut Vec<Draft>) {
        let t = self.t;
        let found: Vec<(usize, Modal, usize)> =
            (0..t.len()).filter_map(|n| modal(t, n).map(|(kind, verb)| (n, kind, verb))).collect();
        let mut covered = 0;
        for (k, (at, kind, verb)) in found.iter().copied().enumerate() {
            if at < covered {
                continue;
            }
            let start = self.clause_start(at);
            let next_clause = found[k + 1..]
                .iter()
                .map(|(n, _, _)| self.clause_start(*n))
                .find(|s| *s > verb && self.begins_clause(*s));
            let mut end = next_clause.unwrap_or(t.len());
            while end > verb + 1 && matches!(t.word(end - 1), "and" | "but" | "so") {
                end -= 1;
            }
            let Some((owner, low)) = self.judge(start, at, kind, verb, voice) else { continue };
            let from = self.fronted(start);
            let rule = if kind == Modal::Will { Rule::EnUndertaking } else { Rule::EnModal };
            self.phrases(from, verb, end, Found { owner, rule, low }, out);
            covered = end;
        }
    }

    /// A new clause has a subject that is somebody; "which will" and "that will" only describe.
    fn begins_clause(&self, start: usize) -> bool {
        let t = self.t;
        let joined =
            start > 0 && (matches!(t.word(start - 1), "and" | "but" | "so") || t.gap(start).contains([',', ';', ':']));
        joined
            && (t.is_capital(start)
                // "… and gram panchayats will prepare": a noun and a modal of its own.
                || start > 0 && t.word(start - 1) == "and" && self.has_own_subject(start)
                || matches!(t.word(start), "the" | "he" | "she" | "they" | "we" | "it" | "this" | "all" | "each" | "a"))
    }

    /// Whether the words up to the next modal are a noun phrase.
    fn has_own_subject(&self, start: usize) -> bool {
        let t = self.t;
        let Some(at) = (start + 1..t.len().min(start + 6)).find(|n| modal(t, *n).is_some()) else { return false };
        let head = t.word(at - 1);
        !(start..at).any(|n| is_verb(t, n) || t.breaks_before(n) && n > start)
            && (head.ends_with('s') || super::words::OFFICES.has(head))
    }

    /// In, on, by … and a comma before the subject belong to the clause; a purpose does not.
    fn fronted(&self, start: usize) -> usize {
        let t = self.t;
        if start == 0 || t.says(0, "in order to") || t.says(0, "to") {
            return start;
        }
        let opens = matches!(
            t.word(0),
            "in" | "on"
                | "by"
                | "at"
                | "for"
                | "after"
                | "before"
                | "during"
                | "following"
                | "with"
                | "when"
                | "once"
                | "if"
                | "from"
                | "under"
                | "until"
                | "within"
                | "subject"
                | "based"
                | "given"
                | "where"
                | "as"
        );
        let saying = (0..start).any(|n| {
            matches!(
                t.word(n),
                "that" | "reports" | "reported" | "stated" | "said" | "advised" | "which" | "stressed" | "noted"
            )
        });
        if opens && !saying { 0 } else { start }
    }

    /// Whether a clause with a modal is a directive: its owner, and whether it is doubtful.
    fn judge(
        &self,
        start: usize,
        at: usize,
        kind: Modal,
        verb: usize,
        voice: &Voice,
    ) -> Option<(Option<Range<usize>>, bool)> {
        let t = self.t;
        let word = t.word(verb);
        let relative = start > 0
            && (matches!(t.word(start - 1), "which" | "who" | "whether" | "where")
                // "any company that fails will be sanctioned".
                || t.word(start - 1) == "that" && at == start + 1 && t.word(start).ends_with('s') && !t.is_capital(start));
        let conditional =
            start > 0 && matches!(t.word(start - 1), "if" | "when" | "until" | "as" | "because" | "while");
        let negative = t.word(at + 1) == "not" && kind == Modal::Will
            || (start..at).any(|n| matches!(t.word(n), "no" | "none" | "nobody" | "neither"));
        let opinion = (0..start).any(|n| {
            matches!(
                t.word(n),
                "suggested"
                    | "suggests"
                    | "felt"
                    | "thought"
                    | "asked"
                    | "hoped"
                    | "hopes"
                    | "expects"
                    | "anticipates"
                    | "anticipated"
                    | "estimates"
                    | "estimated"
                    | "predicted"
                    | "understands"
                    | "wondered"
                    | "believes"
                    | "believed"
                    | "proposed"
                    | "offered"
                    | "queried"
                    | "questioned"
                    | "expected"
                    | "enquired"
            )
        });
        let quoted = t.word(start) == "i" || self.t.text.starts_with('“') && t.says(0, "i will");
        let noted = word == "be"
            && matches!(
                t.word(verb + 1),
                "noted" | "able" | "like" | "ready" | "available" | "due" | "no" | "glad" | "happy" | "pleased"
            );
        let meeting = (start..at).any(|n| matches!(t.word(n), "meeting" | "meetings"))
            && (start..at).any(|n| t.word(n) == "next");
        if at == start || relative || negative || quoted || noted || meeting {
            return None;
        }
        if conditional && start > 1 && !matches!(t.word(start - 1), "if") {
            return None;
        }
        // "if the board approves Mike will put it on the web": the name before the modal.
        let start = if start > 0 && t.word(start - 1) == "if" && t.is_capital(at - 1) {
            (start..at).rev().take_while(|n| t.is_capital(*n)).last().unwrap_or(start)
        } else {
            start
        };
        let subject = self.subject(start, at);
        let passive = self.is_passive(at) || (kind == Modal::To && word == "be" && participle(t.word(verb + 1)));
        let epistemic = matches!(
            word,
            "arrive"
                | "seem"
                | "like"
                | "mean"
                | "cost"
                | "happen"
                | "occur"
                | "know"
                | "last"
                | "begin"
                | "commence"
                | "start"
                | "expire"
                | "become"
                | "depend"
                | "remain"
                | "exceed"
                | "result"
                | "benefit"
                | "see"
                | "receive"
                | "find"
                | "cause"
                | "appear"
                | "love"
                | "want"
                | "run"
                | "feel"
        ) || (word == "be" && !passive);
        let owner = match &subject {
            Subject::Owner(range) if !passive => Some(range.clone()),
            Subject::Thing if !passive && kind != Modal::Will && self.names_doers(start, at) => {
                Some(t.start(start)..t.end(at - 1))
            }
            Subject::Pronoun if !passive => self.antecedent(start, voice),
            Subject::Owner(_) | Subject::Pronoun | Subject::Nobody | Subject::Thing => {
                if passive {
                    self.agent(verb)
                } else {
                    None
                }
            }
        };
        match kind {
            Modal::Duty | Modal::To => {
                let people = matches!(subject, Subject::Nobody)
                    && !matches!(t.word(start), "we" | "everyone" | "the" | "all" | "this" | "these" | "there");
                let aim = kind == Modal::To
                    && (start..at).any(|n| {
                        matches!(
                            t.word(n),
                            "aim"
                                | "purpose"
                                | "objective"
                                | "intention"
                                | "idea"
                                | "goal"
                                | "plan"
                                | "hope"
                                | "role"
                                | "proposal"
                        )
                    });
                let advice = (0..start).any(|n| t.word(n) == "if") && matches!(subject, Subject::Pronoun);
                let thing_arrives =
                    matches!(subject, Subject::Thing | Subject::Pronoun) && epistemic && t.word(verb) != "be";
                let located = word == "be"
                    && matches!(
                        t.word(verb + 1),
                        "here" | "there" | "in" | "at" | "on" | "a" | "an" | "the" | "about" | "around"
                    );
                // "The project is expected to create jobs" is a forecast.
                let forecast = t.word(at + 1) == "expected" && !matches!(subject, Subject::Owner(_));
                if people
                    || forecast
                    || aim
                    || advice
                    || thing_arrives
                    || located && kind == Modal::Duty && matches!(subject, Subject::Thing)
                {
                    return None;
                }
                Some((owner, opinion))
            }
            Modal::Will => {
                if epistemic {
                    return None;
                }
                let told = (0..start).any(|n| {
                    matches!(
                        t.word(n),
                        "stated"
                            | "advised"
                            | "agreed"
                            | "reported"
                            | "confirmed"
                            | "informed"
                            | "noted"
                            | "indicated"
                            | "that"
                    )
                });
                let vague = (start..at).any(|n| {
                    matches!(
                        t.word(n),
                        "decisions"
                            | "decision"
                            | "matters"
                            | "amounts"
                            | "schools"
                            | "anyone"
                            | "costs"
                            | "cost"
                            | "price"
                    )
                });
                match subject {
                    Subject::Owner(_) | Subject::Pronoun if passive => (!vague && !opinion).then_some((owner, false)),
                    Subject::Owner(_) => Some((owner, opinion)),
                    Subject::Pronoun => owner.is_some().then_some((owner, opinion || t.word(start) == "it")),
                    Subject::Nobody if t.word(start) == "we" => Some((None, opinion)),
                    Subject::Nobody if passive && matches!(t.word(start), "this" | "these" | "the") => {
                        Some((owner, vague || opinion))
                    }
                    Subject::Nobody => None,
                    Subject::Thing => (passive && !vague).then_some((owner, opinion && !told)),
                }
            }
        }
    }

    /// "farmers", "local employers": a plural of doers, in lower case.
    fn names_doers(&self, start: usize, at: usize) -> bool {
        const NOT: [&str; 36] = [
            "letters",
            "papers",
            "matters",
            "numbers",
            "orders",
            "others",
            "powers",
            "sewers",
            "gutters",
            "computers",
            "waters",
            "registers",
            "rivers",
            "corners",
            "boilers",
            "heaters",
            "trailers",
            "containers",
            "doors",
            "floors",
            "errors",
            "factors",
            "sectors",
            "monitors",
            "motors",
            "generators",
            "fees",
            "trees",
            "offers",
            "covers",
            "meters",
            "shelters",
            "planters",
            "barriers",
            "figures",
            "filters",
        ];
        let head = self.t.word(at - 1);
        at - start <= 5
            && ["ers", "ors", "ists", "ees"].iter().any(|end| head.ends_with(end))
            && !NOT.contains(&head)
            && !(start..at).any(|n| matches!(self.t.word(n), "of" | "to" | "for" | "that"))
    }

    fn antecedent(&self, start: usize, voice: &Voice) -> Option<Range<usize>> {
        let pronoun = self.t.word(start);
        if pronoun == "they" {
            return last_named(self.t, start, &self.setting.names).or_else(|| voice.named.clone());
        }
        super::owner::speaker(self.t, start, &self.setting.names, self.setting.profile)
            .or_else(|| first_named(self.t, start, &self.setting.names, self.setting.profile))
            .or_else(|| voice.named.clone())
    }

    /// "… be carried out by the Clerk".
    fn agent(&self, verb: usize) -> Option<Range<usize>> {
        let t = self.t;
        let by = t.find(verb, t.len().min(verb + 12), "by")?;
        (by + 2..=t.len().min(by + 6)).rev().find_map(|end| match self.subject(by + 1, end) {
            Subject::Owner(range) => Some(range),
            Subject::Pronoun | Subject::Nobody | Subject::Thing => None,
        })
    }
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
    let mut verb = n + 1;
    let kind = match t.word(n) {
        "should" | "must" | "shall" => Modal::Duty,
        "ought" if t.word(n + 1) == "to" => {
            verb += 1;
            Modal::Duty
        }
        "has" | "have" | "needs" | "need" | "is" | "are" if t.word(n + 1) == "to" => {
            let noun = t.word(n) == "need"
                && matches!(
                    t.word(n.wrapping_sub(1)),
                    "a" | "the" | "no" | "any" | "would" | "will" | "may" | "could" | "not"
                );
            if noun {
                return None;
            }
            verb += 1;
            Modal::To
        }
        "is" | "are" if matches!(t.word(n + 1), "expected" | "required" | "obliged") && t.word(n + 2) == "to" => {
            verb += 2;
            Modal::To
        }
        "will" | "would" => Modal::Will,
        _ => return None,
    };
    while t.word(verb).ends_with("ly") && !is_verb(t, verb)
        || matches!(t.word(verb), "also" | "now" | "then" | "not" | "all" | "therefore")
    {
        verb += 1;
    }
    (verb < t.len()).then_some((kind, verb))
}

fn participle(word: &str) -> bool {
    word.ends_with("ed")
        || matches!(
            word,
            "made"
                | "done"
                | "held"
                | "put"
                | "set"
                | "sent"
                | "taken"
                | "given"
                | "brought"
                | "built"
                | "bought"
                | "kept"
                | "paid"
                | "met"
                | "written"
                | "drawn"
                | "laid"
                | "found"
                | "cut"
                | "begun"
                | "chosen"
                | "sought"
                | "told"
                | "left"
                | "sold"
                | "undertaken"
                | "shown"
                | "read"
                | "hung"
                | "dug"
                | "spent"
        )
}
