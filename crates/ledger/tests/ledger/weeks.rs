//! Random weeks in random organisations: what is chosen comes from a list of numbers, so that a failure shrinks.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use ledger::act::{Act, ActKind, Context, Words, is_possible};
use ledger::audience::Audience;
use ledger::event::{Event, Personal};
use ledger::evidence::EvidenceKind;
use ledger::id::{Holder, MatterId, OfficerId, PersonId, PostId, Stream, UnitId};
use ledger::matter::{
    CallBackFinding, Hand, Kind, LinkRelation, Matter, Method, OriginKey, Outcome, OutcomeKind, PublicItem, StateKind,
};
use ledger::organisation::{Duty, Function, OfficerName, PostText, UnitText};
use ledger::organise::{self, Change, First};
use ledger::party::Party;
use ledger::{Refusal, rooms};
use uuid::Uuid;

use crate::city::{self, ADMIN};
use crate::world::{World, hand, hand_for, name, text};

/// Numbers that decide what happens; zeros once they are used up.
pub struct Choices<'a> {
    numbers: &'a [u16],
    at: usize,
}

impl<'a> Choices<'a> {
    pub fn new(numbers: &'a [u16]) -> Self {
        Self { numbers, at: 0 }
    }

    pub fn is_over(&self) -> bool {
        self.at >= self.numbers.len()
    }

    pub fn below(&mut self, bound: usize) -> usize {
        let number = self.numbers.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        usize::from(number) % bound.max(1)
    }

    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == n - 1
    }

    pub fn of<T: Clone>(&mut self, things: &[T]) -> T {
        things[self.below(things.len())].clone()
    }

    /// A day within some days of another, before or after.
    fn day_near(&mut self, day: Date, before: i64, after: i64) -> Date {
        let span = usize::try_from(before + after + 1).expect("a few days");
        let days = i64::try_from(self.below(span)).expect("a few days") - before;
        day.checked_add(days.days()).expect("within the calendar")
    }
}

pub struct Weeks<'a> {
    pub world: World,
    pub choices: Choices<'a>,
    units: Vec<UnitId>,
    posts: Vec<(PostId, UnitId)>,
    officers: Vec<OfficerId>,
    /// How often a matter whose lead audits was taken up again.
    pub taken_up: u32,
}

/// What one step tried, and what came of it.
pub struct Step {
    pub tried: Option<ActKind>,
    pub outcome: Result<(), Refusal>,
    /// How long the history was before.
    pub from: usize,
}

impl<'a> Weeks<'a> {
    /// An organisation: a committee, two supervision offices, auditors, and a forest of executing units, each with a
    /// head and a member, and some officers with posts here and there.
    pub fn begin(numbers: &'a [u16]) -> Self {
        let mut world = World::new(date(2026, 10, 1));
        let unit = UnitId(world.fresh());
        let first = First {
            unit,
            unit_text: UnitText { name: name("Information Office"), aliases: vec![] },
            function: Function::Executing,
            post: city::post(ADMIN),
            post_text: PostText { title: name("Administrator") },
            personal: city::personal(ADMIN),
        };
        let begun = world.with(hand(ADMIN), |context| organise::begin(first, context));
        world.carry_out(hand(ADMIN), begun).expect("an empty record");
        let choices = Choices::new(numbers);
        let mut weeks = Self { world, choices, units: vec![unit], posts: vec![], officers: vec![ADMIN], taken_up: 0 };
        weeks.found_all();
        weeks
    }

    fn found_all(&mut self) {
        let mut executing: Vec<UnitId> = vec![];
        for function in [
            Function::Deciding,
            Function::Supervision,
            Function::Supervision,
            Function::Audit,
            Function::Executing,
            Function::Executing,
            Function::Executing,
            Function::Executing,
        ] {
            let unit = UnitId(self.world.fresh());
            let parents = match function {
                Function::Executing => executing.clone(),
                Function::Deciding | Function::Supervision | Function::Audit => self.units[1..].to_vec(),
            };
            let parent =
                if parents.is_empty() || self.choices.one_in(2) { None } else { Some(self.choices.of(&parents)) };
            self.world.found(ADMIN, unit, parent, function, "Some unit");
            if function == Function::Executing {
                executing.push(unit);
            }
            self.units.push(unit);
            for duty in [Duty::Head, Duty::Member] {
                self.new_officer(unit, duty);
            }
        }
        for _ in 0..self.choices.below(4) {
            let unit = self.choices.of(&self.units.clone());
            let duty = self.choices.of(Duty::ALL);
            self.new_officer(unit, duty);
        }
    }

