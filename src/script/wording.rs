//! Regional wording: what the mainland, Taiwan and Hong Kong each call a thing (`data/editorial/wording.tsv`).
//!
//! Only words that are safe in news and administration are in the list. In: the region an edition is worded for.
//! Out: the terms that `converter` looks for, nearest to none: every layer of a glossary wins.

use super::fold::Fold;
use super::table::Table;
use super::target::Wording;
use super::terms::{Becomes, Conditions, Term, Terms};

static TABLE: Table =
    Table { name: "data/editorial/wording.tsv", text: include_str!("../../data/editorial/wording.tsv") };

/// A line of the list.
struct Line<'t> {
    mainland: &'t str,
    taiwan: Word<'t>,
    hong_kong: Word<'t>,
    conditions: Conditions,
}

/// What a region says.
#[derive(Clone, Copy)]
enum Word<'t> {
    /// The same word.
    Same,
    /// This; and whether it is taken for the same thing when somebody there writes it.
    Own(&'t str, bool),
}

/// The terms for a region.
///
/// # Panics
///
/// When a line of the list is none; the tests load it.
pub(super) fn terms(wording: Wording, fold: &Fold) -> Terms {
    if wording == Wording::Keep {
        return Terms::default();
    }
    let lines = lines();
    let mut terms = Vec::with_capacity(lines.len() * 2);
    let mut conditions = Vec::with_capacity(lines.len());
    for (definition, line) in lines.into_iter().enumerate() {
        let mainland = Word::Own(line.mainland, true);
        let (own, others) = match wording {
            Wording::Keep | Wording::Cn => (mainland, [line.taiwan, line.hong_kong]),
            Wording::Tw => (line.taiwan, [mainland, line.hong_kong]),
            Wording::Hk => (line.hong_kong, [mainland, line.taiwan]),
        };
        conditions.push(line.conditions);
        let (folded, printed) = match own {
            Word::Own(text, _) => (fold.text(text), Becomes::Word(text, wording)),
            Word::Same => (line.mainland.to_owned(), Becomes::Word(line.mainland, Wording::Cn)),
        };
        if matches!((line.taiwan, line.hong_kong), (Word::Same, Word::Same)) {
            let key = line.mainland.to_owned();
            terms.push(Term { key, becomes: Becomes::Converted, definition });
            continue;
        }
        for other in others {
            let Word::Own(text, true) = other else { continue };
            let key = fold.text(text);
            // A word that only its characters tell apart needs no wording.
            if key != folded {
                terms.push(Term { key, becomes: printed.clone(), definition });
            } else if text == line.mainland {
                // But no shorter word inside it is another either.
                terms.push(Term { key, becomes: Becomes::Converted, definition });
            }
        }
    }
    Terms::new(terms, conditions, true)
}

/// What OpenCC's lists of regional words say: a key and its texts on each line.
const OPENCC: [&str; 2] = [
    include_str!("../../data/opencc/dictionary/TWPhrases.txt"),
    include_str!("../../data/opencc/dictionary/HKPhrases.txt"),
];

/// Words of one meaning, of the list and of OpenCC's, for readers who look for one and would have the others. Conditions and what
/// is not read back are no matter: nobody's text is changed.
pub fn synonyms() -> Vec<Vec<&'static str>> {
    let own = lines().into_iter().map(|line| {
        let regional = [line.taiwan, line.hong_kong].into_iter().filter_map(|word| match word {
            Word::Own(text, _) => Some(text),
            Word::Same => None,
        });
        std::iter::once(line.mainland).chain(regional).collect()
    });
    let lines = OPENCC.iter().flat_map(|list| list.lines()).filter(|line| !line.starts_with('#'));
    let opencc = lines.map(|line| line.split(['\t', ' ']).filter(|word| !word.is_empty()).collect());
    own.chain(opencc).filter(|words: &Vec<&str>| words.len() > 1).collect()
}

fn lines() -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    TABLE.each(|row| {
        let [mainland, taiwan, hong_kong, before, after, _note] = row.fields;
        lines.push(Line {
            mainland,
            taiwan: Word::parse(taiwan),
            hong_kong: Word::parse(hong_kong),
            conditions: Conditions { before: row.condition(before), after: row.condition(after) },
        });
    });
    lines
}

impl<'t> Word<'t> {
    fn parse(field: &'t str) -> Word<'t> {
        match field.strip_prefix('>') {
            _ if field == "=" => Word::Same,
            Some(text) => Word::Own(text, false),
            None => Word::Own(field, true),
        }
    }
}
