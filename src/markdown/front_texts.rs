//! Where the texts of a front matter stand, for rewriting them in place.
//!
//! Only finds places; what is in them stays as it is written, escapes and quotation marks included.

use crate::dialect::{self, Entry, Language, Node, Origin, Value};
use crate::script::addresses;
use std::ops::Range;

/// Keys whose values are read by machines.
const MACHINE_KEYS: [&str; 27] = [
    "glossary",
    "slug",
    "aliases",
    "based_on",
    "script",
    "lang",
    "date",
    "updated",
    "lastmod",
    "url",
    "redirect_from",
    "modified",
    "last_modified_at",
    "publishDate",
    "type",
    "id",
    "icon",
    "cover",
    "thumbnail",
    "images",
    "language",
    "weight",
    "order",
    "layout",
    "template",
    "permalink",
    "image",
];

/// Keys whose values are read by people, whatever they end in (改用Vue.js).
const PROSE_KEYS: [&str; 11] =
    ["title", "kicker", "subtitle", "summary", "byline", "source", "tags", "value", "unit", "label", "text"];

fn is_prose(key: &str) -> bool {
    PROSE_KEYS.contains(&key.to_ascii_lowercase().as_str())
}

fn is_for_machines(key: &str) -> bool {
    MACHINE_KEYS.iter().any(|known| known.eq_ignore_ascii_case(key))
}

/// The literals of all texts between `+++` lines.
pub(super) fn toml(origin: Origin<'_>, fenced: Range<usize>) -> Vec<Range<usize>> {
    let mut unsaid = Vec::new();
    let mut fields = dialect::read(Language::Toml, origin, fenced, &mut unsaid);
    let mut spans = Vec::new();
    collect(fields.take_all(), &mut spans);
    spans
}

// Recursion is bounded: the parser refuses values nested deeper than its limit.
fn collect(entries: Vec<Entry>, spans: &mut Vec<Range<usize>>) {
    // A text that says its language is shown as written.
    if entries.iter().any(|entry| entry.key == "lang") {
        return;
    }
    for entry in entries {
        if !is_for_machines(&entry.key) {
            collect_node(entry.node, is_prose(&entry.key), spans);
        }
    }
}

fn collect_node(node: Node, is_prose: bool, spans: &mut Vec<Range<usize>>) {
    match node.value {
        Value::String(text) if !is_prose && addresses::is_address(&text) => {}
        Value::String(_) => spans.push(node.span),
        Value::Array(items) => items.into_iter().for_each(|item| collect_node(item, is_prose, spans)),
        Value::Table(entries) => collect(entries, spans),
        _ => {}
    }
}

/// The values between `---` lines, line by line: YAML's texts may run over many lines in half a dozen ways, but a key
/// is always what stands before a colon, and a comment what stands behind ` #`.
pub(super) fn yaml(text: &str, fenced: Range<usize>) -> Vec<Range<usize>> {
    let mut spans = Vec::new();
    let mut machine_indent = None;
    let mut start = fenced.start;
    for line in text[fenced].split_inclusive('\n') {
        let indent = line.len() - line.trim_start_matches([' ', '-']).len();
        let content = line.trim_end();
        let at = start;
        start += line.len();
        if machine_indent.is_some_and(|machine| indent > machine) || content.len() <= indent {
            continue;
        }
        machine_indent = None;
        let entry = &content[indent..];
        let value = match key_length(entry) {
            Some(length) if is_for_machines(entry[..length].trim_matches(['"', '\''])) => {
                machine_indent = Some(indent);
                continue;
            }
            // A subtitle that says its language is shown as written.
            Some(length) if entry[..length] == *"subtitle" && is_table(&entry[length + 1..]) => {
                machine_indent = Some(indent);
                continue;
            }
            Some(length) => length + 1,
            None => 0,
        };
        let is_prose = value > 0 && is_prose(entry[..value - 1].trim_matches(['"', '\'']));
        let end = comment(&entry[value..]).map_or(entry.len(), |comment| value + comment);
        spans.extend(values(&entry[value..end], is_prose).map(|span| {
            let base = at + indent + value;
            base + span.start..base + span.end
        }));
    }
    spans
}

fn is_table(value: &str) -> bool {
    let value = value.trim();
    value.is_empty() || value.starts_with('{')
}

/// The bytes of the key at the start of an entry.
fn key_length(entry: &str) -> Option<usize> {
    let length = match entry.chars().next()? {
        mark @ ('"' | '\'') => entry[1..].find(mark)? + 2,
        '{' | '[' | '#' => return None,
        _ => entry.find([':', '#'])?,
    };
    let rest = entry[length..].strip_prefix(':')?;
    (rest.is_empty() || rest.starts_with([' ', '\t'])).then_some(length)
}

/// Where a comment begins, outside quotation marks.
fn comment(value: &str) -> Option<usize> {
    let mut quote = None;
    let mut previous = ' ';
    for (at, c) in value.char_indices() {
        match quote {
            Some(mark) if c == mark && previous != '\\' => quote = None,
            Some(_) => {}
            None if (c == '"' || c == '\'') && !previous.is_alphanumeric() => quote = Some(c),
            None if c == '#' && previous.is_whitespace() => return Some(at),
            None => {}
        }
        previous = c;
    }
    None
}

/// The texts of a value: all of it, or in `{…}` and `[…]` what stands behind the keys.
fn values(value: &str, is_prose: bool) -> impl Iterator<Item = Range<usize>> {
    let is_flow = value.trim_start().starts_with(['{', '[']);
    let mut at = 0;
    let parts: Vec<&str> =
        if is_flow { value.split_inclusive(['{', '}', '[', ']', ',']).collect() } else { vec![value] };
    let spans: Vec<Range<usize>> = parts
        .into_iter()
        .filter_map(|part| {
            let start = at;
            at += part.len();
            let key = if is_flow { part.find(": ") } else { None };
            let skipped = match key {
                Some(length) if is_for_machines(part[..length].trim()) => return None,
                Some(length) => length + 2,
                None => 0,
            };
            let own = part[skipped..].trim().trim_matches(['"', '\'', ',', '[', ']', '{', '}']);
            (!own.is_empty() && (is_prose || !addresses::is_address(own))).then_some(start + skipped..at)
        })
        .collect();
    spans.into_iter()
}

#[cfg(test)]
mod tests {
    fn yaml(text: &str) -> Vec<&str> {
        super::yaml(text, 0..text.len()).into_iter().map(|span| text[span].trim()).collect()
    }

    #[test]
    fn values_of_yaml() {
        assert_eq!(yaml("title: 头发 # 注\nslug: 发\n"), ["头发"]);
        assert_eq!(yaml("summary: >\n  头发\n  干净\n"), [">", "头发", "干净"]);
        assert_eq!(yaml("aliases:\n  - /发/\n  - /x/\ntags:\n- 干净\n"), ["干净"]);
        assert_eq!(
            yaml("tags: [头发, 干净]\nfigures:\n  - {value: 40, unit: 万余, url: 发}\n"),
            ["头发,", "干净]", "40,", "万余,"]
        );
        assert_eq!(yaml("title: \"头\\\"发: #展\"\n"), ["\"头\\\"发: #展\""]);
        assert_eq!(yaml("cover: 图/发.png\n"), Vec::<&str>::new());
        assert_eq!(yaml("summary: 改用Vue.js\nglossary:\n  - term: 发\n"), ["改用Vue.js"]);
    }
}
