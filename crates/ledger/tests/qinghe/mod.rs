//! A small city for the tests: who is in it, and events applied as the record would.

#![allow(dead_code, reason = "no test needs all of it")]

use jiff::Timestamp;
use jiff::civil::{Date, date};
use ledger::act::{Context, Facts, Opening, Outcomes, open};
use ledger::audience::Audience;
use ledger::document::{Class, Document, DocumentText, Proposal, ingest};
use ledger::event::{Event, Fold as _, Meta};
use ledger::id::{
    CommandId, DocumentId, EventId, MatterId, MeetingId, Number, OfficerId, PostId, Series, Stream, UnitId,
};
use ledger::matter::{Hand, Kind, Matter, OpenedText, Source};
use ledger::organisation::{Duty, Function, OfficerEvent, Organisation, PostText, UnitEvent, UnitText};
use ledger::profile::OfficeProfile;
use ledger::{Name, Sealed, Text};
use uuid::Uuid;

pub const CLERK: OfficerId = OfficerId(Uuid::from_u128(0xc));
pub const CLERK2: OfficerId = OfficerId(Uuid::from_u128(0xd));
pub const WATER_HEAD: OfficerId = OfficerId(Uuid::from_u128(0xe));
pub const SUPERVISION: UnitId = UnitId(Uuid::from_u128(0x51));
pub const WATER: UnitId = UnitId(Uuid::from_u128(0x52));

pub fn housing() -> UnitId {
    UnitId(Uuid::from_u128(0x53))
}

pub fn text(words: &str) -> Text {
    Text::parse("test", words).expect("a text")
}

pub fn matter_id(n: u128) -> MatterId {
    MatterId(Uuid::from_u128(0x1000 + n))
}

pub fn number(count: u32) -> Number {
    Number { year: 2026, series: Series::General, count }
}

pub fn opening(n: u32) -> Opening {
    let words = OpenedText::of(text("Dredge 2.4 km of the West River"));
    let (id, number) = (matter_id(n.into()), number(n));
    let (kind, source, audience) = (Kind::Directive, Source::Instruction, Audience::Office);
    Opening { id, number, kind, source, audience, text: words, applicant: None }
}

/// A proposal of the Water Bureau, due in spring.
pub fn proposal(no: u32, (start, end): (u32, u32), class: Class) -> Proposal {
    Proposal {
        no,
        start,
        end,
        quote: text("words"),
        class,
        owner: Some(text("the Water Bureau")),
        supporting: vec![],
        deadline: Some(text("by 31 March 2027")),
        due: Some(date(2027, 3, 31)),
        quantity: None,
        direction: None,
        rule: "test".into(),
        is_uncertain: false,
        left_out_by: None,
    }
}

/// A document with two actions.
pub fn document(city: &Qinghe) -> Document {
    let text = DocumentText {
        title: text("Minutes"),
        file_name: text("minutes.txt"),
        sha256: String::new(),
        body: "words words".into(),
        places: vec![],
        unread_pages: vec![],
        lang: "en".into(),
        date: None,
        meeting: None,
        presided_by: None,
        proposals: vec![proposal(1, (0, 5), Class::Action), proposal(2, (6, 11), Class::Action)],
    };
    let (id, meeting) = (DocumentId(Uuid::from_u128(0xd0)), MeetingId(Uuid::from_u128(0xd1)));
    let events =
        city.by(CLERK, |context| ingest(id, meeting, text, &OfficeProfile::default(), context)).expect("a clerk may");
    let (stream, event) = events.first().expect("two events");
    Document::begin(*stream, event, &meta(1)).expect("it was taken in")
}

fn meta(n: u64) -> Meta {
    let id = EventId(Uuid::from_u128(n.into()));
    Meta { id, n, at: Timestamp::UNIX_EPOCH, actor: CLERK, on_behalf: None, command: CommandId(id.0) }
}

pub struct Qinghe {
    pub organisation: Organisation,
    pub today: Date,
}

