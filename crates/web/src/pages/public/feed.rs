//! `GET /feed.atom`, `GET /matters/{number}/feed.atom`: what the public is shown of matters, as it comes (RFC 4287).
//!
//! An entry is one published event. Its id is the event's own, its date the instant from which the public could see it.
//! What is no longer published is no longer in the feed; that it was stands there once more.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use jiff::Timestamp;
use ledger::id::Number;
use sha2::{Digest as _, Sha256};
use store::{PublishedFilter, Read, Unpublished};
use uuid::Uuid;

use crate::App;
use crate::error::Problem;
use crate::frame::{Answer, Frame};
use crate::fresh::Asking;
use crate::pages::matter::told;
use crate::pages::public::list;
use crate::query::Query;
use crate::who::Who;

/// Entries of one feed: the latest.
const ENTRIES: u32 = 100;

/// What a feed is about.
enum About {
    /// What a list of published matters is narrowed to, or all.
    Matters(list::Asked),
    Matter(String),
}

struct Entry {
    id: Uuid,
    number: String,
    at: Timestamp,
    /// What sort of event: a code, for programs.
    kind: String,
    title: String,
    /// What was decided, where that is published.
    quote: Option<String>,
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
    updated: Timestamp,
    entries: Vec<Entry>,
}

/// All published matters, or those that the same query takes on `/published`.
pub async fn get(
    State(app): State<Arc<App>>,
    frame: Frame,
    asking: Asking,
    Query(asked): Query<list::Asked>,
) -> Answer {
    answer(app, frame, asking, About::Matters(asked)).await
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
    let (feed, updated) = app.read(move |read| write(read, text, base, &origin, &about)).await?;
    let xml = feed.render().map_err(Problem::fault)?;
    Ok(asking.kept_since("application/atom+xml; charset=utf-8", xml, updated))
}

fn write(
    read: &mut Read<'_>,
    frame: Frame,
    base: String,
    origin: &str,
    about: &About,
) -> Result<(Feed, Timestamp), Problem> {
    let who = Who::without_people(&frame, read.organisation()?);
    let lang = frame.lang().tag();
    let (itself, page, title, events, gone) = match about {
        About::Matters(asked) => {
            let filter = PublishedFilter { before: None, ..asked.filter() };
            if filter.lead.is_some_and(|unit| who.organisation().unit(unit).is_none()) {
                return Err(Problem::NotFound);
            }
            let of_document = PublishedFilter { document: filter.document, ..Default::default() };
            let source = read.published(&of_document, 1)?.pop().and_then(|line| line.source);
            let narrowed = asked.in_words(&frame, &who, source.as_deref());
            let title = match narrowed.is_empty() {
                true => frame.text("feed-title").arg("office", frame.office().name),
                false => frame.text("feed-title-narrowed").arg("what", narrowed),
            };
            let title = title.to_string();
            let narrowing = asked.narrowing();
            let page = if narrowing.is_empty() {
                "/".into()
            } else {
                format!("/published?{}", narrowing.trim_end_matches('&'))
            };
            let itself = format!("/feed.atom?{narrowing}lang={lang}");
            // Whoever follows a part may have read of it there: told to everybody, it tells nothing else of it.
            (itself, page, title, read.published_events(None, &filter, ENTRIES)?, read.unpublished(ENTRIES)?)
        }
        About::Matter(number) => {
            let number = Number::parse(number).map_err(|_| Problem::NotFound)?;
            let title = frame.text("feed-title-matter").arg("number", number.to_string()).to_string();
            let page = format!("/matters/{number}");
            let (events, gone) = match read.published_line(number)? {
                Some(line) => (read.published_events(Some(line.matter), &PublishedFilter::default(), ENTRIES)?, vec![]),
                None => (vec![], vec![read.unpublished_line(number)?.ok_or(Problem::NotFound)?]),
            };
            (format!("{page}/feed.atom?lang={lang}"), page, title, events, gone)
        }
    };
    let mut entries: Vec<Entry> = gone.into_iter().map(|gone| no_longer(&frame, origin, &gone)).collect();
    for event in events {
        let Some(of) = read.matter(event.matter)? else { continue };
        let recorded = read.published_event(&event)?;
        let Some((title, words)) = told(&frame, &who, &of, &recorded) else { continue };
        entries.push(Entry {
            id: recorded.meta.id.0,
            number: of.number.to_string(),
            at: event.shown_at,
            kind: recorded.event.encode(recorded.stream).kind.to_string(),
            title,
            quote: of.published_quote().map(|quote| speakable(quote.as_str())),
            words: words.iter().flat_map(|words| words.lines()).map(speakable).collect(),
        });
    }
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.at));
    entries.truncate(ENTRIES as usize);
    // The same feed in both languages is two feeds: a reader that follows both must tell them apart.
    let id = named(&format!("{origin}\0{itself}"));
    let updated = entries.first().map_or(Timestamp::UNIX_EPOCH, |entry| entry.at);
    Ok((Feed { id, base, itself, page, title, updated, entries, frame }, updated))
}

/// The last that is said of a matter, to whoever follows it: that it is no longer published, and nothing of it.
fn no_longer(frame: &Frame, origin: &str, gone: &Unpublished) -> Entry {
    let said = frame.text("error-unpublished").arg("number", gone.number.to_string()).arg("until", frame.day(&gone.at));
    Entry {
        id: named(&format!("{origin}\0unpublished\0{}\0{}", gone.matter, gone.at)),
        number: gone.number.to_string(),
        at: gone.at,
        kind: "unpublished".into(),
        title: frame.text("error-unpublished-title").to_string(),
        quote: None,
        words: vec![said.to_string(), frame.text("feed-let-go").to_string()],
    }
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

/// As Atom writes it.
fn instant(at: &Timestamp) -> String {
    format!("{at:.3}")
}
