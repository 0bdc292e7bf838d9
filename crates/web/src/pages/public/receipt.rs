//! `GET /contradictions/{code}`: what was answered to somebody who said that it is not so. The code is a secret of whoever
//! holds it: nothing here is kept by a browser, told to another site, or found by a search engine.

use std::fmt;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::header::{HeaderName, REFERRER_POLICY};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use ledger::audience::Audience;
use ledger::id::{CommandId, ContradictionId, OfficerId};
use ledger::matter::{CallBack, CallBackFinding, Contradiction};
use ledger::{Invalid, Refusal};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use store::ChangeError;

use crate::App;
use crate::error::Problem;
use crate::form::{Filled, VisitorForm};
use crate::frame::{Answer, Frame, go_to, page, page_with};
use crate::query::Query;
use crate::record::envelope;

/// Crockford's digits: none of them is taken for another.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Twenty of them hold a hundred bits.
const LENGTH: usize = 20;

/// What a receipt says: `7K3F-…`, five groups of four.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Code(String);

impl Code {
    pub(super) fn new(app: &App) -> Self {
        let mut bytes = [0; LENGTH];
        (app.random)(&mut bytes);
        Self(bytes.iter().map(|byte| char::from(DIGITS[usize::from(byte % 32)])).collect())
    }

    /// Reads what somebody typed off paper. None if it is no code.
    pub(super) fn parse(typed: &str) -> Option<Self> {
        let mut code = String::with_capacity(LENGTH);
        for c in typed.chars().filter(|c| !c.is_whitespace() && *c != '-').take(LENGTH + 1) {
            let c = match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                c => c,
            };
            DIGITS.contains(&u8::try_from(c).ok()?).then(|| code.push(c))?;
        }
        (code.len() == LENGTH).then_some(Self(code))
    }

    /// What is kept of it: its hash, cut to an id.
    pub(super) fn id(&self) -> ContradictionId {
        let hash = Sha256::new().chain_update("luoshi/receipt/v1\0").chain_update(&self.0).finalize();
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hash[..16]);
        ContradictionId(uuid::Builder::from_custom_bytes(bytes).into_uuid())
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let groups: Vec<&str> = (0..LENGTH).step_by(4).filter_map(|at| self.0.get(at..at + 4)).collect();
        f.write_str(&groups.join("-"))
    }
}

/// What was typed on `/contradictions`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    code: Option<String>,
}

#[derive(Template)]
#[template(path = "receipts.html")]
struct Look {
    frame: Frame,
    form: Filled,
}

/// Where a code is typed in.
pub async fn look(frame: Frame, Query(asked): Query<Asked>) -> Answer {
    let Some(typed) = asked.code else {
        return page(&Look { frame, form: Filled::default() }).map(private);
    };
    match Code::parse(&typed) {
        Some(code) => Ok(private(go_to(&format!("/contradictions/{code}")))),
        None => Ok(private(unknown(frame, &typed)?)),
    }
}

fn unknown(frame: Frame, typed: &str) -> Answer {
    let mut form = Filled::with(&[("code", typed)]);
    form.wrong(Invalid::new("code", "no-such-receipt"));
    page_with(StatusCode::NOT_FOUND, &Look { frame, form })
}

#[derive(Template)]
#[template(path = "receipt.html")]
struct Receipt {
    frame: Frame,
    code: String,
    contradiction: Contradiction,
    call_back: Option<CallBack>,
    /// The matter's number, while it is published.
    number: Option<String>,
}

/// What became of it.
pub async fn get(State(app): State<Arc<App>>, frame: Frame, Path(typed): Path<String>) -> Answer {
    let Some(code) = Code::parse(&typed) else { return Ok(private(unknown(frame, &typed)?)) };
    let id = code.id();
    let matter = app
        .read(move |read| {
            let matter = read.contradicted(id)?;
            Ok::<_, Problem>(matter.map(|matter| read.matter(matter)).transpose()?.flatten())
        })
        .await?;
    let found = matter.and_then(|matter| {
        let contradiction = matter.contradictions.iter().find(|said| said.id == id).cloned();
        contradiction.map(|contradiction| (matter, contradiction))
    });
    let Some((matter, contradiction)) = found else { return Ok(private(unknown(frame, &typed)?)) };
    let is_public = matter.audience == Audience::Public;
    let answered = matter.call_backs.iter().find(|call_back| contradiction.answered_by == Some(call_back.no));
    page(&Receipt {
        code: code.to_string(),
        call_back: answered.filter(|_| is_public).cloned(),
        number: is_public.then(|| matter.number.to_string()),
        contradiction,
        frame,
    })
    .map(private)
}

/// Erases what was said, and how to reach whoever said it. That something was said stays, and its answer.
pub async fn erase(State(app): State<Arc<App>>, Path(typed): Path<String>, VisitorForm(form): VisitorForm) -> Answer {
    let code = Code::parse(&typed).ok_or(Problem::NotFound)?;
    let command = CommandId::parse(form.text("command")).unwrap_or_else(|_| app.command_id());
    let command = envelope(command, OfficerId::PUBLIC, "/contradictions/erasure", &form, vec![]);
    let (store, id) = (app.store.clone(), code.id());
    let done = tokio::task::spawn_blocking(move || store.take_back(command, id)).await.map_err(Problem::fault)?;
    match done {
        Ok(_) | Err(ChangeError::Refusal(Refusal::NothingChanges)) => {
            Ok(private(go_to(&format!("/contradictions/{code}"))))
        }
        Err(error) => Err(error.into()),
    }
}

fn private(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex, nofollow"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_it_was_copied_from_paper() {
        let code = Code::parse("7K3F-0000-ABCD-EFGH-J1MN").expect("a code");
        assert_eq!(code.to_string(), "7K3F-0000-ABCD-EFGH-J1MN");
        for typed in ["7k3f 0000 abcd efgh j1mn", "7K3FOoO0ABCDEFGHJLMN", " 7K3F-0000-ABCD-EFGH-JIMN "] {
            assert!(Code::parse(typed).is_some_and(|other| other == code), "{typed}");
        }
        for typed in ["", "7K3F", "7K3F-0000-ABCD-EFGH-J1MU", "7K3F-0000-ABCD-EFGH-J1MN-0", "清河"] {
            assert!(Code::parse(typed).is_none(), "{typed}");
        }
        assert_ne!(code.id(), Code::parse("7K3F-0000-ABCD-EFGH-J1MP").expect("a code").id());
    }
}
