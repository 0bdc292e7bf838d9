//! Four weeks in Qinghe: every state a matter can be in, brought about by the acts of its officers.

use std::collections::BTreeMap;

use anyhow::Context as _;
use jiff::Timestamp;
use jiff::civil::Date;
use ledger::act::{Act, Context, Opening, open};
use ledger::audience::Audience;
use ledger::calendar::{self, Country};
use ledger::document::{Class, Document, Settle, Settled};
use ledger::event::{Event, Personal};
use ledger::evidence::{EvidenceKind, EvidenceText};
use ledger::id::{
    CommandId, ContradictionId, DocumentId, EvidenceId, Holder, MatterId, OfficerId, PersonId, PostId, Series, Stream,
    UnitId,
};
use ledger::matter::{CallBackFinding, ContradictionText, Hand, Kind, Method, OpenedText, Outcome, PublicItem, Source};
use ledger::organisation::{OfficerName, PostText, UnitText};
use ledger::organise::{self, Change, First};
use ledger::party::Party;
use ledger::{Name, Text};
use sources::Format;
use store::{Command, Read, Stop, Store, StoreFault};
use uuid::Uuid;

mod desks;

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

/// What the public is told of a matter that is not finished.
const PROMISED: &[PublicItem] = &[PublicItem::Directive, PublicItem::Lead, PublicItem::Due];

/// Words by which the executive meeting's directives are known again, as its minutes are read.
pub(super) const DIRECTIVES: [&str; 8] =
    ["排查", "积水点改造", "雨水口", "走访", "数据比对", "36件", "360套", "断头路"];

/// Something that happens on a day.
type Step<'p> = Box<dyn Fn(&Story<'_>) -> anyhow::Result<()> + 'p>;

/// What happens on which day, in whatever order it is told; the record knows only one.
#[derive(Default)]
struct Plan<'p> {
    steps: Vec<(i64, Step<'p>)>,
}

