//! What an import says: which line was taken for what, how sure that is and why, and what was changed.

use super::blocks::Block;
use super::decode::Decoded;
use super::head::{Line, Part};
use super::joins;
use super::roles::{Item, Role};
use super::{Broken, Problem};

/// How sure a decision is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// It could as well be otherwise: look at it.
    Guess,
    /// As papers mostly do it.
    Likely,
    /// The text says so.
    Certain,
}

impl Certainty {
    /// As printed.
    pub fn name(self) -> &'static str {
        match self {
            Certainty::Guess => "guess",
            Certainty::Likely => "likely",
            Certainty::Certain => "certain",
        }
    }
}

/// One decision, or one change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The line of the input, or the paragraph of a `.docx`; 0 for the whole.
    pub line: usize,
    /// What was decided: `title`, `join`, `width` …
    pub kind: &'static str,
    /// How sure that is.
    pub certainty: Certainty,
    /// The decision and its reason.
    pub message: String,
}

pub(super) const SAYS_WHO: &str = "it says who wrote the text";
pub(super) const SAYS_SO: &str = "it says so";
pub(super) const NAMES: &str = "it holds nothing but names";
pub(super) const PAPER: &str = "the name of a paper";
pub(super) const PRINTED: &str = "what a page prints beside its text; kept under [extra], not shown";
pub(super) const FIRST_LINE: &str = "the only headline above the text";
pub(super) const DASH: &str = "a line that begins with a dash stands below the headline";
pub(super) const KICKER_WORDS: &str = "the first line is worded as a line above a headline";
pub(super) const TRADITIONAL: &str = "a Traditional line below a Simplified one is the headline";
pub(super) const SHORTER: &str = "of two lines the headline is the shorter one";
pub(super) const ORDER: &str = "by its place among the first lines";
pub(super) const FROM_NAME: &str = "the file's name";
pub(super) const NAMES_PICTURE: &str = "it says whose the pictures are";
pub(super) const CAPTION_MARK: &str = "it says itself that it is a caption";
pub(super) const BRACKETS: &str = "a line for itself, as it stands";
pub(super) const NUMBERED: &str = "it is numbered";
pub(super) const AT_THE_END: &str = "a bare line behind the last paragraph";
pub(super) const WITHIN: &str = "it stood inside a paragraph";
pub(super) const SENTENCE: &str = "it is a sentence";
pub(super) const CLAUSES: &str = "it is set in clauses like a headline";
pub(super) const ALIKE: &str = "it is built like the other bare lines";
pub(super) const EVENT: &str = "it says that something happens";
pub(super) const BEFORE_PARAGRAPH: &str = "a bare line before a paragraph";
pub(super) const THING: &str = "it names what can be photographed";
pub(super) const NAME: &str = "it is a name that the text names";
pub(super) const UNLIKE: &str = "the headings of this text are set in clauses, it is not";
pub(super) const DOING: &str = "it says what somebody is doing somewhere";
pub(super) const LONG: &str = "it is long for a heading";
pub(super) const STYLE: &str = "its style says so";

fn note(line: usize, kind: &'static str, certainty: Certainty, message: String) -> Note {
    Note { line, kind, certainty, message }
}

/// So much of a text is shown.
const SHOWN: usize = 18;

