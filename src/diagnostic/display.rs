//! Diagnostics as text for people, as JSON lines, and as GitHub workflow commands.

use super::Diagnostic;
use std::fmt;

impl fmt::Display for Diagnostic {
    /// Without colours; `commands` adds those.
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
        write!(f, "{}[{}]: {}", self.severity.name(), self.code, self.message)?;
        let mut gutter = 1;
        if let Some(place) = &self.place {
            if place.line == 0 {
                write!(f, "\n  --> {}", place.path)?;
            } else {
                let number = place.line.to_string();
                gutter = number.len();
                let pad = " ".repeat(gutter);
                write!(f, "\n{pad} --> {}:{}:{}", place.path, place.line, place.column)?;
                write!(f, "\n{pad} |\n{number} | {}", place.excerpt)?;
                write!(f, "\n{pad} | {}{}", " ".repeat(place.indent), "^".repeat(place.width))?;
            }
        }
        if let Some(help) = &self.help {
            write!(f, "\n{} = help: {help}", " ".repeat(gutter))?;
        }
        Ok(())
    }
}

impl Diagnostic {
    /// One line of JSON: severity, code, path, line, column, message, help. What is not known is `null`.
    pub fn to_json(&self) -> String {
        let place = self.place.as_ref();
        let known = |n: usize| (n > 0).then_some(n);
        serde_json::json!({
            "severity": self.severity.name(),
            "code": self.code,
            "path": place.map(|p| p.path.as_str()),
            "line": place.and_then(|p| known(p.line)),
            "column": place.and_then(|p| known(p.column)),
            "message": self.message,
            "help": self.help,
        })
        .to_string()
    }

    /// A GitHub workflow command, shown as an annotation beside the line.
    ///
    /// Escapes as GitHub's toolkit does: `%`, CR and LF in the message; `:` and `,` too in properties.
    pub fn to_github(&self) -> String {
        let data = |s: &str| s.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
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
