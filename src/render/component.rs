//! Components of a body: what their templates get.
//!
//! In: a component, its inside as HTML, and what all pages of the edition share. Out: the HTML of its template. A component
//! without a template shows its inside.

use super::{EditionFrame, Templates, chart};
use crate::content::Template;
use crate::diagnostic::Diagnostic;
use crate::markdown::{Attribute, Component, Known, TextTable, Tree};
use std::collections::BTreeSet;
use std::ops::Range;
use tera::{Map, Value};

/// Where the templates of components stand.
const FOLDER: &str = "components/";

/// The components that there are templates for.
pub fn components(templates: &[Template]) -> Known {
    let own = templates.iter().filter_map(|template| {
        let name = template.name.strip_prefix(FOLDER)?.strip_suffix(".html")?;
        (!name.contains('/')).then(|| (name.to_owned(), asked(&template.text, templates)))
    });
    own.collect()
}

/// The attributes that a template asks for, or a component of Tera's that it hands the whole component on to; nothing where
/// that cannot be told.
fn asked(text: &str, templates: &[Template]) -> Option<BTreeSet<String>> {
    let is_made_of_others = ["{% include", "{%- include", "{% extends", "component["];
    if is_made_of_others.iter().any(|mark| text.contains(mark)) {
        return None;
    }
    let mut asked = BTreeSet::new();
    let (mut own, mut done) = (String::new(), 0);
    for call in calls(text) {
        let mut words = text[call.clone()].split([' ', '\t', '\n', '/', '>']);
        let name = words.next().unwrap_or_default();
        if words.any(|word| word == "component") {
            asked.extend(fields(definition(name, templates)?)?);
            own.push_str(&text[done..call.start]);
            done = call.end;
        }
    }
    asked.extend(fields(own.as_str())?);
    asked.extend(fields(&text[done..])?);
    Some(asked)
}

/// Where a template calls components of Tera's: from the name to the end of the tag.
fn calls(text: &str) -> Vec<Range<usize>> {
    let mut calls = Vec::new();
    for (at, mark) in text.match_indices('<') {
        let before = text[..at].trim_end_matches(['-', ' ']);
        if !(before.ends_with("{{") || before.ends_with("{%")) {
            continue;
        }
        let start = at + mark.len();
        let close = ["}}", "%}"].iter().filter_map(|close| text[start..].find(close)).min();
        calls.extend(close.map(|close| start..start + close));
    }
    calls
}

/// What a component of Tera's does with what it calls `component` and takes first.
fn definition<'t>(name: &str, templates: &'t [Template]) -> Option<&'t str> {
    let opening = format!("component {name}(component,");
    let closing = format!("endcomponent {name}");
    templates.iter().find_map(|template| {
        let (_, inside) = template.text.split_once(&opening)?;
        Some(inside.split_once(&closing)?.0)
    })
}

/// The names behind `component.`; nothing where it stands alone.
fn fields(text: &str) -> Option<BTreeSet<String>> {
    let mut asked = BTreeSet::new();
    for (at, name) in text.match_indices("component") {
        let after = &text[at + name.len()..];
        let field = after.strip_prefix('.').or_else(|| after.strip_prefix("?."));
        match field {
            Some(field) => {
                let end = field.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(field.len());
                asked.insert(field[..end].to_owned());
            }
            // `{% component …` defines one of Tera's own.
            None if text[..at].trim_end().ends_with(['%', '-']) => {}
            None if after.starts_with(|c: char| c.is_alphanumeric() || c == '_' || c == 's') => {}
            None => return None,
        }
    }
    Some(asked)
}

/// A component and its surroundings.
pub(super) struct Setting<'a> {
    pub(super) frame: &'a EditionFrame,
    pub(super) templates: &'a Templates,
    /// The page, for messages.
    pub(super) page: &'a str,
    /// What a chart without a title is called.
    pub(super) untitled: &'a str,
}

/// What stands inside a component.
#[derive(Default)]
pub(super) struct Inside {
    /// All of it.
    pub(super) body: String,
    /// The cells of its tables, as HTML, row by row.
    pub(super) rows: Vec<Vec<String>>,
    /// How many of the rows begin a table.
    pub(super) heads: Vec<usize>,
}

impl Setting<'_> {
    /// `href` gives the address of a link by its index.
    pub(super) fn render(
        &self,
        component: &Component,
        inside: Inside,
        (tree, texts): (&Tree, &TextTable),
        href: &dyn Fn(usize) -> String,
    ) -> Result<String, Diagnostic> {
        let template = format!("{FOLDER}{}.html", component.name);
        if !self.templates.components().contains_key(&component.name) {
            return Ok(inside.body);
        }
        // What its template asks for and nobody said is nothing, not a fault.
        let asked = self.templates.components().get(&component.name).and_then(Option::as_ref);
        let mut fields: Map =
            asked.into_iter().flatten().map(|key| (key.clone().into(), Value::none())).collect();
        for (key, attribute) in &component.attributes {
            let value = match attribute {
                Attribute::Text(text) => texts.text(*text).to_owned(),
                Attribute::Kept(text) => text.clone(),
                Attribute::Link(link) => href(*link),
            };
            fields.insert(key.clone().into(), Value::from(value));
        }
        let title = component.title.map(|title| texts.text(title));
        fields.insert("name".into(), Value::from(component.name.as_str()));
        fields.insert("title".into(), title.map_or_else(Value::none, Value::from));
        fields.insert("id".into(), component.id.as_deref().map_or_else(Value::none, Value::from));
        if let Some(shown) = &component.chart {
            let name = title.unwrap_or(self.untitled);
            let drawn = chart::draw(shown, name, &|node| tree.plain_text(node, texts));
            fields.insert("chart".into(), Value::safe_string(&drawn));
            fields.insert("type".into(), Value::from(shown.kind.name()));
        }
        fields.insert("body".into(), Value::safe_string(inside.body.trim_end()));
        let mut rows = inside.rows;
        let columns = if inside.heads.first() == Some(&0) { rows.remove(0) } else { Vec::new() };
        fields.insert("columns".into(), safe(&columns));
        fields.insert("rows".into(), Value::from(rows.iter().map(|row| safe(row)).collect::<Vec<Value>>()));
        let mut context = self.frame.base();
        context.insert_value("component", Value::from(fields));
        self.templates.part(&template, &context, self.page)
    }
}

fn safe(cells: &[String]) -> Value {
    Value::from(cells.iter().map(|cell| Value::safe_string(cell)).collect::<Vec<Value>>())
}
