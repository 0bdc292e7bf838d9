//! `GET /organisation/officers/{id}`: one officer: posts over time and how it came so; for the administrator his posts,
//! his name, and the way he comes in.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use civil::Date;
use jiff::Timestamp;
use ledger::id::{OfficerId, PostId, Stream};
use ledger::organisation::{AccessChange, ErasureBasis, Holding, OfficerName, Organisation};
use ledger::organise::{self, Change};
use ledger::rights::{self, Role};
use ledger::{Invalid, Name, Text};
use serde_json::json;
use store::access::Purpose;

use super::changes::{self, ChangeLine};
use super::{after_last_day, as_asked, choice, coded, done, may_change, may_look, named, stale_or_refused};
use crate::App;
use crate::acts::parse_date;
use crate::error::{Problem, refused};
use crate::form::{CheckedForm, Filled};
use crate::frame::{Answer, Frame, go_to, page, page_with};
use crate::record::own_hand;
use crate::session::{InPerson, SignedIn};
use crate::who::Who;

/// How an officer comes in.
pub struct Entrance {
    /// His sign-in name; none without an account.
    login: Option<String>,
    sessions: usize,
    tokens: usize,
    /// Until when wrong passwords keep him out.
    waits_until: Option<Timestamp>,
}

#[derive(Template)]
#[template(path = "organisation/officer.html")]
struct OfficerPage {
    frame: Frame,
    form: Filled,
    /// The form that is shown again; empty for none.
    at: String,
    who: Who,
    id: OfficerId,
    /// The latest first.
    holdings: Vec<Holding>,
    is_in_office: bool,
    is_erased: bool,
    erasure_asked: bool,
    entrance: Option<Entrance>,
    lines: Vec<ChangeLine>,
    stream: String,
    version: u64,
    today: Date,
    may_approve: bool,
    refusal: Option<(String, String)>,
    /// The address of a one-time link just made.
    invitation: Option<String>,
}

impl OfficerPage {
    fn names(&self) -> (&str, &str) {
        let name = self.who.organisation().officer(self.id).and_then(|officer| officer.name());
        let one = |pick: fn(&Name) -> &Option<Text>| name.and_then(|name| pick(name).as_ref()).map_or("", Text::as_str);
        (one(|name| &name.zh), one(|name| &name.en))
    }

    fn last_day(&self, holding: &Holding) -> Option<Date> {
        holding.until.map(|until| until.yesterday().unwrap_or(until))
    }

    /// Posts that could be taken, with their units.
    fn posts(&self) -> Vec<(String, String, bool)> {
        let organisation = self.who.organisation();
        let units = organisation.units().filter(|unit| organisation.unit_exists(unit.id, self.today));
        let posts = units.flat_map(|unit| unit.posts.iter());
        let held = |post: &PostId| self.holdings.iter().any(|held| held.post == *post && held.until.is_none());
        posts.filter(|post| !held(post)).map(|post| choice(post.to_string(), self.who.post(post), false)).collect()
    }

    /// Posts he holds without an end.
    fn posts_to_leave(&self) -> Vec<(String, String, bool)> {
        let held = self.holdings.iter().filter(|held| held.until.is_none());
        held.map(|held| choice(held.post.to_string(), self.who.post(&held.post), false)).collect()
    }

    fn bases(&self) -> Vec<(String, String, bool)> {
        let word = |basis: &ErasureBasis| coded(&self.frame, "basis", basis.code(), false);
        ErasureBasis::ALL.iter().map(word).collect()
    }
}

async fn show(app: &App, frame: Frame, reader: OfficerId, id: &str) -> Result<OfficerPage, Problem> {
    let id = OfficerId::parse(id).map_err(|_| Problem::NotFound)?;
    let read = app.read(move |read| {
        let stream = Stream::Officer(id);
        Ok((read.organisation()?, read.today(), read.history(stream)?, read.version(stream)?))
    });
    let (organisation, today, history, version) = read.await?;
    may_look(&organisation, reader, today)?;
    let officer = organisation.officer(id).ok_or(Problem::NotFound)?;
    let roles = rights::roles(&organisation, reader, today);
    let entrance = match roles.contains(&Role::Administrator) {
        true => Some(entrance(app, id).await?),
        false => None,
    };
    let mut holdings = officer.holdings.clone();
    holdings.sort_by_key(|held| std::cmp::Reverse((held.until.is_none(), held.from)));
    let who = Who::new(&frame, organisation.clone());
    Ok(OfficerPage {
        lines: changes::lines(&frame, &who, &history),
        holdings,
        is_in_office: !organisation.posts_held(id, today).is_empty(),
        is_erased: officer.name().is_none(),
        erasure_asked: officer.erasure_asked.is_some(),
        entrance,
        stream: Stream::Officer(id).to_string(),
        version,
        today,
        may_approve: roles.contains(&Role::SupervisionHead) || roles.contains(&Role::Leader),
        form: Filled::default(),
        at: String::new(),
        refusal: None,
        invitation: None,
        id,
        who,
        frame,
    })
}

