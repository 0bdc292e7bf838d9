//! The words of the language, each in English and in Chinese. Both may stand in one file.

/// A word of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "each is what it is called in the table below")]
pub enum Word {
    Package,
    Imported,
    Basis,
    Options,
    Roles,
    Param,
    Input,
    Let,
    Decide,
    Case,
    Under,
    Article,
    From,
    To,
    Source,
    Synthetic,
    By,
    When,
    Unless,
    Needs,
    Pay,
    Changeable,
    Rising,
    Falling,
    Signed,
    And,
    Or,
    Not,
    Below,
    AtMost,
    Above,
    AtLeast,
    Is,
    IsNot,
    In,
    Sum,
    Count,
    Any,
    All,
    Min,
    Max,
    Over,
    Members,
    Where,
    If,
    Then,
    Else,
    Larger,
    Smaller,
    YearsSince,
    MonthsSince,
    DaysSince,
    YearOf,
    MonthOf,
    DayOf,
    Rank,
    Amount,
    Round,
    Up,
    Down,
    HalfUp,
    Exactly,
    Fen,
    Jiao,
    Yuan,
    Money,
    Ratio,
    Number,
    Year,
    Month,
    Day,
    Date,
    Yes,
    No,
    Person,
    Household,
    On,
    Expect,
    CannotSay,
    Because,
    Missing,
    Monthly,
    Last,
    PreviousYear,
    ThisYear,
    DecisionDay,
    Average,
    During,
    Known,
}

use crate::diagnostic::nearest;
use crate::message::Spoken;

use Word as W;

/// Every word: in English, in Chinese, and what else is read as the same.
#[rustfmt::skip]
pub const WORDS: [(Word, &str, &str, &[&str]); 89] = [
    (W::Package, "package", "规则包", &[]), (W::Basis, "basis", "依据", &[]), (W::Options, "options", "选项", &[]),
    (W::Roles, "roles", "成员角色", &[]), (W::Param, "param", "参数", &[]), (W::Input, "input", "输入", &[]),
    (W::Let, "let", "设", &[]), (W::Decide, "decide", "认定", &[]), (W::Case, "case", "案例", &[]),
    (W::Under, "under", "依", &[]), (W::Article, "article", "条", &["art"]), (W::From, "from", "自", &[]),
    (W::To, "to", "至", &[]), (W::Source, "source", "来源", &[]), (W::Synthetic, "synthetic", "虚构", &[]),
    (W::By, "by", "按", &[]), (W::When, "when", "当", &[]), (W::Unless, "unless", "除非", &[]),
    (W::Needs, "needs", "须", &[]), (W::Pay, "pay", "支付", &[]), (W::Changeable, "changeable", "可变", &[]),
    (W::Rising, "rising", "可增", &[]), (W::Falling, "falling", "可减", &[]), (W::Signed, "signed", "可负", &[]),
    (W::And, "and", "且", &[]), (W::Or, "or", "或", &[]), (W::Not, "not", "非", &[]),
    (W::Below, "below", "低于", &["不满", "before", "早于"]), (W::AtMost, "at most", "不高于", &["不超过"]),
    (W::Above, "above", "高于", &["超过", "after", "晚于"]), (W::AtLeast, "at least", "不低于", &["不少于"]),
    (W::Is, "is", "为", &[]), (W::IsNot, "is not", "不为", &[]), (W::In, "in", "属于", &[]),
    (W::Sum, "sum", "合计", &[]), (W::Count, "count", "计数", &[]), (W::Any, "any", "任一", &[]),
    (W::All, "all", "全部", &[]), (W::Min, "min", "最小", &[]), (W::Max, "max", "最大", &[]),
    (W::Over, "over", "遍及", &[]), (W::Members, "members", "成员", &[]), (W::Where, "where", "其中", &[]),
    (W::If, "if", "如果", &[]), (W::Then, "then", "则", &[]), (W::Else, "else", "否则", &[]),
    (W::Larger, "larger", "较大", &[]), (W::Smaller, "smaller", "较小", &[]),
    (W::YearsSince, "years since", "满年数", &[]), (W::MonthsSince, "months since", "满月数", &[]),
    (W::DaysSince, "days since", "满日数", &[]), (W::Amount, "amount", "应付额", &[]),
    (W::Round, "round", "取整", &[]), (W::Up, "up", "进位", &[]), (W::Down, "down", "舍去", &[]),
    (W::HalfUp, "half up", "四舍五入", &[]), (W::Exactly, "exactly", "如数", &[]),
    (W::Fen, "fen", "分", &[]), (W::Jiao, "jiao", "角", &[]), (W::Yuan, "yuan", "元", &[]),
    (W::Money, "money", "金额", &[]), (W::Ratio, "ratio", "比例", &[]), (W::Number, "number", "数量", &[]),
    (W::Year, "years", "年", &["year"]), (W::Month, "months", "月", &["month", "个月"]),
    (W::Day, "days", "日", &["day", "天"]), (W::Date, "date", "日期", &[]),
    (W::Yes, "yes", "是", &[]), (W::No, "no", "否", &[]),
    (W::Person, "person", "个人", &[]), (W::Household, "household", "家庭", &[]),
    (W::Imported, "imported", "导入", &[]), (W::Rank, "rank", "名次", &[]), (W::YearOf, "year of", "所在年", &[]),
    (W::MonthOf, "month of", "所在月", &[]), (W::DayOf, "day of", "所在日", &[]),
    (W::On, "on", "于", &[]), (W::Expect, "expect", "应", &[]), (W::CannotSay, "cannot say", "无法判断", &[]),
    (W::Because, "because", "因", &[]), (W::Missing, "missing", "缺", &[]),
    (W::Monthly, "monthly", "按月", &[]), (W::Last, "last", "近", &[]),
    (W::PreviousYear, "previous year", "上一年度", &[]), (W::ThisYear, "this year", "本年度", &[]),
    (W::DecisionDay, "decision day", "认定日", &["认定日期"]), (W::Average, "average", "平均", &[]),
    (W::During, "during", "期间", &[]), (W::Known, "known", "获知", &[]),
];

