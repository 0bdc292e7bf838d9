//! A small city on the record: a supervision office, a water bureau, a deciding body and an auditor.

use jiff::civil::date;
use ledger::act::{Act, Opening, open};
use ledger::audience::Audience;
use ledger::event::Personal;
use ledger::evidence::{EvidenceKind, EvidenceText};
use ledger::id::{CommandId, EvidenceId, MatterId, Number, OfficerId, PersonId, PostId, Series, Stream, UnitId};
use ledger::matter::{Hand, Kind, OpenedText, Source};
use ledger::organisation::{Duty, Function, OfficerName, PostText, UnitText};
use ledger::organise::{Change, First};
use ledger::party::Party;
use ledger::{Name, Text, organise};
use store::access::{Device, Login, Password, Purpose};
use store::{Command, Stop};
use uuid::Uuid;
use web::texts::Lang;

use crate::site::{Browser, PASSWORD, Site, officer};

pub const CLERK: u128 = 2;
pub const CLERK2: u128 = 3;
pub const WATER_HEAD: u128 = 4;
pub const WATER_MEMBER: u128 = 5;
pub const LEADER: u128 = 6;
pub const AUDITOR: u128 = 7;
pub const SUPERVISION: UnitId = UnitId(Uuid::from_u128(0x51));
pub const WATER: UnitId = UnitId(Uuid::from_u128(0x52));

pub fn text(words: &str) -> Text {
    Text::parse("test", words).expect("a text")
}

fn name(zh: &str, en: &str) -> Name {
    Name::parse(zh, en).expect("a name")
}

fn personal(no: u128, zh: &str, en: &str) -> Personal<OfficerName> {
    Personal { person: PersonId(Uuid::from_u128(0x9000 + no)), value: OfficerName { name: name(zh, en) } }
}

impl Site {
    /// With the city on its record.
    pub fn with_city() -> Self {
        let site = Self::new();
        let first = First {
            unit: UnitId(Uuid::from_u128(0x50)),
            unit_text: UnitText { name: name("信息中心", "Information Centre"), aliases: vec![] },
            function: Function::Executing,
            post: PostId(Uuid::from_u128(0x70)),
            post_text: PostText { title: name("管理员", "Administrator") },
            personal: personal(1, "魏明", "Wei Ming"),
        };
        site.change(1, move |read| {
            let (first, by) = (first.clone(), hand(1));
            Ok(read.with_context(by, &Default::default(), |context| organise::begin(first, context))??)
        });
        for (unit, function, zh, en) in [
            (SUPERVISION, Function::Supervision, "市督查室", "Supervision Office"),
            (WATER, Function::Executing, "市水务局", "Water Bureau"),
            (UnitId(Uuid::from_u128(0x53)), Function::Deciding, "常务会议", "Executive Meeting"),
            (UnitId(Uuid::from_u128(0x54)), Function::Audit, "市审计局", "Audit Office"),
        ] {
            let text = UnitText { name: name(zh, en), aliases: vec![] };
            site.organise(Change::FoundUnit { unit, parent: None, function, text });
        }
        for (no, unit, duty, zh, en) in [
            (CLERK, 0x51, Duty::Head, "周一诺", "Zhou Yinuo"),
            (CLERK2, 0x51, Duty::Member, "何清扬", "He Qingyang"),
            (WATER_HEAD, 0x52, Duty::Head, "江望", "Jiang Wang"),
            (WATER_MEMBER, 0x52, Duty::Member, "温澜", "Wen Lan"),
            (LEADER, 0x53, Duty::Head, "沈若谷", "Shen Ruogu"),
            (AUDITOR, 0x54, Duty::Member, "陆衡", "Lu Heng"),
        ] {
            let (unit, post) = (UnitId(Uuid::from_u128(unit)), PostId(Uuid::from_u128(0x7000 + no)));
            site.organise(Change::MakePost { unit, post, duty, text: PostText { title: name("岗位", "Post") } });
            site.organise(Change::Enrol { officer: officer(no), personal: personal(no, zh, en) });
            site.organise(Change::TakePost { officer: officer(no), post, from: date(2026, 1, 1) });
        }
        site
    }

