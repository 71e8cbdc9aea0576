//! What the index has of a page: its text in one edition, and what makes the other editions of it.
//!
//! In: a place of the plan in all editions. Out: JSON for `static/search.js`, and the page's grams. Never: a sentence twice, unless
//! somebody wrote it twice.

use super::align::{align, pairs};
use super::fold::{folded, normal};
use super::grams::Grams;
use super::text::{Line, lines};
use crate::script::Fold;
use crate::site::{EditionSite, Plan};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A document of a place, in the editions that show it.
struct Shown<'a> {
    /// The first one's text stands in the index.
    editions: Vec<usize>,
    lines: Vec<Line<'a>>,
    /// By edition and line.
    texts: Vec<Vec<Vec<char>>>,
    /// The same, folded.
    folded: Vec<Vec<Vec<char>>>,
}

/// What an edition mostly has for a character of the first Chinese edition.
pub(super) type Map = BTreeMap<char, char>;

/// How often editions have a character for another, by edition.
pub(super) type Counts = Vec<BTreeMap<(char, char), usize>>;

/// A page as the index has it.
pub(super) struct Entry {
    pub(super) json: Value,
    pub(super) grams: Vec<u32>,
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
        let texts: Vec<Vec<Vec<char>>> = tables
            .map(|table| lines.iter().map(|line| line.text(table).chars().collect()).collect())
            .collect();
        let fold = |line: &Vec<char>| line.iter().map(|c| folded(fold, normal(*c))).collect();
        let folded = texts.iter().map(|lines| lines.iter().map(fold).collect()).collect();
        Shown { editions, lines, texts, folded }
    };
    documents.into_iter().map(read).collect()
}

/// Counts which characters the editions of a place have for those of the edition `base`.
pub(super) fn count(
    plan: &Plan<'_>,
    sites: &[EditionSite],
    fold: &Fold,
    base: usize,
    place: usize,
    counts: &mut Counts,
) {
    for shown in shown(plan, sites, fold, place).iter().filter(|shown| shown.editions[0] == base) {
        for (at, edition) in shown.editions.iter().enumerate().skip(1) {
            for line in 0..shown.lines.len() {
                let (own, other) = (&shown.texts[0][line], &shown.texts[at][line]);
                for (here, there) in pairs(&shown.folded[0][line], &shown.folded[at][line]) {
                    *counts[*edition].entry((own[here], other[there])).or_default() += 1;
                }
            }
        }
    }
}

/// What an edition has for a character most often, where that is another.
pub(super) fn map(counts: BTreeMap<(char, char), usize>) -> Map {
    let mut most: BTreeMap<char, (usize, char)> = BTreeMap::new();
    for ((from, to), count) in counts {
        let known = most.entry(from).or_insert((count, to));
        if known.0 < count {
            *known = (count, to);
        }
    }
    most.into_iter().map(|(from, (_, to))| (from, to)).filter(|(from, to)| from != to).collect()
}

/// The page of a place. `maps` are those of the editions for the edition `base`.
pub(super) fn entry(
    plan: &Plan<'_>,
    sites: &[EditionSite],
    fold: &Fold,
    (base, maps): (usize, &[Map]),
    place: usize,
) -> Entry {
    let mut grams = Grams::default();
    let mut json = vec![Value::from(plan.places[place].route.as_str())];
    for shown in shown(plan, sites, fold, place) {
        for line in 0..shown.lines.len() {
            let editions: Vec<&[char]> = shown.folded.iter().map(|lines| lines[line].as_slice()).collect();
            grams.line(&editions, line == 0);
        }
        let mut document = vec![json!(shown.editions), Value::from(shown.written())];
        for (at, edition) in shown.editions.iter().enumerate().skip(1) {
            let map = (shown.editions[0] == base).then(|| &maps[*edition]);
            document.push(Value::from(shown.differences(at, map)));
        }
        json.push(Value::from(document));
    }
    Entry { json: Value::from(json), grams: grams.into_sorted() }
}

impl Shown<'_> {
    /// The lines of the first edition with their ids: none before a tab is that of the line above, and without a tab it is the next
    /// number (`p7` after `p6`).
    fn written(&self) -> String {
        let mut written = String::new();
        let (mut last, mut number) = ("", 0_u32);
        for (line, text) in self.lines.iter().zip(&self.texts[0]) {
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
            written.extend(text);
        }
        written
    }

    /// What an edition has where it is not what `map` makes of the first one's text: for each stretch how far it is from the end of the one
    /// before, how long it is, and what stands there. Between two lines is one character.
    fn differences(&self, edition: usize, map: Option<&Map>) -> Vec<Value> {
        let mut list = List::default();
        for line in 0..self.lines.len() {
            let (own, other) = (&self.texts[0][line], &self.texts[edition][line]);
            let (folded, there) = (&self.folded[0][line], &self.folded[edition][line]);
            let expected = |c: char| map.and_then(|map| map.get(&c)).copied().unwrap_or(c);
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
