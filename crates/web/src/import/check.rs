//! What becomes of each row, and how one becomes a matter: through `ledger::act` and nothing else.

use std::collections::hash_map::Entry::{Occupied, Vacant};
use std::collections::{BTreeMap, HashMap};

use ledger::Refusal;
use ledger::Text;
use ledger::act::{Act, Facts, Opening, open};
use ledger::audience::{Audience, sees};
use ledger::event::{Event, Fold as _, Meta};
use ledger::id::{CommandId, EventId, MatterId, Number, OfficerId, Series, Stream, UnitId};
use ledger::matter::{Kind, Matter, Source};
use ledger::organisation::Organisation;
use ledger::party::Party;
use ledger::text::TEXT_MAX;
use sha2::{Digest as _, Sha256};
use sources::workbook::{Entry, Field, Piece};
use store::{Read, Stop, StoreFault};
use uuid::Uuid;

use super::names::Names;
use super::row::{self, Lookup, Wanted};
use super::{Checked, Difference, Fate, Remark, Settings, There, office_of};
use crate::error::Problem;
use crate::record::own_hand;
use crate::texts;

/// So much of a row's directive is shown beside what becomes of it.
const SHOWN: usize = 120;

/// Whether an assignment so placed would be allowed, for what was asked already.
type Placings = BTreeMap<(Party, UnitId), Vec<((Audience, Kind), Result<(), Refusal>)>>;

/// Rows being checked against the record, one after the other. Changes nothing.
pub(super) struct Check<'a, 'r> {
    read: &'a mut Read<'r>,
    officer: OfficerId,
    lookup: Lookup<'a>,
    placings: Placings,
    seen: Seen,
    /// Rows and those above them whose numbers they have.
    twice: Vec<(u32, u32)>,
    out: Vec<Checked>,
    failed: Option<Problem>,
}

impl<'a, 'r> Check<'a, 'r> {
    /// Errors: `NotPermitted`.
    pub(super) fn begin(
        read: &'a mut Read<'r>,
        officer: OfficerId,
        organisation: &'a Organisation,
        settings: &'a Settings,
    ) -> Result<Self, Problem> {
        super::may_import(organisation, officer, read.today())?;
        let office = office_of(read, officer)?.ok_or(Problem::NotFound)?;
        let (today, names) = (read.today(), Names::of(organisation));
        let lookup = Lookup { organisation, today, names, settings, office };
        let (placings, seen) = (Placings::new(), Seen::default());
        Ok(Self { read, officer, lookup, placings, seen, twice: vec![], out: vec![], failed: None })
    }

    /// Checks the next row.
    pub(super) fn take(&mut self, piece: Piece) {
        let Piece::Entry(entry) = piece else { return };
        if self.failed.is_some() {
            return;
        }
        match self.fate(&entry) {
            Ok((fate, remarks)) => {
                let words: Box<str> = row::directive(&entry).chars().take(SHOWN).collect();
                self.out.push(Checked { row: entry.row, words, fate, remarks });
            }
            Err(problem) => self.failed = Some(problem),
        }
    }

    fn fate(&mut self, entry: &Entry) -> Result<(Fate, Vec<Remark>), Problem> {
        if let Some(left) = entry.left {
            return Ok((Fate::Left(left), vec![]));
        }
        match self.seen.before(entry, self.lookup.office) {
            Some(Repeats::Words(row)) => Ok((Fate::Same { row }, vec![])),
            Some(Repeats::Number(row)) => {
                self.twice.push((entry.row, row));
                Ok((Fate::Refused, vec![Remark::NumberTwice { number: number(entry), row }]))
            }
            None => fate(self.read, self.officer, entry, &mut self.lookup, &mut self.placings),
        }
    }

    /// What came of each row. Of rows with one number, none is the right one.
    pub(super) fn end(mut self) -> Result<Vec<Checked>, Problem> {
        if let Some(problem) = self.failed {
            return Err(problem);
        }
        for (row, above) in self.twice {
            let at = |row: u32| self.out.binary_search_by_key(&row, |checked| checked.row).ok();
            let Some((below, above)) = at(row).zip(at(above)) else { continue };
            let said = self.out[below].remarks.first().cloned();
            let first = &mut self.out[above];
            let is_told = matches!(first.remarks.as_slice(), [Remark::NumberTwice { .. }]);
            if let Some(Remark::NumberTwice { number, .. }) = said.filter(|_| !is_told) {
                first.fate = Fate::Refused;
                first.remarks = vec![Remark::NumberTwice { number, row }];
            }
        }
        Ok(self.out)
    }
}

