//! A request that was let in → its answer.
//!
//! In: a path and what the site shows. Out: a file with its type, the way to a folder, the site's page for what is not found, or
//! what is wrong. Never: anything kept by a browser or shown in a page of another site.

use super::address::{Target, encoded};
use super::guard::Refusal;
use super::live::Live;
use super::{Answer, Shown, page};
use std::sync::Arc;

/// What a browser is told a file is, by the ending of its name.
const TYPES: [(&str, &str); 31] = [
    ("avif", "image/avif"),
    ("bmp", "image/bmp"),
    ("css", "text/css; charset=utf-8"),
    ("csv", "text/csv; charset=utf-8"),
    ("gif", "image/gif"),
    ("htm", HTML),
    ("html", HTML),
    ("ico", "image/x-icon"),
    ("jpeg", "image/jpeg"),
    ("jpg", "image/jpeg"),
    ("js", "text/javascript; charset=utf-8"),
    ("json", "application/json"),
    ("m4a", "audio/mp4"),
    ("md", TEXT),
    ("mjs", "text/javascript; charset=utf-8"),
    ("mp3", "audio/mpeg"),
    ("mp4", "video/mp4"),
    ("ogg", "audio/ogg"),
    ("otf", "font/otf"),
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    ("svg", "image/svg+xml"),
    ("ttf", "font/ttf"),
    ("txt", TEXT),
    ("wasm", "application/wasm"),
    ("webm", "video/webm"),
    ("webmanifest", "application/manifest+json"),
    ("webp", "image/webp"),
    ("woff", "font/woff"),
    ("woff2", "font/woff2"),
    ("xml", "application/xml; charset=utf-8"),
];
const HTML: &str = "text/html; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";
pub(super) const EVENTS: &str = "text/event-stream";
const SCRIPT: &str = include_str!("live.js");
const STYLE: &str = include_str!("live.css");

fn kind_of(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or(path);
    // Hosts say so of feeds, which browsers otherwise show as they show any XML.
    if name == "feed.xml" {
        return "application/atom+xml; charset=utf-8";
    }
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let known = TYPES.iter().find(|(known, _)| ending.as_deref() == Some(*known));
    known.map_or("application/octet-stream", |(_, kind)| *kind)
}

/// An answer but for what all answers say.
#[derive(Debug)]
pub(super) struct Answered {
    /// Number and name: `200 OK`.
    pub(super) status: &'static str,
    pub(super) kind: &'static str,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) content: Content,
}

