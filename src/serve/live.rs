//! Pages hear of changes: an event for each, over a connection that stays open.
//!
//! In: [`Live::changed`], and what a page says of itself. Out: `reload`, `styles` with new addresses where nothing else of the page
//! has changed, or `trouble` with what is wrong. A page that was loaded before a change and asks after it is told at once.

use super::body::Content;
use super::page::{self, Look};
use super::{Answer, Shown};
use hyper::body::Bytes;
use percent_encoding::percent_decode_str;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use tokio::sync::{mpsc, watch};
use tokio::task::spawn_blocking;

/// By this whoever rebuilds says that there is something new.
#[derive(Debug, Clone)]
pub struct Live {
    versions: Arc<watch::Sender<u64>>,
    base: Arc<RwLock<String>>,
}

impl Live {
    /// `first` tells this run from others, after which pages that an earlier one has shown are loaded anew; `base` is the path that
    /// the site is published below: `/brief/`.
    pub fn new(first: u64, base: &str) -> Self {
        Self { versions: Arc::new(watch::Sender::new(first)), base: Arc::new(RwLock::new(base.to_owned())) }
    }

    /// There is a new version of the site, or new trouble with it.
    pub fn changed(&self) {
        self.versions.send_modify(|version| *version = version.wrapping_add(1));
    }

    /// From the next request on the site is below this path.
    pub fn set_base(&self, base: &str) {
        base.clone_into(&mut self.base.write().unwrap_or_else(PoisonError::into_inner));
    }

    pub(super) fn base(&self) -> String {
        self.base.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn version(&self) -> u64 {
        *self.versions.borrow()
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
const SILENCE: Duration = Duration::from_secs(15);
/// A browser that has lost the preview asks again after so many milliseconds.
const FIRST: &str = "retry: 500\n\n";

/// The events for a page from now on.
pub(super) fn events(shown: &Arc<dyn Shown>, live: &Live, seen: Seen) -> Content {
    let (sender, events) = mpsc::channel(1);
    tokio::spawn(tell(Arc::clone(shown), live.clone(), seen, sender));
    Content::Events(events)
}

async fn tell(shown: Arc<dyn Shown>, live: Live, mut seen: Seen, sender: mpsc::Sender<Bytes>) {
    let mut versions = live.versions.subscribe();
    let mut text = FIRST.to_owned();
    loop {
        let version = *versions.borrow_and_update();
        let is_new = version != seen.version;
        let (shown, base, asked) = (Arc::clone(&shown), live.base(), seen.clone());
        let Ok((look, event)) = spawn_blocking(move || event(&*shown, &base, &asked, is_new)).await else {
            return;
        };
        (seen.version, seen.look) = (version, look);
        text.push_str(&event);
        // Also the first, so that the browser knows the stream to be open.
        if !text.is_empty() && sender.send(Bytes::from(std::mem::take(&mut text))).await.is_err() {
            return;
        }
        while let Err(_silence) = tokio::time::timeout(SILENCE, versions.changed()).await {
            if sender.send(Bytes::from_static(b":\n\n")).await.is_err() {
                return;
            }
        }
    }
}

/// What to say to a page, and what it looks like afterwards.
fn event(shown: &dyn Shown, base: &str, seen: &Seen, is_new: bool) -> (Option<Look>, String) {
    if let Some(trouble) = shown.trouble() {
        return (seen.look.clone(), told("trouble", &trouble));
    }
    if !is_new {
        return (seen.look.clone(), String::new());
    }
    let now = super::answer::page_at(shown, base, &seen.path).and_then(|answer| match answer {
        Answer::File(bytes) => page::look(shown, base, &bytes),
        _ => None,
    });
    match (now, &seen.look) {
        (Some((now, sheets)), Some(before)) if now.rest == before.rest && now.styles != before.styles => {
            (Some(now), told("styles", &serde_json::Value::from(sheets).to_string()))
        }
        _ => (None, told("reload", "")),
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