/// What people write where they mean a word of the language.
#[rustfmt::skip]
const MEANT: [(Word, &[&str]); 21] = [
    (W::Below, &["less", "fewer", "lower", "小于", "少于"]), (W::Above, &["greater", "more", "higher", "exceeds", "大于", "多于"]),
    (W::AtMost, &["小于等于", "不大于", "至多", "最多"]), (W::AtLeast, &["大于等于", "不小于", "至少", "最少"]),
    (W::Is, &["equals", "equal", "等于"]), (W::IsNot, &["不等于", "不是"]),
    (W::And, &["并且", "而且", "同时", "以及", "和", "与"]), (W::Or, &["或者", "或是"]), (W::Not, &["no longer", "并非"]),
    (W::When, &["condition", "条件"]), (W::Unless, &["except", "excluding", "除外", "例外"]), (W::Param, &["parameter", "figure"]),
    (W::Input, &["fact", "事实"]), (W::Let, &["formula", "define", "公式", "定义"]), (W::Decide, &["decision", "rule", "规则"]),
    (W::Case, &["test", "example", "测试"]), (W::Expect, &["expected", "期望", "预期", "应当", "应该"]),
    (W::Yes, &["true", "真"]), (W::No, &["false", "假"]), (W::Year, &["岁", "周岁", "yrs"]),
    (W::Ratio, &["百分比", "百分数", "比率", "percent", "percentage"]),
];

/// Every word of the language, in English and in Chinese.
pub fn words() -> impl Iterator<Item = (&'static str, &'static str)> {
    WORDS.iter().map(|(_, english, chinese, _)| (*english, *chinese))
}

impl Word {
    /// The word that is spelled so.
    pub fn parse(text: &str) -> Option<Word> {
        WORDS
            .iter()
            .find(|(_, en, zh, more)| *en == text || *zh == text || more.contains(&text))
            .map(|(word, ..)| *word)
    }

    /// The word that somebody means who writes another one for it.
    pub fn meant(text: &str) -> Option<Word> {
        MEANT.iter().find(|(_, said)| said.contains(&text)).map(|(word, _)| *word)
    }

    /// Every spelling that is read.
    pub fn spellings() -> impl Iterator<Item = &'static str> {
        WORDS.iter().flat_map(|(_, en, zh, more)| [*en, *zh].into_iter().chain(more.iter().copied()))
    }

    /// Of words that may stand at a place, the one that somebody means who writes another one for it, or mistypes it. Of
    /// three letters as good as any word is a slip, of two characters few are.
    pub fn intended(text: &str, may_stand: fn(Word) -> bool) -> Option<Word> {
        let fits = |word: &Word| may_stand(*word);
        let long = |one: &&str| one.chars().count() > if one.is_ascii() { 3 } else { 1 };
        let here = Word::spellings().filter(long).filter(|one| Word::parse(one).as_ref().is_some_and(fits));
        Word::meant(text).filter(fits).or_else(|| nearest(text, here).and_then(Word::parse))
    }

    /// How it is spelled in English.
    pub fn english(self) -> &'static str {
        self.row().1
    }

    /// How it is spelled in Chinese.
    pub fn chinese(self) -> &'static str {
        self.row().2
    }

    fn row(self) -> &'static (Word, &'static str, &'static str, &'static [&'static str]) {
        WORDS.iter().find(|(word, ..)| *word == self).expect("every word stands in the table, which a test holds")
    }

    /// Whether a declaration begins with it.
    pub fn declares(self) -> bool {
        matches!(
            self,
            W::Package | W::Basis | W::Options | W::Roles | W::Param | W::Input | W::Let | W::Decide | W::Case
        )
    }

    /// Whether a line that begins with it belongs to the declaration above.
    pub fn is_clause(self) -> bool {
        matches!(self, W::Under | W::From | W::When | W::Unless | W::Needs | W::Pay | W::Source | W::Synthetic)
            || matches!(self, W::On | W::Person | W::Household | W::Expect)
    }
}

impl Spoken for Word {
    fn in_chinese(&self) -> String {
        self.chinese().to_owned()
    }

    fn in_english(&self) -> String {
        self.english().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_spelling_means_two_words() {
        let mut spellings: Vec<&str> =
            WORDS.iter().flat_map(|(_, en, zh, more)| [*en, *zh].into_iter().chain(more.iter().copied())).collect();
        let all = spellings.len();
        spellings.sort_unstable();
        spellings.dedup();
        assert_eq!(spellings.len(), all);
        for (word, en, zh, _) in WORDS {
            assert_eq!((Word::parse(en), Word::parse(zh)), (Some(word), Some(word)));
            assert_eq!((word.english(), word.chinese()), (en, zh));
        }
        for text in MEANT.iter().flat_map(|(_, said)| said.iter()) {
            assert_eq!(Word::parse(text), None, "{text} is a word itself");
            assert_eq!(MEANT.iter().filter(|(_, said)| said.contains(text)).count(), 1, "{text}");
        }
    }
}
