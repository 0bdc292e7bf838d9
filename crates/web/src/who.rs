//! Who is named: units, posts and officers by the names they go by in the person's language.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use civil::Date;
use ledger::id::{OfficerId, PostId, UnitId};
use ledger::matter::Hand;
use ledger::organisation::Organisation;
use ledger::party::Party;
use ledger::{Invalid, Name, Text};

use crate::texts;

/// Knows everybody's name.
#[derive(Clone)]
pub struct Who {
    text: texts::Text,
    organisation: Arc<Organisation>,
    names_people: bool,
    /// Units by what addresses call them, made when it is first asked for.
    called: OnceLock<Arc<HashMap<String, Vec<UnitId>>>>,
}

impl Who {
    /// Names in the language of `text`.
    pub fn new(text: &texts::Text, organisation: Arc<Organisation>) -> Self {
        Self { text: text.clone(), organisation, names_people: true, called: OnceLock::new() }
    }

    /// For the public: units and posts by name, and no person's name.
    pub fn without_people(text: &texts::Text, organisation: Arc<Organisation>) -> Self {
        Self { names_people: false, ..Self::new(text, organisation) }
    }

    /// The same names in the language of another text.
    pub fn in_words_of(&self, text: &texts::Text) -> Self {
        Self { text: text.clone(), ..self.clone() }
    }

    /// Units, posts and officers.
    pub fn organisation(&self) -> &Organisation {
        &self.organisation
    }

    /// The unit's name.
    pub fn unit(&self, id: &UnitId) -> String {
        let text = self.organisation.unit(*id).and_then(|unit| unit.text.open());
        text.map_or_else(|| self.unknown(), |text| self.text.name(&text.name).name.to_owned())
    }

    /// The officer's name; a word for it where the name was erased.
    pub fn officer(&self, id: &OfficerId) -> String {
        if id.is_public() {
            return self.text.text("who-public").to_string();
        }
        if !self.names_people {
            return self.text.text("event-somebody").to_string();
        }
        let name = self.organisation.officer(*id).and_then(|officer| officer.name());
        name.map_or_else(|| self.text.text("who-erased").to_string(), |name| self.text.name(name).name.to_owned())
    }

    /// What an address calls the unit: its English name in small letters and hyphens, its Chinese one where it has no
    /// other, its id where another unit is called the same.
    pub fn address_of(&self, id: &UnitId) -> String {
        let named = self.organisation.unit(*id).and_then(|unit| unit.text.open()).map(|text| slug(text.name.en()));
        match named {
            Some(called) if self.units_called(&called) == [*id] => called,
            Some(_) | None => id.to_string(),
        }
    }

    /// The unit an address calls so. Errors: `Invalid` with `no-such-party` or `several-of-that-name`.
    pub fn unit_called(&self, field: &'static str, typed: &str) -> Result<UnitId, Invalid> {
        if let Ok(id) = UnitId::parse(typed) {
            return self.organisation.unit(id).map(|unit| unit.id).ok_or(Invalid::new(field, "no-such-party"));
        }
        match self.units_called(&slug(typed)) {
            [one] => Ok(*one),
            [] => Err(Invalid::new(field, "no-such-party")),
            _several => Err(Invalid::new(field, "several-of-that-name")),
        }
    }

    /// Whether a unit that stands on `today` goes by one of these names already, and in which field it was typed; `but`
    /// is the unit that is named itself.
    pub fn namesake(&self, name: &Name, but: Option<UnitId>, today: Date) -> Option<&'static str> {
        let fields = [("name_zh", &name.zh), ("name_en", &name.en)];
        let is_borne = |name: &Text| {
            let mut others = self.units_called(&slug(name.as_str())).iter().filter(|unit| Some(**unit) != but);
            others.any(|unit| self.organisation.unit_exists(*unit, today))
        };
        fields.into_iter().find(|(_, name)| name.as_ref().is_some_and(is_borne)).map(|(field, _)| field)
    }

    fn units_called(&self, called: &str) -> &[UnitId] {
        let called_so = self.called.get_or_init(|| {
            let mut units: HashMap<String, Vec<UnitId>> = HashMap::new();
            for unit in self.organisation.units() {
                let Some(text) = unit.text.open() else { continue };
                let aliases = text.aliases.iter().map(|alias| alias.as_str());
                for name in aliases.chain([text.name.zh(), text.name.en()]) {
                    let units = units.entry(slug(name)).or_default();
                    if units.last() != Some(&unit.id) {
                        units.push(unit.id);
                    }
                }
            }
            Arc::new(units)
        });
        called_so.get(called).map_or(&[], Vec::as_slice)
    }

    /// Every unit, post and officer, by the name it goes by in the person's language.
    pub fn parties_by_name(&self) -> Vec<Party> {
        let organisation = &self.organisation;
        let units = organisation.units().map(|unit| Party::Unit(unit.id));
        let posts = organisation.units().flat_map(|unit| unit.posts.iter().map(|post| Party::Post(*post)));
        let officers = organisation.officers().map(|officer| Party::Officer(officer.id));
        self.text.by_name(units.chain(posts).chain(officers).collect(), |party| self.party(party))
    }

    /// The post's title.
    pub fn title(&self, id: &PostId) -> String {
        let text = self.organisation.post(*id).and_then(|post| post.text.open());
        text.map_or_else(|| self.unknown(), |text| self.text.name(&text.title).name.to_owned())
    }

    /// The post's title and its unit.
    pub fn post(&self, id: &PostId) -> String {
        let Some(post) = self.organisation.post(*id) else { return self.unknown() };
        self.text.text("who-post").arg("unit", self.unit(&post.unit)).arg("title", self.title(id)).to_string()
    }

    /// A unit, post or officer.
    pub fn party(&self, party: &Party) -> String {
        match party {
            Party::Unit(id) => self.unit(id),
            Party::Post(id) => self.post(id),
            Party::Officer(id) => self.officer(id),
        }
    }

    /// A party as it was on a day. Where no person is named, an officer is named by the units he held a post in that day.
    pub fn party_on(&self, party: &Party, day: Date) -> String {
        match party {
            Party::Officer(_) if !self.names_people => {
                let units = party.units(&self.organisation, day);
                let names: Vec<String> = units.iter().map(|unit| self.unit(unit)).collect();
                names.join(self.text.text("list-comma").to_string().as_str())
            }
            Party::Unit(_) | Party::Post(_) | Party::Officer(_) => self.party(party),
        }
    }

    /// Who acted, and in whose place.
    pub fn hand(&self, hand: &Hand) -> String {
        let officer = self.officer(&hand.officer);
        match hand.on_behalf {
            None => officer,
            Some(other) => {
                self.text.text("who-for").arg("officer", officer).arg("other", self.officer(&other)).to_string()
            }
        }
    }

    fn unknown(&self) -> String {
        self.text.text("who-unknown").to_string()
    }
}

/// `Water Bureau` as `water-bureau`; `水务局` as itself.
fn slug(name: &str) -> String {
    let lower: String = name.chars().map(civil::narrow).flat_map(char::to_lowercase).collect();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}
