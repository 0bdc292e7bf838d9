//! Lines of action and lists of resolutions: "Clerk to write to …", "Requests the Chief Executive to …", "Beth: order flyers".

use std::ops::Range;

use super::background::is_put_off;
use super::clause::{is_auxiliary, is_finite, preposition};
use super::lexicon::Kinds;
use super::modal::participle;
use super::owner::Subject;
use super::sentence::{Found, Reader, Voice};
use super::tokens::Tokens;
use super::verb_phrase::{base, is_infinitive, is_verb, split};
use crate::Rule;
use crate::draft::Draft;

/// The verb phrases of a cell that says what is to be done, "Clerk to visit and pay", each with its place.
pub(crate) fn orders_of_cell(text: &str, cell: Range<usize>) -> Vec<Range<usize>> {
    let t = Tokens::of(text, cell.clone());
    let notes = notes_of_cell(text, &t, cell.clone());
    let to = (1..t.len().min(8)).find(|n| t.word(*n) == "to" && is_infinitive(&t, n + 1));
    let verb = match to {
        Some(to) if !t.breaks_before(to) && notes.len() == 1 => to + 1,
        Some(_) | None => return notes,
    };
    let parts = split(&t, 0, verb, t.len());
    let last = parts.len() - 1;
    let place = |(n, (from, to)): (usize, (usize, usize))| {
        let start = if n == 0 { cell.start } else { t.start(from) };
        start..if n == last { cell.end } else { t.end(to - 1) }
    };
    parts.into_iter().enumerate().map(place).collect()
}

/// "Update forecast; draw up a procedure": each verb phrase between semicolons, unless the next asks the same person.
fn notes_of_cell(text: &str, t: &Tokens<'_>, cell: Range<usize>) -> Vec<Range<usize>> {
    let verb = Kinds::VERB | Kinds::NOUN_VERB | Kinds::LISTED_NOUN_VERB;
    let order = |n: usize| t.is(n, verb) && n + 1 < t.len();
    let apart = |n: usize| t.gap(n).contains(';') && order(n) && !matches!(t.word(n), "ask" | "find" | "report");
    let starts: Vec<usize> = (2..t.len()).filter(|n| apart(*n)).collect();
    if !order(0) || starts.is_empty() {
        return vec![cell];
    }
    let mut start = cell.start;
    let mut out = vec![];
    for next in starts.iter().map(|n| t.start(*n)).chain([cell.end]) {
        let words = text[start..next].trim_end().trim_end_matches(';').trim_end();
        out.push(start..start + words.len());
        start = next;
    }
    out
}

/// What is to be done is named in no more words than this.
const SUBJECT_MAX: usize = 26;

