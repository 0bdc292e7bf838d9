//! `GET`, `POST /notices`: assigned matters that have no notice yet, by their leads, and the notices issued.
//! `GET /notices/{numbers}`: one or several, as they are printed; always as they were issued.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use ledger::act::{Act, ActKind};
use ledger::event::{Event, Fold as _};
use ledger::id::{MatterId, Number, OfficerId, Series, Stream, UnitId};
use ledger::matter::{Matter, MatterEvent, Notice, NoticeText, StateKind};
use ledger::organisation::Organisation;
use ledger::party::Party;
use ledger::{Invalid, Refusal, Text};
use store::access::ReadKind;
use store::{ChangeError, MatterFilter, NoticeLine, Read, Stop};

use crate::App;
use crate::error::{Problem, lacks_right, refused};
use crate::form::{CheckedForm, Filled};
use crate::frame::{Answer, Frame, go_to, page, page_again, page_with};
use crate::paging::cut;
use crate::query::{self, Pairs, Query};
use crate::read_log::if_confined;
use crate::record::own_hand;
use crate::session::SignedIn;
use crate::texts::Lang;
use crate::who::Who;

/// Notices on one page of the list.
const LINES: u32 = 50;
/// At most so many matters wait on the page.
const WAITING: u32 = 300;
/// At most so many notices are printed at once.
const PRINTED: usize = 100;

/// A matter that may get a notice.
struct Waiting {
    number: String,
    quote: String,
    due: Option<civil::Date>,
}

#[derive(Template)]
#[template(path = "notices.html")]
struct Notices {
    frame: Frame,
    form: Filled,
    who: Who,
    /// By lead; what only named officers know apart, since it goes out under a number of its own.
    waiting: Vec<ByLead>,
    lines: Vec<(NoticeLine, Option<Party>)>,
    refusal: Option<(String, String)>,
    page: u32,
    has_more: bool,
}

type ByLead = ((Party, Series), Vec<Waiting>);
type Listed = (Vec<ByLead>, Vec<(NoticeLine, Option<Party>)>, Arc<Organisation>, Option<NoticeText>);

fn listed(read: &mut Read<'_>, officer: OfficerId, at: u32) -> Result<Listed, Problem> {
    let (organisation, today) = (read.organisation()?, read.today());
    let posts: Vec<UnitId> = organisation.posts_held(officer, today).iter().map(|post| post.unit).collect();
    if posts.is_empty() {
        return Err(Problem::NotFound);
    }
    let mut waiting: BTreeMap<(Party, Series), Vec<Waiting>> = BTreeMap::new();
    for unit in posts {
        let states = vec![StateKind::Assigned, StateKind::UnderWay];
        let filter = MatterFilter { states, supervising: Some(unit), ..MatterFilter::default() };
        for line in read.matters(Some(officer), &filter, WAITING, 0)? {
            let Some(matter) = read.matter(line.id)?.filter(|matter| matter.notices.is_empty()) else { continue };
            let facts = Default::default();
            let may = read.with_context(own_hand(officer), &facts, |context| {
                matter.offers(ActKind::IssueNotice, context).is_ok()
            })?;
            if let Some(lead) = matter.lead.filter(|_| may) {
                let of_lead = waiting.entry((lead, matter.audience.series())).or_default();
                if of_lead.iter().all(|other| other.number != line.number.to_string()) {
                    let quote = line.quote.unwrap_or_default();
                    of_lead.push(Waiting { number: line.number.to_string(), quote, due: line.due });
                }
            }
        }
    }
    let mut lines = vec![];
    let mut last = None;
    for line in read.notices(Some(officer), LINES + 1, at.saturating_mul(LINES))? {
        let matter = read.matter(line.matter)?;
        let issued = matter.as_ref().and_then(|matter| matter.notices.iter().find(|n| n.number == line.number));
        if last.is_none() {
            last = issued.and_then(|notice| notice.text.open().cloned());
        }
        lines.push((line, matter.and_then(|matter| matter.lead)));
    }
    Ok((waiting.into_iter().collect(), lines, organisation, last))
}

