//! `GET /documents/{id}`: the text beside what was read in it; and what the clerk makes of each proposal.

mod aside;
mod clear;
mod file;
mod lesson;
mod meanwhile;
mod passage;
mod settle;
mod task_sheet;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use ledger::act::ActKind;
use ledger::document::{Class, Document, Proposal, Settled, Unread};
use ledger::id::{DocumentId, MatterId, MeetingId, Number, OfficerId, Stream};
use ledger::matter::StateKind;
use ledger::organisation::Organisation;
use ledger::profile::OfficeProfile;
use ledger::rights::{self, Thing};
use store::{MatterFilter, Read};

use crate::App;
use crate::error::Problem;
use crate::form::Filled;
use crate::frame::{Answer, Frame, page, page_with};
use crate::pages::matter::{Relative, alike, corrected};
use crate::pages::profile::Taught;
use crate::query::{self, Pairs, Query};
use crate::reading::runs;
use crate::record::own_hand;
use crate::session::SignedIn;
use crate::who::Who;

use aside::Aside;

pub use clear::{clear, confirm_clear};
pub use file::file;
pub use lesson::{lesson, post_lesson};
pub use passage::Passage;
pub use settle::{
    addition, bring_in, confirm, correction, dismiss, division, merge, post_addition, post_correction, post_division,
    take_back, undo,
};
pub use task_sheet::{task_sheet, xlsx};

/// A proposal as the page shows it.
struct Line {
    proposal: Proposal,
    settled: Settled,
    /// Where in the file it stands, in the person's words.
    at: Option<String>,
    /// The number under which its matter goes on, where the words were put right after they were confirmed.
    goes_on: Option<Number>,
    /// Whether the next one is open too, so that both can be merged.
    can_merge: bool,
    /// The unit that the owner's words name by the office's list, and who taught it.
    called: Option<(String, Taught)>,
}

impl Line {
    fn is_open(&self) -> bool {
        self.settled == Settled::Open
    }

    /// Why it is uncertain, as a message.
    fn doubt(&self) -> &'static str {
        match self.proposal.rule.as_str() {
            "en-motion" => "doubt-motion",
            "en-imperative" => "doubt-short",
            "zh-undertaking" | "en-undertaking" => "doubt-undertaking",
            "zh-continued" | "zh-under-modal" | "en-coordinated" => "doubt-carried-over",
            "zh-assigned" | "zh-notice" => "doubt-table",
            _other => "doubt-unclear",
        }
    }
}

