//! `site.toml`: what the house decides about its site.
//!
//! In: the texts of `site.toml` and `glossary.toml`. Out: a [`Config`] in which everything is checked. Never: a disk access, or a look at
//! the content.

mod base_url;
mod compare;
mod cards;
mod diagnostics;
mod editions;
mod glossary;
mod lists;
mod theme;
mod publishing;
mod time_zone;

pub use base_url::BaseUrl;
pub use cards::{CardFont, Cards};
pub use compare::Pair;
pub use editions::{Calendar, Edition, Making, is_usual_language};
pub use glossary::Glossary;
pub use lists::Lists;
pub use publishing::{Host, host_files};
pub use theme::{Colour, Colours, Fonts, LEAST_CONTRAST, OWN, Theme};
pub use time_zone::TimeZone;

use crate::diagnostic::{Checked, Diagnostic, Severity, has_errors};
use crate::dialect::{self, Entry, Language, Origin};

/// The file's name, as messages call it.
pub const FILE: &str = "site.toml";

/// The name of the file that may hold the site's glossary.
pub const GLOSSARY: &str = "glossary.toml";

/// The texts that the settings are read from.
#[derive(Debug, Clone, Default)]
pub struct Files {
    /// `site.toml`.
    pub site: String,
    /// `glossary.toml`, if there is one.
    pub glossary: Option<String>,
}

/// What converts characters between the scripts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Engine {
    /// jianbao's own: words, curated rules, mixed text.
    #[default]
    Editorial,
    /// The C++ OpenCC (feature `opencc`), for characters; all else is as always.
    OpenCc,
}

/// A site's settings.
#[derive(Debug, Clone)]
pub struct Config {
    /// The site's name, as written.
    pub title: String,
    /// A sentence on the site, as written.
    pub description: Option<String>,
    /// The address the site is published at.
    pub base_url: BaseUrl,
    /// The editions, in the order in which they are offered; at least one.
    pub editions: Vec<Edition>,
    /// The pairs of editions that are shown side by side.
    pub compared: Vec<Pair>,
    /// The site's own layer of the glossary.
    pub glossary: Glossary,
    /// What converts characters.
    pub engine: Engine,
    /// Where the clock stands that dates without an offset are read by.
    pub time_zone: TimeZone,
    /// How bad a link is that leads nowhere.
    pub broken_links: Severity,
    /// Whether HTML in content is let through.
    pub raw_html: bool,
    /// Whether pages may show images of other sites.
    pub external_images: bool,
    /// What lists of pages are made.
    pub lists: Lists,
    /// What of the theme's look is the site's own.
    pub theme: Theme,
    /// Whether readers can search it.
    pub search: bool,
    /// How many pages a feed lists; 0 where there are no feeds.
    pub feed_entries: usize,
    /// The hosts and servers that the site brings files for.
    pub hosts: Vec<Host>,
    /// Social cards.
    pub cards: Cards,
    /// Free values for templates; their texts are converted.
    pub extra: Vec<Entry>,
}

/// Reads the text of `site.toml`.
pub fn parse(text: &str) -> Checked<Config> {
    parse_for(&Files { site: text.to_owned(), glossary: None }, None)
}

