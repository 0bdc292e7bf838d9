//! Who is named: units, posts and officers by the names they go by in the person's language.

use std::sync::Arc;

use ledger::id::{OfficerId, PostId, UnitId};
use ledger::matter::Hand;
use ledger::organisation::Organisation;
use ledger::party::Party;

use crate::texts::Text;

/// Knows everybody's name.
#[derive(Clone)]
pub struct Who {
    text: Text,
    organisation: Arc<Organisation>,
    names_people: bool,
}

impl Who {
    /// Names in the language of `text`.
    pub fn new(text: &Text, organisation: Arc<Organisation>) -> Self {
        Self { text: text.clone(), organisation, names_people: true }
    }

    /// For the public: units and posts by name, and no person's name. An officer who leads is named by his units.
    pub fn without_people(text: &Text, organisation: Arc<Organisation>) -> Self {
        Self { names_people: false, ..Self::new(text, organisation) }
    }

    /// The same names in the language of another text.
    pub fn in_words_of(&self, text: &Text) -> Self {
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
            Party::Officer(_) if !self.names_people => {
                let units = party.units(&self.organisation);
                let names: Vec<String> = units.iter().map(|unit| self.unit(unit)).collect();
                names.join(self.text.text("list-comma").to_string().as_str())
            }
            Party::Officer(id) => self.officer(id),
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