impl Reader<'_, '_> {
    /// "Dick draft a letter, Gary get the road done, and Jan set up an interview".
    pub(super) fn duty_list(&self, listed: bool, out: &mut Vec<Draft>) -> bool {
        let t = self.t;
        // "Linda and Carrie work with the firm", "Dick and Gary – change the oil".
        let joint = |n: usize| {
            t.word(n + 1) == "and"
                && t.is_capital(n + 2)
                && is_verb(t, n + 3)
                && !t.is_capital(n + 3)
                && !is_verb(t, n + 2)
        };
        let duty = |n: usize| {
            t.is_capital(n)
                && !matches!(
                    t.word(n),
                    "the"
                        | "a"
                        | "an"
                        | "this"
                        | "that"
                        | "these"
                        | "all"
                        | "no"
                        | "any"
                        | "each"
                        | "every"
                        | "our"
                        | "it"
                        | "to"
                )
                && !is_verb(t, n)
                && !t.is(n, Kinds::APPROVING | Kinds::DECIDING | Kinds::ORDERING)
                && (is_verb(t, n + 1) || joint(n))
                && (!t.breaks_before(n + 1) || listed && t.gap(n + 1).trim_matches(' ').starts_with([':', '–', '—']))
                && (listed || joint(n) || matches!(self.subject(n, n + 1), Subject::Owner(_)))
                && !t.word(n).ends_with('s')
        };
        let starts: Vec<usize> = (0..t.len().saturating_sub(2))
            .filter(|n| {
                duty(*n) && (*n == 0 || t.breaks_before(*n) || t.breaks_before(n - 1) && t.word(n - 1) == "and")
            })
            .collect();
        // "Rosa Lane post the changes": a name of two words, in a list.
        let base = |n: usize| t.is(n, Kinds::VERB | Kinds::LISTED_NOUN_VERB) && !t.is_capital(n) && n + 1 < t.len();
        let whole =
            |n: usize| (0..n).all(|k| t.is_capital(k) && (k == 0 || !t.breaks_before(k)) && !t.is(k, Kinds::THING));
        if starts.is_empty()
            && listed
            && !is_verb(t, 0)
            && let Some(verb) = (2..4).find(|n| base(*n) && whole(*n) && !t.breaks_before(*n))
            && let Some(owner) = self.owner_in(0, verb)
        {
            self.phrases(0, verb, t.len(), Found::by(Rule::EnActionLine, Some(owner)), out);
            return true;
        }
        // "Ann - bus company, Bo - check the pump, Cy and Di mend the gate": the first has no verb.
        let noted = starts.len() > 1 && t.is_capital(0) && t.gap(1) == " - ";
        if starts.first() != Some(&0) && !noted || (starts.len() < 2 && !listed) {
            return false;
        }
        for (k, start) in starts.iter().enumerate() {
            let mut end = starts.get(k + 1).copied().unwrap_or(t.len());
            if end > *start && t.word(end - 1) == "and" {
                end -= 1;
            }
            let last = start + 2 * usize::from(joint(*start));
            out.push(self.draft(*start, end, Found::by(Rule::EnActionLine, Some(t.start(*start)..t.end(last)))));
        }
        true
    }

