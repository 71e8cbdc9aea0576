//! What is said about front matter and Markdown.

use super::Heading;
use super::chart::Problem;
use super::containers::Nearly;
use crate::content::Source;
use crate::diagnostic::{Diagnostic, lower_first, nearest};
use crate::dialect::{Language, Origin, Text};
use crate::math;
use crate::script::inline::ProblemKind;
use std::collections::BTreeSet;
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

pub(super) fn key_of_page(origin: Origin<'_>, span: Range<usize>, key: &str, page: &str) -> Diagnostic {
    let message = format!("`{key}` is the same in all editions, so it belongs to the page");
    at(Diagnostic::error("twin-key", message), origin, span)
        .help(format!("delete it here, and write it in {page} if it is missing there"))
}

pub(super) fn key_of_conversion(origin: Origin<'_>, span: Range<usize>, key: &str) -> Diagnostic {
    let message = format!("`{key}` is for pages that are converted: this text is published as it is");
    at(Diagnostic::error("twin-key", message), origin, span).help("delete it")
}

pub(super) fn no_fingerprint(origin: Origin<'_>, text: &Text) -> Diagnostic {
    let message = format!("`based_on` cannot be \"{}\", expected 16 hexadecimal digits", text.value);
    at(Diagnostic::error("unknown-value", message), origin, text.span.clone())
        .help("delete the line, and run `jianbao check`: it says what to write")
}

pub(super) fn twin_without_text(source: &Source) -> Diagnostic {
    Diagnostic::error(
        "twin-without-text",
        "there is no text below the front matter, so this page would be empty in its edition",
    )
    .in_file(&source.path)
    .help("write the text, or delete the file: then the edition gets the converted page")
}

