//! The fields of an act's form as a page shows them.

use ledger::act::ActKind;
use ledger::audience::Audience;
use ledger::evidence::EvidenceKind;
use ledger::matter::{Matter, OutcomeKind};
use ledger::organisation::Organisation;
use ledger::rights;

use crate::acts::{self, FieldKind, supervising_units};
use crate::form::Filled;
use crate::frame::Frame;
use crate::who::Who;

/// How a field is filled in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Control {
    /// Several lines.
    Lines,
    /// One short line.
    Line,
    /// A civil date.
    Date,
    /// One of a long list.
    Select,
    /// One of a few.
    Radios,
    /// Any of a few.
    Boxes,
    /// A file.
    File,
}

/// Something to choose.
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// The group it stands in, in a long list; empty for none.
    pub group: String,
}

/// A field as a page shows it.
pub struct FieldView {
    /// Its name in the form.
    pub name: &'static str,
    /// How it is filled in.
    pub control: Control,
    /// Whether something must go into it.
    pub is_required: bool,
    /// The outcome it goes with; empty for every one. The page shows it once that is chosen.
    pub outcome: &'static str,
    /// What to say below its label; empty for nothing.
    pub hint: String,
    /// What there is to choose.
    pub choices: Vec<Choice>,
}

impl FieldView {
    /// The groups of its choices, in order.
    pub fn groups(&self) -> Vec<&str> {
        let mut groups: Vec<&str> = vec![];
        for choice in &self.choices {
            if !groups.contains(&choice.group.as_str()) {
                groups.push(&choice.group);
            }
        }
        groups
    }
}

/// The form as it is first shown: what the text says stands in it already.
pub fn first(act: ActKind, matter: &Matter, today: civil::Date) -> Filled {
    let text = matter.text.open();
    let due = text.and_then(|text| text.due).filter(|due| *due >= today).map(|due| due.to_string());
    let kept = matter.criterion.open().map(|text| text.criterion.to_string());
    match act {
        ActKind::Assign => {
            // What a lead disputed is placed again: all but the lead stands already.
            let disputed = matter.disputed.as_ref();
            let supervising = disputed.and_then(|before| before.supervising).map(|unit| format!("unit/{unit}"));
            let criterion = disputed.and_then(|before| before.criterion.open()).map(|text| text.criterion.to_string());
            let before = disputed.and_then(|before| before.due).filter(|due| *due >= today).map(|due| due.to_string());
            Filled::with(&[
                ("supervising", supervising.as_deref().unwrap_or("")),
                ("criterion", criterion.as_deref().unwrap_or("")),
                ("due", before.or(due).as_deref().unwrap_or("")),
            ])
        }
        ActKind::Reassign => {
            let supervising = matter.supervising.map(|unit| format!("unit/{unit}")).unwrap_or_default();
            Filled::with(&[("supervising", &supervising), ("criterion", kept.as_deref().unwrap_or(""))])
        }
        ActKind::Correct => {
            let said = |words: Option<&ledger::Text>| words.map(ToString::to_string).unwrap_or_default();
            Filled::with(&[
                ("directive", &said(text.map(|text| &text.quote))),
                ("owner", &said(text.and_then(|text| text.owner.as_ref()))),
                ("deadline", &said(text.and_then(|text| text.deadline.as_ref()))),
                ("quantity", &said(text.and_then(|text| text.quantity.as_ref()))),
            ])
        }
        ActKind::DraftReport => {
            let evidence: Vec<String> = matter.evidence.iter().map(|evidence| evidence.id.to_string()).collect();
            Filled::with(&evidence.iter().map(|id| ("evidence", id.as_str())).collect::<Vec<_>>())
        }
        ActKind::DecideExtension => {
            let to = matter.undecided_extension().map(|extension| extension.to.to_string());
            Filled::with(&[("granted_to", to.as_deref().unwrap_or(""))])
        }
        ActKind::IssueNotice => {
            let last = matter.notices.last().and_then(|notice| notice.text.open());
            let said = last.map(|text| (text.word.to_string(), text.contact.to_string())).unwrap_or_default();
            Filled::with(&[("word", &said.0), ("liaison", &said.1)])
        }
        ActKind::AnswerQuestion => {
            let first = matter.open_questions().next().map(|question| question.no.to_string());
            Filled::with(&[("question_no", first.as_deref().unwrap_or(""))])
        }
        ActKind::RemoveObstacle => {
            let mut standing = matter.obstacles.iter().filter(|obstacle| obstacle.removed_on.is_none());
            let only = standing.next().filter(|_| standing.next().is_none()).map(|obstacle| obstacle.no.to_string());
            Filled::with(&[("no", only.as_deref().unwrap_or(""))])
        }
        ActKind::Publish if !matter.published.is_empty() => {
            Filled::with(&matter.published.iter().map(|item| ("items", item.code())).collect::<Vec<_>>())
        }
        ActKind::Publish => Filled::with(&[("items", "directive"), ("items", "lead"), ("items", "due")]),
        ActKind::AddEvidence => Filled::with(&[("kind", EvidenceKind::Photo.code())]),
        ActKind::ChangeAudience => audience_now(&matter.audience),
        _other => Filled::default(),
    }
}

