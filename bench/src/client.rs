//! The least that can be called an HTTP client: a connection that is kept. Asking must cost little beside answering, as both happen on the same
//! cores.

use anyhow::{Context, Result, bail, ensure};
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

/// A request as it is sent, but for the empty line before the body.
#[derive(Clone)]
pub struct Request {
    head: String,
    body: String,
}

impl Request {
    pub fn get(path: &str) -> Self {
        Self { head: format!("GET {path} HTTP/1.1\r\nhost: balie\r\naccept: text/html\r\n"), body: String::new() }
    }

    /// A form of our own pages, sent without JavaScript.
    pub fn form(path: &str, body: String) -> Self {
        let length = body.len();
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: balie\r\naccept: text/html\r\nsec-fetch-site: same-origin\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {length}\r\n"
        );
        Self { head, body }
    }

    /// A question of our own pages' scripts: a form goes there, JSON comes back.
    pub fn question(path: &str, body: String) -> Self {
        let length = body.len();
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: balie\r\naccept: application/json\r\nsec-fetch-site: same-origin\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {length}\r\n"
        );
        Self { head, body }
    }

    pub fn with(mut self, name: &str, value: &str) -> Self {
        for part in [name, ": ", value, "\r\n"] {
            self.head.push_str(part);
        }
        self
    }
}

pub struct Answer {
    pub status: u16,
    head: String,
    pub body: Vec<u8>,
}

impl Answer {
    /// The header of that name, which is written in small letters.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head
            .lines()
            .find_map(|line| line.split_once(':').filter(|(found, _)| found.eq_ignore_ascii_case(name)))
            .map(|(_, value)| value.trim())
    }

    pub fn text(&self) -> Result<&str> {
        Ok(std::str::from_utf8(&self.body)?)
    }
}

pub struct Client(BufReader<TcpStream>);

impl Client {
    pub fn connect(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).with_context(|| format!("nothing answers at {address}"))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        Ok(Self(BufReader::with_capacity(64 * 1024, stream)))
    }

    pub fn ask(&mut self, request: &Request) -> Result<Answer> {
        let mut answer = self.begin(request)?;
        answer.body = match answer.header("content-length") {
            Some(length) => self.exactly(length.parse()?)?,
            None if answer.header("transfer-encoding") == Some("chunked") => self.chunks()?,
            None if answer.status == 304 || answer.status == 204 => Vec::new(),
            None => bail!("an answer without a length"),
        };
        Ok(answer)
    }

    /// Asks, and reads the answer up to its body.
    fn begin(&mut self, request: &Request) -> Result<Answer> {
        let bytes = [request.head.as_str(), "\r\n", &request.body].concat();
        self.0.get_mut().write_all(bytes.as_bytes())?;
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            ensure!(self.0.read_line(&mut head)? > 0, "the connection ended");
        }
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).context("no status")?;
        Ok(Answer { status, head, body: Vec::new() })
    }

    fn exactly(&mut self, length: usize) -> Result<Vec<u8>> {
        let mut body = vec![0; length];
        self.0.read_exact(&mut body)?;
        Ok(body)
    }

    fn chunks(&mut self) -> Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let mut line = String::new();
            self.0.read_line(&mut line)?;
            let length = usize::from_str_radix(line.trim_end(), 16)?;
            let start = body.len();
            // With the line break behind it.
            body.resize(start + length + 2, 0);
            self.0.read_exact(&mut body[start..])?;
            body.truncate(start + length);
            if length == 0 {
                return Ok(body);
            }
        }
    }
}

/// `/live`, held open.
pub struct Stream(Client);

impl Stream {
    pub fn open(address: SocketAddr, cookie: &str) -> Result<Self> {
        let mut client = Client::connect(address)?;
        let answer = client.begin(&Request::get("/live").with("cookie", cookie))?;
        ensure!(answer.status == 200, "a stream was answered with {}", answer.status);
        Ok(Self(client))
    }

    /// The next message; nothing once the stream has ended. What is no message is the lengths of chunks, and signs of life.
    pub fn next(&mut self) -> Result<Option<String>> {
        let mut line = String::new();
        while self.0.0.read_line(&mut line)? > 0 {
            if let Some(message) = line.strip_prefix("data:") {
                return Ok(Some(message.trim().to_owned()));
            }
            line.clear();
        }
        Ok(None)
    }

    /// To end it with, while somebody waits for its next message.
    pub fn socket(&self) -> Result<TcpStream> {
        Ok(self.0.0.get_ref().try_clone()?)
    }
}
