//! What the lists say of an English word: all of them are asked at once, when a sentence is cut into its words.

use super::decision::{APPROVING, DECIDING, INVITING, ORDERING};
use super::demand::{CALLS, ORDERS};
use super::due::{OPENING, TIES};
use super::festival;
use super::words::{ACT_NOUNS, BODIES, EFFORTS, NOBODY, NOUN_VERBS, OFFICES, PAPERS, PRODUCTS, THINGS, TITLES, VERBS};
use crate::words::{Short, Words};
use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::ops::BitOr;
use std::sync::LazyLock;

/// A set of the kinds below.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Kinds(u32);

impl Kinds {
    pub(crate) const NONE: Kinds = Kinds(0);
    /// A base form that is hardly a noun, with or without "re" in front.
    pub(crate) const VERB: Kinds = Kinds(1);
    /// A base form that is a noun as often, with or without "re" in front.
    pub(crate) const NOUN_VERB: Kinds = Kinds(1 << 1);
    /// A word of [`VERBS`] as it stands there.
    pub(crate) const LISTED_VERB: Kinds = Kinds(1 << 2);
    /// A word of [`NOUN_VERBS`] as it stands there.
    pub(crate) const LISTED_NOUN_VERB: Kinds = Kinds(1 << 3);
    /// A verb in the third person: "accepts", "applies".
    pub(crate) const THIRD_PERSON: Kinds = Kinds(1 << 4);
    /// An office, a body or a post, one or several.
    pub(crate) const OFFICE: Kinds = Kinds(1 << 5);
    /// A word of [`OFFICES`] as it stands there.
    pub(crate) const LISTED_OFFICE: Kinds = Kinds(1 << 6);
    pub(crate) const TITLE: Kinds = Kinds(1 << 7);
    pub(crate) const NOBODY: Kinds = Kinds(1 << 8);
    pub(crate) const THING: Kinds = Kinds(1 << 9);
    pub(crate) const ACT_NOUN: Kinds = Kinds(1 << 10);
    pub(crate) const BODY: Kinds = Kinds(1 << 11);
    pub(crate) const PAPER: Kinds = Kinds(1 << 12);
    pub(crate) const EFFORT: Kinds = Kinds(1 << 13);
    pub(crate) const PRODUCT: Kinds = Kinds(1 << 14);
    /// A past tense by which somebody is told to do something.
    pub(crate) const ORDERING: Kinds = Kinds(1 << 15);
    pub(crate) const DECIDING: Kinds = Kinds(1 << 16);
    pub(crate) const APPROVING: Kinds = Kinds(1 << 17);
    /// A past tense that orders, whoever says it.
    pub(crate) const ORDER: Kinds = Kinds(1 << 18);
    /// A past tense by which a body asks for something.
    pub(crate) const CALL: Kinds = Kinds(1 << 19);
    /// A past tense by which somebody is asked kindly.
    pub(crate) const INVITING: Kinds = Kinds(1 << 21);
    /// What a deadline or a condition may begin with.
    pub(crate) const TIMED: Kinds = Kinds(1 << 22);
    /// What the name of a festival may begin with.
    pub(crate) const FESTIVE: Kinds = Kinds(1 << 23);
    /// What a modal may begin with.
    pub(crate) const MODAL: Kinds = Kinds(1 << 20);

    /// Whether it has one of `kinds`.
    pub(crate) const fn any(self, kinds: Kinds) -> bool {
        self.0 & kinds.0 != 0
    }

    pub(crate) const fn or(self, other: Kinds) -> Kinds {
        Kinds(self.0 | other.0)
    }

