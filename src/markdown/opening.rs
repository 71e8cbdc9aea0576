//! The first paragraph as a description, where a page has no summary.

/// A description holds at most so many characters.
const LONGEST: usize = 120;
/// A sentence shorter than this says too little to stand alone.
const SHORTEST: usize = 10;

/// The text, cut where a sentence ends, else where a clause ends, else anywhere.
pub(super) fn cut(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((limit, _)) = text.char_indices().nth(LONGEST) else { return text };
    let head = &text[..limit];
    let long_enough = |end: &usize| text[..*end].chars().count() >= SHORTEST;
    if let Some(end) = last_end(head, &['。', '！', '？', '!', '?'], true).filter(long_enough) {
        return head[..end].to_owned();
    }
    let room = head.char_indices().next_back().map_or(0, |(at, _)| at);
    let head = &text[..room];
    let end =
        last_end(head, &['，', '；', '：', '、', ',', ';', ' '], false).filter(long_enough).unwrap_or(room);
    let clause = head[..end].trim_end_matches(['，', '；', '：', '、', ',', ';', ' ']);
    format!("{clause}…")
}

/// The end of the last of `marks`, with the quotation marks and brackets that close after it.
fn last_end(text: &str, marks: &[char], closing_too: bool) -> Option<usize> {
    let at = text.rfind(marks)?;
    let mark = text[at..].chars().next()?;
    let end = at + mark.len_utf8();
    let closing = |c: char| closing_too && matches!(c, '”' | '’' | '」' | '』' | '）' | '》' | ')');
    let rest = &text[end..];
    Some(end + rest.len() - rest.trim_start_matches(closing).len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_text_stays_whole() {
        assert_eq!(cut("第一句。\n第二句。"), "第一句。 第二句。");
    }

    #[test]
    fn a_long_text_ends_with_a_sentence() {
        let sentence = "这一句话有十个字左右。";
        let text = sentence.repeat(20);
        let cut = cut(&text);
        assert!(cut.ends_with('。') && cut.chars().count() <= LONGEST, "{cut}");
    }

    #[test]
    fn a_text_without_sentences_ends_with_a_clause() {
        let text = "没有句号的一段，".repeat(30);
        assert!(cut(&text).ends_with("一段…"));
        assert_eq!(cut(&"字".repeat(300)).chars().count(), LONGEST);
    }
}
