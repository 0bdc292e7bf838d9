//! What a row asks for: its cells as the ledger's own types, or what is wrong with them.

use std::collections::BTreeSet;

use jiff::civil::Date;
use ledger::Text;
use ledger::audience::Audience;
use ledger::id::{Holder, Number, UnitId};
use ledger::matter::{Kind, OpenedText, OriginKey};
use ledger::organisation::Organisation;
use ledger::party::Party;
use sha2::{Digest as _, Sha256};
use sources::workbook::{Due, Entry, Field};

use super::names::{Found, Names, parted};
use super::{Remark, Settings, Spread};

/// What a row asks for.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    /// What the matter is opened with, its origin key included.
    pub(super) text: OpenedText,
    /// That key.
    pub(super) key: OriginKey,
    pub(super) kind: Kind,
    pub(super) audience: Audience,
    pub(super) lead: Option<Party>,
    /// Who supports it, and what the cell calls them.
    pub(super) supporting: Vec<(Party, String)>,
    pub(super) supervising: Option<UnitId>,
    pub(super) criterion: Option<Text>,
    pub(super) due: Option<Date>,
}

/// The lookups that rows are read with.
pub(super) struct Lookup<'a> {
    pub(super) organisation: &'a Organisation,
    pub(super) today: Date,
    pub(super) names: Names,
    pub(super) settings: &'a Settings,
    /// The office whose ledger it is.
    pub(super) office: UnitId,
}

