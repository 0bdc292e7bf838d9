//! `GET /organisation`: units, posts and officers as a tree, and a search; and for the administrator the forms that add
//! to them. What stands is changed on the pages of a unit and of an officer.

mod calendar;
pub(crate) mod changes;
mod handover;
mod officer;
mod unit;

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use jiff::ToSpan as _;
use ledger::act::ActKind;
use ledger::event::{Event, Personal};
use ledger::id::{OfficerId, PersonId, PostId, Stream, UnitId};
use ledger::organisation::{Duty, Function, OfficerName, Organisation, PostText, UnitText};
use ledger::organise::{self, Change};
use ledger::rights::{self, Role, Thing};
use ledger::{Invalid, Name};
use serde::Deserialize;
use serde_json::json;
use store::{ChangeError, Read, Stop};

use crate::App;
use crate::acts::parse_date;
use crate::error::{Problem, lacks_right, refused, sent_before};
use crate::form::{CheckedForm, Filled};
use crate::frame::{Answer, Frame, go_to, page, page_again, page_with};
use crate::query::Query;
use crate::record::own_hand;
use crate::session::SignedIn;
use crate::who::Who;
use axum::http::StatusCode;

pub use calendar::{adopt as post_year, correct as post_day, get as get_calendar};
pub use handover::{get as get_handover, post as post_handover};
pub use officer::{get as get_officer, invite, post as post_officer};
pub use unit::{get as get_unit, post as post_unit};

/// What is searched for.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    #[serde(default)]
    q: String,
}

/// The page; the same as data where a program asks.
fn as_asked(frame: &Frame, shown: &impl Template, as_json: impl FnOnce() -> serde_json::Value) -> Answer {
    if frame.visit().json { Ok(Json(as_json()).into_response()) } else { page(shown) }
}

/// A value, what is read, and whether it is chosen already: one line of a select.
fn choice(value: String, label: String, is_chosen: bool) -> (String, String, bool) {
    (value, label, is_chosen)
}

/// A code to choose, called as its word says; `kind` is the head of the message id.
fn coded(frame: &Frame, kind: &str, code: &str, is_chosen: bool) -> (String, String, bool) {
    choice(code.to_owned(), frame.choice(frame.word(kind, code)), is_chosen)
}

/// Who holds the post on `today`.
fn holders(organisation: &Organisation, post: PostId, today: civil::Date) -> Vec<OfficerId> {
    let holds = |officer: &OfficerId| organisation.posts_held(*officer, today).iter().any(|held| held.id == post);
    organisation.officers().map(|officer| officer.id).filter(holds).collect()
}

/// Errors: `NoPost` for an officer who holds no post: the organisation is not shown to him.
fn may_look(organisation: &Organisation, officer: OfficerId, today: civil::Date) -> Result<(), Problem> {
    match rights::roles(organisation, officer, today).contains(&Role::Public) {
        true => Err(Problem::NoPost),
        false => Ok(()),
    }
}

/// Asked where a form is typed wrongly: whoever has no right to it is told that, and not what is wrong with it.
/// Errors: `NotPermitted`.
fn may_change(app: &App, officer: OfficerId) -> impl Future<Output = Result<(), Problem>> {
    app.read(move |read| {
        let (organisation, today) = (read.organisation()?, read.today());
        Ok(rights::may(own_hand(officer), ActKind::Organise, &Thing::Office, &organisation, today)?)
    })
}

fn named(form: &Filled) -> Result<Name, Invalid> {
    Name::parse(form.text("name_zh"), form.text("name_en"))
}

/// The day after the last day typed. Errors: as `parse_date`, and `last-of-all-days`.
pub fn after_last_day(field: &'static str, typed: &str) -> Result<civil::Date, Invalid> {
    let last = parse_date(field, typed)?;
    last.checked_add(1.day()).map_err(|_| Invalid::new(field, "last-of-all-days"))
}

