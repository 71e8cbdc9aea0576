//! Figures drawn as SVG carry text: what a reader meets in them is converted, everything else stays byte for byte.

use crate::script::{Converter, Remark, Run, Scope, Tag};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::ops::Range;

/// Elements whose text a reader meets: drawn, or read aloud. `tspan` stands in `text`.
const READ: [&str; 3] = ["text", "title", "desc"];
const BYTE_ORDER_MARK: char = '\u{FEFF}';

/// The figure for one edition. `None` where it is not well-formed XML: then it is published as it is.
///
/// The texts of one `text`, `title` or `desc` element are one run, so that a phrase is kept across its `tspan`s. An
/// element in another language than Chinese is left alone. The root element's `lang` becomes the edition's, which
/// decides the shapes that a font draws.
pub fn svg(
    bytes: &[u8],
    converter: &Converter,
    lang: &Tag,
    said: &mut Vec<(String, Remark)>,
) -> Option<Vec<u8>> {
    let source = std::str::from_utf8(bytes).ok()?;
    // Dropped, like that of a page; the reader would not count it in its positions.
    let source = source.strip_prefix(BYTE_ORDER_MARK).unwrap_or(source);
    let figure = Figure::read(source)?;
    let mut out = Edited { source, out: String::with_capacity(source.len() + 64), copied: 0 };
    if figure.langs.is_empty() {
        out.replace(figure.root_name_end..figure.root_name_end, &format!(" lang=\"{}\"", lang.as_str()));
    }
    for value in figure.langs {
        out.replace(value, lang.as_str());
    }
    for element in figure.elements {
        let run = Run::from_pieces(element.iter().map(|range| &source[range.clone()])).with_rules();
        let converted = converter.convert_in(&run, &mut Scope::default());
        said.extend(converted.remarks.into_iter().map(|remark| (run.text().to_owned(), remark)));
        for (range, piece) in element.into_iter().zip(converted.run.pieces()) {
            out.replace(range, piece);
        }
    }
    Some(out.finish())
}

/// A text with ranges replaced from its start to its end.
struct Edited<'s> {
    source: &'s str,
    out: String,
    copied: usize,
}

impl Edited<'_> {
    fn replace(&mut self, range: Range<usize>, text: &str) {
        self.out.push_str(&self.source[self.copied..range.start]);
        self.out.push_str(text);
        self.copied = range.end;
    }

    fn finish(mut self) -> Vec<u8> {
        self.out.push_str(&self.source[self.copied..]);
        self.out.into_bytes()
    }
}

/// What of a figure an edition changes.
#[derive(Default)]
struct Figure {
    root_name_end: usize,
    /// The values of the root's `lang` and `xml:lang`.
    langs: Vec<Range<usize>>,
    /// For each element that is read, the ranges of its texts.
    elements: Vec<Vec<Range<usize>>>,
}

impl Figure {
    /// Finds the texts. They are converted as they stand in the file, entities included: no entity holds a character
    /// that conversion knows.
    fn read(source: &str) -> Option<Self> {
        let mut reader = Reader::from_str(source);
        let mut figure = None;
        let mut open = Open::default();
        loop {
            let start = usize::try_from(reader.buffer_position()).ok()?;
            let event = reader.read_event().ok()?;
            let end = usize::try_from(reader.buffer_position()).ok()?;
            match event {
                Event::Start(element) => {
                    // An attribute that cannot be read makes the figure unsound.
                    let foreign = is_foreign(&element)?;
                    if open.depth == 0 && figure.replace(root(&element, source, start)?).is_some() {
                        return None;
                    }
                    open.enter(element.local_name().as_ref(), foreign);
                }
                Event::Empty(element) => {
                    is_foreign(&element)?;
                    if open.depth == 0 && figure.replace(root(&element, source, start)?).is_some() {
                        return None;
                    }
                }
                Event::End(_) => {
                    let texts = open.leave()?;
                    figure.as_mut()?.elements.extend(texts);
                }
                Event::Text(_) | Event::GeneralRef(_) => open.text(start..end),
                Event::CData(_) => open.text(start + "<![CDATA[".len()..end - "]]>".len()),
                Event::Eof => return figure.filter(|_| open.depth == 0),
                _ => {}
            }
        }
    }
}

/// The elements that are open where the reader stands.
#[derive(Default)]
struct Open {
    depth: usize,
    /// The depth and the texts so far of the element that is being read.
    reading: Option<(usize, Vec<Range<usize>>)>,
    /// For each element that says its language, its depth and whether that is another than Chinese.
    languages: Vec<(usize, bool)>,
}

impl Open {
    fn enter(&mut self, name: &str, foreign: Option<bool>) {
        self.depth += 1;
        // The root's language is the edition's, whatever it was.
        if let Some(foreign) = foreign.filter(|_| self.depth > 1) {
            self.languages.push((self.depth, foreign));
        }
        if self.reading.is_none() && READ.contains(&name) {
            self.reading = Some((self.depth, Vec::new()));
        }
    }

    /// The texts of the element, if it is one that is read.
    fn leave(&mut self) -> Option<Option<Vec<Range<usize>>>> {
        let done = self.reading.take_if(|(opened, _)| *opened == self.depth).map(|(_, texts)| texts);
        self.languages.pop_if(|(opened, _)| *opened == self.depth);
        self.depth = self.depth.checked_sub(1)?;
        Some(done)
    }

    fn text(&mut self, range: Range<usize>) {
        let is_foreign = self.languages.last().is_some_and(|(_, foreign)| *foreign);
        if let Some((_, texts)) = self.reading.as_mut().filter(|_| !is_foreign) {
            texts.push(range);
        }
    }
}

/// Whether an element says that it is in another language than Chinese; nothing inside where it says none, and nothing
/// at all where an attribute cannot be read.
fn is_foreign(element: &BytesStart<'_>) -> Option<Option<bool>> {
    let mut foreign = None;
    for attribute in element.attributes() {
        let attribute = attribute.ok()?;
        if is_lang(attribute.key.as_ref()) {
            let language = attribute.value.split('-').next().unwrap_or_default();
            foreign = Some(!language.is_empty() && !language.eq_ignore_ascii_case("zh"));
        }
    }
    Some(foreign)
}

/// What the root element gives.
fn root(element: &BytesStart<'_>, source: &str, start: usize) -> Option<Figure> {
    let root_name_end = start + 1 + element.name().as_ref().len();
    let mut figure = Figure { root_name_end, ..Figure::default() };
    for attribute in element.attributes() {
        let attribute = attribute.ok()?;
        if is_lang(attribute.key.as_ref()) {
            figure.langs.push(range_in(source, &attribute.value)?);
        }
    }
    Some(figure)
}

fn is_lang(name: &str) -> bool {
    matches!(name, "lang" | "xml:lang")
}

/// Where a part of a text stands in it.
fn range_in(source: &str, part: &str) -> Option<Range<usize>> {
    let start = part.as_ptr().addr().checked_sub(source.as_ptr().addr())?;
    let range = start..start + part.len();
    (source.get(range.clone()) == Some(part)).then_some(range)
}
