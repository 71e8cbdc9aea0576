//! Components: opened and closed by lines of colons, filled from the blocks between them and from data files.

use super::super::chart::{self, Chart, ChartKind, Problem, Series};
use super::super::component::{self, Attribute, CHART, Component};
use super::super::containers::{self, Line, Meaning, Opening};
use super::super::diagnostics;
use super::super::text::{Piece, TextId};
use super::super::tree::{Alignment, Kind};
use super::Builder;
use crate::data::{self, Cell, Table};
use crate::diagnostic::{Diagnostic, Severity};
use crate::script::addresses;
use std::collections::BTreeSet;
use std::ops::Range;

/// Attributes that every component has.
const COMMON: [&str; 3] = ["title", "id", "file"];

/// What stands in a component is made into one text for each component around it.
const DEEPEST: usize = 16;

/// A component that is not closed yet.
pub(super) struct OpenComponent {
    node: usize,
    index: usize,
    name: Range<usize>,
    kind: ChartKind,
    /// Whether a file was named, be it one that holds no table.
    asks_for_file: bool,
    /// The data file that its table was read from.
    file: Option<String>,
}

impl Builder<'_, '_> {
    /// A line of colons. The parser took it for a thematic break.
    pub(super) fn component_line(&mut self, line: &Line) {
        self.close_run();
        match &line.meaning {
            Meaning::Opens(opening) => {
                if opening.name.is_empty() {
                    let span = line.span.clone();
                    self.say(Severity::Error, "component", |source| diagnostics::unnamed(source, span));
                }
                self.open_component(opening);
            }
            Meaning::Closes if self.is_in_component() => self.close_component(),
            Meaning::Closes => {
                let span = line.span.clone();
                self.say(Severity::Warning, "component", |source| diagnostics::closes_nothing(source, span));
            }
        }
    }

    /// Says of lines of full-width colons that they are text. `code` finds the code in `text`, which begins at `start`.
    pub(super) fn full_width_colons(
        &mut self,
        text: &str,
        start: usize,
        code: impl Fn(&str) -> Vec<Range<usize>>,
    ) {
        if containers::full_width(text, &[]).is_empty() {
            return;
        }
        for span in containers::full_width(text, &code(text)) {
            let span = start + span.start..start + span.end;
            self.say(Severity::Warning, "component", |source| diagnostics::full_width_colons(source, span));
        }
    }

    /// Says of lines of colons in a text that begins at `start` that they are part of it.
    pub(super) fn colons_in_text(&mut self, lines: Vec<Line>, start: usize) {
        for line in lines {
            let span = line.moved(start).span;
            self.say(Severity::Warning, "component", |source| diagnostics::colons_in_text(source, span));
        }
    }

    pub(super) fn is_in_component(&self) -> bool {
        self.open
            .last()
            .is_some_and(|node| self.components_open.last().is_some_and(|open| open.node == *node))
    }

    /// Closes what the end of the block around it, or of the page, leaves open.
    pub(super) fn close_left_open(&mut self) {
        while self.is_in_component() {
            let name = self.components_open.last().map_or(0..0, |open| open.name.clone());
            let is_component = |node: &usize| matches!(self.tree.nodes()[*node].kind, Kind::Component(_));
            let is_inside = self.open.iter().nth_back(1).is_some_and(|around| !is_component(around));
            self.say(Severity::Error, "component", |source| {
                diagnostics::component_unclosed(source, name, is_inside)
            });
            self.close_component();
        }
    }

    fn open_component(&mut self, opening: &Opening) {
        if self.components_open.len() == DEEPEST {
            let span = opening.name.clone();
            self.say(Severity::Error, "component", |source| {
                diagnostics::components_too_deep(source, span, DEEPEST)
            });
        }
        let name = self.source.text[opening.name.clone()].to_owned();
        self.check_name(&name, opening);
        self.check_attributes(&name, opening);
        let (kind, positional) = match &opening.title {
            Some(title) if name == CHART => self.kind_and_title(title.clone()),
            title => (ChartKind::Bar, title.clone()),
        };
        let title = positional.map(|span| self.text_of(span));
        let id = opening.id.clone();
        let mut component = Component { name, title, id: None, attributes: Vec::new(), chart: None };
        component.id = id.map(|span| self.explicit_id(span));
        let node = self.enter(Kind::Component(self.components.len()));
        let mut open = OpenComponent {
            node,
            index: self.components.len(),
            name: opening.name.clone(),
            kind,
            asks_for_file: false,
            file: None,
        };
        for (key, value) in &opening.attributes {
            self.attribute(&mut component, &mut open, key, value);
        }
        self.components.push(component);
        self.components_open.push(open);
    }

