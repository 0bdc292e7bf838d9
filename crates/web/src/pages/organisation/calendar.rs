//! `GET /organisation/calendar`: a year at a glance: which days are worked in this office, from which source, and which
//! the office made otherwise; for the administrator the forms that adopt a year and correct a day.

use std::sync::Arc;

use askama::Template;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use civil::{Country, Date, ScheduleYear, ScheduledDay};
use ledger::calendar::{self, DayRule, OfficeCalendar};
use ledger::id::{OfficerId, Stream};
use ledger::rights::{self, Role};
use ledger::{Invalid, Text};
use serde::Deserialize;
use serde_json::json;

use super::changes::{self, ChangeLine};
use super::{choice, done, may_change, may_look, stale_or_refused};
use crate::App;
use crate::acts::parse_date;
use crate::error::Problem;
use crate::form::{CheckedForm, Filled};
use crate::frame::{Answer, Frame, page, page_with};
use crate::query::Query;
use crate::record::own_hand;
use crate::session::SignedIn;
use crate::texts::Lang;
use crate::who::Who;

/// Changes shown at the foot of the page.
const LINES_MAX: usize = 50;

/// Which year.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    #[serde(default)]
    year: String,
}

/// How a day stands out, if it does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Mark {
    /// An ordinary working day.
    None,
    /// An ordinary weekend.
    Weekend,
    /// Free by the schedule.
    Free,
    /// A weekend day that is worked.
    Worked,
    /// The office made it free.
    MadeFree,
    /// The office made it worked.
    MadeWorked,
}

impl Mark {
    fn code(self) -> &'static str {
        match self {
            Mark::None => "",
            Mark::Weekend => "weekend",
            Mark::Free => "free",
            Mark::Worked => "worked",
            Mark::MadeFree => "made-free",
            Mark::MadeWorked => "made-worked",
        }
    }
}

/// A month: its name's number, and its weeks; a week has seven places, empty outside the month.
struct Month {
    no: i8,
    weeks: Vec<[Option<(Date, Mark)>; 7]>,
}

/// Days in a row that are no ordinary ones.
struct Special {
    day: Date,
    /// The last of them.
    last: Date,
    mark: Mark,
    /// What the schedule calls it.
    name: Option<&'static str>,
    /// Why the office made it otherwise.
    reason: Option<String>,
}

#[derive(Template)]
#[template(path = "organisation/calendar.html")]
struct CalendarPage {
    frame: Frame,
    form: Filled,
    at: String,
    year: i16,
    adopted: Option<(Country, Option<&'static ScheduleYear>)>,
    /// Schedules of this year that are known and not the one in force.
    known: Vec<Country>,
    is_in_force: bool,
    months: Vec<Month>,
    specials: Vec<Special>,
    working: usize,
    lines: Vec<ChangeLine>,
    stream: String,
    version: u64,
    today: Date,
    is_administrator: bool,
    refusal: Option<(String, String)>,
}

impl CalendarPage {
    fn countries(&self) -> [Country; 2] {
        Country::ALL
    }

    fn years_of(&self, country: &Country) -> String {
        let years: Vec<String> = country.years().iter().map(|year| year.year.to_string()).collect();
        years.join(self.frame.text("list-comma").to_string().as_str())
    }

    fn rules(&self) -> Vec<(String, String, bool)> {
        let word = |rule: &DayRule| choice(rule.code().to_owned(), self.frame.word("rule-choice", rule.code()), false);
        DayRule::ALL.iter().map(word).collect()
    }

    fn month(&self, no: &i8) -> String {
        self.frame.text("calendar-month").arg("month", i64::from(*no)).to_string()
    }

    fn weekdays(&self) -> [&'static str; 7] {
        ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    }

