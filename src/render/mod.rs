//! From a page to bytes: its body as HTML, then the template around it.
//!
//! In: the plan, an edition and its pages. Out: [`OutFile`]s. Never: a conversion, a decision about addresses, or a
//! disk access. What is shared by all pages of an edition (navigation, strings, list entries) is made into template
//! values once and shared, not copied.

mod body;
mod chart;
mod compare;
mod component;
mod components;
mod data;
mod diagnostics;
mod escape;
mod frame;
mod linked_data;
mod picture;
mod reading;
mod templates;

pub use body::{Body, addresses, render_alone};
pub use compare::Beside;
pub use component::components;
pub use data::{DataAsked, data_asked_for};
pub use frame::EditionFrame;
pub use templates::Templates;

use crate::diagnostic::Diagnostic;
use crate::site::{EditionSite, ListPage, NOT_FOUND, Page, Plan, Redirect, SEARCH_FOLDER};
use component::Setting;
use frame::Made;
use std::sync::Arc;

/// The template of the search page.
pub const SEARCH: &str = "search.html";

/// A finished file on its way to the output folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutFile {
    /// Relative to the output folder, with `/` between names, e.g. `zh-hans/ai/index.html`. No `.`, `..`, empty name
    /// or control character.
    pub path: String,
    /// What the file holds; shared, because an asset is the same in several editions.
    pub bytes: Arc<Vec<u8>>,
}

impl OutFile {
    /// A file of its own bytes.
    pub fn new(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { path: path.into(), bytes: Arc::new(bytes.into()) }
    }
}

/// Renders a page of an edition; its body is given back for the pages that show it beside another.
pub fn render(
    plan: &Plan<'_>,
    site: &EditionSite,
    frame: &EditionFrame,
    page: &Page,
    templates: &Templates,
) -> Result<(OutFile, Body), Diagnostic> {
    let source = &page.text(plan).source.path;
    let body = body::render(plan, site, page, &setting(plan, site, frame, page, templates))?;
    let contents = page.contents.iter().map(|item| body::heading(plan, site, page, item.node)).collect();
    let made = Made {
        content: &body.html,
        contents,
        data: linked_data::of_page(plan, site, page),
        places: reading::places(plan, page),
        extras: reading::has_extras(page.text(plan).document),
    };
    let context = frame.page(plan, page, made);
    let template = match page.kind {
        "home" => "home.html",
        "section" => "section.html",
        _ => "page.html",
    };
    templates.render(template, &context, page.path.clone(), source).map(|file| (file, body))
}

/// Renders the body of a page for a feed: every address in it has its host.
pub fn render_elsewhere(
    plan: &Plan<'_>,
    site: &EditionSite,
    frame: &EditionFrame,
    page: &Page,
    templates: &Templates,
) -> Result<String, Diagnostic> {
    body::render_elsewhere(plan, site, page, &setting(plan, site, frame, page, templates))
}

fn setting<'a>(
    plan: &'a Plan<'_>,
    site: &'a EditionSite,
    frame: &'a EditionFrame,
    page: &'a Page,
    templates: &'a Templates,
) -> Setting<'a> {
    let untitled = site.strings.get("chart").map_or("chart", String::as_str);
    Setting { frame, templates, page: &page.text(plan).source.path, untitled }
}

/// Renders a page that does nothing but lead to another. `site` and `frame` are those of its edition.
pub fn render_redirect(
    plan: &Plan<'_>,
    site: &EditionSite,
    frame: &EditionFrame,
    redirect: &Redirect,
    templates: &Templates,
) -> Option<Result<OutFile, Diagnostic>> {
    let page = site.page(redirect.place)?;
    let source = &plan.documents[redirect.place].source.path;
    Some(templates.render("redirect.html", &frame.redirect(page), redirect.path.clone(), source))
}

/// Renders a part of a list of pages.
pub fn render_list(
    plan: &Plan<'_>,
    site: &EditionSite,
    frame: &EditionFrame,
    list: &ListPage,
    templates: &Templates,
) -> Result<OutFile, Diagnostic> {
    let template = match list.kind {
        "tags" => "tags.html",
        "archive" => "archive.html",
        _ => "list.html",
    };
    templates.render(
        template,
        &frame.list(plan, site, list, &linked_data::of_list(plan, site, list)),
        list.path.clone(),
        &list.path,
    )
}

/// Renders the search page of an edition; none where the theme has no template for one.
pub fn render_search(
    plan: &Plan<'_>,
    site: &EditionSite,
    frame: &EditionFrame,
    templates: &Templates,
) -> Option<Result<OutFile, Diagnostic>> {
    let context = templates.has(SEARCH).then(|| frame.search(plan, site))?;
    let path = format!("{}/{SEARCH_FOLDER}/index.html", plan.config.editions[site.edition].dir());
    Some(templates.render(SEARCH, &context, path, SEARCH))
}

/// Renders the pages that belong to no edition: the entry page and, if the site has none of its own, the page for what is not found.
pub fn render_shared(
    plan: &Plan<'_>,
    sites: &[EditionSite],
    frames: &[EditionFrame],
    templates: &Templates,
    has_own: bool,
) -> Vec<Result<OutFile, Diagnostic>> {
    let Some(first) = frames.first() else { return Vec::new() };
    let context = first.shared(plan, sites);
    [("entry.html", "index.html"), ("404.html", NOT_FOUND)]
        .into_iter()
        .filter(|(_, path)| !(has_own && *path == NOT_FOUND))
        .map(|(template, path)| templates.render(template, &context, path.to_owned(), path))
        .collect()
}
