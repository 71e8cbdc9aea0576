//! Engines that convert characters in place of jianbao's own: the C++ OpenCC, with the feature `opencc`.
//!
//! An engine takes the text of a run that is wholly in the other script. Everything around it stays as it is: mixed text,
//! terms, rules, the house's shapes, quotation marks.

/// Converts the characters of a text.
pub trait Engine: Send + Sync {
    /// The text with as many characters; `None` where the engine cannot convert it.
    fn convert(&self, text: &str) -> Option<String>;
}

#[cfg(feature = "opencc")]
pub use external::OpenCcLibrary;

#[cfg(feature = "opencc")]
mod external {
    use super::Engine;
    use crate::script::{Characters, Script, Target};
    use std::path::Path;

    /// The C++ OpenCC.
    pub struct OpenCcLibrary(opencc_rust::OpenCC);

    impl OpenCcLibrary {
        /// The configuration for a target. `data` is the folder that OpenCC's `s2t.json` lies in; without it, OpenCC looks in its own.
        /// An error says why it cannot be opened.
        pub fn open(target: Target, data: Option<&Path>) -> Result<OpenCcLibrary, String> {
            let name = match (target.script, target.characters) {
                (Script::Hans, _) => "t2s.json",
                (Script::Hant, Characters::OpenCc) => "s2t.json",
                (Script::Hant, Characters::Tw) => "s2tw.json",
                (Script::Hant, Characters::Hk) => "s2hk.json",
            };
            let path = data.map_or_else(|| name.into(), |data| data.join(name));
            opencc_rust::OpenCC::new(&path)
                .map(OpenCcLibrary)
                .map_err(|error| format!("{}: {error}", path.display()))
        }
    }

    impl std::fmt::Debug for OpenCcLibrary {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("OpenCcLibrary")
        }
    }

    impl Engine for OpenCcLibrary {
        fn convert(&self, text: &str) -> Option<String> {
            // It refuses NUL.
            let converted = self.0.convert(text).ok()?;
            (converted.chars().count() == text.chars().count()).then_some(converted)
        }
    }
}
