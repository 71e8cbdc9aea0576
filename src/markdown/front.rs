//! Front matter: TOML between `+++` lines or YAML between `---` lines, typed.

use super::aliases::Alias;
use super::places::Places;
use super::text::{TextId, TextTable};
use super::twin::Page;
use super::{aliases, diagnostics, foreign};
use crate::config::Glossary;
use crate::content::Source;
use crate::diagnostic::Diagnostic;
use crate::dialect::{self, Entry, Fields, Language, Moment, Node, Origin, Text, Value};
use crate::script::{Script, Tag, addresses, inline};
use std::cmp::Ordering;
use std::collections::HashSet;
use std::ops::Range;

/// What stands above the body. Texts are in the document's table.
#[derive(Debug, Clone)]
pub struct FrontMatter {
    /// The headline.
    pub title: TextId,
    /// The line above it.
    pub kicker: Option<TextId>,
    /// The line below it.
    pub subtitle: Option<Subtitle>,
    /// Who wrote it.
    pub byline: Vec<TextId>,
    /// Where the facts come from.
    pub source: Option<TextId>,
    /// When it was published, or will be.
    pub date: Option<Moment>,
    /// When it is to be published, where that is said apart from the date that it bears.
    pub embargo: Option<Moment>,
    /// When it was last changed.
    pub updated: Option<Moment>,
    /// What it says in one or two sentences.
    pub summary: Option<TextId>,
    /// The same for search engines, where it is said apart.
    pub description: Option<TextId>,
    /// What it is about.
    pub tags: Vec<TextId>,
    /// Its place among its neighbours; wins over the number in the file's name.
    pub weight: Option<Weight>,
    /// Not to be published.
    pub draft: bool,
    /// Its name in the url, in place of the file's.
    pub slug: Option<Text>,
    /// Addresses that lead to it.
    pub aliases: Vec<Alias>,
    /// In which script it is written; found from the text where it is not said.
    pub script: Option<Script>,
    /// Key figures.
    pub figures: Vec<KeyFigure>,
    /// Terms that hold on this page; in a section's own page, for all of the section.
    pub glossary: Glossary,
    /// Free values for templates.
    pub extra: Vec<(String, Free)>,
    /// Of a text for one edition: the fingerprint of the page that it was made from.
    pub based_on: Option<Text>,
}

/// What a source is to the site: it decides what its front matter may say.
#[derive(Debug, Clone, Copy)]
pub(super) enum Role<'a> {
    /// A page of the site.
    Page,
    /// The text of a page for a Chinese edition, in place of the converted one.
    Twin(Page<'a>),
    /// The text for an edition in another language, of a page or of none.
    Written(Option<Page<'a>>),
}

impl<'a> Role<'a> {
    /// The page that it is a text of.
    pub(super) fn page(self) -> Option<Page<'a>> {
        match self {
            Role::Page => None,
            Role::Twin(page) => Some(page),
            Role::Written(page) => page,
        }
    }

    /// Whether its title may be its first heading: that of a page, and of the text of a page whose title is one.
    pub(super) fn takes_heading(self) -> bool {
        match self {
            Role::Page | Role::Written(_) => true,
            Role::Twin(page) => page.document.title_anchor.is_some(),
        }
    }

    /// Whether it has a title even if it says none: its page's.
    pub(super) fn inherits_title(self) -> bool {
        matches!(self, Role::Twin(_))
    }

    /// Keys that say something of the page as a whole, in all editions.
    fn keys_of_page(self) -> &'static [&'static str] {
        match self {
            Role::Page | Role::Written(None) => &[],
            Role::Twin(_) => &["weight", "slug", "date", "tags", "aliases"],
            Role::Written(Some(_)) => &["weight", "slug", "aliases"],
        }
    }

    /// Keys that say something of conversion, which a text for one edition has no use for.
    fn keys_of_conversion(self) -> &'static [&'static str] {
        match self {
            Role::Page => &[],
            Role::Twin(_) | Role::Written(_) => &["script", "glossary"],
        }
    }
}

/// A place among neighbours: the least comes first.
#[derive(Debug, Clone, Copy)]
pub struct Weight(pub f64);

