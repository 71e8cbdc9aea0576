//! Atom (RFC 4287).

use super::{Entry, Feed};
use crate::outputs::xml;
use crate::render::OutFile;
use crate::site::ATOM;
use quick_xml::Writer;
use quick_xml::events::{BytesEnd, BytesStart, Event};
use std::io::{self, Write};

/// The media type.
const TYPE: &str = "application/atom+xml";

pub(super) fn file(feed: &Feed<'_>) -> OutFile {
    let dir = feed.plan.config.editions[feed.site.edition].dir();
    xml::file(&format!("{dir}/{ATOM}"), |xml| write(feed, xml))
}

fn write(feed: &Feed<'_>, xml: &mut Writer<impl Write>) -> io::Result<()> {
    let Feed { plan, site, sites, addresses, .. } = feed;
    let full = |path: &str| plan.urls.full(path);
    let home = full(&site.info.url);
    xml::declaration(xml)?;
    let start = BytesStart::new("feed")
        .with_attributes([("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", site.info.tag.as_str())]);
    xml.write_event(Event::Start(start))?;
    xml::element(xml, "id", &home)?;
    xml::element(xml, "title", &site.title)?;
    if let Some(description) = &site.description {
        xml::element(xml, "subtitle", description)?;
    }
    xml::element(xml, "updated", &feed.updated)?;
    link(xml, "self", TYPE, None, &full(&addresses.atom))?;
    link(xml, "alternate", "text/html", Some(&site.info.tag), &home)?;
    link(xml, "alternate", super::json::TYPE, Some(&site.info.tag), &full(&addresses.json))?;
    for twin in sites.iter().filter(|twin| twin.edition != site.edition) {
        if let Some(feeds) = &twin.info.feeds {
            link(xml, "alternate", TYPE, Some(&twin.info.tag), &full(&feeds.atom))?;
        }
    }
    authors(xml, std::iter::once(&site.title))?;
    xml::element(xml, "icon", &full(&plan.urls.path("icon-192.png")))?;
    for own in &feed.entries {
        entry(xml, own)?;
    }
    xml.write_event(Event::End(BytesEnd::new("feed")))
}

fn entry(xml: &mut Writer<impl Write>, entry: &Entry<'_>) -> io::Result<()> {
    let page = entry.page;
    xml.write_event(Event::Start(BytesStart::new("entry")))?;
    xml::element(xml, "id", &page.permalink)?;
    xml::element(xml, "title", &page.title)?;
    link(xml, "alternate", "text/html", None, &page.permalink)?;
    if let Some(published) = &entry.published {
        xml::element(xml, "published", published)?;
    }
    xml::element(xml, "updated", &entry.updated)?;
    authors(xml, page.byline.iter())?;
    for tag in &page.tags {
        xml.write_event(Event::Empty(with(BytesStart::new("category"), "term", tag)))?;
    }
    xml::element(xml, "summary", entry.summary)?;
    if let Some(content) = &entry.content {
        let html = with(BytesStart::new("content"), "type", "html");
        xml::element_with(xml, html, content)?;
    }
    xml.write_event(Event::End(BytesEnd::new("entry")))
}

fn authors<'a>(xml: &mut Writer<impl Write>, names: impl Iterator<Item = &'a String>) -> io::Result<()> {
    for name in names {
        xml.write_event(Event::Start(BytesStart::new("author")))?;
        xml::element(xml, "name", name)?;
        xml.write_event(Event::End(BytesEnd::new("author")))?;
    }
    Ok(())
}

fn link(
    xml: &mut Writer<impl Write>,
    rel: &str,
    kind: &str,
    lang: Option<&str>,
    href: &str,
) -> io::Result<()> {
    let mut link = BytesStart::new("link").with_attributes([("rel", rel), ("type", kind)]);
    if let Some(lang) = lang {
        link.push_attribute(("hreflang", lang));
    }
    link.push_attribute(("href", href));
    xml.write_event(Event::Empty(link))
}

fn with<'a>(mut start: BytesStart<'a>, name: &str, value: &str) -> BytesStart<'a> {
    start.push_attribute((name, &*xml::allowed(value)));
    start
}
