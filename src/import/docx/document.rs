//! The document's body → elements in reading order.

use super::super::Asset;
use super::super::diagnostics::{self, Note};
use super::archive::Archive;
use super::inline::{self, Run};
use super::parts::{self, Parts};
use super::xml::Node;
use super::{Broken, Document};
use crate::script::printable;

/// What a paragraph is by its style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    Title,
    Subtitle,
    Heading(u8),
    Caption,
}

/// A part of the body.
#[derive(Debug)]
pub(super) enum Element {
    Paragraph { style: Style, runs: Vec<Run> },
    Listed { level: usize, ordered: bool, runs: Vec<Run> },
    Table(Vec<Vec<String>>),
    Picture { name: String, alt: String },
}

impl Element {
    /// Whether a footnote is referred to here. Text of the cells of tables is Markdown already.
    fn calls(&self, mark: &str) -> bool {
        match self {
            Element::Paragraph { runs, .. } | Element::Listed { runs, .. } => {
                runs.iter().any(|run| run.footnote.as_deref() == Some(mark))
            }
            Element::Table(rows) => rows.iter().flatten().any(|cell| cell.contains(&format!("[^{mark}]"))),
            Element::Picture { .. } => false,
        }
    }
}

/// A picture that the text names: its relation, and what is to be seen.
#[derive(Debug)]
struct Shown {
    relation: String,
    alt: String,
}

/// What stands in a paragraph.
#[derive(Debug, Default)]
struct Inside<'a> {
    runs: Vec<Run>,
    pictures: Vec<Shown>,
    boxes: Vec<&'a Node>,
    deleted: String,
    inserted: bool,
    /// The address of a field that is open, and whether its result has begun.
    field: Option<(String, bool)>,
}

/// Marks that hold for a run.
#[derive(Debug, Clone, Default)]
struct Marks {
    link: Option<String>,
    deleted: bool,
}

struct Reader<'a, 'b> {
    archive: &'a mut Archive<'b>,
    parts: &'a Parts,
    notes: &'a mut Vec<Note>,
    /// Paragraphs so far.
    line: usize,
    elements: Vec<(usize, Element)>,
    assets: Vec<Asset>,
}

/// Reads the body and its notes.
pub(super) fn read(
    archive: &mut Archive<'_>,
    parts: &Parts,
    notes: &mut Vec<Note>,
) -> Result<Document, Broken> {
    let tree = parts::tree(archive, "word/document.xml")?.ok_or(Broken::NoDocument)?;
    let mut reader = Reader { archive, parts, notes, line: 0, elements: Vec::new(), assets: Vec::new() };
    let body =
        tree.child("document").and_then(|document| document.child("body")).ok_or(Broken::NoDocument)?;
    reader.blocks(body)?;
    let is_called = |mark: &String| reader.elements.iter().any(|(_, element)| element.calls(mark));
    let called: Vec<&(String, Node)> = parts.footnotes.iter().filter(|(mark, _)| is_called(mark)).collect();
    let footnotes = called.into_iter().map(|(mark, node)| (mark.clone(), reader.flat(node))).collect();
    let Reader { elements, assets, .. } = reader;
    Ok(Document { elements, footnotes, assets })
}

