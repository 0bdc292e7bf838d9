//! Motions: what was moved, and how it ended.

use super::background::strip;
use super::ballot::ballot;
use super::lexicon::Kinds;
use super::resolution::motion_clause;
use super::sentence::{Found, Reader};
use super::tokens::Tokens;
use super::verb_phrase::is_infinitive;
use crate::Rule;
use crate::draft::Draft;
use crate::phrases::{Phrases, any_of};

impl Reader<'_, '_> {
    /// "Motion by A, second by B to buy two pumps. Motion carried."
    pub(super) fn motion(&self, after: &str, out: &mut Vec<Draft>) -> bool {
        let t = self.t;
        let Some(mark) = (0..t.len().min(16)).find(|n| {
            // "the panels will be moved": things are carried, not proposed.
            let carried = *n > 0
                && t.word(*n) == "moved"
                && (matches!(t.word(n - 1), "be" | "been" | "being" | "were" | "have" | "had")
                    || t.word(n - 1) == "was" && t.word(n.saturating_sub(2)) != "it"
                    || matches!(t.word(n + 1), "to" | "from" | "into" | "up" | "down" | "on")
                        && !t.gap(n + 1).contains(',')
                        && !is_infinitive(t, n + 2));
            // "It was suggested that a lamp be hung. This was agreed."
            let suggested = *n == 2 && t.says(0, "it was suggested that") && concurs(after);
            matches!(t.word(*n), "motion" | "moved" | "motioned" | "seconded" | "proposed") && !carried
                || suggested
                || *n > 1
                    && t.word(*n) == "resolution"
                    && t.word(n - 1) == "a"
                    && matches!(t.word(n - 2), "offered" | "moved" | "made" | "introduced" | "offers")
                || is_msc(t, *n)
                || t.word(*n) == "moves"
        }) else {
            return false;
        };
        // "He declined to second the motion and will continue to act": nothing is moved.
        if (0..mark).any(|n| t.says(n, "declined to")) {
            return false;
        }
        // "Councillor Daly proposed, “That …”. It was seconded": the seconder may stand behind.
        let worded = t.word(mark) == "proposed" && t.gap(mark + 1).contains(['“', '"', ':', '‘']);
        // "Cllr Pell proposed that trees be planted. This was seconded by Cllr Ross and agreed."
        let near = after.get(..after.len().min(160)).or_else(|| after.get(..after.len().min(158))).unwrap_or("");
        let backed = t.word(mark) == "suggested"
            || t.word(mark) == "proposed"
                && (any_of!["econded by", "Seconded", "seconded the", "seconded this"].stands_in(near)
                    || concurs(near))
                && ((mark + 1..t.len().min(mark + 4)).any(|n| t.word(n) == "that")
                    || matches!(t.word(mark + 1), "we" | "to"));
        if t.word(mark) == "proposed" && !worded && !backed && !(0..t.len()).any(|n| t.word(n) == "seconded") {
            return false;
        }
        let named = (0..t.len()).any(|n| {
            matches!(
                t.word(n),
                "by" | "second"
                    | "seconded"
                    | "support"
                    | "supported"
                    | "made"
                    | "moved"
                    | "motioned"
                    | "moves"
                    | "offered"
            )
        });
        // "Motion to close the lane. Carried."
        let bare = mark <= 1 && (t.says(mark, "motion to") || t.says(mark, "motion that"));
        let bare = bare || t.gap(mark + 1).contains(':') && t.word(mark) == "motion";
        // "Approval of bills, motion to pay …".
        let bare = bare || t.breaks_before(mark) && t.says(mark, "motion to");
        // "The original motion, that a grant be paid, was then put and carried."
        let put = t.says(mark, "motion that")
            && (mark + 2..t.len()).any(|n| matches!(t.word(n), "put" | "carried" | "passed" | "lost" | "defeated"));
        if !named && !bare && !worded && !backed && !put && !is_msc(t, mark) {
            return false;
        }
        // "On motion of Voss, seconded by Kline, the Board approved the purchase …".
        if matches!(t.word(0), "on" | "upon" | "following" | "after") && self.approved_on_motion(mark, out) {
            return true;
        }
        let to = (mark + 1..t.len()).find(|n| matches!(t.word(n - 1), "to") && is_infinitive(t, *n));
        let that = t.find(mark, t.len(), "that").filter(|that| that + 2 < t.len());
        let verb = match (to, that) {
            (Some(to), that) if that.is_none_or(|that| to < that) => to,
            (_, Some(that)) => {
                let carried = outcome(&self.tail(0), after);
                if carried != Some(false) {
                    let known = out.len();
                    let end = t.end(self.before_outcome(that).max(that + 2) - 1);
                    motion_clause(self.setting, t.start(that + 1)..end, out);
                    for draft in &mut out[known..] {
                        draft.low |= carried.is_none();
                    }
                }
                return true;
            }
            // "proposed we buy a second bin".
            (None, None) if backed && t.word(mark + 1) == "we" && is_infinitive(t, mark + 2) => mark + 2,
            (Some(_), None) | (None, None) => return true,
        };
        // "to approve Gary, Dick second": what is approved stands before.
        let bare = t.word(verb) == "approve" && t.is_capital(verb + 1) && t.breaks_before(verb + 2);
        if bare && (verb + 2..t.len().min(verb + 6)).any(|n| t.word(n).starts_with("second")) {
            return true;
        }
        if self.procedural(verb) {
            self.besides(verb, after, out);
            return true;
        }
        let end = self.before_outcome(verb);
        let carried = if is_msc(t, mark) { Some(true) } else { outcome(&self.tail(0), after) };
        match carried {
            Some(false) => {}
            told => {
                // "Ola moved Finn to choose the plants".
                let named = verb == mark + 3 && matches!(t.word(mark), "moved" | "moves" | "motioned");
                let owner = self.told(verb).or_else(|| named.then(|| self.owner_in(mark + 1, mark + 2)).flatten());
                let known = out.len();
                let further = self.further_clause(verb, end);
                let mut stop = further.map_or(end, |further| further - 2);
                // "to pay the claims and to transfer $500": each has its own "to".
                let second = self.second_infinitive(verb, stop);
                if let Some(to) = second {
                    let owner = self.told(to + 1);
                    out.push(self.draft(to + 1, stop, Found::by(Rule::EnMotion, owner)));
                    stop = to - 1;
                }
                out.push(self.draft(verb, stop, Found::by(Rule::EnMotion, owner)));
                if let Some(further) = further {
                    motion_clause(self.setting, t.start(further)..t.end(end - 1), out);
                }
                out[known..].iter_mut().for_each(|draft| draft.low |= told.is_none());
            }
        }
        true
    }

