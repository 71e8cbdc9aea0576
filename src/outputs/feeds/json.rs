//! JSON Feed 1.1.

use super::{Entry, Feed};
use crate::render::OutFile;
use crate::site::JSON_FEED;
use serde_json::{Map, Value, json};

/// The media type.
pub(super) const TYPE: &str = "application/feed+json";

pub(super) fn file(feed: &Feed<'_>) -> OutFile {
    let Feed { plan, site, addresses, .. } = feed;
    let full = |path: &str| plan.urls.full(path);
    let mut json = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": site.title,
        "home_page_url": full(&site.info.url),
        "feed_url": full(&addresses.json),
        "icon": full(&plan.urls.path("icon-512.png")),
        "favicon": full(&plan.urls.path("icon-192.png")),
        "authors": authors([&site.title]),
        "language": site.info.tag,
        "items": feed.entries.iter().map(|entry| item(entry, &site.info.tag)).collect::<Vec<_>>(),
    });
    if let Some(description) = &site.description {
        json["description"] = json!(description);
    }
    let dir = plan.config.editions[site.edition].dir();
    OutFile::new(format!("{dir}/{JSON_FEED}"), format!("{json:#}\n"))
}

fn item(entry: &Entry<'_>, language: &str) -> Value {
    let page = entry.page;
    let mut item = Map::new();
    let mut add = |key: &str, value: Value| drop(item.insert(key.to_owned(), value));
    add("id", json!(page.permalink));
    add("url", json!(page.permalink));
    add("title", json!(page.title));
    add("language", json!(language));
    add("summary", json!(entry.summary));
    match &entry.content {
        Some(html) => add("content_html", json!(html)),
        None => add("content_text", json!(entry.summary)),
    }
    if let Some(published) = &entry.published {
        add("date_published", json!(published));
    }
    add("date_modified", json!(entry.updated));
    if !page.byline.is_empty() {
        add("authors", authors(&page.byline));
    }
    if !page.tags.is_empty() {
        add("tags", json!(page.tags));
    }
    Value::Object(item)
}

fn authors<'a>(names: impl IntoIterator<Item = &'a String>) -> Value {
    names.into_iter().map(|name| json!({ "name": name })).collect()
}