impl Reader<'_, '_> {
    fn blocks(&mut self, holder: &Node) -> Result<(), Broken> {
        for node in &holder.children {
            match node.name.as_str() {
                "p" => self.paragraph(node)?,
                "tbl" => self.table(node)?,
                "sdt" | "sdtContent" | "customXml" | "ins" | "moveTo" | "smartTag" | "txbxContent" => {
                    self.blocks(node)?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn paragraph(&mut self, node: &Node) -> Result<(), Broken> {
        self.line += 1;
        let line = self.line;
        let properties = node.child("pPr");
        let mut inside = Inside::default();
        self.inside(node, &Marks::default(), &mut inside);
        self.say(line, &inside);
        let boxes = std::mem::take(&mut inside.boxes);
        for shown in std::mem::take(&mut inside.pictures) {
            self.picture(self.line, &shown)?;
        }
        let line = self.line;
        if inside.runs.iter().any(|run| !run.text.trim().is_empty()) {
            let element = self.styled(properties, inside.runs);
            self.elements.push((line, element));
        }
        for text in boxes {
            self.notes.push(diagnostics::text_box(line));
            self.blocks(text)?;
        }
        Ok(())
    }

    fn styled(&self, properties: Option<&Node>, runs: Vec<Run>) -> Element {
        let style =
            properties.and_then(|node| node.value("pStyle")).map_or(Style::Plain, |id| self.parts.style(id));
        let style = properties.and_then(parts::outline).map_or(style, Style::Heading);
        let numbered = properties.and_then(|node| node.child("numPr"));
        let number = numbered.and_then(|node| node.value("numId")).filter(|number| *number != "0");
        match number {
            Some(number) if style == Style::Plain => {
                let level = numbered.and_then(|node| node.value("ilvl")).unwrap_or("0");
                let ordered = self.parts.is_ordered(number, level);
                Element::Listed { level: level.parse::<usize>().unwrap_or(0).min(8), ordered, runs }
            }
            _ => Element::Paragraph { style, runs },
        }
    }

    fn say(&mut self, line: usize, inside: &Inside<'_>) {
        if !inside.deleted.trim().is_empty() {
            self.notes.push(diagnostics::deleted(line, &inside.deleted));
        }
        if inside.inserted {
            self.notes.push(diagnostics::inserted(line));
        }
    }

    /// Walks what stands in a paragraph.
    fn inside<'n>(&self, holder: &'n Node, marks: &Marks, inside: &mut Inside<'n>) {
        for node in &holder.children {
            match node.name.as_str() {
                "r" => self.run(node, marks, inside),
                "hyperlink" => {
                    let link = node.attribute("id").and_then(|id| self.parts.link(id)).map(str::to_owned);
                    self.inside(
                        node,
                        &Marks { link: link.or_else(|| marks.link.clone()), ..marks.clone() },
                        inside,
                    );
                }
                "del" | "moveFrom" => self.inside(node, &Marks { deleted: true, ..marks.clone() }, inside),
                "ins" | "moveTo" => {
                    inside.inserted = true;
                    self.inside(node, marks, inside);
                }
                "smartTag" | "sdt" | "sdtContent" | "fldSimple" | "customXml" | "dir" | "bdo" => {
                    self.inside(node, marks, inside);
                }
                _ => {}
            }
        }
    }

    fn run<'n>(&self, node: &'n Node, marks: &Marks, inside: &mut Inside<'n>) {
        let is_on = |name: &str| {
            let mark = node.child("rPr").and_then(|properties| properties.child(name));
            mark.is_some_and(|mark| !matches!(mark.attribute("val"), Some("0" | "false" | "off")))
        };
        let (bold, italic) = (is_on("b"), is_on("i"));
        for part in &node.children {
            let text = match part.name.as_str() {
                "t" | "delText" => printable(&part.all_text()).into_owned(),
                "tab" | "br" | "cr" => " ".to_owned(),
                "noBreakHyphen" => "-".to_owned(),
                "sym" => symbol(part),
                "fldChar" | "instrText" => {
                    field(part, inside);
                    continue;
                }
                "footnoteReference" | "endnoteReference" => {
                    let prefix = if part.name == "endnoteReference" { "e" } else { "" };
                    let footnote = part.attribute("id").map(|id| format!("{prefix}{id}"));
                    inside.runs.push(Run { footnote, ..Run::default() });
                    continue;
                }
                "drawing" | "pict" | "object" | "AlternateContent" => {
                    drawing(part, inside);
                    continue;
                }
                _ => continue,
            };
            if marks.deleted {
                inside.deleted.push_str(&text);
                continue;
            }
            let of_field =
                inside.field.as_ref().filter(|(link, _)| !link.is_empty()).map(|(link, _)| link.clone());
            inside.runs.push(Run {
                text,
                bold,
                italic,
                link: marks.link.clone().or(of_field),
                footnote: None,
            });
        }
    }

    fn picture(&mut self, line: usize, shown: &Shown) -> Result<(), Broken> {
        let Some(path) = self.parts.file(&shown.relation) else {
            self.notes.push(diagnostics::picture_missing(line));
            return Ok(());
        };
        let name = plain_name(&path);
        if !self.assets.iter().any(|asset| asset.name == name) {
            let Some(bytes) = self.archive.file(&path)? else {
                self.notes.push(diagnostics::picture_missing(line));
                return Ok(());
            };
            self.assets.push(Asset { name: name.clone(), bytes });
        }
        self.notes.push(diagnostics::picture(line, &name, !shown.alt.trim().is_empty()));
        self.elements.push((line, Element::Picture { name, alt: shown.alt.trim().to_owned() }));
        // Each element is known by its number.
        self.line += 1;
        Ok(())
    }

    fn table(&mut self, node: &Node) -> Result<(), Broken> {
        self.line += 1;
        let rows = node.children.iter().filter(|row| row.name == "tr");
        let rows: Vec<Vec<String>> = rows.map(|row| self.row(row)).collect();
        self.elements.push((self.line, Element::Table(rows)));
        Ok(())
    }

    fn row(&self, row: &Node) -> Vec<String> {
        let mut cells = Vec::new();
        for cell in row.children.iter().filter(|cell| cell.name == "tc") {
            cells.push(self.flat(cell).replace('|', "\\|"));
            let span = cell.child("tcPr").and_then(|properties| properties.value("gridSpan"));
            let span: usize = span.and_then(|span| span.parse().ok()).unwrap_or(1);
            cells.extend(std::iter::repeat_n(String::new(), span.clamp(1, 64) - 1));
        }
        cells
    }

    /// The paragraphs below a node, in one line.
    fn flat(&self, holder: &Node) -> String {
        let mut texts = Vec::new();
        self.flatten(holder, &mut texts);
        texts.join(" ")
    }

    fn flatten(&self, holder: &Node, texts: &mut Vec<String>) {
        for node in &holder.children {
            if node.name == "p" {
                let mut inside = Inside::default();
                self.inside(node, &Marks::default(), &mut inside);
                let text = inline::paragraph(&inside.runs);
                texts.extend((!text.is_empty()).then_some(text));
            } else {
                self.flatten(node, texts);
            }
        }
    }
}

/// A symbol of a font: its character where Unicode has one there.
fn symbol(part: &Node) -> String {
    let code = part.attribute("char").and_then(|code| u32::from_str_radix(code, 16).ok());
    let c = code.and_then(char::from_u32).filter(|c| !matches!(c, '\u{E000}'..='\u{F8FF}'));
    c.map_or_else(|| "•".to_owned(), |c| c.to_string())
}

/// Fields: `begin`, the instruction, `separate`, the result, `end`. Only addresses are of use.
fn field(part: &Node, inside: &mut Inside<'_>) {
    match part.attribute("fldCharType") {
        Some("begin") => inside.field = Some((String::new(), false)),
        Some("separate") => inside.field.iter_mut().for_each(|field| field.1 = true),
        Some("end") => inside.field = None,
        _ => {
            let text = part.all_text();
            let address = text.trim().strip_prefix("HYPERLINK").and_then(|rest| rest.split('"').nth(1));
            if let (Some((link, _)), Some(address)) = (&mut inside.field, address) {
                *link = printable(address).into_owned();
            }
        }
    }
}

/// Pictures and text boxes of a drawing. Of the two ways that Word writes one, the second repeats the first.
fn drawing<'n>(node: &'n Node, inside: &mut Inside<'n>) {
    for child in &node.children {
        match child.name.as_str() {
            "Fallback" if node.children.iter().any(|other| other.name == "Choice") => {}
            "txbxContent" => inside.boxes.push(child),
            "blip" | "imagedata" => {
                if let Some(relation) = child.attribute("embed").or(child.attribute("id")) {
                    inside.pictures.push(Shown { relation: relation.to_owned(), alt: String::new() });
                }
            }
            _ => drawing(child, inside),
        }
    }
    if matches!(node.name.as_str(), "inline" | "anchor" | "shape")
        && let Some(picture) = inside.pictures.last_mut().filter(|picture| picture.alt.is_empty())
    {
        let properties = node.child("docPr").unwrap_or(node);
        let alt = ["descr", "alt"].iter().find_map(|key| properties.attribute(key));
        picture.alt = alt.unwrap_or_default().to_owned();
    }
}

/// A name for a file beside the page: letters, digits, hyphens.
fn plain_name(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let kept = |c: char| if c.is_ascii_alphanumeric() || c == '.' { c.to_ascii_lowercase() } else { '-' };
    let name: String = name.chars().map(kept).collect();
    name.trim_matches(['.', '-']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_pictures_are_plain() {
        assert_eq!(plain_name("word/media/Image 1.PNG"), "image-1.png");
    }
}
