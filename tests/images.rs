//! Images in sizes that fit the page: what readers load, what the cache keeps, what stays as it is.

use crate::sites::{Folder, Ran};
use image::codecs::gif::GifEncoder;
use image::codecs::png::{CompressionType, FilterType as PngFilter, PngEncoder};
use image::imageops::FilterType;
use image::{DynamicImage, Frame, Rgb, RgbImage, Rgba, RgbaImage};
use jpeg_encoder::{ColorType, Encoder};
use std::collections::BTreeMap;

const CACHE: &str = ".jianbao-cache";

/// The same noise every time: nothing is harder to make small. Its rows come again after a while, which no encoder of
/// photographs can make use of.
fn noise(width: u32, height: u32) -> RgbImage {
    let mut state = 0x2545_F491_u32;
    let bytes: Vec<u8> = std::iter::repeat_with(|| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state.to_le_bytes()[0]
    })
    .take(300_007)
    .collect();
    let all = (width * height * 3) as usize;
    let mut pixels = bytes.repeat(all.div_ceil(bytes.len()));
    pixels.truncate(all);
    RgbImage::from_raw(width, height, pixels).expect("as many bytes as pixels")
}

/// Soft light from corner to corner, with grain enough that the file is not small.
fn photograph(width: u32, height: u32) -> RgbImage {
    let mut image = noise(width, height);
    for (x, y, pixel) in image.enumerate_pixels_mut() {
        let light = [x * 200 / width, y * 200 / height, (x + y) * 200 / (width + height)];
        for (colour, light) in pixel.0.iter_mut().zip(light) {
            *colour = u8::try_from(light).unwrap_or(u8::MAX) + *colour % 16;
        }
    }
    image
}

fn jpeg(image: &RgbImage, segments: &[(u8, &[u8])]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 85);
    for (number, data) in segments {
        encoder.add_app_segment(*number, data.to_vec()).expect("a segment");
    }
    let side = |pixels: u32| u16::try_from(pixels).expect("no larger than JPEG can be");
    encoder
        .encode(image.as_raw(), side(image.width()), side(image.height()), ColorType::Rgb)
        .expect("a JPEG");
    bytes
}

fn png(image: impl Into<DynamicImage>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Best, PngFilter::NoFilter);
    image.into().write_with_encoder(encoder).expect("a PNG");
    bytes
}

/// A site whose home page shows these files, one below the other.
fn site(images: &[(&str, &[u8])]) -> Folder {
    let site = Folder::new();
    let mut page = "+++\ntitle = \"首页\"\n+++\n".to_owned();
    for (name, bytes) in images {
        page.push_str(&format!("\n![头发]({name})\n"));
        site.write(&format!("content/{name}"), bytes);
    }
    site.write("content/_index.md", page);
    site
}

#[track_caller]
fn published(site: &Folder, args: &[&str]) -> Ran {
    let ran = site.run(&[&["build"], args].concat());
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""), "{}", ran.stdout);
    ran
}

/// The variants by name.
fn variants(site: &Folder) -> BTreeMap<String, Vec<u8>> {
    site.tree("public/images")
}

/// The value of an attribute of the first tag that begins so.
#[track_caller]
fn attribute<'h>(html: &'h str, tag: &str, name: &str) -> &'h str {
    let start = html.find(tag).unwrap_or_else(|| panic!("{tag} in {html}"));
    let tag = html[start..].split('>').next().unwrap_or_default();
    let value = tag.split(&format!(" {name}=\"")).nth(1).and_then(|rest| rest.split('"').next());
    value.unwrap_or_else(|| panic!("{name} in {tag}"))
}

fn width_of(name: &str) -> u32 {
    name.split(['-', '.']).nth(1).and_then(|width| width.parse().ok()).expect("a width in the name")
}

fn size_of(bytes: &[u8]) -> (u32, u32) {
    jianbao::images::look(bytes).0.expect("an image")
}