    /// "to table the amendment and direct the Administrator to meet with the owners": what a deferral orders.
    fn besides(&self, verb: usize, after: &str, out: &mut Vec<Draft>) {
        let t = self.t;
        let end = self.before_outcome(verb);
        let carried = || outcome("", after) == Some(true);
        let behind = |and: usize| and + 1 + usize::from(t.word(and + 1) == "to");
        let next = (verb + 2..end.saturating_sub(1))
            .find(|n| t.word(*n) == "and" && is_infinitive(t, behind(*n)) && !self.procedural(behind(*n)));
        match next {
            Some(and) if carried() => {
                let owner = self.told(behind(and));
                out.push(self.draft(behind(and), end, Found::by(Rule::EnMotion, owner)));
            }
            None if carried() => {
                self.steps(verb, end, Rule::EnMotion, out);
            }
            Some(_) | None => {}
        }
    }

    fn approved_on_motion(&self, mark: usize, out: &mut Vec<Draft>) -> bool {
        let t = self.t;
        let Some(verb) = (mark + 1..t.len()).find(|n| {
            matches!(
                t.word(*n),
                "approved"
                    | "authorized"
                    | "authorised"
                    | "awarded"
                    | "accepted"
                    | "granted"
                    | "adopted"
                    | "agreed"
                    | "voted"
                    | "resolved"
            )
        }) else {
            return false;
        };
        // "…, it was resolved that the Council dispose of the land", "… it was agreed to write".
        if let Some(that) = (verb + 1..verb + 3).find(|n| t.word(*n) == "that") {
            let end = t.end(self.before_outcome(that).max(that + 2).min(t.len()) - 1);
            motion_clause(self.setting, t.start(that + 1)..end, out);
            return true;
        }
        let impersonal = (mark..verb).any(|n| t.says(n, "it was"));
        let from = self.clause_start(verb);
        // "On a motion by Bell and second by Cole the Board approved".
        let from = (from + 1..verb).find(|n| t.word(*n) == "the" && self.owner_in(*n, verb).is_some()).unwrap_or(from);
        let to = (verb + 1..verb + 4).find(|n| t.word(*n) == "to");
        let infinitive = to.is_some_and(|to| !self.procedural(to + 1));
        let money = |n: usize| t.raw(n).starts_with(['$', '£', '€']);
        let ordered = (verb + 1..t.len().min(verb + 8)).any(|n| t.is(n, Kinds::ACT_NOUN) || money(n));
        if let (true, true, Some(to)) = (impersonal, infinitive, to) {
            let found = Found::by(Rule::EnMotion, self.told(to + 1));
            let end = self.before_outcome(to + 1);
            // "agreed to allocate £900 to the hall and that £300 be held over".
            let further = self.further_clause(to + 1, end);
            self.orders(to + 1, to, further.map_or(end, |further| further - 2), &found, out);
            if let Some(further) = further {
                motion_clause(self.setting, t.start(further)..t.end(end - 1), out);
            }
            return true;
        }
        if from > mark && (infinitive || ordered) && !self.procedural_noun(verb) {
            out.push(self.draft(from, self.before_outcome(verb), Found::by(Rule::EnMotion, self.owner_in(from, verb))));
        }
        true
    }

