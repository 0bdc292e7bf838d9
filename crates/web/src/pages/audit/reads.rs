//! `GET /audit/reads`, `GET /audit/reads.csv`: the read log, by officer, matter and days. A line about a matter that the
//! auditor may not know is not there for him, as the matter is not.

use std::collections::HashMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::State;
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
use crate::pages::matters::asked;
use crate::query::{self, Pairs, Query};
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

/// Where a page begins: after so many lines of an instant that the auditor may see. It tells nothing of the others.
#[derive(Clone, Copy)]
pub struct Place {
    at: Timestamp,
    past: usize,
}

impl Place {
    fn parse(text: &str) -> Option<Self> {
        let (at, past) = text.split_once('~')?;
        Some(Self { at: Timestamp::from_microsecond(at.parse().ok()?).ok()?, past: past.parse().ok()? })
    }

    fn write(self) -> String {
        format!("{}~{}", self.at.as_microsecond(), self.past)
    }
}

/// Lines from a place on that the auditor may see, the latest first, and where the next page begins. Looks until the page
/// is full: what is hidden leaves no gap.
pub fn visible(
    app: &App,
    auditor: OfficerId,
    filter: &ReadFilter,
    from: Option<Place>,
    most: usize,
) -> Result<(Vec<Visible>, Option<Place>), Problem> {
    let mut shown: Vec<Visible> = vec![];
    let mut before = from.map(|place| (place.at, i64::MAX));
    // How many lines of the instant `at` were passed, on this page and before it.
    let (mut at, mut passed, mut to_pass) = (from.map(|place| place.at), 0, from.map_or(0, |place| place.past));
    let mut numbers: HashMap<MatterId, Option<Number>> = HashMap::new();
    loop {
        let lines = app.access.read_log(filter, before, PIECE).map_err(Problem::fault)?;
        let Some(last) = lines.last() else { return Ok((shown, None)) };
        before = Some((last.at, last.id));
        take_numbers(app, auditor, &lines, &mut numbers)?;
        for line in lines {
            let number = match line.what.matter.map(|matter| numbers.get(&matter).copied().flatten()) {
                Some(None) => continue,
                Some(number) => number,
                None => None,
            };
            if shown.len() == most {
                return Ok((shown, at.map(|at| Place { at, past: passed })));
            }
            if at != Some(line.at) {
                (at, passed, to_pass) = (Some(line.at), 0, 0);
            }
            passed += 1;
            if passed > to_pass {
                shown.push(Visible { line, number });
            }
        }
    }
}

/// Notes the numbers of the lines' matters; none for one that the auditor may not know.
fn take_numbers(
    app: &App,
    auditor: OfficerId,
    lines: &[ReadLine],
    numbers: &mut HashMap<MatterId, Option<Number>>,
) -> Result<(), Problem> {
    app.store.read(|read| {
        let (organisation, today) = (read.organisation()?, read.today());
        for id in lines.iter().filter_map(|line| line.what.matter) {
            if let std::collections::hash_map::Entry::Vacant(unknown) = numbers.entry(id) {
                let seen = read.matter(id)?.filter(|matter| sees(&organisation, Some(auditor), matter, today));
                unknown.insert(seen.map(|matter| matter.number));
            }
        }
        Ok(())
    })
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
            of_officer: format!("/audit/reads?{}", asked::query(&[("officer", &format!("officer/{}", by.officer))])),
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
    from: Option<Place>,
}

impl Asked {
    /// Reads an address. What is wrong in it stands at its field.
    async fn read(app: &App, auditor: OfficerId, pairs: Vec<(String, String)>) -> Result<Self, Problem> {
        let is_place = |value: &str| value.is_empty() || Place::parse(value).is_some();
        query::only(&pairs, &[], |name, value| FIELDS.contains(&name) || name == "place" && is_place(value))?;
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
            let (from, last) = (form.take(from).flatten(), form.take(last).flatten());
            if from.zip(last).is_some_and(|(from, last)| last < from) {
                form.wrong(Invalid::new("last_day", "ends-before-it-begins"));
            }
            let first_instant = |day: Date| start(day, &zone);
            let filter = ReadFilter {
                officer: form.take(officer).flatten(),
                matter: form.take(matter).flatten(),
                from: from.map(first_instant),
                until: last.map(|last| first_instant(last.tomorrow().unwrap_or(last))),
            };
            let from = Place::parse(form.text("place"));
            Ok(Self { form, filter, from })
        })
        .await
    }

    /// The same question, for another address.
    fn with<'a>(&'a self, more: &[(&'a str, &'a str)]) -> String {
        let asked = FIELDS.iter().filter_map(|name| typed(&self.form, name).map(|value| (*name, value)));
        asked::query(&asked.chain(more.iter().copied()).collect::<Vec<_>>())
    }
}

fn typed<'a>(form: &'a Filled, field: &str) -> Option<&'a str> {
    Some(form.text(field).trim()).filter(|typed| !typed.is_empty())
}

fn officer(typed: &str, organisation: &Organisation) -> Result<OfficerId, Invalid> {
    match parse_party("officer", typed, organisation) {
        Ok(Party::Officer(officer)) => Ok(officer),
        Err(invalid) if invalid.code == "no-such-party" => Err(Invalid::new("officer", "no-such-officer")),
        Err(invalid) => Err(invalid),
        Ok(Party::Unit(_) | Party::Post(_)) => Err(Invalid::new("officer", "not-an-officer")),
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
    Query(pairs): Query<Pairs>,
) -> Answer {
    let organisation = organisation_for_audit(&app, officer).await?;
    let asked = Asked::read(&app, officer, pairs).await?;
    let (lines, next) = match asked.form.errors().is_empty() {
        true => {
            let (all, filter, from) = (app.clone(), asked.filter.clone(), asked.from);
            let found = tokio::task::spawn_blocking(move || visible(&all, officer, &filter, from, LINES));
            found.await.map_err(Problem::fault)??
        }
        false => (vec![], None),
    };
    let who = Who::new(&frame, organisation);
    let shown = ReadsPage {
        lines: lines.iter().map(|line| Line::of(&frame, &who, line)).collect(),
        is_narrowed: asked.filter != ReadFilter::default(),
        csv: format!("/audit/reads.csv?{}", asked.with(&[])),
        older: next.map(|place| format!("/audit/reads?{}", asked.with(&[("place", &place.write())]))),
        is_later_page: asked.from.is_some(),
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
    Query(pairs): Query<Pairs>,
) -> Answer {
    let organisation = organisation_for_audit(&app, officer).await?;
    let asked = Asked::read(&app, officer, pairs).await?;
    if let Some(invalid) = asked.form.errors().first() {
        return Err(Problem::Invalid(invalid.clone()));
    }
    let turn = app.sending.turn(officer).await?;
    let taken = Reading { kind: ReadKind::ReadLog, matter: asked.filter.matter, file: None };
    app.note_read(own_hand(officer), [taken]).await?;
    let who = Who::new(&frame, organisation);
    let name = format!("reads-{}.csv", app.today());
    stream::file(turn, &name, "text/csv; charset=utf-8; header=present", move |pipe| {
        std::io::Write::write_all(pipe, "\u{FEFF}".as_bytes()).map_err(Problem::fault)?;
        line(pipe, &COLUMNS.map(|column| frame.word("reads-column", column)))?;
        let mut from = None;
        loop {
            let (lines, next) = visible(&app, officer, &asked.filter, from, PIECE as usize)?;
            for shown in &lines {
                line(pipe, &cells(&frame, &who, shown))?;
            }
            match next {
                Some(_) => from = next,
                None => return Ok(()),
            }
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
