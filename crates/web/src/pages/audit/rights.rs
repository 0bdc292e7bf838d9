//! `GET /audit/rights`: who could do what on a day, and the table of rights; `/audit/rights/changes`: every change of
//! units, posts and officers; `/audit/rights.txt`: the table as it is hashed.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::HeaderValue;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse as _;
use civil::Date;
use ledger::act::ActKind;
use ledger::id::{OfficerId, PostId, Stream, UnitId};
use ledger::organisation::{Delegation, Organisation};
use ledger::rights::{self, Relation, Role};
use serde::Deserialize;

use super::organisation_for_audit;
use super::reads::start;
use crate::App;
use crate::acts::parse_date;
use crate::form::Filled;
use crate::frame::{Answer, Frame, page, page_again};
use crate::pages::organisation::changes::{ChangeLine, lines};
use crate::paging::cut;
use crate::query::Query;
use crate::session::SignedIn;
use crate::who::Who;

/// Officers on one page.
const OFFICERS: usize = 100;
/// Changes on one page.
const CHANGES: u32 = 50;

/// An officer in office on the day: his posts, and what he is by them.
struct InOffice {
    officer: OfficerId,
    posts: Vec<PostId>,
    roles: Vec<Role>,
}

/// Leave in force on the day, and who gave it.
struct Lent {
    from: OfficerId,
    delegation: Delegation,
    last: Date,
}

/// What stands in the table of rights for an act: who may do it, standing how to the thing.
type Allowed = (ActKind, Vec<(Vec<Role>, Vec<Relation>)>);

#[derive(Template)]
#[template(path = "audit/rights.html")]
struct RightsPage {
    frame: Frame,
    form: Filled,
    who: Who,
    on: Date,
    officers: Vec<InOffice>,
    lent: Vec<Lent>,
    single: Vec<UnitId>,
    /// The page of officers, and whether there is another.
    at: usize,
    has_more: bool,
    table: Vec<Allowed>,
    hash: String,
}

impl RightsPage {
    /// Whether it is not asked how the officer stands to the thing: everybody stands outside it at least.
    fn is_any(&self, relations: &[Relation]) -> bool {
        relations.contains(&Relation::Outside)
    }

    fn is_vacant(&self) -> bool {
        self.officers.is_empty()
    }
}

/// Which day is asked for.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    #[serde(default)]
    on: String,
    #[serde(default)]
    page: usize,
}

/// Who could do what at the end of a day, as the record said it then.
pub async fn get(
    State(app): State<Arc<App>>,
    frame: Frame,
    SignedIn { officer }: SignedIn,
    Query(asked): Query<Asked>,
) -> Answer {
    organisation_for_audit(&app, officer).await?;
    let today = app.today();
    let mut form = Filled::with(&[("on", asked.on.trim())]);
    let on = match form.text("on") {
        "" => Ok(today),
        typed => parse_date("on", typed),
    };
    let on = form.take(on).unwrap_or(today);
    if form.text("on").is_empty() {
        form.set("on", &on.to_string());
    }
    let until = start(on.tomorrow().unwrap_or(on), &app.settings.zone);
    let organisation = app.read(move |read| Ok(Arc::new(read.organisation_until(until)?))).await?;
    let who = Who::new(&frame, organisation.clone());
    let mut officers = in_office(&organisation, on);
    officers = frame.by_name(officers, |one| who.officer(&one.officer));
    let first = asked.page.saturating_mul(OFFICERS);
    let officers = officers.into_iter().skip(first).take(OFFICERS + 1).collect();
    let (officers, has_more) = cut(officers, OFFICERS, asked.page == 0)?;
    let shown = RightsPage {
        officers,
        lent: lent(&organisation, on),
        single: organisation.units().filter(|unit| unit.single_clerk).map(|unit| unit.id).collect(),
        at: asked.page,
        has_more,
        table: ActKind::ALL.iter().map(|act| (*act, allowed(*act))).collect(),
        hash: rights::table_hash().iter().map(|byte| format!("{byte:02x}")).collect(),
        on,
        form,
        who,
        frame,
    };
    if shown.form.errors().is_empty() { page(&shown) } else { page_again(&shown) }
}

