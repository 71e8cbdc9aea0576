//! The preview: what it answers and refuses, and how pages hear of changes. Servers are in this process or end with the test.

use crate::sites::{Folder, jianbao};
use jianbao::serve::{Answer, How, Listener, Live, Shown, Told, Watched};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{IpAddr, SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

const LOCAL: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);
/// What takes longer has failed.
const PATIENCE: Duration = Duration::from_secs(20);

/// A site that is changed by hand.
#[derive(Default)]
struct Site {
    files: Mutex<BTreeMap<String, Answer>>,
    trouble: Mutex<Option<String>>,
}

impl Site {
    fn put(&self, path: &str, text: &str) {
        let answer = Answer::File(Arc::new(text.as_bytes().to_vec()));
        self.files.lock().expect("no panic").insert(path.to_owned(), answer);
    }
}

impl Shown for Site {
    fn file(&self, path: &str) -> Answer {
        self.files.lock().expect("no panic").get(path).cloned().unwrap_or(Answer::Missing)
    }

    fn trouble(&self) -> Option<String> {
        self.trouble.lock().expect("no panic").clone()
    }
}

struct Server {
    site: Arc<Site>,
    live: Live,
    address: SocketAddr,
}

impl Server {
    /// With a home page, a page of an edition, a style sheet and the page for what is not found.
    fn start(base: &str) -> Self {
        let site = Arc::new(Site::default());
        site.put("index.html", "<body><h1>入口</h1></body>");
        site.put("404.html", "<body>没有这一页</body>");
        site.put("zh-hans/index.html", "<link rel=\"stylesheet\" href=\"/style.css\"><body>简报</body>");
        site.put("style.css", "body {}");
        let live = Live::new(7, base);
        let listener = Listener::open(LOCAL, 0).expect("a port");
        let address = listener.address();
        let shown: Arc<dyn Shown> = Arc::clone(&site) as Arc<dyn Shown>;
        listener.serve(&shown, &live).expect("a thread");
        Self { site, live, address }
    }

    fn connect(&self) -> TcpStream {
        connect(self.address)
    }

    fn ask(&self, method: &str, target: &str, headers: &str) -> Response {
        ask(self.address, method, target, headers)
    }

    fn get(&self, target: &str) -> Response {
        self.ask("GET", target, "Host: localhost\r\n")
    }

    /// The events for a page from now on.
    fn listen(&self, query: &str) -> Events {
        listen(self.address, query)
    }
}

fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).expect("a connection");
    stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
    stream
}

#[derive(Debug)]
struct Response {
    status: u16,
    head: String,
    body: String,
}

impl Response {
    fn header(&self, name: &str) -> Option<&str> {
        let start = format!("{}: ", name.to_ascii_lowercase());
        self.head
            .lines()
            .find(|line| line.to_ascii_lowercase().starts_with(&start))
            .map(|line| &line[start.len()..])
    }
}

fn ask(address: SocketAddr, method: &str, target: &str, headers: &str) -> Response {
    let mut stream = connect(address);
    write!(stream, "{method} {target} HTTP/1.1\r\n{headers}Connection: close\r\n\r\n").expect("a request");
    let (mut bytes, end) = (Vec::new(), Instant::now() + PATIENCE);
    let mut part = [0; 4096];
    loop {
        match stream.read(&mut part).expect("an answer") {
            0 => break,
            length => bytes.extend_from_slice(&part[..length]),
        }
        assert!(Instant::now() < end, "the answer to {method} {target} has no end");
    }
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let (head, body) = text.split_once("\r\n\r\n").expect("a head");
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
    Response { status, head: head.to_owned(), body: body.to_owned() }
}

struct Events(BufReader<TcpStream>);

