//! Which edition a reader of the site's top is led to, by what the browser says of languages.
//!
//! In: the editions. Out: for language ranges, as RFC 4647 has them, the home of an edition, the nearest range first; and patterns
//! that find the range a reader likes best. Who asks for no language that the site has gets the page to choose from.

use super::pattern;
use crate::config::Edition;
use crate::script::Script;
use crate::site::Plan;

/// Where readers of some languages are led to.
pub(super) struct Choice {
    /// Language ranges in lower case: `zh-hk` is the beginning of `zh-hk-x-private` too.
    pub(super) ranges: Vec<String>,
    /// The encoded path of the edition's home.
    pub(super) home: String,
}

impl Choice {
    /// A pattern for language tags that begin with one of the ranges; letter case does not count.
    pub(super) fn pattern(&self) -> String {
        format!("^{}(?:-|$)", pattern::any(self.ranges.iter().map(String::as_str)))
    }
}

/// The regions that write a script, the one with the most readers of a site first.
fn regions(script: Script) -> [&'static str; 3] {
    match script {
        Script::Hant => ["TW", "HK", "MO"],
        Script::Hans => ["CN", "SG", "MY"],
    }
}

/// The edition for readers of a script in a region: for this very region, for the script, for a region nearby, or in the other script.
fn best<'e>(editions: &'e [Edition], script: Script, region: Option<&str>) -> Option<&'e Edition> {
    let near: &[&str] = match region {
        Some("HK") => &["MO"],
        Some("MO") => &["HK"],
        Some("SG") => &["MY"],
        Some("MY") => &["SG"],
        _ => &[],
    };
    let in_script = |region: Option<&str>| {
        editions.iter().find(|edition| {
            edition.target().is_some_and(|target| target.script == script) && edition.tag.region() == region
        })
    };
    let nearby = || near.iter().copied().chain(regions(script)).find_map(|region| in_script(Some(region)));
    let exact = region.and_then(|region| in_script(Some(region)));
    let chinese = || editions.iter().find(|edition| !edition.is_written());
    exact.or_else(|| in_script(None)).or_else(nearby).or_else(chinese)
}

/// The choices of a site, the nearest first.
pub(super) fn choices(plan: &Plan<'_>) -> Vec<Choice> {
    let editions = &plan.config.editions;
    let mut choices: Vec<Choice> = Vec::new();
    let mut add = |ranges: &[String], edition: Option<&Edition>| {
        let Some(edition) = edition else { return };
        let home = plan.urls.page(edition, "");
        match choices.last_mut().filter(|last| last.home == home) {
            Some(last) => last.ranges.extend_from_slice(ranges),
            None => choices.push(Choice { ranges: ranges.to_vec(), home }),
        }
    };
    for script in [Script::Hant, Script::Hans] {
        let name = script.tag().to_ascii_lowercase();
        for region in regions(script) {
            let code = region.to_ascii_lowercase();
            add(&[format!("{name}-{code}"), format!("zh-{code}")], best(editions, script, Some(region)));
        }
        add(&[name], best(editions, script, None));
    }
    // Cantonese is written in Traditional characters unless its tag says otherwise.
    add(&["yue-hans".to_owned()], best(editions, Script::Hans, None));
    add(&["yue".to_owned()], best(editions, Script::Hant, Some("HK")));
    add(&["zh".to_owned()], best(editions, Script::Hans, None));
    let written = || editions.iter().filter(|edition| edition.is_written());
    for edition in written() {
        add(&[edition.dir()], Some(edition));
    }
    for edition in written() {
        let language = edition.tag.language();
        add(&[language.to_owned()], written().find(|edition| edition.tag.language() == language));
    }
    choices
}

/// Patterns for a header `Accept-Language`, the most wanted first; each captures the range. Of ranges that are wanted as much the
/// pattern finds the one that is named first. No server here can count: what is wanted is told to a tenth.
pub(super) fn wishes(choices: &[Choice]) -> Vec<String> {
    let ranges = choices.iter().flat_map(|choice| &choice.ranges);
    let mut languages: Vec<&str> = ranges.filter_map(|range| range.split('-').next()).collect();
    languages.sort_unstable();
    languages.dedup();
    let range = format!("({}(?:-[a-z0-9]+)*)", pattern::any(languages));
    let space = r"[\x20\x09]*";
    let tenths = (1..10).rev().map(|tenth| format!(r"0\.{tenth}[0-9]*"));
    let qualities = tenths.chain([r"0\.0[0-9]*[1-9][0-9]*".to_owned()]);
    let first = format!(r"(?:^|,){space}{range}{space}(?:;{space}q=1(?:\.0*)?{space})?(?:,|$)");
    let rest = qualities.map(|q| format!("(?:^|,){space}{range}{space};{space}q={q}{space}(?:,|$)"));
    std::iter::once(first).chain(rest).collect()
}
