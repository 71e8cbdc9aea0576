//! Images that pages show in several sizes: proven before a page is rendered, made beside the rendering.
//!
//! A page needs no variant to be rendered, only its name; but it must not name one that cannot be made. So every image
//! is decoded once, unless an earlier build has kept what it made of it, before anything reaches the sink.

use super::{HandOver, Kept, Sink, diagnostics};
use crate::content::Asset;
use crate::diagnostic::{Diagnostic, Severity};
use crate::images::{self, FOLDER, Variants};
use crate::render::OutFile;
use crate::site::Plan;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};

/// So many pixels are in memory at a time, whatever the number of threads; a larger image is there alone.
const PIXELS_AT_ONCE: u64 = 64_000_000;

/// The assets that pages show in several sizes, each once: files of the same bytes have the same variants.
fn distinct<'a>(plan: &Plan<'a>) -> Vec<(&'a Asset, &'a Variants)> {
    let mut by_hash = BTreeMap::new();
    for (index, variants) in &plan.pictures {
        by_hash.entry(variants.hash()).or_insert((plan.assets[*index], *variants));
    }
    by_hash.into_values().collect()
}

/// Takes from the plan what cannot be made, and says why: it is shown as it is.
pub(super) fn prove<S: Sink>(
    plan: &mut Plan<'_>,
    sink: &S,
    known: Option<&Kept>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let room = Room::default();
    let distinct = distinct(plan).into_iter();
    let unknown = distinct
        .filter(|(_, variants)| !known.is_some_and(|known| known.is_proven(variants.hash())))
        .collect::<Vec<_>>();
    let unsound = |(asset, variants)| {
        let mut said = Vec::new();
        let is_sound = kept(variants, sink).is_some() || is_sound(asset, variants, &room, &mut said);
        known.filter(|_| is_sound).into_iter().for_each(|known| known.prove(variants.hash()));
        (!is_sound).then_some((variants.hash(), said))
    };
    for (hash, said) in unknown.into_par_iter().filter_map(unsound).collect::<Vec<_>>() {
        plan.pictures.retain(|_, variants| variants.hash() != hash);
        diagnostics.extend(said);
    }
    for (asset, fault) in &plan.faulty {
        diagnostics.push(diagnostics::image(&plan.assets[*asset].file.path, fault, Severity::Warning));
    }
}

fn is_sound(asset: &Asset, variants: &Variants, room: &Room, said: &mut Vec<Diagnostic>) -> bool {
    let _held = room.take(variants.pixels());
    let Some(bytes) = asset.file.read_or_report(said) else { return false };
    let fault = images::prove(&bytes, variants).err();
    said.extend(fault.iter().map(|fault| diagnostics::image(&asset.file.path, fault, Severity::Warning)));
    fault.is_none()
}

/// How many images there were, and how many of them had to be made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Made {
    /// Images that pages show in several sizes.
    pub images: usize,
    /// Those that no earlier build had made.
    pub anew: usize,
}

/// Hands all variants over: those of an earlier build, or new ones.
pub(super) fn hand_over<S: Sink>(plan: &Plan<'_>, hand_over: &HandOver<'_, S>) -> Made {
    let (room, all) = (Room::default(), distinct(plan));
    let (done, anew) = (AtomicUsize::new(0), AtomicUsize::new(0));
    all.par_iter().for_each(|(asset, variants)| {
        if hand_over.is_over() {
            return;
        }
        let files = kept(variants, hand_over.sink).unwrap_or_else(|| {
            anew.fetch_add(1, Ordering::Relaxed);
            make(asset, variants, &room, hand_over)
        });
        for (name, bytes) in files {
            hand_over.put(OutFile::new(format!("{FOLDER}/{name}"), bytes));
        }
        hand_over.sink.image(done.fetch_add(1, Ordering::Relaxed) + 1, all.len());
    });
    Made { images: all.len(), anew: anew.into_inner() }
}

/// What an earlier build has kept of an image, if it is all there.
fn kept<S: Sink>(variants: &Variants, sink: &S) -> Option<Vec<(String, Vec<u8>)>> {
    variants.names().map(|name| sink.recall(&name).map(|bytes| (name, bytes))).collect()
}

fn make<S: Sink>(
    asset: &Asset,
    variants: &Variants,
    room: &Room,
    hand_over: &HandOver<'_, S>,
) -> Vec<(String, Vec<u8>)> {
    let mut said = Vec::new();
    let held = room.take(variants.pixels());
    let made = asset.file.read_or_report(&mut said).map(|bytes| images::make(&bytes, variants));
    drop(held);
    let files = match made {
        Some(Ok(files)) => files,
        Some(Err(fault)) => {
            // Its pages are on their way, and name what there will not be.
            said.push(diagnostics::image(&asset.file.path, &fault, Severity::Error));
            Vec::new()
        }
        None => Vec::new(),
    };
    hand_over.report(said);
    for (name, bytes) in &files {
        hand_over.sink.keep(name, bytes);
    }
    files
}

/// The memory for pixels, which threads wait for.
#[derive(Default)]
struct Room {
    taken: Mutex<u64>,
    left: Condvar,
}

/// A part of it, as long as it is held.
struct Held<'r> {
    room: &'r Room,
    pixels: u64,
}

impl Room {
    /// Waits until there is room for so many pixels.
    fn take(&self, pixels: u64) -> Held<'_> {
        let pixels = pixels.min(PIXELS_AT_ONCE);
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        while *taken + pixels > PIXELS_AT_ONCE {
            taken = self.left.wait(taken).unwrap_or_else(PoisonError::into_inner);
        }
        *taken += pixels;
        Held { room: self, pixels }
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        *self.room.taken.lock().unwrap_or_else(PoisonError::into_inner) -= self.pixels;
        self.room.left.notify_all();
    }
}
