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

/// What is kept, with the version to which each was folded.
pub(crate) struct Kept {
    things: LruCache<(TypeId, Stream), (u64, Arc<dyn Any + Send + Sync>)>,
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

    /// The thing, and the version to which it was folded.
    pub(super) fn find<T: Fold>(&self, stream: Stream) -> Option<(u64, Arc<T>)> {
        let (n, any) = self.theirs()?.things.get(&(TypeId::of::<T>(), stream)).cloned()?;
        Some((n, any.downcast().ok()?))
    }

    /// Keeps what was folded up to version `n`, unless something newer is kept.
    pub(super) fn keep<T: Fold>(&self, stream: Stream, n: u64, thing: Arc<T>) {
        let Some(mut kept) = self.theirs() else { return };
        let place = (TypeId::of::<T>(), stream);
        if kept.things.peek(&place).is_none_or(|(newest, _)| *newest < n) {
            kept.things.insert(place, (n, thing));
        }
    }

    /// Takes an event that was just appended into what is kept of its stream, as reading it back would.
    pub(crate) fn advance<T: Fold>(&self, stream: Stream, event: &Event, meta: &Meta) {
        // Taken out, so that the event is applied to it and not to a copy.
        let kept = self.lock().things.remove(&(TypeId::of::<T>(), stream)).filter(|(n, _)| *n + 1 == meta.n);
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
