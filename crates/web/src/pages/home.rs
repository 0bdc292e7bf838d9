//! `GET /`: for an officer the desk, what waits for him and the one act that moves it; for a visitor `public`.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use ledger::act::ActKind;
use ledger::id::{DocumentId, Number, OfficerId};
use ledger::matter::StateKind;
use ledger::rights::{self, Role, Thing};
use store::{MatterFilter, Read, Standing};

use crate::App;
use crate::acts::{fields, noun};
use crate::error::Problem;
use crate::frame::{Answer, Frame, page};
use crate::fresh::Asking;
use crate::next::offer;
use crate::pages::public;
use crate::pages::public::plain;
use crate::record::own_hand;
use crate::session::MaybeSignedIn;
use crate::texts::Due;

/// At most so many matters are looked at for one desk.
const LOOKED_AT: u32 = 300;

/// Something that waits for the officer.
struct Task {
    number: Number,
    quote: Option<String>,
    label: String,
    /// Where the act is done.
    path: String,
    due: Option<civil::Date>,
    /// Days from today to the deadline; negative when late.
    days: Option<i64>,
    /// The same in words.
    when: Option<String>,
}

impl Task {
    fn is_late(&self) -> bool {
        self.days.is_some_and(|days| days < 0)
    }

    fn is_soon(&self) -> bool {
        self.days.is_some_and(|days| (0..=7).contains(&days))
    }
}

#[derive(Template)]
#[template(path = "desk.html")]
struct Desk {
    frame: Frame,
    name: String,
    tasks: Vec<Task>,
    documents: Vec<(DocumentId, Option<String>, u32)>,
    counts: [(String, String, &'static str); 3],
    is_administrator: bool,
}

/// The desk, or the public's page.
pub async fn get(
    State(app): State<Arc<App>>,
    frame: Frame,
    MaybeSignedIn(who): MaybeSignedIn,
    asking: Asking,
) -> Answer {
    match who {
        Some(who) => desk(&app, frame, who.officer).await,
        None => public::home(&app, frame, &asking).await,
    }
}

async fn desk(app: &App, frame: Frame, officer: OfficerId) -> Answer {
    let text = frame.clone();
    let (name, tasks, documents, counts, is_administrator) =
        app.read(move |read| waiting(read, &text, officer)).await?;
    page(&Desk { frame, name, tasks, documents, counts, is_administrator })
}

type Waiting = (String, Vec<Task>, Vec<(DocumentId, Option<String>, u32)>, [(String, String, &'static str); 3], bool);

/// Everything that waits for the officer: the late first, then by deadline.
fn waiting(read: &mut Read<'_>, frame: &Frame, officer: OfficerId) -> Result<Waiting, Problem> {
    let (organisation, today) = (read.organisation()?, read.today());
    let who = crate::who::Who::new(frame, organisation.clone());
    let reader = Some(officer);
    let mut filters = vec![MatterFilter { verifier: reader, ..MatterFilter::default() }];
    for post in organisation.posts_held(officer, today) {
        for unit in organisation.ancestry(post.unit, today) {
            filters.push(MatterFilter { lead: Some(unit), ..MatterFilter::default() });
        }
        let ours = MatterFilter { supervising: Some(post.unit), ..MatterFilter::default() };
        filters.push(MatterFilter { standing: Some(Standing::Contradicted), ..ours.clone() });
        filters.push(ours);
    }
    filters.push(MatterFilter { states: vec![StateKind::Opened], ..MatterFilter::default() });
    let mut tasks: Vec<Task> = vec![];
    for filter in &filters {
        let filter = MatterFilter { standing: filter.standing.or(Some(Standing::Open)), ..filter.clone() };
        for line in read.matters(reader, &filter, LOOKED_AT, 0)? {
            if tasks.iter().any(|task| task.number == line.number) {
                continue;
            }
            let Some(matter) = read.matter(line.id)? else { continue };
            let facts = read.facts(&matter)?;
            let offer = read.with_context(own_hand(officer), &facts, |context| offer(&matter, context))?;
            let Some(act) = offer.next else { continue };
            let days = line.due.map(|due| i64::from((due - today).get_days()));
            let when = days.map(|days| due_words(frame, days));
            let label = frame.word("do", act.code());
            // An act that asks nothing is one button on the matter's own page.
            let page = format!("/matters/{}", line.number);
            let path = match noun(act).filter(|_| !fields(act).is_empty()) {
                Some(noun) => format!("{page}/{noun}"),
                None => page,
            };
            tasks.push(Task { number: line.number, quote: line.quote, label, path, due: line.due, days, when });
        }
    }
    tasks.sort_by_key(|task| (task.due.is_none(), task.due, task.number));
    let may_settle = rights::may(own_hand(officer), ActKind::Settle, &Thing::Office, &organisation, today).is_ok();
    let mut documents = vec![];
    if may_settle {
        let lines = read.documents(50, 0)?.into_iter().filter(|line| line.open > 0);
        documents.extend(lines.map(|line| (line.id, line.title, line.open)));
    }
    let mut count = |standing, states: Vec<StateKind>| {
        read.count(reader, &MatterFilter { standing, states, ..MatterFilter::default() })
    };
    let counts = [
        ("desk-open", count(Some(Standing::Open), vec![])?, "/matters?state=open"),
        ("desk-late", count(Some(Standing::Overdue), vec![])?, "/matters?state=overdue"),
        ("desk-cleared", count(None, vec![StateKind::Cleared])?, "/matters?state=cleared"),
    ];
    let counts = counts.map(|(id, count, path)| (frame.text(id).to_string(), plain(frame, count), path));
    let is_administrator = rights::roles(&organisation, officer, today).contains(&Role::Administrator);
    Ok((who.officer(&officer), tasks, documents, counts, is_administrator))
}

/// How far away a deadline is, in words.
fn due_words(frame: &Frame, days: i64) -> String {
    match days {
        0 => frame.due(Due::Today),
        late if late < 0 => frame.due(Due::Late { days: u32::try_from(-late).unwrap_or(u32::MAX) }),
        left => frame.text("date-due-in-days").arg("days", left).to_string(),
    }
}
