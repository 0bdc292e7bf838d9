//! `GET /matters/{number}`: one matter: its directive, who leads, where it stands, what is next, and how it came there.

mod family;
mod history;

use std::num::NonZeroU64;
use std::sync::Arc;

use askama::Template;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse as _;
use ledger::act::ActKind;
use ledger::audience::Audience;
use ledger::event::Event;
use ledger::id::{DocumentId, MatterId, Number, OfficerId, Stream};
use ledger::matter::{
    Applicant, Axes, EvidenceAxis, Hand, Matter, MatterEvent, Misplaced, Official, PublicItem, Schedule, Source,
    StateKind,
};
use ledger::rights::{self, Relation};
use serde::Deserialize;
use serde_json::json;
use store::access::ReadKind;
use store::{Read, Recorded};

use crate::App;
use crate::acts::{fields, noun};
use crate::error::Problem;
use crate::frame::{Answer, Frame, page};
use crate::fresh::Asking;
use crate::next::{Offer, delegators, offer};
use crate::query::Query;
use crate::read_log::{if_confined, of_matter};
use crate::record::own_hand;
use crate::session::MaybeSignedIn;
use crate::texts::Due;
use crate::who::Who;

pub(crate) use history::{lines, told};

pub use family::{Family, Relative, alike, corrected};
pub use history::Line;

/// At most so many events on one page.
const EVENTS_MAX: u64 = 200;

/// What an address asks: events before that version, instead of the latest.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    before: Option<NonZeroU64>,
}

/// What is read of a matter for its page.
pub struct Shown {
    /// The matter.
    pub matter: Arc<Matter>,
    /// What it offers the reader.
    pub offer: Offer,
    /// Its events: the latest, or those before one.
    pub history: Vec<Recorded>,
    /// The version before which there are more.
    pub earlier: Option<u64>,
    /// Its version.
    pub version: u64,
    /// The number of the matter above.
    pub parent: Option<Number>,
    /// Other matters that it has to do with.
    pub family: Family,
    /// Title of the document it came from.
    pub document: Option<(DocumentId, String)>,
    /// Everybody's names.
    pub organisation: Arc<ledger::organisation::Organisation>,
    /// Today in the office's time zone.
    pub today: civil::Date,
    /// The office's working days.
    pub calendar: Arc<ledger::calendar::OfficeCalendar>,
    /// What it offers the reader in another's place.
    pub behalf: Vec<(OfficerId, Offer)>,
    /// Why it must be placed anew.
    pub misplaced: Option<Misplaced>,
    /// Who asked, where the reader works on the matter.
    pub applicant: Option<Applicant>,
}

/// Finds the matter, if the reader may see it. Errors: `NotFound` otherwise, and for a number that is none.
pub fn find(read: &mut Read<'_>, reader: Option<OfficerId>, number: &str) -> Result<MatterId, Problem> {
    let number = Number::parse(number).map_err(|_| Problem::NotFound)?;
    read.find(reader, number)?.ok_or(Problem::NotFound)
}

/// The number of a matter, if the reader may see it.
pub fn visible_number(read: &mut Read<'_>, reader: Option<OfficerId>, id: MatterId) -> Result<Option<Number>, Problem> {
    let Some(matter) = read.matter(id)? else { return Ok(None) };
    Ok(read.find(reader, matter.number)?.map(|_| matter.number))
}

fn show(
    read: &mut Read<'_>,
    reader: Option<OfficerId>,
    number: &str,
    before: Option<NonZeroU64>,
) -> Result<Shown, Problem> {
    let id = find(read, reader, number)?;
    let matter = read.matter(id)?.ok_or(Problem::NotFound)?;
    let version = read.version(Stream::Matter(id))?;
    let (facts, calendar) = (read.facts(&matter)?, read.calendar()?);
    let offer = match reader {
        Some(officer) => read.with_context(own_hand(officer), &facts, |context| offer(&matter, context, &calendar))?,
        None => Offer::default(),
    };
    let parent = match matter.parent() {
        Some(parent) => visible_number(read, reader, parent)?,
        None => None,
    };
    let family = Family::of(read, reader, &matter, &offer)?;
    let document = match matter.source {
        Source::Document { document, .. } => {
            let title = matter.text.open().and_then(|text| text.source.as_ref());
            title.map(|title| (document, title.to_string()))
        }
        Source::Instruction
        | Source::Inspection
        | Source::Dataset { .. }
        | Source::Report
        | Source::Application
        | Source::Part { .. }
        | Source::Follows { .. } => None,
    };
    let last = before.map_or(version, |before| version.min(before.get() - 1));
    let first = last.saturating_sub(EVENTS_MAX);
    let mut history = read.history_part(Stream::Matter(id), (first, last))?;
    let (organisation, today) = (read.organisation()?, read.today());
    // A part that the reader may not know of was never opened, as far as he is told.
    let mut hidden = vec![];
    for sub in &matter.subs {
        if visible_number(read, reader, sub.id)?.is_none() {
            hidden.push(sub.id);
        }
    }
    history.retain(|recorded| match &recorded.event {
        Event::Matter(MatterEvent::SubMatterOpened { sub, .. } | MatterEvent::SubMatterWaived { sub, .. }) => {
            !hidden.contains(sub)
        }
        _other => true,
    });
    let misplaced = matter.misplaced(&organisation, today);
    let mut behalf = vec![];
    if let Some(officer) = reader {
        for other in delegators(&organisation, officer, today) {
            let hand = Hand { officer, on_behalf: Some(other) };
            let offered = read.with_context(hand, &facts, |context| crate::next::offer(&matter, context, &calendar))?;
            if offered != Offer::default() {
                behalf.push((other, offered));
            }
        }
    }
    let works_on_it = reader.is_some_and(|officer| {
        let stands = rights::stands(&organisation, officer, &matter, today);
        stands.iter().any(|(_, relation)| matches!(relation, Relation::Lead | Relation::Supervising))
    });
    let applicant = matter.applicant.open().filter(|_| works_on_it).map(|personal| personal.value.clone());
    Ok(Shown {
        applicant,
        matter,
        offer,
        history,
        earlier: (first > 0).then_some(first + 1),
        version,
        parent,
        family,
        document,
        organisation,
        today,
        calendar,
        behalf,
        misplaced,
    })
}

