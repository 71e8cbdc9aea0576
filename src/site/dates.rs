//! A day as the readers of an edition write it.
//!
//! In: a day and the edition's tag. Out: text. Where nothing is known of their manner it is the digits of the calendar.

use crate::config::Calendar;
use crate::script::{Script, Tag};
use jiff::civil::Date;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Years of the Republic count from 1912.
const BEFORE_THE_REPUBLIC: i16 = 1911;

pub(super) fn text(date: Date, tag: &Tag, calendar: Calendar) -> String {
    let (day, name) = (date.day(), month_name(date));
    match (tag.language(), tag.region()) {
        ("zh" | "ja", _) => format!("{}{day}日", month(date, tag, calendar)),
        ("ko", _) => format!("{} {day}일", month(date, tag, calendar)),
        ("en", Some("US")) => format!("{name} {day}, {}", date.year()),
        ("en", _) => format!("{day} {}", month(date, tag, calendar)),
        _ => date.to_string(),
    }
}

/// The month of a day: `2023年6月`, `June 2023`.
pub(super) fn month(date: Date, tag: &Tag, calendar: Calendar) -> String {
    let (year, month) = (date.year(), date.month());
    match tag.language() {
        "zh" if calendar == Calendar::Roc && year > BEFORE_THE_REPUBLIC => {
            let name = if tag.script() == Some(Script::Hans) { "民国" } else { "民國" };
            format!("{name}{}年{month}月", year - BEFORE_THE_REPUBLIC)
        }
        "zh" | "ja" => format!("{year}年{month}月"),
        "ko" => format!("{year}년 {month}월"),
        "en" => format!("{} {year}", month_name(date)),
        _ => date.strftime("%Y-%m").to_string(),
    }
}

fn month_name(date: Date) -> &'static str {
    let index = usize::try_from(date.month() - 1).ok();
    index.and_then(|index| MONTHS.get(index)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_the_manner_of_its_readers() {
        let day = jiff::civil::date(2023, 6, 28);
        for (tag, expected) in [
            ("zh-Hant", "2023年6月28日"),
            ("ja", "2023年6月28日"),
            ("ko", "2023년 6월 28일"),
            ("en", "28 June 2023"),
            ("en-US", "June 28, 2023"),
            ("fr", "2023-06-28"),
        ] {
            assert_eq!(text(day, &tag.parse().expect("a tag"), Calendar::Gregorian), expected);
        }
        let december = jiff::civil::date(2023, 12, 1);
        assert_eq!(text(december, &"en".parse().expect("a tag"), Calendar::Gregorian), "1 December 2023");
    }

    #[test]
    fn in_years_of_the_republic() {
        let text = |year, tag: &str| {
            text(jiff::civil::date(year, 6, 28), &tag.parse().expect("a tag"), Calendar::Roc)
        };
        assert_eq!(text(2023, "zh-Hant-TW"), "民國112年6月28日");
        assert_eq!(text(1912, "zh-Hant"), "民國1年6月28日");
        assert_eq!(text(2023, "zh-Hans"), "民国112年6月28日");
        // There was none yet.
        assert_eq!(text(1911, "zh-Hant-TW"), "1911年6月28日");
        assert_eq!(text(2023, "en"), "28 June 2023");
    }
}
