//! `GET /open-data` and what stands under it: published matters and their published events as JSON and CSV.
//!
//! Pages of at most a hundred matters, the latest opened first; `before` names the matter with which the page before
//! ended. Codes never change their meaning; names of people are never given. The fields are described on the page.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::HeaderValue;
use axum::http::header::LINK;
use axum::response::Response;
use ledger::event::Event;
use ledger::id::{MatterId, Stream, UnitId};
use ledger::matter::{
    CallBackFinding, Kind, Matter, MatterEvent, Method, OutcomeKind, PublicItem, PublicStanding, Shown, StateKind,
};
use serde_json::{Map, Value, json};
use store::{PublishedLine, Recorded, Unpublished};

use crate::App;
use crate::error::Problem;
use crate::frame::{Answer, Frame};
use crate::fresh::Asking;
use crate::pages::export::field;
use crate::pages::matter::told;
use crate::pages::public::list::Asked;
use crate::query::Query;
use crate::texts::{Lang, Text};
use crate::who::Who;

/// Matters on one page of open data.
const MATTERS: u32 = 100;
/// So many of those that are no longer published: the latest.
const UNPUBLISHED: u32 = 1_000;
const CSV: &str = "text/csv; charset=utf-8; header=present";
/// The name of the schema, which changes with the meaning of a field and never otherwise.
const SCHEMA: &str = "luoshi/open-data/v1";
/// What is given of an event's own data: days and codes.
const EVENT_DATA: &[&str] =
    &["due", "due_origin", "finding", "granted", "ground", "items", "kind", "method", "on", "outcome", "single_clerk"];

/// The columns of `matters.csv`, each with its type; in JSON most stand under the same names.
const MATTER_COLUMNS: &[(&str, &str)] = &[
    ("id", "uuid"),
    ("number", "text"),
    ("kind", "code"),
    ("state", "code"),
    ("standing", "code"),
    ("directive", "text"),
    ("criterion", "text"),
    ("document", "uuid"),
    ("document_title", "text"),
    ("lead_unit", "uuid"),
    ("lead_name_zh", "text"),
    ("lead_name_en", "text"),
    ("original_due", "day"),
    ("due", "day"),
    ("late_from", "day"),
    ("cleared_on", "day"),
    ("said_not_so", "count"),
    ("waiting", "count"),
    ("call_backs_stand", "count"),
    ("call_backs_not_so", "count"),
    ("shown_at", "instant"),
    ("web", "address"),
    ("proof", "address"),
];
/// The columns of `events.csv`.
const EVENT_COLUMNS: &[(&str, &str)] = &[
    ("id", "uuid"),
    ("matter", "uuid"),
    ("number", "text"),
    ("n", "count"),
    ("type", "code"),
    ("at", "instant"),
    ("due", "day"),
    ("outcome", "code"),
    ("method", "code"),
    ("finding", "code"),
    ("text", "text"),
    ("sentence_zh", "text"),
    ("sentence_en", "text"),
];
/// The columns of `unpublished.csv`.
const UNPUBLISHED_COLUMNS: &[(&str, &str)] = &[("number", "text"), ("until", "day")];
/// What JSON is shaped like, as JSON Schema says it.
const SHAPE: &str = include_str!("../../../static/open-data.schema.json");

/// In which names data speaks of units, and from where it is read.
pub(super) struct Speaking<'a> {
    app: &'a Arc<App>,
    who: &'a Who,
    base: &'a str,
    frames: [Frame; 2],
}

impl<'a> Speaking<'a> {
    pub(super) fn new(app: &'a Arc<App>, who: &'a Who, base: &'a str) -> Self {
        let frames = [Lang::ZhHans, Lang::En].map(|lang| {
            let visit = crate::visit::Visit::of_nobody(lang);
            Frame::new(app.clone(), Arc::new(visit))
        });
        Self { app, who, base, frames }
    }

    fn unit(&self, lang: Lang, unit: UnitId) -> String {
        let text = Text::new(lang, self.app.settings.zone.clone());
        let named = self.who.organisation().unit(unit).and_then(|unit| unit.text.open());
        named.map(|named| text.name(&named.name).name.to_owned()).unwrap_or_default()
    }

    fn lead(&self, line: &PublishedLine) -> Vec<UnitId> {
        let placed = line.lead.zip(line.lead_since);
        placed.map(|(lead, since)| lead.units(self.who.organisation(), since)).unwrap_or_default()
    }
}

