//! The templates of a site, and their errors in the author's terms.

use super::{OutFile, diagnostics};
use crate::content::Template;
use crate::diagnostic::{Checked, Diagnostic};
use tera::{Context, ErrorKind, Tera};

/// Templates that have been parsed and whose inheritance is sound.
#[derive(Debug)]
pub struct Templates {
    tera: Tera,
    sources: Vec<Template>,
}

impl Templates {
    /// Parses all templates; cycles of `extends` and `include` are refused here, before anything is rendered.
    pub fn new(sources: &[Template]) -> Checked<Self> {
        let mut tera = Tera::new();
        let pairs = sources.iter().map(|template| (template.name.as_str(), template.text.as_str()));
        match tera.add_raw_templates(pairs) {
            Ok(()) => Checked::new(Self { tera, sources: sources.to_vec() }, Vec::new()),
            Err(error) => Checked::failed(vec![explain(sources, &error, None)]),
        }
    }

    /// Renders one page. `page` names it in messages.
    pub(super) fn render(
        &self,
        template: &str,
        context: &Context,
        path: String,
        page: &str,
    ) -> Result<OutFile, Diagnostic> {
        let mut bytes = Vec::with_capacity(16 * 1024);
        match self.tera.render_to(template, context, &mut bytes) {
            Ok(()) => Ok(OutFile { path, bytes }),
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
            diagnostics::cycle(find(tpl), tpl, "extends", inheritance_chain)
        }
        ErrorKind::CircularInclude { tpl, include_chain } => {
            diagnostics::cycle(find(tpl), tpl, "includes", include_chain)
        }
        ErrorKind::MissingParent { current, parent } => diagnostics::missing_parent(sources, current, parent),
        other => diagnostics::template("", &other.to_string(), page),
    }
}
