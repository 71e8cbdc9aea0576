//! What a rule says: its flags, and its texts with their variants.
//!
//! Reads the masked content of one rule; inner rules are opaque here. All ranges are within that content. Does not
//! evaluate anything.

use std::collections::BTreeSet;
use std::ops::Range;

use super::super::variant::Variant;
use super::Problem;
use super::problem::{ProblemKind, is_flag};

/// A rule that has been read.
pub(super) struct Syntax {
    pub(super) action: Action,
    /// What follows the flags.
    pub(super) body: Range<usize>,
    /// None where the body is a text without variants.
    pub(super) choices: Vec<Choice>,
    pub(super) problems: Vec<Problem>,
}

/// What its flags make of a rule.
pub(super) enum Action {
    /// The body is shown as it is.
    Raw,
    /// The name of the variant in the body is shown.
    Name,
    /// The body is converted in these variants only.
    Filter(Vec<Variant>),
    /// The pairs are removed from the table.
    Remove,
    /// Any of the rest.
    Apply { show: Show, add: bool, title: bool },
}

/// What a rule shows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Show {
    Text,
    Description,
    Nothing,
}

/// `variant:text` or, with a `from`, `from=>variant:text`.
pub(super) struct Choice {
    pub(super) from: Option<Range<usize>>,
    pub(super) variant: Variant,
    pub(super) text: Range<usize>,
}

/// Reads the masked content of a rule.
pub(super) fn read(content: &str) -> Syntax {
    let mut problems: Vec<Problem> = wrong_mark(content).into_iter().collect();
    let list = flag_list(content);
    let flags = Flags::read(content, list.clone(), &mut problems);
    let body = list.map_or(0, |list| list.end + 1)..content.len();
    let action = flags.action(&mut problems);
    match action {
        Action::Raw | Action::Name | Action::Filter(_) => {
            Syntax { action, body, choices: Vec::new(), problems }
        }
        Action::Remove | Action::Apply { .. } => {
            let mut reader = Choices { content, choices: Vec::new(), problems: Vec::new() };
            let broken = reader.read(body.clone());
            let no_rule = broken || reader.choices.is_empty();
            // Then what stands before the `|` may be text as well.
            let no_flags = no_rule && flags.known.is_empty();
            let body = if no_flags && !problems.is_empty() { 0..content.len() } else { body };
            problems.append(&mut reader.problems);
            if broken || no_flags {
                return Syntax { action: Action::Raw, body, choices: Vec::new(), problems };
            }
            Syntax { action, body, choices: reader.choices, problems }
        }
    }
}

/// A mark that an input method writes where a `:` or a `;` was meant: behind the name of a variant, or before one.
fn wrong_mark(content: &str) -> Option<Problem> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let is_variant = |name: &str| name.len() > 2 && Variant::parse(name).is_some();
    let marks = content.char_indices().filter(|(_, c)| matches!(c, '：' | '=' | '；'));
    marks.filter(|(at, _)| !content[*at..].starts_with("=>")).find_map(|(at, mark)| {
        let before = content[..at].trim_end();
        let behind = content[at + mark.len_utf8()..].trim_start();
        let is_meant = match mark {
            '；' => {
                let end = behind.find(|c| !is_name(c)).unwrap_or(behind.len());
                is_variant(&behind[..end]) && behind[end..].trim_start().starts_with([':', '：'])
            }
            _ => is_variant(&before[before.trim_end_matches(is_name).len()..]),
        };
        is_meant.then(|| Problem { range: at..at + mark.len_utf8(), kind: ProblemKind::WrongMark(mark) })
    })
}

/// What stands before the first `|`, unless that is in the text of a choice or behind an inner rule.
fn flag_list(content: &str) -> Option<Range<usize>> {
    let end = content.find(['|', ':', '\0'])?;
    content[end..].starts_with('|').then_some(0..end)
}

struct Flags<'a> {
    known: Vec<(Range<usize>, &'a str)>,
    variants: Vec<Variant>,
}