    /// `bar 两条产业链`: a title of a chart may begin with its type. One that is a mere name, such as `pie`, is meant as a type.
    fn kind_and_title(&mut self, title: Range<usize>) -> (ChartKind, Option<Range<usize>>) {
        let text = &self.source.text[title.clone()];
        let (first, rest) = text.split_once([' ', '\t']).unwrap_or((text, ""));
        if let Some(kind) = ChartKind::of(first) {
            let rest = rest.trim_start().len();
            return (kind, (rest > 0).then_some(title.end - rest..title.end));
        }
        if rest.is_empty() && !first.is_empty() && first.bytes().all(|byte| byte.is_ascii_lowercase()) {
            self.say(Severity::Error, "chart", |source| diagnostics::unknown_chart(source, title.clone()));
        }
        (ChartKind::Bar, Some(title))
    }

    /// What is no attribute, and what is said twice.
    fn check_attributes(&mut self, name: &str, opening: &Opening) {
        let asked = self.options.components.and_then(|known| known.get(name)).and_then(Option::as_ref);
        let is_asked = |key: &str| COMMON.contains(&key) || asked.is_some_and(|asked| asked.contains(key));
        let nearly = opening.nearly.clone();
        let nearly =
            nearly.filter(|nearly| nearly.is_quoted || is_asked(&self.source.text[nearly.key.clone()]));
        if let Some(nearly) = nearly {
            self.say(Severity::Error, "component", |source| diagnostics::nearly_attribute(source, &nearly));
        } else if let Some(stray) = opening.stray.clone() {
            self.say(Severity::Error, "component", |source| diagnostics::component_stray(source, stray));
        }
        let mut keys: BTreeSet<&str> = opening.title.iter().map(|_| "title").collect();
        keys.extend(opening.id.iter().map(|_| "id"));
        for (key, _) in &opening.attributes {
            let written = &self.source.text[key.clone()];
            let is_type = || {
                let title = opening.title.clone().map(|title| &self.source.text[title]);
                name == CHART && written == "title" && title.and_then(ChartKind::of).is_some()
            };
            if !keys.insert(written) && !is_type() {
                self.say(Severity::Error, "component", |source| {
                    diagnostics::attribute_twice(source, key.clone())
                });
            }
        }
    }

    fn check_name(&mut self, name: &str, opening: &Opening) {
        let Some(known) = self.options.components.filter(|_| !name.is_empty()) else { return };
        let Some(template) = known.get(name) else {
            let span = opening.name.clone();
            let names: Vec<&str> = known.keys().map(String::as_str).collect();
            return self.say(Severity::Warning, "unknown-component", |source| {
                diagnostics::unknown_component(source, span, &names)
            });
        };
        let Some(asked) = template else { return };
        for (key, value) in &opening.attributes {
            let own = &self.source.text[key.clone()];
            let is_switch = key == value;
            if is_switch || COMMON.contains(&own) || (name == CHART && own == "type") || asked.contains(own) {
                continue;
            }
            let key = key.clone();
            self.say(Severity::Warning, "unknown-attribute", |source| {
                diagnostics::unknown_attribute(source, key, asked)
            });
        }
    }

    fn attribute(
        &mut self,
        component: &mut Component,
        open: &mut OpenComponent,
        key: &Range<usize>,
        value: &Range<usize>,
    ) {
        let name = &self.source.text[key.clone()];
        let text = &self.source.text[value.clone()];
        let attribute = match name {
            "title" => return component.title = Some(self.text_of(value.clone())),
            "id" => return component.id = Some(self.explicit_id(value.clone())),
            "type" if component.name == CHART => match ChartKind::of(text) {
                Some(kind) => return open.kind = kind,
                None => {
                    let span = value.clone();
                    return self
                        .say(Severity::Error, "chart", |source| diagnostics::unknown_chart(source, span));
                }
            },
            "file" if !data::is_data(text) && component::TABLES.contains(&component.name.as_str()) => {
                open.asks_for_file = true;
                let span = value.clone();
                return self.say(Severity::Error, "data", |source| diagnostics::no_table(source, span));
            }
            "file" if data::is_data(text) => match self.data_file(open, value) {
                Some(attribute) => attribute,
                None => return,
            },
            _ if component::LINKS.contains(&name) => {
                Attribute::Link(self.add_link(text.to_owned(), value.clone()))
            }
            _ if component::NAMES.contains(&name) || key == value || addresses::is_address(text) => {
                Attribute::Kept(text.to_owned())
            }
            _ => Attribute::Text(self.text_of(value.clone())),
        };
        component.attributes.push((name.to_owned(), attribute));
    }

