//! Half-width punctuation in Chinese text becomes full-width: `(含XR)` beside Chinese, `好,`.
//!
//! A mark between Latin letters or digits is theirs (1,141; v2.0). One character becomes one character.

use super::Draft;
use super::diagnostics::{self, Note};
use super::forms;
use super::head::Part;
use super::roles::Role;

/// Makes the marks of a page full-width where they belong to Chinese.
pub(super) fn widen(draft: &mut Draft, notes: &mut Vec<Note>) {
    let head = draft.head.lines.iter_mut().filter(|line| !matches!(line.part, Part::Date | Part::Printed));
    let head = head.map(|line| (line.line, &mut line.text));
    let items = draft.items.iter_mut().filter(|item| !matches!(item.role, Role::Markdown | Role::Printed));
    let items = items.map(|item| (item.line, &mut item.text));
    for (line, text) in head.chain(items) {
        let wide = full_width(text);
        if wide != *text {
            let marks: String =
                text.chars().zip(wide.chars()).filter(|(a, b)| a != b).map(|(a, _)| a).collect();
            notes.push(diagnostics::widened(line, &marks));
            *text = wide;
        }
    }
}

/// The text with full-width marks where they belong to Chinese.
pub(super) fn full_width(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    if !text.contains([',', ';', ':', '!', '?', '(', '.']) || !forms::is_chinese(text) {
        return text.to_owned();
    }
    let mut wide = chars.clone();
    brackets(&chars, &mut wide);
    for (at, c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| wide[before]);
        let behind = chars.get(at + 1).copied();
        if let Some(mark) = full(*c)
            && (before.is_some_and(is_wide)
                || behind.is_some_and(forms::is_han) && before.is_some_and(|c| !c.is_whitespace()))
        {
            wide[at] = mark;
        }
        if *c == '.' && before.is_some_and(is_wide) && behind.is_none_or(is_wide) {
            wide[at] = '。';
        }
    }
    wide.into_iter().collect()
}

fn full(c: char) -> Option<char> {
    Some(match c {
        ',' => '，',
        ';' => '；',
        ':' => '：',
        '!' => '！',
        '?' => '？',
        _ => return None,
    })
}

fn is_wide(c: char) -> bool {
    forms::is_han(c) || "，。、；：？！）》”’」』】（《“‘「『【…".contains(c)
}

/// Both brackets of a pair, where it holds Chinese or stands behind it.
fn brackets(chars: &[char], wide: &mut [char]) {
    let mut open = Vec::new();
    for (at, c) in chars.iter().enumerate() {
        match c {
            '(' => open.push(at),
            ')' => {
                let Some(start) = open.pop() else { continue };
                let behind_han = start.checked_sub(1).is_some_and(|before| is_wide(chars[before]));
                if behind_han || chars[start..at].iter().copied().any(forms::is_han) {
                    (wide[start], wide[at]) = ('（', '）');
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_beside_chinese_are_wide() {
        assert_eq!(full_width("设备,软件(含XR);好!"), "设备，软件（含XR）；好！");
        assert_eq!(full_width("企业(DTC)出海."), "企业（DTC）出海。");
        assert_eq!(full_width("来源:管委会"), "来源：管委会");
    }

    #[test]
    fn marks_of_latin_text_and_numbers_stay() {
        for text in ["企业1,141家", "版本v2.0上线", "vivo,OPPO等企业", "It is (of course) fine."] {
            assert_eq!(full_width(text), text);
        }
    }
}
