//! `GET /documents/{id}/task-sheet`, `GET /documents/{id}/task-sheet.xlsx`: what became matters of a document, as offices
//! hand tasks out: one row a matter, to print and as a workbook. The workbook comes back through the import without an event.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use ledger::document::Document;
use ledger::id::{DocumentId, MatterId, Number, OfficerId};
use ledger::matter::{Matter, Source, StateKind};
use ledger::party::Party;
use rust_xlsxwriter::{DocProperties, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};
use store::access::ReadKind;
use store::{MatterFilter, Read, Sort};

use super::{About, about};
use crate::App;
use crate::error::Problem;
use crate::frame::{Answer, Frame, page};
use crate::import::excel;
use crate::pages::export::XLSX;
use crate::read_log::if_confined;
use crate::record::own_hand;
use crate::session::SignedIn;
use crate::stream;
use crate::who::Who;

/// At most so many rows: a document holds no more proposals.
const ROWS_MAX: usize = ledger::document::PROPOSALS_MAX;

/// The columns: the tail of the heading's message id, and how wide it is. The headings are such as the import knows.
const COLUMNS: [(&str, f64); 9] = [
    ("no", 6.0),
    ("task", 52.0),
    ("criterion", 30.0),
    ("lead", 18.0),
    ("supporting", 18.0),
    ("person", 11.0),
    ("complete-by", 14.0),
    ("remarks", 12.0),
    ("number", 13.0),
];
/// The row that holds the headings, below the title and the meeting.
const HEADINGS: u32 = 2;

/// What is read for one row.
struct Task {
    matter: Arc<Matter>,
    /// Who leads the matters under it.
    supporting: Vec<Party>,
    /// Units that the text names as supporting, in its words.
    named: Vec<String>,
}

/// One row, in words.
struct Row {
    no: usize,
    number: Number,
    task: Option<String>,
    criterion: Option<String>,
    lead: String,
    supporting: String,
    due: Option<civil::Date>,
    /// By when, in the text's words, where that is no single day.
    deadline: String,
}

#[derive(Template)]
#[template(path = "task-sheet.html")]
struct TaskSheet {
    frame: Frame,
    id: DocumentId,
    title: String,
    lang: String,
    held_on: Option<civil::Date>,
    chair: Option<String>,
    today: civil::Date,
    rows: Vec<Row>,
}

impl TaskSheet {
    fn new(frame: Frame, about: &About, tasks: &[Task]) -> Self {
        let who = Who::new(&frame, about.organisation.clone());
        let text = about.document.text.open();
        let rows = (1..).zip(tasks).map(|(no, task)| row(&frame, &who, about, no, task)).collect();
        Self {
            id: about.document.id,
            title: text.map_or_else(|| frame.text("matter-erased").to_string(), |text| text.title.to_string()),
            lang: text.map(|text| text.lang.clone()).unwrap_or_default(),
            held_on: text.and_then(|text| text.date),
            chair: text.and_then(|text| text.presided_by.as_ref()).map(ToString::to_string),
            today: about.today,
            rows,
            frame,
        }
    }

    fn headings(&self) -> Vec<String> {
        COLUMNS.iter().map(|(name, _)| self.frame.word("export", name)).collect()
    }

    /// When it was held, who chaired, and of which day the sheet is.
    fn below_title(&self) -> String {
        let held =
            self.held_on.map(|day| self.frame.text("document-held").arg("day", self.frame.date(&day)).to_string());
        let chair = self.chair.as_ref();
        let chair = chair.map(|chair| self.frame.text("document-chair").arg("chair", chair.as_str()).to_string());
        let made = self.frame.text("sheet-made").arg("day", self.frame.date(&self.today)).to_string();
        held.into_iter().chain(chair).chain([made]).collect::<Vec<_>>().join(" ")
    }
}

/// The lead is who leads it; before it is assigned, the unit that the text names, or its words.
fn row(frame: &Frame, who: &Who, about: &About, no: usize, task: &Task) -> Row {
    let Task { matter, supporting, named } = task;
    let text = matter.text.open();
    let called = |words: &str| {
        let called = about.office.unit_called(words, &about.organisation, about.today);
        called.map_or_else(|| words.to_owned(), |(unit, _)| who.unit(&unit))
    };
    let owner = || text.and_then(|text| text.owner.as_ref()).map(|owner| called(owner.as_str()));
    let lead = matter.lead.as_ref().map(|lead| who.party(lead)).or_else(owner).unwrap_or_default();
    let mut supports: Vec<String> = match supporting.is_empty() {
        true => named.iter().map(|words| called(words)).collect(),
        false => supporting.iter().map(|party| who.party(party)).collect(),
    };
    supports.dedup();
    let due = matter.due.or(text.and_then(|text| text.due));
    let deadline = text.and_then(|text| text.deadline.as_ref()).filter(|_| due.is_none());
    Row {
        no,
        number: matter.number,
        task: text.map(|text| text.quote.to_string()),
        criterion: matter.criterion.open().map(|text| text.criterion.to_string()),
        lead,
        supporting: supports.join(frame.text("list-comma").to_string().as_str()),
        due,
        deadline: deadline.map(ToString::to_string).unwrap_or_default(),
    }
}

