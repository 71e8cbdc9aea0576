//! Evaluates the rules of a marked text for one variant.
//!
//! Works on the tree, from the outside in; each rule is evaluated once. What stands in a rule for other variants counts
//! too: its pairs, its titles, its mistakes; only that such a text lacks this variant is no matter.

use std::ops::Range;

use super::super::variant::Variant;
use super::problem::ProblemKind;
use super::syntax::{self, Action, Choice, Show, shifted};
use super::tables::{self, Entry, Tables};
use super::tree::{self, Rule};
use super::{Evaluated, OPEN, Part, Problem, unmark};

type Convert<'a> = &'a dyn Fn(&str, Variant) -> String;

/// A marked text as one variant shows it. `convert` is for texts that no part can leave to the caller: that of a filter
/// for another variant, and the first text of a rule that has none for this one.
pub(in crate::script) fn evaluate(text: &str, variant: Variant, convert: Convert<'_>) -> Evaluated {
    let (rules, unclosed) = tree::read(text);
    let tables = Tables::default();
    let mut evaluation = Evaluation { text, variant, convert, tables, problems: Vec::new() };
    for at in unclosed {
        evaluation.report(at..at + OPEN.len_utf8(), ProblemKind::Unclosed);
    }
    let parts = evaluation.stretch(0..text.len(), &rules, Part::Text);
    let mut problems = evaluation.problems;
    problems.sort_by_key(|problem| problem.range.start);
    Evaluated { parts, problems }
}

/// A marked text as it reads in no edition in particular: unconverted, each rule with the text that it shows for `zh`.
pub fn plain(text: &str) -> String {
    let Evaluated { parts, .. } = evaluate(text, Variant::Zh, &|text, _| text.to_owned());
    let mut plain = String::with_capacity(text.len());
    for part in &parts {
        match part {
            Part::Text(range) | Part::Kept(range) => plain.push_str(&unmark(&text[range.clone()])),
            Part::Shown { text, .. } => plain.push_str(text),
            Part::Table { .. } | Part::Title { .. } => {}
        }
    }
    plain
}

struct Evaluation<'a> {
    text: &'a str,
    variant: Variant,
    convert: Convert<'a>,
    tables: Tables,
    problems: Vec<Problem>,
}

/// What a rule does besides showing something.
struct Effects {
    /// Whether its pairs are added to the table or removed.
    table: Option<bool>,
    title: bool,
}

