//! The head of a page: kicker, headline, second headline, byline, day and source.
//!
//! In: the blocks above the first paragraph. Out: what each is, and those that belong to the body after all (a section heading, a
//! caption). A Chinese page is set so: a line above the headline that says what it is about, the headline, below it a longer line or one
//! that begins with a dash, then who wrote it.

use super::blocks::Block;
use super::diagnostics::{self, Certainty, Note};
use super::forms;
use super::joins;
use super::roles;
use crate::script::{Script, detect};

/// What a line of the head is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Kicker,
    Title,
    Subtitle,
    Byline,
    Date,
    Source,
    /// The page's number, the paper's name and day.
    Printed,
}

/// A line of the head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) part: Part,
    pub(super) line: usize,
    pub(super) text: String,
    pub(super) certainty: Certainty,
    pub(super) reason: &'static str,
}

/// The lines of the head, in their order.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub(super) lines: Vec<Line>,
}

impl Head {
    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    pub(super) fn has(&self, part: Part) -> bool {
        self.lines.iter().any(|line| line.part == part)
    }

    pub(super) fn add(&mut self, part: Part, block: Block, certainty: Certainty, reason: &'static str) {
        self.lines.push(Line { part, line: block.line, text: block.text, certainty, reason });
    }

    /// The headline; where there is none, `name` becomes it.
    pub(super) fn settle_title(&mut self, name: &str, notes: &mut Vec<Note>) -> String {
        let titles: Vec<&str> = self
            .lines
            .iter()
            .filter(|line| line.part == Part::Title)
            .map(|line| line.text.as_str())
            .collect();
        if !titles.is_empty() {
            return titles.join("\u{3000}");
        }
        notes.push(diagnostics::no_title(name));
        let title = Line {
            part: Part::Title,
            line: 0,
            text: name.to_owned(),
            certainty: Certainty::Guess,
            reason: diagnostics::FROM_NAME,
        };
        self.lines.insert(0, title);
        name.to_owned()
    }

    pub(super) fn say(&self, notes: &mut Vec<Note>) {
        notes.extend(self.lines.iter().filter(|line| line.line > 0).map(diagnostics::head));
    }
}

/// So many lines a head has at most.
const LONGEST: usize = 12;

/// Where the head ends: before the first paragraph. A text without any has one line of head.
pub(super) fn end(blocks: &[Block]) -> usize {
    let is_body = |block: &Block| {
        block.text.contains('。')
            || begins_report(&block.text)
            || forms::width(&block.text) >= 72
            || block.last > block.line
    };
    let end = blocks.iter().position(is_body).unwrap_or_else(|| {
        let first = blocks.iter().position(|block| !forms::is_furniture(&block.text));
        first.map_or(blocks.len(), |first| first + 1)
    });
    end.min(LONGEST)
}

/// `本报讯`, `新华社杭州6月28日电`: here a report begins.
fn begins_report(text: &str) -> bool {
    let start: String = text.chars().take(24).collect();
    ["本报讯", "本報訊", "本网讯", "【"].iter().any(|mark| start.starts_with(mark) && forms::width(text) > 24)
        || (["本报", "本報", "新华社", "新華社", "中新社"].iter().any(|mark| start.starts_with(mark))
            && start.contains(['电', '電']))
}

/// What the blocks above the first paragraph are, and those that are no part of the head.
pub(super) fn read(blocks: Vec<Block>) -> (Head, Vec<Block>) {
    let mut head = Head::default();
    let mut headlines: Vec<Block> = Vec::new();
    let mut rest = Vec::new();
    let count = blocks.len();
    for (index, block) in blocks.into_iter().enumerate() {
        let is_last = index + 1 == count;
        let certain = Certainty::Certain;
        if forms::is_furniture(&block.text) {
            add_printed(&mut head, block);
        } else if is_source(&block.text) {
            head.add(Part::Source, block, certain, diagnostics::SAYS_SO);
        } else if let Some((certainty, reason)) = byline(&block.text, !headlines.is_empty(), is_last) {
            head.add(Part::Byline, block, certainty, reason);
        } else if headlines.is_empty() && is_paper(&block.text) && !is_last {
            head.add(Part::Printed, block, Certainty::Likely, diagnostics::PAPER);
        } else if head.has(Part::Byline) || !rest.is_empty() || belongs_to_body(&block.text) {
            rest.push(block);
        } else {
            add_headline(&mut headlines, block);
        }
    }
    rank(headlines, &mut head);
    head.lines.sort_by_key(|line| line.line);
    (head, rest)
}

