//! Every act on a matter as a noun in an address and as fields of a form: one table for pages, JSON and `luoshi act`.

mod read;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use ledger::act::ActKind;
use ledger::id::{EvidenceId, MatterId, Number, OfficerId, UnitId};
use ledger::matter::Matter;
use ledger::organisation::{Function, Organisation};

pub use read::{parse, parse_date, parse_day_to_come, parse_party, parse_unit};

/// One field of an act's form.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Field {
    /// Its name in the form, in JSON and on the command line.
    pub name: &'static str,
    /// What goes into it.
    pub kind: FieldKind,
    /// Whether something must go into it.
    pub required: bool,
}

impl Field {
    /// Whether more than one value may be given.
    pub fn takes_several(&self) -> bool {
        match self.kind {
            FieldKind::Any(_) | FieldKind::Evidence | FieldKind::Units | FieldKind::Officers => true,
            FieldKind::Paragraph
            | FieldKind::Line
            | FieldKind::Date
            | FieldKind::Party
            | FieldKind::SupervisingUnit
            | FieldKind::Officer
            | FieldKind::One(_)
            | FieldKind::Obstacle
            | FieldKind::Question
            | FieldKind::SubMatter
            | FieldKind::Matter
            | FieldKind::File => false,
        }
    }
}

/// What goes into a field.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FieldKind {
    /// Several lines of text.
    Paragraph,
    /// One short line of text.
    Line,
    /// A civil date, `2026-12-31`.
    Date,
    /// A unit, post or officer: `unit/<uuid>`, or a name.
    Party,
    /// A unit that may supervise.
    SupervisingUnit,
    /// An officer: `officer/<uuid>`, or a name.
    Officer,
    /// One of these codes.
    One(&'static [&'static str]),
    /// Any of these codes.
    Any(&'static [&'static str]),
    /// Any of the matter's pieces of evidence.
    Evidence,
    /// One of the matter's obstacles, by its number.
    Obstacle,
    /// One of the lead's questions without an answer, by its number.
    Question,
    /// One of the matter's sub-matters, by its number.
    SubMatter,
    /// Another matter, by its number.
    Matter,
    /// Units, for an audience of units.
    Units,
    /// Officers, for a circle.
    Officers,
    /// A file.
    File,
}

const fn must(name: &'static str, kind: FieldKind) -> Field {
    Field { name, kind, required: true }
}

const fn may(name: &'static str, kind: FieldKind) -> Field {
    Field { name, kind, required: false }
}

const REASON: Field = must("reason", FieldKind::Paragraph);
const OUTCOMES: &[&str] = &["done", "unfounded", "refused", "transferred", "lapsed"];
const METHODS: &[&str] = &["desk", "site_visit", "call_back", "sample"];
const EVIDENCE: &[&str] = &["document", "photo", "data", "legal_act", "visit_note"];
const PUBLIC: &[&str] = &["directive", "lead", "criterion", "due", "report", "verification"];
const RELATIONS: &[&str] = &["related", "follows", "followed_by", "duplicate"];
const AUDIENCES: &[&str] = &["office", "units", "circle"];
const DECISIONS: &[&str] = &["granted", "declined"];
const APPEAL_DECISIONS: &[&str] = &["upheld", "dismissed"];
const CALL_BACK_FINDINGS: &[&str] = &["stands", "not_so"];

