//! `_headers` and `_redirects`, which Netlify has introduced; Cloudflare Pages and, in part, GitLab Pages read them too.
//!
//! Cloudflare passes over a line with more than three words, a line that begins anew with a status it does not know (`301!`), and
//! whatever is beyond its limits; all of them are said when the site is deployed and harm nothing. So each host has lines of its own.

use super::Told;
use super::headers::{AN_HOUR, FOR_EVER, HASHED_FOLDERS, has_fingerprint};
use super::languages::Choice;
use crate::config::Host;
use crate::site::{ATOM, JSON_FEED};

/// Cloudflare reads so many rules of `_headers`.
const RULES: usize = 100;
/// Cloudflare reads so many redirects without placeholders.
const REDIRECTS: usize = 2_000;
/// The longest line of `_redirects` that Cloudflare reads.
const LINE: usize = 1_000;

/// Rules of `_headers`. Two rules for one file are both obeyed, and Cloudflare joins the values of one header: so no header is in two
/// rules that match the same file. What is not said here is asked for each time, as both hosts have it.
pub(super) fn headers(told: &Told<'_>, files: &[&str]) -> String {
    let mut rules: Vec<(String, Vec<(&str, String)>)> = vec![(told.address("*"), told.headers.clone())];
    let mut keep = |path: String, value: &str| rules.push((path, vec![("Cache-Control", value.to_owned())]));
    for folder in HASHED_FOLDERS {
        keep(told.address(&format!("{folder}/*")), FOR_EVER);
    }
    for file in files.iter().filter(|file| has_fingerprint(file) && !is_in_hashed_folder(file)) {
        keep(literal(&told.address(file)), FOR_EVER);
    }
    keep(told.address("sitemap.xml"), AN_HOUR);
    for (dir, tag) in told.editions() {
        rules.push((told.address(&format!("{dir}/*")), vec![("Content-Language", tag.to_owned())]));
    }
    for (dir, _) in told.editions().filter(|_| told.plan.config.feed_entries > 0) {
        for feed in [ATOM, JSON_FEED] {
            rules.push((told.address(&format!("{dir}/{feed}")), vec![("Cache-Control", AN_HOUR.to_owned())]));
        }
    }
    let mut text = String::new();
    for (path, headers) in rules.iter().take(RULES) {
        text.push_str(&format!("{path}\n"));
        headers.iter().for_each(|(name, value)| text.push_str(&format!("  {name}: {value}\n")));
    }
    text
}

fn is_in_hashed_folder(path: &str) -> bool {
    path.split_once('/').is_some_and(|(folder, _)| HASHED_FOLDERS.contains(&folder))
}

pub(super) fn redirects(told: &Told<'_>) -> String {
    let has = |host: Host| told.plan.config.hosts.contains(&host);
    let mut text = String::new();
    let mut add = |title: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            text.push_str(&format!("# {title}\n{}\n", lines.join("\n")));
        }
    };
    if has(Host::Netlify) {
        add(
            "Netlify: the edition that a reader's browser asks for. Others pass over these lines.",
            languages(told),
        );
        add("Netlify: old addresses.", netlify(told));
    }
    if has(Host::Cloudflare) {
        add("Cloudflare Pages, GitLab Pages: old addresses.", cloudflare(told));
    }
    text
}

fn languages(told: &Told<'_>) -> Vec<String> {
    if told.choices.is_empty() {
        return Vec::new();
    }
    let top = literal(&told.address(""));
    // Netlify takes /index.html for the same address.
    let choose = format!("{top}  choose=:choose  {}  200!", literal(&told.address("index.html")));
    let line = |Choice { ranges, home }: &Choice| {
        format!("{top}  {}  302!  Language={}", literal(home), ranges.join(","))
    };
    std::iter::once(choose).chain(told.choices.iter().map(line)).collect()
}

/// The mark of force: there is a page at each of these addresses, for hosts that know no redirects.
fn netlify(told: &Told<'_>) -> Vec<String> {
    // An address with a slash at its end is the same without one.
    told.moved.iter().map(|moved| format!("{}  {}  301!", encoded(&moved.from), literal(&moved.to))).collect()
}

fn cloudflare(told: &Told<'_>) -> Vec<String> {
    let lines = told.moved.iter().flat_map(|moved| {
        moved.forms().map(move |from| format!("{}  {}  301", encoded(&from), literal(&moved.to)))
    });
    lines.filter(|line| line.len() <= LINE).take(REDIRECTS).collect()
}

/// A decoded path as an address.
fn encoded(path: &str) -> String {
    literal(&crate::site::encoded(path))
}

/// An address in which nothing stands for something else: `:name` and `*` would.
fn literal(address: &str) -> String {
    address.replace(':', "%3A").replace('*', "%2A")
}
