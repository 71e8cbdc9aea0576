//! Dates as texts: `2023-06-28`, alone or followed by a time of day, as YAML writes them.

use jiff::civil::Date;

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

/// The date. `2019-3-9` is one too, as it is for other readers of YAML; a time of day and an offset are checked and
/// dropped.
pub(super) fn parse(text: &str) -> Result<Date, Problem> {
    let text = text.trim();
    let end = text.find(['T', 't', ' ', '\t']).unwrap_or(text.len());
    let (date, time) = text.split_at(end);
    let Some(parts) = day(date) else { return Err(Problem::Shape(meant(text))) };
    let date = civil(parts).ok_or(Problem::Day)?;
    let is_time = time.is_empty() || is_time(time.trim_start_matches(['T', 't', ' ', '\t']));
    if is_time { Ok(date) } else { Err(Problem::Time) }
}

/// `08:00`, `8:00:30.5`, `08:00:00Z`, `08:00:00 +08:00`.
fn is_time(text: &str) -> bool {
    let zone = text.find(['Z', 'z', '+', '-']).unwrap_or(text.len());
    let (clock, zone) = text.split_at(zone);
    let clock = clock.trim_end();
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let clock = numbers::<3>(clock, ':').or_else(|| numbers::<2>(clock, ':').map(|[h, m]| [h, m, 0]));
    let in_day = clock.is_some_and(|[hour, minute, second]| hour < 24 && minute < 60 && second <= 60);
    in_day && fraction.bytes().all(|b| b.is_ascii_digit()) && is_zone(zone)
}

fn is_zone(zone: &str) -> bool {
    let Some(offset) = zone.strip_prefix(['+', '-']) else { return matches!(zone, "" | "Z" | "z") };
    let offset = numbers::<2>(offset, ':').or_else(|| numbers::<1>(offset, ':').map(|[hour]| [hour, 0]));
    offset.is_some_and(|[hour, minute]| hour < 24 && minute < 60)
}

/// `N` numbers of one or two digits between separators.
fn numbers<const N: usize>(text: &str, separator: char) -> Option<[u16; N]> {
    let number = |part: &str| {
        let is_short = part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit());
        is_short.then(|| part.parse().ok()).flatten()
    };
    text.split(separator).map(number).collect::<Option<Vec<u16>>>()?.try_into().ok()
}

/// The numbers of `2023-06-28`.
fn day(text: &str) -> Option<[u16; 3]> {
    let (year, rest) = text.split_at_checked(4)?;
    let year = year.bytes().all(|b| b.is_ascii_digit()).then(|| year.parse().ok()).flatten()?;
    let [month, day] = numbers(rest.strip_prefix('-')?, '-')?;
    Some([year, month, day])
}

fn civil([year, month, day]: [u16; 3]) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The date of `2023/6/28` or `2023年6月28日`.
fn meant(text: &str) -> Option<Date> {
    let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    let numbers: Vec<u16> = numbers.take(3).map(str::parse).collect::<Result<_, _>>().ok()?;
    civil(numbers.try_into().ok()?).filter(|date| date.year() >= 1000)
}
