//! `GET /published`: published matters as a list, searched and narrowed by what stands in the address.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use ledger::id::{DocumentId, MatterId, UnitId};
use ledger::matter::PublicStanding;
use serde::{Deserialize, Deserializer};
use store::PublishedFilter;

use crate::App;
use crate::frame::{Answer, Frame, percent_encoded};
use crate::fresh::Asking;
use crate::pages::public::told::Told;
use crate::pages::public::{Bar, counted};
use crate::query::{Query, readable};
use crate::who::Who;

/// Matters on one page.
const LINES: u32 = 50;
/// At most so many characters are looked for.
const WORDS_MAX: usize = 200;

/// What the address narrows the list to.
#[derive(Deserialize, Default, Clone)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    #[serde(default)]
    words: String,
    /// A standing's code.
    #[serde(default, deserialize_with = "standing")]
    standing: String,
    /// A unit's id.
    #[serde(default, deserialize_with = "unit")]
    lead: String,
    /// A document's id.
    #[serde(default, deserialize_with = "document")]
    document: String,
    /// The matter with which the page before ended.
    #[serde(default, deserialize_with = "matter")]
    before: String,
}

fn standing<'de, D: Deserializer<'de>>(asked: D) -> Result<String, D::Error> {
    readable(asked, |code| code.parse::<PublicStanding>().is_ok())
}

fn unit<'de, D: Deserializer<'de>>(asked: D) -> Result<String, D::Error> {
    readable(asked, |id| UnitId::parse(id).is_ok())
}

fn document<'de, D: Deserializer<'de>>(asked: D) -> Result<String, D::Error> {
    readable(asked, |id| DocumentId::parse(id).is_ok())
}

fn matter<'de, D: Deserializer<'de>>(asked: D) -> Result<String, D::Error> {
    readable(asked, |id| MatterId::parse(id).is_ok())
}

impl Asked {
    /// An id or code that is none never comes so far: a mistyped address does not show everything.
    pub(super) fn filter(&self) -> PublishedFilter {
        PublishedFilter {
            standing: self.standing.parse().ok(),
            lead: UnitId::parse(&self.lead).ok(),
            document: DocumentId::parse(&self.document).ok(),
            words: self.words.chars().take(WORDS_MAX).collect(),
            before: MatterId::parse(&self.before).ok(),
        }
    }

    /// The query that asks for the same from the beginning: empty, or ending in `&`. Ids and codes stand as they are.
    pub(super) fn narrowing(&self) -> String {
        let standing = ("standing", self.standing.clone());
        [standing].into_iter().chain(self.besides_standing()).map(|(name, value)| pair(name, &value)).collect()
    }

    /// The same, however matters stand.
    fn besides_standing(&self) -> [(&'static str, String); 3] {
        let words = percent_encoded(&self.words, b"-_.");
        [("words", words), ("lead", self.lead.clone()), ("document", self.document.clone())]
    }

    /// The query of the page after the one that ended with `last`.
    pub(super) fn after(&self, last: MatterId) -> String {
        format!("{}before={last}", self.narrowing())
    }

    /// What it is narrowed to, in words; empty where it takes everything. `source` is the title of the document.
    pub(super) fn in_words(&self, frame: &Frame, who: &Who, source: Option<&str>) -> String {
        let words = Some(self.words.trim()).filter(|words| !words.is_empty());
        let parts = [
            words.map(|words| frame.text("public-words").arg("words", words.to_owned()).to_string()),
            UnitId::parse(&self.lead).ok().map(|unit| who.unit(&unit)),
            source.filter(|_| !self.document.is_empty()).map(str::to_owned),
            self.standing.parse::<PublicStanding>().ok().map(|standing| frame.word("standing", standing.code())),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(frame.text("list-comma").to_string().as_str())
    }
}

fn pair(name: &str, value: &str) -> String {
    if value.is_empty() { String::new() } else { format!("{name}={value}&") }
}

#[derive(Template)]
#[template(path = "published.html")]
struct Published {
    frame: Frame,
    asked: Asked,
    /// What it is narrowed to; empty for nothing.
    narrowed: String,
    /// How everything stands that fits but for its standing.
    bar: Bar,
    /// The query of the same list, however matters stand.
    besides: String,
    lines: Vec<Told>,
    standings: &'static [PublicStanding],
    units: Vec<(String, String)>,
    more: Option<String>,
}

impl Published {
    fn heading(&self) -> String {
        match self.narrowed.is_empty() {
            true => self.frame.text("published-title").to_string(),
            false => self.narrowed.clone(),
        }
    }
}

/// The list.
pub async fn get(State(app): State<Arc<App>>, frame: Frame, asking: Asking, Query(asked): Query<Asked>) -> Answer {
    let filter = asked.filter();
    let of_any = PublishedFilter { standing: None, before: None, ..filter.clone() };
    let overall = counted::overall(&app).await?;
    let counts = counted::narrowed(&app, of_any.clone(), &overall).await?;
    let (mut lines, source, organisation, today, calendar) = app
        .read(move |read| {
            let lines = read.published(&filter, LINES + 1)?;
            let source = read.published(&PublishedFilter { document: of_any.document, ..Default::default() }, 1)?.pop();
            let source = source.filter(|_| of_any.document.is_some()).and_then(|line| line.source);
            Ok((lines, source, read.organisation()?, read.today(), read.calendar()?))
        })
        .await?;
    let has_more = lines.len() > LINES as usize;
    lines.truncate(LINES as usize);
    let more = lines.last().filter(|_| has_more).map(|last| format!("/published?{}", asked.after(last.matter)));
    let who = Who::without_people(&frame, organisation);
    let units = overall.units.iter().map(|(id, _)| *id).collect();
    asking.page(&Published {
        narrowed: asked.in_words(&frame, &who, source.as_deref()),
        bar: Bar::of(&frame, "bar".into(), &counts),
        besides: asked.besides_standing().iter().map(|(name, value)| pair(name, value)).collect(),
        lines: lines.iter().map(|line| Told::of(&frame, &who, line, (today, &calendar))).collect(),
        standings: PublicStanding::ALL,
        units: frame.by_name(units, |id| who.unit(id)).into_iter().map(|id| (id.to_string(), who.unit(&id))).collect(),
        more,
        asked,
        frame,
    })
}
