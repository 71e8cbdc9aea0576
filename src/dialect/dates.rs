//! Dates as texts: `2023-06-28`, alone or followed by a time of day and an offset, as YAML writes them.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;
use std::fmt;

/// A day, or a time of a day, as an author writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The day.
    pub date: Date,
    /// The time of the day, to the second.
    pub time: Option<Time>,
    /// How far that time is from UTC; without one it is a time of the site's own zone.
    pub offset: Option<Offset>,
}

impl Moment {
    /// A day without a time.
    pub fn day(date: Date) -> Self {
        Self { date, time: None, offset: None }
    }

    /// Date and time as written; a day alone begins at midnight.
    pub fn written(&self) -> DateTime {
        DateTime::from_parts(self.date, self.time.unwrap_or(Time::MIN))
    }
}

/// As RFC 3339 writes it, as far as it is known.
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(time) = self.time else { return self.date.fmt(f) };
        write!(f, "{}T{time}", self.date)?;
        self.offset.map_or(Ok(()), |offset| f.write_str(&offset_text(offset)))
    }
}

/// `+08:00`.
pub fn offset_text(offset: Offset) -> String {
    let minutes = offset.seconds() / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
}

/// Reads `+08:00`, `+0800` and `+8`; `Z` is UTC.
pub fn offset(text: &str) -> Option<Offset> {
    if matches!(text, "Z" | "z") {
        return Some(Offset::UTC);
    }
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let number = text.strip_prefix(['+', '-'])?;
    let [hours, minutes] = match number.split_at_checked(2) {
        Some((hours, minutes)) if number.len() == 4 && number.is_ascii() && !number.contains(':') => {
            numbers(&format!("{hours}:{minutes}"), ':')?
        }
        _ => numbers(number, ':').or_else(|| numbers(number, ':').map(|[hours]| [hours, 0]))?,
    };
    let is_offset = hours < 24 && minutes < 60;
    let seconds = sign * (i32::from(hours) * 3600 + i32::from(minutes) * 60);
    is_offset.then(|| Offset::from_seconds(seconds).ok()).flatten()
}

/// Why a text is no date.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Problem {
    /// It does not look like a date. Where it holds a year, a month and a day all the same, the date it seems to
    /// mean.
    Shape(Option<Date>),
    /// It looks like a date, but the calendar has no such day.
    Day,
    /// What follows the date is no time of day.
    Time,
}

/// The moment. `2019-3-9` and `2019/3/9` are days too, as they are for other readers of YAML.
pub(super) fn parse(text: &str) -> Result<Moment, Problem> {
    let text = text.trim();
    let end = text.find(['T', 't', ' ', '\t']).unwrap_or(text.len());
    let (date, time) = text.split_at(end);
    let Some(parts) = day(date) else { return Err(Problem::Shape(meant(text))) };
    let date = civil(parts).ok_or(Problem::Day)?;
    if time.is_empty() {
        return Ok(Moment::day(date));
    }
    let (time, offset) = clock(time.trim_start_matches(['T', 't', ' ', '\t'])).ok_or(Problem::Time)?;
    Ok(Moment { date, time: Some(time), offset })
}

/// `08:00`, `8:00:30.5`, `08:00:00Z`, `08:00:00 +0800`.
fn clock(text: &str) -> Option<(Time, Option<Offset>)> {
    let zone = text.find(['Z', 'z', '+', '-']).unwrap_or(text.len());
    let (clock, zone) = text.split_at(zone);
    let clock = clock.trim_end();
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let parts = numbers::<3>(clock, ':').or_else(|| numbers::<2>(clock, ':').map(|[h, m]| [h, m, 0]));
    let is_fraction = !fraction.is_empty() && fraction.bytes().all(|b| b.is_ascii_digit());
    let time = of_day(parts.filter(|_| is_fraction)?)?;
    if zone.is_empty() { Some((time, None)) } else { offset(zone).map(|offset| (time, Some(offset))) }
}

/// A leap second is the second before it: clocks that know none read it so.
pub(super) fn of_day([hour, minute, second]: [u16; 3]) -> Option<Time> {
    let part = |n: u16| i8::try_from(n).ok();
    let second = if second == 60 { 59 } else { second };
    Time::new(part(hour)?, part(minute)?, part(second)?, 0).ok()
}

/// `N` numbers of one or two digits between separators.
fn numbers<const N: usize>(text: &str, separator: char) -> Option<[u16; N]> {
    let number = |part: &str| {
        let is_short = part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit());
        is_short.then(|| part.parse().ok()).flatten()
    };
    text.split(separator).map(number).collect::<Option<Vec<u16>>>()?.try_into().ok()
}

/// The numbers of `2023-06-28` or `2023/6/28`.
fn day(text: &str) -> Option<[u16; 3]> {
    let (year, rest) = text.split_at_checked(4)?;
    let year = year.bytes().all(|b| b.is_ascii_digit()).then(|| year.parse().ok()).flatten()?;
    let separator = rest.chars().next().filter(|c| matches!(c, '-' | '/'))?;
    let [month, day] = numbers(&rest[1..], separator)?;
    Some([year, month, day])
}

pub(super) fn civil([year, month, day]: [u16; 3]) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The date of `2023.6.28` or `2023年6月28日`.
fn meant(text: &str) -> Option<Date> {
    let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    let numbers: Vec<u16> = numbers.take(3).map(str::parse).collect::<Result<_, _>>().ok()?;
    civil(numbers.try_into().ok()?).filter(|date| date.year() >= 1000)
}