/// `lost` are ids of the page that nothing here has, `alone` headings whose ids only this text has.
pub(super) fn headings_out_of_step(
    source: &Source,
    page: &str,
    lost: &[Heading],
    alone: &[Heading],
) -> Diagnostic {
    let named = |headings: &[Heading]| {
        headings.iter().map(|heading| format!("`#{}`", heading.id)).collect::<Vec<_>>().join(", ")
    };
    let lost = named(lost);
    let message =
        format!("these headings are not those of {page}: links to {lost} do not find their place here");
    let diagnostic = Diagnostic::warning("twin-headings", message);
    match alone.first() {
        Some(first) => {
            let alone = named(alone);
            diagnostic.at(&source.path, &source.text, first.span.clone()).help(format!(
                "only this text has {alone}: give the heading that stands for one of the page its id, as in ## … {{#id}}"
            ))
        }
        None => diagnostic
            .in_file(&source.path)
            .help("write a heading for each of them, as in ## … {#id}, or see that nothing links there"),
    }
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

pub(super) fn footnote_full_width(source: &Source, span: Range<usize>, label: &str) -> Diagnostic {
    Diagnostic::warning("footnote", "a full-width colon begins no footnote, so this is text")
        .at(&source.path, &source.text, span)
        .help(format!("write a half-width colon and a space: [^{label}]: …"))
}

/// `whole` is a text in brackets, which is `text`, and behind it a destination in parentheses, which is `inner`.
pub(super) fn link_apart(
    source: &Source,
    whole: Range<usize>,
    text: Range<usize>,
    inner: Range<usize>,
) -> Diagnostic {
    let (text, inner) = (&source.text[text], &source.text[inner]);
    let address = inner.trim_matches(['(', '（', ')', '）']);
    let help = if address.contains(' ') {
        format!("write an address with spaces in angle brackets: {text}(<{address}>)")
    } else {
        format!("write half-width parentheses right behind the bracket: {text}({address})")
    };
    Diagnostic::warning("undefined-reference", format!("`{address}` is text here, so this is no link"))
        .at(&source.path, &source.text, whole)
        .help(help)
}

pub(super) fn heading_without_space(source: &Source, span: Range<usize>) -> Diagnostic {
    let line = &source.text[span.clone()];
    let text = line.trim_start_matches(['#', '＃']);
    let marks = "#".repeat(line.chars().take_while(|c| matches!(c, '#' | '＃')).count());
    of_source(Diagnostic::warning("heading", "this line begins like a heading and is text"), source, span)
        .help(format!("write half-width # marks and a half-width space: {marks} {}", text.trim()))
}

pub(super) fn heading_id_full_width(source: &Source, span: Range<usize>) -> Diagnostic {
    of_source(Diagnostic::warning("heading", "full-width braces give no id, so they are text"), source, span)
        .help("write half-width braces: {#id}")
}

/// `cells` are those of the first line and of the line below it.
pub(super) fn table_out_of_step(source: &Source, span: Range<usize>, cells: (usize, usize)) -> Diagnostic {
    let (first, second) = cells;
    let message =
        format!("this is no table: it has {} in its first line and {second} in this one", count(first));
    of_source(Diagnostic::warning("table", message), source, span)
        .help("write one --- for each cell of the first line: | --- | --- |")
}

pub(super) fn table_full_width(source: &Source, span: Range<usize>) -> Diagnostic {
    of_source(
        Diagnostic::warning("table", "full-width marks make no table, so these lines are text"),
        source,
        span,
    )
    .help("write half-width marks: | --- | --- |")
}

pub(super) fn row_too_long(source: &Source, span: Range<usize>, columns: usize) -> Diagnostic {
    let message =
        format!("this row has more than the {} of its table: what is too much is left out", count(columns));
    of_source(Diagnostic::warning("table", message), source, span)
        .help("widen the first two lines of the table, or write \\| for a | that is meant as itself")
}

fn count(cells: usize) -> String {
    if cells == 1 { "1 cell".to_owned() } else { format!("{cells} cells") }
}

pub(super) fn code_unclosed(source: &Source, span: Range<usize>, fence: &str) -> Diagnostic {
    of_source(
        Diagnostic::warning("code", "this block of code is never closed: all below it is code"),
        source,
        span,
    )
    .help(format!("write {fence} on a line of its own where it ends"))
}

pub(super) fn no_formula(source: &Source, span: Range<usize>) -> Diagnostic {
    of_source(
        Diagnostic::warning("formula", "this dollar sign begins no formula, so the LaTeX is text"),
        source,
        span,
    )
    .help("close the formula with a second $ in the same paragraph, and every { with a }")
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

pub(super) fn heading_attribute(
    source: &Source,
    span: Range<usize>,
    name: &str,
    is_word: bool,
) -> Diagnostic {
    Diagnostic::warning(
        "heading-attribute",
        format!("`{name}` is left out: a heading keeps its id and its classes"),
    )
    .at(&source.path, &source.text, span)
    .help(if is_word {
        "an id is one word, with hyphens for spaces: {#id-of-the-heading}"
    } else {
        "write {#id .class}, or delete it"
    })
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

fn of_source(diagnostic: Diagnostic, source: &Source, span: Range<usize>) -> Diagnostic {
    diagnostic.at(&source.path, &source.text, span)
}

/// `is_inside` tells whether it began in a list item, a quotation or the like.
pub(super) fn component_unclosed(source: &Source, name: Range<usize>, is_inside: bool) -> Diagnostic {
    let message = format!("the component `{}` is never closed", &source.text[name.clone()]);
    of_source(Diagnostic::error("component", message), source, name).help(if is_inside {
        "write a line of its own with three colons, :::, where it ends, indented as what it began in"
    } else {
        "write a line of its own with three colons, :::, where it ends"
    })
}

pub(super) fn unnamed(source: &Source, span: Range<usize>) -> Diagnostic {
    of_source(Diagnostic::error("component", "these colons open a component without a name"), source, span)
        .help("write its name behind the colons, such as ::: note; a line that only closes one holds nothing but colons")
}

pub(super) fn full_width_colons(source: &Source, span: Range<usize>) -> Diagnostic {
    let message = "full-width colons open and close no component, so this line is text";
    of_source(Diagnostic::warning("component", message), source, span).help("write them half-width: :::")
}

pub(super) fn colons_in_text(source: &Source, span: Range<usize>) -> Diagnostic {
    let message = "this line of colons is part of the text or HTML above it";
    of_source(Diagnostic::warning("component", message), source, span)
        .help("leave a blank line above it, and no more than three spaces before it")
}

pub(super) fn nearly_attribute(source: &Source, nearly: &Nearly) -> Diagnostic {
    let text = |span: &Range<usize>| &source.text[span.clone()];
    let message = format!("`{}` is no attribute as it is written", text(&nearly.whole));
    let (key, value) = (text(&nearly.key), text(&nearly.value));
    of_source(Diagnostic::error("component", message), source, nearly.whole.clone()).help(format!(
        "write {key}=\"{value}\": a half-width =, straight quotation marks, and no space between"
    ))
}

pub(super) fn attribute_twice(source: &Source, key: Range<usize>) -> Diagnostic {
    let message = format!("this component has a `{}` already", &source.text[key.clone()]);
    of_source(Diagnostic::error("component", message), source, key)
        .help("keep one of the two; what stands behind the name is the title, and what begins with # the id")
}

pub(super) fn no_table(source: &Source, span: Range<usize>) -> Diagnostic {
    let message = format!("`{}` is no file that a table can be read from", &source.text[span.clone()]);
    of_source(Diagnostic::error("data", message), source, span).help(
        "save the table as CSV in UTF-8, and write that file's name; TSV, TOML and JSON will do as well",
    )
}

/// `has_cells` tells whether the template shows tables.
pub(super) fn contents_left_out(source: &Source, name: Range<usize>, has_cells: bool) -> Diagnostic {
    let written = &source.text[name.clone()];
    let message = if has_cells {
        format!("`{written}` shows tables only: what else stands in it is left out")
    } else {
        format!("`{written}` does not show what stands in it")
    };
    of_source(Diagnostic::warning("component", message), source, name).help(if has_cells {
        "write it as a table, or put it above or below the component"
    } else {
        "put it above or below the component, or write component.body where the template is to show it"
    })
}

pub(super) fn id_with_space(source: &Source, span: Range<usize>) -> Diagnostic {
    let message = match &source.text[span.clone()] {
        "" => "this id is empty".to_owned(),
        id => format!("the id `{id}` holds a space, so no link can lead to it"),
    };
    of_source(Diagnostic::error("id", message), source, span)
        .help("write it as one word, with hyphens for spaces, or leave it out")
}

pub(super) fn components_too_deep(source: &Source, name: Range<usize>, deepest: usize) -> Diagnostic {
    let message = format!("components are nested more than {deepest} deep here");
    of_source(Diagnostic::error("component", message), source, name)
        .help("close the components above with :::, or take some of them out")
}

pub(super) fn closes_nothing(source: &Source, span: Range<usize>) -> Diagnostic {
    of_source(Diagnostic::warning("component", "these colons close nothing"), source, span)
        .help("remove the line, or open a component above it: ::: note")
}

pub(super) fn component_stray(source: &Source, span: Range<usize>) -> Diagnostic {
    of_source(Diagnostic::error("component", "this is no attribute"), source, span)
        .help("write attributes as key=\"value\" behind the title, in straight quotation marks")
}

pub(super) fn unknown_component(source: &Source, span: Range<usize>, known: &[&str]) -> Diagnostic {
    let name = source.text[span.clone()].to_owned();
    let message = format!("there is no component `{name}`; its contents are shown without it");
    let help = match nearest(&name, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            format!("write a template templates/components/{name}.html, or use one of {}", known.join(", "))
        }
    };
    of_source(Diagnostic::warning("unknown-component", message), source, span).help(help)
}

pub(super) fn unknown_attribute(source: &Source, span: Range<usize>, asked: &BTreeSet<String>) -> Diagnostic {
    let key = source.text[span.clone()].to_owned();
    let message = format!("the component's template does not ask for `{key}`");
    let known = asked.iter().map(String::as_str).chain(["title", "id", "file"]);
    let help = match nearest(&key, known) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "remove it, or use it in the template as component.".to_owned() + &key,
    };
    of_source(Diagnostic::warning("unknown-attribute", message), source, span).help(help)
}

pub(super) fn no_data_file(source: &Source, span: Range<usize>, near: Option<&str>) -> Diagnostic {
    let message = format!("there is no data file `{}`", &source.text[span.clone()]);
    let help = match near {
        Some(near) => format!("did you mean {near}?"),
        None => {
            "put the file beside the page, or below data/ and write its path as data/table.csv".to_owned()
        }
    };
    of_source(Diagnostic::error("data", message), source, span).help(help)
}

pub(super) fn unknown_chart(source: &Source, span: Range<usize>) -> Diagnostic {
    let message = format!("there is no chart of the type `{}`", &source.text[span.clone()]);
    of_source(Diagnostic::error("chart", message), source, span)
        .help("use bar, line, or share, which shows the parts of a whole; a title that is one such word is written title=\"…\"")
}

pub(super) fn chart_without_rows(source: &Source, span: Range<usize>) -> Diagnostic {
    of_source(
        Diagnostic::error("chart", "this chart's table has no rows below the names of its columns"),
        source,
        span,
    )
    .help("write a row for each number: its name in the first cell, the number in the second")
}

pub(super) fn chart_without_table(source: &Source, span: Range<usize>) -> Diagnostic {
    of_source(Diagnostic::error("chart", "this chart has no table to draw"), source, span)
        .help("write a table between its lines of colons, or name a file: ::: chart bar file=\"table.csv\"")
}

pub(super) fn chart_nothing(source: &Source, span: Range<usize>) -> Diagnostic {
    of_source(Diagnostic::error("chart", "no column of this chart's table holds numbers"), source, span)
        .help("the first column names the rows; write numbers in digits into one of the others")
}

/// Of a cell, whose place is known to the caller.
pub(super) fn chart_cell(problem: &Problem, text: &str) -> Diagnostic {
    let (message, help) = match problem {
        Problem::NoNumbers | Problem::NoNumber(..) => (
            format!("`{text}` stands in a column of numbers and is none"),
            "write it in digits, such as 70 or 110亿, or leave the cell empty",
        ),
        Problem::NoShare(..) => (
            format!("`{text}` cannot be a share of a whole"),
            "use a chart of the type bar, or leave the row out",
        ),
        Problem::NothingShared(_) => (
            "the numbers of this column are nothing altogether, so there are no shares".to_owned(),
            "mend the numbers, or use a chart of the type bar",
        ),
        Problem::SeveralColumns(_) => (
            "a chart of shares has one column of numbers, and this is another".to_owned(),
            "leave the column out, or use a chart of the type bar",
        ),
    };
    Diagnostic::error("chart", message).help(help)
}

pub(super) fn formula(source: &Source, span: Range<usize>, problem: &math::Problem) -> Diagnostic {
    let message =
        format!("this formula cannot be read: {}", lower_first(problem.message.trim_end_matches('.')));
    of_source(Diagnostic::warning("formula", message), source, span)
        .help("mend the LaTeX; a dollar sign that is none of a formula is written \\$")
}

pub(super) fn shortcode(source: &Source, span: Range<usize>) -> Diagnostic {
    let first = span.start..span.start + source.text[span].lines().next().map_or(0, str::len);
    of_source(
        Diagnostic::warning("shortcode", "shortcodes of Hugo are shown as they are written"),
        source,
        first,
    )
    .help("write in Markdown what it stands for, or use a component: ::: name")
}

pub(super) fn open_comment(source: &Source, span: Range<usize>) -> Diagnostic {
    let first = span.start..span.end.min(span.start + 4);
    of_source(
        Diagnostic::warning("open-comment", "this comment is never closed: all below it is left out"),
        source,
        first,
    )
    .help("write --> where it ends")
}
