//! Reading fonts: which face of a file, which glyph of a character in an edition, and its outline.
//!
//! In: the bytes of OpenType and TrueType files, collections included, and a language tag. Out: [`Shape`]s in units of the
//! em. A font is input like any other: what is damaged gives no glyph, and no outline takes longer than its bounds allow.

use read_fonts::model::glyph::outline::PathSink;
use read_fonts::ps::cff::CffFontRef;
use read_fonts::tables::cmap::Cmap;
use read_fonts::tables::glyf::outline::{Outline, OutlineTables, PathContourStart, Unscaled};
use read_fonts::tables::gsub::{SingleSubst, SubstitutionSubtables};
use read_fonts::tables::hmtx::Hmtx;
use read_fonts::types::{F2Dot14, Fixed, GlyphId, Tag};
use read_fonts::{FileRef, FontRef, TableProvider};

/// The weight of headlines.
const BOLD: u16 = 700;
/// More commands than any character needs; what goes on is no character.
const MOST_COMMANDS: usize = 20_000;
/// Nothing of a character lies further from its origin, in units of the em.
const FURTHEST: f32 = 4.0;

/// The fonts of an edition, in the order in which they are asked for a character.
pub struct Font<'a> {
    faces: Vec<Face<'a>>,
}

impl<'a> Font<'a> {
    /// Opens the files of fonts for texts in a language (`zh-Hant-HK`): of a collection the face of its region. A file
    /// that is no sound font is left out.
    pub fn open(files: &[&'a [u8]], tag: &str) -> Option<Self> {
        let region = Region::of(tag);
        let faces: Vec<Face<'a>> = files.iter().filter_map(|bytes| Face::open(bytes, region)).collect();
        (!faces.is_empty()).then_some(Self { faces })
    }

    /// The glyph of a character, from the first font that has it.
    pub(super) fn shape(&self, character: char) -> Option<Shape> {
        self.faces.iter().find_map(|face| face.shape(character))
    }
}

/// Whose forms of the characters are drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Region {
    Mainland,
    Taiwan,
    HongKong,
    Japan,
    Korea,
    Other,
}

impl Region {
    fn of(tag: &str) -> Self {
        let mut parts = tag.split('-');
        match (parts.next(), parts.next(), parts.next()) {
            (Some("zh"), Some("Hans"), _) => Self::Mainland,
            (Some("zh"), _, Some("HK" | "MO")) => Self::HongKong,
            (Some("zh"), ..) => Self::Taiwan,
            (Some("ja"), ..) => Self::Japan,
            (Some("ko"), ..) => Self::Korea,
            _ => Self::Other,
        }
    }

    /// What families that are made for it end in, the best first.
    fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Mainland => &["SC", "CN", "GB"],
            Self::Taiwan => &["TC", "TW"],
            Self::HongKong => &["HK", "TC", "TW"],
            Self::Japan => &["JP", "J"],
            Self::Korea => &["KR", "K"],
            Self::Other => &[],
        }
    }

    /// What fonts call its language, by the tags of OpenType, the best first.
    fn languages(self) -> &'static [&'static [u8; 4]] {
        match self {
            Self::Mainland => &[b"ZHS "],
            Self::Taiwan => &[b"ZHT "],
            Self::HongKong => &[b"ZHH ", b"ZHT "],
            Self::Japan => &[b"JAN "],
            Self::Korea => &[b"KOR "],
            Self::Other => &[],
        }
    }

    /// How well a family suits it: less is better.
    fn distance(self, family: &str) -> usize {
        const ALL: [&str; 11] = ["SC", "CN", "GB", "TC", "TW", "HK", "JP", "J", "KR", "K", "OSF"];
        let endings = self.endings();
        let mut words = family.split([' ', '-']).rev();
        match words.find(|word| ALL.contains(word)) {
            Some(ending) => endings.iter().position(|known| *known == ending).unwrap_or(ALL.len()),
            None => endings.len(),
        }
    }
}

/// One font.
struct Face<'a> {
    cmap: Cmap<'a>,
    widths: Option<Hmtx<'a>>,
    outlines: Outlines<'a>,
    /// Glyphs in the forms of the region.
    regional: Vec<SingleSubst<'a>>,
    units: f32,
    /// The point of a variable font that is bold.
    place: Vec<F2Dot14>,
}

