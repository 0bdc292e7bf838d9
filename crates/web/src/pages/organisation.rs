//! `GET /organisation`: units, posts and officers; and for the administrator the forms that change them.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use ledger::event::{Event, Personal};
use ledger::id::{OfficerId, PersonId, PostId, Stream, UnitId};
use ledger::organisation::{Duty, ErasureBasis, Function, OfficerName, Organisation, PostText, UnitText};
use ledger::organise::{self, Change};
use ledger::rights::{self, Role};
use ledger::{Invalid, Name, Text};
use store::access::Purpose;
use store::{ChangeError, Read, Stop};

use crate::App;
use crate::acts::parse_date;
use crate::error::{Problem, refused};
use crate::form::{CheckedForm, Filled};
use crate::frame::{Answer, Frame, go_to, page, page_again};
use crate::record::own_hand;
use crate::session::{InPerson, SignedIn};
use crate::who::Who;

/// A unit, with the officers who hold its posts.
struct UnitLine {
    id: UnitId,
    depth: usize,
    function: Function,
    posts: Vec<(PostId, Duty, Vec<OfficerId>)>,
}

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
    /// An invitation just made: for whom, and its address.
    invitation: Option<(OfficerId, String)>,
    today: civil::Date,
}

impl OrganisationPage {
    fn functions(&self) -> &'static [Function] {
        Function::ALL
    }

    fn duties(&self) -> &'static [Duty] {
        Duty::ALL
    }

    fn bases(&self) -> &'static [ErasureBasis] {
        ErasureBasis::ALL
    }
}

/// The forest, each unit after the one above it.
fn forest(organisation: &Organisation, today: civil::Date) -> Vec<UnitLine> {
    let mut lines = vec![];
    let mut waiting: Vec<(UnitId, usize)> = vec![];
    let children = |of: Option<UnitId>| -> Vec<UnitId> {
        let under =
            organisation.units().filter(|unit| unit.parent_on(today) == of && organisation.unit_exists(unit.id, today));
        under.map(|unit| unit.id).collect()
    };
    waiting.extend(children(None).into_iter().rev().map(|id| (id, 0)));
    while let Some((id, depth)) = waiting.pop() {
        let Some(unit) = organisation.unit(id) else { continue };
        let holders = |post: PostId| -> Vec<OfficerId> {
            let holds =
                |officer: &OfficerId| organisation.posts_held(*officer, today).iter().any(|held| held.id == post);
            organisation.officers().map(|officer| officer.id).filter(holds).collect()
        };
        let posts = unit.posts.iter().filter_map(|post| organisation.post(*post));
        let posts = posts.map(|post| (post.id, post.duty, holders(post.id))).collect();
        lines.push(UnitLine { id, depth, function: unit.function, posts });
        waiting.extend(children(Some(id)).into_iter().rev().map(|id| (id, depth + 1)));
    }
    lines
}

async fn show(app: &App, frame: Frame, officer: OfficerId, form: Filled) -> Result<OrganisationPage, Problem> {
    let (organisation, today) = app.read(|read| Ok((read.organisation()?, read.today()))).await?;
    let roles = rights::roles(&organisation, officer, today);
    if roles.contains(&Role::Public) {
        return Err(Problem::NotFound);
    }
    let former = organisation.officers().filter(|officer| organisation.posts_held(officer.id, today).is_empty());
    let former = former.map(|officer| (officer.id, officer.erasure_asked.is_some())).collect();
    Ok(OrganisationPage {
        units: forest(&organisation, today),
        former,
        is_administrator: roles.contains(&Role::Administrator),
        may_approve: roles.contains(&Role::SupervisionHead) || roles.contains(&Role::Leader),
        who: Who::new(&frame, organisation),
        frame,
        form,
        refusal: None,
        invitation: None,
        today,
    })
}

/// Units, posts and officers.
pub async fn get(State(app): State<Arc<App>>, frame: Frame, SignedIn { officer }: SignedIn) -> Answer {
    page(&show(&app, frame, officer, Filled::default()).await?)
}

/// `POST /organisation/{what}`: `units`, `posts`, `officers`, `departures`, `erasure-requests`.
pub async fn post(State(app): State<Arc<App>>, frame: Frame, Path(what): Path<String>, sent: CheckedForm) -> Answer {
    let officer = sent.who.officer;
    let command = sent.envelope(&app, &format!("/organisation/{what}"));
    let mut form = sent.form;
    let organisation = app.read(|read| Ok(read.organisation()?)).await?;
    let Some(wish) = read_wish(&what, &mut form, &organisation)? else {
        return page_again(&show(&app, frame, officer, form).await?);
    };
    match app.change(command, move |read| carry_out(read, officer, &wish)).await {
        Ok(_) => Ok(go_to("/organisation")),
        Err(ChangeError::Refusal(refusal)) => {
            let said = refused(&frame, &refusal);
            let mut shown = show(&app, frame, officer, form).await?;
            shown.refusal = Some(said);
            page_again(&shown)
        }
        Err(error) => Err(error.into()),
    }
}