fn in_office(organisation: &Organisation, on: Date) -> Vec<InOffice> {
    let one = |officer: OfficerId| {
        let posts: Vec<PostId> = organisation.posts_held(officer, on).iter().map(|post| post.id).collect();
        let roles = rights::roles(organisation, officer, on).into_iter().collect();
        (!posts.is_empty()).then_some(InOffice { officer, posts, roles })
    };
    organisation.officers().filter_map(|officer| one(officer.id)).collect()
}

fn lent(organisation: &Organisation, on: Date) -> Vec<Lent> {
    let given =
        organisation.officers().flat_map(|officer| officer.delegations.iter().map(move |one| (officer.id, one)));
    let in_force = given.filter(|(_, one)| one.from <= on && on < one.until);
    let last = |one: &Delegation| one.until.yesterday().unwrap_or(one.until);
    in_force.map(|(from, one)| Lent { from, delegation: one.clone(), last: last(one) }).collect()
}

/// Roles that may do the act standing alike to the thing, together.
fn allowed(act: ActKind) -> Vec<(Vec<Role>, Vec<Relation>)> {
    let mut alike: Vec<(Vec<Role>, Vec<Relation>)> = vec![];
    for role in Role::ALL {
        let may = |relation: &Relation| rights::allowed(act, *role, *relation);
        let relations: Vec<Relation> = Relation::ALL.iter().copied().filter(may).collect();
        match alike.iter_mut().find(|(_, same)| *same == relations) {
            Some((roles, _)) => roles.push(*role),
            None if relations.is_empty() => {}
            None => alike.push((vec![*role], relations)),
        }
    }
    alike
}

/// The table of rights, byte for byte as each event's hash of it was taken.
pub async fn table(State(app): State<Arc<App>>, SignedIn { officer }: SignedIn) -> Answer {
    organisation_for_audit(&app, officer).await?;
    Ok(([(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"))], rights::table()).into_response())
}

/// A change, whose it is, and where it stands in the log.
struct Change {
    idx: u64,
    stream: Stream,
    line: ChangeLine,
}

#[derive(Template)]
#[template(path = "audit/changes.html")]
struct ChangesPage {
    frame: Frame,
    who: Who,
    changes: Vec<Change>,
    older: Option<u64>,
    is_later_page: bool,
}

impl ChangesPage {
    /// The page of whom it is about, and the name; none where it is about neither a unit nor an officer.
    fn subject(&self, stream: &Stream) -> Option<(String, String)> {
        match stream {
            Stream::Unit(id) => Some((format!("/organisation/units/{id}"), self.who.unit(id))),
            Stream::Officer(id) => Some((format!("/organisation/officers/{id}"), self.who.officer(id))),
            Stream::Matter(_)
            | Stream::Document(_)
            | Stream::Meeting(_)
            | Stream::Ask(_)
            | Stream::Person(_)
            | Stream::Household(_)
            | Stream::Calendar(_)
            | Stream::Profile(_) => None,
        }
    }
}

/// Before which event of the log.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct Before {
    before: Option<u64>,
}

/// What was changed, the latest first.
pub async fn changes(
    State(app): State<Arc<App>>,
    frame: Frame,
    SignedIn { officer }: SignedIn,
    Query(Before { before }): Query<Before>,
) -> Answer {
    let organisation = organisation_for_audit(&app, officer).await?;
    let mut found = app.read(move |read| Ok(read.organisation_changes(before, CHANGES + 1)?)).await?;
    let has_more = found.len() > CHANGES as usize;
    found.truncate(CHANGES as usize);
    let older = found.last().map(|last| last.idx).filter(|_| has_more);
    let who = Who::new(&frame, organisation);
    let change = |recorded: &store::Recorded| {
        let line = lines(&frame, &who, std::slice::from_ref(recorded)).pop()?;
        Some(Change { idx: recorded.idx, stream: recorded.stream, line })
    };
    let changes = found.iter().filter_map(change).collect();
    page(&ChangesPage { frame, who, changes, older, is_later_page: before.is_some() })
}
