//! The editorial converter: a run in, the run as one edition prints it out.
//!
//! A chain of steps: the run's inline rules are taken out; what somebody has decided is fixed (addresses, then terms, layer by
//! layer, the nearest first, regional wording last); the characters of the rest are converted in the light of the
//! whole run and given the house's shapes; the fixed stretches go in; then quotation marks are set around them.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::addresses::{self, Stretch};
use super::characters::CharacterPass;
use super::fixed::{self, Fixed};
use super::glossary::Glossary;
use super::inline::{self, Evaluated};
use super::preferences::Preferences;
use super::remark::{Remark, RemarkKind};
use super::scope::{Layer, Scope};
use super::terms::{Becomes, Folded, Terms};
use super::variant::Variant;
use super::working::Working;
use super::{Dictionaries, Engine, Run, Script, Target, Wording, quotes, wording};

/// Converts runs for one edition. It can be shared between threads and holds no state.
///
/// ```
/// use jianbao::script::{Converter, Dictionaries, Run, Tag};
///
/// let tag: Tag = "zh-Hant".parse()?;
/// let converter = Converter::new(&Dictionaries::embedded(), tag.target().expect("a Chinese edition"));
/// let run = Run::from_pieces(["打贏经济", "“翻身", "仗”"]);
/// let pieces: Vec<String> = converter.convert(&run).pieces().map(String::from).collect();
/// assert_eq!(pieces, ["打贏經濟", "「翻身", "仗」"]);
/// # Ok::<(), jianbao::script::TagError>(())
/// ```
pub struct Converter {
    dictionaries: Arc<Dictionaries>,
    target: Target,
    characters: CharacterPass,
    preferences: Preferences,
    site: Option<Layer>,
    /// The site's glossary as it is defined, for editions that this one falls back to.
    glossary: Option<Glossary>,
    others: [OnceLock<Option<Box<Converter>>>; Variant::ALL.len()],
    wording: OnceLock<Terms>,
    reviews: bool,
}

/// A converted run, and what there is to say about it.
#[derive(Clone, Debug)]
pub struct Converted {
    /// The run as the edition prints it: as many pieces as it had.
    pub run: Run,
    /// What there is to say.
    pub remarks: Vec<Remark>,
    /// The title of the page, where one of the run's rules sets it (flag T).
    pub title: Option<String>,
}

impl Converter {
    /// A converter for `target`, for a house that has decided nothing.
    pub fn new(dictionaries: &Arc<Dictionaries>, target: Target) -> Converter {
        Converter {
            dictionaries: Arc::clone(dictionaries),
            target,
            characters: CharacterPass::new(dictionaries, target),
            preferences: Preferences::default(),
            site: None,
            glossary: None,
            others: [const { OnceLock::new() }; Variant::ALL.len()],
            wording: OnceLock::new(),
            reviews: false,
        }
    }

    /// The shapes of characters that the house prefers. Simplified has one for each character.
    #[must_use]
    pub fn with_preferences(mut self, preferences: Preferences) -> Converter {
        if self.target.script == Script::Hant {
            self.preferences = preferences;
        }
        self
    }

    /// The glossary of the whole site.
    #[must_use]
    pub fn with_glossary(mut self, glossary: &Glossary, number: usize) -> Converter {
        self.site = Some(self.layer(glossary, number)).filter(|layer| !layer.terms.is_empty());
        self.glossary = Some(glossary.clone()).filter(|glossary| !glossary.is_empty());
        self
    }

    /// Another engine for characters.
    #[must_use]
    pub fn with_engine(mut self, engine: Arc<dyn Engine>) -> Converter {
        self.characters.set_engine(engine);
        self
    }

    /// Remarks say every choice that somebody may want to look at, not only what is wrong.
    #[must_use]
    pub fn with_review(mut self) -> Converter {
        self.reviews = true;
        self
    }

    /// What it converts into.
    pub fn target(&self) -> Target {
        self.target
    }

    /// A glossary made ready for this edition. Remarks name it by its number.
    pub fn layer(&self, glossary: &Glossary, number: usize) -> Layer {
        if glossary.is_empty() {
            return Layer { number, terms: Arc::default() };
        }
        Layer { number, terms: Arc::new(glossary.terms(self.target.variant, self.dictionaries.fold())) }
    }

    /// The run as the edition prints it: the same number of pieces, each character in its piece.
    pub fn convert(&self, run: &Run) -> Run {
        self.convert_in(run, &mut Scope::default()).run
    }

