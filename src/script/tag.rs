//! The names of editions: BCP 47 tags such as `zh-Hant-HK`, in canonical case.
//!
//! A tag says which script and which region an edition has, never what its pages contain. Only the tags that this
//! program can serve are accepted; for those that people write by habit (`zh-TW`) the error names the right one.

use std::fmt;
use std::str::FromStr;

use super::{Script, Target, Variant};

/// The tag of an edition.
///
/// ```
/// use jianbao::script::{Script, Tag};
///
/// let tag: Tag = "zh-hant-hk".parse()?;
/// assert_eq!(tag.as_str(), "zh-Hant-HK");
/// assert_eq!(tag.dir(), "zh-hant-hk");
/// assert_eq!(tag.script(), Some(Script::Hant));
/// # Ok::<(), jianbao::script::TagError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tag(String);

impl Tag {
    /// The script that Chinese text of this edition is converted to; `None` for an edition in another language.
    pub fn script(&self) -> Option<Script> {
        let mut parts = self.0.split('-');
        match (parts.next(), parts.next()) {
            (Some("zh"), Some("Hans")) => Some(Script::Hans),
            (Some("zh"), Some("Hant")) => Some(Script::Hant),
            _ => None,
        }
    }

    /// The tags that a name may stand for, the likeliest first: itself, or what people mean by `zh-TW` or `zh_cn`.
    ///
    /// ```
    /// let meant = jianbao::script::Tag::meant_by("zh-tw");
    /// assert_eq!(meant.iter().map(|tag| tag.as_str()).collect::<Vec<_>>(), ["zh-Hant-TW"]);
    /// ```
    pub fn meant_by(name: &str) -> Vec<Tag> {
        let canonical = canonical_case(&name.replace('_', "-"));
        if let Ok(tag) = canonical.parse() {
            return vec![tag];
        }
        let parts: Vec<&str> = canonical.split('-').collect();
        by_habit(&parts).iter().map(|tag| Tag((*tag).to_owned())).collect()
    }

    /// The language: `zh` of `zh-Hant-HK`.
    pub fn language(&self) -> &str {
        self.0.split('-').next().unwrap_or_default()
    }

    /// The tag without its last part, down to the language: `zh-Hant` of `zh-Hant-HK`.
    pub fn broader(&self) -> Option<Tag> {
        self.0.rsplit_once('-').map(|(broader, _)| Tag(broader.to_owned()))
    }

    /// The region, if the tag names one: `HK` of `zh-Hant-HK`.
    pub fn region(&self) -> Option<&str> {
        self.0.split('-').skip(1).find(|part| is_region(part))
    }

    /// The tag in canonical case, for `lang` attributes and messages.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder of the edition: the tag in lower case.
    pub fn dir(&self) -> String {
        self.0.to_ascii_lowercase()
    }

    /// What conversion aims at by default; `None` where nothing can be converted.
    pub fn target(&self) -> Option<Target> {
        self.variant()?.target()
    }