/// One matter: its own fields, its events, where to read it, and on what terms.
pub(super) fn one(speaking: &Speaking<'_>, line: &PublishedLine, matter: &Matter, history: &[Recorded]) -> Value {
    let mut whole = matter_json(speaking, line, matter, history);
    whole.insert("schema".into(), SCHEMA.into());
    whole.insert("licence".into(), json!(speaking.app.store.settings().licence));
    Value::Object(whole)
}

fn matter_json(
    speaking: &Speaking<'_>,
    line: &PublishedLine,
    matter: &Matter,
    history: &[Recorded],
) -> Map<String, Value> {
    let day = |day: Option<civil::Date>| day.map(|day| day.to_string());
    let lead: Vec<Value> = speaking
        .lead(line)
        .into_iter()
        .map(|unit| json!({ "unit": unit, "name": { "zh-Hans": speaking.unit(Lang::ZhHans, unit), "en": speaking.unit(Lang::En, unit) } }))
        .collect();
    let events: Vec<Value> = history.iter().filter_map(|recorded| event_json(speaking, matter, recorded)).collect();
    let number = line.number.to_string();
    let whole = json!({
        "id": line.matter,
        "number": number,
        "kind": line.kind.code(),
        "state": line.state.code(),
        "standing": line.standing.code(),
        "directive": line.quote,
        "criterion": criterion(matter),
        "document": line.document.map(|id| json!({ "id": id, "title": line.source })),
        "lead": lead,
        "original_due": day(line.original_due),
        "due": day(line.due),
        "late_from": day(line.late_from),
        "cleared_on": day(line.cleared_on),
        "contradictions": { "said": line.said, "waiting": line.waiting, "stands": line.stands, "not_so": line.not_so },
        "shown_at": line.at.to_string(),
        "published": matter.published,
        "events": events,
        "web": format!("{}/matters/{number}", speaking.base),
        "proof": format!("{}/matters/{number}/proof", speaking.base),
    });
    match whole {
        Value::Object(whole) => whole,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => Map::new(),
    }
}

/// By what it is judged, where that is published.
fn criterion(matter: &Matter) -> Option<String> {
    let shown = matter.published.contains(&PublicItem::Criterion);
    matter.criterion.open().filter(|_| shown).map(|text| text.criterion.to_string())
}

/// What of an event's own data is given: days and codes, and no ids of people.
fn event_data(event: &MatterEvent, matter: MatterId) -> Map<String, Value> {
    let encoded = Event::Matter(event.clone()).encode(Stream::Matter(matter));
    let Value::Object(data) = encoded.data else { return Map::new() };
    data.into_iter().filter(|(name, _)| EVENT_DATA.contains(&name.as_str())).map(|(name, v)| (name, coded(v))).collect()
}

/// An enum with facts becomes its code: who it was handed to may be a person.
fn coded(value: Value) -> Value {
    match value {
        Value::Object(object) => object.into_iter().next().map_or(Value::Null, |(code, _)| Value::String(code)),
        other @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_)) => other,
    }
}

fn event_json(speaking: &Speaking<'_>, matter: &Matter, recorded: &Recorded) -> Option<Value> {
    let Event::Matter(event) = &recorded.event else { return None };
    if matter.shows(event, recorded.meta.n) == Shown::Nothing {
        return None;
    }
    let encoded = recorded.event.encode(recorded.stream);
    let [zh, en] = &speaking.frames;
    let in_words = |frame: &Frame| told(frame, &speaking.who.in_words_of(frame), matter, recorded);
    let (zh, en) = (in_words(zh)?, in_words(en)?);
    let mut whole = event_data(event, matter.id);
    whole.insert("id".into(), json!(recorded.meta.id));
    whole.insert("n".into(), json!(recorded.meta.n));
    whole.insert("type".into(), json!(encoded.kind));
    whole.insert("at".into(), json!(recorded.meta.at.to_string()));
    whole.insert("text".into(), json!(en.1));
    whole.insert("sentence".into(), json!({ "zh-Hans": zh.0, "en": en.0 }));
    Some(Value::Object(whole))
}

/// A page of published matters with their histories, and what it takes to write of them.
struct DataPage {
    matters: Vec<(PublishedLine, Arc<Matter>, Vec<Recorded>)>,
    who: Who,
    base: String,
    /// The query of the next page.
    next: Option<String>,
}

