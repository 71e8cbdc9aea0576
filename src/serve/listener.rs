//! The server: sockets, and what is done with what comes from them.
//!
//! In: an address and a port. Out: answers, from a thread for each connection. Slow and silent clients cannot keep others
//! waiting: heads have a limit of size and time, and of connections there are only so many.

use super::answer::{self, Answered, EVENTS};
use super::connections::{Connections, Place};
use super::guard::Hosts;
use super::live::{self, Seen};
use super::request::{Came, Request, Requests};
use super::{Live, Shown};
use std::io::{self, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

/// So many ports are tried, the given one first.
const PORTS: u16 = 10;
/// Connections that answer requests or wait for them. Some systems give a program 256 files in all.
const CONNECTIONS: usize = 80;
/// Pages that hear of changes.
const STREAMS: usize = 24;
/// So long a client may take nothing of an answer.
const WRITE_TIME: Duration = Duration::from_secs(10);
/// Where the system has no more files, some are given back by then.
const BREATH: Duration = Duration::from_millis(50);
/// Answers up to this are sent in one piece.
const PIECE: usize = 64 * 1024;

/// An address that is listened at.
#[derive(Debug)]
pub struct Listener {
    sockets: Vec<TcpListener>,
    address: SocketAddr,
}

impl Listener {
    /// Listens at the address and the port or, where that is in use, the next free one of ten; port 0 is any. What means this
    /// machine only is listened at in both ways that `localhost` is read.
    pub fn open(address: IpAddr, port: u16) -> io::Result<Self> {
        let mut last = io::Error::from(io::ErrorKind::AddrInUse);
        for port in (port..=u16::MAX).take(usize::from(PORTS)) {
            match Self::at(address, port) {
                Err(error) if error.kind() == io::ErrorKind::AddrInUse => last = error,
                done => return done,
            }
        }
        Err(last)
    }

    fn at(address: IpAddr, port: u16) -> io::Result<Self> {
        let first = TcpListener::bind((address, port))?;
        let address = first.local_addr()?;
        let mut sockets = vec![first];
        if address.ip() == Ipv4Addr::LOCALHOST {
            match TcpListener::bind((Ipv6Addr::LOCALHOST, address.port())) {
                Ok(second) => sockets.push(second),
                Err(error) if error.kind() == io::ErrorKind::AddrInUse => return Err(error),
                // A machine without it reads `localhost` in one way only.
                Err(_) => {}
            }
        }
        Ok(Self { sockets, address })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address of a path for a browser on this machine.
    pub fn url(&self, path: &str) -> String {
        match self.address.ip() {
            ip if ip == Ipv4Addr::LOCALHOST || ip.is_unspecified() => {
                format!("http://localhost:{}{path}", self.address.port())
            }
            _ => format!("http://{}{path}", self.address),
        }
    }

    /// Answers from now on, until the program ends.
    pub fn serve(self, shown: &Arc<dyn Shown>, live: &Live) -> io::Result<()> {
        let server = Arc::new(Server {
            hosts: Hosts::of(self.address.ip()),
            shown: Arc::clone(shown),
            live: live.clone(),
            connections: Connections::up_to(CONNECTIONS),
            streams: Connections::up_to(STREAMS),
        });
        for socket in self.sockets {
            let server = Arc::clone(&server);
            thread::Builder::new().name("serve".to_owned()).spawn(move || server.accept(&socket))?;
        }
        Ok(())
    }
}

struct Server {
    hosts: Hosts,
    shown: Arc<dyn Shown>,
    live: Live,
    connections: Connections,
    streams: Connections,
}

impl Server {
    fn accept(self: &Arc<Self>, socket: &TcpListener) {
        loop {
            let begun = socket.accept().and_then(|(stream, _)| {
                let server = Arc::clone(self);
                let place = Place::take(&self.connections, stream.try_clone()?);
                // A browser that has gone away is no fault.
                let converse = move || drop(server.converse(stream, place));
                thread::Builder::new().name("answer".to_owned()).spawn(converse)
            });
            if begun.is_err() {
                thread::sleep(BREATH);
            }
        }
    }

    /// Answers the requests of a connection.
    fn converse(&self, mut stream: TcpStream, mut place: Place) -> io::Result<()> {
        stream.set_nodelay(true)?;
        stream.set_write_timeout(Some(WRITE_TIME))?;
        let mut requests = Requests::of(stream.try_clone()?);
        loop {
            let request = match requests.next() {
                Came::Request(request) => request,
                Came::End => return Ok(()),
                Came::Malformed => return write(&mut stream, &answer::malformed(), false, false),
            };
            place.stand(&self.connections);
            let is_head = request.method == "HEAD";
            match self.answer(&request) {
                Some(answer) => write(&mut stream, &answer, is_head, request.keeps)?,
                None => {
                    place.stand(&self.streams);
                    return self.tell(&mut stream, &request);
                }
            }
            if !request.keeps {
                return Ok(());
            }
        }
    }

    /// The answer to a request; nothing where it is one that has no end.
    fn answer(&self, request: &Request) -> Option<Answered> {
        let is_stream = answer::is_stream(&request.path, &self.live.base());
        let checked = self.hosts.check(request);
        let checked =
            if is_stream { checked.and_then(|()| self.hosts.check_origin(request)) } else { checked };
        match checked {
            Err(refusal) => Some(answer::refused(refusal)),
            Ok(()) if is_stream => None,
            Ok(()) => Some(answer::answer(&*self.shown, &self.live, &request.path, request.query.as_deref())),
        }
    }

    fn tell(&self, stream: &mut TcpStream, request: &Request) -> io::Result<()> {
        stream.write_all(head("200 OK", EVENTS, &[], None, false).as_bytes())?;
        if request.method == "HEAD" {
            return Ok(());
        }
        let seen = Seen::of(request.query.as_deref().unwrap_or_default());
        live::tell(&*self.shown, &self.live, seen, stream)
    }
}

/// The head of an answer: never kept by a browser, never taken for another type, never shown in pages of other sites.
fn head(
    status: &str,
    kind: &str,
    headers: &[(&'static str, String)],
    length: Option<usize>,
    keeps: bool,
) -> String {
    let mut head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nCross-Origin-Resource-Policy: same-origin\r\nConnection: {}\r\n",
        if keeps { "keep-alive" } else { "close" }
    );
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    if let Some(length) = length {
        head.push_str(&format!("Content-Length: {length}\r\n"));
    }
    head + "\r\n"
}

fn write(stream: &mut TcpStream, answer: &Answered, is_head: bool, keeps: bool) -> io::Result<()> {
    let bytes = answer.content.bytes();
    let head = head(answer.status, answer.kind, &answer.headers, Some(bytes.len()), keeps);
    if is_head {
        stream.write_all(head.as_bytes())
    } else if bytes.len() <= PIECE {
        stream.write_all(&[head.as_bytes(), bytes].concat())
    } else {
        stream.write_all(head.as_bytes())?;
        stream.write_all(bytes)
    }
}
