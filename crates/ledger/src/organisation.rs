//! The city's units, posts and officers, folded from their own streams.
//!
//! Units form a forest; posts belong to units; officers hold posts for a time. Days are civil dates in the office's
//! time zone; a holding runs from its first day to the day before `until`.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::act::ActKind;
use crate::code::codes;
use crate::event::{Event, Meta, Personal};
use crate::id::{DelegationId, OfficerId, PersonId, PostId, Stream, UnitId};
use crate::matter::ReasonText;
use crate::refusal::Refusal;
use crate::text::{Name, Sealed, Text};

mod forest;

pub use forest::Placing;

codes! {
    /// What a unit is for.
    Function {
        /// Decides: the committee, the executive meeting.
        Deciding = "deciding",
        /// Chases what was decided and clears it.
        Supervision = "supervision",
        /// Looks at everything and changes nothing.
        Audit = "audit",
        /// Does what was decided.
        Executing = "executing",
    }
}

codes! {
    /// What a post is within its unit.
    Duty {
        /// Leads the unit and signs for it.
        Head = "head",
        /// Works in it.
        Member = "member",
        /// Sets up units, posts and officers; acts on no matter.
        Administrator = "administrator",
    }
}

/// What happens to a unit.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "data")]
pub enum UnitEvent {
    /// The unit begins.
    UnitFounded {
        /// The unit it stands under; none for a root of the forest.
        parent: Option<UnitId>,
        /// What it is for.
        function: Function,
        /// What it is called.
        #[serde(default)]
        text: Sealed<UnitText>,
    },
    /// The unit is called otherwise from now on.
    UnitRenamed {
        /// What it is called.
        #[serde(default)]
        text: Sealed<UnitText>,
    },
    /// An office of one person: its officer may clear what he verified, and every such clearing says so.
    SingleClerkSet {
        /// Whether it holds from now on.
        holds: bool,
    },
    /// The unit is for something else from now on; no matter had named it.
    FunctionChanged {
        /// What it is for.
        function: Function,
        /// The day this was recorded.
        on: Date,
        /// Why.
        #[serde(default)]
        text: Sealed<ReasonText>,
    },
    /// The unit stands elsewhere from a day on. What was recorded last holds.
    UnitMoved {
        /// The unit it stands under; none for a root of the forest.
        parent: Option<UnitId>,
        /// First day.
        from: Date,
        /// The day this was recorded.
        on: Date,
        /// Why.
        #[serde(default)]
        text: Sealed<ReasonText>,
    },
    /// The unit ends on a day, past or to come.
    UnitClosed {
        /// Its last day was the day before.
        on: Date,
        /// The unit that takes its matters over.
        successor: Option<UnitId>,
        /// Why.
        #[serde(default)]
        text: Sealed<ReasonText>,
    },
    /// The unit does not end after all; recorded before its last day.
    ClosingCancelled {
        /// The day this was recorded.
        on: Date,
        /// Why.
        #[serde(default)]
        text: Sealed<ReasonText>,
    },
    /// The unit has a new post.
    PostMade {
        /// The post.
        post: PostId,
        /// What it is within the unit.
        duty: Duty,
        /// What it is called.
        #[serde(default)]
        text: Sealed<PostText>,
    },
}

/// The names of a unit.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct UnitText {
    /// Its full name.
    pub name: Name,
    /// What texts call it besides.
    #[serde(default)]
    pub aliases: Vec<Text>,
}

/// The title of a post.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PostText {
    /// The title.
    pub title: Name,
}