impl Evaluation<'_> {
    fn report(&mut self, range: Range<usize>, kind: ProblemKind) {
        self.problems.push(Problem { range, kind });
    }

    /// A stretch of text with those of `rules` that stand in it; the text between them becomes parts by `part`.
    fn stretch(&mut self, range: Range<usize>, rules: &[Rule], part: fn(Range<usize>) -> Part) -> Vec<Part> {
        let from = rules.partition_point(|rule| rule.range.start < range.start);
        let to = rules.partition_point(|rule| rule.range.start < range.end);
        let (mut parts, mut at) = (Vec::new(), range.start);
        for rule in &rules[from..to.max(from)] {
            if at < rule.range.start {
                parts.push(part(at..rule.range.start));
            }
            parts.append(&mut self.rule(rule));
            at = rule.range.end;
        }
        if at < range.end || from >= to {
            parts.push(part(at..range.end));
        }
        parts
    }

    fn rule(&mut self, rule: &Rule) -> Vec<Part> {
        if rule.too_deep {
            self.report(rule.range.clone(), ProblemKind::TooDeep);
            return vec![self.shown(rule, unmark(&self.text[rule.range.clone()]).into_owned())];
        }
        let masked = rule.masked(self.text);
        let start = rule.content().start;
        let read = syntax::read(&masked);
        for Problem { range, kind } in read.problems {
            self.report(shifted(range, start), kind);
        }
        let body = shifted(read.body.clone(), start);
        match read.action {
            Action::Raw => self.stretch(body, &rule.inner, Part::Kept),
            Action::Name => self.name(rule, body, masked[read.body].trim()),
            Action::Filter(variants) => self.filter(rule, body, &variants),
            Action::Remove => {
                let effects = Effects { table: Some(false), title: false };
                self.apply(rule, body, &read.choices, Show::Nothing, &effects)
            }
            Action::Apply { show, add, title } => {
                let effects = Effects { table: add.then_some(true), title };
                self.apply(rule, body, &read.choices, show, &effects)
            }
        }
    }

    fn name(&mut self, rule: &Rule, body: Range<usize>, name: &str) -> Vec<Part> {
        match Variant::parse(name) {
            Some(variant) => vec![self.shown(rule, variant.name().to_owned())],
            None => {
                let written = unmark(&self.text[body.clone()]).trim().to_owned();
                self.report(body.clone(), ProblemKind::UnknownVariant(written));
                self.stretch(body, &rule.inner, Part::Kept)
            }
        }
    }

    fn filter(&mut self, rule: &Rule, body: Range<usize>, variants: &[Variant]) -> Vec<Part> {
        if variants.contains(&self.variant) {
            return self.stretch(body, &rule.inner, Part::Text);
        }
        match self.variant.fallbacks().iter().find(|fallback| variants.contains(fallback)) {
            None => self.stretch(body, &rule.inner, Part::Kept),
            Some(&fallback) => {
                let parts = self.stretch(body, &rule.inner, Part::Text);
                let shown = self.shown(rule, self.text_of(&parts, fallback));
                [shown].into_iter().chain(effects(parts)).collect()
            }
        }
    }

    fn apply(
        &mut self,
        rule: &Rule,
        body: Range<usize>,
        choices: &[Choice],
        show: Show,
        effects: &Effects,
    ) -> Vec<Part> {
        if choices.is_empty() {
            return self.apply_to_all(rule, body, show, effects);
        }
        let Choices { entries, mut parts, mut problems, mut behind } = self.choices(rule, choices);
        let chosen = tables::shown(&entries, self.variant);
        let mut shown = match show {
            Show::Nothing => Vec::new(),
            Show::Description => vec![self.shown(rule, description(&entries))],
            Show::Text => match (chosen, tables::first(&entries)) {
                (Some(chosen), _) => {
                    self.problems.append(&mut problems[chosen]);
                    std::mem::take(&mut parts[chosen])
                }
                (None, Some(first)) => {
                    self.report(rule.range.clone(), ProblemKind::NoTextFor(self.variant));
                    vec![self.shown(rule, self.converted(&entries[first].text, self.variant))]
                }
                (None, None) => Vec::new(),
            },
        };
        let missing = |problem: &Problem| matches!(problem.kind, ProblemKind::NoTextFor(_));
        self.problems.extend(problems.into_iter().flatten().filter(|problem| !missing(problem)));
        behind.extend(parts.into_iter().flat_map(self::effects));
        let title =
            chosen.filter(|&chosen| self.variant != Variant::Zh || entries[chosen].variant == Variant::Zh);
        shown.append(&mut behind);
        shown.append(&mut self.effects(rule, &entries, title.map(|title| &*entries[title].text), effects));
        shown
    }

    /// A rule whose text is the same in every variant.
    fn apply_to_all(&mut self, rule: &Rule, body: Range<usize>, show: Show, effects: &Effects) -> Vec<Part> {
        let parts = self.stretch(body, &rule.inner, Part::Kept);
        if effects.table.is_none() && !effects.title {
            return parts;
        }
        let text = self.text_of(&parts, self.variant).trim().to_owned();
        let entry = |variant| Entry { from: None, variant, text: text.clone() };
        let entries: Vec<Entry> = match effects.table {
            Some(_) if !text.is_empty() => Variant::ALL.map(entry).into(),
            _ => Vec::new(),
        };
        let mut shown = match show {
            Show::Text => parts,
            Show::Description => {
                [self.shown(rule, description(&entries))].into_iter().chain(self::effects(parts)).collect()
            }
            Show::Nothing => self::effects(parts).collect(),
        };
        let title = (self.variant != Variant::Zh || !entries.is_empty()).then_some(&*text);
        shown.append(&mut self.effects(rule, &entries, title, effects));
        shown
    }

    fn choices(&mut self, rule: &Rule, choices: &[Choice]) -> Choices {
        let start = rule.content().start;
        let mut read = Choices::default();
        for choice in choices {
            let from = choice.from.clone().map(|from| {
                let parts = self.stretch(shifted(from, start), &rule.inner, Part::Kept);
                let from = self.text_of(&parts, self.variant);
                read.behind.extend(effects(parts));
                from
            });
            let before = self.problems.len();
            let parts = self.stretch(shifted(choice.text.clone(), start), &rule.inner, Part::Kept);
            let text = self.text_of(&parts, self.variant);
            read.entries.push(Entry { from, variant: choice.variant, text });
            read.parts.push(parts);
            read.problems.push(self.problems.split_off(before));
        }
        read
    }

    /// Lets the effects of a rule take place, and tells them.
    fn effects(
        &mut self,
        rule: &Rule,
        entries: &[Entry],
        title: Option<&str>,
        effects: &Effects,
    ) -> Vec<Part> {
        let mut parts = Vec::new();
        if let Some(add) = effects.table {
            for &fallback in self.variant.fallbacks() {
                self.tables.update(fallback, add, &tables::pairs(entries, fallback));
            }
            let pairs = tables::pairs(entries, self.variant);
            self.tables.update(self.variant, add, &pairs);
            if !pairs.is_empty() {
                parts.push(Part::Table { range: rule.range.clone(), add, pairs });
            }
        }
        if let Some(title) = title.filter(|title| effects.title && !title.is_empty()) {
            parts.push(Part::Title { range: rule.range.clone(), text: title.to_owned() });
        }
        parts
    }

    fn shown(&self, rule: &Rule, text: String) -> Part {
        Part::Shown { range: rule.range.clone(), text }
    }

    fn converted(&self, text: &str, variant: Variant) -> String {
        self.tables.apply(text, variant, |rest| (self.convert)(rest, variant))
    }

    /// What parts show, as one text.
    fn text_of(&self, parts: &[Part], variant: Variant) -> String {
        let mut text = String::new();
        for part in parts {
            match part {
                Part::Text(range) => text.push_str(&self.converted(&self.text[range.clone()], variant)),
                Part::Kept(range) => text.push_str(&self.text[range.clone()]),
                Part::Shown { text: shown, .. } => text.push_str(shown),
                Part::Table { .. } | Part::Title { .. } => {}
            }
        }
        text
    }
}

/// The choices of a rule, evaluated. One entry, one list of parts and one of problems for each.
#[derive(Default)]
struct Choices {
    entries: Vec<Entry>,
    parts: Vec<Vec<Part>>,
    problems: Vec<Vec<Problem>>,
    /// The effects of what stands before an arrow.
    behind: Vec<Part>,
}

/// What remains of parts that are not shown.
fn effects(parts: Vec<Part>) -> impl Iterator<Item = Part> {
    parts.into_iter().filter(|part| matches!(part, Part::Table { .. } | Part::Title { .. }))
}

/// The rule in words, two-way texts before one-way ones: `大陆：软件；巨集⇒大陆：宏；`.
fn description(entries: &[Entry]) -> String {
    let (two_way, one_way): (Vec<_>, Vec<_>) = entries.iter().partition(|entry| entry.from.is_none());
    let mut description = String::new();
    for Entry { from, variant, text } in two_way.into_iter().chain(one_way) {
        if let Some(from) = from {
            description.push_str(from);
            description.push('⇒');
        }
        description.extend([variant.name(), "：", text, "；"]);
    }
    description
}
