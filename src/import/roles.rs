//! What the blocks of the body are: paragraphs, section headings, captions, credits.
//!
//! A section heading is set as one or two clauses that say that something happens, mostly of equal length, and a text's headings are built
//! alike; a caption names what is seen. What stood inside a paragraph, and what follows the last one, is no heading.

use super::diagnostics::{self, Certainty, Note};
use super::forms;
use super::head::{self, Head, Part};
use super::joins::{Chain, Kind};
use crate::script::Dictionaries;

/// What a block of the page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Paragraph,
    Heading(u8),
    Caption,
    Credit,
    /// A page number or date line: kept, not shown.
    Printed,
    /// Markdown already: a table or list of a `.docx`.
    Markdown,
}

/// A block of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) role: Role,
    pub(super) line: usize,
    pub(super) text: String,
    /// Its text with the marks of a `.docx`.
    pub(super) markdown: Option<String>,
    pub(super) certainty: Certainty,
    pub(super) reason: &'static str,
}

/// Gives each block its role; a byline at the end goes to the head.
pub(super) fn items(chains: Vec<Chain>, head: &mut Head, dictionaries: &Dictionaries) -> Vec<Item> {
    let last_prose = chains.iter().rposition(|chain| chain.kind == Kind::Prose);
    let around = Around::of(&chains, dictionaries);
    let followers: Vec<Option<Kind>> =
        (0..chains.len()).map(|index| chains.get(index + 1).map(|chain| chain.kind)).collect();
    let mut items = Vec::with_capacity(chains.len());
    for (index, chain) in chains.into_iter().enumerate() {
        let is_after_all = last_prose.is_none_or(|last| index > last);
        let text = &chain.block.text;
        if chain.kind != Kind::Prose
            && !head.has(Part::Byline)
            && is_after_all
            && head::byline(text, true, true).is_some_and(|found| found.0 == Certainty::Certain)
        {
            head.add(Part::Byline, chain.block, Certainty::Likely, diagnostics::SAYS_WHO);
            continue;
        }
        if chain.kind != Kind::Prose && !head.has(Part::Source) && head::is_source(text) {
            head.add(Part::Source, chain.block, Certainty::Certain, diagnostics::SAYS_SO);
            continue;
        }
        let (role, certainty, reason) = match chain.kind {
            Kind::Prose => (Role::Paragraph, Certainty::Certain, ""),
            Kind::Printed => (Role::Printed, Certainty::Certain, diagnostics::PRINTED),
            kind => line(text, kind, is_after_all, followers[index], &around),
        };
        let Chain { block, .. } = chain;
        items.push(Item { role, line: block.line, text: block.text, markdown: None, certainty, reason });
    }
    items
}

/// What the rest of the text says about a line.
struct Around<'a> {
    dictionaries: &'a Dictionaries,
    /// The bare lines.
    lone: Vec<String>,
    /// All paragraphs.
    prose: String,
}

impl<'a> Around<'a> {
    fn of(chains: &[Chain], dictionaries: &'a Dictionaries) -> Self {
        let of_kind = |kind: Kind| {
            chains.iter().filter(move |chain| chain.kind == kind).map(|chain| chain.block.text.clone())
        };
        // A text of more blocks is a heap of texts: its lines have little to do with each other.
        const LONGEST: usize = 2000;
        let prose = of_kind(Kind::Prose).take(LONGEST).collect::<Vec<_>>().join("\n");
        let lone: Vec<String> = of_kind(Kind::Line).take(LONGEST).collect();
        let is_heap = chains.len() > LONGEST;
        Around {
            dictionaries,
            lone: if is_heap { Vec::new() } else { lone },
            prose: if is_heap { String::new() } else { prose },
        }
    }

    /// Whether other headings of the text are set in clauses.
    fn has_clauses(&self, text: &str) -> bool {
        self.lone.iter().filter(|other| other.as_str() != text && clause_weight(other) >= 3).count() >= 2
    }

    /// Whether one of these characters stands in the text as a word, not at its beginning.
    fn has_word(&self, text: &str, words: &str) -> bool {
        let mut begins = self.dictionaries.word_begins(text);
        begins.push(true);
        text.chars().enumerate().skip(1).any(|(at, c)| words.contains(c) && begins[at] && begins[at + 1])
    }
}