impl DataPage {
    async fn read(app: &Arc<App>, frame: &Frame, asking: &Asking, asked: Asked) -> Result<Self, Problem> {
        let filter = asked.filter();
        let read = app.read(move |read| {
            let mut lines = read.published(&filter, MATTERS + 1)?;
            let has_more = lines.len() > MATTERS as usize;
            lines.truncate(MATTERS as usize);
            let next = lines.last().filter(|_| has_more).map(|last| asked.after(last.matter));
            let mut matters = vec![];
            for line in lines {
                let Some(matter) = read.matter(line.matter)? else { continue };
                let history = read.published_history(line.matter)?;
                matters.push((line, matter, history));
            }
            Ok((matters, read.organisation()?, next))
        });
        let (matters, organisation, next) = read.await?;
        Ok(Self { matters, who: Who::without_people(frame, organisation), base: asking.base(app), next })
    }

    /// Where the next page of this file is.
    fn next_of(&self, file: &str) -> Option<String> {
        self.next.as_ref().map(|query| format!("{}/open-data/{file}?{query}", self.base))
    }

    /// The answer, with the address of the next page in its head too, and of what describes it (RFC 8288).
    fn answer(&self, asking: &Asking, kind: &'static str, file: &str, body: String) -> Response {
        let next = self.next_of(file).map(|next| format!("<{next}>; rel=\"next\", "));
        let link = format!("{}<{}/open-data>; rel=\"describedby\"", next.unwrap_or_default(), self.base);
        let mut response = asking.open(kind, body);
        response.headers_mut().extend(HeaderValue::from_str(&link).ok().map(|link| (LINK, link)));
        response
    }
}

/// `matters.json`: a page of matters, each with its events, and where the next page is.
pub async fn matters_json(
    State(app): State<Arc<App>>,
    frame: Frame,
    asking: Asking,
    Query(asked): Query<Asked>,
) -> Answer {
    let page = DataPage::read(&app, &frame, &asking, asked).await?;
    let speaking = Speaking::new(&app, &page.who, &page.base);
    let matters = page.matters.iter();
    let matters: Vec<Value> =
        matters.map(|(line, matter, history)| Value::Object(matter_json(&speaking, line, matter, history))).collect();
    let office = &app.settings.office;
    let body = json!({
        "schema": SCHEMA,
        "office": { "zh-Hans": office.zh(), "en": office.en() },
        "licence": app.store.settings().licence,
        "matters": matters,
        "next": page.next_of("matters.json"),
        "unpublished": format!("{}/open-data/unpublished.json", page.base),
    });
    Ok(page.answer(&asking, "application/json", "matters.json", body.to_string()))
}

/// `matters.csv`: the same matters, one a line.
pub async fn matters_csv(
    State(app): State<Arc<App>>,
    frame: Frame,
    asking: Asking,
    Query(asked): Query<Asked>,
) -> Answer {
    let page = DataPage::read(&app, &frame, &asking, asked).await?;
    let (speaking, base) = (Speaking::new(&app, &page.who, &page.base), &page.base);
    let day = |day: Option<civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let mut csv = Csv::new(MATTER_COLUMNS);
    for (line, matter, _) in &page.matters {
        let units = speaking.lead(line);
        let all = |of: &dyn Fn(UnitId) -> String| units.iter().map(|unit| of(*unit)).collect::<Vec<_>>().join("; ");
        csv.row(&[
            line.matter.to_string(),
            line.number.to_string(),
            line.kind.code().into(),
            line.state.code().into(),
            line.standing.code().into(),
            line.quote.clone().unwrap_or_default(),
            criterion(matter).unwrap_or_default(),
            line.document.map(|id| id.to_string()).unwrap_or_default(),
            line.document.and(line.source.clone()).unwrap_or_default(),
            all(&|unit| unit.to_string()),
            all(&|unit| speaking.unit(Lang::ZhHans, unit)),
            all(&|unit| speaking.unit(Lang::En, unit)),
            day(line.original_due),
            day(line.due),
            day(line.late_from),
            day(line.cleared_on),
            line.said.to_string(),
            line.waiting.to_string(),
            line.stands.to_string(),
            line.not_so.to_string(),
            line.at.to_string(),
            format!("{base}/matters/{}", line.number),
            format!("{base}/matters/{}/proof", line.number),
        ]);
    }
    Ok(page.answer(&asking, CSV, "matters.csv", csv.text))
}

