//! Lines of colons that open and close components: found in a source, and hidden from the Markdown parser.
//!
//! In: a text. Out: the lines, taken apart; and a text of the same bytes in which each of them is a thematic break, which the
//! parser reports with its place and which ends a paragraph or a table as the line is meant to. Never: a line that the parser
//! does not report, as it stands in code or HTML.
//!
//! The syntax is that of Pandoc's fenced divs as VitePress, VuePress and Docusaurus write it: three colons or more, a name, a
//! title, attributes; a line of colons closes the component that was opened last.
//!
//! ```text
//! ::: chart bar file="chains.csv" title="两条产业链"
//! ::: tip 提示
//! :::note[说明]
//! ::: {.note #id title="说明"}
//! ```

use std::ops::Range;

/// A line of colons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// From its first colon to its last character.
    pub(super) span: Range<usize>,
    pub(super) meaning: Meaning,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meaning {
    Opens(Opening),
    Closes,
}

/// What an opening line says; all ranges are of the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Opening {
    pub(super) name: Range<usize>,
    pub(super) title: Option<Range<usize>>,
    pub(super) id: Option<Range<usize>>,
    /// Keys and values, in order; values without their quotation marks.
    pub(super) attributes: Vec<(Range<usize>, Range<usize>)>,
    /// What could not be understood.
    pub(super) stray: Option<Range<usize>>,
    /// What looks like an attribute where none can be read.
    pub(super) nearly: Option<Nearly>,
}

/// An attribute with other marks than those of one, or with none: `by=“发言人”`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Nearly {
    pub(super) whole: Range<usize>,
    pub(super) key: Range<usize>,
    /// Without its marks.
    pub(super) value: Range<usize>,
    /// Whether marks of some kind stand around the value: then it is an attribute that is meant, whatever its key.
    pub(super) is_quoted: bool,
}

impl Line {
    /// The same line of a text that stands so many bytes further on.
    pub(super) fn moved(self, by: usize) -> Self {
        let moved = |range: Range<usize>| range.start + by..range.end + by;
        let meaning = match self.meaning {
            Meaning::Closes => Meaning::Closes,
            Meaning::Opens(opening) => Meaning::Opens(Opening {
                name: moved(opening.name),
                title: opening.title.map(moved),
                id: opening.id.map(moved),
                attributes: opening
                    .attributes
                    .into_iter()
                    .map(|(key, value)| (moved(key), moved(value)))
                    .collect(),
                stray: opening.stray.map(moved),
                nearly: opening.nearly.map(|nearly| Nearly {
                    whole: moved(nearly.whole),
                    key: moved(nearly.key),
                    value: moved(nearly.value),
                    is_quoted: nearly.is_quoted,
                }),
            }),
        };
        Self { span: moved(self.span), meaning }
    }
}

/// The lines of colons in `text`, those in code too.
pub(super) fn find(text: &str) -> Vec<Line> {
    if !text.contains(":::") {
        return Vec::new();
    }
    let spans = spans(text, &[], |line| line.starts_with(":::"));
    spans.map(|span| Line { meaning: meaning(text, span.clone()), span }).collect()
}

/// The full-width colons at the beginning of lines that were meant to be lines of colons.
pub(super) fn full_width(text: &str, code: &[Range<usize>]) -> Vec<Range<usize>> {
    let colons = |line: &str| line.len() - line.trim_start_matches([':', '：']).len();
    let is_meant = |line: &str| {
        let colons = &line[..colons(line)];
        colons.contains('：') && colons.chars().count() >= 3
    };
    let spans = spans(text, code, is_meant);
    spans.map(|span| span.start..span.start + colons(&text[span])).collect()
}

/// The lines that `is_meant`, from where a block can begin to their last character, those in code excepted.
fn spans<'t>(
    text: &'t str,
    code: &'t [Range<usize>],
    is_meant: impl Fn(&str) -> bool + 't,
) -> impl Iterator<Item = Range<usize>> + 't {
    let (mut at, mut code) = (0, code.iter().peekable());
    text.split_inclusive('\n').filter_map(move |line| {
        let start = at + before_block(line);
        at += line.len();
        while code.next_if(|code| code.end <= start).is_some() {}
        let is_code = code.peek().is_some_and(|code| code.start <= start);
        let span = start..start + text[start..at].trim_end().len();
        (!is_code && is_meant(&text[span.clone()])).then_some(span)
    })
}