/// After a change: its events where a program asks, else the page it was made on.
pub fn done(frame: &Frame, answer: &store::Answer, path: &str) -> Response {
    if !frame.visit().json {
        return go_to(path);
    }
    let events: Vec<u64> = answer.events.iter().map(|event| event.idx).collect();
    Json(json!({ "events": events, "repeated": answer.is_repeated })).into_response()
}

/// What a form says when the rules or a colleague came first. Errors: everything else, and all of it for a program.
pub fn stale_or_refused(frame: &Frame, error: ChangeError) -> Result<(String, String), Problem> {
    match error {
        error if frame.visit().json => Err(error.into()),
        ChangeError::Refusal(refusal) if lacks_right(&refusal) => Err(refusal.into()),
        ChangeError::Refusal(refusal) => Ok(refused(frame, &refusal)),
        // The same form came before with other words: nobody else's doing, but to be looked at likewise.
        ChangeError::Invalid(invalid) if invalid.field == "command" => Ok(sent_before(frame)),
        ChangeError::Stale { .. } => {
            Ok((frame.text("office-stale").to_string(), frame.text("office-stale-next").to_string()))
        }
        error @ (ChangeError::Invalid(_) | ChangeError::Fault(_)) => Err(error.into()),
    }
}

/// A unit, with the officers who hold its posts.
struct UnitLine {
    id: UnitId,
    depth: usize,
    function: Function,
    single_clerk: bool,
    /// The first day on which it is no longer there, where one is set.
    ends: Option<civil::Date>,
    posts: Vec<(PostId, Duty, Vec<OfficerId>)>,
}

/// What a search found, each kind by itself.
struct Found {
    units: Vec<UnitId>,
    officers: Vec<OfficerId>,
    more: bool,
}

/// At most so many of each kind are shown for a search.
const FOUND_MAX: usize = 50;

#[derive(Template)]
#[template(path = "organisation.html")]
struct OrganisationPage {
    frame: Frame,
    form: Filled,
    who: Who,
    units: Vec<UnitLine>,
    former: Vec<(OfficerId, bool)>,
    is_administrator: bool,
    may_approve: bool,
    refusal: Option<(String, String)>,
    /// Units that have ended.
    ended: Vec<UnitId>,
    question: String,
    found: Option<Found>,
    /// The form that is shown again; empty for none.
    at: String,
    today: civil::Date,
}

impl OrganisationPage {
    fn unit_choices(&self) -> Vec<(String, String, bool)> {
        self.units.iter().map(|unit| choice(unit.id.to_string(), self.who.unit(&unit.id), false)).collect()
    }

    fn function_choices(&self) -> Vec<(String, String, bool)> {
        let word = |one: &Function| coded(&self.frame, "function", one.code(), *one == Function::Executing);
        Function::ALL.iter().map(word).collect()
    }

    fn duty_choices(&self) -> Vec<(String, String, bool)> {
        let word = |one: &Duty| coded(&self.frame, "duty", one.code(), *one == Duty::Member);
        Duty::ALL.iter().map(word).collect()
    }

    fn post_choices(&self) -> Vec<(String, String, bool)> {
        let posts = self.units.iter().flat_map(|unit| unit.posts.iter());
        posts.map(|(post, _, _)| choice(post.to_string(), self.who.post(post), false)).collect()
    }

    fn post(&self, officer: &OfficerId) -> Option<PostId> {
        self.who.organisation().posts_held(*officer, self.today).first().map(|post| post.id)
    }
}

