//! What is said while files are handed over.

use crate::diagnostic::Diagnostic;

pub(super) fn figure_as_it_is(path: &str) -> Diagnostic {
    Diagnostic::warning("svg-not-converted", "this figure is no sound XML: it is published as it is")
        .in_file(path)
        .help("mend it with the program that drew it; every element must be closed, and the file be UTF-8")
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
