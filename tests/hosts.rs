//! Files for hosts and servers: their texts. What servers make of them is tried in .ci/hosts.

use crate::messages::says;
use crate::sites::{Built, Folder, SETTINGS, build, build_with};

const HOME: (&str, &str) = ("_index.md", "+++\ntitle = \"首页\"\n+++\n");

/// Everything in an alias that means something to one of the servers.
const HOSTILE: &str = "/a%20b\"c;d{e}f$g${h}{$i}'j`k%25l:m*n(o)[p]^q|r+s.t,u~v!w@x&y=z<>/旧文";

fn built(settings: &str, aliases: &str) -> Built {
    let page = format!("+++\ntitle = \"甲\"\naliases = [{aliases}]\n+++\n");
    let templates = ["home.html", "section.html", "page.html", "entry.html", "404.html", "redirect.html"];
    let built = build_with(settings, &[HOME, ("a.md", &page)], &templates.map(|name| (name, "")));
    assert!(built.published, "{:?}", built.diagnostics);
    built
}

fn lines<'t>(text: &'t str, part: &str) -> Vec<&'t str> {
    text.lines().filter(|line| line.contains(part)).map(str::trim).collect()
}

#[test]
fn every_host_gets_its_files_and_a_site_chooses() {
    let all = built(SETTINGS, "");
    let names = |built: &Built| {
        let is_own = |path: &&String| path.starts_with(['_', '.']);
        built.files.keys().filter(is_own).cloned().collect::<Vec<_>>()
    };
    let files = [
        ".htaccess",
        ".nojekyll",
        "_headers",
        "_host/Caddyfile",
        "_host/nginx-http.conf",
        "_host/nginx-server.conf",
        "_redirects",
    ];
    assert_eq!(names(&all), files);
    assert_eq!(all.files[".nojekyll"], "");
    let some = built(&format!("{SETTINGS}[hosting]\nfor = [\"github\", \"netlify\"]\n"), "");
    assert_eq!(names(&some), [".nojekyll", "_headers", "_redirects"]);
    let none = built(&format!("{SETTINGS}[hosting]\nfor = []\n"), "");
    assert!(names(&none).is_empty());
}

