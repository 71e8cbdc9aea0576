//! How fast conversion is, beside OpenCC in the same run: megabytes of input a second on one thread, what alignment
//! costs, how long loading takes, what a second thread brings.
//!
//! `cargo bench --bench conversion` prints our own figures; with `--features opencc` and `JIANBAO_OPENCC_DATA` set to
//! the folder of OpenCC's configurations, OpenCC's stand beside them. Two texts: the shipped content, as an example of
//! prose, and the sentences of OpenCC's tests and of `tests/script/hard-cases.tsv`, hard ones all of them. Passes of all
//! engines alternate and the best of each counts, in the processor's time of the thread; two threads are timed by the
//! clock. Nothing is asserted: a figure depends on the machine.

#![expect(clippy::print_stdout, reason = "a bench reports on the terminal")]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use jianbao::script::opencc::{Config, OpenCc};
use jianbao::script::{Converter, Dictionaries, Run, Script, Tag, Target};
use rustix::time::{ClockId, clock_gettime};

/// Bytes of each text, at least.
const SIZE: usize = 4 << 20;
const PASSES: usize = 7;
/// A run is cut after so many characters: more markup than most pages have.
const PIECE: usize = 12;

fn main() {
    // Before anything else, so that the first figure is that of a process that has just started.
    let first = load();
    let again = (0..20).map(|_| load()).min().unwrap_or_default();
    let texts = [
        Sample::new("prose: the shipped content", &prose()),
        Sample::new("hard sentences: OpenCC's tests and tests/script/hard-cases.tsv", &hard()),
    ];
    for sample in &texts {
        sample.measure();
    }
    println!("\nload all that zh-Hans and zh-Hant need, and convert a sentence of each kind with both");
    println!("  in a fresh process {:.2} ms, again {:.2} ms", milliseconds(first), milliseconds(again));
    println!("\ntwo threads convert, times what one does");
    texts[0].measure_threads();
    if cfg!(not(feature = "opencc")) {
        println!(
            "\nno OpenCC to compare with: add `--features opencc`, built as .ci/run builds it for the tests"
        );
    }
}

/// A text in Simplified and what it is in Traditional.
struct Sample {
    title: &'static str,
    hans: String,
    standard: String,
    taiwan: String,
    hong_kong: String,
}

impl Sample {
    /// `lines` over and over in changing order, so that nothing is learnt by heart.
    fn new(title: &'static str, lines: &[String]) -> Sample {
        let mut random = Random(0x6A69_616E_6261_6F00);
        let mut hans = String::with_capacity(SIZE + SIZE / 16);
        while hans.len() < SIZE {
            hans.push_str(&lines[random.below(lines.len())]);
            hans.push('\n');
        }
        let dictionaries = Dictionaries::embedded();
        let converted = |config| OpenCc::new(&dictionaries, config).convert(&hans);
        let (standard, taiwan, hong_kong) =
            (converted(Config::S2t), converted(Config::S2twp), converted(Config::S2hkp));
        Sample { title, hans, standard, taiwan, hong_kong }
    }

    fn input(&self, config: Config) -> &str {
        match config.name().split('2').next() {
            Some("t" | "jp") => &self.standard,
            Some("tw") => &self.taiwan,
            Some("hk") => &self.hong_kong,
            _ => &self.hans,
        }
    }

