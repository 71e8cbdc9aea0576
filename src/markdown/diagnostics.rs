//! What is said about front matter and Markdown.

use crate::content::Source;
use crate::diagnostic::Diagnostic;
use crate::dialect::{Language, Origin, Text};
use crate::script::inline::ProblemKind;
use std::ops::Range;

fn at(diagnostic: Diagnostic, origin: Origin<'_>, span: Range<usize>) -> Diagnostic {
    diagnostic.at(origin.path, origin.text, span)
}

pub(super) fn no_front_matter(origin: Origin<'_>) -> Diagnostic {
    at(Diagnostic::error("missing-title", "this page has no front matter, so it has no title"), origin, 0..0)
        .help("begin the file with a heading (# …), or with three lines: +++, title = \"…\", +++")
}

pub(super) fn unclosed(origin: Origin<'_>, start: usize, fence: &str) -> Diagnostic {
    let message = format!("the front matter is not closed: there is no second `{fence}` line");
    at(Diagnostic::error("front-matter", message), origin, start..start + 3)
        .help(format!("write `{fence}` on a line of its own after the last key"))
}

pub(super) fn incomplete_subtitle(origin: Origin<'_>, span: Range<usize>) -> Diagnostic {
    at(Diagnostic::error("missing-key", "a subtitle that is shown as written needs a `text` and a `lang`"), origin, span)
        .help("write subtitle = { text = \"…\", lang = \"zh-Hant\" }, or subtitle = \"…\" for one that is converted")
}

pub(super) fn missing_title(origin: Origin<'_>, language: Language, fenced: usize) -> Diagnostic {
    let example = match language {
        Language::Toml => "title = \"…\"",
        Language::Yaml => "title: …",
    };
    let end = fenced.saturating_sub(1);
    let start = origin.text[..end].rfind('\n').map_or(0, |line| line + 1);
    at(Diagnostic::error("missing-title", "`title` is missing"), origin, start..end).help(format!(
        "add a line to the front matter: {example}, or begin the text below with a heading: # …"
    ))
}

pub(super) fn alias(origin: Origin<'_>, text: &Text, why: &str) -> Diagnostic {
    let message = format!("`aliases` cannot hold \"{}\": {why}", text.value);
    at(Diagnostic::error("alias", message), origin, text.span.clone())
        .help("write a path of this site, such as \"/2020/01/old-name/\"")
}

pub(super) fn pattern(origin: Origin<'_>, key: &str, text: &Text) -> Diagnostic {
    let message = format!("`{key}` is a pattern, and patterns of addresses are not used");
    at(Diagnostic::warning("address-not-used", message), origin, text.span.clone())
        .help("delete the line; if the page had an address there, write that address: aliases: [/2020/01/old-name/]")
}

pub(super) fn foreign_address(origin: Origin<'_>, key: &str, text: &Text, why: &str) -> Diagnostic {
    let message = format!("`{key}` is not used: {why}");
    at(Diagnostic::warning("address-not-used", message), origin, text.span.clone())
        .help("delete the line, or write the path the page had on this site, such as /2020/01/old-name/")
}

pub(super) fn slug(origin: Origin<'_>, text: &Text, clean: &str) -> Diagnostic {
    let message = format!("`slug` cannot be \"{}\": it holds what no url should hold", text.value);
    let diagnostic = at(Diagnostic::error("slug", message), origin, text.span.clone());
    if clean.is_empty() {
        diagnostic.help("use letters, digits and hyphens")
    } else {
        diagnostic.help(format!("write slug = \"{clean}\""))
    }
}

pub(super) fn script(origin: Origin<'_>, text: &Text) -> Diagnostic {
    let message = format!("`script` cannot be \"{}\"", text.value);
    at(Diagnostic::error("unknown-value", message), origin, text.span.clone()).help(
        "use \"hans\" for Simplified or \"hant\" for Traditional, or leave it out: it is found from the text",
    )
}

pub(super) fn lang(origin: Origin<'_>, text: &Text, why: &str) -> Diagnostic {
    at(
        Diagnostic::error("lang", format!("\"{}\" is no language tag: {why}", text.value)),
        origin,
        text.span.clone(),
    )
}

