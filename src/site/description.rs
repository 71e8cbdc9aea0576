//! What a page says to search engines and link previews: one or two sentences, 10 to 120 characters.

/// A description holds at most so many characters.
const LONGEST: usize = 120;
/// One below this says too little.
const SHORTEST: usize = 10;

const SENTENCE_ENDS: [char; 6] = ['。', '！', '？', '…', '!', '?'];
const CLAUSE_ENDS: [char; 9] = ['，', '；', '：', '、', ',', ';', ':', '—', ' '];
const CLOSING: [char; 8] = ['”', '’', '」', '』', '）', '》', '】', ')'];

/// The text, lengthened by the `more` it does not say yet where it is too short, and cut where it is too long.
/// `comma` is what stands between two texts.
pub(super) fn description<'t>(text: &str, more: impl IntoIterator<Item = &'t str>, comma: &str) -> String {
    let mut description = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for more in more {
        if description.chars().count() >= SHORTEST {
            break;
        }
        if !description.contains(more) {
            join(&mut description, more, comma);
        }
    }
    cut(&description)
}

/// The beginning of a text that is to stand in a list.
pub(super) fn excerpt(text: &str) -> String {
    cut(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// A comma between two texts, unless the first one ends with a mark of its own.
fn join(text: &mut String, more: &str, comma: &str) {
    text.truncate(text.trim_end_matches(CLAUSE_ENDS).len());
    let end = text.trim_end_matches(CLOSING);
    match end.ends_with(SENTENCE_ENDS) || end.ends_with('.') {
        _ if text.is_empty() => {}
        // Where a space follows a comma one follows a full stop.
        true => text.extend(comma.chars().filter(|c| *c == ' ')),
        false => text.push_str(comma),
    }
    text.push_str(more);
}

/// The text up to the end of a sentence, else of a clause, else cut between two characters, but in no Latin word.
fn cut(text: &str) -> String {
    let Some((limit, _)) = text.char_indices().nth(LONGEST) else { return text.to_owned() };
    let says_enough = |head: &&str| head.chars().count() >= SHORTEST;
    if let Some(sentences) = up_to_sentence(text, limit).filter(says_enough) {
        return sentences.to_owned();
    }
    // One character for the ellipsis.
    let room = text[..limit].char_indices().next_back().map_or(0, |(at, _)| at);
    let head = &text[..room];
    let clause = head.rfind(CLAUSE_ENDS).map(|end| head[..end].trim_end_matches(CLAUSE_ENDS));
    format!("{}…", clause.filter(says_enough).unwrap_or_else(|| whole_words(head, &text[room..])))
}

/// Without the word that is cut by the end of `head`, where something else stands before it.
fn whole_words<'t>(head: &'t str, rest: &str) -> &'t str {
    // Chinese, kana and what else lies beyond them is written without spaces.
    let is_in_word = |c: char| c.is_alphanumeric() && c < '\u{2E80}';
    if !rest.starts_with(is_in_word) {
        return head;
    }
    let whole = head.trim_end_matches(is_in_word);
    if whole.is_empty() { head } else { whole }
}

/// Up to the last mark that ends a sentence, with what closes after it.
fn up_to_sentence(text: &str, limit: usize) -> Option<&str> {
    let head = &text[..limit];
    // A full stop without a space behind it may be a decimal point.
    let end = head.rfind(SENTENCE_ENDS).max(head.rfind(". "))?;
    if head[end..].starts_with(". ") {
        return Some(&head[..=end]);
    }
    let rest = head[end..].trim_start_matches(SENTENCE_ENDS);
    let rest = rest.trim_start_matches(CLOSING);
    Some(&head[..limit - rest.len()])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn description<'t>(text: &str, more: impl IntoIterator<Item = &'t str>) -> String {
        super::description(text, more, "，")
    }

    fn length(text: &str) -> usize {
        text.chars().count()
    }

    #[test]
    fn texts_are_joined_without_doubled_marks() {
        assert_eq!(description("短句。", ["甲", "一个站点的名字"]), "短句。甲，一个站点的名字");
        assert_eq!(description("“短句！”", ["站点的名字"]), "“短句！”站点的名字");
        assert_eq!(description("短句，", ["一个站点的名字"]), "短句，一个站点的名字");
        assert_eq!(description("", ["甲", "乙"]), "甲，乙");
        assert_eq!(super::description("Short.", ["A longer title"], ", "), "Short. A longer title");
        assert_eq!(super::description("Short", ["A longer title"], ", "), "Short, A longer title");
        assert_eq!(description("已经说得足够长的一句", ["甲"]), "已经说得足够长的一句");
    }

    #[test]
    fn a_long_text_ends_with_a_sentence_or_a_clause() {
        let cut = description(&"这一句话有十个字左右。".repeat(20), []);
        assert!(cut.ends_with('。') && length(&cut) <= LONGEST, "{cut}");
        let cut = description(&"没有句号的一段，".repeat(30), []);
        assert!(cut.ends_with("一段…") && length(&cut) <= LONGEST, "{cut}");
        assert_eq!(length(&description(&"字".repeat(300), [])), LONGEST);
        assert_eq!(length(&description("短", [&*"站".repeat(300)])), LONGEST);
        let english = "A sentence of 3.5 lines that says what there is to say. ".repeat(4);
        assert_eq!(description(&english, []), english[..111].trim_end());
        let word = format!("{}JavaScript", "字".repeat(115));
        assert_eq!(description(&word, []), format!("{}…", "字".repeat(115)));
        let quoted = format!("“{}。”{}", "字".repeat(20), "尾".repeat(200));
        assert!(description(&quoted, []).ends_with("字。”"));
    }
}
