//! The one test binary; a module for each feature.

mod build;
mod content;
mod conversion;
mod dialect;
mod escaping;
mod faults;
mod front;
mod front_messages;
mod house;
mod links;
mod markdown;
mod messages;
mod pages;
mod publish;
#[cfg(feature = "opencc")]
mod referee;
mod script;
mod shipped;
mod sites;
mod structure;