    /// "… and to transfer $500": where a further order of a motion stands, with its own "to" and its own object.
    fn second_infinitive(&self, from: usize, to: usize) -> Option<usize> {
        let t = self.t;
        (from + 3..to.saturating_sub(2)).find(|n| {
            t.word(*n) == "to"
                && t.word(n - 1) == "and"
                && is_infinitive(t, n + 1)
                && !self.procedural(n + 1)
                && !matches!(t.word(n + 1), "authorize" | "authorise" | "be")
                && !matches!(t.word(n + 2), "it" | "them" | "him" | "her")
        })
    }

    fn tail(&self, from: usize) -> String {
        self.t.text[self.t.start(from) - self.t.base..].to_ascii_lowercase()
    }

    /// The words of a motion end where its outcome or its seconder is told.
    pub(super) fn before_outcome(&self, from: usize) -> usize {
        let t = self.t;
        let end = (from + 2..t.len())
            .find(|n| {
                t.breaks_before(*n)
                    && (matches!(
                        t.word(*n),
                        "seconded"
                            | "second"
                            | "supported"
                            | "motion"
                            | "carried"
                            | "passed"
                            | "all"
                            | "unanimously"
                            | "approved"
                    ) || t.says(*n, "which was")
                        || t.says(*n, "was put")
                        || t.says(*n, "was then put")
                        || t.says(*n, "with all")
                        || t.says(*n, "and seconded"))
                    || matches!(t.word(*n), "seconded")
                    // "… on a Gale/Holt motion".
                    || t.says(*n, "on a") && (n + 2..n + 6).any(|k| t.word(k) == "motion")
                    || t.says(*n, "was carried")
                    || t.says(*n, "was made by")
                    || t.says(*n, "was moved by")
                    || t.says(*n, "was offered by")
                    || t.says(*n, "motion carried")
            })
            .map_or(t.len(), |n| if matches!(t.word(n - 1), "and" | "was") { n - 1 } else { n });
        // "to pay the bills by Fay, second by Hart": who moved it.
        let mover = (from + 2..end).rev().take(3).find(|n| t.word(*n) == "by").filter(|by| {
            end < t.len()
                && matches!(t.word(end), "second" | "seconded" | "supported")
                && (by + 1..end).all(|n| t.is_capital(n))
        });
        mover.unwrap_or(end)
    }

    /// Whether the object of approving is a paper and no act: minutes, a report, a policy.
    pub(super) fn procedural_noun(&self, verb: usize) -> bool {
        let t = self.t;
        let paper = |n: usize| {
            matches!(
                t.word(n),
                "minutes"
                    | "agenda"
                    | "report"
                    | "reports"
                    | "reading"
                    | "consent"
                    | "statement"
                    | "policy"
                    | "strategy"
                    | "orders"
                    | "calendar"
                    | "framework"
                    | "appointment"
                    | "appointments"
                    | "nomination"
                    | "bill"
                    | "memorandum"
            )
        };
        let first_act = (verb + 1..t.len()).find(|n| t.is(*n, Kinds::ACT_NOUN));
        (verb + 1..t.len().min(verb + 7))
            .find(|n| paper(*n))
            .is_some_and(|paper| first_act.is_none_or(|act| paper < act))
    }

