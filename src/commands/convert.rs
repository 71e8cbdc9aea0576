//! `jianbao convert`: a filter, stdin or files → stdout.

use super::terminal::{Format, Printer};
use super::{COULD_NOT_RUN, DONE};
use crate::diagnostic::{Diagnostic, SHOWN, Severity};
use crate::markdown;
use crate::script::inline::{self, ProblemKind};
use crate::script::opencc::{Config, OpenCc};
use crate::script::{self, Converter, Dictionaries, Evidence, RemarkKind, Run, Scope, Tag};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// Convert text from stdin or files to stdout
///
/// Text may be in either script or in both mixed, with inline rules such as -{zh-hans:软件;zh-tw:軟體}-. Line in, line
/// out: a phrase is not known across lines, except with --markdown, which reads the whole input and changes nothing but
/// its texts.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("target").required(true))]
#[command(
    after_help = "Examples:\n  echo 头发 | jianbao convert --to zh-Hant\n  jianbao convert --to zh-Hant-HK --markdown page.md\n  jianbao convert --opencc s2tw < in.txt > out.txt"
)]
pub(super) struct Args {
    /// The edition to convert for: zh-Hans, zh-Hant, zh-Hant-HK …
    #[arg(long, value_name = "TAG", group = "target", value_parser = parse_tag)]
    to: Option<Tag>,
    /// Strict mode: byte for byte what OpenCC prints with this configuration: s2t, t2s, s2tw, s2hk …
    #[arg(long, value_name = "CONFIG", group = "target")]
    opencc: Option<Config>,
    /// The input is Markdown: code, addresses, tags and front matter keys stay as they are
    #[arg(long)]
    markdown: bool,
    /// Files to read in place of stdin; `-` is stdin
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
}

fn parse_tag(text: &str) -> Result<Tag, String> {
    let tag: Tag = text.parse().map_err(|error: crate::script::TagError| error.to_string())?;
    match tag.target() {
        Some(_) => Ok(tag),
        None => {
            Err("it names no edition in Chinese; use a tag that starts with zh-Hans or zh-Hant".to_owned())
        }
    }
}

enum Engine {
    Editorial(Box<Converter>),
    Strict(OpenCc),
}

impl Engine {
    /// Inline rules of one run hold for those after it. `say` hears what is wrong with them, and where in the run.
    fn convert(&self, run: &Run, scope: &mut Scope, mut say: impl FnMut(Range<usize>, &ProblemKind)) -> Run {
        match self {
            Engine::Editorial(converter) => {
                let converted = converter.convert_in(run, scope);
                for remark in converted.remarks {
                    if let RemarkKind::Rule(problem) = &remark.kind {
                        say(remark.range, problem);
                    }
                }
                converted.run
            }
            Engine::Strict(opencc) => opencc.convert_run(run),
        }
    }
}

pub(super) fn run(args: &Args) -> u8 {
    let dictionaries = Dictionaries::embedded();
    let target = args.to.as_ref().and_then(Tag::target);
    let engine = match (args.opencc, target) {
        (Some(config), _) => Engine::Strict(OpenCc::new(&dictionaries, config)),
        (None, Some(target)) => Engine::Editorial(Box::new(Converter::new(&dictionaries, target))),
        (None, None) => return COULD_NOT_RUN,
    };
    let result = if args.files.is_empty() {
        filter(&engine, args.markdown, "stdin", io::stdin())
    } else {
        args.files.iter().try_for_each(|path| file(&engine, args.markdown, path))
    };
    match result {
        Ok(()) => DONE,
        Err(Failure::ReaderGone) => DONE,
        Err(Failure::Message(message)) => {
            Printer::new(Format::Human, false, Path::new(".")).failure(&message, None);
            COULD_NOT_RUN
        }
    }
}

enum Failure {
    /// Whoever read our output has gone away, as `head` does.
    ReaderGone,
    Message(String),
}

