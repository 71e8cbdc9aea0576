//! Choices that a machine has made and that somebody may want to look at, and those that somebody has looked at.
//!
//! In: what conversion said, and the text of `review.toml`. Out: decisions with their places, and which of them are
//! accepted. How they are listed is the business of `commands`.

use crate::content::REVIEW;
use crate::diagnostic::{Checked, Diagnostic, Place};
use crate::dialect::{self, Fields, Language, Origin};
use crate::script::{Remark, RemarkKind, Tag, inline};
use serde::Serialize;
use std::collections::BTreeSet;
use std::fmt::Write;

/// So many characters before and behind a doubtful one tell its place from others.
const CONTEXT: usize = 6;

/// So many characters around a choice are shown.
const SHOWN: usize = 16;

/// One choice at one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Decision {
    /// The source.
    pub path: String,
    /// Its place there, if it is known.
    #[serde(skip)]
    pub place: Option<Place>,
    /// Its line, from 1; 0 where the place is not known.
    pub line: usize,
    /// Its column in characters, from 1; 0 where the place is not known.
    pub column: usize,
    /// The edition that it is made for.
    pub edition: String,
    /// `wording` or `character`.
    pub kind: &'static str,
    /// What the author wrote.
    pub from: String,
    /// What the edition prints.
    pub to: String,
    /// What it could print.
    pub alternatives: Vec<String>,
    /// The author's text before it.
    pub before: String,
    /// The author's text behind it.
    pub after: String,
}

impl Decision {
    /// The choice that a remark about `text` in a file tells of, if it tells of one.
    pub fn new(
        path: &str,
        place: Option<&Place>,
        text: &str,
        remark: &Remark,
        edition: &Tag,
    ) -> Option<Decision> {
        let (kind, from, to, alternatives) = match &remark.kind {
            RemarkKind::Wording { from, to, kept } => {
                ("wording", from.clone(), to.clone(), vec![kept.clone()])
            }
            RemarkKind::Doubt { from, to, others } => {
                let others = others.chars().map(String::from).collect();
                ("character", from.to_string(), to.to_string(), others)
            }
            _ => return None,
        };
        let before: Vec<char> = text[..remark.range.start].chars().rev().take(SHOWN).collect();
        Some(Decision {
            path: path.to_owned(),
            place: place.cloned(),
            line: place.map_or(0, |place| place.line),
            column: place.map_or(0, |place| place.column),
            edition: edition.as_str().to_owned(),
            kind,
            from,
            to,
            alternatives,
            before: shown(before.into_iter().rev()),
            after: shown(text[remark.range.end..].chars().take(SHOWN)),
        })
    }

    /// The order in which choices are listed: by file, place, then edition.
    pub fn order(&self) -> (&str, usize, usize, &str, &str) {
        (&self.path, self.line, self.column, &self.edition, &self.from)
    }

    /// What tells it from others: a word is decided once for the edition, a doubtful character for the words around it.
    fn key(&self) -> Key {
        let context = (self.kind == "character").then(|| {
            // Other clauses may change without this one.
            let is_near = |c: &char| c.is_alphanumeric();
            let before: Vec<char> = self.before.chars().rev().take(CONTEXT).take_while(is_near).collect();
            let before: String = before.into_iter().rev().collect();
            let after: String = self.after.chars().take(CONTEXT).take_while(is_near).collect();
            format!("{before}{}{after}", self.from)
        });
        Key { edition: self.edition.clone(), from: self.from.clone(), to: self.to.clone(), context }
    }
}

/// On one line, and without what only the program knows.
fn shown(text: impl Iterator<Item = char>) -> String {
    let visible = text.map(|c| match c {
        inline::OPEN | inline::CLOSE | '\u{FFFC}' => '…',
        c if c.is_control() => ' ',
        c => c,
    });
    visible.collect()
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    edition: String,
    from: String,
    to: String,
    /// `None`: wherever it stands.
    context: Option<String>,
}

/// What somebody has looked at and found right.
#[derive(Debug, Clone, Default)]
pub struct Accepted {
    keys: BTreeSet<Key>,
}

impl Accepted {
    /// Reads the text of `review.toml`.
    pub fn parse(text: &str) -> Checked<Accepted> {
        let mut diagnostics = Vec::new();
        let origin = Origin { path: REVIEW, text };
        let mut fields = dialect::read(Language::Toml, origin, 0..text.len(), &mut diagnostics);
        let mut accepted = Accepted::default();
        for (mut table, span) in fields.tables("accepted", &mut diagnostics) {
            let key = key(&mut table, &mut diagnostics);
            table.finish(&mut diagnostics);
            match key {
                Some(key) => drop(accepted.keys.insert(key)),
                None => diagnostics.push(incomplete(origin, span)),
            }
        }
        fields.finish(&mut diagnostics);
        if crate::diagnostic::has_errors(&diagnostics) {
            return Checked::failed(diagnostics);
        }
        Checked::new(accepted, diagnostics)
    }

    /// Whether a choice needs no look any more.
    pub fn covers(&self, decision: &Decision) -> bool {
        let key = decision.key();
        self.keys.contains(&key) || self.keys.contains(&Key { context: None, ..key })
    }

    /// Accepts a choice, and all that are like it.
    pub fn accept(&mut self, decision: &Decision) {
        self.keys.insert(decision.key());
    }

    /// The text of `review.toml`, sorted: two people who accept different things change different lines.
    pub fn to_toml(&self) -> String {
        let mut out = String::from(
            "# Choices of conversion that somebody has looked at. Written by `jianbao review --accept`.\n",
        );
        for Key { edition, from, to, context } in &self.keys {
            out.push_str("\n[[accepted]]\n");
            let context = context.as_deref().map(|context| ("context", context));
            let pairs =
                [("edition", edition.as_str()), ("from", from), ("to", to)].into_iter().chain(context);
            for (name, value) in pairs {
                // Writing to a text cannot fail.
                let _ = writeln!(out, "{name} = {}", toml::Value::from(value));
            }
        }
        out
    }
}

fn key(table: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Key> {
    let mut text = |key| table.text(key, diagnostics).map(|text| text.value);
    let (edition, from, to) = (text("edition"), text("from"), text("to"));
    let context = text("context");
    Some(Key { edition: edition?, from: from?, to: to?, context })
}

fn incomplete(origin: Origin<'_>, span: std::ops::Range<usize>) -> Diagnostic {
    Diagnostic::error("missing-key", "what was accepted needs an `edition`, a `from` and a `to`")
        .at(origin.path, origin.text, span)
        .help("delete it, and run `jianbao review --accept` again")
}
