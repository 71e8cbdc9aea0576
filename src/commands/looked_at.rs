//! A site looked at without publishing it: what `check` and `review` have in common.

use super::day::Day;
use super::terminal::Printer;
use super::{CONTENT_HAS_ERRORS, COULD_NOT_RUN};
use crate::config;
use crate::content;
use crate::diagnostic::{Diagnostic, has_errors};
use crate::edition::{Accepted, Decision};
use crate::pipeline::{self, Built, Options, Outcome, Sink};
use crate::publish::Cache;
use crate::render::OutFile;
use crate::script::Tag;
use std::convert::Infallible;
use std::path::Path;

/// What there is to know of a site.
pub(super) struct LookedAt {
    pub(super) diagnostics: Vec<Diagnostic>,
    /// `None` where the diagnostics say why not.
    pub(super) built: Option<Built>,
    pub(super) accepted: Accepted,
    /// The editions of the site.
    pub(super) editions: Vec<Tag>,
}

/// Files that nobody wants. What a build has kept of its images need not be decoded again.
struct Nowhere {
    cache: Cache,
}

impl Sink for Nowhere {
    type Error = Infallible;

    fn put(&self, _: OutFile) -> Result<(), Infallible> {
        Ok(())
    }

    fn recall(&self, name: &str) -> Option<Vec<u8>> {
        self.cache.recall(name)
    }
}

impl LookedAt {
    pub(super) fn new(root: &Path, drafts: bool, day: Day) -> Self {
        let mut diagnostics = Vec::new();
        let (mut accepted, mut editions) = (None, Vec::new());
        let built = look(root, (drafts, day), &mut accepted, &mut editions, &mut diagnostics);
        diagnostics.sort_by(|a, b| a.order().cmp(&b.order()));
        Self { diagnostics, built, accepted: accepted.unwrap_or_default(), editions }
    }

    /// The choices that nobody has looked at.
    pub(super) fn open(&self) -> Vec<Decision> {
        let all = self.built.iter().flat_map(|built| &built.decisions);
        all.filter(|decision| !self.accepted.covers(decision)).cloned().collect()
    }

    /// The exit status where there is nothing to go on with.
    pub(super) fn refused(&self, printer: &Printer) -> u8 {
        printer.diagnostics(&self.diagnostics);
        if super::build::could_not_read(&self.diagnostics) { COULD_NOT_RUN } else { CONTENT_HAS_ERRORS }
    }
}

fn look(
    root: &Path,
    (drafts, day): (bool, Day),
    accepted: &mut Option<Accepted>,
    editions: &mut Vec<Tag>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Built> {
    let files = content::settings(root).report(diagnostics)?;
    let config = config::parse_for(&files, None).report(diagnostics)?;
    *editions = config.editions.iter().map(|edition| edition.tag.clone()).collect();
    let review = content::review(root).report(diagnostics)?;
    *accepted = Some(Accepted::parse(&review).report(diagnostics)?);
    let inputs = content::load(root, config).report(diagnostics)?;
    if has_errors(diagnostics) {
        return None;
    }
    let options = Options {
        drafts,
        today: Some(day.in_zone(&inputs.config.time_zone)),
        review: true,
        without_images: true,
        ..super::options()
    };
    let (outcome, said) = pipeline::build(&inputs, &options, &Nowhere { cache: Cache::of(root) });
    diagnostics.extend(said);
    match outcome {
        Outcome::Built(built) => Some(built),
        Outcome::Refused => None,
        Outcome::Failed(never) => match never {},
    }
}
