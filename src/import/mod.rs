//! Raw newsroom text → a content file: what was pasted from a laid-out page, a PDF or a text processor.
//!
//! In: the bytes of a file. Out: [`Imported`]: front matter and Markdown, the pictures of a `.docx`, and notes on what was
//! decided, how sure that is, and where. Never touches the disk, never drops a character of the text: what changes (half-width
//! punctuation, a hyphen at a line end, a character that no page may hold) is noted, and what has no place on a page (page
//! numbers, the paper's date line) is kept under `[extra]`.
//!
//! The way of a text: bytes → [`decode`] → lines (numbered, without space at their ends) → blocks (hard-wrapped lines joined)
//! → the head (kicker, headlines, byline) and the body, where paragraphs that a column break cut are joined → roles (heading,
//! caption, credit) → the page. A `.docx` comes in at the roles: its paragraphs are whole, and its styles say what most are.

mod blocks;
mod decode;
mod diagnostics;
mod docx;
mod escape;
mod forms;
mod head;
mod joins;
mod lines;
mod page;
mod punctuation;
mod roles;
mod slips;

pub use decode::{Decoded, Undecodable, decode};
pub use diagnostics::{Certainty, Note};
pub use docx::Broken;

use crate::script::Dictionaries;
use blocks::Block;
use head::Head;
use roles::Item;

/// A content file in the making.
#[derive(Debug, Clone)]
pub struct Imported {
    /// The headline: from the text, or else what the caller called it.
    pub title: String,
    /// The file: front matter and Markdown.
    pub markdown: String,
    /// Files that belong beside the page.
    pub assets: Vec<Asset>,
    /// What was decided, in the order of the input.
    pub notes: Vec<Note>,
}

/// A file that belongs beside the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Its name, as the page links to it.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Why nothing could be made of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// Its bytes are no text in an encoding that is known.
    Undecodable(Undecodable),
    /// It is a `.docx` that cannot be read.
    Broken(Broken),
    /// There is no text in it.
    Empty,
}

impl Problem {
    /// What is wrong, and what to do about it.
    pub fn say(&self) -> (String, &'static str) {
        diagnostics::problem(self)
    }
}

/// What the stages hand on: the page's parts, each with where it comes from.
#[derive(Debug, Default)]
struct Draft {
    head: Head,
    items: Vec<Item>,
    assets: Vec<Asset>,
}

/// Makes a content file of a file's bytes; `name` is the title where the text has none.
pub fn import(bytes: &[u8], name: &str, dictionaries: &Dictionaries) -> Result<Imported, Problem> {
    if docx::is_archive(bytes) {
        let (document, notes) = docx::read(bytes).map_err(Problem::Broken)?;
        return finish(docx::draft(document, dictionaries), name, dictionaries, notes);
    }
    let decoded = decode(bytes, dictionaries).map_err(Problem::Undecodable)?;
    let mut notes = vec![diagnostics::encoding(&decoded)];
    let lines = lines::lines(&decoded.text, &mut notes);
    let blocks = blocks::blocks(lines, &mut notes);
    finish(arrange(blocks, dictionaries, &mut notes), name, dictionaries, notes)
}

/// Head and body of a text whose lines are all that is known.
fn arrange(mut blocks: Vec<Block>, dictionaries: &Dictionaries, notes: &mut Vec<Note>) -> Draft {
    let body = blocks.split_off(head::end(&blocks));
    let (mut head, first) = head::read(blocks);
    let chains = joins::chains(first.into_iter().chain(body).collect(), dictionaries, notes);
    let items = roles::items(chains, &mut head, dictionaries);
    Draft { head, items, assets: Vec::new() }
}

fn finish(
    mut draft: Draft,
    name: &str,
    dictionaries: &Dictionaries,
    mut notes: Vec<Note>,
) -> Result<Imported, Problem> {
    if draft.items.is_empty() && draft.head.is_empty() {
        return Err(Problem::Empty);
    }
    let title = draft.head.settle_title(name, &mut notes);
    draft.head.say(&mut notes);
    roles::say(&draft.items, &mut notes);
    punctuation::widen(&mut draft, &mut notes);
    slips::report(&draft, dictionaries, &mut notes);
    notes.sort_by_key(|note| note.line);
    Ok(Imported { title, markdown: page::write(&draft), assets: draft.assets, notes })
}