/// An act on offer.
struct Button {
    noun: &'static str,
    label: String,
    /// Nothing is asked, so the button does it.
    is_direct: bool,
}

#[derive(Template)]
#[template(path = "matter.html")]
struct MatterPage {
    frame: Frame,
    who: Who,
    matter: Arc<Matter>,
    number: String,
    stream: String,
    version: u64,
    next: Option<Button>,
    others: Vec<Button>,
    lines: Vec<Line>,
    /// The version before which there are more.
    earlier: Option<u64>,
    /// These are not the latest.
    is_earlier: bool,
    axes: [(String, String); 3],
    parent: Option<Number>,
    family: Family,
    document: Option<(DocumentId, String)>,
    is_officer: bool,
    vkey: String,
    /// In whose place, with that officer's name and what may be done so.
    behalf: Vec<(OfficerId, String, Vec<Button>)>,
    misplaced: Option<String>,
    /// Who asked; for the lead and the supervising unit only.
    applicant: Option<Applicant>,
    /// It may get a notice, and has none yet.
    lacks_notice: bool,
    /// Where it is, for whom nothing of it waits.
    is_with: Option<String>,
    /// Who may know it, where only named officers may.
    circle: Vec<OfficerId>,
}

impl MatterPage {
    /// Whether the reader is shown this much.
    fn shows(&self, item: PublicItem) -> bool {
        self.is_officer || self.matter.published.contains(&item)
    }

    fn is_cleared(&self) -> bool {
        self.matter.state.kind() == StateKind::Cleared
    }
}

/// The page; JSON where a program asks.
pub async fn get(
    State(app): State<Arc<App>>,
    frame: Frame,
    MaybeSignedIn(who): MaybeSignedIn,
    asking: Asking,
    Path(number): Path<String>,
    Query(Asked { before }): Query<Asked>,
) -> Answer {
    let Some(who) = who.filter(|_| !number.ends_with(".json")) else {
        if let Some(before) = before {
            return Err(Problem::Asked { asked: vec![("before".to_owned(), before.to_string())] });
        }
        return crate::pages::public::matter::get(&app, frame, &asking, number).await;
    };
    let reader = Some(who.officer);
    let shown = app.read(move |read| show(read, reader, &number, before)).await?;
    let applicant = shown.applicant.as_ref().map(|_| of_matter(ReadKind::Applicant, shown.matter.id));
    let read = if_confined(ReadKind::Matter, &shown.matter).into_iter().chain(applicant);
    app.note_read(own_hand(who.officer), read).await?;
    if frame.visit().json {
        return Ok(Json(as_json(&shown, reader.is_some())).into_response());
    }
    let names = Who::new(&frame, shown.organisation.clone());
    let button = |act: &ActKind| Button {
        noun: noun(*act).unwrap_or_default(),
        label: frame.word("do", act.code()),
        is_direct: fields(*act).is_empty(),
    };
    let behalf = shown.behalf.iter().map(|(other, offer)| {
        let buttons = offer.next.iter().chain(&offer.others).map(button).collect();
        (*other, names.officer(other), buttons)
    });
    let behalf = behalf.collect();
    let misplaced = shown.misplaced.map(|why| frame.word("misplaced", why.code()));
    let lines = history::lines(&frame, &names, &shown.matter, &shown.history, reader.is_some());
    let due = shown.matter.original_due.map(|due| Due::of(due, shown.today, &shown.calendar));
    let axes = axes(&frame, &shown.matter.axes(shown.today, &shown.calendar), due);
    let lacks_notice = shown.matter.notices.is_empty() && shown.offer.others.contains(&ActKind::IssueNotice);
    // A first notice is issued where those of other matters for the same lead can go with it; it is offered once.
    let others = shown.offer.others.iter().filter(|act| !(lacks_notice && **act == ActKind::IssueNotice));
    let circle = match &shown.matter.audience {
        Audience::Circle(officers) => officers.iter().copied().collect(),
        Audience::Public | Audience::Office | Audience::Units(_) => vec![],
    };
    let is_with = is_with(&frame, &names, &shown.matter);
    page(&MatterPage {
        lacks_notice,
        is_with,
        circle,
        applicant: shown.applicant,
        next: shown.offer.next.as_ref().map(button),
        others: others.map(button).collect(),
        lines,
        earlier: shown.earlier,
        is_earlier: before.is_some(),
        axes,
        number: shown.matter.number.to_string(),
        stream: Stream::Matter(shown.matter.id).to_string(),
        version: shown.version,
        parent: shown.parent,
        family: shown.family,
        document: shown.document,
        matter: shown.matter,
        who: names,
        is_officer: reader.is_some(),
        vkey: app.store.vkey(),
        behalf,
        misplaced,
        frame,
    })
}

