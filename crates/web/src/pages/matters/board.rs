//! The list as a board: a column a state, and on each card the act that moves it.

use ledger::act::ActKind;
use ledger::id::{Number, OfficerId};
use ledger::matter::StateKind;
use ledger::party::Party;
use store::{Count, MatterFilter, Read, Side, Sort};

use super::asked::{Asked, Shape};
use crate::acts::{fields, noun};
use crate::error::Problem;
use crate::frame::Frame;
use crate::next::offer;
use crate::record::own_hand;

/// Cards in one column.
const CARDS: u32 = 8;

/// A column a state.
pub struct Board {
    /// In the order of the life cycle.
    pub columns: Vec<Column>,
}

/// The matters of one state.
pub struct Column {
    /// The state.
    pub state: StateKind,
    /// How many there are.
    pub count: String,
    /// The first of them.
    pub cards: Vec<Card>,
    /// The list of all, if there are more.
    pub all: Option<String>,
}

/// One matter.
pub struct Card {
    /// Its number.
    pub number: Number,
    /// Its words; none once erased.
    pub quote: Option<String>,
    /// Who leads it.
    pub lead: Option<Party>,
    /// By when.
    pub due: Option<civil::Date>,
    /// Whether it is late today.
    pub is_late: bool,
    /// What this reader can do to move it, and where.
    pub act: Option<(String, String)>,
}

impl Board {
    /// The board that the address asks for; a state that is not asked for has no column.
    pub fn read(read: &mut Read<'_>, frame: &Frame, asked: &Asked, officer: OfficerId) -> Result<Self, Problem> {
        let filter = asked.filter();
        let states = StateKind::ALL.iter().filter(|state| filter.states.is_empty() || filter.states.contains(*state));
        let columns = states.map(|state| column(read, frame, asked, officer, &filter, *state));
        Ok(Self { columns: columns.collect::<Result<_, _>>()? })
    }
}

fn column(
    read: &mut Read<'_>,
    frame: &Frame,
    asked: &Asked,
    officer: OfficerId,
    filter: &MatterFilter,
    state: StateKind,
) -> Result<Column, Problem> {
    let filter = MatterFilter { states: vec![state], ..filter.clone() };
    let page = read.matters_page(Some(officer), &filter, &order(state), &Side::First, CARDS)?;
    let (today, calendar) = (read.today(), read.calendar()?);
    let mut cards = vec![];
    for line in page.lines {
        let is_late = line.is_overdue(today);
        let act = match read.matter(line.id)? {
            Some(matter) => {
                let facts = read.facts(&matter)?;
                read.with_context(own_hand(officer), &facts, |context| offer(&matter, context, &calendar).next)?
            }
            None => None,
        };
        let act = act.map(|act| (frame.word("do", act.code()), place(line.number, act)));
        cards.push(Card { number: line.number, quote: line.quote, lead: line.lead, due: line.due, is_late, act });
    }
    let count = match page.count {
        Count::Exactly(count) => frame.number(&count),
        Count::MoreThan(count) => frame.text("near-more-than").arg("count", frame.number(&count)).to_string(),
    };
    let all = page.after.map(|_| asked.changed(&[("state", &[state.code()]), ("as", &[Shape::Table.code()])]));
    Ok(Column { state, count, cards, all })
}

/// What is over stands by when it ended; what is not, by when it is due.
fn order(state: StateKind) -> Sort {
    match state {
        StateKind::Cleared | StateKind::Withdrawn => Sort::Changed,
        StateKind::Opened | StateKind::Assigned | StateKind::UnderWay | StateKind::Reported | StateKind::Verified => {
            Sort::Due
        }
    }
}

/// Where the act is done: its form, or the matter's own page where it asks nothing.
fn place(number: Number, act: ActKind) -> String {
    match noun(act).filter(|_| !fields(act).is_empty()) {
        Some(noun) => format!("/matters/{number}/{noun}"),
        None => format!("/matters/{number}"),
    }
}