    fn change(
        &self,
        actor: u128,
        work: impl FnMut(&mut store::Read<'_>) -> Result<Vec<(Stream, ledger::event::Event)>, Stop> + Send + 'static,
    ) -> store::Answer {
        let id: CommandId = self.app.command_id();
        let command = Command { id, actor: officer(actor), on_behalf: None, request: [0; 32], expects: vec![] };
        self.app.store.change(command, work).expect("it may be done")
    }

    pub fn organise(&self, change: Change) {
        self.change(1, move |read| {
            let change = change.clone();
            Ok(read.with_context(hand(1), &Default::default(), |context| organise::change(change, context))??)
        });
    }

    /// Opens a matter and gives its id and number.
    pub fn open(&self, quote: &str, audience: Audience) -> (MatterId, Number) {
        self.open_as(Kind::Directive, quote, audience)
    }

    /// Opens a matter of this kind.
    pub fn open_as(&self, kind: Kind, quote: &str, audience: Audience) -> (MatterId, Number) {
        let quote = text(quote);
        let series = if matches!(audience, Audience::Circle(_)) { Series::Circle } else { Series::General };
        let answer = self.change(CLERK, move |read| {
            let (id, number) = (MatterId(read.new_id()), read.next_number(series)?);
            let (quote, audience) = (quote.clone(), audience.clone());
            let words = OpenedText::of(quote);
            let (source, applicant) = (Source::Instruction, None);
            let opening = Opening { id, number, kind, source, audience, text: words, applicant };
            Ok(read.with_context(hand(CLERK), &Default::default(), |context| open(opening, context))??)
        });
        let Stream::Matter(id) = answer.events[0].stream else { panic!("no matter") };
        let matter = self.app.store.read(|read| read.matter(id)).expect("a state").expect("it was opened");
        (id, matter.number)
    }

    pub fn act(&self, no: u128, matter: MatterId, act: Act) {
        self.change(no, move |read| {
            let matter = read.matter(matter)?.expect("it was opened");
            let facts = read.facts(&matter)?;
            let act = act.clone();
            Ok(read.with_context(hand(no), &facts, |context| matter.act(act, context))??)
        });
    }

    /// Assigns it to the water bureau, due in `days` days.
    pub fn assign(&self, matter: MatterId, days: i64) {
        let due = date(2026, 11, 24).checked_add(jiff::SignedDuration::from_hours(24 * days)).expect("a day");
        let (lead, criterion) = (Party::Unit(WATER), text("Two inspections, both passed"));
        self.act(CLERK, matter, Act::Assign { lead, supervising: SUPERVISION, criterion, due });
    }

    /// Adds a piece of evidence whose file is empty.
    pub fn evidence(&self, no: u128, matter: MatterId, id: u128) -> EvidenceId {
        let file = EvidenceText {
            file_name: text("记录.pdf"),
            media_type: text("application/pdf"),
            sha256: text("00"),
            caption: None,
        };
        let evidence = EvidenceId(Uuid::from_u128(id));
        let file_of = self.app.store.blob_writer(&ledger::id::Holder::Matter(matter), evidence);
        file_of.and_then(|file| file.finish()).expect("a file");
        self.act(no, matter, Act::AddEvidence { evidence, kind: EvidenceKind::Document, bytes: 3, text: file });
        evidence
    }

    /// A browser in which this officer is signed in.
    pub async fn browser_of(&self, no: u128, lang: Lang) -> Browser {
        let login = format!("officer{no}");
        let access = &self.app.access;
        if access.login_of(officer(no)).expect("access.db").is_none() {
            let link = access.make_link(officer(no), Purpose::Invite).expect("a link");
            let password = Password::parse("password", PASSWORD, &[]).expect("a password");
            let known = Login::parse(&login).expect("a login");
            access.create_account(&link, &known, &password, Device::Other).expect("an account");
        }
        let mut browser = self.browser(lang);
        let answer = browser.post("/sign-in", &[("login", &login), ("password", PASSWORD)]).await;
        assert_eq!(answer.status, axum::http::StatusCode::SEE_OTHER, "{}", answer.body);
        browser.get("/account").await;
        browser
    }
}

fn hand(no: u128) -> Hand {
    Hand { officer: OfficerId(Uuid::from_u128(no)), on_behalf: None }
}