/// With whom an open matter is; none once nobody has anything to do with it.
fn is_with(frame: &Frame, who: &Who, matter: &Matter) -> Option<String> {
    let office = || match &matter.supervising {
        Some(unit) => who.unit(unit),
        None => frame.text("matter-with-office").to_string(),
    };
    let desk = match matter.state.kind() {
        StateKind::Opened | StateKind::Reported | StateKind::Verified => office(),
        StateKind::Assigned | StateKind::UnderWay => matter.lead.as_ref().map_or_else(office, |lead| who.party(lead)),
        StateKind::Cleared | StateKind::Withdrawn => return None,
    };
    Some(frame.text("matter-is-with").arg("desk", desk).to_string())
}

/// The three axes, each with its name; `due` is how far away the original deadline is.
fn axes(frame: &Frame, axes: &Axes, due: Option<Due>) -> [(String, String); 3] {
    let say = |id: &str| frame.text(id).to_string();
    let official = match axes.official {
        Official::NotAssigned => say("axis-not-assigned"),
        Official::Disputed => say("axis-disputed"),
        Official::NotTakenUp => say("axis-not-taken-up"),
        Official::UnderWay => say("axis-under-way"),
        Official::Held => say("axis-held"),
        Official::Reported(outcome) => frame.text("axis-reported").arg("outcome", frame.outcome(outcome)).to_string(),
        Official::Withdrawn => say("axis-withdrawn"),
    };
    let evidence = match axes.evidence {
        EvidenceAxis::Nothing => say("axis-no-evidence"),
        EvidenceAxis::Unverified { pieces } => frame.text("axis-unverified").arg("pieces", pieces).to_string(),
        EvidenceAxis::Verified { method } => {
            frame.text("axis-verified").arg("method", frame.method(method)).to_string()
        }
    };
    let schedule = match axes.schedule {
        Schedule::NoDue => say("axis-no-due"),
        Schedule::InTime { .. } | Schedule::Late { .. } => due.map(|due| frame.due(due)).unwrap_or_default(),
        Schedule::ClearedInTime => say("axis-cleared-in-time"),
        Schedule::ClearedLate { days } => frame.text("axis-cleared-late").arg("days", days).to_string(),
    };
    [(say("axis-official"), official), (say("axis-evidence"), evidence), (say("axis-schedule"), schedule)]
}

/// What programs are told; the public's share only, where nobody is signed in.
fn as_json(shown: &Shown, is_officer: bool) -> serde_json::Value {
    let matter = &shown.matter;
    let may = |item| is_officer || matter.published.contains(&item);
    let acts = shown.offer.next.iter().chain(&shown.offer.others).filter_map(|act| noun(*act));
    json!({
        "number": matter.number.to_string(),
        "id": matter.id.to_string(),
        "state": matter.state.kind().code(),
        "kind": matter.kind.code(),
        "directive": may(PublicItem::Directive).then(|| matter.text.open().map(|text| text.quote.to_string())),
        "lead": may(PublicItem::Lead).then_some(matter.lead),
        "due": may(PublicItem::Due).then(|| matter.due.map(|due| due.to_string())),
        "original_due": may(PublicItem::Due).then(|| matter.original_due.map(|due| due.to_string())),
        "version": shown.version,
        "contradictions": json!({ "said": matter.contradictions.len(), "waiting": matter.unanswered().count() }),
        "evidence": is_officer.then(|| matter.evidence.iter().map(|e| e.id.to_string()).collect::<Vec<_>>()),
        "successor": shown.family.successor.map(|number| number.to_string()),
        "merged_from": shown.family.merged.iter().map(|relative| relative.number.to_string()).collect::<Vec<_>>(),
        "notices": matter.notices.iter().map(|notice| notice.number.to_string()).collect::<Vec<_>>(),
        "acts": acts.collect::<Vec<_>>(),
        "acts_in_place_of": shown.behalf.iter().map(|(other, offer)| {
            let acts = offer.next.iter().chain(&offer.others).filter_map(|act| noun(*act));
            (other.to_string(), json!(acts.collect::<Vec<_>>()))
        }).collect::<serde_json::Map<_, _>>(),
        "misplaced": shown.misplaced.map(|why| why.code()),
    })
}
