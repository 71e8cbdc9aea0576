//! A document's body as HTML: its tree with the texts of an edition.

use super::component::{Inside, Setting};
use super::escape;
use super::picture::Image;
use crate::code::Token;
use crate::diagnostic::Diagnostic;
use crate::html;
use crate::images::Variants;
use crate::markdown::{Address, Alignment, Document, Kind, Node, Step, TextTable};
use crate::script::{self, Run, Script};
use crate::site::{EditionSite, Page, Plan, Target, Text, Urls, fragment};
use std::collections::{HashMap, HashSet};
use std::fmt::Write;
use std::ops::Range;

/// The body of a page as HTML, and where its parts end in it.
#[derive(Debug, Default)]
pub struct Body {
    /// All of it.
    pub(super) html: String,
    /// Nodes right below the root, and items of lists that stand there before their lists, each with the byte behind it.
    pub(super) ends: Vec<(usize, usize)>,
    /// Where the footnotes begin and end, in the order of their numbers.
    pub(super) footnotes: Vec<Range<usize>>,
}

/// Renders the body of a page.
pub(super) fn render(
    plan: &Plan<'_>,
    site: &EditionSite,
    page: &Page,
    setting: &Setting<'_>,
) -> Result<Body, Diagnostic> {
    let mut writer = Writer::on_page(plan, site, page);
    writer.setting = Some(setting);
    writer.body()
}

/// The same for where it stands without its page, such as a feed: headings without links, every address with its host.
pub(super) fn render_elsewhere(
    plan: &Plan<'_>,
    site: &EditionSite,
    page: &Page,
    setting: &Setting<'_>,
) -> Result<String, Diagnostic> {
    let mut writer = Writer::on_page(plan, site, page);
    writer.setting = Some(setting);
    writer.is_elsewhere = true;
    let origin = plan.config.base_url.origin();
    Ok(html::prefixed(&writer.body()?.html, |address| match address.trim_start() {
        address if address.starts_with("//") || html::has_scheme(address) => None,
        address if address.starts_with('/') => Some(origin),
        _ => Some(&page.permalink),
    }))
}

/// The addresses that the links of a page's source lead to: they are known to be right, or it was said that they are wrong.
pub fn addresses(plan: &Plan<'_>, site: &EditionSite, page: &Page) -> HashSet<String> {
    let targets = page.text(plan).targets;
    let on = Surroundings { plan, site, page, targets };
    (0..targets.len()).map(|link| on.href(link)).collect()
}

/// Renders the body of a document that belongs to no site, in the script it is written in: destinations stand as written
/// and unchecked, headings have no links beside them, components show their insides, and labels of the theme are their
/// keys.
pub fn render_alone(document: &Document) -> String {
    let script = document.texts.runs().iter().find_map(Run::written_in).unwrap_or(Script::Hans);
    // Only the template of a component can fail.
    Writer::new(document, &document.texts, Some(script), None).body().unwrap_or_default().html
}

/// The text of a heading for the contents list: safe HTML, of whose markup only code is left, which says its language
/// where it is in the other script.
pub(super) fn heading(plan: &Plan<'_>, site: &EditionSite, page: &Page, heading: usize) -> String {
    let mut writer = Writer::on_page(plan, site, page);
    let (document, texts) = (writer.document, writer.texts);
    for node in &document.tree.nodes()[heading..document.tree.nodes()[heading].end] {
        match &node.kind {
            Kind::Text(piece) => escape::text(&mut writer.out, texts.piece(*piece)),
            Kind::MarkupText(piece) => writer.out.push_str(texts.piece(*piece)),
            Kind::Foreign(text) => escape::text(&mut writer.out, text),
            Kind::Verbatim(text) => writer.verbatim("span", text),
            Kind::Code(code) => writer.verbatim("code", code),
            Kind::Formula(_, Some(mathml)) => writer.out.push_str(mathml),
            Kind::Formula(formula, None) => writer.verbatim("code", formula),
            Kind::Image(_, alt, _) => escape::text(&mut writer.out, texts.text(*alt)),
            Kind::HardBreak => writer.out.push(' '),
            _ => {}
        }
    }
    writer.out
}

