//! Aggregates that were folded already, so that only what came since is opened. The writer has its own, which run ahead of
//! what is committed; all readers share theirs, each for the state it reads.

use std::any::{Any, TypeId};
use std::sync::{Arc, Mutex, MutexGuard};

use hashlink::LruCache;
use ledger::event::{Event, Fold, Meta};
use ledger::id::Stream;
use ledger::organisation::Organisation;

/// At most so many are kept, those that were asked for last.
const FOLDS_MAX: usize = 8_000;
/// Of each at most so many states: whoever reads an older state of the record goes on from one that he knows.
const STATES_MAX: usize = 4;
/// And so many events lie between two of them, but for the newest.
const APART: u64 = 64;

/// An aggregate, folded up to a version.
type State = (u64, Arc<dyn Any + Send + Sync>);

/// What is kept: of each its states, the oldest first.
pub(crate) struct Kept {
    things: LruCache<(TypeId, Stream), Vec<State>>,
    /// How many erasures there were: an erased text must not live on here.
    erasures: u64,
}

impl Kept {
    /// Nothing yet; whoever holds it shares it.
    pub(crate) fn shared() -> Arc<Mutex<Self>> {
        Arc::new(Mutex::new(Self { things: LruCache::new(FOLDS_MAX), erasures: 0 }))
    }
}

/// What one connection has folded.
pub(crate) struct Folds {
    kept: Arc<Mutex<Kept>>,
    /// How many erasures there were when the state that is read began.
    erasures: u64,
    /// The organisation, and the last event in it.
    pub(super) organisation: (Option<u64>, Arc<Organisation>),
}

impl Folds {
    /// What is kept is shared with whoever else was given it.
    pub(crate) fn of(kept: Arc<Mutex<Kept>>) -> Self {
        Self { kept, erasures: 0, organisation: Default::default() }
    }

    /// Begins to read a state, so many erasures after the start: what was folded before the last of them goes.
    pub(crate) fn begin(&mut self, erasures: u64) {
        if self.erasures != erasures {
            self.organisation = Default::default();
            self.erasures = erasures;
        }
        let mut kept = self.lock();
        if kept.erasures < erasures {
            kept.things.clear();
            kept.erasures = erasures;
        }
    }

    /// The thing as it was at `version` or last before, and the version to which it was folded.
    pub(super) fn find<T: Fold>(&self, stream: Stream, version: u64) -> Option<(u64, Arc<T>)> {
        let mut kept = self.theirs()?;
        let states = kept.things.get(&(TypeId::of::<T>(), stream))?;
        let (n, any) = states.iter().rev().find(|(n, _)| *n <= version).cloned()?;
        Some((n, any.downcast().ok()?))
    }

    /// Keeps what was folded up to version `n`, unless something newer is kept.
    pub(super) fn keep<T: Fold>(&self, stream: Stream, n: u64, thing: Arc<T>) {
        let Some(mut kept) = self.theirs() else { return };
        let states = kept.things.entry((TypeId::of::<T>(), stream)).or_insert_with(Vec::new);
        if states.last().is_some_and(|(newest, _)| *newest >= n) {
            return;
        }
        // The newest only stays beside another where it is far enough from the one before it.
        if let [.., (before, _), (newest, _)] = states.as_slice()
            && newest - before < APART
        {
            states.pop();
        }
        if states.len() == STATES_MAX {
            states.remove(0);
        }
        states.push((n, thing));
    }

    /// Takes an event that was just appended into what is kept of its stream, as reading it back would.
    pub(crate) fn advance<T: Fold>(&self, stream: Stream, event: &Event, meta: &Meta) {
        // Taken out, so that the event is applied to it and not to a copy.
        let kept = self.lock().things.remove(&(TypeId::of::<T>(), stream));
        let kept = kept.and_then(|mut states| states.pop()).filter(|(n, _)| *n + 1 == meta.n);
        let thing = match kept.and_then(|(_, any)| any.downcast::<T>().ok()) {
            Some(mut thing) => {
                Arc::make_mut(&mut thing).apply(event, meta);
                Some(thing)
            }
            None if meta.n == 1 => T::begin(stream, event, meta).map(Arc::new),
            None => None,
        };
        if let Some(thing) = thing {
            self.keep(stream, meta.n, thing);
        }
    }

    /// Lets go of everything.
    pub(crate) fn clear(&mut self) {
        self.lock().things.clear();
        self.organisation = Default::default();
    }

    /// What is kept, unless it was folded after an erasure that the state which is read does not know, or before one.
    fn theirs(&self) -> Option<MutexGuard<'_, Kept>> {
        Some(self.lock()).filter(|kept| kept.erasures == self.erasures)
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

#[cfg(test)]
mod tests {
    use ledger::id::MatterId;
    use uuid::Uuid;

    use super::*;

    /// Folded up to that version.
    #[derive(Clone)]
    struct Upto(u64);

    impl Fold for Upto {
        fn begin(_: Stream, _: &Event, meta: &Meta) -> Option<Self> {
            Some(Self(meta.n))
        }
        fn apply(&mut self, _: &Event, meta: &Meta) {
            self.0 = meta.n;
        }
    }

    const STREAM: Stream = Stream::Matter(MatterId(Uuid::from_u128(7)));

    #[test]
    fn whoever_reads_an_older_state_goes_on_from_one_that_he_knows() {
        let kept = Kept::shared();
        let (ahead, behind) = (Folds::of(kept.clone()), Folds::of(kept));
        for n in 1..=1_000 {
            ahead.keep(STREAM, n, Arc::new(Upto(n)));
            for version in n.saturating_sub(2 * APART).max(1)..=n {
                let (found, thing) = behind.find::<Upto>(STREAM, version).expect("one that he knows");
                assert!(found <= version && thing.0 == found, "{found} for {version}");
                assert!(version == n && found == n || version < n, "the newest is there");
                assert!(version - found < 2 * APART, "{found} for {version}");
            }
        }
        assert!(behind.find::<Upto>(STREAM, 500).is_none(), "everything is kept");
    }

    #[test]
    fn nothing_that_was_folded_before_an_erasure_is_given_to_who_reads_after_it() {
        let kept = Kept::shared();
        let (before, mut after) = (Folds::of(kept.clone()), Folds::of(kept));
        before.keep(STREAM, 1, Arc::new(Upto(1)));
        after.begin(1);
        assert!(after.find::<Upto>(STREAM, 1).is_none() && before.find::<Upto>(STREAM, 1).is_none());
        before.keep(STREAM, 2, Arc::new(Upto(2)));
        assert!(after.find::<Upto>(STREAM, 2).is_none(), "somebody who does not know of it brought it back");
        after.keep(STREAM, 2, Arc::new(Upto(2)));
        assert!(after.find::<Upto>(STREAM, 2).is_some() && before.find::<Upto>(STREAM, 2).is_none());
    }
}
