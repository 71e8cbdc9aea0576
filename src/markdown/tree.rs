//! The tree of a document, in pre-order.
//!
//! A node's subtree is the nodes from the one after it up to its `end`. So nothing recurses, however deeply a source
//! nests its quotes and lists, and a walk is a scan.

use super::text::{Piece, TextId, TextTable};
use crate::code::Token;

/// A node and where its subtree ends.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// The index after the last node of its subtree.
    pub end: usize,
}

/// How a table's column is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alignment {
    /// As the table is.
    None,
    /// Flush left.
    Left,
    /// Centred.
    Center,
    /// Flush right.
    Right,
}

/// What a node is.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// A paragraph with its id.
    Paragraph(String),
    /// A heading: level, id, classes.
    Heading(u8, String, Vec<String>),
    /// A quotation, or an alert such as `note`.
    Quote(Option<&'static str>),
    /// A code block with its language, and what its words are; its text is verbatim.
    CodeBlock(String, Vec<Token>),
    /// A list; a number where it is ordered.
    List(Option<u64>),
    /// A list item; a tick where it is a task.
    Item(Option<bool>),
    /// A table with the alignments of its columns.
    Table(Vec<Alignment>),
    /// The header row.
    TableHead,
    /// A row of the body.
    TableRow,
    /// A cell.
    TableCell,
    /// A footnote's text, by label.
    FootnoteDefinition(String),
    /// A definition list.
    DefinitionList,
    /// A term of it.
    DefinitionTitle,
    /// What the term means.
    DefinitionDetails,
    /// An image alone in a paragraph.
    Figure {
        /// Its id.
        id: String,
        /// The image's destination.
        link: usize,
        /// What it shows.
        alt: TextId,
        /// The text below it.
        caption: Option<TextId>,
        /// Who made it.
        credit: Option<TextId>,
    },
    /// A component, by its index.
    Component(usize),
    /// Stressed text.
    Emphasis,
    /// Strongly stressed text.
    Strong,
    /// Struck text.
    Strikethrough,
    /// A link: destination, title.
    Link(usize, Option<TextId>),
    /// An image within a line: destination, alt text, title.
    Image(usize, TextId, Option<TextId>),
    /// Text that is converted.
    Text(Piece),
    /// Text that is not: an address shown as it is.
    Verbatim(String),
    /// Code within a line.
    Code(String),
    /// A formula: as written, and as MathML if it could be read.
    Formula(String, Option<String>),
    /// A reference to a footnote, by label.
    FootnoteReference(String),
    /// A line break that was meant.
    HardBreak,
    /// A thematic break.
    Rule,
    /// HTML that is let through as it is.
    Markup(String),
    /// Text between such HTML: converted, and already escaped.
    MarkupText(Piece),
    /// The value of an attribute in such HTML: converted, escaped but for its quotation mark.
    MarkupValue(Piece, Option<char>),
    /// The value of an attribute in such HTML that leads somewhere.
    MarkupAddress(Address),
    /// Text in an element of such HTML that is in another language: as it is.
    Foreign(String),
}

/// A destination in HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// The destination.
    pub link: usize,
    /// As it stands in the source.
    pub written: String,
    /// The quotation mark around the value.
    pub quote: Option<char>,
    /// Whether a picture is expected there.
    pub is_image: bool,
}

/// A step of a walk.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Step<'t> {
    /// Into a node: its index and the node.
    Enter(usize, &'t Node),
    /// Out of it again.
    Leave(usize, &'t Node),
}

/// A document's body.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tree {
    nodes: Vec<Node>,
}

impl Tree {
    /// All nodes in pre-order.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// Walks the subtrees that stand in `range` of the nodes.
    pub fn walk(&self, range: std::ops::Range<usize>) -> Walk<'_> {
        Walk { tree: self, next: range.start, end: range.end, open: Vec::new() }
    }

    /// The text of a node's subtree without its markup, code included.
    pub fn plain_text(&self, index: usize, texts: &TextTable) -> String {
        let mut plain = String::new();
        for node in &self.nodes[index..self.nodes[index].end] {
            match &node.kind {
                Kind::Text(piece) | Kind::MarkupText(piece) => plain.push_str(texts.piece(*piece)),
                Kind::Verbatim(text) | Kind::Code(text) | Kind::Foreign(text) | Kind::Formula(text, _) => {
                    plain.push_str(text);
                }
                Kind::Image(_, alt, _) => plain.push_str(texts.text(*alt)),
                Kind::HardBreak => plain.push(' '),
                _ => {}
            }
        }
        plain
    }

    /// Adds a node without children so far.
    pub(super) fn push(&mut self, kind: Kind) -> usize {
        let index = self.nodes.len();
        self.nodes.push(Node { kind, end: index + 1 });
        index
    }

    /// Ends a node's subtree here.
    pub(super) fn close(&mut self, index: usize) {
        self.nodes[index].end = self.nodes.len();
    }

    /// The node at `index`, to be changed.
    pub(super) fn kind_mut(&mut self, index: usize) -> &mut Kind {
        &mut self.nodes[index].kind
    }

    /// Drops the nodes from `index` on.
    pub(super) fn truncate(&mut self, index: usize) {
        self.nodes.truncate(index);
    }

    /// Replaces a subtree, which must be the last one, by one node.
    pub(super) fn replace_last(&mut self, index: usize, kind: Kind) {
        self.nodes.truncate(index);
        self.push(kind);
    }
}

/// The steps of a walk.
#[derive(Debug)]
pub struct Walk<'t> {
    tree: &'t Tree,
    next: usize,
    end: usize,
    open: Vec<usize>,
}

impl<'t> Walk<'t> {
    /// Passes over what is inside the node that was entered last.
    pub fn skip_children(&mut self) {
        if let Some(index) = self.open.last() {
            self.next = self.tree.nodes[*index].end;
        }
    }
}

impl<'t> Iterator for Walk<'t> {
    type Item = Step<'t>;

    fn next(&mut self) -> Option<Step<'t>> {
        if let Some(index) = self.open.last().copied() {
            let node = &self.tree.nodes[index];
            if node.end <= self.next {
                self.open.pop();
                return Some(Step::Leave(index, node));
            }
        }
        let index = self.next;
        let node = self.tree.nodes.get(index).filter(|_| index < self.end)?;
        self.next += 1;
        self.open.push(index);
        Some(Step::Enter(index, node))
    }
}
