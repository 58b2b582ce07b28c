//! A program that serves.

use super::{PASSWORD, Place, Said, until};
use reqwest::{Client, Method, RequestBuilder, Response, redirect};
use std::{
    fs::File,
    net::{SocketAddr, TcpListener},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

/// The word: it has ended so long after SIGTERM.
const IN_TIME: Duration = Duration::from_secs(10);

pub struct Serving {
    pub address: SocketAddr,
    client: Client,
    child: Option<Child>,
    told: Option<Instant>,
}

impl Drop for Serving {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

impl Serving {
    pub async fn at(place: &Place) -> Self {
        Self::by(place, |place| place.balie(&["serve"])).await
    }

    /// Starts it on a free port and waits until it is ready. Its log is `serve.log`.
    pub async fn by(place: &Place, command: impl Fn(&Place) -> Command) -> Self {
        // Somebody else may take a port between the look and the start.
        for _ in 0..5 {
            let address = free_address();
            let log = File::create(place.path("serve.log")).unwrap();
            let mut command = command(place);
            command.env("BALIE_ADDR", address.to_string()).stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
            let client = Client::builder().no_proxy().redirect(redirect::Policy::none()).build().unwrap();
            let mut serving = Self { address, client, child: Some(command.spawn().unwrap()), told: None };
            if serving.is_ready().await {
                return serving;
            }
        }
        panic!("did not become ready:\n{}", std::fs::read_to_string(place.path("serve.log")).unwrap());
    }

    /// False when it ended instead.
    async fn is_ready(&mut self) -> bool {
        let mut ended = false;
        let (url, client, child) = (self.url("/readyz"), self.client.clone(), self.child.as_mut().unwrap());
        until("ready", async || {
            ended = child.try_wait().unwrap().is_some();
            ended || client.get(&url).send().await.is_ok_and(|answer| answer.status() == 200)
        })
        .await;
        !ended
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn get(&self, path: &str) -> RequestBuilder {
        self.client.get(self.url(path))
    }

    /// As a page of ours would send it.
    pub fn post(&self, path: &str, form: &[(&str, &str)]) -> RequestBuilder {
        self.client.request(Method::POST, self.url(path)).header("sec-fetch-site", "same-origin").form(form)
    }

    /// The same with a form that is written out.
    pub fn post_text(&self, path: &str, form: String) -> RequestBuilder {
        let form = self.client.post(self.url(path)).header("content-type", "application/x-www-form-urlencoded").body(form);
        form.header("sec-fetch-site", "same-origin")
    }

    pub async fn sign_in(&self, username: &str, password: &str) -> Response {
        self.post("/api/sign_in", &[("username", username), ("password", password)]).send().await.unwrap()
    }

    /// The cookie of somebody of the demo.
    pub async fn session_of(&self, username: &str) -> String {
        let answer = self.sign_in(username, PASSWORD).await;
        let cookie = answer.headers().get("set-cookie").unwrap_or_else(|| panic!("not signed in: {answer:?}"));
        cookie.to_str().unwrap().split(';').next().unwrap().to_owned()
    }

    /// Sends a signal to it and to nobody else.
    pub fn signal(&mut self, name: &str) {
        let number = self.child.as_ref().unwrap().id().to_string();
        assert!(Command::new("kill").args(["-s", name, &number]).status().unwrap().success());
        self.told = Some(Instant::now());
    }

    /// Waits until it has ended after a signal, which must be in time. What it wrote is in `serve.log`.
    #[track_caller]
    pub fn in_the_end(mut self) -> Said {
        let told = self.told.expect("told to end");
        let said = Said::in_the_end(self.child.take().unwrap(), Duration::from_secs(60));
        assert!(told.elapsed() < IN_TIME, "took {:?}", told.elapsed());
        said
    }
}

pub fn free_address() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}