/// SHA-256 of source and text, in hex.
fn said(entry: &Entry, directive: &str) -> String {
    let mut hash = Sha256::new_with_prefix("luoshi/ledger row/v1");
    let mut add = |text: &str| {
        hash.update([0]);
        hash.update(text.split_whitespace().collect::<Vec<_>>().join(" "));
    };
    add(entry.get(Field::Source));
    add(directive);
    // Rows that share their directive differ by what is asked of whom.
    if entry.is_shared {
        add(entry.get(Field::Criterion));
        add(entry.get(Field::Lead));
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The office's own number, or else what the row says: by which it is known again. Of rows that share one number, both.
fn key(entry: &Entry, directive: &str, office: UnitId) -> Option<OriginKey> {
    let item = match entry.get(Field::Reference) {
        "" => format!("text:{}", said(entry, directive)),
        reference if entry.shares_reference => format!("reference:{reference}/{}", said(entry, directive)),
        reference => format!("reference:{reference}"),
    };
    let item = Text::parse("reference", &item).ok()?;
    Some(OriginKey { holder: Holder::Unit(office), item, period: "ledger".into() })
}

/// What names a row within its file, our number before its key, and what it says; none for rows that are no entries.
pub(super) fn marks_of(entry: &Entry, office: UnitId) -> Option<(String, String)> {
    let key = key_of(entry, office)?;
    let name = match entry.get(Field::Number) {
        "" => key.item.to_string(),
        number => {
            let number = Number::parse(number).map_or_else(|_| number.to_owned(), |number| number.to_string());
            format!("number:{number}")
        }
    };
    Some((name, said(entry, &directive(entry))))
}

/// The key of a row, by which the record knows it; none for rows that are no entries.
pub(super) fn key_of(entry: &Entry, office: UnitId) -> Option<OriginKey> {
    let directive = directive(entry);
    if entry.left.is_some() || directive.is_empty() { None } else { key(entry, &directive, office) }
}

/// What is to be done: the directive, and its part on a line of its own.
pub(super) fn directive(entry: &Entry) -> String {
    let both = [entry.get(Field::Directive), entry.get(Field::Part)];
    both.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")
}

/// Reads a row. None where it cannot be taken in; the remarks say why. Notes that do not stand in its way stand there too.
pub(super) fn read(entry: &Entry, lookup: &mut Lookup<'_>) -> (Option<Wanted>, Vec<Remark>) {
    let mut row = Reader { entry, lookup, wrong: vec![], notes: vec![] };
    let wanted = row.wanted();
    let Reader { mut wrong, notes, .. } = row;
    let is_right = wrong.is_empty();
    wrong.extend(notes);
    (wanted.filter(|_| is_right), wrong)
}

struct Reader<'a, 'b> {
    entry: &'a Entry,
    lookup: &'a mut Lookup<'b>,
    wrong: Vec<Remark>,
    notes: Vec<Remark>,
}

impl Reader<'_, '_> {
    fn wanted(&mut self) -> Option<Wanted> {
        let failed = self.entry.failed.iter().map(|field| Remark::Failed(*field, self.cell(*field)));
        let unsaved = self.entry.unsaved.iter().map(|field| Remark::Unsaved(*field, self.cell(*field)));
        let formulas: Vec<Remark> = failed.chain(unsaved).collect();
        self.wrong.extend(formulas);
        let whole = directive(self.entry);
        let is_unsaved = [Field::Directive, Field::Part].iter().any(|field| self.entry.unsaved.contains(field));
        let quote = match Text::parse("directive", &whole) {
            Ok(quote) => Some(quote),
            // That it is a formula is said already; it is not that nothing was filled in.
            Err(_) if whole.is_empty() && is_unsaved => None,
            Err(invalid) => self.none(Remark::Invalid(Field::Directive, invalid.code)),
        };
        let source = self.text(Field::Source);
        let criterion = self.text(Field::Criterion);
        let lead = self.lead();
        let supporting = self.supporting(lead);
        let supervising = self.supervising();
        let (due, deadline) = self.due();
        let kind = self.kind();
        let audience = self.audience(lead, &supporting, supervising);
        let owner = [self.entry.get(Field::Lead), self.entry.get(Field::Person)];
        let owner = owner.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" ");
        let owner = Text::parse_optional("lead", &owner.chars().take(300).collect::<String>()).ok().flatten();
        let Some(key) = key(self.entry, &whole, self.lookup.office) else {
            return self.none(Remark::Invalid(Field::Reference, "too-long"));
        };
        let text =
            OpenedText { quote: quote?, source, owner, deadline, quantity: None, due, origin_key: Some(key.clone()) };
        let (kind, audience) = (kind?, audience?);
        Some(Wanted { text, key, kind, audience, lead, supporting, supervising, criterion, due })
    }

    /// Where the field stands in the sheet: `H12`.
    fn cell(&self, field: Field) -> String {
        let column = self.lookup.settings.mapping.column(field).map_or(String::new(), letters);
        format!("{column}{}", self.entry.row)
    }

    fn none<T>(&mut self, remark: Remark) -> Option<T> {
        self.wrong.push(remark);
        None
    }

    fn text(&mut self, field: Field) -> Option<Text> {
        match Text::parse_optional("text", self.entry.get(field)) {
            Ok(text) => text,
            Err(invalid) => self.none(Remark::Invalid(field, invalid.code)),
        }
    }

    fn one(&mut self, field: Field, words: &str) -> Option<Party> {
        match self.lookup.names.find(words) {
            Found::One(party) => Some(party),
            Found::Several => self.none(Remark::Several(field, shortened(words))),
            Found::Nobody(near) => self.none(Remark::Unknown { field, words: shortened(words), near }),
        }
    }

    fn lead(&mut self) -> Option<Party> {
        let words = self.entry.get(Field::Lead);
        if words.is_empty() {
            return None;
        }
        // A name may hold what otherwise parts names.
        if let Found::One(party) = self.lookup.names.find(words) {
            return Some(party);
        }
        match parted(words).as_slice() {
            [one] => self.one(Field::Lead, one),
            _several => self.none(Remark::Several(Field::Lead, shortened(words))),
        }
    }

    fn supporting(&mut self, lead: Option<Party>) -> Vec<(Party, String)> {
        let words = self.entry.get(Field::Supporting);
        let mut found: Vec<(Party, String)> = vec![];
        for name in parted(words) {
            if let Some(party) = self.one(Field::Supporting, name)
                && Some(party) != lead
                && found.iter().all(|(known, _)| *known != party)
            {
                found.push((party, shortened(name)));
            }
        }
        found
    }

    fn supervising(&mut self) -> Option<UnitId> {
        match self.entry.get(Field::Supervising) {
            "" => self.lookup.settings.supervising,
            words => match self.one(Field::Supervising, words)? {
                Party::Unit(unit) => Some(unit),
                Party::Post(_) | Party::Officer(_) => self.none(Remark::Invalid(Field::Supervising, "not-a-unit")),
            },
        }
    }

    fn due(&mut self) -> (Option<Date>, Option<Text>) {
        let words = self.entry.get(Field::Due);
        let kept = Text::parse_optional("due", &words.chars().take(300).collect::<String>()).ok().flatten();
        match self.entry.due {
            Due::None => (None, None),
            Due::Day(day) => (Some(day), kept),
            Due::Open => {
                self.notes.push(Remark::OpenDue(shortened(words)));
                (None, kept)
            }
            Due::NoSuchDay => {
                self.wrong.push(Remark::NoSuchDay { cell: self.cell(Field::Due), words: shortened(words) });
                (None, kept)
            }
            Due::ShortYear => {
                self.wrong.push(Remark::ShortYear { cell: self.cell(Field::Due), words: shortened(words) });
                (None, kept)
            }
        }
    }

    fn kind(&mut self) -> Option<Kind> {
        match self.entry.get(Field::Kind) {
            "" => Some(self.lookup.settings.kind),
            words => match self.lookup.names.kind(words) {
                Some(kind) => Some(kind),
                None => self.none(Remark::Invalid(Field::Kind, "unknown-code")),
            },
        }
    }

    fn audience(
        &mut self,
        lead: Option<Party>,
        supporting: &[(Party, String)],
        supervising: Option<UnitId>,
    ) -> Option<Audience> {
        let is_units = match self.entry.get(Field::Audience) {
            "" => self.lookup.settings.spread == Spread::Units,
            words => match self.lookup.names.spread(words) {
                Some(is_units) => is_units,
                None => return self.none(Remark::Invalid(Field::Audience, "unknown-code")),
            },
        };
        if !is_units {
            return Some(Audience::Office);
        }
        let parties = lead.into_iter().chain(supporting.iter().map(|(party, _)| *party));
        let mut units: BTreeSet<UnitId> = parties
            .flat_map(|party| party.units(self.lookup.organisation, self.lookup.today))
            .chain(supervising)
            .collect();
        units.insert(self.lookup.office);
        Some(Audience::Units(units))
    }
}

/// A column from 0 as a sheet names it: `A`, `Z`, `AA`.
fn letters(column: usize) -> String {
    let last = char::from(b'A' + u8::try_from(column % 26).unwrap_or_default());
    match column / 26 {
        0 => last.to_string(),
        before => format!("{}{last}", letters(before - 1)),
    }
}

fn shortened(words: &str) -> String {
    words.chars().take(80).collect()
}

#[cfg(test)]
mod tests {
    use sources::workbook::Mapping;

    use super::*;

    #[test]
    fn a_formula_that_was_not_saved_is_told_at_its_cell_and_not_as_something_missing() {
        let organisation = Organisation::default();
        let columns = vec![None, Some(Field::Directive), Some(Field::Lead), Some(Field::Due)];
        let settings = Settings {
            sheet: 0,
            mapping: Mapping { columns },
            year: None,
            takes_hidden: false,
            supervising: None,
            kind: Kind::Directive,
            spread: Spread::Office,
            lang: "en".into(),
        };
        let mut lookup = Lookup {
            organisation: &organisation,
            today: jiff::civil::date(2026, 11, 24),
            names: Names::of(&organisation),
            settings: &settings,
            office: UnitId(uuid::Uuid::nil()),
        };
        let unsaved = vec![Field::Directive, Field::Lead];
        let entry = Entry { row: 7, unsaved, due: Due::ShortYear, ..Entry::default() };
        let (wanted, remarks) = read(&entry, &mut lookup);
        assert!(wanted.is_none());
        assert_eq!(
            remarks,
            [
                Remark::Unsaved(Field::Directive, "B7".into()),
                Remark::Unsaved(Field::Lead, "C7".into()),
                Remark::ShortYear { cell: "D7".into(), words: String::new() },
            ]
        );
    }

    #[test]
    fn columns_are_named_as_a_sheet_names_them() {
        let named: Vec<String> = [0, 7, 25, 26, 51, 52, 63, 701, 702].into_iter().map(letters).collect();
        assert_eq!(named, ["A", "H", "Z", "AA", "AZ", "BA", "BL", "ZZ", "AAA"]);
    }
}
