//! What is said about the site as a whole.

use super::Parsed;
use super::links::Guess;
use super::outline::{LeftOut, Why};
use super::paths::Maker;
use crate::content::Source;
use crate::diagnostic::{Diagnostic, Severity};
use crate::dialect::{Entry, Node, Origin, Text};
use crate::markdown::Link;
use crate::script::Tag;
use std::ops::Range;

/// `home` is the page that would be it.
pub(super) fn home_left_out(home: Option<&LeftOut>) -> Diagnostic {
    let path = home.map_or("content/_index.md", |home| home.path.as_str());
    let (message, help) = match home.map(|home| home.why) {
        Some(Why::Later(day)) => (
            format!("the home page is dated {day}, after the day of this build"),
            "give it an earlier date or none, or build with --drafts",
        ),
        _ => ("the home page is a draft".to_owned(), "remove draft = true, or build with --drafts"),
    };
    Diagnostic::error("no-home", message).in_file(path).help(help)
}

/// The folder of the section that a file stands in: for the page that opens a section it is the one above.
pub(super) fn section_of(page: &str) -> &str {
    page.rsplit_once('/').map_or("content", |(folder, file)| {
        let opens = file.starts_with("_index.");
        if opens { folder.rsplit_once('/').map_or(folder, |(above, _)| above) } else { folder }
    })
}

pub(super) fn section_without_index(page: &str) -> Diagnostic {
    let folder = section_of(page);
    Diagnostic::error(
        "section-without-index",
        format!("{folder}/ holds pages but no _index.md, so it is no section"),
    )
    .in_file(page)
    .help(format!("write {folder}/_index.md with the section's title between +++ lines"))
}

/// A section that an edition in another language has pages of.
pub(super) fn section_not_written(page: &str, section: &str, edition: &Tag) -> Diagnostic {
    let index = format!("{section}/_index.{edition}.md");
    Diagnostic::error(
        "section-without-index",
        format!("{section}/ holds pages for {edition} but no _index.{edition}.md, so it is no section there"),
    )
    .in_file(page)
    .help(format!("write {index} with the section's title between +++ lines"))
}

pub(super) fn home_not_written(edition: &Tag) -> Diagnostic {
    Diagnostic::error("no-home", format!("the edition {edition} has no home page"))
        .in_file(crate::config::FILE)
        .help(format!("write content/_index.{edition}.md with a title between +++ lines"))
}

pub(super) fn stale_twin(parsed: &Parsed<'_>, known: &Text, page: &str, now: &str) -> Diagnostic {
    let source = parsed.source;
    Diagnostic::warning("stale-twin", format!("{page} has changed since this text was made from it"))
        .at(&source.path, &source.text, known.span.clone())
        .help(format!("compare the two; when this text is right again, write {}", line(source, now)))
}

pub(super) fn twin_without_fingerprint(parsed: &Parsed<'_>, page: &str, now: &str) -> Diagnostic {
    let source = parsed.source;
    let line = line(source, now);
    let help = match source.text.lines().next().map(str::trim_end) {
        Some("+++" | "---") => format!("add a line to the front matter: {line}"),
        _ => format!("begin the file with three lines: +++, {line}, +++"),
    };
    Diagnostic::warning(
        "twin-without-hash",
        format!("nothing tells whether {page} has changed since this text was made"),
    )
    .at(&source.path, &source.text, 0..0)
    .help(help)
}

/// The line of the front matter that names a page's fingerprint.
fn line(source: &Source, fingerprint: &str) -> String {
    match source.text.starts_with("---") {
        true => format!("based_on: \"{fingerprint}\""),
        false => format!("based_on = \"{fingerprint}\""),
    }
}

impl Maker<'_> {
    fn name(self) -> String {
        match self {
            Maker::Page(parsed) => parsed.source.path.clone(),
            Maker::Beside(parsed) => format!("the side-by-side page of {}", parsed.source.path),
            Maker::Alias(parsed, _) => format!("an alias of {}", parsed.source.path),
            Maker::Asset(path) => path.to_owned(),
            Maker::Static(path) => format!("static/{path}"),
            Maker::Made { name, .. } => name.to_owned(),
        }
    }

    /// The diagnostic at the place that decides where the file stands; as it was where the program decides.
    fn place(self, diagnostic: Diagnostic) -> Diagnostic {
        match self {
            Maker::Page(parsed) => match &parsed.document.front.slug {
                Some(slug) => diagnostic.at(&parsed.source.path, &parsed.source.text, slug.span.clone()),
                None => diagnostic.in_file(&parsed.source.path),
            },
            Maker::Alias(parsed, index) => {
                let span = parsed.document.front.aliases[index].span.clone();
                diagnostic.at(&parsed.source.path, &parsed.source.text, span)
            }
            Maker::Asset(_) | Maker::Static(_) => diagnostic.in_file(&self.name()),
            Maker::Beside(_) | Maker::Made { .. } => diagnostic,
        }
    }

    /// What to write in the settings so that the program does not make it.
    fn switch(self) -> Option<&'static str> {
        match self {
            Maker::Made { switch, .. } => switch,
            Maker::Beside(_) => Some("compare = false in site.toml"),
            _ => None,
        }
    }

    /// The edit that puts it elsewhere.
    fn elsewhere(self) -> &'static str {
        match self {
            // A folder without an index is a source of its own.
            Maker::Page(parsed) if parsed.source.route.name.is_none() => "rename the folder",
            Maker::Page(parsed) if parsed.document.front.slug.is_some() => "write another `slug`",
            Maker::Page(_) => "rename the file, or give it a `slug`",
            Maker::Alias(..) => "write another address for the alias",
            _ => "rename the file",
        }
    }
}

