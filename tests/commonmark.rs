//! The examples of the CommonMark specification: what the tree makes of them is what the parser's own writer makes of them,
//! but for what is meant to be otherwise.

use crate::emphasis::source;
use jianbao::markdown::{self, Options};
use jianbao::render;
use percent_encoding::percent_decode_str;
use pulldown_cmark::{self as cmark, Parser};

const SPEC: &str = include_str!("data/commonmark/spec.txt");

/// A difference that is meant, and how to take it out of either text.
struct Reason {
    what: &'static str,
    ours: fn(&str) -> String,
    theirs: fn(&str) -> String,
}

const REASONS: [Reason; 9] = [
    Reason { what: "headings, paragraphs and figures have ids", ours: without_ids, theirs: str::to_owned },
    Reason { what: "code is scrolled with the keyboard", ours: without_tabindex, theirs: str::to_owned },
    Reason { what: "images load late", ours: without_loading, theirs: str::to_owned },
    Reason { what: "elements without content have no slash", ours: without_slashes, theirs: without_slashes },
    Reason { what: "an image alone is a figure", ours: without_figures, theirs: str::to_owned },
    Reason {
        what: "empty headings are left out, level 1 is the title's",
        ours: str::to_owned,
        theirs: moved_down,
    },
    Reason { what: "comments alone are left out", ours: without_comments, theirs: without_comments },
    Reason { what: "addresses stand as written until they are resolved", ours: decoded, theirs: decoded },
    Reason { what: "line ends between blocks", ours: without_line_ends, theirs: without_line_ends },
];

#[test]
fn examples_are_as_the_parser_writes_them() {
    let examples = examples();
    let mut equal = 0;
    let mut counts = [0; REASONS.len()];
    for (number, example) in (1..).zip(&examples) {
        let (mut ours, mut theirs) = (ours(example), theirs(example));
        if ours == theirs {
            equal += 1;
            continue;
        }
        for (reason, count) in REASONS.iter().zip(&mut counts) {
            if ours == theirs {
                break;
            }
            let before = (ours, theirs);
            (ours, theirs) = ((reason.ours)(&before.0), (reason.theirs)(&before.1));
            *count += usize::from((&ours, &theirs) != (&before.0, &before.1));
        }
        assert_eq!(ours, theirs, "example {number} differs without a reason: {example:?}");
    }
    println!("{} examples, {equal} equal; of the others", examples.len());
    for (reason, count) in REASONS.iter().zip(counts) {
        println!("{count:4}  {}", reason.what);
        assert!(count > 0, "no example differs because {}", reason.what);
    }
    assert_eq!(examples.len(), 652);
}

/// The Markdown of each example; `→` stands for a tab.
fn examples() -> Vec<String> {
    let fence = "`".repeat(32) + " example";
    let mut examples = Vec::new();
    let mut lines = SPEC.lines();
    while let Some(line) = lines.next() {
        if line == fence {
            let own = lines.by_ref().take_while(|line| *line != ".");
            examples.push(own.map(|line| line.replace('→', "\t") + "\n").collect());
        }
    }
    examples
}

fn ours(markdown: &str) -> String {
    let source = source(markdown.strip_suffix('\n').unwrap_or(markdown));
    let document =
        markdown::parse(&source, Options { raw_html: true, ..Options::default() }).report(&mut Vec::new());
    render::render_alone(&document.expect("a document"))
}

fn theirs(markdown: &str) -> String {
    let options = cmark::Options::ENABLE_TABLES
        | cmark::Options::ENABLE_FOOTNOTES
        | cmark::Options::ENABLE_STRIKETHROUGH
        | cmark::Options::ENABLE_TASKLISTS
        | cmark::Options::ENABLE_HEADING_ATTRIBUTES
        | cmark::Options::ENABLE_DEFINITION_LIST
        | cmark::Options::ENABLE_GFM;
    let mut html = String::new();
    cmark::html::push_html(&mut html, Parser::new_ext(markdown, options));
    html
}