    /// The run as the edition prints it where `scope` holds; inline rules of the run change the scope.
    pub fn convert_in(&self, run: &Run, scope: &mut Scope) -> Converted {
        if !run.has_rules() {
            let mut remarks = Vec::new();
            let run = self.plain(run, scope, &mut remarks);
            return Converted { run, remarks, title: None };
        }
        let inner = RefCell::new(&mut *scope);
        let convert = |text: &str, variant: Variant| self.inside(variant, text, &mut inner.borrow_mut());
        let evaluated = inline::evaluate(run.text(), self.target.variant, &convert);
        self.carry_out(run, evaluated, scope, |mut step, search, scope| {
            step.layers(search, scope);
            step.finish()
        })
    }

    /// The run as it is written, for text of this very edition: inline rules are carried out, and nothing else is changed.
    pub fn keep_in(&self, run: &Run, scope: &mut Scope) -> Converted {
        if !run.has_rules() && scope.rules.is_empty() {
            return Converted { run: run.clone(), remarks: Vec::new(), title: None };
        }
        let convert = |text: &str, variant: Variant| match variant == self.target.variant {
            true => text.to_owned(),
            false => self.inside(variant, text, &mut Scope::default()),
        };
        let evaluated = inline::evaluate(run.text(), self.target.variant, &convert);
        self.carry_out(run, evaluated, scope, |step, _, _| step.keep())
    }

    /// Takes the rules out of a run, and lets the page's rules change from the places on where they say so; `finish` gets
    /// what is left.
    fn carry_out(
        &self,
        run: &Run,
        evaluated: Evaluated,
        scope: &mut Scope,
        finish: impl FnOnce(Step<'_>, &mut Search, &Scope) -> Run,
    ) -> Converted {
        let mut remarks = Vec::new();
        let mut working = Working::new(run, evaluated.parts);
        let fixed = std::mem::take(&mut working.fixed);
        let changes = std::mem::take(&mut working.changes);
        let mut step = Step { converter: self, run: &working.run, fixed, remarks: &mut remarks };
        step.addresses();
        let mut search = step.search();
        let mut done = 0;
        for change in changes {
            step.rules(&mut search, done..change.at, scope);
            scope.change(change.add, change.pairs, self.dictionaries.fold());
            done = change.at;
        }
        step.rules(&mut search, done..working.run.text().len(), scope);
        let converted = finish(step, &mut search, scope);
        for remark in &mut remarks {
            remark.range = working.given(remark.range.clone());
        }
        let problems = evaluated.problems.into_iter();
        remarks.extend(
            problems.map(|problem| Remark { range: problem.range, kind: RemarkKind::Rule(problem.kind) }),
        );
        Converted { run: converted, remarks, title: working.title }
    }

    /// A run without rules of its own.
    fn plain(&self, run: &Run, scope: &mut Scope, remarks: &mut Vec<Remark>) -> Run {
        let mut step = Step { converter: self, run, fixed: Vec::new(), remarks };
        step.addresses();
        if !scope.is_empty() || self.site.is_some() || self.target.wording != Wording::Keep {
            let mut search = step.search();
            step.rules(&mut search, 0..run.text().len(), scope);
            step.layers(&mut search, scope);
        }
        step.finish()
    }

    fn wording(&self) -> &Terms {
        self.wording.get_or_init(|| wording::terms(self.target.wording, self.dictionaries.fold()))
    }

    /// A word of a region as the edition prints it.
    fn print(&self, word: &str, region: Wording) -> String {
        self.preferences.apply(&self.characters.print(word, region))
    }

    /// A text inside a rule, for the variant that the rule asks for: this one, or one that it falls back to.
    fn inside(&self, variant: Variant, text: &str, scope: &mut Scope) -> String {
        let run = Run::new(text);
        if variant == self.target.variant {
            return self.plain(&run, scope, &mut Vec::new()).text().to_owned();
        }
        let other = self.others[variant as usize].get_or_init(|| {
            let other = Converter::new(&self.dictionaries, variant.target()?);
            let other = other.with_preferences(self.preferences.clone());
            Some(Box::new(match &self.glossary {
                Some(glossary) => other.with_glossary(glossary, 0),
                None => other,
            }))
        });
        other.as_ref().map_or_else(|| text.to_owned(), |other| other.convert(&run).text().to_owned())
    }
}

/// A run in another language than Chinese, as it is written: its inline rules show what they show for no variant in
/// particular.
pub fn unconverted(run: &Run) -> Converted {
    if !run.has_rules() {
        return Converted { run: run.clone(), remarks: Vec::new(), title: None };
    }
    let evaluated = inline::evaluate(run.text(), Variant::Zh, &|text, _| text.to_owned());
    let mut working = Working::new(run, evaluated.parts);
    working.fixed.sort_by_key(|fixed| fixed.range.start);
    let problems = evaluated.problems.into_iter();
    let remarks =
        problems.map(|problem| Remark { range: problem.range, kind: RemarkKind::Rule(problem.kind) });
    Converted {
        run: fixed::set(&working.run, &working.run, &working.fixed).0,
        remarks: remarks.collect(),
        title: working.title,
    }
}

/// A run on its way, with what is fixed in it so far.
struct Step<'a> {
    converter: &'a Converter,
    run: &'a Run,
    fixed: Vec<Fixed>,
    remarks: &'a mut Vec<Remark>,
}