    /// "Clerk to write to …".
    pub(super) fn action_line(&self, labelled: bool, out: &mut Vec<Draft>) -> bool {
        let t = self.t;
        // "CALL TO ORDER: the Chair called the meeting to order": a heading.
        let opens = |n: usize| t.says(n, "call to order") && (n + 3 >= t.len() || t.breaks_before(n + 3));
        if (0..t.len().min(6)).any(opens) {
            return false;
        }
        // "To receive an update" behind a heading, "No Clerk to report", "Trying to recycle more", "Colours to include green".
        let first = t.find(1, t.len().min(12), "to");
        let none = |to: usize| {
            t.raw(to) == "To"
                || to > 1 && t.word(to - 2) == "no"
                || to == 1 && t.word(0).ends_with("ing")
                || to == 1 && t.word(2) == "include" && t.word(0).ends_with('s')
        };
        if first.is_some_and(none) {
            return false;
        }
        // "request staff to provide costings": staff is told.
        if labelled
            && (is_verb(t, 0) || t.is(0, Kinds::LISTED_NOUN_VERB))
            && let Some(owner) = self.told(0)
        {
            self.phrases(0, 0, t.len(), Found::by(Rule::EnMotion, Some(owner)), out);
            return true;
        }
        if let Some(to) = self.unknown_actor(labelled) {
            let owner = t.start(0)..t.end(to - 1);
            self.orders(0, to, t.len(), &Found::by(Rule::EnActionLine, Some(owner)), out);
            return true;
        }
        // "Stewards to be on site at eight": what they are to be, and not what is to be done with them.
        let is =
            |n: usize| t.word(n + 1) != "be" || !participle(t.word(n + 2)) && t.word(n + 2) != "the" && n + 2 < t.len();
        let Some(to) = t.find(1, t.len().min(12), "to").filter(|n| is_infinitive(t, n + 1) && is(*n)) else {
            return false;
        };
        // "late owing to fog": no order.
        if matches!(
            t.word(to - 1),
            "due"
                | "owing"
                | "prior"
                | "according"
                | "subject"
                | "thanks"
                | "able"
                | "unable"
                | "used"
                | "likely"
                | "back"
                | "next"
                | "close"
                | "down"
        ) {
            return false;
        }
        // "When to meet again at the hall": a topic.
        if matches!(t.word(0), "when" | "how" | "where" | "what" | "whether" | "why") {
            return false;
        }
        // "More to come on prices", "Naming of Lanes to be Bridleways": no order.
        if t.says(to - 1, "more to come")
            || t.word(to + 1) == "be" && t.is_capital(to + 2) && !participle(t.word(to + 2))
        {
            return false;
        }
        // "called the meeting to order", "offered to erect": a clause, and no name.
        if (1..to).any(|n| t.word(n).ends_with("ed") && t.word(n).len() > 4 && !t.is_capital(n)) {
            return false;
        }
        if (0..to).any(|n| {
            matches!(
                t.word(n),
                "will"
                    | "would"
                    | "should"
                    | "must"
                    | "shall"
                    | "may"
                    | "can"
                    | "moves"
                    | "is"
                    | "are"
                    | "was"
                    | "were"
                    | "has"
                    | "have"
                    | "had"
                    | "motion"
                    | "agreed"
                    | "need"
                    | "needs"
                    | "reported"
                    | "reports"
            ) || n > 0 && t.is_capital(n - 1) && t.is(n, Kinds::THIRD_PERSON) && !t.is_capital(n)
        }) {
            return false;
        }
        // "the Council advise owners to ring the police", "the right to use a path": a clause, and a noun.
        let clause =
            (2..to).any(|n| t.is(n, Kinds::LISTED_VERB) && t.is(n - 1, Kinds::LISTED_OFFICE) && !t.is_capital(n));
        let noun = matches!(
            t.word(to - 1),
            "right"
                | "rights"
                | "duty"
                | "power"
                | "powers"
                | "ability"
                | "opportunity"
                | "permission"
                | "plan"
                | "plans"
                | "decision"
                | "agreement"
                | "intention"
                | "need"
                | "refusal"
                | "failure"
                | "attempt"
                | "attempts"
                | "efforts"
                | "effort"
        );
        if clause || noun {
            return false;
        }
        // "Rimu Road culvert: Assets Manager to confirm": what stands before the colon is the topic.
        if t.gap(to).contains(',') {
            return false;
        }
        let topic = |n: &usize| t.gap(*n).contains(':') || matches!(t.gap(*n).trim(), "-" | "–" | "—");
        let from = (1..to).rev().find(topic).unwrap_or(0);
        match self.subject(from + self.meantime(from), to) {
            // "authorize the Chair to sign it": a verb and whom it tells, and no name.
            Subject::Owner(_) if is_verb(t, from) && matches!(t.word(from + 1), "the" | "a" | "our" | "its") => false,
            // "Bishop School – asking the Council to fund a patrol": who asks.
            Subject::Owner(_) if t.word(from).ends_with("ing") && !t.is_capital(from) => false,
            // "The Chairman and Cllr Ash to draft the reply": names, whatever their number.
            Subject::Owner(owner)
                if from > 0
                    || labelled
                    || !matches!(t.word(0), "the" | "a")
                    || to <= 3
                    || (1..to).all(|n| t.is_capital(n) || matches!(t.word(n), "and" | "of" | "the" | "&" | "for")) =>
            {
                let mut end = t.len();
                if let Some(paused) = (to + 2..t.len()).find(|n| t.word(*n) == "action" && t.breaks_before(*n)) {
                    end = paused;
                }
                // "Survey and Flyer to go on the website": what goes there, and nobody.
                let goes = t.word(to + 1) == "go"
                    && matches!(t.word(to + 2), "on" | "in" | "into" | "out" | "up")
                    && to > from + 1
                    && !(from..to).any(|n| t.is(n, Kinds::LISTED_OFFICE | Kinds::TITLE));
                let owner = Some(owner).filter(|_| !goes);
                // "Clerk to ring the bus company, Ann to order paint": each has its own name.
                self.orders(from, to, end, &Found::by(Rule::EnActionLine, owner), out);
                true
            }
            // "A letter to issue to the Minister": what goes out, nobody is named who sends it.
            Subject::Thing
                if from == 0
                    && to <= 5
                    && matches!(
                        t.word(to + 1),
                        "issue" | "go" | "appear" | "follow" | "remain" | "reach" | "arrive"
                    )
                    && !(0..t.len()).any(|n| is_finite(t, n)) =>
            {
                self.orders(0, to, t.len(), &Found::by(Rule::EnActionLine, None), out);
                true
            }
            // "The safeguarding lead to keep a register": nothing else carries a tense.
            Subject::Thing
                if from == 0
                    && to <= 5
                    && t.word(to + 1) != "be"
                    && t.is_capital(0)
                    && !(0..to).any(|n| {
                        matches!(t.word(n), "not" | "it" | "there" | "hopes" | "expects" | "wants" | "plans" | "plan")
                    })
                    && !(0..t.len()).any(|n| is_finite(t, n)) =>
            {
                let plain = !t.is(to - 1, Kinds::THING) && !t.word(to - 1).ends_with("ion") && !preposition(t.word(0));
                let owner = Some(t.start(0)..t.end(to - 1));
                let found = Found { low: !labelled || !plain, ..Found::by(Rule::EnActionLine, owner) };
                self.orders(0, to, t.len(), &found, out);
                true
            }
            Subject::Owner(_) | Subject::Pronoun | Subject::Nobody | Subject::Thing => false,
        }
    }