/// The acts on a matter, in the order a page offers them, with the noun each goes by in an address and its fields.
pub const ACTS: &[(ActKind, &str, &[Field])] = &[
    (
        ActKind::Assign,
        "assignment",
        &[
            must("lead", FieldKind::Party),
            must("supervising", FieldKind::SupervisingUnit),
            must("criterion", FieldKind::Paragraph),
            must("due", FieldKind::Date),
        ],
    ),
    (ActKind::SignFor, "receipt", &[]),
    (ActKind::SignReport, "report-signature", &[]),
    (
        ActKind::Verify,
        "verification",
        &[must("method", FieldKind::One(METHODS)), must("finding", FieldKind::Paragraph)],
    ),
    (ActKind::Clear, "clearance", &[may("note", FieldKind::Paragraph)]),
    (
        ActKind::CallBack,
        "call-back",
        &[
            must("result", FieldKind::One(CALL_BACK_FINDINGS)),
            must("method", FieldKind::One(METHODS)),
            must("answer", FieldKind::Paragraph),
            may("new_due", FieldKind::Date),
        ],
    ),
    (
        ActKind::DecideExtension,
        "extension-decision",
        &[must("decision", FieldKind::One(DECISIONS)), may("granted_to", FieldKind::Date), REASON],
    ),
    (ActKind::DecideAppeal, "appeal-decision", &[must("decision", FieldKind::One(APPEAL_DECISIONS)), REASON]),
    (
        ActKind::DraftReport,
        "report-draft",
        &[
            must("outcome", FieldKind::One(OUTCOMES)),
            may("appeal_until", FieldKind::Date),
            may("transferred_to", FieldKind::Party),
            must("report", FieldKind::Paragraph),
            must("evidence", FieldKind::Evidence),
        ],
    ),
    (
        ActKind::AddEvidence,
        "evidence",
        &[must("file", FieldKind::File), must("kind", FieldKind::One(EVIDENCE)), may("caption", FieldKind::Paragraph)],
    ),
    (
        ActKind::AnswerQuestion,
        "answer",
        &[must("question_no", FieldKind::Question), must("reply", FieldKind::Paragraph)],
    ),
    (ActKind::Acknowledge, "acknowledgement", &[]),
    (ActKind::RecordProgress, "progress", &[may("note", FieldKind::Paragraph)]),
    (ActKind::AskExtension, "extension-request", &[must("to", FieldKind::Date), REASON]),
    (ActKind::AskQuestion, "question", &[must("question", FieldKind::Paragraph)]),
    (ActKind::NameObstacle, "obstacle", &[must("obstacle", FieldKind::Paragraph), may("remover", FieldKind::Party)]),
    (
        ActKind::RemoveObstacle,
        "obstacle-removal",
        &[must("no", FieldKind::Obstacle), may("note", FieldKind::Paragraph)],
    ),
    (ActKind::Dispute, "dispute", &[REASON]),
    (ActKind::NameVerifier, "verifier", &[must("verifier", FieldKind::Officer)]),
    (ActKind::Return, "return", &[REASON]),
    (ActKind::Publish, "publication", &[must("items", FieldKind::Any(PUBLIC))]),
    (
        ActKind::Reassign,
        "reassignment",
        &[
            must("lead", FieldKind::Party),
            must("supervising", FieldKind::SupervisingUnit),
            may("criterion", FieldKind::Paragraph),
            REASON,
        ],
    ),
    (ActKind::Decompose, "sub-matter", &[must("directive", FieldKind::Paragraph)]),
    (ActKind::Waive, "waiver", &[must("sub", FieldKind::SubMatter), REASON]),
    (ActKind::Appeal, "appeal", &[must("grounds", FieldKind::Paragraph)]),
    (ActKind::Escalate, "escalation", &[must("leader", FieldKind::Officer), REASON]),
    (ActKind::Instruct, "instruction", &[must("instruction", FieldKind::Paragraph)]),
    (
        ActKind::ChangeAudience,
        "audience",
        &[
            must("audience", FieldKind::One(AUDIENCES)),
            may("units", FieldKind::Units),
            may("officers", FieldKind::Officers),
            REASON,
        ],
    ),
    (ActKind::Reopen, "reopening", &[must("due", FieldKind::Date), REASON]),
    (
        ActKind::Withdraw,
        "withdrawal",
        &[must("authority", FieldKind::Paragraph), REASON, may("successor", FieldKind::Matter)],
    ),
    (
        ActKind::Correct,
        "correction",
        &[
            must("directive", FieldKind::Paragraph),
            may("owner", FieldKind::Line),
            may("deadline", FieldKind::Line),
            may("quantity", FieldKind::Line),
            REASON,
        ],
    ),
    (
        ActKind::Link,
        "link",
        &[
            must("other", FieldKind::Matter),
            must("relation", FieldKind::One(RELATIONS)),
            may("note", FieldKind::Paragraph),
        ],
    ),
    (ActKind::Merge, "merger", &[must("into", FieldKind::Matter), REASON]),
    (
        ActKind::IssueNotice,
        "notice",
        &[must("word", FieldKind::Line), must("liaison", FieldKind::Line), may("note", FieldKind::Paragraph)],
    ),
    // Done by somebody without an account, on a page of its own (`pages/public/contradiction.rs`).
    (
        ActKind::Contradict,
        "contradiction",
        &[
            must("not_so", FieldKind::Paragraph),
            may("place", FieldKind::Paragraph),
            may("contact", FieldKind::Paragraph),
        ],
    ),
];

/// The noun of an act on a matter; none for acts on other things.
pub fn noun(act: ActKind) -> Option<&'static str> {
    ACTS.iter().find(|(kind, _, _)| *kind == act).map(|(_, noun, _)| *noun)
}

