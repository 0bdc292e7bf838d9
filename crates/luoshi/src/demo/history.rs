//! Four weeks in Qinghe: every state a matter can be in, brought about by the acts of its officers.

use std::collections::BTreeMap;

use anyhow::Context as _;
use jiff::Timestamp;
use jiff::civil::Date;
use ledger::act::{Act, Context, Opening, open};
use ledger::audience::Audience;
use ledger::document::{Class, Document, Settle, Settled};
use ledger::event::{Event, Personal};
use ledger::evidence::{EvidenceKind, EvidenceText};
use ledger::id::{
    CommandId, DocumentId, EvidenceId, Holder, MatterId, OfficerId, PersonId, PostId, Series, Stream, UnitId,
};
use ledger::matter::{Hand, Kind, Method, OpenedText, Outcome, PublicItem, Source};
use ledger::organisation::{OfficerName, PostText, UnitText};
use ledger::organise::{self, Change, First};
use ledger::party::Party;
use ledger::{Name, Text};
use sources::Format;
use store::{Command, Read, Stop, Store, StoreFault};
use uuid::Uuid;

use super::city::{OFFICERS, UNITS};
use super::{DAYS, Days, samples};
use crate::World;
use crate::ingest::take_in;

struct Story<'a> {
    store: &'a Store,
    days: &'a Days,
    now: Timestamp,
    today: Date,
    units: BTreeMap<&'static str, UnitId>,
    officers: BTreeMap<&'static str, OfficerId>,
}

/// Writes the history.
pub fn write(store: &Store, days: &Days, now: Timestamp, world: &World) -> anyhow::Result<()> {
    let today = now.to_zoned_datetime(store.settings().zone()?).date();
    let mut story = Story { store, days, now, today, units: BTreeMap::new(), officers: BTreeMap::new() };
    story.found()?;
    story.at(-28);
    let clerk = story.officer("clerk");
    let text = samples::meeting(today);
    let meeting = take_in(store, world, clerk, "清禾市政府第42次常务会议纪要.txt", Format::Text, text.as_bytes())?;
    story.confirm_all(meeting)?;
    story.directives()?;
    story.others()?;
    story.at(-12);
    let text = samples::council(today);
    take_in(store, world, clerk, "qinghe-council-minutes.txt", Format::Text, text.as_bytes())?;
    story.at(0);
    Ok(())
}

fn text(words: &str) -> anyhow::Result<Text> {
    Text::parse("text", words).map_err(|invalid| anyhow::anyhow!("{invalid:?}"))
}

fn name((zh, en): (&str, &str)) -> anyhow::Result<Name> {
    Name::parse(zh, en).map_err(|invalid| anyhow::anyhow!("{invalid:?}"))
}

