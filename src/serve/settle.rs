//! Changes that belong together: a saved file is several events, a checked-out branch thousands.

use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

/// So long nothing more has come when a change is taken for whole.
const QUIET: Duration = Duration::from_millis(10);
/// So long it is waited for at most.
const MOST: Duration = Duration::from_millis(50);

/// The next change with all that comes close behind it; nothing where none will come any more.
pub(super) fn next<T>(events: &Receiver<T>) -> Option<Vec<T>> {
    let mut whole = vec![events.recv().ok()?];
    let end = Instant::now() + MOST;
    loop {
        let left = end.saturating_duration_since(Instant::now());
        match events.recv_timeout(QUIET.min(left)) {
            Ok(event) => whole.push(event),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return Some(whole),
        }
        if left.is_zero() {
            return Some(whole);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    #[test]
    fn what_comes_together_is_one_change_and_what_never_ends_is_told_all_the_same() {
        let (sender, events) = mpsc::channel();
        for number in 0..5 {
            sender.send(number).expect("somebody hears");
        }
        assert_eq!(next(&events), Some(vec![0, 1, 2, 3, 4]));
        let endless = std::thread::Builder::new().spawn(move || {
            let start = Instant::now();
            while start.elapsed() < Duration::from_secs(5) && sender.send(0).is_ok() {
                std::thread::sleep(Duration::from_millis(1));
            }
        });
        let start = Instant::now();
        assert!(next(&events).is_some_and(|change| change.len() > 1));
        assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
        drop(events);
        endless.expect("a thread").join().expect("it ends");
    }
}