/// The length of what opens and continues blocks around the one that begins in a line: indentation, quotations, items,
/// footnotes, definitions. Whether it does is for the parser to say.
fn before_block(line: &str) -> usize {
    let mut rest = line;
    loop {
        rest = rest.trim_start_matches([' ', '\t', '>']);
        let number = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let marker = match &rest.as_bytes()[number..] {
            [b'-' | b'+' | b'*' | b':', b' ' | b'\t', ..] if number == 0 => 1,
            [b'.' | b')', b' ' | b'\t', ..] if number > 0 => number + 1,
            [b'[', b'^', ..] if number == 0 => rest.find("]: ").map_or(0, |label| label + 2),
            _ => 0,
        };
        if marker == 0 {
            return line.len() - rest.len();
        }
        rest = &rest[marker..];
    }
}

/// The text in which the lines are thematic breaks.
pub(super) fn hide(text: &str, lines: &[Line]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for line in lines {
        out.push_str(&text[done..line.span.start]);
        // Not `***`, which behind the `*` of a list would be a break with it.
        out.push_str("___");
        out.extend(std::iter::repeat_n(' ', line.span.len() - 3));
        done = line.span.end;
    }
    out.push_str(&text[done..]);
    out
}

/// The values of `file` in a text, wherever they stand: what a document may want to read.
pub(super) fn files(text: &str) -> impl Iterator<Item = &str> {
    find(text).into_iter().filter_map(|line| match line.meaning {
        Meaning::Opens(opening) => {
            let file = opening.attributes.into_iter().find(|(key, _)| &text[key.clone()] == "file");
            file.map(|(_, value)| &text[value])
        }
        Meaning::Closes => None,
    })
}

fn meaning(text: &str, span: Range<usize>) -> Meaning {
    let mut rest = Rest { text, at: span.start, end: span.end };
    rest.skip(|c| c == ':');
    rest.skip(char::is_whitespace);
    if rest.is_over() {
        return Meaning::Closes;
    }
    let mut opening = Opening { name: rest.name(), ..Opening::default() };
    rest.skip(|c| c == ' ' || c == '\t');
    if let Some(title) = rest.enclosed('[', ']') {
        opening.title = Some(title);
        rest.skip(char::is_whitespace);
    }
    // `::: {note}` names it in braces; what follows is then a title or attributes.
    let mut is_braced = false;
    if let Some(inner) = rest.enclosed('{', '}') {
        braced(text, inner, &mut opening);
        is_braced = true;
        rest.skip(char::is_whitespace);
    }
    open(rest, is_braced, &mut opening);
    let unread = [&opening.stray, &opening.title].into_iter().flatten();
    opening.nearly = unread.filter_map(|span| nearly(text, span.clone())).next();
    Meaning::Opens(opening)
}

/// The first thing in a title that looks like an attribute.
fn nearly(text: &str, span: Range<usize>) -> Option<Nearly> {
    let inner = &text[span.clone()];
    let starts = inner.char_indices().filter(|(at, _)| *at == 0 || inner[..*at].ends_with([' ', '\t']));
    starts.filter_map(|(at, _)| nearly_at(text, span.start + at..span.end)).next()
}

fn nearly_at(text: &str, span: Range<usize>) -> Option<Nearly> {
    let is_mark = |c: char| "\"'“”„‟‘’「」『』＂＇".contains(c);
    let mut rest = Rest { text, at: span.start, end: span.end };
    rest.skip(is_key);
    let key = span.start..rest.at;
    rest.skip(|c| c == ' ');
    if key.is_empty() || !rest.left().starts_with(['=', '＝']) {
        return None;
    }
    rest.skip(|c| c == '=' || c == '＝');
    rest.skip(|c| c == ' ');
    let is_quoted = rest.left().starts_with(is_mark);
    rest.skip(is_mark);
    let start = rest.at;
    rest.skip(|c| if is_quoted { !is_mark(c) } else { !c.is_whitespace() });
    let value = start..start + text[start..rest.at].trim_end().len();
    if is_quoted {
        rest.skip(is_mark);
    }
    let whole = span.start..span.start + text[span.start..rest.at].trim_end().len();
    (!value.is_empty()).then_some(Nearly { whole, key, value, is_quoted })
}

