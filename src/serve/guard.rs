//! Who is answered.
//!
//! In: the head of a request. Out: nothing, or why it is not answered. A page of another site that a browser has open must
//! neither read the preview nor hear of changes, whatever name it has given the machine (DNS rebinding).

use hyper::header::{HOST, HeaderValue, ORIGIN};
use hyper::http::uri::Authority;
use hyper::{HeaderMap, Method, Uri};
use std::net::IpAddr;

/// The hosts that the preview answers for.
#[derive(Debug, Clone)]
pub(super) struct Hosts {
    names: Vec<String>,
    /// Whether any address that is a number is one: no name leads to it that somebody else could turn elsewhere.
    all_numbers: bool,
}

/// Why a request is not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Neither GET nor HEAD.
    Method,
    /// For a host that is none of ours.
    Host,
    /// From a page that is none of ours.
    Origin,
}

impl Hosts {
    /// Those that mean this machine to itself, and the address that is listened at.
    pub(super) fn of(address: IpAddr) -> Self {
        let own = match address {
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(address) => format!("[{address}]"),
        };
        let names = ["localhost", "127.0.0.1", "[::1]", &own].map(str::to_owned).to_vec();
        Self { names, all_numbers: address.is_unspecified() }
    }

    /// Whether `host` or `host:port` is one of them.
    fn has(&self, host: &str) -> bool {
        let Ok(authority) = host.parse::<Authority>() else { return false };
        let is_plain =
            !host.contains('@') && authority.port().is_none_or(|port| port.as_str().parse::<u16>().is_ok());
        let name = authority.host();
        let bare = name.trim_start_matches('[').trim_end_matches(']');
        is_plain
            && (self.names.iter().any(|own| own.eq_ignore_ascii_case(name))
                || (self.all_numbers && bare.parse::<IpAddr>().is_ok()))
    }

    pub(super) fn check(&self, method: &Method, uri: &Uri, headers: &HeaderMap) -> Result<(), Refusal> {
        let mut hosts = headers.get_all(HOST).iter();
        let is_ours = |host: &HeaderValue| host.to_str().is_ok_and(|host| self.has(host));
        let is_asked_for = hosts.next().is_some_and(is_ours) && hosts.next().is_none();
        if !is_asked_for || uri.authority().is_some_and(|authority| !self.has(authority.as_str())) {
            return Err(Refusal::Host);
        }
        if method != Method::GET && method != Method::HEAD {
            return Err(Refusal::Method);
        }
        Ok(())
    }

    /// Whether a request comes from a page of the preview, or from no page at all.
    pub(super) fn check_origin(&self, headers: &HeaderMap) -> Result<(), Refusal> {
        let is_ours = |origin: &HeaderValue| {
            origin
                .to_str()
                .ok()
                .and_then(|origin| origin.strip_prefix("http://"))
                .is_some_and(|host| self.has(host))
        };
        // A browser says so of a page of another site even where it sends no Origin.
        let is_elsewhere =
            headers.get("sec-fetch-site").is_some_and(|site| site != "same-origin" && site != "none");
        let is_fine = headers.get_all(ORIGIN).iter().all(is_ours) && !is_elsewhere;
        if is_fine { Ok(()) } else { Err(Refusal::Origin) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_ours_with_a_port_and_without_and_no_other_is() {
        let hosts = Hosts::of(IpAddr::from([127, 0, 0, 1]));
        for host in ["localhost", "LOCALHOST:1111", "127.0.0.1:80", "[::1]:1111", "[::1]"] {
            assert!(hosts.has(host), "{host}");
        }
        for host in [
            "",
            "example.org",
            "localhost.example.org",
            "localhost:",
            "localhost:99999",
            "localhost@example.org",
            "a@localhost",
            "192.168.1.5",
            "127.0.0.1.example.org",
            "::1",
            "localhost/",
            "localhost:1111/a",
            "local host",
        ] {
            assert!(!hosts.has(host), "{host}");
        }
    }

    #[test]
    fn a_given_address_is_ours_and_where_all_are_listened_at_each_number_is() {
        let given = Hosts::of(IpAddr::from([192, 168, 1, 5]));
        assert!(given.has("192.168.1.5:1111") && !given.has("192.168.1.6"));
        let all = Hosts::of(IpAddr::from([0, 0, 0, 0]));
        assert!(all.has("192.168.1.6:1111") && all.has("[fe80::1]:1111") && !all.has("rebound.example:1111"));
    }
}
