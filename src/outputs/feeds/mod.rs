//! The feeds of each edition: Atom (RFC 4287) and JSON Feed 1.1, with the newest pages that bear a date.
//!
//! In: the plan, an edition, and the templates of the components in its pages. Out: two files. Never: a fault of a template,
//! which the page itself has said: its entry then has the summary.

mod atom;
mod json;

use crate::dialect::Moment;
use crate::render::{self, EditionFrame, OutFile, Templates};
use crate::site::{EditionSite, Feeds, Page, Plan};
use jiff::civil::Date;

/// The body of a page goes into its entry up to this size: a reader fetches all entries each time.
const LARGEST_BODY: usize = 100 * 1024;

/// What both formats say.
struct Feed<'a> {
    plan: &'a Plan<'a>,
    site: &'a EditionSite,
    /// All editions.
    sites: &'a [EditionSite],
    addresses: &'a Feeds,
    updated: String,
    entries: Vec<Entry<'a>>,
}

/// A page in a feed.
struct Entry<'a> {
    page: &'a Page,
    published: Option<String>,
    updated: String,
    summary: &'a str,
    /// The body as HTML.
    content: Option<String>,
}

/// The feeds of an edition.
pub fn feeds(
    plan: &Plan<'_>,
    (sites, frames): (&[EditionSite], &[EditionFrame]),
    edition: usize,
    templates: &Templates,
) -> Option<[OutFile; 2]> {
    let (site, frame) = (&sites[edition], &frames[edition]);
    let addresses = site.info.feeds.as_ref()?;
    let body = |page: &Page| render::render_elsewhere(plan, site, frame, page, templates).ok();
    let entries = newest(plan, site).into_iter().map(|page| entry(plan, page, body(page))).collect();
    let feed = Feed { plan, site, sites, addresses, updated: updated(plan, site), entries };
    Some([atom::file(&feed), json::file(&feed)])
}

/// The pages that a feed lists, the newest first; of one day in the order of reading.
fn newest<'a>(plan: &'a Plan<'_>, site: &'a EditionSite) -> Vec<&'a Page> {
    let dated = site.in_order(plan).filter(|page| page.kind == "page");
    let mut dated: Vec<_> = dated
        .filter_map(|page| Some((plan.config.time_zone.local(&dates(plan, page).next()?), page)))
        .collect();
    dated.sort_by(|(a, _), (b, _)| b.cmp(a));
    dated.into_iter().map(|(_, page)| page).take(plan.config.feed_entries).collect()
}

/// When a page was published and when it was changed, as far as it says so.
fn dates(plan: &Plan<'_>, page: &Page) -> impl Iterator<Item = Moment> + use<> {
    let front = &page.text(plan).document.front;
    front.date.into_iter().chain(front.updated)
}

/// The later of two moments.
fn latest(plan: &Plan<'_>, moments: impl Iterator<Item = Moment>) -> Option<Moment> {
    moments.max_by_key(|moment| plan.config.time_zone.local(moment))
}

fn entry<'a>(plan: &Plan<'_>, page: &'a Page, content: Option<String>) -> Entry<'a> {
    let zone = &plan.config.time_zone;
    let published = page.text(plan).document.front.date.map(|date| zone.timestamp(&date));
    let updated = latest(plan, dates(plan, page)).map(|moment| zone.timestamp(&moment));
    Entry {
        page,
        published,
        updated: updated.unwrap_or_default(),
        summary: page.teaser.as_deref().unwrap_or(&page.description),
        content: content.filter(|content| !content.trim().is_empty() && content.len() <= LARGEST_BODY),
    }
}

/// The newest date of what a feed lists, else of the whole edition, else what stands in for a date.
fn updated(plan: &Plan<'_>, site: &EditionSite) -> String {
    let all = |pages: Vec<&Page>| latest(plan, pages.into_iter().flat_map(|page| dates(plan, page)));
    let newest = all(newest(plan, site)).or_else(|| all(site.in_order(plan).collect()));
    let newest = newest.or(plan.undated).unwrap_or(Moment::day(Date::constant(1970, 1, 1)));
    plan.config.time_zone.timestamp(&newest)
}
