//! The address a site is published at.

/// An absolute http(s) url that ends in a slash, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl {
    full: String,
    path_start: usize,
}

impl BaseUrl {
    /// Takes `https://host[:port][/path]`; a missing slash at the end is added. The error says what is wrong.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let text = text.trim();
        let Some(rest) = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")) else {
            return Err("it must start with https:// or http://");
        };
        let host_end = rest.find('/').unwrap_or(rest.len());
        let host = &rest[..host_end];
        if host.is_empty() || !host.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.:[]".contains(&b)) {
            return Err("the host after :// is missing or holds a character that no host name has");
        }
        if text.contains(['?', '#']) {
            return Err("it must not hold a query or a fragment");
        }
        let is_plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@%/".contains(&b);
        let path = &rest[host_end..];
        if !path.bytes().all(is_plain) {
            return Err("its path holds a character that must be percent-encoded");
        }
        if path.split('/').any(|part| part == "." || part == "..") || path.contains("//") {
            return Err("its path must not hold `.`, `..` or an empty part");
        }
        let path_start = text.len() - path.len();
        let slash = if text.ends_with('/') { "" } else { "/" };
        Ok(Self { full: format!("{text}{slash}"), path_start })
    }

    /// `https://host/brief/`.
    pub fn as_str(&self) -> &str {
        &self.full
    }

    /// `/brief/`.
    pub fn path(&self) -> &str {
        &self.full[self.path_start..]
    }

    /// `https://host`.
    pub fn origin(&self) -> &str {
        &self.full[..self.path_start]
    }
}
