//! XML → a small tree: elements by their local names, attributes too. Namespaces are not looked at: the prefixes of `.docx` are fixed
//! by its schema, and local names that mean two things are told apart by what holds them.

use super::Broken;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;

/// Deeper than tables in tables in text boxes ever are.
const DEPTH: usize = 200;

/// An element, or a text where the name is empty.
#[derive(Debug, Default)]
pub(super) struct Node {
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) children: Vec<Node>,
    pub(super) text: String,
}

impl Node {
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn child(&self, name: &str) -> Option<&Node> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The value of a child: `<w:pStyle w:val="…"/>`.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.child(name)?.attribute("val")
    }

    /// All text below.
    pub(super) fn all_text(&self) -> String {
        let below = self.children.iter().map(Node::all_text);
        std::iter::once(self.text.clone()).chain(below).collect()
    }
}

/// Reads a document.
pub(super) fn parse(bytes: &[u8]) -> Result<Node, Broken> {
    let text = std::str::from_utf8(bytes).map_err(|_| Broken::Damaged("its XML is not UTF-8".to_owned()))?;
    let mut reader = Reader::from_str(text);
    let mut open = vec![Node::default()];
    loop {
        match reader.read_event().map_err(damaged)? {
            Event::Start(tag) => {
                if open.len() > DEPTH {
                    return Err(Broken::TooDeep);
                }
                open.push(element(&tag)?);
            }
            Event::Empty(tag) => {
                let node = element(&tag)?;
                add(&mut open, node);
            }
            Event::End(_) => {
                if let Some(node) = open.pop().filter(|_| !open.is_empty()) {
                    add(&mut open, node);
                }
            }
            Event::Text(text) => add_text(&mut open, &text.xml10_content()),
            Event::CData(text) => add_text(&mut open, &text.xml10_content()),
            Event::GeneralRef(reference) => add_text(&mut open, &resolved(&reference)?),
            Event::Eof => break,
            _ => {}
        }
    }
    Ok(open.swap_remove(0))
}

fn damaged(error: impl std::fmt::Display) -> Broken {
    Broken::Damaged(error.to_string())
}

fn add(open: &mut [Node], node: Node) {
    if let Some(parent) = open.last_mut() {
        parent.children.push(node);
    }
}

fn add_text(open: &mut [Node], text: &str) {
    let Some(parent) = open.last_mut() else { return };
    match parent.children.last_mut().filter(|last| last.name.is_empty()) {
        Some(last) => last.text.push_str(text),
        None => parent.children.push(Node { text: text.to_owned(), ..Node::default() }),
    }
}

/// `&lt;`, `&#x7532;`: nothing else is defined, since document types are not read.
fn resolved(reference: &BytesRef<'_>) -> Result<String, Broken> {
    if let Some(c) = reference.resolve_char_ref().map_err(damaged)? {
        return Ok(c.to_string());
    }
    let name = reference.xml10_content();
    let known = quick_xml::escape::resolve_predefined_entity(&name);
    known.map(str::to_owned).ok_or_else(|| Broken::Damaged(format!("unknown entity &{name};")))
}

fn element(tag: &BytesStart<'_>) -> Result<Node, Broken> {
    let local = |name: &str| name.rsplit(':').next().unwrap_or_default().to_owned();
    let mut attributes = Vec::new();
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(damaged)?;
        let value =
            attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).map_err(damaged)?.into_owned();
        attributes.push((local(attribute.key.as_ref()), value));
    }
    Ok(Node { name: local(tag.name().as_ref()), attributes, ..Node::default() })
}
