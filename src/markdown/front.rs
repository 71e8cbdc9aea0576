//! Front matter: TOML between `+++` lines or YAML between `---` lines, typed.

use super::diagnostics;
use super::places::Places;
use super::text::{TextId, TextTable};
use super::twin::Page;
use crate::config::Glossary;
use crate::content::Source;
use crate::diagnostic::Diagnostic;
use crate::dialect::{self, Entry, Fields, Language, Node, Origin, Text, Value};
use crate::script::{Script, Tag, addresses, inline};
use jiff::civil::Date;
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
    /// The day it was published.
    pub date: Option<Date>,
    /// The day it was last changed.
    pub updated: Option<Date>,
    /// What it says in one or two sentences.
    pub summary: Option<TextId>,
    /// What it is about.
    pub tags: Vec<TextId>,
    /// Its place among its neighbours; wins over the number in the file's name.
    pub weight: Option<i64>,
    /// Not to be published.
    pub draft: bool,
    /// Its name in the url, in place of the file's.
    pub slug: Option<Text>,
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

/// Reads the front matter; also tells which part of the text is the body.
pub(super) fn read(
    source: &Source,
    role: Role<'_>,
    texts: &mut TextTable,
    places: &mut Places,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(FrontMatter, Range<usize>)> {
    let origin = Origin { path: &source.path, text: &source.text };
    let before = diagnostics.len();
    let (language, fenced, body) = match (fences(origin, diagnostics), role) {
        (Some(parts), _) => parts,
        (None, Role::Twin(_)) if diagnostics.len() == before => (Language::Toml, 0..0, 0..source.text.len()),
        (None, _) => {
            if diagnostics.len() == before {
                diagnostics.push(diagnostics::no_front_matter(origin));
            }
            return None;
        }
    };
    let before = diagnostics.len();
    let mut fields = dialect::read(language, origin, fenced.clone(), diagnostics);
    let is_readable = diagnostics.len() == before;
    let front = typed(&mut fields, role, &mut Texts { origin, table: texts, places }, diagnostics);
    if is_readable {
        fields.finish(diagnostics);
        if front.is_none() && !dialect::is_explained("title", &diagnostics[before..]) {
            diagnostics.push(diagnostics::missing_title(
                origin,
                language,
                0..fenced.start,
                &source.text[body.clone()],
            ));
        }
    }
    Some((front?, body))
}

/// The language, the text between the fences, and the body after them.
pub(super) fn fences(
    origin: Origin<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(Language, Range<usize>, Range<usize>)> {
    let text = origin.text;
    let first = text.lines().next().unwrap_or_default();
    let (language, fence) = match first.trim_end() {
        "+++" => (Language::Toml, "+++"),
        "---" => (Language::Yaml, "---"),
        _ => return None,
    };
    let start = (first.len() + 1).min(text.len());
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        let next = at + line.len();
        if line.trim_end() == fence {
            return Some((language, start..at, next..text.len()));
        }
        at = next;
    }
    diagnostics.push(diagnostics::unclosed(origin, fence));
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
) -> Option<FrontMatter> {
    let based_on = role_keys(fields, role, diagnostics);
    let mut one = |key| {
        let text = fields.text(key, diagnostics)?;
        Some(texts.add(text, diagnostics))
    };
    let (title, kicker) = (one("title"), one("kicker"));
    let (source, summary) = (one("source"), one("summary"));
    let mut several = |key| {
        let written = fields.texts(key, diagnostics);
        written.into_iter().map(|text| texts.add(text, diagnostics)).collect::<Vec<TextId>>()
    };
    let (byline, tags) = (several("byline"), several("tags"));
    let subtitle = subtitle(fields, texts, diagnostics);
    let figures = figures(fields, texts, diagnostics);
    let date = fields.date("date", diagnostics);
    let updated = fields.date("updated", diagnostics);
    let weight = fields.integer("weight", diagnostics);
    let draft = fields.boolean("draft", diagnostics).unwrap_or(false);
    let slug =
        fields.text("slug", diagnostics).filter(|text| checked_slug(fields.origin(), text, diagnostics));
    let script = script(fields, diagnostics);
    if let Some(node) = fields.take("aliases") {
        diagnostics.push(diagnostics::not_yet(fields.origin(), "aliases", node.span));
    }
    let glossary = Glossary::read(fields, diagnostics);
    let extra = Free::collect(fields.free("extra", diagnostics), texts.table);
    let title = match (title, role) {
        // The slot of the page's.
        (None, Role::Twin(_)) => texts.table.add_kept(""),
        (title, _) => title?,
    };
    Some(FrontMatter {
        title,
        kicker,
        subtitle,
        byline,
        source,
        date,
        updated,
        summary,
        tags,
        weight,
        draft,
        slug,
        script,
        figures,
        glossary,
        extra,
        based_on,
    })
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
