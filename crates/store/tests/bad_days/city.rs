//! A small city, and a script of what its officers do: each step a command that can be sent again.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use jiff::Timestamp;
use jiff::civil::date;
use ledger::act::{Act, ActKind, Opening, open};
use ledger::audience::Audience;
use ledger::document::{Class, DocumentText, Proposal, ingest};
use ledger::event::{Event, Personal};
use ledger::evidence::{EvidenceKind, EvidenceText};
use ledger::id::{
    CommandId, ContradictionId, DocumentId, EvidenceId, Holder, MatterId, MeetingId, OfficerId, PersonId, PostId,
    Series, Stream, UnitId,
};
use ledger::matter::{ContradictionText, Hand, Kind, Method, NoticeText, OpenedText, Outcome, PublicItem, Source};
use ledger::organisation::{Duty, ErasureBasis, Function, OfficerName, PostText, UnitText};
use ledger::organise::{self, Change, First};
use ledger::party::Party;
use ledger::{Name, Text};
use sha2::{Digest as _, Sha256};
use store::access::{Access, AccessFault, Clock, Random};
use store::{Answer, Appended, ChangeError, Command, OpenError, Read, Settings, Stop, Store, StoreFault};
use uuid::Uuid;

pub const ADMIN: OfficerId = OfficerId(Uuid::from_u128(0xa));
pub const CLERK: OfficerId = OfficerId(Uuid::from_u128(0xc));
const CLERK2: OfficerId = OfficerId(Uuid::from_u128(0xd));
const WATER_HEAD: OfficerId = OfficerId(Uuid::from_u128(0xe));
const ADMIN_UNIT: UnitId = UnitId(Uuid::from_u128(0x50));
const SUPERVISION: UnitId = UnitId(Uuid::from_u128(0x51));
const WATER: UnitId = UnitId(Uuid::from_u128(0x52));
const ADMIN_POST: PostId = PostId(Uuid::from_u128(0x70));

/// What whoever sent a command was told, and may count on from then on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Told {
    /// The record was made.
    Made,
    /// The step of this number was sent; nothing is known of it yet.
    Sent(usize),
    /// It was carried out, with these events.
    Done(usize, Vec<Appended>),
    /// It was carried out, and is no event.
    Kept(usize),
}

/// One thing that somebody does.
#[derive(Clone, Debug)]
pub enum Step {
    Begin,
    Organise(Change),
    /// Opens matters, numbered from the first.
    Open {
        first: u128,
        count: u128,
        audience: Audience,
    },
    Act(OfficerId, u128, Act),
    /// Uploads a file of so many bytes, and names it.
    Evidence {
        matter: u128,
        bytes: usize,
    },
    AskErasure(OfficerId),
    Erase(OfficerId),
    TakeBack(u128),
    /// Signs a checkpoint.
    Checkpoint,
    View(usize),
    Draft(u128),
    /// Takes in minutes with one directive.
    Document(u128),
    /// Sends the matter's lead a numbered notice.
    Notice(u128),
}

pub fn text(words: &str) -> Text {
    Text::parse("test", words).expect("a text")
}

fn name(words: &str) -> Name {
    Name::parse("", words).expect("a name")
}

pub fn matter_id(n: u128) -> MatterId {
    MatterId(Uuid::from_u128(0x3a77_0000 + n))
}

fn evidence_id(matter: u128) -> EvidenceId {
    EvidenceId(Uuid::from_u128(0xe71d_0000 + matter))
}

pub fn person_of(officer: OfficerId) -> PersonId {
    PersonId(Uuid::from_u128(officer.0.as_u128() + 0x9000))
}

fn personal(officer: OfficerId, words: &str) -> Personal<OfficerName> {
    Personal { person: person_of(officer), value: OfficerName { name: name(words) } }
}

/// Different bytes each time, the same in every run with the same seed.
pub fn random(seed: u64) -> Random {
    let count = AtomicU64::new(0);
    Arc::new(move |bytes: &mut [u8]| {
        for chunk in bytes.chunks_mut(32) {
            let n = count.fetch_add(1, Ordering::SeqCst);
            let drawn = Sha256::digest([seed.to_be_bytes(), n.to_be_bytes()].concat());
            chunk.copy_from_slice(&drawn[..chunk.len()]);
        }
    })
}