    /// "Port to order the signs": whoever stands before "to" in a line of action, or with nothing else in the sentence.
    fn unknown_actor(&self, labelled: bool) -> Option<usize> {
        let t = self.t;
        let to = t.find(1, t.len().min(5), "to").filter(|n| is_infinitive(t, n + 1) && t.word(n + 1) != "be")?;
        // "Cemetery: Ruiz to order topsoil": what stands before the colon is the topic.
        if (1..to).any(|n| t.gap(n).contains(':')) {
            return None;
        }
        let names = (0..to).all(|n| t.is_capital(n) || matches!(t.word(n), "and" | "&" | "of")) && !is_verb(t, 0);
        let none = [
            "need",
            "how",
            "due",
            "failure",
            "agreed",
            "resolved",
            "motion",
            "subject",
            "plans",
            "time",
            "request",
            "permission",
            "proposal",
            "next",
            "as",
            "in",
            "i",
            "we",
            "nothing",
            "none",
            "nobody",
            "anything",
            "welcome",
            "more",
        ];
        let finite =
            (0..t.len()).any(|n| matches!(t.word(n), "is" | "was" | "were" | "are" | "will" | "should" | "would"));
        let thing = t.is(to - 1, Kinds::THING) || t.word(to - 1).ends_with("ion");
        let decides = (0..to).any(|n| {
            t.is(n, Kinds::DECIDING | Kinds::ORDERING) || t.word(n).ends_with("ly") || t.word(n).ends_with("ed")
        });
        let names = names && !t.gap(to).contains(',') && !decides;
        (names && !none.contains(&t.word(0)) && (labelled || !finite) && !thing).then_some(to)
    }

    /// "Accepts the tender", "Requests the Chief Executive to report": an item of what a body decided.
    pub(super) fn listed_act(&self, listed: bool, voice: &Voice, out: &mut Vec<Draft>) -> bool {
        let t = self.t;
        if !listed || base(t.word(0)).is_none() || !(t.is_capital(0) || voice.body.is_some()) {
            return false;
        }
        if !self.procedural(0) {
            let owner = self.told(0).or_else(|| voice.body.clone());
            self.phrases(0, 0, t.len(), Found::by(Rule::EnMotion, owner), out);
        }
        true
    }