    fn measure(&self) {
        println!("\n{} ({:.1} MB)", self.title, self.hans.len() as f64 / 1e6);
        println!(
            "{:<20}{:>10}{:>10}{:>8}{:>14}{:>12}{:>12}",
            "", "OpenCC", "ours", "", "by paragraph", "in pieces", "alignment"
        );
        println!(
            "{:<20}{:>10}{:>10}{:>8}{:>14}{:>12}{:>12}",
            "", "MB/s", "MB/s", "times", "MB/s", "MB/s", "costs %"
        );
        let dictionaries = Dictionaries::embedded();
        for config in Config::ALL.into_iter().filter(|config| is_asked_for(config.name())) {
            let (text, ours) = (self.input(config), OpenCc::new(&dictionaries, config));
            let whole = || drop(ours.convert(text));
            Row::measure(text, config, &whole, &|run| drop(ours.convert_run(run))).print(config.name());
        }
        for (script, config) in [(Script::Hant, Config::S2tw), (Script::Hans, Config::Tw2s)] {
            let (text, ours) = (self.input(config), Converter::new(&dictionaries, target(script)));
            // A site is converted a paragraph at a time, each in the light of itself.
            let runs = paragraphs(text);
            let whole = || runs.iter().for_each(|run| drop(ours.convert(run)));
            let name = format!("editorial {}", script.tag());
            if !is_asked_for(&name) {
                continue;
            }
            Row::measure(text, config, &whole, &|run| drop(ours.convert(run))).print(&name);
        }
        println!("editorial mode, by paragraph, stands beside OpenCC's s2tw and tw2s");
    }

    fn measure_threads(&self) {
        let dictionaries = Dictionaries::embedded();
        for config in [Config::S2t, Config::S2twp, Config::T2s] {
            let (text, ours) = (self.input(config), OpenCc::new(&dictionaries, config));
            print_threads(config.name(), &|| drop(ours.convert(text)));
        }
        let (ours, runs) = (Converter::new(&dictionaries, target(Script::Hant)), paragraphs(&self.hans));
        print_threads("editorial zh-Hant", &|| runs.iter().for_each(|run| drop(ours.convert(run))));
    }
}

/// `cargo bench --bench conversion -- tw2sp` measures what has this in its name.
fn is_asked_for(name: &str) -> bool {
    let mut asked = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).peekable();
    asked.peek().is_none() || asked.any(|part| name.contains(&part))
}

/// The best times of one converter, and the bytes that it was given.
struct Row {
    bytes: usize,
    opencc: Option<Duration>,
    whole: Duration,
    paragraphs: Duration,
    pieces: Duration,
}

impl Row {
    fn measure(text: &str, config: Config, whole: &dyn Fn(), run: &dyn Fn(&Run)) -> Row {
        let referee = referee(config);
        let (paragraphs, pieces) = (paragraphs(text), pieces(text));
        let mut row = Row {
            bytes: text.len(),
            opencc: None,
            whole: Duration::MAX,
            paragraphs: Duration::MAX,
            pieces: Duration::MAX,
        };
        for _ in 0..PASSES {
            row.opencc = referee.as_ref().map(|referee| {
                let time = timed(|| referee(text));
                row.opencc.map_or(time, |best| best.min(time))
            });
            row.whole = row.whole.min(timed(whole));
            row.paragraphs = row.paragraphs.min(timed(|| paragraphs.iter().for_each(run)));
            row.pieces = row.pieces.min(timed(|| pieces.iter().for_each(run)));
        }
        row
    }

    fn print(&self, name: &str) {
        let speed = |time: Duration| self.bytes as f64 / 1e6 / time.as_secs_f64();
        let or_dash = |figure: Option<String>| figure.unwrap_or_else(|| "–".to_owned());
        let opencc = or_dash(self.opencc.map(|time| format!("{:.1}", speed(time))));
        let times = or_dash(self.opencc.map(|time| format!("{:.1}", speed(self.whole) / speed(time))));
        let cost = (self.pieces.as_secs_f64() / self.paragraphs.as_secs_f64() - 1.0) * 100.0;
        println!(
            "{name:<20}{opencc:>10}{:>10.1}{times:>8}{:>14.1}{:>12.1}{cost:>12.1}",
            speed(self.whole),
            speed(self.paragraphs),
            speed(self.pieces),
        );
    }
}