fn listen(address: SocketAddr, query: &str) -> Events {
    let mut stream = connect(address);
    write!(stream, "GET /__jianbao/live?{query} HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("a request");
    let mut events = Events(BufReader::new(stream));
    let head = events.part();
    assert!(head.starts_with("HTTP/1.1 200") && head.contains("text/event-stream"), "{head}");
    assert_eq!(events.part(), "retry: 500\n");
    events
}

impl Events {
    fn part(&mut self) -> String {
        let mut part = String::new();
        loop {
            let mut line = String::new();
            self.0.read_line(&mut line).expect("an event in time");
            if line.trim().is_empty() {
                return part;
            }
            part.push_str(&line);
        }
    }

    /// The next event.
    fn next(&mut self) -> String {
        loop {
            let part = self.part();
            if part != ":\n" {
                return part;
            }
        }
    }
}

#[test]
fn addresses_are_answered_as_a_host_does() {
    let server = Server::start("/");
    let page = server.get("/zh-hans/");
    assert_eq!((page.status, page.header("content-type")), (200, Some("text/html; charset=utf-8")));
    assert!(page.body.contains("简报<script src=\"/__jianbao/live.js\" data-seen=\"7."), "{}", page.body);
    assert_eq!(page.body.matches("<script").count(), 1);
    let folder = server.get("/zh-hans?a=%20b");
    assert_eq!((folder.status, folder.header("location")), (301, Some("/zh-hans/?a=%20b")));
    let style = server.get("/style.css");
    assert_eq!(
        (style.header("content-type"), style.body.as_str()),
        (Some("text/css; charset=utf-8"), "body {}")
    );
    for own in ["/__jianbao/live.js", "/__jianbao/live.css"] {
        assert_eq!(server.get(own).status, 200, "{own}");
    }
    let missing = server.get("/zh-hans/%E5%A4%B4/");
    assert_eq!(missing.status, 404);
    assert!(missing.body.contains("没有这一页"), "{}", missing.body);
    server.site.put("zh-hans/404.html", "<body>这一版没有</body>");
    assert!(server.get("/zh-hans/a/b").body.contains("这一版没有"));
    assert!(server.get("/zh-hant/a").body.contains("没有这一页"));
}

#[test]
fn nothing_is_kept_taken_for_another_type_or_given_to_other_sites() {
    let server = Server::start("/");
    for target in ["/", "/style.css", "/nowhere", "/zh-hans", "/__jianbao/live.js"] {
        let answer = server.get(target);
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{target}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{target}");
        assert!(!answer.head.to_ascii_lowercase().contains("access-control"), "{target}");
    }
}

#[test]
fn a_head_is_that_of_the_page_without_the_page() {
    let server = Server::start("/");
    let (page, head) = (server.get("/"), server.ask("HEAD", "/", "Host: localhost\r\n"));
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    assert_eq!(head.header("content-length"), page.header("content-length"));
    assert_eq!(page.header("content-length"), Some(page.body.len().to_string().as_str()));
}

#[test]
fn the_base_path_is_where_the_site_begins() {
    let server = Server::start("/brief/");
    for target in ["/", "/brief"] {
        let answer = server.get(target);
        assert_eq!((answer.status, answer.header("location")), (302, Some("/brief/")), "{target}");
    }
    assert_eq!(server.get("/brief/zh-hans/").status, 200);
    assert_eq!(server.get("/brief/zh-hans").header("location"), Some("/brief/zh-hans/"));
    let beside = server.get("/zh-hans/");
    assert_eq!((beside.status, beside.body.as_str()), (404, "the site begins at /brief/\n"));
    server.live.set_base("/");
    assert_eq!(server.get("/zh-hans/").status, 200);
}

#[test]
fn hosts_that_are_none_of_ours_are_refused_with_one_line() {
    let server = Server::start("/");
    for headers in [
        "Host: evil.example\r\n",
        "Host: localhost.evil.example\r\n",
        "",
        "Host: localhost\r\nHost: evil.example\r\n",
    ] {
        let answer = server.ask("GET", "/", headers);
        assert_eq!(answer.status, 403, "{headers}");
        assert_eq!(answer.body, "the preview answers for localhost and the address given by --host only\n");
    }
    assert_eq!(server.ask("GET", "http://evil.example/", "Host: localhost\r\n").status, 403);
    for host in ["localhost", "localhost:1111", "127.0.0.1:80", "[::1]:1111"] {
        assert_eq!(server.ask("GET", "/", &format!("Host: {host}\r\n")).status, 200, "{host}");
    }
}

#[test]
fn methods_and_paths_that_ask_for_more_are_refused() {
    let server = Server::start("/");
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "CONNECT", "TRACE", "BREW"] {
        let answer = server.ask(method, "/", "Host: localhost\r\n");
        assert_eq!((answer.status, answer.header("allow")), (405, Some("GET, HEAD")), "{method}");
    }
    for target in
        ["/../site.toml", "/%2e%2e/site.toml", "/a%00b", "/a%5cb", "//evil.example/", "/a//b", "*", "/%ff"]
    {
        assert_eq!(server.get(target).status, 400, "{target}");
    }
}