/// What happens to an officer.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "data")]
pub enum OfficerEvent {
    /// The officer begins; the name lies under the person's own key.
    OfficerEnrolled {
        /// Who it is.
        #[serde(default)]
        personal: Sealed<Personal<OfficerName>>,
    },
    /// A post is held from a day on.
    PostTaken {
        /// The post.
        post: PostId,
        /// First day.
        from: Date,
    },
    /// A post is left.
    PostLeft {
        /// The post.
        post: PostId,
        /// The first day on which it is no longer held.
        until: Date,
        /// The day this was recorded.
        on: Date,
    },
    /// The name is written otherwise from now on; the person is the same.
    NameCorrected {
        /// Who it is, under the key the first name lies under.
        #[serde(default)]
        personal: Sealed<Personal<OfficerName>>,
    },
    /// An administrator changed how the officer comes in. The secrets themselves are no part of the record.
    AccessChanged {
        /// What was done.
        what: AccessChange,
        /// When.
        on: Date,
    },
    /// The officer lets another act in his place for a time.
    Delegated {
        /// The delegation.
        delegation: DelegationId,
        /// Who may act.
        to: OfficerId,
        /// Which acts.
        acts: Vec<ActKind>,
        /// First day.
        from: Date,
        /// The first day on which it no longer holds.
        until: Date,
    },
    /// A delegation is taken back.
    DelegationRevoked {
        /// The delegation.
        delegation: DelegationId,
        /// The first day on which it no longer holds.
        on: Date,
    },
    /// Somebody asks that the officer's personal data be erased; another must approve.
    ErasureAsked {
        /// The ground in law, as a code.
        basis: ErasureBasis,
    },
    /// Sealed parts were erased: their holder's key is destroyed (`docs/record.md`). Stands on the approver's stream.
    Erased {
        /// `[idx, pos]` of each part.
        parts: Vec<(u64, u16)>,
        /// The ground in law, as a code.
        basis: ErasureBasis,
        /// Who approved it.
        approver: OfficerId,
    },
}

codes! {
    /// What an administrator does to the way an officer comes in.
    AccessChange {
        /// A one-time link to come in for the first time.
        Invited = "invited",
        /// A one-time link to choose a new password.
        Reset = "reset",
        /// The wait after wrong passwords was lifted.
        Unlocked = "unlocked",
        /// Account, sessions, tokens and links are gone.
        Closed = "closed",
    }
}

codes! {
    /// Why personal data may go.
    ErasureBasis {
        /// The purpose is fulfilled or the retention period is over (Personal Information Protection Law, article 47).
        PurposeFulfilled = "purpose_fulfilled",
        /// The person withdrew consent or objects, and the law lets him.
        PersonAsked = "person_asked",
        /// A court or supervising authority ordered it.
        Ordered = "ordered",
    }
}

/// An officer's name.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct OfficerName {
    /// The name, in the order of its culture.
    pub name: Name,
}

/// A unit as it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unit {
    /// Its id.
    pub id: UnitId,
    /// Where it stands and stood, in the order it was recorded.
    pub placings: Vec<Placing>,
    /// What it is for.
    pub function: Function,
    /// What it is called.
    pub text: Sealed<UnitText>,
    /// An office of one person (see `UnitEvent::SingleClerkSet`).
    pub single_clerk: bool,
    /// The first day on which it no longer exists.
    pub closed_on: Option<Date>,
    /// The unit that took over.
    pub successor: Option<UnitId>,
    /// Its posts, in the order they were made.
    pub posts: Vec<PostId>,
}

/// A post as it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Post {
    /// Its id.
    pub id: PostId,
    /// The unit it belongs to.
    pub unit: UnitId,
    /// What it is within the unit.
    pub duty: Duty,
    /// What it is called.
    pub text: Sealed<PostText>,
}

/// A post held for a time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Holding {
    /// The post.
    pub post: PostId,
    /// First day.
    pub from: Date,
    /// The first day on which it is no longer held.
    pub until: Option<Date>,
    /// The day its end was recorded.
    pub ended_on: Option<Date>,
}

impl Holding {
    /// Whether the post is held on `day`.
    pub fn runs_on(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day < until)
    }

    /// Whether the post was held on any day from `since` to `today`, both included. A post whose end was dated back
    /// counts as held until that was recorded: nobody gets out of a matter by a date written later. Days have no
    /// hours, so the day it was recorded on counts too.
    pub fn touches(&self, since: Date, today: Date) -> bool {
        let is_over = |until: Date| until <= since && self.ended_on.is_none_or(|on| on < since);
        self.from <= today && !self.until.is_some_and(is_over)
    }
}

/// Leave to act in another's place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Delegation {
    /// Its id.
    pub id: DelegationId,
    /// Who may act.
    pub to: OfficerId,
    /// Which acts.
    pub acts: Vec<ActKind>,
    /// First day.
    pub from: Date,
    /// The first day on which it no longer holds.
    pub until: Date,
    /// The day it was taken back, on which it could still be used before.
    pub revoked_on: Option<Date>,
}