impl<'p> Plan<'p> {
    fn on(&mut self, day: i64, step: impl Fn(&Story<'_>) -> anyhow::Result<()> + 'p) {
        self.steps.push((day, Box::new(step)));
    }

    fn carry_out(mut self, story: &Story<'_>) -> anyhow::Result<()> {
        self.steps.sort_by_key(|(day, _)| *day);
        let mut today = None;
        for (day, step) in &self.steps {
            if today != Some(*day) {
                story.at(*day);
                today = Some(*day);
            }
            step(story)?;
        }
        Ok(())
    }
}

/// Writes the history.
pub fn write(store: &Store, days: &Days, now: Timestamp, world: &World) -> anyhow::Result<()> {
    let today = now.to_zoned_datetime(store.settings().zone()?).date();
    let mut story = Story { store, days, now, today, units: BTreeMap::new(), officers: BTreeMap::new() };
    story.found()?;
    story.at(-28);
    let clerk = story.officer("clerk");
    let text = samples::meeting(today);
    let meeting = take_in(store, world, clerk, "清禾市政府第42次常务会议纪要.txt", Format::Text, text.as_bytes())?.id;
    story.confirm_all(meeting)?;
    let mut plan = Plan::default();
    story.directives(&mut plan)?;
    story.others(&mut plan);
    story.desks(&mut plan)?;
    plan.on(-12, move |story| {
        let text = samples::council(story.today);
        let clerk = story.officer("clerk");
        take_in(story.store, world, clerk, "qinghe-council-minutes.txt", Format::Text, text.as_bytes()).map(|_| ())
    });
    plan.carry_out(&story)?;
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

    fn of(&self, unit: &str) -> Party {
        Party::Unit(self.unit(unit))
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
            function: data.function,
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
        let officer = self.officer("admin");
        self.change(officer, move |read| {
            let (by, held) = (Hand { officer, on_behalf: None }, read.calendar()?);
            let years: Vec<i16> = Country::China.years().iter().map(|year| year.year).collect();
            let adopted = |context: &Context| calendar::adopt(Country::China, &years, &held, context);
            Ok(read.with_context(by, &Default::default(), adopted)??)
        })?;
        Ok(())
    }

    /// Confirms every action and target, and notes every principle, unless the history goes on with it.
    fn confirm_all(&self, document: DocumentId) -> anyhow::Result<()> {
        let officer = self.officer("clerk");
        let stream = Stream::Document(document);
        let folded = self.store.read(|read| read.fold::<Document>(stream))?.context("it was just taken in")?;
        let open = folded.proposals().into_iter().filter(|(_, settled)| *settled == Settled::Open);
        let goes_on = |quote: &Text| DIRECTIVES.iter().any(|words| quote.as_str().contains(words));
        let as_matter = |class, quote: &Text| class != Class::Principle || goes_on(quote);
        let open = open.map(|(proposal, _)| (proposal.no, as_matter(proposal.class, &proposal.quote)));
        for (no, as_matter) in open.collect::<Vec<_>>() {
            self.change(officer, move |read| {
                let document = read.fold::<Document>(stream)?.ok_or(ledger::Refusal::ProposalUnknown)?;
                let (matter, number) = (MatterId(read.new_id()), read.next_number(Series::General)?);
                let settle = Settle::Confirm { no, as_matter, matter, number, audience: Audience::Office };
                let by = Hand { officer, on_behalf: None };
                Ok(read.with_context(by, &Default::default(), |context| document.settle(settle, context))??)
            })?;
        }
        Ok(())
    }

    /// The first matter whose directive holds these words. Errors where the reading did not find it.
    fn opened(&self, words: &str) -> anyhow::Result<MatterId> {
        let officer = self.officer("clerk");
        let lines = self.store.read(|read| read.matters(Some(officer), &Default::default(), 500, 0))?;
        let holds = |line: &&store::MatterLine| line.quote.as_ref().is_some_and(|quote| quote.contains(words));
        lines.iter().find(holds).map(|line| line.id).with_context(|| format!("no matter says {words}"))
    }

    fn act(&self, login: &str, matter: MatterId, act: Act) -> anyhow::Result<()> {
        let officer = self.officer(login);
        let kind = act.kind();
        let done = self.change(officer, move |read| {
            let matter = read.matter(matter)?.ok_or(ledger::Refusal::NotASubMatter)?;
            let facts = read.facts(&matter)?;
            let (act, by) = (act.clone(), Hand { officer, on_behalf: None });
            Ok(read.with_context(by, &facts, |context| matter.act(act, context))??)
        });
        done.map(|_| ()).with_context(|| format!("{login} could not {}", kind.code()))
    }

    fn assign(&self, matter: MatterId, lead: Party, criterion: &str, due: i32) -> anyhow::Result<()> {
        let (supervising, criterion, due) = (self.unit("supervision"), text(criterion)?, self.day(due));
        self.act("clerk", matter, Act::Assign { lead, supervising, criterion, due })
    }

    /// Adds a file, drafts a report on it and has it signed by another.
    fn report(
        &self,
        (draft, sign): (&str, &str),
        matter: MatterId,
        outcome: Outcome,
        file: (EvidenceKind, (&str, &str)),
        words: &str,
    ) -> anyhow::Result<()> {
        self.draft(draft, matter, outcome, file, words)?;
        self.act(sign, matter, Act::SignReport)
    }

    /// Adds a file and drafts a report on it.
    fn draft(
        &self,
        draft: &str,
        matter: MatterId,
        outcome: Outcome,
        (kind, (file_name, content)): (EvidenceKind, (&str, &str)),
        words: &str,
    ) -> anyhow::Result<()> {
        let evidence = EvidenceId(self.id()?);
        let mut writer = self.store.blob_writer(&Holder::Matter(matter), evidence)?;
        writer.write(content.as_bytes())?;
        let stored = writer.finish()?;
        let about = EvidenceText {
            file_name: text(file_name)?,
            media_type: text("text/plain")?,
            sha256: text(&stored.sha256)?,
            caption: None,
        };
        self.act(draft, matter, Act::AddEvidence { evidence, kind, bytes: stored.bytes, text: about })?;
        let report = text(words)?;
        self.act(draft, matter, Act::DraftReport { outcome, evidence: vec![evidence], report })
    }

    /// Somebody without an account says that it is not so.
    fn contradict(&self, matter: MatterId, words: &str, place: Option<&str>) -> anyhow::Result<()> {
        let contradiction = ContradictionId(self.id()?);
        let place = place.map(text).transpose()?;
        let value = ContradictionText { words: text(words)?, place, contact: None };
        let said = Personal { person: PersonId(self.id()?), value };
        self.change(OfficerId::PUBLIC, move |read| {
            let matter = read.matter(matter)?.ok_or(ledger::Refusal::NotASubMatter)?;
            let act = Act::Contradict { contradiction, said: said.clone() };
            let by = Hand { officer: OfficerId::PUBLIC, on_behalf: None };
            Ok(read.with_context(by, &Default::default(), |context| matter.act(act, context))??)
        })?;
        Ok(())
    }

    fn publish(&self, matter: MatterId, items: &[PublicItem]) -> anyhow::Result<()> {
        self.act("head", matter, Act::Publish { items: items.iter().copied().collect() })
    }

    /// What became of the executive meeting's directives.
    fn directives(&self, plan: &mut Plan<'_>) -> anyhow::Result<()> {
        let [survey, works, drains, visits, matching, claims, flats, roads] =
            DIRECTIVES.map(|words| self.opened(words));
        let (survey, works, drains, visits, matching, claims, flats, roads) =
            (survey?, works?, drains?, visits?, matching?, claims?, flats?, roads?);
        plan.on(-27, move |s| {
            s.assign(survey, s.of("water"), "12处积水点逐一有排查记录和整治方案，现场抽查不少于3处。", 6)
        });
        plan.on(-26, move |s| s.act("water", survey, Act::SignFor));
        plan.on(-20, move |s| {
            let note = Some(text("已排查7处，其余5处待管网检测。")?);
            s.act("water2", survey, Act::RecordProgress { note })
        });
        plan.on(-11, move |s| {
            let file = ("12处积水点排查记录.txt", "积水点1：人民路口，管径不足……");
            let words = "12处积水点全部排查完毕，一点一策方案已编制。";
            s.report(("water2", "water"), survey, Outcome::Done, (EvidenceKind::Document, file), words)
        });
        plan.on(-8, move |s| {
            let finding = text("现场抽查人民路口、西河桥下、北门市场三处，记录与现场一致。")?;
            s.act("clerk", survey, Act::Verify { method: Method::SiteVisit, finding })
        });
        plan.on(-6, move |s| s.act("head", survey, Act::Clear { note: None }));
        plan.on(-5, move |s| s.publish(survey, PublicItem::ALL));
        plan.on(-4, move |s| {
            s.contradict(survey, "人民路口昨天下雨又积水了，没看到有人来排查。", Some("人民路与北环路交叉口"))
        });
        plan.on(-3, move |s| {
            let answer = text("已再次到人民路口现场查看：排查记录属实，该点改造工程尚未开工，列为另一事项办理。")?;
            let (finding, method) = (CallBackFinding::Stands, Method::SiteVisit);
            s.act("clerk2", survey, Act::CallBack { finding, method, answer, due: None })
        });
        plan.on(-1, move |s| s.contradict(survey, "北门市场的排查记录我们没有见过。", None));
        plan.on(-27, move |s| s.assign(works, s.of("water"), "12处积水点改造完工验收，汛期前通水试验合格。", 157));
        plan.on(-25, move |s| s.act("water", works, Act::SignFor));
        plan.on(-9, move |s| {
            let (obstacle, remover) = (text("人民路口改造需占用在建工地出入口。")?, Some(s.of("housing")));
            s.act("water2", works, Act::NameObstacle { obstacle, remover })
        });
        plan.on(-8, move |s| s.publish(works, PROMISED));
        plan.on(-27, move |s| s.assign(drains, s.of("linjiang"), "巡查台账连续四周无缺项。", 21));
        plan.on(-27, move |s| s.assign(visits, s.of("civil"), "低保边缘家庭走访率100%，随机回访20户。", 5));
        plan.on(-24, move |s| s.act("civil", visits, Act::SignFor));
        plan.on(-2, move |s| {
            let (to, reason) = (s.day(15), text("两个乡镇因降雪道路封闭，尚余41户未能入户。")?);
            s.act("civil2", visits, Act::AskExtension { to, reason })
        });
        plan.on(-27, move |s| s.assign(matching, s.of("civil"), "首次比对完成，差异清单逐条有处理意见。", 14));
        plan.on(-23, move |s| s.act("civil", matching, Act::SignFor));
        plan.on(-4, move |s| {
            let words = "三部门数据比对机制已建立，首次比对差异17条已全部处理。";
            let file = (EvidenceKind::Data, ("首次比对差异清单.txt", "差异17条……"));
            s.report(("civil2", "civil"), matching, Outcome::Done, file, words)
        });
        plan.on(-27, move |s| s.assign(claims, s.of("civil"), "36件申请全部办结，随机回访10户。", 9));
        plan.on(-23, move |s| s.act("civil", claims, Act::SignFor));
        plan.on(-7, move |s| {
            let words = "36件申请全部办结，其中批准34件、说明理由不予批准2件。";
            let file = (EvidenceKind::Document, ("救助申请办结清单.txt", "共36件……"));
            s.report(("civil2", "civil"), claims, Outcome::Done, file, words)
        });
        plan.on(-3, move |s| {
            let finding = text("电话回访10户，均已收到决定。")?;
            s.act("clerk2", claims, Act::Verify { method: Method::CallBack, finding })
        });
        plan.on(-27, move |s| s.assign(flats, s.of("housing"), "首批360套完成登记，办结率不低于95%。", -4));
        plan.on(-25, move |s| s.act("housing", flats, Act::SignFor));
        plan.on(-3, move |s| s.publish(flats, PROMISED));
        plan.on(-27, move |s| s.assign(roads, s.of("transport"), "8条断头路的打通时限在市政府网站公开。", 16));
        plan.on(-26, move |s| {
            let reason = text("其中3条的规划权属住建部门，请明确牵头单位。")?;
            s.act("transport", roads, Act::Dispute { reason })
        });
        Ok(())
    }

    /// Matters that no document opened: a household's need refused, a clue that three may know, a note taken back.
    fn others(&self, plan: &mut Plan<'_>) {
        const NEED: &str = "临江镇一户家庭申请临时救助。";
        const PUMPS: &str = "城北换热站更换两台循环泵，供暖前投入使用。";
        const CLUE: &str = "反映城东市场有人强收摊位费。";
        plan.on(-20, |s| {
            let pumps = s.open_matter(Kind::Directive, PUMPS, Audience::Office)?;
            s.assign(pumps, s.of("housing"), "两台循环泵安装调试完毕，连续运行72小时无故障。", -3)
        });
        plan.on(-19, |s| s.act("housing", s.opened(PUMPS)?, Act::SignFor));
        plan.on(-10, |s| s.publish(s.opened(PUMPS)?, PROMISED));
        plan.on(-16, |s| {
            let need = s.open_matter(Kind::Need, NEED, Audience::Office)?;
            s.assign(need, s.of("civil"), "作出给付决定，或书面说明理由的不予给付决定。", 4)
        });
        plan.on(-15, |s| s.act("civil", s.opened(NEED)?, Act::SignFor));
        plan.on(-14, |s| {
            let circle = [s.officer("clerk"), s.officer("head"), s.officer("police")];
            let clue = s.open_matter(Kind::Clue, CLUE, Audience::Circle(circle.into()))?;
            s.assign(clue, Party::Officer(s.officer("police")), "逐项核查，形成有结论的核查报告。", 12)
        });
        plan.on(-13, |s| s.act("police", s.opened(CLUE)?, Act::SignFor));
        plan.on(-12, |s| {
            let note = s.open_matter(Kind::Directive, "整理各单位值班电话。", Audience::Office)?;
            let (authority, reason) = (text("分管副市长口头决定")?, text("与既有值班制度重复。")?);
            s.act("clerk", note, Act::Withdraw { authority, reason, successor: None })
        });
        plan.on(-8, |s| {
            let refused = Outcome::Refused { appeal_until: s.day(20) };
            let file = (EvidenceKind::LegalAct, ("不予给付决定书.txt", "经核查……"));
            let words = "家庭月人均收入超过标准，不予给付，理由已书面送达。";
            s.report(("civil2", "civil"), s.opened(NEED)?, refused, file, words)
        });
        plan.on(-7, |s| {
            let finding = text("已电话核实，申请人收到决定书并知晓申诉期限。")?;
            s.act("clerk", s.opened(NEED)?, Act::Verify { method: Method::CallBack, finding })
        });
    }

    fn open_matter(&self, kind: Kind, quote: &str, audience: Audience) -> anyhow::Result<MatterId> {
        let (officer, quote) = (self.officer("clerk"), text(quote)?);
        let streams = self.change(officer, move |read| {
            let id = MatterId(read.new_id());
            let number = read.next_number(audience.series())?;
            let words = OpenedText::of(quote.clone());
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
