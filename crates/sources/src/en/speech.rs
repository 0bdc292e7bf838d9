//! Whose words a clause is: a guest's, an act's, one member's; and whom its subject names.

use std::ops::Range;

use super::lexicon::Kinds;
use super::modal::Modal;
use super::owner::{Subject, first_named, last_named, names_person};
use super::sentence::{Reader, Voice};

impl Reader<'_, '_> {
    /// What an act, a circular or a guest says must be done is not this body's word: "the agreement says that claims must".
    pub(super) fn said_elsewhere(&self, start: usize, kind: Modal) -> bool {
        let t = self.t;
        let under = matches!(t.word(0), "under" | "per") || t.says(0, "according to") || t.says(0, "pursuant to");
        let comma = (1..start.max(1)).find(|n| t.gap(*n).contains(',')).unwrap_or(start);
        if under && (1..comma).any(|n| t.is(n, Kinds::PAPER)) {
            return true;
        }
        // "cabinet 2 should be live in spring according to the firm".
        if (start..t.len()).any(|n| t.says(n, "according to") && t.is_capital(n + 2)) {
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
            let says = says || t.word(n) == "recommends";
            let says = says || matches!(t.word(n), "pointed") && t.word(n + 1) == "out";
            let says = says || matches!(t.word(n), "makes" | "make" | "made") && t.word(n + 1) == "clear";
            if !says {
                return false;
            }
            let from = n.saturating_sub(10);
            let draft = (from..n).any(|k| matches!(t.word(k), "draft" | "bill")) && t.word(n + 1) == "clear";
            // What a firm writes that it will do, it undertakes.
            let written = |k: usize| kind == Modal::Will && matches!(t.word(k), "letter" | "email" | "notice");
            let paper = (draft || (from..n).any(|k| t.is(k, Kinds::PAPER) && !written(k) && !t.breaks_before(k + 1)))
                && !(from..n).any(|k| matches!(t.word(k), "officer" | "clerk" | "manager" | "director"));
            // "It says that the surface should be topped up": a paper, or a letter.
            let it =
                n > 0 && t.word(n - 1) == "it" && matches!(t.word(n), "says" | "states" | "recommends" | "advises");
            // "SB thanked residents and said": the Chair says so.
            let sayer = self.sayer(n);
            let guest = sayer.clone().any(|k| {
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
                        | "auditor"
                        | "inspector"
                        | "consultant"
                        | "insurer"
                )
            });
            // "Frank Hotaling of Kill Road stated", "Mrs Stott (Bank Top) said".
            let lives = sayer.clone().any(|k| {
                matches!(t.word(k), "of" | "from")
                    && (t.is_capital(k + 1) || t.word(k + 1).starts_with(|c: char| c.is_ascii_digit()))
                    && (k + 1..k + 4).any(|k| {
                        matches!(
                            t.word(k),
                            "road"
                                | "street"
                                | "lane"
                                | "drive"
                                | "avenue"
                                | "close"
                                | "terrace"
                                | "row"
                                | "crescent"
                                | "court"
                        )
                    })
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
            paper && t.word(n) != "told" || it || guest || lives || address || state || self.higher(n)
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
                    | "explained"
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
            if !says {
                return false;
            }
            // To explain informs, and orders nothing.
            if t.word(n) == "explained" {
                return true;
            }
            let sayer = self.sayer(n);
            if self.is_private(sayer.clone()) || self.is_outsider(sayer.clone()) {
                return true;
            }
            let from = if sayer.end + 1 < n { sayer.start } else { n.saturating_sub(5) };
            (from..n).any(|k| {
                let member = matches!(
                    t.word(k),
                    "director" if t.is_capital(k) && t.is_capital(k + 1) && k + 2 == n
                ) || matches!(
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

    /// Who is the subject of a verb of saying: before it, or before the verb that "and" joins it to.
    pub(super) fn sayer(&self, says: usize) -> Range<usize> {
        let t = self.t;
        let mut head = says;
        while head > 0
            && (matches!(t.word(head - 1), "has" | "have" | "had" | "then" | "also" | "further" | "again" | "now")
                || t.word(head - 1).ends_with("ly") && !t.is_capital(head - 1))
        {
            head -= 1;
        }
        // "Dacre & Son have written to say that".
        if head > 1
            && t.word(head - 1) == "to"
            && let Some(finite) = (1..head - 1).find(|n| super::clause::is_finite(t, *n))
        {
            return self.clause_start(finite)..finite;
        }
        if head > 0
            && t.word(head - 1) == "and"
            && let Some(finite) = (1..head).find(|n| super::clause::is_finite(t, *n))
        {
            return self.clause_start(finite)..finite;
        }
        self.clause_start(head)..head
    }

    /// "Surely, she said, something should be done": what one person says, told between commas before it.
    pub(super) fn said_aside(&self, start: usize) -> bool {
        let t = self.t;
        start >= 2
            && t.gap(start).contains(',')
            && matches!(t.word(start - 1), "said" | "felt" | "thought" | "added" | "argued")
            && (2..=4).any(|back| back <= start && t.breaks_before(start - back))
            && !(start.saturating_sub(4)..start).any(|n| t.is(n, Kinds::BODY | Kinds::OFFICE))
    }

    /// "She said that the Council should": she is somebody who holds no office, named before.
    pub(super) fn guest_says(&self, start: usize, voice: &Voice) -> bool {
        let t = self.t;
        let says =
            (1..start).find(|n| matches!(t.word(*n), "said" | "stated" | "added" | "felt" | "says" | "stressed"));
        let pronoun = says.is_some_and(|n| matches!(t.word(n - 1), "he" | "she"));
        let Some(person) = voice.person.clone().filter(|_| pronoun) else { return false };
        let words = &self.setting.text[person];
        let office = words
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| Kinds::of(&word.to_ascii_lowercase()).any(Kinds::OFFICE | Kinds::BODY));
        !office
            && !self.setting.chairs(words)
            && !self.setting.names.leads(words)
            && !self.setting.names.serves(words)
            && words.starts_with(char::is_uppercase)
    }

    /// A name or explained initials and no more, of somebody who holds no office and did not chair: a member or a guest.
    fn is_private(&self, sayer: Range<usize>) -> bool {
        let t = self.t;
        let pronoun = sayer.len() == 1
            && matches!(t.word(sayer.start), "he" | "she" | "they" | "it" | "we" | "this" | "others" | "some" | "one");
        let names = !pronoun && sayer.clone().all(|n| t.is_capital(n) && !t.is(n, Kinds::OFFICE | Kinds::BODY));
        let Some(words) = self.setting.text.get(t.start(sayer.start)..t.end(sayer.end.max(1) - 1)) else {
            return false;
        };
        let known = self.setting.names.explains(words)
            || (1..=3).contains(&sayer.len()) && words.chars().any(char::is_lowercase);
        !sayer.is_empty()
            && names
            && known
            && !self.setting.chairs(words)
            && !self.setting.names.leads(words)
            && !self.setting.names.serves(words)
    }

    /// "The Registration Manager at the Borough said": an office that neither meets nor chairs.
    fn is_outsider(&self, sayer: Range<usize>) -> bool {
        let t = self.t;
        let placed = sayer
            .clone()
            .any(|n| matches!(t.word(n), "at" | "from") && t.is_capital(n + 1) || t.says(n, "on behalf of"));
        placed
            && t.is_capital(sayer.start + usize::from(t.word(sayer.start) == "the"))
            && !sayer.clone().any(|n| matches!(t.word(n), "chair" | "chairman" | "clerk" | "mayor" | "meeting"))
    }

    /// "The provincial conference pointed out that": what a higher body said, as minutes pass it on.
    fn higher(&self, says: usize) -> bool {
        let t = self.t;
        let sayer = self.sayer(says);
        let level = |n: usize| matches!(t.word(n), "provincial" | "national" | "central" | "state" | "federal");
        let body = |n: usize| matches!(t.word(n), "conference" | "meeting" | "congress" | "plenum");
        sayer.clone().any(level) && sayer.clone().any(body)
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
        let personal = personal
            || matches!(
                verb,
                "look"
                    | "speak"
                    | "talk"
                    | "bring"
                    | "prepare"
                    | "organise"
                    | "organize"
                    | "research"
                    | "investigate"
                    | "pick"
                    | "find"
                    | "purchase"
                    | "buy"
                    | "ask"
                    | "try"
                    | "clean"
                    | "mow"
                    | "collect"
                    | "print"
                    | "produce"
                    | "chair"
                    | "host"
                    | "forward"
                    | "update"
                    | "explore"
                    | "review"
                    | "compile"
                    | "type"
                    | "post"
                    | "mail"
                    | "phone"
                    | "visit"
                    | "inspect"
                    | "measure"
                    | "paint"
                    | "deliver"
                    | "drop"
                    | "book"
                    | "coordinate"
                    | "handle"
                    | "report"
                    | "share"
                    | "put"
                    | "let"
                    | "confirm"
            ) && at == start + 1
                && !t.is(start, Kinds::THING | Kinds::PAPER | Kinds::PRODUCT | Kinds::ACT_NOUN)
                && !["s", "ing", "ion", "ment", "ance"].iter().any(|end| t.word(start).ends_with(end));
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
        // "Instead the board will": an adverb in front of the subject.
        let adverb = matches!(
            t.word(start),
            "instead"
                | "initially"
                | "meanwhile"
                | "finally"
                | "subsequently"
                | "additionally"
                | "therefore"
                | "accordingly"
        );
        if adverb && start + 1 < at {
            return start + 1;
        }
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
        // "…, according to a statement": where it is told.
        let source =
            |n: &usize| t.breaks_before(*n) && t.says(*n, "according to") && matches!(t.word(n + 2), "a" | "the");
        let said = (3..t.len()).filter(|n| t.len() - n <= 7 && mark(n)).find(|n| quoted(n) || told(n));
        said.or_else(|| (3..t.len()).find(source)).unwrap_or(t.len())
    }

    pub(super) fn antecedent(&self, start: usize, voice: &Voice) -> Option<Range<usize>> {
        let pronoun = self.t.word(start);
        if pronoun == "they" {
            return match self.promising(start) {
                Some(firm) => firm,
                None => last_named(self.t, start, &self.setting.names).or_else(|| voice.named.clone()),
            };
        }
        if pronoun == "it"
            && let Some(firm) = self.firm_before(start)
        {
            return Some(firm);
        }
        let single = |range: &Range<usize>| pronoun == "it" || names_person(&self.setting.text[range.clone()]);
        super::owner::speaker(self.t, start, &self.setting.names, self.setting.profile)
            .filter(single)
            .or_else(|| first_named(self.t, start, &self.setting.names, self.setting.profile).filter(single))
            .or_else(|| if pronoun == "it" { voice.named.clone() } else { voice.person.clone() })
    }

    /// "the contractor, Lumen, had promised that it would": a firm or a body that has taken it on, in the clause before, by
    /// the name that stands beside it.
    pub(super) fn firm_before(&self, it: usize) -> Option<Range<usize>> {
        let t = self.t;
        if it == 0 || t.word(it - 1) != "that" {
            return None;
        }
        let promised = |n: &usize| {
            matches!(
                t.word(*n),
                "promised"
                    | "undertaken"
                    | "undertook"
                    | "commitment"
                    | "confirmed"
                    | "assured"
                    | "agreed"
                    | "undertaking"
            )
        };
        let promise = (it.saturating_sub(5)..it).rev().find(promised)?;
        let verb = (1..=promise).rev().find(|n| {
            matches!(t.word(*n), "had" | "has")
                || promised(n) && !matches!(t.word(n - 1), "had" | "has" | "a" | "the" | "an")
        })?;
        // "had been short a crew but had given": the subject stands before the first of them.
        let first =
            (1..=verb).rev().take_while(|n| t.word(*n) != "that").filter(|n| super::clause::is_finite(t, *n)).last();
        let finite = first.unwrap_or(verb);
        let beside = self.parenthesis(finite).filter(|_| t.gap(finite).contains(','));
        let named = |from: usize, to: usize| {
            let all = from < to && (from..to).all(|n| t.is_capital(n));
            if all { Some(t.start(from)..t.end(to - 1)) } else { self.owner_in(from, to) }
        };
        let start = self.clause_start(finite);
        let owner = match beside {
            Some(open) => named(open, finite).or_else(|| named(start, open)),
            None => named(start, finite),
        }?;
        (!names_person(&self.setting.text[owner.clone()]) || beside.is_some() || !t.is(start, Kinds::TITLE))
            .then_some(owner)
    }

    /// "Valley told the Mayor that they would strip it", "The contractor's email says that they will": who they are, in the
    /// words before the verb of saying. `Some(None)` where one person speaks for a firm that is not named.
    pub(super) fn promising(&self, they: usize) -> Option<Option<Range<usize>>> {
        let t = self.t;
        let says = (they.saturating_sub(6)..they).rev().find(|n| {
            matches!(
                t.word(*n),
                "told"
                    | "informed"
                    | "advised"
                    | "assured"
                    | "promised"
                    | "said"
                    | "says"
                    | "say"
                    | "confirmed"
                    | "stated"
                    | "replied"
                    | "wrote"
                    | "writes"
                    | "states"
                    | "promise"
                    | "confirm"
                    | "indicated"
                    | "reported"
            )
        })?;
        let sayer = self.sayer(says);
        // What a firm's paper or man says, the firm says.
        let owned = sayer.clone().find(|n| t.word(*n).ends_with("'s") || t.word(*n).ends_with("’s"));
        let end = owned.map_or(sayer.end, |n| n + 1);
        if sayer.start >= end {
            return None;
        }
        let mut range = t.start(sayer.start)..t.end(end - 1);
        if owned.is_some() {
            range.end -= if self.setting.text[range.clone()].ends_with("’s") { "’s".len() } else { "'s".len() };
        }
        let words = &self.setting.text[range.clone()];
        let firm = t.is_capital(sayer.start) || (sayer.start..end).any(|n| t.is(n, Kinds::OFFICE));
        let office = (sayer.start..end).any(|n| t.is(n, Kinds::OFFICE));
        let pronoun = sayer.len() == 1 && matches!(t.word(sayer.start), "he" | "she" | "they" | "it" | "we");
        if !firm || pronoun || self.setting.names.explains(words) {
            return None;
        }
        // "Tim said they will haul it": his firm is not named here.
        let person = end - sayer.start == 1 && owned.is_none() && !office && self.setting.chairs(words)
            || t.is(sayer.start, Kinds::TITLE) && !office;
        (!person).then_some(Some(range))
    }
}