async fn notices(
    app: &App,
    frame: Frame,
    officer: OfficerId,
    form: Option<Filled>,
    at: u32,
) -> Result<Notices, Problem> {
    let (waiting, lines, organisation, last) = app.read(move |read| listed(read, officer, at)).await?;
    let (lines, has_more) = cut(lines, LINES as usize, at == 0)?;
    // What the last notice said of the office is said again.
    let form = form.unwrap_or_else(|| {
        last.map(|text| Filled::with(&[("word", text.word.as_str()), ("liaison", text.contact.as_str())]))
            .unwrap_or_default()
    });
    let who = Who::new(&frame, organisation);
    Ok(Notices { frame, form, who, waiting, lines, refusal: None, page: at, has_more })
}

/// The list.
pub async fn list(
    State(app): State<Arc<App>>,
    frame: Frame,
    SignedIn { officer }: SignedIn,
    Query(asked): Query<Pairs>,
) -> Answer {
    query::only(&asked, &["number"], |name, value| match name {
        "page" => value.parse::<u32>().is_ok(),
        "number" => Number::parse(value).is_ok(),
        _other => false,
    })?;
    let at = query::one(&asked, "page").unwrap_or_default();
    let mut shown = notices(&app, frame, officer, None, at).await?;
    // A list or a matter's page may say which are meant; nothing else is ticked beforehand.
    shown.form.extend(asked.into_iter().filter(|(name, _)| name == "number"));
    page(&shown)
}

/// Issues one notice for each lead of what is ticked: all of them, or none.
pub async fn post(State(app): State<Arc<App>>, frame: Frame, mut sent: CheckedForm) -> Answer {
    let officer = sent.who.officer;
    app.may_anywhere(officer, ActKind::IssueNotice).await?;
    let command = sent.envelope(&app, "/notices");
    let word = Text::parse("word", sent.form.text("word"));
    let contact = Text::parse("liaison", sent.form.text("liaison"));
    let note = Text::parse_optional("note", sent.form.text("note"));
    let numbers: Result<Vec<Number>, Invalid> =
        sent.form.all("number").take(WAITING as usize).map(Number::parse).collect();
    let numbers = match numbers {
        Ok(numbers) if numbers.is_empty() => Err(Invalid::new("number", "nothing-ticked")),
        other => other,
    };
    let (word, contact, note) = (sent.form.take(word), sent.form.take(contact), sent.form.take(note));
    let numbers = sent.form.take(numbers);
    let (Some(word), Some(contact), Some(note), Some(numbers)) = (word, contact, note, numbers) else {
        if frame.visit().json {
            return Err(sent.form.errors().first().cloned().map_or(Problem::NotFound, Problem::Invalid));
        }
        return page_again(&notices(&app, frame, officer, Some(sent.form), 0).await?);
    };
    let text = NoticeText { word, contact, note };
    let issued = app.change(command, move |read| issue(read, officer, &numbers, &text)).await;
    match issued {
        Ok(answer) => {
            let streams: Vec<(Stream, u64)> = answer.events.iter().map(|event| (event.stream, event.n)).collect();
            let numbers = app.read(move |read| numbers_of(read, &streams)).await?;
            Ok(go_to(&format!("/notices/{}", numbers.join(","))))
        }
        Err(ChangeError::Refusal(refusal)) if lacks_right(&refusal) => Err(refusal.into()),
        Err(ChangeError::Invalid(invalid)) if !frame.visit().json => {
            sent.form.wrong(invalid);
            page_again(&notices(&app, frame, officer, Some(sent.form), 0).await?)
        }
        Err(ChangeError::Refusal(refusal)) if !frame.visit().json => {
            let said = refused(&frame, &refusal);
            let mut again = notices(&app, frame, officer, Some(sent.form), 0).await?;
            again.refusal = Some(said);
            page_with(StatusCode::CONFLICT, &again)
        }
        Err(error) => Err(error.into()),
    }
}

fn issue(
    read: &mut Read<'_>,
    officer: OfficerId,
    numbers: &[Number],
    text: &NoticeText,
) -> Result<Vec<(Stream, Event)>, Stop> {
    // A circle's matters are counted apart, so they never share a notice with others.
    let mut by_lead: BTreeMap<(Option<Party>, Series), Vec<Arc<Matter>>> = BTreeMap::new();
    for number in numbers {
        let id = read.find(Some(officer), *number)?.ok_or(Invalid::new("number", "no-such-matter"))?;
        let matter = read.matter(id)?.ok_or(Invalid::new("number", "no-such-matter"))?;
        by_lead.entry((matter.lead, matter.audience.series())).or_default().push(matter);
    }
    let mut events = vec![];
    for ((_, series), matters) in by_lead {
        let notice = read.next_notice(series)?;
        for matter in matters {
            let act = Act::IssueNotice { notice, text: text.clone() };
            let facts = Default::default();
            events.extend(read.with_context(own_hand(officer), &facts, |context| matter.act(act, context))??);
        }
    }
    if events.is_empty() { Err(Refusal::NothingChanges.into()) } else { Ok(events) }
}

