//! What must never happen: whatever is wrong, `public/` stays byte for byte as it was.

use crate::sites::Folder;

/// A published site; then the fault, and the status with which the build must end.
#[track_caller]
fn leaves_the_site_alone(status: i32, args: &[&str], said: &str, fault: impl FnOnce(&Folder)) {
    let site = Folder::new();
    assert_eq!(site.run(&["build"]).status, 0);
    let before = site.tree("public");
    fault(&site);
    let ran = site.run(&[&["build"], args].concat());
    assert_eq!(ran.status, status, "{}", ran.stderr);
    assert!(ran.stderr.contains(said), "{}", ran.stderr);
    assert_eq!(site.tree("public"), before);
    let here: Vec<String> = std::fs::read_dir(site.root())
        .expect("the site's folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with('.'))
        .collect();
    assert!(here.is_empty(), "leftovers: {here:?}");
}

#[test]
fn unknown_key_in_settings() {
    leaves_the_site_alone(1, &[], "site.toml:1:1", |site| {
        site.write("site.toml", "colour = 1\ntitle = \"简报\"\nbase_url = \"https://example.org/\"\n");
    });
}

#[test]
fn missing_title() {
    leaves_the_site_alone(1, &[], "content/a.md:1:1", |site| site.write("content/a.md", "+++\n+++\n"));
}

#[test]
fn gb18030() {
    leaves_the_site_alone(1, &[], "content/a.md:2:10", |site| {
        site.write("content/a.md", encoding_rs::GB18030.encode("+++\ntitle = \"中文简报\"\n+++\n").0);
    });
}

#[test]
fn broken_template() {
    leaves_the_site_alone(1, &[], "templates/page.html:1:", |site| {
        site.write("templates/page.html", "{% for %}");
    });
}

#[test]
fn template_that_fails_while_rendering() {
    leaves_the_site_alone(1, &[], "while rendering content/_index.md", |site| {
        site.write("templates/home.html", "{{ page.nothing.at_all }}");
    });
}

#[test]
fn template_cycle() {
    leaves_the_site_alone(1, &[], "a.html", |site| {
        site.write("templates/a.html", "{% include \"b.html\" %}");
        site.write("templates/b.html", "{% include \"a.html\" %}");
    });
}

#[test]
fn output_folders_that_are_no_output_folders() {
    for output in ["content", "content/new", "templates", "static/x", ".", ".."] {
        leaves_the_site_alone(2, &["--output", output], "error: ", |site| {
            site.write("static/a.txt", "");
            site.write("templates/b.html", "");
        });
    }
}

#[test]
fn output_folder_with_foreign_files() {
    leaves_the_site_alone(2, &["--output", "mine"], "mine", |site| {
        site.write("mine/thesis.md", "years of work");
    });
}

#[test]
fn no_content() {
    leaves_the_site_alone(1, &[], "no page in content/", |site| {
        std::fs::remove_dir_all(site.path("content")).expect("removed");
    });
}
