//! Social cards: what a link to a page shows where it is shared.

use crate::messages::says;
use crate::sites::{Folder, SETTINGS, jianbao};
use jianbao::cards::{Card, Font, Missing, draw};
use jianbao::script::Dictionaries;
use std::collections::BTreeMap;

/// Noto Serif CJK Bold, with the forms of the mainland and of Taiwan.
const FONT: &[u8] = include_bytes!("../fonts/NotoSerifCJK-Bold.otf");
const WITH_FONT: &str =
    "title = \"简报\"\nbase_url = \"https://example.org/b/\"\n[cards]\nfont = \"fonts/a.otf\"\n";

/// A site with a font and a page in two editions.
fn site(settings: &str) -> Folder {
    let site = Folder::new();
    site.write("site.toml", settings);
    site.write("fonts/a.otf", FONT);
    site.write("content/_index.md", "+++\ntitle = \"打赢经济翻身仗\"\nkicker = \"经济\"\n+++\n\n字\n");
    site.write("content/town.md", "+++\ntitle = \"人工智能小镇\"\n+++\n\n字\n");
    site
}

#[track_caller]
fn published(site: &Folder) -> String {
    let ran = site.run(&["build"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""), "{}", ran.stdout);
    ran.stdout
}

fn cards(site: &Folder) -> BTreeMap<String, Vec<u8>> {
    if site.path("public/cards").exists() { site.tree("public/cards") } else { BTreeMap::new() }
}

/// The content of a `<meta property>`.
#[track_caller]
fn meta(html: &str, property: &str) -> String {
    let start = format!("<meta property=\"{property}\" content=\"");
    let rest = html.split(&start).nth(1).unwrap_or_else(|| panic!("{property} in {html}"));
    rest.split('"').next().unwrap_or_default().to_owned()
}

fn image(site: &Folder, page: &str) -> String {
    meta(&site.read(&format!("public/{page}")), "og:image")
}

fn card(headline: &str) -> Card<'_> {
    let begins = Dictionaries::embedded().word_begins(headline);
    Card {
        masthead: "简报", kicker: Some("经济"), headline, begins, label: "简体", imprint: "2023年6月28日"
    }
}

#[track_caller]
fn drawn(card: &Card<'_>, tag: &str) -> Vec<u8> {
    draw(card, &Font::open(&[FONT], tag).expect("a font")).expect("a card")
}

#[test]
fn each_edition_has_a_card_in_its_own_script() {
    let site = site(WITH_FONT);
    published(&site);
    assert_eq!(cards(&site).len(), 2);
    let (hans, hant) = (image(&site, "zh-hans/index.html"), image(&site, "zh-hant/index.html"));
    assert_ne!(hans, hant);
    assert_eq!(image(&site, "zh-hans/town/index.html"), hans, "its pages show the edition's");
    for url in [&hans, &hant] {
        let name = url.strip_prefix("https://example.org/b/cards/").expect("a full url");
        assert!(cards(&site).contains_key(name), "{url}");
    }
    let page = site.read("public/zh-hant/index.html");
    assert_eq!(meta(&page, "og:image:alt"), "打贏經濟翻身仗");
    assert_eq!(
        (meta(&page, "og:image:width"), meta(&page, "og:image:height")),
        ("1200".into(), "630".into())
    );
}

#[test]
fn each_page_has_one_where_the_site_wants_it() {
    let site = site(&format!("{WITH_FONT}pages = true\n"));
    published(&site);
    assert_eq!(cards(&site).len(), 4);
    assert_ne!(image(&site, "zh-hans/index.html"), image(&site, "zh-hans/town/index.html"));
    assert_eq!(meta(&site.read("public/zh-hant/town/index.html"), "og:image:alt"), "人工智能小鎮");
}

#[test]
fn the_entry_page_and_the_page_for_what_is_not_found_show_the_first_editions() {
    let site = site(WITH_FONT);
    published(&site);
    let first = image(&site, "zh-hans/index.html");
    assert_eq!([image(&site, "index.html"), image(&site, "404.html")], [first.clone(), first]);
}

#[test]
fn a_card_is_a_small_png_of_the_size_that_is_asked_for() {
    let long = "关于印发《杭州未来科技城（海创园）促进人工智能、生物医药和新能源新材料产业高质量发展的若干政策意见》的通知";
    for headline in ["项目用地", "抢出“半年红”，奔向“全年红”", long, &long.repeat(8)] {
        let bytes = drawn(&card(headline), "zh-Hans");
        assert_eq!(jianbao::images::look(&bytes).0, Some((1200, 630)), "{headline}");
        assert!(bytes.len() < 45_000, "{headline}: {} bytes", bytes.len());
        image::load_from_memory(&bytes).expect("a sound PNG");
    }
}

#[test]
fn the_same_card_has_the_same_bytes() {
    for tag in ["zh-Hans", "zh-Hant"] {
        let card = card("全国首个全球跨境DTC品牌创新中心启用");
        assert_eq!(drawn(&card, tag), drawn(&card, tag));
    }
    let (one, other) = (site(WITH_FONT), site(WITH_FONT));
    published(&one);
    published(&other);
    assert_eq!(cards(&one), cards(&other), "in another folder, too");
}