impl PartialEq for Weight {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Weight {}

impl PartialOrd for Weight {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Weight {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

/// A second headline.
#[derive(Debug, Clone)]
pub enum Subtitle {
    /// Converted like everything else.
    Converted(TextId),
    /// Shown as written in every edition, in the language it says: `{ text = "…", lang = "zh-Hant" }`.
    Kept {
        /// Its text.
        text: String,
        /// Its tag.
        lang: Tag,
    },
}

/// A key figure.
#[derive(Debug, Clone, Copy)]
pub struct KeyFigure {
    /// The number.
    pub value: TextId,
    /// What it counts in.
    pub unit: Option<TextId>,
    /// What it says.
    pub label: TextId,
}

/// A free value whose texts are in a text table.
#[derive(Debug, Clone)]
pub enum Free {
    /// A text; converted.
    Text(TextId),
    /// A whole number.
    Integer(i64),
    /// Any other number.
    Float(f64),
    /// `true` or `false`.
    Boolean(bool),
    /// A list.
    List(Vec<Free>),
    /// A table in the order of the file.
    Table(Vec<(String, Free)>),
}

impl Free {
    /// Puts the texts of free values into a table.
    pub fn collect(entries: Vec<Entry>, texts: &mut TextTable) -> Vec<(String, Free)> {
        entries.into_iter().filter_map(|entry| Some((entry.key, Self::of(entry.node, texts)?))).collect()
    }

