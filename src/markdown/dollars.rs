//! Dollar signs that are money and no formula: `签约$110亿，其中外资$20亿`.
//!
//! In: a text. Out: where dollar signs stand that Markdown takes for the beginning of a formula and no reader does: between
//! them stands Chinese that is in no `\text{…}`, or a digit follows the second. Never: a formula.

use super::wide::is_cjk;
use pulldown_cmark::{Event, Options, Parser};

/// Each time half of what is left is found, so that these are enough for any text.
const PASSES: usize = 40;

pub(super) fn of_money(text: &str, options: Options) -> Vec<usize> {
    let mut money: Vec<usize> = Vec::new();
    if !text.contains('$') {
        return money;
    }
    for _ in 0..PASSES {
        let escaped = escaped(text, &money);
        let found: Vec<usize> = Parser::new_ext(&escaped, options)
            .into_offset_iter()
            .filter(|(event, _)| matches!(event, Event::InlineMath(_)))
            .filter(|(_, span)| is_money(&escaped[span.clone()], &escaped[span.end..]))
            .map(|(_, span)| span.start - before(&money, span.start))
            .collect();
        if found.is_empty() {
            break;
        }
        money.extend(found);
        money.sort_unstable();
    }
    money
}

/// How many backslashes stand before a place of the escaped text.
fn before(money: &[usize], place: usize) -> usize {
    // The n-th dollar sign that is escaped has moved by n + 1.
    let mut low = 0;
    let mut high = money.len();
    while low < high {
        let middle = (low + high) / 2;
        if money[middle] + middle + 1 < place { low = middle + 1 } else { high = middle }
    }
    low
}

fn escaped(text: &str, money: &[usize]) -> String {
    let mut out = String::with_capacity(text.len() + money.len());
    let mut done = 0;
    for at in money {
        out.push_str(&text[done..*at]);
        out.push('\\');
        done = *at;
    }
    out.push_str(&text[done..]);
    out
}

/// `formula` with its dollar signs, and what follows.
fn is_money(formula: &str, after: &str) -> bool {
    let holds_words = ["\\text", "\\mbox", "\\mathrm", "\\operatorname", "\\tag"];
    let is_prose =
        formula.chars().any(is_cjk) && !holds_words.iter().any(|command| formula.contains(command));
    is_prose || after.starts_with(|c: char| c.is_ascii_digit())
}