#[test]
fn changes_are_told_to_pages_of_the_preview_only() {
    let server = Server::start("/");
    for headers in [
        "Origin: http://evil.example\r\n",
        "Origin: null\r\n",
        "Origin: https://localhost\r\n",
        "Sec-Fetch-Site: cross-site\r\n",
        "Sec-Fetch-Site: same-site\r\n",
    ] {
        let answer = server.ask("GET", "/__jianbao/live?7&/", &format!("Host: localhost\r\n{headers}"));
        assert_eq!(
            (answer.status, answer.body.as_str()),
            (403, "the preview tells its own pages only of changes\n"),
            "{headers}"
        );
    }
    assert_eq!(
        server
            .ask(
                "HEAD",
                "/__jianbao/live?7&/",
                "Host: localhost\r\nOrigin: http://localhost:1111\r\nSec-Fetch-Site: same-origin\r\n"
            )
            .status,
        200
    );
}

/// What the script of a page says of it.
fn seen(page: &Response) -> String {
    let (_, rest) = page.body.split_once("data-seen=\"").expect("a script");
    rest.split_once('"').expect("an end").0.to_owned()
}

#[test]
fn a_page_hears_of_a_change_also_of_one_before_it_asked() {
    let server = Server::start("/");
    let query = format!("{}&%2Fzh-hans%2F", seen(&server.get("/zh-hans/")));
    let mut events = server.listen(&query);
    server.site.put("zh-hans/index.html", "<body>新</body>");
    server.live.changed();
    assert_eq!(events.next(), "event: reload\ndata: \n");
    assert_eq!(server.listen(&query).next(), "event: reload\ndata: \n");
    // As another run of the preview would say it.
    assert_eq!(server.listen("3.1.1&/").next(), "event: reload\ndata: \n");
}

#[test]
fn a_change_of_style_sheets_is_told_with_their_addresses() {
    let server = Server::start("/");
    let mut events = server.listen(&format!("{}&/zh-hans/", seen(&server.get("/zh-hans/"))));
    server.site.put("style.css", "body { color: red }");
    server.live.changed();
    assert_eq!(events.next(), "event: styles\ndata: [\"/style.css\"]\n");
    server.site.put("zh-hans/index.html", "<link rel=\"stylesheet\" href=\"/style.css\"><body>新</body>");
    server.site.put("style.css", "body { color: blue }");
    server.live.changed();
    assert_eq!(events.next(), "event: reload\ndata: \n");
}

#[test]
fn trouble_is_told_and_then_that_it_is_over() {
    let server = Server::start("/");
    let mut events = server.listen(&format!("{}&/", seen(&server.get("/"))));
    *server.site.trouble.lock().expect("no panic") = Some("error: 头\n  = help: 发".to_owned());
    server.live.changed();
    assert_eq!(events.next(), "event: trouble\ndata: error: 头\ndata:   = help: 发\n");
    assert_eq!(server.get("/").status, 200, "the last version stays");
    *server.site.trouble.lock().expect("no panic") = None;
    server.live.changed();
    assert_eq!(events.next(), "event: reload\ndata: \n");
}

