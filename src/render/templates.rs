//! The templates of a site, and their errors in the author's terms.

use super::{OutFile, component, components, diagnostics};
use crate::content::Template;
use crate::diagnostic::{Checked, Diagnostic};
use crate::markdown::Known;
use std::collections::BTreeMap;
use std::io::{self, Write};
use tera::{Context, ErrorKind, Kwargs, State, Tera};

/// A page has at most so many bytes; a loop in a template that makes more has gone astray.
const LARGEST_PAGE: usize = 128 << 20;

/// A page while it is written.
struct Bounded {
    bytes: Vec<u8>,
    is_full: bool,
}

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.is_full |= self.bytes.len() + bytes.len() > LARGEST_PAGE;
        if self.is_full {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Templates that have been parsed and whose inheritance is sound.
#[derive(Debug)]
pub struct Templates {
    tera: Tera,
    sources: Vec<Template>,
    components: Known,
}

impl Templates {
    /// Parses all templates; cycles of `extends`, `include` and components are refused here, before anything is
    /// rendered. `statics` are the addresses of static files by their names.
    pub fn new(sources: &[Template], statics: BTreeMap<String, String>) -> Checked<Self> {
        let mut tera = Tera::new();
        tera.register_function("static_url", move |arguments: Kwargs, _: &State<'_>| {
            let path = arguments.must_get::<&str>("path")?;
            statics
                .get(path)
                .cloned()
                .ok_or_else(|| tera::Error::message(diagnostics::no_static(path, &statics)))
        });
        let pairs = sources.iter().map(|template| (template.name.as_str(), template.text.as_str()));
        if let Some(cycle) = components::cycle(sources) {
            return Checked::failed(vec![diagnostics::component_cycle(&cycle)]);
        }
        match tera.add_raw_templates(pairs) {
            Ok(()) => {
                let components = component::components(sources);
                Checked::new(Self { tera, sources: sources.to_vec(), components }, Vec::new())
            }
            Err(error) => Checked::failed(vec![explain(sources, &error, None)]),
        }
    }

    /// Whether there is a template of this name.
    pub fn has(&self, template: &str) -> bool {
        self.sources.iter().any(|source| source.name == template)
    }

    /// Renders one page. `page` names it in messages.
    pub(super) fn render(
        &self,
        template: &str,
        context: &Context,
        path: String,
        page: &str,
    ) -> Result<OutFile, Diagnostic> {
        self.bytes(template, context, page).map(|bytes| OutFile::new(path, bytes))
    }

    /// Renders a part of the page `page`.
    pub(super) fn part(&self, template: &str, context: &Context, page: &str) -> Result<String, Diagnostic> {
        let bytes = self.bytes(template, context, page)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// The components that there are templates for.
    pub(super) fn components(&self) -> &Known {
        &self.components
    }

    fn bytes(&self, template: &str, context: &Context, page: &str) -> Result<Vec<u8>, Diagnostic> {
        let mut bounded = Bounded { bytes: Vec::with_capacity(16 * 1024), is_full: false };
        match self.tera.render_to(template, context, &mut bounded) {
            Ok(()) => Ok(bounded.bytes),
            Err(_) if bounded.is_full => {
                Err(diagnostics::endless(&self.sources, template, page, LARGEST_PAGE))
            }
            Err(error) => Err(explain(&self.sources, &error, Some(page))),
        }
    }
}

fn explain(sources: &[Template], error: &tera::Error, page: Option<&str>) -> Diagnostic {
    let find = |name: &str| sources.iter().find(|template| template.name == name);
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => match find(report.filename()) {
            Some(template) => {
                diagnostics::in_template(template, report.span().range.clone(), report.message(), page)
            }
            None => diagnostics::template(report.filename(), report.message(), page),
        },
        ErrorKind::CircularExtend { tpl, inheritance_chain } => {
            let (tpl, chain) = closed(tpl, inheritance_chain);
            diagnostics::cycle(find(tpl), tpl, "extends", &chain)
        }
        ErrorKind::CircularInclude { tpl, include_chain } => {
            let (tpl, chain) = closed(tpl, include_chain);
            diagnostics::cycle(find(tpl), tpl, "includes", &chain)
        }
        ErrorKind::MissingParent { current, parent } => diagnostics::missing_parent(sources, current, parent),
        other => {
            let text = other.to_string();
            if let Some((frame, blocks)) = lacking(sources, &text) {
                return diagnostics::lacks_blocks(frame, &blocks);
            }
            match reported(&text).and_then(|(message, name, line, column)| {
                let template = find(name)?;
                Some((message, template, offset(&template.text, line, column)))
            }) {
                Some((message, template, at)) => {
                    diagnostics::in_template(template, at..at + 1, message, page)
                }
                None => diagnostics::template("", &text, page),
            }
        }
    }
}

