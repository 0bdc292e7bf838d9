//! What a clerk does with a proposal: confirm, dismiss, merge, correct, divide, add, and take the last change back.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use ledger::act::Outcomes;
use ledger::audience::Audience;
use ledger::document::{Class, Document, Proposal, Settle, Settled};
use ledger::event::Event;
use ledger::id::{DocumentId, MatterId, OfficerId, Series, Stream, UnitId};
use ledger::{Invalid, Refusal, Text};
use sources::Span;
use store::{ChangeError, Read, Stop};

use super::passage::locate;
use super::{About, about, again, alike_to, classes, filled, meanwhile};
use crate::App;
use crate::acts::{parse_date, parse_unit};
use crate::error::{Problem, refused, sent_before};
use crate::form::{CheckedForm, Filled};
use crate::frame::{Answer, Frame, go_to, page, page_again, page_with};
use crate::reading;
use crate::record::own_hand;
use crate::session::SignedIn;
use crate::who::Who;

/// `POST /documents/{id}/proposals/{no}/confirmation`: right as it stands; `matter=yes` makes one of a principle too.
pub async fn confirm(
    app: State<Arc<App>>,
    frame: Frame,
    Path((id, no)): Path<(String, u32)>,
    sent: CheckedForm,
) -> Answer {
    let as_matter = sent.form.has("matter", "yes");
    settle(app, frame, id, Some(no), sent, move |read, _| {
        let (matter, number) = (MatterId(read.new_id()), read.next_number(Series::General)?);
        Ok(Settle::Confirm { no, as_matter, matter, number, audience: Audience::Office })
    })
    .await
}

/// `POST /documents/{id}/proposals/{no}/dismissal`: no directive.
pub async fn dismiss(
    app: State<Arc<App>>,
    frame: Frame,
    Path((id, no)): Path<(String, u32)>,
    sent: CheckedForm,
) -> Answer {
    settle(app, frame, id, Some(no), sent, move |_, _| Ok(Settle::Dismiss { no })).await
}

/// `POST /documents/{id}/proposals/{no}/inclusion`: a directive after all, though the office's list left it out.
pub async fn bring_in(
    app: State<Arc<App>>,
    frame: Frame,
    Path((id, no)): Path<(String, u32)>,
    sent: CheckedForm,
) -> Answer {
    settle(app, frame, id, Some(no), sent, move |_, _| Ok(Settle::BringIn { no })).await
}

/// `POST /documents/{id}/proposals/{no}/merger`: this one and the next open one are one directive.
pub async fn merge(
    app: State<Arc<App>>,
    frame: Frame,
    Path((id, no)): Path<(String, u32)>,
    sent: CheckedForm,
) -> Answer {
    settle(app, frame, id, Some(no), sent, move |read, document| {
        let profile = reading::profile(read)?;
        let next = document.next_open(no).ok_or(Refusal::NotNeighbours)?;
        let first = open_proposal(document, no).ok_or(Refusal::ProposalSettled)?;
        let into = describe(document, first.start.min(next.start), first.end.max(next.end), &profile)?;
        Ok(Settle::Merge { no, into: Box::new(into) })
    })
    .await
}

/// `POST /documents/{id}/undo`: the last change is taken back.
pub async fn undo(app: State<Arc<App>>, frame: Frame, Path(id): Path<String>, sent: CheckedForm) -> Answer {
    settle(app, frame, id, None, sent, move |read, document| {
        let matter = match document.undo_matter() {
            Some(matter) => read.matter(matter)?,
            None => None,
        };
        Ok(Settle::Undo { matter })
    })
    .await
}

/// `POST /documents/{id}/proposals/{no}/undo`: what was decided about this one is taken back.
pub async fn take_back(
    app: State<Arc<App>>,
    frame: Frame,
    Path((id, no)): Path<(String, u32)>,
    sent: CheckedForm,
) -> Answer {
    settle(app, frame, id, Some(no), sent, move |read, document| {
        let matter = match document.matter_of(no) {
            Some(matter) => read.matter(matter)?,
            None => None,
        };
        Ok(Settle::TakeBack { no, matter })
    })
    .await
}

