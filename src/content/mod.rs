//! The content tree as it lies on disk.
//!
//! In: a site's root folder and its [`Config`]. Out: [`Inputs`]: sources as strict UTF-8 text, assets, templates and
//! static files, each with the route its place in the tree gives it. This is the only reader of the disk; it parses
//! nothing and converts nothing. Folders are read in sorted order, so that nothing of the file system's order shows.

mod assets;
mod decode;
mod diagnostics;
mod files;
mod route;
mod theme;
mod twins;

pub use assets::Asset;
pub use files::File;
use files::Hidden;
pub use route::{Problem, Route, slug};
pub use theme::is_of_theme;

use crate::config::{self, Config};
use crate::diagnostic::{Checked, Diagnostic, has_errors};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io;
use std::path::Path;

/// The folders of a site that are read, and that the output must therefore stay out of.
pub const FOLDERS: [&str; 4] = ["content", "templates", "static", "data"];

/// The name of the file with the choices of conversion that somebody has accepted.
pub const REVIEW: &str = "review.toml";

/// One content file as written.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its path from the site's root: `content/10-ai/20-town.md`.
    pub path: String,
    /// Its text: no byte order mark, lines end in `\n`.
    pub text: String,
    /// Where its pages go.
    pub route: Route,
}

impl Source {
    /// What tells this text from an earlier one: 16 hexadecimal digits that change with every character of it, and neither
    /// with line ends nor with a byte order mark.
    pub fn fingerprint(&self) -> String {
        let digest = Sha256::digest(self.text.as_bytes());
        digest[..8].iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Whether nobody wrote it: it opens a folder that has no index of its own, and its path is the folder's.
    pub fn is_made(&self) -> bool {
        self.path.ends_with('/')
    }
}

/// A template or a theme string table, from the site or from the theme.
#[derive(Debug, Clone)]
pub struct Template {
    /// Its name below `templates/`: `page.html`.
    pub name: String,
    /// Its path for messages; the theme's own are marked as such.
    pub path: String,
    /// Its text.
    pub text: String,
}

impl Template {
    /// Whether it is a file of the site, which its keeper can change.
    pub fn is_own(&self) -> bool {
        !self.path.starts_with(theme::PREFIX)
    }
}

/// Everything a build reads.
#[derive(Debug, Clone)]
pub struct Inputs {
    /// The settings.
    pub config: Config,
    /// The content files, sorted by path.
    pub sources: Vec<Source>,
    /// Other files beside them, sorted by path.
    pub assets: Vec<Asset>,
    /// The files below `data/`, sorted by path.
    pub data: Vec<File>,
    /// Templates, the site's own in place of the theme's of the same name, sorted by name.
    pub templates: Vec<Template>,
    /// Files of theme strings: the theme's, then the site's own, whose keys win.
    pub strings: Vec<Template>,
    /// The fonts of social cards that `site.toml` names, in its order.
    pub fonts: Vec<File>,
    /// Files that are published as they are, at the place their path below `static/` says.
    pub statics: Vec<(String, File)>,
}

/// Reads the files with the settings in `root`. Without a `site.toml` there is no site (`no-site`, `cannot-read`).
pub fn settings(root: &Path) -> Checked<config::Files> {
    let mut diagnostics = Vec::new();
    let site = match settings_file(root, config::FILE, &mut diagnostics) {
        Ok(site) => site,
        Err(error) => {
            diagnostics.push(match error.kind() {
                io::ErrorKind::NotFound => diagnostics::no_settings(&root.display().to_string()),
                io::ErrorKind::NotADirectory => diagnostics::root_is_no_folder(&root.display().to_string()),
                _ => diagnostics::cannot_read(config::FILE, &error),
            });
            None
        }
    };
    let glossary = match settings_file(root, config::GLOSSARY, &mut diagnostics) {
        Ok(glossary) => glossary,
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => {
            let is_said = has_errors(&diagnostics);
            diagnostics.extend((!is_said).then(|| diagnostics::cannot_read(config::GLOSSARY, &error)));
            None
        }
    };
    match site {
        Some(site) if !has_errors(&diagnostics) => {
            Checked::new(config::Files { site, glossary }, diagnostics)
        }
        _ => Checked::failed(diagnostics),
    }
}

/// Reads what was accepted of the choices that conversion made; nothing where there is no such file.
pub fn review(root: &Path) -> Checked<String> {
    let mut diagnostics = Vec::new();
    match settings_file(root, REVIEW, &mut diagnostics) {
        Ok(Some(text)) => Checked::new(text, diagnostics),
        Ok(None) => Checked::failed(diagnostics),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Checked::new(String::new(), diagnostics),
        Err(error) => Checked::failed(vec![diagnostics::cannot_read(REVIEW, &error)]),
    }
}

/// The text of a file in the site's folder; `None` where it was said what is wrong with it.
fn settings_file(root: &Path, name: &str, diagnostics: &mut Vec<Diagnostic>) -> io::Result<Option<String>> {
    let path = root.join(name);
    // A device or a pipe might never end.
    if std::fs::metadata(&path)?.is_file() {
        let bytes = std::fs::read(&path)?;
        return Ok(decode::text(name, bytes, diagnostics));
    }
    diagnostics.push(diagnostics::settings_are_no_file(name));
    Ok(None)
}

/// Reads everything below `root` that a build needs.
pub fn load(root: &Path, config: Config) -> Checked<Inputs> {
    let mut diagnostics = Vec::new();
    let mut inputs = Inputs {
        config,
        sources: Vec::new(),
        assets: Vec::new(),
        data: Vec::new(),
        templates: Vec::new(),
        strings: Vec::new(),
        fonts: Vec::new(),
        statics: Vec::new(),
    };

    let files = files::walk(root, "content", Hidden::Left, &mut diagnostics);
    let (pages, others): (Vec<File>, Vec<File>) =
        files.into_iter().partition(|file| file.path.ends_with(".md"));
    let paths: Vec<&str> = pages.iter().map(|page| page.path.as_str()).collect();
    for (page, published) in pages.iter().zip(route::as_published(&paths, &inputs.config.editions)) {
        inputs.sources.extend(source(page, &published, &inputs.config, &mut diagnostics));
    }
    // Published as they are, they would show what nobody is to see: their front matter, their drafts.
    let (unread, others): (Vec<File>, Vec<File>) =
        others.into_iter().partition(|file| is_markdown(&file.path));
    diagnostics.extend(unread.iter().map(|file| diagnostics::other_ending(&file.path)));
    inputs.assets.extend(others.into_iter().filter_map(|file| Asset::load(file, &mut diagnostics)));
    inputs.data = files::walk(root, "data", Hidden::Left, &mut diagnostics);
    let templates = files::walk(root, "templates", Hidden::Left, &mut diagnostics);
    (inputs.templates, inputs.strings) = theme::templates(&templates, &mut diagnostics);
    inputs.statics = theme::statics(files::walk(root, "static", Hidden::Taken, &mut diagnostics));
    for font in &inputs.config.cards.fonts {
        match files::named(root, &font.path) {
            Some(file) => inputs.fonts.push(file),
            None => diagnostics.push(diagnostics::no_font(font)),
        }
    }
    if inputs.sources.is_empty() && !has_errors(&diagnostics) {
        diagnostics.push(diagnostics::no_content());
    }
    twins::check(&inputs.sources, &inputs.config, &mut diagnostics);
    let has_home =
        inputs.sources.iter().any(|source| source.route.path().is_empty() && source.route.edition.is_none());
    if !has_home {
        inputs.sources.push(default_home(&inputs.config));
    }
    let sections = made_sections(&inputs.sources);
    inputs.sources.extend(sections);
    Checked::new(inputs, diagnostics)
}

/// The same with some content files read again, by their paths from `root`; nothing where that does not tell all, as another file has changed, come or
/// gone.
pub fn load_again(root: &Path, inputs: &Inputs, changed: &BTreeSet<String>) -> Option<Checked<Inputs>> {
    let mut diagnostics = Vec::new();
    let mut inputs = inputs.clone();
    for path in changed {
        let source = inputs.sources.iter_mut().find(|source| source.path == *path && !source.is_made())?;
        let bytes = files::named(root, path)?.read().ok()?;
        if let Some(text) = decode::text(path, bytes, &mut diagnostics) {
            source.text = text;
        }
    }
    Some(Checked::new(inputs, diagnostics))
}

/// Whether a path below the site's folder names what editors and systems leave behind, which no build reads.
pub fn is_left_behind(path: &Path) -> bool {
    let hidden = if path.starts_with("static") { Hidden::Taken } else { Hidden::Left };
    path.iter().any(|name| files::is_leftover(name, hidden))
}

/// When a file was written last, as far as the system tells, and its length.
pub type Stamp = (Option<std::time::SystemTime>, u64);

/// The files that a build may read of folders and files at the top of a site, by path; what cannot be looked at is not among them.
pub fn stamps<'a>(root: &Path, names: impl Iterator<Item = &'a str>) -> BTreeMap<String, Stamp> {
    let below = names.flat_map(|name| walkdir::WalkDir::new(root.join(name)).follow_links(true));
    let files = below.filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
    let stamp = |entry: walkdir::DirEntry| {
        let path = entry.path().strip_prefix(root).ok().filter(|path| !is_left_behind(path))?;
        let parts: Option<Vec<&str>> = path.iter().map(|part| part.to_str()).collect();
        let data = entry.metadata().ok()?;
        Some((parts?.join("/"), (data.modified().ok(), data.len())))
    };
    files.filter_map(stamp).collect()
}