/// The part of a chain that is a circle, and its first member. Tera's chain may begin after the template it is about, or
/// with one that only leads to the circle.
fn closed<'a>(template: &'a str, chain: &'a [String]) -> (&'a str, Vec<&'a str>) {
    let whole: Vec<&str> = std::iter::once(template).chain(chain.iter().map(String::as_str)).collect();
    let last = whole[whole.len() - 1];
    let start = whole[..whole.len() - 1].iter().rposition(|name| *name == last).unwrap_or(0);
    (last, whole[start..].to_vec())
}

/// Message, template, line and column of a report that Tera gives as text only:
/// `error: Unknown filter …` and ` --> page.html:1:17` on the next line.
fn reported(text: &str) -> Option<(&str, &str, usize, usize)> {
    let mut lines = text.lines();
    let message = lines.next()?.trim_start_matches("error: ");
    let mut place = lines.next()?.trim().strip_prefix("--> ")?.rsplitn(3, ':');
    let column = place.next()?.parse().ok()?;
    let line = place.next()?.parse().ok()?;
    Some((message, place.next()?, line, column))
}

/// The site's own template that lacks blocks which templates of the theme fill, and these blocks. Tera says it of the
/// theme's templates, which nobody can change.
fn lacking<'a>(sources: &'a [Template], text: &'a str) -> Option<(&'a Template, Vec<&'a str>)> {
    let reports = text.match_indices(NO_BLOCK[0]).filter_map(|(at, _)| reported(&text[at..]));
    let mut lacking = reports.filter_map(|(message, name, ..)| {
        let block = message.strip_prefix(NO_BLOCK[0])?.strip_suffix(NO_BLOCK[1])?;
        let filling = sources.iter().find(|template| template.name == name)?;
        Some((own_frame(sources, filling)?, block))
    });
    let (frame, first) = lacking.next()?;
    let mut blocks = vec![first];
    for (_, block) in lacking.filter(|(other, _)| other.name == frame.name) {
        if !blocks.contains(&block) {
            blocks.push(block);
        }
    }
    Some((frame, blocks))
}

/// How Tera says that a block is filled that is nowhere to be filled: what stands before its name and behind it.
const NO_BLOCK: [&str; 2] = ["Block `", "` is not defined in any parent template"];

/// The site's own template that one of the theme extends, however far up.
fn own_frame<'a>(sources: &'a [Template], of_theme: &'a Template) -> Option<&'a Template> {
    let parent = |template: &&'a Template| {
        let parent = components::parent(&template.text)?;
        sources.iter().find(|template| template.name == parent)
    };
    // Circles have been refused; the bound is for whoever changes that.
    let chain = std::iter::successors(Some(of_theme), parent).take(sources.len());
    let mut chain = chain.skip_while(|_| of_theme.is_own());
    chain.find(|template| template.is_own())
}

/// The byte at a line and a column, both from 1.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let within = text[start..].chars().take(column - 1).map(char::len_utf8).sum::<usize>();
    start + within
}