    // Recursion is bounded: both parsers refuse values nested deeper than their limits.
    fn of(node: Node, texts: &mut TextTable) -> Option<Free> {
        Some(match node.value {
            Value::String(text) if addresses::is_address(&text) => Free::Text(texts.add_kept(text)),
            Value::String(text) => Free::Text(texts.add(text)),
            Value::Date(date) => Free::Text(texts.add(date.to_string())),
            Value::Integer(number) => Free::Integer(number),
            Value::Float(number) => Free::Float(number),
            Value::Boolean(yes) => Free::Boolean(yes),
            Value::Array(items) => {
                Free::List(items.into_iter().filter_map(|item| Self::of(item, texts)).collect())
            }
            Value::Table(entries) => Free::Table(Self::collect(entries, texts)),
            Value::Null => return None,
        })
    }
}

/// A front matter and what it leaves open.
pub(super) struct Read {
    pub(super) front: FrontMatter,
    /// Which part of the text is the body.
    pub(super) body: Range<usize>,
    /// The title has still to be found in the body. Where it is not there either, this is to be said.
    pub(super) untitled: Option<Diagnostic>,
}

/// Reads the front matter. A file without one is all body.
pub(super) fn read(
    source: &Source,
    role: Role<'_>,
    texts: &mut TextTable,
    places: &mut Places,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Read> {
    let origin = Origin { path: &source.path, text: &source.text };
    let before = diagnostics.len();
    let found = fences(origin, diagnostics);
    if found.is_none() && (diagnostics.len() > before || is_meant(origin.text)) {
        diagnostics.extend((diagnostics.len() == before).then(|| diagnostics::no_front_matter(origin)));
        return None;
    }
    let Some((language, fenced, body)) = found else {
        let mut fields = dialect::read(Language::Yaml, origin, 0..0, diagnostics);
        let front = typed(&mut fields, role, &mut Texts { origin, table: texts, places }, diagnostics);
        let untitled = (!role.inherits_title()).then(|| diagnostics::no_front_matter(origin));
        return Some(Read { front, body: 0..origin.text.len(), untitled });
    };
    let before = diagnostics.len();
    let mut fields = dialect::read(language, origin, fenced.clone(), diagnostics);
    let is_readable = diagnostics.len() == before;
    let front = typed(&mut fields, role, &mut Texts { origin, table: texts, places }, diagnostics);
    if is_readable {
        fields.finish(diagnostics);
    }
    let is_said = !is_readable || dialect::is_explained("title", &diagnostics[before..]);
    let untitled = (texts.text(front.title).is_empty() && !is_said && !role.inherits_title())
        .then(|| diagnostics::missing_title(origin, language, fenced.start));
    Some(Read { front, body, untitled })
}

/// Whether a text without a front matter begins as if it had one: to take that for text would lose it silently.
fn is_meant(text: &str) -> bool {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    first.starts_with("---") || first.starts_with("+++")
}

/// The language, the text between the fences, and the body after them.
pub(super) fn fences(
    origin: Origin<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(Language, Range<usize>, Range<usize>)> {
    let text = origin.text;
    let above: usize =
        text.split_inclusive('\n').take_while(|line| line.trim().is_empty()).map(str::len).sum();
    let first = text[above..].lines().next().unwrap_or_default();
    let (language, fence) = match first.trim_end() {
        "+++" => (Language::Toml, "+++"),
        "---" => (Language::Yaml, "---"),
        _ => return None,
    };
    let start = (above + first.len() + 1).min(text.len());
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        let next = at + line.len();
        if line.trim_end() == fence {
            return Some((language, start..at, next..text.len()));
        }
        at = next;
    }
    diagnostics.push(diagnostics::unclosed(origin, above, fence));
    None
}

/// Where the texts of a front matter go.
struct Texts<'a> {
    origin: Origin<'a>,
    table: &'a mut TextTable,
    places: &'a mut Places,
}

impl Texts<'_> {
    fn add(&mut self, text: Text, diagnostics: &mut Vec<Diagnostic>) -> TextId {
        for at in inline::find(&text.value).1 {
            diagnostics.push(diagnostics::unclosed_rule_in(self.origin, &text, at));
        }
        let id = self.table.next_id();
        self.places.add_value(id, self.origin, &text);
        self.table.add(text.value)
    }
}

fn typed(
    fields: &mut Fields<'_>,
    role: Role<'_>,
    texts: &mut Texts<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> FrontMatter {
    let based_on = role_keys(fields, role, diagnostics);
    let mut one = |key| {
        let text = fields.text(key, diagnostics)?;
        Some(texts.add(text, diagnostics))
    };
    let title = one("title");
    let (kicker, source) = (one("kicker"), one("source"));
    let (summary, description) = summary(fields, texts, diagnostics);
    let byline = byline(fields, diagnostics);
    let tags = tags(fields, diagnostics);
    let mut several = |written: Vec<Text>| {
        written.into_iter().map(|text| texts.add(text, diagnostics)).collect::<Vec<TextId>>()
    };
    let (byline, tags) = (several(byline), several(tags));
    let subtitle = subtitle(fields, texts, diagnostics);
    let figures = figures(fields, texts, diagnostics);
    let draft = draft(fields, diagnostics);
    let (date, embargo) = dates(fields, diagnostics);
    let updated = fields.named(&foreign::UPDATED);
    let updated = fields.date(updated, diagnostics);
    let weight = weight(fields, diagnostics);
    let slug =
        fields.text("slug", diagnostics).filter(|text| checked_slug(fields.origin(), text, diagnostics));
    let script = script(fields, diagnostics);
    let aliases = aliases::read(fields, diagnostics);
    let glossary = Glossary::read(fields, diagnostics);
    let mut extra = fields.free("extra", diagnostics);
    let rest = foreign::rest(fields).into_iter();
    extra.extend(rest.filter(|entry| extra.iter().all(|own| own.key != entry.key)).collect::<Vec<Entry>>());
    let extra = Free::collect(extra, texts.table);
    // The body may have one, or a twin's page.
    let title = title.unwrap_or_else(|| match role {
        Role::Twin(_) if !role.takes_heading() => texts.table.add_kept(""),
        _ => texts.table.add(""),
    });
    FrontMatter {
        title,
        kicker,
        subtitle,
        byline,
        source,
        date,
        embargo,
        updated,
        summary,
        description,
        tags,
        weight,
        draft,
        slug,
        aliases,
        script,
        figures,
        glossary,
        extra,
        based_on,
    }
}

/// What a page says, and what it says to search engines where that is another text.
fn summary(
    fields: &mut Fields<'_>,
    texts: &mut Texts<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Option<TextId>, Option<TextId>) {
    let shown = fields.named(&foreign::SUMMARY);
    let mut text = |key| {
        let text = fields.text(key, diagnostics)?;
        Some(texts.add(text, diagnostics))
    };
    let shown_text = text(shown);
    (shown_text, if shown == "description" { None } else { text("description") })
}

/// Who wrote it. Where other tools say `false`, nobody is named.
fn byline(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Text> {
    let key = fields.named(&foreign::BYLINE);
    if fields.holds(key, |value| *value == Value::Boolean(false)) {
        fields.take(key);
    }
    fields.names(key, &[], diagnostics)
}

/// Tags, and the categories that are not among them.
fn tags(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Text> {
    fields.knows(foreign::CATEGORIES.into_iter().chain(["taxonomies"]));
    let mut tags = Vec::new();
    for names in [&foreign::TAGS[..], &foreign::CATEGORIES] {
        let key = fields.named(names);
        tags.extend(fields.names(key, &foreign::MARKS, diagnostics));
    }
    if let Some(mut taxonomies) = fields.table("taxonomies", diagnostics) {
        for key in ["tags", "categories"] {
            tags.extend(taxonomies.names(key, &foreign::MARKS, diagnostics));
        }
        // Lists of other kinds have no pages here.
        taxonomies.take_all();
    }
    let mut known: HashSet<String> = HashSet::new();
    tags.retain(|tag| known.insert(tag.value.clone()));
    tags
}

fn draft(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> bool {
    let draft = fields.boolean("draft", diagnostics).unwrap_or(false);
    // Elsewhere it may also be the day of publication.
    if !fields.holds("published", |value| matches!(value, Value::Boolean(_))) {
        return draft;
    }
    fields.knows(["published"]);
    draft || fields.boolean("published", diagnostics) == Some(false)
}

/// The date that a page bears, and the day of its publication where that is said apart.
fn dates(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> (Option<Moment>, Option<Moment>) {
    let own = fields.named(&foreign::DATE);
    let date = fields.date(own, diagnostics);
    let embargo = if own == "date" {
        let key = fields.named(&foreign::DATE[1..]);
        fields.date(key, diagnostics)
    } else {
        None
    };
    (date, embargo)
}

fn weight(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Weight> {
    let key = fields.named(&foreign::WEIGHT);
    // VuePress takes `order: false` for none.
    if fields.holds(key, |value| *value == Value::Boolean(false)) && key != "weight" {
        fields.take(key);
    }
    let number = if key == "weight" {
        fields.integer(key, diagnostics).map(|whole| whole as f64)
    } else {
        fields.number(key, diagnostics)
    };
    number.map(Weight)
}

/// Takes the keys that a text for one edition cannot have, and the one that only it can have.
fn role_keys(fields: &mut Fields<'_>, role: Role<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Text> {
    let origin = fields.origin();
    if let Some(page) = role.page() {
        for key in role.keys_of_page() {
            let node = fields.take(key);
            let path = &page.source.path;
            diagnostics.extend(node.map(|node| diagnostics::key_of_page(origin, node.span, key, path)));
        }
    }
    for key in role.keys_of_conversion() {
        let node = fields.take(key);
        diagnostics.extend(node.map(|node| diagnostics::key_of_conversion(origin, node.span, key)));
    }
    role.page()?;
    let text = fields.text("based_on", diagnostics)?;
    let is_fingerprint = text.value.len() == 16 && text.value.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !is_fingerprint {
        diagnostics.push(diagnostics::no_fingerprint(origin, &text));
    }
    Some(text)
}

/// A text, or `{ text, lang }` for one that is shown as written.
fn subtitle(
    fields: &mut Fields<'_>,
    texts: &mut Texts<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Subtitle> {
    if !fields.holds_table("subtitle") {
        let text = fields.text("subtitle", diagnostics)?;
        return Some(Subtitle::Converted(texts.add(text, diagnostics)));
    }
    let mut table = fields.table("subtitle", diagnostics)?;
    let text = table.text("text", diagnostics);
    let lang = table.text("lang", diagnostics);
    let origin = table.origin();
    table.finish(diagnostics);
    let (text, lang) = match (text, lang) {
        (Some(text), Some(lang)) => (text, lang),
        (text, lang) => {
            let span = text.or(lang).map_or(0..3, |there| there.span);
            diagnostics.push(diagnostics::incomplete_subtitle(origin, span));
            return None;
        }
    };
    match lang.value.parse::<Tag>() {
        Ok(lang) => Some(Subtitle::Kept { text: text.value, lang }),
        Err(error) => {
            diagnostics.push(diagnostics::lang(origin, &lang, &error.to_string()));
            None
        }
    }
}

fn figures(
    fields: &mut Fields<'_>,
    texts: &mut Texts<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<KeyFigure> {
    let mut figures = Vec::new();
    for (mut table, span) in fields.tables("figures", diagnostics) {
        let value = table.text("value", diagnostics);
        let unit = table.text("unit", diagnostics);
        let label = table.text("label", diagnostics);
        let origin = table.origin();
        table.finish(diagnostics);
        match (value, label) {
            (Some(value), Some(label)) => figures.push(KeyFigure {
                value: texts.add(value, diagnostics),
                unit: unit.map(|unit| texts.add(unit, diagnostics)),
                label: texts.add(label, diagnostics),
            }),
            _ => diagnostics.push(diagnostics::incomplete_figure(origin, span)),
        }
    }
    figures
}

fn checked_slug(origin: Origin<'_>, text: &Text, diagnostics: &mut Vec<Diagnostic>) -> bool {
    let clean = crate::content::slug(&text.value);
    if clean == text.value {
        return true;
    }
    diagnostics.push(diagnostics::slug(origin, text, &clean));
    false
}

fn script(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Script> {
    let text = fields.text("script", diagnostics)?;
    match text.value.to_ascii_lowercase().as_str() {
        "hans" => Some(Script::Hans),
        "hant" => Some(Script::Hant),
        _ => {
            diagnostics.push(diagnostics::script(fields.origin(), &text));
            None
        }
    }
}