/// Who may know it now; nothing where that is everybody, which this form cannot say.
fn audience_now(audience: &Audience) -> Filled {
    let mut fields: Vec<(&str, String)> = vec![];
    match audience {
        Audience::Public => return Filled::default(),
        Audience::Office => {}
        Audience::Units(units) => fields.extend(units.iter().map(|unit| ("units", format!("unit/{unit}")))),
        Audience::Circle(officers) => {
            fields.extend(officers.iter().map(|officer| ("officers", format!("officer/{officer}"))));
        }
    }
    fields.push(("audience", audience.code().to_owned()));
    Filled::with(&fields.iter().map(|(name, value)| (*name, value.as_str())).collect::<Vec<_>>())
}

/// Ticks the evidence that came to the matter since the form was kept: it was added from the form itself.
pub fn tick_new_evidence(fields: &mut Vec<(String, String)>, matter: &Matter, since: civil::Date) {
    for piece in matter.evidence.iter().filter(|piece| piece.on >= since) {
        let field = ("evidence".to_owned(), piece.id.to_string());
        if !fields.contains(&field) {
            fields.push(field);
        }
    }
}

/// The outcome that a field of a report goes with; none for what every report says.
fn outcome_of(field: &str) -> Option<OutcomeKind> {
    match field {
        "appeal_until" => Some(OutcomeKind::Refused),
        "transferred_to" => Some(OutcomeKind::Transferred),
        _every => None,
    }
}

/// Every field of the act, in the order of the table.
pub fn views(frame: &Frame, who: &Who, act: ActKind, matter: &Matter, today: civil::Date) -> Vec<FieldView> {
    let view = |field: &acts::Field| {
        let (control, choices) = control(frame, who, act, field.kind, matter, today);
        let hint = format!("hint-{}", field.name);
        let hint = if frame.has(&hint) { frame.text(&hint).to_string() } else { String::new() };
        FieldView {
            name: field.name,
            control,
            is_required: field.required,
            outcome: outcome_of(field.name).map_or("", |outcome| outcome.code()),
            hint,
            choices,
        }
    };
    let known = ledger::rooms::outcomes(matter.kind);
    let may_end_so = |field: &&acts::Field| outcome_of(field.name).is_none_or(|outcome| known.contains(&outcome));
    acts::fields(act).iter().filter(may_end_so).map(view).collect()
}

