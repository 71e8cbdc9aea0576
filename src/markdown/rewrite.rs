//! Markdown to Markdown: only the texts change, everything else stays byte for byte.

use super::text::TextTable;
use super::{Options, blocks, front, front_texts};
use crate::config::Glossary;
use crate::content::{Route, Source};
use crate::dialect::{self, Language, Origin};
use crate::script::{self, Run, Script};
use std::ops::Range;

/// Converts the texts of a Markdown file: its body, its alt texts and titles, and the texts of its front matter.
///
/// Code, addresses, HTML tags and keys are not texts. Line breaks stay where they are, and a phrase is known across
/// them: `饼⏎干` becomes `餅⏎乾`. What stands in the source otherwise than it reads (`&amp;`, `\*`) stays too. A link
/// whose text is also its label keeps the label: `[发展]` becomes `[發展][发展]`.
pub fn rewrite(text: &str, mut convert: impl FnMut(&Run) -> Run) -> String {
    let document = script::detect(text);
    let route = Route::default();
    let source = Source { path: String::new(), text: text.to_owned(), route };
    let origin = Origin { path: "", text };
    // A rewrite changes what it understands and says nothing of the rest.
    let mut unsaid = Vec::new();
    let mut edits = Edits { text, edits: Vec::new() };
    let body = match front::fences(origin, &mut unsaid) {
        Some((language, fenced, body)) => {
            let spans = match language {
                Language::Toml => front_texts::toml(origin, fenced),
                Language::Yaml => front_texts::yaml(text, fenced),
            };
            for span in spans {
                let run = Run::new(&text[span.clone()])
                    .with_rules()
                    .with_reading(Script::Hans)
                    .in_document(document);
                edits.replace(span, convert(&run).text());
            }
            body
        }
        None => 0..text.len(),
    };
    let range = body.clone();
    let options = Options { raw_html: true, ..Options::default() };
    let mut body =
        blocks::read(&source, body, options, (TextTable::default(), blocks::Title::None), &[], &mut unsaid);
    body.texts.read_as(None, script::detect(&body.masked.text[range]));
    let converted = body.texts.map(|_, run| convert(run));
    for (piece, span) in body.spans {
        if body.masked.shown(&body.masked.text[span.clone()]) == body.texts.piece(piece) {
            edits.replace(span, converted.piece(piece));
        }
    }
    edits.keep_labels(&body.labelled);
    edits.apply()
}

/// The glossary in the front matter of a Markdown file.
pub fn glossary(text: &str) -> script::Glossary {
    let origin = Origin { path: "", text };
    let mut unsaid = Vec::new();
    let Some((language, fenced, _)) = front::fences(origin, &mut unsaid) else {
        return script::Glossary::default();
    };
    let mut fields = dialect::read(language, origin, fenced, &mut unsaid);
    Glossary::read(&mut fields, &mut unsaid).terms
}

struct Edits<'t> {
    text: &'t str,
    edits: Vec<(Range<usize>, String)>,
}

impl Edits<'_> {
    fn replace(&mut self, span: Range<usize>, new: &str) {
        if self.text[span.clone()] != *new {
            self.edits.push((span, new.to_owned()));
        }
    }

    /// Where the text of a link has changed that is also its label, the label is written behind it.
    fn keep_labels(&mut self, labelled: &[blocks::Labelled]) {
        self.edits.sort_by_key(|(span, _)| span.start);
        let mut labels = Vec::new();
        for link in labelled {
            let first = self.edits.partition_point(|(span, _)| span.start < link.label.start);
            if self.edits.get(first).is_some_and(|(span, _)| span.end <= link.label.end) {
                let label = format!("[{}]", &self.text[link.label.clone()]);
                labels.push((link.label.end + 1..link.span.end, label));
            }
        }
        self.edits.extend(labels);
    }

    fn apply(mut self) -> String {
        self.edits.sort_by_key(|(span, _)| span.start);
        let mut out = String::with_capacity(self.text.len());
        let mut copied = 0;
        for (span, new) in self.edits {
            // Two texts at one place cannot both be right; the first stands.
            if span.start >= copied {
                out.push_str(&self.text[copied..span.start]);
                out.push_str(&new);
                copied = span.end;
            }
        }
        out.push_str(&self.text[copied..]);
        out
    }
}
