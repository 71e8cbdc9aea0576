//! What is said about `site.toml`.

use crate::diagnostic::{Diagnostic, Place, nearest};
use crate::dialect::{Node, Origin, Text};
use crate::script::Tag;
use std::ops::{Range, RangeInclusive};

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

pub(super) fn feed_entries(origin: Origin<'_>, span: Range<usize>, written: i64, most: usize) -> Diagnostic {
    let message = format!("`entries` cannot be {written}: a feed lists at most {most} pages");
    at(Diagnostic::error("feeds", message), origin, span)
        .help("write how many of the newest pages it lists, such as 20, or 0 for a site without feeds")
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

pub(super) fn per_page(origin: Origin<'_>, span: Range<usize>, number: i64) -> Diagnostic {
    at(Diagnostic::error("per-page", format!("`per_page` cannot be {number}")), origin, span)
        .help("say how many entries stand on one page of a list, such as 20; 0 puts all of them on one")
}

pub(super) fn colour(origin: Origin<'_>, text: &Text) -> Diagnostic {
    at(Diagnostic::error("colour", format!("\"{}\" is no colour", text.value)), origin, text.span.clone())
        .help("write red, green and blue in hexadecimal, such as \"#9c2a22\"")
}

/// `key` is read badly on the paper.
pub(super) fn contrast(
    origin: Origin<'_>,
    place: &Text,
    key: &str,
    is_dark: bool,
    contrast: f64,
    least: f64,
) -> Diagnostic {
    let when = if is_dark { " by night" } else { "" };
    let message =
        format!("the {key} is hard to read on the paper{when}: contrast {contrast:.1}, at least {least}");
    let help = if is_dark { "choose a lighter or a darker one" } else { "choose a darker or a lighter one" };
    at(Diagnostic::warning("contrast", message), origin, place.span.clone()).help(help)
}

pub(super) fn measure(
    origin: Origin<'_>,
    span: Range<usize>,
    number: i64,
    range: &RangeInclusive<u8>,
) -> Diagnostic {
    let (least, most) = (range.start(), range.end());
    at(Diagnostic::error("measure", format!("a line of {number} characters is not read well")), origin, span)
        .help(format!("choose between {least} and {most}; the theme has 38"))
}

pub(super) fn fonts_of(origin: Origin<'_>, span: Range<usize>, key: &str) -> Diagnostic {
    at(Diagnostic::error("edition-tag", format!("\"{key}\" names no edition")), origin, span)
        .help("say for which texts the fonts are: [theme.fonts.zh-Hans]")
}

pub(super) fn font_name(origin: Origin<'_>, text: &Text) -> Diagnostic {
    at(
        Diagnostic::error("font", format!("\"{}\" is no name of a font", text.value)),
        origin,
        text.span.clone(),
    )
    .help("write the name as it stands in lists of fonts: \"Source Han Serif SC\"")
}

/// What pairs look like.
const PAIRS: &str = "pairs = [[\"zh-Hans\", \"zh-Hant\"]]";

pub(super) fn pairs(origin: Origin<'_>, node: &Node) -> Diagnostic {
    let message = format!("`pairs` holds {}, expected pairs of editions", node.value.kind());
    at(Diagnostic::error("compare", message), origin, node.span.clone()).help(format!("write {PAIRS}"))
}

pub(super) fn no_pair(origin: Origin<'_>, node: &Node, editions: usize) -> Diagnostic {
    let message = format!("two editions stand side by side, and here are {editions}");
    at(Diagnostic::error("compare", message), origin, node.span.clone())
        .help(format!("write two tags for each pair: {PAIRS}"))
}

pub(super) fn pair_of_one(origin: Origin<'_>, node: &Node) -> Diagnostic {
    at(Diagnostic::error("compare", "an edition cannot stand beside itself"), origin, node.span.clone())
        .help("name two editions, or delete the pair")
}

pub(super) fn pair_twice(origin: Origin<'_>, node: &Node) -> Diagnostic {
    at(Diagnostic::error("compare", "these two editions are a pair already"), origin, node.span.clone())
        .help("delete one of the two pairs")
}

pub(super) fn no_edition(origin: Origin<'_>, node: &Node, written: &str, tags: &[&str]) -> Diagnostic {
    let message = format!("this site has no edition \"{written}\"");
    let help = match nearest(written, tags.iter().copied()) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => {
            let tags: Vec<String> = tags.iter().map(|tag| format!("\"{tag}\"")).collect();
            format!("its editions are {}", tags.join(", "))
        }
    };
    at(Diagnostic::error("compare", message), origin, node.span.clone()).help(help)
}