/// The number by which the row names a matter: ours, or else the office's own.
fn number(entry: &Entry) -> String {
    let numbers = [entry.get(Field::Number), entry.get(Field::Reference)];
    numbers.into_iter().find(|number| !number.is_empty()).unwrap_or_default().chars().take(80).collect()
}

/// How a row repeats one above it.
pub(super) enum Repeats {
    /// It says the same.
    Words(u32),
    /// It has the same number and says something else.
    Number(u32),
}

/// What rows are named and said so far, hashed: by which one that repeats one above it is known.
#[derive(Default)]
pub(super) struct Seen(HashMap<[u8; 16], (u32, [u8; 16])>);

impl Seen {
    /// The row above that this one repeats; notes what this one says where there is none.
    pub(super) fn before(&mut self, entry: &Entry, office: UnitId) -> Option<Repeats> {
        // Two matters of ours may have the same words; their numbers tell them apart.
        let (name, words) = row::marks_of(entry, office)?;
        let begins = |text: &str| {
            let mut begins = [0; 16];
            begins.copy_from_slice(&Sha256::digest(text)[..16]);
            begins
        };
        let words = begins(&words);
        match self.0.entry(begins(&name)) {
            Occupied(first) => match *first.get() {
                (row, said) if said == words => Some(Repeats::Words(row)),
                (row, _) => Some(Repeats::Number(row)),
            },
            Vacant(first) => {
                first.insert((entry.row, words));
                None
            }
        }
    }
}

fn fate(
    read: &mut Read<'_>,
    officer: OfficerId,
    entry: &Entry,
    lookup: &mut Lookup<'_>,
    placings: &mut Placings,
) -> Result<(Fate, Vec<Remark>), Problem> {
    if let Some(known) = known(read, officer, entry, lookup)? {
        return Ok(known);
    }
    let (wanted, mut remarks) = row::read(entry, lookup);
    let Some(wanted) = wanted else { return Ok((Fate::Refused, remarks)) };
    let assigns = match assignment(&wanted) {
        Err(missing) => {
            remarks.push(Remark::Missing(missing));
            false
        }
        Ok(_) if wanted.due.is_some_and(|due| due < read.today()) => {
            remarks.extend(wanted.due.map(|due| Remark::NotAssigned(Refusal::DueInThePast { due })));
            false
        }
        Ok((lead, supervising, criterion, due)) => {
            let act = Act::Assign { lead, supervising, criterion, due };
            let so = (wanted.audience.clone(), wanted.kind);
            let known = placings.entry((lead, supervising)).or_default();
            let allowed = match known.iter().find(|(placed, _)| *placed == so) {
                Some((_, allowed)) => allowed.clone(),
                None => {
                    let allowed = try_out(read, officer, &wanted, act)?;
                    known.push((so, allowed.clone()));
                    allowed
                }
            };
            remarks.extend(allowed.clone().err().map(Remark::NotAssigned));
            allowed.is_ok()
        }
    };
    Ok((Fate::Add { assigns, parts: wanted.supporting.len() }, remarks))
}

/// What an assignment takes, or the fields that are missing.
fn assignment(wanted: &Wanted) -> Result<(Party, UnitId, Text, civil::Date), Vec<Field>> {
    match (wanted.lead, wanted.supervising, &wanted.criterion, wanted.due) {
        (Some(lead), Some(supervising), Some(criterion), Some(due)) => Ok((lead, supervising, criterion.clone(), due)),
        (lead, supervising, criterion, due) => {
            let missing = [
                (Field::Lead, lead.is_none()),
                (Field::Supervising, supervising.is_none()),
                (Field::Criterion, criterion.is_none()),
                // Words that leave the day open are remarked on by themselves.
                (Field::Due, due.is_none() && wanted.text.deadline.is_none()),
            ];
            Err(missing.into_iter().filter(|(_, is_missing)| *is_missing).map(|(field, _)| field).collect())
        }
    }
}

