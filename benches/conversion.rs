//! How fast conversion is: megabytes a second for each configuration, and the time to load one.
//!
//! `cargo bench --bench conversion`. The text is OpenCC's own test sentences over and over, hard ones all of them;
//! plain prose is faster.

#![expect(clippy::print_stdout, reason = "a bench reports on the terminal")]

use std::time::{Duration, Instant};

use jianbao::script::opencc::{Config, OpenCc};
use jianbao::script::{Converter, Dictionaries, Run, Script, Tag};

const SIZE: usize = 2 << 20;

fn main() {
    let lines: Vec<&str> = include_str!("../data/opencc/testcases.json").lines().filter_map(input).collect();
    let text: String = lines.iter().cycle().flat_map(|line| [*line, "\n"]).scan(0, up_to_size).collect();
    println!("{:<22}{:>9}{:>12}{:>12}", "", "load ms", "MB/s", "MB/s in runs");
    for config in Config::ALL {
        let started = Instant::now();
        let converter = OpenCc::new(&Dictionaries::embedded(), config);
        converter.convert("一");
        let load = started.elapsed();
        let runs = runs(&text);
        let in_runs = best(|| runs.iter().for_each(|run| drop(converter.convert_run(run))));
        report(config.name(), load, best(|| drop(converter.convert(&text))), in_runs);
    }
    for (name, script) in [("editorial zh-Hans", Script::Hans), ("editorial zh-Hant", Script::Hant)] {
        let Some(target) = script.tag().parse::<Tag>().ok().and_then(|tag| tag.target()) else { continue };
        let started = Instant::now();
        let converter = Converter::new(&Dictionaries::embedded(), target);
        converter.convert(&Run::new("发髮"));
        let load = started.elapsed();
        let (whole, runs) = (Run::new(text.as_str()), runs(&text));
        let in_runs = best(|| runs.iter().for_each(|run| drop(converter.convert(run))));
        report(name, load, best(|| drop(converter.convert(&whole))), in_runs);
    }
}

fn input(line: &'static str) -> Option<&'static str> {
    line.trim().strip_prefix("\"input\": \"")?.strip_suffix("\",")
}

fn up_to_size(taken: &mut usize, part: &'static str) -> Option<&'static str> {
    *taken += part.len();
    (*taken <= SIZE).then_some(part)
}

/// A run a line, cut after every fifth character.
fn runs(text: &str) -> Vec<Run> {
    let run = |line: &str| {
        let characters: Vec<char> = line.chars().collect();
        let pieces: Vec<String> = characters.chunks(5).map(|piece| piece.iter().collect()).collect();
        Run::from_pieces(pieces.iter().map(String::as_str))
    };
    text.lines().map(run).collect()
}

fn best(work: impl Fn()) -> Duration {
    let timed = |_| {
        let started = Instant::now();
        work();
        started.elapsed()
    };
    (0..5).map(timed).min().unwrap_or_default()
}

fn report(name: &str, load: Duration, whole: Duration, in_runs: Duration) {
    let speed = |time: Duration| SIZE as f64 / 1e6 / time.as_secs_f64();
    println!("{name:<22}{:>9.1}{:>12.0}{:>12.0}", load.as_secs_f64() * 1e3, speed(whole), speed(in_runs));
}
