//! `[[editions]]`: which trees are published, and what their readers expect.

use super::diagnostics;
use crate::diagnostic::Diagnostic;
use crate::dialect::{Fields, Text};
use crate::script::{Characters, Preferences, Quotes, Script, Tag, Target, Wording};
use std::ops::Range;

/// One output tree.
#[derive(Debug, Clone)]
pub struct Edition {
    /// Its BCP 47 tag.
    pub tag: Tag,
    /// Its name in its own script: `繁體（香港）`.
    pub label: String,
    /// What the site is called in it, where that is not the converted title.
    pub title: Option<String>,
    /// A sentence on the site in it, where that is not the converted one.
    pub description: Option<String>,
    /// How years are counted.
    pub calendar: Calendar,
    /// Where its texts come from.
    pub making: Making,
}

/// How an edition counts years.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Calendar {
    /// 2023年6月28日.
    #[default]
    Gregorian,
    /// 民國112年6月28日, as in Taiwan; years before 1912 stay as they are.
    Roc,
}

/// Where the texts of an edition come from.
#[derive(Debug, Clone)]
pub enum Making {
    /// From the pages of the site, by conversion.
    Converted {
        /// What they are converted to.
        target: Target,
        /// The shapes of characters that the house prints.
        preferences: Preferences,
    },
    /// From pages that are written for it, in another language than Chinese; nothing is converted.
    Written,
}

impl Edition {
    /// Its folder: `zh-hant-hk`.
    pub fn dir(&self) -> String {
        self.tag.dir()
    }

    /// What its texts are converted to; `None` where they are written.
    pub fn target(&self) -> Option<Target> {
        match self.making {
            Making::Converted { target, .. } => Some(target),
            Making::Written => None,
        }
    }

    /// Whether its pages are written for it and never converted.
    pub fn is_written(&self) -> bool {
        matches!(self.making, Making::Written)
    }

    /// One or two characters for small places: `简`, `繁`, `港`, `EN`.
    pub fn short(&self) -> String {
        let Some(Target { script, .. }) = self.target() else {
            return self.tag.language().to_ascii_uppercase();
        };
        let short = match (script, self.tag.region()) {
            (Script::Hant, Some("TW")) => "臺",
            (Script::Hant, Some("HK")) => "港",
            (Script::Hant, Some("MO")) => "澳",
            (Script::Hant, _) => "繁",
            (Script::Hans, Some("SG")) => "新",
            (Script::Hans, Some("MY")) => "马",
            (Script::Hans, _) => "简",
        };
        short.to_owned()
    }

    fn of(tag: Tag, making: Making) -> Self {
        let label = default_label(&tag).to_owned();
        let calendar = Calendar::default();
        Self { tag, label, title: None, description: None, calendar, making }
    }
}

impl Making {
    fn converted(target: Target) -> Self {
        Self::Converted { target, preferences: Preferences::default() }
    }
}

/// Languages that editions are often written in, under the names that their readers call them by.
const LANGUAGES: [(&str, &str); 9] = [
    ("en", "English"),
    ("ja", "日本語"),
    ("ko", "한국어"),
    ("fr", "Français"),
    ("de", "Deutsch"),
    ("es", "Español"),
    ("pt", "Português"),
    ("ru", "Русский"),
    ("vi", "Tiếng Việt"),
];

/// Whether a language is one that editions are often written in.
pub fn is_usual_language(language: &str) -> bool {
    LANGUAGES.iter().any(|(known, _)| *known == language)
}

fn default_label(tag: &Tag) -> &str {
    let Some(script) = tag.script() else {
        let known = LANGUAGES.iter().find(|(language, _)| *language == tag.language());
        return known.map_or(tag.as_str(), |(_, name)| name);
    };
    match (script, tag.region()) {
        (Script::Hans, None) => "简体",
        (Script::Hans, Some("CN")) => "简体（中国大陆）",
        (Script::Hans, Some("SG")) => "简体（新加坡）",
        (Script::Hans, Some("MY")) => "简体（马来西亚）",
        (Script::Hans, Some(_)) => "简体",
        (Script::Hant, None) => "繁體",
        (Script::Hant, Some("TW")) => "繁體（臺灣）",
        (Script::Hant, Some("HK")) => "繁體（香港）",
        (Script::Hant, Some("MO")) => "繁體（澳門）",
        (Script::Hant, Some(_)) => "繁體",
    }
}

