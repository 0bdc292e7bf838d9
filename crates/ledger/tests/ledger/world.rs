//! A ledger in memory: every act is carried out, folded, and kept as history.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use ledger::act::{Act, Context, Facts, Opening, Outcomes, open};
use ledger::audience::Audience;
use ledger::document::Document;
use ledger::event::{Event, Fold, Meta};
use ledger::id::{
    CommandId, DelegationId, EventId, EvidenceId, MatterId, Number, OfficerId, PostId, Series, Stream, UnitId,
};
use ledger::matter::{Hand, Kind, Matter, OpenedText, OriginKey, Source};
use ledger::organisation::{Duty, Function, Organisation, PostText, UnitText};
use ledger::organise::{self, Change};
use ledger::party::Party;
use ledger::profile::OfficeProfile;
use ledger::{Name, Refusal, Text};
use uuid::Uuid;

/// One event, with the day it happened on and the hand it came from.
#[derive(Clone, Debug)]
pub struct Entry {
    pub on: Date,
    pub by: Hand,
    pub stream: Stream,
    pub event: Event,
    pub meta: Meta,
}

/// Everything there is, and how it came about.
#[derive(Clone)]
pub struct World {
    pub today: Date,
    pub organisation: Organisation,
    pub matters: BTreeMap<MatterId, Arc<Matter>>,
    pub documents: BTreeMap<Stream, Document>,
    pub profile: OfficeProfile,
    pub history: Vec<Entry>,
    versions: BTreeMap<Stream, u64>,
    next_id: u128,
    next_count: u32,
}

pub fn text(words: &str) -> Text {
    Text::parse("test", words).expect("a text")
}

pub fn name(words: &str) -> Name {
    Name::parse("", words).expect("a name")
}

pub fn hand(officer: OfficerId) -> Hand {
    Hand { officer, on_behalf: None }
}

pub fn hand_for(officer: OfficerId, on_behalf: OfficerId) -> Hand {
    Hand { officer, on_behalf: Some(on_behalf) }
}

impl World {
    pub fn new(today: Date) -> Self {
        Self {
            today,
            organisation: Organisation::default(),
            matters: BTreeMap::new(),
            documents: BTreeMap::new(),
            profile: OfficeProfile::default(),
            history: vec![],
            versions: BTreeMap::new(),
            next_id: 0x1_0000,
            next_count: 1,
        }
    }

    pub fn fresh(&mut self) -> Uuid {
        self.next_id += 1;
        Uuid::from_u128(self.next_id)
    }

    pub fn number(&mut self, series: Series) -> Number {
        let count = self.next_count;
        self.next_count += 1;
        Number { year: self.today.year(), series, count }
    }

    /// Puts events on the record as they are, whether or not an act would give them.
    pub fn record(&mut self, by: Hand, events: Vec<(Stream, Event)>) {
        for (stream, event) in events {
            let n = self.versions.entry(stream).or_insert(0);
            *n += 1;
            let n = *n;
            let micros = i64::try_from(self.history.len()).expect("not so many");
            let at = Timestamp::from_microsecond(micros).expect("within the calendar");
            let meta = Meta {
                id: EventId(self.fresh()),
                n,
                at,
                actor: by.officer,
                on_behalf: by.on_behalf,
                command: CommandId(Uuid::from_u128(1)),
            };
            self.organisation.apply(stream, &event, &meta);
            match stream {
                Stream::Matter(id) => match self.matters.get_mut(&id) {
                    Some(matter) => Arc::make_mut(matter).apply(&event, &meta),
                    None => {
                        let matter = Matter::begin(stream, &event, &meta).expect("a matter begins with Opened");
                        self.matters.insert(id, Arc::new(matter));
                    }
                },
                Stream::Document(_) => match self.documents.get_mut(&stream) {
                    Some(document) => document.apply(&event, &meta),
                    None => {
                        let document = Document::begin(stream, &event, &meta).expect("it begins with Ingested");
                        self.documents.insert(stream, document);
                    }
                },
                Stream::Profile(_) => self.profile.apply(&event, &meta),
                Stream::Meeting(_)
                | Stream::Person(_)
                | Stream::Household(_)
                | Stream::Unit(_)
                | Stream::Officer(_)
                | Stream::Calendar(_)
                | Stream::Ask(_) => {}
            }
            self.history.push(Entry { on: self.today, by, stream, event, meta });
        }
    }

    pub fn carry_out(&mut self, by: Hand, outcomes: Outcomes) -> Result<(), Refusal> {
        outcomes.map(|events| self.record(by, events))
    }

    pub fn matter(&self, id: MatterId) -> Arc<Matter> {
        self.matters[&id].clone()
    }

    /// What `store` tells an act about other matters.
    pub fn facts(&self, id: MatterId) -> Facts {
        let mut facts = Facts::default();
        let mut waiting: Vec<MatterId> = self.matters[&id].subs.iter().map(|sub| sub.id).collect();
        while let Some(id) = waiting.pop() {
            let sub = self.matter(id);
            waiting.extend(sub.subs.iter().map(|sub| sub.id));
            facts.descendants.push(sub);
        }
        let key = self.matters[&id].text.open().and_then(|text| text.origin_key.clone());
        facts.origin_taken_by = key.and_then(|key| self.origin_taken_by(&key, Some(id)));
        facts
    }

    pub fn origin_taken_by(&self, key: &OriginKey, but: Option<MatterId>) -> Option<Number> {
        let carries = |m: &&Arc<Matter>| {
            m.is_open() && Some(m.id) != but && m.text.open().and_then(|t| t.origin_key.as_ref()) == Some(key)
        };
        self.matters.values().find(carries).map(|m| m.number)
    }

