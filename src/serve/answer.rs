//! A request that was let in → its answer.
//!
//! In: a path and what the site shows. Out: a file with its type, the way to a folder, the site's page for what is not found, or
//! what is wrong. Never: anything kept by a browser or shown in a page of another site.

use super::address::{Target, encoded};
use super::body::Content;
use super::guard::Refusal;
use super::live::{self, Live, Seen};
use super::{Answer, Shown, page};
use hyper::header::{self, HeaderName, HeaderValue};
use hyper::{Response, StatusCode, Uri};
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
const EVENTS: &str = "text/event-stream";
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

pub(super) type Answered = Response<Content>;

fn respond(status: StatusCode, kind: &'static str, content: Content) -> Answered {
    let mut response = Response::new(content);
    *response.status_mut() = status;
    let fixed: [(HeaderName, &'static str); 4] = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    response.headers_mut().extend(fixed.map(|(name, value)| (name, HeaderValue::from_static(value))));
    response
}

fn line(status: StatusCode, text: impl Into<String>) -> Answered {
    respond(status, TEXT, Content::text(text.into() + "\n"))
}

/// Why somebody is not answered.
pub(super) fn refused(refusal: Refusal) -> Answered {
    match refusal {
        Refusal::Method => {
            let mut response = line(StatusCode::METHOD_NOT_ALLOWED, "the preview answers GET and HEAD only");
            response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
            response
        }
        Refusal::Host => line(
            StatusCode::FORBIDDEN,
            "the preview answers for localhost and the address given by --host only",
        ),
        Refusal::Origin => line(StatusCode::FORBIDDEN, "the preview tells its own pages only of changes"),
    }
}

/// A fault of ours while an answer was made.
pub(super) fn broken() -> Answered {
    line(StatusCode::INTERNAL_SERVER_ERROR, "the preview could not make this answer; look at the terminal")
}

/// Whether it is the stream of changes that is asked for.
pub(super) fn is_stream(uri: &Uri, base: &str) -> bool {
    matches!(Target::of(uri.path(), base), Target::Own(name) if name == "live")
}

/// The stream of changes for the page that a query tells of.
pub(super) fn stream(shown: &Arc<dyn Shown>, live: &Live, uri: &Uri) -> Answered {
    let seen = Seen::of(uri.query().unwrap_or_default());
    respond(StatusCode::OK, EVENTS, live::events(shown, live, seen))
}

/// The answer to all but the stream.
pub(super) fn answer(shown: &dyn Shown, live: &Live, uri: &Uri) -> Answered {
    // Asked before the file is, so that a change in between is heard of rather than missed.
    let version = live.version();
    let base = live.base();
    match Target::of(uri.path(), &base) {
        Target::Own(name) => own(&name),
        Target::Refused => line(StatusCode::BAD_REQUEST, "no file can have this address"),
        Target::Outside if uri.path() == "/" || format!("{}/", uri.path()) == base => {
            redirect(StatusCode::FOUND, &base)
        }
        Target::Outside => line(StatusCode::NOT_FOUND, format!("the site begins at {base}")),
        Target::Site(path) => Site { shown, base: &base, version }.answer(&path, uri.query()),
    }
}

fn own(name: &str) -> Answered {
    let text = match name {
        "live.js" => SCRIPT,
        "live.css" => STYLE,
        _ => return line(StatusCode::NOT_FOUND, "the preview has no such file"),
    };
    respond(StatusCode::OK, kind_of(name), Content::text(text))
}

fn redirect(status: StatusCode, to: &str) -> Answered {
    let Ok(location) = HeaderValue::from_str(to) else { return broken() };
    let mut response = line(status, format!("see {to}"));
    response.headers_mut().insert(header::LOCATION, location);
    response
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
            Answer::File(bytes) => self.file(StatusCode::OK, &file, bytes),
            Answer::Trouble(message) => self.trouble(&message),
            Answer::Missing => self.missing(path, query),
        }
    }

    fn file(&self, status: StatusCode, path: &str, bytes: Arc<Vec<u8>>) -> Answered {
        let kind = kind_of(path);
        if kind != HTML {
            return respond(status, kind, Content::held(bytes));
        }
        let look = page::look(self.shown, self.base, &bytes).map(|(look, _)| look);
        respond(status, kind, Content::text(page::with_script(&bytes, self.version, look.as_ref())))
    }

    fn trouble(&self, message: &str) -> Answered {
        let page = page::trouble(message, self.version);
        let mut response = respond(StatusCode::INTERNAL_SERVER_ERROR, HTML, Content::text(page));
        let policy = HeaderValue::from_static("default-src 'self'");
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
        response
    }

    fn missing(&self, path: &str, query: Option<&str>) -> Answered {
        let is_folder = !path.is_empty() && !path.ends_with('/');
        let folder = format!("{path}/");
        if is_folder && self.shown.file(&file_of(&folder)) != Answer::Missing {
            let query = query.map(|query| format!("?{query}")).unwrap_or_default();
            return redirect(StatusCode::MOVED_PERMANENTLY, &(encoded(self.base, &folder) + &query));
        }
        match (not_found(self.shown, path), self.shown.trouble()) {
            (Some(bytes), _) => self.file(StatusCode::NOT_FOUND, "404.html", bytes),
            // Where there is not even that, there never was a site.
            (None, Some(message)) => self.trouble(&message),
            (None, None) => line(StatusCode::NOT_FOUND, "the site has no such file"),
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
