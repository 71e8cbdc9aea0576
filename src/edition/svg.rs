//! Figures drawn as SVG carry text: what a reader meets in them is converted, everything else stays byte for byte.

use crate::script::{Converter, Run, Tag};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Elements whose text a reader meets: drawn, or read aloud. `tspan` stands in `text`.
const READ: [&str; 3] = ["text", "title", "desc"];

/// The figure for one edition. `None` where it is not well-formed XML: then it is published as it is.
///
/// The texts of one `text`, `title` or `desc` element are one run, so that a phrase is kept across its `tspan`s. The
/// root element's `lang` becomes the edition's, which decides the shapes that a font draws.
pub fn svg(bytes: &[u8], converter: &Converter, lang: &Tag) -> Option<Vec<u8>> {
    let source = std::str::from_utf8(bytes).ok()?;
    let texts = texts(source)?;
    let mut out = String::with_capacity(source.len() + 64);
    let mut copied = 0;
    if let Some(root) = texts.root_name_end {
        out.push_str(&source[..root]);
        out.push_str(&format!(" lang=\"{}\"", lang.as_str()));
        copied = root;
    }
    for element in &texts.elements {
        let run = Run::from_pieces(element.iter().map(|range| &source[range.clone()]));
        let converted = converter.convert(&run);
        for (range, piece) in element.iter().zip(converted.pieces()) {
            out.push_str(&source[copied..range.start]);
            out.push_str(piece);
            copied = range.end;
        }
    }
    out.push_str(&source[copied..]);
    Some(out.into_bytes())
}

#[derive(Default)]
struct Texts {
    /// Where the root element's name ends, if it has no `lang` yet.
    root_name_end: Option<usize>,
    /// For each element that is read, the ranges of its texts.
    elements: Vec<Vec<std::ops::Range<usize>>>,
}

/// Finds the texts. They are converted as they stand in the file, entities included: no entity holds a character
/// that conversion knows.
fn texts(source: &str) -> Option<Texts> {
    let mut reader = Reader::from_str(source);
    let mut texts = Texts::default();
    let mut depth = 0_usize;
    let mut reading: Option<(usize, Vec<std::ops::Range<usize>>)> = None;
    loop {
        let start = usize::try_from(reader.buffer_position()).ok()?;
        let event = reader.read_event().ok()?;
        let end = usize::try_from(reader.buffer_position()).ok()?;
        match event {
            Event::Start(element) => {
                if depth == 0 {
                    texts.root_name_end = root_name_end(&element, start);
                }
                depth += 1;
                if reading.is_none() && READ.contains(&element.local_name().as_ref()) {
                    reading = Some((depth, Vec::new()));
                }
            }
            Event::End(_) => {
                if reading.as_ref().is_some_and(|(opened, _)| *opened == depth) {
                    texts.elements.extend(reading.take().map(|(_, ranges)| ranges));
                }
                depth = depth.checked_sub(1)?;
            }
            Event::Text(_) | Event::GeneralRef(_) => {
                if let Some((_, ranges)) = &mut reading {
                    ranges.push(start..end);
                }
            }
            Event::Eof => return (depth == 0).then_some(texts),
            _ => {}
        }
    }
}

fn root_name_end(root: &BytesStart<'_>, start: usize) -> Option<usize> {
    let has_lang = root.attributes().flatten().any(|attribute| attribute.key.as_ref() == "lang");
    (!has_lang).then(|| start + 1 + root.name().as_ref().len())
}
