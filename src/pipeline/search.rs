//! The search index, its pieces made side by side.
//!
//! In: the plan and the composed editions. Out: the files of the index, handed over as they are made.

use super::{HandOver, Sink};
use crate::outputs::{Search, Tables};
use crate::site::{EditionSite, Plan};
use rayon::prelude::*;

/// Hands over the index, if the site is to have one.
pub(super) fn hand_over<S: Sink>(plan: &Plan<'_>, sites: &[EditionSite], hand_over: &HandOver<'_, S>) {
    let search = Search::new(plan, sites);
    let pieces = (0..search.pieces()).into_par_iter().map_init(Tables::default, |tables, index| {
        let mut piece = search.piece(index, tables);
        piece.file.take().into_iter().for_each(|file| hand_over.put(file));
        piece
    });
    let grams = search.gather(pieces.collect());
    let present: Vec<Vec<u32>> = (0..grams.rounds())
        .into_par_iter()
        .map(|round| {
            let (files, present) = grams.round(round);
            files.into_iter().for_each(|file| hand_over.put(file));
            present
        })
        .collect();
    hand_over.put(grams.index(present.into_iter().flatten()));
}
