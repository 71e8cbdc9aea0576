//! A preview has every file that a build publishes, with the same bytes, after every change.

use jianbao::content::{self, Inputs};
use jianbao::pipeline::{self, Kept, Options, Outcome, Preview, Shown, Sink};
use jianbao::render::OutFile;
use jianbao::{config, diagnostic};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};

#[derive(Default)]
struct Memory(Mutex<BTreeMap<String, Vec<u8>>>);

impl Sink for Memory {
    type Error = ();

    fn put(&self, file: OutFile) -> Result<(), ()> {
        self.0.lock().map_err(|_| ())?.insert(file.path, file.bytes.to_vec());
        Ok(())
    }
}

fn load(root: &Path) -> Inputs {
    let mut said = Vec::new();
    let files = content::settings(root).report(&mut said).expect("settings");
    let config = config::parse_for(&files, None).report(&mut said).expect("settings");
    content::load(root, config).report(&mut said).expect("content")
}

fn options() -> Options {
    Options { without_images: true, ..Options::default() }
}

fn built(inputs: &Inputs) -> BTreeMap<String, Vec<u8>> {
    let sink = Memory::default();
    let (outcome, said) = pipeline::build(inputs, &options(), &sink);
    assert!(matches!(outcome, Outcome::Built(_)), "{said:?}");
    sink.0.into_inner().expect("no thread failed")
}

fn preview(inputs: &Inputs, kept: &Arc<Kept>) -> Preview {
    let mut said = Vec::new();
    let preview =
        Preview::start(Arc::new(inputs.clone()), &options(), kept, &BTreeSet::new()).report(&mut said);
    preview.unwrap_or_else(|| panic!("{said:?}"))
}

fn expect_the_same(inputs: &Inputs, kept: &Arc<Kept>) {
    let preview = preview(inputs, kept);
    for (path, bytes) in built(inputs) {
        match preview.file(&path) {
            Shown::File(shown) => assert!(*shown == bytes, "{path} differs"),
            other => panic!("{path}: {other:?}"),
        }
    }
    assert!(matches!(preview.file("zh-hans/nothing/index.html"), Shown::Missing));
}

/// The repository's own site, without its output.
fn shipped() -> tempfile::TempDir {
    let site = tempfile::tempdir().expect("a folder");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["content", "templates", "static", "data"] {
        for entry in walkdir::WalkDir::new(root.join(folder)).into_iter().flatten() {
            let to = site.path().join(entry.path().strip_prefix(root).expect("below"));
            match entry.file_type().is_dir() {
                true => fs::create_dir_all(to).expect("a folder"),
                false => drop(fs::copy(entry.path(), to).expect("a copy")),
            }
        }
    }
    fs::copy(root.join("site.toml"), site.path().join("site.toml")).expect("a copy");
    site
}

fn again(root: &Path, inputs: &Inputs, path: &str, text: &str) -> Option<Inputs> {
    fs::write(root.join(path), text).expect("written");
    content::load_again(root, inputs, &BTreeSet::from([path.to_owned()]))?.report(&mut Vec::new())
}

#[test]
fn shows_what_a_build_publishes_whatever_was_changed_before() {
    let site = shipped();
    let (root, kept) = (site.path(), Arc::new(Kept::default()));
    let mut inputs = load(root);
    expect_the_same(&inputs, &kept);
    let town = "content/10-ai/10-town.md";
    let text = fs::read_to_string(root.join(town)).expect("a page");
    // Another text, another title and address, a glossary, a twin's page, and back again.
    for changed in [
        format!("{text}\n\n新的一段：软件和头发。\n"),
        text.replacen("title = \"", "title = \"新", 1),
        text.replacen("\n+++\n", "\n[[glossary]]\nterm = \"小镇\"\nzh-hant = \"鎮子\"\n+++\n", 1),
        text.clone(),
    ] {
        let Some(next) = again(root, &inputs, town, &changed) else { panic!("a page that is known") };
        inputs = next;
        expect_the_same(&inputs, &kept);
    }
}

#[test]
fn a_glossary_of_a_section_reaches_the_pages_below_it() {
    let site = tempfile::tempdir().expect("a folder");
    let root = site.path();
    fs::create_dir_all(root.join("content/a")).expect("a folder");
    fs::write(root.join("site.toml"), "title = \"简报\"\nbase_url = \"https://example.org/\"\n")
        .expect("written");
    fs::write(root.join("content/a/_index.md"), "+++\ntitle = \"项目\"\n+++\n").expect("written");
    fs::write(root.join("content/a/one.md"), "+++\ntitle = \"一\"\n+++\n海创园在杭州。\n").expect("written");
    let kept = Arc::new(Kept::default());
    let inputs = load(root);
    expect_the_same(&inputs, &kept);
    let glossary = "+++\ntitle = \"项目\"\n[[glossary]]\nterm = \"海创园\"\nzh-hant = \"海創園區\"\n+++\n";
    let inputs = again(root, &inputs, "content/a/_index.md", glossary).expect("a page that is known");
    expect_the_same(&inputs, &kept);
    let Shown::File(page) = preview(&inputs, &kept).file("zh-hant/a/one/index.html") else {
        panic!("a page")
    };
    assert!(String::from_utf8_lossy(&page).contains("海創園區在杭州"));
    let without = again(root, &inputs, "content/a/_index.md", "+++\ntitle = \"项目\"\n+++\n").expect("known");
    expect_the_same(&without, &kept);
}

#[test]
fn content_with_errors_is_refused_with_what_a_build_says() {
    let site = shipped();
    let inputs = load(site.path());
    let kept = Arc::new(Kept::default());
    drop(preview(&inputs, &kept));
    let broken = again(
        site.path(),
        &inputs,
        "content/10-ai/10-town.md",
        "+++\ntitle = \"镇\"\n+++\n[路](nowhere.md)\n",
    );
    let broken = broken.expect("a page that is known");
    let mut said = Vec::new();
    assert!(
        Preview::start(Arc::new(broken.clone()), &options(), &kept, &BTreeSet::new())
            .report(&mut said)
            .is_none()
    );
    let (_, of_build) = pipeline::build(&broken, &options(), &Memory::default());
    let errors = |said: &[diagnostic::Diagnostic]| -> Vec<String> {
        said.iter().map(|diagnostic| diagnostic.message.clone()).collect()
    };
    assert_eq!(errors(&said), errors(&of_build));
}

#[test]
fn a_file_that_came_or_went_is_no_change_of_a_text() {
    let site = shipped();
    let inputs = load(site.path());
    assert!(again(site.path(), &inputs, "content/10-ai/99-new.md", "+++\ntitle = \"新\"\n+++\n").is_none());
    assert!(again(site.path(), &inputs, "site.toml", "title = \"简\"\n").is_none());
}
