//! How many connections there are: the one that has been quiet for longest makes room for a new one.

use std::collections::BTreeMap;
use std::net::{Shutdown, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Connections in the order in which they were last heard of.
#[derive(Clone)]
pub(super) struct Connections {
    limit: usize,
    open: Arc<Mutex<Open>>,
}

#[derive(Default)]
struct Open {
    last: u64,
    by_turn: BTreeMap<u64, TcpStream>,
}

impl Connections {
    pub(super) fn up_to(limit: usize) -> Self {
        Self { limit, open: Arc::default() }
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn give_back(&self, turn: u64) -> Option<TcpStream> {
        self.open().by_turn.remove(&turn)
    }

    /// Takes a connection in; its turn to leave.
    fn take(&self, connection: TcpStream) -> u64 {
        let mut open = self.open();
        open.last += 1;
        let turn = open.last;
        open.by_turn.insert(turn, connection);
        let oldest = if open.by_turn.len() > self.limit { open.by_turn.pop_first() } else { None };
        drop(open);
        if let Some((_, oldest)) = oldest {
            // Whoever reads from it or writes to it is told at once.
            let _ = oldest.shutdown(Shutdown::Both);
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
    pub(super) fn take(among: &Connections, connection: TcpStream) -> Self {
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
    use std::io::{ErrorKind, Read};
    use std::net::TcpListener;
    use std::time::Duration;

    #[test]
    fn the_one_that_was_quiet_for_longest_makes_room() {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let open = || {
            let client =
                TcpStream::connect(listener.local_addr().expect("an address")).expect("a connection");
            client.set_read_timeout(Some(Duration::from_millis(50))).expect("a timeout");
            (client, listener.accept().expect("a connection").0)
        };
        let is_open = |client: &mut TcpStream| {
            client
                .read(&mut [0])
                .is_err_and(|error| matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut))
        };
        let among = Connections::up_to(2);
        let ((mut first, a), (mut second, b), (mut third, c)) = (open(), open(), open());
        let mut place = Place::take(&among, a);
        let _other = Place::take(&among, b);
        place.stand(&among);
        let _last = Place::take(&among, c);
        assert_eq!([&mut first, &mut second, &mut third].map(is_open), [true, false, true]);
        drop(place);
        let (mut fourth, d) = open();
        let _place = Place::take(&among, d);
        assert_eq!([&mut third, &mut fourth].map(is_open), [true, true], "there was room");
    }
}
