//! `[feeds]` and `[hosting]`: what is published beside the pages.
//!
//! In: the tables of `site.toml`. Out: how many pages a feed lists, and the hosts that files are written for.

use super::diagnostics;
use crate::diagnostic::Diagnostic;
use crate::dialect::{Fields, Value};
use std::collections::BTreeSet;

/// A host or server that reads files of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Host {
    /// GitHub Pages: `.nojekyll`.
    GitHub,
    /// Netlify: `_headers`, `_redirects`.
    Netlify,
    /// Cloudflare Pages: the same two, in its own manner.
    Cloudflare,
    /// Apache: `.htaccess`.
    Apache,
    /// nginx: two files to be included.
    Nginx,
    /// Caddy: a file to be imported.
    Caddy,
}

impl Host {
    /// The files that it reads, by their paths in the output. Those that are included by hand lie in a folder that no server hands
    /// out.
    fn files(self) -> &'static [&'static str] {
        match self {
            Host::GitHub => &[".nojekyll"],
            Host::Netlify | Host::Cloudflare => &["_headers", "_redirects"],
            Host::Apache => &[".htaccess"],
            Host::Nginx => &["_host/nginx-http.conf", "_host/nginx-server.conf"],
            Host::Caddy => &["_host/Caddyfile"],
        }
    }
}

/// The files that some hosts read, but for those that the site has of its own (`static/_headers`).
pub fn host_files(hosts: &[Host], statics: &[&str]) -> BTreeSet<&'static str> {
    let files = hosts.iter().flat_map(|host| host.files()).copied();
    files.filter(|file| !statics.contains(file)).collect()
}

const HOSTS: [(&str, Host); 6] = [
    ("github", Host::GitHub),
    ("netlify", Host::Netlify),
    ("cloudflare", Host::Cloudflare),
    ("apache", Host::Apache),
    ("nginx", Host::Nginx),
    ("caddy", Host::Caddy),
];

/// As many pages as a reader that looks once a week may have missed.
const ENTRIES: usize = 20;
/// A feed is fetched by the hour and holds whole pages.
const MOST_ENTRIES: usize = 100;

/// `[feeds] entries`.
pub(super) fn feed_entries(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> usize {
    let Some(mut feeds) = fields.table("feeds", diagnostics) else { return ENTRIES };
    let origin = feeds.origin();
    let place = feeds.span_of("entries");
    let written = feeds.integer("entries", diagnostics);
    feeds.finish(diagnostics);
    let Some(written) = written else { return ENTRIES };
    let entries = usize::try_from(written).ok().filter(|entries| *entries <= MOST_ENTRIES);
    if entries.is_none() {
        diagnostics.extend(place.map(|span| diagnostics::feed_entries(origin, span, written, MOST_ENTRIES)));
    }
    entries.unwrap_or(ENTRIES)
}

/// `[hosting] for`; all where it does not say.
pub(super) fn hosts(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Host> {
    let all = || HOSTS.iter().map(|(_, host)| *host).collect();
    let Some(mut hosting) = fields.table("hosting", diagnostics) else { return all() };
    let origin = hosting.origin();
    let says = hosting.holds("for", |value| *value != Value::Null);
    let names = hosting.texts("for", diagnostics);
    hosting.finish(diagnostics);
    if !says {
        return all();
    }
    let mut hosts = Vec::new();
    for name in &names {
        match HOSTS.iter().find(|(known, _)| *known == name.value) {
            Some((_, host)) => hosts.push(*host),
            None => diagnostics.push(diagnostics::choice(origin, name, "for", &HOSTS.map(|(name, _)| name))),
        }
    }
    hosts
}