    /// "No more extras to be ordered", "Old gate: to be painted by May": what is to be done, and no verb with a tense.
    pub(super) fn to_be_done(&self, listed: bool, out: &mut Vec<Draft>) -> bool {
        let t = self.t;
        let Some(to) = (0..t.len().min(SUBJECT_MAX)).find(|n| {
            let bound = *n > 0
                && matches!(
                    t.word(n - 1),
                    "ought"
                        | "able"
                        | "likely"
                        | "due"
                        | "going"
                        | "expected"
                        | "said"
                        | "hopes"
                        | "hope"
                        | "hoped"
                        | "expects"
                        | "wants"
                );
            (t.says(*n, "to be") || t.says(*n, "to take place")) && !bound
                || *n > 1
                    && t.word(n - 1) == "to"
                    && matches!(t.word(*n), "now" | "also" | "then")
                    && t.word(n + 1) == "be"
        }) else {
            return false;
        };
        // "7 To Agree Prices to be Charged": a heading.
        if (0..2).any(|n| t.raw(n) == "To" && t.is_capital(n + 1)) {
            return false;
        }
        // "a letter about the fair, not to be answered": a decision not to act.
        if to > 1 && t.word(to - 1) == "not" && t.gap(to - 1).contains(',') {
            return true;
        }
        let mut from = 0;
        // "Domain toilets: contract to be retendered": what stands before the colon is the topic.
        let topic = |n: &usize| t.gap(*n).contains(':') || matches!(t.gap(*n).trim(), "-" | "–" | "—");
        if let Some(topic) = (1..to).rev().find(topic) {
            from = topic;
        }
        let tense = (from..t.len()).take_while(|n| *n <= to).any(|n| {
            is_auxiliary(t.word(n)) || matches!(t.word(n), "agreed" | "needs" | "need" | "continue" | "continues")
        });
        let done = participle(t.word(to + 2)) || t.word(to + 2).ends_with("ly") && participle(t.word(to + 3)) || listed;
        // "All lamps to be working by May".
        let state =
            matches!(t.word(to + 2), "working" | "ready" | "open" | "complete" | "live" | "operational" | "searchable");
        // "Q4 claim to be in by 31 March".
        let tabled = ["an agenda item", "on the agenda", "on the next agenda", "on next agenda"];
        let done = done || t.says(to, "to take place") || tabled.iter().any(|words| t.says(to + 2, words));
        let done = done || t.word(from) == "all" && state || t.says(to + 2, "in by");
        let told =
            (from..to).any(|n| t.word(n).ends_with("ed") && !t.is_capital(n) && t.word(n).len() > 4 && n > from + 1);
        // "Pending pattas to be issued": no preposition before a plural.
        let pending = t.word(from) == "pending" && t.word(from + 1).ends_with('s');
        let opens = from < to && preposition(t.word(from)) && !pending
            || matches!(t.word(from), "minutes" | "it" | "there" | "as" | "if" | "he" | "she" | "they" | "we" | "i");
        if tense || !done || told && !listed || opens || t.len() < to + 3 {
            return false;
        }
        // "Case reopened, hearing to be held in the barn": a notice.
        let notice = t.word(to + 2) == "held"
            && to > from
            && matches!(t.word(to - 1), "meeting" | "inquiry" | "hearing")
            && (to + 3..t.len()).all(|n| super::modal::modal(t, n).is_none());
        if self.forgoes(from) || notice || is_put_off(t, to + 2) {
            return true;
        }
        // "Winter Fair to be held in December": it takes place.
        if t.word(to + 2) == "held" && self.is_festive(from, to) {
            return true;
        }
        // "the clerk to be added, the chair to be taken off": each has its own subject.
        let further = (to + 4..t.len().saturating_sub(2)).find(|n| {
            t.says(*n, "to be")
                && participle(t.word(n + 2))
                && (n.saturating_sub(6)..*n).any(|k| t.gap(k).contains([',', ';']) || t.word(k) == "and")
        });
        let next = further.and_then(|be| {
            (to + 3..be).rev().find(|k| t.gap(*k).contains([',', ';']) || t.word(k - 1) == "and").filter(|k| *k < be)
        });
        let end = next.map_or(t.len(), |next| next - usize::from(t.word(next - 1) == "and"));
        self.phrases(from, (to + 2).min(end - 1), end, Found::by(Rule::EnActionLine, self.agent(to)), out);
        if let Some(next) = next {
            let tokens = Tokens::of(self.setting.text, t.start(next)..t.end(t.len() - 1));
            Reader { setting: self.setting, t: &tokens }.to_be_done(listed, out);
        }
        true
    }