/// The page that a body stands on.
#[derive(Clone, Copy)]
struct Surroundings<'a> {
    plan: &'a Plan<'a>,
    site: &'a EditionSite,
    page: &'a Page,
    targets: &'a [Target],
}

impl<'a> Surroundings<'a> {
    fn target(self, link: usize) -> &'a Target {
        &self.targets[link]
    }

    /// The edition that a link leads to.
    fn edition_of(self, link: usize) -> usize {
        match self.target(link) {
            Target::Page(place, _) => self.plan.shown.edition_with(self.site.edition, *place),
            Target::PageIn { edition, .. } => *edition,
            _ => self.site.edition,
        }
    }

    fn href(&self, link: usize) -> String {
        let plan = self.plan;
        let edition = &plan.config.editions[self.edition_of(link)];
        match self.target(link) {
            Target::Page(place, tail) | Target::PageIn { place, tail, .. } => {
                plan.urls.page(edition, &plan.places[*place].route) + tail
            }
            Target::Here(tail) if tail.is_empty() => "#".to_owned(),
            Target::Here(tail) => tail.clone(),
            Target::Asset(asset, tail) => {
                plan.urls.path(&format!("{}/{}", edition.dir(), plan.assets[*asset].route)) + tail
            }
            Target::Static(path, tail) => plan.urls.path(path) + tail,
            Target::External(url) => url.clone(),
            Target::Missing(path) => plan.urls.path(&format!("{}/{path}", edition.dir())),
        }
    }

    /// Whether a link leads to another site: mail and telephone are none.
    fn leads_out(self, link: usize) -> bool {
        match self.target(link) {
            Target::External(url) => {
                let is = |prefix: &str| {
                    url.get(..prefix.len()).is_some_and(|own| own.eq_ignore_ascii_case(prefix))
                };
                let is_own = url.starts_with(self.plan.config.base_url.origin());
                (is("http:") || is("https:") || is("//")) && !is_own
            }
            _ => false,
        }
    }

    /// The other sizes of an image.
    fn variants(self, link: usize) -> Option<(&'a Variants, &'a Urls)> {
        match self.target(link) {
            Target::Asset(asset, _) => Some((self.plan.pictures.get(asset).copied()?, &self.plan.urls)),
            _ => None,
        }
    }

    /// Width and height of an image, where they are known.
    fn size(&self, link: usize) -> Option<(u32, u32)> {
        match self.target(link) {
            Target::Asset(asset, _) => self.plan.assets[*asset].size,
            _ => None,
        }
    }
}

struct Writer<'a> {
    on: Option<Surroundings<'a>>,
    document: &'a Document,
    texts: &'a TextTable,
    /// That of the edition; none in another language than Chinese.
    script: Option<Script>,
    out: String,
    /// Column alignments of the tables that are open.
    tables: Vec<&'a [Alignment]>,
    table_count: usize,
    footnotes: Footnotes<'a>,
    in_head: bool,
    column: usize,
    image_count: usize,
    /// Whether the body is for another place than its page.
    is_elsewhere: bool,
    /// What is around the components of the body.
    setting: Option<&'a Setting<'a>>,
    components: Vec<OpenComponent>,
    failure: Option<Diagnostic>,
    /// As in [`Body`].
    ends: Vec<(usize, usize)>,
}

/// A component whose inside is being written.
struct OpenComponent {
    /// What was written before it.
    before: String,
    inside: Inside,
    /// Where the cell begins that is being written.
    cell: usize,
}

impl<'a> Writer<'a> {
    fn on_page(plan: &'a Plan<'a>, site: &'a EditionSite, page: &'a Page) -> Self {
        let Text { document, table, targets, .. } = page.text(plan);
        let script = plan.config.editions[site.edition].target().map(|target| target.script);
        Self::new(document, table, script, Some(Surroundings { plan, site, page, targets }))
    }