    /// "raising the fee from $3 to $4": what a paper changes.
    fn changes(&self, verb: usize) -> bool {
        let t = self.t;
        (verb + 1..t.len().min(verb + 14)).any(|n| {
            matches!(
                t.word(n),
                "raising"
                    | "increasing"
                    | "reducing"
                    | "lowering"
                    | "setting"
                    | "authorizing"
                    | "authorising"
                    | "imposing"
                    | "extending"
                    | "directing"
            )
        })
    }

    /// Acts complete in themselves: adopting minutes, adjourning, appointing.
    pub(super) fn procedural(&self, verb: usize) -> bool {
        let t = self.t;
        let words = |list: &[&str]| (verb + 1..t.len().min(verb + 9)).any(|n| list.contains(&t.word(n)));
        // "approve the license renewal of the inn": a licence, and no act ordered.
        let licence = |n: usize| matches!(t.word(n - 1), "license" | "licence" | "permit" | "membership");
        let ordered = (verb + 1..t.len().min(verb + 7)).any(|n| t.is(n, Kinds::ACT_NOUN) && !licence(n));
        match super::verb_phrase::base(t.word(verb)).unwrap_or(t.word(verb)) {
            // "receive a further report in six months": somebody has to write it.
            "receive" if words(&["further", "another", "update", "updates", "regular", "quarterly"]) => false,
            // "receive a deputation at the next meeting": the body has to hear it.
            "receive" if words(&["deputation", "delegation"]) => false,
            // "appoint a task force": to appoint a body is to set it up.
            "appoint"
                if (verb + 1..t.len().min(verb + 5)).any(|n| {
                    matches!(
                        t.word(n),
                        "committee"
                            | "sub-committee"
                            | "subcommittee"
                            | "group"
                            | "team"
                            | "force"
                            | "taskforce"
                            | "panel"
                            | "commission"
                    ) && matches!(t.word(verb + 1), "a" | "an")
                }) =>
            {
                false
            }
            // "engage Ms Hale as Internal Auditor": an appointment.
            "engage" if words(&["as"]) && words(&["auditor"]) => true,
            "declare" | "adjourn" | "recess" | "convene" | "reconvene" | "table" | "appoint" | "elect" | "nominate"
            | "suspend" | "defer" | "ratify" | "second" | "postpone" | "receive" | "note" | "acknowledge"
            | "exclude" | "commend" | "adjourned" | "deny" | "decline" | "reject" | "oppose" | "refuse" | "dismiss"
            | "reappoint" | "excuse" | "reconsider" | "refer" => true,
            "grant" if words(&["approval", "variance", "permit", "rezoning", "exemption"]) => true,
            // "Motion to approve by Dorsey": what was read before.
            "approve" | "adopt" | "accept" | "pass" if matches!(t.word(verb + 1), "by" | "it" | "same" | "as" | "") => {
                true
            }
            // "adopt the resolution raising the fee": what changes is ordered.
            "adopt" | "approve" if self.changes(verb) => false,
            // "recommend a levy of $98,500" is what a town meeting's board decides of it.
            "recommend" if words(&["levy", "budget", "rate"]) && words_of_money(t, verb) => false,
            // "recommend the scheme to the full Council": somebody has to put it there.
            "recommend"
                if (verb + 2..t.len().min(verb + 12)).any(|n| {
                    t.word(n) == "to" && (n + 1..n + 4).any(|k| matches!(t.word(k), "council" | "cabinet" | "board"))
                }) =>
            {
                false
            }
            "thank" | "congratulate" | "endorse" | "affirm" | "reaffirm" | "recommend" | "lay" => {
                !ordered || t.word(verb).starts_with("recommend")
            }
            // "accept with thanks a donation of $500": complete in itself.
            "accept" if words(&["donation", "donations", "gift", "gifts", "bequest", "resignation"]) => true,
            "amend" if words(&["ordinance", "bylaw", "by-law", "bylaws", "by-laws", "code"]) => true,
            // "accept the quotation": then it is bought.
            "accept"
                if words(&[
                    "tender",
                    "tenders",
                    "bid",
                    "bids",
                    "quote",
                    "quotation",
                    "quotations",
                    "estimate",
                    "offer",
                    "figure",
                    "price",
                    "variation",
                ]) =>
            {
                false
            }
            "adopt" | "accept" => !ordered || self.procedural_noun(verb),
            "open" | "close" => words(&["meeting", "session", "hearing", "floor", "nominations", "comment"]),
            "enter" | "go" | "move" => words(&["session", "closed", "executive", "committee"]),
            // "take the matter up and report back" takes nothing as read.
            "take"
                if !(verb + 1..verb + 4).any(|n| {
                    matches!(t.word(n), "minutes" | "report" | "reports" | "reading" | "agenda" | "division")
                }) =>
            {
                false
            }
            "approve" | "confirm" | "sign" | "waive" | "dispense" | "take" => {
                words(&[
                    "minutes",
                    "agenda",
                    "report",
                    "reports",
                    "reading",
                    "recommendation",
                    "recommendations",
                    "consent",
                    "statement",
                    "resolution",
                    "ordinance",
                    "policy",
                    "orders",
                    "calendar",
                    "division",
                    "split",
                    "variance",
                    "plat",
                    "rezoning",
                    "application",
                    "permit",
                    "license",
                    "licence",
                ]) && !words(&["conditions", "following"])
                    && (!ordered || self.procedural_noun(verb))
            }
            _ => false,
        }
    }
}

