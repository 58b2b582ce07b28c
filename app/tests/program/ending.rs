//! How it begins to listen, and how it ends.

use crate::support::{ANNA, PASSWORD, Place, Said, Serving, on_both, until};
use std::{fs, net::TcpListener};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

#[test]
fn a_taken_port_is_one_line() {
    let place = Place::sqlite();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    // Without a command it serves.
    let mut command = place.balie(&[]);
    command.env("BALIE_ADDR", &address);
    let said = Said::by(command);
    let line = said.one_line(2);
    assert!(line.contains(&address) && line.contains("taken") && line.contains("BALIE_ADDR"), "{line}");
    assert!(!place.path("balie.db").exists(), "nothing was begun");
}

/// A sign-in of which the server has read the head and waits for the form.
struct HalfSent(TcpStream, String);

impl HalfSent {
    async fn to(serving: &Serving) -> Self {
        let form = format!("username={ANNA}&password={PASSWORD}");
        let mut stream = TcpStream::connect(serving.address).await.unwrap();
        let head = format!(
            "POST /api/sign_in HTTP/1.1\r\nHost: {}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n\
             Content-Length: {}\r\nExpect: 100-continue\r\n\r\n",
            serving.address,
            form.len()
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        // Said when somebody begins to read the form: the request is under way.
        let mut answer = [0; 25];
        stream.read_exact(&mut answer).await.unwrap();
        assert_eq!(&answer, b"HTTP/1.1 100 Continue\r\n\r\n");
        Self(stream, form)
    }

    async fn finish(mut self) -> String {
        self.0.write_all(self.1.as_bytes()).await.unwrap();
        let mut answer = String::new();
        self.0.read_to_string(&mut answer).await.unwrap();
        answer
    }
}

on_both! {
    async fn told_to_end_it_closes_streams_and_finishes_what_is_under_way(place) {
        place.demo();
        let mut serving = Serving::at(place).await;
        let session = serving.session_of(ANNA).await;
        let mut stream = serving.get("/live").header("cookie", session).send().await.unwrap();
        assert_eq!(stream.status(), 200);
        assert!(stream.chunk().await.unwrap().is_some(), "it is open");
        let form = HalfSent::to(&serving).await;

        serving.signal("TERM");
        while stream.chunk().await.expect("ends, and does not break").is_some() {}
        until("nothing new is taken", async || TcpStream::connect(serving.address).await.is_err()).await;
        let answer = form.finish().await;
        assert!(answer.contains("set-cookie: session="), "Anna is let in: {answer}");
        assert_eq!(serving.in_the_end().code, Some(0));
        let log = fs::read_to_string(place.path("serve.log")).unwrap();
        assert!(!log.contains("did not end in time"), "{log}");
    }

    async fn told_to_end_it_does_not_wait_for_who_never_finishes(place) {
        place.demo();
        let mut serving = Serving::at(place).await;
        let _form = HalfSent::to(&serving).await;
        serving.signal("TERM");
        assert_eq!(serving.in_the_end().code, Some(0));
    }

    async fn ctrl_c_ends_it_as_well(place) {
        let mut serving = Serving::at(place).await;
        serving.signal("INT");
        assert_eq!(serving.in_the_end().code, Some(0));
    }
}