fn control(
    frame: &Frame,
    who: &Who,
    act: ActKind,
    kind: FieldKind,
    matter: &Matter,
    today: civil::Date,
) -> (Control, Vec<Choice>) {
    let word = |code: &&'static str| Choice {
        value: (*code).to_owned(),
        label: frame.word("option", code),
        group: String::new(),
    };
    match kind {
        FieldKind::Paragraph => (Control::Lines, vec![]),
        FieldKind::Line => (Control::Line, vec![]),
        FieldKind::Date => (Control::Date, vec![]),
        FieldKind::File => (Control::File, vec![]),
        FieldKind::Matter => (Control::Line, vec![]),
        FieldKind::One(codes) if act == ActKind::DraftReport => {
            let known = ledger::rooms::outcomes(matter.kind);
            let fits = |code: &&&'static str| known.iter().any(|outcome| outcome.code() == **code);
            (Control::Radios, codes.iter().filter(fits).map(word).collect())
        }
        FieldKind::One(codes) => (Control::Radios, codes.iter().map(word).collect()),
        FieldKind::Any(codes) => (Control::Boxes, codes.iter().map(word).collect()),
        FieldKind::Party => (Control::Select, parties(frame, who, today)),
        FieldKind::Units => (Control::Boxes, units(frame, who, today)),
        FieldKind::Officer => (Control::Select, officers(frame, who, today)),
        FieldKind::Officers => (Control::Boxes, everybody(frame, who, today)),
        FieldKind::SupervisingUnit => (Control::Select, supervising(frame, who, today)),
        FieldKind::Evidence => {
            let pieces = matter.evidence.iter().map(|evidence| {
                let name = evidence.text.open().map(|text| text.file_name.to_string());
                let label = name.unwrap_or_else(|| frame.text("who-erased").to_string());
                Choice { value: evidence.id.to_string(), label, group: String::new() }
            });
            (Control::Boxes, pieces.collect())
        }
        FieldKind::Obstacle => {
            let standing = matter.obstacles.iter().filter(|obstacle| obstacle.removed_on.is_none());
            let choices = standing.map(|obstacle| {
                let label = obstacle.text.open().map(|text| text.reason.to_string());
                let label = label.unwrap_or_else(|| obstacle.no.to_string());
                Choice { value: obstacle.no.to_string(), label, group: String::new() }
            });
            (Control::Radios, choices.collect())
        }
        FieldKind::Question => {
            let choices = matter.open_questions().map(|question| {
                let label = question.text.open().map(|text| text.reason.to_string());
                let label = label.unwrap_or_else(|| question.no.to_string());
                Choice { value: question.no.to_string(), label, group: String::new() }
            });
            (Control::Radios, choices.collect())
        }
        FieldKind::SubMatter => {
            let standing = matter.subs.iter().filter(|sub| sub.waived_on.is_none());
            let choice = |number: String| Choice { value: number.clone(), label: number, group: String::new() };
            (Control::Radios, standing.map(|sub| choice(sub.number.to_string())).collect())
        }
    }
}

/// Everybody who can lead: units, then officers who hold a post.
pub fn parties(frame: &Frame, who: &Who, today: civil::Date) -> Vec<Choice> {
    let can_lead = |choice: &Choice| can_act(who, &choice.value, today);
    let mut choices: Vec<Choice> = units(frame, who, today).into_iter().filter(can_lead).collect();
    choices.extend(officers(frame, who, today));
    choices
}

/// Units that may supervise.
pub fn supervising(frame: &Frame, who: &Who, today: civil::Date) -> Vec<Choice> {
    let units = supervising_units(who.organisation(), today).into_iter();
    let choice = |id| Choice { value: format!("unit/{id}"), label: who.unit(&id), group: String::new() };
    frame.by_name(units.map(choice).collect(), |choice: &Choice| choice.label.clone())
}

/// Every unit there is.
pub fn units(frame: &Frame, who: &Who, today: civil::Date) -> Vec<Choice> {
    let group = frame.text("group-units").to_string();
    let organisation: &Organisation = who.organisation();
    let existing = organisation.units().filter(|unit| organisation.unit_exists(unit.id, today));
    let choice = |id| Choice { value: format!("unit/{id}"), label: who.unit(&id), group: group.clone() };
    frame.by_name(existing.map(|unit| choice(unit.id)).collect(), |choice: &Choice| choice.label.clone())
}

/// Every officer who can be given work, to choose among.
pub fn officers(frame: &Frame, who: &Who, today: civil::Date) -> Vec<Choice> {
    let can_be_named = |choice: &Choice| can_act(who, &choice.value, today);
    everybody(frame, who, today).into_iter().filter(can_be_named).collect()
}

/// Whether the party, written as in a form, is not one of auditors, who look on.
fn can_act(who: &Who, value: &str, today: civil::Date) -> bool {
    let party = acts::parse_party("lead", value, who.organisation());
    party.is_ok_and(|party| rights::check_not_auditing(who.organisation(), party, today).is_ok())
}

/// Every officer who holds a post: who may be told of a matter.
pub fn everybody(frame: &Frame, who: &Who, today: civil::Date) -> Vec<Choice> {
    let group = frame.text("group-officers").to_string();
    let organisation = who.organisation();
    let mut choices = vec![];
    for officer in organisation.officers() {
        let Some(post) = organisation.posts_held(officer.id, today).first().map(|post| post.id) else { continue };
        let label =
            frame.text("who-officer").arg("name", who.officer(&officer.id)).arg("post", who.post(&post)).to_string();
        let value = format!("officer/{}", officer.id);
        choices.push(Choice { value, label, group: group.clone() });
    }
    frame.by_name(choices, |choice| choice.label.clone())
}