/// Reads the settings of a site that is published at `address`, whatever the file says.
pub fn parse_for(files: &Files, address: Option<&BaseUrl>) -> Checked<Config> {
    let mut diagnostics = Vec::new();
    let text = files.site.as_str();
    let origin = Origin { path: FILE, text };
    let mut fields = dialect::read(Language::Toml, origin, 0..text.len(), &mut diagnostics);
    let terms = files.glossary.as_deref().unwrap_or_default();
    let terms = Origin { path: GLOSSARY, text: terms };
    let mut terms = dialect::read(Language::Toml, terms, 0..terms.text.len(), &mut diagnostics);
    if has_errors(&diagnostics) {
        return Checked::failed(diagnostics);
    }

    let title = fields.text("title", &mut diagnostics);
    let own_address = fields.text("base_url", &mut diagnostics);
    let description = fields.text("description", &mut diagnostics).map(|text| text.value);
    let broken_links = links(&mut fields, &mut diagnostics);
    let (raw_html, external_images) = markdown(&mut fields, &mut diagnostics);
    let editions = editions::read(&mut fields, &mut diagnostics);
    let compared = compare::read(&mut fields, &editions, &mut diagnostics);
    let engine = engine(&mut fields, &mut diagnostics);
    let time_zone = time_zone(&mut fields, &mut diagnostics);
    let feed_entries = publishing::feed_entries(&mut fields, &mut diagnostics);
    let hosts = publishing::hosts(&mut fields, &mut diagnostics);
    let glossary = glossary::read(&mut [&mut fields, &mut terms], &mut diagnostics);
    let lists = lists::read(&mut fields, &mut diagnostics);
    let theme = theme::read(&mut fields, &mut diagnostics);
    let search = fields.boolean("search", &mut diagnostics).unwrap_or(true);
    let cards = cards::read(&mut fields, &mut diagnostics);
    let extra = fields.free("extra", &mut diagnostics);
    fields.finish(&mut diagnostics);
    terms.finish(&mut diagnostics);

    if title.is_none() && !dialect::is_explained("title", &diagnostics) {
        diagnostics.push(diagnostics::missing(origin, "title", "title = \"简报\""));
    }
    let base_url = match address {
        Some(address) => Some(address.clone()),
        None => base_url(origin, own_address, &mut diagnostics),
    };
    match (title, base_url) {
        (Some(title), Some(base_url)) if !has_errors(&diagnostics) => Checked::new(
            Config {
                title: title.value,
                description,
                base_url,
                editions,
                compared,
                glossary,
                engine,
                time_zone,
                broken_links,
                raw_html,
                external_images,
                lists,
                theme,
                search,
                feed_entries,
                hosts,
                cards,
                extra,
            },
            diagnostics,
        ),
        _ => Checked::failed(diagnostics),
    }
}

fn base_url(
    origin: Origin<'_>,
    written: Option<dialect::Text>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<BaseUrl> {
    let Some(text) = written else {
        if !dialect::is_explained("base_url", diagnostics) {
            let example = "base_url = \"https://example.org/brief/\"";
            diagnostics.push(diagnostics::missing(origin, "base_url", example));
        }
        return None;
    };
    BaseUrl::parse(&text.value)
        .map_err(|why| diagnostics.push(diagnostics::base_url(origin, text.span, why)))
        .ok()
}

fn links(fields: &mut dialect::Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Severity {
    let Some(mut links) = fields.table("links", diagnostics) else { return Severity::Error };
    let broken = links.text("broken", diagnostics);
    let origin = links.origin();
    links.finish(diagnostics);
    match broken.as_ref().map(|text| text.value.as_str()) {
        None | Some("error") => Severity::Error,
        Some("warn") => Severity::Warning,
        Some(_) => {
            diagnostics
                .extend(broken.map(|text| diagnostics::choice(origin, &text, "broken", &["error", "warn"])));
            Severity::Error
        }
    }
}

fn engine(fields: &mut dialect::Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Engine {
    let origin = fields.origin();
    let Some(text) = fields.text("engine", diagnostics) else { return Engine::Editorial };
    match text.value.as_str() {
        "editorial" => {}
        "opencc" if cfg!(feature = "opencc") => return Engine::OpenCc,
        "opencc" => diagnostics.push(diagnostics::no_opencc(origin, &text)),
        _ => diagnostics.push(diagnostics::choice(origin, &text, "engine", &["editorial", "opencc"])),
    }
    Engine::Editorial
}

fn time_zone(fields: &mut dialect::Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> TimeZone {
    let origin = fields.origin();
    let Some(text) = fields.text("time_zone", diagnostics) else { return TimeZone::default() };
    TimeZone::parse(&text.value).unwrap_or_else(|near| {
        diagnostics.push(diagnostics::time_zone(origin, &text, near));
        TimeZone::default()
    })
}

/// Whether HTML is let through, and images of other sites.
fn markdown(fields: &mut dialect::Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> (bool, bool) {
    let Some(mut markdown) = fields.table("markdown", diagnostics) else { return (false, false) };
    let mut says = |key| markdown.boolean(key, diagnostics).unwrap_or(false);
    let said = (says("raw_html"), says("external_images"));
    markdown.finish(diagnostics);
    said
}
