//! Who is meant by a name in a cell: units, posts and officers by every name they go by, and those called nearly so.

use std::collections::{BTreeSet, HashMap};

use ledger::Name;
use ledger::matter::Kind;
use ledger::organisation::Organisation;
use ledger::party::Party;

use crate::texts::{Lang, Text};

/// At most so many are offered.
const OFFERED: usize = 3;
/// From this likeness on, of 100, a name is offered.
const LIKENESS: usize = 34;

/// Who goes by a name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Found {
    One(Party),
    Several,
    /// Nobody; these are called nearly so.
    Nobody(Vec<String>),
}

/// Every name, as it is compared.
pub(super) struct Names {
    parties: HashMap<String, BTreeSet<Party>>,
    /// Units' names with their pairs of characters, for those called nearly so.
    units: Vec<(String, BTreeSet<(char, char)>)>,
    asked: HashMap<String, Found>,
    kinds: HashMap<String, Kind>,
    words: HashMap<String, bool>,
}

fn comparable(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace() && !"（）()".contains(*c)).flat_map(char::to_lowercase).collect()
}

fn pairs(name: &str) -> BTreeSet<(char, char)> {
    let characters: Vec<char> = comparable(name).chars().collect();
    characters.windows(2).map(|pair| (pair[0], pair[1])).chain(characters.first().map(|c| ('^', *c))).collect()
}

fn both(name: &Name) -> impl Iterator<Item = &str> {
    [&name.zh, &name.en].into_iter().flatten().map(|name| name.as_str())
}

impl Names {
    pub(super) fn of(organisation: &Organisation) -> Self {
        let texts = Lang::ALL.map(|lang| Text::new(lang, jiff::tz::TimeZone::UTC));
        let mut names = Self {
            parties: HashMap::new(),
            units: vec![],
            asked: HashMap::new(),
            kinds: HashMap::new(),
            words: HashMap::new(),
        };
        for unit in organisation.units() {
            let Some(text) = unit.text.open() else { continue };
            let party = Party::Unit(unit.id);
            for name in both(&text.name).chain(text.aliases.iter().map(ledger::Text::as_str)) {
                names.add(name, party);
                if unit.closed_on.is_none() {
                    names.units.push((name.to_owned(), pairs(name)));
                }
            }
            for post in unit.posts.iter().filter_map(|id| organisation.post(*id)) {
                let Some(title) = post.text.open() else { continue };
                for said in &texts {
                    let (unit, title) = (said.name(&text.name).name, said.name(&title.title).name);
                    let whole = said.text("who-post").arg("unit", unit.to_owned()).arg("title", title.to_owned());
                    names.add(&whole.to_string(), Party::Post(post.id));
                }
            }
        }
        // A unit that was closed is meant only where no other goes by the name.
        let is_live = |party: &Party| match party {
            Party::Unit(id) => organisation.unit(*id).is_some_and(|unit| unit.closed_on.is_none()),
            Party::Post(_) | Party::Officer(_) => true,
        };
        for parties in names.parties.values_mut() {
            if parties.iter().any(is_live) {
                parties.retain(is_live);
            }
        }
        for officer in organisation.officers() {
            for name in officer.name().into_iter().flat_map(both) {
                names.add(name, Party::Officer(officer.id));
            }
        }
        for said in &texts {
            for kind in Kind::ALL {
                names.kinds.insert(comparable(&said.kind(kind)), *kind);
                names.kinds.insert(kind.code().to_owned(), *kind);
            }
            for (code, is_units) in [("import-spread-office", false), ("import-spread-units", true)] {
                names.words.insert(comparable(&said.text(code).to_string()), is_units);
            }
        }
        names.words.extend([("office".to_owned(), false), ("units".to_owned(), true)]);
        names
    }

    fn add(&mut self, name: &str, party: Party) {
        self.parties.entry(comparable(name)).or_default().insert(party);
    }

    /// Who goes by `words`, the whole of them.
    pub(super) fn find(&mut self, words: &str) -> Found {
        if let Some(found) = self.asked.get(words) {
            return found.clone();
        }
        let found = match self.parties.get(&comparable(words)) {
            Some(parties) if parties.len() > 1 => Found::Several,
            Some(parties) => parties.first().map_or(Found::Nobody(vec![]), |party| Found::One(*party)),
            None => Found::Nobody(self.near(words)),
        };
        // A sheet repeats its units; one that does not must not fill memory.
        if self.asked.len() < 10_000 {
            self.asked.insert(words.to_owned(), found.clone());
        }
        found
    }

    /// Whether `words` is one of the party's names.
    pub(super) fn goes_by(&self, party: Party, words: &str) -> bool {
        self.parties.get(&comparable(words)).is_some_and(|parties| parties.contains(&party))
    }

    /// Units called nearly so, the likest first.
    fn near(&self, words: &str) -> Vec<String> {
        let short: String = words.chars().take(80).collect();
        let asked = pairs(&short);
        let likeness = |known: &BTreeSet<(char, char)>| {
            200 * asked.intersection(known).count() / (asked.len() + known.len()).max(1)
        };
        let mut near: Vec<(usize, &str)> =
            self.units.iter().map(|(name, known)| (likeness(known), name.as_str())).collect();
        near.retain(|(likeness, _)| *likeness >= LIKENESS);
        near.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
        near.into_iter().take(OFFERED).map(|(_, name)| name.to_owned()).collect()
    }

    /// The kind called so in either language, or by its code.
    pub(super) fn kind(&self, words: &str) -> Option<Kind> {
        self.kinds.get(&comparable(words)).copied()
    }

    /// Whether the words say "the units concerned" (true) or "everyone in the office" (false).
    pub(super) fn spread(&self, words: &str) -> Option<bool> {
        self.words.get(&comparable(words)).copied()
    }
}

/// What a list of units is parted by.
pub(super) fn parted(words: &str) -> Vec<&str> {
    let parts = words.split(['、', '，', ',', ';', '；', '\n', '/', '\t']).map(str::trim);
    parts.filter(|part| !part.is_empty()).collect()
}
