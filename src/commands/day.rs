//! The day of a build: the one place that reads the clock for it.
//!
//! In: `--date`, else SOURCE_DATE_EPOCH, else the clock. Out: a day, which decides what is published. It stands in the output
//! only where a feed must say when it was changed and nothing in the site bears a date. Beside that the clock as the preview shows it.

use super::terminal::Printer;
use crate::config::TimeZone;
use jiff::Timestamp;
use jiff::civil::Date;

/// Seconds since 1970 that a build is to take for now (reproducible-builds.org).
const SOURCE_DATE_EPOCH: &str = "SOURCE_DATE_EPOCH";

/// What the day of a build is told from.
#[derive(Debug, Clone, Copy)]
pub(super) enum Day {
    Given(Date),
    At(Timestamp),
}

impl Day {
    /// The day that is asked for, else that of the environment, else today. `None` where the environment says what is no
    /// time; why was printed.
    pub(super) fn find(asked: Option<Date>, printer: &Printer) -> Option<Self> {
        // Set to nothing, as workflows hand on what is not set, it says nothing.
        let epoch = std::env::var_os(SOURCE_DATE_EPOCH).filter(|epoch| !epoch.is_empty());
        match (asked, epoch) {
            (Some(date), _) => Some(Self::Given(date)),
            (None, Some(epoch)) => {
                let epoch = epoch.to_string_lossy();
                let instant = seconds(&epoch);
                if instant.is_none() {
                    printer.failure(
                        &format!("{SOURCE_DATE_EPOCH} is `{epoch}`, expected the seconds since 1970, such as 1687910400"),
                        Some("set it so: SOURCE_DATE_EPOCH=$(git log -1 --format=%ct), or unset it"),
                    );
                }
                instant.map(Self::At)
            }
            (None, None) => Some(Self::At(now())),
        }
    }

    /// Which day that is where the site is.
    pub(super) fn in_zone(self, zone: &TimeZone) -> Date {
        match self {
            Self::Given(date) => date,
            Self::At(instant) => zone.day_at(instant),
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the clock belongs to `commands`")]
fn now() -> Timestamp {
    Timestamp::now()
}

/// What a clock shows where the site is: `14:03:12`.
pub(super) fn clock(zone: &TimeZone) -> String {
    zone.clock_at(now())
}

/// Milliseconds since 1970.
pub(super) fn milliseconds() -> u64 {
    now().as_millisecond().unsigned_abs()
}

fn seconds(text: &str) -> Option<Timestamp> {
    let is_number = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| Timestamp::from_second(text.parse().ok()?).ok()).flatten()
}

/// Reads `--date`.
pub(super) fn parse(text: &str) -> Result<Date, String> {
    let has_shape = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let date = text.parse::<Date>().ok().filter(|_| has_shape);
    date.ok_or_else(|| "expected a day of the calendar, such as 2023-06-28".to_owned())
}