/// A clock that goes on a little each time it is looked at.
fn clock(hours: i64) -> Clock {
    let start: Timestamp = "2026-11-02T01:00:00Z".parse().expect("an instant");
    let micros = AtomicI64::new(start.as_microsecond() + hours * 3_600_000_000);
    Arc::new(move || Timestamp::from_microsecond(micros.fetch_add(7, Ordering::SeqCst)).expect("within the calendar"))
}

/// The record below `root`, and the file of checkpoints beside it.
pub fn places(root: &Path) -> (PathBuf, PathBuf) {
    (root.join("city"), root.join("outside"))
}

pub fn create(root: &Path) -> Result<(), OpenError> {
    create_with_keys_of(root, 0)
}

/// Makes the record with the keys that this seed draws.
pub fn create_with_keys_of(root: &Path, seed: u64) -> Result<(), OpenError> {
    let (dir, outside) = places(root);
    let settings = Settings {
        office: name("Qinghe"),
        origin: "luoshi.qinghe.example/test".into(),
        time_zone: "Asia/Shanghai".into(),
        language: "en".into(),
        checkpoints: Some(outside),
        licence: None,
        public_url: None,
    };
    Store::create(&dir, &settings, &random(seed))
}

/// The record, and what lies beside it, open.
pub struct City {
    pub store: Store,
    access: Access,
}

/// Why a step was not done.
#[derive(Debug)]
#[allow(dead_code, reason = "shown where a test fails")]
pub enum Undone {
    Change(ChangeError),
    Fault(StoreFault),
    Access(AccessFault),
}

impl From<ChangeError> for Undone {
    fn from(error: ChangeError) -> Self {
        Undone::Change(error)
    }
}

impl From<StoreFault> for Undone {
    fn from(fault: StoreFault) -> Self {
        Undone::Fault(fault)
    }
}

impl From<AccessFault> for Undone {
    fn from(fault: AccessFault) -> Self {
        Undone::Access(fault)
    }
}

impl Undone {
    /// Whether the machine failed, and not the rules.
    pub fn is_fault(&self) -> bool {
        matches!(self, Undone::Change(ChangeError::Fault(_)) | Undone::Fault(_) | Undone::Access(_))
    }
}

impl City {
    /// Opens it for the `start`-th time.
    pub fn open(root: &Path, start: u64) -> Result<Self, OpenError> {
        let (dir, _) = places(root);
        let clock = clock(i64::try_from(start).expect("few"));
        let store = Store::open(&dir, clock.clone(), random(1 + 2 * start))?;
        let access = Access::open(&dir, clock, random(2 + 2 * start));
        let access = access.map_err(|fault| OpenError::Settings(fault.to_string()))?;
        Ok(Self { store, access })
    }

