//! A way on which only so many go at once.

use std::sync::{Condvar, Mutex, PoisonError};

/// Lets in so many; whoever comes then waits until one leaves.
pub(crate) struct Lane {
    free: Mutex<usize>,
    left: Condvar,
}

/// A place in the lane, until it is dropped.
pub(crate) struct Entered<'a>(&'a Lane);

impl Lane {
    pub(crate) fn new(places: usize) -> Self {
        Self { free: Mutex::new(places), left: Condvar::new() }
    }

    pub(crate) fn enter(&self) -> Entered<'_> {
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let mut free = self.left.wait_while(free, |free| *free == 0).unwrap_or_else(PoisonError::into_inner);
        *free -= 1;
        Entered(self)
    }
}

impl Drop for Entered<'_> {
    fn drop(&mut self) {
        *self.0.free.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.0.left.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn no_more_are_in_it_at_once_than_it_has_places_and_everybody_comes_through() {
        let (lane, inside, most, through) =
            (Lane::new(2), AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for _ in 0..16 {
                scope.spawn(|| {
                    let _place = lane.enter();
                    most.fetch_max(inside.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    std::thread::sleep(std::time::Duration::from_millis(2));
                    inside.fetch_sub(1, Ordering::SeqCst);
                    through.fetch_add(1, Ordering::SeqCst);
                });
            }
        });
        assert_eq!((most.into_inner(), through.into_inner()), (2, 16));
    }
}