/// A title, then attributes; either may be missing. Outside braces a value needs quotation marks, so that `x=1` may stand in
/// a title. Colons at the end are ornament.
fn open(rest: Rest<'_>, is_braced: bool, opening: &mut Opening) {
    let left = rest.left().trim_end_matches(':').trim_end();
    let attributes = first_attribute(left);
    let title = left[..attributes].trim_end();
    if !title.is_empty() {
        let span = rest.at..rest.at + title.len();
        if opening.title.is_none() { opening.title = Some(span) } else { opening.stray = Some(span) }
    }
    let mut rest = Rest { text: rest.text, at: rest.at + attributes, end: rest.at + left.len() };
    while !rest.is_over() {
        rest.skip(char::is_whitespace);
        match rest.attribute() {
            Some(attribute) => opening.attributes.push(attribute),
            None => {
                // VitePress writes `{open}` behind a title.
                if let Some(inner) = rest.enclosed('{', '}').filter(|_| !is_braced) {
                    braced(rest.text, inner, opening);
                    continue;
                }
                opening.stray = Some(rest.at..rest.end);
                break;
            }
        }
    }
}

/// Where in a line the first `key="value"` or brace begins.
fn first_attribute(line: &str) -> usize {
    let starts = line.char_indices().filter(|(at, _)| *at == 0 || line[..*at].ends_with([' ', '\t']));
    let is_attribute = |at: &usize| {
        let word = &line[*at..];
        let name = word.len() - word.trim_start_matches(is_key).len();
        (name > 0 && (word[name..].starts_with("=\"") || word[name..].starts_with("='")))
            || word.starts_with('{')
    };
    starts.map(|(at, _)| at).find(is_attribute).unwrap_or(line.len())
}

/// `{.name #id key=value key="a value"}`; the first word is the name where none was given.
fn braced(text: &str, inner: Range<usize>, opening: &mut Opening) {
    let mut rest = Rest { text, at: inner.start, end: inner.end };
    loop {
        rest.skip(char::is_whitespace);
        if rest.is_over() {
            return;
        }
        if let Some(attribute) = rest.attribute() {
            opening.attributes.push(attribute);
            continue;
        }
        let word = rest.word();
        match &text[word.clone()] {
            id if id.starts_with('#') && id.len() > 1 => opening.id = Some(word.start + 1..word.end),
            class if class.starts_with('.') && opening.name.is_empty() => {
                opening.name = word.start + 1..word.end;
            }
            _ if opening.name.is_empty() => opening.name = word,
            // A word alone is a switch: `open`.
            _ => opening.attributes.push((word.clone(), word)),
        }
    }
}

fn is_key(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '-'
}

/// What is left of a line.
#[derive(Clone, Copy)]
struct Rest<'t> {
    text: &'t str,
    at: usize,
    end: usize,
}

