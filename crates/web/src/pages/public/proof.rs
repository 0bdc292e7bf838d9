//! `GET /matters/{number}/proof/check`: what a matter's public proof shows, checked here line by line, and how to check
//! it without us.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use store::{Disclosure, verify_proof};

use crate::App;
use crate::error::Problem;
use crate::frame::{Answer, Frame};
use crate::fresh::Asking;
use crate::pages::matter::told;
use crate::pages::public::matter::{Found, find};
use crate::who::Who;

/// A program that checks a proof without ours, short enough to be read.
const VERIFIER: &str = include_str!("../../../static/verify-proof.py");

/// `GET /record/verify-proof.py`: that program.
pub async fn verifier(asking: Asking) -> Answer {
    Ok(asking.kept("text/x-python; charset=utf-8", VERIFIER.to_owned()))
}

/// An event of the proof.
struct Checked {
    n: u64,
    idx: u64,
    when: String,
    sentence: String,
    /// Parts whose words stand in the file.
    open: usize,
    /// Parts of which only the commitment does.
    withheld: usize,
}

#[derive(Template)]
#[template(path = "proof-check.html")]
struct ProofCheck {
    frame: Frame,
    number: String,
    vkey: String,
    origin: String,
    size: u64,
    root: String,
    events: Vec<Checked>,
    /// Where others' programs find the log.
    log: String,
    /// Our own check failed: the operator is told too.
    failed: bool,
}

/// The page. It checks the very file that a visitor downloads.
pub async fn get(State(app): State<Arc<App>>, frame: Frame, asking: Asking, Path(number): Path<String>) -> Answer {
    let Found { line, matter, history, organisation, .. } = app.read(move |read| find(read, &number)).await?;
    let (store, of) = (app.store.clone(), matter.clone());
    let proof = tokio::task::spawn_blocking(move || {
        store.checkpoint_now()?;
        store.proof(&of, Disclosure::Public)
    });
    let proof = proof.await.map_err(Problem::fault)??.ok_or(Problem::NotFound)?;
    let vkey = app.store.vkey();
    let proven = verify_proof(&proof, &vkey, None);
    if let Err(error) = &proven {
        tracing::error!(matter.number = %line.number, %error, "a proof of ours does not hold");
    }
    let who = Who::without_people(&frame, organisation);
    let events = proven.iter().flat_map(|proven| &proven.events).map(|event| Checked {
        n: event.body.n,
        idx: event.idx,
        when: event.at().map(|at| frame.moment(&at)).unwrap_or_default(),
        sentence: history
            .iter()
            .find(|recorded| recorded.idx == event.idx)
            .and_then(|recorded| told(&frame, &who, &matter, recorded))
            .map_or_else(|| event.body.kind.clone(), |(sentence, _)| sentence),
        open: event.parts.iter().filter(|part| part.is_some()).count(),
        withheld: event.parts.iter().filter(|part| part.is_none()).count(),
    });
    let events: Vec<Checked> = events.collect();
    let checkpoint = proven.as_ref().ok().map(|proven| &proven.checkpoint);
    asking.page(&ProofCheck {
        number: line.number.to_string(),
        origin: checkpoint.map(|checkpoint| checkpoint.origin.clone()).unwrap_or_default(),
        size: checkpoint.map_or(0, |checkpoint| checkpoint.size),
        root: checkpoint.map(|checkpoint| checkpoint.root.to_base64()).unwrap_or_default(),
        failed: proven.is_err(),
        log: format!("{}/log", asking.base(&app)),
        events,
        vkey,
        frame,
    })
}
