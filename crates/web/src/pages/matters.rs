//! `GET /matters`: the ledger as a list; its filters stand in the address. `GET`, `POST /matters/new`: a matter
//! without a document.

use std::sync::Arc;

use askama::Template;
use axum::Json;
use axum::extract::{Query, State};
use axum::response::IntoResponse as _;
use ledger::act::{ActKind, Opening, open};
use ledger::audience::Audience;
use ledger::id::{MatterId, OfficerId, Series, Stream, UnitId};
use ledger::matter::{Group, Kind, OpenedText, Source, StateKind};
use ledger::organisation::Organisation;
use ledger::party::Party;
use ledger::rights::{self, Thing};
use ledger::{Invalid, Text};
use serde::Deserialize;
use serde_json::json;
use store::{ChangeError, Count, MatterFilter, MatterLine, Standing};

use crate::App;
use crate::acts::parse_party;
use crate::error::{Problem, refused};
use crate::form::{CheckedForm, Filled};
use crate::frame::{Answer, Frame, go_to, page, page_again};
use crate::pages::act::{Choice, officers};
use crate::record::own_hand;
use crate::session::{MaybeSignedIn, SignedIn};
use crate::who::Who;

/// Matters on one page of the list.
const LINES: u32 = 50;

/// The list's filters, as the address holds them.
#[derive(Deserialize, Default)]
pub struct Asked {
    /// A state's code, `open`, `overdue`, or nothing.
    #[serde(default)]
    pub state: String,
    /// A unit's id: the lead.
    #[serde(default)]
    pub lead: String,
    /// Words to look for.
    #[serde(default)]
    pub words: String,
    /// As what it waits on the reader's desk: a code of `Group`, or nothing.
    #[serde(default)]
    pub waits: String,
    /// From 0.
    #[serde(default)]
    pub page: u32,
}

impl Asked {
    /// As what the matters wait, where the list is a desk's.
    pub fn waits(&self) -> Option<Group> {
        self.waits.parse().ok()
    }

    pub(crate) fn filter(&self) -> MatterFilter {
        let standing = match self.state.as_str() {
            "open" => Some(Standing::Open),
            "overdue" => Some(Standing::Overdue),
            _state => None,
        };
        MatterFilter {
            states: self.state.parse::<StateKind>().into_iter().collect(),
            standing,
            lead: UnitId::parse(&self.lead).ok(),
            waits: self.waits.parse().ok(),
            words: self.words.chars().take(200).collect(),
            ..MatterFilter::default()
        }
    }

    /// The same filters on another page.
    fn address(&self, page: u32) -> String {
        let mut address = form_urlencoded(&[
            ("state", &self.state),
            ("lead", &self.lead),
            ("words", &self.words),
            ("waits", &self.waits),
        ]);
        address.push_str(&format!("&page={page}"));
        format!("/matters?{address}")
    }

    /// The same filters, for a file of all of it.
    fn export(&self, ending: &str) -> String {
        self.address(0).replacen("/matters?", &format!("/matters/export.{ending}?"), 1)
    }
}

fn form_urlencoded(pairs: &[(&str, &str)]) -> String {
    let encode = |text: &str| -> String {
        text.bytes()
            .map(|byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
                other => format!("%{other:02X}"),
            })
            .collect()
    };
    pairs.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect::<Vec<_>>().join("&")
}

#[derive(Template)]
#[template(path = "matters.html")]
struct Matters {
    frame: Frame,
    who: Who,
    asked: Asked,
    lines: Vec<MatterLine>,
    count: String,
    states: &'static [StateKind],
    units: Vec<UnitId>,
    today: civil::Date,
    is_officer: bool,
    may_open: bool,
    has_more: bool,
}

/// How many, as a sentence.
pub fn counted(frame: &Frame, count: Count) -> String {
    match count {
        Count::Exactly(count) => frame.text("list-count").arg("count", count).to_string(),
        Count::MoreThan(count) => frame.text("list-more-than").arg("count", frame.number(&count)).to_string(),
    }
}

/// The list; JSON where a program asks. A visitor sees what was published.
pub async fn get(
    State(app): State<Arc<App>>,
    frame: Frame,
    MaybeSignedIn(who): MaybeSignedIn,
    Query(asked): Query<Asked>,
) -> Answer {
    if who.is_none() {
        let list = if frame.visit().json { "/open-data/matters.json" } else { "/published" };
        return Ok(go_to(list));
    }
    let reader = who.map(|who| who.officer);
    let (filter, skip) = (asked.filter(), asked.page.saturating_mul(LINES));
    let (mut lines, count, organisation, today) = app
        .read(move |read| {
            let lines = read.matters(reader, &filter, LINES + 1, skip)?;
            Ok((lines, read.count(reader, &filter)?, read.organisation()?, read.today()))
        })
        .await?;
    let has_more = lines.len() > LINES as usize;
    lines.truncate(LINES as usize);
    if frame.visit().json {
        return Ok(Json(lines.iter().map(as_json).collect::<Vec<_>>()).into_response());
    }
    let may = |officer: OfficerId| {
        rights::may(own_hand(officer), ActKind::Open, &Thing::Office, &organisation, today).is_ok()
    };
    page(&Matters {
        count: counted(&frame, count),
        states: StateKind::ALL,
        units: organisation.units().map(|unit| unit.id).collect(),
        may_open: reader.is_some_and(may),
        who: Who::new(&frame, organisation),
        is_officer: reader.is_some(),
        frame,
        asked,
        lines,
        today,
        has_more,
    })
}

