//! Charts as inline SVG.
//!
//! In: what a chart shows, and its texts in an edition. Out: an `<svg>` that is as wide as its place: lengths across are
//! percentages, lengths down are in `em`, so that neither a phone nor large text makes it unreadable. Colours are classes
//! (`s1` to `s6`), as the page's policy forbids inline styles. The numbers stand in a table beside it, so to a reader who hears the
//! page the drawing is one image.

use super::escape;
use crate::markdown::{Chart, ChartKind};
use std::fmt::Write;

/// A text is taken to be this wide on the narrowest phone that is thought of, in `em`.
const NARROWEST: f64 = 20.0;
/// Labels are broken into lines of so many `em`.
const LABEL: f64 = 18.0;
/// There are so many colours; the seventh column has the first again.
const COLOURS: usize = 6;

/// Draws a chart. `text` gives the text of a cell by its node; `name` is what the drawing is called.
pub(super) fn draw(chart: &Chart, name: &str, text: &dyn Fn(usize) -> String) -> String {
    let (height, inner) = match chart.kind {
        ChartKind::Bar => bars(chart, text),
        ChartKind::Line => lines(chart, text),
        ChartKind::Share => shares(chart, text),
    };
    let mut out = format!(
        "<svg class=\"drawn-{}\" role=\"img\" width=\"100%\" height=\"{height:.1}em\"",
        chart.kind.name()
    );
    out.push_str(" aria-label=\"");
    escape::attribute(&mut out, name);
    out.push_str("\">\n");
    out.push_str(&inner);
    out.push_str("</svg>");
    out
}

/// How wide a text is, in `em`: a Han character is one, others about half.
fn width(text: &str) -> f64 {
    text.chars().map(|c| if u32::from(c) < 0x2000 { 0.56 } else { 1.0 }).sum()
}

/// A text broken into lines that fit a phone.
fn broken(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut line_width = 0.0;
    for c in text.chars() {
        let own = if u32::from(c) < 0x2000 { 0.56 } else { 1.0 };
        if line_width + own > LABEL {
            lines.push(String::new());
            line_width = 0.0;
        }
        line_width += own;
        lines.iter_mut().last().into_iter().for_each(|line| line.push(c));
    }
    lines
}

fn label(out: &mut String, x: &str, y: f64, attributes: &str, text: &str) {
    let _ = write!(out, "<text x=\"{x}\" y=\"{y:.2}em\"{attributes}>");
    escape::text(out, text);
    out.push_str("</text>\n");
}

fn colour(series: usize) -> usize {
    series % COLOURS + 1
}

/// Names of the columns, where there are several.
fn legend(out: &mut String, chart: &Chart, text: &dyn Fn(usize) -> String, mut y: f64) -> f64 {
    if chart.series.len() < 2 {
        return y;
    }
    for (index, series) in chart.series.iter().enumerate() {
        swatch(out, index, y);
        label(out, "1.4em", y + 0.85, "", &text(series.name));
        y += 1.5;
    }
    y + 0.5
}

fn swatch(out: &mut String, series: usize, y: f64) {
    let colour = colour(series);
    let _ = writeln!(out, "<rect class=\"s{colour}\" x=\"0\" y=\"{y:.2}em\" width=\"1em\" height=\"1em\"/>");
}

/// A label over each group of bars, and the number as it is written behind each bar.
fn bars(chart: &Chart, text: &dyn Fn(usize) -> String) -> (f64, String) {
    let mut out = String::new();
    let all = || chart.series.iter().flat_map(|series| &series.values).flatten();
    let largest = all().map(|(value, _)| *value).fold(0.0, f64::max);
    let smallest = all().map(|(value, _)| *value).fold(0.0, f64::min);
    let longest = all().map(|(_, cell)| width(&text(*cell))).fold(0.0, f64::max);
    let room = (100.0 - (longest + 0.8) / NARROWEST * 100.0).clamp(20.0, 85.0);
    let scale = if largest > smallest { room / (largest - smallest) } else { 0.0 };
    let zero = smallest.abs() * scale;
    let mut y = legend(&mut out, chart, text, 0.2);
    for (row, name) in chart.labels.iter().enumerate() {
        for line in broken(&text(*name)) {
            label(&mut out, "0", y + 0.95, "", &line);
            y += 1.4;
        }
        for (index, series) in chart.series.iter().enumerate() {
            let Some((value, cell)) = series.values.get(row).copied().flatten() else { continue };
            let (from, to) = (zero.min(zero + value * scale), zero.max(zero + value * scale));
            let (colour, length) = (colour(index), to - from);
            let _ = writeln!(
                out,
                "<rect class=\"s{colour}\" x=\"{from:.2}%\" y=\"{y:.2}em\" width=\"{length:.2}%\" height=\"1.1em\"/>"
            );
            label(&mut out, &format!("{to:.2}%"), y + 0.95, " dx=\"0.4em\" class=\"value\"", &text(cell));
            y += 1.4;
        }
        y += 0.6;
    }
    (y, out)
}

/// Where the drawing of lines stands, in `em`.
const TOP: f64 = 2.2;
const BOTTOM: f64 = 13.0;

