//! What is said while files are handed over.

use crate::diagnostic::{Diagnostic, Severity};
use crate::images::Fault;

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

pub(super) fn no_engine(why: &str) -> Diagnostic {
    Diagnostic::error("engine", format!("the C++ OpenCC cannot be opened: {why}"))
        .in_file(crate::config::FILE)
        .help("set JIANBAO_OPENCC_DATA to the folder with its configurations (s2tw.json …), or delete the line `engine = \"opencc\"`")
}

pub(super) fn data_twice(path: &str, other: &str) -> Diagnostic {
    let message = format!("{other} has the same name for templates");
    Diagnostic::error("data", message).in_file(path).help("rename one of the two files")
}