/// The editions of `site.toml`; zh-Hans and zh-Hant where it names none.
pub(super) fn read(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Edition> {
    let origin = fields.origin();
    let mut editions: Vec<Edition> = Vec::new();
    let mut first = None;
    for (mut table, span) in fields.tables("editions", diagnostics) {
        let edition = edition(&mut table, span, diagnostics);
        table.finish(diagnostics);
        let Some((edition, tag)) = edition else { continue };
        first.get_or_insert_with(|| tag.clone());
        if editions.iter().any(|known| known.tag == edition.tag) {
            diagnostics.push(diagnostics::edition_twice(origin, &tag));
        } else {
            editions.push(edition);
        }
    }
    if let Some(first) = first.filter(|_| editions.iter().all(Edition::is_written)) {
        diagnostics.push(diagnostics::no_chinese_edition(origin, &first));
    }
    if editions.is_empty() {
        editions.extend(["zh-Hans", "zh-Hant"].iter().filter_map(|tag| {
            let tag = tag.parse::<Tag>().ok()?;
            let target = tag.target()?;
            Some(Edition::of(tag, Making::converted(target)))
        }));
    }
    editions
}

fn edition(
    table: &mut Fields<'_>,
    span: Range<usize>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(Edition, Text)> {
    let origin = table.origin();
    let tag_text = table.text("tag", diagnostics);
    let label = table.text("label", diagnostics);
    let title = table.text("title", diagnostics);
    let description = table.text("description", diagnostics);

    let tag = match &tag_text {
        None => Err(diagnostics::edition_without_tag(origin, span)),
        Some(text) => text
            .value
            .parse::<Tag>()
            .map_err(|error| diagnostics::edition_tag(origin, text, &error.to_string())),
    };
    let (tag, text) = match (tag, tag_text) {
        (Ok(tag), Some(text)) => (tag, text),
        (tag, _) => {
            diagnostics.extend(tag.err());
            // They are no unknown keys.
            CONVERSION_KEYS.into_iter().for_each(|key| drop(table.take(key)));
            return None;
        }
    };
    let making = match tag.target() {
        Some(target) => converted(table, target, diagnostics),
        None => written(table, &tag, diagnostics),
    };
    let calendar = choice(table, "dates", &CALENDARS, diagnostics);
    let mut edition = Edition::of(tag, making);
    edition.calendar = calendar.unwrap_or_default();
    if let Some(label) = label {
        edition.label = label.value;
    }
    edition.title = title.map(|title| title.value);
    edition.description = description.map(|description| description.value);
    Some((edition, text))
}

/// What the table says of conversion.
fn converted(table: &mut Fields<'_>, mut target: Target, diagnostics: &mut Vec<Diagnostic>) -> Making {
    let origin = table.origin();
    target.characters = choice(table, "characters", &CHARACTERS, diagnostics).unwrap_or(target.characters);
    target.quotes = choice(table, "quotes", &QUOTES, diagnostics).unwrap_or(target.quotes);
    target.wording = choice(table, "wording", &WORDING, diagnostics).unwrap_or(target.wording);
    let (preferences, first_preference) = preferences(table, diagnostics);
    if let Some(first) = first_preference.filter(|_| target.script == Script::Hans) {
        diagnostics.push(diagnostics::preference_of_hans(origin, &first));
    }
    Making::Converted { target, preferences }
}

/// There is no conversion to be told anything.
fn written(table: &mut Fields<'_>, tag: &Tag, diagnostics: &mut Vec<Diagnostic>) -> Making {
    let origin = table.origin();
    for key in CONVERSION_KEYS {
        let said = table.take(key).map(|node| diagnostics::nothing_to_convert(origin, node.span, key, tag));
        diagnostics.extend(said);
    }
    Making::Written
}

/// What is said of conversion.
const CONVERSION_KEYS: [&str; 4] = ["characters", "quotes", "wording", "prefer"];

const CHARACTERS: [(&str, Characters); 3] =
    [("opencc", Characters::OpenCc), ("tw", Characters::Tw), ("hk", Characters::Hk)];

const WORDING: [(&str, Wording); 4] =
    [("keep", Wording::Keep), ("cn", Wording::Cn), ("tw", Wording::Tw), ("hk", Wording::Hk)];

const QUOTES: [(&str, Quotes); 3] =
    [("curly", Quotes::Curly), ("corner", Quotes::Corner), ("keep", Quotes::Keep)];

const CALENDARS: [(&str, Calendar); 2] = [("gregorian", Calendar::Gregorian), ("roc", Calendar::Roc)];

pub(super) fn choice<T: Copy>(
    table: &mut Fields<'_>,
    key: &'static str,
    choices: &[(&'static str, T)],
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<T> {
    let text = table.text(key, diagnostics)?;
    match choices.iter().find(|(name, _)| *name == text.value) {
        Some((_, value)) => Some(*value),
        None => {
            let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
            diagnostics.push(diagnostics::choice(table.origin(), &text, key, &names));
            None
        }
    }
}

/// `prefer = ["台", "裏"]`: the shapes that the house prints.
fn preferences(table: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> (Preferences, Option<Text>) {
    let origin = table.origin();
    let mut preferences = Preferences::default();
    let texts = table.texts("prefer", diagnostics);
    for text in &texts {
        let mut characters = text.value.chars();
        let added = match (characters.next(), characters.next()) {
            (Some(shape), None) => preferences.add(shape).map_err(|error| error.to_string()),
            _ => Err("it is not one character".to_owned()),
        };
        if let Err(why) = added {
            let shapes: String = Preferences::shapes().collect();
            diagnostics.push(diagnostics::preference(origin, text, &why, &shapes));
        }
    }
    (preferences, texts.into_iter().next())
}
