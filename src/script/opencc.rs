//! Strict mode: byte for byte what OpenCC 1.4.2 prints, for all of its sixteen configurations.
//!
//! What a configuration is made of stands in one table. This mode takes the text as OpenCC does, to be wholly in the
//! script that the configuration names; mixed text and everything editorial is the business of `converter`.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use super::chain::{Chain, Recipe};
use super::stage::StageName::{
    Hk, HkPhrases, HkPhrasesRev, HkPhrasesRevTs, HkRev, HkRevTs, Jp, JpRev, St, Ts, TsPhrases, Tw, TwPhrases,
    TwPhrasesRev, TwPhrasesRevTs, TwRev, TwRevTs,
};
use super::{Dictionaries, Run};

macro_rules! configs {
    ($($variant:ident $name:literal $segmentation:expr, $stages:expr, $joint:expr, $doc:literal;)*) => {
        /// A configuration of OpenCC.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Config {
            $(#[doc = $doc] $variant,)*
        }

        impl Config {
            /// All configurations.
            pub const ALL: [Config; 16] = [$(Config::$variant),*];

            /// OpenCC's name for it: `s2twp`.
            pub fn name(self) -> &'static str {
                match self {
                    $(Config::$variant => $name,)*
                }
            }

            fn recipe(self) -> Recipe {
                match self {
                    $(Config::$variant => Recipe { segmentation: $segmentation, stages: &$stages, joint: $joint },)*
                }
            }
        }
    };
}

configs! {
    S2t "s2t" None, [St], None, "Simplified to Traditional, OpenCC's standard.";
    T2s "t2s" None, [Ts], None, "Traditional to Simplified.";
    S2tw "s2tw" Some(St), [St, Tw], None, "Simplified to Traditional, Taiwan's standard.";
    Tw2s "tw2s" Some(TsPhrases), [TwRev, Ts], Some(TwRevTs), "Taiwan's standard to Simplified.";
    S2hk "s2hk" Some(St), [St, Hk], None, "Simplified to Traditional, Hong Kong's standard.";
    Hk2s "hk2s" Some(TsPhrases), [HkRev, Ts], Some(HkRevTs), "Hong Kong's standard to Simplified.";
    S2twp "s2twp" Some(St), [St, TwPhrases], None, "Simplified to Taiwan's standard and wording.";
    Tw2sp "tw2sp" Some(TsPhrases), [TwPhrasesRev, Ts], Some(TwPhrasesRevTs), "Taiwan's standard to Simplified and the mainland's wording.";
    S2hkp "s2hkp" Some(St), [St, HkPhrases], None, "Simplified to Hong Kong's standard and wording.";
    Hk2sp "hk2sp" Some(TsPhrases), [HkPhrasesRev, Ts], Some(HkPhrasesRevTs), "Hong Kong's standard to Simplified and the mainland's wording.";
    T2tw "t2tw" None, [Tw], None, "OpenCC's Traditional to Taiwan's standard.";
    Tw2t "tw2t" None, [TwRev], None, "Taiwan's standard to OpenCC's Traditional.";
    T2hk "t2hk" None, [Hk], None, "OpenCC's Traditional to Hong Kong's standard.";
    Hk2t "hk2t" None, [HkRev], None, "Hong Kong's standard to OpenCC's Traditional.";
    T2jp "t2jp" None, [Jp], None, "Old Japanese characters (kyūjitai) to new ones (shinjitai).";
    Jp2t "jp2t" None, [JpRev], None, "New Japanese characters (shinjitai) to old ones (kyūjitai).";
}

impl fmt::Display for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Config {
    type Err = UnknownConfig;

    fn from_str(name: &str) -> Result<Config, UnknownConfig> {
        Config::ALL
            .into_iter()
            .find(|config| config.name() == name)
            .ok_or_else(|| UnknownConfig(name.to_owned()))
    }
}

/// A name that OpenCC has no configuration for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownConfig(String);

impl fmt::Display for UnknownConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = Config::ALL.map(Config::name).join(", ");
        write!(f, "OpenCC has no configuration `{}`; write one of {names}", self.0)
    }
}

impl std::error::Error for UnknownConfig {}

/// One configuration, ready to convert. Cheap to make and to clone: the dictionaries are shared.
#[derive(Clone, Debug)]
pub struct OpenCc(Chain);

impl OpenCc {
    /// A converter for `config`.
    pub fn new(dictionaries: &Arc<Dictionaries>, config: Config) -> OpenCc {
        OpenCc(Chain::new(dictionaries, config.recipe()))
    }

    /// Converts a text.
    pub fn convert(&self, text: &str) -> String {
        self.0.convert(text, &mut [])
    }

    /// Converts a run as one text and deals the result back to its pieces.
    ///
    /// Where a match and its value have the same number of characters, each character stays in its piece; this holds
    /// for everything between the scripts and their regional shapes. A regional term of another length goes whole to
    /// the piece that its match begins in: 串|口 becomes 序列埠 and an empty piece.
    pub fn convert_run(&self, run: &Run) -> Run {
        self.0.convert_run(run)
    }
}
