//! The ledger's own words in the person's language: acts, states, kinds, outcomes, and who is named.

use ledger::Name;
use ledger::act::ActKind;
use ledger::independence::Ground;
use ledger::matter::{Group, Kind, Method, OutcomeKind, StateKind};

use crate::texts::{Lang, Text};

/// A name, and the language it is in: one of the two may not have been given.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Named<'a> {
    /// The name.
    pub name: &'a str,
    /// Its language, for the `lang` attribute.
    pub lang: Lang,
}

/// The beginning of a long text, so that a list stays one.
pub fn brief(text: &str, most: usize) -> String {
    let mut cut: String = text.chars().take(most).collect();
    if cut.len() < text.len() {
        cut.push('…');
    }
    cut
}

impl Text {
    /// The act as a verb: `verify`, `核验`.
    pub fn act(&self, act: ActKind) -> String {
        self.word("act", act.code())
    }

    /// As what a matter waits: `to be signed for`, `待签收`.
    pub fn waits(&self, group: &Group) -> String {
        self.word("waits", group.code())
    }

    /// Where a matter stands: `under way`, `办理中`.
    pub fn state(&self, state: &StateKind) -> String {
        self.word("state", state.code())
    }

    /// What kind of thing a matter follows.
    pub fn kind(&self, kind: &Kind) -> String {
        self.word("kind", kind.code())
    }

    /// How a matter ended.
    pub fn outcome(&self, outcome: OutcomeKind) -> String {
        self.word("outcome", outcome.code())
    }

    /// How a verifier looked.
    pub fn method(&self, method: Method) -> String {
        self.word("method", method.code())
    }

    /// Why an officer may not verify or clear; a clause that fits behind "because".
    pub fn ground(&self, ground: &Ground) -> String {
        self.word("ground", ground.code())
    }

    /// The name in the person's language where there is one, else in the other.
    pub fn name<'a>(&self, name: &'a Name) -> Named<'a> {
        let lang = match (self.lang(), name.zh.is_some(), name.en.is_some()) {
            (Lang::En, _, true) | (Lang::ZhHans, false, true) => Lang::En,
            (Lang::ZhHans, true, _) | (Lang::En, _, false) | (Lang::ZhHans, false, false) => Lang::ZhHans,
        };
        match lang {
            Lang::En => Named { name: name.en(), lang },
            Lang::ZhHans => Named { name: name.zh(), lang },
        }
    }

    /// Things in the order of their names for this reader: by pinyin where they are Chinese. The one order of names.
    pub fn by_name<T>(&self, mut things: Vec<T>, name: impl Fn(&T) -> String) -> Vec<T> {
        let script = match self.lang() {
            Lang::En => civil::Script::Latin,
            Lang::ZhHans => civil::Script::Han,
        };
        things.sort_by_cached_key(|thing| civil::name_key(&name(thing), script));
        things
    }

    /// What a form's field is called; a word for it where it is no field of a form, such as an id in an address.
    pub fn field(&self, field: &str) -> String {
        let id = format!("field-{field}");
        let known = self.has(&id);
        self.text(if known { &id } else { "field-unnamed" }).to_string()
    }

    /// The word for a code of a family: `word("option", "done")`.
    pub fn word(&self, family: &str, code: &str) -> String {
        self.text(&format!("{family}-{code}")).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::tz::TimeZone;

    #[test]
    fn every_word_of_the_ledger_is_said_in_both_languages() {
        for lang in Lang::ALL {
            let text = Text::new(lang, TimeZone::UTC);
            let families = [
                ("act", ActKind::ALL.iter().map(|v| v.code()).collect::<Vec<_>>()),
                ("state", StateKind::ALL.iter().map(|v| v.code()).collect()),
                ("kind", Kind::ALL.iter().map(|v| v.code()).collect()),
                ("outcome", OutcomeKind::ALL.iter().map(|v| v.code()).collect()),
                ("method", Method::ALL.iter().map(|v| v.code()).collect()),
                ("ground", vec!["leads", "held-post", "acted-for", "reported"]),
            ];
            for (family, codes) in families {
                for code in codes {
                    assert!(text.has(&format!("{family}-{code}")), "{family}-{code} in {}", lang.tag());
                }
            }
        }
    }
}
