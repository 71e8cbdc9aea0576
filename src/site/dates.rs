//! A day as the readers of an edition write it.
//!
//! In: a day and the edition's tag. Out: text. Where nothing is known of their manner it is the digits of the calendar.

use crate::script::Tag;
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

pub(super) fn text(date: Date, tag: &Tag) -> String {
    let (year, month, day) = (date.year(), date.month(), date.day());
    let name = usize::try_from(month - 1).ok().and_then(|index| MONTHS.get(index)).unwrap_or(&"");
    match (tag.language(), tag.region()) {
        ("zh" | "ja", _) => format!("{year}年{month}月{day}日"),
        ("ko", _) => format!("{year}년 {month}월 {day}일"),
        ("en", Some("US")) => format!("{name} {day}, {year}"),
        ("en", _) => format!("{day} {name} {year}"),
        _ => date.to_string(),
    }
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
            assert_eq!(text(day, &tag.parse().expect("a tag")), expected);
        }
        assert_eq!(text(jiff::civil::date(2023, 12, 1), &"en".parse().expect("a tag")), "1 December 2023");
    }
}
