//! The body: pulldown-cmark's events become the tree, the text table and the links.

mod checks;
mod component;
mod finish;
mod lead;
mod links;
mod markup;
mod text;

use super::component::Component;
use super::containers::{self, Line};
use super::dollars;
use super::marked::Marked;
use super::masked::Masked;
use super::text::{Piece, TextId, TextTable};
use super::tree::{Alignment, Kind, Tree};
use super::{Heading, Length, Link, Options, diagnostics};
use crate::content::Source;
use crate::diagnostic::{Diagnostic, SHOWN, Severity};
use crate::html;
use crate::script::{OBJECT, Run};
use pulldown_cmark::{self as cmark, BrokenLink, CodeBlockKind, Event, Parser, Tag, TagEnd};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;

/// What a document has below its front matter.
pub(super) struct Body<'a> {
    /// The source as the parser saw it.
    pub(super) masked: Masked<'a>,
    pub(super) tree: Tree,
    pub(super) texts: TextTable,
    pub(super) headings: Vec<Heading>,
    pub(super) links: Vec<Link>,
    pub(super) components: Vec<Component>,
    pub(super) anchors: Vec<String>,
    pub(super) opening: Option<TextId>,
    pub(super) lead: Option<TextId>,
    /// What would be the id of the heading that was taken as the title.
    pub(super) title_anchor: Option<String>,
    pub(super) length: Length,
    /// Where in the source the pieces stand.
    pub(super) spans: Vec<(Piece, Range<usize>)>,
    /// The same for texts of HTML, which `convert --markdown` leaves alone.
    pub(super) html_spans: Vec<(Piece, Range<usize>)>,
    /// Links whose text is also the label of their definition.
    pub(super) labelled: Vec<Labelled>,
}

/// `[发展]` or `[发展][]`: a text that is also a label.
pub(super) struct Labelled {
    /// The whole link in the source.
    pub(super) span: Range<usize>,
    /// The label in the source.
    pub(super) label: Range<usize>,
}

/// What is known of the title when the body is read.
pub(super) enum Title {
    /// It is to be the body's first heading of level 1, which then does not stand in the body.
    Wanted(TextId),
    /// A body that begins with the same heading does not say it again.
    Known(String),
    /// The body stays as it is.
    None,
}

/// Reads the body, which is `source.text[body]`. `texts` holds the texts of the front matter already. `page` are the headings
/// of the page that the source is a twin of.
pub(super) fn read<'a>(
    source: &'a Source,
    body: Range<usize>,
    options: Options<'_>,
    (texts, title): (TextTable, Title),
    page: &[Heading],
    diagnostics: &mut Vec<Diagnostic>,
) -> Body<'a> {
    let cmark_options = cmark::Options::ENABLE_TABLES
        | cmark::Options::ENABLE_FOOTNOTES
        | cmark::Options::ENABLE_STRIKETHROUGH
        | cmark::Options::ENABLE_TASKLISTS
        | cmark::Options::ENABLE_HEADING_ATTRIBUTES
        | cmark::Options::ENABLE_DEFINITION_LIST
        | cmark::Options::ENABLE_MATH
        | cmark::Options::ENABLE_GFM;
    let code = |text: &str| code(text, cmark_options);
    let masked = Masked::new(&source.text, &body, code);
    for at in masked.unclosed.iter().take(SHOWN) {
        diagnostics.push(diagnostics::unclosed_rule(source, *at..*at + 2));
    }
    if let Some(more) = masked.unclosed.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        diagnostics.push(Diagnostic::and_more(Severity::Warning, "inline-rule", more, &source.path));
    }
    let mut builder = Builder::new(source, masked, options, texts, diagnostics);
    let undefined = RefCell::new(Vec::new());
    let mut note = |link: BrokenLink<'_>| {
        undefined.borrow_mut().push((link.link_type, link.reference.into_static(), link.span));
        None
    };
    match title {
        Title::Wanted(title) => builder.title = Some(title),
        Title::Known(title) => builder.front_title = Some(title),
        Title::None => {}
    }
    let text = builder.masked.text[body.clone()].to_owned();
    builder.check_for_shortcodes(&text, body.start, cmark_options);
    builder.lead = html::holds_more(&text).then(String::new);
    let (lines, others) = container_lines(&text, cmark_options);
    builder.colons_in_text(others, body.start);
    let text = containers::hide(&text, &lines);
    builder.full_width_colons(&text, body.start, code);
    let mut lines = lines.into_iter().map(|line| line.moved(body.start)).peekable();
    let marked = Marked::new(&text, &dollars::of_money(&text, cmark_options));
    let place = |span: Range<usize>| {
        let place = marked.place(span);
        place.start + body.start..place.end + body.start
    };
    let parser = Parser::new_with_broken_link_callback(&marked.text, cmark_options, Some(&mut note));
    for (event, span) in parser.into_offset_iter() {
        let span = place(span);
        match lines.next_if(|line| event == Event::Rule && line.span.start == span.start) {
            Some(line) => builder.component_line(&line),
            None => {
                if let Some(event) = marked.event(event) {
                    builder.event(event, span);
                }
            }
        }
    }
    for (kind, label, span) in undefined.take() {
        builder.undefined(kind, &marked.plain(label), place(span));
    }
    builder.finish(page)
}

