//! Files for hosts and servers: `_headers` and `_redirects`, `.nojekyll`, `.htaccess`, and pieces of configuration for nginx and
//! Caddy. They say the same, as far as each can: which edition a reader of `/` is led to, where old addresses lead, what
//! browsers may do with a page, and how long they may keep it.
//!
//! In: the plan and the names of published files. Out: text files. An alias is an author's text: every path is written so that
//! none of its characters means anything to the server. Never: a secret, a name of the machine, or where the site lies on it.

mod apache;
mod caddy;
mod headers;
mod languages;
mod moved;
mod netlify;
mod nginx;
mod pattern;

use crate::config::host_files;
use crate::render::OutFile;
use crate::site::Plan;
use headers::Caching;
use languages::Choice;
use moved::Moved;
use percent_encoding::percent_decode_str;

/// What all servers are told.
struct Told<'a> {
    plan: &'a Plan<'a>,
    /// The path that all addresses begin with, decoded, as servers compare it.
    base: String,
    headers: Vec<(&'static str, String)>,
    caching: Caching,
    choices: Vec<Choice>,
    moved: Vec<Moved>,
}

/// The files for the hosts that `site.toml` names. `files` are those that the site publishes under their own names: one of them may
/// stand for a file made here, and some have a fingerprint in their names.
pub fn hosts(plan: &Plan<'_>, files: &[&str]) -> Vec<OutFile> {
    let base = percent_decode_str(plan.config.base_url.path()).decode_utf8_lossy().into_owned();
    let told = Told {
        plan,
        headers: headers::security(plan.config),
        caching: Caching::new(&base),
        choices: languages::choices(plan),
        moved: moved::moved(plan, &base),
        base,
    };
    let text = |path: &str| match path {
        "_headers" => netlify::headers(&told, files),
        "_redirects" => netlify::redirects(&told),
        ".htaccess" => apache::file(&told),
        "_host/nginx-http.conf" => nginx::http(&told),
        "_host/nginx-server.conf" => nginx::server(&told),
        "_host/Caddyfile" => caddy::file(&told),
        // `.nojekyll` says what it says by being there.
        _ => String::new(),
    };
    host_files(&plan.config.hosts, files).into_iter().map(|path| OutFile::new(path, text(path))).collect()
}

impl Told<'_> {
    /// The folders of the editions with their tags.
    fn editions(&self) -> impl Iterator<Item = (String, &str)> {
        self.plan.config.editions.iter().map(|edition| (edition.dir(), edition.tag.as_str()))
    }

    /// An address of the site from the host's root, encoded.
    fn address(&self, path: &str) -> String {
        self.plan.urls.path(path)
    }
}
