//! Where a headline is divided into lines.
//!
//! In: its characters, how wide each of them is, and where words begin. Out: the lines as ranges of characters, balanced.
//! By the rules of Chinese typesetting: no line begins with a mark that closes, or ends with one that opens; a Latin word
//! and a number are never divided. A Chinese word is kept whole where the lines stay even.

use std::ops::Range;

/// What no line begins with.
const CLOSING: &str = "，。、；：？！”’」』）》〉】〕］｝〗·・…—～ー々,.;:?!)]}%‰°℃″′»›";
/// What no line ends with.
const OPENING: &str = "“‘「『（《〈【〔［｛〖([{¥￥$€£#№«‹";
/// What a clause ends with: a good place to go on in the next line.
const PAUSES: &str = "，。、；：？！,;:?!—…";
/// What no line likes to begin with: it belongs to the word before it.
const PARTICLES: &str = "的地得了着過过们們之等";

/// What the length of a line may differ for: in parts of a line, squared.
const WORD: f32 = 0.3;
const MEASURE: f32 = 0.4;
const PARTICLE: f32 = 0.2;
const PAUSE: f32 = -0.35;

/// Whether it is written in a square of its own: Han characters, kana, their marks.
pub(super) fn is_wide(character: char) -> bool {
    matches!(u32::from(character),
        0x2E80..=0x9FFF | 0xF900..=0xFAFF | 0xFE30..=0xFE4F | 0xFF01..=0xFF60 | 0xFFE0..=0xFFE6 | 0x2_0000..=0x3_FFFF)
}

pub(super) fn is_closing(character: char) -> bool {
    CLOSING.contains(character)
}

pub(super) fn is_opening(character: char) -> bool {
    OPENING.contains(character)
}

pub(super) fn is_pause(character: char) -> bool {
    PAUSES.contains(character)
}

/// Whether a line may end before `next`, which follows `last`.
fn may_break(last: char, next: char) -> bool {
    if is_closing(next) || is_opening(last) || next == ' ' {
        return false;
    }
    // A mark beside a Latin word is a part of it; behind a pause a line may end in any script.
    let is_latin_dash = last == '—' && !is_wide(next);
    last == ' ' || is_wide(last) || is_wide(next) || is_latin_dash || (is_closing(last) && is_opening(next))
}

/// How much a line's end before `next` is disliked.
fn cost(last: char, next: char, is_word: bool) -> f32 {
    let is_number = |character: char| character.is_ascii_digit();
    if is_pause(last) || (is_closing(last) && !last.is_ascii()) {
        return PAUSE;
    }
    // 2023年 and 第3 are one thing each, and so is 6月28日, if less so.
    if is_number(last) && is_wide(next) && !is_opening(next) || last == '第' {
        return MEASURE;
    }
    let particle = if PARTICLES.contains(next) { PARTICLE } else { 0.0 };
    particle + if is_word { 0.0 } else { WORD }
}

/// A stretch that no line's end divides.
#[derive(Clone, Copy)]
struct Unit {
    end: usize,
    /// Up to its end, from the beginning of the text, in units of the em; and with the spaces behind it.
    width: f32,
    with_spaces: f32,
    cost: f32,
}

/// A text that is to be divided.
pub(super) struct Breaker {
    units: Vec<Unit>,
}

/// Lines, and how good they are: less is better.
pub(super) struct Lines {
    pub(super) lines: Vec<Range<usize>>,
    pub(super) cost: f32,
}

impl Breaker {
    /// `widths` has an entry for each character, `begins` says at which of them a word begins.
    pub(super) fn new(text: &[char], widths: &[f32], begins: &[bool]) -> Self {
        let mut units = Vec::new();
        let (mut width, mut with_spaces) = (0.0, 0.0);
        for (at, (character, own)) in text.iter().zip(widths).enumerate() {
            with_spaces += own;
            if *character != ' ' {
                width = with_spaces;
            }
            let cost = match text.get(at + 1) {
                None => 0.0,
                Some(next) if may_break(*character, *next) => {
                    cost(*character, *next, begins.get(at + 1).copied().unwrap_or(true))
                }
                Some(_) => continue,
            };
            units.push(Unit { end: at + 1, width, with_spaces, cost });
        }
        Self { units }
    }