#[derive(Debug)]
pub(super) enum Content {
    /// Bytes that the site holds too.
    Held(Arc<Vec<u8>>),
    Made(Vec<u8>),
    Fixed(&'static str),
}

impl Content {
    pub(super) fn bytes(&self) -> &[u8] {
        match self {
            Self::Held(bytes) => bytes,
            Self::Made(bytes) => bytes,
            Self::Fixed(text) => text.as_bytes(),
        }
    }
}

const OK: &str = "200 OK";
const MOVED: &str = "301 Moved Permanently";
const FOUND: &str = "302 Found";
const BAD: &str = "400 Bad Request";
const FORBIDDEN: &str = "403 Forbidden";
const NOT_FOUND: &str = "404 Not Found";
const NOT_ALLOWED: &str = "405 Method Not Allowed";
const TROUBLE: &str = "500 Internal Server Error";

fn respond(status: &'static str, kind: &'static str, content: Content) -> Answered {
    Answered { status, kind, headers: Vec::new(), content }
}

fn line(status: &'static str, text: impl Into<String>) -> Answered {
    respond(status, TEXT, Content::Made((text.into() + "\n").into_bytes()))
}

/// Why somebody is not answered.
pub(super) fn refused(refusal: Refusal) -> Answered {
    match refusal {
        Refusal::Method => {
            let refused = line(NOT_ALLOWED, "the preview answers GET and HEAD only");
            Answered { headers: vec![("Allow", "GET, HEAD".to_owned())], ..refused }
        }
        Refusal::Host => {
            line(FORBIDDEN, "the preview answers for localhost and the address given by --host only")
        }
        Refusal::Origin => line(FORBIDDEN, "the preview tells its own pages only of changes"),
    }
}

/// What was sent is no request, or has too long a head.
pub(super) fn malformed() -> Answered {
    line(BAD, "the preview does not understand this request")
}

/// Whether it is the stream of changes that is asked for.
pub(super) fn is_stream(path: &str, base: &str) -> bool {
    matches!(Target::of(path, base), Target::Own(name) if name == "live")
}

/// The answer to all but the stream.
pub(super) fn answer(shown: &dyn Shown, live: &Live, path: &str, query: Option<&str>) -> Answered {
    // Asked before the file is, so that a change in between is heard of rather than missed.
    let version = live.version();
    let base = live.base();
    match Target::of(path, &base) {
        Target::Own(name) => own(&name),
        Target::Refused => line(BAD, "no file can have this address"),
        Target::Outside if path == "/" || format!("{path}/") == base => redirect(FOUND, &base),
        Target::Outside => line(NOT_FOUND, format!("the site begins at {base}")),
        Target::Site(path) => Site { shown, base: &base, version }.answer(&path, query),
    }
}

fn own(name: &str) -> Answered {
    let text = match name {
        "live.js" => SCRIPT,
        "live.css" => STYLE,
        _ => return line(NOT_FOUND, "the preview has no such file"),
    };
    respond(OK, kind_of(name), Content::Fixed(text))
}

fn redirect(status: &'static str, to: &str) -> Answered {
    Answered { headers: vec![("Location", to.to_owned())], ..line(status, format!("see {to}")) }
}

/// The file that a path of the site means: a folder's is its `index.html`.
fn file_of(path: &str) -> String {
    if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
}

/// What a browser shows at the path of a url.
pub(super) fn page_at(shown: &dyn Shown, base: &str, path: &str) -> Option<Answer> {
    let Target::Site(below) = Target::of(path, base) else { return None };
    match shown.file(&file_of(&below)) {
        Answer::Missing => not_found(shown, &below).map(Answer::File),
        found => Some(found),
    }
}

/// The page for what is not found that is nearest to a path.
fn not_found(shown: &dyn Shown, path: &str) -> Option<Arc<Vec<u8>>> {
    let folders = path.rmatch_indices('/').map(|(slash, _)| &path[..=slash]).chain([""]);
    folders.map(|folder| shown.file(&format!("{folder}404.html"))).find_map(|answer| match answer {
        Answer::File(bytes) => Some(bytes),
        _ => None,
    })
}

struct Site<'a> {
    shown: &'a dyn Shown,
    base: &'a str,
    version: u64,
}

impl Site<'_> {
    fn answer(&self, path: &str, query: Option<&str>) -> Answered {
        let file = file_of(path);
        match self.shown.file(&file) {
            Answer::File(bytes) => self.file(OK, &file, bytes),
            Answer::Trouble(message) => self.trouble(&message),
            Answer::Missing => self.missing(path, query),
        }
    }

    fn file(&self, status: &'static str, path: &str, bytes: Arc<Vec<u8>>) -> Answered {
        let kind = kind_of(path);
        if kind != HTML {
            return respond(status, kind, Content::Held(bytes));
        }
        let look = page::look(self.shown, self.base, &bytes).map(|(look, _)| look);
        respond(status, kind, Content::Made(page::with_script(&bytes, self.version, look.as_ref())))
    }

    fn trouble(&self, message: &str) -> Answered {
        let page = page::trouble(message, self.version);
        let policy = ("Content-Security-Policy", "default-src 'self'".to_owned());
        Answered { headers: vec![policy], ..respond(TROUBLE, HTML, Content::Made(page)) }
    }

    fn missing(&self, path: &str, query: Option<&str>) -> Answered {
        let is_folder = !path.is_empty() && !path.ends_with('/');
        let folder = format!("{path}/");
        if is_folder && self.shown.file(&file_of(&folder)) != Answer::Missing {
            let query = query.map(|query| format!("?{query}")).unwrap_or_default();
            return redirect(MOVED, &(encoded(self.base, &folder) + &query));
        }
        match (not_found(self.shown, path), self.shown.trouble()) {
            (Some(bytes), _) => self.file(NOT_FOUND, "404.html", bytes),
            // Where there is not even that, there never was a site.
            (None, Some(message)) => self.trouble(&message),
            (None, None) => line(NOT_FOUND, "the site has no such file"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_sorted_and_told_by_the_ending_whatever_its_case() {
        assert!(TYPES.is_sorted());
        assert_eq!(kind_of("zh-hans/feed.xml"), "application/atom+xml; charset=utf-8");
        assert_eq!(kind_of("sitemap.xml"), "application/xml; charset=utf-8");
        assert_eq!(kind_of("a/PHOTO.JPG"), "image/jpeg");
        assert_eq!(kind_of("a.b/CNAME"), "application/octet-stream");
    }
}