/// A headline that ends with 的 goes on in the next line.
fn add_headline(headlines: &mut Vec<Block>, block: Block) {
    match headlines.last_mut().filter(|before| joins::ends_with_particle(&before.text) && block.gap == 0) {
        Some(before) => {
            before.text.push_str(&block.text);
            before.last = block.last;
        }
        None => headlines.push(block),
    }
}

fn belongs_to_body(text: &str) -> bool {
    forms::is_numbered(text) || roles::is_marked_caption(text) || roles::is_credit(text)
}

fn add_printed(head: &mut Head, block: Block) {
    let is_day = forms::day_in(&block.text).is_some() && !head.has(Part::Date);
    let part = if is_day { Part::Date } else { Part::Printed };
    head.add(part, block, Certainty::Certain, diagnostics::PRINTED);
}

fn is_paper(text: &str) -> bool {
    let bare = forms::tight(text);
    (3..=7).contains(&bare.chars().count())
        && [
            "日报",
            "晚报",
            "晨报",
            "早报",
            "时报",
            "日報",
            "晚報",
            "晨報",
            "周报",
            "周刊",
            "快报",
            "都市报",
            "导报",
        ]
        .iter()
        .any(|end| bare.ends_with(end))
}

/// `来源：…`, also in brackets.
pub(super) fn is_source(text: &str) -> bool {
    let inner = forms::bracketed(text).unwrap_or(text);
    let is_label = |label: &str| inner.strip_prefix(label).is_some_and(|rest| rest.starts_with(['：', ':']));
    ["来源", "來源", "稿源", "稿件来源", "新闻来源", "信息来源", "资料来源", "資料來源"]
        .iter()
        .any(|label| is_label(label))
        && forms::width(inner) <= 60
}

/// Which of the lines is the headline, which stand above and below it.
fn rank(mut lines: Vec<Block>, head: &mut Head) {
    let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
    let Some((title, certainty, reason)) = title_among(&texts) else { return };
    let below = lines.split_off(title + set_over(&texts[title..]));
    let of_title = lines.split_off(title);
    lines.into_iter().for_each(|line| head.add(Part::Kicker, line, certainty, reason));
    of_title.into_iter().for_each(|line| head.add(Part::Title, line, certainty, reason));
    below.into_iter().for_each(|line| head.add(Part::Subtitle, line, certainty, reason));
}

/// Over how many lines a headline is set: lines below it in its script and of its length are its clauses, if it is set apart by its script.
fn set_over(texts: &[&str]) -> usize {
    let is_hant = |text: &&&str| detect(text).script() == Some(Script::Hant);
    let Some(first) = texts.first().filter(is_hant) else { return 1 };
    let is_alike = |text: &&&str| is_hant(text) && forms::width(text).abs_diff(forms::width(first)) <= 2;
    texts.iter().take_while(is_alike).count().max(1)
}

fn title_among(texts: &[&str]) -> Option<(usize, Certainty, &'static str)> {
    let dash = texts.iter().position(|text| text.starts_with(['—', '─', '－']));
    let width = |index: usize| forms::width(texts[index]);
    Some(match (texts, dash) {
        ([], _) => return None,
        ([_], _) => (0, Certainty::Certain, diagnostics::FIRST_LINE),
        (_, Some(dash)) if dash > 0 => (dash - 1, Certainty::Certain, diagnostics::DASH),
        ([first, ..], _) if is_kicker(first) => (1, Certainty::Likely, diagnostics::KICKER_WORDS),
        ([first, second, ..], _) if is_other_script(first, second) => {
            (1, Certainty::Likely, diagnostics::TRADITIONAL)
        }
        _ if width(0) * 5 <= width(1) * 4 => (0, Certainty::Likely, diagnostics::SHORTER),
        _ if width(1) * 5 <= width(0) * 4 => (1, Certainty::Likely, diagnostics::SHORTER),
        ([_, _], _) => (0, Certainty::Guess, diagnostics::ORDER),
        _ => (1, Certainty::Guess, diagnostics::ORDER),
    })
}

