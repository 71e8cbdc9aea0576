//! What the words of a program are: keyword, text, comment, number.
//!
//! In: code and the name of its language. Out: [`Token`]s, stretches of the code with their [`Class`]; none where the language is
//! not known. Never: a colour (that is the style sheet's business), or a change of the code.
//!
//! The grammars are those of Sublime Text as `bat` collects them, read by the crate `syntect`.

use std::ops::Range;
use std::sync::OnceLock;
use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

/// What a stretch of code is. Fewer kinds than grammars know: what a reader can tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// `fn`, `if`, `public`, `=`.
    Keyword,
    /// A literal text.
    String,
    /// A remark.
    Comment,
    /// A number, `true`, `null`.
    Constant,
    /// The name of a function.
    Function,
    /// The name of a type, or of an element of HTML and XML.
    Type,
    /// A key, an attribute, a variable that the grammar points out.
    Name,
    /// A line that a patch adds.
    Inserted,
    /// A line that a patch removes.
    Deleted,
}

impl Class {
    /// Its short name, for style sheets.
    pub fn name(self) -> &'static str {
        match self {
            Class::Keyword => "k",
            Class::String => "s",
            Class::Comment => "c",
            Class::Constant => "n",
            Class::Function => "f",
            Class::Type => "t",
            Class::Name => "a",
            Class::Inserted => "i",
            Class::Deleted => "d",
        }
    }
}

/// A stretch of code that is more than plain.
pub type Token = (Range<usize>, Class);

/// The beginnings of scopes and what they are, the most telling first.
const SCOPES: [(&str, Class); 27] = [
    ("comment", Class::Comment),
    ("string", Class::String),
    ("punctuation.definition.string", Class::String),
    ("constant.character", Class::Constant),
    ("constant.numeric", Class::Constant),
    ("constant.language", Class::Constant),
    ("markup.inserted", Class::Inserted),
    ("markup.deleted", Class::Deleted),
    ("markup.heading", Class::Keyword),
    ("meta.diff", Class::Comment),
    ("keyword.operator.word", Class::Keyword),
    ("keyword.operator", Class::Keyword),
    ("keyword", Class::Keyword),
    ("storage", Class::Keyword),
    ("entity.name.function", Class::Function),
    ("support.function", Class::Function),
    ("variable.function", Class::Function),
    ("entity.name.tag", Class::Type),
    ("entity.name.type", Class::Type),
    ("entity.name.class", Class::Type),
    ("entity.name", Class::Type),
    ("support.type", Class::Type),
    ("support.class", Class::Type),
    ("entity.other.attribute-name", Class::Name),
    ("support", Class::Type),
    ("variable.other.member", Class::Name),
    ("variable.language", Class::Constant),
];

/// A longer line is no code that somebody reads, and grammars take long over it.
const LONGEST_LINE: usize = 2_000;
/// Nor is a longer block.
const LONGEST_BLOCK: usize = 256 * 1024;

/// Names that authors give languages and grammars do not.
const OTHER_NAMES: [(&str, &str); 24] = [
    ("csharp", "cs"),
    ("objc", "m"),
    ("powershell", "ps1"),
    ("pwsh", "ps1"),
    ("jsx", "tsx"),
    ("python3", "py"),
    ("python2", "py"),
    ("mysql", "sql"),
    ("postgresql", "sql"),
    ("proto3", "proto"),
    ("c_cpp", "cpp"),
    ("vb", "vbs"),
    ("golang", "go"),
    ("shell", "sh"),
    ("zsh", "sh"),
    ("console", "sh"),
    ("c++", "cpp"),
    ("jsonc", "json"),
    ("json5", "json"),
    ("docker", "dockerfile"),
    ("node", "js"),
    ("py3", "py"),
    ("objective-c", "m"),
    ("vbnet", "vb"),
];

/// Knows languages. Grammars are taken out of their archive when the first code is met.
#[derive(Default)]
pub struct Highlighter {
    grammars: OnceLock<Grammars>,
}

struct Grammars {
    set: SyntaxSet,
    classes: Vec<(Scope, Class)>,
}