/// 直 and 骨 are one character each in Unicode and are written in two ways.
#[test]
fn regions_have_their_own_forms_of_a_character() {
    let card = card("直接落地，骨干企业");
    assert_ne!(drawn(&card, "zh-Hans"), drawn(&card, "zh-Hant"));
    assert_eq!(drawn(&card, "zh-Hant"), drawn(&card, "zh-Hant-TW"));
    // The font has none for Hong Kong, and Taiwan's are nearer than the mainland's.
    assert_eq!(drawn(&card, "zh-Hant"), drawn(&card, "zh-Hant-HK"));
}

#[test]
fn a_name_says_what_a_card_shows() {
    let same = card("项目用地").name("zh-Hans", b"font");
    assert_eq!(same, card("项目用地").name("zh-Hans", b"font"));
    let changed = [
        card("项目土地").name("zh-Hans", b"font"),
        Card { kicker: None, ..card("项目用地") }.name("zh-Hans", b"font"),
        Card { masthead: "简", kicker: Some("报经济"), ..card("项目用地") }.name("zh-Hans", b"font"),
        Card { label: "", ..card("项目用地") }.name("zh-Hans", b"font"),
        Card { imprint: "", ..card("项目用地") }.name("zh-Hans", b"font"),
        Card { begins: vec![true; 4], ..card("项目用地") }.name("zh-Hans", b"font"),
        card("项目用地").name("zh-Hant", b"font"),
        card("项目用地").name("zh-Hans", b"another"),
    ];
    for name in changed {
        assert_ne!(name, same);
    }
}

#[test]
fn another_headline_gives_its_card_another_address() {
    let site = site(WITH_FONT);
    published(&site);
    let before = image(&site, "zh-hans/index.html");
    site.write("content/_index.md", "+++\ntitle = \"项目用地\"\n+++\n\n字\n");
    published(&site);
    assert_ne!(image(&site, "zh-hans/index.html"), before);
    assert_eq!(cards(&site).len(), 2, "the old ones are gone");
}

#[test]
fn a_second_build_draws_nothing() {
    let site = site(&format!("{WITH_FONT}pages = true\n"));
    published(&site);
    let first = cards(&site);
    // Whoever drew a card would have to open the font; what tells it from others are its bytes, so these must stay. An
    // entry of the cache that is written again is a new file.
    let files = || -> Vec<(String, std::time::SystemTime)> {
        let names = site.tree(".jianbao-cache").into_keys().filter(|name| name.ends_with(".png"));
        names
            .map(|name| {
                let path = site.path(&format!(".jianbao-cache/{name}"));
                let time = std::fs::metadata(path).and_then(|file| file.modified()).expect("a time");
                (name, time)
            })
            .collect()
    };
    let kept = files();
    assert_eq!(kept.len(), 4);
    published(&site);
    assert_eq!((cards(&site), files()), (first, kept));
}

#[test]
fn a_check_draws_nothing() {
    let site = site(WITH_FONT);
    let ran = site.run(&["check"]);
    assert_eq!(
        (ran.status, ran.stdout.as_str(), ran.stderr.as_str()),
        (0, "2 pages checked: nothing to say\n", "")
    );
    assert!(!site.path(".jianbao-cache").exists());
}

#[test]
fn without_a_font_pages_keep_the_fixed_card_and_a_note_says_so_once() {
    let site = Folder::new();
    let build = |site: &Folder| {
        let ran =
            jianbao().env("JIANBAO_FONT", "/nowhere/a.otf").current_dir(site.root()).arg("build").output();
        String::from_utf8(ran.expect("jianbao runs").stdout).expect("text")
    };
    let said = build(&site);
    let note = "note: links to this site show card.png where they are shared: to draw cards of its own, put a Chinese font \
         into the site's folder and name it in site.toml, font = \"fonts/NAME.otf\" below [cards]; draw = false there ends \
         this note\n";
    assert!(said.starts_with(note), "{said}");
    assert_eq!(said.matches("note:").count(), 1, "{said}");
    assert_eq!(image(&site, "zh-hans/index.html"), "https://example.org/card.png");
    assert_eq!(
        meta(&site.read("public/zh-hant/index.html"), "og:image:alt"),
        "簡報",
        "it shows the site's name"
    );
    site.write("site.toml", format!("{SETTINGS}[cards]\ndraw = false\n"));
    assert!(!build(&site).contains("note:"));
}

#[test]
fn a_font_of_the_machine_is_used_where_the_site_has_none() {
    let site = Folder::new();
    site.write("elsewhere/a.otf", FONT);
    let ran = jianbao().env("JIANBAO_FONT", "elsewhere/a.otf").current_dir(site.root()).arg("build").output();
    assert!(ran.expect("jianbao runs").status.success());
    assert_eq!(cards(&site).len(), 2);
}