/// The act on a matter that is not on the record.
fn try_out(
    read: &mut Read<'_>,
    officer: OfficerId,
    wanted: &Wanted,
    act: Act,
) -> Result<Result<(), Refusal>, StoreFault> {
    let number = Number { year: 0, series: Series::General, count: 1 };
    let opening = opening(wanted, MatterId(Uuid::nil()), number, Source::Instruction);
    let meta = meta(read, officer);
    read.with_context(own_hand(officer), &Facts::default(), |context| {
        let events = open(opening, context)?;
        let matter = events.first().and_then(|(stream, event)| Matter::begin(*stream, event, &meta));
        matter.map_or(Ok(()), |matter| matter.act(act, context).map(|_| ()))
    })
}

fn opening(wanted: &Wanted, id: MatterId, number: Number, source: Source) -> Opening {
    let (kind, audience, text) = (wanted.kind, wanted.audience.clone(), wanted.text.clone());
    Opening { id, number, kind, source, audience, text, applicant: None }
}

/// What folding needs to know of events that are not on the record yet.
fn meta(read: &Read<'_>, actor: OfficerId) -> Meta {
    let (id, command) = (EventId(Uuid::nil()), CommandId(Uuid::nil()));
    Meta { id, n: 1, at: read.now(), actor, on_behalf: None, command }
}

/// The matter that a row is: by our own number, else by its origin; or why its number cannot be one. None where it is new.
fn place(
    read: &mut Read<'_>,
    officer: OfficerId,
    entry: &Entry,
    office: UnitId,
) -> Result<Option<Result<MatterId, Remark>>, StoreFault> {
    let number = entry.get(Field::Number);
    if number.is_empty() {
        let Some(key) = row::key_of(entry, office) else { return Ok(None) };
        return Ok(read.origin_ever(&key)?.map(Ok));
    }
    Ok(Some(match Number::parse(number) {
        Ok(parsed) => read.find(Some(officer), parsed)?.ok_or_else(|| Remark::NoSuchMatter(number.to_owned())),
        Err(_) => Err(Remark::Invalid(Field::Number, "malformed-number")),
    }))
}

/// Whether a row would add something, as far as the record tells: nobody folds a matter to know that.
pub(super) fn is_new(
    read: &mut Read<'_>,
    officer: OfficerId,
    entry: &Entry,
    office: UnitId,
) -> Result<bool, StoreFault> {
    Ok(place(read, officer, entry, office)?.is_none())
}

/// What the record knows of the row already. None where it is new.
fn known(
    read: &mut Read<'_>,
    officer: OfficerId,
    entry: &Entry,
    lookup: &mut Lookup<'_>,
) -> Result<Option<(Fate, Vec<Remark>)>, Problem> {
    let id = match place(read, officer, entry, lookup.office)? {
        None => return Ok(None),
        Some(Err(remark)) => return Ok(Some((Fate::Refused, vec![remark]))),
        Some(Ok(id)) => id,
    };
    let Some(matter) = read.matter(id)? else { return Ok(None) };
    if !sees(lookup.organisation, Some(officer), &matter, read.today()) {
        return Ok(Some((Fate::There(None), vec![])));
    }
    let differences = differences(&matter, entry, lookup);
    Ok(Some(match differences.is_empty() {
        true => (Fate::There(Some(matter.number)), vec![]),
        false => (Fate::Changed(matter.number, differences), vec![]),
    }))
}

