//! What a document says, as proposed to a clerk. It serialises to the annotation guide's JSON with some keys more.

use crate::{At, Canonical, Lang, Span, place};
use civil::Date;
use serde::{Deserialize, Serialize};

/// One document, read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// The language most of it is in.
    pub lang: Lang,
    /// The (first) day of the meeting, where the text gives it with its year.
    pub date: Option<Date>,
    /// The meeting's name, else the document's title.
    pub meeting: Option<String>,
    /// The document's title: its first line that reads as one.
    pub title: Option<String>,
    /// The body that met or issued the document.
    pub body: Option<String>,
    /// Who chaired, without title.
    pub presided_by: Option<String>,
    /// The agenda, in order.
    pub items: Vec<Item>,
    /// The proposals, in order, never overlapping.
    pub directives: Vec<Directive>,
    /// The pages of the file that are pictures, once [`Reading::stand`] has said so: nothing of them was read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unread_pages: Vec<u32>,
}

impl Reading {
    /// Says of every directive where in its file it stands, and which pages of the file were not read.
    pub fn stand(&mut self, read: &Canonical) {
        for directive in &mut self.directives {
            directive.at = place(read.places(), directive.start).cloned();
        }
        self.unread_pages = read.unread_pages().to_vec();
    }
}

/// One topic of the agenda.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// What it was about.
    pub topic: String,
    /// What the meeting did with it.
    pub verb: ItemVerb,
}

/// What a meeting did with a topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemVerb {
    /// Conveyed a higher body's words (传达学习).
    Conveyed,
    /// Studied (研究).
    Studied,
    /// Pointed out (指出).
    PointedOut,
    /// Stressed (强调).
    Stressed,
    /// Decided (决定, 审议通过).
    Decided,
    /// Heard (听取).
    Heard,
    /// Anything else.
    Other,
}

/// A proposed directive. Offsets are code points of the canonical text; `text` is what stands there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Directive {
    /// The first code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// Where in its file it begins, once [`Reading::stand`] has said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<At>,
    /// The text of the span, to the letter.
    pub text: String,
    /// Who must do it: the lead, as the text names it.
    pub owner: Option<String>,
    /// Where `owner` stands; it may lie outside the directive's own span.
    pub owner_span: Option<Span>,
    /// Who supports the lead.
    pub supporting: Vec<Mention>,
    /// Until when.
    pub due: Option<Due>,
    /// The first of `quantities`.
    pub quantity: Option<String>,
    /// Which way it points, where the text says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
    /// Amounts and levels, inside the span.
    pub quantities: Vec<Amount>,
    /// What kind of directive it is.
    pub class: Class,
    /// The rule that found it.
    pub rule: Rule,
    /// How sure that rule is.
    pub confidence: Confidence,
}

impl Directive {
    /// Where it stands.
    pub fn span(&self) -> Span {
        Span { start: self.start, end: self.end }
    }
}

/// By which rules a directive and its fields were read: `luoshi extract --explain`. The ids never change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Why {
    /// The directive's first code point.
    pub start: usize,
    /// One past its last.
    pub end: usize,
    /// The rule that found it.
    pub rule: Rule,
    /// The rule that gave its class.
    pub class: &'static str,
    /// The rule that gave its owner.
    pub owner: Option<&'static str>,
    /// The form of its deadline.
    pub due: Option<&'static str>,
    /// The form of its quantity.
    pub quantity: Option<&'static str>,
    /// What says which way the quantity points.
    pub direction: Option<&'static str>,
}

/// A piece of the text and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// The first code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The text there.
    pub text: String,
}

/// An amount, where it stands, and which way it points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amount {
    /// The first code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The text there.
    pub text: String,
    /// Which way it points, where the text says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
}

/// Which way an amount points: a bound that it sets, or a change that it measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// It or more: 不少于, 以上, 达到, at least.
    AtLeast,
    /// It or less: 不超过, 以内, no more than.
    AtMost,
    /// More than it: 超过, over.
    MoreThan,
    /// Less than it: 低于, below.
    LessThan,
    /// So much more than there is: 提高3个百分点, increase by.
    IncreaseBy,
    /// Up to a level: 提高到, increase to.
    IncreaseTo,
    /// So much less than there is: 下降, 压减, reduce by.
    ReduceBy,
    /// Down to a level: 降到, reduce to.
    ReduceTo,
}

/// A deadline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// The words that give it.
    pub text: String,
    /// Its last possible day, where the text says which year it means.
    pub date: Option<Date>,
    /// Where `text` begins; it may lie outside the directive's own span.
    pub start: usize,
    /// One past its last code point.
    pub end: usize,
    /// The words leave the day open: no year follows, or two days fit. A clerk must decide; `date` is then `None`.
    pub ambiguous: bool,
}

/// What kind of directive it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// A checkable act or product.
    Action,
    /// A number or a yes/no state to reach.
    Target,
    /// An attitude or a continuing effort.
    Principle,
}

/// How sure the reader is. Low proposals are shown to the clerk last and left out of precision and recall.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Propose it.
    High,
    /// Offer it.
    Low,
}

/// The rule that found a directive. The names never change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// 要, 应, 须, 务必, 不得 … in the clause itself.
    ZhModal,
    /// A verb phrase under a 要 earlier in its sentence.
    ZhUnderModal,
    /// A verb phrase after 会议要求, 会议强调, 会议决定 …
    ZhUnderLead,
    /// An item of 一是 … 二是 … or of a numbered list.
    ZhEnumerated,
    /// A verb phrase that follows a sentence of directives.
    ZhContinued,
    /// Work shared out in brackets or a table: （牵头单位：…；完成时限：…）.
    ZhAssigned,
    /// 将: what an office undertakes.
    ZhUndertaking,
    /// In a notice or a list of decisions: an office and what it does.
    ZhNotice,
    /// In a record of what was said: who does what, as people say it.
    ZhSpoken,
    /// Should, shall, must, has to, is to …
    EnModal,
    /// Will, would: an undertaking.
    EnUndertaking,
    /// Agreed, resolved, decided to …
    EnDecided,
    /// A motion that was carried.
    EnMotion,
    /// "Action: Clerk to …", "Ann to …".
    EnActionLine,
    /// It is necessary to, there is a need to …
    EnNecessity,
    /// "Deadline for …: 5 May".
    EnDeadline,
    /// A verb phrase joined to one before it by a comma or "and".
    EnCoordinated,
    /// An imperative in a list of decisions.
    EnImperative,
    /// The clerk marked it.
    Marked,
}