/// Where code stands in a Markdown text. Lines of colons are hidden, as they end what would otherwise reach to the next mark.
fn code(text: &str, options: cmark::Options) -> Vec<Range<usize>> {
    let text = containers::hide(text, &containers::find(text));
    let events = Parser::new_ext(&text, options).into_offset_iter();
    let is_code = |event: &Event<'_>| matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(_)));
    events.filter(|(event, _)| is_code(event)).map(|(_, span)| span).collect()
}

/// The lines of colons that stand where a block can, and those that are text.
fn container_lines(text: &str, options: cmark::Options) -> (Vec<Line>, Vec<Line>) {
    let lines = containers::find(text);
    if lines.is_empty() {
        return (lines, Vec::new());
    }
    let hidden = containers::hide(text, &lines);
    let (mut starts, mut code) = (Vec::new(), Vec::new());
    for (event, span) in Parser::new_ext(&hidden, options).into_offset_iter() {
        match event {
            Event::Rule => starts.push(span.start),
            Event::Start(Tag::CodeBlock(_)) => code.push(span),
            _ => {}
        }
    }
    let (lines, mut others): (Vec<Line>, Vec<Line>) =
        lines.into_iter().partition(|line| starts.binary_search(&line.span.start).is_ok());
    let mut code = code.iter().peekable();
    others.retain(|line| {
        while code.next_if(|code| code.end <= line.span.start).is_some() {}
        code.peek().is_none_or(|code| code.start > line.span.start)
    });
    (lines, others)
}

/// So many characters of the first paragraph are kept for a description, which is much shorter.
const OPENING: usize = 1_000;

/// The run that is being collected.
struct OpenRun {
    id: TextId,
    pieces: Vec<String>,
}

/// A node whose inner events are not nodes of their own.
enum Inside {
    /// An image, whose inner events are its alt text.
    Image {
        node: usize,
        depth: usize,
        link: usize,
        title: Option<TextId>,
        alt: Vec<AltPart>,
        span: Range<usize>,
    },
    /// A bare address, which is shown as it stands in the source.
    Address,
}

/// A part of an alt text, and where it stands if the source has it as it reads.
type AltPart = (String, Option<Range<usize>>);

/// Footnotes by label, which is compared without regard to case.
#[derive(Default)]
struct Footnotes {
    defined: BTreeMap<String, Range<usize>>,
    /// Where a label is first referred to, and how often.
    used: BTreeMap<String, (Range<usize>, usize)>,
}

/// A heading that has no id yet.
struct OpenHeading {
    node: usize,
    level: u8,
    plain: String,
    span: Range<usize>,
}

struct Builder<'a, 'd> {
    source: &'a Source,
    /// The source as the parser sees it.
    masked: Masked<'a>,
    options: Options<'d>,
    diagnostics: &'d mut Vec<Diagnostic>,
    tree: Tree,
    texts: TextTable,
    links: Vec<Link>,
    components: Vec<Component>,
    components_open: Vec<component::OpenComponent>,
    spans: Vec<(Piece, Range<usize>)>,
    open: Vec<usize>,
    run: Option<OpenRun>,
    /// The text of the paragraph before.
    paragraph: Option<TextId>,
    /// The piece added last and the end of its source, for joining what the parser split without need.
    last: Option<(Piece, usize)>,
    inside: Option<Inside>,
    html: Option<(String, Range<usize>)>,
    /// The HTML so far.
    reader: html::Reader,
    /// Where texts of HTML stand, which `convert --markdown` leaves alone.
    html_spans: Vec<(Piece, Range<usize>)>,
    raw_ids: Vec<(String, Range<usize>)>,
    /// Names in HTML that links may lead to, and that may be ids too.
    raw_names: Vec<String>,
    labelled: Vec<Labelled>,
    /// How often each kind of diagnostic was met.
    said: BTreeMap<&'static str, (Severity, usize)>,
    /// The plain text of the block so far, code included.
    plain: String,
    opening: Option<Run>,
    /// The text of the blocks so far, while `<!-- more -->` is still to come.
    lead: Option<String>,
    /// What stood above it.
    above: Option<Run>,
    /// The title, while its heading is still to come.
    title: Option<TextId>,
    /// The title that the front matter says.
    front_title: Option<String>,
    title_anchor: Option<String>,
    length: Length,
    headings: Vec<OpenHeading>,
    heading_span: Range<usize>,
    explicit_ids: BTreeMap<usize, (String, Range<usize>)>,
    footnotes: Footnotes,
}