/// The edits that two makers of one path leave to choose from, at the place of the one that is a file of the site.
fn clash(diagnostic: Diagnostic, [second, first]: [Maker<'_>; 2], help: &str) -> Diagnostic {
    // Where both have a place the second wins.
    let diagnostic = second.place(first.place(diagnostic));
    match (second.switch(), first.switch()) {
        (Some(switch), None) => diagnostic.help(format!("{}, or write {switch}", first.elsewhere())),
        (None, Some(switch)) => diagnostic.help(format!("{}, or write {switch}", second.elsewhere())),
        _ => diagnostic.help(help),
    }
}

pub(super) fn path_twice(path: &str, second: Maker<'_>, first_path: &str, first: Maker<'_>) -> Diagnostic {
    let (own, other) = (second.name(), first.name());
    let message = if path == first_path {
        format!("{own} and {other} would both be published at {path}")
    } else {
        format!(
            "{own} and {other} would be published at {path} and {first_path}, which are one place on some hosts"
        )
    };
    let help = "rename one of the two, or give the page a `slug`";
    clash(Diagnostic::error("path-twice", message), [second, first], help)
}

pub(super) fn alias_taken(alias: Maker<'_>, path: &str, first: Maker<'_>) -> Diagnostic {
    let message = format!("{} and {} would both be published at {path}", alias.name(), first.name());
    alias.place(Diagnostic::error("path-twice", message)).help("delete the alias, or write another address")
}

pub(super) fn file_and_folder(path: &str, file: Maker<'_>, inside: Maker<'_>) -> Diagnostic {
    let message =
        format!("{} would be published at {path}, where {} needs a folder", file.name(), inside.name());
    let diagnostic = Diagnostic::error("file-and-folder", message);
    match inside {
        Maker::Alias(..) => clash(diagnostic, [inside, file], "write another address for the alias"),
        _ => clash(diagnostic, [file, inside], "rename one of the two"),
    }
}

pub(super) fn string_expected(origin: Origin<'_>, key: &str, node: &Node) -> Diagnostic {
    Diagnostic::error("wrong-type", format!("`{key}` is {}, expected a text", node.value.kind())).at(
        origin.path,
        origin.text,
        node.span.clone(),
    )
}

/// `near` is the theme's string that was probably meant.
pub(super) fn unknown_string(origin: Origin<'_>, entry: &Entry, near: &str) -> Diagnostic {
    let message = format!("unknown key `{}`: no template prints it", entry.key);
    Diagnostic::warning("unknown-key", message)
        .at(origin.path, origin.text, entry.key_span.clone())
        .help(format!("did you mean `{near}`?"))
}

fn link(
    parsed: &Parsed<'_>,
    link: &Link,
    severity: Severity,
    code: &'static str,
    message: String,
) -> Diagnostic {
    let source = parsed.source;
    Diagnostic { severity, ..Diagnostic::error(code, message) }.at(
        &source.path,
        &source.text,
        link.span.clone(),
    )
}

pub(super) fn broken_link(parsed: &Parsed<'_>, to: &Link, severity: Severity, guess: &Guess) -> Diagnostic {
    let written = to.destination.as_str();
    let help = match guess {
        Guess::File(near) => format!("did you mean `/{near}`?"),
        _ if written.contains('\\') => "write `/` in place of `\\`".to_owned(),
        _ if written.contains("：//") => format!("write a half-width colon: {}", written.replace('：', ":")),
        _ if is_host(written) => {
            format!("if it is another site, write https:// before it: https://{written}")
        }
        Guess::Folder(folder) => {
            format!(
                "content/{folder}/ has no page of its own: write content/{folder}/_index.md, or link to a file in it"
            )
        }
        Guess::Image => {
            "put the image beside the page, or into static/, and write its name as it is there".to_owned()
        }
        Guess::Outside => {
            "this path leads out of content/: a path that begins with / starts at the top of content/"
                .to_owned()
        }
        Guess::None => {
            "link to a content file by its path, such as ../policy/plan.md or /policy/plan.md#heading"
                .to_owned()
        }
    };
    link(parsed, to, severity, "broken-link", format!("`{written}` leads nowhere")).help(help)
}

/// Whether a path begins with what is rather the name of a host.
fn is_host(path: &str) -> bool {
    let host = path.split(['/', '?', '#']).next().unwrap_or_default();
    let ending = host.rsplit_once('.').map_or("", |(_, ending)| ending);
    host.starts_with("www.") || ["com", "cn", "org", "net", "gov", "edu", "hk", "mo", "tw"].contains(&ending)
}

pub(super) fn no_destination(
    parsed: &Parsed<'_>,
    to: &Link,
    severity: Severity,
    is_image: bool,
) -> Diagnostic {
    let (message, help) = if is_image {
        ("this image names no file", "write the file's name between the parentheses: ![what it shows](file)")
    } else {
        ("this link leads nowhere: it has no address", "write the address, such as [text](plan.md)")
    };
    link(parsed, to, severity, "broken-link", message.to_owned()).help(help)
}

/// `file` and `explicit` are what to write: the missing text, and the link for those who mean it.
pub(super) fn link_leaves_edition(
    parsed: &Parsed<'_>,
    to: &Link,
    (from, leads_to): (&Tag, &Tag),
    (file, explicit): (&str, &str),
) -> Diagnostic {
    let message = format!("`{}` is not there in {from}: this link leads to {leads_to}", to.destination);
    link(parsed, to, Severity::Warning, "link-leaves-edition", message)
        .help(format!("write {file}, or name the edition if this is meant: {explicit}"))
}

pub(super) fn link_to_left_out(
    parsed: &Parsed<'_>,
    to: &Link,
    severity: Severity,
    out: &LeftOut,
) -> Diagnostic {
    let path = out.path.strip_prefix("content/").unwrap_or(&out.path);
    let destination = &to.destination;
    if let Why::Later(day) = out.why {
        let what = if path.ends_with(".md") { "is" } else { "belongs to a page that is" };
        let message = format!("`{destination}` {what} dated {day}, after the day of this build");
        return link(parsed, to, severity, "broken-link", message)
            .help("remove the link until that day, date this page no earlier, or build with --drafts");
    }
    let said = link(parsed, to, severity, "broken-link", format!("`{destination}` leads to a draft"));
    if path.ends_with(".md") {
        said.help(format!("publish content/{path} by removing its draft = true, or remove the link"))
    } else {
        said.help(format!("content/{path} belongs to drafts only: publish one of them, or move the file"))
    }
}

pub(super) fn more_links(parsed: &Parsed<'_>, more: usize, severity: Severity) -> Diagnostic {
    let links = if more == 1 { "1 more link" } else { &format!("{more} more links") };
    Diagnostic { severity, ..Diagnostic::error("broken-link", format!("{links} of this page need mending")) }
        .in_file(&parsed.source.path)
        .help("mend those that are shown, and build again")
}

pub(super) fn broken_fragment(
    parsed: &Parsed<'_>,
    to: &Link,
    severity: Severity,
    page: &str,
    fragment: &str,
    near: Option<&str>,
) -> Diagnostic {
    let diagnostic = link(
        parsed,
        to,
        severity,
        "broken-link",
        format!("{page} has no heading or paragraph `#{fragment}`"),
    );
    match near {
        Some(near) => diagnostic.help(format!("did you mean `#{near}`?")),
        None => diagnostic.help("a heading's id is its text with hyphens for spaces and marks; give it one of your own with {#id}"),
    }
}

pub(super) fn bad_scheme(parsed: &Parsed<'_>, to: &Link, scheme: &str) -> Diagnostic {
    link(
        parsed,
        to,
        Severity::Error,
        "link-scheme",
        format!("links of the kind `{scheme}:` are not let through"),
    )
    .help(if scheme.len() == 1 || scheme.eq_ignore_ascii_case("file") {
        "readers cannot reach a file on your computer: put it beside the page, and write its name"
    } else {
        "use http, https, mailto or tel, or a path within the site"
    })
}

pub(super) fn control_character(parsed: &Parsed<'_>, to: &Link) -> Diagnostic {
    let shown = to.destination.escape_debug();
    link(parsed, to, Severity::Error, "link-control", format!("`{shown}` has a control character"))
        .help("write the destination without it")
}

pub(super) fn image_expected(parsed: &Parsed<'_>, to: &Link) -> Diagnostic {
    link(parsed, to, Severity::Error, "broken-link", format!("`{}` is a page, not an image", to.destination))
        .help("write the name of an image beside the page or in static/; a link to the page is [text](address), without the !")
}

pub(super) fn external_image(parsed: &Parsed<'_>, to: &Link) -> Diagnostic {
    let message = format!("`{}` will not show: pages load nothing from other sites", to.destination);
    link(parsed, to, Severity::Warning, "external-image", message)
        .help("copy the file beside the page, and write its name here; or let them: external_images = true in [markdown] of site.toml")
}

pub(super) fn no_image(parsed: &Parsed<'_>, to: &Link) -> Diagnostic {
    link(parsed, to, Severity::Error, "broken-link", format!("`{}` is no image", to.destination))
        .help("browsers show JPEG, PNG, WebP, GIF, AVIF and SVG; a link to another file is [text](file), without the !")
}

pub(super) fn slug_of_section(parsed: &Parsed<'_>, span: Range<usize>) -> Diagnostic {
    Diagnostic::error("section-slug", "a section has the name of its folder, not a `slug`")
        .at(&parsed.source.path, &parsed.source.text, span)
        .help("rename the folder, and remove this line")
}