    fn new_officer(&mut self, unit: UnitId, duty: Duty) {
        let (officer, post) = (OfficerId(self.world.fresh()), PostId(self.world.fresh()));
        self.world.make_post(ADMIN, unit, post, duty);
        let person = PersonId(self.world.fresh());
        let personal = Personal { person, value: OfficerName { name: name("Somebody") } };
        let from = self.world.today;
        let change = Change::EnrolIn { officer, personal, post, from };
        self.world.change(ADMIN, change).expect("the administrator may");
        self.posts.push((post, unit));
        self.officers.push(officer);
    }

    /// Lets something happen.
    pub fn step(&mut self) -> Step {
        let from = self.world.history.len();
        let outcome = match self.choices.below(36) {
            0..20 if !self.world.matters.is_empty() => return self.act_on_some(),
            0..21 => self.open(),
            21 | 22 => self.move_somebody(),
            23 => self.delegate(),
            24 => self.revoke(),
            25 => self.reorganise(),
            26..34 if !self.world.matters.is_empty() => return self.take_up_what_an_auditor_had(),
            _ => {
                for _ in 0..=self.choices.below(4) {
                    self.world.pass_day();
                }
                Ok(())
            }
        };
        Step { tried: None, outcome, from }
    }

    fn act_on_some(&mut self) -> Step {
        let from = self.world.history.len();
        let (id, by, act) = self.some_act();
        let tried = Some(act.kind());
        let outcome = self.world.act(by, id, act);
        Step { tried, outcome, from }
    }

    /// Somebody whom a cleared matter names comes to the auditors; and what names one of them is taken up again.
    fn take_up_what_an_auditor_had(&mut self) -> Step {
        let from = self.world.history.len();
        let named = |matter: &Arc<Matter>| match matter.lead.filter(|_| matter.state.kind() == StateKind::Cleared) {
            Some(Party::Officer(officer)) => Some((matter.id, officer)),
            Some(Party::Unit(_) | Party::Post(_)) | None => None,
        };
        let named: Vec<(MatterId, OfficerId)> = self.world.matters.values().filter_map(named).collect();
        if named.is_empty() {
            return self.act_on_some();
        }
        // Those first whom only the second half is left to do for.
        let audits =
            |(_, officer): &&(MatterId, OfficerId)| self.world.organisation.is_to_audit(*officer, self.world.today);
        let auditors: Vec<(MatterId, OfficerId)> = named.iter().filter(audits).copied().collect();
        let (id, officer) = self.choices.of(if auditors.is_empty() { &named } else { &auditors });
        if !self.world.organisation.is_to_audit(officer, self.world.today) {
            let audits =
                |unit: UnitId| self.world.organisation.unit(unit).is_some_and(|u| u.function == Function::Audit);
            let posts: Vec<PostId> =
                self.posts.iter().filter(|(_, unit)| audits(*unit)).map(|(post, _)| *post).collect();
            // There may be none: a unit may have been let do something else.
            if posts.is_empty() {
                return self.act_on_some();
            }
            let (post, day) = (self.choices.of(&posts), self.choices.day_near(self.world.today, 2, 4));
            let outcome = self.world.change(ADMIN, Change::TakePost { officer, post, from: day });
            return Step { tried: None, outcome, from };
        }
        let (matter, facts) = (self.world.matter(id), self.world.facts(id));
        let kind = if matter.unanswered().next().is_some() { ActKind::CallBack } else { ActKind::Reopen };
        let by = self.hand_that(|by, weeks| {
            let (today, organisation) = (weeks.world.today, &weeks.world.organisation);
            matter.offers(kind, &Context { by, today, organisation, facts: &facts }).is_ok()
        });
        let act = self.act(&matter, kind);
        let outcome = self.world.act(by, id, act);
        self.taken_up += u32::from(self.world.matter(id).is_open());
        Step { tried: Some(kind), outcome, from }
    }