/// The text with each of its tags changed.
fn with_tags(html: &str, change: impl Fn(&str) -> String) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((text, tag)) = rest.split_once('<') {
        let (tag, after) = tag.split_once('>').unwrap_or((tag, ""));
        out.push_str(text);
        out.push_str(&change(&format!("<{tag}>")));
        rest = after;
    }
    out + rest
}

fn without_ids(html: &str) -> String {
    with_tags(html, |tag| match tag.split_once(" id=\"") {
        Some((name @ ("<p" | "<figure" | "<h2" | "<h3" | "<h4" | "<h5" | "<h6"), id)) => {
            let (_, rest) = id.split_once('"').expect("an id ends");
            format!("{name}{rest}")
        }
        _ => tag.to_owned(),
    })
}

fn without_tabindex(html: &str) -> String {
    html.replace("<pre tabindex=\"0\">", "<pre>")
}

fn without_loading(html: &str) -> String {
    html.replace(" loading=\"lazy\" decoding=\"async\">", ">")
        .replace(" loading=\"eager\" fetchpriority=\"high\" decoding=\"async\">", ">")
}

fn without_slashes(html: &str) -> String {
    with_tags(html, |tag| match tag.strip_suffix(" />") {
        Some(own) if ["<br", "<hr", "<img"].contains(&own.split(' ').next().unwrap_or(own)) => {
            format!("{own}>")
        }
        _ => tag.to_owned(),
    })
}

/// A figure as the paragraph that it is without one; the caption was the image's title.
fn without_figures(html: &str) -> String {
    let html = html.replace("<figure>", "<p>").replace("</figure>", "</p>");
    html.replace("><figcaption><span class=\"caption\">", " title=\"").replace("</span></figcaption>", "\">")
}

/// A body that begins at level 1 moves down by one, and there is no level 1.
fn moved_down(html: &str) -> String {
    let mut html = html.to_owned();
    for level in 1..=6 {
        html = html.replace(&format!("<h{level}></h{level}>"), "");
    }
    let first = (1..=6).min_by_key(|level| html.find(&format!("<h{level}>")).unwrap_or(usize::MAX));
    let shift = u8::from(first == Some(1));
    with_tags(&html, |tag| match tag.strip_suffix('>').and_then(|tag| tag.split_once('h')) {
        Some((start @ ("<" | "</"), level)) if level.len() == 1 && level != "r" => {
            let level: u8 = level.parse().expect("a level");
            format!("{start}h{}>", (level + shift).clamp(2, 6))
        }
        _ => tag.to_owned(),
    })
}

fn without_comments(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((before, comment)) = rest.split_once("<!--") {
        out.push_str(before);
        let is_empty = |end: &&&str| comment.starts_with(**end);
        rest = match [">", "->"].iter().find(is_empty) {
            Some(end) => &comment[end.len()..],
            None => comment.split_once("-->").map_or("", |(_, after)| after),
        };
    }
    out + rest
}

/// `%20` as what it means, in addresses.
fn decoded(html: &str) -> String {
    with_tags(html, |tag| {
        let address =
            ["href=\"", "src=\""].iter().find_map(|name| tag.split_once(*name).map(|(a, b)| (a, name, b)));
        let Some((before, name, (address, after))) =
            address.and_then(|(a, name, b)| Some((a, name, b.split_once('"')?)))
        else {
            return tag.to_owned();
        };
        let address = percent_decode_str(address).decode_utf8_lossy().replace('"', "&quot;");
        format!("{before}{name}{address}\"{after}")
    })
}

/// Blocks one after the other.
fn without_line_ends(html: &str) -> String {
    const BLOCKS: [&str; 14] =
        ["p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "hr", "div", "table"];
    let mut html = html.to_owned();
    for block in BLOCKS {
        for tag in [format!("<{block}>"), format!("<{block} "), format!("</{block}>")] {
            html = html.replace(&format!("\n{tag}"), &tag).replace(&format!("{tag}\n"), &tag);
        }
    }
    html.trim_end().to_owned()
}