fn is_other_script(first: &str, second: &str) -> bool {
    let hant = detect(second);
    hant.script() == Some(Script::Hant) && hant.hant >= 2 && detect(first).script() != Some(Script::Hant)
}

/// What papers write above a headline: the name of a series, a clause that ends with a colon.
fn is_kicker(text: &str) -> bool {
    let words = [
        "系列报道",
        "系列報道",
        "报道之",
        "調研行",
        "调研行",
        "走基层",
        "巡礼",
        "述评",
        "特别报道",
        "一线观察",
        "聚焦",
        "专题",
        "特稿",
        "进行时",
        "答卷",
        "一线调研",
        "新春",
        "喜迎",
        "学习贯彻",
        "解码",
        "「",
    ];
    text.ends_with(['：', ':']) || words.iter().any(|word| text.contains(word))
}

const LABELS: [&str; 30] = [
    "全媒体",
    "融媒体",
    "通讯员",
    "通訊員",
    "评论员",
    "記者",
    "记者",
    "特约",
    "特約",
    "见习",
    "实习",
    "首席",
    "本报讯",
    "本报",
    "本報",
    "本刊",
    "本网",
    "作者",
    "撰文",
    "采写",
    "采访",
    "供稿",
    "报道",
    "文字",
    "文图",
    "摄影",
    "攝影",
    "特派",
    "驻站",
    "撰稿",
];
/// Of those, the ones that name who wrote.
const WRITERS: [&str; 12] =
    ["记者", "記者", "通讯员", "通訊員", "作者", "撰文", "采写", "供稿", "评论员", "文字", "撰稿", "文图"];

/// Whether a line says who wrote the text: it says so (本报记者 …), or holds nothing but names.
pub(super) fn byline(text: &str, below_headline: bool, is_last: bool) -> Option<(Certainty, &'static str)> {
    let inner = forms::bracketed(text).unwrap_or(text);
    let inner = inner.trim_start_matches(|c: char| "□■○●◎◆△▲☆★—-·".contains(c) || c.is_whitespace());
    if let Some(names) = inner.strip_prefix("By ").or_else(|| inner.strip_prefix("by ")) {
        return (names.split_whitespace().count() <= 8)
            .then_some((Certainty::Certain, diagnostics::SAYS_WHO));
    }
    let is_both = ["文/图", "文／图", "图/文", "图文", "文：", "文:", "文/", "文／", "文|", "文 "]
        .iter()
        .any(|mark| inner.starts_with(mark));
    if is_both || WRITERS.iter().any(|label| inner.contains(label)) {
        return are_names_with_labels(inner).then_some((Certainty::Certain, diagnostics::SAYS_WHO));
    }
    let (count, known) = names(inner)?;
    match (count, known) {
        _ if !below_headline => None,
        (2..=4, true) => Some((Certainty::Likely, diagnostics::NAMES)),
        (1, true) if is_last => Some((Certainty::Likely, diagnostics::NAMES)),
        (2..=4, false) if is_last => Some((Certainty::Guess, diagnostics::NAMES)),
        _ => None,
    }
}

fn are_names_with_labels(text: &str) -> bool {
    let mut rest = text.to_owned();
    for label in LABELS {
        rest = rest.replace(label, " ");
    }
    let marks = |c: char| c.is_whitespace() || "/／：:、，,·|（）()".contains(c);
    let names: Vec<&str> = rest.split(marks).filter(|name| !name.is_empty()).collect();
    let is_name = |name: &&str| {
        let count = name.chars().count();
        name.chars().all(forms::is_han) && count <= 4
            || (name.is_ascii() && count <= 20 && name.chars().all(|c| c.is_ascii_alphabetic() || c == '.'))
    };
    (1..=10).contains(&names.len()) && names.iter().all(is_name) && !text.contains(['。', '？', '！'])
}

