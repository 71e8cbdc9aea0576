//! Pages of every kind, rendered side by side and handed over as they are made; and the feeds, which hold some of them again.
//!
//! In: the plan, the composed editions, what their pages share, and the templates. Out: pages, by way of [`HandOver`]. Never: a page
//! twice.

use super::{HandOver, Sink};
use crate::diagnostic::Diagnostic;
use crate::outputs;
use crate::render::{self, Beside, Body, EditionFrame, OutFile, Templates};
use crate::site::{EditionSite, NOT_FOUND, Page, Plan};
use rayon::prelude::*;
use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What pages are made of.
#[derive(Clone, Copy)]
pub(super) struct Pages<'a> {
    pub(super) plan: &'a Plan<'a>,
    pub(super) sites: &'a [EditionSite],
    /// By edition.
    pub(super) frames: &'a [EditionFrame],
    pub(super) templates: &'a Templates,
    /// The paths of static files.
    pub(super) statics: &'a [&'a str],
}

/// A body, and the addresses in it that were checked with its source.
type Rendered = (Body, HashSet<String>);

impl Pages<'_> {
    pub(super) fn hand_over<S: Sink>(&self, hand_over: &HandOver<'_, S>) {
        self.of_documents(hand_over);
        self.made(hand_over);
        self.feeds(hand_over);
    }

    /// Each page in all its editions at once: their bodies are there then for the pages that show two of them.
    fn of_documents<S: Sink>(&self, hand_over: &HandOver<'_, S>) {
        let Self { plan, sites, frames, .. } = *self;
        let all = (0..sites.len()).map(|edition| plan.shown.count(edition)).sum();
        let done = AtomicUsize::new(0);
        let beside: Vec<Beside<'_>> =
            plan.comparisons.iter().map(|own| Beside::new(plan, sites, frames, own)).collect();
        (0..plan.places.len()).into_par_iter().for_each(|place| {
            let page = |(site, frame): (&EditionSite, &EditionFrame)| {
                let page = site.page(place).filter(|_| !hand_over.is_over())?;
                let rendered = self.page(site, frame, page, hand_over);
                hand_over.sink.progress(done.fetch_add(1, Ordering::Relaxed) + 1, all);
                rendered
            };
            let rendered: Vec<Option<Rendered>> = sites.iter().zip(frames).map(page).collect();
            beside.iter().for_each(|beside| self.beside(beside, place, &rendered, hand_over));
        });
    }

    pub(super) fn page<S: Sink>(
        &self,
        site: &EditionSite,
        frame: &EditionFrame,
        page: &Page,
        hand_over: &HandOver<'_, S>,
    ) -> Option<Rendered> {
        match render::render(self.plan, site, frame, page, self.templates) {
            Ok((file, body)) => {
                let checked = render::addresses(self.plan, site, page);
                hand_over.put_page(self.plan, file, &page.text(self.plan).source.path, &[&checked]);
                Some((body, checked))
            }
            Err(diagnostic) => {
                hand_over.report([diagnostic]);
                None
            }
        }
    }

    /// The page of a place that shows two editions, where both have it.
    pub(super) fn beside<S: Sink>(
        &self,
        beside: &Beside<'_>,
        place: usize,
        rendered: &[Option<Rendered>],
        hand_over: &HandOver<'_, S>,
    ) {
        let [Some((first, first_checked)), Some((second, second_checked))] =
            beside.editions().map(|edition| rendered[edition].as_ref())
        else {
            return;
        };
        let file = beside.render(place, [first, second], self.templates);
        self.put(file, &[first_checked, second_checked], hand_over);
    }

    /// Pages that no document opens.
    pub(super) fn made<S: Sink>(&self, hand_over: &HandOver<'_, S>) {
        let Self { plan, sites, frames, templates, statics } = *self;
        for (site, frame) in sites.iter().zip(frames) {
            site.lists.par_iter().for_each(|list| {
                self.put(Some(render::render_list(plan, site, frame, list, templates)), &[], hand_over);
            });
        }
        if plan.config.search {
            sites.par_iter().zip(frames).for_each(|(site, frame)| {
                self.put(render::render_search(plan, site, frame, templates), &[], hand_over);
            });
        }
        plan.redirects.par_iter().for_each(|redirect| {
            let (site, frame) = (&sites[redirect.edition], &frames[redirect.edition]);
            match render::render_redirect(plan, site, frame, redirect, templates) {
                Some(Ok(file)) => hand_over.put(file),
                Some(Err(diagnostic)) => hand_over.report([diagnostic]),
                None => {}
            }
        });
        let has_own = statics.contains(&NOT_FOUND);
        for file in render::render_shared(plan, sites, frames, templates, has_own) {
            self.put(Some(file), &[], hand_over);
        }
    }

    pub(super) fn feeds<S: Sink>(&self, hand_over: &HandOver<'_, S>) {
        (0..self.sites.len()).into_par_iter().filter(|_| !hand_over.is_over()).for_each(|edition| {
            let feeds = outputs::feeds(self.plan, (self.sites, self.frames), edition, self.templates);
            feeds.into_iter().flatten().for_each(|file| hand_over.put(file));
        });
    }

    /// Hands over a page that messages call by its file.
    fn put<S: Sink>(
        &self,
        file: Option<Result<OutFile, Diagnostic>>,
        checked: &[&HashSet<String>],
        hand_over: &HandOver<'_, S>,
    ) {
        match file {
            Some(Ok(file)) => {
                let name = file.path.clone();
                hand_over.put_page(self.plan, file, &name, checked);
            }
            Some(Err(diagnostic)) => hand_over.report([diagnostic]),
            None => {}
        }
    }
}