/// Does what `decide` says, and goes back to the document, at the proposal that comes next.
async fn settle(
    State(app): State<Arc<App>>,
    frame: Frame,
    id: String,
    no: Option<u32>,
    sent: CheckedForm,
    mut decide: impl FnMut(&mut Read<'_>, &Document) -> Result<Settle, Stop> + Send + 'static,
) -> Answer {
    let officer = sent.who.officer;
    let seen = meanwhile::seen(&sent, &id);
    let decide = move |read: &mut Read<'_>, document: &Document| Ok((Some(decide(read, document)?), None));
    match change(&app, &frame, &id, sent, decide).await {
        Ok(()) => Ok(go_to(&next_place(&app, officer, &id, no).await?)),
        Err(error) if frame.visit().json => Err(error.into()),
        Err(ChangeError::Refusal(refusal)) => {
            let said = refused(&frame, &refusal);
            again(&app, frame, officer, id, Some(said), seen).await
        }
        Err(ChangeError::Stale { .. }) => again(&app, frame, officer, id, None, seen).await,
        Err(ChangeError::Invalid(invalid)) if invalid.field == "command" => {
            let said = sent_before(&frame);
            again(&app, frame, officer, id, Some(said), seen).await
        }
        Err(error) => Err(error.into()),
    }
}

/// What the office's reader is taught with a decision.
#[derive(Clone)]
pub(super) enum Teach {
    /// Words of the text name a unit.
    Alias(Text, UnitId),
    /// Passages with a phrase are no directives.
    Phrase(Text),
}

/// What a form asks for: what becomes of the proposal, and what is learnt from it.
pub(super) type Wish = (Option<Settle>, Option<Teach>);

/// Does both in one change, or neither.
pub(super) async fn change(
    app: &Arc<App>,
    frame: &Frame,
    id: &str,
    sent: CheckedForm,
    mut decide: impl FnMut(&mut Read<'_>, &Document) -> Result<Wish, Stop> + Send + 'static,
) -> Result<(), ChangeError> {
    let command = sent.envelope(app, frame.here());
    let officer = sent.who.officer;
    let id = DocumentId::parse(id).map_err(ChangeError::Invalid)?;
    let work = move |read: &mut Read<'_>| -> Result<Vec<(Stream, Event)>, Stop> {
        let document = read.fold::<Document>(Stream::Document(id))?;
        let document = document.ok_or(Invalid::new("id", "malformed-id"))?;
        let (settle, teach) = decide(read, &document)?;
        let (facts, profile) = (Default::default(), read.profile()?);
        let done = read.with_context(own_hand(officer), &facts, |context| -> Outcomes {
            let mut events = vec![];
            if let Some(settle) = settle {
                events.extend(document.settle(settle, context)?);
            }
            match teach {
                Some(Teach::Alias(words, unit)) => {
                    events.extend(profile.teach_alias(words, unit, document.id, context)?);
                }
                Some(Teach::Phrase(phrase)) => events.extend(profile.teach_phrase(phrase, &document, context)?),
                None => {}
            }
            Ok(events)
        });
        Ok(done??)
    };
    app.change(command, work).await.map(|_| ())
}

/// The document, at the first open proposal after `no`, or at `no` itself where none is left.
pub(super) async fn next_place(app: &App, officer: OfficerId, id: &str, no: Option<u32>) -> Result<String, Problem> {
    let key = id.to_owned();
    let (document, opened) = app
        .read(move |read| {
            let About { document, .. } = about(read, officer, &key)?;
            // What may be the same thing twice is named once, on the way to the next.
            let opened = match no.and_then(|no| document.matter_of(no)) {
                Some(matter) if !alike_to(read, officer, matter)?.is_empty() => read.matter(matter)?,
                Some(_) | None => None,
            };
            Ok((document, opened.map(|matter| matter.number)))
        })
        .await?;
    let asked = opened.map(|number| format!("?opened={number}")).unwrap_or_default();
    let proposals = document.in_review();
    let at = no.and_then(|no| proposals.iter().position(|(proposal, _)| proposal.no == no)).unwrap_or(0);
    let after = proposals.iter().skip(at).chain(proposals.iter().take(at));
    let next = after.filter(|(_, settled)| *settled == Settled::Open).map(|(proposal, _)| proposal.no).next();
    Ok(match next.or(no) {
        Some(no) => format!("/documents/{id}{asked}#p{no}"),
        None => format!("/documents/{id}{asked}"),
    })
}

/// Which of the three forms a page is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Task {
    Correct,
    Divide,
    Add,
}

#[derive(Template)]
#[template(path = "proposal.html")]
struct ProposalPage {
    frame: Frame,
    form: Filled,
    task: Task,
    action: String,
    back: String,
    stream: String,
    version: u64,
    classes: [Class; 3],
    /// The owner in the text's words, where they are no unit of the office's: whoever corrects them can teach what they
    /// mean.
    teachable: Option<String>,
    /// The names of the units, for the owner.
    units: Vec<String>,
    refusal: Option<(String, String)>,
    /// What others did since the form was shown.
    meanwhile: Vec<String>,
}

