//! Keys of other tools: which of them mean what a key of ours means, and which are kept for templates.
//!
//! In: the keys of a front matter. Out: what nobody here reads but other tools know, for `page.extra`. Hugo and Zola are read in
//! TOML and YAML, the others, which have YAML only, in YAML only. docs/front-matter.md lists them for authors. Never: a
//! meaning that an author could miss: what would change when or whether a page is published is either obeyed or unknown.

use crate::dialect::{Entry, Fields, Language, Value};

/// Names of the day of the last change; ours is the first, here and below.
pub(super) const UPDATED: [&str; 5] = ["updated", "lastmod", "lastMod", "modified", "last_modified_at"];
/// Names of the day of publication.
pub(super) const DATE: [&str; 5] = ["date", "publishDate", "pubDate", "pubdate", "published"];
/// Names of what a page says in a sentence or two, the one that is shown first.
pub(super) const SUMMARY: [&str; 3] = ["summary", "excerpt", "description"];
/// Names of who wrote it.
pub(super) const BYLINE: [&str; 3] = ["byline", "authors", "author"];
/// Names of the place among neighbours.
pub(super) const WEIGHT: [&str; 4] = ["weight", "order", "nav_order", "sidebar_position"];
/// Names of what it is about.
pub(super) const TAGS: [&str; 2] = ["tags", "tag"];
/// The same, from a list that other tools keep apart.
pub(super) const CATEGORIES: [&str; 2] = ["categories", "category"];
/// Names of the addresses that it had elsewhere, all from the top of the site.
pub(super) const ADDRESSES: [&str; 4] = ["redirect_from", "permalink", "url", "path"];
/// Marks between names in one text.
pub(super) const MARKS: [char; 3] = [',', '，', '、'];

/// Keys of Hugo and Zola that are kept.
const KEPT: [&str; 44] = [
    "_build",
    "audio",
    "build",
    "cascade",
    "comments",
    "cover",
    "featured",
    "featured_image",
    "generate_feed",
    "generate_feeds",
    "headless",
    "image",
    "images",
    "in_search_index",
    "insert_anchor_links",
    "isCJKLanguage",
    "keywords",
    "lang",
    "language",
    "layout",
    "linkTitle",
    "markup",
    "math",
    "menu",
    "menus",
    "outputs",
    "page_template",
    "paginate_by",
    "paginate_path",
    "paginate_reversed",
    "params",
    "resources",
    "redirect_to",
    "series",
    "series_weight",
    "sitemap",
    "sort_by",
    "template",
    "thumbnail",
    "toc",
    "translationKey",
    "transparent",
    "type",
    "videos",
];

/// Keys of Hexo, Jekyll, VuePress, VitePress and Docusaurus that are kept, and of their common themes.
const KEPT_IN_YAML: [&str; 73] = [
    "abbrlink",
    "actions",
    "article",
    "aside",
    "banner",
    "banner_img",
    "bgImage",
    "breadcrumb",
    "breadcrumbExclude",
    "comment",
    "contributors",
    "copyright",
    "custom_edit_url",
    "dir",
    "editLink",
    "enableToc",
    "excerpt_separator",
    "features",
    "feed",
    "footer",
    "grand_parent",
    "has_children",
    "has_toc",
    "head",
    "header",
    "hero",
    "heroImage",
    "heroText",
    "hide",
    "hide_table_of_contents",
    "hide_title",
    "highlights",
    "home",
    "icon",
    "id",
    "index",
    "index_img",
    "isOriginal",
    "jsonld",
    "katex",
    "last_update",
    "lastUpdated",
    "mathjax",
    "mermaid",
    "meta",
    "navbar",
    "next",
    "nav_exclude",
    "outline",
    "pageClass",
    "pageInfo",
    "pagination_label",
    "pagination_next",
    "pagination_prev",
    "parent",
    "photos",
    "pin",
    "prev",
    "readingTime",
    "search",
    "shortTitle",
    "sidebar",
    "sidebarDepth",
    "sidebar_class_name",
    "sidebar_label",
    "star",
    "sticky",
    "tagline",
    "timeline",
    "titleTemplate",
    "toc_number",
    "top",
    "top_img",
];

/// Takes what other tools know and nothing here has read.
pub(super) fn rest(fields: &mut Fields<'_>) -> Vec<Entry> {
    let more: &[&str] = if fields.language() == Language::Yaml { &KEPT_IN_YAML } else { &[] };
    let read = [&UPDATED[..], &DATE, &SUMMARY, &BYLINE, &WEIGHT, &TAGS, &CATEGORIES, &ADDRESSES];
    let others = || read.iter().flat_map(|names| names.iter().copied());
    let known = KEPT.iter().chain(more).copied();
    let rest = fields.take_where(|key| others().chain(known.clone()).any(|name| name == key));
    rest.into_iter().filter(|entry| entry.node.value != Value::Null).collect()
}
