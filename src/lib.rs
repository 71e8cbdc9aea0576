//! jianbao (简报 / 簡報) publishes Chinese in both scripts from one content tree.
//!
//! # Steps
//!
//! A site is built by stages; each is one module with one public verb, and each uses only what stands above it
//! in this list (a test holds that):
//!
//! 1. [`diagnostic`] and [`script`] are the ground: what is said about content, and how Chinese is converted.
//! 2. [`dialect`] reads TOML, YAML and JSON, [`data`] tables of figures, [`config`] reads `site.toml`.
//! 3. [`images`] knows photographs: which sizes they need, and how these are made; [`cards`] draws social cards.
//! 4. [`content`] loads the content tree: the only reader of the disk.
//! 5. [`import`] makes a content file of raw newsroom text; [`code`] knows programming languages, [`math`] formulas, [`html`] tags.
//! 6. [`markdown`] parses a source into a document: a tree whose text stands in a table.
//! 7. [`edition`] converts a text table for one edition.
//! 8. [`site`] composes documents and editions: urls, navigation, twins, links.
//! 9. [`render`] turns a page into bytes through the templates.
//! 10. [`outputs`] makes the files that no template makes: sitemap, manifests, robots.txt.
//! 11. [`publish`] stages files and exchanges the whole tree at once: nothing else writes what is published.
//! 12. [`pipeline`] runs the stages; the one place with threads.
//! 13. [`serve`] shows a site to a browser while it is written: the only one with a network.
//! 14. [`commands`] is the command line.

pub mod diagnostic;
pub mod script;
pub mod dialect;
pub mod data;
pub mod config;
pub mod images;
pub mod cards;
pub mod content;
pub mod import;
pub mod code;
pub mod math;
pub mod html;
pub mod markdown;
pub mod edition;
pub mod site;
pub mod render;
pub mod outputs;
pub mod publish;
pub mod pipeline;
pub mod serve;
pub mod commands;