/// Where what the row gives is not what the record says. A blank cell says nothing.
fn differences(matter: &Matter, entry: &Entry, lookup: &mut Lookup<'_>) -> Vec<Difference> {
    let mut found = vec![];
    let mut note = |field: Field, there: There| {
        found.push(Difference { field, there, here: entry.get(field).chars().take(160).collect() })
    };
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (quote, directive) = (matter.text.open().map(|text| text.quote.as_str()), row::directive(entry));
    if let Some(quote) = quote.filter(|quote| !directive.is_empty() && words(quote) != words(&directive)) {
        note(Field::Directive, There::Words(quote.to_owned()));
    }
    let criterion = matter.criterion.open().map(|text| text.criterion.as_str());
    let given = entry.get(Field::Criterion);
    if matter.lead.is_some() && !given.is_empty() && criterion.is_some_and(|there| words(there) != words(given)) {
        note(Field::Criterion, criterion.map_or(There::Nothing, |text| There::Words(text.to_owned())));
    }
    // What was only opened has neither lead nor unit yet; its words are kept as they came.
    if matter.lead.is_some() {
        let parties = [(Field::Lead, matter.lead), (Field::Supervising, matter.supervising.map(Party::Unit))];
        for (field, there) in parties {
            let given = entry.get(field);
            if !given.is_empty() && there.is_none_or(|party| !lookup.names.goes_by(party, given)) {
                note(field, there.map_or(There::Nothing, There::Party));
            }
        }
    }
    let due = match entry.due {
        sources::workbook::Due::Day(day) => Some(day),
        sources::workbook::Due::None
        | sources::workbook::Due::Open
        | sources::workbook::Due::NoSuchDay
        | sources::workbook::Due::ShortYear => None,
    };
    let kept = matter.text.open().and_then(|text| text.due);
    let there = [matter.due, matter.original_due, kept];
    if due.is_some() && there.iter().any(Option::is_some) && !there.contains(&due) {
        note(Field::Due, matter.due.or(kept).map_or(There::Nothing, There::Day));
    }
    found
}

/// The events by which a row becomes a matter: opened; a sub-matter for each unit that supports it; assigned where that
/// is allowed. None where the row is refused, left out, or there already.
pub(super) fn events(
    read: &mut Read<'_>,
    officer: OfficerId,
    entry: &Entry,
    lookup: &mut Lookup<'_>,
    source: Source,
) -> Result<Vec<(Stream, Event)>, Stop> {
    if !is_new(read, officer, entry, lookup.office)? {
        return Ok(vec![]);
    }
    let (Some(wanted), _) = row::read(entry, lookup) else { return Ok(vec![]) };
    let text = texts::Text::new(lookup.settings.lang(), jiff::tz::TimeZone::UTC);
    let (by, meta) = (own_hand(officer), meta(read, officer));
    let mut facts = Facts { origin_taken_by: read.origin_taken_by(&wanted.key)?, ..Facts::default() };
    let opening = opening(&wanted, MatterId(read.new_id()), read.next_number(Series::General)?, source);
    let mut events = read.with_context(by, &facts, |context| open(opening, context))??;
    facts.origin_taken_by = None;
    let Some((stream, first)) = events.first() else { return Ok(events) };
    let Some(mut matter) = Matter::begin(*stream, first, &meta) else { return Ok(events) };
    let mut parts = vec![];
    for (party, words) in &wanted.supporting {
        let directive =
            text.text("import-part").arg("unit", words.clone()).arg("directive", wanted.text.quote.to_string());
        let directive: String = directive.to_string().chars().take(TEXT_MAX).collect();
        let act = Act::Decompose {
            sub: MatterId(read.new_id()),
            number: read.next_number(Series::General)?,
            directive: Text::parse("directive", &directive)?,
        };
        // Without the right to divide it, the words still stand on the matter.
        let Ok(more) = read.with_context(by, &facts, |context| matter.act(act, context))? else { continue };
        for (stream, event) in &more {
            if *stream == Stream::Matter(matter.id) {
                matter.apply(event, &meta);
            }
            parts.extend(Matter::begin(*stream, event, &meta).map(|part| (part, *party)));
        }
        events.extend(more);
    }
    let Ok((lead, supervising, criterion, due)) = assignment(&wanted) else { return Ok(events) };
    let act = Act::Assign { lead, supervising, criterion: criterion.clone(), due };
    let Ok(more) = read.with_context(by, &facts, |context| matter.act(act, context))? else { return Ok(events) };
    events.extend(more);
    for (part, party) in parts {
        let act = Act::Assign { lead: party, supervising, criterion: criterion.clone(), due };
        // A part whose unit cannot be given it stays opened, for a clerk to place.
        events.extend(read.with_context(by, &facts, |context| part.act(act, context))?.unwrap_or_default());
    }
    Ok(events)
}