    /// The whole text in so many lines, none of which is wider than `most`; nothing if that cannot be.
    pub(super) fn divide(&self, count: usize, most: f32) -> Option<Lines> {
        self.divide_units(self.units.len(), count, most)
    }

    /// As much of the text as so many lines hold, for a text that is too long for them.
    pub(super) fn divide_start(&self, count: usize, most: f32, left_for_mark: f32) -> Option<Lines> {
        let room = most * count as f32 - left_for_mark;
        let fits = self.units.iter().take_while(|unit| unit.width <= room).count();
        // Uneven ends may take more room than there is.
        (1..=fits).rev().find_map(|units| {
            let lines = self.divide_units(units, count, most)?;
            let last = lines.lines.last()?.clone();
            (self.width(last) + left_for_mark <= most).then_some(lines)
        })
    }

    /// How wide a line is.
    pub(super) fn width(&self, line: Range<usize>) -> f32 {
        let up_to = |end: usize| self.units.iter().find(|unit| unit.end == end);
        let start = up_to(line.start).map_or(0.0, |unit| unit.with_spaces);
        up_to(line.end).map_or(0.0, |unit| unit.width - start)
    }

    /// The cheapest way to divide the first `all` units into lines: each line costs the square of what it lacks of an even
    /// share, or has beyond it, and its end what it does there.
    fn divide_units(&self, all: usize, count: usize, most: f32) -> Option<Lines> {
        let even = self.units[..all].last()?.width / count as f32;
        let mut first = vec![Way::default(); all + 1];
        first[0].cost = 0.0;
        let mut ways = vec![first];
        for line in 0..count {
            let next = self.one_line_more(&ways[line], even, most);
            ways.push(next);
        }
        let cost = ways[count][all].cost;
        if cost == f32::INFINITY {
            return None;
        }
        let mut lines = Vec::new();
        let mut end = all;
        for line in ways[1..].iter().rev() {
            let start = line[end].start;
            let first = if start == 0 { 0 } else { self.units[start - 1].end };
            lines.push(first..self.units[end - 1].end);
            end = start;
        }
        lines.reverse();
        Some(Lines { lines, cost })
    }

    /// The cheapest ways to divide each number of units into one line more than `before`.
    fn one_line_more(&self, before: &[Way], even: f32, most: f32) -> Vec<Way> {
        let all = before.len() - 1;
        let mut ways = vec![Way::default(); all + 1];
        for (start, way) in before.iter().enumerate().filter(|(_, way)| way.cost < f32::INFINITY) {
            let left = if start == 0 { 0.0 } else { self.units[start - 1].with_spaces };
            let ends = self.units[..all].iter().zip(&mut ways[1..]).skip(start);
            for (at, (unit, best)) in ends.enumerate() {
                let width = unit.width - left;
                if width > most {
                    break;
                }
                let uneven = (width - even) / even;
                let ending = if start + at + 1 == all { 0.0 } else { unit.cost };
                let cost = way.cost + uneven * uneven + ending;
                if cost < best.cost {
                    *best = Way { cost, start };
                }
            }
        }
        ways
    }
}

/// A way to divide the first units of a text.
#[derive(Clone, Copy)]
struct Way {
    cost: f32,
    /// The first unit of its last line.
    start: usize,
}

