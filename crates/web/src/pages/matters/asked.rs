//! What the address asks of the list: read into a filter, said in clauses, and written again without one of them.

use civil::Date;
use ledger::Invalid;
use ledger::audience::AudienceKind;
use ledger::id::{DocumentId, MeetingId, UnitId};
use ledger::matter::{Group, Kind, StateKind};
use ledger::rooms::{Room, room};
use store::{Cursor, MatterFilter, Side, Sort, Standing};

use crate::acts::parse_date;
use crate::error::Problem;
use crate::form::Filled;
use crate::frame::{Frame, percent_encoded};
use crate::query;
use crate::who::Who;

/// What can be asked, in the order the address has it.
const FIELDS: &[&str] = &[
    "standing",
    "waits",
    "state",
    "kind",
    "lead",
    "below",
    "supervising",
    "within",
    "due_from",
    "due_to",
    "opened_from",
    "opened_to",
    "document",
    "meeting",
    "audience",
    "published",
    "words",
    "sort",
    "as",
    "month",
    "after",
    "before",
];
/// Of which several may be asked at once.
const SEVERAL: &[&str] = &["state", "kind"];
/// How the list is shown, and not what it shows.
const MANNERS: &[&str] = &["sort", "as", "month", "after", "before"];
/// At most so many characters of words are looked for.
const WORDS_MAX: usize = 200;
/// At most so many days ahead.
const WITHIN_MAX: u16 = 3_660;

/// The codes of `Standing` in addresses.
pub const STANDINGS: &[(&str, Standing)] = &[
    ("open", Standing::Open),
    ("late", Standing::Overdue),
    ("returned", Standing::Returned),
    ("held", Standing::Held),
    ("more_time", Standing::ExtensionAsked),
    ("not_so", Standing::Contradicted),
];
/// The orders of a list in addresses.
pub const SORTS: &[&str] = &["due", "number", "changed", "lead"];

/// How a list is shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// Line after line.
    Table,
    /// A column a state.
    Board,
    /// A month of deadlines.
    Calendar,
}

impl Shape {
    /// Every shape, in the order they are offered.
    pub const ALL: [Shape; 3] = [Shape::Table, Shape::Board, Shape::Calendar];

    /// Its code in addresses.
    pub fn code(&self) -> &'static str {
        match self {
            Shape::Table => "table",
            Shape::Board => "board",
            Shape::Calendar => "calendar",
        }
    }
}

/// Something the list is narrowed by, as it is said, and the address without it.
pub struct Clause {
    /// `led by the Water Bureau`
    pub said: String,
    /// The list without it.
    pub without: String,
}

/// What the address asks.
#[derive(Clone, Debug)]
pub struct Asked {
    /// As it was typed, and what is wrong with it.
    pub form: Filled,
    lead: Option<UnitId>,
    supervising: Option<UnitId>,
    sort: Sort,
    side: Side,
    month: Option<Date>,
    filter: MatterFilter,
}

impl Asked {
    /// Whether the list knows everything that is asked by its name. Errors: `Asked`.
    pub fn check_names(pairs: &[(String, String)]) -> Result<(), Problem> {
        query::only(pairs, SEVERAL, |name, _| FIELDS.contains(&name))
    }

    /// Reads the pairs of an address. What cannot be read is noted and left out, what is called otherwise is left out; the
    /// rest holds.
    pub fn read(pairs: Vec<(String, String)>, who: &Who) -> Self {
        let pairs = pairs.into_iter().filter(|(name, value)| FIELDS.contains(&&**name) && !value.trim().is_empty());
        let form = Filled::of(pairs.take(60).collect());
        let mut asked = Self {
            form,
            lead: None,
            supervising: None,
            sort: Sort::Due,
            side: Side::First,
            month: None,
            filter: MatterFilter::default(),
        };
        asked.fill(who);
        asked
    }