impl<'a, 'd> Builder<'a, 'd> {
    fn new(
        source: &'a Source,
        masked: Masked<'a>,
        options: Options<'d>,
        texts: TextTable,
        diagnostics: &'d mut Vec<Diagnostic>,
    ) -> Self {
        Self {
            source,
            masked,
            options,
            diagnostics,
            tree: Tree::default(),
            texts,
            links: Vec::new(),
            components: Vec::new(),
            components_open: Vec::new(),
            spans: Vec::new(),
            open: Vec::new(),
            run: None,
            paragraph: None,
            last: None,
            inside: None,
            html: None,
            reader: html::Reader::default(),
            html_spans: Vec::new(),
            raw_ids: Vec::new(),
            raw_names: Vec::new(),
            labelled: Vec::new(),
            said: BTreeMap::new(),
            plain: String::new(),
            opening: None,
            lead: None,
            above: None,
            title: None,
            front_title: None,
            title_anchor: None,
            length: Length::default(),
            headings: Vec::new(),
            heading_span: 0..0,
            explicit_ids: BTreeMap::new(),
            footnotes: Footnotes::default(),
        }
    }

    /// Hugo's shortcodes are text here, which nobody who wrote one means.
    fn check_for_shortcodes(&mut self, text: &str, start: usize, options: cmark::Options) {
        let mut found = ["{{<", "{{%"].into_iter().flat_map(|mark| text.match_indices(mark)).peekable();
        if found.peek().is_none() {
            return;
        }
        let code = code(text, options);
        for (at, _) in found {
            if code.iter().any(|code| code.contains(&at)) {
                continue;
            }
            let length = text[at..].find("}}").map_or(3, |end| end + 2);
            let span = start + at..start + at + length;
            self.say(Severity::Warning, "shortcode", |source| diagnostics::shortcode(source, span));
        }
    }