#[track_caller]
fn webp(bytes: &[u8]) -> webp::WebPImage {
    webp::Decoder::new(bytes).decode().expect("a WebP")
}

#[test]
fn every_width_of_large_noise_is_within_300_kilobytes() {
    within_300_kilobytes(&noise(4000, 3000));
}

#[test]
fn every_width_of_a_large_photograph_is_within_300_kilobytes() {
    let photograph = DynamicImage::from(photograph(400, 300)).resize_exact(4000, 3000, FilterType::Triangle);
    within_300_kilobytes(&photograph.into_rgb8());
}

#[track_caller]
fn within_300_kilobytes(image: &RgbImage) {
    let site = site(&[("large.jpg", &jpeg(image, &[]))]);
    let said = published(&site, &[]).stdout;
    assert!(said.contains(", 1 image made smaller, "), "{said}");
    let mut by_width: BTreeMap<u32, usize> = BTreeMap::new();
    for (name, bytes) in variants(&site) {
        assert_eq!(size_of(&bytes), (width_of(&name), width_of(&name) * 3 / 4), "{name}");
        *by_width.entry(width_of(&name)).or_default() += bytes.len();
    }
    assert_eq!(by_width.keys().copied().collect::<Vec<_>>(), [480, 800, 1200, 1600]);
    assert!(by_width.values().all(|bytes| *bytes <= 300_000), "{by_width:?}");
    assert!(by_width[&1600] > 60_000, "and not smaller than it need be: {by_width:?}");
}

#[test]
fn what_pages_name_is_there_and_space_is_reserved() {
    let image = jpeg(&photograph(1300, 650), &[]);
    let site = site(&[("a.jpg", &image), ("b.jpg", &jpeg(&photograph(900, 900), &[]))]);
    published(&site, &["--base-url", "https://example.org/brief/"]);
    let files = variants(&site);
    for edition in ["zh-hans", "zh-hant"] {
        let html = site.read(&format!("public/{edition}/index.html"));
        let source = attribute(&html, "<source", "srcset");
        assert_eq!(attribute(&html, "<source", "type"), "image/webp");
        for (named, kind) in [(source, "webp"), (attribute(&html, "<img", "srcset"), "jpg")] {
            let named: Vec<(&str, &str)> =
                named.split(", ").filter_map(|choice| choice.split_once(' ')).collect();
            assert_eq!(named.iter().map(|(_, width)| *width).collect::<Vec<_>>(), ["480w", "800w", "1300w"]);
            for (url, width) in named {
                let name = url.strip_prefix("/brief/images/").expect("once for all editions");
                assert!(name.ends_with(kind) && files.contains_key(name), "{name}");
                assert_eq!(format!("{}w", width_of(name)), width);
            }
        }
        assert_eq!(attribute(&html, "<img", "src"), source_of_largest(&html));
        let size = (attribute(&html, "<img", "width"), attribute(&html, "<img", "height"));
        assert_eq!(size, ("1300", "650"));
        assert_eq!(attribute(&html, "<source", "sizes"), attribute(&html, "<img", "sizes"));
        let images: Vec<&str> = html.split("<img").skip(1).filter_map(|tag| tag.split('>').next()).collect();
        assert!(
            images[0].ends_with(" loading=\"eager\" fetchpriority=\"high\" decoding=\"async\""),
            "{}",
            images[0]
        );
        assert!(images[1].ends_with(" height=\"900\" loading=\"lazy\" decoding=\"async\""), "{}", images[1]);
    }
    assert_eq!(site.tree("public")["zh-hans/a.jpg"], image, "the original is there as it was");
}

fn source_of_largest(html: &str) -> &str {
    attribute(html, "<img", "srcset")
        .rsplit(", ")
        .next()
        .and_then(|s| s.split(' ').next())
        .unwrap_or_default()
}

