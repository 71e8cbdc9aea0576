//! The text of one block as one string, with the places where markup divides it.
//!
//! A run goes into conversion whole, so that a phrase keeps its meaning across emphasis, links and line breaks
//! (`头|发` → `頭|髮`), and comes out with as many pieces as it had. It knows nothing of the markup itself.

use super::{Evidence, Script, inline};

/// A thing without text between two pieces (code, an image, a hard break), written into a run as a piece of its own.
///
/// It is U+FFFC, OBJECT REPLACEMENT CHARACTER: no phrase reaches across it and it comes back unchanged.
pub const OBJECT: &str = "\u{FFFC}";

/// The text of one block, cut into pieces.
///
/// ```
/// use jianbao::script::Run;
///
/// let run = Run::from_pieces(["今年", "头", "发"]);
/// assert_eq!(run.text(), "今年头发");
/// assert_eq!(run.piece(1), "头");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    text: String,
    /// Where each piece ends; the last end is the length of the text.
    ends: Vec<usize>,
    written_in: Option<Script>,
    document_mixes: bool,
    has_rules: bool,
    quotation_goes_on: bool,
}

impl Run {
    /// A run of one piece.
    pub fn new(text: impl Into<String>) -> Run {
        let text = text.into();
        let ends = vec![text.len()];
        Run { text, ends, ..Run::default() }
    }

    /// A run of as many pieces as are given; empty ones count and are kept.
    pub fn from_pieces<'a>(pieces: impl IntoIterator<Item = &'a str>) -> Run {
        let mut run = Run::default();
        for piece in pieces {
            run.push(piece);
        }
        run
    }

    /// `text` cut at `ends`, read like `self`.
    pub(super) fn recut(&self, text: String, ends: Vec<usize>) -> Run {
        debug_assert_eq!(ends.len(), self.ends.len());
        debug_assert!(ends.is_sorted() && ends.last().is_none_or(|&end| end == text.len()));
        Run { text, ends, has_rules: false, ..*self }
    }

    /// The run with another text of as many characters, each in its piece.
    pub(super) fn with_text(&self, text: String) -> Run {
        if self.ends.len() == 1 {
            let ends = vec![text.len()];
            return self.recut(text, ends);
        }
        if has_same_boundaries(&self.text, &text) {
            return self.recut(text, self.ends.clone());
        }
        let bytes = text.as_bytes();
        let mut ends = Vec::with_capacity(self.ends.len());
        let mut end = 0;
        for piece in self.pieces() {
            for _ in 0..piece.chars().count() {
                end += bytes.get(end).map_or(0, |first| length(*first));
            }
            ends.push(end);
        }
        self.recut(text, ends)
    }

    /// Appends a piece and returns its index.
    pub fn push(&mut self, piece: &str) -> usize {
        self.text.push_str(piece);
        self.ends.push(self.text.len());
        self.ends.len() - 1
    }

    /// The run with the inline rules (`-{…}-`) in its text marked, so that conversion obeys them. A rule may reach across
    /// pieces.
    #[must_use]
    pub fn with_rules(mut self) -> Run {
        if let Some(text) = self.text.contains("-{").then(|| inline::mark(&self.text)).flatten() {
            self.text = text;
            self.has_rules = true;
            for end in &mut self.ends {
                // A cut in the middle of a delimiter.
                *end += usize::from(!self.text.is_char_boundary(*end));
            }
        }
        self
    }

    /// The run, whose rules are marked already: between [`inline::OPEN`] and [`inline::CLOSE`].
    #[must_use]
    pub fn with_marked_rules(mut self) -> Run {
        self.has_rules = true;
        self
    }

    /// Whether rules are marked in the text.
    pub fn has_rules(&self) -> bool {
        self.has_rules
    }

    /// The run, whose first quotation goes on in the next one: paragraphs of one quotation each begin with its opening mark, and
    /// only the last has the closing one.
    #[must_use]
    pub fn with_quotation_going_on(mut self) -> Run {
        self.quotation_goes_on = true;
        self
    }

    /// Whether the quotation that the run begins with may go on in the next one.
    pub fn quotation_goes_on(&self) -> bool {
        self.quotation_goes_on
    }

    /// The script in which characters that both scripts use are to be read when the run itself gives no evidence:
    /// as a rule that of the document.
    #[must_use]
    pub fn with_reading(mut self, script: Script) -> Run {
        self.written_in = Some(script);
        self
    }

    /// The run as a part of a document with this evidence: it is read in the document's script, and if the document mixes both
    /// scripts throughout, a character that both write is as likely to be of either.
    #[must_use]
    pub fn in_document(mut self, document: Evidence) -> Run {
        self.written_in = document.script().or(self.written_in);
        self.document_mixes = document.mixes_throughout();
        self
    }

    /// Whether the document of the run mixes both scripts throughout.
    pub(super) fn document_mixes(&self) -> bool {
        self.document_mixes
    }

    /// The reading set by [`Run::with_reading`].
    pub fn written_in(&self) -> Option<Script> {
        self.written_in
    }

    /// All pieces joined.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where each piece ends.
    pub(super) fn ends(&self) -> &[usize] {
        &self.ends
    }

    /// The pieces in order.
    pub fn pieces(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.ends.len()).map(|index| self.piece(index))
    }

    /// The piece that the byte `at` stands in, and where it begins. At the end of the text it is the last one.
    pub fn piece_at(&self, at: usize) -> (usize, usize) {
        let index = self.ends.partition_point(|end| *end <= at).min(self.ends.len().saturating_sub(1));
        (index, index.checked_sub(1).map_or(0, |before| self.ends[before]))
    }

    /// The piece that [`Run::push`] gave this index.
    ///
    /// # Panics
    ///
    /// When the run has no such piece.
    pub fn piece(&self, index: usize) -> &str {
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..self.ends[index]]
    }
}

/// The bytes of the character that begins with this one.
fn length(first: u8) -> usize {
    match first {
        0..=0x7F => 1,
        0x80..=0xDF => 2,
        0xE0..=0xEF => 3,
        _ => 4,
    }
}

/// Whether the characters of two texts begin at the same bytes, as they do where Han characters become others.
fn has_same_boundaries(one: &str, other: &str) -> bool {
    let is_first = |byte: u8| byte & 0xC0 != 0x80;
    one.len() == other.len() && one.bytes().zip(other.bytes()).all(|(a, b)| is_first(a) == is_first(b))
}
