//! What the index has of a page: its text in one edition, and what makes the other editions of it.
//!
//! In: a place of the plan in all editions. Out: JSON for `static/search.js`, and the page's grams. Never: a sentence twice, unless
//! somebody wrote it twice.

use super::align::{align, pairs};
use super::fold::{folded, normal};
use super::grams::{Found, Grams};
use super::text::{Line, lines};
use crate::markdown::TextTable;
use crate::script::Fold;
use crate::site::{EditionSite, Plan};
use serde_json::{Value, json};
use std::ops::Range;

/// A document of a place, in the editions that show it.
struct Shown<'a> {
    /// The first one's text stands in the index.
    editions: Vec<usize>,
    lines: Vec<Line<'a>>,
    /// By edition.
    texts: Vec<Text>,
}

/// All lines of a document in an edition.
struct Text {
    chars: Vec<char>,
    folded: Vec<char>,
    /// Where each line ends.
    ends: Vec<usize>,
}

impl Text {
    fn new(fold: &Fold, lines: &[Line<'_>], table: &TextTable) -> Self {
        let (mut chars, mut ends) = (Vec::with_capacity(2048), Vec::with_capacity(lines.len()));
        for line in lines {
            line.write(table, &mut chars);
            ends.push(chars.len());
        }
        let folded = chars.iter().map(|c| folded(fold, normal(*c))).collect();
        Self { chars, folded, ends }
    }

    fn range(&self, line: usize) -> Range<usize> {
        line.checked_sub(1).map_or(0, |before| self.ends[before])..self.ends[line]
    }

    /// A line as it is written.
    fn line(&self, line: usize) -> &[char] {
        &self.chars[self.range(line)]
    }

    fn folded(&self, line: usize) -> &[char] {
        &self.folded[self.range(line)]
    }
}

/// What an edition mostly has for a character of the first Chinese edition.
#[derive(Debug)]
pub(super) struct Map {
    /// Sorted.
    pub(super) pairs: Vec<(char, char)>,
    /// The same by code point, as far as there are any.
    table: Vec<char>,
}

impl Map {
    /// Learns from the characters that stand at the same places, in any order: the most frequent wins.
    pub(super) fn learn(mut seen: Vec<(char, char)>) -> Map {
        seen.sort_unstable();
        let mut pairs: Vec<(char, char)> = Vec::new();
        for all in seen.chunk_by(|(a, _), (b, _)| a == b) {
            let most = all.chunk_by(|a, b| a == b).rev().max_by_key(|same| same.len());
            pairs.extend(most.map(|same| same[0]).filter(|(from, to)| from != to));
        }
        let end = pairs.last().map_or(0, |(last, _)| *last as u32 + 1);
        // What is no character is never asked for.
        let mut table: Vec<char> = (0..end).map(|point| char::from_u32(point).unwrap_or('\0')).collect();
        for (from, to) in &pairs {
            if let Some(place) = table.get_mut(*from as usize) {
                *place = *to;
            }
        }
        Map { pairs, table }
    }

    fn of(&self, c: char) -> char {
        self.table.get(c as usize).copied().unwrap_or(c)
    }
}

/// The characters of each edition that stand at the places of another's.
pub(super) type Seen = Vec<Vec<(char, char)>>;

/// A page as the index has it.
pub(super) struct Entry {
    pub(super) json: Value,
    pub(super) grams: Found,
}

fn shown<'a>(plan: &'a Plan<'_>, sites: &'a [EditionSite], fold: &Fold, place: usize) -> Vec<Shown<'a>> {
    let mut documents: Vec<(usize, Vec<usize>)> = Vec::new();
    for edition in 0..sites.len() {
        let Some(document) = plan.shown.document(edition, place) else { continue };
        match documents.iter_mut().find(|(known, _)| *known == document) {
            Some((_, editions)) => editions.push(edition),
            None => documents.push((document, vec![edition])),
        }
    }
    let read = |(document, editions): (usize, Vec<usize>)| {
        let lines = lines(&plan.documents[document].document);
        let table = |edition: &usize| Some(sites[*edition].page(place)?.text(plan).table);
        let tables = editions.iter().filter_map(table);
        let texts = tables.map(|table| Text::new(fold, &lines, table)).collect();
        Shown { editions, lines, texts }
    };
    documents.into_iter().map(read).collect()
}

/// Sees which characters the editions of a place have for those of the edition `base`.
pub(super) fn see(
    plan: &Plan<'_>,
    sites: &[EditionSite],
    fold: &Fold,
    base: usize,
    place: usize,
    seen: &mut Seen,
) {
    for shown in shown(plan, sites, fold, place).iter().filter(|shown| shown.editions[0] == base) {
        let Some((base, others)) = shown.texts.split_first() else { continue };
        for (edition, text) in shown.editions[1..].iter().zip(others) {
            for line in 0..shown.lines.len() {
                let (own, other) = (base.line(line), text.line(line));
                let pairs = pairs(base.folded(line), text.folded(line));
                seen[*edition].extend(pairs.into_iter().map(|(here, there)| (own[here], other[there])));
            }
        }
    }
}