#[test]
fn a_file_of_the_site_takes_the_place_of_one_of_these() {
    let site = Folder::new();
    site.write("static/_headers", "own");
    site.write("static/.nojekyll", "");
    let ran = site.run(&["build"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert_eq!(site.read("public/_headers"), "own");
    assert!(site.path("public/_redirects").exists());
}

#[test]
fn the_policy_is_that_of_the_pages() {
    let base = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/base.html"))
        .expect("base.html");
    let policy = base.split_once("Content-Security-Policy\" content=\"").expect("a policy").1;
    let policy = policy.split_once("\">").expect("an end").0;
    let (before, rest) = policy.split_once("{% if site.external_images %}").expect("images");
    let (images, after) = rest.split_once("{% endif %}").expect("an end");
    for (settings, policy) in [
        (SETTINGS.to_owned(), format!("{before}{after}")),
        (format!("{SETTINGS}[markdown]\nexternal_images = true\n"), format!("{before}{images}{after}")),
    ] {
        let built = built(&settings, "");
        for path in ["_headers", ".htaccess", "_host/nginx-server.conf", "_host/Caddyfile"] {
            let text = &built.files[path];
            assert!(text.contains(&format!("{policy}; frame-ancestors 'none'")), "{path}: {text}");
        }
    }
}

#[test]
fn only_a_site_with_https_asks_for_it() {
    let has = |settings: &str| built(settings, "").files["_headers"].contains("Strict-Transport-Security");
    assert!(has(SETTINGS));
    assert!(!has("title = \"简报\"\nbase_url = \"http://example.org/\"\n"));
}

#[test]
fn languages_lead_to_the_nearest_edition() {
    let editions = |tags: &[&str]| {
        let tags: Vec<String> = tags.iter().map(|tag| format!("[[editions]]\ntag = \"{tag}\"\n")).collect();
        format!("{SETTINGS}{}", tags.concat())
    };
    let led = |tags: &[&str], range: &str| {
        let mut pages = vec![HOME];
        if tags.contains(&"en-GB") {
            pages.push(("_index.en-GB.md", "+++\ntitle = \"Home\"\n+++\n"));
        }
        let built = build(&editions(tags), &pages);
        assert!(built.published, "{:?}", built.diagnostics);
        let text = built.files["_redirects"].clone();
        let rules = text.lines().filter_map(|line| line.split_once("Language="));
        let mut homes = rules.filter(|(_, ranges)| ranges.split(',').any(|own| own == range));
        homes
            .next()
            .and_then(|(rule, _)| rule.split_whitespace().nth(1))
            .map(|home| home.trim_matches('/').to_owned())
    };
    type Case<'t> = (&'t str, Option<&'t str>);
    let table: &[(&[&str], &[Case<'_>])] = &[
        (
            &["zh-Hans", "zh-Hant", "zh-Hant-HK"],
            &[
                ("zh-hk", Some("zh-hant-hk")),
                ("zh-hant-hk", Some("zh-hant-hk")),
                ("zh-mo", Some("zh-hant")),
                ("zh-tw", Some("zh-hant")),
                ("zh-hant", Some("zh-hant")),
                ("yue", Some("zh-hant-hk")),
                ("zh-sg", Some("zh-hans")),
                ("zh", Some("zh-hans")),
                ("en", None),
            ],
        ),
        (
            &["zh-Hans-SG", "zh-Hans-CN", "zh-Hant-HK", "zh-Hant-TW", "en-GB"],
            &[
                ("zh-mo", Some("zh-hant-hk")),
                ("zh-hant", Some("zh-hant-tw")),
                ("zh-my", Some("zh-hans-sg")),
                ("zh", Some("zh-hans-cn")),
                ("en-gb", Some("en-gb")),
                ("en", Some("en-gb")),
            ],
        ),
        (&["zh-Hant"], &[("zh-cn", Some("zh-hant")), ("zh", Some("zh-hant"))]),
    ];
    for (tags, cases) in table {
        for (range, expected) in *cases {
            assert_eq!(led(tags, range).as_deref(), *expected, "{range} in {tags:?}");
        }
    }
}

#[test]
fn nothing_in_an_alias_means_anything_to_a_server() {
    let settings = "title = \"简报\"\nbase_url = \"https://example.org/b$1/\"\n";
    let built = built(settings, &format!("'''{HOSTILE}''', \"/老.html\""));
    let redirects = &built.files["_redirects"];
    let encoded = "/b$1/a%20b%22c;d%7Be%7Df$g$%7Bh%7D%7B$i%7D'j%60k%25l%3Am%2An(o)%5Bp%5D%5Eq%7Cr+s.t,u~v!w@x&y=z%3C%3E/%E6%97%A7%E6%96%87";
    assert_eq!(
        lines(redirects, "a%20b"),
        [
            format!("{encoded}  /b$1/zh-hans/a/  301!"),
            format!("{encoded}  /b$1/zh-hans/a/  301"),
            format!("{encoded}/  /b$1/zh-hans/a/  301"),
        ]
    );
    assert_eq!(
        lines(redirects, ".html  /b$1/zh"),
        ["/b$1/%E8%80%81.html  /b$1/zh-hans/a/  301!", "/b$1/%E8%80%81.html  /b$1/zh-hans/a/  301"]
    );
    let nginx = lines(&built.files["_host/nginx-server.conf"], "return 301");
    let decoded = "/b$1/a b\\\"c;d{e}f$g${h}{$i}'j`k%l:m*n(o)[p]^q|r+s.t,u~v!w@x&y=z<>/旧文";
    assert_eq!(
        nginx,
        [
            format!("location = \"{decoded}\" {{ return 301 \"/b%241/zh-hans/a/\"; }}"),
            format!("location = \"{decoded}/\" {{ return 301 \"/b%241/zh-hans/a/\"; }}"),
            "location = \"/b$1/老.html\" { return 301 \"/b%241/zh-hans/a/\"; }".to_owned(),
        ]
    );
    for path in [".htaccess", "_host/Caddyfile"] {
        let [line, html] = lines(&built.files[path], "\\x2e")
            .into_iter()
            .filter(|line| line.contains("旧") || line.contains("老"))
            .collect::<Vec<_>>()[..]
        else {
            panic!("{path}: {}", built.files[path])
        };
        assert!(
            line.contains("\\x20b\\x22c\\x3bd\\x7be\\x7df\\x24g\\x24\\x7bh\\x7d")
                && line.contains("/旧文/?$"),
            "{line}"
        );
        assert!(html.contains("老\\x2ehtml$"), "{html}");
    }
    assert!(built.files[".htaccess"].contains("\"/b\\$1/zh-hans/a/\" [R=301,NE,L]"));
}

#[test]
fn limits_of_hosts_are_kept() {
    let aliases: Vec<String> = (0..1500).map(|n| format!("\"/old/{n}\"")).collect();
    let long = format!("\"/{}\"", "长".repeat(80));
    let built = built(SETTINGS, &format!("{}, {long}", aliases.join(", ")));
    let redirects = &built.files["_redirects"];
    let forced = redirects.lines().filter(|line| line.ends_with(" 301!")).count();
    let plain: Vec<&str> = redirects.lines().filter(|line| line.ends_with(" 301")).collect();
    assert_eq!((forced, plain.len()), (1501, 2000));
    assert!(plain.iter().all(|line| line.len() <= 1000));
    let nginx = lines(&built.files["_host/nginx-server.conf"], "长");
    assert_eq!(nginx.len(), 2, "241 bytes, and 242 with the slash");
}

#[test]
fn an_unknown_host() {
    says(
        "site.toml",
        &format!("{SETTINGS}[hosting]\nfor = [\"netlfy\"]\n"),
        "
error[unknown-value]: `for` cannot be \"netlfy\", expected one of \"github\", \"netlify\", \"cloudflare\", \"apache\", \"nginx\", \"caddy\"
  --> site.toml:4:8
  |
4 | for = [\"netlfy\"]
  |        ^^^^^^^^
  = help: did you mean \"netlify\"?
",
    );
}