    fn new(
        document: &'a Document,
        texts: &'a TextTable,
        script: Option<Script>,
        on: Option<Surroundings<'a>>,
    ) -> Self {
        Self {
            on,
            document,
            texts,
            script,
            out: String::new(),
            tables: Vec::new(),
            table_count: 0,
            footnotes: Footnotes::default(),
            in_head: false,
            column: 0,
            image_count: 0,
            is_elsewhere: false,
            setting: None,
            components: Vec::new(),
            failure: None,
            ends: Vec::new(),
        }
    }

    fn body(mut self) -> Result<Body, Diagnostic> {
        self.footnotes = Footnotes::new(self.document);
        self.out.reserve(8 * 1024);
        self.walk(0..self.document.tree.nodes().len());
        let ends = std::mem::take(&mut self.ends);
        let footnotes = self.footnotes();
        match self.failure {
            Some(failure) => Err(failure),
            None => Ok(Body { html: self.out, ends, footnotes }),
        }
    }

    fn walk(&mut self, range: Range<usize>) {
        let document = self.document;
        let mut walk = document.tree.walk(range);
        let mut depth = 0;
        while let Some(step) = walk.next() {
            match step {
                Step::Enter(_, Node { kind: Kind::FootnoteDefinition(_), .. }) => {
                    depth += 1;
                    walk.skip_children();
                }
                Step::Enter(index, node) => {
                    depth += 1;
                    self.enter(index, node);
                    if matches!(node.kind, Kind::CodeBlock(..)) {
                        walk.skip_children();
                    }
                }
                Step::Leave(index, node) => {
                    self.leave(node);
                    depth -= 1;
                    if depth == 0 || (depth == 1 && matches!(node.kind, Kind::Item(_))) {
                        self.ends.push((index, self.out.len()));
                    }
                }
            }
        }
    }

    fn enter(&mut self, index: usize, node: &'a Node) {
        match &node.kind {
            Kind::Paragraph(id) => self.open_with_id("p", id),
            Kind::Heading(level, id, classes) => self.open_heading(*level, id, classes),
            Kind::Quote(None) => self.out.push_str("<blockquote>\n"),
            Kind::Quote(Some(kind)) => self.open_note(kind),
            Kind::CodeBlock(language, tokens) => self.code_block(index, language, tokens),
            Kind::List(None) => self.out.push_str("<ul>\n"),
            Kind::List(Some(1)) => self.out.push_str("<ol>\n"),
            Kind::List(Some(first)) => self.write(format_args!("<ol start=\"{first}\">\n")),
            Kind::Item(None) => self.out.push_str("<li>"),
            Kind::Item(Some(done)) => self.open_task(*done),
            Kind::Table(columns) => self.open_table(columns),
            Kind::TableHead => {
                self.in_head = true;
                self.open_row();
                self.out.push_str("<thead>\n<tr>");
            }
            Kind::TableRow => {
                self.open_row();
                self.out.push_str("<tr>");
            }
            Kind::TableCell => self.open_cell(),
            Kind::DefinitionList => self.out.push_str("<dl>\n"),
            Kind::DefinitionTitle => self.out.push_str("<dt>"),
            Kind::DefinitionDetails => self.out.push_str("<dd>"),
            Kind::Component(_) => {
                let before = std::mem::take(&mut self.out);
                self.components.push(OpenComponent { before, inside: Inside::default(), cell: 0 });
            }
            Kind::Emphasis => self.out.push_str("<em>"),
            Kind::Strong => self.out.push_str("<strong>"),
            Kind::Strikethrough => self.out.push_str("<del>"),
            Kind::Link(..) => self.open_link(&node.kind),
            Kind::Image(..) | Kind::Figure { .. } => self.image_or_figure(&node.kind),
            Kind::Text(piece) => escape::text(&mut self.out, self.texts.piece(*piece)),
            Kind::Verbatim(text) => self.verbatim("span", text),
            Kind::Code(code) => self.verbatim("code", code),
            Kind::Formula(_, Some(mathml)) => self.out.push_str(mathml),
            Kind::Formula(formula, None) => self.verbatim("code", formula),
            Kind::FootnoteReference(label) => self.footnote_reference(label),
            Kind::HardBreak => self.out.push_str("<br>\n"),
            Kind::Rule => self.out.push_str("<hr>\n"),
            Kind::Markup(markup) => self.out.push_str(markup),
            Kind::MarkupText(piece) => self.out.push_str(self.texts.piece(*piece)),
            Kind::MarkupValue(piece, quote) => escape::value(&mut self.out, self.texts.piece(*piece), *quote),
            Kind::MarkupAddress(address) => self.markup_address(address),
            Kind::Foreign(text) => escape::text(&mut self.out, text),
            Kind::FootnoteDefinition(_) => {}
        }
    }