    fn open(&mut self) -> Result<(), Refusal> {
        let audience = self.audience();
        let kind = if self.choices.one_in(2) { self.choices.of(Kind::ALL) } else { Kind::Need };
        let mut opening = self.world.opening(kind, "Something to be done", audience);
        if self.choices.one_in(3) {
            let holder = Holder::Person(PersonId(Uuid::from_u128(7)));
            let item = if self.choices.one_in(2) { text("housing") } else { text("medicine") };
            opening.text.origin_key = Some(OriginKey { holder, item, period: String::new() });
        }
        let by = self.hand_that(|by, weeks| {
            let opening = opening.clone();
            weeks.world.with(by, |context| ledger::act::open(opening, context)).is_ok()
        });
        self.world.try_open(by, opening).map(|_| ())
    }

    fn audience(&mut self) -> Audience {
        let officers = self.officers.clone();
        match self.choices.below(8) {
            0 => Audience::Public,
            1 => Audience::Circle((0..8).map(|_| self.choices.of(&officers)).collect()),
            2 => Audience::Units((0..3).map(|_| self.choices.of(&self.units.clone())).collect()),
            _ => Audience::Office,
        }
    }

    /// Now a post is taken, now left; the first and the last day lie before or after today.
    fn move_somebody(&mut self) -> Result<(), Refusal> {
        let officer = self.choices.of(&self.officers.clone());
        let day = self.choices.day_near(self.world.today, 12, 4);
        let change = if self.choices.one_in(2) {
            let post = self.choices.of(&self.posts.clone()).0;
            Change::TakePost { officer, post, from: day }
        } else {
            let holdings = &self.world.organisation.officer(officer).expect("he is enrolled").holdings;
            let held: Vec<PostId> = holdings.iter().filter(|h| h.until.is_none()).map(|h| h.post).collect();
            if held.is_empty() || officer == ADMIN {
                return Ok(());
            }
            Change::LeavePost { officer, post: self.choices.of(&held), until: day }
        };
        self.world.change(ADMIN, change)
    }

    /// Units end and begin; and what already is, is tried to be made anew.
    fn reorganise(&mut self) -> Result<(), Refusal> {
        let unit = self.choices.of(&self.units.clone());
        let other = self.choices.of(&self.units.clone());
        let (post, _) = self.choices.of(&self.posts.clone());
        let change = match self.choices.below(12) {
            0 | 1 => Change::SetSingleClerk { unit, holds: self.choices.one_in(2) },
            2 if unit != self.units[0] => {
                let successor = if self.choices.one_in(2) { None } else { Some(other) };
                city::closing(unit, self.choices.day_near(self.world.today, 3, 6), successor)
            }
            6 => {
                let parent = if self.choices.one_in(3) { None } else { Some(other) };
                let from = self.choices.day_near(self.world.today, 8, 4);
                Change::MoveUnit { unit, parent, from, reason: text("Reform") }
            }
            7 => Change::CancelClosing { unit, reason: text("Not after all") },
            10 => {
                let function = self.choices.of(&[Function::Audit, Function::Supervision, Function::Executing]);
                Change::ChangeFunction { unit, function, reason: text("Founded with the wrong function") }
            }
            8 | 9 => return self.hand_over(),
            3 => {
                let text = UnitText { name: name("Anew"), aliases: vec![] };
                Change::FoundUnit { unit, parent: Some(other), function: self.choices.of(Function::ALL), text }
            }
            4 => {
                let officer = self.choices.of(&self.officers.clone());
                Change::Enrol { officer, personal: city::personal(officer) }
            }
            5 => Change::MakePost { unit, post, duty: Duty::Head, text: PostText { title: name("Anew") } },
            _ => {
                self.new_officer_if_open(unit);
                return Ok(());
            }
        };
        self.world.change(ADMIN, change)
    }

