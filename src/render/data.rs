//! Which data files templates ask for.
//!
//! In: the templates' texts. Out: the names behind `data`; everything, where a template uses `data` in another way. So a folder of
//! data that no template names is not even read.

use crate::content::Template;
use std::collections::BTreeSet;

/// The data that templates ask for.
#[derive(Debug, PartialEq, Eq)]
pub enum DataAsked {
    /// All there is.
    All,
    /// What these paths of names lead to.
    Names(BTreeSet<Vec<String>>),
}

impl DataAsked {
    /// Whether the file of these names is asked for: `data.a.b.c` may be the value `c` of a file or the file itself.
    pub fn includes(&self, names: &[&str]) -> bool {
        let Self::Names(asked) = self else { return true };
        asked.iter().any(|path| path.iter().zip(names).all(|(asked, name)| asked == name))
    }
}

/// Finds the names in expressions and statements.
pub fn data_asked_for(templates: &[Template]) -> DataAsked {
    let mut asked = BTreeSet::new();
    for template in templates {
        for (at, word) in template.text.match_indices("data") {
            let before = template.text[..at].chars().next_back();
            let after = &template.text[at + word.len()..];
            if before.is_some_and(|c| is_name(c) || matches!(c, '.' | '-' | '"' | '\''))
                || after.starts_with(is_name)
            {
                continue;
            }
            if !is_in_tag(&template.text[..at]) {
                continue;
            }
            let path = path(after);
            if path.is_empty() {
                return DataAsked::All;
            }
            asked.insert(path);
        }
    }
    DataAsked::Names(asked)
}

/// `.a.b` and `?.a`.
fn path(mut after: &str) -> Vec<String> {
    let mut path = Vec::new();
    loop {
        if let Some((name, rest)) = in_brackets(after) {
            path.push(name.to_owned());
            after = rest;
            continue;
        }
        let Some(rest) = after.strip_prefix('.').or_else(|| after.strip_prefix("?.")) else { break };
        let length = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
        path.push(rest[..length].to_owned());
        after = &rest[length..];
    }
    path
}

/// `["name"]`, for names with a hyphen or in Chinese.
fn in_brackets(after: &str) -> Option<(&str, &str)> {
    let rest = after.strip_prefix('[')?.trim_start();
    let mark = rest.chars().next().filter(|mark| matches!(mark, '"' | '\''))?;
    let (name, rest) = rest[1..].split_once(mark)?;
    Some((name, rest.trim_start().strip_prefix(']')?))
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Whether a tag is open where a text ends.
fn is_in_tag(before: &str) -> bool {
    let opened = before.rfind("{{").max(before.rfind("{%"));
    let closed = before.rfind("}}").max(before.rfind("%}"));
    opened > closed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(text: &str) -> DataAsked {
        let text = text.to_owned();
        data_asked_for(&[Template { name: String::new(), path: String::new(), text }])
    }

    #[test]
    fn only_what_is_named_is_asked_for() {
        let names = asked("data <p data-x>{{ data.team.people }}{% if page.data or strings.data %}");
        assert!(names.includes(&["team"]) && names.includes(&["team", "people"]));
        assert!(!names.includes(&["teams"]) && !names.includes(&["x"]));
        assert_eq!(asked("{% for row in data[name] %}"), DataAsked::All);
        let bracketed = asked("{{ data[\"my-team\"].lead }}{{ data['组'] }}");
        assert!(
            bracketed.includes(&["my-team"]) && bracketed.includes(&["组"]) && !bracketed.includes(&["x"])
        );
    }
}