#[test]
fn a_page_that_cannot_be_made_says_why_and_hears_of_changes() {
    let server = Server::start("/");
    let trouble = Answer::Trouble("error: <b>头</b>".to_owned());
    server.site.files.lock().expect("no panic").insert("a/index.html".to_owned(), trouble);
    let page = server.get("/a/");
    assert_eq!((page.status, page.header("content-security-policy")), (500, Some("default-src 'self'")));
    assert!(page.body.contains("error: &lt;b&gt;头&lt;/b&gt;</pre>"), "{}", page.body);
    assert_eq!(seen(&page), "7");
}

#[test]
fn silent_and_slow_clients_keep_nobody_waiting() {
    let server = Server::start("/");
    let mut held = Vec::new();
    let answered = |held: &Vec<TcpStream>| {
        let start = Instant::now();
        assert_eq!(server.get("/zh-hans/").status, 200);
        assert!(
            start.elapsed() < Duration::from_secs(1),
            "{:?} with {} clients",
            start.elapsed(),
            held.len()
        );
    };
    // The test may have 1,024 files open, and has both ends of those that are not dropped.
    for client in 0..1_200 {
        let mut stream = server.connect();
        if client % 6 == 0 {
            // A head that never ends.
            let _ = stream.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
        }
        held.push(stream);
        if client % 100 == 99 {
            answered(&held);
        }
        if held.len() > 600 {
            held.drain(..200);
        }
    }
    for slow in &mut held {
        let _ = slow.write_all(b"x");
    }
    answered(&held);
    // Long before its time is over, it made room for others.
    let mut oldest = held.swap_remove(1);
    oldest.set_read_timeout(Some(Duration::from_secs(2))).expect("a timeout");
    let ended = oldest.read(&mut [0; 1]);
    assert!(matches!(ended, Ok(0)) || ended.is_err_and(|error| error.kind() == ErrorKind::ConnectionReset));
}

#[test]
fn a_head_without_end_is_refused() {
    let server = Server::start("/");
    let mut stream = server.connect();
    let line = format!("X: {}\r\n", "a".repeat(1_000));
    let _ = stream.write_all(format!("GET / HTTP/1.1\r\nHost: localhost\r\n{}", line.repeat(20)).as_bytes());
    let mut answer = [0; 12];
    stream.read_exact(&mut answer).expect("an answer");
    assert_eq!(&answer, b"HTTP/1.1 400");
}

#[test]
fn a_connection_answers_several_requests() {
    let server = Server::start("/");
    let mut stream = server.connect();
    // The second comes before the first is answered.
    let request = "GET /style.css HTTP/1.1\r\nHost: localhost\r\n\r\n";
    stream.write_all(request.repeat(2).as_bytes()).expect("two requests");
    stream.write_all(b"GET /style.css HTTP/1.0\r\nHost: localhost\r\n\r\n").expect("a third");
    let mut all = String::new();
    stream.read_to_string(&mut all).expect("answers");
    assert_eq!(all.matches("HTTP/1.1 200 OK").count(), 3, "{all}");
}

/// What is told of a folder.
fn watch(site: &Folder, how: How) -> Receiver<BTreeSet<String>> {
    let (sender, told) = mpsc::channel();
    let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let watched = Watched {
        root: site.root().canonicalize().expect("a folder"),
        folders: set(&["content", "data", "static"]),
        files: set(&["site.toml"]),
    };
    let hear = move |news| match news {
        Told::Changed(paths) => drop(sender.send(paths)),
        Told::Note(note) => panic!("{note}"),
    };
    watched.start(how, hear).expect("a thread");
    assert_eq!(told.recv_timeout(PATIENCE).expect("the site as it is"), BTreeSet::new());
    told
}

