//! The ledger's own words in the person's language: acts, states, kinds, outcomes, and who is named.

use std::fmt::{self, Display};

use askama::filters::{Escaper as _, Html, HtmlSafe};
use ledger::Name;
use ledger::act::ActKind;
use ledger::document::At;
use ledger::independence::Ground;
use ledger::matter::{Group, Kind, Method, OutcomeKind, StateKind};

use crate::texts::{Lang, Text};

/// In a list, words are shown up to so many characters.
const BRIEF: usize = 240;

/// A name, and the language it is in: one of the two may not have been given.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Named<'a> {
    /// The name.
    pub name: &'a str,
    /// Its language, for the `lang` attribute.
    pub lang: Lang,
}

/// The beginning of a long text, so that a list or a title stays one. A face made of several is not cut within.
pub fn shortened(words: &str, most: usize) -> String {
    match beginning(words, most) {
        Some(kept) => format!("{kept}…"),
        None => words.to_owned(),
    }
}

/// The first `most` characters; none where there are no more.
fn beginning(words: &str, most: usize) -> Option<&str> {
    let (end, _) = words.char_indices().nth(most)?;
    Some(words[..end].trim_end_matches(['\u{200d}', '\u{fe0f}']).trim_end())
}

/// Words that somebody wrote, as a page shows them: apart from the direction of what stands around them, in the order in
/// which they are on the record whatever marks in them would turn it, and with their language where it is not the page's.
/// The one place that decides any of it.
pub struct Words {
    words: String,
    lang: Option<Lang>,
    is_cut: bool,
}

impl Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.lang {
            Some(lang) => write!(f, "<bdi lang=\"{}\">", lang.tag())?,
            None => f.write_str("<bdi>")?,
        }
        for piece in self.words.split(ledger::text::turns_direction) {
            Html.write_escaped_str(&mut *f, piece)?;
        }
        f.write_str(if self.is_cut { "…</bdi>" } else { "</bdi>" })
    }
}

/// What is said within is escaped above.
impl HtmlSafe for Words {}

impl Text {
    /// What somebody wrote, whole.
    pub fn written(&self, words: impl AsRef<str>) -> Words {
        let words = words.as_ref().to_owned();
        let lang = Lang::of(&words).filter(|lang| *lang != self.lang());
        Words { words, lang, is_cut: false }
    }

    /// What somebody wrote, for a list: cut after `BRIEF` characters. The whole stands on the thing's own page.
    pub fn brief(&self, words: impl AsRef<str>) -> Words {
        let words = words.as_ref();
        let Some(kept) = beginning(words, BRIEF) else { return self.written(words) };
        Words { is_cut: true, ..self.written(kept) }
    }

    /// The act as a verb: `verify`, `核验`.
    pub fn act(&self, act: ActKind) -> String {
        self.word("act", act.code())
    }

    /// As what a matter waits: `to be signed for`, `待签收`.
    pub fn waits(&self, group: &Group) -> String {
        self.word("waits", group.code())
    }

    /// As it stands in a list to choose from: with a capital where its writing has them. Elsewhere the ledger's words fit
    /// into sentences.
    pub fn choice(&self, words: impl Display) -> String {
        let words = words.to_string();
        let mut rest = words.chars();
        let first = rest.next().into_iter().flat_map(char::to_uppercase);
        first.chain(rest.clone()).collect()
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

    /// Where in its file a passage stands: `page 3, line 12`, `第3页第12行`.
    pub fn place(&self, at: &At) -> String {
        let said = match at {
            At::Line(line) => self.text("place-line").arg("line", *line),
            At::Page { page, line } => self.text("place-page").arg("page", *page).arg("line", *line),
            At::Paragraph(no) => self.text("place-paragraph").arg("no", *no),
            At::TableCell { table, row, column } => {
                self.text("place-table").arg("table", *table).arg("row", *row).arg("column", *column)
            }
            At::Footnote(no) => self.text("place-footnote").arg("no", *no),
            At::Endnote(no) => self.text("place-endnote").arg("no", *no),
            At::TextBox(no) => self.text("place-text-box").arg("no", *no),
            At::Cell { sheet, cell } => {
                let sheet: String = sheet.chars().filter(|c| !ledger::text::turns_direction(*c)).collect();
                self.text("place-cell").arg("sheet", sheet).arg("cell", cell.as_str())
            }
        };
        said.to_string()
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
    fn what_somebody_wrote_is_apart_and_says_its_language_where_it_is_not_the_pages() {
        let en = Text::new(Lang::En, TimeZone::UTC);
        for (words, shown) in [
            ("Dredge <it>", "<bdi>Dredge &#60;it&#62;</bdi>"),
            ("年底前完成 PPP 项目", "<bdi lang=\"zh-Hans\">年底前完成 PPP 项目</bdi>"),
            ("Report to 督查室 every week", "<bdi>Report to 督查室 every week</bdi>"),
            ("محمد", "<bdi>محمد</bdi>"),
            ("2026", "<bdi>2026</bdi>"),
        ] {
            assert_eq!(en.written(words).to_string(), shown);
        }
        // Marks that would turn it are not obeyed (ADR 0025).
        let turned = "pay \u{202e}001\u{202c} \u{2066}now\u{2069}";
        assert_eq!(en.written(turned).to_string(), "<bdi>pay 001 now</bdi>");
        assert_eq!(en.brief(turned).to_string(), "<bdi>pay 001 now</bdi>");
        let zh = Text::new(Lang::ZhHans, TimeZone::UTC);
        assert_eq!(zh.written("Dredge").to_string(), "<bdi lang=\"en\">Dredge</bdi>");
    }

    #[test]
    fn in_a_list_long_words_are_cut_and_short_ones_are_not() {
        let zh = Text::new(Lang::ZhHans, TimeZone::UTC);
        let exact = "长".repeat(BRIEF);
        assert_eq!(zh.brief(&exact).to_string(), format!("<bdi>{exact}</bdi>"));
        assert_eq!(zh.brief("长".repeat(10_000)).to_string(), format!("<bdi>{exact}…</bdi>"));
    }

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
