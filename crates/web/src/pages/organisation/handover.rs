//! `GET`, `POST /organisation/officers/{id}/handover`: a leaver's desk goes to a successor: shown first, thing by thing,
//! then done in one change, each thing as an event of its own.

use std::sync::Arc;

use askama::Template;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use civil::Date;
use ledger::event::Event;
use ledger::id::{Number, OfficerId, Stream};
use ledger::matter::Share;
use ledger::organise::{self, Change, Hanging};
use ledger::party::Party;
use ledger::rights::{self, Role};
use ledger::{Invalid, Refusal, Text};
use serde::Deserialize;
use serde_json::json;
use store::{Read, Stop};

use super::{after_last_day, choice, done, may_change, stale_or_refused};
use crate::App;
use crate::error::{Problem, refused};
use crate::form::{CheckedForm, Filled};
use crate::frame::{Answer, Frame, page, page_with};
use crate::query::Query;
use crate::record::own_hand;
use crate::session::SignedIn;
use crate::who::Who;

/// Whom it is to go to.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    #[serde(default)]
    successor_officer: String,
}

/// One thing that hangs on the leaver.
struct Thing {
    number: Number,
    quote: Option<String>,
    share: Share,
    /// Why it stays where it is, once a successor is chosen.
    stays: Option<String>,
}

#[derive(Template)]
#[template(path = "organisation/handover.html")]
struct HandoverPage {
    frame: Frame,
    form: Filled,
    who: Who,
    leaver: OfficerId,
    successor: Option<OfficerId>,
    things: Vec<Thing>,
    delegations: usize,
    posts: usize,
    successors: Vec<(String, String, bool)>,
    stream: String,
    version: u64,
    refusal: Option<(String, String)>,
}

impl HandoverPage {
    fn moving(&self) -> usize {
        self.things.iter().filter(|thing| thing.stays.is_none()).count()
    }
}

/// What is tried, and what came of it.
type Tried = (Number, Option<String>, Hanging, Result<Vec<(Stream, Event)>, Refusal>);

/// Everything of the leaver's that `by` may know, each tried on the successor.
fn tried(
    read: &mut Read<'_>,
    by: OfficerId,
    (leaver, successor): (OfficerId, OfficerId),
    reason: &Text,
) -> Result<Vec<Tried>, store::StoreFault> {
    let mut all = vec![];
    for id in read.matters_naming(Some(by), leaver)? {
        let Some(matter) = read.matter(id)? else { continue };
        let facts = read.facts(&matter)?;
        for what in organise::hanging(&matter, leaver) {
            let outcome = read.with_context(own_hand(by), &facts, |context| {
                organise::hand_over(&matter, what, (leaver, successor), reason.clone(), context)
            })?;
            let quote = matter.text.open().map(|text| text.quote.to_string());
            all.push((matter.number, quote, what, outcome));
        }
    }
    Ok(all)
}

async fn show(app: &App, frame: Frame, by: OfficerId, id: &str, to: &str) -> Result<HandoverPage, Problem> {
    let leaver = OfficerId::parse(id).map_err(|_| Problem::NotFound)?;
    let successor = match to {
        "" => None,
        to => Some(OfficerId::parse(to).map_err(|_| Problem::asked("successor_officer", to))?),
    };
    let read = app.read(move |read| {
        let (organisation, today) = (read.organisation()?, read.today());
        let is_administrator = rights::roles(&organisation, by, today).contains(&Role::Administrator);
        if !is_administrator || organisation.officer(leaver).is_none() {
            return Err(Problem::NotFound);
        }
        let trial = Text::parse("reason", "-")?;
        // Nobody yet: tried on the leaver himself, so that what hangs on him is listed.
        let tried = tried(read, by, (leaver, successor.unwrap_or(leaver)), &trial)?;
        let ended = read.with_context(own_hand(by), &Default::default(), |context| {
            organise::end_delegations(leaver, context).map(|events| events.len())
        })??;
        Ok((organisation, today, tried, ended, read.version(Stream::Officer(leaver))?))
    });
    let (organisation, today, tried, delegations, version) = read.await?;
    let who = Who::new(&frame, organisation.clone());
    // Of late: he may have left already.
    let ends = organisation.officer(leaver).into_iter().flat_map(|officer| officer.holdings.iter());
    let last = ends.map(|holding| holding.until.unwrap_or(today)).max().unwrap_or(today);
    let his = organisation.units_held(leaver, (last.yesterday().unwrap_or(last), last));
    let mut successors: Vec<(bool, String, String)> = vec![];
    for officer in organisation.officers().filter(|officer| officer.id != leaver && officer.id != by) {
        let posts = organisation.posts_held(officer.id, today);
        let Some(post) = posts.first() else { continue };
        if rights::check_not_auditing(&organisation, Party::Officer(officer.id), today).is_err() {
            continue;
        }
        let is_colleague = posts.iter().any(|post| his.contains(&post.unit));
        let label = frame.text("who-officer").arg("name", who.officer(&officer.id)).arg("post", who.post(&post.id));
        successors.push((!is_colleague, officer.id.to_string(), label.to_string()));
    }
    // Colleagues stand first: a lead passes to nobody else.
    successors.sort_by_key(|(is_other, _, _)| *is_other);
    let chosen = successor.map(|id| id.to_string()).unwrap_or_default();
    let successors = successors.into_iter().map(|(_, id, label)| choice(id.clone(), label, id == chosen)).collect();
    let things = tried.into_iter().map(|(number, quote, what, outcome)| {
        let stays = outcome.err().filter(|_| successor.is_some()).map(|refusal| refused(&frame, &refusal).0);
        Thing { number, quote, share: what.share, stays }
    });
    Ok(HandoverPage {
        things: things.collect(),
        successors,
        posts: organisation.officer(leaver).map_or(0, |o| o.holdings.iter().filter(|h| h.until.is_none()).count()),
        delegations,
        stream: Stream::Officer(leaver).to_string(),
        version,
        leaver,
        successor,
        who,
        form: Filled::default(),
        refusal: None,
        frame,
    })
}

