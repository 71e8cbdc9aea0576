//! The body: pulldown-cmark's events become the tree, the text table and the links.

use super::anchors::{self, Anchors};
use super::text::{Piece, TextId, TextTable};
use super::tree::{Alignment, Kind, Tree};
use super::{Heading, Length, Link, Options, diagnostics, html, opening};
use crate::content::Source;
use crate::diagnostic::Diagnostic;
use crate::script::{OBJECT, Run};
use pulldown_cmark::{self as cmark, CodeBlockKind, Event, Parser, Tag, TagEnd};
use std::collections::BTreeMap;
use std::ops::Range;

/// What a document has below its front matter.
pub(super) struct Body {
    pub(super) tree: Tree,
    pub(super) texts: TextTable,
    pub(super) headings: Vec<Heading>,
    pub(super) links: Vec<Link>,
    pub(super) anchors: Vec<String>,
    pub(super) opening: Option<TextId>,
    pub(super) length: Length,
    pub(super) spans: Vec<(Piece, Range<usize>)>,
}

/// Reads the body, which is `source.text[body]`. `texts` holds the texts of the front matter already.
pub(super) fn read(
    source: &Source,
    body: Range<usize>,
    options: Options,
    texts: TextTable,
    diagnostics: &mut Vec<Diagnostic>,
) -> Body {
    let cmark_options = cmark::Options::ENABLE_TABLES
        | cmark::Options::ENABLE_FOOTNOTES
        | cmark::Options::ENABLE_STRIKETHROUGH
        | cmark::Options::ENABLE_TASKLISTS
        | cmark::Options::ENABLE_HEADING_ATTRIBUTES
        | cmark::Options::ENABLE_DEFINITION_LIST
        | cmark::Options::ENABLE_GFM;
    let mut builder = Builder {
        source,
        options,
        diagnostics,
        tree: Tree::default(),
        texts,
        links: Vec::new(),
        spans: Vec::new(),
        open: Vec::new(),
        run: None,
        last: None,
        inside: None,
        html: None,
        plain: String::new(),
        opening: None,
        length: Length::default(),
        headings: Vec::new(),
        explicit_ids: BTreeMap::new(),
        footnotes: Footnotes::default(),
    };
    for (event, span) in Parser::new_ext(&source.text[body.clone()], cmark_options).into_offset_iter() {
        builder.event(event, span.start + body.start..span.end + body.start);
    }
    builder.finish()
}

/// The run that is being collected.
struct OpenRun {
    id: TextId,
    pieces: Vec<String>,
}

/// A node whose inner events are not nodes of their own.
enum Inside {
    /// An image, whose inner events are its alt text.
    Image { node: usize, depth: usize, link: usize, title: String, alt: String, span: Range<usize> },
    /// A bare address, which is shown as it stands in the source.
    Address,
}

#[derive(Default)]
struct Footnotes {
    defined: BTreeMap<String, Range<usize>>,
    used: BTreeMap<String, Range<usize>>,
}

struct Builder<'a, 'd> {
    source: &'a Source,
    options: Options,
    diagnostics: &'d mut Vec<Diagnostic>,
    tree: Tree,
    texts: TextTable,
    links: Vec<Link>,
    spans: Vec<(Piece, Range<usize>)>,
    open: Vec<usize>,
    run: Option<OpenRun>,
    /// The piece added last and the end of its source, for joining what the parser split without need.
    last: Option<(Piece, usize)>,
    inside: Option<Inside>,
    html: Option<(String, Range<usize>)>,
    /// The plain text of the block so far, code included.
    plain: String,
    opening: Option<String>,
    length: Length,
    headings: Vec<(usize, u8, String)>,
    explicit_ids: BTreeMap<usize, (String, Range<usize>)>,
    footnotes: Footnotes,
}

