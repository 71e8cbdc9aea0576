//! Requests as they come over a connection.
//!
//! In: bytes. Out: what a request asks for, and who says to ask. Never: a head that is too long or takes too long, a body: what
//! comes with one is answered, then the connection ends.

use std::io::{ErrorKind, Read};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// Bytes of a head.
const HEAD: usize = 16 * 1024;
/// Lines of a head.
const LINES: usize = 64;
/// So long a head may take from its first byte on.
const HEAD_TIME: Duration = Duration::from_secs(10);
/// So long a connection may stay without a request.
const IDLE_TIME: Duration = Duration::from_secs(60);

/// What is asked for, and by whom.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Request {
    pub(super) method: String,
    /// Where the whole url is given, its host.
    pub(super) authority: Option<String>,
    pub(super) path: String,
    pub(super) query: Option<String>,
    /// Every `Host`.
    pub(super) hosts: Vec<String>,
    /// Every `Origin`.
    pub(super) origins: Vec<String>,
    /// Every `Sec-Fetch-Site`.
    pub(super) sites: Vec<String>,
    /// Whether another one may follow on the connection.
    pub(super) keeps: bool,
}

/// What came.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Came {
    Request(Request),
    /// The connection is over, or nothing came in time.
    End,
    /// No request.
    Malformed,
}

/// A connection's requests, one after the other.
pub(super) struct Requests {
    stream: TcpStream,
    /// What has come of the next one.
    begun: Vec<u8>,
}

impl Requests {
    pub(super) fn of(stream: TcpStream) -> Self {
        Self { stream, begun: Vec::new() }
    }

    pub(super) fn next(&mut self) -> Came {
        let mut end = Instant::now() + if self.begun.is_empty() { IDLE_TIME } else { HEAD_TIME };
        loop {
            match parse(&self.begun) {
                Ok(Some((length, request))) => {
                    self.begun.drain(..length);
                    return Came::Request(request);
                }
                Ok(None) if self.begun.len() < HEAD => {}
                Ok(None) | Err(_) => return Came::Malformed,
            }
            let is_first = self.begun.is_empty();
            if !self.read(end) {
                return Came::End;
            }
            if is_first {
                end = Instant::now() + HEAD_TIME;
            }
        }
    }

    /// Whether more came in time.
    fn read(&mut self, end: Instant) -> bool {
        let left = end.saturating_duration_since(Instant::now());
        if left.is_zero() || self.stream.set_read_timeout(Some(left)).is_err() {
            return false;
        }
        let mut bytes = [0; 4096];
        match self.stream.read(&mut bytes) {
            Ok(0) => false,
            Ok(length) => {
                self.begun.extend_from_slice(&bytes[..length]);
                true
            }
            Err(error) => error.kind() == ErrorKind::Interrupted,
        }
    }
}

/// The request that bytes begin with, and its length; nothing where more must come.
fn parse(bytes: &[u8]) -> Result<Option<(usize, Request)>, httparse::Error> {
    let mut headers = [httparse::EMPTY_HEADER; LINES];
    let mut head = httparse::Request::new(&mut headers);
    let httparse::Status::Complete(length) = head.parse(bytes)? else { return Ok(None) };
    if length > HEAD {
        return Err(httparse::Error::TooManyHeaders);
    }
    let all = |name: &str| -> Vec<String> {
        let own = head.headers.iter().filter(|header| header.name.eq_ignore_ascii_case(name));
        own.map(|header| String::from_utf8_lossy(header.value).trim().to_owned()).collect()
    };
    let has = |name: &str, word: &str| all(name).iter().any(|value| value.eq_ignore_ascii_case(word));
    let has_body =
        !all("transfer-encoding").is_empty() || all("content-length").iter().any(|length| length != "0");
    let keeps =
        if head.version == Some(1) { !has("connection", "close") } else { has("connection", "keep-alive") };
    let target = head.path.unwrap_or_default();
    let (authority, target) = match target.strip_prefix("http://") {
        Some(whole) => {
            let (authority, path) = whole.split_at(whole.find('/').unwrap_or(whole.len()));
            (Some(authority.to_owned()), path)
        }
        None => (None, target),
    };
    let target = target.split('#').next().unwrap_or_default();
    let (path, query) = target.split_once('?').map_or((target, None), |(path, query)| (path, Some(query)));
    let request = Request {
        method: head.method.unwrap_or_default().to_owned(),
        authority,
        path: path.to_owned(),
        query: query.map(str::to_owned),
        hosts: all("host"),
        origins: all("origin"),
        sites: all("sec-fetch-site"),
        keeps: keeps && !has_body,
    };
    Ok(Some((length, request)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(text: &str) -> Request {
        let (length, request) = parse(text.as_bytes()).expect("a request").expect("a whole one");
        assert_eq!(length, text.len());
        request
    }

    #[test]
    fn a_request_says_what_it_asks_for_and_for_whom() {
        let own = request(
            "GET /a/%E5%A4%B4?b=c HTTP/1.1\r\nHost: localhost:1111\r\nORIGIN: http://a\r\nOrigin: http://b\r\n\r\n",
        );
        assert_eq!((own.path.as_str(), own.query.as_deref()), ("/a/%E5%A4%B4", Some("b=c")));
        assert_eq!(
            (own.hosts, own.origins),
            (vec!["localhost:1111".to_owned()], vec!["http://a".to_owned(), "http://b".to_owned()])
        );
        assert!(own.keeps);
        let whole = request("GET http://evil.example/a HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assert_eq!((whole.authority.as_deref(), whole.path.as_str()), (Some("evil.example"), "/a"));
    }

    #[test]
    fn a_body_ends_the_connection_and_so_does_an_old_browser() {
        for text in [
            "GET / HTTP/1.1\r\nContent-Length: 5\r\n\r\n",
            "GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n",
            "GET / HTTP/1.1\r\nConnection: Close\r\n\r\n",
            "GET / HTTP/1.0\r\n\r\n",
        ] {
            assert!(!request(text).keeps, "{text}");
        }
    }

    #[test]
    fn what_is_no_request_is_known_at_once_and_what_is_cut_is_waited_for() {
        assert!(parse(b"\x16\x03\x01\x02\0").is_err());
        assert!(parse(b"GET / HTTP/1.1\nHost").is_ok_and(|cut| cut.is_none()));
        let many = format!("GET / HTTP/1.1\r\n{}\r\n", "A: b\r\n".repeat(LINES + 1));
        assert!(parse(many.as_bytes()).is_err());
    }
}
