//! Fragments as other tools write them.
//!
//! In: a document and a fragment that is no id of it. Out: the id that is meant, if there is one. Tools that make ids of headings agree
//! in letters and digits: `#1-什么是-c--与-java` (GitHub) and `#_1-什么是-c-与-java` (VuePress) are `#h-1-什么是-c-与-java` here; of headings of one
//! text they count from 1 behind the first (`概述`, `概述-1`), and the second is `概述-2` here. Never: a guess at a misspelling.

use crate::markdown::{Document, Heading};
use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;

/// The id that every page of the theme has for its top.
const TOP: &str = "top";

/// What the headings of a document are called elsewhere.
#[derive(Debug)]
pub(super) struct Names {
    /// By letters, and how many headings of one text stand before.
    ids: HashMap<(String, usize), String>,
    /// The letters of the heading that has become the title.
    title: Option<String>,
}

impl Names {
    pub(super) fn new(document: &Document) -> Self {
        let title = document.title_anchor.as_deref().map(letters);
        Self { ids: ids(&document.headings), title }
    }

    /// The id that is meant by a fragment.
    pub(super) fn meant(&self, fragment: &str) -> Option<&str> {
        let own = letters(fragment);
        if self.title.as_ref() == Some(&own) {
            return Some(TOP);
        }
        let numbered = || {
            let (text, number) = fragment.rsplit_once('-')?;
            self.ids.get(&(letters(text), number.parse().ok()?))
        };
        self.ids.get(&(own, 0)).or_else(numbered).map(String::as_str)
    }
}

fn ids(headings: &[Heading]) -> HashMap<(String, usize), String> {
    let mut ids = HashMap::new();
    let mut counts: HashMap<String, usize> = HashMap::new();
    for Heading { id, .. } in headings {
        let own = letters(id);
        // Here the second of one text is `text-2`.
        let text = id.rsplit_once('-').filter(|(_, number)| number.parse::<usize>().is_ok());
        let text = text.map(|(text, _)| letters(text)).filter(|text| counts.contains_key(text));
        ids.entry((own.clone(), 0)).or_insert_with(|| id.clone());
        let text = text.unwrap_or(own);
        let count = counts.entry(text.clone()).or_default();
        if *count > 0 {
            ids.entry((text, *count)).or_insert_with(|| id.clone());
        }
        *count += 1;
    }
    // What has no letters has no name.
    ids.retain(|(letters, _), _| !letters.is_empty());
    ids
}

/// The letters and digits of an id. One that would begin with a digit begins with `h-` here.
fn letters(id: &str) -> String {
    let own = id.strip_prefix("h-").filter(|rest| rest.starts_with(|c: char| c.is_numeric())).unwrap_or(id);
    own.nfc().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