impl Story<'_> {
    fn at(&self, day: i64) {
        self.days.go_to(self.now, day);
    }

    fn officer(&self, login: &str) -> OfficerId {
        *self.officers.get(login).expect("the table of officers holds every login used here")
    }

    fn unit(&self, key: &str) -> UnitId {
        *self.units.get(key).expect("the table of units holds every key used here")
    }

    fn day(&self, days: i32) -> Date {
        self.today.saturating_add(jiff::Span::new().days(days))
    }

    fn id(&self) -> Result<Uuid, StoreFault> {
        self.store.read(|read| Ok(read.new_id()))
    }

    fn change(
        &self,
        officer: OfficerId,
        work: impl FnMut(&mut Read<'_>) -> Result<Vec<(Stream, Event)>, Stop> + Send + 'static,
    ) -> anyhow::Result<Vec<Stream>> {
        let command =
            Command { id: CommandId(self.id()?), actor: officer, on_behalf: None, request: [0; 32], expects: vec![] };
        let answer = self.store.change(command, work)?;
        Ok(answer.events.iter().map(|event| event.stream).collect())
    }

    fn organise(&self, change: Change) -> anyhow::Result<()> {
        let officer = self.officer("admin");
        self.change(officer, move |read| {
            let (change, by) = (change.clone(), Hand { officer, on_behalf: None });
            Ok(read.with_context(by, &Default::default(), |context| organise::change(change, context))??)
        })?;
        Ok(())
    }

    /// Units as a forest, one post an officer, every officer in his post.
    fn found(&mut self) -> anyhow::Result<()> {
        self.at(-DAYS);
        for officer in OFFICERS {
            self.officers.insert(officer.login, OfficerId(self.id()?));
        }
        let admin = OFFICERS.first().context("the first officer is the administrator")?;
        let data = UNITS.iter().find(|unit| unit.key == admin.unit).context("the administrator's unit")?;
        let unit = UnitId(self.id()?);
        self.units.insert(data.key, unit);
        let first = First {
            unit,
            unit_text: UnitText { name: name((data.zh, data.en))?, aliases: vec![] },
            post: PostId(self.id()?),
            post_text: PostText { title: name(admin.title)? },
            personal: Personal { person: PersonId(self.id()?), value: OfficerName { name: name(admin.name)? } },
        };
        let officer = self.officer(admin.login);
        self.change(officer, move |read| {
            let (first, by) = (first.clone(), Hand { officer, on_behalf: None });
            Ok(read.with_context(by, &Default::default(), |context| organise::begin(first, context))??)
        })?;
        for of in UNITS.iter().filter(|of| of.key != data.key) {
            let unit = UnitId(self.id()?);
            self.units.insert(of.key, unit);
            let aliases = of.aliases.iter().map(|alias| text(alias)).collect::<Result<Vec<_>, _>>()?;
            let parent = self.units.get(of.above).copied();
            let words = UnitText { name: name((of.zh, of.en))?, aliases };
            self.organise(Change::FoundUnit { unit, parent, function: of.function, text: words })?;
        }
        for of in OFFICERS.iter().skip(1) {
            let (post, officer) = (PostId(self.id()?), self.officer(of.login));
            let title = PostText { title: name(of.title)? };
            self.organise(Change::MakePost { unit: self.unit(of.unit), post, duty: of.duty, text: title })?;
            let personal = Personal { person: PersonId(self.id()?), value: OfficerName { name: name(of.name)? } };
            self.organise(Change::EnrolIn { officer, personal, post, from: self.day(-400) })?;
        }
        Ok(())
    }

    /// Confirms every action and target, and notes every principle.
    fn confirm_all(&self, document: DocumentId) -> anyhow::Result<()> {
        let officer = self.officer("clerk");
        let stream = Stream::Document(document);
        let folded = self.store.read(|read| read.fold::<Document>(stream))?.context("it was just taken in")?;
        let open = folded.proposals().into_iter().filter(|(_, settled)| *settled == Settled::Open);
        for (no, class) in open.map(|(proposal, _)| (proposal.no, proposal.class)).collect::<Vec<_>>() {
            self.change(officer, move |read| {
                let document = read.fold::<Document>(stream)?.ok_or(ledger::Refusal::ProposalUnknown)?;
                let (matter, number) = (MatterId(read.new_id()), read.next_number(Series::General)?);
                let as_matter = class != Class::Principle;
                let settle = Settle::Confirm { no, as_matter, matter, number, audience: Audience::Office };
                let by = Hand { officer, on_behalf: None };
                Ok(read.with_context(by, &Default::default(), |context| document.settle(settle, context))??)
            })?;
        }
        Ok(())
    }

    /// The matter whose directive holds these words; none if the reading did not find it.
    fn matter(&self, words: &str) -> anyhow::Result<Option<MatterId>> {
        let officer = self.officer("clerk");
        let lines = self.store.read(|read| read.matters(Some(officer), &Default::default(), 500, 0))?;
        let holds = |line: &&store::MatterLine| line.quote.as_ref().is_some_and(|quote| quote.contains(words));
        Ok(lines.iter().find(holds).map(|line| line.id))
    }

    fn act(&self, login: &str, matter: MatterId, act: Act) -> anyhow::Result<Vec<Stream>> {
        let officer = self.officer(login);
        let kind = act.kind();
        let done = self.change(officer, move |read| {
            let matter = read.matter(matter)?.ok_or(ledger::Refusal::NotASubMatter)?;
            let facts = read.facts(&matter)?;
            let (act, by) = (act.clone(), Hand { officer, on_behalf: None });
            Ok(read.with_context(by, &facts, |context| matter.act(act, context))??)
        });
        done.with_context(|| format!("{login} could not {}", kind.code()))
    }

    fn assign(&self, matter: MatterId, lead: Party, criterion: &str, due: i32) -> anyhow::Result<()> {
        let (supervising, criterion, due) = (self.unit("supervision"), text(criterion)?, self.day(due));
        self.act("clerk", matter, Act::Assign { lead, supervising, criterion, due }).map(|_| ())
    }

    fn evidence(
        &self,
        login: &str,
        matter: MatterId,
        kind: EvidenceKind,
        file_name: &str,
        words: &str,
    ) -> anyhow::Result<EvidenceId> {
        let evidence = EvidenceId(self.id()?);
        let mut writer = self.store.blob_writer(&Holder::Matter(matter), evidence)?;
        writer.write(words.as_bytes())?;
        let stored = writer.finish()?;
        let about = EvidenceText {
            file_name: text(file_name)?,
            media_type: text("text/plain")?,
            sha256: text(&stored.sha256)?,
            caption: None,
        };
        self.act(login, matter, Act::AddEvidence { evidence, kind, bytes: stored.bytes, text: about })?;
        Ok(evidence)
    }

    fn report(
        &self,
        draft: &str,
        sign: &str,
        matter: MatterId,
        outcome: Outcome,
        evidence: EvidenceId,
        words: &str,
    ) -> anyhow::Result<()> {
        let report = text(words)?;
        self.act(draft, matter, Act::DraftReport { outcome, evidence: vec![evidence], report })?;
        self.act(sign, matter, Act::SignReport).map(|_| ())
    }

    /// What became of the executive meeting's directives.
    fn directives(&self) -> anyhow::Result<()> {
        let unit = |key: &str| Party::Unit(self.unit(key));
        self.at(-27);
        if let Some(survey) = self.matter("排查")? {
            self.assign(survey, unit("water"), "12处积水点逐一有排查记录和整治方案，现场抽查不少于3处。", 6)?;
            self.at(-26);
            self.act("water", survey, Act::SignFor)?;
            self.at(-20);
            self.act("water2", survey, Act::RecordProgress { note: Some(text("已排查7处，其余5处待管网检测。")?) })?;
            self.at(-12);
            let file = "12处积水点排查记录.txt";
            let evidence =
                self.evidence("water2", survey, EvidenceKind::Document, file, "积水点1：人民路口，管径不足……")?;
            self.at(-11);
            let words = "12处积水点全部排查完毕，一点一策方案已编制。";
            self.report("water2", "water", survey, Outcome::Done, evidence, words)?;
            self.at(-8);
            let finding = text("现场抽查人民路口、西河桥下、北门市场三处，记录与现场一致。")?;
            self.act("clerk", survey, Act::Verify { method: Method::SiteVisit, finding })?;
            self.at(-6);
            self.act("head", survey, Act::Clear { note: None })?;
            self.at(-5);
            let items = [
                PublicItem::Directive,
                PublicItem::Lead,
                PublicItem::Criterion,
                PublicItem::Due,
                PublicItem::Report,
                PublicItem::Verification,
            ];
            self.act("head", survey, Act::Publish { items: items.into() })?;
        }
        self.at(-27);
        if let Some(works) = self.matter("改造")? {
            self.assign(works, unit("water"), "12处积水点改造完工验收，汛期前通水试验合格。", 157)?;
            self.at(-25);
            self.act("water", works, Act::SignFor)?;
            self.at(-9);
            let obstacle = text("人民路口改造需占用在建工地出入口。")?;
            self.act("water2", works, Act::NameObstacle { obstacle, remover: Some(unit("housing")) })?;
            self.act(
                "head",
                works,
                Act::Publish { items: [PublicItem::Directive, PublicItem::Lead, PublicItem::Due].into() },
            )?;
        }
        self.at(-27);
        if let Some(drains) = self.matter("雨水口")? {
            self.assign(drains, unit("linjiang"), "巡查台账连续四周无缺项。", 21)?;
        }
        if let Some(visits) = self.matter("走访")? {
            self.assign(visits, unit("civil"), "低保边缘家庭走访率100%，随机回访20户。", 5)?;
            self.at(-24);
            self.act("civil", visits, Act::SignFor)?;
            self.at(-2);
            let reason = text("两个乡镇因降雪道路封闭，尚余41户未能入户。")?;
            self.act("civil2", visits, Act::AskExtension { to: self.day(15), reason })?;
        }
        self.at(-27);
        if let Some(matching) = self.matter("数据比对")? {
            self.assign(matching, unit("civil"), "首次比对完成，差异清单逐条有处理意见。", 14)?;
            self.at(-23);
            self.act("civil", matching, Act::SignFor)?;
            self.at(-4);
            let evidence =
                self.evidence("civil2", matching, EvidenceKind::Data, "首次比对差异清单.txt", "差异17条……")?;
            self.report(
                "civil2",
                "civil",
                matching,
                Outcome::Done,
                evidence,
                "三部门数据比对机制已建立，首次比对差异17条已全部处理。",
            )?;
        }
        self.at(-27);
        if let Some(claims) = self.matter("36件")? {
            self.assign(claims, unit("civil"), "36件申请全部办结，随机回访10户。", 9)?;
            self.at(-23);
            self.act("civil", claims, Act::SignFor)?;
            self.at(-7);
            let evidence =
                self.evidence("civil2", claims, EvidenceKind::Document, "救助申请办结清单.txt", "共36件……")?;
            self.report(
                "civil2",
                "civil",
                claims,
                Outcome::Done,
                evidence,
                "36件申请全部办结，其中批准34件、说明理由不予批准2件。",
            )?;
            self.at(-3);
            let finding = text("电话回访10户，均已收到决定。")?;
            self.act("clerk2", claims, Act::Verify { method: Method::CallBack, finding })?;
        }
        self.at(-27);
        if let Some(flats) = self.matter("360套")? {
            self.assign(flats, unit("housing"), "首批360套完成登记，办结率不低于95%。", -4)?;
            self.at(-25);
            self.act("housing", flats, Act::SignFor)?;
            self.at(-3);
            self.act(
                "head",
                flats,
                Act::Publish { items: [PublicItem::Directive, PublicItem::Lead, PublicItem::Due].into() },
            )?;
        }
        self.at(-27);
        if let Some(roads) = self.matter("断头路")? {
            self.assign(roads, unit("transport"), "8条断头路的打通时限在市政府网站公开。", 16)?;
            self.at(-26);
            let reason = text("其中3条的规划权属住建部门，请明确牵头单位。")?;
            self.act("transport", roads, Act::Dispute { reason })?;
        }
        Ok(())
    }

    /// Matters that no document opened: a household's need refused, a clue that three may know, a note taken back.
    fn others(&self) -> anyhow::Result<()> {
        self.at(-16);
        let words = "临江镇一户家庭申请临时救助。";
        let need = self.open_matter(Kind::Need, words, Audience::Office)?;
        self.assign(need, Party::Unit(self.unit("civil")), "作出给付决定，或书面说明理由的不予给付决定。", 4)?;
        self.at(-15);
        self.act("civil", need, Act::SignFor)?;
        self.at(-8);
        let evidence = self.evidence("civil2", need, EvidenceKind::LegalAct, "不予给付决定书.txt", "经核查……")?;
        let refused = Outcome::Refused { appeal_until: self.day(20) };
        self.report("civil2", "civil", need, refused, evidence, "家庭月人均收入超过标准，不予给付，理由已书面送达。")?;
        self.at(-6);
        let finding = text("已电话核实，申请人收到决定书并知晓申诉期限。")?;
        self.act("clerk", need, Act::Verify { method: Method::CallBack, finding })?;

        self.at(-14);
        let circle = [self.officer("clerk"), self.officer("head"), self.officer("police")];
        let clue = self.open_matter(Kind::Clue, "反映城东市场有人强收摊位费。", Audience::Circle(circle.into()))?;
        self.assign(clue, Party::Officer(self.officer("police")), "逐项核查，形成有结论的核查报告。", 12)?;
        self.at(-13);
        self.act("police", clue, Act::SignFor)?;

        self.at(-10);
        let words = "整理各单位值班电话。";
        let note = self.open_matter(Kind::Directive, words, Audience::Office)?;
        self.at(-9);
        let (authority, reason) = (text("分管副市长口头决定")?, text("与既有值班制度重复。")?);
        self.act("clerk", note, Act::Withdraw { authority, reason, successor: None })?;
        Ok(())
    }

    fn open_matter(&self, kind: Kind, quote: &str, audience: Audience) -> anyhow::Result<MatterId> {
        let (officer, quote) = (self.officer("clerk"), text(quote)?);
        let streams = self.change(officer, move |read| {
            let id = MatterId(read.new_id());
            let series = if let Audience::Circle(_) = &audience { Series::Circle } else { Series::General };
            let number = read.next_number(series)?;
            let words = OpenedText {
                quote: quote.clone(),
                source: None,
                owner: None,
                deadline: None,
                quantity: None,
                due: None,
                origin_key: None,
            };
            let (source, audience, applicant) = (Source::Instruction, audience.clone(), None);
            let opening = Opening { id, number, kind, source, audience, text: words, applicant };
            let by = Hand { officer, on_behalf: None };
            Ok(read.with_context(by, &Default::default(), |context: &Context<'_>| open(opening, context))??)
        })?;
        match streams.first() {
            Some(Stream::Matter(id)) => Ok(*id),
            Some(_) | None => anyhow::bail!("no matter was opened"),
        }
    }
}