#[test]
fn a_site_has_its_own_fixed_card() {
    let site = Folder::new();
    let mut png = Vec::new();
    let pixels = image::RgbImage::new(600, 315);
    pixels.write_to(&mut std::io::Cursor::new(&mut png), image::ImageFormat::Png).expect("a PNG");
    site.write("static/card.png", png);
    published(&site);
    let page = site.read("public/zh-hans/index.html");
    assert_eq!((meta(&page, "og:image:width"), meta(&page, "og:image:height")), ("600".into(), "315".into()));
}

#[test]
fn a_character_that_the_font_lacks_leaves_its_page_the_fixed_card() {
    let font = Font::open(&[FONT], "zh-Hans").expect("a font");
    assert_eq!(draw(&card("𠮷祥𡈽地"), &font), Err(Missing(vec!['𠮷', '𡈽'])));
    let site = site(&format!("{WITH_FONT}pages = true\n"));
    site.write("content/town.md", "+++\ntitle = \"𠮷祥\"\n+++\n\n字\n");
    let said = published(&site);
    let note = "note: 2 cards are not drawn, and card.png stands for them, as their font has no 𠮷: name one that has, in \
         site.toml, font = [\"fonts/FIRST.otf\", \"fonts/SECOND.otf\"] below [cards]\n";
    assert!(said.starts_with(note), "{said}");
    assert_eq!(image(&site, "zh-hans/town/index.html"), "https://example.org/b/card.png");
    assert_eq!(cards(&site).len(), 2, "other pages have theirs");
}

#[test]
fn an_edition_has_the_font_that_is_named_for_it() {
    let settings = "title = \"简报\"\nbase_url = \"https://example.org/b/\"\n[cards.font]\nzh-Hans = \"fonts/a.otf\"\nzh-Hant = [\"fonts/b.otf\", \"fonts/a.otf\"]\n";
    let site = site(settings);
    site.write("fonts/b.otf", [FONT, b" "].concat());
    published(&site);
    let one = cards(&site);
    site.write("fonts/b.otf", FONT);
    published(&site);
    let both = cards(&site);
    let same: Vec<&String> = one.keys().filter(|name| both.contains_key(*name)).collect();
    assert_eq!((one.len(), both.len(), same.len()), (2, 2, 1), "the other edition's has another name");
}

#[test]
fn damaged_fonts_draw_nothing_wrong_and_end_nothing() {
    let card = card("项目用地");
    let sound = drawn(&card, "zh-Hant");
    for tenth in 0..10 {
        let cut = &FONT[..FONT.len() * tenth / 10];
        if let Some(font) = Font::open(&[cut], "zh-Hant") {
            drop(draw(&card, &font));
        }
    }
    // Headers and tables first: that is where a font says where all else is.
    let mut state = 0x2545_F491_u32;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state as usize % below
    };
    let mut font = FONT.to_vec();
    for round in 0..300 {
        let reach = if round % 3 == 0 { FONT.len() } else { 20_000 };
        let flips: Vec<(usize, u8)> = (0..1 + round % 40).map(|_| (next(reach), 1 << next(8))).collect();
        flips.iter().for_each(|(at, bit)| font[*at] ^= bit);
        if let Some(font) = Font::open(&[&font], "zh-Hant") {
            drop(draw(&card, &font));
        }
        flips.iter().for_each(|(at, bit)| font[*at] ^= bit);
    }
    assert_eq!(draw(&card, &Font::open(&[&font], "zh-Hant").expect("a font")), Ok(sound));
}

#[test]
fn a_font_that_is_not_there() {
    says(
        "site.toml",
        WITH_FONT,
        r#"
error[no-font]: there is no file fonts/a.otf in the site's folder
  --> site.toml:4:8
  |
4 | font = "fonts/a.otf"
  |        ^^^^^^^^^^^^^
  = help: put the font there, or mend the path; without the line cards are drawn with a font of the machine
"#,
    );
}

#[test]
fn a_path_that_leads_out_of_the_site() {
    says(
        "site.toml",
        &WITH_FONT.replace("fonts/a.otf", "../a.otf"),
        r#"
error[font]: this is no path of a font in the site's folder
  --> site.toml:4:8
  |
4 | font = "../a.otf"
  |        ^^^^^^^^^^
  = help: write its path from the folder of site.toml, such as "fonts/title.otf"; it ends in .otf, .ttf, .otc or .ttc
"#,
    );
}

#[test]
fn a_file_that_is_no_font() {
    let site = site(WITH_FONT);
    site.write("fonts/a.otf", "字");
    let ran = site.run(&["build"]);
    assert_eq!(ran.status, 0);
    let expected = "warning[font]: this file is no font that cards can be drawn with
  --> fonts/a.otf
  = help: put an OpenType or TrueType font there (.otf, .ttf, .otc, .ttc); a web font (.woff2) must be unpacked";
    assert_eq!(ran.stderr.trim_end(), expected);
    assert_eq!(cards(&site).len(), 0);
}
