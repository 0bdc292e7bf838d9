//! `GET`, `POST /account/delegations`: who may act in my place, in what, and until when; and in whose place I may act.

use std::collections::BTreeSet;
use std::sync::Arc;

use askama::Template;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use civil::Date;
use ledger::act::ActKind;
use ledger::id::{DelegationId, OfficerId, Stream};
use ledger::organisation::Delegation;
use ledger::rights::{self, Role, Thing};
use ledger::{Invalid, organise};
use serde_json::json;

use crate::App;
use crate::acts::parse_day_to_come;
use crate::error::Problem;
use crate::form::{CheckedForm, Filled};
use crate::frame::{Answer, Frame, page, page_with};
use crate::pages::act::officers;
use crate::pages::organisation::{after_last_day, done, stale_or_refused};
use crate::record::own_hand;
use crate::session::SignedIn;
use crate::who::Who;

/// Acts on matters that are lent together, by what they are for. Nothing else is lent: documents are read, the office is
/// set up and data is erased in one's own name.
pub const GROUPS: &[(&str, &[ActKind])] = &[
    (
        "work",
        &[
            ActKind::SignFor,
            ActKind::Dispute,
            ActKind::RecordProgress,
            ActKind::AddEvidence,
            ActKind::AskExtension,
            ActKind::NameObstacle,
            ActKind::RemoveObstacle,
            ActKind::DraftReport,
        ],
    ),
    ("sign", &[ActKind::SignReport]),
    (
        "assign",
        &[
            ActKind::Assign,
            ActKind::Reassign,
            ActKind::NameVerifier,
            ActKind::Decompose,
            ActKind::Waive,
            ActKind::Escalate,
        ],
    ),
    ("decide", &[ActKind::DecideExtension, ActKind::Appeal, ActKind::DecideAppeal, ActKind::Reopen, ActKind::Withdraw]),
    ("verify", &[ActKind::Verify, ActKind::Return]),
    ("clear", &[ActKind::Clear]),
    ("publish", &[ActKind::Publish, ActKind::ChangeAudience]),
    ("instruct", &[ActKind::Instruct]),
];

/// One delegation as the page shows it.
struct DelegationLine {
    id: DelegationId,
    other: String,
    what: String,
    from: Date,
    last: Date,
    standing: &'static str,
}

#[derive(Template)]
#[template(path = "account/delegations.html")]
struct DelegationsPage {
    frame: Frame,
    form: Filled,
    given: Vec<DelegationLine>,
    received: Vec<DelegationLine>,
    /// Groups whose acts the officer has himself.
    groups: Vec<&'static str>,
    officers: Vec<(String, String)>,
    stream: String,
    version: u64,
    refusal: Option<(String, String)>,
}

/// The acts of a group that the roles give.
fn acts_of(group: &str, roles: &BTreeSet<Role>) -> Vec<ActKind> {
    let acts = GROUPS.iter().find(|(code, _)| *code == group).map_or(&[][..], |(_, acts)| acts);
    acts.iter().copied().filter(|act| rights::allowed_anywhere(*act, roles)).collect()
}

/// What a delegation covers, in words: each group it has an act of.
fn covered(frame: &Frame, delegation: &Delegation) -> String {
    let groups = GROUPS.iter().filter(|(_, acts)| acts.iter().any(|act| delegation.acts.contains(act)));
    let words: Vec<String> = groups.map(|(code, _)| frame.word("lend", code)).collect();
    words.join(frame.text("list-semicolon").to_string().as_str())
}

fn line(frame: &Frame, other: String, delegation: &Delegation, today: Date) -> DelegationLine {
    let standing = match (delegation.from <= today, today < delegation.until) {
        (_, false) => "over",
        (true, true) => "running",
        (false, true) => "to-come",
    };
    DelegationLine {
        id: delegation.id,
        other,
        what: covered(frame, delegation),
        from: delegation.from,
        last: delegation.until.yesterday().unwrap_or(delegation.until),
        standing,
    }
}

async fn show(app: &App, frame: Frame, officer: OfficerId) -> Result<DelegationsPage, Problem> {
    let read = app.read(move |read| Ok((read.organisation()?, read.today(), read.version(Stream::Officer(officer))?)));
    let (organisation, today, version) = read.await?;
    let who = Who::new(&frame, organisation.clone());
    let own = organisation.officer(officer).map(|officer| officer.delegations.as_slice()).unwrap_or_default();
    let given = own.iter().rev().map(|d| line(&frame, who.officer(&d.to), d, today));
    let received = organisation.officers().flat_map(|giver| {
        let mine = giver.delegations.iter().filter(|d| d.to == officer);
        mine.map(|d| line(&frame, who.officer(&giver.id), d, today)).collect::<Vec<_>>()
    });
    let roles = rights::roles(&organisation, officer, today);
    let groups = GROUPS.iter().map(|(code, _)| *code).filter(|code| !acts_of(code, &roles).is_empty());
    // His own people today; to whom else it can be given for another day is refused or not when it is asked.
    let colleagues = organisation
        .officers()
        .map(|other| other.id)
        .filter(|other| *other != officer && organisation.works_beside(*other, officer, (today, today)));
    let colleagues: BTreeSet<String> = colleagues.map(|other| format!("officer/{other}")).collect();
    let others = officers(&frame, &who, today).into_iter().filter(|choice| colleagues.contains(&choice.value));
    Ok(DelegationsPage {
        given: given.collect(),
        received: received.collect(),
        groups: groups.collect(),
        officers: others.map(|choice| (choice.value, choice.label)).collect(),
        stream: Stream::Officer(officer).to_string(),
        version,
        form: Filled::with(&[("from", &today.to_string())]),
        refusal: None,
        frame,
    })
}