    fn text_of(&mut self, span: Range<usize>) -> TextId {
        let id = self.texts.push(self.masked.run([&self.masked.text[span.clone()]]));
        self.spans.push((Piece { text: id, index: 0 }, span));
        id
    }

    fn explicit_id(&mut self, span: Range<usize>) -> String {
        let id = self.source.text[span.clone()].to_owned();
        if id.is_empty() || id.contains(char::is_whitespace) {
            let span = span.clone();
            self.say(Severity::Error, "id", |source| diagnostics::id_with_space(source, span));
        }
        self.raw_ids.push((id.clone(), span));
        id
    }

    /// Reads a data file as if its table stood in the body. The file can be linked to where it travels with the page.
    fn data_file(&mut self, open: &mut OpenComponent, value: &Range<usize>) -> Option<Attribute> {
        open.asks_for_file = true;
        let written = &self.source.text[value.clone()];
        let files = self.options.data?;
        let Some((path, text)) = files.find(&self.source.path, written) else {
            if files.is_there(&self.source.path, written) {
                // It could not be read, and why was said.
                return None;
            }
            let near = files.nearest(&self.source.path, written);
            let span = value.clone();
            self.say(Severity::Error, "data", |source| {
                diagnostics::no_data_file(source, span, near.as_deref())
            });
            return None;
        };
        let table = data::table(path, text).report(self.diagnostics)?;
        self.table(&table);
        open.file = Some(path.to_owned());
        let travels = path.starts_with("content/");
        travels.then(|| Attribute::Link(self.add_link(written.to_owned(), value.clone())))
    }

    fn table(&mut self, table: &Table) {
        let alignment = |column: usize| {
            let is_number = |row: &Vec<Cell>| chart::number(&row[column].text).is_some();
            let is_right = column > 0 && table.rows.iter().all(is_number);
            if is_right { Alignment::Right } else { Alignment::None }
        };
        let columns = (0..table.columns.len()).map(alignment).collect();
        let node = self.enter(Kind::Table(columns));
        self.row(Kind::TableHead, &table.columns);
        for row in &table.rows {
            self.row(Kind::TableRow, row);
        }
        debug_assert_eq!(self.open.last(), Some(&node), "the rows are closed");
        self.leave();
    }

    fn row(&mut self, kind: Kind, cells: &[Cell]) {
        self.enter(kind);
        for cell in cells {
            self.enter(Kind::TableCell);
            if addresses::is_address(&cell.text) {
                self.leaf(Kind::Verbatim(cell.text.clone()));
            } else if !cell.text.is_empty() {
                let text = self.texts.add_shared(cell.text.clone());
                self.count(&cell.text);
                self.leaf(Kind::Text(Piece { text, index: 0 }));
            }
            self.leave();
        }
        self.leave();
    }

    fn close_component(&mut self) {
        self.close_run();
        let Some(open) = self.components_open.pop() else { return };
        if self.components[open.index].name == CHART {
            self.components[open.index].chart = self.chart(&open);
        }
        self.check_contents(&open);
        self.leave();
    }

    /// Whether the template shows what stands between the lines.
    fn check_contents(&mut self, open: &OpenComponent) {
        let name = &self.components[open.index].name;
        let asked = self.options.components.and_then(|known| known.get(name)).and_then(Option::as_ref);
        let Some(asked) = asked.filter(|asked| !asked.contains("body")) else { return };
        let has_cells = component::CELLS.iter().any(|field| asked.contains(*field));
        let nodes = self.tree.nodes();
        let (mut child, mut is_lost) = (open.node + 1, false);
        while let Some(node) = nodes.get(child) {
            is_lost |= !(has_cells && matches!(node.kind, Kind::Table(_)));
            child = node.end.max(child + 1);
        }
        if is_lost {
            let span = open.name.clone();
            self.say(Severity::Warning, "component", |source| {
                diagnostics::contents_left_out(source, span, has_cells)
            });
        }
    }

