//! What a site changes of the theme's look, as CSS behind the theme's own style sheet.

use crate::config::{Colour, Theme};
use std::fmt::Write;

/// Nothing where the site changes nothing.
pub fn theme_css(theme: &Theme) -> String {
    let mut css = String::new();
    let named = [("paper", theme.paper), ("ink", theme.ink), ("accent", theme.accent)];
    let colours = |dark: bool| {
        let pick = |of: crate::config::Colours| if dark { of.dark } else { of.light };
        named.iter().filter_map(|(name, of)| Some(declaration(name, pick(*of)?))).collect::<String>()
    };
    let (light, dark) = (colours(false), colours(true));
    let measure = theme.measure.map_or_else(String::new, |measure| format!("--measure:{measure}em;"));
    if !measure.is_empty() {
        let _ = writeln!(css, "@media screen{{:root{{{measure}}}}}");
    }
    // By night the theme's own stay where nothing is said.
    if !light.is_empty() {
        let _ = writeln!(css, "@media screen and (prefers-color-scheme:light){{:root{{{light}}}}}");
    }
    if !dark.is_empty() {
        let _ = writeln!(css, "@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}");
    }
    // On paper an accent stays what it is on a light screen; paper and ink are those of the printer.
    if let Some(accent) = theme.accent.light {
        let _ = writeln!(css, "@media print{{:root{{{}}}}}", declaration("accent", accent));
    }
    for (tag, fonts) in &theme.fonts {
        let declared = families("sans", &fonts.sans) + &families("serif", &fonts.serif);
        if !declared.is_empty() {
            let _ = writeln!(css, ":lang({tag}){{{declared}}}");
        }
    }
    css
}

fn declaration(name: &str, colour: Colour) -> String {
    format!("--{name}:{colour};")
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
}
