//! 著 in text that is simplified: the particle, which Simplified writes 着 (看著 → 看着), or the word that stays (名著).
//!
//! Taiwan writes both alike; Hong Kong and the mainland do not, but a text may mix. So each place is judged by what
//! stands beside it, whatever the text writes elsewhere. OpenCC's few phrases are asked as well, by the caller.

/// Behind one of these 著 is what somebody wrote or what is plain to see.
const AFTER: &str = "显顯卓昭专專原土巨鉅遗遺拙撰所编編";

/// Likewise, unless they end the verb that stands in the second place: 合著, but 配合著.
const AFTER_UNLESS: [(&str, &str); 4] = [
    ("论論", "讨討议議谈談争爭评評辩辯理推"),
    ("译譯", "翻口笔筆"),
    ("合", "配结結混融综綜符联聯缝縫迎集组組闭閉愈癒切吻契"),
    ("名", "报報点點签簽署提"),
];

/// Before one of these 著 begins a word: 著称, 著录.
const BEFORE: &str = "称稱者述录錄译譯闻聞";

/// What the 著 at `at` is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    Particle,
    Word,
    /// Nothing beside it tells.
    Unknown,
}

pub(super) fn use_of(characters: &[char], at: usize) -> Use {
    let near = |distance: usize| at.checked_sub(distance).map(|before| characters[before]);
    let is = |character: Option<char>, list: &str| character.is_some_and(|c| list.contains(c));
    if let Some((_, verbs)) = AFTER_UNLESS.iter().find(|(last, _)| is(near(1), last)) {
        return if is(near(2), verbs) { Use::Particle } else { Use::Word };
    }
    if is(near(1), AFTER) || is(characters.get(at + 1).copied(), BEFORE) { Use::Word } else { Use::Unknown }
}