    /// A leaver's desk goes to somebody, thing by thing.
    fn hand_over(&mut self) -> Result<(), Refusal> {
        let to = self.choices.of(&self.officers.clone());
        let officers = self.officers.clone();
        let mut hanging = vec![];
        for matter in self.world.matters.values() {
            for from in &officers {
                let things = organise::hanging(matter, *from);
                hanging.extend(things.into_iter().map(|thing| (matter.clone(), *from, thing)));
            }
        }
        if hanging.is_empty() {
            return Ok(());
        }
        let (matter, from, thing) = self.choices.of(&hanging);
        let facts = self.world.facts(matter.id);
        let (by, today, organisation) = (hand(ADMIN), self.world.today, &self.world.organisation);
        let context = Context { by, today, organisation, facts: &facts };
        let outcomes = organise::hand_over(&matter, thing, (from, to), text("He left"), &context);
        self.world.carry_out(by, outcomes)
    }

    fn new_officer_if_open(&mut self, unit: UnitId) {
        if self.world.organisation.unit_exists(unit, self.world.today) && self.officers.len() < 30 {
            let duty = self.choices.of(Duty::ALL);
            self.new_officer(unit, duty);
        }
    }

    fn delegate(&mut self) -> Result<(), Refusal> {
        let officers = self.officers.clone();
        let (by, to) = (self.choices.of(&officers), self.choices.of(&officers));
        let from = self.choices.day_near(self.world.today, 1, 2);
        let until = self.choices.day_near(from, 0, 9);
        let own = ledger::rights::roles(&self.world.organisation, by, from);
        let mut acts: Vec<ActKind> = ActKind::ALL.to_vec();
        acts.retain(|act| ledger::rights::allowed_anywhere(*act, &own));
        if self.choices.one_in(6) {
            acts.push(self.choices.of(ActKind::ALL));
        }
        self.world.delegate(hand(by), to, &acts, (from, until)).map(|_| ())
    }

    fn revoke(&mut self) -> Result<(), Refusal> {
        let given: Vec<(OfficerId, ledger::id::DelegationId)> = self
            .world
            .organisation
            .officers()
            .flat_map(|officer| officer.delegations.iter().map(|d| (officer.id, d.id)))
            .collect();
        if given.is_empty() {
            return Ok(());
        }
        let (by, delegation) = self.choices.of(&given);
        let outcomes = self.world.with(hand(by), |context| organise::revoke(delegation, context));
        self.world.carry_out(hand(by), outcomes)
    }

    /// Every hand there is: each officer's own, each in the place of whoever ever gave him leave, and the public's.
    pub fn hands(&self) -> Vec<Hand> {
        let own = self.officers.iter().map(|officer| hand(*officer));
        let lent = self
            .world
            .organisation
            .officers()
            .flat_map(|delegator| delegator.delegations.iter().map(|d| hand_for(d.to, delegator.id)));
        own.chain(lent.collect::<BTreeSet<Hand>>()).chain([hand(OfficerId::PUBLIC)]).collect()
    }

    /// Mostly a hand for which `can` holds, if there is one; now and then any.
    fn hand_that(&mut self, can: impl Fn(Hand, &Self) -> bool) -> Hand {
        let hands = self.hands();
        let able: Vec<Hand> = hands.iter().copied().filter(|by| can(*by, self)).collect();
        if able.is_empty() || self.choices.one_in(8) { self.choices.of(&hands) } else { self.choices.of(&able) }
    }

    fn some_act(&mut self) -> (MatterId, Hand, Act) {
        let ids: Vec<MatterId> = self.world.matters.keys().copied().collect();
        // The latest few, so that some come to an end.
        let id = ids[ids.len() - 1 - self.choices.below(ids.len().min(4))];
        let matter = self.world.matter(id);
        // What ends or hides a matter, or begins another, would otherwise crowd out the rest.
        let rare = [
            ActKind::Withdraw,
            ActKind::Publish,
            ActKind::ChangeAudience,
            ActKind::Decompose,
            ActKind::Instruct,
            ActKind::Link,
            ActKind::Merge,
        ];
        let are_rare_ones_left_out = !self.choices.one_in(5);
        let possible: Vec<ActKind> = ActKind::ALL
            .iter()
            .copied()
            .filter(|act| is_possible(matter.state.kind(), *act) && !(are_rare_ones_left_out && rare.contains(act)))
            .collect();
        let kind = match self.choices.below(10) {
            0 => self.choices.of(ActKind::ALL),
            1..4 if !possible.is_empty() => self.choices.of(&possible),
            _ => self.next(&matter),
        };
        let facts = self.world.facts(id);
        let by = self.hand_that(|by, weeks| {
            let (today, organisation) = (weeks.world.today, &weeks.world.organisation);
            matter.offers(kind, &Context { by, today, organisation, facts: &facts }).is_ok()
        });
        (id, by, self.act(&matter, kind))
    }

