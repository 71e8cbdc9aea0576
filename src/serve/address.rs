//! The target of a request as a path of the site.
//!
//! In: the path of a url as it came, and the base path. Out: the path below it as published, or what else it is. Never: a path
//! that leads upwards, holds a backslash or a control character, or says the same as another one.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// Below this stand the files of the preview itself.
pub(super) const OWN: &str = "/__jianbao/";

/// What a request asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A path below the base path, decoded; a folder's is empty or ends in `/`.
    Site(String),
    /// A file of the preview.
    Own(String),
    /// It stands above the base path or beside it.
    Outside,
    /// No path that anything could have.
    Refused,
}

impl Target {
    pub(super) fn of(path: &str, base: &str) -> Self {
        let Some(path) = decoded(path) else { return Self::Refused };
        if let Some(own) = path.strip_prefix(OWN) {
            return Self::Own(own.to_owned());
        }
        match path.strip_prefix(base) {
            Some(below) => Self::Site(below.to_owned()),
            None => Self::Outside,
        }
    }
}

fn decoded(path: &str) -> Option<String> {
    let path = percent_decode_str(path).decode_utf8().ok()?;
    let is_sound =
        |part: &str| part != ".." && part != "." && !part.contains(|c: char| c == '\\' || c.is_control());
    let (_, parts) = path.strip_prefix('/').map(|below| ((), below.split('/')))?;
    let parts: Vec<&str> = parts.collect();
    let (last, folders) = parts.split_last()?;
    let is_sound = is_sound(last) && folders.iter().all(|part| is_sound(part) && !part.is_empty());
    is_sound.then(|| path.into_owned())
}

/// What stands in a path as it is.
const KEPT: AsciiSet = NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// A path of the site as a url has it.
pub(super) fn encoded(base: &str, below: &str) -> String {
    format!("{base}{}", utf8_percent_encode(below, &KEPT))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn site(path: &str, base: &str, expected: &str) {
        assert_eq!(Target::of(path, base), Target::Site(expected.to_owned()), "{path}");
    }

    #[test]
    fn paths_are_decoded_and_the_base_path_is_left_out() {
        site("/", "/", "");
        site("/zh-hans/", "/", "zh-hans/");
        site("/brief/zh-hans/%E5%A4%B4%E5%8F%91.png", "/brief/", "zh-hans/头发.png");
        site("/brief/", "/brief/", "");
        site("/a%20b..c/.well-known", "/", "a b..c/.well-known");
    }

    #[test]
    fn what_leads_elsewhere_is_refused_however_it_is_written() {
        for path in [
            "/../a",
            "/a/..",
            "/a/%2e%2e/b",
            "/%2E./b",
            "/a%2f..%2fb",
            "/a%00",
            "/a%5Cb",
            "/a\\b",
            "/.",
            "/a/./b",
            "//a",
            "/a//b",
            "/%FF",
            "/a%0Ab",
            "",
            "a",
            "*",
        ] {
            assert_eq!(Target::of(path, "/"), Target::Refused, "{path}");
        }
    }

    #[test]
    fn what_is_beside_the_base_path_is_outside() {
        for path in ["/", "/brief", "/briefs/", "/other/"] {
            assert_eq!(Target::of(path, "/brief/"), Target::Outside, "{path}");
        }
        assert_eq!(Target::of("/__jianbao/live.js", "/brief/"), Target::Own("live.js".to_owned()));
    }

    #[test]
    fn an_address_of_a_path_leads_back_to_it() {
        let url = encoded("/brief/", "zh-hans/头 发?#%/");
        assert_eq!(url, "/brief/zh-hans/%E5%A4%B4%20%E5%8F%91%3F%23%25/");
        site(&url, "/brief/", "zh-hans/头 发?#%/");
    }
}
