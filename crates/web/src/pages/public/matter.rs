//! `GET /matters/{number}` without an account: one published matter, its history as published, and its proof.

use std::sync::Arc;

use askama::Template;
use ledger::calendar::OfficeCalendar;
use ledger::id::{MatterId, Number, UnitId};
use ledger::matter::{CallBackFinding, Matter, PublicItem, State, StateKind};
use store::{PublishedLine, Read, Recorded};

use crate::App;
use crate::error::Problem;
use crate::frame::{Answer, Frame};
use crate::fresh::Asking;
use crate::pages::matter::{Line, lines};
use crate::pages::public::{data, told};
use crate::who::Who;
use crate::words::shortened;

/// What is read of a published matter.
pub(super) struct Found {
    pub(super) line: PublishedLine,
    pub(super) matter: Arc<Matter>,
    pub(super) history: Vec<Recorded>,
    pub(super) organisation: Arc<ledger::organisation::Organisation>,
    pub(super) today: civil::Date,
    pub(super) goes_on: Option<Number>,
    pub(super) calendar: Arc<OfficeCalendar>,
}

/// The published matter of this number, as a line. Errors: `Unpublished` where it was published once and is no more;
/// `NotFound` where there is none or it never was.
pub(crate) fn line(read: &mut Read<'_>, number: &str) -> Result<PublishedLine, Problem> {
    let number = Number::parse(number).map_err(|_| Problem::NotFound)?;
    if let Some(line) = read.published_line(number)? {
        return Ok(line);
    }
    let gone = read.unpublished_line(number)?.ok_or(Problem::NotFound)?;
    Err(Problem::Unpublished { number, until: gone.at })
}

/// The published matter of this number, whole. Errors: those of `line`.
pub(super) fn find(read: &mut Read<'_>, number: &str) -> Result<Found, Problem> {
    let line = line(read, number)?;
    let matter = read.matter(line.matter)?.ok_or(Problem::NotFound)?;
    let history = read.published_history(line.matter)?;
    let goes_on = match &matter.state {
        State::Withdrawn { successor: Some(successor), .. } => published(read, *successor)?,
        State::Opened
        | State::Assigned
        | State::UnderWay { .. }
        | State::Reported(_)
        | State::Verified(_, _)
        | State::Cleared(_, _, _)
        | State::Withdrawn { successor: None, .. } => None,
    };
    let (organisation, calendar, today) = (read.organisation()?, read.calendar()?, read.today());
    Ok(Found { line, matter, history, organisation, today, goes_on, calendar })
}

/// Its number, where the public may know of it.
fn published(read: &mut Read<'_>, id: MatterId) -> Result<Option<Number>, Problem> {
    let Some(matter) = read.matter(id)? else { return Ok(None) };
    Ok(read.published_line(matter.number)?.map(|line| line.number))
}

/// Characters of a directive in the page's title.
const TITLE: usize = 60;

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
    /// The published matter under which it goes on.
    goes_on: Option<Number>,
}

impl MatterPage {
    fn is_cleared(&self) -> bool {
        self.line.state == StateKind::Cleared
    }

    /// The matter as others speak of it: what was decided, as far as a line holds it, and its number.
    fn named(&self) -> String {
        match &self.line.quote {
            Some(quote) => self
                .frame
                .text("public-named")
                .arg("quote", shortened(quote, TITLE))
                .arg("number", self.number.as_str())
                .to_string(),
            None => self.number.clone(),
        }
    }

    /// What became of it, and who leads.
    fn in_short(&self) -> String {
        let standing = self.standing.as_str();
        match &self.lead {
            Some((lead, _)) => {
                self.frame.text("public-in-short").arg("standing", standing).arg("lead", lead.as_str()).to_string()
            }
            None => standing.to_owned(),
        }
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
    let Found { line, matter, history, organisation, today, goes_on, calendar } =
        app.read(move |read| find(read, &number)).await?;
    let who = Who::without_people(&frame, organisation);
    if is_data {
        let base = asking.base(app);
        let body = data::one(&data::Speaking::new(app, &who, &base), &line, &matter, &history);
        return Ok(asking.open("application/json", body.to_string()));
    }
    let lead = line
        .lead
        .zip(line.lead_since)
        .map(|(lead, since)| (who.party_on(&lead, since), lead.units(who.organisation(), since).first().copied()));
    asking.page(&MatterPage {
        number: line.number.to_string(),
        standing: told::standing(&frame, &line, (today, &calendar)),
        lead,
        lines: lines(&frame, &who, &matter, &history, false),
        vkey: app.store.vkey(),
        may_contradict: line.state == StateKind::Cleared,
        goes_on,
        line,
        matter,
        frame,
    })
}
