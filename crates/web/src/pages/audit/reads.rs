//! `GET /audit/reads`, `GET /audit/reads.csv`: the read log, by officer, matter and days. A line about a matter that the
//! auditor may not know is not there for him, as the matter is not.

use std::collections::HashMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use civil::Date;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use ledger::Invalid;
use ledger::audience::sees;
use ledger::id::{EvidenceId, MatterId, Number, OfficerId};
use ledger::organisation::Organisation;
use ledger::party::Party;
use store::access::{ReadFilter, ReadKind, ReadLine, Reading};

use super::organisation_for_audit;
use crate::App;
use crate::acts::{parse_date, parse_party};
use crate::error::Problem;
use crate::form::Filled;
use crate::frame::{Answer, Frame, page, page_again};
use crate::pages::export::line;
use crate::pages::matters::asked::query;
use crate::record::own_hand;
use crate::session::SignedIn;
use crate::stream;
use crate::who::Who;

/// Lines on one page.
const LINES: usize = 50;
/// Lines looked at, and written, at once.
const PIECE: u32 = 200;
/// What may be asked.
const FIELDS: [&str; 4] = ["officer", "number", "from", "last_day"];
/// Headings of the file: tails of message ids.
const COLUMNS: [&str; 8] = ["at", "officer", "officer-id", "behalf", "kind", "kind-code", "matter", "file"];

/// A line of the read log that may be shown, with the number of its matter.
pub struct Visible {
    line: ReadLine,
    number: Option<Number>,
}

/// Lines before the one of this number that the auditor may see, the latest first, and where the next page begins. Looks
/// until the page is full: what is hidden leaves no gap.
pub fn visible(
    app: &App,
    auditor: OfficerId,
    filter: &ReadFilter,
    before: Option<i64>,
    most: usize,
) -> Result<(Vec<Visible>, Option<i64>), Problem> {
    let (mut shown, mut before) = (vec![], before);
    let mut numbers: HashMap<MatterId, Option<Number>> = HashMap::new();
    loop {
        let lines = app.access.read_log(filter, before, PIECE).map_err(Problem::fault)?;
        let Some(last) = lines.last().map(|line| line.id) else { return Ok((shown, None)) };
        let unknown: Vec<MatterId> = lines.iter().filter_map(|line| line.what.matter).collect();
        app.store.read(|read| -> Result<(), Problem> {
            let (organisation, today) = (read.organisation()?, read.today());
            for id in unknown {
                if !numbers.contains_key(&id) {
                    let matter = read.matter(id)?;
                    let seen = matter.filter(|matter| sees(&organisation, Some(auditor), matter, today));
                    numbers.insert(id, seen.map(|matter| matter.number));
                }
            }
            Ok(())
        })?;
        for line in lines {
            let number = match line.what.matter.map(|matter| numbers.get(&matter).copied().flatten()) {
                Some(None) => continue,
                Some(number) => number,
                None => None,
            };
            if shown.len() == most {
                let next = shown.last().map(|last: &Visible| last.line.id);
                return Ok((shown, next));
            }
            shown.push(Visible { line, number });
        }
        before = Some(last);
    }
}

/// A line as it is shown.
pub struct Line {
    /// When, in words.
    pub when: String,
    /// When, for machines.
    pub machine: String,
    /// Who, and in whose place.
    pub who: String,
    /// Everything this officer read.
    pub of_officer: String,
    /// What it was, and what for.
    pub what: String,
    /// The matter.
    pub number: Option<Number>,
    /// The file of evidence.
    pub file: Option<EvidenceId>,
}

impl Line {
    /// The line in the person's words.
    pub fn of(frame: &Frame, who: &Who, visible: &Visible) -> Self {
        let ReadLine { id: _, at, by, what } = &visible.line;
        Self {
            when: frame.moment(at),
            machine: frame.machine(at),
            who: who.hand(by),
            of_officer: format!("/audit/reads?{}", query(&[("officer", &format!("officer/{}", by.officer))])),
            what: frame.word("read", what.kind.code()),
            number: visible.number,
            file: what.file,
        }
    }
}

/// What is asked of the read log.
struct Asked {
    form: Filled,
    filter: ReadFilter,
    before: Option<i64>,
}

impl Asked {
    /// Reads an address. What is wrong in it stands at its field.
    async fn read(app: &App, auditor: OfficerId, pairs: Vec<(String, String)>) -> Result<Self, Problem> {
        let zone = app.settings.zone.clone();
        app.read(move |read| {
            let organisation = read.organisation()?;
            let mut form = Filled::of(pairs);
            let officer = typed(&form, "officer").map(|typed| officer(typed, &organisation)).transpose();
            let matter = match typed(&form, "number").map(Number::parse).transpose() {
                Ok(Some(number)) => match read.find(Some(auditor), number)? {
                    Some(id) => Ok(Some(id)),
                    None => Err(Invalid::new("number", "no-such-matter")),
                },
                Ok(None) => Ok(None),
                Err(invalid) => Err(invalid),
            };
            let day = |field| typed(&form, field).map(|typed| parse_date(field, typed)).transpose();
            let (from, last) = (day("from"), day("last_day"));
            let first_instant = |day: Date| start(day, &zone);
            let from = form.take(from).flatten().map(first_instant);
            let until = form.take(last).flatten().map(|last| first_instant(last.tomorrow().unwrap_or(last)));
            let filter =
                ReadFilter { officer: form.take(officer).flatten(), matter: form.take(matter).flatten(), from, until };
            let before = form.text("before").parse().ok();
            Ok(Self { form, filter, before })
        })
        .await
    }

