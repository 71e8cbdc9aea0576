//! From a path in the content tree to a place in the site.

use crate::config::{Edition, is_usual_language};
use crate::script::Tag;
use std::collections::HashMap;
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

/// For each content file the path whose route it has: its own, unless it opens a folder under a name of another tool.
///
/// `index.md` and `README.md` open a folder that has no `_index.md`. Where the folder holds no other page it is no section but a
/// page that keeps its files beside it: `news/town/index.md` is `news/town.md`.
///
/// A text for one edition goes where its page goes: `news/town/index.zh-Hant.md` is `news/town.zh-Hant.md`.
pub(super) fn as_published(paths: &[&str], editions: &[Edition]) -> Vec<String> {
    let parts: Vec<(String, String)> = paths.iter().map(|path| without_edition(path, editions)).collect();
    let mut pages: Vec<&str> = parts.iter().map(|(page, _)| page.as_str()).collect();
    pages.sort_unstable();
    pages.dedup();
    let published: HashMap<&str, String> = pages.iter().copied().zip(pages_as_published(&pages)).collect();
    let with_edition = |(page, edition): &(String, String)| {
        let page = published.get(page.as_str()).unwrap_or(page);
        page.strip_suffix(".md").map_or_else(|| page.clone(), |stem| format!("{stem}{edition}.md"))
    };
    parts.iter().map(with_edition).collect()
}

/// The path of the page that a file is a text of, and what in its name says for which edition: `.zh-Hant`.
fn without_edition(path: &str, editions: &[Edition]) -> (String, String) {
    let has_edition = Route::among(path, editions).is_ok_and(|route| route.edition.is_some());
    let stem = path.strip_suffix(".md").filter(|_| has_edition);
    match stem.and_then(|stem| stem.rsplit_once('.')) {
        Some((page, edition)) => (format!("{page}.md"), format!(".{edition}")),
        None => (path.to_owned(), String::new()),
    }
}

fn pages_as_published(paths: &[&str]) -> Vec<String> {
    let rank = |name: &str| index_rank(name).unwrap_or(usize::MAX);
    let mut pages_in: HashMap<&str, usize> = HashMap::new();
    let mut index_of: HashMap<&str, &str> = HashMap::new();
    for path in paths {
        for (slash, _) in path.match_indices('/') {
            *pages_in.entry(&path[..slash]).or_default() += 1;
        }
        let Some((folder, name)) = path.rsplit_once('/') else { continue };
        let index = index_of.entry(folder).or_insert(name);
        if rank(name) < rank(index) {
            *index = name;
        }
    }
    let route = |path: &&str| {
        let (folder, name) = path.rsplit_once('/')?;
        let opens = index_of.get(folder) == Some(&name) && index_rank(name).is_some_and(|rank| rank > 0);
        let is_alone = folder.contains('/') && pages_in.get(folder) == Some(&1);
        opens.then(|| if is_alone { format!("{folder}.md") } else { format!("{folder}/_index.md") })
    };
    paths.iter().map(|path| route(path).unwrap_or_else(|| (*path).to_owned())).collect()
}

/// How much a file's name says that it opens its folder: 0 is our own way to say so.
fn index_rank(name: &str) -> Option<usize> {
    let names = ["_index.md", "index.md", "readme.md"];
    names.iter().position(|known| known.eq_ignore_ascii_case(name))
}

/// Whether a file of this name opens its folder, in our own way or another tool's.
pub(super) fn opens_folder(name: &str) -> bool {
    index_rank(name).is_some()
}

/// The title of a folder that nobody has given one: its name without its number.
pub(super) fn title(folder: &str) -> String {
    let title = ordered(folder).1.replace(['-', '_'], " ");
    if title.trim().is_empty() { folder.to_owned() } else { title.trim().to_owned() }
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
        // C++ and C# are not C.
        let is_kept = c.is_alphanumeric() || c == '_' || c == '.' || (c == '+' && !slug.is_empty());
        if is_kept {
            slug.push(c);
        } else if c == '#' && slug.ends_with(|c: char| c.is_ascii_alphanumeric()) {
            slug.push_str("-sharp");
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
    fn a_folder_is_opened_by_its_index() {
        let settings = "title = \"简报\"\nbase_url = \"https://example.org/\"\n";
        let config = crate::config::parse(settings).report(&mut Vec::new()).expect("settings");
        let config = &config;
        let check = |paths: &[&str], expected: &[&str]| {
            assert_eq!(as_published(paths, &config.editions), expected);
        };
        check(
            &["content/a/index.md", "content/a/index.zh-Hant.md"],
            &["content/a.md", "content/a.zh-Hant.md"],
        );
        check(&["content/README.md", "content/a.md"], &["content/_index.md", "content/a.md"]);
        check(&["content/README.md"], &["content/_index.md"]);
        check(
            &["content/a/README.md", "content/a/index.md"],
            &["content/a/README.md", "content/a/_index.md"],
        );
        check(
            &["content/a/_index.md", "content/a/readme.md"],
            &["content/a/_index.md", "content/a/readme.md"],
        );
        check(&["content/a/index.md"], &["content/a.md"]);
        check(&["content/a/b/x.md", "content/a/readme.md"], &["content/a/b/x.md", "content/a/_index.md"]);
    }

    #[test]
    fn a_folder_is_called_by_its_name() {
        assert_eq!(
            [title("10-数据-结构"), title("java_basis"), title("2023-06")],
            ["数据 结构", "java basis", "2023 06"]
        );
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
