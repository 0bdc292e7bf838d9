//! The fictional city of Qinghe: its units, posts and officers. Nobody in it exists.

use ledger::organisation::{Duty, Function};

/// A unit of the demonstration city: key, key of the unit above, what it is for, names and aliases.
pub struct UnitOf {
    /// How the other tables name it.
    pub key: &'static str,
    /// The unit above; empty for a root.
    pub above: &'static str,
    /// What it is for.
    pub function: Function,
    /// Chinese name.
    pub zh: &'static str,
    /// English name.
    pub en: &'static str,
    /// What texts call it besides.
    pub aliases: &'static [&'static str],
}

/// An officer of the demonstration city: sign-in name, post, unit.
pub struct OfficerOf {
    /// Sign-in name.
    pub login: &'static str,
    /// Key of the unit.
    pub unit: &'static str,
    /// What the post is within it.
    pub duty: Duty,
    /// The post's titles.
    pub title: (&'static str, &'static str),
    /// The officer's names, Chinese and English.
    pub name: (&'static str, &'static str),
}

const fn unit(
    key: &'static str,
    above: &'static str,
    function: Function,
    names: (&'static str, &'static str),
    aliases: &'static [&'static str],
) -> UnitOf {
    UnitOf { key, above, function, zh: names.0, en: names.1, aliases }
}

/// The units as a forest; a unit stands after the one above it.
pub const UNITS: &[UnitOf] = &[
    unit("executive", "", Function::Deciding, ("清禾市政府常务会议", "Executive Meeting"), &["市政府", "City Council"]),
    unit("supervision", "executive", Function::Supervision, ("市督查室", "Supervision Office"), &["督查室"]),
    unit("audit", "", Function::Audit, ("市审计局", "Audit Office"), &["审计局"]),
    unit(
        "housing",
        "executive",
        Function::Executing,
        ("市住房和城乡建设局", "Housing and Construction Bureau"),
        &["市住建局", "住房和城乡建设局"],
    ),
    unit("water", "executive", Function::Executing, ("市水务局", "Water Bureau"), &["水务局"]),
    unit("drainage", "water", Function::Executing, ("排水管理科", "Drainage Section"), &[]),
    unit("civil", "executive", Function::Executing, ("市民政局", "Civil Affairs Bureau"), &["民政局"]),
    unit("transport", "executive", Function::Executing, ("市交通局", "Transport Bureau"), &["交通局"]),
    unit("police", "executive", Function::Executing, ("市公安局", "Public Security Bureau"), &["公安局"]),
    unit("linjiang", "executive", Function::Executing, ("临江镇", "Linjiang Township"), &[]),
    unit("baiyang", "executive", Function::Executing, ("白杨乡", "Baiyang Township"), &[]),
    unit("data", "executive", Function::Executing, ("市大数据中心", "Data Centre"), &[]),
];

const fn officer(
    login: &'static str,
    unit: &'static str,
    duty: Duty,
    title: (&'static str, &'static str),
    name: (&'static str, &'static str),
) -> OfficerOf {
    OfficerOf { login, unit, duty, title, name }
}

/// The officers. `administrator` is the first: he sets up everybody else.
pub const OFFICERS: &[OfficerOf] = &[
    officer("admin", "data", Duty::Administrator, ("系统管理员", "Administrator"), ("魏明", "Wei Ming")),
    officer("mayor", "executive", Duty::Head, ("市长", "Mayor"), ("沈若谷", "Shen Ruogu")),
    officer("gao", "executive", Duty::Member, ("副市长", "Deputy Mayor"), ("高远", "Gao Yuan")),
    officer("head", "supervision", Duty::Head, ("督查室主任", "Head of Supervision"), ("林知微", "Lin Zhiwei")),
    officer("clerk", "supervision", Duty::Member, ("督查专员", "Clerk"), ("周一诺", "Zhou Yinuo")),
    officer("clerk2", "supervision", Duty::Member, ("督查专员", "Clerk"), ("何清扬", "He Qingyang")),
    officer("auditor", "audit", Duty::Member, ("审计专员", "Auditor"), ("陆衡", "Lu Heng")),
    officer("housing", "housing", Duty::Head, ("局长", "Director"), ("钱守正", "Qian Shouzheng")),
    officer("housing2", "housing", Duty::Member, ("科员", "Officer"), ("苏晓", "Su Xiao")),
    officer("water", "water", Duty::Head, ("局长", "Director"), ("江望", "Jiang Wang")),
    officer("water2", "water", Duty::Member, ("科员", "Officer"), ("温澜", "Wen Lan")),
    officer("drainage", "drainage", Duty::Head, ("科长", "Section Head"), ("祝安", "Zhu An")),
    officer("civil", "civil", Duty::Head, ("局长", "Director"), ("舒怀", "Shu Huai")),
    officer("civil2", "civil", Duty::Member, ("科员", "Officer"), ("穆禾", "Mu He")),
    officer("transport", "transport", Duty::Head, ("局长", "Director"), ("路通", "Lu Tong")),
    officer("transport2", "transport", Duty::Member, ("科员", "Officer"), ("程砚", "Cheng Yan")),
    officer("police", "police", Duty::Head, ("局长", "Director"), ("纪严", "Ji Yan")),
    officer("linjiang", "linjiang", Duty::Head, ("镇长", "Township Head"), ("石磊", "Shi Lei")),
    officer("linjiang2", "linjiang", Duty::Member, ("经办员", "Field Worker"), ("叶小满", "Ye Xiaoman")),
    officer("baiyang", "baiyang", Duty::Head, ("乡长", "Township Head"), ("白露", "Bai Lu")),
    officer("baiyang2", "baiyang", Duty::Member, ("经办员", "Field Worker"), ("方圆", "Fang Yuan")),
];