/// The act a noun stands for.
pub fn by_noun(noun: &str) -> Option<ActKind> {
    ACTS.iter().find(|(_, n, _)| *n == noun).map(|(kind, _, _)| *kind)
}

/// The fields of an act on a matter; none for acts on other things.
pub fn fields(act: ActKind) -> &'static [Field] {
    ACTS.iter().find(|(kind, _, _)| *kind == act).map_or(&[], |(_, _, fields)| fields)
}

/// What was typed: each field's values, in order.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Typed(pub BTreeMap<String, Vec<String>>);

impl Typed {
    /// The field's first value, or nothing.
    pub fn one(&self, field: &str) -> &str {
        self.0.get(field).and_then(|values| values.first()).map_or("", String::as_str)
    }

    /// Every value of the field that is not blank.
    pub fn all(&self, field: &str) -> impl Iterator<Item = &str> {
        self.0.get(field).into_iter().flatten().map(|value| value.trim()).filter(|value| !value.is_empty())
    }

    /// Whether `value` is among the field's values.
    pub fn has(&self, field: &str, value: &str) -> bool {
        self.all(field).any(|v| v == value)
    }
}

/// A file that was stored before its act: what the store knows of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StoredFile {
    /// Its id.
    pub id: EvidenceId,
    /// Its size in bytes.
    pub bytes: u64,
    /// What it is called, and its hash.
    pub file_name: String,
    /// By its content.
    pub media_type: String,
    /// SHA-256 in hex.
    pub sha256: String,
}

/// What parsing looks things up in.
pub struct Lookup<'a> {
    /// Units, posts and officers.
    pub organisation: &'a Organisation,
    /// The matter the act is on.
    pub matter: &'a Matter,
    /// Another matter by its number.
    pub by_number: &'a dyn Fn(Number) -> Option<Arc<Matter>>,
    /// The number of a notice to be issued; drawn only when the act issues one.
    pub fresh_notice: Number,
    /// Id and number for a matter to be opened; drawn only when the act opens one.
    pub fresh: &'a dyn Fn() -> (MatterId, Number),
    /// The file that came with the form.
    pub file: Option<&'a StoredFile>,
}
/// Units that may supervise and have somebody who does, for the form.
pub fn supervising_units(organisation: &Organisation, today: Date) -> Vec<UnitId> {
    let may = organisation.units().filter(|unit| unit.function == Function::Supervision);
    let may = may.map(|unit| unit.id).filter(|unit| organisation.unit_exists(*unit, today));
    may.filter(|unit| !organisation.acting_officers(*unit, today).is_empty()).collect()
}

/// The officer's own unit, if it may supervise; else the only one that may.
pub fn own_unit(organisation: &Organisation, officer: OfficerId, today: Date) -> String {
    let units = supervising_units(organisation, today);
    let posts = organisation.posts_held(officer, today);
    let own = units.iter().find(|unit| posts.iter().any(|post| post.unit == **unit));
    let only = units.first().filter(|_| units.len() == 1);
    own.or(only).map(|unit| format!("unit/{unit}")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use ledger::evidence::EvidenceKind;
    use ledger::matter::{CallBackFinding, LinkRelation, Method, OutcomeKind, PublicItem};

    use super::*;

    #[test]
    fn every_act_on_a_matter_has_one_noun_and_is_found_by_it() {
        for (kind, noun, _) in ACTS {
            assert_eq!(by_noun(noun), Some(*kind));
        }
        let possible = ActKind::ALL
            .iter()
            .filter(|act| ledger::matter::StateKind::ALL.iter().any(|state| ledger::act::is_possible(*state, **act)));
        for act in possible {
            assert!(noun(*act).is_some(), "{act:?} has no noun");
        }
    }

    #[test]
    fn the_codes_on_offer_are_the_ledgers() {
        fn codes<T: Copy>(all: &[T], code: impl Fn(&T) -> &'static str) -> Vec<&'static str> {
            all.iter().map(code).collect()
        }
        assert_eq!(OUTCOMES, codes(OutcomeKind::ALL, OutcomeKind::code));
        assert_eq!(CALL_BACK_FINDINGS, codes(CallBackFinding::ALL, CallBackFinding::code));
        assert_eq!(METHODS, codes(Method::ALL, Method::code));
        assert_eq!(EVIDENCE, codes(EvidenceKind::ALL, EvidenceKind::code));
        assert_eq!(RELATIONS, codes(LinkRelation::ALL, LinkRelation::code));
        assert_eq!(PUBLIC, codes(PublicItem::ALL, PublicItem::code));
    }
}