    /// Does the step, under the command of its number.
    pub fn take(&self, no: usize, step: &Step) -> Result<Told, Undone> {
        let done = |answer: Answer| Ok(Told::Done(no, answer.events));
        match step.clone() {
            Step::Begin => {
                let unit_text = UnitText { name: name("Information Office"), aliases: vec![] };
                let post_text = PostText { title: name("Administrator") };
                let personal = personal(ADMIN, "Admin");
                let function = Function::Executing;
                let first = First { unit: ADMIN_UNIT, unit_text, function, post: ADMIN_POST, post_text, personal };
                done(self.change(no, ADMIN, move |read, by| {
                    let first = first.clone();
                    Ok(read.with_context(by, &Default::default(), |context| organise::begin(first, context))??)
                })?)
            }
            Step::Organise(change) => done(self.change(no, ADMIN, move |read, by| {
                let change = change.clone();
                Ok(read.with_context(by, &Default::default(), |context| organise::change(change, context))??)
            })?),
            Step::Open { first, count, audience } => done(self.change(no, CLERK, move |read, by| {
                let mut events = vec![];
                for n in first..first + count {
                    let opening = opening(read, n, &audience)?;
                    events.extend(read.with_context(by, &Default::default(), |context| open(opening, context))??);
                }
                Ok(events)
            })?),
            Step::Act(officer, matter, act) => done(self.act(no, officer, matter, act)?),
            Step::Evidence { matter, bytes } => {
                let evidence = evidence_id(matter);
                let mut writer = self.store.blob_writer(&Holder::Matter(matter_id(matter)), evidence)?;
                writer.write(&vec![b'e'; bytes])?;
                let stored = writer.finish()?;
                let text = EvidenceText {
                    file_name: text("dredged.txt"),
                    media_type: text("text/plain"),
                    sha256: text(&stored.sha256),
                    caption: None,
                };
                let act = Act::AddEvidence { evidence, kind: EvidenceKind::Document, bytes: stored.bytes, text };
                done(self.act(no, WATER_HEAD, matter, act)?)
            }
            Step::AskErasure(officer) => done(self.change(no, ADMIN, move |read, by| {
                let ask = |context: &ledger::act::Context<'_>| {
                    organise::ask_erasure(officer, ErasureBasis::PersonAsked, context)
                };
                Ok(read.with_context(by, &Default::default(), ask)??)
            })?),
            Step::Erase(officer) => done(self.store.erase(command(no, CLERK), officer)?),
            Step::Document(n) => done(self.change(no, CLERK, move |read, by| {
                let (id, meeting) = (DocumentId(Uuid::from_u128(0xd0c0 + n)), MeetingId(Uuid::from_u128(0x3ee7 + n)));
                let profile = read.profile()?;
                let ingest = |context: &ledger::act::Context<'_>| ingest(id, meeting, minutes(n), &profile, context);
                Ok(read.with_context(by, &Default::default(), ingest)??)
            })?),
            Step::Notice(matter) => done(self.change(no, CLERK, move |read, by| {
                let matter = read.matter(matter_id(matter))?.ok_or(StoreFault::Malformed("the script"))?;
                let (notice, facts) = (read.next_notice(Series::General)?, read.facts(&matter)?);
                let words = NoticeText { word: text("Supervision"), contact: text("Wen, 555 0101"), note: None };
                let act = Act::IssueNotice { notice, text: words };
                Ok(read.with_context(by, &facts, |context| matter.act(act, context))??)
            })?),
            Step::TakeBack(n) => {
                done(self.store.take_back(command(no, OfficerId::PUBLIC), ContradictionId(Uuid::from_u128(n)))?)
            }
            Step::Checkpoint => self.store.checkpoint_now().map(|()| Told::Kept(no)).map_err(Undone::from),
            Step::View(n) => {
                // Sent again, it is there already.
                let _ = self.access.keep_view(CLERK, &format!("List {n}"), "state=opened")?;
                Ok(Told::Kept(no))
            }
            Step::Draft(matter) => {
                let fields = [("note".to_owned(), "Half a word".to_owned())];
                self.store.keep_draft(CLERK, matter_id(matter), ActKind::RecordProgress, &fields)?;
                Ok(Told::Kept(no))
            }
        }
    }

    /// Whether what `take` kept, and is no event, is there.
    pub fn keeps(&self, step: &Step) -> bool {
        match step {
            Step::View(n) => {
                self.access.views(CLERK).expect("it reads").iter().any(|view| view.name == format!("List {n}"))
            }
            Step::Draft(matter) => {
                let draft = self.store.draft(CLERK, matter_id(*matter), ActKind::RecordProgress);
                draft.expect("it reads").is_some()
            }
            Step::Begin
            | Step::Organise(_)
            | Step::Open { .. }
            | Step::Act(..)
            | Step::Evidence { .. }
            | Step::AskErasure(_)
            | Step::Erase(_)
            | Step::TakeBack(_)
            | Step::Document(_)
            | Step::Notice(_)
            | Step::Checkpoint => true,
        }
    }

    fn act(&self, no: usize, officer: OfficerId, matter: u128, act: Act) -> Result<Answer, ChangeError> {
        self.change(no, officer, move |read, by| {
            let matter = read.matter(matter_id(matter))?.ok_or(StoreFault::Malformed("the script"))?;
            let facts = read.facts(&matter)?;
            let act = act.clone();
            Ok(read.with_context(by, &facts, |context| matter.act(act, context))??)
        })
    }

    fn change(
        &self,
        no: usize,
        officer: OfficerId,
        mut work: impl FnMut(&mut Read<'_>, Hand) -> Result<Vec<(Stream, Event)>, Stop> + Send + 'static,
    ) -> Result<Answer, ChangeError> {
        let by = Hand { officer, on_behalf: None };
        self.store.change(command(no, officer), move |read| work(read, by))
    }
}

/// The id of a step's command.
pub fn command_id(no: usize) -> CommandId {
    CommandId(Uuid::from_u128(0xc0_0000 + no as u128))
}