impl<'a> Flags<'a> {
    fn read(content: &'a str, list: Option<Range<usize>>, problems: &mut Vec<Problem>) -> Flags<'a> {
        let mut flags = Flags { known: Vec::new(), variants: Vec::new() };
        for range in list.into_iter().flat_map(|list| split(content, list, |_| true)) {
            let range = trimmed(content, range);
            let flag = &content[range.clone()];
            let variant = Variant::parse(flag);
            if is_flag(flag) || variant.is_some() {
                flags.known.push((range, flag));
                flags.variants.extend(variant);
            } else if !flag.is_empty() {
                let kind = if is_like_a_variant(flag) {
                    ProblemKind::UnknownVariant
                } else {
                    ProblemKind::UnknownFlag
                };
                problems.push(Problem { range, kind: kind(flag.to_owned()) });
            }
        }
        flags
    }

    fn has(&self, flag: &str) -> bool {
        self.known.iter().any(|(_, known)| *known == flag)
    }

    /// One flag silences others: the order of these questions is MediaWiki's.
    fn action(&self, problems: &mut Vec<Problem>) -> Action {
        let (show, title) = (if self.has("D") { Show::Description } else { Show::Text }, self.has("T"));
        for (flag, action) in [("R", Action::Raw), ("N", Action::Name), ("-", Action::Remove)] {
            if self.has(flag) {
                self.silence(flag, |other| other == flag, problems);
                return action;
            }
        }
        if self.has("H") {
            self.silence("H", |other| matches!(other, "H" | "A" | "T" | "D"), problems);
            let show = if show == Show::Text { Show::Nothing } else { show };
            return Action::Apply { show, add: true, title };
        }
        if let Some((_, first)) = self.known.iter().find(|(_, flag)| !is_flag(flag)) {
            self.silence(first, |other| !is_flag(other), problems);
            return Action::Filter(self.variants.clone());
        }
        let show = if title && show == Show::Text && !self.has("A") { Show::Nothing } else { show };
        Action::Apply { show, add: self.has("A"), title }
    }

    fn silence(&self, beside: &str, is_heard: impl Fn(&str) -> bool, problems: &mut Vec<Problem>) {
        for (range, flag) in self.known.iter().filter(|(_, flag)| !is_heard(flag)) {
            let kind = ProblemKind::FlagWithoutEffect { flag: (*flag).to_owned(), beside: beside.to_owned() };
            problems.push(Problem { range: range.clone(), kind });
        }
    }
}

struct Choices<'a> {
    content: &'a str,
    choices: Vec<Choice>,
    problems: Vec<Problem>,
}

impl Choices<'_> {
    /// Reads the body of a rule, and says whether something is wrong that leaves its meaning open.
    fn read(&mut self, body: Range<usize>) -> bool {
        let content = self.content;
        let pieces = split(content, body, |at| !ends_entity(&content[..at]));
        let last = pieces.len() - 1;
        // What stands before the first choice.
        let mut loose: Option<Range<usize>> = None;
        for (index, piece) in pieces.into_iter().enumerate() {
            if let Some(choice) = choice(content, piece.clone()) {
                self.choices.push(choice);
            } else if index < last || !content[piece.clone()].trim().is_empty() {
                let before = self.choices.last_mut().map(|choice| &mut choice.text).or(loose.as_mut());
                match before {
                    Some(before) => before.end = piece.end,
                    None => loose = Some(piece.clone()),
                }
                self.suspect(piece);
            }
        }
        self.check();
        let explained =
            |loose: &Range<usize>| self.problems.iter().any(|said| loose.contains(&said.range.start));
        if let Some(loose) = loose.filter(|loose| !self.choices.is_empty() && !explained(loose)) {
            let range = trimmed(content, loose);
            let kind = ProblemKind::TextWithoutVariant(content[range.clone()].replace('\0', ""));
            self.problems.push(Problem { range, kind });
        }
        self.choices.retain(|choice| choice.from.is_some() || !choice.text.is_empty());
        self.problems.iter().any(|problem| !matches!(problem.kind, ProblemKind::VariantTwice(_)))
    }

    /// Reports a piece that seems to have been meant as a choice.
    fn suspect(&mut self, piece: Range<usize>) {
        let text = &self.content[piece.clone()];
        let named = heads(text).find(|head| is_like_a_variant(&text[head.name.clone()]));
        if let Some(Head { name, .. }) = named {
            let kind = ProblemKind::UnknownVariant(text[name.clone()].to_owned());
            self.problems.push(Problem { range: shifted(name, piece.start), kind });
        }
    }

    fn check(&mut self) {
        for choice in &mut self.choices {
            choice.text = trimmed(self.content, choice.text.clone());
        }
        let mut seen = BTreeSet::new();
        for choice in &self.choices {
            let from = choice.from.clone().map(|from| &self.content[from]);
            let kind = if from == Some("") {
                ProblemKind::NothingBeforeArrow(choice.variant)
            } else if !seen.insert((choice.variant, from)) {
                ProblemKind::VariantTwice(choice.variant)
            } else {
                continue;
            };
            self.problems.push(Problem { range: choice.text.clone(), kind });
        }
    }
}

