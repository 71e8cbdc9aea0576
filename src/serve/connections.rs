//! How many connections there are: the one that has been quiet for longest makes room for a new one.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::task::AbortHandle;

/// Connections in the order in which they were last heard of.
#[derive(Clone)]
pub(super) struct Connections {
    limit: usize,
    open: Arc<Mutex<Open>>,
}

#[derive(Default)]
struct Open {
    last: u64,
    by_turn: BTreeMap<u64, AbortHandle>,
}

impl Connections {
    pub(super) fn up_to(limit: usize) -> Self {
        Self { limit, open: Arc::default() }
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn give_back(&self, turn: u64) -> Option<AbortHandle> {
        self.open().by_turn.remove(&turn)
    }

    /// Takes a connection in; its turn to leave.
    fn take(&self, connection: AbortHandle) -> u64 {
        let mut open = self.open();
        open.last += 1;
        let turn = open.last;
        open.by_turn.insert(turn, connection);
        let oldest = if open.by_turn.len() > self.limit { open.by_turn.pop_first() } else { None };
        drop(open);
        if let Some((_, oldest)) = oldest {
            oldest.abort();
        }
        turn
    }
}

/// The place of a connection among others, given back when it ends.
pub(super) struct Place {
    among: Connections,
    turn: u64,
}

impl Place {
    pub(super) fn take(among: &Connections, connection: AbortHandle) -> Self {
        Self { turn: among.take(connection), among: among.clone() }
    }

    /// It was heard of, and counts among these from now on.
    pub(super) fn stand(&mut self, among: &Connections) {
        if let Some(connection) = self.among.give_back(self.turn) {
            (self.turn, self.among) = (among.take(connection), among.clone());
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.among.give_back(self.turn);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_one_that_was_quiet_for_longest_makes_room() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        runtime.block_on(async {
            let among = Connections::up_to(2);
            let open = || tokio::spawn(std::future::pending::<()>());
            let (first, second, third) = (open(), open(), open());
            let mut place = Place::take(&among, first.abort_handle());
            let other = Place::take(&among, second.abort_handle());
            place.stand(&among);
            let _last = Place::take(&among, third.abort_handle());
            assert!(second.await.expect_err("it was ended").is_cancelled());
            assert!(!first.is_finished() && !third.is_finished());
            drop(place);
            let fourth = open();
            let _place = Place::take(&among, fourth.abort_handle());
            tokio::task::yield_now().await;
            assert!(!third.is_finished() && !fourth.is_finished());
            drop(other);
        });
    }
}