#[test]
fn a_second_build_makes_nothing_anew() {
    let site = site(&[("a.jpg", &jpeg(&photograph(1000, 700), &[]))]);
    published(&site, &[]);
    let (public, cache) = (site.tree("public"), site.tree(CACHE));
    let written =
        |name: &str| site.path(CACHE).join(name).metadata().and_then(|is| is.modified()).expect("a time");
    let times: Vec<_> = cache.keys().map(|name| written(name)).collect();
    assert_eq!(
        cache.len(),
        2 * 3 + 2,
        "an entry for each variant, the tag and .gitignore: {:?}",
        cache.keys()
    );
    assert_eq!(cache[".gitignore"], b"*\n");
    assert!(cache["CACHEDIR.TAG"].starts_with(b"Signature: 8a477f597d28d172789f06886806bc55\n"));

    let said = published(&site, &[]).stdout;
    assert!(said.contains(": 0 files written, ") && !said.contains("made smaller"), "{said}");
    assert_eq!(cache.keys().map(|name| written(name)).collect::<Vec<_>>(), times);

    // Without the output, and without the cache: the same bytes.
    for folder in ["public", CACHE] {
        std::fs::remove_dir_all(site.path(folder)).expect("removed");
        let said = published(&site, &["--jobs", "1"]).stdout;
        assert_eq!(said.contains("made smaller"), folder == CACHE, "{said}");
        assert!(site.tree("public") == public, "clean and incremental builds are the same");
    }
    assert!(site.tree(CACHE) == cache);
}

#[test]
fn a_damaged_entry_of_the_cache_is_made_anew() {
    let site = site(&[("a.jpg", &jpeg(&photograph(700, 500), &[]))]);
    published(&site, &[]);
    let (public, cache) = (site.tree("public"), site.tree(CACHE));
    let entry = cache.keys().find(|name| name.ends_with(".webp")).expect("an entry");
    let mut flipped = cache[entry].clone();
    *flipped.last_mut().expect("a byte") ^= 1;
    for damaged in [&flipped[..], &cache[entry][..300], b""] {
        site.write(&format!("{CACHE}/{entry}"), damaged);
        let said = published(&site, &[]).stdout;
        assert!(said.contains("1 image made smaller"), "{said}");
        assert!(site.tree("public") == public && site.tree(CACHE) == cache);
    }
}

#[test]
fn the_cache_holds_what_the_last_build_used_and_nothing_of_others_is_touched() {
    let site = site(&[("a.jpg", &jpeg(&photograph(700, 500), &[]))]);
    published(&site, &[]);
    let first = site.tree(CACHE);
    site.write(&format!("{CACHE}/notes.txt"), "mine");
    site.write("content/a.jpg", jpeg(&photograph(710, 500), &[]));
    published(&site, &[]);
    let second = site.tree(CACHE);
    assert_eq!(second.len(), first.len() + 1);
    assert!(second.contains_key("notes.txt"));
    assert!(first.keys().filter(|name| name.contains('-')).all(|name| !second.contains_key(name)));
}

#[test]
fn a_cache_that_cannot_be_written_is_said_once_and_stops_nothing() {
    let site = site(&[("a.jpg", &jpeg(&photograph(700, 500), &[])), ("b.jpg", &jpeg(&noise(600, 600), &[]))]);
    site.write(CACHE, "a file");
    let said = published(&site, &[]).stdout;
    let note = "note: images are made anew next time, as .jianbao-cache cannot be written: ";
    assert_eq!(said.matches(note).count(), 1, "{said}");
    assert_eq!(site.read(CACHE), "a file");
    let ran = site.run(&["build", "--format", "json"]);
    assert_eq!(
        (ran.status, ran.stdout.as_str()),
        (0, ""),
        "no diagnostic: a read-only checkout is nothing unusual"
    );
}

