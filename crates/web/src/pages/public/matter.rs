//! `GET /matters/{number}` without an account: one published matter, its history as published, and its proof.

use std::sync::Arc;

use askama::Template;
use ledger::calendar::OfficeCalendar;
use ledger::id::{Number, Stream, UnitId};
use ledger::matter::{CallBackFinding, Matter, PublicItem, StateKind};
use store::{PublishedLine, Read, Recorded};

use crate::App;
use crate::error::Problem;
use crate::frame::{Answer, Frame};
use crate::fresh::Asking;
use crate::pages::matter::{Line, lines};
use crate::pages::public::{data, told};
use crate::who::Who;

/// What is read of a published matter.
pub(super) struct Found {
    pub(super) line: PublishedLine,
    pub(super) matter: Arc<Matter>,
    pub(super) history: Vec<Recorded>,
    pub(super) organisation: Arc<ledger::organisation::Organisation>,
    pub(super) today: civil::Date,
    pub(super) calendar: Arc<OfficeCalendar>,
}

/// The published matter of this number. Errors: `NotFound` where there is none, be it open or secret.
pub(super) fn find(read: &mut Read<'_>, number: &str) -> Result<Found, Problem> {
    let number = Number::parse(number).map_err(|_| Problem::NotFound)?;
    let line = read.published_line(number)?.ok_or(Problem::NotFound)?;
    let matter = read.matter(line.matter)?.ok_or(Problem::NotFound)?;
    let history = read.history(Stream::Matter(line.matter))?;
    let (organisation, calendar, today) = (read.organisation()?, read.calendar()?, read.today());
    Ok(Found { line, matter, history, organisation, today, calendar })
}

#[derive(Template)]
#[template(path = "published-matter.html")]
struct MatterPage {
    frame: Frame,
    line: PublishedLine,
    matter: Arc<Matter>,
    number: String,
    standing: String,
    lead: Option<(String, Option<UnitId>)>,
    lines: Vec<Line>,
    vkey: String,
    may_contradict: bool,
}

impl MatterPage {
    fn is_cleared(&self) -> bool {
        self.line.state == StateKind::Cleared
    }

    fn criterion(&self) -> Option<String> {
        let shown = self.matter.published.contains(&PublicItem::Criterion);
        self.matter.criterion.open().filter(|_| shown).map(|text| text.criterion.to_string())
    }
}

/// The page; the same as open data where a program asks, or the address ends in `.json`.
pub async fn get(app: &Arc<App>, frame: Frame, asking: &Asking, number: String) -> Answer {
    let plain = number.strip_suffix(".json").map(str::to_owned);
    let is_data = plain.is_some() || frame.visit().json;
    let number = plain.unwrap_or(number);
    let Found { line, matter, history, organisation, today, calendar } =
        app.read(move |read| find(read, &number)).await?;
    let who = Who::without_people(&frame, organisation);
    if is_data {
        let base = asking.base(app);
        let body = data::one(&data::Speaking::new(app, &who, &base), &line, &matter, &history);
        return Ok(asking.open("application/json", body.to_string()));
    }
    let unit = line.lead.as_ref().and_then(|lead| lead.units(who.organisation()).first().copied());
    asking.page(&MatterPage {
        number: line.number.to_string(),
        standing: told::standing(&frame, &line, (today, &calendar)),
        lead: line.lead.as_ref().map(|lead| (who.party(lead), unit)),
        lines: lines(&frame, &who, &matter, &history, false),
        vkey: app.store.vkey(),
        may_contradict: line.state == StateKind::Cleared,
        line,
        matter,
        frame,
    })
}