pub(super) fn incomplete_figure(origin: Origin<'_>, span: Range<usize>) -> Diagnostic {
    at(Diagnostic::error("missing-key", "a key figure needs a `value` and a `label`"), origin, span)
        .help("[[figures]], then value = \"1,141\", unit = \"家\", label = \"国家高新技术企业\", one a line")
}

pub(super) fn raw_html(source: &Source, span: Range<usize>) -> Diagnostic {
    Diagnostic::error("raw-html", "HTML is not let through in content")
        .at(&source.path, &source.text, span)
        .help("write it as Markdown, put it in a template, or set raw_html = true under [markdown] in site.toml; a < that is meant as itself is written \\<")
}

pub(super) fn unclosed_rule(source: &Source, span: Range<usize>) -> Diagnostic {
    let problem = ProblemKind::Unclosed;
    Diagnostic::warning("inline-rule", problem.message())
        .at(&source.path, &source.text, span)
        .help(problem.help())
}

pub(super) fn unclosed_rule_in(origin: Origin<'_>, text: &Text, at: usize) -> Diagnostic {
    let problem = ProblemKind::Unclosed;
    let literal = &origin.text[text.span.clone()];
    let start = text.span.start + literal.find(&text.value).unwrap_or(0) + at;
    let end = (start + 2).min(text.span.end.max(start));
    self::at(Diagnostic::warning("inline-rule", problem.message()), origin, start..end).help(problem.help())
}

pub(super) fn footnote_undefined(source: &Source, span: Range<usize>, label: &str) -> Diagnostic {
    Diagnostic::warning("footnote", format!("there is no footnote `{label}`, so this is no reference"))
        .at(&source.path, &source.text, span)
        .help(format!("write its text on a line of its own: [^{label}]: …"))
}

pub(super) fn footnote_unused(source: &Source, span: Range<usize>, label: &str) -> Diagnostic {
    Diagnostic::warning(
        "unused-footnote",
        format!("nothing refers to the footnote `{label}`, so it is left out"),
    )
    .at(&source.path, &source.text, span)
    .help(format!("write [^{label}] where it belongs, or delete it"))
}

pub(super) fn id_twice(source: &Source, span: Range<usize>, id: &str) -> Diagnostic {
    Diagnostic::error("id-twice", format!("the id `{id}` is there twice on this page"))
        .at(&source.path, &source.text, span)
        .help("give one of the two another id")
}

pub(super) fn missing_alt(source: &Source, span: Range<usize>) -> Diagnostic {
    Diagnostic::warning("missing-alt", "this image has no alt text")
        .at(&source.path, &source.text, span)
        .help("say what it shows: ![what it shows](file)")
}

pub(super) fn footnote_twice(source: &Source, span: Range<usize>, label: &str) -> Diagnostic {
    Diagnostic::error("footnote", format!("the footnote `{label}` is there twice"))
        .at(&source.path, &source.text, span)
        .help("give one of the two another label, and say so where it is referred to")
}

pub(super) fn undefined_reference(source: &Source, span: Range<usize>, label: &str) -> Diagnostic {
    Diagnostic::warning(
        "undefined-reference",
        format!("there is no link definition `[{label}]:`, so this is no link"),
    )
    .at(&source.path, &source.text, span)
    .help(format!(
        "write [{label}]: address on a line of its own, or a \\ before the first [ if no link is meant"
    ))
}

pub(super) fn empty_heading(source: &Source, span: Range<usize>) -> Diagnostic {
    Diagnostic::warning("empty-heading", "this heading has no text, so it is left out")
        .at(&source.path, &source.text, span)
        .help("write the heading's text, or delete the line")
}

pub(super) fn empty_link(source: &Source, span: Range<usize>) -> Diagnostic {
    Diagnostic::warning("empty-link", "this link has no text, so nobody can see or follow it")
        .at(&source.path, &source.text, span)
        .help("write the text between the brackets: [text](address)")
}

pub(super) fn reserved_id(source: &Source, span: Range<usize>, id: &str) -> Diagnostic {
    Diagnostic::error("id-twice", format!("the id `{id}` belongs to the page's frame or to a footnote"))
        .at(&source.path, &source.text, span)
        .help("use another id")
}
