//! Components: parts of a page that a template of `templates/components/` sets.

use super::chart::Chart;
use super::text::TextId;
use std::collections::{BTreeMap, BTreeSet};

/// A component as an author opened it.
#[derive(Debug, Clone, PartialEq)]
pub struct Component {
    /// Its name, which is its template's.
    pub name: String,
    /// Its title.
    pub title: Option<TextId>,
    /// Its id.
    pub id: Option<String>,
    /// What else was said of it, in order.
    pub attributes: Vec<(String, Attribute)>,
    /// What is drawn, if it is a chart.
    pub chart: Option<Chart>,
}

/// What an attribute says.
#[derive(Debug, Clone, PartialEq)]
pub enum Attribute {
    /// A text; converted.
    Text(TextId),
    /// A name for machines, which stays as it is.
    Kept(String),
    /// A destination: an index of the document's links.
    Link(usize),
}

/// Attributes that name a file or an address.
pub(super) const LINKS: [&str; 6] = ["file", "src", "href", "url", "link", "image"];

/// Attributes that are no text.
pub(super) const NAMES: [&str; 4] = ["type", "class", "lang", "ratio"];

/// The component that is drawn.
pub(super) const CHART: &str = "chart";

/// The components that set a table, which they may read from a file.
pub(super) const TABLES: [&str; 3] = [CHART, "figures", "table"];

/// What a template is given of the tables between the lines.
pub(super) const CELLS: [&str; 3] = ["columns", "rows", CHART];

/// The components that a site has a template for, each with the attributes that it asks for; `None` where that cannot be
/// told.
pub type Known = BTreeMap<String, Option<BTreeSet<String>>>;