#[cfg(unix)]
#[test]
fn a_cache_that_is_a_link_is_left_alone() {
    let site = site(&[("a.jpg", &jpeg(&photograph(700, 500), &[]))]);
    std::fs::create_dir(site.path("elsewhere")).expect("a folder");
    std::os::unix::fs::symlink("elsewhere", site.path(CACHE)).expect("a link");
    let said = published(&site, &[]).stdout;
    assert!(said.contains("note: images are made anew next time"), "{said}");
    assert!(site.tree("elsewhere").is_empty());
}

#[test]
fn nothing_is_published_into_the_cache() {
    let site = Folder::new();
    let ran = site.run(&["build", "--output", ".jianbao-cache/public"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("it lies in the source folder"), "{}", ran.stderr);
}

/// Exif with nothing but an orientation, and a place that no reader is to learn.
fn exif(orientation: u8) -> Vec<u8> {
    let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
    exif.extend(b"GPS 25.03N 121.56E");
    exif
}

#[test]
fn a_photograph_that_lies_on_its_side_is_set_upright() {
    // Red on the left as stored: turned to the right, it is at the top.
    let stored = RgbImage::from_fn(900, 600, |x, y| {
        let grain = u8::try_from((x * 31 + y * 17) % 61).unwrap_or_default();
        if x < 450 { Rgb([190 + grain, grain, grain]) } else { Rgb([grain, grain, 190 + grain]) }
    });
    let bytes = jpeg(&stored, &[(1, &exif(6))]);
    let small = jpeg(&RgbImage::from_pixel(40, 20, Rgb([9, 9, 9])), &[(1, &exif(8))]);
    let site = site(&[("a.jpg", &bytes), ("small.jpg", &small)]);
    published(&site, &[]);
    let html = site.read("public/zh-hans/index.html");
    let sizes: Vec<&str> =
        html.split(" width=\"").skip(1).filter_map(|rest| rest.split(" loading").next()).collect();
    assert_eq!(sizes, ["600\" height=\"900\"", "20\" height=\"40\""]);
    for (name, bytes) in variants(&site) {
        assert!(!bytes.windows(3).any(|text| text == b"GPS"), "{name} says where it was taken");
        assert_eq!(size_of(&bytes), (width_of(&name), width_of(&name) * 3 / 2), "{name}");
        if name.ends_with(".webp") {
            let image = webp(&bytes);
            let last = image.len() - 3;
            assert!(image[0] > 150 && image[2] < 100, "{name}: red at the top, {:?}", &image[..3]);
            assert!(image[last] < 100 && image[last + 2] > 150, "{name}: blue at the bottom");
        }
    }
}

#[test]
fn what_is_seen_through_stays_so_and_has_no_seam() {
    // A grey disc on nothing; what is not seen is green.
    let grain = noise(1000, 1000);
    let disc = RgbaImage::from_fn(1000, 1000, |x, y| {
        let (dx, dy) = (x.abs_diff(500), y.abs_diff(500));
        let grain = grain.get_pixel(x, y).0[0] % 8;
        if dx * dx + dy * dy < 160_000 { Rgba([128 - grain, 128, 128, 255]) } else { Rgba([0, 255, 0, 0]) }
    });
    let bytes = png(disc);
    assert!(bytes.len() > 100_000, "large enough to be made smaller: {}", bytes.len());
    let site = site(&[("disc.png", &bytes)]);
    published(&site, &[]);
    let html = site.read("public/zh-hant/index.html");
    assert_eq!(attribute(&html, "<img", "src"), "/zh-hant/disc.png", "older browsers get the original");
    let files = variants(&site);
    assert!(files.keys().all(|name| name.ends_with(".webp")) && files.len() == 3, "{:?}", files.keys());
    for (name, bytes) in files {
        let image = webp(&bytes);
        let seen: Vec<&[u8]> = image.chunks_exact(4).filter(|pixel| pixel[3] > 40).collect();
        assert!(image.is_alpha() && image[3] == 0, "{name}: the corner is empty");
        let is_grey = |pixel: &&[u8]| pixel[..3].iter().all(|colour| (60..=196).contains(colour));
        let other = seen.iter().find(|pixel| !is_grey(pixel));
        assert_eq!(other, None, "{name}: grey to its edge");
    }
}

#[test]
fn a_drawing_keeps_its_pixels_and_a_photograph_in_png_does_not() {
    let specks = noise(1200, 800);
    let plan = RgbImage::from_fn(1200, 800, |x, y| {
        if specks.get_pixel(x, y).0[0] > 200 { Rgb([20, 30, 90]) } else { Rgb([255, 255, 255]) }
    });
    let (drawing, photo) = (png(plan.clone()), png(photograph(900, 600)));
    let site = site(&[("plan.png", &drawing), ("photo.png", &photo)]);
    published(&site, &[]);
    let html = site.read("public/zh-hans/index.html");
    assert_eq!(attribute(&html, "<img", "src"), "/zh-hans/plan.png");
    let largest = attribute(&html, "<source", "srcset").rsplit('/').next().and_then(|s| s.split(' ').next());
    let files = variants(&site);
    let exact = webp(&files[largest.expect("a name")]);
    assert!(exact[..] == plan.as_raw()[..], "at its own width, pixel for pixel");
    assert_eq!(
        files.keys().filter(|name| name.ends_with(".jpg")).count(),
        2,
        "the photograph's: {:?}",
        files.keys()
    );
}

#[test]
fn what_is_small_moves_or_has_other_colours_stays_as_it_is() {
    let frame = |shade| Frame::new(DynamicImage::from(noise(600, 400)).brighten(shade).into_rgba8());
    let mut moving = Vec::new();
    GifEncoder::new(&mut moving).encode_frames([frame(0), frame(40)]).expect("a GIF");
    let mut printed = Vec::new();
    let inks = DynamicImage::from(noise(600, 400)).into_rgba8();
    Encoder::new(&mut printed, 90).encode(inks.as_raw(), 600, 400, ColorType::Cmyk).expect("a JPEG");
    let narrow = jpeg(&noise(480, 400), &[]);
    let light = jpeg(&RgbImage::from_pixel(2000, 1000, Rgb([9, 99, 199])), &[]);
    let profile = [&b"ICC_PROFILE\0\x01\x01"[..], &[0; 16], b"CMYK", &[0; 108]].concat();
    let profiled = jpeg(&noise(600, 400), &[(2, &profile)]);
    let specks = noise(1500, 900);
    let is_inked = |x, y| x < 500 && specks.get_pixel(x, y).0[0] > 200;
    let table = png(RgbImage::from_fn(1500, 900, |x, y| Rgb([u8::from(is_inked(x, y)) * 255; 3])));
    assert!((40_000..100_000).contains(&table.len()), "a drawing that is small for one: {}", table.len());
    let files: [(&str, &[u8]); 6] = [
        ("table.png", &table),
        ("moving.gif", &moving),
        ("printed.jpg", &printed),
        ("narrow.jpg", &narrow),
        ("light.jpg", &light),
        ("profiled.jpg", &profiled),
    ];
    let site = site(&files);
    published(&site, &[]);
    let html = site.read("public/zh-hans/index.html");
    for (name, size) in files.iter().map(|(name, _)| *name).zip(["1500", "600", "600", "480", "2000", "600"])
    {
        assert_eq!(attribute(&html, &format!("<img src=\"/zh-hans/{name}\""), "width"), size, "{name}");
    }
    assert!(!html.contains("<picture"), "{html}");
    assert!(!site.path("public/images").exists() && !site.path(CACHE).exists());
}

#[test]
fn a_gif_that_stands_still_is_a_drawing() {
    let mut still = Vec::new();
    GifEncoder::new(&mut still)
        .encode_frames([Frame::new(DynamicImage::from(noise(600, 400)).into_rgba8())])
        .expect("a GIF");
    let site = site(&[("still.gif", &still)]);
    published(&site, &[]);
    assert_eq!(attribute(&site.read("public/zh-hans/index.html"), "<img", "src"), "/zh-hans/still.gif");
    assert!(variants(&site).values().all(|bytes| webp(bytes).width() >= 480));
}

#[test]
fn a_colour_profile_travels_and_that_of_every_screen_does_not() {
    let profile = |name: &[u8]| {
        let mut profile = [&[0; 16][..], b"RGB ", &[0; 108]].concat();
        profile.extend(name);
        [&b"ICC_PROFILE\0\x01\x01"[..], &profile].concat()
    };
    let wide = jpeg(&noise(600, 400), &[(2, &profile(b"Display P3!"))]);
    let usual = jpeg(&noise(600, 404), &[(2, &profile(b"sRGB IEC61966-2.1"))]);
    let site = site(&[("wide.jpg", &wide), ("usual.jpg", &usual)]);
    published(&site, &[]);
    let says = |bytes: &[u8], text: &[u8]| bytes.windows(text.len()).any(|part| part == text);
    let files = variants(&site);
    let with = |text: &[u8]| files.values().filter(|bytes| says(bytes, text)).count();
    assert_eq!((files.len(), with(b"Display P3!"), with(b"sRGB")), (8, 4, 0));
    for (name, bytes) in files.iter().filter(|(name, _)| name.ends_with(".webp")) {
        assert_eq!(webp(bytes).width(), width_of(name), "{name} is sound with its profile");
    }
}

#[test]
fn only_what_pages_show_is_made_and_files_of_the_same_bytes_once() {
    let photo = jpeg(&photograph(700, 500), &[]);
    let site = site(&[("a.jpg", &photo), ("b.jpg", &photo)]);
    site.write("content/unseen.jpg", jpeg(&noise(700, 500), &[]));
    site.write("content/linked.jpg", "not even an image");
    let page = site.read("content/_index.md") + "\n[头发](linked.jpg)\n";
    site.write("content/_index.md", page);
    let said = published(&site, &[]).stdout;
    assert!(said.contains("1 image made smaller"), "{said}");
    assert_eq!(variants(&site).len(), 4, "two widths, two formats");
    assert_eq!(site.read("public/zh-hans/index.html").matches("<picture>").count(), 2);
}

#[test]
fn a_static_file_of_the_same_name_is_an_error() {
    let site = site(&[("a.jpg", &jpeg(&photograph(700, 500), &[]))]);
    published(&site, &[]);
    let name = variants(&site).into_keys().next().expect("a variant");
    site.write(&format!("static/images/{name}"), "mine");
    let ran = site.run(&["build"]);
    assert_eq!(ran.status, 1);
    assert!(ran.stderr.starts_with("error[path-twice]: content/a.jpg and static/images/"), "{}", ran.stderr);
}

#[test]
fn a_damaged_image_is_shown_as_it_is_whatever_the_command() {
    let whole = jpeg(&photograph(1000, 700), &[]);
    let png = png(photograph(600, 400));
    let site = site(&[("a.jpg", &whole[..whole.len() / 2]), ("b.png", &png[..png.len() / 2])]);
    for command in ["check", "build", "build"] {
        let ran = site.run(&[command]);
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        for path in ["content/a.jpg", "content/b.png"] {
            assert!(ran.stderr.contains(&format!("\n  --> {path}\n")), "{path}: {}", ran.stderr);
        }
        assert_eq!(ran.stderr.matches("warning[image]: ").count(), 2, "{}", ran.stderr);
    }
    let html = site.read("public/zh-hans/index.html");
    assert!(html.contains("<img src=\"/zh-hans/a.jpg\"") && !html.contains("<picture"), "{html}");
    assert!(!site.path("public/images").exists());
    assert!(html.contains(" width=\"1000\" height=\"700\""));
}
