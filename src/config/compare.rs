//! `[compare]`: which editions are shown side by side.

use super::diagnostics;
use super::editions::Edition;
use crate::diagnostic::Diagnostic;
use crate::dialect::{Fields, Node, Origin, Value};
use crate::script::{Script, Tag};

/// Two editions, by their indices.
pub type Pair = [usize; 2];

/// The pairs that the house names; the first Simplified and the first Traditional edition where it says nothing.
pub(super) fn read(
    fields: &mut Fields<'_>,
    editions: &[Edition],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Pair> {
    if fields.holds("compare", |value| matches!(value, Value::Boolean(_))) {
        let wanted = fields.boolean("compare", diagnostics).unwrap_or(true);
        return if wanted { usual(editions) } else { Vec::new() };
    }
    let Some(mut table) = fields.table("compare", diagnostics) else { return usual(editions) };
    let origin = table.origin();
    let pairs = table.take("pairs");
    table.finish(diagnostics);
    let Some(pairs) = pairs else { return usual(editions) };
    let Value::Array(items) = &pairs.value else {
        diagnostics.push(diagnostics::pairs(origin, &pairs));
        return Vec::new();
    };
    let mut known: Vec<Pair> = Vec::new();
    for item in items {
        let Some(pair) = pair(origin, item, editions, diagnostics) else { continue };
        if known.iter().any(|own| own.contains(&pair[0]) && own.contains(&pair[1])) {
            diagnostics.push(diagnostics::pair_twice(origin, item));
        } else {
            known.push(pair);
        }
    }
    known
}

fn usual(editions: &[Edition]) -> Vec<Pair> {
    let first = |script: Script| {
        editions.iter().position(|edition| edition.target().is_some_and(|target| target.script == script))
    };
    first(Script::Hans).zip(first(Script::Hant)).map(|(hans, hant)| [hans, hant]).into_iter().collect()
}

fn pair(
    origin: Origin<'_>,
    item: &Node,
    editions: &[Edition],
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Pair> {
    let Value::Array(names) = &item.value else {
        diagnostics.push(diagnostics::pairs(origin, item));
        return None;
    };
    let [first, second] = names.as_slice() else {
        diagnostics.push(diagnostics::no_pair(origin, item, names.len()));
        return None;
    };
    let first = edition(origin, first, editions, diagnostics);
    let second = edition(origin, second, editions, diagnostics);
    let (first, second) = first.zip(second)?;
    if first == second {
        diagnostics.push(diagnostics::pair_of_one(origin, item));
        return None;
    }
    Some([first, second])
}

fn edition(
    origin: Origin<'_>,
    name: &Node,
    editions: &[Edition],
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<usize> {
    let Value::String(written) = &name.value else {
        diagnostics.push(diagnostics::pairs(origin, name));
        return None;
    };
    let tag = written.parse::<Tag>().ok();
    let found = editions.iter().position(|edition| tag.as_ref() == Some(&edition.tag));
    if found.is_none() {
        let tags: Vec<&str> = editions.iter().map(|edition| edition.tag.as_str()).collect();
        diagnostics.push(diagnostics::no_edition(origin, name, written, &tags));
    }
    found
}