impl Delegation {
    /// The days from `since` to `today`, both included, on which it could be used, as the first and the last of them.
    /// On the day it was taken back it could still have been used.
    pub fn days(&self, since: Date, today: Date) -> Option<(Date, Date)> {
        let last = self.revoked_on.or_else(|| self.until.yesterday().ok())?;
        let days = (self.from.max(since), last.min(today));
        Some(days).filter(|(first, last)| first <= last)
    }
}

/// An officer as he stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Officer {
    /// His id.
    pub id: OfficerId,
    /// Whose personal data the name is, and the name.
    pub person: Sealed<Personal<OfficerName>>,
    /// Posts held, now or before.
    pub holdings: Vec<Holding>,
    /// Leave given to others.
    pub delegations: Vec<Delegation>,
    /// Who asked that the personal data be erased, and on what ground, while nobody has approved.
    pub erasure_asked: Option<(OfficerId, ErasureBasis)>,
}

impl Officer {
    /// The name, unless it was erased.
    pub fn name(&self) -> Option<&Name> {
        self.person.open().map(|personal| &personal.value.name)
    }

    /// The person as a key's holder, unless erased.
    pub fn person_id(&self) -> Option<PersonId> {
        self.person.open().map(|personal| personal.person)
    }
}

/// What a unit is called, as it is compared: English articles and letter case do not count.
pub(crate) fn bare(words: &str) -> String {
    let words = words.trim().to_lowercase();
    words.strip_prefix("the ").map_or(words.clone(), |rest| rest.trim().to_owned())
}

/// Units, posts and officers together. Folded from every `unit/…` and `officer/…` stream.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Organisation {
    units: BTreeMap<UnitId, Unit>,
    posts: BTreeMap<PostId, Post>,
    officers: BTreeMap<OfficerId, Officer>,
    /// Units that have an end, so that nobody goes through a whole city to look for one.
    closing: BTreeSet<UnitId>,
}

impl Organisation {
    /// Takes one event of a unit's or officer's stream; any other is left alone.
    pub fn apply(&mut self, stream: Stream, event: &Event, meta: &Meta) {
        self.take(stream, event, meta.actor);
    }

    pub(crate) fn take(&mut self, stream: Stream, event: &Event, actor: OfficerId) {
        match (stream, event) {
            (Stream::Unit(id), Event::Unit(event)) => self.apply_unit(id, event),
            (Stream::Officer(id), Event::Officer(event)) => self.apply_officer(id, event, actor),
            (_, _) => {}
        }
    }

    fn apply_unit(&mut self, id: UnitId, event: &UnitEvent) {
        if let UnitEvent::UnitFounded { parent, function, text } = event {
            let unit = Unit {
                id,
                placings: vec![Placing { above: *parent, from: None, recorded_on: None }],
                function: *function,
                text: text.clone(),
                single_clerk: false,
                closed_on: None,
                successor: None,
                posts: vec![],
            };
            // What began once does not begin again: posts and holdings are what independence is judged by.
            self.units.entry(id).or_insert(unit);
            return;
        }
        let Some(unit) = self.units.get_mut(&id) else { return };
        match event {
            UnitEvent::UnitFounded { .. } => {}
            UnitEvent::UnitRenamed { text } => unit.text = text.clone(),
            UnitEvent::SingleClerkSet { holds } => unit.single_clerk = *holds,
            UnitEvent::FunctionChanged { function, on: _, text: _ } => unit.function = *function,
            UnitEvent::UnitMoved { parent, from, on, text: _ } => {
                unit.placings.push(Placing { above: *parent, from: Some(*from), recorded_on: Some(*on) });
            }
            UnitEvent::UnitClosed { on, successor, text: _ } => {
                unit.closed_on = Some(*on);
                self.closing.insert(id);
                unit.successor = *successor;
            }
            UnitEvent::ClosingCancelled { .. } => {
                unit.closed_on = None;
                unit.successor = None;
                self.closing.remove(&id);
            }
            UnitEvent::PostMade { post, duty, text } => {
                if !self.posts.contains_key(post) {
                    unit.posts.push(*post);
                    self.posts.insert(*post, Post { id: *post, unit: id, duty: *duty, text: text.clone() });
                }
            }
        }
    }

