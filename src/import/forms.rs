//! What the shape of a line says: does a sentence end here, how wide is it, which marks does it begin and end with.
//!
//! Only looks at characters; which line is what stands in `head`, `joins` and `roles`.

use unicode_width::UnicodeWidthChar;

/// Marks that end a sentence.
const STOPS: &str = "。！？!?…；;";
/// What may follow such a mark.
const CLOSERS: &str = "”’」』）)》】\"";
/// What no line begins with, by the rules of setting type.
const NEVER_FIRST: &str = "，。、；：！？）》”’」』】…,.;:!?)%％";
/// What leaves a sentence open.
const OPENERS: &str = "（《“‘「『【(";

/// Longer than any word.
const LONG_WORD: usize = 100;

/// Columns: a Han character has two. Quotation marks and dashes are wide between Chinese.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(column_width).sum()
}

fn column_width(c: char) -> usize {
    match c {
        '“' | '”' | '‘' | '’' | '…' | '—' | '·' => 2,
        c => c.width().unwrap_or(0),
    }
}

/// Columns of what must stand together at the beginning of a line: a character or a Latin word, and marks that hang on it.
pub(super) fn first_width(text: &str) -> usize {
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return 0 };
    let is_word = |c: &char| c.is_ascii() && !c.is_whitespace();
    let mut columns = column_width(first);
    let rest: Vec<char> = chars.take(LONG_WORD).collect();
    let mut rest = rest.as_slice();
    if is_word(&first) || OPENERS.contains(first) {
        let word = rest.iter().take_while(|c| is_word(c)).count();
        columns += rest[..word].iter().map(|c| column_width(*c)).sum::<usize>();
        rest = &rest[word..];
    }
    columns + rest.iter().take_while(|c| NEVER_FIRST.contains(**c)).map(|c| column_width(*c)).sum::<usize>()
}

/// The last character that is seen.
pub(super) fn last(text: &str) -> Option<char> {
    text.chars().rev().find(|c| c.width().unwrap_or(0) > 0)
}

/// Whether a sentence ends with the text.
pub(super) fn ends_sentence(text: &str) -> bool {
    let bare = text.trim_end_matches(|c: char| CLOSERS.contains(c) || c.is_whitespace());
    match last(bare) {
        Some('.') => !bare.trim_end_matches('.').chars().all(|c| c.is_ascii_digit()),
        Some('：' | ':') => bare.len() == text.len(),
        Some(c) => STOPS.contains(c),
        None => false,
    }
}

/// Whether the text ends with a closing quotation mark or bracket.
pub(super) fn ends_closed(text: &str) -> bool {
    last(text).is_some_and(|c| CLOSERS.contains(c))
}

/// Whether the text cannot end here: a comma, an opening bracket.
pub(super) fn stays_open(text: &str) -> bool {
    last(text).is_some_and(|c| "，、,—".contains(c) || OPENERS.contains(c))
}

/// Whether no line can begin so.
pub(super) fn cannot_begin(text: &str) -> bool {
    text.chars().next().is_some_and(|c| NEVER_FIRST.contains(c))
}

/// Whether a bracket or quotation mark is open at the end.
pub(super) fn has_open_pair(text: &str) -> bool {
    let pairs = [('（', '）'), ('《', '》'), ('“', '”'), ('「', '」'), ('『', '』'), ('(', ')')];
    let count = |mark: char| text.matches(mark).count();
    pairs.iter().any(|(open, close)| count(*open) > count(*close))
}

/// Whether the text is running prose: it has sentences, or is too long for a headline.
pub(super) fn is_prose(text: &str) -> bool {
    let columns = width(text);
    text.contains('。')
        || (ends_sentence(text) && columns >= 28)
        || (text.contains(['，', ',']) && columns >= 64)
        || columns >= 84
}

/// The clauses of a headline: set apart by space, a colon or a comma.
pub(super) fn clauses(text: &str) -> Vec<&str> {
    let between = |c: char| c.is_whitespace() || "，：,:；".contains(c);
    text.split(between).filter(|clause| !clause.is_empty()).collect()
}

/// Whether it has Chinese characters.
pub(super) fn is_chinese(text: &str) -> bool {
    text.chars().any(is_han)
}

/// Whether a character is a Chinese one.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' | '〇' | '々')
}