    /// What brings the matter on.
    fn next(&mut self, matter: &Matter) -> ActKind {
        match matter.state.kind() {
            StateKind::Opened => ActKind::Assign,
            StateKind::Assigned => ActKind::SignFor,
            StateKind::UnderWay if matter.draft.is_some() => ActKind::SignReport,
            StateKind::UnderWay if !matter.evidence.is_empty() => ActKind::DraftReport,
            StateKind::UnderWay => ActKind::AddEvidence,
            StateKind::Reported | StateKind::Verified if self.is_refused(matter) && self.choices.one_in(2) => {
                match matter.state.report().and_then(|report| report.appeal.as_ref()) {
                    None => ActKind::Appeal,
                    Some(_) => ActKind::DecideAppeal,
                }
            }
            StateKind::Reported => ActKind::Verify,
            StateKind::Verified => ActKind::Clear,
            StateKind::Cleared if matter.unanswered().next().is_some() => ActKind::CallBack,
            StateKind::Cleared if matter.audience == Audience::Public => ActKind::Contradict,
            StateKind::Cleared if self.choices.one_in(2) => ActKind::Publish,
            StateKind::Cleared => ActKind::Reopen,
            StateKind::Withdrawn => ActKind::Publish,
        }
    }

    fn is_refused(&self, matter: &Matter) -> bool {
        matter.state.report().is_some_and(|report| report.outcome.kind() == OutcomeKind::Refused)
    }

    fn party(&mut self) -> Party {
        match self.choices.below(4) {
            0 => Party::Post(self.choices.of(&self.posts.clone()).0),
            1 => Party::Officer(self.choices.of(&self.officers.clone())),
            _ => Party::Unit(self.choices.of(&self.units.clone())),
        }
    }

    fn supervising(&mut self) -> UnitId {
        let offices: Vec<UnitId> = self
            .world
            .organisation
            .units()
            .filter(|unit| unit.function == Function::Supervision && unit.closed_on.is_none())
            .map(|unit| unit.id)
            .collect();
        if offices.is_empty() || self.choices.one_in(12) {
            self.choices.of(&self.units.clone())
        } else {
            self.choices.of(&offices)
        }
    }

    fn outcome(&mut self, kind: Kind) -> Outcome {
        let known = rooms::outcomes(kind);
        let outcome = if known.contains(&OutcomeKind::Refused) && self.choices.one_in(2) {
            OutcomeKind::Refused
        } else if self.choices.one_in(8) {
            self.choices.of(OutcomeKind::ALL)
        } else {
            self.choices.of(known)
        };
        match outcome {
            OutcomeKind::Done => Outcome::Done,
            OutcomeKind::Unfounded => Outcome::Unfounded,
            OutcomeKind::Refused => Outcome::Refused { appeal_until: self.choices.day_near(self.world.today, 0, 6) },
            OutcomeKind::Transferred => Outcome::Transferred { to: self.party() },
            OutcomeKind::Lapsed => Outcome::Lapsed,
        }
    }

    /// Any matter at all.
    fn other(&mut self) -> Arc<Matter> {
        let ids: Vec<MatterId> = self.world.matters.keys().copied().collect();
        let other = self.choices.of(&ids);
        self.world.matter(other)
    }

