//! What is said about inline rules.

use super::super::variant::Variant;

/// What is wrong with a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// A flag that there is not.
    UnknownFlag(String),
    /// A flag that does nothing because of another one.
    FlagWithoutEffect {
        /// The flag.
        flag: String,
        /// The other one.
        beside: String,
    },
    /// A variant that there is not.
    UnknownVariant(String),
    /// A variant with two texts.
    VariantTwice(Variant),
    /// Text before the first variant.
    TextWithoutVariant(String),
    /// A one-way rule that does not say what it replaces.
    NothingBeforeArrow(Variant),
    /// No text for this variant, nor for one that it falls back to.
    NoTextFor(Variant),
    /// A rule inside ten others.
    TooDeep,
    /// A full-width mark, or a `=`, behind the name of a variant.
    WrongMark(char),
    /// A rule that does not end.
    Unclosed,
}

const FLAGS: &str = "A, H, -, T, R, D and N";

impl ProblemKind {
    /// What is wrong.
    pub fn message(&self) -> String {
        match self {
            ProblemKind::UnknownFlag(flag) => format!("`{flag}` is no flag of a rule"),
            ProblemKind::FlagWithoutEffect { flag, beside } => {
                format!("the flag `{flag}` has no effect beside `{beside}`")
            }
            ProblemKind::UnknownVariant(name) => format!("`{name}` is no variant of Chinese"),
            ProblemKind::VariantTwice(variant) => format!("this rule has two texts for {}", variant.code()),
            ProblemKind::TextWithoutVariant(text) => {
                format!("`{text}` stands before the first variant of this rule")
            }
            ProblemKind::NothingBeforeArrow(variant) => {
                format!("this rule does not say what becomes its text for {}", variant.code())
            }
            ProblemKind::NoTextFor(variant) => format!("this rule has no text for {}", variant.code()),
            ProblemKind::TooDeep => "this rule stands inside ten others".to_owned(),
            ProblemKind::WrongMark(mark) => format!("`{mark}` is no mark of a rule, so this is none"),
            ProblemKind::Unclosed => {
                "this rule is not closed: there is no `}-` before the next blank line".to_owned()
            }
        }
    }

    /// The edit to make.
    pub fn help(&self) -> String {
        match self {
            ProblemKind::UnknownFlag(flag) if is_flag(&flag.to_ascii_uppercase()) => {
                format!("write `{}`: flags are capital letters", flag.to_ascii_uppercase())
            }
            ProblemKind::UnknownFlag(_) => {
                format!("the flags are {FLAGS}; write `-{{R|…}}-` for text with a `|`")
            }
            ProblemKind::FlagWithoutEffect { flag, .. } => format!("remove `{flag}`"),
            ProblemKind::UnknownVariant(name) => match near(name) {
                Some(variant) => format!("did you mean `{}`?", variant.code()),
                None => format!("write one of {}", Variant::ALL.map(Variant::code).join(", ")),
            },
            ProblemKind::VariantTwice(_) => "keep one of them".to_owned(),
            ProblemKind::TextWithoutVariant(_) => {
                "move it out of the rule, or write a variant and `:` before it".to_owned()
            }
            ProblemKind::NothingBeforeArrow(variant) => {
                format!("write a word before `=>{}:`, or remove the `=>`", variant.code())
            }
            ProblemKind::NoTextFor(variant) => {
                let code = variant.code();
                format!("add `;{code}:…`, or `;{code}:-{{}}-` to show nothing")
            }
            ProblemKind::TooDeep => "write it with fewer rules inside one another".to_owned(),
            ProblemKind::WrongMark(_) => {
                "write `:` behind the name of a variant and `;` between two texts, both half-width".to_owned()
            }
            ProblemKind::Unclosed => "write `}-` where it ends, or `\\-{` if it is no rule".to_owned(),
        }
    }
}

pub(super) fn is_flag(text: &str) -> bool {
    matches!(text, "A" | "H" | "-" | "T" | "R" | "D" | "N")
}

/// The variant whose name is one slip of the hand away.
fn near(name: &str) -> Option<Variant> {
    let name = name.to_ascii_lowercase();
    Variant::ALL.into_iter().skip(1).find(|variant| strsim::osa_distance(variant.code(), &name) == 1)
}
