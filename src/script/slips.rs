//! Slips of the pen beside a character that both scripts write: 后來, 計划 and 准備 are in neither script.
//!
//! Such a character is no proof of anything, but the phrase it stands in is known. If the author wrote the rest of the
//! phrase as Traditional has it, the whole is meant so, and what was left over is converted (后來 → 後來). If not
//! (裏面, where a dictionary says something else), the author is right. Only changes readings; `characters` applies them.

use std::ops::Range;

use super::Script;
use super::traditional::Unit;

/// What Traditional text has in place of the character before it in the phrases where it differs. Left out are pairs
/// that are both in living use (台臺, 布佈, 占佔, 周週), and those that phrases find too often across two words of good
/// Traditional text (相關|系所, 輪調|制度, 報名|表).
const SLIPS: &str = "后後里裏几幾准準于於干乾干幹面麪征徵余餘云雲松鬆谷穀丑醜系繫划劃舍捨范範胡鬍\
                     仆僕朴樸帘簾咸鹹郁鬱克剋秋鞦千韆御禦辟闢佣傭曲麴据據冲衝冲沖种種筑築";

/// The last seven bits of the characters that may be slips, one bit for each.
const SUSPECTS: u128 = {
    let bytes = SLIPS.as_bytes();
    let (mut at, mut bits) = (0, 0);
    while at < bytes.len() {
        // Three bytes a character, of which the last thirteen bits are here; every other one is what it stands for.
        let point = (bytes[at + 1] as u32 & 0x3F) << 6 | bytes[at + 2] as u32 & 0x3F;
        bits |= 1 << (point % 128);
        at += 6;
    }
    bits
};

/// Those of them that are slips in a phrase with nothing else to go by (以后), even in text that is wholly Traditional:
/// no Traditional word is written like these phrases.
const SLIPS_ALONE: &str = "后後几幾面麪云雲松鬆谷穀丑醜于於余餘";

/// Surnames among them, which a phrase with an accident of a given name may begin with (于美人, 余天).
const SURNAMES: &str = "于余";

/// Phrases that are slips all the same, with a surname or with 里, a ward in many a name.
const SLIPPED: [&str; 10] = ["于是", "余杭", "余姚", "余下", "哪里", "家里", "心里", "夜里", "屋里", "手里"];

/// Traditional characters that are no Traditional word in these phrases: 沖擊 is 衝擊 after a bad conversion.
const MISWRITTEN: &str = "沖衝";

/// A mixed text beside its conversion.
pub(super) struct Beside<'a> {
    pub(super) own: &'a [char],
    pub(super) converted: &'a [char],
    /// Both in OpenCC's standard shapes, in which alone they can be compared.
    pub(super) own_standard: &'a [char],
    pub(super) converted_standard: &'a [char],
    pub(super) proofs: &'a [Option<Script>],
    pub(super) units: &'a [Unit],
    /// Whether anything in the run is Simplified.
    pub(super) has_hans: bool,
    /// Whether the run and its document are in Simplified for the most part: then any agreement will do.
    pub(super) mostly_hans: bool,
}

/// Reads the characters of each phrase in each other's light. What is read as Traditional stays as it is.
pub(super) fn settle(beside: &Beside<'_>, readings: &mut [Script]) {
    for unit in beside.units {
        settle_unit(beside, unit, readings);
    }
}

fn settle_unit(beside: &Beside<'_>, unit: &Unit, readings: &mut [Script]) {
    let proven = |script| unit.range.clone().filter(move |&at| beside.proofs[at] == Some(script));
    let agrees = proven(Script::Hant).any(|at| beside.agrees(at));
    let miswritten = |at| agrees && beside.has_hans && beside.is(MISWRITTEN, at);
    let disagrees = proven(Script::Hant).any(|at| !beside.agrees(at) && !miswritten(at));
    let left_over = proven(Script::Hans).next().is_some();
    for at in unit.range.clone() {
        let open = beside.proofs[at].is_none();
        let slip = match readings[at] {
            _ if !open => !disagrees && miswritten(at),
            _ if disagrees => false,
            Script::Hans => true,
            Script::Hant if left_over => true,
            Script::Hant if agrees => beside.mostly_hans || beside.is(SLIPS, at),
            Script::Hant => unit.words && beside.is_slip_alone(&unit.range, at),
        };
        if open || slip {
            readings[at] = if slip { Script::Hans } else { Script::Hant };
        }
    }
}

impl Beside<'_> {
    /// Whether the author wrote what the conversion gives, in whichever region's shape.
    fn agrees(&self, at: usize) -> bool {
        self.own[at] == self.converted[at] || self.own_standard[at] == self.converted_standard[at]
    }

    fn is_slip_alone(&self, phrase: &Range<usize>, at: usize) -> bool {
        let own = &self.own[phrase.clone()];
        let surname = at == phrase.start && SURNAMES.contains(self.own[at]);
        self.is(SLIPS_ALONE, at) && !surname
            || SLIPPED.iter().any(|slipped| slipped.chars().eq(own.iter().copied())) && self.is(SLIPS, at)
    }

    fn is(&self, pairs: &str, at: usize) -> bool {
        is_pair(pairs, self.own[at], self.converted_standard[at])
    }
}

fn is_pair(pairs: &str, own: char, value: char) -> bool {
    let mut pairs = pairs.chars();
    while let (Some(first), Some(second)) = (pairs.next(), pairs.next()) {
        if (first, second) == (own, value) {
            return true;
        }
    }
    false
}

/// Whether a text has a character that may be a slip; most short ones in Traditional have none.
pub(super) fn is_suspect(text: &str) -> bool {
    // Most characters are told apart by their last bits.
    text.chars()
        .any(|c| SUSPECTS >> (c as u32 % 128) & 1 == 1 && SLIPS.chars().step_by(2).any(|slip| slip == c))
}
