//! Formulas: LaTeX becomes MathML.
//!
//! In: a formula as it stands between its dollar signs. Out: a `<math>` element, or where in the formula what is wrong. Never: a
//! conversion of script; what `\text{…}` holds stays as written.

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
            Ok(converted) => Ok(converted.mathml),
            Err(error) => Err(Problem { message: error.error_message(), span: error.0.clone() }),
        }
    }
}