impl ProposalPage {
    fn new(frame: Frame, form: Filled, task: Task, about: &About, no: Option<u32>) -> Self {
        let id = about.document.id;
        let (action, back) = match (task, no) {
            (Task::Correct, Some(no)) => {
                (format!("/documents/{id}/proposals/{no}/correction"), format!("/documents/{id}#p{no}"))
            }
            (Task::Divide, Some(no)) => {
                (format!("/documents/{id}/proposals/{no}/division"), format!("/documents/{id}#p{no}"))
            }
            (Task::Correct | Task::Divide | Task::Add, _) => {
                (format!("/documents/{id}/addition"), format!("/documents/{id}"))
            }
        };
        let who = Who::new(&frame, about.organisation.clone());
        let units = about.organisation.units().filter(|unit| about.organisation.unit_exists(unit.id, about.today));
        Self {
            task,
            action,
            back,
            stream: Stream::Document(id).to_string(),
            version: about.version,
            classes: classes(),
            teachable: no.and_then(|no| teachable(about, no)).map(|words| words.to_string()),
            units: frame.by_name(units.map(|unit| who.unit(&unit.id)).collect(), String::clone),
            refusal: None,
            meanwhile: vec![],
            frame,
            form,
        }
    }
}

/// The owner's words of a proposal, where nothing says yet which unit they name.
fn teachable(about: &About, no: u32) -> Option<&Text> {
    let owner = about.document.proposal(no)?.owner.as_ref()?;
    let called = about.office.unit_called(owner.as_str(), &about.organisation, about.today);
    (about.may_settle && called.is_none()).then_some(owner)
}

async fn form(app: &App, frame: Frame, officer: OfficerId, id: String, no: Option<u32>, task: Task) -> Answer {
    let about = app.read(move |read| about(read, officer, &id)).await?;
    let form = match no.map(|no| open_proposal(&about.document, no).ok_or(Problem::Refused(Refusal::ProposalSettled))) {
        Some(proposal) => filled(proposal?),
        None => Filled::with(&[("class", Class::Action.code())]),
    };
    page(&ProposalPage::new(frame, form, task, &about, no))
}

/// `GET /documents/{id}/proposals/{no}/correction`
pub async fn correction(
    State(app): State<Arc<App>>,
    frame: Frame,
    who: SignedIn,
    Path((id, no)): Path<(String, u32)>,
) -> Answer {
    form(&app, frame, who.officer, id, Some(no), Task::Correct).await
}

/// `GET /documents/{id}/proposals/{no}/division`
pub async fn division(
    State(app): State<Arc<App>>,
    frame: Frame,
    who: SignedIn,
    Path((id, no)): Path<(String, u32)>,
) -> Answer {
    form(&app, frame, who.officer, id, Some(no), Task::Divide).await
}

/// `GET /documents/{id}/addition`
pub async fn addition(State(app): State<Arc<App>>, frame: Frame, who: SignedIn, Path(id): Path<String>) -> Answer {
    form(&app, frame, who.officer, id, None, Task::Add).await
}

/// `POST /documents/{id}/proposals/{no}/correction`
pub async fn post_correction(
    app: State<Arc<App>>,
    frame: Frame,
    Path((id, no)): Path<(String, u32)>,
    sent: CheckedForm,
) -> Answer {
    post(app, frame, id, Some(no), Task::Correct, sent).await
}

/// `POST /documents/{id}/proposals/{no}/division`
pub async fn post_division(
    app: State<Arc<App>>,
    frame: Frame,
    Path((id, no)): Path<(String, u32)>,
    sent: CheckedForm,
) -> Answer {
    post(app, frame, id, Some(no), Task::Divide, sent).await
}

/// `POST /documents/{id}/addition`
pub async fn post_addition(app: State<Arc<App>>, frame: Frame, Path(id): Path<String>, sent: CheckedForm) -> Answer {
    post(app, frame, id, None, Task::Add, sent).await
}

async fn post(
    State(app): State<Arc<App>>,
    frame: Frame,
    id: String,
    no: Option<u32>,
    task: Task,
    sent: CheckedForm,
) -> Answer {
    let officer = sent.who.officer;
    let key = id.clone();
    let about = app.read(move |read| about(read, officer, &key)).await?;
    let seen = meanwhile::seen(&sent, &id);
    let mut form = sent.form.clone();
    let (settle, teach) = (read_settle(&about, no, task, &mut form), read_teach(&about, no, task, &mut form));
    let wish: Wish = match settle {
        Some(settle) if form.errors().is_empty() => (Some(settle), teach),
        Some(_) | None => return page_again(&ProposalPage::new(frame, form, task, &about, no)),
    };
    match change(&app, &frame, &id, sent, move |_, _| Ok(wish.clone())).await {
        Ok(()) => Ok(go_to(&next_place(&app, officer, &id, no).await?)),
        Err(ChangeError::Refusal(refusal)) => {
            let mut shown = ProposalPage::new(frame, form, task, &about, no);
            shown.refusal = Some(refused(&shown.frame, &refusal));
            page_again(&shown)
        }
        // What was typed stays, with what became of the document meanwhile.
        Err(ChangeError::Stale { .. }) if !frame.visit().json => {
            let (about, said) = meanwhile::since(&app, &frame, officer, id, seen).await?;
            let mut shown = ProposalPage::new(frame, form, task, &about, no);
            shown.meanwhile = said;
            let say = |id| shown.frame.text(id).to_string();
            shown.refusal = Some((say("act-meanwhile"), say("proposal-stale")));
            page_with(StatusCode::CONFLICT, &shown)
        }
        Err(ChangeError::Invalid(invalid)) => {
            form.wrong(invalid);
            page_again(&ProposalPage::new(frame, form, task, &about, no))
        }
        Err(error @ (ChangeError::Fault(_) | ChangeError::Stale { .. })) => Err(error.into()),
    }
}

