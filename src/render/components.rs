//! Components that contain themselves, found before anything is rendered: Tera would render them until it gives up.
//!
//! In: the templates' texts. Out: the first circle of components. This reads no more of a template than where a
//! component begins, ends and calls another; what is no sound template is left to Tera's parser and its message. A call
//! that a condition keeps from recurring counts too: a template has no data that need it.

use crate::content::Template;
use std::collections::BTreeMap;
use std::ops::Range;

/// A circle of components.
pub(super) struct Cycle<'t> {
    /// Components and their templates; the last one is the first one again.
    pub(super) chain: Vec<(&'t str, &'t Template)>,
    /// Where the first one is defined.
    pub(super) definition: (&'t Template, Range<usize>),
}

struct Component<'t> {
    template: &'t Template,
    name: Range<usize>,
    calls: Vec<&'t str>,
}

/// The first circle in the order of the components' names.
pub(super) fn cycle(templates: &[Template]) -> Option<Cycle<'_>> {
    let components: BTreeMap<&str, Component<'_>> = templates.iter().flat_map(components).collect();
    // Components of which it is known that they lead into no circle.
    let mut sound: Vec<&str> = Vec::new();
    for start in components.keys().copied() {
        // Depth first: the chain so far, each component with the calls that were not followed yet.
        let mut chain = vec![(start, components[start].calls.iter())];
        while let Some((name, calls)) = chain.last_mut() {
            let Some(next) = calls.next().copied() else {
                sound.push(name);
                chain.pop();
                continue;
            };
            if let Some(at) = chain.iter().position(|(name, _)| *name == next) {
                let names = chain[at..].iter().map(|(name, _)| *name).chain([next]);
                let first = &components[next];
                return Some(Cycle {
                    chain: names.map(|name| (name, components[name].template)).collect(),
                    definition: (first.template, first.name.clone()),
                });
            }
            if let Some(component) = components.get(next).filter(|_| !sound.contains(&next)) {
                chain.push((next, component.calls.iter()));
            }
        }
    }
    None
}

/// The name of the template that one extends.
pub(super) fn parent(text: &str) -> Option<&str> {
    let mut inner = tags(text).map(|tag| text[tag].trim_start_matches('-').trim_start());
    let name = inner.find_map(|tag| tag.strip_prefix("extends"))?.trim_start();
    let quote = name.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
    name[1..].split(quote).next()
}

/// The components that a template defines.
fn components(template: &Template) -> Vec<(&str, Component<'_>)> {
    let text = template.text.as_str();
    let mut found: Vec<(&str, Component<'_>)> = Vec::new();
    let mut is_open = false;
    for tag in tags(text) {
        let inner = text[tag.clone()].trim_start_matches('-').trim_start();
        match inner.split_whitespace().next() {
            Some("component") => {
                let rest = inner["component".len()..].trim_start();
                let name = leading_name(rest);
                let start = offset(text, name);
                let component = Component { template, name: start..start + name.len(), calls: Vec::new() };
                found.push((name, component));
                is_open = true;
            }
            Some("endcomponent") => is_open = false,
            _ if is_open => {
                if let Some((_, component)) = found.last_mut() {
                    component.calls.extend(calls(inner));
                }
            }
            _ => {}
        }
    }
    found
}

/// What stands between `{{` and `}}`, and between `{%` and `%}`; comments are passed over.
fn tags(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + text[at..].find('{')?;
            let close = match text.as_bytes().get(start + 1) {
                Some(b'{') => "}}",
                Some(b'%') => "%}",
                Some(b'#') => "#}",
                _ => {
                    at = start + 1;
                    continue;
                }
            };
            let end = start + 2 + text[start + 2..].find(close)?;
            at = end + 2;
            if close != "#}" {
                return Some(start + 2..end);
            }
        }
    })
}

/// The names after `<` in a tag, outside texts: `<headline page/>`.
fn calls(tag: &str) -> impl Iterator<Item = &str> {
    let mut quote = None;
    tag.char_indices().filter_map(move |(at, c)| {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if matches!(c, '"' | '\'' | '`') => quote = Some(c),
            None if c == '<' => return Some(leading_name(&tag[at + 1..])).filter(|name| !name.is_empty()),
            None => {}
        }
        None
    })
}

fn leading_name(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.'))).unwrap_or(text.len());
    &text[..end]
}

/// Where a part of a text begins in it.
fn offset(text: &str, part: &str) -> usize {
    part.as_ptr().addr() - text.as_ptr().addr()
}
