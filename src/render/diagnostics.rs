//! What is said about templates.

use super::components::Cycle;
use crate::content::Template;
use crate::diagnostic::{Diagnostic, lower_first, nearest};
use std::collections::BTreeMap;
use std::ops::Range;

/// Where an author looks up what a template can use.
const REFERENCE: &str = "docs/templates.md lists the variables a template gets";

pub(super) fn in_template(
    template: &Template,
    span: Range<usize>,
    message: &str,
    page: Option<&str>,
) -> Diagnostic {
    self::template(&template.path, message, page).at(&template.path, &template.text, span)
}

pub(super) fn template(path: &str, message: &str, page: Option<&str>) -> Diagnostic {
    let message = lower_first(message.trim().trim_end_matches('.'));
    let (while_doing, help) = match page {
        Some(page) => (format!(" (while rendering {page})"), REFERENCE),
        None => (String::new(), "mend the template, or delete it to use the theme's own"),
    };
    let diagnostic = Diagnostic::error("template", format!("{message}{while_doing}")).help(help);
    if path.is_empty() { diagnostic } else { diagnostic.in_file(path) }
}

pub(super) fn cycle(template: Option<&Template>, name: &str, verb: &str, chain: &[&str]) -> Diagnostic {
    let message = format!("the template {name} {verb} itself: {}", chain.join(" → "));
    let diagnostic = Diagnostic::error("template-cycle", message).help("break the chain at one of its links");
    match template {
        Some(template) => diagnostic.in_file(&template.path),
        None => diagnostic,
    }
}

pub(super) fn endless(sources: &[Template], name: &str, page: &str, most: usize) -> Diagnostic {
    let path = sources.iter().find(|template| template.name == name).map_or(name, |template| &template.path);
    template(path, &format!("the page has more than {} MB", most >> 20), Some(page))
        .help("look for a loop in the template that repeats without need")
}

pub(super) fn component_cycle(cycle: &Cycle<'_>) -> Diagnostic {
    let (template, span) = &cycle.definition;
    let names: Vec<String> =
        cycle.chain.iter().map(|(name, template)| format!("{name} ({})", template.name)).collect();
    let message = format!("the component {} contains itself: {}", cycle.chain[0].0, names.join(" → "));
    Diagnostic::error("template-cycle", message)
        .at(&template.path, &template.text, span.clone())
        .help("break the chain at one of its links")
}

pub(super) fn missing_parent(sources: &[Template], current: &str, parent: &str) -> Diagnostic {
    let message = format!("there is no template {parent}, which {current} extends");
    let diagnostic = Diagnostic::error("template", message);
    let diagnostic = match sources.iter().find(|template| template.name == current) {
        Some(template) => match template.text.find(parent) {
            Some(at) => diagnostic.at(&template.path, &template.text, at..at + parent.len()),
            None => diagnostic.in_file(&template.path),
        },
        None => diagnostic,
    };
    match nearest(parent, sources.iter().map(|template| template.name.as_str())) {
        Some(near) => diagnostic.help(format!("did you mean {near}?")),
        None => diagnostic.help("the theme's frame is base.html"),
    }
}

/// `frame` is the site's own, and templates of the theme fill `blocks`.
pub(super) fn lacks_blocks(frame: &Template, blocks: &[&str]) -> Diagnostic {
    let names: Vec<String> = blocks.iter().map(|block| format!("`{block}`")).collect();
    let tags: Vec<String> =
        blocks.iter().map(|block| format!("{{% block {block} %}}{{% endblock {block} %}}")).collect();
    let are_no = if blocks.len() == 1 { "is no block" } else { "are no blocks" };
    let message = format!("there {are_no} {} here, which the theme's templates fill", names.join(", "));
    Diagnostic::error("template", message).in_file(&frame.path).help(format!(
        "add {} where it is to stand (docs/theme.md says what each holds), or delete the file to use the theme's own",
        tags.join(" and ")
    ))
}

/// What `static_url` says of a file that is not there.
pub(super) fn no_static(path: &str, statics: &BTreeMap<String, String>) -> String {
    match nearest(path, statics.keys().map(String::as_str)) {
        Some(near) => format!("there is no file static/{path}; did you mean {near}?"),
        None => format!("there is no file static/{path}"),
    }
}