    fn is_today(&self, day: &Date) -> bool {
        *day == self.today
    }
}

fn mark(calendar: &OfficeCalendar, day: Date) -> Mark {
    let is_weekend = day.weekday().to_monday_one_offset() > 5;
    let corrected = calendar.corrections().find(|(at, _)| *at == day).map(|(_, correction)| correction.rule);
    match (corrected, calendar.is_working(day), is_weekend) {
        (Some(DayRule::Free), _, _) => Mark::MadeFree,
        (Some(DayRule::Working), _, _) => Mark::MadeWorked,
        (Some(DayRule::AsScheduled) | None, true, true) => Mark::Worked,
        (Some(DayRule::AsScheduled) | None, true, false) => Mark::None,
        (Some(DayRule::AsScheduled) | None, false, is_weekend) => {
            let scheduled = calendar.year(day.year()).is_some_and(|year| year.free.contains(&day));
            if is_weekend && !scheduled { Mark::Weekend } else { Mark::Free }
        }
    }
}

fn months(calendar: &OfficeCalendar, year: i16) -> Vec<Month> {
    let month = |no: i8| {
        let mut weeks = vec![];
        let Some(first) = civil::day(year, no, 1) else { return Month { no, weeks } };
        let mut week = [None; 7];
        for day in std::iter::successors(Some(first), |day| day.tomorrow().ok()).take_while(|day| day.month() == no) {
            let place = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or(0);
            week[place] = Some((day, mark(calendar, day)));
            if place == 6 || day == day.last_of_month() {
                weeks.push(week);
                week = [None; 7];
            }
        }
        Month { no, weeks }
    };
    (1..=12).map(month).collect()
}

/// Takes a day to the row of days before it, where it is of the same kind.
fn joined(mut row: Vec<Special>, next: Special) -> Vec<Special> {
    match row.last_mut() {
        Some(before)
            if before.last.tomorrow().is_ok_and(|day| day == next.day)
                && before.mark == next.mark
                && before.name == next.name
                && before.reason == next.reason =>
        {
            before.last = next.last;
        }
        Some(_) | None => row.push(next),
    }
    row
}

async fn show(app: &App, frame: Frame, officer: OfficerId, year: &str) -> Result<CalendarPage, Problem> {
    let unread = || Problem::asked("year", year);
    let read = app.read(|read| {
        let stream = Stream::Calendar(calendar::OFFICE);
        let (history, version) = (read.history(stream)?, read.version(stream)?);
        Ok((read.organisation()?, read.today(), read.calendar()?, history, version))
    });
    let (organisation, today, calendar, history, version) = read.await?;
    may_look(&organisation, officer, today)?;
    let year = match year.trim() {
        "" => today.year(),
        typed => typed.parse().ok().filter(|year| (2000..=2100).contains(year)).ok_or_else(unread)?,
    };
    let adopted = calendar.year(year).map(|adopted| (adopted.country, adopted.country.year(year)));
    let known = Country::ALL.into_iter().filter(|country| {
        let published = country.year(year);
        let in_force = calendar.year(year).filter(|adopted| adopted.country == *country);
        let same = in_force.zip(published).is_some_and(|(adopted, published)| {
            adopted.free.iter().copied().eq(published.free()) && adopted.worked.iter().copied().eq(published.worked())
        });
        published.is_some() && !same
    });
    let scheduled: Vec<ScheduledDay> =
        adopted.and_then(|(_, published)| published).map(|published| published.days.clone()).unwrap_or_default();
    let months = months(&calendar, year);
    let days = || months.iter().flat_map(|month| month.weeks.iter().flatten().flatten());
    let special = |(day, mark): &(Date, Mark)| match mark {
        Mark::None | Mark::Weekend => None,
        Mark::Free | Mark::Worked | Mark::MadeFree | Mark::MadeWorked => {
            let name = scheduled.iter().find(|known| known.date == *day);
            let name = name.map(|known| if frame.lang() == Lang::En { known.en } else { known.zh });
            let correction = calendar.corrections().find(|(at, _)| at == day).map(|(_, correction)| correction);
            let reason = correction.and_then(|c| c.text.open()).map(|text| text.reason.to_string());
            Some(Special { day: *day, last: *day, mark: *mark, name, reason })
        }
    };
    let who = Who::new(&frame, organisation.clone());
    Ok(CalendarPage {
        specials: days().filter_map(special).fold(vec![], joined),
        working: days().filter(|(day, _)| calendar.is_working(*day)).count(),
        known: known.collect(),
        adopted,
        is_in_force: calendar.is_in_force(),
        lines: changes::lines(&frame, &who, &history).into_iter().take(LINES_MAX).collect(),
        stream: Stream::Calendar(calendar::OFFICE).to_string(),
        version,
        is_administrator: rights::roles(&organisation, officer, today).contains(&Role::Administrator),
        form: Filled::default(),
        at: String::new(),
        refusal: None,
        months,
        year,
        today,
        frame,
    })
}

/// The page; JSON where a program asks.
pub async fn get(
    State(app): State<Arc<App>>,
    frame: Frame,
    SignedIn { officer }: SignedIn,
    Query(asked): Query<Asked>,
) -> Answer {
    let shown = show(&app, frame, officer, &asked.year).await?;
    if shown.frame.visit().json {
        let specials = shown.specials.iter().map(|special| {
            json!({
                "day": special.day.to_string(),
                "last": special.last.to_string(),
                "is": special.mark.code(),
                "name": special.name,
                "reason": special.reason,
            })
        });
        let body = json!({
            "year": shown.year,
            "in_force": shown.is_in_force,
            "schedule": shown.adopted.map(|(country, _)| country.code()),
            "source": shown.adopted.and_then(|(_, published)| published).map(|published| published.source),
            "working_days": shown.working,
            "days": specials.collect::<Vec<_>>(),
            "version": shown.version,
        });
        return Ok(Json(body).into_response());
    }
    page(&shown)
}

/// `POST /organisation/calendar/years`: adopts every published year of a country, or one.
pub async fn adopt(State(app): State<Arc<App>>, frame: Frame, sent: CheckedForm) -> Answer {
    let officer = sent.who.officer;
    let command = sent.envelope(&app, "/organisation/calendar/years");
    let mut form = sent.form;
    let country = Country::parse(form.text("country")).ok_or(Invalid::new("country", "unknown-code"));
    let year = match form.text("year").trim() {
        "" => Ok(None),
        year => year.parse::<i16>().map(Some).map_err(|_| Invalid::new("year", "unknown-code")),
    };
    let (Some(country), Some(year)) = (form.take(country), form.take(year)) else {
        return again(&app, frame, officer, form, "years", None).await;
    };
    let years: Vec<i16> =
        year.map_or_else(|| country.years().iter().map(|year| year.year).collect(), |year| vec![year]);
    let changed = app.change(command, move |read| {
        let (held, facts) = (read.calendar()?, Default::default());
        Ok(read.with_context(own_hand(officer), &facts, |context| calendar::adopt(country, &years, &held, context))??)
    });
    match changed.await {
        Ok(answer) => Ok(done(&frame, &answer, "/organisation/calendar")),
        Err(error) => {
            let refusal = stale_or_refused(&frame, error)?;
            again(&app, frame, officer, form, "years", Some(refusal)).await
        }
    }
}

/// `POST /organisation/calendar/days`: makes one day worked or free, or takes that back.
pub async fn correct(State(app): State<Arc<App>>, frame: Frame, sent: CheckedForm) -> Answer {
    let officer = sent.who.officer;
    let command = sent.envelope(&app, "/organisation/calendar/days");
    let mut form = sent.form;
    let day = match parse_date("day", form.text("day")) {
        Ok(day) if !(2000..=2100).contains(&day.year()) => Err(Invalid::new("day", "no-such-day")),
        other => other,
    };
    let rule = form.text("rule").parse().map_err(|_| Invalid::new("rule", "unknown-code"));
    let reason = Text::parse("reason", form.text("reason"));
    let (Some(day), Some(rule), Some(reason)) = (form.take(day), form.take::<DayRule>(rule), form.take(reason)) else {
        return again(&app, frame, officer, form, "days", None).await;
    };
    let changed = app.change(command, move |read| {
        let (held, facts, reason) = (read.calendar()?, Default::default(), reason.clone());
        let by = own_hand(officer);
        Ok(read.with_context(by, &facts, |context| calendar::correct(day, rule, reason, &held, context))??)
    });
    match changed.await {
        Ok(answer) => Ok(done(&frame, &answer, &format!("/organisation/calendar?year={}", day.year()))),
        Err(error) => {
            let refusal = stale_or_refused(&frame, error)?;
            again(&app, frame, officer, form, "days", Some(refusal)).await
        }
    }
}

async fn again(
    app: &App,
    frame: Frame,
    officer: OfficerId,
    form: Filled,
    at: &str,
    refusal: Option<(String, String)>,
) -> Answer {
    if refusal.is_none() {
        may_change(app, officer).await?;
    }
    if let (true, Some(invalid)) = (frame.visit().json, form.errors().first()) {
        return Err(Problem::Invalid(invalid.clone()));
    }
    let status = if refusal.is_some() { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    let year = form.text("day").get(..4).unwrap_or("").to_owned();
    let mut shown = show(app, frame, officer, &year).await?;
    (shown.form, shown.at, shown.refusal) = (form, at.to_owned(), refusal);
    page_with(status, &shown)
}