    /// Whom a verb of ordering tells: "Requests the Chief Executive Officer to …".
    pub(super) fn told(&self, verb: usize) -> Option<Range<usize>> {
        let t = self.t;
        let called = matches!(t.word(verb), "call" | "calls") && matches!(t.word(verb + 1), "on" | "upon");
        // "Invites the Director to report" tells; "to invite the firm to a meeting" does not.
        let orders = called
            || t.word(verb) == "invites"
            || matches!(
                base(t.word(verb)).unwrap_or(t.word(verb)),
                "request"
                    | "direct"
                    | "instruct"
                    | "authorise"
                    | "authorize"
                    | "ask"
                    | "require"
                    | "delegate"
                    | "order"
                    | "task"
                    | "urge"
                    | "approve"
            ) && !(t.word(verb) == "approve" && t.word(verb + 1).ends_with("ing"));
        // "have the Clerk ask for prices", "let the Treasurer move the funds".
        if matches!(t.word(verb), "have" | "let" | "get" | "make") {
            return (verb + 2..t.len().min(verb + 9))
                .take_while(|n| !t.breaks_before(*n))
                .find(|n| is_infinitive(t, *n) || t.word(*n) == "to")
                .and_then(|n| self.owner_in(verb + 1, n));
        }
        // "give the Clerk the right to apply".
        if matches!(t.word(verb), "give" | "grant") {
            let right = |n: &usize| {
                matches!(t.word(*n), "the" | "authority" | "permission" | "power" | "approval")
                    && (*n..n + 2)
                        .any(|k| matches!(t.word(k), "right" | "authority" | "permission" | "power" | "approval"))
            };
            return (verb + 2..t.len().min(verb + 8)).find(right).and_then(|n| self.owner_in(verb + 1, n));
        }
        let to = t.find(verb + 1, t.len().min(verb + 12), "to").filter(|_| orders)?;
        // "calls on the Minister to restore the scheme": whoever calls has to write.
        if self.outside(verb + 1 + usize::from(called), to) {
            return None;
        }
        self.owner_in(verb + 1 + usize::from(called), to)
    }

    /// A government or another body above, which takes no orders: "the Minister for Transport", "the Department".
    fn outside(&self, from: usize, to: usize) -> bool {
        let t = self.t;
        (from..to).any(|n| {
            matches!(
                t.word(n),
                "minister"
                    | "ministers"
                    | "ministry"
                    | "government"
                    | "taoiseach"
                    | "governor"
                    | "legislature"
                    | "congress"
                    | "parliament"
                    | "state"
                    | "senate"
                    | "secretary-general"
                    | "mp"
                    | "tds"
            ) || t.word(n) == "department" && t.word(n + 1) == "of"
                || t.word(n) == "secretary" && t.says(n + 1, "of state")
        })
    }

