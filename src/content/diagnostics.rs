//! What is said about files.

use super::route::Problem;
use crate::config::{CardFont, Edition};
use crate::diagnostic::Diagnostic;
use crate::script::Tag;
use std::io;
use std::ops::Range;

pub(super) fn no_settings(root: &str) -> Diagnostic {
    Diagnostic::error("no-site", format!("there is no site.toml in {root}")).help(
        "run jianbao in a site's folder, or name it: --root DIR; a site.toml needs a title and a base_url",
    )
}

pub(super) fn root_is_no_folder(root: &str) -> Diagnostic {
    Diagnostic::error("no-site", format!("{root} is no folder, so there is no site.toml in it"))
        .help("name the folder that site.toml lies in: --root DIR")
}

pub(super) fn settings_are_no_file(name: &str) -> Diagnostic {
    Diagnostic::error("cannot-read", format!("{name} is no file"))
        .in_file(name)
        .help("site.toml is a text file with at least a title and a base_url; glossary.toml is one with [[glossary]] tables")
}

pub(super) fn no_content() -> Diagnostic {
    Diagnostic::error("no-content", "there is no page in content/")
        .help("write the home page: content/_index.md, with a title between +++ lines")
}

pub(super) fn no_font(font: &CardFont) -> Diagnostic {
    let said = Diagnostic::error("no-font", format!("there is no file {} in the site's folder", font.path))
        .help("put the font there, or mend the path; without the line cards are drawn with a font of the machine");
    Diagnostic { place: Some(Box::new(font.place.clone())), ..said }
}

pub(super) fn no_folder(folder: &str) -> Diagnostic {
    Diagnostic::error("no-folder", format!("`{folder}` is a file, expected a folder"))
        .in_file(folder)
        .help(format!("rename the file; what a site has of its own goes into the folder {folder}/"))
}

/// Something that is there cannot be read: jianbao cannot run, whatever the content says.
pub(super) fn cannot_read(path: &str, error: &io::Error) -> Diagnostic {
    Diagnostic::error("cannot-read", format!("cannot read {path}: {error}")).in_file(path)
}

pub(super) fn link_leads_nowhere(path: &str) -> Diagnostic {
    Diagnostic::error("link-leads-nowhere", "this symbolic link leads to nothing")
        .in_file(path)
        .help("remove the link, or put the file there")
}

pub(super) fn name_with_control(path: &str) -> Diagnostic {
    Diagnostic::error("file-name", "this name holds a control character, such as a line feed")
        .in_file(path)
        .help("rename the file or folder")
}

pub(super) fn name_not_utf8(path: &str) -> Diagnostic {
    Diagnostic::error("file-name", "this file's name is not valid UTF-8")
        .in_file(path)
        .help("rename the file")
}

pub(super) fn asset_name(path: &str) -> Diagnostic {
    Diagnostic::error("file-name", "this file's name leaves nothing for an url")
        .in_file(path)
        .help("rename the file")
}

pub(super) fn link_leaves_site(path: &str) -> Diagnostic {
    Diagnostic::error("link-leaves-site", "this symbolic link leads out of the site's folder")
        .in_file(path)
        .help("copy the file into the site instead")
}

pub(super) fn link_loops(path: &str, ancestor: &str) -> Diagnostic {
    Diagnostic::error(
        "link-loops",
        format!(
            "this symbolic link leads back to {}",
            if ancestor.is_empty() { "the site's folder" } else { ancestor }
        ),
    )
    .in_file(path)
    .help("remove the link")
}

pub(super) fn not_a_file(path: &str) -> Diagnostic {
    Diagnostic::error("not-a-file", "this is no regular file (a pipe, a socket or a device)")
        .in_file(path)
        .help("remove it from the site's folder")
}

/// `editions` are those of the site.
pub(super) fn route(path: &str, problem: &Problem, editions: &[Edition]) -> Diagnostic {
    match problem {
        Problem::Empty(name) => {
            Diagnostic::error("file-name", format!("the name `{name}` leaves nothing for an url"))
                .in_file(path)
                .help("use a name with at least one letter or digit")
        }
        Problem::NoEdition(ending, meant) => no_edition(path, ending, meant, editions),
    }
}

fn no_edition(path: &str, ending: &str, meant: &[Tag], editions: &[Edition]) -> Diagnostic {
    let page = path.strip_suffix(&format!(".{ending}.md")).unwrap_or(path);
    let near = editions.iter().find(|edition| {
        let script = edition.tag.script();
        script.is_some() && meant.iter().any(|tag| tag.script() == script)
    });
    let help = match (near, meant.first()) {
        (Some(edition), _) => {
            format!("rename the file to {page}.{}.md, or add the edition to site.toml", edition.tag)
        }
        (None, Some(tag)) => {
            format!("add the edition to site.toml: [[editions]], then tag = \"{tag}\"; or rename the file")
        }
        (None, None) => {
            let names: Vec<&str> = editions.iter().map(|edition| edition.tag.as_str()).collect();
            format!("end the name with one of the site's editions: {}", names.join(", "))
        }
    };
    let message = format!("this file is written for the edition `{ending}`, which the site does not have");
    Diagnostic::error("no-edition", message).in_file(path).help(help)
}

pub(super) fn twin_without_page(path: &str, page: &str, edition: &Tag) -> Diagnostic {
    let message = format!("this is the text of {edition} for a page that is not there");
    Diagnostic::error("twin-without-page", message)
        .in_file(path)
        .help(format!("write {page}, or give this file that name: then the other editions get it too"))
}

pub(super) fn twin_twice(path: &str, first: &str, edition: &Tag) -> Diagnostic {
    Diagnostic::error("twin-twice", format!("{first} is the text of {edition} for this page already"))
        .in_file(path)
        .help("keep one of the two files")
}

pub(super) fn not_utf8(path: &str, shown: &str, at: usize, byte: u8, guess: Option<&str>) -> Diagnostic {
    let seems = guess.map(|name| format!("; it seems to be {name}")).unwrap_or_default();
    let from = guess.unwrap_or("ENCODING");
    // Named without its folder: only there the command means the same wherever jianbao was called.
    let name = path.rsplit('/').next().unwrap_or(path).replace('\'', "'\\''");
    Diagnostic::error("not-utf8", format!("this file is not UTF-8 (byte 0x{byte:02X}){seems}"))
        .at(path, shown, at..at + 1)
        .help(format!(
            "convert it, in its folder: iconv -f {from} -t UTF-8 './{name}' > './{name}.new' && mv './{name}.new' './{name}'"
        ))
}

pub(super) fn invisible(path: &str, text: &str, range: Range<usize>, c: char, name: &str) -> Diagnostic {
    Diagnostic::warning("invisible-character", format!("there is {name} here (U+{:04X})", u32::from(c)))
        .at(path, text, range)
        .help("delete it, unless it is meant")
}

pub(super) fn other_ending(path: &str) -> Diagnostic {
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    Diagnostic::warning("other-ending", "this file is left out: pages end in `.md`")
        .in_file(path)
        .help(format!("rename it to {stem}.md"))
}
