//! The record, off the event loop: reading waits for a lock, writing for the disk.

use ledger::Refusal;
use ledger::act::ActKind;
use ledger::event::Event;
use ledger::id::{CommandId, OfficerId, Stream};
use ledger::matter::Hand;
use ledger::rights;
use sha2::{Digest as _, Sha256};
use store::{Answer, ChangeError, Command, Read, Stop};

use crate::App;
use crate::error::Problem;
use crate::form::{CheckedForm, Filled};

impl App {
    /// One consistent state, for as long as `work` runs.
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Read<'_>) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let store = self.store.clone();
        tokio::task::spawn_blocking(move || store.read(work)).await.map_err(Problem::fault)?
    }

    /// The same for who reads much at once, and lets others go first.
    pub async fn read_at_length<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Read<'_>) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let store = self.store.clone();
        tokio::task::spawn_blocking(move || store.read_at_length(work)).await.map_err(Problem::fault)?
    }

    /// Whether the officer may do such a thing to anything at all: asked before his form is looked at, so that nobody is
    /// told what is wrong in a form that is none of his. Errors: `Refused`.
    pub async fn may_anywhere(&self, officer: OfficerId, act: ActKind) -> Result<(), Problem> {
        self.read(move |read| {
            let roles = rights::roles(&*read.organisation()?, officer, read.today());
            let may = rights::allowed_anywhere(act, &roles);
            if may { Ok(()) } else { Err(Refusal::NotPermitted { act }.into()) }
        })
        .await
    }

    /// Changes the record; what is answered is on stable storage.
    pub async fn change(
        &self,
        command: Command,
        work: impl FnMut(&mut Read<'_>) -> Result<Vec<(Stream, Event)>, Stop> + Send + 'static,
    ) -> Result<Answer, ChangeError> {
        let store = self.store.clone();
        match tokio::task::spawn_blocking(move || store.change(command, work)).await {
            Ok(answer) => answer,
            Err(_) => Err(ChangeError::Fault(store::StoreFault::Panicked)),
        }
    }
}

/// The hand of an officer who acts in his own name.
pub fn own_hand(officer: OfficerId) -> Hand {
    Hand { officer, on_behalf: None }
}

impl CheckedForm {
    /// The command this form carries, for the thing at `path`. A program that sends none gets a new one.
    pub fn envelope(&self, app: &App, path: &str) -> Command {
        let id = self.command().unwrap_or_else(|_| app.command_id());
        envelope(id, self.who.officer, path, &self.form, self.seen.clone())
    }
}

/// A command whose request is everything that was typed, and where.
pub fn envelope(id: CommandId, officer: OfficerId, path: &str, form: &Filled, expects: Vec<(Stream, u64)>) -> Command {
    let mut request = Sha256::new();
    for text in std::iter::once(path).chain(form.typed().flat_map(|(name, value)| [name, value])) {
        request.update((text.len() as u64).to_be_bytes());
        request.update(text);
    }
    Command { id, actor: officer, on_behalf: None, request: request.finalize().into(), expects }
}
