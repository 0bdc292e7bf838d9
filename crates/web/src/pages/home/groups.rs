//! One group of a desk: what waits as this, at most twenty lines of it, each with the one act that moves it.

use ledger::act::{Act, ActKind, Context};
use ledger::calendar::OfficeCalendar;
use ledger::id::{MatterId, Number, OfficerId, Stream};
use ledger::matter::{Group, Hand, Matter, Obstacle, State};
use store::{Count, MatterFilter, Read};

use crate::acts::{fields, noun};
use crate::error::{Problem, refused};
use crate::frame::Frame;
use crate::next::offer;
use crate::pages::matter::visible_number;
use crate::pages::public::plain;
use crate::record::own_hand;
use crate::texts::Due;
use crate::who::Who;
use crate::words::shortened;

/// Lines of one group.
const LINES: u32 = 20;

/// Characters of an obstacle in one line.
const OBSTACLE: usize = 160;

/// What waits as one thing.
pub struct DeskGroup {
    /// As what.
    pub kind: Group,
    /// How many.
    pub count: String,
    /// The soonest due first.
    pub lines: Vec<Line>,
    /// Where all of them are, when these are not all.
    pub all: Option<String>,
}

impl DeskGroup {
    /// Where several are done on one page, if they can be.
    pub fn together(&self) -> Option<&'static str> {
        (self.kind == Group::Assign && self.lines.len() > 1).then_some("/matters/assignment")
    }

    /// Without the lines of other groups. Where more wait than are shown, the count stays that of all.
    pub fn leave_out<'a>(&mut self, others: impl Iterator<Item = &'a DeskGroup>) {
        let gone: Vec<Number> = others.flat_map(|group| group.lines.iter().map(|line| line.number)).collect();
        self.lines.retain(|line| !gone.contains(&line.number));
        if self.all.is_none() {
            self.count = self.lines.len().to_string();
        }
    }
}

/// Something that waits.
pub struct Line {
    /// The matter.
    pub number: Number,
    /// Its directive; none once erased.
    pub quote: Option<String>,
    /// What one must know of it besides.
    pub note: Option<String>,
    /// Its deadline.
    pub due: Option<civil::Date>,
    /// Days from today to the deadline; negative when late.
    pub days: Option<i64>,
    /// The same in words.
    pub when: Option<String>,
    /// What the form has seen.
    pub seen: (String, u64),
    /// The act that moves it.
    pub button: Option<Button>,
    /// Why it is not this officer's to do, where it is not.
    pub not_mine: Option<String>,
    /// What else is worth doing from here.
    pub others: Vec<Button>,
    /// In whose place it is done, if in another's: an officer's id.
    pub place: Option<String>,
}

impl Line {
    /// Past its deadline.
    pub fn is_late(&self) -> bool {
        self.days.is_some_and(|days| days < 0)
    }

    /// Near its deadline.
    pub fn is_soon(&self) -> bool {
        self.days.is_some_and(|days| (0..ledger::matter::SOON_DAYS).contains(&days))
    }
}

/// An act on offer.
pub struct Button {
    /// The act's noun.
    pub noun: &'static str,
    /// What stands on it.
    pub label: String,
    /// Nothing is asked, so the button does it.
    pub is_direct: bool,
}

/// The group as it stands on the officer's desk; none where nothing waits so.
pub fn group(read: &mut Read<'_>, frame: &Frame, by: Hand, kind: Group) -> Result<Option<DeskGroup>, Problem> {
    let officer = by.officer;
    let filter = MatterFilter { waits: Some(kind), desk_of: by.on_behalf, ..MatterFilter::default() };
    let found = read.matters(Some(officer), &filter, LINES, 0)?;
    if found.is_empty() {
        return Ok(None);
    }
    let count = match u32::try_from(found.len()) {
        Ok(all) if all < LINES => Count::Exactly(u64::from(all)),
        _full => read.count(Some(officer), &filter)?,
    };
    let has_more = match count {
        Count::Exactly(count) => count > u64::from(LINES),
        Count::MoreThan(_) => true,
    };
    let mut lines = vec![];
    for found in found {
        lines.extend(line(read, frame, by, found.id, |matter, calendar, context| {
            let (act, may) = next(matter, kind, calendar, context)?;
            Some((act, may, others(frame, matter, kind, context)))
        })?);
    }
    let all = (has_more && by.on_behalf.is_none()).then(|| format!("/matters?waits={}", kind.code()));
    // What was not lent does not wait for whoever stands in.
    match lines.is_empty() {
        true => Ok(None),
        false => Ok(Some(DeskGroup { kind, count: plain(frame, count), lines, all })),
    }
}

/// Matters of the officer's units that must be placed anew, each with the act that does it.
pub fn misplaced(read: &mut Read<'_>, frame: &Frame, officer: OfficerId) -> Result<Vec<Line>, Problem> {
    let mut lines = vec![];
    for id in read.misplaced(officer, LINES)? {
        lines.extend(line(read, frame, own_hand(officer), id, |matter, calendar, context| {
            let act = offer(matter, context, calendar).next.unwrap_or(ActKind::Reassign);
            Some((act, matter.offers(act, context), vec![]))
        })?);
    }
    Ok(lines)
}

/// What moves a matter, whether it may, and what else is worth doing.
type Moves = (ActKind, Result<(), ledger::Refusal>, Vec<Button>);

