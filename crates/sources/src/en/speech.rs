//! Whose words a clause is: a guest's, an act's, one member's; and whom its subject names.

use std::ops::Range;

use super::lexicon::Kinds;
use super::owner::{Subject, first_named, last_named};
use super::sentence::{Reader, Voice};

impl Reader<'_, '_> {
    /// What an act, a circular or a guest says must be done is not this body's word: "the agreement says that claims must".
    pub(super) fn said_elsewhere(&self, start: usize) -> bool {
        let t = self.t;
        let under = matches!(t.word(0), "under" | "per") || t.says(0, "according to") || t.says(0, "pursuant to");
        let comma = (1..start.max(1)).find(|n| t.gap(*n).contains(',')).unwrap_or(start);
        if under && (1..comma).any(|n| t.is(n, Kinds::PAPER)) {
            return true;
        }
        (0..start).any(|n| {
            let says = matches!(
                t.word(n),
                "says"
                    | "say"
                    | "state"
                    | "provide"
                    | "require"
                    | "specify"
                    | "stipulate"
                    | "states"
                    | "stated"
                    | "said"
                    | "provides"
                    | "requires"
                    | "specifies"
                    | "reads"
                    | "told"
                    | "sets"
                    | "stipulates"
                    | "clarifies"
            );
            // "The draft makes clear that".
            let says = says || matches!(t.word(n), "makes" | "make" | "made") && t.word(n + 1) == "clear";
            if !says {
                return false;
            }
            let from = n.saturating_sub(10);
            let draft = (from..n).any(|k| matches!(t.word(k), "draft" | "bill")) && t.word(n + 1) == "clear";
            let paper = (draft || (from..n).any(|k| t.is(k, Kinds::PAPER) && !t.breaks_before(k + 1)))
                && !(from..n).any(|k| matches!(t.word(k), "officer" | "clerk" | "manager" | "director"));
            let guest = (from..n).any(|k| {
                matches!(
                    t.word(k),
                    "resident"
                        | "residents"
                        | "neighbour"
                        | "neighbor"
                        | "neighbours"
                        | "parishioner"
                        | "petitioner"
                        | "petitioners"
                        | "visitor"
                        | "speaker"
                        | "parent"
                        | "protesters"
                        | "shopkeeper"
                        | "trader"
                        | "association"
                )
            });
            // "Rosa Whitfield, 14 Tern Lane, said".
            let address = (1..n).any(|k| {
                t.gap(k).contains(',')
                    && t.word(k).starts_with(|c: char| c.is_ascii_digit())
                    && t.is_capital(k + 1)
                    && civil::month_named(t.word(k + 1)).is_none()
            });
            let state = t.word(n) == "told"
                && n >= 2
                && matches!(t.word(n - 1), "has" | "have")
                && matches!(t.word(n - 2), "state" | "government" | "province");
            paper && t.word(n) != "told" || guest || address || state
        })
    }

    /// "Cllr Rowe said that the Council should": one member's view.
    pub(super) fn member_says(&self, start: usize) -> bool {
        let t = self.t;
        (1..start).any(|n| {
            let says = matches!(
                t.word(n),
                "said"
                    | "stated"
                    | "added"
                    | "commented"
                    | "noted"
                    | "observed"
                    | "stressed"
                    | "emphasised"
                    | "emphasized"
                    | "reminded"
                    | "insisted"
            );
            let from = n.saturating_sub(5);
            says && (from..n).any(|k| {
                let member = matches!(
                    t.word(k),
                    "cllr"
                        | "councillor"
                        | "councilor"
                        | "councilmember"
                        | "cr"
                        | "trustee"
                        | "supervisor"
                        | "alderman"
                        | "member"
                );
                member
                    && self.setting.text.get(t.start(k)..t.end(n - 1)).is_some_and(|words| !self.setting.chairs(words))
            })
        })
    }

    /// "farmers", "local employers": a plural of doers, in lower case.
    pub(super) fn names_doers(&self, start: usize, at: usize) -> bool {
        const NOT: [&str; 43] = [
            "letters",
            "rosters",
            "posters",
            "banners",
            "vouchers",
            "folders",
            "counters",
            "sensors",
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

    /// A short subject in capitals whose verb is one of persons; "everyone".
    pub(super) fn acts(&self, start: usize, at: usize, verb: &str) -> bool {
        let t = self.t;
        let personal = matches!(
            verb,
            "notify"
                | "write"
                | "send"
                | "contact"
                | "submit"
                | "circulate"
                | "attend"
                | "ask"
                | "inform"
                | "liaise"
                | "chase"
                | "obtain"
                | "email"
                | "ring"
                | "call"
                | "invite"
                | "order"
                | "arrange"
                | "consult"
                | "draft"
                | "advertise"
                | "check"
                | "install"
                | "monitor"
        );
        let named = t.is_capital(start)
            && at - start <= 3
            && !super::clause::preposition(t.word(start))
            && !matches!(t.word(start), "this" | "these" | "it");
        let all = at == start + 1 && matches!(t.word(start), "everyone" | "everybody");
        all || named && personal && !matches!(self.subject(start, at), Subject::Nobody)
    }

    /// "In the interim staff are to": the subject begins behind the time or place, where no comma parts them.
    pub(super) fn after_place(&self, start: usize, at: usize) -> usize {
        let t = self.t;
        if !super::clause::preposition(t.word(start)) || start + 2 >= at {
            return start;
        }
        let owner = |k: &usize| matches!(self.subject(*k, at), Subject::Owner(_));
        let begins = |k: &usize| t.is_capital(*k) || matches!(t.word(*k), "the" | "all" | "each");
        (start + 2..at).filter(begins).find(owner).or_else(|| (start + 2..at).rev().find(owner)).unwrap_or(start)
    }

    /// "“We must hold the line,” the Chair said", "…, the meeting stressed": the words end before who said them.
    pub(super) fn before_speaker(&self) -> usize {
        let t = self.t;
        let says = |k: usize| {
            matches!(
                t.word(k),
                "said"
                    | "added"
                    | "stressed"
                    | "noted"
                    | "says"
                    | "explained"
                    | "urged"
                    | "warned"
                    | "emphasised"
                    | "emphasized"
                    | "concluded"
            )
        };
        let last = t.len() - 1;
        let mark = |n: &usize| t.gap(*n).contains(['”', '"', ',']);
        let quoted = |n: &usize| t.gap(*n).contains(['”', '"']) && (*n..t.len()).any(says);
        let told = |n: &usize| {
            (says(last) || says(*n) && last > *n) && !(*n..last).any(|k| t.word(k) == "and") && t.len() - n <= 5
        };
        (3..t.len()).filter(|n| t.len() - n <= 7 && mark(n)).find(|n| quoted(n) || told(n)).unwrap_or(t.len())
    }

    pub(super) fn antecedent(&self, start: usize, voice: &Voice) -> Option<Range<usize>> {
        let pronoun = self.t.word(start);
        if pronoun == "they" {
            return last_named(self.t, start, &self.setting.names).or_else(|| voice.named.clone());
        }
        super::owner::speaker(self.t, start, &self.setting.names, self.setting.profile)
            .or_else(|| first_named(self.t, start, &self.setting.names, self.setting.profile))
            .or_else(|| voice.named.clone())
    }
}