impl Builder<'_, '_> {
    fn event(&mut self, event: Event<'_>, span: Range<usize>) {
        if self.inside.is_some() {
            return self.inside(&event);
        }
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text, span),
            Event::SoftBreak => self.soft_break(span),
            Event::HardBreak => {
                self.object();
                self.plain.push(' ');
                self.leaf(Kind::HardBreak);
            }
            Event::Code(code) => {
                self.object();
                self.plain.push_str(&code);
                self.leaf(Kind::Code(code.into_string()));
            }
            Event::Html(html) => match &mut self.html {
                Some((collected, _)) => collected.push_str(&html),
                None => self.html(&html, span),
            },
            Event::InlineHtml(html) => self.html(&html, span),
            Event::FootnoteReference(label) => {
                self.footnotes.used.entry(label.to_string()).or_insert(span);
                self.leaf(Kind::FootnoteReference(label.into_string()));
            }
            Event::Rule => {
                self.close_run();
                self.leaf(Kind::Rule);
            }
            Event::TaskListMarker(done) => {
                if let Some(item) = self.open.last().copied() {
                    *self.tree.kind_mut(item) = Kind::Item(Some(done));
                }
            }
            // Not switched on.
            Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: Range<usize>) {
        let kind = match tag {
            Tag::Emphasis => Kind::Emphasis,
            Tag::Strong => Kind::Strong,
            Tag::Strikethrough => Kind::Strikethrough,
            // Not switched on.
            Tag::Superscript | Tag::Subscript => Kind::Emphasis,
            Tag::Link { link_type, dest_url, title, .. } => {
                return self.link(link_type, &dest_url, &title, span);
            }
            Tag::Image { dest_url, title, .. } => return self.image(&dest_url, &title, span),
            block => return self.start_block(block, span),
        };
        self.last = None;
        self.enter(kind);
    }

    fn start_block(&mut self, tag: Tag<'_>, span: Range<usize>) {
        self.close_run();
        let kind = match tag {
            Tag::Heading { level, id, classes, .. } => {
                let classes = classes.into_iter().map(cmark::CowStr::into_string).collect();
                let node = self.enter(Kind::Heading(level as u8, String::new(), classes));
                if let Some(id) = id {
                    self.explicit_ids.insert(node, (id.into_string(), span));
                }
                return;
            }
            Tag::BlockQuote(kind) => Kind::Quote(kind.map(alert)),
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
                Kind::CodeBlock(info.split([' ', ',', '{']).next().unwrap_or_default().to_owned())
            }
            Tag::CodeBlock(CodeBlockKind::Indented) => Kind::CodeBlock(String::new()),
            Tag::HtmlBlock => {
                self.html = Some((String::new(), span));
                return;
            }
            Tag::List(first) => Kind::List(first),
            Tag::Item => Kind::Item(None),
            Tag::FootnoteDefinition(label) => {
                self.footnotes.defined.insert(label.to_string(), span);
                Kind::FootnoteDefinition(label.into_string())
            }
            Tag::DefinitionList => Kind::DefinitionList,
            Tag::DefinitionListTitle => Kind::DefinitionTitle,
            Tag::DefinitionListDefinition => Kind::DefinitionDetails,
            Tag::Table(columns) => Kind::Table(columns.into_iter().map(alignment).collect()),
            Tag::TableHead => Kind::TableHead,
            Tag::TableRow => Kind::TableRow,
            Tag::TableCell => Kind::TableCell,
            _ => Kind::Paragraph(String::new()),
        };
        self.enter(kind);
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link => {
                self.last = None;
                self.leave();
            }
            TagEnd::HtmlBlock => {
                if let Some((html, span)) = self.html.take() {
                    self.html(&html, span);
                }
                self.close_run();
            }
            TagEnd::Heading(level) => {
                let node = self.open.last().copied().unwrap_or_default();
                self.headings.push((node, level as u8, std::mem::take(&mut self.plain)));
                self.close_block();
            }
            TagEnd::Paragraph => {
                let is_first = self.open.len() == 1 && self.opening.is_none();
                let plain = std::mem::take(&mut self.plain);
                let is_figure = self.figure();
                if is_first && !is_figure && !plain.trim().is_empty() {
                    self.opening = Some(plain);
                }
                self.close_block();
            }
            _ => self.close_block(),
        }
    }

    fn text(&mut self, text: &str, span: Range<usize>) {
        if let Some(block) = self.open.last()
            && matches!(self.tree.nodes()[*block].kind, Kind::CodeBlock(_))
        {
            self.leaf(Kind::Verbatim(text.to_owned()));
            return;
        }
        self.join_soft_break(text);
        self.plain.push_str(text);
        self.count(text);
        // The parser splits a text at every mark that might have been markup.
        let is_verbatim = self.source.text.get(span.clone()) == Some(text);
        if let (Some((piece, end)), Some(run)) = (self.last, &mut self.run)
            && end == span.start
            && is_verbatim
        {
            run.pieces[piece.index as usize].push_str(text);
            if let Some((_, known)) = self.spans.last_mut() {
                known.end = span.end;
            }
            self.last = Some((piece, span.end));
            return;
        }
        let piece = self.piece(text);
        self.leaf(Kind::Text(piece));
        if is_verbatim {
            self.spans.push((piece, span.clone()));
            self.last = Some((piece, span.end));
        }
    }

    /// Between two lines of Chinese there is no space; between Latin words the line break is one.
    ///
    /// Which it is shows when the next text comes; until then the break stands as a piece of its own.
    fn soft_break(&mut self, span: Range<usize>) {
        self.last = None;
        let piece = self.piece("\n");
        self.plain.push('\n');
        self.spans.push((piece, span));
        self.leaf(Kind::Text(piece));
    }

    fn join_soft_break(&mut self, next: &str) {
        if !self.plain.ends_with('\n') {
            return;
        }
        let before = self.plain.trim_end_matches('\n').chars().next_back();
        let joins = before.zip(next.chars().next()).is_some_and(|(before, next)| joins(before, next));
        let Some(run) = self.run.as_mut().filter(|_| joins) else { return };
        if let Some(piece) =
            run.pieces.iter_mut().rev().find(|piece| !piece.is_empty()).filter(|p| *p == "\n")
        {
            piece.clear();
            self.plain.pop();
        }
    }

    /// Adds a piece to the block's run.
    fn piece(&mut self, text: &str) -> Piece {
        let id = self.texts.next_id();
        let run = self.run.get_or_insert_with(|| OpenRun { id, pieces: Vec::new() });
        if self.texts.next_id() == run.id {
            // Keeps the place in the table: titles and alt texts inside the block come after it.
            self.texts.push(Run::new(""));
        }
        run.pieces.push(text.to_owned());
        let index = u32::try_from(run.pieces.len() - 1).unwrap_or(u32::MAX);
        Piece { text: run.id, index }
    }

    /// Marks a place that no phrase reaches across.
    fn object(&mut self) {
        self.last = None;
        self.piece(OBJECT);
    }

    fn link(&mut self, kind: cmark::LinkType, destination: &str, title: &str, span: Range<usize>) {
        use cmark::LinkType::{Autolink, Email};
        self.last = None;
        let destination = match kind {
            Email => format!("mailto:{destination}"),
            _ => destination.to_owned(),
        };
        let shown_as_is = matches!(kind, Autolink | Email)
            .then(|| self.source.text[span.clone()].trim_matches(['<', '>']).to_owned());
        let link = self.add_link(destination, span.clone());
        let title = (!title.is_empty()).then(|| self.add_within(title.to_owned(), &span));
        self.enter(Kind::Link(link, title));
        if let Some(address) = shown_as_is {
            self.object();
            self.plain.push_str(&address);
            self.leaf(Kind::Verbatim(address));
            self.inside = Some(Inside::Address);
        }
    }

    fn image(&mut self, destination: &str, title: &str, span: Range<usize>) {
        self.object();
        let link = self.add_link(destination.to_owned(), span.clone());
        // The node's kind is known when its alt text is.
        let node = self.tree.push(Kind::Rule);
        let title = title.to_owned();
        self.inside = Some(Inside::Image { node, depth: 0, link, title, alt: String::new(), span });
    }

    fn inside(&mut self, event: &Event<'_>) {
        let Some(Inside::Image { depth, alt, .. }) = &mut self.inside else {
            if let Event::End(TagEnd::Link) = event {
                self.inside = None;
                self.leave();
            }
            return;
        };
        match event {
            Event::Start(_) => *depth += 1,
            Event::End(_) if *depth > 0 => *depth -= 1,
            Event::End(_) => self.end_image(),
            Event::Text(text) | Event::Code(text) => alt.push_str(text),
            Event::SoftBreak | Event::HardBreak if !alt.ends_with(is_wide) => alt.push(' '),
            _ => {}
        }
    }

    fn end_image(&mut self) {
        let Some(Inside::Image { node, link, title, alt, span, .. }) = self.inside.take() else { return };
        if alt.trim().is_empty() {
            self.diagnostics.push(diagnostics::missing_alt(self.source, span.clone()));
        }
        self.plain.push_str(&alt);
        let alt = self.add_within(alt, &span);
        let title = (!title.is_empty()).then(|| self.add_within(title, &span));
        *self.tree.kind_mut(node) = Kind::Image(link, alt, title);
    }

    /// A paragraph that holds an image and at most an emphasised line becomes a figure.
    fn figure(&mut self) -> bool {
        let Some(paragraph) = self.open.last().copied() else { return false };
        let nodes = &self.tree.nodes()[paragraph + 1..];
        let Some(Kind::Image(link, alt, title)) = nodes.first().map(|node| node.kind.clone()) else {
            return false;
        };
        let caption = match &nodes[1..] {
            [] => title.map(|title| self.texts.text(title).to_owned()),
            [line, emphasis, words @ ..] if emphasis.kind == Kind::Emphasis && self.is_break(&line.kind) => {
                let words: Option<String> = words.iter().map(|word| self.own_text(&word.kind)).collect();
                match words {
                    Some(words) => Some(words),
                    None => return false,
                }
            }
            _ => return false,
        };
        let (caption, credit) = caption.as_deref().map_or((None, None), split_credit);
        let caption = caption.map(|caption| self.texts.add(caption));
        let credit = credit.map(|credit| self.texts.add(credit));
        let figure = Kind::Figure { id: String::new(), link, alt, caption, credit };
        // The paragraph itself becomes the figure: its node is open and will be closed as usual.
        self.tree.replace_last(paragraph, figure);
        true
    }

    fn is_break(&self, kind: &Kind) -> bool {
        *kind == Kind::HardBreak || self.own_text(kind).is_some_and(|text| text.trim().is_empty())
    }

    /// The text of a text node of the run that is still open.
    fn own_text(&self, kind: &Kind) -> Option<&str> {
        let Kind::Text(piece) = kind else { return None };
        Some(self.run.as_ref()?.pieces.get(piece.index as usize)?)
    }

    fn html(&mut self, html: &str, span: Range<usize>) {
        self.last = None;
        if html::is_comment(html) {
            return;
        }
        if !self.options.raw_html {
            self.diagnostics.push(diagnostics::raw_html(self.source, span));
            return;
        }
        for part in html::parts(html) {
            match part {
                html::Part::Text(text) if !text.trim().is_empty() => {
                    let piece = self.piece(text);
                    self.count(text);
                    self.leaf(Kind::MarkupText(piece));
                }
                html::Part::Text(text) | html::Part::Markup(text) => {
                    self.leaf(Kind::Markup(text.to_owned()));
                }
            }
        }
    }

    fn count(&mut self, text: &str) {
        let mut in_word = false;
        for c in text.chars() {
            let is_letter = c.is_alphanumeric() && !is_wide(c);
            self.length.han += usize::from(is_wide(c) && c.is_alphabetic());
            self.length.words += usize::from(is_letter && !in_word);
            in_word = is_letter;
        }
    }

    fn add_link(&mut self, destination: String, span: Range<usize>) -> usize {
        self.links.push(Link { destination, span });
        self.links.len() - 1
    }

    /// Adds a text of its own that stands somewhere in `span`: an alt text, a title.
    fn add_within(&mut self, text: String, span: &Range<usize>) -> TextId {
        let found = self.source.text[span.clone()].rfind(&text).map(|at| span.start + at);
        let id = self.texts.next_id();
        if let Some(start) = found {
            self.spans.push((Piece { text: id, index: 0 }, start..start + text.len()));
        }
        self.texts.add(text)
    }

    fn leaf(&mut self, kind: Kind) {
        self.tree.push(kind);
    }

    fn enter(&mut self, kind: Kind) -> usize {
        let node = self.tree.push(kind);
        self.open.push(node);
        node
    }

    fn leave(&mut self) {
        if let Some(node) = self.open.pop() {
            self.tree.close(node);
        }
    }

    fn close_block(&mut self) {
        self.close_run();
        self.leave();
    }

    fn close_run(&mut self) {
        self.last = None;
        self.plain.clear();
        if let Some(run) = self.run.take() {
            self.texts.replace(run.id, Run::from_pieces(run.pieces.iter().map(String::as_str)));
        }
    }

    fn finish(mut self) -> Body {
        self.close_run();
        self.check_footnotes();
        let mut anchors = Anchors::default();
        for (id, span) in self.explicit_ids.values() {
            if !anchors.reserve(id) {
                self.diagnostics.push(diagnostics::id_twice(self.source, span.clone(), id));
            }
        }
        for number in 1..=self.footnotes.used.len() {
            anchors.unique(&format!("fn-{number}"));
            anchors.unique(&format!("fnref-{number}"));
        }
        let headings = self.name_headings(&mut anchors);
        self.name_blocks(&mut anchors);
        let opening = self.opening.as_deref().map(opening::cut).map(|text| self.texts.add(text));
        Body {
            tree: self.tree,
            texts: self.texts,
            headings,
            links: self.links,
            anchors: anchors.into_sorted(),
            opening,
            length: self.length,
            spans: self.spans,
        }
    }

    /// The page's title is the one heading of level 1, so a body that begins at level 1 moves down by one.
    fn name_headings(&mut self, anchors: &mut Anchors) -> Vec<Heading> {
        let shift = u8::from(self.headings.iter().any(|(_, level, _)| *level == 1));
        let mut headings = Vec::new();
        for (node, level, plain) in std::mem::take(&mut self.headings) {
            let level = (level + shift).min(6);
            let id = match self.explicit_ids.get(&node) {
                Some((id, _)) => id.clone(),
                None => anchors.unique(&anchors::of_heading(&plain)),
            };
            if let Kind::Heading(node_level, node_id, _) = self.tree.kind_mut(node) {
                *node_level = level;
                node_id.clone_from(&id);
            }
            headings.push(Heading { level, id, node });
        }
        headings
    }

    fn name_blocks(&mut self, anchors: &mut Anchors) {
        let (mut paragraphs, mut figures) = (0, 0);
        for index in 0..self.tree.nodes().len() {
            match self.tree.kind_mut(index) {
                Kind::Paragraph(id) => {
                    paragraphs += 1;
                    *id = anchors.unique(&format!("p{paragraphs}"));
                }
                Kind::Figure { id, .. } => {
                    figures += 1;
                    *id = anchors.unique(&format!("f{figures}"));
                }
                _ => {}
            }
        }
    }

    fn check_footnotes(&mut self) {
        let Footnotes { defined, used } = &self.footnotes;
        for (label, span) in used.iter().filter(|(label, _)| !defined.contains_key(*label)) {
            self.diagnostics.push(diagnostics::footnote_undefined(self.source, span.clone(), label));
        }
        for (label, span) in defined.iter().filter(|(label, _)| !used.contains_key(*label)) {
            self.diagnostics.push(diagnostics::footnote_unused(self.source, span.clone(), label));
        }
    }
}

