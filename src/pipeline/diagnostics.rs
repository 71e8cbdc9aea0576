//! What is said while files are handed over.

use crate::diagnostic::Diagnostic;

pub(super) fn figure_as_it_is(path: &str) -> Diagnostic {
    Diagnostic::warning("svg-not-converted", "this figure is no sound XML: it is published as it is")
        .in_file(path)
        .help("mend it with the program that drew it; every element must be closed, and the file be UTF-8")
}