    /// What the lists say of a word in lower case.
    pub(crate) fn of(word: &str) -> Kinds {
        let mut kinds = base(word);
        if let Some(one) = word.strip_suffix('s') {
            let stem = base(one);
            let verb = Kinds::VERB.or(Kinds::LISTED_NOUN_VERB);
            let third = stem.any(verb) || one.strip_suffix('e').is_some_and(|stem| base(stem).any(verb));
            if third {
                kinds = kinds.or(Kinds::THIRD_PERSON);
            }
            if word.len() > 5 && stem.any(Kinds::LISTED_OFFICE) {
                kinds = kinds.or(Kinds::OFFICE);
            }
            if word.ends_with("'s") && listed(word.trim_end_matches("'s")).any(Kinds::LISTED_OFFICE) {
                kinds = kinds.or(Kinds::OFFICE);
            }
        }
        kinds
    }
}

impl BitOr for Kinds {
    type Output = Kinds;

    fn bitor(self, other: Kinds) -> Kinds {
        self.or(other)
    }
}

/// What the lists say of a word, and what they say of it without "re".
fn base(word: &str) -> Kinds {
    let mut kinds = listed(word);
    if let Some(stem) = word.strip_prefix("re-").or_else(|| word.strip_prefix("re")).filter(|stem| stem.len() > 3) {
        let stem = listed(stem);
        if stem.any(Kinds::LISTED_VERB) && !matches!(word, "reserve" | "relay" | "recall") {
            kinds = kinds.or(Kinds::VERB);
        }
        if stem.any(Kinds::LISTED_NOUN_VERB) {
            kinds = kinds.or(Kinds::NOUN_VERB);
        }
    }
    kinds
}

fn listed(word: &str) -> Kinds {
    LISTS.get(word).copied().unwrap_or_default()
}

static LISTS: LazyLock<HashMap<&'static str, Kinds, BuildHasherDefault<Short>>> = LazyLock::new(|| {
    const MODALS: [&str; 16] = [
        "should", "must", "shall", "ought", "has", "have", "needs", "need", "is", "are", "was", "were", "will",
        "would", "had", "needed",
    ];
    let long: [(&Words, Kinds); 11] = [
        (&VERBS, Kinds::VERB.or(Kinds::LISTED_VERB)),
        (&NOUN_VERBS, Kinds::NOUN_VERB.or(Kinds::LISTED_NOUN_VERB)),
        (&OFFICES, Kinds::OFFICE.or(Kinds::LISTED_OFFICE)),
        (&TITLES, Kinds::TITLE),
        (&NOBODY, Kinds::NOBODY),
        (&THINGS, Kinds::THING),
        (&ACT_NOUNS, Kinds::ACT_NOUN),
        (&BODIES, Kinds::BODY),
        (&PAPERS, Kinds::PAPER),
        (&EFFORTS, Kinds::EFFORT),
        (&PRODUCTS, Kinds::PRODUCT),
    ];
    let short: [(&[&'static str], Kinds); 7] = [
        (&ORDERING, Kinds::ORDERING),
        (&INVITING, Kinds::INVITING),
        (&DECIDING, Kinds::DECIDING),
        (&APPROVING, Kinds::APPROVING),
        (&ORDERS, Kinds::ORDER),
        (&CALLS, Kinds::CALL),
        (&MODALS, Kinds::MODAL),
    ];
    let first = |phrase: &'static str| phrase.split_once(' ').map_or(phrase, |(first, _)| first);
    let ties = TIES.iter().map(|(phrase, _)| first(phrase));
    let festive = festival::NAMES.iter().map(|(name, _)| (first(name), Kinds::FESTIVE));
    let timed = ties.chain(OPENING).map(|word| (word, Kinds::TIMED));
    let long = long.iter().flat_map(|(list, kinds)| list.all().map(|word| (word, *kinds)));
    let short = short.iter().flat_map(|(list, kinds)| list.iter().map(|word| (*word, *kinds)));
    let mut lists: HashMap<&'static str, Kinds, BuildHasherDefault<Short>> = HashMap::default();
    for (word, kinds) in long.chain(short).chain(timed).chain(festive) {
        let known = lists.entry(word).or_default();
        *known = known.or(kinds);
    }
    lists
});
