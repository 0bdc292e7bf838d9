//! `GET /feed.atom`, `GET /matters/{number}/feed.atom`: what the public is shown of matters, as it comes (RFC 4287).
//!
//! An entry is one published event. Its id is the event's own, its date the instant from which the public could see it.
//! What is no longer published is no longer in the feed.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Query, State};
use jiff::Timestamp;
use ledger::id::{Number, UnitId};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use store::Read;
use uuid::Uuid;

use crate::App;
use crate::error::Problem;
use crate::frame::{Answer, Frame};
use crate::fresh::Asking;
use crate::pages::matter::told;
use crate::who::Who;

/// Entries of one feed: the latest.
const ENTRIES: u32 = 100;

/// Whose matters: `?unit=` is the id of the unit that leads.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    unit: String,
}

/// What a feed is about.
enum About {
    Everything,
    Unit(UnitId),
    Matter(String),
}

struct Entry {
    id: Uuid,
    number: String,
    at: String,
    title: String,
    words: Vec<String>,
}

#[derive(Template)]
#[template(path = "feed.xml")]
struct Feed {
    frame: Frame,
    id: Uuid,
    base: String,
    itself: String,
    page: String,
    title: String,
    updated: String,
    entries: Vec<Entry>,
}

/// All published matters, or those that one unit leads.
pub async fn get(State(app): State<Arc<App>>, frame: Frame, asking: Asking, Query(asked): Query<Asked>) -> Answer {
    let about = match asked.unit.as_str() {
        "" => About::Everything,
        unit => About::Unit(UnitId::parse(unit).map_err(|_| Problem::NotFound)?),
    };
    answer(app, frame, asking, about).await
}

/// One published matter.
pub async fn get_matter(
    State(app): State<Arc<App>>,
    frame: Frame,
    asking: Asking,
    Path(number): Path<String>,
) -> Answer {
    answer(app, frame, asking, About::Matter(number)).await
}

async fn answer(app: Arc<App>, frame: Frame, asking: Asking, about: About) -> Answer {
    let (text, base, origin) = (frame.clone(), asking.base(&app), app.settings.origin.clone());
    let feed = app.read(move |read| write(read, text, base, &origin, &about)).await?;
    let xml = feed.render().map_err(Problem::fault)?;
    Ok(asking.kept("application/atom+xml; charset=utf-8", xml))
}

fn write(read: &mut Read<'_>, frame: Frame, base: String, origin: &str, about: &About) -> Result<Feed, Problem> {
    let who = Who::without_people(&frame, read.organisation()?);
    let lang = frame.lang().tag();
    let (matter, unit, itself, page, title) = match about {
        About::Everything => {
            let title = frame.text("feed-title").arg("office", frame.office().name).to_string();
            (None, None, format!("/feed.atom?lang={lang}"), "/".to_owned(), title)
        }
        About::Unit(unit) => {
            who.organisation().unit(*unit).ok_or(Problem::NotFound)?;
            let title = frame.text("feed-title-unit").arg("unit", who.unit(unit)).to_string();
            let (itself, page) = (format!("/feed.atom?unit={unit}&lang={lang}"), format!("/published?lead={unit}"));
            (None, Some(*unit), itself, page, title)
        }
        About::Matter(number) => {
            let number = Number::parse(number).map_err(|_| Problem::NotFound)?;
            let line = read.published_line(number)?.ok_or(Problem::NotFound)?;
            let title = frame.text("feed-title-matter").arg("number", number.to_string()).to_string();
            let page = format!("/matters/{number}");
            (Some(line.matter), None, format!("{page}/feed.atom?lang={lang}"), page, title)
        }
    };
    let mut entries = vec![];
    let mut updated = None;
    for event in read.published_events(matter, unit, ENTRIES)? {
        let Some(of) = read.matter(event.matter)? else { continue };
        let recorded = read.published_event(&event)?;
        let Some((title, words)) = told(&frame, &who, &of, &recorded) else { continue };
        updated = updated.max(Some(event.shown_at));
        entries.push(Entry {
            id: recorded.meta.id.0,
            number: of.number.to_string(),
            at: instant(event.shown_at),
            title,
            words: words.iter().flat_map(|words| words.lines()).map(speakable).collect(),
        });
    }
    // The same feed in both languages is two feeds: a reader that follows both must tell them apart.
    let id = named(&format!("{origin}\0{itself}"));
    let updated = instant(updated.unwrap_or(Timestamp::UNIX_EPOCH));
    Ok(Feed { id, base, itself, page, title, updated, entries, frame })
}

/// An id that a name always makes: the feed's own, which no record keeps.
fn named(name: &str) -> Uuid {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&Sha256::digest(name)[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// Without the two code points that XML cannot hold and a text can.
fn speakable(line: &str) -> String {
    line.chars().filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}')).collect()
}

fn instant(at: Timestamp) -> String {
    format!("{at:.3}")
}