    fn apply_officer(&mut self, id: OfficerId, event: &OfficerEvent, actor: OfficerId) {
        if let OfficerEvent::OfficerEnrolled { personal } = event {
            let officer =
                Officer { id, person: personal.clone(), holdings: vec![], delegations: vec![], erasure_asked: None };
            self.officers.entry(id).or_insert(officer);
            return;
        }
        let Some(officer) = self.officers.get_mut(&id) else { return };
        match event {
            OfficerEvent::OfficerEnrolled { .. } | OfficerEvent::Erased { .. } | OfficerEvent::AccessChanged { .. } => {
            }
            OfficerEvent::NameCorrected { personal } => officer.person = personal.clone(),
            OfficerEvent::PostTaken { post, from } => {
                officer.holdings.push(Holding { post: *post, from: *from, until: None, ended_on: None });
            }
            OfficerEvent::PostLeft { post, until, on } => {
                if let Some(held) = officer.holdings.iter_mut().find(|h| h.post == *post && h.until.is_none()) {
                    held.until = Some(*until);
                    held.ended_on = Some(*on);
                }
            }
            OfficerEvent::Delegated { delegation, to, acts, from, until } => officer.delegations.push(Delegation {
                id: *delegation,
                to: *to,
                acts: acts.clone(),
                from: *from,
                until: *until,
                revoked_on: None,
            }),
            OfficerEvent::DelegationRevoked { delegation, on } => {
                if let Some(live) = officer.delegations.iter_mut().find(|d| d.id == *delegation) {
                    live.until = live.until.min(*on);
                    live.revoked_on = Some(*on);
                }
            }
            OfficerEvent::ErasureAsked { basis } => officer.erasure_asked = Some((actor, *basis)),
        }
    }

    /// Every unit, in the order of their ids.
    pub fn units(&self) -> impl Iterator<Item = &Unit> {
        self.units.values()
    }

    /// Every officer, in the order of their ids.
    pub fn officers(&self) -> impl Iterator<Item = &Officer> {
        self.officers.values()
    }

    /// The unit.
    pub fn unit(&self, id: UnitId) -> Option<&Unit> {
        self.units.get(&id)
    }

    /// The post.
    pub fn post(&self, id: PostId) -> Option<&Post> {
        self.posts.get(&id)
    }

    /// The officer.
    pub fn officer(&self, id: OfficerId) -> Option<&Officer> {
        self.officers.get(&id)
    }

    /// The posts an officer holds on `day`, in units that exist that day.
    pub fn posts_held(&self, officer: OfficerId, day: Date) -> Vec<&Post> {
        self.holds(officer, day).collect()
    }

    /// The same, one after the other: for whoever asks it of every officer.
    pub(crate) fn holds(&self, officer: OfficerId, day: Date) -> impl Iterator<Item = &Post> {
        let holdings = self.officers.get(&officer).into_iter().flat_map(|officer| &officer.holdings);
        let held = holdings.filter(move |h| h.runs_on(day)).filter_map(|h| self.posts.get(&h.post));
        held.filter(move |post| self.unit_exists(post.unit, day))
    }

    /// The units in which the officer holds a post on any day from the first to the last, by what is on the record.
    pub fn units_held(&self, officer: OfficerId, (first, last): (Date, Date)) -> BTreeSet<UnitId> {
        let held = self.officers.get(&officer).into_iter().flat_map(|officer| officer.holdings.iter());
        let posts = held.filter(|holding| holding.touches(first, last)).filter_map(|holding| self.post(holding.post));
        posts.map(|post| post.unit).collect()
    }

    /// The posts in auditing units that the officer holds, held, or is to hold, each with its unit.
    fn auditing(&self, officer: OfficerId) -> impl Iterator<Item = (&Holding, &Unit)> {
        let holdings = self.officers.get(&officer).into_iter().flat_map(|officer| &officer.holdings);
        let in_units = holdings.filter_map(|held| Some((held, self.unit(self.post(held.post)?.unit)?)));
        in_units.filter(|(_, unit)| unit.function == Function::Audit)
    }

    /// Whether the officer audits on `day`, or will on a later one, by what is on the record now: no work that may last
    /// until then is put into his hands.
    pub fn is_to_audit(&self, officer: OfficerId, day: Date) -> bool {
        self.auditing(officer).any(|(held, unit)| {
            let first = held.from.max(day);
            [held.until, unit.closed_on].into_iter().flatten().all(|end| first < end)
        })
    }

    /// The same by what was on the record on `day` itself: an end of a post or unit that is recorded later changes nothing
    /// in it, so that what was written that day stays as it was.
    pub fn was_to_audit(&self, officer: OfficerId, day: Date) -> bool {
        self.auditing(officer).any(|(held, _)| held.touches(day, Date::MAX))
    }