/// The matters that came of the document and that the officer may see, in the order of its text; none that was withdrawn.
fn tasks(read: &mut Read<'_>, officer: OfficerId, document: &Document) -> Result<Vec<Task>, Problem> {
    let states = StateKind::ALL.iter().copied().filter(|state| *state != StateKind::Withdrawn).collect();
    let filter = MatterFilter { states, document: Some(document.id), ..MatterFilter::default() };
    let mut tasks = vec![];
    for id in read.matter_ids(Some(officer), &filter, &Sort::Number, ROWS_MAX)? {
        let Some(matter) = read.matter(id)? else { continue };
        let supporting = supporting(read, officer, &matter)?;
        let Source::Document { proposal, start, .. } = matter.source else { continue };
        let named = document.proposal(proposal);
        let named = named.map(|proposal| proposal.supporting.iter().map(ToString::to_string).collect());
        tasks.push((start, Task { matter, supporting, named: named.unwrap_or_default() }));
    }
    tasks.sort_by_key(|(start, task)| (*start, task.matter.number));
    Ok(tasks.into_iter().map(|(_, task)| task).collect())
}

/// Who leads the matters under this one that the officer may see, each once.
fn supporting(read: &mut Read<'_>, officer: OfficerId, matter: &Matter) -> Result<Vec<Party>, Problem> {
    let mut parties = vec![];
    for sub in &matter.subs {
        let seen: Option<MatterId> = read.find(Some(officer), sub.number)?;
        let Some(part) = seen.map(|id| read.matter(id)).transpose()?.flatten() else { continue };
        parties.extend(part.lead.filter(|lead| Some(*lead) != matter.lead && !parties.contains(lead)));
    }
    Ok(parties)
}

/// What is shown or taken out; that a matter of a circle is in it is noted before.
async fn read(app: &App, frame: Frame, officer: OfficerId, id: String) -> Result<TaskSheet, Problem> {
    let (about, tasks) = app
        .read(move |read| {
            let about = about(read, officer, &id)?;
            let tasks = tasks(read, officer, &about.document)?;
            Ok((about, tasks))
        })
        .await?;
    let confined: Vec<_> = tasks.iter().filter_map(|task| if_confined(ReadKind::List, &task.matter)).collect();
    app.note_read(own_hand(officer), confined).await?;
    Ok(TaskSheet::new(frame, &about, &tasks))
}

/// The sheet, to read and to print.
pub async fn task_sheet(
    State(app): State<Arc<App>>,
    frame: Frame,
    SignedIn { officer }: SignedIn,
    Path(id): Path<String>,
) -> Answer {
    page(&read(&app, frame, officer, id).await?)
}

/// The sheet as a workbook.
pub async fn xlsx(
    State(app): State<Arc<App>>,
    frame: Frame,
    SignedIn { officer }: SignedIn,
    Path(id): Path<String>,
) -> Answer {
    let turn = app.sending.turn(officer).await?;
    let sheet = read(&app, frame, officer, id).await?;
    let name = format!("task-sheet-{}.xlsx", sheet.held_on.unwrap_or(sheet.today));
    stream::file(turn, &name, XLSX, move |pipe| {
        let mut workbook = Workbook::new();
        written(&sheet, &mut workbook).and_then(|()| workbook.save_to_writer(pipe)).map_err(Problem::fault)
    })
}

fn written(sheet: &TaskSheet, workbook: &mut Workbook) -> Result<(), XlsxError> {
    // Without it the library asks the machine's clock.
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&excel(sheet.today)?));
    let page = workbook.add_worksheet();
    head(sheet, page)?;
    let words = Format::new().set_text_wrap().set_align(FormatAlign::Top).set_border(FormatBorder::Thin);
    let day = words.clone().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Left);
    for (at, row) in (HEADINGS + 1..).zip(&sheet.rows) {
        let cells = [
            row.no.to_string(),
            row.task.clone().unwrap_or_else(|| sheet.frame.text("matter-erased").to_string()),
            row.criterion.clone().unwrap_or_default(),
            row.lead.clone(),
            row.supporting.clone(),
            String::new(),
            row.deadline.clone(),
            String::new(),
            row.number.to_string(),
        ];
        for (column, cell) in (0u16..).zip(cells) {
            page.write_string_with_format(at, column, cell, &words)?;
        }
        if let Some(due) = row.due {
            page.write_date_with_format(at, 6, excel(due)?, &day)?;
        }
    }
    Ok(())
}

/// Title, meeting and headings; headings stay in sight and are printed on every page.
fn head(sheet: &TaskSheet, page: &mut Worksheet) -> Result<(), XlsxError> {
    let last = u16::try_from(COLUMNS.len()).unwrap_or(u16::MAX) - 1;
    page.set_name(sheet.frame.text("sheet-title").to_string())?;
    page.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_footer("&C&P / &N");
    page.set_freeze_panes(HEADINGS + 1, 0)?;
    page.set_repeat_rows(HEADINGS, HEADINGS)?;
    let title = Format::new().set_bold().set_font_size(14).set_align(FormatAlign::Center).set_text_wrap();
    let below = Format::new().set_align(FormatAlign::Center).set_text_wrap();
    let heading = sheet.frame.text("sheet-heading").arg("document", sheet.title.as_str()).to_string();
    page.merge_range(0, 0, 0, last, &heading, &title)?;
    page.set_row_height(0, 40)?;
    page.merge_range(1, 0, 1, last, &sheet.below_title(), &below)?;
    let bold = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_border(FormatBorder::Thin);
    for ((column, (_, width)), heading) in (0u16..).zip(COLUMNS).zip(sheet.headings()) {
        page.set_column_width(column, width)?;
        page.write_string_with_format(HEADINGS, column, heading, &bold)?;
    }
    Ok(())
}