impl Default for Way {
    fn default() -> Self {
        Self { cost: f32::INFINITY, start: 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines of a text whose wide characters take one em and whose others take half of it.
    fn lines(text: &str, count: usize, most: f32) -> Vec<String> {
        let text: Vec<char> = text.chars().collect();
        let widths: Vec<f32> =
            text.iter().map(|c| if c.is_ascii() || *c == '—' { 0.5 } else { 1.0 }).collect();
        let breaker = Breaker::new(&text, &widths, &[]);
        let Some(lines) = breaker.divide(count, most) else { return Vec::new() };
        lines.lines.into_iter().map(|line| text[line].iter().collect()).collect()
    }

    #[test]
    fn no_line_begins_with_a_mark_that_closes() {
        for mark in "，。、；：？！”』」）》".chars() {
            let text = format!("未来科技城{mark}数字经济第一城");
            for most in [6.0, 7.0, 8.0] {
                for line in lines(&text, 2, most).iter().skip(1) {
                    assert!(!line.starts_with(mark), "{text} at {most}: {line}");
                }
            }
            assert_eq!(lines(&text, 2, 9.0).len(), 2, "{text}");
        }
    }

    #[test]
    fn no_line_ends_with_a_mark_that_opens() {
        for mark in "“『「（《".chars() {
            let text = format!("未来科技城印{mark}数字经济第一城");
            for most in [8.0, 9.0, 10.0] {
                let lines = lines(&text, 2, most);
                assert_eq!(lines.len(), 2, "{text} at {most}");
                assert!(!lines[0].ends_with(mark), "{text} at {most}: {lines:?}");
            }
        }
    }

    #[test]
    fn words_and_numbers_are_never_divided() {
        for text in [
            "未来科技城Hangzhou数字经济",
            "一季度签约亿元以上项目12,345.67个",
            "全球跨境DTC-2023品牌创新中心",
        ] {
            for count in 2..=4 {
                for line in lines(text, count, 40.0).windows(2) {
                    let (last, next) = (line[0].chars().last(), line[1].chars().next());
                    let both = [last, next].iter().flatten().all(char::is_ascii);
                    assert!(!both, "{text} in {count}: {line:?}");
                }
            }
        }
    }

    #[test]
    fn lines_are_even() {
        assert_eq!(
            lines("人工智能小镇六年引进一千三百个项目", 2, 12.0),
            ["人工智能小镇六年", "引进一千三百个项目"]
        );
        assert_eq!(lines("金融活水来了", 2, 5.0), ["金融活", "水来了"]);
    }

    #[test]
    fn a_clause_ends_with_its_line_where_the_lines_stay_even_enough() {
        let headline = "未来数商：先出计划，再开数港";
        assert_eq!(lines(headline, 2, 10.0), ["未来数商：", "先出计划，再开数港"]);
        assert_eq!(lines(headline, 3, 10.0), ["未来数商：", "先出计划，", "再开数港"]);
        assert_eq!(lines("抢出“半年红”，奔向“全年红”", 2, 8.0), ["抢出“半年红”，", "奔向“全年红”"]);
    }

    #[test]
    fn a_chinese_word_stays_whole() {
        let text: Vec<char> = "新一代人工智能发展规划".chars().collect();
        let begins: Vec<bool> = [0, 3, 7, 9].iter().fold(vec![false; 11], |mut begins, at| {
            begins[*at] = true;
            begins
        });
        let breaker = Breaker::new(&text, &[1.0; 11], &begins);
        let lines = breaker.divide(2, 8.0).expect("lines").lines;
        assert_eq!(lines, [0..7, 7..11]);
    }

    #[test]
    fn a_measure_stays_with_its_number() {
        for line in lines("项目用地挂牌2023年6月28日", 2, 20.0).iter().skip(1) {
            assert!(!line.starts_with(['年', '月', '日']), "{line}");
        }
    }

    #[test]
    fn english_breaks_between_words_and_spaces_count_for_nothing_at_an_end() {
        assert_eq!(lines("one two six ten", 2, 4.0), ["one two ", "six ten"]);
        assert_eq!(lines("“One” two", 2, 5.0), ["“One” ", "two"]);
    }

    #[test]
    fn what_cannot_be_divided_has_no_lines() {
        assert!(lines("Donaudampfschifffahrt", 2, 4.0).is_empty());
        assert!(lines("", 2, 4.0).is_empty());
    }
}