    fn fill(&mut self, who: &Who) {
        let lead = self.optional("lead", |typed| who.unit_called("lead", typed));
        let supervising = self.optional("supervising", |typed| who.unit_called("supervising", typed));
        (self.lead, self.supervising) = (lead, supervising);
        let words: String = self.form.text("words").chars().take(WORDS_MAX).collect();
        let code = |field, code| Invalid::new(field, code);
        let standing = self.optional("standing", |typed| {
            let found = STANDINGS.iter().find(|(code, _)| *code == typed).map(|(_, standing)| *standing);
            found.ok_or(code("standing", "unknown-code"))
        });
        let within = self.optional("within", |typed| match typed.parse::<u16>() {
            Ok(days) if days <= WITHIN_MAX => Ok(days),
            Ok(_) | Err(_) => Err(code("within", "not-days")),
        });
        self.filter = MatterFilter {
            states: self.several("state", |typed| typed.parse::<StateKind>().ok().map(|state| vec![state])),
            kinds: self.several("kind", kinds),
            standing,
            lead,
            lead_below: self.form.has("below", "yes"),
            supervising,
            waits: self.optional("waits", |typed| typed.parse::<Group>().map_err(|_| code("waits", "unknown-code"))),
            desk_of: None,
            verifier: None,
            document: self.optional("document", |typed| {
                DocumentId::parse(typed).map_err(|invalid| code("document", invalid.code))
            }),
            meeting: self
                .optional("meeting", |typed| MeetingId::parse(typed).map_err(|_| code("meeting", "unknown-code"))),
            audience: self.optional("audience", |typed| {
                typed.parse::<AudienceKind>().map_err(|_| code("audience", "unknown-code"))
            }),
            is_published: self.optional("published", |typed| match typed {
                "yes" => Ok(true),
                "no" => Ok(false),
                _other => Err(code("published", "unknown-code")),
            }),
            due_within: within,
            due: (self.day("due_from"), self.day("due_to")),
            opened: (self.day("opened_from"), self.day("opened_to")),
            words,
            is_public: false,
        };
        for (field, (from, to)) in [("due_to", self.filter.due), ("opened_to", self.filter.opened)] {
            if let (Some(from), Some(to)) = (from, to)
                && to < from
            {
                self.form.wrong(code(field, "ends-before-it-begins"));
            }
        }
        self.sort = match self.form.text("sort") {
            // Words are found the newest first, unless another order is asked for.
            "" if !self.filter.words.is_empty() => Sort::Number,
            "" | "due" => Sort::Due,
            "number" => Sort::Number,
            "changed" => Sort::Changed,
            "lead" => Sort::Lead(who.parties_by_name().into()),
            _other => {
                self.form.wrong(code("sort", "unknown-code"));
                Sort::Due
            }
        };
        if !Shape::ALL.iter().any(|shape| ["", shape.code()].contains(&self.form.text("as"))) {
            self.form.wrong(code("as", "unknown-code"));
        }
        let after = self.optional("after", Cursor::parse);
        let before = self.optional("before", Cursor::parse);
        self.side = match (after, before) {
            (Some(after), _) => Side::After(after),
            (None, Some(before)) => Side::Before(before),
            (None, None) => Side::First,
        };
        self.month = self.optional("month", |typed| {
            parse_date("month", &format!("{typed}-01")).map_err(|_| Invalid::new("month", "not-a-month"))
        });
    }

    fn optional<T>(&mut self, field: &str, read: impl FnOnce(&str) -> Result<T, Invalid>) -> Option<T> {
        let typed = self.form.text(field).trim().to_owned();
        if typed.is_empty() { None } else { self.form.take(read(&typed)) }
    }

    fn several<T: PartialEq>(&mut self, field: &'static str, read: impl Fn(&str) -> Option<Vec<T>>) -> Vec<T> {
        let read: Vec<Option<Vec<T>>> = self.form.all(field).map(read).collect();
        let mut values = vec![];
        for value in read {
            match value {
                Some(several) => several.into_iter().for_each(|one| {
                    if !values.contains(&one) {
                        values.push(one);
                    }
                }),
                None => self.form.wrong(Invalid::new(field, "unknown-code")),
            }
        }
        values
    }

