//! What the preview adds to a page, and what it can tell of one.
//!
//! In: a page as it will be published. Out: the same with one script, of the preview's own, which hears of changes; and a [`Look`],
//! by which a change of nothing but style sheets is known. Never: a script or a style in the page itself, which its policy forbids.

use super::address::{OWN, Target};
use super::live::Seen;
use super::{Answer, Shown};
use crate::html;
use std::hash::{DefaultHasher, Hash, Hasher};

/// What a page looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Look {
    /// All of it but the addresses of its style sheets.
    pub(super) rest: u64,
    /// Its style sheets, with what is in them.
    pub(super) styles: u64,
}

/// The look of a page and the addresses of its style sheets, as written; nothing where it is no text.
pub(super) fn look(shown: &dyn Shown, base: &str, page: &[u8]) -> Option<(Look, Vec<String>)> {
    let page = std::str::from_utf8(page).ok()?;
    let (mut rest, mut styles) = (DefaultHasher::new(), DefaultHasher::new());
    let mut sheets = Vec::new();
    let mut done = 0;
    for range in html::style_sheets(page) {
        page[done..range.start].hash(&mut rest);
        done = range.end;
        let address = quick_xml::escape::unescape(&page[range]).ok()?.into_owned();
        sheet(shown, base, &address).hash(&mut styles);
        sheets.push(address);
    }
    page[done..].hash(&mut rest);
    sheets.hash(&mut styles);
    Some((Look { rest: rest.finish(), styles: styles.finish() }, sheets))
}

/// The bytes of a style sheet of the site.
fn sheet(shown: &dyn Shown, base: &str, address: &str) -> Option<std::sync::Arc<Vec<u8>>> {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let Target::Site(path) = Target::of(path, base) else { return None };
    match shown.file(&path) {
        Answer::File(bytes) => Some(bytes),
        _ => None,
    }
}

/// The page with the script at its end.
pub(super) fn with_script(page: &[u8], version: u64, look: Option<&Look>) -> Vec<u8> {
    let script =
        format!("<script src=\"{OWN}live.js\" data-seen=\"{}\" defer></script>\n", Seen::told(version, look));
    let end = b"</body";
    let at = page.windows(end.len()).rposition(|part| part.eq_ignore_ascii_case(end)).unwrap_or(page.len());
    [&page[..at], script.as_bytes(), &page[at..]].concat()
}

/// A page that says what is wrong, in place of one that cannot be shown.
pub(super) fn trouble(message: &str, version: u64) -> Vec<u8> {
    let message = quick_xml::escape::escape(message);
    let page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>This page cannot be shown yet</title>\n<link rel=\"stylesheet\" href=\"{OWN}live.css\">\n<body>\n<main class=\"jianbao-trouble\">\n<h1>This page cannot be shown yet</h1>\n<pre role=\"alert\" tabindex=\"0\">{message}</pre>\n<p>It loads by itself when this is mended.</p>\n</main>\n</body>\n</html>\n"
    );
    with_script(page.as_bytes(), version, None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;
    use std::sync::Arc;

    struct Files(BTreeMap<&'static str, &'static str>);

    impl Shown for Files {
        fn file(&self, path: &str) -> Answer {
            self.0.get(path).map_or(Answer::Missing, |text| Answer::File(Arc::new(text.as_bytes().to_vec())))
        }

        fn trouble(&self) -> Option<String> {
            None
        }
    }

    fn looks(page: &str, style: &'static str) -> Look {
        let files = Files(BTreeMap::from([("style.css", style), ("style.2.css", style)]));
        look(&files, "/brief/", page.as_bytes()).expect("a text").0
    }

    #[test]
    fn the_script_stands_at_the_end_of_the_body_or_of_the_page() {
        let script = "<script src=\"/__jianbao/live.js\" data-seen=\"5\" defer></script>\n";
        let page = |text: &str| String::from_utf8(with_script(text.as_bytes(), 5, None)).expect("a text");
        assert_eq!(page("<p>头</p></BODY>\n</html>"), format!("<p>头</p>{script}</BODY>\n</html>"));
        assert_eq!(page("<p>头</p>"), format!("<p>头</p>{script}"));
    }

    #[test]
    fn a_change_of_style_sheets_changes_nothing_else() {
        let page = "<link rel=\"stylesheet\" href=\"/brief/style.css\"><p>头</p>";
        let before = looks(page, "a");
        let (inside, name) = (looks(page, "b"), looks(&page.replace("style.css", "style.2.css"), "a"));
        for now in [&inside, &name] {
            assert_eq!(now.rest, before.rest);
            assert_ne!(now.styles, before.styles);
        }
        assert_ne!(looks(&page.replace('头', "发"), "a").rest, before.rest);
        assert_eq!(looks(page, "a"), before);
    }

    #[test]
    fn what_is_wrong_is_text_in_the_page_for_it() {
        let page = String::from_utf8(trouble("<script>alert(1)</script> & \"头\"", 1)).expect("a text");
        assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; "), "{page}");
        assert_eq!(page.matches("<script").count(), 1);
    }
}