/// What would move; JSON where a program asks.
pub async fn get(
    State(app): State<Arc<App>>,
    frame: Frame,
    SignedIn { officer }: SignedIn,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let shown = show(&app, frame, officer, &id, &asked.successor_officer).await?;
    if shown.frame.visit().json {
        let things = shown.things.iter().map(|thing| {
            json!({ "number": thing.number.to_string(), "share": thing.share.code(), "stays_because": thing.stays })
        });
        let things: Vec<_> = things.collect();
        return Ok(Json(json!({ "things": things, "delegations": shown.delegations })).into_response());
    }
    page(&shown)
}

/// Hands the desk over.
pub async fn post(State(app): State<Arc<App>>, frame: Frame, Path(id): Path<String>, sent: CheckedForm) -> Answer {
    let by = sent.who.officer;
    let leaver = OfficerId::parse(&id).map_err(|_| Problem::NotFound)?;
    let command = sent.envelope(&app, &format!("/organisation/officers/{id}/handover"));
    let mut form = sent.form;
    let to = OfficerId::parse(form.text("successor_officer"));
    let to = to.map_err(|_| Invalid::new("successor_officer", "missing"));
    let reason = Text::parse("reason", form.text("reason"));
    let until = match form.text("last_day").trim() {
        "" => Ok(None),
        day => after_last_day("last_day", day).map(Some),
    };
    let chosen = form.text("successor_officer").to_owned();
    let again = async |form: Filled, refusal: Option<(String, String)>, status| {
        let mut shown = show(&app, frame.clone(), by, &id, &chosen).await?;
        (shown.form, shown.refusal) = (form, refusal);
        page_with(status, &shown)
    };
    let (Some(to), Some(reason), Some(until)) = (form.take(to), form.take(reason), form.take(until)) else {
        may_change(&app, by).await?;
        return match form.errors().first() {
            Some(invalid) if frame.visit().json => Err(Problem::Invalid(invalid.clone())),
            Some(_) | None => again(form, None, StatusCode::UNPROCESSABLE_ENTITY).await,
        };
    };
    let changed = app.change(command, move |read| carry_out(read, by, (leaver, to), &reason, until));
    match changed.await {
        Ok(answer) => Ok(done(&frame, &answer, &format!("/organisation/officers/{id}"))),
        Err(error) => {
            let refusal = stale_or_refused(&frame, error)?;
            again(form, Some(refusal), StatusCode::CONFLICT).await
        }
    }
}

/// What passes, passes; what the rules keep where it is, its supervising unit places anew.
fn carry_out(
    read: &mut Read<'_>,
    by: OfficerId,
    (leaver, to): (OfficerId, OfficerId),
    reason: &Text,
    until: Option<Date>,
) -> Result<Vec<(Stream, Event)>, Stop> {
    let mut events = vec![];
    let mut kept = None;
    for (_, _, _, outcome) in tried(read, by, (leaver, to), reason)? {
        match outcome {
            Ok(passed) => events.extend(passed),
            Err(refusal) => kept = Some(refusal),
        }
    }
    let facts = Default::default();
    events.extend(read.with_context(own_hand(by), &facts, |context| organise::end_delegations(leaver, context))??);
    if let Some(until) = until {
        let leave = Change::LeaveEveryPost { officer: leaver, until };
        let facts = read.facts_of_change(&leave)?;
        match read.with_context(own_hand(by), &facts, |context| organise::change(leave, context))? {
            Ok(left) => events.extend(left),
            Err(Refusal::NothingChanges) => {}
            Err(refusal) => return Err(refusal.into()),
        }
    }
    match events.is_empty() {
        true => Err(kept.unwrap_or(Refusal::NothingChanges).into()),
        false => Ok(events),
    }
}
