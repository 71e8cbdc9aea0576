//! Addresses: every link and every full url is made here.

use crate::config::{BaseUrl, Edition};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// What must be encoded in a path: everything but RFC 3986's `pchar` and `/`. Chinese is encoded too, as urls are
/// ASCII; browsers show it in Chinese.
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}')
    .add(b'%');

/// Makes addresses below a base url.
#[derive(Debug, Clone)]
pub struct Urls {
    base: BaseUrl,
}

impl Urls {
    /// Addresses of the site published at `base`.
    pub fn new(base: &BaseUrl) -> Self {
        Self { base: base.clone() }
    }

    /// The address of a published file or folder, from the host's root: `/brief/zh-hans/ai/`.
    pub fn path(&self, published: &str) -> String {
        format!("{}{}", self.base.path(), utf8_percent_encode(published, PATH))
    }

    /// The address of a page, from the host's root. The home page's route is empty.
    pub fn page(&self, edition: &Edition, route: &str) -> String {
        self.below(&edition.dir(), route)
    }

    /// The address of a page of this route in a folder at the top of the site.
    pub fn below(&self, folder: &str, route: &str) -> String {
        let slash = if route.is_empty() { "" } else { "/" };
        self.path(&format!("{folder}/{route}{slash}"))
    }

    /// The full url of an address from the host's root.
    pub fn full(&self, path: &str) -> String {
        format!("{}{path}", self.base.origin())
    }
}

/// A path, from the host's root, as an address has it.
pub fn encoded(path: &str) -> String {
    utf8_percent_encode(path, PATH).to_string()
}

/// A fragment with its `#`.
///
/// Chinese stays as it is: HTML takes IRIs, and checkers that look an id up by its fragment do not decode it.
pub fn fragment(id: &str) -> String {
    let mut fragment = "#".to_owned();
    for c in id.chars() {
        if c.is_ascii() {
            let mut bytes = [0; 1];
            fragment.extend(utf8_percent_encode(c.encode_utf8(&mut bytes), PATH));
        } else {
            fragment.push(c);
        }
    }
    fragment
}

/// What must be encoded in a query. A `%` is part of what the author encoded.
const QUERY: &AsciiSet = &PATH.remove(b'?').remove(b'%');

/// A query without its `?`, as written but for what no url may hold.
pub(super) fn query(text: &str) -> String {
    let mut query = String::new();
    for (at, part) in text.split('%').enumerate() {
        if at > 0 {
            let is_encoded = part.len() > 1 && part.bytes().take(2).all(|b| b.is_ascii_hexdigit());
            query.push_str(if is_encoded { "%" } else { "%25" });
        }
        query.extend(utf8_percent_encode(part, QUERY));
    }
    query
}