#[track_caller]
fn hears(told: &Receiver<BTreeSet<String>>, path: &str) {
    let end = Instant::now() + PATIENCE;
    loop {
        let paths = told.recv_timeout(end.saturating_duration_since(Instant::now()));
        if paths.unwrap_or_else(|_| panic!("nothing of {path}")).contains(path) {
            return;
        }
    }
}

#[test]
fn files_are_told_of_however_they_are_saved() {
    let site = Folder::new();
    let told = watch(&site, How::Told);
    site.write("content/_index.md", "truncated and written");
    hears(&told, "content/_index.md");
    site.write("content/.new.tmp", "saved by renaming");
    std::fs::rename(site.path("content/.new.tmp"), site.path("content/_index.md")).expect("a rename");
    hears(&told, "content/_index.md");
    site.write("content/new/a.md", "in a folder that is new");
    hears(&told, "content/new");
    std::fs::remove_file(site.path("content/new/a.md")).expect("a file");
    hears(&told, "content/new/a.md");
    // A folder that was not there when the preview began.
    site.write("data/a.csv", "1");
    hears(&told, "data");
    site.write("data/b.csv", "1");
    hears(&told, "data/b.csv");
    site.write("site.toml", "title = \"新\"");
    hears(&told, "site.toml");
}

#[test]
fn what_no_build_reads_and_what_is_only_read_is_not_told() {
    let site = Folder::new();
    let told = watch(&site, How::Told);
    for path in ["public/index.html", "notes.txt", ".git/index", "content/.a.md.swp", "content/a.md~"] {
        site.write(path, "x");
    }
    site.read("content/_index.md");
    assert!(told.recv_timeout(Duration::from_millis(300)).is_err());
}

#[test]
fn where_the_system_does_not_tell_files_are_looked_at() {
    let site = Folder::new();
    let told = watch(&site, How::Polled);
    site.write("content/_index.md", "a text of another length");
    hears(&told, "content/_index.md");
}

/// The program, which ends with the value.
struct Program {
    child: Child,
    lines: Receiver<String>,
    /// Lines that nobody has asked for yet.
    passed: RefCell<Vec<String>>,
    address: SocketAddr,
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Lines as they come.
fn lines(from: impl Read + Send + 'static, to: mpsc::Sender<String>) {
    let read = move || BufReader::new(from).lines().map_while(Result::ok).all(|line| to.send(line).is_ok());
    std::thread::Builder::new().spawn(read).expect("a thread");
}

impl Program {
    fn start(site: &Folder, args: &[&str]) -> Self {
        let mut command = jianbao();
        Self::of(command.current_dir(site.root()).arg("serve").args(args))
    }

    fn of(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("jianbao runs");
        let (sender, lines_of) = mpsc::channel();
        lines(child.stdout.take().expect("stdout"), sender.clone());
        lines(child.stderr.take().expect("stderr"), sender);
        let mut program =
            Self { child, lines: lines_of, address: SocketAddr::new(LOCAL, 0), passed: RefCell::default() };
        let line = program.hears("http://");
        let port = line.split("localhost:").nth(1).and_then(|rest| rest.split('/').next()?.parse().ok());
        program.address.set_port(port.unwrap_or_else(|| panic!("no port in {line}")));
        program
    }

    /// The next line that holds a text; stdout and stderr come in no order.
    #[track_caller]
    fn hears(&self, text: &str) -> String {
        let mut passed = self.passed.borrow_mut();
        if let Some(at) = passed.iter().position(|line| line.contains(text)) {
            return passed.remove(at);
        }
        loop {
            let line = self.lines.recv_timeout(PATIENCE);
            let line = line.unwrap_or_else(|_| panic!("no {text} in:\n{}", passed.join("\n")));
            if line.contains(text) {
                return line;
            }
            passed.push(line);
        }
    }