    /// The same question, for another address.
    fn with<'a>(&'a self, more: &[(&'a str, &'a str)]) -> String {
        let asked = FIELDS.iter().filter_map(|name| typed(&self.form, name).map(|value| (*name, value)));
        query(&asked.chain(more.iter().copied()).collect::<Vec<_>>())
    }
}

fn typed<'a>(form: &'a Filled, field: &str) -> Option<&'a str> {
    Some(form.text(field).trim()).filter(|typed| !typed.is_empty())
}

fn officer(typed: &str, organisation: &Organisation) -> Result<OfficerId, Invalid> {
    match parse_party("officer", typed, organisation)? {
        Party::Officer(officer) => Ok(officer),
        Party::Unit(_) | Party::Post(_) => Err(Invalid::new("officer", "not-an-officer")),
    }
}

/// The day's first instant in the office's zone.
pub(super) fn start(day: Date, zone: &TimeZone) -> Timestamp {
    day.to_zoned_datetime(zone.clone()).map_or(Timestamp::MAX, |zoned| zoned.timestamp())
}

#[derive(Template)]
#[template(path = "audit/reads.html")]
struct ReadsPage {
    frame: Frame,
    form: Filled,
    lines: Vec<Line>,
    /// Whether anything narrows the list.
    is_narrowed: bool,
    csv: String,
    older: Option<String>,
    is_later_page: bool,
}

/// A page of the read log.
pub async fn get(
    State(app): State<Arc<App>>,
    frame: Frame,
    SignedIn { officer }: SignedIn,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let organisation = organisation_for_audit(&app, officer).await?;
    let asked = Asked::read(&app, officer, pairs).await?;
    let (lines, next) = match asked.form.errors().is_empty() {
        true => {
            let (all, filter, before) = (app.clone(), asked.filter.clone(), asked.before);
            let found = tokio::task::spawn_blocking(move || visible(&all, officer, &filter, before, LINES));
            found.await.map_err(Problem::fault)??
        }
        false => (vec![], None),
    };
    let who = Who::new(&frame, organisation);
    let shown = ReadsPage {
        lines: lines.iter().map(|line| Line::of(&frame, &who, line)).collect(),
        is_narrowed: asked.filter != ReadFilter::default(),
        csv: format!("/audit/reads.csv?{}", asked.with(&[])),
        older: next.map(|id| format!("/audit/reads?{}", asked.with(&[("before", &id.to_string())]))),
        is_later_page: asked.before.is_some(),
        form: asked.form,
        frame,
    };
    if shown.form.errors().is_empty() { page(&shown) } else { page_again(&shown) }
}

/// All that the same question finds, as delimited text. That it was taken is on the read log too.
pub async fn csv(
    State(app): State<Arc<App>>,
    frame: Frame,
    SignedIn { officer }: SignedIn,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let organisation = organisation_for_audit(&app, officer).await?;
    let asked = Asked::read(&app, officer, pairs).await?;
    if let Some(invalid) = asked.form.errors().first() {
        return Err(Problem::Invalid(invalid.clone()));
    }
    let taken = Reading { kind: ReadKind::ReadLog, matter: asked.filter.matter, file: None };
    app.note_read(own_hand(officer), [taken]).await?;
    let who = Who::new(&frame, organisation);
    let name = format!("reads-{}.csv", app.today());
    stream::file(&name, "text/csv; charset=utf-8; header=present", move |pipe| {
        std::io::Write::write_all(pipe, "\u{FEFF}".as_bytes()).map_err(Problem::fault)?;
        line(pipe, &COLUMNS.map(|column| frame.word("reads-column", column)))?;
        let mut before = None;
        loop {
            let (lines, next) = visible(&app, officer, &asked.filter, before, PIECE as usize)?;
            for shown in &lines {
                line(pipe, &cells(&frame, &who, shown))?;
            }
            before = match next {
                Some(next) => Some(next),
                None => return Ok(()),
            };
        }
    })
}

fn cells(frame: &Frame, who: &Who, shown: &Visible) -> [String; 8] {
    let ReadLine { id: _, at, by, what } = &shown.line;
    [
        at.to_string(),
        who.officer(&by.officer),
        by.officer.to_string(),
        by.on_behalf.map(|other| who.officer(&other)).unwrap_or_default(),
        frame.word("read", what.kind.code()),
        what.kind.code().to_owned(),
        shown.number.map(|number| number.to_string()).unwrap_or_default(),
        what.file.map(|file| file.to_string()).unwrap_or_default(),
    ]
}
