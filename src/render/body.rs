//! A document's body as HTML: its tree with the texts of an edition.

use super::escape;
use crate::markdown::{Alignment, Document, Kind, Node, Step, TextTable};
use crate::script::{self, Script};
use crate::site::{EditionSite, Page, Plan, Target, Text, fragment};
use std::collections::HashMap;
use std::fmt::Write;

/// Renders the body of a page.
pub(super) fn render(plan: &Plan<'_>, site: &EditionSite, page: &Page) -> String {
    let mut writer = Writer::new(plan, site, page);
    writer.footnotes = Footnotes::new(writer.document);
    writer.out.reserve(8 * 1024);
    writer.walk(0..writer.document.tree.nodes().len());
    writer.footnotes();
    writer.out
}

/// The text of a heading for the contents list: safe HTML, of whose markup only code is left, which says its language
/// where it is in the other script.
pub(super) fn heading(plan: &Plan<'_>, site: &EditionSite, page: &Page, heading: usize) -> String {
    let mut writer = Writer::new(plan, site, page);
    let (document, texts) = (writer.document, writer.texts);
    for node in &document.tree.nodes()[heading..document.tree.nodes()[heading].end] {
        match &node.kind {
            Kind::Text(piece) => escape::text(&mut writer.out, texts.piece(*piece)),
            Kind::MarkupText(piece) => writer.out.push_str(texts.piece(*piece)),
            Kind::Verbatim(text) => writer.verbatim("span", text),
            Kind::Code(code) => writer.verbatim("code", code),
            Kind::Image(_, alt, _) => escape::text(&mut writer.out, texts.text(*alt)),
            Kind::HardBreak => writer.out.push(' '),
            _ => {}
        }
    }
    writer.out
}

struct Writer<'a> {
    plan: &'a Plan<'a>,
    site: &'a EditionSite,
    page: &'a Page,
    document: &'a Document,
    texts: &'a TextTable,
    targets: &'a [Target],
    /// That of the edition; none in another language than Chinese.
    script: Option<Script>,
    out: String,
    /// Column alignments of the tables that are open.
    tables: Vec<&'a [Alignment]>,
    table_count: usize,
    footnotes: Footnotes<'a>,
    in_head: bool,
    in_code_block: bool,
    column: usize,
}

impl<'a> Writer<'a> {
    fn new(plan: &'a Plan<'a>, site: &'a EditionSite, page: &'a Page) -> Self {
        let Text { document, table, targets, .. } = page.text(plan);
        Self {
            plan,
            site,
            page,
            document,
            texts: table,
            targets,
            script: plan.config.editions[site.edition].target().map(|target| target.script),
            out: String::new(),
            tables: Vec::new(),
            table_count: 0,
            footnotes: Footnotes::default(),
            in_head: false,
            in_code_block: false,
            column: 0,
        }
    }

    fn walk(&mut self, range: std::ops::Range<usize>) {
        let document = self.document;
        let mut walk = document.tree.walk(range);
        while let Some(step) = walk.next() {
            match step {
                Step::Enter(_, Node { kind: Kind::FootnoteDefinition(_), .. }) => walk.skip_children(),
                Step::Enter(index, node) => self.enter(index, node),
                Step::Leave(_, node) => self.leave(node),
            }
        }
    }

    fn enter(&mut self, index: usize, node: &'a Node) {
        match &node.kind {
            Kind::Paragraph(id) => self.open_with_id("p", id),
            Kind::Heading(level, id, classes) => self.open_heading(*level, id, classes),
            Kind::Quote(None) => self.out.push_str("<blockquote>\n"),
            Kind::Quote(Some(kind)) => self.open_note(kind),
            Kind::CodeBlock(language) => self.open_code_block(index, language),
            Kind::List(None) => self.out.push_str("<ul>\n"),
            Kind::List(Some(1)) => self.out.push_str("<ol>\n"),
            Kind::List(Some(first)) => self.write(format_args!("<ol start=\"{first}\">\n")),
            Kind::Item(None) => self.out.push_str("<li>"),
            Kind::Item(Some(done)) => self.open_task(*done),
            Kind::Table(columns) => self.open_table(columns),
            Kind::TableHead => {
                self.in_head = true;
                self.column = 0;
                self.out.push_str("<thead>\n<tr>");
            }
            Kind::TableRow => {
                self.column = 0;
                self.out.push_str("<tr>");
            }
            Kind::TableCell => self.open_cell(),
            Kind::DefinitionList => self.out.push_str("<dl>\n"),
            Kind::DefinitionTitle => self.out.push_str("<dt>"),
            Kind::DefinitionDetails => self.out.push_str("<dd>"),
            Kind::Emphasis => self.out.push_str("<em>"),
            Kind::Strong => self.out.push_str("<strong>"),
            Kind::Strikethrough => self.out.push_str("<del>"),
            Kind::Link(..) => self.open_link(&node.kind),
            Kind::Image(..) | Kind::Figure { .. } => self.image_or_figure(&node.kind),
            Kind::Text(piece) => escape::text(&mut self.out, self.texts.piece(*piece)),
            Kind::Verbatim(text) => self.verbatim("span", text),
            Kind::Code(code) => self.verbatim("code", code),
            Kind::FootnoteReference(label) => self.footnote_reference(label),
            Kind::HardBreak => self.out.push_str("<br>\n"),
            Kind::Rule => self.out.push_str("<hr>\n"),
            Kind::Markup(markup) => self.out.push_str(markup),
            Kind::MarkupText(piece) => self.out.push_str(self.texts.piece(*piece)),
            Kind::FootnoteDefinition(_) => {}
        }
    }

