//! The parts of a page → a content file: TOML front matter in the order of the input, then Markdown.
//!
//! A caption is a paragraph of emphasis at its place: the page is clean as it is, and with an image in the line above it is that image's
//! caption.

use super::Draft;
use super::escape;
use super::forms;
use super::head::{Line, Part};
use super::roles::{Item, Role};
use jiff::civil::Date;
use std::fmt::Write;

/// The file's text.
pub(super) fn write(draft: &Draft) -> String {
    let mut out = String::from("+++\n");
    front(draft, &mut out);
    out.push_str("+++\n");
    let mut before: Option<&Item> = None;
    for item in draft.items.iter().filter(|item| item.role != Role::Printed) {
        // An image and the emphasised line below it are a figure.
        let is_of_image = item.role == Role::Caption && before.is_some_and(is_image);
        out.push_str(if is_of_image { "" } else { "\n" });
        out.push_str(&block(item));
        out.push('\n');
        before = Some(item);
    }
    out
}

fn is_image(item: &Item) -> bool {
    item.role == Role::Markdown && item.text.starts_with("![") && !item.text.contains('\n')
}

fn block(item: &Item) -> String {
    match item.role {
        Role::Heading(level) => format!("{} {}", "#".repeat(usize::from(level)), escape::heading(&item.text)),
        Role::Caption | Role::Credit => format!("*{}*", escape::inline(&item.text)),
        Role::Markdown => item.text.clone(),
        Role::Paragraph | Role::Printed => {
            item.markdown.clone().unwrap_or_else(|| escape::paragraph(&item.text))
        }
    }
}

fn front(draft: &Draft, out: &mut String) {
    let lines = &draft.head.lines;
    let mut written = Vec::new();
    for line in lines {
        if !written.contains(&line.part) {
            written.push(line.part);
            let same: Vec<&Line> = lines.iter().filter(|other| other.part == line.part).collect();
            key(line.part, &same, out);
        }
    }
    let in_head =
        lines.iter().filter(|line| matches!(line.part, Part::Date | Part::Printed)).map(|line| &line.text);
    let in_body = draft.items.iter().filter(|item| item.role == Role::Printed).map(|item| &item.text);
    let printed: Vec<String> = in_head.chain(in_body).map(|text| quoted(text)).collect();
    if !printed.is_empty() {
        let _ = writeln!(out, "\n[extra]\nprinted = [{}]", printed.join(", "));
    }
}

fn key(part: Part, lines: &[&Line], out: &mut String) {
    let whole = || lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("\u{3000}");
    let (key, value) = match part {
        Part::Title => ("title", quoted(&whole())),
        Part::Kicker => ("kicker", quoted(&whole())),
        Part::Subtitle => ("subtitle", quoted(&whole())),
        Part::Byline => ("byline", byline(lines)),
        Part::Source => ("source", quoted(source(&whole()))),
        Part::Date => match lines.first().and_then(|line| day(&line.text)) {
            Some(day) => ("date", day.to_string()),
            None => return,
        },
        Part::Printed => return,
    };
    let _ = writeln!(out, "{key} = {value}");
}

/// Bare names are a list; a line that says more (本报记者 …) stays one.
fn byline(lines: &[&Line]) -> String {
    let names: Vec<String> = match lines {
        [line] if is_bare(&line.text) => line.text.split_whitespace().map(quoted).collect(),
        lines => lines.iter().map(|line| quoted(&line.text)).collect(),
    };
    match names.as_slice() {
        [name] => name.clone(),
        names => format!("[{}]", names.join(", ")),
    }
}

fn is_bare(text: &str) -> bool {
    let is_name = |name: &str| (2..=4).contains(&name.chars().count()) && name.chars().all(forms::is_han);
    !["记者", "記者", "作者", "通讯员", "通訊員", "文字"].iter().any(|label| text.contains(label))
        && text.split_whitespace().all(is_name)
}

/// Pages write the label themselves.
fn source(text: &str) -> &str {
    let inner = forms::bracketed(text).unwrap_or(text);
    inner.split_once(['：', ':']).map_or(inner, |(_, source)| source.trim())
}

fn day(text: &str) -> Option<Date> {
    let (_, [year, month, day], _) = forms::day_in(text)?;
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// A TOML string.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
