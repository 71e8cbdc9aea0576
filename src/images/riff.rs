//! The container of WebP: chunks are found in one, and a colour profile is put into one.

/// The first chunk of this name.
pub(super) fn chunk(file: &[u8], name: [u8; 4]) -> Option<&[u8]> {
    chunks(file).find(|(found, _)| *found == name).map(|(_, data)| data)
}

/// The chunks of a WebP file, up to the first that is not whole.
fn chunks(file: &[u8]) -> impl Iterator<Item = ([u8; 4], &[u8])> {
    let mut rest = file.get(12..).unwrap_or_default();
    std::iter::from_fn(move || {
        let (name, after) = rest.split_first_chunk::<4>()?;
        let (length, after) = after.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
        let data = after.get(..length)?;
        rest = after.get(length + length % 2..).unwrap_or_default();
        Some((*name, data))
    })
}

const HAS_PROFILE: u8 = 0x20;
const HAS_ALPHA: u8 = 0x10;

/// The file with a colour profile. `file` is one that libwebp has made, `width` and `height` are its own.
pub(super) fn with_profile(
    file: &[u8],
    profile: &[u8],
    (width, height): (u32, u32),
    has_alpha: bool,
) -> Vec<u8> {
    let mut extended = Vec::with_capacity(10);
    extended.extend([HAS_PROFILE | if has_alpha { HAS_ALPHA } else { 0 }, 0, 0, 0]);
    for side in [width, height] {
        extended.extend(&side.saturating_sub(1).to_le_bytes()[..3]);
    }
    let mut body = b"WEBP".to_vec();
    push(&mut body, *b"VP8X", &extended);
    push(&mut body, *b"ICCP", profile);
    for (name, data) in chunks(file).filter(|(name, _)| name != b"VP8X") {
        push(&mut body, name, data);
    }
    let mut out = b"RIFF".to_vec();
    out.extend(length(&body));
    out.extend(body);
    out
}

fn push(out: &mut Vec<u8>, name: [u8; 4], data: &[u8]) {
    out.extend(name);
    out.extend(length(data));
    out.extend(data);
    out.extend((data.len() % 2 == 1).then_some(0));
}

fn length(data: &[u8]) -> [u8; 4] {
    u32::try_from(data.len()).unwrap_or(u32::MAX).to_le_bytes()
}
