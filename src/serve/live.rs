//! Pages hear of changes: an event for each, over a connection that stays open.
//!
//! In: [`Live::changed`], and what a page says of itself. Out: `reload`, `styles` with new addresses where nothing else of the page
//! has changed, or `trouble` with what is wrong. A page that was loaded before a change and asks after it is told at once.

use super::page::{self, Look};
use super::{Answer, Shown};
use percent_encoding::percent_decode_str;
use std::io::{self, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// By this whoever rebuilds says that there is something new.
#[derive(Debug, Clone)]
pub struct Live(Arc<(Mutex<State>, Condvar)>);

#[derive(Debug)]
struct State {
    version: u64,
    base: String,
}

impl Live {
    /// `first` tells this run from others, after which pages that an earlier one has shown are loaded anew; `base` is the path that
    /// the site is published below: `/brief/`.
    pub fn new(first: u64, base: &str) -> Self {
        Self(Arc::new((Mutex::new(State { version: first, base: base.to_owned() }), Condvar::new())))
    }

    /// There is a new version of the site, or new trouble with it.
    pub fn changed(&self) {
        let mut state = self.state();
        state.version = state.version.wrapping_add(1);
        drop(state);
        self.0.1.notify_all();
    }

    /// From the next request on the site is below this path.
    pub fn set_base(&self, base: &str) {
        base.clone_into(&mut self.state().base);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn base(&self) -> String {
        self.state().base.clone()
    }

    pub(super) fn version(&self) -> u64 {
        self.state().version
    }

    /// The version, as soon as it is another one than this; nothing where it long is not.
    fn after(&self, known: u64) -> Option<u64> {
        let is_same = |state: &mut State| state.version == known;
        let (state, wait) = self
            .0
            .1
            .wait_timeout_while(self.state(), SILENCE, is_same)
            .unwrap_or_else(PoisonError::into_inner);
        (!wait.timed_out()).then_some(state.version)
    }
}

/// A page that a browser shows: what the preview told it of itself, and the path of its url.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Seen {
    version: u64,
    look: Option<Look>,
    path: String,
}

impl Seen {
    /// `version.rest.styles&/path`; of anything else a page that was never seen.
    pub(super) fn of(query: &str) -> Self {
        let (told, path) = query.split_once('&').unwrap_or((query, "/"));
        let numbers: Vec<u64> = told.split('.').map_while(|number| number.parse().ok()).collect();
        let look = match numbers[..] {
            [_, rest, styles] => Some(Look { rest, styles }),
            _ => None,
        };
        let path = percent_decode_str(path).decode_utf8_lossy().into_owned();
        Self { version: numbers.first().copied().unwrap_or_default(), look, path }
    }

    /// As the script of the page gets it.
    pub(super) fn told(version: u64, look: Option<&Look>) -> String {
        match look {
            Some(Look { rest, styles }) => format!("{version}.{rest}.{styles}"),
            None => version.to_string(),
        }
    }
}

/// So long nothing is said before a word that nobody hears, by which a browser that has gone away is noticed.
const SILENCE: Duration = Duration::from_secs(5);
/// A browser that has lost the preview asks again after so many milliseconds. Said first, so that it knows to be heard.
const FIRST: &str = "retry: 500\n\n";

/// Tells a page of changes until it loads anew or goes away.
pub(super) fn tell(shown: &dyn Shown, live: &Live, mut seen: Seen, to: &mut impl Write) -> io::Result<()> {
    to.write_all(FIRST.as_bytes())?;
    let mut version = Some(live.version());
    loop {
        let event = match version {
            Some(version) => {
                let event = event(shown, &live.base(), &mut seen, version);
                seen.version = version;
                event
            }
            None => Event::Silence,
        };
        to.write_all(event.text().as_bytes())?;
        if event == Event::Reload {
            return Ok(());
        }
        version = live.after(seen.version);
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Event {
    Nothing,
    Silence,
    Trouble(String),
    Styles(Vec<String>),
    Reload,
}

impl Event {
    fn text(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Silence => ":\n\n".to_owned(),
            Self::Trouble(message) => told("trouble", message),
            Self::Styles(sheets) => told("styles", &serde_json::Value::from(sheets.clone()).to_string()),
            Self::Reload => told("reload", ""),
        }
    }
}

/// What to say to a page in this version; it has then the look that follows.
fn event(shown: &dyn Shown, base: &str, seen: &mut Seen, version: u64) -> Event {
    if let Some(trouble) = shown.trouble() {
        return Event::Trouble(trouble);
    }
    if version == seen.version {
        return Event::Nothing;
    }
    let now = super::answer::page_at(shown, base, &seen.path).and_then(|answer| match answer {
        Answer::File(bytes) => page::look(shown, base, &bytes),
        _ => None,
    });
    let is_only_styled = |(now, _): &(Look, Vec<String>)| {
        seen.look.as_ref().is_some_and(|before| now.rest == before.rest && now.styles != before.styles)
    };
    match now.filter(is_only_styled) {
        Some((now, sheets)) => {
            seen.look = Some(now);
            Event::Styles(sheets)
        }
        None => Event::Reload,
    }
}

fn told(event: &str, data: &str) -> String {
    let mut text = format!("event: {event}\n");
    // An event without data is none.
    for line in data.split(['\n', '\r']) {
        text.push_str(&format!("data: {line}\n"));
    }
    text + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_page_is_told_of_itself_is_what_it_says() {
        let look = Look { rest: u64::MAX, styles: 7 };
        let query = format!("{}&%2Fzh-hans%2F%25E5%25A4%25B4%2F", Seen::told(3, Some(&look)));
        assert_eq!(
            Seen::of(&query),
            Seen { version: 3, look: Some(look), path: "/zh-hans/%E5%A4%B4/".to_owned() }
        );
        assert_eq!(Seen::of("4&/"), Seen { version: 4, look: None, path: "/".to_owned() });
        assert_eq!(Seen::of("x"), Seen { version: 0, look: None, path: "/".to_owned() });
    }

    #[test]
    fn an_event_has_each_line_of_its_data() {
        assert_eq!(told("trouble", "a\nb"), "event: trouble\ndata: a\ndata: b\n\n");
    }
}