impl Grammars {
    fn new() -> Self {
        let scope = |(name, class): (&str, Class)| Some((Scope::new(name).ok()?, class));
        Self {
            set: two_face::syntax::extra_newlines(),
            classes: SCOPES.into_iter().filter_map(scope).collect(),
        }
    }

    fn find(&self, language: &str) -> Option<&SyntaxReference> {
        let language = language.to_lowercase();
        let other = OTHER_NAMES.iter().find(|(name, _)| *name == language).map(|(_, known)| *known);
        self.set.find_syntax_by_token(other.unwrap_or(&language)).filter(|found| found.name != "Plain Text")
    }

    /// What the innermost scope says that says anything.
    fn class(&self, scopes: &ScopeStack) -> Option<Class> {
        scopes.as_slice().iter().rev().find_map(|scope| {
            self.classes.iter().find(|(prefix, _)| prefix.is_prefix_of(*scope)).map(|(_, class)| *class)
        })
    }
}

impl std::fmt::Debug for Highlighter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Highlighter")
    }
}

impl Highlighter {
    /// The stretches of `code` that are more than plain, in order.
    pub fn tokens(&self, code: &str, language: &str) -> Vec<Token> {
        let is_plain = language.is_empty() || ["text", "txt", "plain", "plaintext"].contains(&language);
        if is_plain || code.len() > LONGEST_BLOCK {
            return Vec::new();
        }
        let grammars = self.grammars.get_or_init(Grammars::new);
        grammars.find(language).map_or_else(Vec::new, |grammar| tokens(grammars, grammar, code))
    }
}

fn tokens(grammars: &Grammars, grammar: &SyntaxReference, code: &str) -> Vec<Token> {
    let mut state = ParseState::new(grammar);
    let mut scopes = ScopeStack::new();
    let mut tokens = Vec::new();
    let mut start = 0;
    for line in code.split_inclusive('\n') {
        // A grammar that fails has still said what comes before.
        if line.len() > LONGEST_LINE {
            break;
        }
        let Ok(operations) = state.parse_line(line, &grammars.set) else { break };
        let mut at = 0;
        for (offset, operation) in operations {
            add(&mut tokens, grammars.class(&scopes), code, start + at..start + offset);
            at = offset;
            if scopes.apply(&operation).is_err() {
                return tokens;
            }
        }
        add(&mut tokens, grammars.class(&scopes), code, start + at..start + line.len());
        start += line.len();
    }
    tokens
}

/// Adds a stretch, or makes the one before it longer.
fn add(tokens: &mut Vec<Token>, class: Option<Class>, code: &str, range: Range<usize>) {
    // A line's end is no part of what stands in it.
    let range = range.start..range.start + code[range].trim_end_matches('\n').len();
    let Some(class) = class.filter(|_| !range.is_empty()) else { return };
    match tokens.last_mut() {
        Some((before, same)) if *same == class && before.end == range.start => before.end = range.end,
        _ if code[range.clone()].trim().is_empty() => {}
        _ => tokens.push((range, class)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tokens as `class:text`.
    fn check(language: &str, code: &str, expected: &str) {
        let tokens = Highlighter::default().tokens(code, language);
        let shown: Vec<String> = tokens
            .iter()
            .map(|(range, class)| format!("{}:{}", class.name(), code[range.clone()].trim()))
            .collect();
        assert_eq!(shown.join(" "), expected, "{language}");
    }

    #[test]
    fn languages_are_known_by_the_names_that_authors_use() {
        check("rust", "let a = \"发\"; // 注\n", "k:let k:= s:\"发\" c:// 注");
        check("toml", "a = 1\n", "t:a n:1");
        check("python", "def f(): return None\n", "k:def f:f k:return n:None");
        check("Shell", "echo 发\n", "f:echo");
        check("diff", "-a\n+b\n", "d:-a i:+b");
        check("klingon", "a\n", "");
        check("", "let a\n", "");
    }

    #[test]
    fn long_lines_stay_plain() {
        let long = format!("let a = {};\nlet b;\n", "1+".repeat(2_000));
        assert_eq!(Highlighter::default().tokens(&long, "rust"), []);
    }
}
