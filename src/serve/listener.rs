//! The server: sockets, and what is done with what comes from them.
//!
//! In: an address and a port. Out: answers, from one thread that waits for all connections; what may take its time (a page that
//! is rendered when it is asked for) is done beside it. Slow and silent clients cannot keep others waiting: heads have a limit
//! of size and time, and of connections there are only so many.

use super::answer::{self, Answered};
use super::connections::{Connections, Place};
use super::guard::Hosts;
use super::{Live, Shown};
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::task::spawn_blocking;

/// So many ports are tried, the given one first.
const PORTS: u16 = 10;
/// Connections that answer requests or wait for them. Some systems give a program 256 files in all.
const CONNECTIONS: usize = 128;
/// Pages that hear of changes.
const STREAMS: usize = 32;
/// Bytes of a head.
const HEAD: usize = 16 * 1024;
const HEAD_TIME: Duration = Duration::from_secs(10);
/// Pages that are rendered at a time.
const WORKERS: usize = 8;
/// Where the system has no more files, some are given back by then.
const BREATH: Duration = Duration::from_millis(50);

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

    /// The address of the site for a browser on this machine.
    pub fn url(&self, base: &str) -> String {
        match self.address.ip() {
            ip if ip == Ipv4Addr::LOCALHOST || ip.is_unspecified() => {
                format!("http://localhost:{}{base}", self.address.port())
            }
            _ => format!("http://{}{base}", self.address),
        }
    }

    /// Answers until `stop` is done.
    pub fn serve(self, shown: Arc<dyn Shown>, live: Live, stop: impl Future<Output = ()>) -> io::Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .max_blocking_threads(WORKERS)
            .build()?;
        let server = Server {
            hosts: Hosts::of(self.address.ip()),
            shown,
            live,
            connections: Connections::up_to(CONNECTIONS),
            streams: Connections::up_to(STREAMS),
        };
        let server = Arc::new(server);
        let done = runtime.block_on(async {
            for socket in self.sockets {
                socket.set_nonblocking(true)?;
                let socket = tokio::net::TcpListener::from_std(socket)?;
                tokio::spawn(Arc::clone(&server).accept(socket));
            }
            stop.await;
            Ok(())
        });
        // Whoever ends the preview does not wait for a page that nobody sees.
        runtime.shutdown_background();
        done
    }
}

/// Done when somebody ends the program from the keyboard.
pub async fn interrupted() {
    if tokio::signal::ctrl_c().await.is_err() {
        // Then the system ends it.
        std::future::pending::<()>().await;
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
    async fn accept(self: Arc<Self>, socket: tokio::net::TcpListener) {
        loop {
            match socket.accept().await {
                Ok((stream, _)) => Arc::clone(&self).connect(stream),
                Err(_) => tokio::time::sleep(BREATH).await,
            }
        }
    }

    fn connect(self: Arc<Self>, stream: TcpStream) {
        // Without it the last part of an answer may wait for a browser's word.
        let _ = stream.set_nodelay(true);
        let place = Arc::new(Mutex::new(None::<Place>));
        let (server, own) = (Arc::clone(&self), Arc::clone(&place));
        let service = service_fn(move |request| Arc::clone(&server).respond(request, Arc::clone(&own)));
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new()).header_read_timeout(HEAD_TIME).max_buf_size(HEAD);
        let connection = http.serve_connection(TokioIo::new(stream), service);
        let task = tokio::spawn(async move { drop(connection.await) });
        *place.lock().unwrap_or_else(PoisonError::into_inner) =
            Some(Place::take(&self.connections, task.abort_handle()));
    }

    async fn respond(
        self: Arc<Self>,
        request: Request<Incoming>,
        place: Arc<Mutex<Option<Place>>>,
    ) -> Result<Answered, Infallible> {
        let stand = |among: &Connections| {
            if let Some(place) = place.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
                place.stand(among);
            }
        };
        stand(&self.connections);
        let (method, uri, headers) = (request.method(), request.uri(), request.headers());
        if let Err(refusal) = self.hosts.check(method, uri, headers) {
            return Ok(answer::refused(refusal));
        }
        if answer::is_stream(uri, &self.live.base()) {
            if let Err(refusal) = self.hosts.check_origin(headers) {
                return Ok(answer::refused(refusal));
            }
            stand(&self.streams);
            return Ok(answer::stream(&self.shown, &self.live, uri));
        }
        let uri = uri.clone();
        let answer = spawn_blocking(move || answer::answer(&*self.shown, &self.live, &uri)).await;
        Ok(answer.unwrap_or_else(|_| answer::broken()))
    }
}