/// OpenCC, ready to convert; `None` without the feature or without its data.
#[cfg(feature = "opencc")]
fn referee(config: Config) -> Option<impl Fn(&str)> {
    let data = PathBuf::from(std::env::var_os("JIANBAO_OPENCC_DATA")?);
    let opencc = opencc_rust::OpenCC::new(data.join(format!("{}.json", config.name()))).ok()?;
    Some(move |text: &str| drop(opencc.convert(text)))
}

#[cfg(not(feature = "opencc"))]
fn referee(_: Config) -> Option<fn(&str)> {
    None
}

/// Loading, from nothing to the first sentences in both editions.
fn load() -> Duration {
    let runs = ["他头发很干净，发展得很快。", "他頭髮很乾淨，發展得很快。", "他头髮很乾净，發展得很快。"]
        .map(Run::new);
    timed(|| {
        let dictionaries = Dictionaries::embedded();
        for script in [Script::Hans, Script::Hant] {
            let converter = Converter::new(&dictionaries, target(script));
            runs.iter().for_each(|run| drop(converter.convert(run)));
        }
    })
}

fn print_threads(name: &str, work: &(dyn Fn() + Sync)) {
    let (mut one, mut two) = (Duration::MAX, Duration::MAX);
    for _ in 0..PASSES {
        one = one.min(passed(work));
        two = two.min(passed(|| {
            std::thread::scope(|scope| {
                scope.spawn(work);
                work();
            });
        }));
    }
    println!("  {name:<20}{:.2}", 2.0 * one.as_secs_f64() / two.as_secs_f64());
}

fn target(script: Script) -> Target {
    let tag: Tag = script.tag().parse().expect("a script's tag is a tag");
    tag.target().expect("a script's tag names an edition in Chinese")
}

/// A run a line, of one piece.
fn paragraphs(text: &str) -> Vec<Run> {
    text.lines().map(Run::new).collect()
}

/// A run a line, of many pieces.
fn pieces(text: &str) -> Vec<Run> {
    let run = |line: &str| {
        let characters: Vec<char> = line.chars().collect();
        let pieces: Vec<String> = characters.chunks(PIECE).map(|piece| piece.iter().collect()).collect();
        Run::from_pieces(pieces.iter().map(String::as_str))
    };
    // Copied, so that they lie in memory like the others and only the cuts differ.
    let runs: Vec<Run> = text.lines().map(run).collect();
    runs.to_vec()
}

/// The processor's time that some work takes.
fn timed(work: impl FnOnce()) -> Duration {
    let started = cpu_time();
    work();
    cpu_time().saturating_sub(started)
}

fn cpu_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::try_from(time).unwrap_or_default()
}

/// The time that passes meanwhile.
fn passed(work: impl FnOnce()) -> Duration {
    let started = Instant::now();
    work();
    started.elapsed()
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// The paragraphs of the shipped content.
fn prose() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = walkdir::WalkDir::new(root.join("content")).sort_by_file_name().into_iter();
    let files = files.filter_map(Result::ok).map(walkdir::DirEntry::into_path);
    let files: Vec<PathBuf> =
        files.filter(|path| path.extension().is_some_and(|kind| kind == "md")).collect();
    let text: String = files.iter().filter_map(|file| fs::read_to_string(file).ok()).collect();
    text.lines().filter(|line| line.chars().any(|c| c >= '\u{4E00}')).map(str::to_owned).collect()
}

/// The Simplified ones of the hard cases, and what OpenCC's tests convert.
fn hard() -> Vec<String> {
    let cases = include_str!("../tests/script/hard-cases.tsv").lines().filter(|line| !line.starts_with('#'));
    let cases = cases.filter_map(|line| line.split('\t').next());
    let tests = include_str!("../data/opencc/testcases.json")
        .lines()
        .filter_map(|line| line.trim().strip_prefix("\"input\": \"")?.strip_suffix("\","));
    cases.chain(tests).map(str::to_owned).collect()
}

/// xorshift64: the same order each time, on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap_or(0) % bound.max(1)
    }
}