    /// Whether the unit exists on `day`.
    pub fn unit_exists(&self, unit: UnitId, day: Date) -> bool {
        self.units.get(&unit).is_some_and(|unit| unit.closed_on.is_none_or(|on| day < on))
    }

    /// Units that exist on `day` and go by exactly these words: a name in either language, or an alias. English articles
    /// and letter case do not count. More than one where the words fit several: nobody guesses which.
    pub fn units_called(&self, words: &str, day: Date) -> Vec<UnitId> {
        let wanted = bare(words);
        let is_called = |text: &UnitText| {
            let names = [&text.name.zh, &text.name.en].into_iter().flatten().chain(&text.aliases);
            names.into_iter().any(|name| bare(name.as_str()) == wanted)
        };
        let called = self.units.values().filter(|unit| unit.text.open().is_some_and(is_called));
        called.map(|unit| unit.id).filter(|id| self.unit_exists(*id, day)).collect()
    }

    /// Officers who hold a post in the unit on `day`.
    pub fn officers_of(&self, unit: UnitId, day: Date) -> Vec<OfficerId> {
        self.officers.keys().copied().filter(|id| self.holds(*id, day).any(|post| post.unit == unit)).collect()
    }

    /// The officer by whom `officer` may be replaced for `act` on `day`: whether `on_behalf` gave him leave.
    pub fn may_act_for(&self, officer: OfficerId, on_behalf: OfficerId, act: ActKind, day: Date) -> bool {
        self.officers.get(&on_behalf).is_some_and(|delegator| {
            delegator
                .delegations
                .iter()
                .any(|d| d.to == officer && d.acts.contains(&act) && d.from <= day && day < d.until)
        })
    }

    /// Delegates acts to another. Errors: `DelegationTooWide` where the delegator lacks the right itself or the last
    /// day is not after the first, `PartyUnknown` where the other holds no post on the first day. Whoever acts for a doer
    /// no longer examines (`independence`), and no doer chooses who examines him; so leave goes to those who are
    /// excluded with him anyway: `DelegateExamines` where the other works in a supervising unit and not in every unit
    /// of the delegator's, `DelegateElsewhere` where he does not work in each of them, or below it, from the first day
    /// to the last.
    pub fn delegate(
        &self,
        delegator: OfficerId,
        delegation: DelegationId,
        to: OfficerId,
        acts: Vec<ActKind>,
        (from, until): (Date, Date),
    ) -> Result<Vec<OfficerEvent>, Refusal> {
        // Who holds no post that day may know nothing, so nobody's place can be taken by him.
        if to == delegator || self.posts_held(to, from).is_empty() {
            return Err(Refusal::PartyUnknown);
        }
        if crate::audience::audits(self, to, from) {
            return Err(Refusal::AuditorsLookOn);
        }
        let own = crate::rights::roles(self, delegator, from);
        let covered = |act: &ActKind| crate::rights::allowed_anywhere(*act, &own);
        if acts.is_empty() || !acts.iter().all(covered) || until <= from {
            return Err(Refusal::DelegationTooWide);
        }
        let days = (from, until.yesterday().unwrap_or(from));
        let (his, theirs) = (self.units_held(delegator, days), self.units_held(to, days));
        let examines = |id: &UnitId| {
            self.unit(*id).is_some_and(|unit| match unit.function {
                Function::Supervision => true,
                // Auditors were refused above; on a later day they lose what was lent to them.
                Function::Audit | Function::Deciding | Function::Executing => false,
            })
        };
        if theirs.iter().any(examines) && !his.is_subset(&theirs) {
            return Err(Refusal::DelegateExamines);
        }
        match self.works_beside(to, delegator, days) {
            true => Ok(vec![OfficerEvent::Delegated { delegation, to, acts, from, until }]),
            false => Err(Refusal::DelegateElsewhere),
        }
    }

    /// Whether the officer works, on the first day and on the last, in each unit that the other works in at any time
    /// between them, or below it.
    pub fn works_beside(&self, officer: OfficerId, other: OfficerId, (first, last): (Date, Date)) -> bool {
        let works_in = |unit: &UnitId, day: Date| {
            self.units_held(officer, (day, day)).into_iter().any(|his| self.ancestry(his, day).contains(unit))
        };
        self.units_held(other, (first, last)).iter().all(|unit| works_in(unit, first) && works_in(unit, last))
    }
}