    /// What inline rules and glossaries call this edition; `None` for an edition in another language.
    pub fn variant(&self) -> Option<Variant> {
        self.script().and_then(|_| Variant::parse(&self.0))
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for Tag {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl FromStr for Tag {
    type Err = TagError;

    fn from_str(text: &str) -> Result<Tag, TagError> {
        let canonical = canonical_case(text);
        let parts: Vec<&str> = canonical.split('-').collect();
        match parts[..] {
            ["zh", "Hans"] | ["zh", "Hans", "CN" | "SG" | "MY"] => Ok(Tag(canonical)),
            ["zh", "Hant"] | ["zh", "Hant", "TW" | "HK" | "MO"] => Ok(Tag(canonical)),
            ["zh", ..] => Err(TagError::chinese(text, &parts)),
            [language] if is_language(language) => Ok(Tag(canonical)),
            [language, region] if is_language(language) && is_region(region) => Ok(Tag(canonical)),
            [language, script] if is_language(language) && is_script(script) => Ok(Tag(canonical)),
            [language, script, region] if is_language(language) && is_script(script) && is_region(region) => {
                Ok(Tag(canonical))
            }
            _ => Err(TagError::malformed(text)),
        }
    }
}

/// Why a text is no tag, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagError {
    written: String,
    problem: &'static str,
    help: String,
}

impl TagError {
    /// The edit to make: `write zh-Hant-TW`.
    pub fn help(&self) -> &str {
        &self.help
    }

    fn chinese(text: &str, parts: &[&str]) -> TagError {
        if let [.., instead] = by_habit(parts) {
            let problem = "names a region in place of a script";
            return TagError { written: text.to_owned(), problem, help: format!("write {instead}") };
        }
        let (problem, instead) = match parts {
            [_] => ("does not say which script", "zh-Hans or zh-Hant"),
            [_, "Hans", ..] => (
                "names a region that does not write Simplified",
                "zh-Hans, zh-Hans-CN, zh-Hans-SG or zh-Hans-MY",
            ),
            [_, "Hant", ..] => (
                "names a region that does not write Traditional",
                "zh-Hant, zh-Hant-TW, zh-Hant-HK or zh-Hant-MO",
            ),
            _ => ("is no Chinese edition that can be made", "zh-Hans or zh-Hant"),
        };
        TagError { written: text.to_owned(), problem, help: format!("write {instead}") }
    }

    fn malformed(text: &str) -> TagError {
        let repaired = text.trim().replace('_', "-");
        let help = match (repaired != text).then(|| repaired.parse::<Tag>()) {
            Some(Ok(tag)) => format!("write {tag}"),
            Some(Err(error)) => error.help,
            None => {
                "write a language, then if needed a script and a region, such as zh-Hans, zh-Hant-HK or en"
                    .into()
            }
        };
        TagError { written: text.to_owned(), problem: "is not a language tag", help }
    }
}

impl fmt::Display for TagError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` {}; {}", self.written, self.problem, self.help)
    }
}

impl std::error::Error for TagError {}

/// What people mean by a region that stands in place of a script; the most general tag is the last.
fn by_habit(parts: &[&str]) -> &'static [&'static str] {
    match parts {
        ["zh", "CN"] => &["zh-Hans-CN", "zh-Hans"],
        ["zh", "CHS"] => &["zh-Hans"],
        ["zh", "SG"] => &["zh-Hans-SG"],
        ["zh", "MY"] => &["zh-Hans-MY"],
        ["zh", "TW"] => &["zh-Hant-TW"],
        ["zh", "HK"] => &["zh-Hant-HK"],
        ["zh", "MO"] => &["zh-Hant-MO"],
        ["zh", "CHT"] => &["zh-Hant"],
        _ => &[],
    }
}

/// `ZH-hant_hk` keeps its underscore, so that it is refused with a hint rather than silently repaired.
fn canonical_case(text: &str) -> String {
    let parts: Vec<String> = text.split('-').enumerate().map(|(at, part)| part_case(at, part)).collect();
    parts.join("-")
}

fn part_case(at: usize, part: &str) -> String {
    let lower = part.to_ascii_lowercase();
    match (at, part.len()) {
        (0, _) => lower,
        (_, 4) if part.is_ascii() => lower[..1].to_ascii_uppercase() + &lower[1..],
        (_, 2 | 3) => lower.to_ascii_uppercase(),
        _ => lower,
    }
}

fn is_language(part: &str) -> bool {
    matches!(part.len(), 2 | 3) && part.bytes().all(|byte| byte.is_ascii_alphabetic())
}

fn is_script(part: &str) -> bool {
    part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_alphabetic())
}

fn is_region(part: &str) -> bool {
    (part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_uppercase()))
        || (part.len() == 3 && part.bytes().all(|byte| byte.is_ascii_digit()))
}
