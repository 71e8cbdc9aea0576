//! Characters of the other script in a text (打贏经济), reported with their place. They stay: conversion mends them.

use super::Draft;
use super::diagnostics::{self, Note};
use super::roles::Role;
use crate::script::{Dictionaries, Evidence, Script, detect};

/// More of one kind in one block is a quotation, not a slip.
const FEW: usize = 4;
/// At most so many are reported.
const SHOWN: usize = 20;

/// Reports the slips of a page's body.
pub(super) fn report(draft: &Draft, dictionaries: &Dictionaries, notes: &mut Vec<Note>) {
    let mut all = Evidence::default();
    let shown = || draft.items.iter().filter(|item| item.role != Role::Printed);
    shown().for_each(|item| all += detect(&item.text));
    let Some(main) = all.script().filter(|_| !all.mixes_throughout()) else { return };
    let mut count = 0;
    for item in shown() {
        let here = detect(&item.text);
        let of_other = here.of(main.other());
        if of_other == 0 || of_other > FEW || here.of(main) < of_other {
            continue;
        }
        for (c, around) in slips(&item.text, main, dictionaries) {
            count += 1;
            if count <= SHOWN {
                notes.push(diagnostics::slip(item.line, c, &around, name(main.other())));
            }
        }
    }
}

fn name(script: Script) -> &'static str {
    match script {
        Script::Hans => "Simplified",
        Script::Hant => "Traditional",
    }
}

/// Each slip with the characters around it. One that both shapes fold to (著 in Traditional text only) is none.
fn slips(text: &str, main: Script, dictionaries: &Dictionaries) -> Vec<(char, String)> {
    let chars: Vec<char> = text.chars().collect();
    let is_slip = |c: char| {
        let alone = c.to_string();
        let proves = detect(&alone).of(main.other()) > 0;
        proves && (main == Script::Hant || dictionaries.folded(&alone) != alone)
    };
    let around = |at: usize| chars[at.saturating_sub(2)..(at + 3).min(chars.len())].iter().collect();
    chars.iter().enumerate().filter(|(_, c)| is_slip(**c)).map(|(at, c)| (*c, around(at))).collect()
}
