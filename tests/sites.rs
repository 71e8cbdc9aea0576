//! Sites for tests: in memory for what pages say, on disk for what the program does.

use jianbao::config;
use jianbao::content::{Inputs, Route, Source, Template};
use jianbao::diagnostic::Diagnostic;
use jianbao::pipeline::{self, Options, Outcome, Sink};
use jianbao::render::OutFile;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Mutex;

/// The settings that are enough for a site.
pub(crate) const SETTINGS: &str = "title = \"简报\"\nbase_url = \"https://example.org/\"\n";

/// An image of one pixel, which says so whatever its name.
pub(crate) const DOT: &[u8] =
    b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xFF\xFF\xFF,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";

/// The files of a site by path, built in memory.
pub(crate) struct Built {
    pub(crate) files: BTreeMap<String, String>,
    pub(crate) diagnostics: Vec<Diagnostic>,
    pub(crate) published: bool,
}

#[derive(Default)]
struct Memory(Mutex<BTreeMap<String, String>>);

impl Sink for Memory {
    type Error = ();

    fn put(&self, file: OutFile) -> Result<(), ()> {
        let text = String::from_utf8_lossy(&file.bytes).into_owned();
        let old = self.0.lock().map_err(|_| ())?.insert(file.path.clone(), text);
        assert!(old.is_none(), "{} was made twice", file.path);
        Ok(())
    }
}

/// Builds pages (path below `content/`, text) with templates that print the body and nothing else.
pub(crate) fn build(settings: &str, pages: &[(&str, &str)]) -> Built {
    let body = "{{ page.content }}";
    let plain = [
        ("home.html", body),
        ("section.html", body),
        ("page.html", body),
        ("entry.html", ""),
        ("404.html", ""),
    ];
    build_with(settings, pages, &plain)
}

/// Pages that are made of others, which a test that is not about them need not have templates for.
const MADE: [&str; 4] = ["archive.html", "compare.html", "list.html", "tags.html"];

/// Builds pages with templates (name, text).
pub(crate) fn build_with(settings: &str, pages: &[(&str, &str)], templates: &[(&str, &str)]) -> Built {
    let mut diagnostics = Vec::new();
    let config = config::parse(settings).report(&mut diagnostics).expect("settings");
    let source = |(path, text): &(&str, &str)| Source {
        path: format!("content/{path}"),
        text: (*text).to_owned(),
        route: Route::among(&format!("content/{path}"), &config.editions).expect("a route"),
    };
    let template = |(name, text): &(&str, &str)| Template {
        name: (*name).to_owned(),
        path: format!("templates/{name}"),
        text: (*text).to_owned(),
    };
    let sources = pages.iter().map(source).collect();
    let is_given = |name: &&str| templates.iter().any(|(given, _)| given == name);
    let made: Vec<(&str, &str)> =
        MADE.into_iter().filter(|name| !is_given(name)).map(|name| (name, "")).collect();
    let inputs = Inputs {
        config,
        sources,
        assets: Vec::new(),
        data: Vec::new(),
        templates: templates.iter().chain(&made).map(template).collect(),
        strings: Vec::new(),
        fonts: Vec::new(),
        statics: Vec::new(),
    };
    let sink = Memory::default();
    let (outcome, said) = pipeline::build(&inputs, &Options { jobs: 1, ..Options::default() }, &sink);
    diagnostics.extend(said);
    let files = sink.0.into_inner().expect("no panic while building");
    Built { files, diagnostics, published: matches!(outcome, Outcome::Built(_)) }
}

/// A site on disk that goes away with the value.
pub(crate) struct Folder {
    dir: tempfile::TempDir,
}

impl Folder {
    /// A site with `site.toml` and a home page.
    pub(crate) fn new() -> Self {
        let folder = Self { dir: tempfile::tempdir().expect("a temporary folder") };
        folder.write("site.toml", SETTINGS);
        folder.write("content/_index.md", "+++\ntitle = \"首页\"\n+++\n\n今年2月，头**发**。\n");
        folder
    }

    pub(crate) fn root(&self) -> &Path {
        self.dir.path()
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    pub(crate) fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
    }

    pub(crate) fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Runs `jianbao` in the site's folder.
    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        Ran::from(jianbao().current_dir(self.root()).args(args).output().expect("jianbao runs"))
    }

    /// The files below a folder by path, byte for byte.
    pub(crate) fn tree(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        tree(&self.path(folder))
    }
}

pub(crate) fn jianbao() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jianbao"));
    // What is built must not depend on the fonts of the machine.
    command.env("JIANBAO_FONT", "");
    command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE").env_remove("SOURCE_DATE_EPOCH");
    command
}

pub(crate) fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files =
        walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok).filter(|e| e.file_type().is_file());
    files
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).expect("below the folder");
            (path.to_string_lossy().into_owned(), std::fs::read(entry.path()).expect("a readable file"))
        })
        .collect()
}

/// What a run of the program said.
pub(crate) struct Ran {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            status: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).expect("UTF-8 on stdout"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8 on stderr"),
        }
    }
}