/// "M/S/C", "M/S/A", "M/S/P": moved, seconded and carried, approved or passed.
fn is_msc(t: &Tokens<'_>, n: usize) -> bool {
    t.word(n) == "m" && t.word(n + 1) == "s" && matches!(t.word(n + 2), "c" | "a" | "p" | "u") && t.gap(n + 1) == "/"
}

fn words_of_money(t: &Tokens<'_>, verb: usize) -> bool {
    (verb + 1..t.len().min(verb + 9)).any(|n| t.word(n).starts_with(['$', '£', '€']))
}

/// "This was agreed to by the Members.": how the sentence behind a proposal begins.
pub(super) fn concurs(after: &str) -> bool {
    any_of![
        "This was agreed",
        "It was agreed",
        "It was so agreed",
        "Agreed.",
        "This was unanimously agreed",
        "The Members agreed",
        "The members agreed",
        "All agreed",
        "All present concurred",
        "The Members concurred",
        "This was accepted",
        "This was adopted",
        "The proposal was agreed",
        "The proposal was accepted",
        "The proposal was adopted",
    ]
    .begins(after.trim_start())
        && !after.trim_start().starts_with("It was agreed t")
}

/// How a motion ended: told in its own sentence or in those after it. What says so of a motion counts before what only
/// tells of votes.
pub(super) fn outcome(own: &str, after: &str) -> Option<bool> {
    // In capitals it is the outcome, in small letters anything may be lost.
    let written = after;
    let after = after.replace("LOST", "MOTION LOST");
    let short = ["MC", "M/C", "MCU"]
        .iter()
        .any(|short| after.split_whitespace().take(16).any(|word| word.trim_end_matches(['.', ',', ';']) == *short));
    let after = after.to_ascii_lowercase();
    // "proposed by A, seconded by B and resolved to": in its own words only, since the next decision may follow.
    if own.contains("resolved") || own.contains("agreed t") {
        return Some(true);
    }
    // "4-0." right behind the motion goes before what any later sentence says.
    if let Some(carried) = bare_tally(&after) {
        return Some(carried);
    }
    let both = [own, after.as_str()];
    let told = |text: &&str| match (LOST.find(text), CARRIED.find(text)) {
        (Some((lost, _)), Some((carried, _))) => Some(carried < lost),
        (lost, carried) => carried.or(lost).map(|_| carried.is_some()),
    };
    let tallied = || both.iter().find_map(|text| tally(text));
    both.iter()
        .find_map(told)
        .or(short.then_some(true))
        .or_else(|| ballot(written))
        .or_else(tallied)
        .or_else(|| both.iter().any(|text| VOTES.stands_in(text)).then_some(true))
}

/// "Vote: 3-0", "by a vote of 2-4": more for than against.
fn tally(text: &str) -> Option<bool> {
    let Some(from) = text.find("vote").or_else(|| text.find("roll call")) else { return bare_tally(text) };
    let told = &text[from..];
    let votes = told.split(|c: char| !(c.is_ascii_digit() || matches!(c, '-' | '–'))).filter(|votes| !votes.is_empty());
    let votes = votes.take(6).find_map(|votes| {
        let (ayes, rest) = votes.split_once(['-', '–'])?;
        let nays = rest.split(['-', '–']).next()?;
        Some((ayes.parse::<u8>().ok()?, nays.parse::<u8>().ok()?))
    });
    votes.map(|(ayes, nays)| ayes > nays)
}

