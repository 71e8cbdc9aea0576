//! `sitemap.xml`: every page of every edition with its twins (sitemaps.org 0.9, `xhtml:link` as search engines read it).

use crate::render::OutFile;
use crate::site::{Alternate, EditionSite, Plan, alternates};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use std::io::{self, Write};

/// The sitemap of all editions, the entry page first.
pub fn sitemap(plan: &Plan<'_>, sites: &[EditionSite]) -> OutFile {
    let mut bytes = Vec::new();
    // Writing to memory cannot fail.
    let _ = write(plan, sites, &mut Writer::new_with_indent(&mut bytes, b' ', 1));
    bytes.push(b'\n');
    OutFile { path: "sitemap.xml".to_owned(), bytes }
}

fn write(plan: &Plan<'_>, sites: &[EditionSite], xml: &mut Writer<impl Write>) -> io::Result<()> {
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let set = BytesStart::new("urlset").with_attributes([
        ("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9"),
        ("xmlns:xhtml", "http://www.w3.org/1999/xhtml"),
    ]);
    xml.write_event(Event::Start(set))?;
    address(xml, plan.config.base_url.as_str(), None, &alternates(plan, ""))?;
    for site in sites {
        for place in &plan.reading_order {
            let page = &site.pages[*place];
            let changed = page.updated.as_ref().or(page.date.as_ref()).map(|date| date.iso.as_str());
            address(xml, &page.permalink, changed, &page.alternates)?;
        }
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

fn element(xml: &mut Writer<impl Write>, name: &str, text: &str) -> io::Result<()> {
    xml.write_event(Event::Start(BytesStart::new(name)))?;
    xml.write_event(Event::Text(BytesText::new(text)))?;
    xml.write_event(Event::End(BytesEnd::new(name)))
}