/// Names set apart by space: how many, and whether each begins with a surname. A name of two characters may be spaced out (王　伟).
fn names(text: &str) -> Option<(usize, bool)> {
    let mut names: Vec<String> = Vec::new();
    let mut is_open = false;
    for part in text.split(|c: char| c.is_whitespace() || c == '、').filter(|part| !part.is_empty()) {
        let count = part.chars().count();
        if !part.chars().all(forms::is_han) || count > 4 {
            return None;
        }
        match names.last_mut().filter(|_| is_open && count == 1) {
            Some(name) => name.push_str(part),
            None => names.push(part.to_owned()),
        }
        is_open = count == 1 && !is_open;
    }
    let is_whole = |name: &String| (2..=4).contains(&name.chars().count());
    let is_known = |name: &String| {
        name.starts_with(|c| SURNAMES.contains(c)) && name.chars().count() <= 3
            || COMPOUND.iter().any(|surname| name.starts_with(surname))
    };
    (!names.is_empty() && names.iter().all(is_whole)).then(|| (names.len(), names.iter().all(is_known)))
}

const SURNAMES: &str = "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖蕭田董袁潘于余餘叶葉蒋蔣杜苏蘇魏程吕呂丁任沈姚卢盧姜崔钟鍾谭譚陆陸汪范範金石廖贾賈夏韦韋付傅方白邹鄒孟熊秦邱江尹薛闫阎段雷侯龙龍史陶黎贺賀顾顧毛郝龚龔邵万萬钱錢严嚴覃武戴莫孔向汤湯温柳施褚卫衛尤华華戚喻柏章云雲葛奚包倪俞裘缪郎鲁鲍凤花费廉岑常乐時时皮卞齐康伍元卜平和穆祁毕舒屈项祝阮蓝闵席季麻强贯路娄危童颜梅盛刁骆蔡樊凌霍虞柯管左耿翁宁仇甲乙丙丁";
const COMPOUND: [&str; 8] = ["欧阳", "歐陽", "上官", "司马", "司馬", "诸葛", "諸葛", "司徒"];

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(lines: &[&str]) -> Vec<(Part, String)> {
        let block = |(index, text): (usize, &&str)| Block {
            line: index + 1,
            last: index + 1,
            text: (*text).to_owned(),
            indent: 0,
            gap: 0,
        };
        let (head, rest) = read(lines.iter().enumerate().map(block).collect());
        assert!(rest.is_empty(), "{rest:?}");
        head.lines.into_iter().map(|line| (line.part, line.text)).collect()
    }

    fn is(lines: &[&str], expected: &[Part]) {
        let found: Vec<Part> = parts(lines).into_iter().map(|line| line.0).collect();
        assert_eq!(found, expected, "{lines:?}");
    }

    #[test]
    fn a_headline_has_a_line_above_or_below() {
        is(&["山乡巨变", "——从一条路看城乡融合"], &[Part::Title, Part::Subtitle]);
        is(&["老小区里的新鲜事：", "装一台电梯要几步？"], &[Part::Kicker, Part::Title]);
        is(&["奋力打赢经济翻身仗的六月", "半年红"], &[Part::Kicker, Part::Title]);
        is(&["奋进未来科技城", "深耕創新沃土　匯聚數字動能"], &[Part::Kicker, Part::Title]);
        is(
            &["高质量发展调研行", "山乡巨变", "——城乡融合", "甲某 乙某"],
            &[Part::Kicker, Part::Title, Part::Subtitle, Part::Byline],
        );
    }

    #[test]
    fn bylines_say_who_or_hold_only_names() {
        for text in [
            "本报记者 甲某 乙某",
            "□ 通讯员 甲某",
            "文/图 记者甲 乙",
            "（记者 甲某）",
            "作者：甲某",
            "甲　某　乙某某",
        ] {
            is(&["半年红", text], &[Part::Title, Part::Byline]);
        }
        assert!(byline("记者：科研成果转化难在哪里？", true, true).is_none());
        assert!(byline("二次攀峰 再出发吧", true, false).is_none());
    }

    #[test]
    fn the_day_and_the_page_are_no_headlines() {
        is(&["2023年6月28日 星期三", "第04版", "半年红"], &[Part::Date, Part::Printed, Part::Title]);
    }
}