enum Outlines<'a> {
    Cff(CffFontRef<'a>),
    Glyf(Box<OutlineTables<'a>>),
}

impl<'a> Face<'a> {
    /// The face of a file that suits the region best, then the one that is nearest to bold.
    fn open(bytes: &'a [u8], region: Region) -> Option<Self> {
        let all: Vec<FontRef<'a>> = match FileRef::new(bytes).ok()? {
            FileRef::Font(font) => vec![font],
            FileRef::Collection(collection) => collection.iter().take(64).filter_map(Result::ok).collect(),
        };
        let best = all.into_iter().min_by_key(|font| (distance(font, region), from_bold(font)))?;
        Self::read(&best, region)
    }

    fn read(font: &FontRef<'a>, region: Region) -> Option<Self> {
        let units = font.head().ok()?.units_per_em();
        let cff = [b"CFF ", b"CFF2"].into_iter().find_map(|tag| font.table_data(Tag::new(tag)));
        let outlines = match cff {
            Some(data) => Outlines::Cff(CffFontRef::new(data.as_bytes(), 0, Some(i32::from(units))).ok()?),
            None => Outlines::Glyf(Box::new(OutlineTables::new(font).ok()?)),
        };
        (units > 0).then_some(())?;
        Some(Self {
            cmap: font.cmap().ok()?,
            widths: font.hmtx().ok(),
            outlines,
            regional: regional(font, region).unwrap_or_default(),
            units: f32::from(units),
            place: bold(font).unwrap_or_default(),
        })
    }

    fn shape(&self, character: char) -> Option<Shape> {
        let glyph = self.cmap.map_codepoint(character).filter(|glyph| glyph.to_u32() != 0)?;
        let glyph = self.in_region(glyph);
        let mut path = Path { units: self.units, shape: Shape::default(), is_sound: true };
        match &self.outlines {
            Outlines::Cff(cff) => {
                let subfont = cff.subfont(cff.subfont_index(glyph)?, &self.place).ok()?;
                cff.draw(&subfont, glyph, &self.place, None, &mut path).ok()?;
            }
            Outlines::Glyf(tables) => {
                let tables = tables.as_ref().clone().at(&self.place, &[]);
                let mut outline = Outline::<Unscaled>::new();
                outline.load(&tables, glyph).ok()?;
                outline.to_path(PathContourStart::default(), &mut path).then_some(())?;
            }
        }
        let width = self.widths.as_ref().and_then(|widths| widths.advance(glyph));
        path.shape.advance = f32::from(width?) / self.units;
        (path.is_sound && path.shape.advance <= FURTHEST).then_some(path.shape)
    }

    fn in_region(&self, glyph: GlyphId) -> GlyphId {
        self.regional.iter().find_map(|table| substitute(table, glyph)).unwrap_or(glyph)
    }
}

fn distance(font: &FontRef<'_>, region: Region) -> usize {
    families(font).iter().map(|family| region.distance(family)).min().unwrap_or(usize::MAX)
}

/// What a font calls its family: in English first, in older tables and newer ones.
fn families(font: &FontRef<'_>) -> Vec<String> {
    let Ok(names) = font.name() else { return Vec::new() };
    let records = names.name_record().iter().take(500);
    let of_family = records.filter(|record| [1, 16].contains(&record.name_id().to_u16()));
    let text = of_family.filter_map(|record| record.string(names.string_data()).ok());
    text.map(|text| text.chars().take(100).collect()).collect()
}

fn from_bold(font: &FontRef<'_>) -> u16 {
    if font.fvar().is_ok() {
        return 0;
    }
    font.os2().map_or(BOLD, |os2| os2.us_weight_class().abs_diff(BOLD))
}

/// Where a variable font is bold.
fn bold(font: &FontRef<'_>) -> Option<Vec<F2Dot14>> {
    let fvar = font.fvar().ok()?;
    let mut place = vec![F2Dot14::ZERO; fvar.axes().ok()?.len().min(64)];
    let weight = [(Tag::new(b"wght"), Fixed::from_i32(i32::from(BOLD)))];
    fvar.user_to_normalized(font.avar().ok().as_ref(), weight, &mut place);
    Some(place)
}