/// The page of a place. `maps` are those of the editions for the edition `base`; `grams` are empty before and after.
pub(super) fn entry(
    plan: &Plan<'_>,
    sites: &[EditionSite],
    fold: &Fold,
    (base, maps): (usize, &[Map]),
    place: usize,
    grams: &mut Grams,
) -> Entry {
    let mut json = vec![Value::from(plan.places[place].route.as_str())];
    for shown in shown(plan, sites, fold, place) {
        for line in 0..shown.lines.len() {
            grams.line(shown.texts.iter().map(|text| text.folded(line)), line == 0);
        }
        let mut document = vec![json!(shown.editions), Value::from(shown.written())];
        for (at, edition) in shown.editions.iter().enumerate().skip(1) {
            let map = (shown.editions[0] == base).then(|| &maps[*edition]);
            document.push(Value::from(shown.differences(at, map)));
        }
        json.push(Value::from(document));
    }
    Entry { json: Value::from(json), grams: grams.take() }
}

impl Shown<'_> {
    /// The lines of the first edition with their ids: none before a tab is that of the line above, and without a tab it is the next
    /// number (`p7` after `p6`).
    fn written(&self) -> String {
        let text = &self.texts[0];
        let mut written = String::with_capacity(3 * text.chars.len());
        let (mut last, mut number) = ("", 0_u32);
        for (at, line) in self.lines.iter().enumerate() {
            if !written.is_empty() {
                written.push('\n');
            }
            if line.anchor != last {
                let digits = line.anchor.strip_prefix('p').filter(|digits| digits.len() < 10);
                let numbered = digits.and_then(|digits| digits.parse::<u32>().ok());
                let numbered = numbered.filter(|own| *line.anchor == format!("p{own}"));
                if numbered != Some(number + 1) {
                    written.push_str(line.anchor);
                    written.push('\t');
                }
                number = numbered.unwrap_or(number);
            } else {
                written.push('\t');
            }
            last = line.anchor;
            written.extend(text.line(at));
        }
        written
    }

    /// What an edition has where it is not what `map` makes of the first one's text: for each stretch how far it is from the end of the one
    /// before, how long it is, and what stands there. Between two lines is one character.
    fn differences(&self, edition: usize, map: Option<&Map>) -> Vec<Value> {
        let mut list = List::default();
        let (base, text) = (&self.texts[0], &self.texts[edition]);
        for line in 0..self.lines.len() {
            let (own, other) = (base.line(line), text.line(line));
            let (folded, there) = (base.folded(line), text.folded(line));
            let expected = |c: char| map.map_or(c, |map| map.of(c));
            let mut at = (0, 0);
            for stretch in align(folded, there).iter().map(Some).chain([None]) {
                let end = stretch
                    .map_or((own.len(), other.len()), |stretch| (stretch.base.start, stretch.other.start));
                for (here, there) in (at.0..end.0).zip(at.1..end.1) {
                    if expected(own[here]) != other[there] {
                        list.one(here, other[there]);
                    }
                }
                if let Some(stretch) = stretch {
                    list.whole(stretch.base.clone(), &other[stretch.other.clone()]);
                    at = (stretch.base.end, stretch.other.end);
                }
            }
            list.line += own.len() + 1;
        }
        list.values()
    }
}

/// Differences in the order of the text.
#[derive(Default)]
struct List {
    /// Where the line begins.
    line: usize,
    /// From, to, text; whether its characters stand at the places of the others.
    stretches: Vec<(usize, usize, String, bool)>,
}

impl List {
    fn one(&mut self, at: usize, c: char) {
        let at = self.line + at;
        match self.stretches.last_mut() {
            Some((_, end, text, true)) if *end == at => {
                *end += 1;
                text.push(c);
            }
            _ => self.stretches.push((at, at + 1, c.to_string(), true)),
        }
    }

    fn whole(&mut self, range: std::ops::Range<usize>, text: &[char]) {
        let (start, end) = (self.line + range.start, self.line + range.end);
        self.stretches.push((start, end, text.iter().collect(), false));
    }

    fn values(self) -> Vec<Value> {
        let mut last = 0;
        let mut values = Vec::with_capacity(self.stretches.len() * 3);
        for (start, end, text, _) in self.stretches {
            values.extend([Value::from(start - last), Value::from(end - start), Value::from(text)]);
            last = end;
        }
        values
    }
}
