//! What is said about `site.toml`.

use crate::diagnostic::{Diagnostic, Place, nearest};
use crate::dialect::{Origin, Text};
use crate::script::Tag;
use std::ops::Range;

fn at(diagnostic: Diagnostic, origin: Origin<'_>, span: Range<usize>) -> Diagnostic {
    diagnostic.at(origin.path, origin.text, span)
}

pub(super) fn missing(origin: Origin<'_>, key: &str, example: &str) -> Diagnostic {
    at(Diagnostic::error("missing-key", format!("`{key}` is missing")), origin, 0..0)
        .help(format!("add a line at the top: {example}"))
}

pub(super) fn base_url(origin: Origin<'_>, span: Range<usize>, why: &str) -> Diagnostic {
    at(Diagnostic::error("base-url", format!("`base_url` is no address of a site: {why}")), origin, span)
        .help("write the address the site is published at, such as \"https://example.org/brief/\"")
}

pub(super) fn choice(origin: Origin<'_>, text: &Text, key: &str, choices: &[&str]) -> Diagnostic {
    let listed = choices.iter().map(|c| format!("\"{c}\"")).collect::<Vec<_>>().join(", ");
    let help = match nearest(&text.value, choices.iter().copied()) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => format!("use one of {listed}"),
    };
    let message = format!("`{key}` cannot be \"{}\", expected one of {listed}", text.value);
    at(Diagnostic::error("unknown-value", message), origin, text.span.clone()).help(help)
}

pub(super) fn card_font(origin: Origin<'_>, span: Range<usize>) -> Diagnostic {
    at(Diagnostic::error("font", "this is no path of a font in the site's folder"), origin, span)
        .help("write its path from the folder of site.toml, such as \"fonts/title.otf\"; it ends in .otf, .ttf, .otc or .ttc")
}

pub(super) fn edition_without_tag(origin: Origin<'_>, span: Range<usize>) -> Diagnostic {
    at(Diagnostic::error("missing-key", "this edition has no `tag`"), origin, span)
        .help("say which edition it is: tag = \"zh-Hant\"")
}

pub(super) fn edition_tag(origin: Origin<'_>, text: &Text, why: &str) -> Diagnostic {
    at(
        Diagnostic::error("edition-tag", format!("\"{}\" names no edition: {why}", text.value)),
        origin,
        text.span.clone(),
    )
}

pub(super) fn edition_twice(origin: Origin<'_>, text: &Text) -> Diagnostic {
    at(
        Diagnostic::error("edition-twice", format!("the edition {} is there twice", text.value)),
        origin,
        text.span.clone(),
    )
    .help("remove one of the two [[editions]]")
}

pub(super) fn no_chinese_edition(origin: Origin<'_>, first: &Text) -> Diagnostic {
    at(Diagnostic::error("no-chinese-edition", "this site has no Chinese edition"), origin, first.span.clone())
        .help("add the one that the pages are written for: [[editions]], then tag = \"zh-Hans\" or tag = \"zh-Hant\"")
}

pub(super) fn nothing_to_convert(origin: Origin<'_>, span: Range<usize>, key: &str, tag: &Tag) -> Diagnostic {
    let message =
        format!("`{key}` is for editions that are converted: the pages of {tag} are published as they are");
    at(Diagnostic::error("written-edition", message), origin, span).help("delete this line")
}

pub(super) fn preference(origin: Origin<'_>, text: &Text, why: &str, shapes: &str) -> Diagnostic {
    at(
        Diagnostic::error("preference", format!("`prefer` cannot hold \"{}\": {why}", text.value)),
        origin,
        text.span.clone(),
    )
    .help(format!("name the shapes that the house prints, each in quotation marks; there are {shapes}"))
}

pub(super) fn preference_of_hans(origin: Origin<'_>, text: &Text) -> Diagnostic {
    at(
        Diagnostic::error(
            "preference",
            "`prefer` is for Traditional editions: Simplified has one shape for each character",
        ),
        origin,
        text.span.clone(),
    )
    .help("move it to a Traditional edition, or delete it")
}

pub(super) fn no_opencc(origin: Origin<'_>, text: &Text) -> Diagnostic {
    at(
        Diagnostic::error("engine", "this jianbao was built without the C++ OpenCC"),
        origin,
        text.span.clone(),
    )
    .help("delete the line, or build jianbao with the feature: cargo build --release --features opencc")
}

pub(super) fn time_zone(origin: Origin<'_>, text: &Text, near: Option<&str>) -> Diagnostic {
    let message = format!("`time_zone` cannot be \"{}\": there is no such time zone here", text.value);
    let diagnostic = at(Diagnostic::error("time-zone", message), origin, text.span.clone());
    diagnostic.help(match near {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => "write a name such as \"Asia/Shanghai\" or \"Asia/Taipei\", or an offset such as \"+08:00\""
            .to_owned(),
    })
}

pub(super) fn incomplete_term(origin: Origin<'_>, span: Range<usize>, finds_nothing: bool) -> Diagnostic {
    let (message, help) = if finds_nothing {
        (
            "this term does not say how authors write it",
            "add a line: term = \"软件\"; without one, the texts of at least two editions are needed",
        )
    } else {
        (
            "this term has no text for any edition",
            "add a line such as zh-Hant-TW = \"軟體\", or protected = true for a term that stays as it is written",
        )
    };
    at(Diagnostic::error("term", message), origin, span).help(help)
}

pub(super) fn term_text(origin: Origin<'_>, span: Range<usize>, key: &str) -> Diagnostic {
    at(Diagnostic::error("term", format!("`{key}` holds no text")), origin, span)
        .help(format!("write what the edition prints: {key} = \"軟體\""))
}

pub(super) fn text_twice(origin: Origin<'_>, span: Range<usize>, key: &str) -> Diagnostic {
    at(Diagnostic::error("term-twice", format!("this term has two texts for {key}")), origin, span)
        .help("keep one of them")
}

pub(super) fn contradiction(origin: Origin<'_>, span: Range<usize>, term: &str, first: &Place) -> Diagnostic {
    let message = format!(
        "`{term}` is defined twice, and not in the same way: the first time in {}:{}:{}",
        first.path, first.line, first.column
    );
    at(Diagnostic::error("term-twice", message), origin, span)
        .help("delete one of the two, or say with `before` or `after` where each of them holds")
}
