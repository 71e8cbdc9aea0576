//! What templates see: the shapes of docs/templates.md as template values.

use crate::config::Config;
use crate::site::{Alternate, EditionSite, Kind, Page, Plan, SectionRef, alternates};
use serde::Serialize;
use std::collections::BTreeMap;
use tera::{Context, Value};

/// What all pages of an edition share.
#[derive(Debug)]
pub struct EditionFrame {
    base: Context,
    /// Each page as it stands in a list, by its place; `None` where the edition does not have it.
    entries: Vec<Option<Value>>,
}

#[derive(Serialize)]
struct SiteView<'a> {
    title: &'a str,
    description: Option<&'a str>,
    base_url: &'a str,
    base_path: &'a str,
    external_images: bool,
    extra: &'a BTreeMap<String, crate::site::FreeView>,
}

/// The page that a redirect leads to.
#[derive(Serialize)]
struct TargetView<'a> {
    title: &'a str,
    url: &'a str,
    permalink: &'a str,
}

/// One edition on a page that belongs to none.
#[derive(Serialize)]
struct SharedEntry<'a> {
    edition: &'a crate::site::EditionInfo,
    site_title: &'a str,
    title: &'a str,
    kicker: Option<&'a str>,
    subtitle: Option<&'a str>,
    subtitle_lang: Option<&'a str>,
    summary: &'a str,
    url: &'a str,
    nav: &'a [SectionRef],
    strings: &'a BTreeMap<String, String>,
}

impl EditionFrame {
    /// Makes the shared values of `site`. `sites` are all editions.
    pub fn new(config: &Config, sites: &[EditionSite], site: &EditionSite) -> Self {
        let mut base = Context::new();
        let view = SiteView {
            title: &site.title,
            description: site.description.as_deref(),
            base_url: config.base_url.as_str(),
            base_path: config.base_url.path(),
            external_images: config.external_images,
            extra: &site.extra,
        };
        base.insert("site", &view);
        base.insert("edition", &site.info);
        base.insert("editions", &sites.iter().map(|site| &site.info).collect::<Vec<_>>());
        base.insert("strings", &site.strings);
        base.insert("nav", &site.nav);
        base.insert("data", &site.data);
        let entries = (0..site.pages.len())
            .map(|place| site.entry(place).map(|entry| Value::from_serializable(&entry)))
            .collect();
        Self { base, entries }
    }

    /// What every template gets.
    pub(super) fn base(&self) -> Context {
        self.base.clone()
    }

    /// `content` is the body as HTML, `contents` the headings of the contents list.
    pub(super) fn page(&self, plan: &Plan<'_>, page: &Page, content: &str, contents: Vec<String>) -> Context {
        let mut fields = Value::from_serializable(page).into_map().unwrap_or_default();
        let below = plan.places[page.place].children.iter();
        let sections = below.filter(|child| plan.places[**child].kind == Kind::Section);
        let sections: Vec<Value> = sections.filter_map(|child| self.section(plan, *child)).collect();
        fields.insert("pages".into(), self.pages(plan, page.place));
        fields.insert("sections".into(), Value::from(sections));
        fields.insert("content".into(), Value::safe_string(content));
        let headings = page.contents.iter().zip(contents).map(|(item, html)| {
            let mut fields = Value::from_serializable(item).into_map().unwrap_or_default();
            fields.insert("html".into(), Value::safe_string(&html));
            Value::from(fields)
        });
        fields.insert("contents".into(), Value::from(headings.collect::<Vec<Value>>()));
        let page_value = Value::from(fields);
        let mut context = self.base.clone();
        if page.kind == "section" {
            context.insert_value("section", page_value.clone());
        }
        context.insert_value("page", page_value);
        context
    }

    /// The pages right below a place, as they stand in a list.
    fn pages(&self, plan: &Plan<'_>, place: usize) -> Value {
        let below = plan.places[place].children.iter();
        let pages = below.filter(|child| plan.places[**child].kind == Kind::Page);
        Value::from(pages.filter_map(|child| self.entries[*child].clone()).collect::<Vec<Value>>())
    }

    /// A section in a list, with its pages.
    fn section(&self, plan: &Plan<'_>, place: usize) -> Option<Value> {
        let mut fields = self.entries[place].clone()?.into_map().unwrap_or_default();
        fields.insert("pages".into(), self.pages(plan, place));
        fields.insert("name".into(), Value::from(plan.places[place].route.as_str()));
        Some(Value::from(fields))
    }

    /// What a page gets that leads to `target`.
    pub(super) fn redirect(&self, target: &Page) -> Context {
        let mut context = self.base.clone();
        let Page { title, url, permalink, .. } = target;
        context.insert("target", &TargetView { title, url, permalink });
        context
    }

    pub(super) fn shared(&self, plan: &Plan<'_>, sites: &[EditionSite]) -> Context {
        let mut context = self.base.clone();
        let entries: Vec<SharedEntry<'_>> = sites.iter().filter_map(shared_entry).collect();
        context.insert("entries", &entries);
        context.insert("permalink", plan.config.base_url.as_str());
        let alternates: Vec<Alternate> = alternates(plan, 0);
        context.insert("alternates", &alternates);
        context.insert("card", &sites.iter().find_map(|site| site.page(0)).map(|home| &home.card));
        context
    }
}

fn shared_entry(site: &EditionSite) -> Option<SharedEntry<'_>> {
    let home = site.page(0)?;
    Some(SharedEntry {
        edition: &site.info,
        site_title: &site.title,
        title: &home.title,
        kicker: home.kicker.as_deref(),
        subtitle: home.subtitle.as_deref(),
        subtitle_lang: home.subtitle_lang.as_deref(),
        summary: home.summary.as_deref().unwrap_or(&home.description),
        url: &home.url,
        nav: &site.nav,
        strings: &site.strings,
    })
}