    fn event(&mut self, event: Event<'_>, span: Range<usize>) {
        if self.inside.is_some() {
            return self.inside(&event, span);
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
                self.join_soft_break(&code);
                self.object();
                self.plain.push_str(&code);
                self.leaf(Kind::Code(self.masked.literal(&code)));
            }
            Event::Html(html) => match &mut self.html {
                Some((collected, _)) => collected.push_str(&html),
                None => self.html(&html, span, false),
            },
            Event::InlineHtml(html) => self.html(&html, span, true),
            Event::FootnoteReference(label) => {
                let label = label.to_lowercase();
                self.footnotes.used.entry(label.clone()).or_insert((span, 0)).1 += 1;
                self.join_soft_break(OBJECT);
                self.leaf(Kind::FootnoteReference(label));
            }
            Event::Rule => {
                self.close_run();
                self.leaf(Kind::Rule);
            }
            Event::TaskListMarker(done) => {
                // In a loose list the marker stands in the item's first paragraph.
                let is_item = |node: &&usize| matches!(self.tree.nodes()[**node].kind, Kind::Item(_));
                if let Some(item) = self.open.iter().rev().find(is_item).copied() {
                    *self.tree.kind_mut(item) = Kind::Item(Some(done));
                }
            }
            Event::InlineMath(formula) => self.formula(&formula, span, false),
            Event::DisplayMath(formula) => self.formula(&formula, span, true),
        }
    }

    /// A formula. One that cannot be read is shown as written.
    fn formula(&mut self, formula: &str, span: Range<usize>, is_block: bool) {
        let formula = self.masked.literal(formula);
        let start = span.start + if is_block { 2 } else { 1 };
        let read = self.options.formulas.map(|formulas| formulas.mathml(&formula, is_block));
        let mathml = read.and_then(|read| match read {
            Ok(mathml) => Some(mathml),
            Err(problem) => {
                let span = start + problem.span.start..start + problem.span.end.max(problem.span.start + 1);
                self.say(Severity::Warning, "formula", |source| diagnostics::formula(source, span, &problem));
                None
            }
        });
        self.object();
        self.plain.push_str(&formula);
        self.leaf(Kind::Formula(formula, mathml));
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
            Tag::Image { link_type, dest_url, title, .. } => {
                return self.image(link_type, &dest_url, &title, span);
            }
            block => return self.start_block(block, span),
        };
        self.last = None;
        self.enter(kind);
    }

    fn start_block(&mut self, tag: Tag<'_>, span: Range<usize>) {
        self.close_run();
        self.check_block(&tag, &span);
        let kind = match tag {
            Tag::Heading { level, id, classes, attrs } => {
                for (name, value) in &attrs {
                    let span = span.clone();
                    self.say(Severity::Warning, "heading-attribute", |source| {
                        diagnostics::heading_attribute(source, span, name, value.is_none())
                    });
                }
                let classes = classes.into_iter().map(cmark::CowStr::into_string).collect();
                let node = self.enter(Kind::Heading(level as u8, String::new(), classes));
                if let Some(id) = id {
                    self.explicit_ids.insert(node, (id.into_string(), span.clone()));
                }
                self.heading_span = span;
                return;
            }
            Tag::BlockQuote(kind) => Kind::Quote(kind.map(alert)),
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
                let language = info.split([' ', ',', '{', ':']).next().unwrap_or_default();
                Kind::CodeBlock(language.to_owned(), Vec::new())
            }
            Tag::CodeBlock(CodeBlockKind::Indented) => Kind::CodeBlock(String::new(), Vec::new()),
            Tag::HtmlBlock => {
                self.html = Some((String::new(), span));
                return;
            }
            Tag::List(first) => Kind::List(first),
            Tag::Item => Kind::Item(None),
            Tag::FootnoteDefinition(label) => {
                let label = label.to_lowercase();
                if self.footnotes.defined.insert(label.clone(), span.clone()).is_some() {
                    self.diagnostics.push(diagnostics::footnote_twice(self.source, span, &label));
                }
                Kind::FootnoteDefinition(label)
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
        if tag != TagEnd::HtmlBlock {
            self.close_left_open();
        }
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => {
                self.last = None;
                self.leave();
            }
            TagEnd::Link => {
                self.last = None;
                self.check_link();
                self.leave();
            }
            TagEnd::HtmlBlock => {
                if let Some((html, span)) = self.html.take() {
                    self.html(&html, span, false);
                }
                self.close_run();
            }
            TagEnd::Heading(level) => {
                let plain = std::mem::take(&mut self.plain);
                self.end_heading(level as u8, &plain);
            }
            TagEnd::Paragraph => {
                let is_first = self.open.len() == 1 && self.opening.is_none() && !self.reader.is_around(1);
                let plain = std::mem::take(&mut self.plain);
                let is_figure = self.figure();
                if !is_figure {
                    self.add_to_lead(&plain);
                }
                if is_first && !is_figure && !plain.trim().is_empty() {
                    self.opening = Some(self.opening(&plain));
                }
                let run = self.run.as_ref().map(|run| run.id);
                self.close_block();
                self.join_quotations(run);
            }
            TagEnd::CodeBlock => {
                self.highlight();
                self.close_block();
            }
            _ => self.close_block(),
        }
    }

    /// Finds out what the words of the code block are that ends here.
    fn highlight(&mut self) {
        let Some((node, highlighter)) = self.open.last().copied().zip(self.options.highlighter) else {
            return;
        };
        let lines = self.tree.nodes()[node + 1..].iter().filter_map(|node| match &node.kind {
            Kind::Verbatim(line) => Some(line.as_str()),
            _ => None,
        });
        let code: String = lines.collect();
        if let Kind::CodeBlock(language, tokens) = self.tree.kind_mut(node) {
            *tokens = highlighter.tokens(&code, language);
        }
    }

    /// Reports, up to a limit for each kind: a fault on every line is one fault.
    fn say(&mut self, severity: Severity, code: &'static str, make: impl FnOnce(&Source) -> Diagnostic) {
        let (_, count) = self.said.entry(code).or_insert((severity, 0));
        *count += 1;
        if *count <= SHOWN {
            self.diagnostics.push(make(self.source));
        }
    }

    /// Paragraphs of one quotation each begin with its opening mark.
    fn join_quotations(&mut self, paragraph: Option<TextId>) {
        let opening = |id: TextId| self.texts.text(id).chars().next().filter(|c| "“「‘『".contains(*c));
        let pair = self
            .paragraph
            .zip(paragraph)
            .filter(|(before, own)| opening(*before).is_some() && opening(*before) == opening(*own));
        if let Some((before, _)) = pair {
            let run = self.texts.run(before).clone().with_quotation_going_on();
            self.texts.replace(before, run);
        }
        self.paragraph = paragraph;
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
            self.reader.leave(self.open.len());
        }
    }

    fn close_block(&mut self) {
        self.close_run();
        self.leave();
    }

    fn close_run(&mut self) {
        self.last = None;
        if self.lead.is_some()
            && self.open.last().is_some_and(|node| lead::is_item(&self.tree.nodes()[*node].kind))
        {
            let plain = self.plain.clone();
            self.add_to_lead(&plain);
        }
        self.plain.clear();
        if let Some(run) = self.run.take() {
            self.check_for_undefined_footnotes(&run);
            self.check_for_formulas(&run);
            self.texts.replace(run.id, self.masked.run(run.pieces.iter().map(String::as_str)));
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
