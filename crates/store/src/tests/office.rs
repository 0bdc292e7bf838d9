//! A small city in a temporary folder, with a clock and a randomness of its own.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use jiff::Timestamp;
use jiff::civil::date;
use ledger::act::{Act, Opening, open};
use ledger::audience::Audience;
use ledger::event::{Event, Personal};
use ledger::id::{CommandId, Holder, MatterId, OfficerId, PersonId, PostId, Series, Stream, UnitId};
use ledger::matter::{Hand, Kind, OpenedText, Source};
use ledger::organisation::{Duty, Function, OfficerName, PostText, UnitText};
use ledger::organise::{Change, First};
use ledger::party::Party;
use ledger::{Name, Text, organise};
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;
use uuid::Uuid;

use crate::access::{Clock, Random};
use crate::{Answer, ChangeError, Command, Read, Settings, Stop, Store};

pub(super) const ADMIN: OfficerId = OfficerId(Uuid::from_u128(0xa));
pub(super) const CLERK: OfficerId = OfficerId(Uuid::from_u128(0xc));
pub(super) const CLERK2: OfficerId = OfficerId(Uuid::from_u128(0xd));
pub(super) const WATER_HEAD: OfficerId = OfficerId(Uuid::from_u128(0xe));
pub(super) const SUPERVISION: UnitId = UnitId(Uuid::from_u128(0x51));
pub(super) const WATER: UnitId = UnitId(Uuid::from_u128(0x52));
const ADMIN_UNIT: UnitId = UnitId(Uuid::from_u128(0x50));

/// A record in a folder that goes when the office does.
pub(super) struct Office {
    pub(super) folder: TempDir,
    pub(super) store: Store,
    micros: Arc<AtomicI64>,
    commands: AtomicU64,
}

pub(super) fn text(words: &str) -> Text {
    Text::parse("test", words).expect("a text")
}

pub(super) fn name(words: &str) -> Name {
    Name::parse("", words).expect("a name")
}

/// Different bytes each time, the same in every run.
pub(super) fn random() -> Random {
    let count = AtomicU64::new(0);
    Arc::new(move |bytes: &mut [u8]| {
        for chunk in bytes.chunks_mut(32) {
            let n = count.fetch_add(1, Ordering::SeqCst);
            chunk.copy_from_slice(&Sha256::digest(n.to_be_bytes())[..chunk.len()]);
        }
    })
}

fn clock(micros: Arc<AtomicI64>) -> Clock {
    Arc::new(move || Timestamp::from_microsecond(micros.fetch_add(7, Ordering::SeqCst)).expect("within the calendar"))
}

pub(super) fn settings(checkpoints: Option<PathBuf>) -> Settings {
    Settings {
        office: name("Qinghe"),
        origin: "luoshi.qinghe.example/test".into(),
        time_zone: "Asia/Shanghai".into(),
        language: "en".into(),
        checkpoints,
        licence: None,
        public_url: None,
    }
}

impl Office {
    /// Units, posts, and officers who hold them.
    pub(super) fn new() -> Self {
        Self::with_outside(None)
    }