type Decided = (Role, Certainty, &'static str);

fn line(text: &str, kind: Kind, is_after_all: bool, next: Option<Kind>, around: &Around<'_>) -> Decided {
    if is_credit(text) {
        return (Role::Credit, Certainty::Certain, diagnostics::NAMES_PICTURE);
    }
    if is_marked_caption(text) {
        return (Role::Caption, Certainty::Certain, diagnostics::CAPTION_MARK);
    }
    if !text.contains(char::is_alphanumeric) || is_editors(text) || forms::bracketed(text).is_some() {
        return (Role::Paragraph, Certainty::Likely, diagnostics::BRACKETS);
    }
    if forms::is_numbered(text) && !forms::ends_sentence(text) {
        return (Role::Heading(2), Certainty::Certain, diagnostics::NUMBERED);
    }
    if is_after_all && !(forms::ends_sentence(text) && forms::width(text) > 16) {
        return (Role::Caption, Certainty::Likely, diagnostics::AT_THE_END);
    }
    if kind == Kind::Within {
        return within(text);
    }
    if forms::ends_sentence(text) && !is_question(text) {
        return (Role::Paragraph, Certainty::Likely, diagnostics::SENTENCE);
    }
    let (weight, reason) = weigh(text, next, around);
    let certainty = match weight {
        4.. | ..-2 => Certainty::Likely,
        _ => Certainty::Guess,
    };
    (if weight > 0 { Role::Heading(2) } else { Role::Caption }, certainty, reason)
}

fn within(text: &str) -> Decided {
    match clause_weight(text) {
        4.. => (Role::Heading(2), Certainty::Guess, diagnostics::CLAUSES),
        _ => (Role::Caption, Certainty::Certain, diagnostics::WITHIN),
    }
}

fn is_question(text: &str) -> bool {
    text.ends_with(['？', '?', '！', '!']) && forms::width(text) <= 32 && !text.contains('：')
}

/// What speaks for a heading, less what speaks for a caption; and what weighed most.
fn weigh(text: &str, next: Option<Kind>, around: &Around<'_>) -> (i32, &'static str) {
    let (thing, doing) = (names_thing(text), shows_doing(text));
    let evidence = [
        (clause_weight(text), diagnostics::CLAUSES),
        (likeness(text, &around.lone), diagnostics::ALIKE),
        (if says_event(text, around) { 2 } else { 0 }, diagnostics::EVENT),
        (if next == Some(Kind::Prose) { 1 } else { -2 }, diagnostics::BEFORE_PARAGRAPH),
        (if thing { -3 } else { 0 }, diagnostics::THING),
        (if around.prose.contains(text) { -3 } else { 0 }, diagnostics::NAME),
        (if clause_weight(text) == 0 && around.has_clauses(text) { -2 } else { 0 }, diagnostics::UNLIKE),
        (if doing { -3 } else { 0 }, diagnostics::DOING),
        (if forms::width(text) > 52 { -2 } else { 0 }, diagnostics::LONG),
    ];
    let sum: i32 = evidence.iter().map(|(weight, _)| weight).sum();
    let most =
        evidence.iter().max_by_key(|(weight, _)| weight * sum.signum().max(if sum > 0 { 1 } else { -1 }));
    (sum, most.map_or(diagnostics::BEFORE_PARAGRAPH, |(_, reason)| reason))
}

/// Two clauses or three, of about the same length: a heading.
pub(super) fn clause_weight(text: &str) -> i32 {
    let clauses = forms::clauses(text);
    let widths: Vec<usize> = clauses.iter().map(|clause| forms::width(clause)).collect();
    let (least, most) =
        (widths.iter().min().copied().unwrap_or(0), widths.iter().max().copied().unwrap_or(0));
    let is_even = most <= least + 2;
    let is_spaced = !text.contains(['，', ',']) && text.contains(char::is_whitespace);
    match clauses.len() {
        2 | 3 if is_even => 4,
        2 | 3 if is_spaced && forms::is_chinese(text) => 3,
        2 | 3 if most <= least * 2 => 2,
        _ => 0,
    }
}

/// Headings of one text are built alike: as long, with the same words at the same places.
fn likeness(text: &str, shapes: &[String]) -> i32 {
    let others = shapes.iter().filter(|other| other.as_str() != text);
    let best = others.map(|other| {
        let shared = text.chars().zip(other.chars()).filter(|(a, b)| a == b && forms::is_han(*a)).count();
        let is_as_long = text.chars().count() == other.chars().count();
        let begins_alike = text.chars().zip(other.chars()).take_while(|(a, b)| a == b).count() >= 1;
        match (is_as_long, shared) {
            (true, 1..) => 3,
            (true, 0) => 1,
            (false, 2..) if begins_alike => 2,
            _ => 0,
        }
    });
    best.max().unwrap_or(0)
}

/// Words that say that something happens or is so: hardly a caption has them.
fn says_event(text: &str, around: &Around<'_>) -> bool {
    let has = |parts: &[&str]| parts.iter().any(|part| text.contains(part));
    has(&["有了", "起来", "起來", "不再", "如何", "怎样", "怎么", "为何"])
        || around.has_word(text, "了有让讓向更再成出为為起到不能要才就是")
        || ["从", "從", "让", "讓", "以", "向", "把"].iter().any(|start| text.starts_with(start))
}

/// Places and things, with a space between them.
const THINGS: &str = "外景 全景 夜景 实景 一角 一隅 现场 現場 大门 大門 园区 園區 小镇 小鎮 大楼 大樓 大厦 展厅 展廳 展台 \
    展区 展區 车间 車間 生产线 实验室 设备 装置 产品 樣品 样品 机器人 仪式 会场 合影 效果图 鸟瞰 鸟瞰图 航拍 \
    码头 广场 绿道 公园 厂房 工地 堆场 作业区 居民楼 教室 校园 食堂 站台 车站 大桥 河道 田野 稻田 果园 基地 \
    总部 光伏 展示 场景 画面 风光 风貌 掠影 海报 照片 作品 书房 天文课 大会 论坛";

/// What can be photographed: captions name it, and end with it.
fn names_thing(text: &str) -> bool {
    let text = text.trim_end_matches(['”', '」', '》']);
    THINGS.split(' ').any(|thing| text.ends_with(thing))
}

/// Somebody is doing something: 市民在站台候车, 工人正在检修.
fn shows_doing(text: &str) -> bool {
    let is_one_clause = forms::clauses(text).len() == 1;
    let inside: String = text.chars().skip(2).collect();
    text.contains("正在")
        || text.contains("正為")
        || (is_one_clause && inside.contains('在') && !inside.ends_with('在'))
}

/// A line that says itself that it is a caption: 图为…, ▲…, … 摄.
pub(super) fn is_marked_caption(text: &str) -> bool {
    let starts = [
        "图为", "圖為", "图①", "图②", "图③", "图④", "图⑤", "图1", "图2", "图3", "图4", "图一", "图二",
        "图三", "图：", "上图", "下图", "左图", "右图", "▲", "△", "▼", "▽", "◀", "▶", "◆", "①", "②", "③",
    ];
    let bare = text.trim_end_matches(['。', '.', '）', ')', ' ', '\u{3000}']);
    let is_start = starts.iter().any(|mark| text.starts_with(mark));
    let is_end =
        ["摄", "攝", "摄影报道", "供图", "供圖", "制图", "製圖", "资料图", "资料图片", "效果图", "示意图"]
            .iter()
            .any(|mark| bare.ends_with(mark));
    let in_brackets = text.ends_with(['）', ')'])
        && text.rfind(['（', '(']).is_some_and(|at| at > 0 && is_credit(&text[at..]));
    forms::width(text) <= 160 && (is_start || is_end && !is_bare_credit(text) || in_brackets)
}

/// A line that says whose the pictures are: （图片由…提供）, 摄影：….
pub(super) fn is_credit(text: &str) -> bool {
    match forms::bracketed(text) {
        Some(inner) => forms::width(inner) <= 60 && speaks_of_pictures(inner),
        None => is_bare_credit(text),
    }
}

fn speaks_of_pictures(text: &str) -> bool {
    ["图", "圖", "摄", "攝", "照片", "提供"].iter().any(|word| text.contains(word))
        && !text.contains("下转")
        && !text.contains("记者")
        || (text.contains("摄") && text.contains("记者"))
}

fn is_bare_credit(text: &str) -> bool {
    let starts = [
        "摄影：",
        "摄影:",
        "攝影：",
        "图/",
        "图／",
        "图片：",
        "图片来源",
        "圖片來源",
        "供图：",
        "图片由",
        "本版图片",
        "本版摄影",
        "制图：",
        "摄影/",
        "摄/",
        "摄影 ",
    ];
    forms::width(text) <= 60 && starts.iter().any(|start| text.starts_with(start))
}

/// 责任编辑：…, 校对：…
fn is_editors(text: &str) -> bool {
    ["责任编辑", "責任編輯", "责编", "编辑：", "编辑:", "校对", "版式", "美编", "审核", "值班"]
        .iter()
        .any(|start| text.starts_with(start))
        && forms::width(text) <= 60
}

/// Says what was taken for a heading, a caption and the rest.
pub(super) fn say(items: &[Item], notes: &mut Vec<Note>) {
    notes.extend(items.iter().filter_map(diagnostics::item));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role(text: &str, next: Option<Kind>) -> Role {
        let dictionaries = Dictionaries::embedded();
        let around = Around { dictionaries: &dictionaries, lone: Vec::new(), prose: String::new() };
        line(text, Kind::Line, false, next, &around).0
    }

    #[test]
    fn two_clauses_before_a_paragraph_are_a_heading() {
        for text in [
            "集聚数字动能　做强智能产业",
            "抢抓新赛道，数字经济向新而行",
            "强链：龙头带动",
            "老小区有了新电梯",
            "一、开局",
            "钱从哪里来？",
        ] {
            assert_eq!(role(text, Some(Kind::Prose)), Role::Heading(2), "{text}");
        }
    }

    #[test]
    fn what_is_seen_is_a_caption() {
        for text in [
            "高桥云港园区大门",
            "市民在站台候车",
            "▲设计师为居民答疑",
            "图为小镇夜景",
            "观众体验产品。甲某 摄",
        ] {
            assert_eq!(role(text, Some(Kind::Prose)), Role::Caption, "{text}");
        }
    }

    #[test]
    fn credits_speak_of_pictures() {
        assert!(
            ["（图片由管委会提供）", "(均为资料图片)", "摄影：甲某", "（甲某 摄）"]
                .iter()
                .all(|text| is_credit(text))
        );
        assert!(["（下转第二版）", "（记者 甲某）", "“供楼+供地”"].iter().all(|text| !is_credit(text)));
    }
}
