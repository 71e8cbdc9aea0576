//! The files of the archive, with bounds on what they may unpack to.

use super::Broken;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// All files together, unpacked.
const LIMIT: u64 = 256 << 20;
/// One XML file, unpacked: a book has a tenth of it.
const XML_LIMIT: u64 = 24 << 20;

/// Whether bytes are no text at all but a file that a program wrote: an archive, an old document, a PDF.
pub(in crate::import) fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(OLD_WORD) || bytes.starts_with(b"%PDF-")
}

const OLD_WORD: &[u8] = b"\xD0\xCF\x11\xE0";

/// An open archive.
pub(super) struct Archive<'a> {
    files: ZipArchive<Cursor<&'a [u8]>>,
    /// What may still be unpacked.
    left: u64,
}

impl<'a> Archive<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Broken> {
        if bytes.starts_with(OLD_WORD) {
            return Err(Broken::OldWord);
        }
        if bytes.starts_with(b"%PDF-") {
            return Err(Broken::Pdf);
        }
        let files =
            ZipArchive::new(Cursor::new(bytes)).map_err(|error| Broken::Damaged(error.to_string()))?;
        Ok(Self { files, left: LIMIT })
    }

    /// An XML file; `None` where there is none of that name.
    pub(super) fn xml(&mut self, name: &str) -> Result<Option<Vec<u8>>, Broken> {
        self.bytes(name, XML_LIMIT)
    }

    /// Any file.
    pub(super) fn file(&mut self, name: &str) -> Result<Option<Vec<u8>>, Broken> {
        self.bytes(name, LIMIT)
    }

    /// What a file says of its size is not believed: reading stops at the limit.
    fn bytes(&mut self, name: &str, limit: u64) -> Result<Option<Vec<u8>>, Broken> {
        let Some(index) = self.files.index_for_name(name) else { return Ok(None) };
        let file = self.files.by_index(index).map_err(|error| Broken::Damaged(error.to_string()))?;
        let limit = limit.min(self.left);
        let mut bytes = Vec::new();
        let read = file.take(limit + 1).read_to_end(&mut bytes);
        read.map_err(|error| Broken::Damaged(error.to_string()))?;
        if bytes.len() as u64 > limit {
            return Err(Broken::TooLarge);
        }
        self.left -= bytes.len() as u64;
        Ok(Some(bytes))
    }
}
