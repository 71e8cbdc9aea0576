//! The one test binary; a module for each feature.

mod build;
mod commonmark;
mod components;
mod content;
mod conversion;
mod data;
mod dialect;
mod emphasis;
mod escaping;
mod faults;
mod formulas;
mod front;
mod front_messages;
mod house;
mod images;
mod line_breaks;
mod links;
mod markdown;
mod messages;
mod mixtures;
mod output_links;
mod pages;
mod publish;
mod raw_html;
#[cfg(feature = "opencc")]
mod referee;
mod script;
mod search;
mod shipped;
mod sites;
mod structure;
mod trees;
mod twins;
mod wrong_inputs;