    pub fn try_act(&self, by: Hand, id: MatterId, act: Act) -> Outcomes {
        let facts = self.facts(id);
        let context = Context { by, today: self.today, organisation: &self.organisation, facts: &facts };
        self.matters[&id].act(act, &context)
    }

    pub fn act(&mut self, by: Hand, id: MatterId, act: Act) -> Result<(), Refusal> {
        let outcomes = self.try_act(by, id, act);
        self.carry_out(by, outcomes)
    }

    /// As `act`, by an officer's own hand, where nothing stands in the way.
    pub fn does(&mut self, by: OfficerId, id: MatterId, act: Act) {
        let what = act.kind();
        self.act(hand(by), id, act).unwrap_or_else(|refusal| panic!("{what:?}: {refusal}"));
    }

    /// As `act`, by an officer's own hand, where something does.
    pub fn refused(&self, by: OfficerId, id: MatterId, act: Act) -> Refusal {
        let what = act.kind();
        self.try_act(hand(by), id, act).map(|_| ()).expect_err(&format!("{what:?} was not refused"))
    }

    pub fn change(&mut self, by: OfficerId, change: Change) -> Result<(), Refusal> {
        let facts = self.facts_of_change(&change);
        let context = Context { by: hand(by), today: self.today, organisation: &self.organisation, facts: &facts };
        let outcomes = organise::change(change, &context);
        self.carry_out(hand(by), outcomes)
    }

    fn facts_of_change(&self, change: &Change) -> Facts {
        let was_of = |officer: &OfficerId, unit: UnitId| {
            let holdings = self.organisation.officer(*officer).into_iter().flat_map(|officer| &officer.holdings);
            holdings.into_iter().any(|held| self.organisation.post(held.post).is_some_and(|post| post.unit == unit))
        };
        let names = |matter: &Matter, unit: UnitId| {
            let removers = matter.obstacles.iter().filter_map(|obstacle| obstacle.remover);
            let parties: Vec<Party> =
                removers.chain(matter.lead).chain(matter.verifiers.iter().copied().map(Party::Officer)).collect();
            let is_of = |party: &Party| match party {
                Party::Officer(officer) => was_of(officer, unit),
                Party::Unit(_) | Party::Post(_) => party.fixed_unit(&self.organisation).is_some_and(|named| {
                    named == unit || self.organisation.unit(named).is_some_and(|named| named.successor == Some(unit))
                }),
            };
            matter.supervising == Some(unit)
                || parties.iter().any(is_of)
                || matter.lead.is_some_and(|lead| lead.units(&self.organisation, self.today).contains(&unit))
        };
        let untouched = match change {
            Change::ChangeFunction { unit, .. } if !self.matters.values().any(|m| names(m, *unit)) => Some(*unit),
            _other => None,
        };
        let circles = self.matters.values().filter(|m| m.is_open() && matches!(m.audience, Audience::Circle(_)));
        let naming = self.matters.values().cloned().collect();
        Facts { circles: circles.cloned().collect(), naming, untouched, ..Facts::default() }
    }

    pub fn with<T>(&self, by: Hand, work: impl FnOnce(&Context<'_>) -> T) -> T {
        let facts = Facts::default();
        work(&Context { by, today: self.today, organisation: &self.organisation, facts: &facts })
    }

    pub fn opening(&mut self, kind: Kind, quote: &str, audience: Audience) -> Opening {
        let text = OpenedText::of(text(quote));
        let (id, number) = (MatterId(self.fresh()), self.number(audience.series()));
        Opening { id, number, kind, source: Source::Instruction, audience, text, applicant: None }
    }

    pub fn try_open(&mut self, by: Hand, opening: Opening) -> Result<MatterId, Refusal> {
        let id = opening.id;
        let taken = opening.text.origin_key.as_ref().and_then(|key| self.origin_taken_by(key, None));
        let facts = Facts { origin_taken_by: taken, ..Facts::default() };
        let context = Context { by, today: self.today, organisation: &self.organisation, facts: &facts };
        let outcomes = open(opening, &context);
        self.carry_out(by, outcomes)?;
        Ok(id)
    }

    pub fn opens(&mut self, by: OfficerId, kind: Kind, quote: &str, audience: Audience) -> MatterId {
        let opening = self.opening(kind, quote, audience);
        self.try_open(hand(by), opening).expect("he may open it")
    }

    pub fn evidence_id(&mut self) -> EvidenceId {
        EvidenceId(self.fresh())
    }

    pub fn delegate(
        &mut self,
        by: Hand,
        to: OfficerId,
        acts: &[ledger::act::ActKind],
        period: (Date, Date),
    ) -> Result<DelegationId, Refusal> {
        let delegation = DelegationId(self.fresh());
        let outcomes = self.with(by, |context| organise::delegate(delegation, to, acts.to_vec(), period, context));
        self.carry_out(by, outcomes)?;
        Ok(delegation)
    }

    pub fn found(&mut self, admin: OfficerId, unit: UnitId, parent: Option<UnitId>, function: Function, words: &str) {
        let text = UnitText { name: name(words), aliases: vec![] };
        self.change(admin, Change::FoundUnit { unit, parent, function, text }).expect("it can be founded");
    }

    pub fn make_post(&mut self, admin: OfficerId, unit: UnitId, post: PostId, duty: Duty) {
        let text = PostText { title: name("Post") };
        self.change(admin, Change::MakePost { unit, post, duty, text }).expect("it can be made");
    }

    pub fn pass_day(&mut self) {
        self.today = self.today.tomorrow().expect("within the calendar");
    }
}