    fn day(&mut self, field: &'static str) -> Option<Date> {
        self.optional(field, |typed| parse_date(field, typed))
    }

    /// The one way from an address to a filter.
    pub fn filter(&self) -> MatterFilter {
        self.filter.clone()
    }

    /// In which order.
    pub fn sort(&self) -> &Sort {
        &self.sort
    }

    /// The order's code.
    pub fn sort_code(&self) -> &'static str {
        match self.sort {
            Sort::Due => "due",
            Sort::Number => "number",
            Sort::Changed => "changed",
            Sort::Lead(_) => "lead",
        }
    }

    /// From where on.
    pub fn side(&self) -> &Side {
        &self.side
    }

    /// In which shape.
    pub fn shape(&self) -> Shape {
        let asked = self.form.text("as");
        Shape::ALL.into_iter().find(|shape| shape.code() == asked).unwrap_or(Shape::Table)
    }

    /// The first day of the month asked for; this month where none is.
    pub fn month(&self, today: Date) -> Date {
        self.month.unwrap_or(today.first_of_month())
    }

    /// Whether the list is narrowed at all.
    pub fn is_narrowed(&self) -> bool {
        self.form.typed().any(|(name, _)| FIELDS.contains(&name) && !MANNERS.contains(&name))
    }

    /// The list with this field as given and every other as it is; a page within the list is not kept.
    pub fn with(&self, field: &str, values: &[&str]) -> String {
        self.changed(&[(field, values)])
    }

    /// The list with several fields as given.
    pub fn changed(&self, changes: &[(&str, &[&str])]) -> String {
        let mut pairs: Vec<(&str, &str)> = vec![];
        for field in FIELDS {
            match changes.iter().find(|(name, _)| name == field) {
                Some((_, values)) => pairs.extend(values.iter().map(|value| (*field, *value))),
                None if matches!(*field, "after" | "before") => {}
                None => pairs.extend(self.form.all(field).map(|value| (*field, value))),
            }
        }
        // A bare address may lead to the officer's own view: who takes the last condition away wants everything.
        if pairs.is_empty() { "/matters?sort=due".to_owned() } else { format!("/matters?{}", query(&pairs)) }
    }

    /// This very list from its first page on, as a view keeps it.
    pub fn query(&self) -> String {
        self.changed(&[]).trim_start_matches("/matters?").to_owned()
    }

    /// The same list, for a file of all of it.
    pub fn export(&self, ending: &str) -> String {
        format!("/matters/export.{ending}?{}", self.query())
    }

    /// The same list in another shape.
    pub fn as_shape(&self, shape: &Shape) -> String {
        self.with("as", &[shape.code()])
    }

    /// Whether it is shown so.
    pub fn is_shown_as(&self, shape: &Shape) -> bool {
        self.shape() == *shape
    }

    /// Whether the unit's lead is asked for.
    pub fn is_led_by(&self, unit: &UnitId) -> bool {
        self.lead == Some(*unit)
    }

    /// Whether the unit's supervision is asked for.
    pub fn is_supervised_by(&self, unit: &UnitId) -> bool {
        self.supervising == Some(*unit)
    }

    /// Whether matters of the meeting are asked for.
    pub fn is_from(&self, meeting: &MeetingId) -> bool {
        self.filter.meeting == Some(*meeting)
    }

    /// What the list is narrowed by, each as it is said; with the title of the document and the name of the meeting, as
    /// far as this reader may know them.
    pub fn clauses(&self, frame: &Frame, who: &Who, document: Option<&str>, meeting: Option<&str>) -> Vec<Clause> {
        let mut clauses = vec![];
        let mut say = |said: String, without: String| clauses.push(Clause { said, without });
        let filter = &self.filter;
        if let Some((code, _)) = STANDINGS.iter().find(|(_, standing)| Some(*standing) == filter.standing) {
            say(frame.word("stands", code), self.with("standing", &[]));
        }
        if let Some(group) = filter.waits {
            let waits = frame.waits(&group);
            say(frame.text("clause-waits").arg("waits", waits).to_string(), self.with("waits", &[]));
        }
        if !filter.states.is_empty() {
            let states = listed(frame, filter.states.iter().map(|state| frame.state(state)));
            say(frame.text("clause-state").arg("states", states).to_string(), self.with("state", &[]));
        }
        if !filter.kinds.is_empty() {
            let asked = self.form.all("kind").map(|code| match code.parse::<Room>() {
                Ok(_) => frame.word("room", code),
                Err(_) => frame.word("kind", code),
            });
            let kinds = listed(frame, asked);
            say(frame.text("clause-kind").arg("kinds", kinds).to_string(), self.with("kind", &[]));
        }
        if let Some(unit) = self.lead {
            let id = if filter.lead_below { "clause-lead-below" } else { "clause-lead" };
            let without = self.changed(&[("lead", &[]), ("below", &[])]);
            say(frame.text(id).arg("unit", who.unit(&unit)).to_string(), without);
        }
        if let Some(unit) = self.supervising {
            let unit = who.unit(&unit);
            say(frame.text("clause-supervising").arg("unit", unit).to_string(), self.with("supervising", &[]));
        }
        if let Some(days) = filter.due_within {
            say(frame.text("clause-within").arg("days", days).to_string(), self.with("within", &[]));
        }
        let days = [
            ("clause-due-from", "due_from", filter.due.0),
            ("clause-due-to", "due_to", filter.due.1),
            ("clause-opened-from", "opened_from", filter.opened.0),
            ("clause-opened-to", "opened_to", filter.opened.1),
        ];
        for (id, field, day) in days {
            if let Some(day) = day {
                say(frame.text(id).arg("day", frame.date(&day)).to_string(), self.with(field, &[]));
            }
        }
        if filter.document.is_some() {
            let title = document.map_or_else(|| frame.text("matter-erased").to_string(), str::to_owned);
            say(frame.text("clause-document").arg("title", title).to_string(), self.with("document", &[]));
        }
        if filter.meeting.is_some() {
            let name = meeting.map_or_else(|| frame.text("matter-erased").to_string(), str::to_owned);
            say(frame.text("clause-meeting").arg("name", name).to_string(), self.with("meeting", &[]));
        }
        if let Some(audience) = filter.audience {
            let audience = frame.word("audience", audience.code());
            say(frame.text("clause-audience").arg("audience", audience).to_string(), self.with("audience", &[]));
        }
        match filter.is_published {
            Some(true) => say(frame.text("clause-published").to_string(), self.with("published", &[])),
            Some(false) => say(frame.text("clause-unpublished").to_string(), self.with("published", &[])),
            None => {}
        }
        if !filter.words.is_empty() {
            let words = filter.words.clone();
            say(frame.text("clause-words").arg("words", words).to_string(), self.with("words", &[]));
        }
        clauses
    }
}

/// A kind, or every kind of a room.
fn kinds(code: &str) -> Option<Vec<Kind>> {
    match (code.parse::<Kind>(), code.parse::<Room>()) {
        (Ok(kind), _) => Some(vec![kind]),
        (Err(_), Ok(asked)) => Some(Kind::ALL.iter().copied().filter(|kind| room(*kind) == asked).collect()),
        (Err(_), Err(_)) => None,
    }
}

fn listed(frame: &Frame, words: impl Iterator<Item = String>) -> String {
    words.collect::<Vec<_>>().join(&frame.text("clause-or").to_string())
}

/// Name and value of each, as an address holds them.
pub fn query(pairs: &[(&str, &str)]) -> String {
    let encode = |text: &str| percent_encoded(text, b"-_.~/ ").replace(' ', "+");
    pairs.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect::<Vec<_>>().join("&")
}