    fn leave(&mut self, node: &'a Node) {
        match &node.kind {
            Kind::Paragraph(_) => self.out.push_str("</p>\n"),
            Kind::Heading(level, id, _) => self.close_heading(*level, id),
            Kind::Quote(None) => self.out.push_str("</blockquote>\n"),
            Kind::Quote(Some(_)) => self.out.push_str("</div>\n"),
            Kind::CodeBlock(_) => {
                self.in_code_block = false;
                self.out.push_str("</code></pre>\n");
            }
            Kind::List(None) => self.out.push_str("</ul>\n"),
            Kind::List(Some(_)) => self.out.push_str("</ol>\n"),
            Kind::Item(_) => self.out.push_str("</li>\n"),
            Kind::Table(_) => {
                self.tables.pop();
                self.out.push_str("</tbody>\n</table></section>\n");
            }
            Kind::TableHead => {
                self.in_head = false;
                self.out.push_str("</tr>\n</thead>\n<tbody>\n");
            }
            Kind::TableRow => self.out.push_str("</tr>\n"),
            Kind::TableCell => self.out.push_str(if self.in_head { "</th>" } else { "</td>" }),
            Kind::DefinitionList => self.out.push_str("</dl>\n"),
            Kind::DefinitionTitle => self.out.push_str("</dt>\n"),
            Kind::DefinitionDetails => self.out.push_str("</dd>\n"),
            Kind::Emphasis => self.out.push_str("</em>"),
            Kind::Strong => self.out.push_str("</strong>"),
            Kind::Strikethrough => self.out.push_str("</del>"),
            Kind::Link(..) => self.out.push_str("</a>"),
            _ => {}
        }
    }

    fn write(&mut self, text: std::fmt::Arguments<'_>) {
        // Writing to a String cannot fail.
        let _ = self.out.write_fmt(text);
    }

