//! Files beside the pages: photographs, figures, tables.

use super::diagnostics;
use super::files::File;
use super::route::slug;
use crate::diagnostic::Diagnostic;
use crate::images::{self, Picture};

/// A file that travels with the pages of its folder.
#[derive(Debug, Clone)]
pub struct Asset {
    /// Its path from the site's root, and its bytes.
    pub file: File,
    /// Its place below an edition: `ai/cluster.svg`.
    pub route: String,
    /// Width and height in pixels, where it is an image that says so.
    pub size: Option<(u32, u32)>,
    /// What a page that shows it gets.
    pub picture: Picture,
}

impl Asset {
    /// Finds its route, and for an image its size.
    pub(super) fn load(file: File, diagnostics: &mut Vec<Diagnostic>) -> Option<Self> {
        let (size, picture) = if is_image(&file.path) {
            let bytes = file.read_or_report(diagnostics)?;
            match extension(&file.path).as_str() {
                "svg" => (svg_size(&bytes), Picture::AsItIs),
                "avif" => (avif_size(&bytes), Picture::AsItIs),
                _ => images::look(&bytes),
            }
        } else {
            (None, Picture::AsItIs)
        };
        let inner = file.path.strip_prefix("content/").unwrap_or(&file.path);
        let (folders, name) = inner.rsplit_once('/').unwrap_or(("", inner));
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        // A number before a name orders pages; an asset's name is kept whole.
        let stem = slug(stem);
        if stem.is_empty() {
            diagnostics.push(diagnostics::asset_name(&file.path));
            return None;
        }
        let mut route = String::new();
        if !folders.is_empty() {
            match super::Route::of(&format!("content/{folders}/_index.md")) {
                Ok(folder) => route = folder.path() + "/",
                Err(problem) => {
                    diagnostics.push(diagnostics::route(&file.path, &problem, &[]));
                    return None;
                }
            }
        }
        route.push_str(&stem);
        let extension = slug(extension);
        if !extension.is_empty() {
            route.push('.');
            route.push_str(&extension);
        }
        Some(Self { file, route, size, picture })
    }

    /// Whether its texts are converted.
    pub fn is_svg(&self) -> bool {
        is_svg(&self.file.path)
    }
}

fn extension(path: &str) -> String {
    path.rsplit_once('.').map(|(_, extension)| extension.to_lowercase()).unwrap_or_default()
}

fn is_svg(path: &str) -> bool {
    extension(path) == "svg"
}

fn is_image(path: &str) -> bool {
    matches!(
        extension(path).as_str(),
        "svg" | "png" | "jpg" | "jpeg" | "jfif" | "jpe" | "gif" | "webp" | "avif"
    )
}

fn avif_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let size = imagesize::blob_size(bytes).ok()?;
    Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?))
}

/// Width and height of the root element, or of its `viewBox`.
fn svg_size(bytes: &[u8]) -> Option<(u32, u32)> {
    use quick_xml::{Reader, events::Event};
    let mut reader = Reader::from_reader(bytes);
    loop {
        match reader.read_event() {
            Ok(Event::Start(root) | Event::Empty(root)) => {
                let attribute = |name: &str| {
                    let found = root.try_get_attribute(name).ok()??;
                    Some(found.value.into_owned())
                };
                let pixels = |name| attribute(name)?.trim_end_matches("px").trim().parse::<f64>().ok();
                let (width, height) = match (pixels("width"), pixels("height")) {
                    (Some(width), Some(height)) => (width, height),
                    _ => {
                        let view = attribute("viewBox")?;
                        let mut numbers =
                            view.split([' ', ',']).filter_map(|n| n.parse::<f64>().ok()).skip(2);
                        (numbers.next()?, numbers.next()?)
                    }
                };
                let whole = |n: f64| (1.0..1e6).contains(&n).then_some(n.round() as u32);
                return Some((whole(width)?, whole(height)?));
            }
            Ok(Event::Eof) | Err(_) => return None,
            Ok(_) => {}
        }
    }
}
