//! `GET /`: for an officer the desk, what waits for him and the one act that moves it; for a visitor `public`.

pub(crate) mod groups;

use std::sync::Arc;

use askama::Template;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse as _;
use ledger::act::ActKind;
use ledger::audience::sees;
use ledger::id::{DocumentId, Number, OfficerId};
use ledger::matter::{Group, Hand, StateKind};
use ledger::rights::{self, Role, Thing};
use serde::Deserialize;
use serde_json::json;
use store::{DraftLine, MatterFilter, Read, Standing};

use crate::App;
use crate::acts::{by_noun, noun};
use crate::error::Problem;
use crate::frame::{Answer, Frame, page};
use crate::fresh::Asking;
use crate::next::delegators;
use crate::pages::audit::Room;
use crate::pages::matters::views::ViewLine;
use crate::pages::public;
use crate::pages::public::plain;
use crate::query::Query;
use crate::record::own_hand;
use crate::session::MaybeSignedIn;
use crate::who::Who;

use groups::{DeskGroup, Line, group, misplaced};

/// Documents on one desk.
const DOCUMENTS: usize = 20;
/// At most so many documents are looked at for one desk.
const DOCUMENTS_LOOKED_AT: u32 = 200;

/// What was just done on the desk itself.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct Done {
    /// The act's noun.
    #[serde(default)]
    done: String,
    /// The matter's number.
    #[serde(default)]
    number: String,
}

#[derive(Template)]
#[template(path = "desk.html")]
struct Desk {
    frame: Frame,
    /// What was just done, and to what.
    done: Option<(String, Number)>,
    desk: Waiting,
    /// What an auditor has besides.
    audit: Option<Room>,
}