    fn leave(&mut self, node: &'a Node) {
        match &node.kind {
            Kind::Paragraph(_) => self.out.push_str("</p>\n"),
            Kind::Heading(level, id, _) => self.close_heading(*level, id),
            Kind::Quote(None) => self.out.push_str("</blockquote>\n"),
            Kind::Quote(Some(_)) => self.out.push_str("</div>\n"),
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
            Kind::TableCell => self.close_cell(),
            Kind::Component(index) => self.close_component(*index),
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
        self.on.and_then(|on| on.site.strings.get(key)).map_or(key, String::as_str)
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
        let wrapper = if self.has_heading_links() { "<div class=\"heading\">" } else { "" };
        self.write(format_args!("{wrapper}<h{level}"));
        self.attribute("id", id);
        if !classes.is_empty() {
            self.attribute("class", &classes.join(" "));
        }
        self.out.push('>');
    }

    fn has_heading_links(&self) -> bool {
        self.on.is_some() && !self.is_elsewhere
    }

    /// After the heading: a link to itself, and one to the same heading in each other edition.
    fn close_heading(&mut self, level: u8, id: &str) {
        self.write(format_args!("</h{level}>"));
        let on = self.on.filter(|_| self.has_heading_links());
        let Some(Surroundings { page, .. }) = on else { return self.out.push('\n') };
        let fragment = fragment(id);
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
        let Some(Surroundings { plan, page, .. }) = self.on else { return false };
        let document = plan.shown.document(edition, page.place);
        document.is_some_and(|document| plan.documents[document].document.has_anchor(id))
    }

    fn open_note(&mut self, kind: &'static str) {
        self.write(format_args!("<div class=\"{kind}\" role=\"note\">\n<p class=\"note-title\">"));
        let title = self.string(kind);
        escape::text(&mut self.out, title);
        self.out.push_str("</p>\n");
    }

    /// The whole of a code block, its words marked by classes.
    fn code_block(&mut self, index: usize, language: &str, tokens: &[Token]) {
        self.out.push_str("<pre tabindex=\"0\"><code");
        if !language.is_empty() {
            self.attribute("class", &format!("language-{language}"));
        }
        let code = self.document.tree.plain_text(index, self.texts);
        self.lang_of_kept(&code);
        self.out.push('>');
        let mut at = 0;
        for (range, class) in tokens {
            escape::text(&mut self.out, &code[at..range.start]);
            self.write(format_args!("<span class=\"{}\">", class.name()));
            escape::text(&mut self.out, &code[range.clone()]);
            self.out.push_str("</span>");
            at = range.end;
        }
        escape::text(&mut self.out, &code[at..]);
        self.out.push_str("</code></pre>\n");
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
        if let Some(open) = self.components.last_mut() {
            open.cell = self.out.len();
        }
    }

    fn close_cell(&mut self) {
        if let Some(open) = self.components.last_mut()
            && let Some(row) = open.inside.rows.last_mut()
        {
            row.push(self.out[open.cell..].to_owned());
        }
        self.out.push_str(if self.in_head { "</th>" } else { "</td>" });
    }

    fn open_row(&mut self) {
        self.column = 0;
        if let Some(open) = self.components.last_mut() {
            if self.in_head {
                open.inside.heads.push(open.inside.rows.len());
            }
            open.inside.rows.push(Vec::new());
        }
    }

    /// Hands what stands inside a component to its template.
    fn close_component(&mut self, index: usize) {
        let Some(open) = self.components.pop() else { return };
        let body = std::mem::replace(&mut self.out, open.before);
        let Some(setting) = self.setting else { return self.out.push_str(&body) };
        let component = &self.document.components[index];
        let inside = Inside { body, ..open.inside };
        let href = |link| self.href(link);
        match setting.render(component, inside, (&self.document.tree, self.texts), &href) {
            Ok(html) => {
                self.out.push_str(html.trim());
                self.out.push('\n');
            }
            Err(failure) => drop(self.failure.get_or_insert(failure)),
        }
    }

    fn open_link(&mut self, kind: &Kind) {
        let Kind::Link(link, title) = kind else { return };
        self.out.push_str("<a");
        self.attribute("href", &self.href(*link));
        if let Some(on) = self.on
            && on.edition_of(*link) != on.site.edition
        {
            self.attribute("hreflang", on.plan.config.editions[on.edition_of(*link)].tag.as_str());
        }
        if self.on.is_some_and(|on| on.leads_out(*link)) {
            self.attribute("rel", "external");
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
        let image = Image {
            href: self.href(link),
            alt,
            title,
            size: self.on.and_then(|on| on.size(link)),
            variants: self.on.and_then(|on| on.variants(link)),
            is_first: self.image_count == 0,
        };
        self.image_count += 1;
        image.write(&mut self.out);
    }

    fn href(&self, link: usize) -> String {
        match self.on {
            Some(on) => on.href(link),
            None => self.document.links[link].destination.clone(),
        }
    }

    /// An address in HTML: as it was written, but for a path, which leads somewhere else from here.
    fn markup_address(&mut self, address: &Address) {
        let Address { link, written, quote, .. } = address;
        let stays = match self.on.map(|on| on.target(*link)) {
            None | Some(Target::External(_)) => true,
            // What was refused leads here too.
            Some(Target::Here(_)) => written.starts_with(['#', '?']),
            Some(_) => false,
        };
        if stays {
            return self.out.push_str(written);
        }
        let href = self.href(*link);
        let around = if quote.is_none() { "\"" } else { "" };
        self.out.push_str(around);
        escape::value(&mut self.out, &href.replace('&', "&amp;"), quote.or(Some('"')));
        self.out.push_str(around);
    }

    fn footnote_reference(&mut self, label: &str) {
        let Some((number, occurrence)) = self.footnotes.refer(label) else { return };
        let suffix = if occurrence > 1 { format!("-{occurrence}") } else { String::new() };
        self.write(format_args!(
            "<sup class=\"footnote-ref\"><a href=\"#fn-{number}\" id=\"fnref-{number}{suffix}\">{number}</a></sup>"
        ));
    }

    /// Writes the footnotes; says where they stand.
    fn footnotes(&mut self) -> Vec<Range<usize>> {
        let mut places = Vec::new();
        if self.footnotes.order.is_empty() {
            return places;
        }
        self.out.push_str("<section class=\"footnotes\"");
        self.attribute("aria-label", self.string("footnotes"));
        self.out.push_str(">\n<ol>\n");
        // A footnote may refer to another, which then comes after it.
        let mut next = 0;
        while let Some(label) = self.footnotes.order.get(next).copied() {
            next += 1;
            let Some(node) = self.footnotes.definitions.get(label).copied() else { continue };
            let start = self.out.len();
            self.write(format_args!("<li id=\"fn-{next}\">"));
            self.walk(node + 1..self.document.tree.nodes()[node].end);
            self.write(format_args!("<a class=\"back\" href=\"#fnref-{next}\""));
            self.attribute("aria-label", self.string("back_to_text"));
            self.out.push_str(">↩</a></li>\n");
            places.push(start..self.out.len());
        }
        self.out.push_str("</ol>\n</section>\n");
        places
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
