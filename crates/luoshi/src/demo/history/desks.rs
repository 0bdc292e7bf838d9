//! What waits today, so that everybody who signs in finds something to do.

use ledger::act::Act;
use ledger::audience::Audience;
use ledger::evidence::EvidenceKind;
use ledger::matter::{Hand, Kind, LinkRelation, Outcome};

use super::{DIRECTIVES, Plan, Story, text};

const SHELTERS: &str = "府前路两处公交站台雨棚修复并恢复照明。";
const EXITS: &str = "白杨乡敬老院消防通道完成整改。";
const WELLS: &str = "白杨乡两口饮用水井完成水质检测并公布结果。";
const UNDERPASS: &str = "北门市场下沉路段排水泵完成检修。";
const STORES: &str = "临江镇防汛物资清点入库。";
const DRAINS_AGAIN: &str = "临江镇沿街雨水口每周清理，逐次登记。";

impl Story<'_> {
    /// A question, a draft to be signed, a return, a verifier from outside, a duplicate, and what was raised to leaders.
    pub(super) fn desks(&self, plan: &mut Plan<'_>) -> anyhow::Result<()> {
        let [_, _, drains, visits, _, _, flats, _] = DIRECTIVES;
        let (drains, visits, flats) = (self.opened(drains)?, self.opened(visits)?, self.opened(flats)?);
        plan.on(-11, |s| {
            for (quote, lead, criterion, due) in [
                (SHELTERS, "transport", "雨棚无破损，夜间照明正常。", 3),
                (EXITS, "baiyang", "消防通道净宽不小于4米，无障碍物。", 10),
                (UNDERPASS, "drainage", "检修记录完整，连续运行72小时无故障。", 6),
                (STORES, "linjiang", "实物与台账一致，抽查不少于10项。", 8),
            ] {
                let matter = s.open_matter(Kind::Directive, quote, Audience::Office)?;
                s.assign(matter, s.of(lead), criterion, due)?;
                s.act(lead, matter, Act::SignFor)?;
            }
            Ok(())
        });
        plan.on(-9, move |s| {
            let again = s.open_matter(Kind::Directive, DRAINS_AGAIN, Audience::Office)?;
            s.assign(again, s.of("linjiang"), "巡查台账连续四周无缺项。", 21)?;
            let (officer, note) = (s.officer("clerk2"), text("电话交办的内容与会议议定事项似为同一件事。")?);
            s.change(officer, move |read| {
                let matter = read.matter(again)?.ok_or(ledger::Refusal::NotASubMatter)?;
                let other = read.matter(drains)?.ok_or(ledger::Refusal::NotASubMatter)?;
                let (relation, note) = (LinkRelation::Duplicate, Some(note.clone()));
                let (by, facts) = (Hand { officer, on_behalf: None }, Default::default());
                let link = Act::Link { other, relation, note };
                Ok(read.with_context(by, &facts, |context| matter.act(link, context))??)
            })?;
            Ok(())
        });
        plan.on(-6, |s| {
            let file = (EvidenceKind::Document, ("排水泵检修记录.txt", "更换叶轮、密封件……"));
            s.report(("drainage", "drainage"), s.opened(UNDERPASS)?, Outcome::Done, file, "排水泵已检修，试运行正常。")
        });
        plan.on(-5, |s| {
            let file = (EvidenceKind::Data, ("防汛物资清单.txt", "编织袋12000条……"));
            let words = "防汛物资已全部清点入库，账物相符。";
            s.report(("linjiang2", "linjiang"), s.opened(STORES)?, Outcome::Done, file, words)
        });
        plan.on(-4, |s| {
            s.act("head", s.opened(STORES)?, Act::NameVerifier { verifier: s.officer("civil2") })?;
            let reason = text("缺少连续运行72小时的记录，请补充后再报。")?;
            s.act("clerk", s.opened(UNDERPASS)?, Act::Return { reason })
        });
        plan.on(-2, move |s| {
            let question = text("两处站台属公交公司资产，维修费用由哪家单位承担？")?;
            s.act("transport2", s.opened(SHELTERS)?, Act::AskQuestion { question })?;
            let obstacle = text("其中两个小区的排水验收资料尚未移交，无法登记。")?;
            s.act("housing2", flats, Act::NameObstacle { obstacle, remover: Some(s.of("water")) })
        });
        plan.on(-1, move |s| {
            let file = (EvidenceKind::Document, ("消防通道现场记录.txt", "东侧通道净宽4.2米……"));
            s.draft(
                "baiyang2",
                s.opened(EXITS)?,
                Outcome::Done,
                file,
                "东、西两侧消防通道已清理拓宽，净宽均超过4米。",
            )?;
            let wells = s.open_matter(Kind::Directive, WELLS, Audience::Office)?;
            s.assign(wells, s.of("baiyang"), "两口水井的检测报告在村务公开栏和网站公布。", 20)?;
            let reason = text("已逾期，且所缺资料须水务部门移交，请协调。")?;
            s.act("clerk", flats, Act::Escalate { to: s.officer("mayor"), reason })?;
            let reason = text("供暖已开始，两台循环泵仍未安装，请督促。")?;
            s.act("clerk2", s.opened("循环泵")?, Act::Escalate { to: s.officer("gao"), reason })?;
            let instruction = text("困难群众走访不能因降雪耽搁，道路不通的先电话联系，摸清急需。")?;
            s.act("mayor", visits, Act::Instruct { instruction })
        });
        Ok(())
    }
}
