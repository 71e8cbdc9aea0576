//! The manifest: a file at the top of the output folder that names every other file jianbao wrote there.
//!
//! In: paths, or the bytes of a manifest. Out: bytes, or paths. It is a function of the paths and nothing else, so two
//! builds of the same site have the same manifest. Only what it names is ever deleted, so it is not trusted: a line
//! with a dangerous path counts for nothing, and a checksum tells a damaged one.
//!
//! ```text
//! jianbao manifest 1
//! zh-hans/index.html
//! zh-hant/index.html
//! checksum fnv1a64 8a7c5c2a3d0e1f42
//! ```
//!
//! The paths are sorted by bytes. The checksum is FNV-1a with 64 bits over all bytes before its line: it guards
//! against a disk that lost half a file, not against an enemy, who could write the site as well.

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::error::Error;
use super::paths::{self, MANIFEST};

const TITLE: &str = "jianbao manifest ";
const VERSION: &str = "1";
const CHECKSUM: &str = "checksum fnv1a64 ";

/// What an earlier build wrote.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    files: BTreeSet<String>,
    folders: HashSet<String>,
    damaged: bool,
}

impl Manifest {
    /// Reads the manifest of an output folder; without one, jianbao wrote nothing there.
    pub(super) fn read(output: &Path) -> Result<Self, Error> {
        let path = output.join(MANIFEST);
        match fs::read(&path) {
            Ok(bytes) => Ok(Self::parse(&bytes)),
            Err(e) if e.kind() == ErrorKind::NotFound => Ok(Self::default()),
            Err(e) => Err(Error::io("read", &path, &e)),
        }
    }

    /// Takes what can be read from a manifest, sound or not.
    fn parse(bytes: &[u8]) -> Self {
        let lines: Vec<&[u8]> = bytes.split_inclusive(|b| *b == b'\n').collect();
        let is_frame = |number: usize, line: &str| match number {
            0 => line.starts_with(TITLE),
            n => n + 1 == lines.len() && line.starts_with(CHECKSUM),
        };
        let mut files = BTreeSet::new();
        for (number, line) in lines.iter().enumerate() {
            // A last line that breaks off could name another file than was meant: `CNAME` for `CNAME.html`.
            let Some(line) = line.strip_suffix(b"\n") else { continue };
            let Ok(line) = std::str::from_utf8(line) else { continue };
            if !is_frame(number, line) && paths::check(line).is_ok() {
                files.insert(line.to_owned());
            }
        }
        let folders = files.iter().flat_map(|path| paths::folders(path)).map(String::from).collect();
        Self { files, folders, damaged: !is_sound(bytes) }
    }

    /// The manifest of these paths, which are sorted.
    pub(super) fn format<'a>(paths: impl Iterator<Item = &'a str>) -> Vec<u8> {
        let mut text = format!("{TITLE}{VERSION}\n");
        for path in paths {
            text.push_str(path);
            text.push('\n');
        }
        let line = checksum_line(text.as_bytes());
        text.push_str(&line);
        text.into_bytes()
    }

    /// Whether jianbao wrote a file of this path.
    pub(super) fn is_file(&self, path: &str) -> bool {
        self.files.contains(path)
    }

    /// Whether jianbao wrote files below this path.
    pub(super) fn is_folder(&self, path: &str) -> bool {
        self.folders.contains(path)
    }

    /// The paths, sorted.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(String::as_str)
    }

    /// Whether lines may have been lost: then a file that is not named may be ours all the same.
    pub(super) fn is_damaged(&self) -> bool {
        self.damaged
    }
}

fn is_sound(bytes: &[u8]) -> bool {
    let Some(body) = bytes.strip_suffix(b"\n") else { return false };
    let start = body.iter().rposition(|b| *b == b'\n').map_or(0, |i| i + 1);
    let (before, last) = bytes.split_at(start);
    before.starts_with(format!("{TITLE}{VERSION}\n").as_bytes()) && last == checksum_line(before).as_bytes()
}

fn checksum_line(before: &[u8]) -> String {
    format!("{CHECKSUM}{:016x}\n", fnv1a64(before))
}

/// Fowler–Noll–Vo 1a: the offset basis and the prime are its definition.
fn fnv1a64(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fnv_as_published() {
        assert_eq!(fnv1a64(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv1a64(b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(fnv1a64(b"foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn reads_what_it_writes() {
        let bytes = Manifest::format(["a.html", "b/干净.html"].into_iter());
        let manifest = Manifest::parse(&bytes);
        assert!(!manifest.is_damaged());
        assert_eq!(manifest.paths().collect::<Vec<_>>(), ["a.html", "b/干净.html"]);
        assert!(manifest.is_folder("b") && !manifest.is_folder("a.html"));
        assert!(!Manifest::parse(&Manifest::format([].into_iter())).is_damaged());
    }

    #[test]
    fn every_cut_and_every_flipped_byte_is_damage() {
        let bytes = Manifest::format(["CNAME.html", "b.html"].into_iter());
        for i in 0..bytes.len() {
            let cut = Manifest::parse(&bytes[..i]);
            assert!(cut.is_damaged(), "cut at {i}");
            assert!(cut.paths().all(|path| ["CNAME.html", "b.html"].contains(&path)), "cut at {i}: {cut:?}");
            let mut flipped = bytes.clone();
            flipped[i] ^= 1;
            assert!(Manifest::parse(&flipped).is_damaged(), "flipped at {i}");
        }
    }

    #[test]
    fn names_like_the_frame_are_names() {
        let paths = ["checksum fnv1a64 0", "jianbao manifest 1"];
        let manifest = Manifest::parse(&Manifest::format(paths.into_iter()));
        assert!(!manifest.is_damaged() && manifest.paths().eq(paths));
    }

    #[test]
    fn dangerous_lines_count_for_nothing() {
        let lines = ["../a", "/etc/passwd", "a//b", "a/./b", "", MANIFEST, "good"];
        let manifest = Manifest::parse(&Manifest::format(lines.into_iter()));
        assert_eq!(manifest.paths().collect::<Vec<_>>(), ["good"]);
    }
}
