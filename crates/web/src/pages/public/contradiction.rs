//! `GET`, `POST /matters/{number}/contradiction`: somebody without an account says that a cleared matter is not so.
//!
//! Little is asked and nothing is kept of the browser: the address only as a hash that slows a flood down, for a day.
//! Programs that fill in every field, or send the form within seconds, get it back.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use ledger::act::{Act, ActKind};
use ledger::event::Personal;
use ledger::id::{CommandId, OfficerId, PersonId};
use ledger::matter::ContradictionText;
use ledger::{Invalid, Refusal, Text};
use store::access::AccessError;
use store::{ChangeError, PublishedLine};

use crate::error::{Problem, refused};
use crate::form::{Filled, VisitorForm};
use crate::frame::{Answer, Frame, go_to, page, page_again, page_with};
use crate::pages::public::matter::{Found, find};
use crate::pages::public::receipt::Code;
use crate::record::{envelope, own_hand};
use crate::{App, Entry};

/// At most so many characters of what is not so.
const WORDS_MAX: usize = 2_000;
/// At most so many of where it can be seen, and of how to reach somebody.
const LINE_MAX: usize = 300;
/// Nobody reads the form and types something within this.
const TOO_QUICK: SignedDuration = SignedDuration::from_secs(3);
/// A form lies open no longer.
const TOO_OLD: SignedDuration = SignedDuration::from_hours(24);

#[derive(Template)]
#[template(path = "contradiction.html")]
struct Contradiction {
    frame: Frame,
    form: Filled,
    line: PublishedLine,
    number: String,
    receipt: String,
    refusal: Option<(String, String)>,
}

/// The form; why not, where the matter is not cleared or enough was said.
pub async fn get(State(app): State<Arc<App>>, frame: Frame, Path(number): Path<String>) -> Answer {
    let (line, offered) = read(&app, number).await?;
    offered?;
    let receipt = Code::new(&app).to_string();
    let form = Filled::default();
    page(&Contradiction { number: line.number.to_string(), frame, form, line, receipt, refusal: None })
}

async fn read(app: &App, number: String) -> Result<(PublishedLine, Result<(), Refusal>), Problem> {
    app.read(move |read| {
        let Found { line, matter, .. } = find(read, &number)?;
        let by = own_hand(OfficerId::PUBLIC);
        let offered =
            read.with_context(by, &Default::default(), |context| matter.offers(ActKind::Contradict, context))?;
        Ok((line, offered))
    })
    .await
}

/// Takes it down and shows the receipt.
pub async fn post(
    State(app): State<Arc<App>>,
    frame: Frame,
    Path(number): Path<String>,
    VisitorForm(mut form): VisitorForm,
) -> Answer {
    let (line, _) = read(&app, number).await?;
    let number = line.number;
    let code = Code::parse(form.text("receipt")).unwrap_or_else(|| Code::new(&app));
    let said = said(&mut form);
    check_sender(&mut form, app.now());
    let (Some(said), true) = (said, form.errors().is_empty()) else {
        return page_again(&again(frame, form, line, &code, None));
    };
    let address = frame.visit().address;
    match app.access(move |access| access.count_public(address)).await {
        Ok(()) => {}
        Err(Entry::Denied(AccessError::Throttled { .. })) => {
            form.wrong(Invalid::new("not_so", "said-often"));
            return page_with(StatusCode::TOO_MANY_REQUESTS, &again(frame, form, line, &code, None));
        }
        Err(entry) => return Err(entry.into()),
    }
    let id = CommandId::parse(form.text("command")).unwrap_or_else(|_| app.command_id());
    let command = envelope(id, OfficerId::PUBLIC, &format!("/matters/{number}/contradiction"), &form, vec![]);
    let contradiction = code.id();
    let done = app.change(command, move |read| {
        let id = read.find(None, number)?.ok_or(Invalid::new("number", "no-such-matter"))?;
        let matter = read.matter(id)?.ok_or(Invalid::new("number", "no-such-matter"))?;
        let said = Personal { person: PersonId(read.new_id()), value: said.clone() };
        let act = Act::Contradict { contradiction, said };
        let by = own_hand(OfficerId::PUBLIC);
        Ok(read.with_context(by, &Default::default(), |context| matter.act(act, context))??)
    });
    match done.await {
        // Sent twice, it is said once; the receipt is the same.
        Ok(_) | Err(ChangeError::Refusal(Refusal::NothingChanges)) => Ok(go_to(&format!("/contradictions/{code}"))),
        Err(ChangeError::Refusal(refusal)) => {
            let said = refused(&frame, &refusal);
            page_with(StatusCode::CONFLICT, &again(frame, form, line, &code, Some(said)))
        }
        Err(ChangeError::Invalid(invalid)) => {
            form.wrong(invalid);
            page_again(&again(frame, form, line, &code, None))
        }
        Err(error @ (ChangeError::Stale { .. } | ChangeError::Fault(_))) => Err(error.into()),
    }
}

fn again(
    frame: Frame,
    form: Filled,
    line: PublishedLine,
    code: &Code,
    refusal: Option<(String, String)>,
) -> Contradiction {
    Contradiction { number: line.number.to_string(), receipt: code.to_string(), frame, form, line, refusal }
}

/// What was typed, bounded. Everything malformed is noted at its field.
fn said(form: &mut Filled) -> Option<ContradictionText> {
    let words = match form.text("not_so").trim().chars().count() {
        0..=WORDS_MAX => Text::parse("not_so", form.text("not_so")),
        _ => Err(Invalid::new("not_so", "said-too-long")),
    };
    let line = |field: &'static str, typed: &str| match typed.trim().chars().count() {
        0..=LINE_MAX => Text::parse_optional(field, typed),
        _ => Err(Invalid::new(field, "line-too-long")),
    };
    let (place, contact) = (line("place", form.text("place")), line("contact", form.text("contact")));
    let (words, place, contact) = (form.take(words), form.take(place), form.take(contact));
    Some(ContradictionText { words: words?, place: place?, contact: contact? })
}

/// Whether a person sends it: the field that nobody sees is empty, and the form was open for a while. The command's id
/// tells when the form was shown; it can be forged, which costs more than reading the form.
fn check_sender(form: &mut Filled, now: Timestamp) {
    if !form.text("website").trim().is_empty() {
        form.wrong(Invalid::new("website", "leave-empty"));
    }
    let command = CommandId::parse(form.text("command")).ok();
    let shown = command.and_then(|id| id.0.get_timestamp()).and_then(|at| {
        let (seconds, nanos) = at.to_unix();
        Timestamp::new(i64::try_from(seconds).ok()?, i32::try_from(nanos).ok()?).ok()
    });
    match shown.map(|shown| now.duration_since(shown)) {
        // Where something else is wrong, the form comes back anyhow.
        Some(open) if open < TOO_QUICK && !form.errors().is_empty() => {}
        Some(open) if open < TOO_QUICK => form.wrong(Invalid::new("not_so", "sent-too-quickly")),
        Some(open) if open <= TOO_OLD => {}
        Some(_) | None => form.wrong(Invalid::new("not_so", "form-too-old")),
    }
}
