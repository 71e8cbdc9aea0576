//! The text table: all runs of a document.

use crate::script::{self, Evidence, Run, Script, printable};

/// A text of a document: an index into its table, the same in all editions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TextId(u32);

/// One piece of a text: what stands between two cuts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Piece {
    /// The text.
    pub text: TextId,
    /// Which of its pieces.
    pub index: u32,
}

/// All runs of a document. An edition is another table of the same shape. What no page may hold (control characters) comes in
/// neither here nor through the texts of the body ([`super::masked`]), whatever an escape in the source says.
#[derive(Debug, Clone, Default)]
pub struct TextTable {
    runs: Vec<Run>,
    /// Texts that no edition converts, sorted: paths and addresses among free values.
    kept: Vec<TextId>,
    /// Texts of files that all editions share, sorted.
    shared: Vec<TextId>,
}

impl TextTable {
    /// Adds a text that no markup divides, as somebody wrote it: inline rules in it are obeyed.
    pub fn add(&mut self, text: impl Into<String>) -> TextId {
        let run = Run::new(printable(&text.into())).with_rules();
        if !run.text().contains("\\-{") {
            return self.push(run);
        }
        // Behind a backslash it is no rule, and the backslash is no text.
        let plain = Run::new(run.text().replace("\\-{", "-{").replace("\\}-", "}-"));
        self.push(if run.has_rules() { plain.with_marked_rules() } else { plain })
    }

    /// Adds a text that stays as it is in every edition.
    pub fn add_kept(&mut self, text: impl Into<String>) -> TextId {
        self.push_kept(Run::new(printable(&text.into())))
    }

    /// Adds a run that stays as it is in every edition.
    pub(super) fn push_kept(&mut self, run: Run) -> TextId {
        let id = self.push(run);
        self.kept.push(id);
        id
    }

    /// Adds a text of a file that all editions share: it is not in the script of a document that is written for one of them.
    pub(super) fn add_shared(&mut self, text: impl Into<String>) -> TextId {
        let id = self.add(text);
        self.shared.push(id);
        id
    }

    /// Whether a text comes from a file that all editions share.
    pub fn is_shared(&self, id: TextId) -> bool {
        self.shared.binary_search(&id).is_ok()
    }

    /// Whether a text stays as it is in every edition.
    pub fn is_kept(&self, id: TextId) -> bool {
        self.kept.binary_search(&id).is_ok()
    }

    /// Adds a run.
    pub fn push(&mut self, run: Run) -> TextId {
        let id = self.next_id();
        self.runs.push(run);
        id
    }

    /// Puts a run in the place of another.
    pub fn replace(&mut self, id: TextId, run: Run) {
        self.runs[id.0 as usize] = run;
    }

    /// Puts a text of one piece in the place of one.
    pub fn set(&mut self, id: TextId, text: String) {
        self.replace(id, Run::new(text));
    }

    /// The id that the next text gets.
    pub fn next_id(&self) -> TextId {
        // A source of so many texts would fill the memory before it filled the number.
        TextId(u32::try_from(self.runs.len()).unwrap_or(u32::MAX))
    }

    /// The whole text.
    pub fn text(&self, id: TextId) -> &str {
        self.runs[id.0 as usize].text()
    }

    /// A run.
    pub fn run(&self, id: TextId) -> &Run {
        &self.runs[id.0 as usize]
    }

    /// One piece.
    pub fn piece(&self, piece: Piece) -> &str {
        self.runs[piece.text.0 as usize].piece(piece.index as usize)
    }

    /// All runs, in order.
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// A table with each run replaced. The shape stays: `convert` must keep the number of pieces.
    pub fn map(&self, mut convert: impl FnMut(TextId, &Run) -> Run) -> Self {
        let mut kept = self.kept.iter().peekable();
        let runs = self.runs.iter().zip(0..).map(|(run, index)| {
            if kept.next_if_eq(&&TextId(index)).is_some() {
                return run.clone();
            }
            let converted = convert(TextId(index), run);
            debug_assert_eq!(converted.pieces().len(), run.pieces().len(), "a piece was lost or made");
            converted
        });
        Self { runs: runs.collect(), kept: self.kept.clone(), shared: self.shared.clone() }
    }

    /// Says how characters are to be read that both scripts use: as the author says, else as the document shows. What the
    /// author says is not about the texts of files, which show it themselves.
    pub(super) fn read_as(&mut self, written_in: Option<Script>, document: Evidence) {
        let mut files = Evidence::default();
        for id in self.shared.iter().filter(|_| written_in.is_some()) {
            files += script::detect(self.text(*id));
        }
        let mut shared = self.shared.iter().peekable();
        for (run, index) in self.runs.iter_mut().zip(0..) {
            let own = std::mem::take(run);
            let is_shared = shared.next_if_eq(&&TextId(index)).is_some();
            *run = match written_in {
                Some(_) if is_shared => own.with_reading(Script::Hans).in_document(files),
                Some(script) => own.with_reading(script),
                None => own.with_reading(Script::Hans).in_document(document),
            };
        }
    }
}