/// The page; JSON where a program asks.
pub async fn get(State(app): State<Arc<App>>, frame: Frame, SignedIn { officer }: SignedIn) -> Answer {
    let shown = show(&app, frame, officer).await?;
    if shown.frame.visit().json {
        let line = |line: &DelegationLine| {
            json!({
                "id": line.id.to_string(),
                "officer": line.other,
                "what": line.what,
                "from": line.from.to_string(),
                "last_day": line.last.to_string(),
                "standing": line.standing,
            })
        };
        let (given, received): (Vec<_>, Vec<_>) =
            (shown.given.iter().map(line).collect(), shown.received.iter().map(line).collect());
        return Ok(Json(json!({ "given": given, "received": received, "version": shown.version })).into_response());
    }
    page(&shown)
}

/// Lets somebody act in the officer's place for a time.
pub async fn post(State(app): State<Arc<App>>, frame: Frame, sent: CheckedForm) -> Answer {
    let officer = sent.who.officer;
    let command = sent.envelope(&app, "/account/delegations");
    let mut form = sent.form;
    let (organisation, today) = app.read(|read| Ok((read.organisation()?, read.today()))).await?;
    rights::may(own_hand(officer), ActKind::Delegate, &Thing::Own, &organisation, today)?;
    let roles = rights::roles(&organisation, officer, today);
    let to = match crate::acts::parse_party("delegate", form.text("delegate"), &organisation) {
        Ok(ledger::party::Party::Officer(to)) if to == officer => Err(Invalid::new("delegate", "oneself")),
        Ok(ledger::party::Party::Officer(to)) => Ok(to),
        Ok(ledger::party::Party::Unit(_) | ledger::party::Party::Post(_)) => {
            Err(Invalid::new("delegate", "not-an-officer"))
        }
        Err(invalid) => Err(invalid),
    };
    let acts: Vec<ActKind> = form.all("lend").flat_map(|group| acts_of(group, &roles)).collect();
    let acts = if acts.is_empty() { Err(Invalid::new("lend", "missing")) } else { Ok(acts) };
    // Leave is used on the day of the act, so that a day that has passed gives none.
    let from = parse_day_to_come("from", form.text("from"), today);
    let until = after_last_day("last_day", form.text("last_day"));
    let until = match (&from, until) {
        (Ok(from), Ok(until)) if until <= *from => Err(Invalid::new("last_day", "before-first-day")),
        (_, until) => until,
    };
    let (to, acts, from, until) = (form.take(to), form.take(acts), form.take(from), form.take(until));
    let (Some(to), Some(acts), Some(from), Some(until)) = (to, acts, from, until) else {
        return again(&app, frame, officer, form, None).await;
    };
    let id = DelegationId(app.command_id().0);
    let changed = app.change(command, move |read| {
        let (facts, acts) = (Default::default(), acts.clone());
        let by = own_hand(officer);
        Ok(read.with_context(by, &facts, |context| organise::delegate(id, to, acts, (from, until), context))??)
    });
    match changed.await {
        Ok(answer) => Ok(done(&frame, &answer, "/account/delegations")),
        Err(error) => {
            let refusal = stale_or_refused(&frame, error)?;
            again(&app, frame, officer, form, Some(refusal)).await
        }
    }
}

/// `POST /account/delegations/revocation`: takes one back from today on.
pub async fn revoke(State(app): State<Arc<App>>, frame: Frame, sent: CheckedForm) -> Answer {
    let officer = sent.who.officer;
    let command = sent.envelope(&app, "/account/delegations/revocation");
    let id = DelegationId::parse(sent.form.text("delegation"))?;
    let changed = app.change(command, move |read| {
        let facts = Default::default();
        Ok(read.with_context(own_hand(officer), &facts, |context| organise::revoke(id, context))??)
    });
    match changed.await {
        Ok(answer) => Ok(done(&frame, &answer, "/account/delegations")),
        Err(error) => {
            let refusal = stale_or_refused(&frame, error)?;
            again(&app, frame, officer, Filled::default(), Some(refusal)).await
        }
    }
}

async fn again(app: &App, frame: Frame, officer: OfficerId, form: Filled, refusal: Option<(String, String)>) -> Answer {
    if let (true, Some(invalid)) = (frame.visit().json, form.errors().first()) {
        return Err(Problem::Invalid(invalid.clone()));
    }
    let status = if refusal.is_some() { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    let mut shown = show(app, frame, officer).await?;
    (shown.form, shown.refusal) = (form, refusal);
    page_with(status, &shown)
}