async fn entrance(app: &App, officer: OfficerId) -> Result<Entrance, Problem> {
    let looked = app.access(move |access| {
        let login = access.login_of(officer)?;
        let waits_until = match &login {
            Some(login) => access.waits_until(login)?,
            None => None,
        };
        let sessions = access.sessions(officer)?.len();
        Ok::<_, store::access::AccessError>((login, sessions, access.tokens(officer)?, waits_until))
    });
    let (login, sessions, tokens, waits_until) = looked.await?;
    let now = app.now();
    let tokens = tokens.iter().filter(|token| token.revoked.is_none() && now < token.expires).count();
    Ok(Entrance { login, sessions, tokens, waits_until })
}

/// The page; JSON where a program asks.
pub async fn get(
    State(app): State<Arc<App>>,
    frame: Frame,
    SignedIn { officer }: SignedIn,
    Path(id): Path<String>,
) -> Answer {
    let shown = show(&app, frame, officer, &id).await?;
    as_asked(&shown.frame, &shown, || as_json(&shown))
}

fn as_json(shown: &OfficerPage) -> serde_json::Value {
    let posts = shown.holdings.iter().map(|held| {
        json!({
            "post": held.post.to_string(),
            "title": shown.who.post(&held.post),
            "from": held.from.to_string(),
            "last_day": shown.last_day(held).map(|day| day.to_string()),
        })
    });
    let changes = shown.lines.iter().map(|line| json!({ "at": line.machine, "what": line.sentence }));
    json!({
        "id": shown.id.to_string(),
        "name_zh": shown.names().0,
        "name_en": shown.names().1,
        "in_office": shown.is_in_office,
        "login": shown.entrance.as_ref().and_then(|entrance| entrance.login.clone()),
        "posts": posts.collect::<Vec<_>>(),
        "changes": changes.collect::<Vec<_>>(),
        "version": shown.version,
    })
}

/// What the administrator wants of an officer.
#[derive(Clone)]
enum Wish {
    Change(Change),
    Erasure(ErasureBasis),
}

/// `POST /organisation/officers/{id}/{what}`: `posts`, `departures`, `name`, `closure`, `unlocking`, `erasure-request`.
pub async fn post(
    State(app): State<Arc<App>>,
    frame: Frame,
    Path((id, what)): Path<(String, String)>,
    sent: CheckedForm,
) -> Answer {
    let by = sent.who.officer;
    let officer = OfficerId::parse(&id).map_err(|_| Problem::NotFound)?;
    let command = sent.envelope(&app, &format!("/organisation/officers/{id}/{what}"));
    let mut form = sent.form;
    let (organisation, today) = app.read(|read| Ok((read.organisation()?, read.today()))).await?;
    let again = async |form: Filled, refusal: Option<(String, String)>, status| {
        let mut shown = show(&app, frame.clone(), by, &id).await?;
        (shown.form, shown.at, shown.refusal) = (form, what.clone(), refusal);
        page_with(status, &shown)
    };
    let Some(wish) = read_wish(&what, officer, &mut form)? else {
        may_change(&app, by).await?;
        return match form.errors().first() {
            Some(invalid) if frame.visit().json => Err(Problem::Invalid(invalid.clone())),
            Some(_) | None => again(form, None, StatusCode::UNPROCESSABLE_ENTITY).await,
        };
    };
    if let Wish::Change(Change::ChangeAccess { what: AccessChange::Closed, .. } | Change::LeavePost { .. }) = &wish
        && !somebody_else_could_come_in(&app, &organisation, officer, today).await?
    {
        let refusal = ledger::Refusal::LastAdministrator;
        return match frame.visit().json {
            true => Err(Problem::Refused(refusal)),
            false => again(form, Some(refused(&frame, &refusal)), StatusCode::CONFLICT).await,
        };
    }
    let carried = wish.clone();
    let changed = app.change(command, move |read| {
        let (hand, wish) = (own_hand(by), carried.clone());
        let facts = match &wish {
            Wish::Change(change) => read.facts_of_change(change)?,
            Wish::Erasure(_) => Default::default(),
        };
        Ok(read.with_context(hand, &facts, |context| match wish {
            Wish::Change(change) => organise::change(change, context),
            Wish::Erasure(basis) => organise::ask_erasure(officer, basis, context),
        })??)
    });
    let answer = match changed.await {
        Ok(answer) => answer,
        Err(error) => {
            let refusal = stale_or_refused(&frame, error)?;
            return again(form, Some(refusal), StatusCode::CONFLICT).await;
        }
    };
    // At this point the change is on the record; a crash before the next line leaves a way in that the page still shows.
    match &wish {
        Wish::Change(Change::ChangeAccess { what: AccessChange::Closed, .. }) => {
            app.access(move |access| access.close_account(officer)).await?;
        }
        Wish::Change(Change::ChangeAccess { what: AccessChange::Unlocked, .. }) => {
            let unlock = move |access: &store::access::Access| match access.login_of(officer)? {
                Some(login) => access.unlock(&login),
                None => Ok(()),
            };
            app.access(unlock).await?;
        }
        Wish::Change(_) | Wish::Erasure(_) => {}
    }
    Ok(done(&frame, &answer, &format!("/organisation/officers/{id}")))
}