fn alert(kind: cmark::BlockQuoteKind) -> &'static str {
    match kind {
        cmark::BlockQuoteKind::Note => "note",
        cmark::BlockQuoteKind::Tip => "tip",
        cmark::BlockQuoteKind::Important => "important",
        cmark::BlockQuoteKind::Warning => "warning",
        cmark::BlockQuoteKind::Caution => "caution",
    }
}

fn alignment(alignment: cmark::Alignment) -> Alignment {
    match alignment {
        cmark::Alignment::None => Alignment::None,
        cmark::Alignment::Left => Alignment::Left,
        cmark::Alignment::Center => Alignment::Center,
        cmark::Alignment::Right => Alignment::Right,
    }
}

/// `图注（图：编辑部）` is a caption and a credit.
fn split_credit(caption: &str) -> (Option<&str>, Option<&str>) {
    let whole = caption.trim();
    let inner = whole.strip_suffix('）').and_then(|text| text.rsplit_once('（'));
    match inner {
        Some((caption, credit)) if !credit.is_empty() => {
            let caption = caption.trim_end();
            ((!caption.is_empty()).then_some(caption), Some(credit))
        }
        _ => ((!whole.is_empty()).then_some(whole), None),
    }
}

/// Characters beside which a line break is no space: Han, kana, and their punctuation. Hangul is spaced.
fn is_wide(c: char) -> bool {
    matches!(c,
        '\u{2E80}'..='\u{303F}' | '\u{3041}'..='\u{312F}' | '\u{31A0}'..='\u{33FF}' | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF01}'..='\u{FF65}'
        | '\u{20000}'..='\u{3FFFD}')
}

/// Curly quotation marks, dashes and dots belong to Chinese where a Chinese character stands on the other side.
fn joins(before: char, next: char) -> bool {
    let is_shared = |c: char| matches!(c, '“' | '”' | '‘' | '’' | '—' | '…' | '·');
    (is_wide(before) && (is_wide(next) || is_shared(next))) || (is_shared(before) && is_wide(next))
}