impl Qinghe {
    pub fn new() -> Self {
        let mut organisation = Organisation::default();
        let unit = |zh, en, aliases: &[&str]| UnitText {
            name: Name::parse(zh, en).expect("a name"),
            aliases: aliases.iter().map(|alias| text(alias)).collect(),
        };
        for (id, function, words) in [
            (SUPERVISION, Function::Supervision, unit("市督查室", "Supervision Office", &[])),
            (WATER, Function::Executing, unit("市水务局", "Water Bureau", &["水务局", "Bureau"])),
            (housing(), Function::Executing, unit("市住建局", "Housing Bureau", &["Bureau"])),
        ] {
            let founded = UnitEvent::UnitFounded { parent: None, function, text: Sealed::Open(words) };
            organisation.apply(Stream::Unit(id), &Event::Unit(founded), &meta(1));
        }
        for (officer, unit, duty) in
            [(CLERK, SUPERVISION, Duty::Member), (CLERK2, SUPERVISION, Duty::Head), (WATER_HEAD, WATER, Duty::Head)]
        {
            let post = PostId(Uuid::from_u128(officer.0.as_u128() + 0x7000));
            let title = PostText { title: Name::parse("", "Post").expect("a name") };
            let made = UnitEvent::PostMade { post, duty, text: Sealed::Open(title) };
            organisation.apply(Stream::Unit(unit), &Event::Unit(made), &meta(2));
            let enrolled = OfficerEvent::OfficerEnrolled { personal: Sealed::Erased };
            organisation.apply(Stream::Officer(officer), &Event::Officer(enrolled), &meta(1));
            let taken = OfficerEvent::PostTaken { post, from: date(2026, 1, 1) };
            organisation.apply(Stream::Officer(officer), &Event::Officer(taken), &meta(2));
        }
        Self { organisation, today: date(2026, 11, 24) }
    }

    /// What `work` says when this officer asks it.
    pub fn by<T>(&self, officer: OfficerId, work: impl FnOnce(&Context) -> T) -> T {
        self.knowing(officer, &Facts::default(), work)
    }

    pub fn knowing<T>(&self, officer: OfficerId, facts: &Facts, work: impl FnOnce(&Context) -> T) -> T {
        let by = Hand { officer, on_behalf: None };
        work(&Context { by, today: self.today, organisation: &self.organisation, facts })
    }

    /// An opened matter.
    pub fn open(&self, n: u32) -> Matter {
        let events = self.by(CLERK, |context| open(opening(n), context)).expect("a clerk may");
        self.born(n, &events)
    }

    /// The matter that these events make.
    pub fn born(&self, n: u32, events: &[(Stream, Event)]) -> Matter {
        let stream = Stream::Matter(matter_id(n.into()));
        let mut own = events.iter().filter(|(s, _)| *s == stream);
        let (_, first) = own.next().expect("it was opened");
        let mut matter = Matter::begin(stream, first, &meta(1)).expect("it was opened");
        own.for_each(|(_, event)| matter.apply(event, &meta(2)));
        matter
    }

    /// The matter after these events.
    pub fn after(&self, matter: &Matter, events: &[(Stream, Event)]) -> Matter {
        let stream = Stream::Matter(matter.id);
        let mut matter = matter.clone();
        let own = events.iter().filter(|(s, _)| *s == stream);
        own.for_each(|(_, event)| matter.apply(event, &meta(2)));
        matter
    }

    /// The matter after an act that must be allowed.
    pub fn done(&self, officer: OfficerId, matter: &Matter, act: ledger::act::Act) -> Matter {
        let events: Outcomes = self.by(officer, |context| matter.act(act, context));
        self.after(matter, &events.expect("it is allowed"))
    }

    /// The document after these events; each has a version of its own.
    pub fn after_document(&self, document: &Document, events: &[(Stream, Event)]) -> Document {
        let mut document = document.clone();
        for (stream, event) in events {
            if matches!(stream, Stream::Document(_)) {
                VERSION.with(|version| {
                    version.set(version.get() + 1);
                    document.apply(event, &meta(version.get()));
                });
            }
        }
        document
    }
}

thread_local! {
    static VERSION: std::cell::Cell<u64> = const { std::cell::Cell::new(1) };
}
