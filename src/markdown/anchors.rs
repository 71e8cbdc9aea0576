//! Ids: from the source text, unique, valid in HTML and in urls, the same in all editions.

use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;

/// The ids of a page that are taken.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    taken: HashMap<String, u32>,
}

impl Anchors {
    /// Takes an id that the author gave. False where it is taken already.
    pub(super) fn reserve(&mut self, id: &str) -> bool {
        self.taken.insert(id.to_owned(), 1).is_none()
    }

    /// Takes the id, or where it is taken the first free one of `id-2`, `id-3` …
    pub(super) fn unique(&mut self, id: &str) -> String {
        let mut number = *self.taken.get(id).unwrap_or(&0);
        if number == 0 {
            self.taken.insert(id.to_owned(), 1);
            return id.to_owned();
        }
        loop {
            number += 1;
            let candidate = format!("{id}-{number}");
            if !self.taken.contains_key(&candidate) {
                self.taken.insert(candidate.clone(), 1);
                self.taken.insert(id.to_owned(), number);
                return candidate;
            }
        }
    }

    /// All of them, sorted.
    pub(super) fn into_sorted(self) -> Vec<String> {
        let mut ids: Vec<String> = self.taken.into_keys().collect();
        ids.sort_unstable();
        ids
    }
}

/// The id of a heading: letters and digits of any script, hyphens for what stands between them.
///
/// It begins with a letter, as checkers of HTML ask: 2023年 becomes h-2023年.
pub(super) fn of_heading(text: &str) -> String {
    let mut id = String::with_capacity(text.len());
    for c in text.nfc().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() || c == '_' {
            id.push(c);
        } else if !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
    }
    let id = id.trim_end_matches('-');
    match id.chars().next() {
        None => "section".to_owned(),
        Some(first) if first.is_alphabetic() => id.to_owned(),
        Some(_) => format!("h-{id}"),
    }
}