/// Lines between points; the first, the last, the largest and the smallest number of a line are written beside it, all of them where
/// there is room.
fn lines(chart: &Chart, text: &dyn Fn(usize) -> String) -> (f64, String) {
    let mut out = String::new();
    let top = legend(&mut out, chart, text, 0.2) + TOP;
    let bottom = top + BOTTOM - TOP;
    let values = || chart.series.iter().flat_map(|series| &series.values).flatten().map(|(value, _)| *value);
    let largest = values().fold(f64::MIN, f64::max);
    let smallest = values().fold(0.0, f64::min);
    let span = if largest > smallest { largest - smallest } else { 1.0 };
    let y = |value: f64| bottom - (value - smallest) / span * (bottom - top);
    let count = chart.labels.len().max(1) as f64;
    let x = |row: usize| (row as f64 + 0.5) / count * 100.0;
    let _ =
        writeln!(out, "<line class=\"axis\" x1=\"0\" x2=\"100%\" y1=\"{0:.2}em\" y2=\"{0:.2}em\"/>", y(0.0));
    let mut taken: Vec<(usize, f64)> = Vec::new();
    for (index, series) in chart.series.iter().enumerate() {
        let points: Vec<(usize, f64, usize)> = series
            .values
            .iter()
            .enumerate()
            .filter_map(|(row, value)| value.map(|(value, cell)| (row, value, cell)))
            .collect();
        let colour = colour(index);
        for pair in points.windows(2) {
            let ((from, a, _), (to, b, _)) = (pair[0], pair[1]);
            let _ = writeln!(
                out,
                "<line class=\"s{colour}\" x1=\"{:.2}%\" y1=\"{:.2}em\" x2=\"{:.2}%\" y2=\"{:.2}em\"/>",
                x(from),
                y(a),
                x(to),
                y(b)
            );
        }
        let written = written(&points, text, NARROWEST / count, chart.series.len());
        for (row, value, cell) in points {
            let (x, y) = (x(row), y(value));
            let _ =
                writeln!(out, "<circle class=\"s{colour}\" cx=\"{x:.2}%\" cy=\"{y:.2}em\" r=\"0.25em\"/>");
            if !written.contains(&row) {
                continue;
            }
            // Above the point, or below it where another number stands; the table has those that find no room.
            let is_free = |at: &f64| {
                !taken.iter().any(|(other, y): &(usize, f64)| *other == row && (y - at).abs() < 1.1)
            };
            if let Some(at) = [y - 0.6, y + 1.3].into_iter().filter(|at| *at < bottom).find(is_free) {
                taken.push((row, at));
                label(
                    &mut out,
                    &format!("{x:.2}%"),
                    at,
                    " class=\"value\" text-anchor=\"middle\"",
                    &text(cell),
                );
            }
        }
    }
    let names: Vec<String> = chart.labels.iter().map(|name| text(*name)).collect();
    let widest = names.iter().map(|name| width(name)).fold(0.0, f64::max) + 0.6;
    let step = (widest * count / NARROWEST).ceil().max(1.0) as usize;
    for (row, name) in names.iter().enumerate().step_by(step) {
        label(&mut out, &format!("{:.2}%", x(row)), bottom + 1.5, " text-anchor=\"middle\"", name);
    }
    (bottom + 2.2, out)
}

/// The rows whose numbers are written: all, if each has its room and no other line is near.
fn written(
    points: &[(usize, f64, usize)],
    text: &dyn Fn(usize) -> String,
    room: f64,
    lines: usize,
) -> Vec<usize> {
    let widest = points.iter().map(|(.., cell)| width(&text(*cell))).fold(0.0, f64::max) + 0.4;
    if lines == 1 && widest <= room {
        return points.iter().map(|(row, ..)| *row).collect();
    }
    let by_value = |a: &&(usize, f64, usize), b: &&(usize, f64, usize)| a.1.total_cmp(&b.1);
    let largest = points.iter().max_by(by_value);
    let near = |a: usize, b: usize| (a.abs_diff(b) as f64) * room < widest;
    let mut rows: Vec<usize> = Vec::new();
    for (row, ..) in [points.first(), points.last(), largest].into_iter().flatten() {
        if !rows.iter().any(|other| near(*other, *row)) {
            rows.push(*row);
        }
    }
    rows
}

/// One bar for the whole, and a line for each part below it.
fn shares(chart: &Chart, text: &dyn Fn(usize) -> String) -> (f64, String) {
    let mut out = String::new();
    let Some(series) = chart.series.first() else { return (0.0, out) };
    let whole: f64 = series.values.iter().flatten().map(|(value, _)| *value).sum();
    let mut from = 0.0;
    let mut y = 3.0;
    for (row, name) in chart.labels.iter().enumerate() {
        let Some((value, cell)) = series.values.get(row).copied().flatten() else { continue };
        let (share, colour) = (value / whole * 100.0, colour(row));
        let _ = writeln!(
            out,
            "<rect class=\"s{colour}\" x=\"{from:.2}%\" y=\"0\" width=\"{share:.2}%\" height=\"2em\"/>"
        );
        from += share;
        swatch(&mut out, row, y);
        let number = text(cell);
        let behind = if number.contains('%') { number } else { format!("{number} · {share:.1}%") };
        label(&mut out, "100%", y + 0.85, " class=\"value\" text-anchor=\"end\"", &behind);
        for line in broken(&text(*name)) {
            label(&mut out, "1.4em", y + 0.85, "", &line);
            y += 1.5;
        }
    }
    (y, out)
}