/// The numbers of the notices that these events issued, each once, in order.
fn numbers_of(read: &mut Read<'_>, events: &[(Stream, u64)]) -> Result<Vec<String>, Problem> {
    let mut numbers = vec![];
    for (stream, n) in events {
        let history = read.history(*stream)?;
        let issued = history.iter().find(|recorded| recorded.meta.n == *n).map(|recorded| &recorded.event);
        if let Some(Event::Matter(MatterEvent::NoticeIssued { notice, .. })) = issued
            && !numbers.contains(notice)
        {
            numbers.push(*notice);
        }
    }
    numbers.sort_unstable();
    Ok(numbers.iter().map(ToString::to_string).collect())
}

/// A notice as it is printed.
struct Paper {
    notice: Notice,
    /// The number as the paper bears it, and in which language: a paper is cited as it is written.
    sign: String,
    sign_lang: &'static str,
    lead: String,
    supervising: String,
    /// Each as it stood when the notice was issued.
    matters: Vec<Matter>,
}

#[derive(Template)]
#[template(path = "notice.html")]
struct NoticePage {
    frame: Frame,
    papers: Vec<Paper>,
}

/// The notices of these numbers, with commas between: for printing, now or years later.
pub async fn get(
    State(app): State<Arc<App>>,
    frame: Frame,
    SignedIn { officer }: SignedIn,
    Path(numbers): Path<String>,
) -> Answer {
    let asked: Result<Vec<Number>, Invalid> = numbers.split(',').take(PRINTED).map(Number::parse).collect();
    let asked = asked.map_err(|_| Problem::NotFound)?;
    let (issued, organisation, confined) = app
        .read(move |read| {
            let (mut issued, mut confined) = (vec![], vec![]);
            for number in asked {
                let mut matters = vec![];
                for id in read.matters_of_notice(Some(officer), number)? {
                    matters.extend(at_issue(read, id, number)?);
                    confined.extend(read.matter(id)?.and_then(|matter| if_confined(ReadKind::Matter, &matter)));
                }
                issued.push((number, matters));
            }
            Ok((issued, read.organisation()?, confined))
        })
        .await?;
    app.note_read(own_hand(officer), confined).await?;
    let who = Who::new(&frame, organisation);
    let mut papers = vec![];
    for (number, matters) in issued {
        let first = matters.first().ok_or(Problem::NotFound)?;
        let notice = first.notices.iter().find(|notice| notice.number == number).cloned().ok_or(Problem::NotFound)?;
        let word = notice.text.open().map(|text| text.word.to_string()).unwrap_or_default();
        let lang = language_of(&word);
        let words = frame.in_language(lang);
        let sign = match number.series {
            Series::General => words.text("notice-sign"),
            Series::Circle => words.text("notice-sign-circle"),
        };
        let sign = sign.arg("word", word).arg("year", number.year.to_string()).arg("count", number.count.to_string());
        papers.push(Paper {
            sign: sign.to_string(),
            sign_lang: lang.tag(),
            lead: first.lead.map(|lead| who.party(&lead)).unwrap_or_default(),
            supervising: first.supervising.map(|unit| who.unit(&unit)).unwrap_or_default(),
            notice,
            matters,
        });
    }
    page(&NoticePage { frame, papers })
}

/// The language a paper's number is written in: that of the office's own word in it.
fn language_of(word: &str) -> Lang {
    match word.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)) {
        true => Lang::ZhHans,
        false => Lang::En,
    }
}

/// The matter as it stood when the notice was issued.
fn at_issue(read: &mut Read<'_>, id: MatterId, notice: Number) -> Result<Option<Matter>, Problem> {
    let stream = Stream::Matter(id);
    let mut matter: Option<Matter> = None;
    for recorded in read.history(stream)? {
        match &mut matter {
            None => matter = Matter::begin(stream, &recorded.event, &recorded.meta),
            Some(matter) => matter.apply(&recorded.event, &recorded.meta),
        }
        if matches!(&recorded.event, Event::Matter(MatterEvent::NoticeIssued { notice: n, .. }) if *n == notice) {
            return Ok(matter);
        }
    }
    Ok(None)
}