/// A run to be searched for terms.
struct Search {
    folded: Folded,
    /// Where each character begins in the run, and the end.
    offsets: Vec<usize>,
    /// Whether a nearer layer has the character.
    taken: Vec<bool>,
    /// For each character and the end, whether a word begins there; known when somebody has asked.
    begins: Option<Vec<bool>>,
}

impl Step<'_> {
    fn addresses(&mut self) {
        let text = self.run.text();
        if !text.contains("://") && !text.contains('@') {
            return;
        }
        let rules = std::mem::take(&mut self.fixed);
        let mut at = 0;
        for stretch in addresses::stretches(text) {
            let (length, is_address) = match stretch {
                Stretch::Prose(prose) => (prose.len(), false),
                Stretch::Address(address) => (address.len(), true),
            };
            let range = at..at + length;
            at = range.end;
            let next = rules.partition_point(|rule| rule.range.end <= range.start);
            // What a rule shows is no part of an address.
            let end = rules.get(next).map_or(range.end, |rule| rule.range.start.min(range.end));
            if is_address && range.start < end {
                self.fixed.push(Fixed::kept(range.start..end));
            }
        }
        self.fixed.extend(rules);
    }

    fn search(&self) -> Search {
        let text = self.run.text();
        let fold = self.converter.dictionaries.fold();
        let folded = Folded { characters: text.chars().map(|own| fold.character(own)).collect() };
        let mut offsets: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let mut taken = vec![false; offsets.len()];
        offsets.push(text.len());
        let index = |byte: usize| offsets.partition_point(|offset| *offset < byte);
        for fixed in &self.fixed {
            taken[index(fixed.range.start)..index(fixed.range.end)].fill(true);
        }
        Search { folded, offsets, taken, begins: None }
    }

    /// The page's own rules, in a stretch of the run.
    fn rules(&mut self, search: &mut Search, within: Range<usize>, scope: &Scope) {
        if !within.is_empty() && !scope.rules.is_empty() {
            self.fix(search, within, &scope.rules, None, |_, _| None);
        }
    }

    /// The glossaries, the nearest first, then regional wording.
    fn layers(&mut self, search: &mut Search, scope: &Scope) {
        let converter = self.converter;
        let whole = 0..self.run.text().len();
        for layer in scope.layers.iter().chain(&converter.site) {
            let number = converter.reviews.then_some(layer.number);
            self.fix(search, whole.clone(), &layer.terms, number, |_, _| None);
        }
        let worded = |own: &str, text: &str| {
            converter.reviews.then(|| RemarkKind::Wording {
                from: own.to_owned(),
                to: text.to_owned(),
                kept: converter.characters.apply(&Run::new(own), &[], None).text().to_owned(),
            })
        };
        self.fix(search, whole, converter.wording(), None, worded);
    }

    /// Fixes what `terms` say of the bytes `within`; `remark` is given the author's text and the edition's. Which terms stand there is
    /// said of a layer with a number.
    fn fix(
        &mut self,
        search: &mut Search,
        within: Range<usize>,
        terms: &Terms,
        layer: Option<usize>,
        remark: impl Fn(&str, &str) -> Option<RemarkKind>,
    ) {
        let text = self.run.text();
        let mut met = BTreeSet::new();
        let found = search.find(&self.converter.dictionaries, within, terms, &mut |term| {
            if layer.is_some() {
                met.insert(term);
            }
        });
        if let Some(layer) = layer {
            let kinds = met.into_iter().map(|term| RemarkKind::Term { layer, term });
            self.remarks.extend(kinds.map(|kind| Remark { range: 0..0, kind }));
        }
        for found in found {
            let own = &text[found.range.clone()];
            let fixed = match found.becomes {
                Becomes::Converted => continue,
                Becomes::Itself => Fixed::kept(found.range.clone()),
                Becomes::Text(text) => Fixed { range: found.range.clone(), text: Some(text.clone()) },
                Becomes::Word(word, region) => {
                    let printed = self.converter.print(word, *region);
                    Fixed { range: found.range.clone(), text: Some(printed) }
                }
            };
            let kind = remark(own, fixed.text.as_deref().unwrap_or(own));
            self.remarks.extend(kind.map(|kind| Remark { range: found.range.clone(), kind }));
            self.fixed.push(fixed);
        }
    }

    /// Leaves what is not fixed.
    fn keep(mut self) -> Run {
        self.fixed.sort_by_key(|fixed| fixed.range.start);
        self.say_divided();
        fixed::set(self.run, self.run, &self.fixed).0
    }

    /// Converts what is not fixed.
    fn finish(mut self) -> Run {
        let Converter { target, characters, preferences, reviews, .. } = self.converter;
        self.fixed.sort_by_key(|fixed| fixed.range.start);
        self.say_divided();
        let stretches: Vec<Range<usize>> = self.fixed.iter().map(|fixed| fixed.range.clone()).collect();
        let said = self.remarks.len();
        let remarks = reviews.then_some(&mut *self.remarks);
        let mut converted = characters.apply(self.run, &stretches, remarks);
        for remark in &mut self.remarks[said..] {
            if let RemarkKind::Doubt { to, others, .. } = &mut remark.kind {
                let shown = preferences.apply(&to.to_string());
                *to = shown.chars().next().unwrap_or(*to);
                *others = preferences.apply(others);
            }
        }
        if !preferences.is_empty() {
            converted = converted.with_text(preferences.apply(converted.text()));
        }
        if self.fixed.is_empty() {
            let (set, unpaired) = quotes::set(converted, target.quotes, &[]);
            let place = unpaired.map(|at| set.text()[..at].chars().count());
            self.say_unpaired(place);
            return set;
        }
        let (converted, places) = fixed::set(self.run, &converted, &self.fixed);
        let (set, unpaired) = quotes::set(converted, target.quotes, &places);
        let place = unpaired.map(|at| self.character_before(&set, &places, at));
        self.say_unpaired(place);
        set
    }

    /// Which character of the run stands at a byte of the result that no stretch covers.
    fn character_before(&self, result: &Run, places: &[Range<usize>], at: usize) -> usize {
        let count = |text: &str| text.chars().count() as isize;
        let before = places.iter().zip(&self.fixed).take_while(|(place, _)| place.end <= at);
        let longer = before.map(|(place, fixed)| {
            count(&result.text()[place.clone()]) - count(&self.run.text()[fixed.range.clone()])
        });
        let longer: isize = longer.sum();
        usize::try_from(count(&result.text()[..at]) - longer).unwrap_or_default()
    }

    /// Says that the character at this place is a quotation mark without its other half.
    fn say_unpaired(&mut self, place: Option<usize>) {
        let found = place.and_then(|place| self.run.text().char_indices().nth(place));
        self.remarks.extend(
            found.map(|(at, mark)| Remark {
                range: at..at + mark.len_utf8(),
                kind: RemarkKind::Unpaired(mark),
            }),
        );
    }

    fn say_divided(&mut self) {
        for fixed in self.fixed.iter().filter(|fixed| fixed.is_divided(self.run)) {
            let term = self.run.text()[fixed.range.clone()].to_owned();
            let text = fixed.text.clone().unwrap_or_default();
            let kind = RemarkKind::Divided { term, text };
            self.remarks.push(Remark { range: fixed.range.clone(), kind });
        }
    }
}

