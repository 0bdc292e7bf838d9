//! `GET /published`: published matters as a list, searched and narrowed by what stands in the address.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use ledger::id::{DocumentId, MatterId, UnitId};
use ledger::matter::PublicStanding;
use serde::Deserialize;
use store::PublishedFilter;

use crate::App;
use crate::error::Problem;
use crate::frame::{Answer, Frame, percent_encoded};
use crate::fresh::Asking;
use crate::pages::public::told::Told;
use crate::who::Who;

/// Matters on one page.
const LINES: u32 = 50;
/// At most so many characters are looked for.
const WORDS_MAX: usize = 200;

/// What the address narrows the list to.
#[derive(Deserialize, Default, Clone)]
pub struct Asked {
    #[serde(default)]
    words: String,
    /// A standing's code.
    #[serde(default)]
    standing: String,
    /// A unit's id.
    #[serde(default)]
    lead: String,
    /// A document's id.
    #[serde(default)]
    document: String,
    /// The matter with which the page before ended.
    #[serde(default)]
    before: String,
}

impl Asked {
    /// Errors: `NotFound` for an id or code that is none, so that a mistyped address does not show everything.
    pub(super) fn filter(&self) -> Result<PublishedFilter, Problem> {
        fn some<T, E>(text: &str, read: impl FnOnce(&str) -> Result<T, E>) -> Result<Option<T>, Problem> {
            if text.is_empty() { Ok(None) } else { read(text).map(Some).map_err(|_| Problem::NotFound) }
        }
        Ok(PublishedFilter {
            standing: some(&self.standing, str::parse)?,
            lead: some(&self.lead, UnitId::parse)?,
            document: some(&self.document, DocumentId::parse)?,
            words: self.words.chars().take(WORDS_MAX).collect(),
            before: some(&self.before, MatterId::parse)?,
        })
    }

    /// The query of the page after the one that ended with `last`. Ids and codes stand as they are.
    pub(super) fn after(&self, last: MatterId) -> String {
        let words = percent_encoded(&self.words, b"-_.");
        let pairs =
            [("words", &words), ("standing", &self.standing), ("lead", &self.lead), ("document", &self.document)];
        let kept = pairs.iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| format!("{name}={value}&"));
        format!("{}before={last}", kept.collect::<String>())
    }
}

#[derive(Template)]
#[template(path = "published.html")]
struct Published {
    frame: Frame,
    asked: Asked,
    lines: Vec<Told>,
    standings: &'static [PublicStanding],
    units: Vec<(String, String)>,
    narrowed: Option<String>,
    more: Option<String>,
}

/// The list.
pub async fn get(State(app): State<Arc<App>>, frame: Frame, asking: Asking, Query(asked): Query<Asked>) -> Answer {
    let filter = asked.filter()?;
    let (mut lines, units, organisation, today, calendar) = app
        .read(move |read| {
            let lines = read.published(&filter, LINES + 1)?;
            Ok((lines, read.published_by_unit(200)?, read.organisation()?, read.today(), read.calendar()?))
        })
        .await?;
    let has_more = lines.len() > LINES as usize;
    lines.truncate(LINES as usize);
    let more = lines.last().filter(|_| has_more).map(|last| format!("/published?{}", asked.after(last.matter)));
    let who = Who::without_people(&frame, organisation);
    let source = lines.first().filter(|_| !asked.document.is_empty()).and_then(|line| line.source.clone());
    asking.page(&Published {
        lines: lines.iter().map(|line| Told::of(&frame, &who, line, (today, &calendar))).collect(),
        standings: PublicStanding::ALL,
        units: units.iter().map(|(id, _)| (id.to_string(), who.unit(id))).collect(),
        narrowed: source,
        more,
        asked,
        frame,
    })
}
