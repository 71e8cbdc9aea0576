//! What is said while files are handed over.

use crate::content::Template;
use crate::diagnostic::{Diagnostic, Severity};
use crate::images::Fault;
use std::collections::BTreeSet;
use std::ops::Range;

pub(super) fn figure_as_it_is(path: &str) -> Diagnostic {
    Diagnostic::warning("svg-not-converted", "this figure is no sound XML: it is published as it is")
        .in_file(path)
        .help("mend it with the program that drew it; every element must be closed, and the file be UTF-8")
}

/// An image that is shown as it is: a warning. If pages name variants of it already, an error.
pub(super) fn image(path: &str, fault: &Fault, severity: Severity) -> Diagnostic {
    let (message, help) = match fault {
        Fault::Damaged(why) => (
            format!("this image is damaged, so it is published as it is: {why}"),
            "export it again from the program it comes from, as JPEG, PNG or WebP",
        ),
        Fault::TooLarge(megapixels) => (
            format!("this image has {megapixels} megapixels, so it is published as it is"),
            "make it smaller before it goes into content/: 3200 pixels across are enough for every screen",
        ),
        Fault::Changed => ("this image changed while the site was built".to_owned(), "build again"),
    };
    Diagnostic { severity, ..Diagnostic::error("image", message) }.in_file(path).help(help)
}

/// A file that site.toml names as a font of cards, and with which none can be drawn.
pub(super) fn unsound_font(path: &str) -> Diagnostic {
    Diagnostic::warning("font", "this file is no font that cards can be drawn with")
        .in_file(path)
        .help("put an OpenType or TrueType font there (.otf, .ttf, .otc, .ttc); a web font (.woff2) must be unpacked")
}

/// For the whole site: no fault, but something that its keeper may want to change.
pub(super) fn no_font_for_cards() -> String {
    "links to this site show card.png where they are shared: to draw cards of its own, put a Chinese font into the \
     site's folder and name it in site.toml, font = \"fonts/NAME.otf\" below [cards]; draw = false there ends this note"
        .to_owned()
}

/// The same where the font is there, but has not all that is needed.
pub(super) fn characters_without_font(cards: usize, characters: &BTreeSet<char>) -> String {
    let shown: String = characters.iter().take(20).collect();
    let more = if characters.len() > 20 { " and others" } else { "" };
    let (cards, them, their) = if cards == 1 {
        ("1 card is".to_owned(), "it", "its")
    } else {
        (format!("{cards} cards are"), "them", "their")
    };
    format!(
        "{cards} not drawn, and card.png stands for {them}, as {their} font has no {shown}{more}: name one that has, in \
         site.toml, font = [\"fonts/FIRST.otf\", \"fonts/SECOND.otf\"] below [cards]"
    )
}

pub(super) fn no_engine(why: &str) -> Diagnostic {
    Diagnostic::error("engine", format!("the C++ OpenCC cannot be opened: {why}"))
        .in_file(crate::config::FILE)
        .help("set JIANBAO_OPENCC_DATA to the folder with its configurations (s2tw.json …), or delete the line `engine = \"opencc\"`")
}

pub(super) fn data_twice(path: &str, other: &str) -> Diagnostic {
    let message = format!("{other} has the same name for templates");
    Diagnostic::error("data", message).in_file(path).help("rename one of the two files")
}

/// An address that a finished page has and its source has not, so that a template made it.
pub(super) fn output_link(
    severity: Severity,
    written: &str,
    page: &str,
    fragment: Option<&str>,
    near: Option<&str>,
    place: Option<(&Template, Range<usize>)>,
) -> Diagnostic {
    let what = match fragment {
        Some(fragment) => format!("`{written}` leads to a page without the id `{fragment}`"),
        None => format!("`{written}` leads nowhere"),
    };
    let help = match near {
        Some(near) => format!("did you mean {near}?"),
        None => "mend the template that makes it; {{ edition.url }} and {{ site.base_path }} begin addresses of the site".to_owned(),
    };
    let message = format!("{what} (while rendering {page})");
    let diagnostic = Diagnostic { severity, ..Diagnostic::error("broken-link", message) }.help(help);
    match place {
        Some((template, span)) => diagnostic.at(&template.path, &template.text, span),
        None => diagnostic.in_file(page),
    }
}
