//! What anybody may read without an account. `GET /` for a visitor: what was decided, and what became of it.
//!
//! Everything here reads the rows of published matters and no others (`store/src/read/published.rs`), names no person,
//! and works without scripts.

pub mod contradiction;
mod counted;
pub mod data;
pub mod feed;
pub mod list;
pub mod matter;
pub mod proof;
pub mod receipt;
pub mod robots;
mod told;

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::routing::{get, post};
use ledger::id::{DocumentId, UnitId};
use ledger::matter::PublicStanding;
use store::{Count, PublishedCounts};

use crate::App;
use crate::frame::{Answer, Frame};
use crate::fresh::Asking;
use crate::pages::matters::counted;
use crate::query::unasked;
use crate::who::Who;

use told::Told;

/// Matters in each short list of the public's page.
const SHORT: u32 = 8;
/// Units and meetings on the public's page.
const GROUPS: usize = 12;

pub use counted::{Counting, count_ahead};

/// The public's addresses.
pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/published", get(list::get))
        .route("/feed.atom", get(feed::get))
        .route("/matters/{number}/feed.atom", unasked(get(feed::get_matter)))
        .route("/matters/{number}/proof/check", unasked(get(proof::get)))
        .route("/matters/{number}/contradiction", unasked(get(contradiction::get).post(contradiction::post)))
        .route("/record/verify-proof.py", unasked(get(proof::verifier)))
        .route("/contradictions", get(receipt::look))
        .route("/contradictions/{code}", unasked(get(receipt::get)))
        .route("/contradictions/{code}/erasure", post(receipt::erase))
        .route("/open-data", unasked(get(data::get)))
        .route("/open-data/matters.json", get(data::matters_json))
        .route("/open-data/matters.csv", get(data::matters_csv))
        .route("/open-data/events.csv", get(data::events_csv))
        .route("/open-data/unpublished.json", unasked(get(data::unpublished_json)))
        .route("/open-data/unpublished.csv", unasked(get(data::unpublished_csv)))
        .route("/open-data/schema.json", unasked(get(data::schema)))
        .route("/robots.txt", unasked(get(robots::get)))
        .route("/sitemap.xml", unasked(get(robots::sitemap)))
}

/// One part of a bar: so many of one standing.
struct Part {
    code: &'static str,
    label: String,
    count: String,
    x: u64,
    width: u64,
}

/// A bar of a thousand parts in width, one part a standing, in the order of a matter's fortune.
struct Bar {
    id: String,
    parts: Vec<Part>,
    said: String,
}

/// The order in which a bar shows standings.
const ORDER: [PublicStanding; 6] = [
    PublicStanding::ClearedInTime,
    PublicStanding::Cleared,
    PublicStanding::ClearedLate,
    PublicStanding::Open,
    PublicStanding::Late,
    PublicStanding::Withdrawn,
];

impl Bar {
    fn of(frame: &Frame, id: String, counts: &PublishedCounts) -> Self {
        let all = counts.all().max(1);
        let mut before = 0;
        let mut parts = vec![];
        for standing in ORDER {
            let count = counts.of(standing);
            if count == 0 {
                continue;
            }
            let (x, end) = (before * 1_000 / all, (before + count) * 1_000 / all);
            before += count;
            let label = frame.word("standing", standing.code());
            parts.push(Part { code: standing.code(), label, count: frame.number(&count), x, width: (end - x).max(2) });
        }
        let cleared: u64 = [PublicStanding::ClearedInTime, PublicStanding::Cleared, PublicStanding::ClearedLate]
            .map(|s| counts.of(s))
            .iter()
            .sum();
        let said = frame
            .text("public-of-all")
            .arg("all", counts.all())
            .arg("cleared", cleared)
            .arg("late", counts.of(PublicStanding::Late))
            .to_string();
        Self { id, parts, said }
    }
}

#[derive(Template)]
#[template(path = "home.html")]
struct Home {
    frame: Frame,
    all: u64,
    bar: Bar,
    late: Vec<Told>,
    cleared: Vec<Told>,
    units: Vec<(UnitId, String, Bar)>,
    documents: Vec<(DocumentId, String, Bar)>,
    counts: PublishedCounts,
}

/// What was decided and what became of it, for a visitor.
pub(super) async fn home(app: &App, frame: Frame, asking: &Asking) -> Answer {
    let overall = counted::overall(app).await?;
    let (late, cleared, organisation, today, calendar) = app
        .read(|read| {
            let (late, cleared) = (read.published_late(SHORT)?, read.published_cleared(SHORT)?);
            Ok((late, cleared, read.organisation()?, read.today(), read.calendar()?))
        })
        .await?;
    let who = Who::without_people(&frame, organisation);
    let on = (today, calendar.as_ref());
    let told = |lines: &[store::PublishedLine]| lines.iter().map(|line| Told::of(&frame, &who, line, on)).collect();
    asking.page(&Home {
        all: overall.counts.all(),
        bar: Bar::of(&frame, "bar".into(), &overall.counts),
        late: told(&late),
        cleared: told(&cleared),
        units: overall
            .units
            .iter()
            .take(GROUPS)
            .map(|(id, counts)| (*id, who.unit(id), Bar::of(&frame, format!("unit-{id}"), counts)))
            .collect(),
        documents: overall
            .documents
            .iter()
            .map(|(id, title, counts)| (*id, title.clone(), Bar::of(&frame, format!("meeting-{id}"), counts)))
            .collect(),
        counts: overall.counts.clone(),
        frame,
    })
}

/// A count without a sentence around it.
pub(super) fn plain(frame: &Frame, count: Count) -> String {
    match count {
        Count::Exactly(count) => frame.number(&count),
        Count::MoreThan(_) => counted(frame, count),
    }
}
