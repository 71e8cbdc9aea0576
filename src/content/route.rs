//! From a path in the content tree to a place in the site.

use crate::config::{Edition, is_usual_language};
use crate::script::Tag;
use unicode_normalization::UnicodeNormalization;

/// Where a source's pages go, before front matter has its say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Route {
    /// The folders from `content/` down, as slugs: `["ai"]`.
    pub folders: Vec<String>,
    /// The page's own name as a slug; nothing for an `_index.md`, which opens its folder.
    pub name: Option<String>,
    /// The number that orders it among its neighbours: 10 for `10-ai`.
    pub number: Option<u32>,
    /// The edition that the source is written for: zh-Hant for `page.zh-Hant.md`; nothing for a page of the site.
    pub edition: Option<Tag>,
}

/// Why a path gives no route.
#[derive(Debug, PartialEq, Eq)]
pub enum Problem {
    /// A name of which nothing is left for an url.
    Empty(String),
    /// `page.zh-Hant.md` where there is no such edition: the name's ending, and the editions that it may stand for.
    NoEdition(String, Vec<Tag>),
}

impl Route {
    /// The same on a site with `editions`: an edition at the end of the name is none of the name.
    ///
    /// Of other endings only those that clearly mean an edition are refused: `node.js.md` is a page like any other.
    pub fn among(path: &str, editions: &[Edition]) -> Result<Self, Problem> {
        let stem = path.strip_suffix(".md").unwrap_or(path);
        let Some((stem, ending)) = stem.rsplit_once('.').filter(|(stem, _)| !stem.ends_with('/')) else {
            return Self::of(path);
        };
        let meant = Tag::meant_by(ending);
        let is_there = |tag: &&Tag| editions.iter().any(|edition| edition.tag == **tag);
        if let Some(tag) = meant.iter().find(is_there) {
            return Ok(Self { edition: Some(tag.clone()), ..Self::of(stem)? });
        }
        let language = ending.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        let is_tag = language == "zh" || (!meant.is_empty() && is_usual_language(&language));
        if is_tag { Err(Problem::NoEdition(ending.to_owned(), meant)) } else { Self::of(path) }
    }

    /// The route of `content/10-ai/20-town.md` is `ai/town`, ordered by 20.
    pub fn of(path: &str) -> Result<Self, Problem> {
        let inner = path.strip_prefix("content/").unwrap_or(path);
        let stem = inner.strip_suffix(".md").unwrap_or(inner);
        let mut parts: Vec<&str> = stem.split('/').collect();
        let last = parts.pop().unwrap_or_default();
        let mut folders = Vec::with_capacity(parts.len());
        let mut folder_number = None;
        for part in parts {
            let (number, name) = ordered(part);
            folders.push(non_empty(slug(name), part)?);
            folder_number = number;
        }
        if last == "_index" {
            return Ok(Self { folders, number: folder_number, ..Self::default() });
        }
        let (number, name) = ordered(last);
        Ok(Self { folders, name: Some(non_empty(slug(name), last)?), number, edition: None })
    }

    /// What the sources of one page have in common: its path, and whether it is a page in the folder or opens it.
    pub fn page(&self) -> (String, bool) {
        (self.path(), self.name.is_some())
    }

    /// Folders and name as one path: `ai/town`; empty for the home page.
    pub fn path(&self) -> String {
        let mut parts = self.folders.clone();
        parts.extend(self.name.clone());
        parts.join("/")
    }
}

fn non_empty(slug: String, name: &str) -> Result<String, Problem> {
    if slug.is_empty() { Err(Problem::Empty(name.to_owned())) } else { Ok(slug) }
}

/// `10-ai` is ordered by 10 and named `ai`; `2023-06-28` and `10` are names.
fn ordered(name: &str) -> (Option<u32>, &str) {
    let digits = name.bytes().take_while(u8::is_ascii_digit).count();
    let Some(rest) = name[digits..].strip_prefix('-') else { return (None, name) };
    let begins_a_date = digits == 4 && rest.as_bytes().first().is_some_and(u8::is_ascii_digit);
    if digits == 0 || rest.is_empty() || begins_a_date {
        return (None, name);
    }
    match name[..digits].parse() {
        Ok(number) => (Some(number), rest),
        Err(_) => (None, name),
    }
}

/// A name as part of an url: NFC, lower case, letters and digits of any script kept, all else a hyphen.
///
/// 杭州 stays 杭州: browsers show it so, and readers can read it.
pub fn slug(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    for c in name.nfc().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() || c == '_' || c == '.' {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_matches(['-', '.']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_order_and_names_stay() {
        let route = Route::of("content/10-AI/20-Brain Chip.md").expect("a route");
        assert_eq!((route.path().as_str(), route.number), ("ai/brain-chip", Some(20)));
        assert_eq!(Route::of("content/10-ai/_index.md").expect("a route").number, Some(10));
        assert_eq!(Route::of("content/2023-06-28-news.md").expect("a route").path(), "2023-06-28-news");
        assert_eq!(Route::of("content/新闻/人工智能.md").expect("a route").path(), "新闻/人工智能");
    }

    #[test]
    fn an_edition_at_the_end_of_a_name_is_none_of_the_name() {
        let settings = "title = \"简报\"\nbase_url = \"https://example.org/\"\n[[editions]]\ntag = \"zh-Hans\"\n[[editions]]\ntag = \"zh-Hant-TW\"\n[[editions]]\ntag = \"en\"\n";
        let config = crate::config::parse(settings).report(&mut Vec::new()).expect("settings");
        let route = |path: &str| {
            let route = Route::among(&format!("content/{path}"), &config.editions)?;
            Ok((route.path(), route.edition.map_or_else(String::new, |tag| tag.to_string())))
        };
        let is = |path: &str, edition: &str| Ok((path.to_owned(), edition.to_owned()));
        assert_eq!(route("10-a.zh-Hans.md"), is("a", "zh-Hans"));
        assert_eq!(route("a.ZH-cn.md"), is("a", "zh-Hans"));
        assert_eq!(route("b/a.zh_tw.md"), is("b/a", "zh-Hant-TW"));
        assert_eq!(route("b/_index.en.md"), is("b", "en"));
        assert_eq!(route("node.js.md"), is("node.js", ""));
        assert_eq!(route("v1.2.md"), is("v1.2", ""));
        for (path, ending) in
            [("a.zh-Hant.md", "zh-Hant"), ("a.zh.md", "zh"), ("a.fr.md", "fr"), ("a.zh-xx.md", "zh-xx")]
        {
            assert!(matches!(route(path), Err(Problem::NoEdition(said, _)) if said == ending), "{path}");
        }
    }

    #[test]
    fn names_without_a_letter_are_refused() {
        assert_eq!(Route::of("content/！？.md"), Err(Problem::Empty("！？".into())));
        assert_eq!(Route::of("content/...md"), Err(Problem::Empty("..".into())));
    }

    #[test]
    fn slug_is_composed_and_lower_case() {
        assert_eq!(slug("e\u{301}Cole"), "\u{e9}cole");
        assert_eq!(slug("  A & B  "), "a-b");
        assert_eq!(slug("v1.2."), "v1.2");
    }
}