/// One line of a desk; none for what was not lent to whoever stands in for another.
fn line(
    read: &mut Read<'_>,
    frame: &Frame,
    by: Hand,
    id: MatterId,
    moves: impl FnOnce(&Matter, &OfficeCalendar, &Context) -> Option<Moves>,
) -> Result<Option<Line>, Problem> {
    let Some(matter) = read.matter(id)? else { return Ok(None) };
    let seen = (Stream::Matter(id).to_string(), read.version(Stream::Matter(id))?);
    let facts = read.facts(&matter)?;
    let (calendar, today) = (read.calendar()?, read.today());
    let moves = read.with_context(by, &facts, |context| moves(&matter, &calendar, context))?;
    let (button, not_mine, others) = match moves {
        Some((_, Err(ledger::Refusal::NoDelegation { .. }), _)) => return Ok(None),
        Some((act, Ok(()), others)) => (Some(button(frame, act)), None, others),
        Some((_, Err(refusal), others)) => (None, Some(refused(frame, &refusal).0), others),
        None => (None, None, vec![]),
    };
    // A deadline on a free day ends with the next working day; what is over has none any more.
    let last = matter.due.filter(|_| matter.is_open()).map(|due| calendar.last_day(due));
    let days = last.map(|last| i64::from((last - today).get_days()));
    let when = match matter.due {
        _over if !matter.is_open() => Some(frame.state(&matter.state.kind())),
        Some(due) => Some(frame.due(Due::of(due, today, &calendar))),
        None => None,
    };
    let note = note(read, frame, by.officer, &matter)?;
    let quote = matter.text.open().map(|text| text.quote.to_string());
    let place = by.on_behalf.map(|other| other.to_string());
    let (number, due) = (matter.number, matter.due);
    Ok(Some(Line { number, quote, note, due, days, when, seen, button, not_mine, others, place }))
}

/// What the officer must know of it to go on: what holds it up and who can remove that, or what took its place.
fn note(read: &mut Read<'_>, frame: &Frame, officer: OfficerId, matter: &Matter) -> Result<Option<String>, Problem> {
    if let State::Withdrawn { successor: Some(successor), .. } = matter.state {
        let number = visible_number(read, Some(officer), successor)?;
        return Ok(number.map(|number| frame.text("desk-replaced").arg("number", number.to_string()).to_string()));
    }
    let obstacle = matter.obstacles.iter().rfind(|obstacle| obstacle.removed_on.is_none());
    let Some(obstacle) = obstacle.filter(|_| matter.is_open()) else { return Ok(None) };
    Ok(Some(held(frame, &Who::new(frame, read.organisation()?), obstacle)))
}

/// An obstacle, and who can remove it.
pub fn held(frame: &Frame, who: &Who, obstacle: &Obstacle) -> String {
    let erased = || frame.text("matter-words-erased").to_string();
    let what = obstacle.text.open().map_or_else(erased, |text| shortened(text.reason.as_str(), OBSTACLE));
    let said = match &obstacle.remover {
        Some(remover) => frame.text("desk-held").arg("remover", who.party(remover)),
        None => frame.text("desk-held-by-nobody"),
    };
    said.arg("what", what).to_string()
}

/// The act that moves it, and whether it is this officer's to do.
fn next(
    matter: &Matter,
    kind: Group,
    calendar: &OfficeCalendar,
    context: &Context,
) -> Option<(ActKind, Result<(), ledger::Refusal>)> {
    let owner = context.by.on_behalf.unwrap_or(context.by.officer);
    let waits = matter.waits(context.organisation, calendar);
    let mut mine = waits.iter().filter(|wait| wait.group == kind);
    let wait = mine.find(|wait| wait.stands_for(context.organisation, owner, context.today))?;
    let may = match wait.act {
        // Whether a signature would hold is known before it is asked for.
        ActKind::SignReport => matter.act(Act::SignReport, context).map(|_| ()),
        other => matter.offers(other, context),
    };
    Some((wait.act, may))
}

/// For the lead's own work: that nothing changed, and more time while there is still time to ask.
fn others(frame: &Frame, matter: &Matter, kind: Group, context: &Context) -> Vec<Button> {
    let acts: &[ActKind] = match kind {
        Group::DueSoon => &[ActKind::AskExtension, ActKind::RecordProgress],
        Group::Overdue => &[ActKind::NameObstacle, ActKind::RecordProgress],
        Group::Returned | Group::UnderWay => &[ActKind::RecordProgress],
        Group::Held => &[ActKind::AskExtension, ActKind::RecordProgress],
        Group::SignFor => &[ActKind::Dispute],
        Group::Acknowledge
        | Group::Answer
        | Group::SignReport
        | Group::Verify
        | Group::Clear
        | Group::Decide
        | Group::CallBack
        | Group::Remove
        | Group::Assign => &[],
    };
    let offered = acts.iter().filter(|act| matter.offers(**act, context).is_ok());
    let other = |act: &ActKind| match act {
        ActKind::RecordProgress => Button {
            noun: noun(*act).unwrap_or_default(),
            label: frame.text("do-no-change").to_string(),
            is_direct: true,
        },
        act => button(frame, *act),
    };
    offered.map(other).collect()
}

fn button(frame: &Frame, act: ActKind) -> Button {
    let label = frame.word("do", act.code());
    Button { noun: noun(act).unwrap_or_default(), label, is_direct: fields(act).is_empty() }
}
