//! XML files: sitemaps and feeds.
//!
//! In: names and texts. Out: well-formed XML 1.0, whatever the texts hold.

use crate::render::OutFile;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use std::borrow::Cow;
use std::io::{self, Write};

/// A file of what `write` writes.
pub(super) fn file(path: &str, write: impl FnOnce(&mut Writer<&mut Vec<u8>>) -> io::Result<()>) -> OutFile {
    let mut bytes = Vec::new();
    // Writing to memory cannot fail.
    let _ = write(&mut Writer::new_with_indent(&mut bytes, b' ', 1));
    bytes.push(b'\n');
    OutFile::new(path, bytes)
}

pub(super) fn declaration(xml: &mut Writer<impl Write>) -> io::Result<()> {
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))
}

pub(super) fn element(xml: &mut Writer<impl Write>, name: &str, text: &str) -> io::Result<()> {
    element_with(xml, BytesStart::new(name), text)
}

pub(super) fn element_with(
    xml: &mut Writer<impl Write>,
    start: BytesStart<'_>,
    text: &str,
) -> io::Result<()> {
    let name = start.name().as_ref().to_owned();
    xml.write_event(Event::Start(start))?;
    xml.write_event(Event::Text(BytesText::new(&allowed(text))))?;
    xml.write_event(Event::End(BytesEnd::new(name)))
}

/// A text without the control characters that XML 1.0 cannot hold, not even as a reference.
pub(super) fn allowed(text: &str) -> Cow<'_, str> {
    let is_allowed =
        |c: char| !matches!(c, '\0'..='\x08' | '\x0B' | '\x0C' | '\x0E'..='\x1F' | '\u{FFFE}' | '\u{FFFF}');
    if text.chars().all(is_allowed) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().filter(|c| is_allowed(*c)).collect())
    }
}