    pub(super) fn with_outside(checkpoints: Option<PathBuf>) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let dir = folder.path().join("city");
        Store::create(&dir, &settings(checkpoints), &random()).expect("a new folder");
        let start: Timestamp = "2026-11-02T01:00:00Z".parse().expect("an instant");
        let micros = Arc::new(AtomicI64::new(start.as_microsecond()));
        let store = Store::open(&dir, clock(micros.clone()), random()).expect("it opens");
        let office = Self { folder, store, micros, commands: AtomicU64::new(1) };
        office.found();
        office
    }

    /// Lets days pass.
    pub(super) fn wait(&self, days: i64) {
        self.micros.fetch_add(days * 86_400_000_000, Ordering::SeqCst);
    }

    pub(super) fn dir(&self) -> PathBuf {
        self.folder.path().join("city")
    }

    /// Closes the record, lets `between` do what it likes with the folder, and opens it again.
    pub(super) fn reopen(self, between: impl FnOnce(&Path)) -> Self {
        let dir = self.dir();
        let Self { folder, store, micros, commands } = self;
        drop(store);
        between(&dir);
        let store = Store::open(&dir, clock(micros.clone()), random()).expect("it opens again");
        Self { folder, store, micros, commands }
    }

    pub(super) fn command(&self, actor: OfficerId) -> Command {
        let id = CommandId(Uuid::from_u128(0xc0_0000 + u128::from(self.commands.fetch_add(1, Ordering::SeqCst))));
        Command { id, actor, on_behalf: None, request: [0; 32], expects: vec![] }
    }

    pub(super) fn change(
        &self,
        actor: OfficerId,
        work: impl FnMut(&mut Read<'_>) -> Result<Vec<(Stream, Event)>, Stop> + Send + 'static,
    ) -> Result<Answer, ChangeError> {
        self.store.change(self.command(actor), work)
    }

    pub(super) fn organise(&self, change: Change) {
        self.try_organise(change).expect("the administrator may");
    }

    pub(super) fn try_organise(&self, change: Change) -> Result<(), ChangeError> {
        let by = Hand { officer: ADMIN, on_behalf: None };
        let done = self.change(ADMIN, move |read| {
            let change = change.clone();
            Ok(read.with_context(by, &Default::default(), |context| organise::change(change, context))??)
        });
        done.map(|_| ())
    }

    fn found(&self) {
        let first = First {
            unit: ADMIN_UNIT,
            unit_text: UnitText { name: name("Information Office"), aliases: vec![] },
            function: Function::Executing,
            post: PostId(Uuid::from_u128(0x70)),
            post_text: PostText { title: name("Administrator") },
            personal: personal(ADMIN, "Admin"),
        };
        let by = Hand { officer: ADMIN, on_behalf: None };
        let begun = self.change(ADMIN, move |read| {
            let first = first.clone();
            Ok(read.with_context(by, &Default::default(), |context| organise::begin(first, context))??)
        });
        begun.expect("an empty record");
        for (unit, function, words) in
            [(SUPERVISION, Function::Supervision, "Supervision Office"), (WATER, Function::Executing, "Water Bureau")]
        {
            let unit_text = UnitText { name: name(words), aliases: vec![] };
            self.organise(Change::FoundUnit { unit, parent: None, function, text: unit_text });
        }
        for (officer, unit, duty, words) in [
            (CLERK, SUPERVISION, Duty::Head, "Clerk Wen"),
            (CLERK2, SUPERVISION, Duty::Member, "Clerk Lu"),
            (WATER_HEAD, WATER, Duty::Head, "Head Shui"),
        ] {
            self.enrol(officer, unit, duty, words);
        }
    }

    pub(super) fn enrol(&self, officer: OfficerId, unit: UnitId, duty: Duty, words: &str) {
        let post = PostId(Uuid::from_u128(officer.0.as_u128() + 0x7000));
        self.organise(Change::MakePost { unit, post, duty, text: PostText { title: name("Post") } });
        self.organise(Change::Enrol { officer, personal: personal(officer, words) });
        self.organise(Change::TakePost { officer, post, from: date(2026, 1, 1) });
    }

    /// Opens a matter and gives its id.
    pub(super) fn open_matter(&self, quote: &str, audience: Audience) -> MatterId {
        let quote = text(quote);
        let answer = self.change(CLERK, move |read| {
            let id = MatterId(read.new_id());
            let series = if matches!(audience, Audience::Circle(_)) { Series::Circle } else { Series::General };
            let number = read.next_number(series)?;
            let words = OpenedText::of(quote.clone());
            let audience = audience.clone();
            let (kind, source, applicant) = (Kind::Directive, Source::Instruction, None);
            let opening = Opening { id, number, kind, source, audience, text: words, applicant };
            let by = Hand { officer: CLERK, on_behalf: None };
            Ok(read.with_context(by, &Default::default(), |context| open(opening, context))??)
        });
        match answer.expect("a clerk may").events[0].stream {
            Stream::Matter(id) => id,
            other => panic!("{other} is no matter"),
        }
    }

    /// Does the act; a piece of evidence without a file gets one.
    pub(super) fn act(&self, officer: OfficerId, matter: MatterId, act: Act) -> Result<Answer, ChangeError> {
        if let Act::AddEvidence { evidence, .. } = &act
            && !crate::blob::is_there(&self.dir(), *evidence).expect("the folder")
        {
            self.store.blob_writer(&Holder::Matter(matter), *evidence).and_then(|file| file.finish()).expect("a file");
        }
        self.change(officer, move |read| {
            let matter = read.matter(matter)?.expect("it was opened");
            let facts = read.facts(&matter)?;
            let by = Hand { officer, on_behalf: None };
            let act = act.clone();
            Ok(read.with_context(by, &facts, |context| matter.act(act, context))??)
        })
    }

    pub(super) fn assign(&self, matter: MatterId) {
        let (lead, criterion) = (Party::Unit(WATER), text("Two inspections, both passed"));
        let act = Act::Assign { lead, supervising: SUPERVISION, criterion, due: date(2026, 12, 20) };
        self.act(CLERK, matter, act).expect("a clerk may assign");
    }
}

fn personal(officer: OfficerId, words: &str) -> Personal<OfficerName> {
    let person = PersonId(Uuid::from_u128(officer.0.as_u128() + 0x9000));
    Personal { person, value: OfficerName { name: name(words) } }
}