/// A term that stands somewhere, in bytes of the run.
struct FoundTerm<'t> {
    range: Range<usize>,
    becomes: &'t Becomes,
}

impl Search {
    /// The terms in some bytes of the run; the places they cover are taken from now on.
    fn find<'t>(
        &mut self,
        dictionaries: &Dictionaries,
        within: Range<usize>,
        terms: &'t Terms,
        met: &mut dyn FnMut(usize),
    ) -> Vec<FoundTerm<'t>> {
        let index = |byte: usize| self.offsets.partition_point(|offset| *offset < byte);
        let within = index(within.start)..index(within.end);
        let (folded, begins) = (&self.folded, &mut self.begins);
        let mut word_begins =
            |at: usize| begins.get_or_insert_with(|| dictionaries.words().begins(&folded.characters))[at];
        let found = terms.find(folded, within, &self.taken, &mut word_begins, met);
        for found in &found {
            self.taken[found.range.clone()].fill(true);
        }
        let in_bytes = |range: Range<usize>| self.offsets[range.start]..self.offsets[range.end];
        let found = found
            .into_iter()
            .map(|found| FoundTerm { range: in_bytes(found.range), becomes: &found.term.becomes });
        found.collect()
    }
}

impl fmt::Debug for Converter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Converter").field("target", &self.target).finish_non_exhaustive()
    }
}