fn choice(content: &str, piece: Range<usize>) -> Option<Choice> {
    let text = &content[piece.clone()];
    let (head, variant) = heads(text)
        .find_map(|head| Variant::parse(&text[head.name.clone()]).map(|variant| (head, variant)))?;
    let from = head.from.map(|end| trimmed(content, piece.start..piece.start + end));
    Some(Choice { from, variant, text: piece.start + head.text..piece.end })
}

/// `name:`, or `from=>name:`.
struct Head {
    /// Where the text before `=>` ends.
    from: Option<usize>,
    name: Range<usize>,
    /// Where the text begins.
    text: usize,
}

/// All that may be the head of a piece: at its beginning, and after each `=>`.
fn heads(piece: &str) -> impl Iterator<Item = Head> {
    let arrows = piece.match_indices("=>").map(|(at, arrow)| (Some(at), at + arrow.len()));
    [(None, 0)].into_iter().chain(arrows).filter_map(|(from, start)| {
        let is_blank = |c: char| c.is_whitespace();
        let rest = piece[start..].trim_start_matches(is_blank);
        let name = piece.len() - rest.len();
        let after = rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_');
        let end = piece.len() - after.len();
        let text = after.trim_start_matches(is_blank).strip_prefix(':')?;
        Some(Head { from, name: name..end, text: piece.len() - text.len() })
    })
}

/// `zh_tw`, `zh-xx`: more likely a slip than a text.
fn is_like_a_variant(name: &str) -> bool {
    let (language, rest) = name.split_at_checked(2).unwrap_or((name, ""));
    language.eq_ignore_ascii_case("zh") && (rest.is_empty() || rest.starts_with(['-', '_']))
}

/// Whether a `;` here would be the end of an HTML entity (`&amp`, `&#38`).
fn ends_entity(before: &str) -> bool {
    let name = before.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == '#');
    name.len() < before.len() && name.ends_with('&')
}

/// The pieces of a stretch of `content` between each `;` that is a separator.
fn split(content: &str, range: Range<usize>, is_separator: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let (mut pieces, mut start) = (Vec::new(), range.start);
    for (at, _) in content[range.clone()].match_indices(';') {
        let at = range.start + at;
        if is_separator(at) {
            pieces.push(start..at);
            start = at + 1;
        }
    }
    pieces.push(start..range.end);
    pieces
}

fn trimmed(content: &str, range: Range<usize>) -> Range<usize> {
    let text = content[range.clone()].trim_end();
    let end = range.start + text.len();
    end - text.trim_start().len()..end
}

pub(super) fn shifted(range: Range<usize>, by: usize) -> Range<usize> {
    range.start + by..range.end + by
}
