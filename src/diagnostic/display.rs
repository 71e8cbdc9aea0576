//! Diagnostics as text for people, as JSON lines, and as GitHub workflow commands.

use super::Diagnostic;
use super::visible::{is_hidden, on_one_line};
use std::fmt::{self, Write};

impl fmt::Display for Diagnostic {
    /// Without colours; `commands` adds those. Message, help and path may quote a file: what a terminal would obey or
    /// hide is escaped, and each stays on its line.
    ///
    /// ```text
    /// error[unknown-key]: unknown key `titel`
    ///   --> site.toml:1:1
    ///   |
    /// 1 | titel = "简报"
    ///   | ^^^^^
    ///   = help: did you mean `title`?
    /// ```
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[{}]: {}", self.severity.name(), self.code, on_one_line(&self.message))?;
        let mut gutter = 1;
        if let Some(place) = &self.place {
            let path = on_one_line(&place.path);
            if place.line == 0 {
                write!(f, "\n  --> {path}")?;
            } else {
                let number = place.line.to_string();
                gutter = number.len();
                let pad = " ".repeat(gutter);
                write!(f, "\n{pad} --> {path}:{}:{}", place.line, place.column)?;
                write!(f, "\n{pad} |\n{number} | {}", place.excerpt)?;
                write!(f, "\n{pad} | {}{}", " ".repeat(place.indent), "^".repeat(place.width))?;
            }
        }
        if let Some(help) = &self.help {
            write!(f, "\n{} = help: {}", " ".repeat(gutter), on_one_line(help))?;
        }
        Ok(())
    }
}

impl Diagnostic {
    /// One line of JSON: severity, code, path, line, column, message, help. What is not known is `null`.
    ///
    /// The texts are the true ones; what a terminal would obey or hide is written as `\u202e`.
    pub fn to_json(&self) -> String {
        let place = self.place.as_ref();
        let known = |n: usize| (n > 0).then_some(n);
        let json = serde_json::json!({
            "severity": self.severity.name(),
            "code": self.code,
            "path": place.map(|p| p.path.as_str()),
            "line": place.and_then(|p| known(p.line)),
            "column": place.and_then(|p| known(p.column)),
            "message": self.message,
            "help": self.help,
        });
        let mut line = String::new();
        for c in json.to_string().chars() {
            // Such a character stands within a text only; beyond U+FFFF JSON has two escapes for it.
            if is_hidden(c) {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    let _ = write!(line, "\\u{unit:04x}");
                }
            } else {
                line.push(c);
            }
        }
        line
    }

    /// A GitHub workflow command, shown as an annotation beside the line.
    ///
    /// Escapes as GitHub's toolkit does: `%` in the message; `:` and `,` too in properties. What a terminal
    /// would obey or hide is escaped before, since the command is also a line of a log.
    pub fn to_github(&self) -> String {
        let data = |s: &str| on_one_line(s).replace('%', "%25");
        let property = |s: &str| data(s).replace(':', "%3A").replace(',', "%2C");
        let mut properties = Vec::new();
        if let Some(place) = &self.place {
            properties.push(format!("file={}", property(&place.path)));
            if place.line > 0 {
                properties.push(format!("line={},col={}", place.line, place.column));
            }
        }
        properties.push(format!("title={}", property(self.code)));
        let help = self.help.as_deref().map(|h| format!(" (help: {h})")).unwrap_or_default();
        format!(
            "::{} {}::{}",
            self.severity.name(),
            properties.join(","),
            data(&format!("{}{help}", self.message))
        )
    }
}
