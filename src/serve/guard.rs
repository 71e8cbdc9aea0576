//! Who is answered.
//!
//! In: the head of a request. Out: nothing, or why it is not answered. A page of another site that a browser has open must
//! neither read the preview nor hear of changes, whatever name it has given the machine (DNS rebinding).

use super::request::Request;
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
        let end = host.rfind(']').map_or(0, |bracket| bracket + 1);
        let end = host[end..].find(':').map_or(host.len(), |colon| end + colon);
        let (name, port) = host.split_at(end);
        let is_port = |port: &str| port.bytes().all(|b| b.is_ascii_digit()) && port.parse::<u16>().is_ok();
        let bare = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
        let is_ours = self.names.iter().any(|own| own.eq_ignore_ascii_case(name))
            || (self.all_numbers && bare.parse::<IpAddr>().is_ok());
        is_ours && (port.is_empty() || port.strip_prefix(':').is_some_and(is_port))
    }

    pub(super) fn check(&self, request: &Request) -> Result<(), Refusal> {
        let is_ours = matches!(&request.hosts[..], [host] if self.has(host));
        if !is_ours || request.authority.as_ref().is_some_and(|authority| !self.has(authority)) {
            return Err(Refusal::Host);
        }
        if request.method != "GET" && request.method != "HEAD" {
            return Err(Refusal::Method);
        }
        Ok(())
    }

    /// Whether a request comes from a page of the preview, or from no page at all.
    pub(super) fn check_origin(&self, request: &Request) -> Result<(), Refusal> {
        let is_ours = |origin: &String| origin.strip_prefix("http://").is_some_and(|host| self.has(host));
        // A browser says so of a page of another site even where it sends no Origin.
        let is_elsewhere = request.sites.iter().any(|site| site != "same-origin" && site != "none");
        let is_fine = request.origins.iter().all(is_ours) && !is_elsewhere;
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