/// Whether an administrator besides this officer has an account, where the officer is one himself.
async fn somebody_else_could_come_in(
    app: &App,
    organisation: &Organisation,
    officer: OfficerId,
    today: Date,
) -> Result<bool, Problem> {
    let administrators = organisation.lasting_administrators(today);
    if !administrators.contains(&officer) {
        return Ok(true);
    }
    let others: Vec<OfficerId> = administrators.into_iter().filter(|other| *other != officer).collect();
    let found = app.access(move |access| {
        for other in others {
            if access.login_of(other)?.is_some() {
                return Ok(true);
            }
        }
        Ok::<_, store::access::AccessError>(false)
    });
    Ok(found.await?)
}

/// Reads the form. None where something is wrong with it, which is noted in it. Errors: `NotFound` for another wish.
fn read_wish(what: &str, officer: OfficerId, form: &mut Filled) -> Result<Option<Wish>, Problem> {
    let post = |form: &Filled| PostId::parse(form.text("post")).map_err(|_| Invalid::new("post", "malformed-id"));
    Ok(match what {
        "posts" => {
            let (post, from) = (post(form), parse_date("from", form.text("from")));
            match (form.take(post), form.take(from)) {
                (Some(post), Some(from)) => Some(Wish::Change(Change::TakePost { officer, post, from })),
                (_, _) => None,
            }
        }
        "departures" => {
            let (post, until) = (post(form), after_last_day("last_day", form.text("last_day")));
            match (form.take(post), form.take(until)) {
                (Some(post), Some(until)) => Some(Wish::Change(Change::LeavePost { officer, post, until })),
                (_, _) => None,
            }
        }
        "name" => {
            let name = named(form);
            form.take(name).map(|name| Wish::Change(Change::CorrectName { officer, name: OfficerName { name } }))
        }
        "closure" => Some(Wish::Change(Change::ChangeAccess { officer, what: AccessChange::Closed })),
        "unlocking" => Some(Wish::Change(Change::ChangeAccess { officer, what: AccessChange::Unlocked })),
        "erasure-request" => {
            let basis = form.text("basis").parse().map_err(|_| Invalid::new("basis", "unknown-code"));
            form.take(basis).map(Wish::Erasure)
        }
        _other => return Err(Problem::NotFound),
    })
}

/// `POST /organisation/officers/{id}/invitation`: a one-time link by which the officer comes in, or chooses a new
/// password. The answer is a page and no redirect, because the link can be shown only now.
pub async fn invite(
    State(app): State<Arc<App>>,
    frame: Frame,
    InPerson { session, .. }: InPerson,
    Path(id): Path<String>,
    sent: CheckedForm,
) -> Answer {
    let officer = OfficerId::parse(&id).map_err(|_| Problem::NotFound)?;
    let by = session.officer;
    let command = sent.envelope(&app, &format!("/organisation/officers/{id}/invitation"));
    let has_account = app.access(move |access| access.login_of(officer)).await?.is_some();
    let (what, purpose) = match has_account {
        true => (AccessChange::Reset, Purpose::Reset),
        false => (AccessChange::Invited, Purpose::Invite),
    };
    let changed = app.change(command, move |read| {
        let change = Change::ChangeAccess { officer, what };
        Ok(read.with_context(own_hand(by), &Default::default(), |context| organise::change(change, context))??)
    });
    let answer = match changed.await {
        Ok(answer) => answer,
        Err(error) => {
            let refusal = stale_or_refused(&frame, error)?;
            let mut shown = show(&app, frame, by, &id).await?;
            shown.refusal = Some(refusal);
            return page_with(StatusCode::CONFLICT, &shown);
        }
    };
    // Sent twice, the first link stays good and is not shown again.
    if answer.is_repeated {
        return Ok(go_to(&format!("/organisation/officers/{id}")));
    }
    let secret = app.access(move |access| access.make_link(officer, purpose)).await?;
    let mut shown = show(&app, frame, by, &id).await?;
    shown.invitation = Some(format!("/setup/{}", secret.reveal()));
    page(&shown)
}
