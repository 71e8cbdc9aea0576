//! The Chinese fonts of the machine, for the social cards of sites that bring none.
//!
//! In: the places where systems keep fonts that are known to have Chinese characters in bold. Out: those that are there,
//! the best first. Never: a search through folders, a look into a font: a build that draws nothing must not wait for it.

use crate::content::File;
use crate::pipeline::MachineFont;
use crate::script::Script;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// Names a font to draw with; empty: none of the machine's.
const FONT: &str = "JIANBAO_FONT";

/// Below these, systems keep fonts.
const FOLDERS: [&str; 5] = [
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/run/current-system/sw/share/X11/fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
];
/// Below the home of whoever builds.
const OWN: [&str; 3] = [".local/share/fonts", ".fonts", "Library/Fonts"];

const BOTH: Option<Script> = None;
const HANS: Option<Script> = Some(Script::Hans);
const HANT: Option<Script> = Some(Script::Hant);

/// Serif faces before others, bold before variable ones, collections of all regions before files of one.
const NAMES: [(&str, Option<Script>); 40] = [
    // Debian and its kin, Arch, Alpine, Fedora, and what is installed by hand.
    ("opentype/noto/NotoSerifCJK-Bold.ttc", BOTH),
    ("noto-cjk/NotoSerifCJK-Bold.ttc", BOTH),
    ("noto/NotoSerifCJK-Bold.ttc", BOTH),
    ("google-noto-serif-cjk-fonts/NotoSerifCJK-Bold.ttc", BOTH),
    ("google-noto-serif-cjk-vf-fonts/NotoSerifCJK-VF.ttc", BOTH),
    ("google-noto-cjk/NotoSerifCJK-Bold.ttc", BOTH),
    ("truetype/noto/NotoSerifCJK-Bold.ttc", BOTH),
    ("adobe-source-han-serif/SourceHanSerif-Bold.ttc", BOTH),
    ("NotoSerifCJK-Bold.ttc", BOTH),
    ("SourceHanSerif-Bold.ttc", BOTH),
    ("SourceHanSerif.ttc", BOTH),
    ("adobe-source-han-serif/SourceHanSerifCN-Bold.otf", HANS),
    ("adobe-source-han-serif/SourceHanSerifTW-Bold.otf", HANT),
    ("truetype/NotoSerifSC-Bold.otf", HANS),
    ("truetype/NotoSerifTC-Bold.otf", HANT),
    ("NotoSerifSC-Bold.otf", HANS),
    ("NotoSerifTC-Bold.otf", HANT),
    ("SourceHanSerifSC-Bold.otf", HANS),
    ("SourceHanSerifTC-Bold.otf", HANT),
    // macOS.
    ("Supplemental/Songti.ttc", BOTH),
    // Windows: the newer serif faces, then the sans ones.
    ("NotoSerifSC-VF.ttf", HANS),
    ("NotoSerifTC-VF.ttf", HANT),
    ("opentype/noto/NotoSansCJK-Bold.ttc", BOTH),
    ("noto-cjk/NotoSansCJK-Bold.ttc", BOTH),
    ("noto/NotoSansCJK-Bold.ttc", BOTH),
    ("google-noto-sans-cjk-fonts/NotoSansCJK-Bold.ttc", BOTH),
    ("google-noto-sans-cjk-vf-fonts/NotoSansCJK-VF.ttc", BOTH),
    ("truetype/noto/NotoSansCJK-Bold.ttc", BOTH),
    ("NotoSansCJK-Bold.ttc", BOTH),
    ("adobe-source-han-sans/SourceHanSans-Bold.ttc", BOTH),
    ("adobe-source-han-sans/SourceHanSansCN-Bold.otf", HANS),
    ("adobe-source-han-sans/SourceHanSansTW-Bold.otf", HANT),
    ("STHeiti Medium.ttc", BOTH),
    ("Hiragino Sans GB.ttc", HANS),
    ("msyhbd.ttc", HANS),
    ("msjhbd.ttc", HANT),
    ("opentype/noto/NotoSansCJK-Regular.ttc", BOTH),
    ("truetype/wqy/wqy-zenhei.ttc", BOTH),
    ("wqy-zenhei/wqy-zenhei.ttc", BOTH),
    ("truetype/arphic/uming.ttc", BOTH),
];

/// The fonts that there are; nothing where none is to be used.
pub(super) fn of_machine() -> Option<Vec<MachineFont>> {
    match std::env::var_os(FONT) {
        Some(none) if none.is_empty() => None,
        Some(font) => Some(found([PathBuf::from(font)].into_iter().map(|path| (path, BOTH)))),
        None => Some(usual()),
    }
}

fn usual() -> Vec<MachineFont> {
    let folders = FOLDERS.iter().map(PathBuf::from);
    let home = std::env::var_os("HOME").filter(|home: &OsString| !home.is_empty());
    let own = home.iter().flat_map(|home| OWN.iter().map(move |folder| Path::new(home).join(folder)));
    let windows = std::env::var_os("WINDIR").map(|windows| Path::new(&windows).join("Fonts"));
    let folders: Vec<PathBuf> = folders.chain(own).chain(windows).filter(|folder| folder.is_dir()).collect();
    let places = |(name, script): &(&str, Option<Script>)| {
        let (name, script) = (name.to_owned(), *script);
        folders.iter().map(move |folder| (folder.join(name), script)).collect::<Vec<_>>()
    };
    found(NAMES.iter().flat_map(places))
}

fn found(places: impl Iterator<Item = (PathBuf, Option<Script>)>) -> Vec<MachineFont> {
    let there = places.filter(|(path, _)| path.is_file());
    there.map(|(path, script)| MachineFont { file: File::outside(path), script }).collect()
}