/// The forest, each unit after the one above it.
fn forest(frame: &Frame, who: &Who, today: civil::Date) -> Vec<UnitLine> {
    let organisation = who.organisation();
    let mut lines = vec![];
    let mut waiting: Vec<(UnitId, usize)> = vec![];
    let mut by_post: BTreeMap<PostId, Vec<OfficerId>> = BTreeMap::new();
    for officer in organisation.officers() {
        for post in organisation.posts_held(officer.id, today) {
            by_post.entry(post.id).or_default().push(officer.id);
        }
    }
    let children = |of: Option<UnitId>| -> Vec<UnitId> {
        let under =
            organisation.units().filter(|unit| unit.parent_on(today) == of && organisation.unit_exists(unit.id, today));
        frame.by_name(under.map(|unit| unit.id).collect(), |id| who.unit(id))
    };
    waiting.extend(children(None).into_iter().rev().map(|id| (id, 0)));
    while let Some((id, depth)) = waiting.pop() {
        let Some(unit) = organisation.unit(id) else { continue };
        let posts = unit.posts.iter().filter_map(|post| organisation.post(*post));
        let held = |post: PostId| frame.by_name(by_post.get(&post).cloned().unwrap_or_default(), |id| who.officer(id));
        let posts = posts.map(|post| (post.id, post.duty, held(post.id))).collect();
        let (function, single_clerk, ends) = (unit.function, unit.single_clerk, unit.closed_on);
        lines.push(UnitLine { id, depth: depth.min(6), function, single_clerk, ends, posts });
        waiting.extend(children(Some(id)).into_iter().rev().map(|id| (id, depth + 1)));
    }
    lines
}

/// Units and officers of whom a name, alias or title holds the words.
fn find(organisation: &Organisation, question: &str, today: civil::Date) -> Option<Found> {
    let words = question.trim().to_lowercase();
    if words.is_empty() {
        return None;
    }
    let holds = |text: &str| text.to_lowercase().contains(&words);
    let names = |name: &Name| [&name.zh, &name.en].into_iter().flatten().any(|name| holds(name.as_str()));
    let units = organisation.units().filter(|unit| organisation.unit_exists(unit.id, today)).filter(|unit| {
        let text = unit.text.open();
        text.is_some_and(|text| names(&text.name) || text.aliases.iter().any(|alias| holds(alias.as_str())))
    });
    let units: Vec<UnitId> = units.map(|unit| unit.id).take(FOUND_MAX + 1).collect();
    let officers = organisation.officers().filter(|officer| {
        let posts = organisation.posts_held(officer.id, today);
        officer.name().is_some_and(names)
            || posts.iter().any(|post| post.text.open().is_some_and(|text| names(&text.title)))
    });
    let officers: Vec<OfficerId> = officers.map(|officer| officer.id).take(FOUND_MAX + 1).collect();
    let more = units.len() > FOUND_MAX || officers.len() > FOUND_MAX;
    let (units, officers) = (units.into_iter().take(FOUND_MAX), officers.into_iter().take(FOUND_MAX));
    Some(Found { units: units.collect(), officers: officers.collect(), more })
}

async fn show(
    app: &App,
    frame: Frame,
    officer: OfficerId,
    form: Filled,
    question: &str,
) -> Result<OrganisationPage, Problem> {
    let (organisation, today) = app.read(|read| Ok((read.organisation()?, read.today()))).await?;
    may_look(&organisation, officer, today)?;
    let roles = rights::roles(&organisation, officer, today);
    let former = organisation.officers().filter(|officer| organisation.posts_held(officer.id, today).is_empty());
    let former = former.map(|officer| (officer.id, officer.erasure_asked.is_some())).collect();
    let ended = organisation.units().filter(|unit| !organisation.unit_exists(unit.id, today));
    let found = find(&organisation, question, today);
    let ended = ended.map(|unit| unit.id).collect();
    let who = Who::new(&frame, organisation);
    Ok(OrganisationPage {
        units: forest(&frame, &who, today),
        ended,
        former,
        is_administrator: roles.contains(&Role::Administrator),
        may_approve: roles.contains(&Role::SupervisionHead) || roles.contains(&Role::Leader),
        found,
        question: question.to_owned(),
        who,
        frame,
        form,
        refusal: None,
        at: String::new(),
        today,
    })
}