    /// "It is necessary to …", "There is a need to …".
    pub(super) fn necessity(&self, out: &mut Vec<Draft>) -> bool {
        let t = self.t;
        // "It is the responsibility of officers to collect the forms".
        if let Some(of) = (3..t.len().min(8)).find(|n| {
            t.word(*n) == "of"
                && matches!(t.word(n - 1), "responsibility" | "duty" | "job" | "task")
                && matches!(t.word(n - 3), "is" | "was")
        }) && let Some(to) = t.find(of + 1, t.len().min(of + 9), "to").filter(|to| is_infinitive(t, to + 1))
            && t.word(0) == "it"
        {
            let owner = self.owner_in(of + 1, to).or_else(|| Some(t.start(of + 1)..t.end(to - 1)));
            self.phrases(0, to + 1, t.len(), Found::by(Rule::EnNecessity, owner), out);
            return true;
        }
        // "It is essential that every patient can reach a clinic".
        if let Some(at) = (0..t.len()).find(|n| {
            t.says(*n, "it is")
                && matches!(t.word(n + 2), "necessary" | "essential" | "imperative" | "vital" | "crucial")
                && t.word(n + 3) == "that"
        }) {
            let verb = (at + 5..t.len())
                .find(|n| is_verb(t, *n) && !t.breaks_before(*n) || matches!(t.word(*n), "be" | "is" | "are" | "can"))
                .unwrap_or(at + 4);
            let owner = self.owner_in(at + 4, verb.max(at + 5));
            self.phrases(at, verb.min(t.len() - 1), t.len(), Found::by(Rule::EnNecessity, owner), out);
            return true;
        }
        // "The target is for all stations to be accredited by March".
        let aim = (1..t.len().min(6)).find(|n| {
            matches!(t.word(n - 1), "target" | "goal" | "aim" | "objective")
                && t.word(n + 1) == "for"
                && matches!(t.word(*n), "is" | "was" | "remains")
        });
        if let Some(to) =
            aim.and_then(|is| t.find(is + 3, t.len().min(is + 14), "to")).filter(|to| is_infinitive(t, to + 1))
        {
            self.phrases(0, to + 1, t.len(), Found::by(Rule::EnNecessity, None), out);
            return true;
        }
        let Some(at) = (0..t.len()).find(|n| {
            let reason =
                *n > 0 && matches!(t.word(n - 1), "as" | "because" | "since" | "if" | "when" | "although" | "where");
            let needed = (t.says(*n, "it is") || t.says(*n, "it was"))
                && !reason
                && (n + 2..n + 5).any(|k| {
                    matches!(
                        t.word(k),
                        "necessary"
                            | "essential"
                            | "imperative"
                            | "vital"
                            | "crucial"
                            | "important"
                            | "incumbent"
                            | "urgent"
                    )
                });
            let efforts =
                matches!(t.word(*n), "efforts" | "work" | "action" | "steps" | "measures" | "more" | "attention")
                    && (n + 1..n + 6).any(|k| {
                        matches!(
                            t.word(k),
                            "made" | "needed" | "taken" | "required" | "done" | "stepped" | "intensified"
                        )
                    })
                    && (n + 1..n + 4)
                        .any(|k| matches!(t.word(k), "should" | "must" | "will" | "shall" | "need" | "are" | "is"));
            (needed || t.says(*n, "there is a need") || efforts)
                && t.find(*n, n + 9, "to").is_some_and(|to| is_infinitive(t, to + 1) || t.word(to + 1).ends_with("ly"))
        }) else {
            return false;
        };
        // "Greater efforts should be made": the noun has its words before it.
        let at = if t.word(at).starts_with("it") || t.word(at) == "there" { at } else { self.clause_start(at) };
        let Some(to) = (at..t.len()).find(|n| t.word(*n) == "to" && !matches!(t.word(n + 1), "be" | "the")) else {
            return false;
        };
        let mut verb = to + 1;
        while t.word(verb).ends_with("ly") {
            verb += 1;
        }
        // "…, 80% of items should be handled online": a clause with a subject and a modal of its own.
        let own = (verb + 2..t.len()).filter(|n| t.gap(*n).contains([',', ';'])).find(|n| {
            let start = n + usize::from(matches!(t.word(*n), "and" | "but"));
            (start + 1..t.len().min(start + 9))
                .take_while(|k| !t.breaks_before(*k))
                .any(|k| matches!(t.word(k), "should" | "must" | "shall") && !is_verb(t, start))
        });
        let end = own.unwrap_or(t.len());
        // "It is necessary for the Council to renew the lease".
        let who = (at..to).find(|n| t.word(*n) == "for").and_then(|on| self.owner_in(on + 1, to));
        let low = t.word(to - 1) == "not";
        self.phrases(at, verb.min(t.len() - 1), end, Found { low, ..Found::by(Rule::EnNecessity, who) }, out);
        if let Some(own) = own {
            let start = own + usize::from(matches!(t.word(own), "and" | "but"));
            let tokens = Tokens::of(self.setting.text, t.start(start)..t.end(t.len() - 1));
            Reader { setting: self.setting, t: &tokens }.modals(&Voice::default(), out);
        }
        true
    }

