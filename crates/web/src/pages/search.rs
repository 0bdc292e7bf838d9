//! `GET /search`: what is typed into the head of every page: a number leads to its matter, words to everything they
//! stand in that this officer may see.

use std::sync::Arc;

use askama::Template;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse as _;
use ledger::document::Document;
use ledger::id::{DocumentId, Number, OfficerId, Stream, UnitId};
use ledger::organisation::{Officer, Unit};
use serde::Deserialize;
use serde_json::json;
use store::{Count, MatterFilter, MatterLine, Read, Side, Sort};

use crate::App;
use crate::error::Problem;
use crate::frame::{Answer, Frame, go_to, page};
use crate::pages::matters::{asked::query, counted};
use crate::query::Query;
use crate::session::SignedIn;
use crate::who::Who;

/// At most so many of each kind.
const FOUND: u32 = 10;
/// At most so many characters are looked for.
const WORDS_MAX: usize = 200;
/// So many characters before and after the place where the words stand.
const AROUND: usize = 40;

/// What is looked for.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// Words, or a number.
    #[serde(default)]
    pub words: String,
}

/// A document, and the passage that holds the words: before, the words, after.
struct Passage {
    id: DocumentId,
    title: Option<String>,
    passage: Option<(String, String, String)>,
}

#[derive(Template)]
#[template(path = "search.html")]
struct Found {
    frame: Frame,
    who: Who,
    words: String,
    /// What was typed is a number, and no matter has it that the reader may see.
    no_such_number: bool,
    matters: (Vec<MatterLine>, String, Option<String>),
    documents: (Vec<Passage>, bool),
    units: Vec<UnitId>,
    officers: Vec<OfficerId>,
    today: civil::Date,
}

impl Found {
    fn is_empty(&self) -> bool {
        self.matters.0.is_empty() && self.documents.0.is_empty() && self.units.is_empty() && self.officers.is_empty()
    }
}

/// What was found; a whole number leads straight to its matter.
pub async fn get(
    State(app): State<Arc<App>>,
    frame: Frame,
    SignedIn { officer }: SignedIn,
    Query(wanted): Query<Wanted>,
) -> Answer {
    let words: String = wanted.words.trim().chars().take(WORDS_MAX).map(civil::narrow).collect();
    let number = Number::parse(&words).ok();
    if let Some(number) = number
        && app.read(move |read| Ok(read.find(Some(officer), number)?)).await?.is_some()
    {
        return Ok(go_to(&format!("/matters/{number}")));
    }
    let text = frame.clone();
    let found = app.read(move |read| find(read, &text, officer, words, number.is_some())).await?;
    if frame.visit().json {
        let documents =
            found.documents.0.iter().map(|found| json!({ "id": found.id.to_string(), "title": found.title }));
        let body = json!({
            "matters": found.matters.0.iter().map(|line| line.number.to_string()).collect::<Vec<_>>(),
            "documents": documents.collect::<Vec<_>>(),
            "units": found.units.iter().map(|unit| found.who.unit(unit)).collect::<Vec<_>>(),
            "officers": found.officers.iter().map(|officer| found.who.officer(officer)).collect::<Vec<_>>(),
        });
        return Ok(Json(body).into_response());
    }
    page(&found)
}

fn find(
    read: &mut Read<'_>,
    frame: &Frame,
    officer: OfficerId,
    words: String,
    is_number: bool,
) -> Result<Found, Problem> {
    let (organisation, today) = (read.organisation()?, read.today());
    let who = Who::new(frame, organisation.clone());
    let in_office = !organisation.posts_held(officer, today).is_empty();
    let mut matters = (vec![], String::new(), None);
    let mut documents = (vec![], false);
    let (mut units, mut officers) = (vec![], vec![]);
    if words.chars().any(char::is_alphanumeric) {
        let filter = MatterFilter { words: words.clone(), ..MatterFilter::default() };
        let found = read.matters_page(Some(officer), &filter, &Sort::Number, &Side::First, FOUND)?;
        let all = found.after.map(|_| format!("/matters?{}", query(&[("words", &words)])));
        matters = (found.lines, counted(frame, found.count), all);
    }
    // Documents and the organisation are open to whoever holds a post, as their own pages are.
    if in_office && words.chars().any(char::is_alphanumeric) {
        let (found, count) = read.documents_with(&words, FOUND)?;
        for document in found {
            let text = read.fold::<Document>(Stream::Document(document.id))?;
            let body = text.as_ref().and_then(|document| document.text.open()).map(|text| text.body.as_str());
            let passage = body.and_then(|body| passage(body, &words));
            documents.0.push(Passage { id: document.id, title: document.title, passage });
        }
        documents.1 = matches!(count, Count::MoreThan(_));
        let wanted: Vec<String> = words.to_lowercase().split_whitespace().map(str::to_owned).collect();
        let fits = |names: Vec<&str>| {
            names.iter().map(|name| name.to_lowercase()).any(|name| wanted.iter().all(|word| name.contains(word)))
        };
        let is_named = |unit: &&Unit| {
            organisation.unit_exists(unit.id, today)
                && unit.text.open().is_some_and(|text| {
                    let aliases = text.aliases.iter().map(|alias| alias.as_str());
                    fits(aliases.chain([text.name.zh(), text.name.en()]).collect())
                })
        };
        let is_known = |officer: &&Officer| officer.name().is_some_and(|name| fits(vec![name.zh(), name.en()]));
        units = frame.by_name(organisation.units().filter(is_named).map(|unit| unit.id).collect(), |id| who.unit(id));
        officers = organisation.officers().filter(is_known).map(|officer| officer.id).collect();
        officers = frame.by_name(officers, |id| who.officer(id));
        units.truncate(FOUND as usize);
        officers.truncate(FOUND as usize);
    }
    let frame = frame.clone();
    Ok(Found { frame, who, words, no_such_number: is_number, matters, documents, units, officers, today })
}

/// The place in `body` where the first of the words stands.
fn passage(body: &str, words: &str) -> Option<(String, String, String)> {
    let plain: Vec<char> = body.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    let folded: Vec<char> = plain.iter().map(|c| civil::narrow(*c).to_lowercase().next().unwrap_or(*c)).collect();
    let marks = |c: char| c.is_whitespace() || matches!(c, '"' | '“' | '”' | '「' | '」');
    words.split(marks).filter(|word| !word.is_empty()).find_map(|word| {
        let word: Vec<char> = word.to_lowercase().chars().collect();
        let at = folded.windows(word.len()).position(|window| window == word)?;
        let (from, end) = (at.saturating_sub(AROUND), at + word.len());
        let to = (end + AROUND).min(plain.len());
        let text = |range: std::ops::Range<usize>| plain[range].iter().collect::<String>();
        Some((text(from..at), text(at..end), text(end..to)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_stands_around_the_first_word_that_is_there() {
        let found = passage("会议要求，年底前完成清淤工作。", "不见 清淤").expect("it is there");
        assert_eq!(found, ("会议要求，年底前完成".into(), "清淤".into(), "工作。".into()));
        assert_eq!(passage("Dredge ＰＨＡＳＥ", "phase").expect("width does not count").1, "ＰＨＡＳＥ");
        assert_eq!(passage("", "x"), None);
    }
}
