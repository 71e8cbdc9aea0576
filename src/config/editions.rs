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
    /// What its texts are converted to.
    pub target: Target,
    /// The shapes of characters that the house prints.
    pub preferences: Preferences,
}

impl Edition {
    /// Its folder: `zh-hant-hk`.
    pub fn dir(&self) -> String {
        self.tag.dir()
    }

    /// One or two characters for small places: `简`, `繁`, `港`.
    pub fn short(&self) -> &'static str {
        match (self.target.script, self.tag.region()) {
            (Script::Hant, Some("TW")) => "臺",
            (Script::Hant, Some("HK")) => "港",
            (Script::Hant, Some("MO")) => "澳",
            (Script::Hant, _) => "繁",
            (Script::Hans, Some("SG")) => "新",
            (Script::Hans, Some("MY")) => "马",
            (Script::Hans, _) => "简",
        }
    }

    fn of(tag: Tag, target: Target) -> Self {
        let label = default_label(&tag, target.script).to_owned();
        Self { tag, label, target, preferences: Preferences::default() }
    }
}

fn default_label(tag: &Tag, script: Script) -> &'static str {
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
    for (mut table, span) in fields.tables("editions", diagnostics) {
        let edition = edition(&mut table, span, diagnostics);
        table.finish(diagnostics);
        let Some((edition, tag)) = edition else { continue };
        if editions.iter().any(|known| known.tag == edition.tag) {
            diagnostics.push(diagnostics::edition_twice(origin, &tag));
        } else {
            editions.push(edition);
        }
    }
    if editions.is_empty() {
        editions.extend(["zh-Hans", "zh-Hant"].iter().filter_map(|tag| {
            let tag = tag.parse::<Tag>().ok()?;
            let target = tag.target()?;
            Some(Edition::of(tag, target))
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
    let characters = choice(table, "characters", &CHARACTERS, diagnostics);
    let quotes = choice(table, "quotes", &QUOTES, diagnostics);
    let wording = choice(table, "wording", &WORDING, diagnostics);
    let (preferences, first_preference) = preferences(table, diagnostics);

    let Some(text) = tag_text else {
        diagnostics.push(diagnostics::edition_without_tag(origin, span));
        return None;
    };
    let tag = match text.value.parse::<Tag>() {
        Ok(tag) => tag,
        Err(error) => {
            diagnostics.push(diagnostics::edition_tag(origin, &text, &error.to_string()));
            return None;
        }
    };
    let Some(mut target) = tag.target() else {
        diagnostics.push(diagnostics::written_edition(origin, &text));
        return None;
    };
    target.characters = characters.unwrap_or(target.characters);
    target.wording = wording.unwrap_or(target.wording);
    target.quotes = quotes.unwrap_or(target.quotes);
    if let Some(first) = first_preference.filter(|_| target.script == Script::Hans) {
        diagnostics.push(diagnostics::preference_of_hans(origin, &first));
    }
    let mut edition = Edition { preferences, ..Edition::of(tag, target) };
    if let Some(label) = label {
        edition.label = label.value;
    }
    Some((edition, text))
}

const CHARACTERS: [(&str, Characters); 3] =
    [("opencc", Characters::OpenCc), ("tw", Characters::Tw), ("hk", Characters::Hk)];

const WORDING: [(&str, Wording); 4] =
    [("keep", Wording::Keep), ("cn", Wording::Cn), ("tw", Wording::Tw), ("hk", Wording::Hk)];

const QUOTES: [(&str, Quotes); 3] =
    [("curly", Quotes::Curly), ("corner", Quotes::Corner), ("keep", Quotes::Keep)];

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
