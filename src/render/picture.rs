//! An image of the body as HTML.
//!
//! In: where it is, what it shows, its size and variants. Out: an `<img>` that reserves its space, in a `<picture>` where
//! the browser has a choice. Never: a look at the file.

use super::escape;
use crate::images::{FOLDER, Format, Variants};
use crate::site::Urls;
use std::fmt::Write;

/// How wide the theme shows an image at most, which a browser must know before it knows the style sheet: the column of
/// 38em, which from 44em on has its full width, and what the margins leave of smaller windows.
const SIZES: &str = "(min-width: 44em) 646px, 92vw";

/// An image on a page.
pub(super) struct Image<'a> {
    /// The original.
    pub(super) href: String,
    pub(super) alt: &'a str,
    pub(super) title: Option<&'a str>,
    pub(super) size: Option<(u32, u32)>,
    /// Its other sizes, and what makes their addresses.
    pub(super) variants: Option<(&'a Variants, &'a Urls)>,
    /// The first image of a page is likely to be seen at once; those after it load when a reader comes near.
    pub(super) is_first: bool,
}

impl Image<'_> {
    pub(super) fn write(&self, out: &mut String) {
        let Some((variants, urls)) = self.variants else {
            self.img(out, &self.href, None);
            return;
        };
        let addresses = |format| Addresses { variants, format, urls };
        out.push_str("<picture><source type=\"image/webp\"");
        addresses(Format::WebP).write(out);
        out.push('>');
        if variants.formats().contains(&Format::Jpeg) {
            let jpeg = addresses(Format::Jpeg);
            self.img(out, &jpeg.largest(), Some(&jpeg));
        } else {
            self.img(out, &self.href, None);
        }
        out.push_str("</picture>");
    }

    fn img(&self, out: &mut String, src: &str, choice: Option<&Addresses<'_>>) {
        out.push_str("<img");
        attribute(out, "src", src);
        if let Some(choice) = choice {
            choice.write(out);
        }
        attribute(out, "alt", self.alt);
        if let Some(title) = self.title {
            attribute(out, "title", title);
        }
        if let Some((width, height)) = self.size {
            // Writing to a String cannot fail.
            let _ = write!(out, " width=\"{width}\" height=\"{height}\"");
        }
        out.push_str(if self.is_first {
            " loading=\"eager\" fetchpriority=\"high\" decoding=\"async\">"
        } else {
            " loading=\"lazy\" decoding=\"async\">"
        });
    }
}

/// Where the variants of one format are.
struct Addresses<'a> {
    variants: &'a Variants,
    format: Format,
    urls: &'a Urls,
}

impl Addresses<'_> {
    fn of(&self, width: u32) -> String {
        self.urls.path(&format!("{FOLDER}/{}", self.variants.name(width, self.format)))
    }

    fn largest(&self) -> String {
        self.variants.widths().last().map_or_else(String::new, |width| self.of(*width))
    }

    fn write(&self, out: &mut String) {
        let addresses = self.variants.widths().iter().map(|width| format!("{} {width}w", self.of(*width)));
        attribute(out, "srcset", &addresses.collect::<Vec<_>>().join(", "));
        attribute(out, "sizes", SIZES);
    }
}

fn attribute(out: &mut String, name: &str, value: &str) {
    // Writing to a String cannot fail.
    let _ = write!(out, " {name}=\"");
    escape::attribute(out, value);
    out.push('"');
}
