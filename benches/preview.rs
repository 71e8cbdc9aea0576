//! How long it takes from a changed text to its page in a preview: median of 20, in milliseconds.
//!
//!     SITE=/folder/of/a/site PAGE=content/some/page.md cargo bench --bench preview
//!
//! The file is read and never written.

#![expect(clippy::print_stdout, reason = "a bench reports on the terminal")]

use jianbao::config;
use jianbao::content::{self, Inputs};
use jianbao::pipeline::{Kept, Options, Preview, Shown};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

fn start(inputs: &Inputs, kept: &Arc<Kept>) -> Preview {
    let mut said = Vec::new();
    let preview = Preview::start(Arc::new(inputs.clone()), &Options::default(), kept, &BTreeSet::new())
        .report(&mut said);
    preview.unwrap_or_else(|| panic!("{said:?}"))
}

fn main() {
    let page = std::env::var_os("PAGE").and_then(|page| page.into_string().ok());
    let (Some(root), Some(page)) = (std::env::var_os("SITE").map(PathBuf::from), page) else {
        println!("preview: set SITE to the folder of a site and PAGE to one of its content files");
        return;
    };
    let mut said = Vec::new();
    let files = content::settings(&root).report(&mut said).expect("settings");
    let config = config::parse_for(&files, None).report(&mut said).expect("settings");
    let begun = Instant::now();
    let mut inputs = content::load(&root, config).report(&mut said).expect("content");
    println!("read {:.1}", begun.elapsed().as_secs_f64() * 1e3);
    let kept = Arc::new(Kept::default());
    let begun = Instant::now();
    let mut preview = start(&inputs, &kept);
    println!("first {:.1}", begun.elapsed().as_secs_f64() * 1e3);
    let route = inputs
        .sources
        .iter()
        .find(|source| source.path == page)
        .expect("PAGE is a content file")
        .route
        .path();
    let mut times = Vec::new();
    for round in 0..20 {
        let begun = Instant::now();
        inputs = inputs.clone();
        let source = inputs.sources.iter_mut().find(|source| source.path == page).expect("it is there");
        source.text.push_str(&format!("\n\n第{round}次修改。\n"));
        preview = start(&inputs, &kept);
        let Shown::File(bytes) = preview.file(&format!("zh-hant/{route}/index.html")) else {
            panic!("no page")
        };
        assert!(String::from_utf8_lossy(&bytes).contains(&format!("第{round}次修改")));
        times.push(begun.elapsed().as_secs_f64() * 1e3);
    }
    times.sort_by(f64::total_cmp);
    println!("a change: median {:.1}, slowest {:.1}", times[times.len() / 2], times[times.len() - 1]);
    drop(preview);
}