/// The tables by which a font that serves several regions has the forms of one.
fn regional<'a>(font: &FontRef<'a>, region: Region) -> Option<Vec<SingleSubst<'a>>> {
    let gsub = font.gsub().ok()?;
    let scripts = gsub.script_list().ok()?;
    let script = scripts.select(&[Tag::new(b"hani")])?;
    let script = scripts.get(script.index).ok()?.element;
    let records = script.lang_sys_records();
    let of = |tag: &&[u8; 4]| records.iter().find(|record| record.lang_sys_tag() == Tag::new(tag));
    let language = region.languages().iter().find_map(of)?;
    let language = language.lang_sys(script.offset_data()).ok()?;
    let (features, lookups) = (gsub.feature_list().ok()?, gsub.lookup_list().ok()?);
    let mut tables = Vec::new();
    for index in language.feature_indices().iter().take(200) {
        let record = features.feature_records().get(usize::from(index.get()))?;
        if record.feature_tag() != Tag::new(b"locl") {
            continue;
        }
        let feature = record.feature(features.offset_data()).ok()?;
        for index in feature.lookup_list_indices().iter().take(200) {
            let lookup = lookups.lookups().get(usize::from(index.get())).ok()?;
            if let SubstitutionSubtables::Single(subtables) = lookup.subtables().ok()? {
                tables.extend(subtables.iter().take(200).filter_map(Result::ok));
            }
        }
    }
    Some(tables)
}

fn substitute(table: &SingleSubst<'_>, glyph: GlyphId) -> Option<GlyphId> {
    match table {
        SingleSubst::Format1(table) => {
            table.coverage().ok()?.get(glyph)?;
            let id = i32::try_from(glyph.to_u32()).ok()? + i32::from(table.delta_glyph_id());
            Some(GlyphId::new(id.rem_euclid(1 << 16).unsigned_abs()))
        }
        SingleSubst::Format2(table) => {
            let at = table.coverage().ok()?.get(glyph)?;
            let ids = table.substitute_glyph_ids();
            Some(ids.get(usize::try_from(at).ok()?)?.get().into())
        }
        _ => None,
    }
}

/// A part of an outline, in units of the em, upwards.
#[derive(Clone, Copy)]
pub(super) enum Command {
    Move([f32; 2]),
    Line([f32; 2]),
    Quad([f32; 2], [f32; 2]),
    Cubic([f32; 2], [f32; 2], [f32; 2]),
}

/// A character as it is drawn.
#[derive(Default)]
pub(super) struct Shape {
    pub(super) commands: Vec<Command>,
    /// From its origin to that of the next character.
    pub(super) advance: f32,
    /// What its ink covers, from left to right.
    pub(super) ink: Option<(f32, f32)>,
}

struct Path {
    units: f32,
    shape: Shape,
    is_sound: bool,
}

impl Path {
    fn point(&mut self, x: f32, y: f32) -> [f32; 2] {
        let (x, y) = (x / self.units, y / self.units);
        // Also what is no number.
        if !(x.abs() <= FURTHEST && y.abs() <= FURTHEST) {
            self.is_sound = false;
            return [0.0, 0.0];
        }
        let (left, right) = self.shape.ink.unwrap_or((x, x));
        self.shape.ink = Some((left.min(x), right.max(x)));
        [x, y]
    }

    fn push(&mut self, command: Command) {
        if self.shape.commands.len() < MOST_COMMANDS {
            self.shape.commands.push(command);
        } else {
            self.is_sound = false;
        }
    }
}

impl PathSink for Path {
    fn move_to(&mut self, x: f32, y: f32) {
        let to = self.point(x, y);
        self.push(Command::Move(to));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let to = self.point(x, y);
        self.push(Command::Line(to));
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        let (control, to) = (self.point(cx, cy), self.point(x, y));
        self.push(Command::Quad(control, to));
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        let (a, b, to) = (self.point(ax, ay), self.point(bx, by), self.point(x, y));
        self.push(Command::Cubic(a, b, to));
    }

    // A contour is closed before the next one begins, whether its font says so or not.
    fn close(&mut self) {}
}