    fn act(&mut self, matter: &Matter, kind: ActKind) -> Act {
        let reason = text("For a reason");
        let officer = self.choices.of(&self.officers.clone());
        let day = self.choices.day_near(self.world.today, 2, 20);
        match kind {
            ActKind::Assign => {
                let (lead, supervising) = (self.party(), self.supervising());
                Act::Assign { lead, supervising, criterion: reason, due: day }
            }
            ActKind::Reassign => {
                let (lead, supervising) = (self.party(), self.supervising());
                Act::Reassign { lead, supervising, criterion: None, reason }
            }
            ActKind::SignFor => Act::SignFor,
            ActKind::Dispute => Act::Dispute { reason },
            ActKind::AskExtension => Act::AskExtension { to: day, reason },
            ActKind::DecideExtension => Act::DecideExtension { granted: self.choices.one_in(2).then_some(day), reason },
            ActKind::NameObstacle => {
                let remover = self.choices.one_in(2).then(|| self.party());
                Act::NameObstacle { obstacle: reason, remover }
            }
            ActKind::RemoveObstacle => Act::RemoveObstacle { no: 1, note: None },
            ActKind::AskQuestion => Act::AskQuestion { question: reason },
            ActKind::AnswerQuestion => Act::AnswerQuestion { no: 1, answer: reason },
            ActKind::Acknowledge => Act::Acknowledge,
            ActKind::RecordProgress => Act::RecordProgress { note: Some(reason) },
            ActKind::AddEvidence => {
                let kind = self.choices.of(EvidenceKind::ALL);
                city::evidence(self.world.evidence_id(), kind)
            }
            ActKind::DraftReport => {
                let pieces = matter.evidence.iter().map(|piece| piece.id).collect();
                Act::DraftReport { outcome: self.outcome(matter.kind), evidence: pieces, report: reason }
            }
            ActKind::SignReport => Act::SignReport,
            ActKind::NameVerifier => Act::NameVerifier { verifier: officer },
            ActKind::Verify => Act::Verify { method: self.choices.of(Method::ALL), finding: reason },
            ActKind::Return => Act::Return { reason },
            ActKind::Clear => city::clear(),
            ActKind::Reopen => Act::Reopen { due: day, reason },
            ActKind::Withdraw => Act::Withdraw { authority: text("The meeting"), reason, successor: None },
            ActKind::Correct => {
                let (successor, number) = (MatterId(self.world.fresh()), self.world.number(matter.audience.series()));
                let words = Words { directive: reason.clone(), owner: None, deadline: None, quantity: None };
                Act::Correct { successor, number, words, reason }
            }
            ActKind::Publish => {
                let items = (0..self.choices.below(4)).map(|_| self.choices.of(PublicItem::ALL)).collect();
                Act::Publish { items }
            }
            ActKind::ChangeAudience => Act::ChangeAudience { audience: self.audience(), reason },
            ActKind::Decompose => {
                let (sub, number) = (MatterId(self.world.fresh()), self.world.number(matter.audience.series()));
                Act::Decompose { sub, number, directive: reason }
            }
            ActKind::Waive => {
                let sub = matter.subs.first().map_or(matter.id, |sub| sub.id);
                Act::Waive { sub, reason }
            }
            ActKind::Appeal => Act::Appeal { grounds: reason },
            ActKind::DecideAppeal => Act::DecideAppeal { upheld: self.choices.one_in(2), reason },
            ActKind::Escalate => Act::Escalate { to: officer, reason },
            ActKind::Link => {
                let (other, relation) = (self.other(), self.choices.of(LinkRelation::ALL));
                Act::Link { other, relation, note: None }
            }
            ActKind::Merge => Act::Merge { into: self.other(), reason },
            ActKind::IssueNotice => city::notice(&mut self.world),
            ActKind::Contradict => city::contradict(&mut self.world),
            ActKind::CallBack => {
                let finding = self.choices.of(CallBackFinding::ALL);
                city::call_back(finding, self.choices.one_in(2).then_some(day))
            }
            ActKind::Instruct
            | ActKind::Open
            | ActKind::Ingest
            | ActKind::Settle
            | ActKind::Teach
            | ActKind::Ask
            | ActKind::Observe
            | ActKind::Organise
            | ActKind::Delegate
            | ActKind::AskErasure
            | ActKind::TakeBack
            | ActKind::ApproveErasure => Act::Instruct { instruction: reason },
        }
    }

    /// The matters that the history from `from` on speaks of.
    pub fn touched(&self, from: usize) -> BTreeSet<MatterId> {
        let streams = self.world.history[from..].iter().map(|entry| (entry.stream, &entry.event));
        streams
            .filter_map(|pair| match pair {
                (Stream::Matter(id), Event::Matter(_)) => Some(id),
                (_, _) => None,
            })
            .collect()
    }
}