/// Units, posts and officers; JSON where a program asks.
pub async fn get(
    State(app): State<Arc<App>>,
    frame: Frame,
    SignedIn { officer }: SignedIn,
    Query(asked): Query<Asked>,
) -> Answer {
    let shown = show(&app, frame, officer, Filled::default(), &asked.q).await?;
    if shown.frame.visit().json {
        return Ok(Json(as_json(&shown)).into_response());
    }
    page(&shown)
}

fn as_json(shown: &OrganisationPage) -> serde_json::Value {
    let units = shown.units.iter().map(|unit| {
        let posts = unit.posts.iter().map(|(post, duty, holders)| {
            let holders = holders.iter().map(|id| json!({ "id": id.to_string(), "name": shown.who.officer(id) }));
            let holders: Vec<_> = holders.collect();
            json!({ "id": post.to_string(), "title": shown.who.title(post), "duty": duty.code(), "holders": holders })
        });
        json!({
            "id": unit.id.to_string(),
            "name": shown.who.unit(&unit.id),
            "function": unit.function.code(),
            "depth": unit.depth,
            "parent": shown.who.organisation().unit(unit.id).and_then(|u| u.parent_on(shown.today)).map(|p| p.to_string()),
            "posts": posts.collect::<Vec<_>>(),
        })
    });
    let found = shown.found.as_ref().map(|found| {
        json!({
            "units": found.units.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "officers": found.officers.iter().map(ToString::to_string).collect::<Vec<_>>(),
        })
    });
    json!({ "units": units.collect::<Vec<_>>(), "found": found })
}

/// `POST /organisation/{what}`: `units`, `posts`, `officers`.
pub async fn post(State(app): State<Arc<App>>, frame: Frame, Path(what): Path<String>, sent: CheckedForm) -> Answer {
    let officer = sent.who.officer;
    let command = sent.envelope(&app, &format!("/organisation/{what}"));
    let mut form = sent.form;
    let (organisation, today) = app.read(|read| Ok((read.organisation()?, read.today()))).await?;
    let who = Who::new(&frame, organisation);
    let wish = read_wish(&what, &mut form)?.filter(|wish| match wish {
        Wish::Unit { text, .. } => !unit::has_namesake(&mut form, &who, &text.name, None, today),
        Wish::Post { .. } | Wish::Officer { .. } => true,
    });
    let Some(wish) = wish else {
        may_change(&app, officer).await?;
        if let (true, Some(invalid)) = (frame.visit().json, form.errors().first()) {
            return Err(Problem::Invalid(invalid.clone()));
        }
        let mut shown = show(&app, frame, officer, form, "").await?;
        shown.at = what;
        return page_again(&shown);
    };
    match app.change(command, move |read| carry_out(read, officer, &wish)).await {
        Ok(answer) => Ok(done(&frame, &answer, "/organisation")),
        Err(error) => {
            let refusal = stale_or_refused(&frame, error)?;
            let mut shown = show(&app, frame, officer, form, "").await?;
            (shown.at, shown.refusal) = (what, Some(refusal));
            page_with(StatusCode::CONFLICT, &shown)
        }
    }
}

/// What the administrator wants.
enum Wish {
    Unit { parent: Option<UnitId>, function: Function, text: UnitText },
    Post { unit: UnitId, duty: Duty, text: PostText },
    Officer { post: PostId, from: civil::Date, name: Name },
}

