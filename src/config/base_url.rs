//! The address a site is published at.

use std::net::{Ipv4Addr, Ipv6Addr};

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
        if text.contains(['?', '#']) {
            return Err("it must not hold a query or a fragment");
        }
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        check_authority(authority)?;
        check_path(path)?;
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

    /// `host`.
    pub fn host(&self) -> &str {
        self.origin().rsplit('/').next().unwrap_or_default()
    }

    /// `https://host`.
    pub fn origin(&self) -> &str {
        &self.full[..self.path_start]
    }
}

/// `host`, `host:8080`, `[::1]:8080`.
fn check_authority(authority: &str) -> Result<(), &'static str> {
    let port = if let Some(bracketed) = authority.strip_prefix('[') {
        let (address, port) = bracketed.split_once(']').ok_or("the bracket in its host is not closed")?;
        if address.parse::<Ipv6Addr>().is_err() {
            return Err("what stands in brackets is no IPv6 address");
        }
        port
    } else {
        let (host, port) = authority.split_at(authority.find(':').unwrap_or(authority.len()));
        if !is_host(host) {
            return Err("the host after :// is missing, or holds what no host name has");
        }
        port
    };
    let number = port.strip_prefix(':').filter(|number| number.bytes().all(|b| b.is_ascii_digit()));
    match number.map(str::parse::<u16>) {
        Some(Ok(1..)) => Ok(()),
        None if port.is_empty() => Ok(()),
        _ => Err("its port must be a number from 1 to 65535"),
    }
}

/// Labels between dots, or an IPv4 address: only that has a number at its end.
fn is_host(host: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let last = host.rsplit('.').next().unwrap_or_default();
    let ends_in_number = last.bytes().all(|b| b.is_ascii_digit());
    host.split('.').all(is_label) && (!ends_in_number || host.parse::<Ipv4Addr>().is_ok())
}

fn check_path(path: &str) -> Result<(), &'static str> {
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@%/".contains(&b);
    if !path.bytes().all(is_plain) {
        return Err("its path holds a character that must be percent-encoded");
    }
    let mut encoded = path.split('%').skip(1);
    if !encoded.all(|rest| rest.bytes().take(2).filter(u8::is_ascii_hexdigit).count() == 2) {
        return Err("a % in its path must be followed by two hexadecimal digits");
    }
    let is_dots = |part: &str| matches!(part.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | "..");
    if path.split('/').any(is_dots) || path.contains("//") {
        return Err("its path must not hold `.`, `..` or an empty part");
    }
    Ok(())
}
