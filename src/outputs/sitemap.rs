//! `sitemap.xml`: every page of every edition with its twins (sitemaps.org 0.9, `xhtml:link` as search engines read it).
//! A large site has several, of which `sitemap.xml` is then the index.

use super::xml::{declaration, element, file};
use crate::render::OutFile;
use crate::site::{ADDRESSES_A_SITEMAP, Alternate, EditionSite, Plan, alone, alternates, search_alternates};
use quick_xml::Writer;
use quick_xml::events::{BytesEnd, BytesStart, Event};
use std::io::{self, Write};

const NAMESPACE: (&str, &str) = ("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9");

/// A page of an edition, as a sitemap has it.
struct Address<'a> {
    url: &'a str,
    changed: Option<&'a str>,
    alternates: &'a [Alternate],
}

/// The sitemap of all editions, the entry page first; the files are written as they are asked for.
///
/// `is_searched` says whether editions have search pages.
pub fn sitemap(plan: &Plan<'_>, sites: &[EditionSite], is_searched: bool, mut put: impl FnMut(OutFile)) {
    let entry = alternates(plan, 0);
    let entry = Address { url: plan.config.base_url.as_str(), changed: None, alternates: &entry };
    let pages = sites.iter().flat_map(|site| site.in_order(plan));
    let pages = pages.map(|page| Address {
        url: &page.permalink,
        changed: page.updated.as_ref().or(page.date.as_ref()).map(|date| date.iso.as_str()),
        alternates: &page.alternates,
    });
    let lists = sites.iter().flat_map(|site| &site.lists).map(|list| Address {
        url: &list.permalink,
        changed: None,
        alternates: &list.alternates,
    });
    let beside = compared(plan);
    let beside = beside.iter().map(|(url, alternates)| Address { url, changed: None, alternates });
    let searches = if is_searched { search_alternates(plan) } else { Vec::new() };
    let editions = &searches[..searches.len().saturating_sub(1)];
    let searches =
        editions.iter().map(|own| Address { url: &own.href, changed: None, alternates: &searches });
    let all = std::iter::once(entry).chain(pages).chain(lists).chain(beside).chain(searches);
    let addresses: Vec<Address<'_>> = all.collect();
    files(&addresses, ADDRESSES_A_SITEMAP, |path| plan.urls.full(&plan.urls.path(path)), &mut put);
}

/// The pages that show two editions side by side.
fn compared(plan: &Plan<'_>) -> Vec<(String, [Alternate; 2])> {
    let pages = plan.comparisons.iter().flat_map(|own| {
        let shown = plan.reading_order.iter().filter(|place| own.has(&plan.shown, **place));
        shown.map(|place| {
            let tag = plan.config.editions[own.editions[0]].tag.as_str();
            let url = plan.urls.full(&plan.urls.below(&own.folder, &plan.places[*place].route));
            let alternates = alone(tag, &url);
            (url, alternates)
        })
    });
    pages.collect()
}

fn files(
    addresses: &[Address<'_>],
    limit: usize,
    full: impl Fn(&str) -> String,
    put: &mut impl FnMut(OutFile),
) {
    if addresses.len() <= limit {
        put(file("sitemap.xml", |xml| write(addresses, xml)));
        return;
    }
    let mut parts = Vec::new();
    for (part, addresses) in addresses.chunks(limit).enumerate() {
        let path = format!("sitemap-{}.xml", part + 1);
        put(file(&path, |xml| write(addresses, xml)));
        parts.push(full(&path));
    }
    put(file("sitemap.xml", |xml| index(&parts, xml)));
}

fn index(parts: &[String], xml: &mut Writer<impl Write>) -> io::Result<()> {
    declaration(xml)?;
    xml.write_event(Event::Start(BytesStart::new("sitemapindex").with_attributes([NAMESPACE])))?;
    for part in parts {
        xml.write_event(Event::Start(BytesStart::new("sitemap")))?;
        element(xml, "loc", part)?;
        xml.write_event(Event::End(BytesEnd::new("sitemap")))?;
    }
    xml.write_event(Event::End(BytesEnd::new("sitemapindex")))
}

fn write(addresses: &[Address<'_>], xml: &mut Writer<impl Write>) -> io::Result<()> {
    declaration(xml)?;
    let set = BytesStart::new("urlset")
        .with_attributes([NAMESPACE, ("xmlns:xhtml", "http://www.w3.org/1999/xhtml")]);
    xml.write_event(Event::Start(set))?;
    for Address { url, changed, alternates } in addresses {
        address(xml, url, *changed, alternates)?;
    }
    xml.write_event(Event::End(BytesEnd::new("urlset")))
}

fn address(
    xml: &mut Writer<impl Write>,
    url: &str,
    changed: Option<&str>,
    alternates: &[Alternate],
) -> io::Result<()> {
    xml.write_event(Event::Start(BytesStart::new("url")))?;
    element(xml, "loc", url)?;
    if let Some(date) = changed {
        element(xml, "lastmod", date)?;
    }
    for alternate in alternates {
        let link = BytesStart::new("xhtml:link").with_attributes([
            ("rel", "alternate"),
            ("hreflang", alternate.hreflang.as_str()),
            ("href", alternate.href.as_str()),
        ]);
        xml.write_event(Event::Empty(link))?;
    }
    xml.write_event(Event::End(BytesEnd::new("url")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_sitemap_is_split() {
        let urls: Vec<String> = (0..5).map(|n| format!("https://example.org/{n}/")).collect();
        let addresses: Vec<Address<'_>> =
            urls.iter().map(|url| Address { url, changed: None, alternates: &[] }).collect();
        let made = |limit| {
            let mut made = Vec::new();
            files(&addresses, limit, |path| format!("https://example.org/{path}"), &mut |file| {
                made.push((file.path, String::from_utf8_lossy(&file.bytes).into_owned()));
            });
            made
        };
        let [(path, text)] = &made(5)[..] else { panic!("one file") };
        assert_eq!((path.as_str(), text.matches("<url>").count()), ("sitemap.xml", 5));
        let split = made(2);
        let paths: Vec<&str> = split.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(paths, ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml", "sitemap.xml"]);
        let count = |index: usize| split[index].1.matches("<url>").count();
        assert_eq!([count(0), count(1), count(2), count(3)], [2, 2, 1, 0]);
        assert!(split[3].1.contains("<loc>https://example.org/sitemap-3.xml</loc>"), "{}", split[3].1);
    }
}