fn command(no: usize, actor: OfficerId) -> Command {
    Command { id: command_id(no), actor, on_behalf: None, request: [0; 32], expects: vec![] }
}

fn opening(read: &mut Read<'_>, n: u128, audience: &Audience) -> Result<Opening, StoreFault> {
    let series = if matches!(audience, Audience::Circle(_)) { Series::Circle } else { Series::General };
    let words = OpenedText::of(text(&format!("Dredge ditch {n} before the rains come")));
    Ok(Opening {
        id: matter_id(n),
        number: read.next_number(series)?,
        kind: Kind::Directive,
        source: Source::Instruction,
        audience: audience.clone(),
        text: words,
        applicant: None,
    })
}

/// Units and officers, and then `len` steps in all, in which everything happens that writes otherwise than the rest.
pub fn script(len: usize) -> Vec<Step> {
    let mut steps = vec![Step::Begin];
    for (unit, function, words) in
        [(SUPERVISION, Function::Supervision, "Supervision Office"), (WATER, Function::Executing, "Water Bureau")]
    {
        let text = UnitText { name: name(words), aliases: vec![] };
        steps.push(Step::Organise(Change::FoundUnit { unit, parent: None, function, text }));
    }
    enrol(&mut steps, CLERK, SUPERVISION, Duty::Head);
    enrol(&mut steps, CLERK2, SUPERVISION, Duty::Member);
    enrol(&mut steps, WATER_HEAD, WATER, Duty::Head);
    let mut matter = 0;
    for round in 0.. {
        let leaver = OfficerId(Uuid::from_u128(0x1000 + round));
        match round % 4 {
            0 => {
                enrol(&mut steps, leaver, SUPERVISION, Duty::Member);
                steps.extend([Step::Draft(matter), Step::View(usize::try_from(1_000 + round).expect("few"))]);
            }
            1 => {
                let leaver = OfficerId(Uuid::from_u128(0x1000 + round - 1));
                let until = date(2026, 11, 1);
                steps.push(Step::Organise(Change::LeavePost { officer: leaver, post: post_of(leaver), until }));
                steps.extend([Step::AskErasure(leaver), Step::Erase(leaver)]);
            }
            2 => {
                let circle = Audience::Circle([CLERK, WATER_HEAD].into());
                steps.push(Step::Open { first: 10_000 + round, count: 1, audience: circle });
                steps.push(Step::Checkpoint);
            }
            _ => {
                // Of the keys made ahead these take what is left, and more are made within the change.
                let first = 20_000 + round * 1_000;
                steps.push(Step::Open { first, count: if round == 11 { 420 } else { 20 }, audience: Audience::Office });
                steps.push(Step::View(usize::try_from(round).expect("few")));
            }
        }
        matter += 1;
        carry_through(&mut steps, matter, round % 2 == 0);
        if steps.len() >= len {
            steps.truncate(len);
            return steps;
        }
    }
    steps
}

fn minutes(n: u128) -> DocumentText {
    let title = format!("Minutes of meeting {n}");
    let quote = format!("The Water Bureau dredges ditch {n} by 20 December.");
    let place = |words: &str| u32::try_from(words.chars().count()).expect("a short text");
    let (start, body) = (place(&title) + 1, format!("{title}\n{quote}\n"));
    let proposal = Proposal {
        no: 1,
        start,
        end: start + place(&quote),
        quote: text(&quote),
        class: Class::Action,
        owner: None,
        supporting: vec![],
        deadline: None,
        due: None,
        quantity: None,
        direction: None,
        rule: "clerk".into(),
        is_uncertain: false,
        left_out_by: None,
    };
    DocumentText {
        title: text(&title),
        file_name: text("minutes.txt"),
        sha256: Sha256::digest(&body).iter().map(|byte| format!("{byte:02x}")).collect(),
        body,
        places: vec![],
        unread_pages: vec![],
        lang: "en".into(),
        date: Some(date(2026, 10, 30)),
        meeting: None,
        presided_by: None,
        proposals: vec![proposal],
    }
}