fn file(engine: &Engine, markdown: bool, path: &Path) -> Result<(), Failure> {
    if path == Path::new("-") {
        return filter(engine, markdown, "stdin", io::stdin());
    }
    let name = path.display().to_string();
    let file = File::open(path).map_err(|error| Failure::Message(format!("cannot read {name}: {error}")))?;
    filter(engine, markdown, &name, file)
}

fn filter(engine: &Engine, markdown: bool, name: &str, input: impl Read) -> Result<(), Failure> {
    let mut input = BufReader::with_capacity(1 << 16, input);
    let mut output = io::BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let cannot_read = |error: io::Error| Failure::Message(format!("cannot read {name}: {error}"));
    if markdown {
        let mut bytes = Vec::new();
        input.read_to_end(&mut bytes).map_err(cannot_read)?;
        let text = utf8(name, 1, &bytes)?;
        let mut scope = match engine {
            Engine::Editorial(converter) => Scope::new(vec![converter.layer(&markdown::glossary(text), 1)]),
            Engine::Strict(_) => Scope::default(),
        };
        let converted = markdown::rewrite(text, |run| {
            engine.convert(run, &mut scope, |_, problem| warn(problem, |warning| warning.in_file(name)))
        });
        return output.write_all(converted.as_bytes()).and_then(|()| output.flush()).map_err(cannot_write);
    }
    let mut line = Vec::new();
    let mut number = 0;
    // A line that gives no evidence of its own is read in the script of those before it.
    let mut evidence = Evidence::default();
    let mut scope = Scope::default();
    let mut faults = 0;
    while input.read_until(b'\n', &mut line).map_err(cannot_read)? > 0 {
        number += 1;
        let text = utf8(name, number, &line)?;
        evidence += script::detect(text);
        let run = match engine {
            Engine::Editorial(_) => Run::new(text).with_rules(),
            Engine::Strict(_) => Run::new(text),
        };
        let run = run.in_document(evidence);
        let mut say = |range: Range<usize>, problem: &ProblemKind| {
            faults += 1;
            if faults > SHOWN {
                return;
            }
            warn(problem, |warning| {
                let mut warning = warning.at(name, text, range);
                warning.place.iter_mut().for_each(|place| place.line = number);
                warning
            });
        };
        if matches!(engine, Engine::Editorial(_)) && text.contains("-{") {
            inline::find(text).1.into_iter().for_each(|at| say(at..at + 2, &ProblemKind::Unclosed));
        }
        let converted = engine.convert(&run, &mut scope, say);
        output.write_all(converted.text().as_bytes()).map_err(cannot_write)?;
        line.clear();
        // A person who types, or a program that waits for its answer, gets it line by line.
        if !input.buffer().contains(&b'\n') {
            output.flush().map_err(cannot_write)?;
        }
    }
    if let Some(more) = faults.checked_sub(SHOWN).filter(|more| *more > 0) {
        let warning = Diagnostic::and_more(Severity::Warning, "inline-rule", more, name);
        Printer::new(Format::Human, false, Path::new(".")).diagnostics(&[warning]);
    }
    output.flush().map_err(cannot_write)
}

/// Says on stderr what is wrong with a rule; the text is converted all the same.
fn warn(problem: &ProblemKind, place: impl FnOnce(Diagnostic) -> Diagnostic) {
    let warning = place(Diagnostic::warning("inline-rule", problem.message()).help(problem.help()));
    Printer::new(Format::Human, false, Path::new(".")).diagnostics(&[warning]);
}

fn utf8<'a>(name: &str, line: usize, bytes: &'a [u8]) -> Result<&'a str, Failure> {
    std::str::from_utf8(bytes).map_err(|error| {
        let line = line + bytes[..error.valid_up_to()].iter().filter(|b| **b == b'\n').count();
        Failure::Message(format!("cannot convert {name}: line {line} is not UTF-8"))
    })
}

#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err asks for")]
fn cannot_write(error: io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::BrokenPipe => Failure::ReaderGone,
        _ => Failure::Message(format!("cannot write to stdout: {error}")),
    }
}