#[derive(Template)]
#[template(path = "document.html")]
struct DocumentPage {
    frame: Frame,
    id: DocumentId,
    meeting: MeetingId,
    stream: String,
    version: u64,
    title: Option<String>,
    lang: String,
    held_on: Option<civil::Date>,
    chair: Option<String>,
    /// Why its file was kept and not read.
    unread: Option<Unread>,
    /// Pages of its file that are pictures, so that nothing of them was read: how many, and which.
    unread_pages: Option<(usize, String)>,
    passages: Vec<Passage>,
    /// What was found with certainty, and what was not, each in the order of the text.
    groups: [(&'static str, Vec<Line>); 2],
    /// What was dismissed, and what the office's list left out.
    asides: [Aside; 2],
    open: usize,
    /// Proposals that somebody settles or has settled.
    all: usize,
    /// Whether anything became a matter, so that there is a task sheet.
    has_tasks: bool,
    /// Proposals that leave nothing to find out.
    clear: usize,
    /// Matters that came of it and that nobody leads yet.
    to_assign: usize,
    may_settle: bool,
    can_undo: bool,
    refusal: Option<(String, String)>,
    is_stale: bool,
    /// What others did since the page was shown.
    meanwhile: Vec<String>,
    /// A matter that was just opened, with what may be the same thing.
    alike: Option<(Number, Vec<Relative>)>,
}

/// What is read of a document for its pages.
pub(crate) struct About {
    pub(crate) document: Arc<Document>,
    pub(crate) version: u64,
    pub(crate) may_settle: bool,
    pub(crate) clear: Vec<u32>,
    pub(crate) to_assign: usize,
    /// Matters of it whose words were put right, each with the number it goes on under.
    pub(crate) corrected: BTreeMap<Number, Number>,
    pub(crate) profile: sources::Profile,
    pub(crate) organisation: Arc<Organisation>,
    pub(crate) office: Arc<OfficeProfile>,
    pub(crate) today: civil::Date,
    /// The titles of the documents from which what concerns this one was taught.
    titles: BTreeMap<DocumentId, Option<String>>,
}

impl About {
    /// The lesson in words.
    fn taught(&self, frame: &Frame, who: &Who, no: u32) -> Option<Taught> {
        let lesson = self.office.lesson(no)?;
        Some(Taught::new(frame, who, lesson, self.titles.get(&lesson.document).cloned().flatten()))
    }
}

pub(crate) fn about(read: &mut Read<'_>, officer: OfficerId, id: &str) -> Result<About, Problem> {
    let id = DocumentId::parse(id).map_err(|_| Problem::NotFound)?;
    let organisation = read.organisation()?;
    if organisation.posts_held(officer, read.today()).is_empty() {
        return Err(Problem::NotFound);
    }
    let document = read.fold::<Document>(Stream::Document(id))?.ok_or(Problem::NotFound)?;
    let version = read.version(Stream::Document(id))?;
    let hand = own_hand(officer);
    let may_settle = rights::may(hand, ActKind::Settle, &Thing::Office, &organisation, read.today()).is_ok();
    let (office, today) = (read.profile()?, read.today());
    let clear = document.clear_proposals(&office, &organisation, today).iter().map(|proposal| proposal.no).collect();
    let opened = MatterFilter { states: vec![StateKind::Opened], document: Some(id), ..MatterFilter::default() };
    let to_assign = read.matters(Some(officer), &opened, 500, 0)?.len();
    let mut goes_on = BTreeMap::new();
    let withdrawn = MatterFilter { states: vec![StateKind::Withdrawn], document: Some(id), ..MatterFilter::default() };
    for line in read.matters(Some(officer), &withdrawn, 500, 0)? {
        let Some(matter) = read.matter(line.id)? else { continue };
        let next = corrected(read, officer, matter)?.number;
        if next != line.number {
            goes_on.insert(line.number, next);
        }
    }
    let profile = crate::reading::profile(read)?;
    let mut from = BTreeSet::new();
    for (proposal, _) in document.proposals() {
        let owner = proposal.owner.as_ref().and_then(|owner| office.taught_unit(owner.as_str(), &organisation, today));
        let left_out = proposal.left_out_by.and_then(|no| office.lesson(no));
        from.extend(owner.map(|(_, lesson)| lesson).into_iter().chain(left_out).map(|lesson| lesson.document));
    }
    let mut titles = BTreeMap::new();
    for id in from {
        let from = read.fold::<Document>(Stream::Document(id))?;
        titles.insert(id, from.and_then(|from| from.text.open().map(|text| text.title.to_string())));
    }
    Ok(About {
        document,
        version,
        may_settle,
        clear,
        to_assign,
        corrected: goes_on,
        profile,
        organisation,
        office,
        today,
        titles,
    })
}

impl DocumentPage {
    fn new(frame: Frame, about: &About) -> Self {
        let document = &about.document;
        let text = document.text.open();
        let who = Who::new(&frame, about.organisation.clone());
        let line = |(proposal, settled): (&Proposal, Settled)| {
            let owner = proposal.owner.as_ref().map(|owner| owner.as_str());
            let called = owner.and_then(|owner| about.office.taught_unit(owner, &about.organisation, about.today));
            let next = document.next_open(proposal.no);
            Line {
                at: text.and_then(|text| text.place(proposal.start)).map(|at| frame.place(at)),
                goes_on: match settled {
                    Settled::Matter(_, number) => about.corrected.get(&number).copied(),
                    Settled::Open | Settled::Noted | Settled::Dismissed | Settled::LeftOut | Settled::Replaced => None,
                },
                // On the page the next one in the text comes next only where both are as certain.
                can_merge: settled == Settled::Open
                    && next.is_some_and(|next| next.is_uncertain == proposal.is_uncertain),
                called: called
                    .and_then(|(unit, lesson)| Some((who.unit(&unit), about.taught(&frame, &who, lesson.no)?))),
                proposal: proposal.clone(),
                settled,
            }
        };
        let proposals = document.proposals();
        let is_aside = |settled: &Settled| matches!(settled, Settled::Dismissed | Settled::LeftOut);
        let (uncertain, certain): (Vec<Line>, Vec<Line>) = document
            .in_review()
            .into_iter()
            .filter(|(_, settled)| !is_aside(settled))
            .map(line)
            .partition(|line| line.proposal.is_uncertain);
        let open = certain.iter().chain(&uncertain).filter(|line| line.is_open()).count();
        Self {
            id: document.id,
            meeting: document.meeting,
            stream: Stream::Document(document.id).to_string(),
            version: about.version,
            title: text.map(|text| text.title.to_string()),
            lang: text.map(|text| text.lang.clone()).unwrap_or_default(),
            held_on: text.and_then(|text| text.date),
            chair: text.and_then(|text| text.presided_by.as_ref()).map(ToString::to_string),
            unread: document.kept.map(|kept| kept.why),
            unread_pages: text.filter(|text| !text.unread_pages.is_empty()).map(|text| {
                let pages = &text.unread_pages;
                (pages.len(), runs(pages))
            }),
            passages: text.map(|text| passage::passages(&text.body, &proposals)).unwrap_or_default(),
            open,
            all: proposals.iter().filter(|(_, settled)| *settled != Settled::LeftOut).count(),
            has_tasks: proposals.iter().any(|(_, settled)| matches!(settled, Settled::Matter(..))),
            groups: [("", certain), ("document-uncertain-ones", uncertain)],
            asides: aside::asides(&frame, &who, about),
            clear: about.clear.len(),
            to_assign: about.to_assign,
            may_settle: about.may_settle,
            can_undo: document.can_undo(),
            refusal: None,
            is_stale: false,
            meanwhile: vec![],
            alike: None,
            frame,
        }
    }
}

/// The document under reading.
pub async fn get(
    State(app): State<Arc<App>>,
    frame: Frame,
    SignedIn { officer }: SignedIn,
    Path(id): Path<String>,
    Query(asked): Query<Pairs>,
) -> Answer {
    query::only(&asked, &[], |name, value| name == "opened" && Number::parse(value).is_ok())?;
    let opened = query::one::<String>(&asked, "opened");
    let (about, alike) = app
        .read(move |read| {
            let alike = match opened.and_then(|number| Number::parse(&number).ok()) {
                Some(number) => match read.find(Some(officer), number)? {
                    Some(matter) => Some((number, alike_to(read, officer, matter)?)),
                    None => None,
                },
                None => None,
            };
            Ok((about(read, officer, &id)?, alike))
        })
        .await?;
    let mut shown = DocumentPage::new(frame, &about);
    shown.alike = alike.filter(|(_, alike)| !alike.is_empty());
    page(&shown)
}

/// What may be the same thing as a matter that a confirmation opened.
pub(crate) fn alike_to(read: &mut Read<'_>, officer: OfficerId, matter: MatterId) -> Result<Vec<Relative>, Problem> {
    match read.matter(matter)? {
        Some(matter) => alike(read, Some(officer), &matter),
        None => Ok(vec![]),
    }
}

/// The page again, with why nothing was changed, and what others did since it was at version `seen`.
pub(crate) async fn again(
    app: &App,
    frame: Frame,
    officer: OfficerId,
    id: String,
    refusal: Option<(String, String)>,
    seen: Option<u64>,
) -> Answer {
    let (about, said) = meanwhile::since(app, &frame, officer, id, seen).await?;
    let mut shown = DocumentPage::new(frame, &about);
    shown.meanwhile = said;
    shown.is_stale = refusal.is_none();
    shown.refusal = refusal;
    page_with(axum::http::StatusCode::CONFLICT, &shown)
}

/// The proposal as a form shows it.
pub(crate) fn filled(proposal: &Proposal) -> Filled {
    let text = |text: &Option<ledger::Text>| text.as_ref().map(ToString::to_string).unwrap_or_default();
    Filled::with(&[
        ("quote", proposal.quote.as_str()),
        ("class", proposal.class.code()),
        ("owner", &text(&proposal.owner)),
        ("deadline", &text(&proposal.deadline)),
        ("due", &proposal.due.map(|due| due.to_string()).unwrap_or_default()),
        ("quantity", &text(&proposal.quantity)),
    ])
}

/// The classes, as forms offer them.
pub(crate) fn classes() -> [Class; 3] {
    [Class::Action, Class::Target, Class::Principle]
}
