//! What a site changes of the theme's look, as CSS behind the theme's own style sheet.

use super::palette::Palette;
use crate::config::Theme;
use std::fmt::Write;

/// Nothing where the site changes nothing.
pub fn theme_css(theme: &Theme) -> String {
    let mut css = String::new();
    if let Some(measure) = theme.measure {
        let _ = writeln!(css, "@media screen{{:root{{--measure:{measure}em;}}}}");
    }
    // By night the theme's own stay where nothing is said.
    for (is_dark, scheme) in [(false, "light"), (true, "dark")] {
        let Some(palette) = Palette::of(theme, is_dark) else { continue };
        let rules = palette.rules(theme);
        let _ = writeln!(css, "@media screen and (prefers-color-scheme:{scheme}){{{rules}}}");
    }
    // On paper an accent stays what it is on a light screen; paper and ink are those of the printer.
    if let Some(accent) = theme.accent.light {
        let accent = Palette::printed(accent);
        let _ = writeln!(css, "@media print{{:root{{--accent:{accent};}}}}");
    }
    for (tag, fonts) in &theme.fonts {
        let declared = families("sans", &fonts.sans) + &families("serif", &fonts.serif);
        if !declared.is_empty() {
            let _ = writeln!(css, ":lang({tag}){{{declared}}}");
        }
    }
    css
}

/// `--own-sans` stands before the theme's fonts, which stay for readers who do not have it.
fn families(kind: &str, names: &[String]) -> String {
    if names.is_empty() {
        return String::new();
    }
    let quoted: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
    format!("--own-{kind}:{};", quoted.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn css(settings: &str) -> String {
        let text = format!("title = \"简\"\nbase_url = \"https://example.org/\"\n{settings}");
        let config = crate::config::parse(&text).report(&mut Vec::new()).expect("settings");
        theme_css(&config.theme)
    }

    #[test]
    fn only_what_is_said() {
        assert_eq!(css(""), "");
        assert_eq!(css("[theme]\nmeasure = 34\n"), "@media screen{:root{--measure:34em;}}\n");
        assert_eq!(
            css(
                "[theme]\naccent = { dark = \"#8ab\" }\n[theme.fonts.zh-Hant]\nserif = [\"Source Han Serif TC\", \"宋體\"]\n"
            ),
            "@media screen and (prefers-color-scheme:dark){:root{--accent:#88aabb;}}\n\
             :lang(zh-Hant){--own-serif:\"Source Han Serif TC\",\"宋體\";}\n"
        );
    }

    #[test]
    fn what_stands_on_another_paper_goes_with_it() {
        assert_eq!(
            css("[theme]\npaper = \"#f4ecd8\"\n"),
            "@media screen and (prefers-color-scheme:light){:root{--paper:#f4ecd8;--soft:#585754;--wash:#ebe4d1;--line:#cfc9b9;}}\n"
        );
        // Letters that are brighter than the paper, and an accent that no printer shows.
        assert_eq!(
            css("[theme]\npaper = \"#1b2a33\"\nink = \"#eee\"\naccent = \"#fc6\"\n"),
            "@media screen and (prefers-color-scheme:light){:root{color-scheme:dark;--paper:#1b2a33;--ink:#eeeeee;\
             --accent:#ffcc66;--soft:#b3b7ba;--wash:#23323a;--line:#3f4b53;}\
             html:root{--c2:#7db4dd;--c3:#d6b35c;--c4:#86c08f;--c5:#c3a0dc;}}\n@media print{:root{--accent:#8f7239;}}\n"
        );
    }
}
