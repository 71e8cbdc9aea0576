//! Formulas: LaTeX becomes MathML.
//!
//! In: a formula as it stands between its dollar signs. Out: a `<math>` element, or where in the formula what is wrong. Never: a
//! conversion of script; what `\text{…}` holds stays as written. Nor an inline style, which the policy of the pages forbids: what
//! the converter styles gets a class or an attribute instead.

use math_core::{LatexToMathML, MathCoreConfig, MathDisplay};
use std::ops::Range;

/// What is wrong with a formula, and where in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// In words.
    pub message: String,
    /// The bytes of the formula that it is about.
    pub span: Range<usize>,
}

/// Reads formulas.
pub struct Formulas {
    converter: Option<LatexToMathML>,
}

impl std::fmt::Debug for Formulas {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Formulas")
    }
}

impl Default for Formulas {
    fn default() -> Self {
        // Only a macro of a site's own could be wrong here, and there are none.
        Self { converter: LatexToMathML::new(MathCoreConfig::default()).ok() }
    }
}

impl Formulas {
    /// The formula as MathML; `is_block` sets it in a line of its own.
    pub fn mathml(&self, formula: &str, is_block: bool) -> Result<String, Problem> {
        let display = if is_block { MathDisplay::Block } else { MathDisplay::Inline };
        let converter =
            self.converter.as_ref().ok_or_else(|| Problem { message: String::new(), span: 0..0 })?;
        match converter.convert_with_local_state(formula, display) {
            Ok(converted) => Ok(without_levels(&without_styles(&converted.mathml))),
            Err(error) => Err(Problem { message: error.error_message(), span: error.0.clone() }),
        }
    }
}

/// Declarations and the classes of the theme that say the same.
const CLASSES: [(&str, &str); 10] = [
    ("text-align: left", "ml"),
    ("text-align: right", "mr"),
    ("padding-left: 0", "m0l"),
    ("padding-right: 0", "m0r"),
    ("border-top: 0.05em solid currentcolor", "mt"),
    ("border-top: 0.05em dashed currentcolor", "mt"),
    ("border-left: 0.05em solid currentcolor", "mbl"),
    ("border-left: 0.05em dashed currentcolor", "mbl"),
    ("border-right: 0.05em solid currentcolor", "mbr"),
    ("border-right: 0.05em dashed currentcolor", "mbr"),
];

/// Declarations that MathML has attributes for.
const ATTRIBUTES: [(&str, &str); 2] = [("color", "mathcolor"), ("font-size", "mathsize")];

/// In MathML a `<` and a `"` of a formula are escaped, so that the mark of a style stands in tags only.
fn without_styles(mathml: &str) -> String {
    const MARK: &str = " style=\"";
    let mut parts = mathml.split(MARK);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (style, after) = part.split_once('"').unwrap_or((part, ""));
        let declarations = || style.split(';').map(str::trim);
        let class = |own: &str| CLASSES.iter().find(|(known, _)| *known == own).map(|(_, class)| *class);
        let classes: Vec<&str> = declarations().filter_map(class).collect();
        if !classes.is_empty() {
            out.push_str(&format!(" class=\"{}\"", classes.join(" ")));
        }
        for (name, value) in declarations().filter_map(|own| own.split_once(':')) {
            if let Some((_, attribute)) = ATTRIBUTES.iter().find(|(known, _)| *known == name) {
                out.push_str(&format!(" {attribute}=\"{}\"", value.trim()));
            }
        }
        out.push_str(after);
    }
    out
}

/// HTML's schema for MathML knows no script level of a table; 0 is what it has outside of scripts.
fn without_levels(mathml: &str) -> String {
    const TABLE: &str = "<mtable";
    let mut parts = mathml.split(TABLE);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (attributes, inside) = part.split_at(part.find('>').unwrap_or(part.len()));
        out.push_str(TABLE);
        out.push_str(&attributes.replace(" scriptlevel=\"0\"", ""));
        out.push_str(inside);
    }
    out
}
