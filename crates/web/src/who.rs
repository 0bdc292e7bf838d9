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
}

impl Who {
    /// Names in the language of `text`.
    pub fn new(text: &Text, organisation: Arc<Organisation>) -> Self {
        Self { text: text.clone(), organisation }
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
