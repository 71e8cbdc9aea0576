//! What a single character proves about the script it stands in, and what the characters of a text prove together.
//!
//! Proof is only what one script never writes; characters that both write count for neither.

use super::Script;

static SHAPES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/shapes.bin"));

/// Whose a character is. The numbers are those of `build/shapes.rs`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Both scripts write it, perhaps with another meaning, or neither does.
    Open,
    /// Only Simplified text has it: 们.
    Hans,
    /// Only Traditional text has it: 們.
    Hant,
    /// Simplified and Hong Kong write it, Taiwan does not: 温.
    NotTaiwan,
}

impl Shape {
    pub(super) fn of(character: char) -> Shape {
        let point = character as usize;
        let byte = SHAPES.get(point / 4).copied().unwrap_or(0);
        match byte >> (point % 4 * 2) & 3 {
            1 => Shape::Hans,
            2 => Shape::Hant,
            3 => Shape::NotTaiwan,
            _ => Shape::Open,
        }
    }

    /// The script that it proves, wherever it stands.
    fn script(self) -> Option<Script> {
        match self {
            Shape::Hans => Some(Script::Hans),
            Shape::Hant => Some(Script::Hant),
            Shape::Open | Shape::NotTaiwan => None,
        }
    }
}

/// What stands before 么 in Simplified: 什么 怎么 这么. Elsewhere it is the Traditional word for the youngest (老么, 么兒), or
/// nobody can say.
const BEFORE_ME: &str = "什甚怎这這那哪多要咋";

/// The script that `character` proves behind `before`.
pub(super) fn proof(before: Option<char>, character: char) -> Option<Script> {
    match character {
        '么' => before.filter(|before| BEFORE_ME.contains(*before)).map(|_| Script::Hans),
        _ => Shape::of(character).script(),
    }
}

/// So many characters that prove a script are needed to say that a text mixes both.
const ENOUGH: usize = 24;

/// How many characters of a text only Simplified writes, and how many only Traditional.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Characters that only Simplified writes.
    pub hans: usize,
    /// Characters that only Traditional writes.
    pub hant: usize,
}

impl Evidence {
    /// The script of most of them; `None` where there are as many of one as of the other.
    pub fn script(self) -> Option<Script> {
        match self.hans.cmp(&self.hant) {
            std::cmp::Ordering::Greater => Some(Script::Hans),
            std::cmp::Ordering::Less => Some(Script::Hant),
            std::cmp::Ordering::Equal => None,
        }
    }

    /// Whether the text has characters of both scripts.
    pub fn is_mixed(self) -> bool {
        self.hans > 0 && self.hant > 0
    }

    /// Whether neither script is just a few slips or a quotation in the other: of the characters that prove one, each has at least
    /// an eighth.
    pub fn mixes_throughout(self) -> bool {
        let all = self.hans + self.hant;
        all >= ENOUGH && self.hans.min(self.hant) * 8 >= all
    }

    /// How many characters prove `script`.
    pub fn of(self, script: Script) -> usize {
        match script {
            Script::Hans => self.hans,
            Script::Hant => self.hant,
        }
    }

    pub(super) fn add(&mut self, script: Script) {
        match script {
            Script::Hans => self.hans += 1,
            Script::Hant => self.hant += 1,
        }
    }
}

impl std::ops::AddAssign for Evidence {
    fn add_assign(&mut self, other: Evidence) {
        self.hans += other.hans;
        self.hant += other.hant;
    }
}

/// Counts what the characters of `text` prove.
///
/// ```
/// use jianbao::script::{Script, detect};
///
/// assert_eq!(detect("打赢经济翻身仗").script(), Some(Script::Hans));
/// assert_eq!(detect("打贏經濟翻身仗").script(), Some(Script::Hant));
/// assert_eq!(detect("人一之、我十之").script(), None);
/// ```
pub fn detect(text: &str) -> Evidence {
    let mut evidence = Evidence::default();
    let mut before = None;
    for character in text.chars() {
        if let Some(script) = proof(before.replace(character), character) {
            evidence.add(script);
        }
    }
    evidence
}