/// `events.csv`: the published events of the same matters, one a line.
pub async fn events_csv(
    State(app): State<Arc<App>>,
    frame: Frame,
    asking: Asking,
    Query(asked): Query<Asked>,
) -> Answer {
    let page = DataPage::read(&app, &frame, &asking, asked).await?;
    let speaking = Speaking::new(&app, &page.who, &page.base);
    let mut csv = Csv::new(EVENT_COLUMNS);
    for (line, matter, history) in &page.matters {
        for event in history.iter().filter_map(|recorded| event_json(&speaking, matter, recorded)) {
            let cell = |value: &Value| match value {
                Value::String(text) => text.clone(),
                Value::Null => String::new(),
                other @ (Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_)) => other.to_string(),
            };
            let field = |name: &str| cell(&event[name]);
            csv.row(&[
                field("id"),
                line.matter.to_string(),
                line.number.to_string(),
                field("n"),
                field("type"),
                field("at"),
                field("due"),
                field("outcome"),
                field("method"),
                field("finding"),
                field("text"),
                cell(&event["sentence"]["zh-Hans"]),
                cell(&event["sentence"]["en"]),
            ]);
        }
    }
    Ok(page.answer(&asking, CSV, "events.csv", csv.text))
}

/// Numbers of matters that are no longer published, and the last day on which each was.
async fn unpublished(app: &App) -> Result<Vec<(String, String)>, Problem> {
    let gone = app.read(|read| Ok(read.unpublished(UNPUBLISHED)?)).await?;
    let until = |gone: &Unpublished| gone.at.to_zoned_datetime(app.settings.zone.clone()).date().to_string();
    Ok(gone.iter().map(|gone| (gone.number.to_string(), until(gone))).collect())
}

/// `unpublished.json`: which copies to let go of.
pub async fn unpublished_json(State(app): State<Arc<App>>, asking: Asking) -> Answer {
    let gone: Vec<Value> = unpublished(&app)
        .await?
        .into_iter()
        .map(|(number, until)| json!({ "number": number, "until": until }))
        .collect();
    let body = json!({ "schema": SCHEMA, "unpublished": gone });
    Ok(asking.open("application/json", body.to_string()))
}

/// `unpublished.csv`: the same.
pub async fn unpublished_csv(State(app): State<Arc<App>>, asking: Asking) -> Answer {
    let mut csv = Csv::new(UNPUBLISHED_COLUMNS);
    for (number, until) in unpublished(&app).await? {
        csv.row(&[number, until]);
    }
    Ok(asking.open(CSV, csv.text))
}

/// `schema.json`: what the JSON files are shaped like, for programs that check.
pub async fn schema(asking: Asking) -> Answer {
    Ok(asking.open("application/schema+json", SHAPE.to_owned()))
}

/// RFC 4180, with the mark by which spreadsheets know UTF-8; every cell in quotes.
struct Csv {
    text: String,
}

impl Csv {
    fn new(columns: &[(&str, &str)]) -> Self {
        let mut csv = Self { text: "\u{feff}".into() };
        csv.row(&columns.iter().map(|(column, _)| (*column).to_owned()).collect::<Vec<_>>());
        csv
    }

    fn row(&mut self, cells: &[String]) {
        let cells: Vec<String> = cells.iter().map(|cell| field(cell)).collect();
        self.text.push_str(&cells.join(","));
        self.text.push_str("\r\n");
    }
}

#[derive(Template)]
#[template(path = "open-data.html")]
struct OpenData {
    frame: Frame,
    licence: Option<String>,
    matter_columns: &'static [(&'static str, &'static str)],
    event_columns: &'static [(&'static str, &'static str)],
    /// Each field that holds codes, with its codes and what they say.
    codes: Vec<(&'static str, Vec<(&'static str, String)>)>,
}

/// The page that describes all of it.
pub async fn get(State(app): State<Arc<App>>, frame: Frame, asking: Asking) -> Answer {
    let standing = |standing: &PublicStanding| (standing.code(), frame.word("standing", standing.code()));
    let finding = |finding: &CallBackFinding| (finding.code(), frame.word("finding", finding.code()));
    let codes = vec![
        ("standing", PublicStanding::ALL.iter().map(standing).collect()),
        ("state", StateKind::ALL.iter().map(|state| (state.code(), frame.state(state))).collect()),
        ("kind", Kind::ALL.iter().map(|kind| (kind.code(), frame.kind(kind))).collect()),
        ("outcome", OutcomeKind::ALL.iter().map(|outcome| (outcome.code(), frame.outcome(*outcome))).collect()),
        ("method", Method::ALL.iter().map(|method| (method.code(), frame.method(*method))).collect()),
        ("finding", CallBackFinding::ALL.iter().map(finding).collect()),
    ];
    asking.page(&OpenData {
        licence: app.store.settings().licence.clone(),
        matter_columns: MATTER_COLUMNS,
        event_columns: EVENT_COLUMNS,
        codes,
        frame,
    })
}
