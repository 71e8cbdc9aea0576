//! Runs of text with their marks → Markdown within a line.

use super::super::escape;
use super::super::punctuation;

/// A text with its marks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) text: String,
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) link: Option<String>,
    /// The mark of a footnote, in place of a text.
    pub(super) footnote: Option<String>,
}

/// The text without marks.
pub(super) fn plain(runs: &[Run]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect::<String>().trim().to_owned()
}

/// The runs as a paragraph. A text processor cuts runs anywhere, so those with the same marks are one.
pub(super) fn paragraph(runs: &[Run]) -> String {
    let mut joined: Vec<Run> = Vec::new();
    for run in runs {
        match joined.last_mut().filter(|last| last.goes_on_in(run)) {
            Some(last) => last.text.push_str(&run.text),
            None => joined.push(run.clone()),
        }
    }
    if let [run] = joined.as_slice()
        && *run == (Run { text: run.text.clone(), ..Run::default() })
    {
        return escape::paragraph(&punctuation::full_width(run.text.trim()));
    }
    let text: String = joined.iter().map(marked).collect();
    let text = text.trim();
    if joined.first().is_some_and(|run| !run.bold && !run.italic && run.link.is_none()) {
        let first = joined.first().map_or("", |run| run.text.trim_start());
        let whole = escape::paragraph(first);
        let inline = escape::inline(first);
        return text
            .strip_prefix(inline.trim_end())
            .map_or_else(|| text.to_owned(), |rest| format!("{}{rest}", whole.trim_end()));
    }
    text.to_owned()
}

impl Run {
    fn goes_on_in(&self, other: &Run) -> bool {
        let marks = |run: &Run| (run.bold, run.italic, run.link.clone(), run.footnote.clone());
        self.footnote.is_none() && marks(self) == marks(other)
    }
}

fn marked(run: &Run) -> String {
    if let Some(mark) = &run.footnote {
        return format!("[^{mark}]");
    }
    let inner = run.text.trim();
    if inner.is_empty() {
        return run.text.clone();
    }
    let start = &run.text[..run.text.len() - run.text.trim_start().len()];
    let end = &run.text[run.text.trim_end().len()..];
    let marks = match (run.bold, run.italic) {
        (true, true) => "***",
        (true, false) => "**",
        (false, true) => "*",
        (false, false) => "",
    };
    let text = format!("{marks}{}{marks}", escape::inline(inner));
    match &run.link {
        Some(link) => format!("{start}[{}]({}){end}", text.replace(']', "\\]"), destination(link)),
        None => format!("{start}{text}{end}"),
    }
}

/// A destination with spaces or brackets stands in angle brackets.
fn destination(link: &str) -> String {
    let is_simple = !link.contains(|c: char| c.is_whitespace() || "()<>".contains(c));
    if is_simple { link.to_owned() } else { format!("<{}>", link.replace(['<', '>', '\n'], "")) }
}
