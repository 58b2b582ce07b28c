//! A desk that is served over HTTP, and an event stream of it.

use axum::{Extension, Router, response::IntoResponse, routing::get};
use reqwest::{Client, Method, RequestBuilder, Response};
use server::{
    Desk,
    callers::Anyone,
    http::{self, Pages, Turned},
    sessions::Token,
};
use shared::fields::Language;
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tokio::task::JoinHandle;

pub struct Served {
    pub address: SocketAddr,
    client: Client,
    task: JoinHandle<()>,
}

impl Drop for Served {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// With one page, which says who it thinks is asking, one that breaks, and words that say why, to whom and how.
pub async fn serve(desk: &Desk) -> Served {
    let listener = http::listen("127.0.0.1:0".parse().unwrap()).await.unwrap();
    let address = listener.local_addr().unwrap();
    let page = get(|Extension(from): Extension<Anyone>| async move { format!("{} {} {}", from.address, from.language.code(), from.agent) });
    let words = |turned: &Turned, l: Language, accept: &str| format!("{turned:?} {} {accept}", l.code()).into_response();
    let pages =
        Pages { pages: Router::new().route("/who", page).route("/broken", get(broken)), uploads: Router::new(), words: Arc::new(words) };
    let desk = desk.clone();
    let task = tokio::spawn(async move { http::serve(desk, listener, pages).await.unwrap() });
    Served { address, client: Client::new(), task }
}

async fn broken() -> &'static str {
    panic!("as was asked")
}

impl Served {
    pub fn get(&self, path: &str) -> RequestBuilder {
        self.client.get(format!("http://{}{path}", self.address))
    }

    /// As a page of ours would send it.
    pub fn ours(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("http://{}{path}", self.address)).header("sec-fetch-site", "same-origin")
    }

    pub async fn live(&self, token: &Token) -> Stream {
        let response = self.get("/live").header("cookie", format!("session={}", token.reveal())).send().await.unwrap();
        assert_eq!(response.status(), 200);
        let mut stream = Stream { response, text: String::new() };
        assert_eq!(stream.next().await.as_deref(), Some("\"everything\""));
        stream
    }
}

/// What a stream says where the listener's own session or rights changed.
pub const YOURS: &str = r#""yours""#;

pub struct Stream {
    response: Response,
    text: String,
}

impl Stream {
    /// The next event's data, or `None` at the end of the stream.
    pub async fn next(&mut self) -> Option<String> {
        loop {
            if let Some((event, rest)) = self.text.split_once("\n\n") {
                let data = event.strip_prefix("data: ").map(str::to_owned);
                self.text = rest.to_owned();
                if data.is_some() {
                    return data;
                }
                continue;
            }
            let chunk = tokio::time::timeout(Duration::from_secs(10), self.response.chunk()).await.expect("something within ten seconds");
            self.text.push_str(std::str::from_utf8(&chunk.ok()??).unwrap());
        }
    }

    /// The next that changed; on PostgreSQL "everything" may be said at any time.
    pub async fn next_change(&mut self) -> Option<String> {
        loop {
            match self.next().await {
                Some(data) if data == "\"everything\"" => {}
                other => return other,
            }
        }
    }

    /// What it says before it says this.
    pub async fn heard_until(&mut self, last: &str) -> Vec<String> {
        let mut heard = Vec::new();
        loop {
            let data = self.next_change().await.expect("it goes on");
            if data == last {
                return heard;
            }
            heard.push(data);
        }
    }
}