/// What the form decides; what is wrong with it is noted in it.
fn read_settle(about: &About, no: Option<u32>, task: Task, form: &mut Filled) -> Option<Settle> {
    let document = &about.document;
    let old = no.and_then(|no| open_proposal(document, no));
    let near = old.map_or(0, |old| old.start);
    if task == Task::Divide {
        let no = no?;
        let parts: Vec<String> =
            form.text("quote").lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned).collect();
        if parts.len() < 2 {
            form.wrong(Invalid::new("quote", "not-divided"));
            return None;
        }
        let mut into = vec![];
        let mut at = near;
        for part in &parts {
            let part = form.take(passage(document, part, at, &about.profile))?;
            at = part.end;
            into.push(part);
        }
        return Some(Settle::Split { no, into });
    }
    let quote = form.text("quote").to_owned();
    let mut proposal = form.take(passage(document, &quote, near, &about.profile))?;
    let class = form.text("class").parse().map_err(|_| Invalid::new("class", "unknown-code"));
    let due = match form.text("due") {
        "" => Ok(None),
        day => parse_date("due", day).map(Some),
    };
    let owner = Text::parse_optional("owner", form.text("owner"));
    let deadline = Text::parse_optional("deadline", form.text("deadline"));
    let quantity = Text::parse_optional("quantity", form.text("quantity"));
    proposal.class = form.take(class)?;
    proposal.due = form.take(due)?;
    proposal.owner = form.take(owner)?;
    proposal.deadline = form.take(deadline)?;
    let quantity = form.take(quantity)?;
    if quantity != proposal.quantity {
        // What was typed says itself which way it points.
        let typed = quantity.as_ref().and_then(|words| sources::direction(words.as_str()));
        proposal.direction = typed.map(reading::direction);
        proposal.quantity = quantity;
    }
    proposal.is_uncertain = false;
    match (task, no) {
        (Task::Correct, Some(no)) => Some(Settle::Correct { no, by: Box::new(proposal) }),
        (Task::Add | Task::Correct | Task::Divide, _) => Some(Settle::Add { proposal: Box::new(proposal) }),
    }
}

/// What the form teaches: the unit that was typed is what the text's words name.
fn read_teach(about: &About, no: Option<u32>, task: Task, form: &mut Filled) -> Option<Teach> {
    let words = no.filter(|_| task == Task::Correct && form.has("teach", "yes")).and_then(|no| teachable(about, no))?;
    let unit = form.take(parse_unit("owner", form.text("owner"), &about.organisation))?;
    Some(Teach::Alias(words.clone(), unit))
}

pub(super) fn open_proposal(document: &Document, no: u32) -> Option<&Proposal> {
    let proposals = document.proposals();
    proposals.into_iter().find(|(p, settled)| p.no == no && *settled == Settled::Open).map(|(p, _)| p)
}

/// The proposal that a passage of the text is. Errors: `Invalid` on `quote` if it does not stand there.
fn passage(document: &Document, quote: &str, near: u32, profile: &sources::Profile) -> Result<Proposal, Invalid> {
    if quote.trim().is_empty() {
        return Err(Invalid::new("quote", "missing"));
    }
    let outside = || Invalid::new("quote", "not-in-text");
    let body = &document.text.open().ok_or_else(outside)?.body;
    let (start, end) = locate(body, quote, near).ok_or_else(outside)?;
    describe(document, start, end, profile).map_err(|_| outside())
}

/// What is read at a span.
fn describe(document: &Document, start: u32, end: u32, profile: &sources::Profile) -> Result<Proposal, Stop> {
    let text = document.text.open().ok_or(Refusal::DocumentErased)?;
    let span = Span { start: start as usize, end: end as usize };
    let directive = sources::describe(&text.body, span, profile).ok_or(Refusal::SpanOutside)?;
    Ok(reading::proposal(0, &directive)?)
}