    fn get(&self, target: &str) -> Response {
        ask(self.address, "GET", target, "Host: localhost\r\n")
    }
}

#[test]
fn an_edit_is_shown_an_error_is_said_and_the_last_version_stays() {
    let site = Folder::new();
    let program = Program::start(&site, &["--port", "0"]);
    let page = program.get("/zh-hant/");
    assert!(page.body.contains("頭") && page.body.contains("/__jianbao/live.js"), "{}", page.body);
    let mut events = listen(program.address, &format!("{}&/zh-hant/", seen(&page)));

    site.write("content/_index.md", "+++\ntitle = \"首页\"\n+++\n\n干净的桌面。\n");
    assert_eq!(events.next(), "event: reload\ndata: \n");
    let line = program.hears("content/_index.md → ");
    assert!(line.ends_with(" ms"), "{line}");
    let page = program.get("/zh-hant/");
    assert!(page.body.contains("乾淨的桌面"), "{}", page.body);

    let mut events = listen(program.address, &format!("{}&/zh-hant/", seen(&page)));
    site.write("content/_index.md", "+++\ntitel = \"首页\"\n+++\n");
    let trouble = events.next();
    assert!(trouble.starts_with("event: trouble\ndata: error[unknown-key]: unknown key `titel`\ndata:   --> content/_index.md:2:1\n"), "{trouble}");
    program.hears("unknown key `titel`");
    program.hears("content/_index.md → not built; the last version that could be is shown");
    assert!(program.get("/zh-hant/").body.contains("乾淨的桌面"));

    site.write("content/_index.md", "+++\ntitle = \"首页\"\n+++\n\n又好了。\n");
    assert_eq!(events.next(), "event: reload\ndata: \n");
    assert!(!site.path("public").exists() && !site.path(".jianbao-cache").exists());
}

#[test]
fn a_site_that_never_could_be_built_is_shown_when_it_can() {
    let site = Folder::new();
    site.write("site.toml", "title = \"简报\"\nbase_url = 1\n");
    let program = Program::start(&site, &["--port", "0"]);
    let page = program.get("/zh-hans/");
    assert_eq!(page.status, 500);
    assert!(page.body.contains("site.toml:2:"), "{}", page.body);
    let mut events = listen(program.address, &format!("{}&/", seen(&page)));
    assert!(events.next().starts_with("event: trouble\n"));
    site.write("site.toml", "title = \"简报\"\nbase_url = \"https://example.org/brief/\"\n");
    assert_eq!(events.next(), "event: reload\ndata: \n");
    assert_eq!(program.get("/").header("location"), Some("/brief/"));
    assert_eq!(program.get("/brief/zh-hans/").status, 200);
}

#[test]
fn drafts_are_shown_where_they_are_asked_for() {
    let site = Folder::new();
    site.write("content/a.md", "+++\ntitle = \"草稿\"\ndraft = true\n+++\n");
    for (args, status) in [(&["--port", "0"][..], 404), (&["--port", "0", "--drafts"][..], 200)] {
        assert_eq!(Program::start(&site, args).get("/zh-hans/a/").status, status);
    }
}

#[test]
fn another_port_is_taken_where_the_one_is_in_use_and_it_is_said() {
    let taken = TcpListener::bind((LOCAL, 0)).expect("a port");
    let port = taken.local_addr().expect("an address").port();
    let site = Folder::new();
    let mut command = jianbao();
    command.current_dir(site.root()).args(["serve", "--port", &port.to_string()]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("jianbao runs");
    let (sender, said) = mpsc::channel();
    lines(child.stderr.take().expect("stderr"), sender.clone());
    lines(child.stdout.take().expect("stdout"), sender);
    let program =
        Program { child, lines: said, address: SocketAddr::new(LOCAL, 0), passed: RefCell::default() };
    let line = program.hears("warning[port-in-use]");
    let next: u16 = line.rsplit(' ').next().and_then(|port| port.parse().ok()).expect("a port");
    assert_eq!(line, format!("warning[port-in-use]: port {port} is in use, taking {next}"));
    assert!(next > port && next < port + 10);
    assert!(program.hears("http://").contains(&format!("http://localhost:{next}/")));
}

#[cfg(all(unix, not(target_os = "macos")))]
#[test]
fn the_browser_is_opened_where_it_is_asked_for() {
    use std::os::unix::fs::PermissionsExt;
    let site = Folder::new();
    let opened = site.path("opened");
    site.write(
        "bin/xdg-open",
        format!("#!/bin/sh\necho \"$1\" > '{}.new'\nmv '{0}.new' '{0}'\n", opened.display()),
    );
    let mode = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(site.path("bin/xdg-open"), mode).expect("a program");
    let mut command = jianbao();
    command.env("PATH", format!("{}:/usr/bin:/bin", site.path("bin").display()));
    let program = Program::of(command.current_dir(site.root()).args(["serve", "--port", "0", "--open"]));
    let end = Instant::now() + PATIENCE;
    while !opened.exists() && Instant::now() < end {
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(site.read("opened"), format!("http://localhost:{}/\n", program.address.port()));
}

#[test]
fn where_there_is_no_site_nothing_is_shown() {
    let site = Folder::new();
    std::fs::remove_file(site.path("site.toml")).expect("a file");
    let ran = site.run(&["serve", "--port", "0"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.starts_with("error[no-site]: "), "{}", ran.stderr);
    let ran = site.run(&["serve", "--host", "example.org"]);
    assert_eq!(ran.status, 2);
    assert!(
        ran.stderr.contains("expected an address of this machine, such as 127.0.0.1 or 0.0.0.0"),
        "{}",
        ran.stderr
    );
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_at_once_and_well() {
    let site = Folder::new();
    let mut program = Program::start(&site, &["--port", "0"]);
    let start = Instant::now();
    let pid = program.child.id().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &pid]).status().expect("kill").success());
    assert_eq!(program.child.wait().expect("an end").code(), Some(0));
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
}

#[track_caller]
fn says(diagnostic: &jianbao::diagnostic::Diagnostic, expected: &str) {
    assert_eq!(diagnostic.to_string(), expected);
}

#[test]
fn what_keeps_the_preview_from_being_seen_is_said_with_what_to_do() {
    use jianbao::serve::diagnostics::{cannot_listen, cannot_open, cannot_serve, open_to_others};
    let error = |kind: ErrorKind| std::io::Error::from(kind);
    says(
        &cannot_listen(LOCAL, 1111, &error(ErrorKind::AddrInUse)),
        "error[cannot-run]: port 1111 and the next nine are in use\n  = help: ask for another one: --port 8080",
    );
    says(
        &cannot_listen(IpAddr::from([192, 0, 2, 1]), 1111, &error(ErrorKind::AddrNotAvailable)),
        "error[cannot-run]: this machine does not have the address 192.0.2.1\n  = help: give one of its own addresses, or 0.0.0.0 for all of them",
    );
    says(
        &cannot_listen(LOCAL, 80, &error(ErrorKind::PermissionDenied)),
        "error[cannot-run]: the system does not let you listen at port 80\n  = help: ask for a port above 1023: --port 8080",
    );
    says(
        &cannot_listen(LOCAL, 1111, &error(ErrorKind::OutOfMemory)),
        "error[cannot-run]: cannot listen at 127.0.0.1 port 1111: out of memory",
    );
    says(
        &open_to_others(IpAddr::from([0, 0, 0, 0])),
        "warning[open-to-others]: whoever reaches this machine at 0.0.0.0 can read the preview, drafts too\n  = help: leave out --host to show it on this machine only",
    );
    says(
        &cannot_open(&error(ErrorKind::NotFound)),
        "warning[cannot-open]: cannot open a browser: entity not found\n  = help: open the address by hand",
    );
    says(
        &cannot_serve(&error(ErrorKind::OutOfMemory)),
        "error[cannot-run]: cannot show the site: out of memory",
    );
}