/// Whether it is Markdown by an ending that makes no page.
fn is_markdown(path: &str) -> bool {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| ["md", "markdown", "mdx", "mdown", "mkd"].contains(&ending.as_str()))
}

/// A site without a `content/_index.md` still has a home page: its title is the site's.
fn default_home(config: &Config) -> Source {
    titled("content/_index.md".to_owned(), &config.title, Route::default())
}

/// What a file is called that opens a folder and says no title itself: its folder, or at the top of the content the site.
/// Nothing for any other file.
pub fn title_of_index(path: &str, site: &str) -> Option<String> {
    let (folder, name) = path.strip_prefix("content/").unwrap_or(path).rsplit_once('/').unwrap_or(("", path));
    let name = name.rsplit('/').next().unwrap_or(name);
    route::opens_folder(name).then(|| match folder.rsplit('/').next().filter(|folder| !folder.is_empty()) {
        Some(folder) => route::title(folder),
        None => site.to_owned(),
    })
}

/// A source that is nothing but its title.
fn titled(path: String, title: &str, route: Route) -> Source {
    // YAML reads JSON's quoted texts.
    let title = serde_json::Value::from(title);
    Source { path, text: format!("---\ntitle: {title}\n---\n"), route }
}

/// A section for each folder of pages that nobody has written an index for; it is called what the folder is called.
fn made_sections(sources: &[Source]) -> Vec<Source> {
    // A text for one edition opens the folder in that edition only.
    let pages = || sources.iter().filter(|source| source.route.edition.is_none());
    let opened = pages().filter(|source| source.route.name.is_none());
    let mut opened: HashSet<Vec<String>> = opened.map(|source| source.route.folders.clone()).collect();
    let mut made = Vec::new();
    for Source { path, route, .. } in pages() {
        for depth in 1..=route.folders.len() {
            let folders = &route.folders[..depth];
            let below = path.match_indices('/').map(|(slash, _)| &path[..slash]).nth(depth);
            let Some(folder) = below.filter(|_| !opened.contains(folders)) else { continue };
            opened.insert(folders.to_vec());
            let name = folder.rsplit('/').next().unwrap_or(folder);
            let number = Route::of(&format!("{folder}/_index.md")).ok().and_then(|route| route.number);
            let route = Route { folders: folders.to_vec(), number, ..Route::default() };
            made.push(titled(format!("{folder}/"), &route::title(name), route));
        }
    }
    made
}

fn source(
    file: &File,
    published: &str,
    config: &Config,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Source> {
    let route = match Route::among(published, &config.editions) {
        Ok(route) => route,
        Err(problem) => {
            diagnostics.push(diagnostics::route(&file.path, &problem, &config.editions));
            return None;
        }
    };
    let bytes = file.read_or_report(diagnostics)?;
    let text = decode::text(&file.path, bytes, diagnostics)?;
    Some(Source { path: file.path.clone(), text, route })
}