/// Reads the form. None where something is wrong with it, which is noted in it. Errors: `NotFound` for another wish.
fn read_wish(what: &str, form: &mut Filled) -> Result<Option<Wish>, Problem> {
    let post = |form: &Filled| PostId::parse(form.text("post")).map_err(|_| Invalid::new("post", "malformed-id"));
    Ok(match what {
        "units" => {
            let parent = match form.text("parent") {
                "" => Ok(None),
                id => UnitId::parse(id).map(Some).map_err(|_| Invalid::new("parent", "malformed-id")),
            };
            let function = form.text("function").parse().map_err(|_| Invalid::new("function", "unknown-code"));
            let (parent, function) = (form.take(parent), form.take(function));
            match (parent, function, unit::read_unit_text(form)) {
                (Some(parent), Some(function), Some(text)) => Some(Wish::Unit { parent, function, text }),
                (_, _, _) => None,
            }
        }
        "posts" => {
            let unit = UnitId::parse(form.text("unit")).map_err(|_| Invalid::new("unit", "malformed-id"));
            let duty = form.text("duty").parse().map_err(|_| Invalid::new("duty", "unknown-code"));
            let title = named(form);
            match (form.take(unit), form.take(duty), form.take(title)) {
                (Some(unit), Some(duty), Some(title)) => Some(Wish::Post { unit, duty, text: PostText { title } }),
                (_, _, _) => None,
            }
        }
        "officers" => {
            let (post, from, name) = (post(form), parse_date("from", form.text("from")), named(form));
            match (form.take(post), form.take(from), form.take(name)) {
                (Some(post), Some(from), Some(name)) => Some(Wish::Officer { post, from, name }),
                (_, _, _) => None,
            }
        }
        _other => return Err(Problem::NotFound),
    })
}

fn carry_out(read: &mut Read<'_>, officer: OfficerId, wish: &Wish) -> Result<Vec<(Stream, Event)>, Stop> {
    let hand = own_hand(officer);
    let fresh = read.new_id();
    let change = |read: &mut Read<'_>, change: Change| -> Result<Vec<(Stream, Event)>, Stop> {
        let facts = read.facts_of_change(&change)?;
        Ok(read.with_context(hand, &facts, |context| organise::change(change, context))??)
    };
    match wish {
        Wish::Unit { parent, function, text } => {
            let (parent, function, text) = (*parent, *function, text.clone());
            change(read, Change::FoundUnit { unit: UnitId(fresh), parent, function, text })
        }
        Wish::Post { unit, duty, text } => {
            change(read, Change::MakePost { unit: *unit, post: PostId(fresh), duty: *duty, text: text.clone() })
        }
        Wish::Officer { post, from, name } => {
            let personal = Personal { person: PersonId(read.new_id()), value: OfficerName { name: name.clone() } };
            let (post, from) = (*post, *from);
            change(read, Change::EnrolIn { officer: OfficerId(fresh), personal, post, from })
        }
    }
}

/// `POST /organisation/erasures`: a second hand approves, and the data is erased.
pub async fn erase(State(app): State<Arc<App>>, frame: Frame, sent: CheckedForm) -> Answer {
    let command = sent.envelope(&app, "/organisation/erasures");
    let by = command.actor;
    let (organisation, today) = app.read(|read| Ok((read.organisation()?, read.today()))).await?;
    let may = |act| rights::may(own_hand(by), act, &Thing::Office, &organisation, today);
    // One asks and another approves: whoever may do neither is told that before anything else.
    if let (Err(refusal), Err(_)) = (may(ActKind::AskErasure), may(ActKind::ApproveErasure)) {
        return Err(refusal.into());
    }
    let officer = OfficerId::parse(sent.form.text("officer"))?;
    let store = app.store.clone();
    match tokio::task::spawn_blocking(move || store.erase(command, officer)).await.map_err(Problem::fault)? {
        Ok(_) => {
            app.access(move |access| access.close_account(officer)).await?;
            Ok(go_to("/organisation"))
        }
        Err(ChangeError::Refusal(refusal)) => {
            let said = refused(&frame, &refusal);
            let mut shown = show(&app, frame, by, sent.form, "").await?;
            shown.refusal = Some(said);
            page_again(&shown)
        }
        Err(error) => {
            let said = stale_or_refused(&frame, error)?;
            let mut shown = show(&app, frame, by, sent.form, "").await?;
            shown.refusal = Some(said);
            page_with(StatusCode::CONFLICT, &shown)
        }
    }
}
