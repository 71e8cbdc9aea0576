//! `time_zone`: where the clock stands that dates without an offset are read by.
//!
//! In: a name of the IANA database, or an offset. Out: a [`TimeZone`] that tells the day and the clock of a
//! [`Moment`]. The zones are those where Chinese is read, with the rules that hold today: the whole database is 0.3 MB.
//! Never: the zone of the machine, or its database.

use crate::diagnostic::nearest;
use crate::dialect::{self, Moment};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

/// A time zone.
#[derive(Debug, Clone)]
pub struct TimeZone {
    rules: jiff::tz::TimeZone,
}

/// Names and their rules as POSIX writes them, in which the sign is turned around: `CST-8` is eight hours ahead of UTC.
const ZONES: [(&str, &str); 43] = [
    ("America/Chicago", "CST6CDT,M3.2.0,M11.1.0"),
    ("America/Denver", "MST7MDT,M3.2.0,M11.1.0"),
    ("America/Los_Angeles", "PST8PDT,M3.2.0,M11.1.0"),
    ("America/New_York", "EST5EDT,M3.2.0,M11.1.0"),
    ("America/Sao_Paulo", "<-03>3"),
    ("America/Toronto", "EST5EDT,M3.2.0,M11.1.0"),
    ("America/Vancouver", "PST8PDT,M3.2.0,M11.1.0"),
    ("Asia/Bangkok", "<+07>-7"),
    ("Asia/Brunei", "<+08>-8"),
    ("Asia/Chongqing", "CST-8"),
    ("Asia/Dubai", "<+04>-4"),
    ("Asia/Harbin", "CST-8"),
    ("Asia/Ho_Chi_Minh", "<+07>-7"),
    ("Asia/Hong_Kong", "HKT-8"),
    ("Asia/Jakarta", "WIB-7"),
    ("Asia/Kolkata", "IST-5:30"),
    ("Asia/Kuala_Lumpur", "<+08>-8"),
    ("Asia/Kuching", "<+08>-8"),
    ("Asia/Macau", "CST-8"),
    ("Asia/Manila", "PST-8"),
    ("Asia/Phnom_Penh", "<+07>-7"),
    ("Asia/Seoul", "KST-9"),
    ("Asia/Shanghai", "CST-8"),
    ("Asia/Singapore", "<+08>-8"),
    ("Asia/Taipei", "CST-8"),
    ("Asia/Tokyo", "JST-9"),
    ("Asia/Ulaanbaatar", "<+08>-8"),
    ("Asia/Urumqi", "<+06>-6"),
    ("Asia/Yangon", "<+0630>-6:30"),
    ("Australia/Brisbane", "AEST-10"),
    ("Australia/Melbourne", "AEST-10AEDT,M10.1.0,M4.1.0/3"),
    ("Australia/Perth", "AWST-8"),
    ("Australia/Sydney", "AEST-10AEDT,M10.1.0,M4.1.0/3"),
    ("Etc/UTC", "UTC0"),
    ("Europe/Amsterdam", "CET-1CEST,M3.5.0,M10.5.0/3"),
    ("Europe/Berlin", "CET-1CEST,M3.5.0,M10.5.0/3"),
    ("Europe/London", "GMT0BST,M3.5.0/1,M10.5.0"),
    ("Europe/Madrid", "CET-1CEST,M3.5.0,M10.5.0/3"),
    ("Europe/Moscow", "MSK-3"),
    ("Europe/Paris", "CET-1CEST,M3.5.0,M10.5.0/3"),
    ("Europe/Rome", "CET-1CEST,M3.5.0,M10.5.0/3"),
    ("Pacific/Auckland", "NZST-12NZDT,M9.5.0,M4.1.0/3"),
    ("UTC", "UTC0"),
];

impl Default for TimeZone {
    /// That of China, Hong Kong, Macau and Taiwan alike: most who read Chinese live by it.
    fn default() -> Self {
        let eight_hours_ahead = jiff::tz::Offset::constant(8);
        Self { rules: jiff::tz::TimeZone::fixed(eight_hours_ahead) }
    }
}

impl TimeZone {
    /// `Asia/Taipei` or `+08:00`; of a name that is not known the nearest one.
    pub fn parse(text: &str) -> Result<Self, Option<&'static str>> {
        if let Some(offset) = dialect::offset(text) {
            return Ok(Self { rules: jiff::tz::TimeZone::fixed(offset) });
        }
        let found = ZONES.iter().find(|(name, _)| *name == text);
        let rules = found.and_then(|(_, posix)| jiff::tz::TimeZone::posix(posix).ok());
        rules.map(|rules| Self { rules }).ok_or_else(|| nearest(text, ZONES.iter().map(|(name, _)| *name)))
    }

    /// What calendar and clock of the zone show at a moment. One that is beyond what can be reckoned with (the last days of
    /// the year 9999) stays as it is written.
    pub fn local(&self, moment: &Moment) -> DateTime {
        let written = moment.written();
        let instant = moment.offset.and_then(|offset| offset.to_timestamp(written).ok());
        instant.map_or(written, |instant| self.rules.to_datetime(instant))
    }

    /// The day of a moment.
    pub fn day(&self, moment: &Moment) -> Date {
        self.local(moment).date()
    }

    /// The day that a clock which shows the time since 1970 shows here.
    pub fn day_at(&self, instant: Timestamp) -> Date {
        self.rules.to_datetime(instant).date()
    }

    /// What such a clock shows here: `14:03:12`.
    pub fn clock_at(&self, instant: Timestamp) -> String {
        let time = self.rules.to_datetime(instant).time();
        format!("{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second())
    }

    /// `2023-06-28`, or with a time RFC 3339: `2023-06-28T10:00:00+08:00`.
    pub fn iso(&self, moment: &Moment) -> String {
        let is_reckoned = self.rules.to_timestamp(self.local(moment)).is_ok();
        match moment.time {
            Some(_) if is_reckoned => self.timestamp(moment),
            _ => self.day(moment).to_string(),
        }
    }

    /// RFC 3339, always with a time and an offset; a day begins at midnight.
    pub fn timestamp(&self, moment: &Moment) -> String {
        let local = self.local(moment);
        match self.rules.to_timestamp(local) {
            Ok(instant) => {
                // A time that the change to summer time leaves out is the one an hour later.
                let shown = self.rules.to_datetime(instant);
                format!("{shown}{}", dialect::offset_text(self.rules.to_offset(instant)))
            }
            // The last days of the year 9999 are beyond what can be reckoned with.
            Err(_) => format!("{local}Z"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_zone_has_rules_and_names_are_sorted() {
        for (name, _) in ZONES {
            assert!(TimeZone::parse(name).is_ok(), "{name}");
        }
        assert!(ZONES.is_sorted());
        assert_eq!(TimeZone::parse("Asia/Shangai").err(), Some(Some("Asia/Shanghai")));
    }
}
