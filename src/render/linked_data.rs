//! What a page says to machines that read schema.org (JSON-LD): what it is, who wrote it and when, which pages are its
//! translations, and the way to it from the home page.
//!
//! In: a page of an edition. Out: JSON that may stand in a `<script>` as it is. Never: anything that the page does not show, but for
//! the date of a page that has none.

use crate::site::{Alternate, Crumb, EditionSite, ListPage, Page, Plan};
use serde_json::{Map, Value, json};

/// A headline has at most so many characters (Google's limit for articles).
const LONGEST_HEADLINE: usize = 110;

/// What the names of organisations end with, as a byline in Chinese has them.
const ORGANISATIONS: [&str; 30] = [
    "报", "報", "社", "网", "網", "部", "委", "局", "处", "處", "办", "辦", "司", "会", "會", "院", "所",
    "室", "厅", "廳", "组", "組", "站", "台", "臺", "中心", "编辑", "編輯", "学校", "大学",
];

/// The data of a page; an article in `page.html`, else a page that leads to others.
pub(super) fn of_page(plan: &Plan<'_>, site: &EditionSite, page: &Page) -> String {
    let node = match page.kind {
        "page" => article(site, page),
        "home" => website(site, page),
        _ => collection(site, &page.permalink, &page.title, &page.description),
    };
    graph(plan, node, &page.breadcrumb, (&page.title, &page.permalink))
}

/// The data of a list.
pub(super) fn of_list(plan: &Plan<'_>, site: &EditionSite, list: &ListPage) -> String {
    let node = collection(site, &list.permalink, &list.title, &list.description);
    graph(plan, node, &list.breadcrumb, (&list.title, &list.permalink))
}

fn graph(plan: &Plan<'_>, node: Value, above: &[Crumb], own: (&str, &str)) -> String {
    let mut nodes = vec![node];
    if !above.is_empty() {
        nodes.push(breadcrumb(plan, above, own));
    }
    let data = json!({ "@context": "https://schema.org", "@graph": nodes });
    // What would end the element, or begin a comment, is written otherwise.
    data.to_string().replace('<', "\\u003c")
}

fn breadcrumb(plan: &Plan<'_>, above: &[Crumb], (title, permalink): (&str, &str)) -> Value {
    let above = above.iter().map(|crumb| (crumb.title.as_str(), plan.urls.full(&crumb.url)));
    let all = above.chain([(title, permalink.to_owned())]).enumerate();
    let items: Vec<Value> = all
        .map(|(at, (name, item))| json!({ "@type": "ListItem", "position": at + 1, "name": name, "item": item }))
        .collect();
    json!({ "@type": "BreadcrumbList", "itemListElement": items })
}

fn website(site: &EditionSite, page: &Page) -> Value {
    json!({
        "@type": "WebSite",
        "name": site.title,
        "description": page.description,
        "url": page.permalink,
        "inLanguage": site.info.tag,
        "publisher": publisher(site),
    })
}

fn collection(site: &EditionSite, permalink: &str, title: &str, description: &str) -> Value {
    json!({
        "@type": "CollectionPage",
        "name": title,
        "description": description,
        "url": permalink,
        "inLanguage": site.info.tag,
    })
}

fn publisher(site: &EditionSite) -> Value {
    json!({ "@type": "Organization", "name": site.title })
}

fn article(site: &EditionSite, page: &Page) -> Value {
    let mut node = Map::new();
    let mut say = |key: &str, value: Value| drop(node.insert(key.to_owned(), value));
    say("@type", json!("NewsArticle"));
    say("headline", json!(page.title.chars().take(LONGEST_HEADLINE).collect::<String>()));
    say("description", json!(page.description));
    say("image", json!([page.card.url]));
    // Search engines want a day of every article: of one without, that of the newest one.
    let published = page.date.as_ref().or(page.updated.as_ref()).map(|date| date.timestamp.clone());
    if let Some(published) = published.or_else(|| site.undated.clone()) {
        let modified = page.updated.as_ref().map_or(published.clone(), |date| date.timestamp.clone());
        say("datePublished", json!(published));
        say("dateModified", json!(modified));
    }
    let authors: Vec<Value> = page.byline.iter().map(|name| author(name)).collect();
    say("author", if authors.is_empty() { publisher(site) } else { json!(authors) });
    say("publisher", publisher(site));
    say("inLanguage", json!(site.info.tag));
    say("mainEntityOfPage", json!(page.permalink));
    if let Some(section) = &page.section {
        say("articleSection", json!(section.title));
    }
    if !page.tags.is_empty() {
        say("keywords", json!(page.tags));
    }
    translations(&page.alternates, &site.info.tag, &mut node);
    Value::Object(node)
}

/// The first edition is the one that others are said to be translations of.
fn translations(alternates: &[Alternate], own: &str, node: &mut Map<String, Value>) {
    let work = |alternate: &Alternate| json!({ "@type": "NewsArticle", "url": alternate.href, "inLanguage": alternate.hreflang });
    let mut editions = alternates.iter().filter(|alternate| alternate.hreflang != "x-default");
    match editions.next() {
        Some(first) if first.hreflang != own => {
            node.insert("translationOfWork".to_owned(), work(first));
        }
        _ => {
            let others: Vec<Value> = editions.map(work).collect();
            if !others.is_empty() {
                node.insert("workTranslation".to_owned(), json!(others));
            }
        }
    }
}

/// A byline names people or offices: a short Chinese name that ends like no office is a person's, and so are two or three words
/// of another script.
fn author(name: &str) -> Value {
    let is_han = |c: char| ('\u{3400}'..='\u{9FFF}').contains(&c) || c == '·';
    let is_person = if name.chars().all(is_han) {
        (2..=4).contains(&name.chars().count()) || name.contains('·')
    } else {
        name.is_ascii() && (2..=3).contains(&name.split(' ').count())
    };
    let is_office = ORGANISATIONS.iter().any(|ending| name.ends_with(ending));
    json!({ "@type": if is_person && !is_office { "Person" } else { "Organization" }, "name": name })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_name_people_or_offices() {
        for (name, kind) in [
            ("王小明", "Person"),
            ("歐陽修", "Person"),
            ("阿卜杜拉·买买提", "Person"),
            ("Jane Doe", "Person"),
            ("新华社", "Organization"),
            ("杭州未来科技城管委会", "Organization"),
            ("编辑部", "Organization"),
            ("Hangzhou Future Sci-Tech City Administration", "Organization"),
            ("Reuters", "Organization"),
        ] {
            assert_eq!(author(name)["@type"], kind, "{name}");
        }
    }
}