    fn string(&self, key: &'static str) -> &'a str {
        self.site.strings.get(key).map_or(key, String::as_str)
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.write(format_args!(" {name}=\""));
        escape::attribute(&mut self.out, value);
        self.out.push('"');
    }

    fn open_with_id(&mut self, tag: &str, id: &str) {
        self.write(format_args!("<{tag}"));
        self.attribute("id", id);
        self.out.push('>');
    }

    fn open_heading(&mut self, level: u8, id: &str, classes: &[String]) {
        self.write(format_args!("<div class=\"heading\"><h{level}"));
        self.attribute("id", id);
        if !classes.is_empty() {
            self.attribute("class", &classes.join(" "));
        }
        self.out.push('>');
    }

    /// After the heading: a link to itself, and one to the same heading in each other edition.
    fn close_heading(&mut self, level: u8, id: &str) {
        let page = self.page;
        let fragment = fragment(id);
        self.write(format_args!("</h{level}>"));
        self.out.push_str("<a class=\"permalink\"");
        self.attribute("href", &fragment);
        self.attribute("aria-label", self.string("permalink"));
        self.out.push_str(">#</a>");
        for (edition, twin) in page.twins.iter().enumerate().filter(|(_, twin)| !twin.current) {
            if !self.has_heading(edition, id) {
                continue;
            }
            self.out.push_str("<a class=\"twin\"");
            self.attribute("lang", &twin.tag);
            self.attribute("hreflang", &twin.tag);
            self.attribute("href", &format!("{}{fragment}", twin.url));
            self.attribute("aria-label", &twin.label);
            self.out.push('>');
            escape::text(&mut self.out, &twin.short);
            self.out.push_str("</a>");
        }
        self.out.push_str("</div>\n");
    }

    /// Whether the page has this heading in another edition, whose text may be another.
    fn has_heading(&self, edition: usize, id: &str) -> bool {
        let document = self.plan.shown.document(edition, self.page.place);
        document.is_some_and(|document| self.plan.documents[document].document.has_anchor(id))
    }

    fn open_note(&mut self, kind: &'static str) {
        self.write(format_args!("<div class=\"{kind}\" role=\"note\">\n<p class=\"note-title\">"));
        let title = self.string(kind);
        escape::text(&mut self.out, title);
        self.out.push_str("</p>\n");
    }

    fn open_code_block(&mut self, index: usize, language: &str) {
        self.out.push_str("<pre tabindex=\"0\"><code");
        if !language.is_empty() {
            self.attribute("class", &format!("language-{language}"));
        }
        let code = self.document.tree.plain_text(index, self.texts);
        self.lang_of_kept(&code);
        self.out.push('>');
        self.in_code_block = true;
    }

    /// Text that is not converted carries its own language where it is in the other script. Beside another language nothing is
    /// said: characters alone do not tell Chinese from Japanese.
    fn lang_of_kept(&mut self, text: &str) -> bool {
        let Some(own) = self.script else { return false };
        let script = script::detect(text).script().filter(|script| *script != own);
        if let Some(script) = script {
            self.attribute("lang", script.tag());
        }
        script.is_some()
    }

    fn verbatim(&mut self, tag: &str, text: &str) {
        if self.in_code_block {
            escape::text(&mut self.out, text);
            return;
        }
        let start = self.out.len();
        self.write(format_args!("<{tag}"));
        let has_lang = self.lang_of_kept(text);
        let needs_tag = tag == "code" || has_lang;
        if needs_tag {
            self.out.push('>');
        } else {
            self.out.truncate(start);
        }
        escape::text(&mut self.out, text);
        if needs_tag {
            self.write(format_args!("</{tag}>"));
        }
    }

    fn open_task(&mut self, done: bool) {
        let (checked, label) =
            if done { (" checked", self.string("task_done")) } else { ("", self.string("task_open")) };
        self.write(format_args!("<li class=\"task\"><input type=\"checkbox\" disabled{checked}"));
        self.attribute("aria-label", label);
        self.out.push_str("> ");
    }

    fn open_table(&mut self, columns: &'a [Alignment]) {
        self.tables.push(columns);
        self.table_count += 1;
        let label = format!("{} {}", self.string("table"), self.table_count);
        self.out.push_str("<section class=\"table\" tabindex=\"0\"");
        self.attribute("aria-label", &label);
        self.out.push_str("><table>\n");
    }

    fn open_cell(&mut self) {
        let alignment = self.tables.last().and_then(|columns| columns.get(self.column));
        self.column += 1;
        self.out.push_str(if self.in_head { "<th scope=\"col\"" } else { "<td" });
        match alignment {
            Some(Alignment::Left) => self.attribute("class", "left"),
            Some(Alignment::Center) => self.attribute("class", "center"),
            Some(Alignment::Right) => self.attribute("class", "right"),
            Some(Alignment::None) | None => {}
        }
        self.out.push('>');
    }

    fn open_link(&mut self, kind: &Kind) {
        let Kind::Link(link, title) = kind else { return };
        let (href, edition) = self.href(*link);
        self.out.push_str("<a");
        self.attribute("href", &href);
        if edition != self.site.edition {
            self.attribute("hreflang", self.plan.config.editions[edition].tag.as_str());
        }
        if let Some(title) = title {
            self.attribute("title", self.texts.text(*title));
        }
        self.out.push('>');
    }

    fn image_or_figure(&mut self, kind: &Kind) {
        match kind {
            Kind::Image(link, alt, title) => {
                let title = title.map(|title| self.texts.text(title));
                self.image(*link, self.texts.text(*alt), title);
            }
            Kind::Figure { id, link, alt, caption, credit } => {
                self.open_with_id("figure", id);
                self.image(*link, self.texts.text(*alt), None);
                if caption.is_some() || credit.is_some() {
                    self.out.push_str("<figcaption>");
                    for (class, text) in [("caption", caption), ("credit", credit)] {
                        let Some(text) = text else { continue };
                        self.write(format_args!("<span class=\"{class}\">"));
                        escape::text(&mut self.out, self.texts.text(*text));
                        self.out.push_str("</span>");
                    }
                    self.out.push_str("</figcaption>");
                }
                self.out.push_str("</figure>\n");
            }
            _ => {}
        }
    }

    fn image(&mut self, link: usize, alt: &str, title: Option<&str>) {
        let (href, _) = self.href(link);
        self.out.push_str("<img");
        self.attribute("src", &href);
        self.attribute("alt", alt);
        if let Some(title) = title {
            self.attribute("title", title);
        }
        if let Target::Asset(asset, _) = &self.targets[link]
            && let Some((width, height)) = self.plan.assets[*asset].size
        {
            self.write(format_args!(" width=\"{width}\" height=\"{height}\""));
        }
        self.out.push_str(" loading=\"lazy\" decoding=\"async\">");
    }

    /// The address that a link leads to, and the edition that this is in.
    fn href(&self, link: usize) -> (String, usize) {
        let plan = self.plan;
        let own = self.site.edition;
        let edition = &plan.config.editions[own];
        let page = |edition: usize, place: usize, tail: &str| {
            (plan.urls.page(&plan.config.editions[edition], &plan.places[place].route) + tail, edition)
        };
        let href = match &self.targets[link] {
            Target::Page(place, tail) => return page(plan.shown.edition_with(own, *place), *place, tail),
            Target::PageIn { edition, place, tail } => return page(*edition, *place, tail),
            Target::Here(tail) if tail.is_empty() => "#".to_owned(),
            Target::Here(tail) => tail.clone(),
            Target::Asset(asset, tail) => {
                plan.urls.path(&format!("{}/{}", edition.dir(), plan.assets[*asset].route)) + tail
            }
            Target::Static(path, tail) => plan.urls.path(path) + tail,
            Target::External(url) => url.clone(),
            Target::Missing(path) => plan.urls.path(&format!("{}/{path}", edition.dir())),
        };
        (href, own)
    }

    fn footnote_reference(&mut self, label: &str) {
        let Some((number, occurrence)) = self.footnotes.refer(label) else { return };
        let suffix = if occurrence > 1 { format!("-{occurrence}") } else { String::new() };
        self.write(format_args!(
            "<sup class=\"footnote-ref\"><a href=\"#fn-{number}\" id=\"fnref-{number}{suffix}\">{number}</a></sup>"
        ));
    }

    fn footnotes(&mut self) {
        if self.footnotes.order.is_empty() {
            return;
        }
        self.out.push_str("<section class=\"footnotes\"");
        self.attribute("aria-label", self.string("footnotes"));
        self.out.push_str(">\n<ol>\n");
        // A footnote may refer to another, which then comes after it.
        let mut next = 0;
        while let Some(label) = self.footnotes.order.get(next).copied() {
            next += 1;
            let Some(node) = self.footnotes.definitions.get(label).copied() else { continue };
            self.write(format_args!("<li id=\"fn-{next}\">"));
            self.walk(node + 1..self.document.tree.nodes()[node].end);
            self.write(format_args!("<a class=\"back\" href=\"#fnref-{next}\""));
            self.attribute("aria-label", self.string("back_to_text"));
            self.out.push_str(">↩</a></li>\n");
        }
        self.out.push_str("</ol>\n</section>\n");
    }
}

/// Footnotes are numbered in the order in which the text refers to them.
#[derive(Default)]
struct Footnotes<'a> {
    definitions: HashMap<&'a str, usize>,
    order: Vec<&'a str>,
    references: HashMap<&'a str, (usize, usize)>,
}

impl<'a> Footnotes<'a> {
    fn new(document: &'a Document) -> Self {
        let nodes = document.tree.nodes().iter().enumerate();
        let definition = |(index, node): (usize, &'a Node)| match &node.kind {
            Kind::FootnoteDefinition(label) => Some((label.as_str(), index)),
            _ => None,
        };
        Self {
            definitions: nodes.filter_map(definition).collect(),
            order: Vec::new(),
            references: HashMap::new(),
        }
    }

    /// Its number, and the how-manieth reference to it this is.
    fn refer(&mut self, label: &str) -> Option<(usize, usize)> {
        let (label, _) = self.definitions.get_key_value(label)?;
        let next = self.order.len() + 1;
        let (number, count) = self.references.entry(*label).or_insert((next, 0));
        if *count == 0 {
            self.order.push(*label);
        }
        *count += 1;
        Some((*number, *count))
    }
}