fn excerpt(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

pub(super) fn encoding(decoded: &Decoded) -> Note {
    note(0, "encoding", decoded.certainty, format!("the file is {}", decoded.encoding))
}

pub(super) fn written_out(line: usize, c: char) -> Note {
    let message =
        format!("U+{:04X}, which no page may hold, is written out as ⟨U+{:04X}⟩", c as u32, c as u32);
    note(line, "character", Certainty::Certain, message)
}

pub(super) fn wrapped(width: usize) -> Note {
    let message = format!("lines are cut at about {width} characters; they are joined to paragraphs");
    note(0, "wrapped", Certainty::Likely, message)
}

pub(super) fn hyphen(line: usize, word: &str, behind: &str) -> Note {
    let last = |text: &str| text.split_whitespace().next_back().unwrap_or_default().to_owned();
    let first = behind.split_whitespace().next().unwrap_or_default();
    let message = format!("the hyphen at the line end is left out: {}{first}", last(word));
    note(line, "hyphen", Certainty::Likely, message)
}

pub(super) fn join(block: &Block, half: &Block, weight: i32, is_across: bool) -> Note {
    let tail: String = {
        let mut tail: Vec<char> = block.text.chars().rev().take(4).collect();
        tail.reverse();
        tail.into_iter().collect()
    };
    let head: String = half.text.chars().take(4).collect();
    let across = if is_across { ", across what stood between" } else { "" };
    let message = format!("…{tail}|{head}… is one paragraph with line {}{across}", half.line);
    note(block.last, "join", joins::certainty(weight), message)
}

pub(super) fn no_title(name: &str) -> Note {
    note(0, "title", Certainty::Guess, format!("no headline was found: the page is called {name}"))
}

pub(super) fn head(line: &Line) -> Note {
    let (kind, name) = match line.part {
        Part::Kicker => ("kicker", "kicker"),
        Part::Title => ("title", "headline"),
        Part::Subtitle => ("subtitle", "second headline"),
        Part::Byline => ("byline", "byline"),
        Part::Date => ("date", "date"),
        Part::Source => ("source", "source"),
        Part::Printed => ("printed", "page mark"),
    };
    note(line.line, kind, line.certainty, format!("{name} “{}”: {}", excerpt(&line.text), line.reason))
}

/// Paragraphs go without saying.
pub(super) fn item(item: &Item) -> Option<Note> {
    let (kind, name) = match item.role {
        Role::Heading(_) => ("heading", "heading"),
        Role::Caption => ("caption", "caption"),
        Role::Credit => ("credit", "picture credit"),
        Role::Printed => ("printed", "page mark"),
        Role::Paragraph if !item.reason.is_empty() => ("paragraph", "paragraph"),
        Role::Paragraph | Role::Markdown => return None,
    };
    let message = format!("{name} “{}”: {}", excerpt(&item.text), item.reason);
    Some(note(item.line, kind, item.certainty, message))
}

pub(super) fn widened(line: usize, marks: &str) -> Note {
    note(
        line,
        "width",
        Certainty::Certain,
        format!("half-width marks in Chinese text are full-width now: {marks}"),
    )
}

pub(super) fn slip(line: usize, c: char, around: &str, script: &str) -> Note {
    note(
        line,
        "slip",
        Certainty::Certain,
        format!("{c} is {script} here ({around}); it stays, and the build converts it"),
    )
}

pub(super) fn deleted(line: usize, text: &str) -> Note {
    note(line, "deleted", Certainty::Certain, format!("a tracked deletion is left out: “{}”", excerpt(text)))
}

pub(super) fn inserted(line: usize) -> Note {
    note(line, "inserted", Certainty::Certain, "a tracked insertion is kept".to_owned())
}

pub(super) fn text_box(line: usize) -> Note {
    note(
        line,
        "text-box",
        Certainty::Guess,
        "a text box stands behind the paragraph it is anchored to".to_owned(),
    )
}

pub(super) fn picture(line: usize, name: &str, has_alt: bool) -> Note {
    let message = if has_alt {
        format!("picture {name}")
    } else {
        format!(
            "picture {name} has no alternative text: write what is to be seen between the brackets of ![](…)"
        )
    };
    note(line, "picture", Certainty::Certain, message)
}

pub(super) fn picture_missing(line: usize) -> Note {
    note(line, "picture", Certainty::Certain, "a picture is not in the file; it is left out".to_owned())
}

pub(super) fn problem(problem: &Problem) -> (String, &'static str) {
    match problem {
        Problem::Undecodable(fault) => (
            format!("it is no text: byte {} (0x{:02X}) is not {}", fault.offset, fault.byte, fault.encoding),
            "save it as UTF-8, UTF-16, GB18030 or Big5, or as .docx",
        ),
        Problem::Empty => ("there is no text in it".to_owned(), "name a file with text"),
        Problem::Broken(Broken::OldWord) => (
            "it is a .doc of an old text processor, or a protected .docx".to_owned(),
            "open it there and save it as .docx without a password",
        ),
        Problem::Broken(Broken::Pdf) => (
            "it is a PDF".to_owned(),
            "copy its text into a file, or pdftotext FILE.pdf - | jianbao import -",
        ),
        Problem::Broken(Broken::NoDocument) => {
            ("it is a ZIP archive, but no .docx".to_owned(), "unpack it, and name the text or the .docx")
        }
        Problem::Broken(Broken::Damaged(why)) => {
            (format!("the .docx is damaged: {why}"), "open it in a text processor and save it anew")
        }
        Problem::Broken(Broken::TooLarge) => (
            "the .docx is larger than any text: more than 256 MB unpacked".to_owned(),
            "divide it, or make its pictures smaller",
        ),
        Problem::Broken(Broken::TooDeep) => (
            "the .docx is nested more than 200 deep".to_owned(),
            "open it in a text processor and save it anew",
        ),
    }
}