    /// A verb phrase in a list of resolutions, after "Action:" or after "First,".
    pub(super) fn imperative(&self, labelled: bool, listed: bool, voice: &Voice, out: &mut Vec<Draft>) {
        let t = self.t;
        // "Further letter to the Highways Department": what is to be sent.
        let sent = matches!(t.word(0), "further" | "another")
            && matches!(t.word(1), "letter" | "email" | "e-mail" | "reminder" | "call" | "request")
            && t.word(2) == "to"
            && t.len() <= 14;
        if sent && !(0..t.len()).any(|n| is_finite(t, n)) {
            out.push(self.draft(0, t.len(), Found::by(Rule::EnActionLine, None)));
            return;
        }
        // "agreed: no digging till the results are back".
        if labelled && t.word(0) == "no" && t.len() > 2 && t.word(1).ends_with("ing") {
            out.push(self.draft(0, t.len(), Found::by(Rule::EnImperative, None)));
            return;
        }
        let counted = matches!(
            t.word(0),
            "first"
                | "firstly"
                | "second"
                | "secondly"
                | "third"
                | "thirdly"
                | "fourth"
                | "fifth"
                | "finally"
                | "lastly"
        ) && t.gap(1).contains(',');
        // "Copy to the Highways Department".
        let copied = t.says(0, "copy to") && (2..t.len()).any(|n| t.is(n, Kinds::LISTED_OFFICE)) && t.len() <= 6;
        if copied {
            out.push(self.draft(0, t.len(), Found::by(Rule::EnActionLine, None)));
            return;
        }
        // "Once it is dry, then paint it": what is to be done then.
        let then = (3..t.len().min(14)).find(|n| t.gap(*n).contains(',') && t.word(*n) == "then" && is_verb(t, n + 1));
        if let Some(then) = then.filter(|_| matches!(t.word(0), "once" | "if" | "when")) {
            self.phrases(0, then + 1, t.len(), Found::by(Rule::EnImperative, None), out);
            return;
        }
        // "Also add the lane to the list".
        let also = t.word(0) == "also"
            && is_verb(t, 1)
            && t.word(1) != "present"
            && !t.word(1).starts_with("attend")
            && t.len() > 4
            && !(0..t.len()).any(|n| is_finite(t, n));
        // "Please come and help".
        let asked = also
            || t.word(0) == "please"
                && is_verb(t, 1)
                && !matches!(t.word(1), "note" | "see" | "find" | "visit" | "refer" | "remember" | "do");
        // "Update on speed limits": what is told.
        if t.says(0, "update on") {
            return;
        }
        let mut verb = usize::from(t.word(0) == "to" || counted || asked);
        while t.word(verb).ends_with("ly") && verb + 1 < t.len() && !is_verb(t, verb) {
            verb += 1;
        }
        if (labelled || listed || counted || asked) && is_verb(t, verb) && !self.procedural(verb) {
            let low = !labelled && !counted && !asked && t.len() < 4;
            let from = usize::from(t.word(0) == "to" || counted);
            let owner = self.told(verb).or_else(|| voice.body.clone().filter(|_| listed));
            self.phrases(from, verb, t.len(), Found { low, ..Found::by(Rule::EnImperative, owner) }, out);
        }
    }
}