    /// What the first table in a component shows.
    fn chart(&mut self, open: &OpenComponent) -> Option<Chart> {
        let rows = self.cells(open.node);
        let Some((head, body)) = rows.split_first() else {
            // What is wrong with its file was said.
            let name = open.name.clone();
            if !open.asks_for_file {
                self.say(Severity::Error, "chart", |source| diagnostics::chart_without_table(source, name));
            }
            return None;
        };
        if body.is_empty() {
            let name = open.name.clone();
            self.say(Severity::Error, "chart", |source| diagnostics::chart_without_rows(source, name));
            return None;
        }
        let text = |node: &usize| self.tree.plain_text(*node, &self.texts);
        let texts: Vec<Vec<String>> = body.iter().map(|row| row.iter().map(text).collect()).collect();
        let columns = match chart::numbers(open.kind, &texts) {
            Ok(columns) => columns,
            Err(problem) => {
                let diagnostic = self.chart_problem(open, &problem);
                self.diagnostics.push(diagnostic);
                return None;
            }
        };
        let series = |(column, values): (usize, Vec<Option<f64>>)| Series {
            name: head.get(column).copied().unwrap_or_default(),
            values: values
                .into_iter()
                .zip(body)
                .map(|(value, row)| Some((value?, *row.get(column)?)))
                .collect(),
        };
        let labels = body.iter().filter_map(|row| row.first().copied()).collect();
        Some(Chart { kind: open.kind, labels, series: columns.into_iter().map(series).collect() })
    }

    /// The nodes of the cells of the first table below a node, row by row.
    fn cells(&self, node: usize) -> Vec<Vec<usize>> {
        let nodes = self.tree.nodes();
        let is_table = |index: &usize| matches!(nodes[*index].kind, Kind::Table(_));
        let Some(table) = (node + 1..nodes.len()).find(is_table) else { return Vec::new() };
        let mut rows: Vec<Vec<usize>> = Vec::new();
        for (index, inner) in nodes.iter().enumerate().take(nodes[table].end).skip(table) {
            match inner.kind {
                Kind::TableHead | Kind::TableRow => rows.push(Vec::new()),
                Kind::TableCell => rows.last_mut().into_iter().for_each(|row| row.push(index)),
                _ => {}
            }
        }
        rows
    }

    /// Points at the cell: in the data file, or in the source.
    fn chart_problem(&self, open: &OpenComponent, problem: &Problem) -> Diagnostic {
        let (row, column) = match *problem {
            Problem::NoNumbers => return diagnostics::chart_nothing(self.source, open.name.clone()),
            Problem::NoNumber(row, column) | Problem::NoShare(row, column) => (row, column),
            Problem::SeveralColumns(column) | Problem::NothingShared(column) => (0, column),
        };
        let cells = self.cells(open.node);
        let node = cells.get(row + 1).and_then(|row| row.get(column)).copied().unwrap_or(open.node);
        let text = self.tree.plain_text(node, &self.texts);
        let diagnostic = diagnostics::chart_cell(problem, text.trim());
        let files = self.options.data.zip(open.file.as_deref());
        if let Some((path, file)) = files.and_then(|(files, path)| files.get(path)) {
            let table = data::table(path, file).report(&mut Vec::new());
            let span = table.and_then(|table| Some(table.rows.get(row)?.get(column)?.span.clone()));
            return diagnostic.at(path, file, span.unwrap_or(0..0));
        }
        let span = self.span_of(node).unwrap_or_else(|| open.name.clone());
        diagnostic.at(&self.source.path, &self.source.text, span)
    }

    /// Where the first text below a node stands in the source.
    fn span_of(&self, node: usize) -> Option<Range<usize>> {
        let inner = &self.tree.nodes()[node..self.tree.nodes()[node].end];
        let piece = inner.iter().find_map(|node| match node.kind {
            Kind::Text(piece) => Some(piece),
            _ => None,
        })?;
        self.spans.iter().rev().find(|(own, _)| *own == piece).map(|(_, span)| span.clone())
    }
}