/// What the administrator wants.
enum Wish {
    Unit { parent: Option<UnitId>, function: Function, text: UnitText },
    Post { unit: UnitId, duty: Duty, text: PostText },
    Officer { post: PostId, from: civil::Date, name: Name },
    Departure { officer: OfficerId, post: PostId, until: civil::Date },
    Erasure { officer: OfficerId, basis: ErasureBasis },
}

/// Reads the form. None where something is wrong with it, which is noted in it. Errors: `NotFound` for another wish.
fn read_wish(what: &str, form: &mut Filled, organisation: &Organisation) -> Result<Option<Wish>, Problem> {
    let named = |form: &Filled| Name::parse(form.text("name_zh"), form.text("name_en"));
    let officer =
        |form: &Filled| OfficerId::parse(form.text("officer")).map_err(|_| Invalid::new("officer", "malformed-id"));
    let post = |form: &Filled| PostId::parse(form.text("post")).map_err(|_| Invalid::new("post", "malformed-id"));
    Ok(match what {
        "units" => {
            let parent = match form.text("parent") {
                "" => Ok(None),
                id => UnitId::parse(id).map(Some).map_err(|_| Invalid::new("parent", "malformed-id")),
            };
            let function = form.text("function").parse().map_err(|_| Invalid::new("function", "unknown-code"));
            let aliases: Result<Vec<Text>, Invalid> = form
                .text("aliases")
                .split([',', '，', '、', '\n'])
                .filter_map(|alias| Text::parse_optional("aliases", alias).transpose())
                .collect();
            let name = named(form);
            let (parent, function) = (form.take(parent), form.take(function));
            match (parent, function, form.take(name), form.take(aliases)) {
                (Some(parent), Some(function), Some(name), Some(aliases)) => {
                    Some(Wish::Unit { parent, function, text: UnitText { name, aliases } })
                }
                (_, _, _, _) => None,
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
        "departures" => {
            let (officer, until) = (officer(form), parse_date("until", form.text("until")));
            let (officer, until) = (form.take(officer), form.take(until));
            let held = officer.and_then(|id| organisation.officer(id)).map(|officer| officer.holdings.clone());
            let post = held.and_then(|held| held.iter().find(|holding| holding.until.is_none()).map(|h| h.post));
            match (officer, post, until) {
                (Some(officer), Some(post), Some(until)) => Some(Wish::Departure { officer, post, until }),
                (_, _, _) => None,
            }
        }
        "erasure-requests" => {
            let basis = form.text("basis").parse().map_err(|_| Invalid::new("basis", "unknown-code"));
            let officer = officer(form);
            match (form.take(officer), form.take(basis)) {
                (Some(officer), Some(basis)) => Some(Wish::Erasure { officer, basis }),
                (_, _) => None,
            }
        }
        _other => return Err(Problem::NotFound),
    })
}

fn carry_out(read: &mut Read<'_>, officer: OfficerId, wish: &Wish) -> Result<Vec<(Stream, Event)>, Stop> {
    let hand = own_hand(officer);
    let facts = Default::default();
    let fresh = read.new_id();
    let change = |read: &mut Read<'_>, change: Change| -> Result<Vec<(Stream, Event)>, Stop> {
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
        Wish::Departure { officer, post, until } => {
            change(read, Change::LeavePost { officer: *officer, post: *post, until: *until })
        }
        Wish::Erasure { officer, basis } => {
            let (officer, basis) = (*officer, *basis);
            Ok(read.with_context(hand, &facts, |context| organise::ask_erasure(officer, basis, context))??)
        }
    }
}

/// `POST /organisation/invitations`: a one-time link by which the officer comes in, or chooses a new password. The
/// answer is a page and no redirect, because the link can be shown only now.
pub async fn invite(
    State(app): State<Arc<App>>,
    frame: Frame,
    InPerson { session, .. }: InPerson,
    sent: CheckedForm,
) -> Answer {
    let officer = OfficerId::parse(sent.form.text("officer"))?;
    let mut shown = show(&app, frame, session.officer, Filled::default()).await?;
    if !shown.is_administrator || shown.who.organisation().officer(officer).is_none() {
        return Err(Problem::NotFound);
    }
    let secret = app
        .access(move |access| {
            let purpose = if access.login_of(officer)?.is_some() { Purpose::Reset } else { Purpose::Invite };
            access.make_link(officer, purpose)
        })
        .await?;
    shown.invitation = Some((officer, format!("/setup/{}", secret.reveal())));
    page(&shown)
}

/// `POST /organisation/erasures`: a second hand approves, and the data is erased.
pub async fn erase(State(app): State<Arc<App>>, frame: Frame, sent: CheckedForm) -> Answer {
    let officer = OfficerId::parse(sent.form.text("officer"))?;
    let command = sent.envelope(&app, "/organisation/erasures");
    let by = command.actor;
    let store = app.store.clone();
    match tokio::task::spawn_blocking(move || store.erase(command, officer)).await.map_err(Problem::fault)? {
        Ok(_) => {
            app.access(move |access| access.close_account(officer)).await?;
            Ok(go_to("/organisation"))
        }
        Err(ChangeError::Refusal(refusal)) => {
            let said = refused(&frame, &refusal);
            let mut shown = show(&app, frame, by, sent.form).await?;
            shown.refusal = Some(said);
            page_again(&shown)
        }
        Err(error) => Err(error.into()),
    }
}