/// Everything that waits for an officer.
struct Waiting {
    name: String,
    /// In the order of the day's work.
    pressing: Vec<DeskGroup>,
    documents: Vec<(DocumentId, Option<String>, u32)>,
    /// Under way without anything pressing.
    calm: Option<DeskGroup>,
    drafts: Vec<KeptDraft>,
    counts: [(String, String, &'static str); 3],
    /// Lists the officer keeps.
    views: Vec<ViewLine>,
    /// Looks over what others do.
    oversees: bool,
    is_administrator: bool,
    /// May open a matter without a document.
    may_open: bool,
    holds_no_post: bool,
    /// What must be placed anew.
    misplaced: Vec<Line>,
    /// What waits for somebody in whose place the officer may act, with that officer's name.
    behalf: Vec<(String, Vec<DeskGroup>)>,
}

/// A form the officer left to go on with later.
struct KeptDraft {
    number: Number,
    quote: Option<String>,
    noun: &'static str,
    label: String,
    when: String,
}

impl Waiting {
    /// Something waits to be assigned.
    fn has_to_assign(&self) -> bool {
        self.pressing.iter().any(|group| group.kind == Group::Assign)
    }

    fn is_empty(&self) -> bool {
        self.pressing.is_empty() && self.documents.is_empty() && self.misplaced.is_empty() && self.behalf.is_empty()
    }
}

/// The desk, or the public's page.
pub async fn get(
    State(app): State<Arc<App>>,
    frame: Frame,
    MaybeSignedIn(who): MaybeSignedIn,
    asking: Asking,
    Query(done): Query<Done>,
) -> Answer {
    match who {
        Some(who) => desk(&app, frame, who.officer, &done).await,
        None => public::home(&app, frame, &asking).await,
    }
}

async fn desk(app: &Arc<App>, frame: Frame, officer: OfficerId, done: &Done) -> Answer {
    let text = frame.clone();
    let drafts = app.drafts(move |store| store.drafts(officer)).await?;
    let mut desk = app.read(move |read| waiting(read, &text, officer, &drafts)).await?;
    if frame.visit().json {
        return Ok(Json(as_json(&desk)).into_response());
    }
    let views = app.access(move |access| access.views(officer)).await?;
    desk.views = views.into_iter().map(|view| ViewLine::of(view, "")).collect();
    let what = by_noun(&done.done).map(|act| act.code()).or((done.done == "draft").then_some("draft"));
    let done = what
        .zip(Number::parse(&done.number).ok())
        .map(|(what, number)| (format!("desk-done-{what}"), number))
        .filter(|(id, _)| frame.has(id));
    let audit = Room::of(app, &frame, officer).await?;
    page(&Desk { frame, done, desk, audit })
}

fn waiting(read: &mut Read<'_>, frame: &Frame, officer: OfficerId, drafts: &[DraftLine]) -> Result<Waiting, Problem> {
    let (organisation, today) = (read.organisation()?, read.today());
    let who = Who::new(frame, organisation.clone());
    let (mut pressing, mut calm) = (vec![], None);
    for kind in Group::ALL {
        let group = group(read, frame, own_hand(officer), *kind)?;
        match kind {
            Group::UnderWay => calm = group,
            Group::SignFor
            | Group::Acknowledge
            | Group::Answer
            | Group::DueSoon
            | Group::Overdue
            | Group::Returned
            | Group::Held
            | Group::SignReport
            | Group::Verify
            | Group::Clear
            | Group::Decide
            | Group::CallBack
            | Group::Remove
            | Group::Assign => pressing.extend(group),
        }
    }
    let mut behalf = vec![];
    for other in delegators(&organisation, officer, today) {
        let by = Hand { officer, on_behalf: Some(other) };
        let mut groups = vec![];
        for kind in Group::ALL.iter().filter(|kind| **kind != Group::UnderWay) {
            groups.extend(group(read, frame, by, *kind)?);
        }
        if !groups.is_empty() {
            behalf.push((who.officer(&other), groups));
        }
    }
    // What moves it in another's place stands there; below it would say that it is not this officer's to move.
    if let Some(calm) = &mut calm {
        calm.leave_out(behalf.iter().flat_map(|(_, groups)| groups.iter()));
    }
    let calm = calm.filter(|calm| !calm.lines.is_empty());
    let misplaced = misplaced(read, frame, officer)?;
    let may_settle = rights::may(own_hand(officer), ActKind::Settle, &Thing::Office, &organisation, today).is_ok();
    let may_open = rights::may(own_hand(officer), ActKind::Open, &Thing::Office, &organisation, today).is_ok();
    let mut documents = vec![];
    if may_settle {
        let lines = read.documents(DOCUMENTS_LOOKED_AT, 0)?.into_iter().filter(|line| line.open > 0);
        documents.extend(lines.take(DOCUMENTS).map(|line| (line.id, line.title, line.open)));
    }
    let mut count = |standing, states: Vec<StateKind>| {
        read.count(Some(officer), &MatterFilter { standing, states, ..MatterFilter::default() })
    };
    let counts = [
        ("desk-open", count(Some(Standing::Open), vec![])?, "/matters?standing=open"),
        ("desk-late", count(Some(Standing::Overdue), vec![])?, "/matters?standing=late"),
        ("desk-cleared", count(None, vec![StateKind::Cleared])?, "/matters?state=cleared"),
    ];
    let counts = counts.map(|(id, count, path)| (frame.text(id).to_string(), plain(frame, count), path));
    let drafts = drafts.iter().map(|draft| kept(read, frame, officer, draft)).collect::<Result<Vec<_>, _>>()?;
    let drafts = drafts.into_iter().flatten().collect();
    let roles = rights::roles(&organisation, officer, today);
    let is_administrator = roles.contains(&Role::Administrator);
    let oversees = roles.iter().any(|role| match role {
        Role::Clerk | Role::SupervisionHead | Role::UnitHead | Role::Leader | Role::Auditor => true,
        Role::Administrator | Role::UnitOfficer | Role::Public => false,
    });
    let holds_no_post = organisation.posts_held(officer, today).is_empty();
    let name = who.officer(&officer);
    Ok(Waiting {
        name,
        pressing,
        documents,
        calm,
        drafts,
        counts,
        views: vec![],
        oversees,
        is_administrator,
        may_open,
        holds_no_post,
        misplaced,
        behalf,
    })
}

/// A form that was left, where its matter may still be known.
fn kept(
    read: &mut Read<'_>,
    frame: &Frame,
    officer: OfficerId,
    draft: &DraftLine,
) -> Result<Option<KeptDraft>, Problem> {
    let (organisation, today) = (read.organisation()?, read.today());
    let matter = read.matter(draft.matter)?.filter(|matter| sees(&organisation, Some(officer), matter, today));
    let Some((matter, noun)) = matter.zip(noun(draft.act)) else { return Ok(None) };
    let quote = matter.text.open().map(|text| text.quote.to_string());
    let (label, when) = (frame.word("do", draft.act.code()), frame.moment(&draft.kept));
    Ok(Some(KeptDraft { number: matter.number, quote, noun, label, when }))
}

fn as_json(desk: &Waiting) -> serde_json::Value {
    let groups = desk.pressing.iter().chain(&desk.calm).map(|group| {
        let lines = group.lines.iter().map(|line| {
            json!({
                "number": line.number.to_string(),
                "directive": line.quote,
                "due": line.due.map(|due| due.to_string()),
                "act": line.button.as_ref().map(|button| button.noun),
            })
        });
        json!({ "waits": group.kind.code(), "more": group.all.is_some(), "matters": lines.collect::<Vec<_>>() })
    });
    json!({ "groups": groups.collect::<Vec<_>>() })
}
