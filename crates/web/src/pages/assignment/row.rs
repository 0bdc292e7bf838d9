//! One matter among many to be assigned: what the text says of it, and what was typed.

use ledger::act::Placing;
use ledger::id::{MatterId, Number, OfficerId, Stream, UnitId};
use ledger::matter::StateKind;
use ledger::organisation::Organisation;
use ledger::party::Party;
use ledger::profile::OfficeProfile;
use ledger::rights::check_not_auditing;
use ledger::{Invalid, Text};

use super::Opened;
use crate::acts::{own_unit, parse_date, parse_party, parse_unit};
use crate::form::Filled;
use crate::pages::act::Choice;
use crate::who::Who;

/// A row of the page.
pub struct Row {
    pub number: String,
    pub matter: MatterId,
    pub version: u64,
    pub quote: String,
    /// Who should do it, in the text's words.
    pub owner: Option<String>,
    /// By when, in the text's words.
    pub deadline: Option<String>,
    pub lead: String,
    pub supervising: String,
    pub criterion: String,
    pub due: String,
    /// Units that the text names as supporting, each with whether it is ticked.
    pub support: Vec<(Choice, bool)>,
    /// What may be the same thing: its number, where it stands, and who leads it.
    pub alike: Vec<(Number, StateKind, Option<String>)>,
    pub errors: Vec<Invalid>,
    /// What stands in the way, and what to do next.
    pub refusal: Option<(String, String)>,
    /// Somebody else assigned it, or took it back, since the form was shown.
    pub moved_on: bool,
}

/// A row that says everything.
#[derive(Clone)]
pub struct Complete {
    pub matter: MatterId,
    pub version: u64,
    pub placing: Placing,
    pub support: Vec<UnitId>,
}

impl Row {
    /// As it was typed, or as the text fills it in: the lead only where its words are exactly one unit, by its own names
    /// or as the office's profile has it, the deadline only where it is one day that has not passed. What the rules would refuse is left out: auditors lead nothing, and
    /// no unit supervises itself.
    pub fn new(
        (who, profile): (&Who, &OfficeProfile),
        officer: OfficerId,
        opened: &Opened,
        today: civil::Date,
        typed: Option<&Filled>,
    ) -> Self {
        let organisation = who.organisation();
        let (matter, text) = (&opened.matter, opened.matter.text.open());
        let number = matter.number.to_string();
        let owner = text.and_then(|text| text.owner.as_ref()).map(ToString::to_string);
        let called = |words: &str| profile.unit_called(words, organisation, today).map(|(unit, _)| unit);
        let may_lead = |unit: &UnitId| check_not_auditing(organisation, Party::Unit(*unit), today).is_ok();
        // Where several answer for it, the one named first leads.
        let first = |words: &str| called(words).or_else(|| called(words.split('、').next()?));
        let lead = owner.as_deref().and_then(first).filter(may_lead);
        let own = own_unit(organisation, officer, today);
        let supervising = if lead.is_some_and(|unit| own == format!("unit/{unit}")) { String::new() } else { own };
        let due = text.and_then(|text| text.due).filter(|due| *due >= today);
        let field = |name: &str, prefilled: String| match typed {
            Some(form) => form.text(&format!("{name}-{number}")).to_owned(),
            None => prefilled,
        };
        let ticked = format!("support-{number}");
        let mut support: Vec<(Choice, bool)> = vec![];
        for unit in opened.supporting.iter().filter_map(|words| called(words)).filter(|unit| Some(*unit) != lead) {
            let value = format!("unit/{unit}");
            if support.iter().all(|(choice, _)| choice.value != value) {
                let is_ticked = typed.is_some_and(|form| form.has(&ticked, &value));
                support.push((Choice { value, label: who.unit(&unit), group: String::new() }, is_ticked));
            }
        }
        let seen = typed.and_then(|form| form.text(&format!("version-{number}")).parse().ok());
        Self {
            matter: matter.id,
            version: seen.unwrap_or(opened.version),
            quote: text.map(|text| text.quote.to_string()).unwrap_or_default(),
            deadline: text.and_then(|text| text.deadline.as_ref()).map(ToString::to_string),
            lead: field("lead", lead.map(|unit| who.unit(&unit)).unwrap_or_default()),
            supervising: field("supervising", supervising),
            criterion: field("criterion", String::new()),
            due: field("due", due.map(|due| due.to_string()).unwrap_or_default()),
            support,
            alike: opened
                .alike
                .iter()
                .map(|other| (other.number, other.state, other.lead.map(|lead| who.party(&lead))))
                .collect(),
            errors: vec![],
            refusal: None,
            moved_on: false,
            owner,
            number,
        }
    }

    /// The matter's stream.
    pub fn stream(&self) -> Stream {
        Stream::Matter(self.matter)
    }

    /// What is wrong with one of its fields.
    pub fn error(&self, field: &str) -> Option<&Invalid> {
        self.errors.iter().find(|invalid| invalid.field == field)
    }

    /// The directive's own words become the criterion, where none is written.
    pub fn take_words(&mut self) {
        if self.criterion.trim().is_empty() {
            self.criterion.clone_from(&self.quote);
        }
    }

    /// What stands in another row goes into the empty fields of this one.
    pub fn take_from(&mut self, other: &Row) {
        let fields = [
            (&mut self.lead, &other.lead),
            (&mut self.supervising, &other.supervising),
            (&mut self.criterion, &other.criterion),
            (&mut self.due, &other.due),
        ];
        for (here, there) in fields.into_iter().filter(|(here, _)| here.trim().is_empty()) {
            here.clone_from(there);
        }
    }
}

/// Reads a row. A row nobody wrote a criterion in waits quietly; in any other, what is missing or malformed is noted.
pub fn read_row(row: &mut Row, organisation: &Organisation) -> Option<Complete> {
    if row.criterion.trim().is_empty() {
        return None;
    }
    let mut errors = vec![];
    let mut keep = |invalid: Invalid| errors.push(invalid);
    let lead = parse_party("lead", &row.lead, organisation).map_err(&mut keep).ok();
    let due = parse_date("due", &row.due).map_err(&mut keep).ok();
    let supervising = parse_unit("supervising", &row.supervising, organisation);
    let supervising = supervising.map_err(&mut keep).ok();
    let criterion = Text::parse("criterion", &row.criterion).map_err(&mut keep).ok();
    let ticked = row.support.iter().filter(|(_, is_ticked)| *is_ticked);
    let support: Result<Vec<UnitId>, Invalid> = ticked
        .map(|(choice, _)| parse_unit("units", &choice.value, organisation))
        .filter(|unit| unit.as_ref().ok().map(|unit| Party::Unit(*unit)) != lead)
        .collect();
    let support = support.map_err(&mut keep).ok();
    row.errors = errors;
    let placing = Placing { lead: lead?, supervising: supervising?, criterion: criterion?, due: due? };
    Some(Complete { matter: row.matter, version: row.version, placing, support: support? })
}