/// Without the space, as lines are compared.
pub(super) fn tight(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Whether the whole of it stands in brackets; then what stands in them.
pub(super) fn bracketed(text: &str) -> Option<&str> {
    let inner = text.strip_prefix(['（', '('])?.strip_suffix(['）', ')'])?;
    (!inner.contains(['（', '('])).then_some(inner)
}

/// What a page prints beside its text: its number, the paper's date line.
pub(super) fn is_furniture(text: &str) -> bool {
    is_page_number(text) || is_date_line(text)
}

/// `04`, `— 12 —`, `第4版`, `A03 要闻`. A number before other words counts something, unless it is written as papers number pages: 04, A3.
fn is_page_number(text: &str) -> bool {
    let bare = tight(text);
    let bare = bare.trim_matches(['-', '—', '–', '·', '－', '/', '─']);
    let numbered = bare.strip_prefix('第').unwrap_or(bare);
    let number = numbered.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let is_of_page = numbered.starts_with('0') || number.len() < numbered.len();
    let digits = number.chars().take_while(char::is_ascii_digit).count();
    let chinese = number.chars().take_while(|c| "一二三四五六七八九十".contains(*c)).count();
    let behind = |count: usize| number.chars().skip(count).collect::<String>();
    match (digits, chinese) {
        (1..=3, _) => {
            let rest = behind(digits);
            rest.is_empty() || names_page(&rest) || (is_of_page && is_short_name(&rest))
        }
        (_, 1..=3) => bare.starts_with('第') && names_page(&behind(chinese)),
        _ => false,
    }
}

fn names_page(rest: &str) -> bool {
    rest.strip_prefix(['版', '页', '頁']).is_some_and(is_short_name)
}

/// The name of a page, such as 要闻, behind a colon or not; or none.
fn is_short_name(rest: &str) -> bool {
    let rest = rest.trim_start_matches(['：', ':', '·', '・']);
    rest.chars().count() <= 4 && rest.chars().all(is_han)
}

/// `2023年6月28日 星期三 第04版`, `2023-06-28 09:30 来源：…`: a day, and with it nothing but what a paper or a site prints beside it.
fn is_date_line(text: &str) -> bool {
    const BESIDE: [&str; 12] =
        ["星期", "版", "农历", "農曆", "总第", "期", "责编", "编辑", "来源", "來源", "发布", "浏览"];
    let Some((start, _, end)) = day_in(text) else { return false };
    let rest = tight(&format!("{}{}", &text[..start], &text[end..]));
    let is_time = rest.chars().all(|c| c.is_ascii_digit() || c == ':' || c == '：');
    is_time
        || (rest.chars().count() <= 32
            && !rest.contains(['，', '。'])
            && BESIDE.iter().any(|word| rest.contains(word)))
}

/// The day that a text names with year, month and day, and where it stands.
pub(super) fn day_in(text: &str) -> Option<(usize, [u32; 3], usize)> {
    [["年", "月", "日"], ["-", "-", ""], ["/", "/", ""], [".", ".", ""]]
        .iter()
        .find_map(|marks| day_with(text, *marks))
}

fn day_with(text: &str, [of_year, of_month, of_day]: [&str; 3]) -> Option<(usize, [u32; 3], usize)> {
    text.match_indices(of_year).find_map(|(at, _)| {
        let before = text[..at].trim_end();
        let start = before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let digits = before.len() - start;
        let year = before[start..].parse().ok().filter(|_| digits == 4)?;
        let (month, rest) = number(&text[at + of_year.len()..])?;
        let (day, rest) = number(rest.strip_prefix(of_month)?)?;
        let rest = rest.strip_prefix(of_day)?;
        Some((start, [year, month, day], text.len() - rest.len()))
    })
}

/// One or two digits and what follows them; space beside them is left out.
fn number(text: &str) -> Option<(u32, &str)> {
    let text = text.trim_start();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let number = text[..digits].parse().ok().filter(|_| (1..=2).contains(&digits))?;
    let rest = &text[digits..];
    let bare = rest.trim_start();
    Some((number, if bare.starts_with(['月', '日']) { bare } else { rest }))
}

/// The number that a section begins with: 一、 （二） 3.
pub(super) fn is_numbered(text: &str) -> bool {
    let is_number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let bare = text.trim_start_matches(['（', '(']);
    let count = bare.chars().take_while(|c| is_number(*c)).count();
    let rest: String = bare.chars().skip(count).collect();
    (1..=3).contains(&count)
        && (rest.is_empty() && bare.chars().all(|c| !c.is_ascii())
            || rest.starts_with(['、', '）', ')', '．'])
            || (rest.starts_with('.') && !rest[1..].starts_with(|c: char| c.is_ascii_digit())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_ends_inside_quotation_marks_too() {
        assert!(["好。", "好。”", "好！」", "好？）"].iter().all(|text| ends_sentence(text)));
        assert!(["以及服", "好，", "“半年红”", "3."].iter().all(|text| !ends_sentence(text)));
    }

    #[test]
    fn what_a_page_prints_beside_its_text_is_known() {
        let furniture = [
            "04",
            "— 12 —",
            "A07",
            "第4版",
            "第三版",
            "04版：要闻",
            "2023年6月28日　星期三　第04版　要闻",
            "2023-06-28 09:30  来源：余杭发布",
            "2023 年 6 月 28 日",
        ];
        assert!(furniture.iter().all(|text| is_furniture(text)), "{furniture:?}");
        let text = ["3个项目", "2023年6月28日，大会开幕", "第三条路", "一、钱从哪里来"];
        assert!(text.iter().all(|text| !is_furniture(text)), "{text:?}");
    }

    #[test]
    fn sections_are_numbered_in_many_ways() {
        assert!(["一、开局", "二", "（二）破题", "3. 收官", "(4)展望"].iter().all(|text| is_numbered(text)));
        assert!(["一手抓签约", "3.5万户", "十里荷花"].iter().all(|text| !is_numbered(text)));
    }
}