fn as_json(line: &MatterLine) -> serde_json::Value {
    json!({
        "number": line.number.to_string(),
        "state": line.state.code(),
        "kind": line.kind.code(),
        "directive": line.quote,
        "due": line.due.map(|due| due.to_string()),
    })
}

#[derive(Template)]
#[template(path = "matter-new.html")]
struct NewMatter {
    frame: Frame,
    form: Filled,
    kinds: &'static [Kind],
    officers: Vec<Choice>,
    refusal: Option<(String, String)>,
}

async fn new_page(app: &App, frame: Frame, officer: OfficerId, form: Filled) -> Result<NewMatter, Problem> {
    let (organisation, today) = app
        .read(move |read| {
            let organisation = read.organisation()?;
            rights::may(own_hand(officer), ActKind::Open, &Thing::Office, &organisation, read.today())?;
            Ok((organisation, read.today()))
        })
        .await?;
    let who = Who::new(&frame, organisation);
    Ok(NewMatter { officers: officers(&frame, &who, today), frame, form, kinds: Kind::ALL, refusal: None })
}

/// The form.
pub async fn get_new(State(app): State<Arc<App>>, frame: Frame, SignedIn { officer }: SignedIn) -> Answer {
    let form = Filled::with(&[("kind", Kind::Directive.code()), ("audience", "office")]);
    page(&new_page(&app, frame, officer, form).await?)
}

/// Opens the matter.
pub async fn post_new(State(app): State<Arc<App>>, frame: Frame, sent: CheckedForm) -> Answer {
    let officer = sent.who.officer;
    let command = sent.envelope(&app, "/matters/new");
    let mut form = sent.form;
    let organisation = app.read(|read| Ok(read.organisation()?)).await?;
    let Some((kind, quote, audience)) = read_opening(&mut form, &organisation) else {
        if frame.visit().json {
            return Err(form.errors().first().cloned().map_or(Problem::NotFound, Problem::Invalid));
        }
        return page_again(&new_page(&app, frame, officer, form).await?);
    };
    let done = app
        .change(command, move |read| {
            let id = MatterId(read.new_id());
            let series = if let Audience::Circle(_) = &audience { Series::Circle } else { Series::General };
            let number = read.next_number(series)?;
            let text = OpenedText {
                quote: quote.clone(),
                source: None,
                owner: None,
                deadline: None,
                quantity: None,
                due: None,
                origin_key: None,
            };
            let (source, audience, applicant) = (Source::Instruction, audience.clone(), None);
            let opening = Opening { id, number, kind, source, audience, text, applicant };
            Ok(read.with_context(own_hand(officer), &Default::default(), |context| open(opening, context))??)
        })
        .await;
    let answer = match done {
        Ok(answer) => answer,
        Err(ChangeError::Refusal(refusal)) if !frame.visit().json => {
            let said = refused(&frame, &refusal);
            let mut shown = new_page(&app, frame, officer, form).await?;
            shown.refusal = Some(said);
            return page_again(&shown);
        }
        Err(error) => return Err(error.into()),
    };
    let opened = answer.events.iter().find_map(|event| match event.stream {
        Stream::Matter(id) => Some(id),
        _other => None,
    });
    let number = app
        .read(move |read| Ok(opened.map(|id| read.matter(id)).transpose()?.flatten().map(|matter| matter.number)))
        .await?;
    let number = number.ok_or(Problem::NotFound)?;
    if frame.visit().json {
        return Ok(Json(json!({ "number": number.to_string() })).into_response());
    }
    Ok(go_to(&format!("/matters/{number}")))
}

fn read_opening(form: &mut Filled, organisation: &Organisation) -> Option<(Kind, Text, Audience)> {
    let kind = form.text("kind").parse().map_err(|_| Invalid::new("kind", "unknown-code"));
    let quote = Text::parse("directive", form.text("directive"));
    let audience = match form.text("audience") {
        "office" => Ok(Audience::Office),
        "circle" => {
            let named: Result<_, Invalid> = form
                .all("officers")
                .map(|typed| match parse_party("officers", typed, organisation)? {
                    Party::Officer(officer) => Ok(officer),
                    Party::Unit(_) | Party::Post(_) => Err(Invalid::new("officers", "not-an-officer")),
                })
                .collect();
            named.map(Audience::Circle)
        }
        _other => Err(Invalid::new("audience", "unknown-code")),
    };
    let (kind, quote, audience) = (form.take(kind), form.take(quote), form.take(audience));
    Some((kind?, quote?, audience?))
}