/// What `script` leaves out and a projection is made of: minutes, a notice, something the public said that stands, and a
/// matter that is published no longer. Goes on after a script that carried `matter` through, and took back what was said.
pub fn what_else_is_projected(matter: u128) -> Vec<Step> {
    let person = PersonId(Uuid::from_u128(0xb000));
    let words = ContradictionText { words: text("There is no water in it"), place: None, contact: None };
    let (contradiction, said) = (ContradictionId(Uuid::from_u128(0xb0)), Personal { person, value: words });
    let open = 30_000;
    let (lead, criterion) = (Party::Unit(WATER), text("Seen twice"));
    vec![
        Step::Document(1),
        Step::Document(2),
        Step::Act(OfficerId::PUBLIC, matter, Act::Contradict { contradiction, said }),
        Step::Open { first: open, count: 2, audience: Audience::Office },
        Step::Act(CLERK, open, Act::Assign { lead, supervising: SUPERVISION, criterion, due: date(2026, 12, 20) }),
        Step::Notice(open),
        Step::Act(CLERK, open + 1, Act::Publish { items: [PublicItem::Directive].into() }),
        Step::Act(
            CLERK,
            open + 1,
            Act::ChangeAudience { audience: Audience::Office, reason: text("Published by mistake") },
        ),
    ]
}

fn carry_through(steps: &mut Vec<Step>, matter: u128, is_contradicted: bool) {
    let (lead, criterion) = (Party::Unit(WATER), text("Two inspections, both passed"));
    let report =
        Act::DraftReport { outcome: Outcome::Done, evidence: vec![evidence_id(matter)], report: text("It is dredged") };
    steps.extend([
        Step::Open { first: matter, count: 1, audience: Audience::Office },
        Step::Act(CLERK, matter, Act::Assign { lead, supervising: SUPERVISION, criterion, due: date(2026, 12, 20) }),
        Step::Act(WATER_HEAD, matter, Act::SignFor),
        Step::Evidence { matter, bytes: 1_000 + 30_000 * (usize::try_from(matter).expect("few") % 4) },
        Step::Act(WATER_HEAD, matter, report),
        Step::Act(WATER_HEAD, matter, Act::SignReport),
        Step::Act(CLERK, matter, Act::Verify { method: Method::SiteVisit, finding: text("Seen") }),
        Step::Act(CLERK2, matter, Act::Clear { note: None }),
    ]);
    if is_contradicted {
        let person = PersonId(Uuid::from_u128(0xa000 + matter));
        let words =
            ContradictionText { words: text("The ditch is full of mud"), place: None, contact: Some(text("555")) };
        let (contradiction, said) = (ContradictionId(Uuid::from_u128(matter)), Personal { person, value: words });
        steps.extend([
            Step::Act(CLERK, matter, Act::Publish { items: [PublicItem::Directive, PublicItem::Due].into() }),
            Step::Act(OfficerId::PUBLIC, matter, Act::Contradict { contradiction, said }),
            Step::TakeBack(matter),
        ]);
    }
}

fn post_of(officer: OfficerId) -> PostId {
    PostId(Uuid::from_u128(officer.0.as_u128() + 0x7000))
}

fn enrol(steps: &mut Vec<Step>, officer: OfficerId, unit: UnitId, duty: Duty) {
    let post = post_of(officer);
    steps.extend([
        Step::Organise(Change::MakePost { unit, post, duty, text: PostText { title: name("Post") } }),
        Step::Organise(Change::Enrol { officer, personal: personal(officer, "Officer Wen") }),
        Step::Organise(Change::TakePost { officer, post, from: date(2026, 1, 1) }),
    ]);
}

/// What the command of this number asks, where many work at once: each matter is opened, assigned, taken up and given
/// evidence, and now and then a checkpoint is signed.
pub fn busy_step(no: usize) -> Step {
    let matter = 1_000_000 + (no / BUSY_STEPS) as u128;
    match no % BUSY_STEPS {
        0 => Step::Open { first: matter, count: 1, audience: Audience::Office },
        1 => {
            let (lead, criterion) = (Party::Unit(WATER), text("Two inspections, both passed"));
            let due = date(2026, 12, 20);
            Step::Act(CLERK, matter, Act::Assign { lead, supervising: SUPERVISION, criterion, due })
        }
        2 => Step::Act(WATER_HEAD, matter, Act::SignFor),
        3 => Step::Evidence { matter, bytes: 100_000 },
        4 => Step::Act(WATER_HEAD, matter, Act::RecordProgress { note: Some(text("Half of it is dredged")) }),
        _ => Step::Checkpoint,
    }
}

/// So many commands follow each other on one matter.
pub const BUSY_STEPS: usize = 6;