impl<'t> Rest<'t> {
    fn left(&self) -> &'t str {
        &self.text[self.at..self.end]
    }

    fn is_over(&self) -> bool {
        self.left().trim_end().is_empty()
    }

    fn skip(&mut self, of: impl Fn(char) -> bool) {
        let left = self.left();
        self.at += left.len() - left.trim_start_matches(of).len();
    }

    /// Letters and digits of any script, hyphens and underscores.
    fn name(&mut self) -> Range<usize> {
        let start = self.at;
        self.skip(|c| c.is_alphanumeric() || c == '-' || c == '_');
        start..self.at
    }

    fn word(&mut self) -> Range<usize> {
        let start = self.at;
        self.skip(|c| !c.is_whitespace());
        start..self.at
    }

    /// What stands between two marks here.
    fn enclosed(&mut self, open: char, close: char) -> Option<Range<usize>> {
        let inner = self.left().strip_prefix(open)?;
        let mut quote = None;
        let is_end = |(at, c): (usize, char)| match quote {
            Some(mark) if c == mark => {
                quote = None;
                None
            }
            Some(_) => None,
            None if open == '{' && (c == '"' || c == '\'') => {
                quote = Some(c);
                None
            }
            None => (c == close).then_some(at),
        };
        let length = inner.char_indices().find_map(is_end)?;
        let start = self.at + open.len_utf8();
        self.at = start + length + close.len_utf8();
        Some(start..start + length)
    }

    /// `key=value` or `key="value"`.
    fn attribute(&mut self) -> Option<(Range<usize>, Range<usize>)> {
        let left = self.left();
        let key = left.len() - left.trim_start_matches(is_key).len();
        let value = left[key..].strip_prefix('=').filter(|_| key > 0)?;
        let start = self.at + key + 1;
        let (value, taken) = match value.chars().next() {
            Some(mark @ ('"' | '\'')) => {
                let length = value[1..].find(mark)?;
                (start + 1..start + 1 + length, length + 2)
            }
            _ => {
                let length = value.find(char::is_whitespace).unwrap_or(value.len());
                (start..start + length, length)
            }
        };
        let key = self.at..self.at + key;
        self.at = start + taken;
        Some((key, value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Name, title, id, attributes, what is left over.
    #[track_caller]
    fn check(line: &str, name: &str, title: &str, attributes: &str, stray: &str) {
        let lines = find(line);
        let Some(Line { meaning: Meaning::Opens(opening), .. }) = lines.first() else {
            panic!("{line} opens nothing");
        };
        let text = |range: &Option<Range<usize>>| range.clone().map_or("", |range| &line[range]);
        assert_eq!(&line[opening.name.clone()], name, "{line}");
        assert_eq!(text(&opening.title), title, "{line}");
        let pairs = opening.attributes.iter();
        let pairs: Vec<String> =
            pairs.map(|(key, value)| format!("{}={}", &line[key.clone()], &line[value.clone()])).collect();
        assert_eq!(pairs.join(" "), attributes, "{line}");
        assert_eq!(text(&opening.stray), stray, "{line}");
    }

    #[test]
    fn opening_lines_are_read() {
        check("::: tip", "tip", "", "", "");
        check(":::tip", "tip", "", "", "");
        check("> ::: tip 提示", "tip", "提示", "", "");
        check(":::note[先看这里]", "note", "先看这里", "", "");
        check(":::note[先看这里]{#a key=1}", "note", "先看这里", "key=1", "");
        check(
            "::: chart bar file=\"a b.csv\" title='两条产业链'",
            "chart",
            "bar",
            "file=a b.csv title=两条产业链",
            "",
        );
        check("::: chart file=\"a.csv\"", "chart", "", "file=a.csv", "");
        check("::: tip 当 x=1 时", "tip", "当 x=1 时", "", "");
        check("::: {.note title=\"说}明\"}", "note", "", "title=说}明", "");
        check("::: {note} 说明", "note", "说明", "", "");
        check("::: details 展开 {open}", "details", "展开", "open=open", "");
        check("::: tip :::", "tip", "", "", "");
        check("::: 要点", "要点", "", "", "");
        check("::: quote by=\"甲\" 乙", "quote", "", "by=甲", "乙");
    }

    #[test]
    fn other_lines_are_none() {
        assert_eq!(find("a ::: b\n::\n：：："), []);
        assert_eq!(find(":::")[0].meaning, Meaning::Closes);
    }

    #[test]
    fn lines_stand_where_blocks_can_begin() {
        for before in ["- ", "* ", "12. ", "> - ", "[^注]: ", ":   "] {
            let line = format!("{before}::: tip");
            assert_eq!(find(&line)[0].span, before.len()..line.len(), "{line}");
        }
    }

    /// What is taken for an attribute with wrong marks: key and value.
    #[track_caller]
    fn check_nearly(line: &str, expected: Option<(&str, &str)>) {
        let Meaning::Opens(opening) = &find(line)[0].meaning else { panic!("{line} opens nothing") };
        let nearly = opening.nearly.clone();
        let found = nearly.map(|nearly| (&line[nearly.key], &line[nearly.value]));
        assert_eq!(found, expected, "{line}");
    }

    #[test]
    fn attributes_with_other_marks_are_found() {
        check_nearly("::: quote by=“发言人”", Some(("by", "发言人")));
        check_nearly("::: quote 说明 by＝「发 言 人」 甲", Some(("by", "发 言 人")));
        check_nearly("::: quote by = \"发言人\"", Some(("by", "发言人")));
        check_nearly("::: quote by=\"发言人”", Some(("by", "发言人")));
        check_nearly("::: quote by=发言人", Some(("by", "发言人")));
        check_nearly("::: quote by=\"发言人\"", None);
        check_nearly("::: tip 说明=", None);
    }

    #[test]
    fn hidden_lines_keep_every_byte_in_its_place() {
        let text = "甲\n::: tip 提示\n乙\n:::\n";
        let hidden = hide(text, &find(text));
        assert_eq!(hidden, "甲\n___           \n乙\n___\n");
        assert_eq!(hidden.len(), text.len());
    }
}