/// "4-0." as a sentence, or at the end of one: "…, 3-1."
fn bare_tally(text: &str) -> Option<bool> {
    let first = text.trim_start().split(['.', ';', '\n']).next()?.trim();
    let last = first.rsplit([' ', ',']).next()?;
    let (ayes, rest) = last.split_once(['-', '–'])?;
    let nays = rest.split(['-', '–']).next()?;
    let (ayes, nays): (u8, u8) = (ayes.parse().ok()?, nays.parse().ok()?);
    (ayes <= 60 && (first == last || first.ends_with(last) && first.contains(", "))).then_some(ayes > nays)
}

static LOST: Phrases = Phrases::of(&[
    "motion to table",
    "motion to postpone",
    "motion to defer",
    "motion lost",
    "was lost",
    "motion was lost",
    "declared lost",
    "the motion lost",
    ". lost",
    "motion be lost",
    "motion fail",
    "failed",
    "fails",
    "defeated",
    "withdrawn",
    "withdrew",
    "was tabled",
    "motion tabled",
    "to table the",
    "no second",
    "no support",
    "lack of support",
    "no seconder",
    "motion fell",
    "lack of a second",
    "want of a second",
    "died",
    "dies",
    "not carried",
    "not adopted",
    "not approved",
    "negatived",
    "ruled out of order",
]);

static CARRIED: Phrases = Phrases::of(&[
    "motion carried",
    "motion carries",
    "carried",
    "motion passe",
    "passed",
    "so ordered",
    "unanimously approved",
    "approved unanimously",
    "unanimous",
    "motion approved",
    "motion was approved",
    "motion adopted",
    "adopted",
    "approved",
    "agreed",
    "m/s/c",
    "msc",
    "put and carried",
    "all ayes",
    "all aye",
    "all in favor",
    "all in favour",
]);

/// What only tells of votes.
static VOTES: Phrases = Phrases::of(&[
    "ayes",
    "yeas",
    "in favor",
    "in favour",
    "all yes",
    "all yea",
    "all voted yes",
    "all voting",
    "voice vote",
    "aye",
]);

/// How far the outcome of a motion may stand: to the next motion, and no further than a roll call is long.
pub(super) fn outcome_reach(text: &str, from: usize, paragraph: usize, near: Option<usize>) -> usize {
    let far = text.floor_char_boundary(paragraph.max(from) + 160).min(text.floor_char_boundary(from + 900));
    let moves = any_of![
        " moved",
        " motion by",
        " made a motion",
        "Motion by",
        "MOTION BY",
        "MOTION TO",
        "MOTION:",
        "MOTION made"
    ];
    // "Motion by A to reduce the number died for lack of a second": the vote on the first comes behind it.
    let lapses = |at: &usize| {
        let rest = &text[from + at..far];
        let sentence = &rest[..rest.find(". ").unwrap_or(rest.len())];
        any_of!["lack of a second", "want of a second"].stands_in(sentence)
    };
    let next = moves.places(&text[from..far]).find(|(at, _)| !lapses(at)).map_or(far, |(at, _)| from + at);
    next.max(near.unwrap_or(0).min(next)).max(from)
}

/// "CARRIED (Opposed: Councillor Frey)", "Motion lost": how the motion before it ended.
pub(super) fn tells_outcome(words: &str) -> bool {
    const OUTCOMES: [&str; 8] = [
        "carried",
        "defeated",
        "lost",
        "motion carried",
        "motion lost",
        "motion defeated",
        "not carried",
        "the motion was",
    ];
    words.len() <= 120 && OUTCOMES.iter().any(|word| strip(words.trim_start(), word).is_some_and(ends_there))
}

/// "Carried", "Carried 5-0", "Lost (3 to 4)", "Carried unanimously"; not "Lost property to be catalogued".
fn ends_there(rest: &str) -> bool {
    let next = rest.trim_start_matches([' ', '.', ',', ':', ';', '-', '–', '—', '*']);
    let counted = next.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '(' | '[' | '/'));
    let how = ["unanim", "by ", "on ", "with ", "all ", "as ", "nem", "without ", "for ", "yes", "ayes", "aye", "none"];
    let marked = rest.trim_start_matches(' ').starts_with(['.', ',', ';', '(', '-', '–', '—']);
    next.is_empty() || counted || marked || how.iter().any(|word| strip(next, word).is_some())
}
