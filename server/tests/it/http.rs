//! The web server around the pages.

use crate::support::{ANNA, Served, form, here, on_both, serve};
use reqwest::{Method, StatusCode};
use server::users;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// Sends bytes as they are; answers with the first line.
async fn raw(served: &Served, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(served.address).await.unwrap();
    // The server may answer, and close, before it has read everything.
    let _ = stream.write_all(request).await;
    let mut answer = vec![0; 4096];
    let length = stream.read(&mut answer).await.unwrap_or_default();
    String::from_utf8_lossy(&answer[..length]).lines().next().unwrap_or_default().to_owned()
}

on_both! {
    async fn healthy_and_ready(desk) {
        let database = desk.another(|_| {}).await;
        let served = serve(&database).await;
        assert_eq!(served.get("/healthz").send().await.unwrap().text().await.unwrap(), "ok");
        assert_eq!(served.get("/readyz").send().await.unwrap().status(), 200);
        database.db.close().await;
        assert_eq!(served.get("/healthz").send().await.unwrap().status(), 200);
        assert_eq!(served.get("/readyz").send().await.unwrap().status(), 503);
    }

    async fn what_changes_something_must_come_from_our_own_pages(desk) {
        let served = serve(desk).await;
        let body = r#"{"advance_seconds":60}"#;
        let before = desk.now();
        for (name, value) in [("x-nothing", "1"), ("origin", "https://evil.example"), ("origin", "null"), ("sec-fetch-site", "cross-site")] {
            let request = reqwest::Client::new().post(format!("http://{}/dev/clock", served.address)).header(name, value);
            let answer = request.header("content-type", "application/json").body(body).send().await.unwrap();
            assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{name}: {value}");
        }
        for method in [Method::PUT, Method::PATCH, Method::DELETE] {
            let answer = reqwest::Client::new().request(method, format!("http://{}/who", served.address)).send().await.unwrap();
            assert_eq!(answer.status(), StatusCode::FORBIDDEN);
        }
        assert!(desk.now() < before.plus_seconds(50), "the clock was not moved");
        let ours = served.ours(Method::POST, "/dev/clock").header("content-type", "application/json").body(body);
        assert_eq!(ours.send().await.unwrap().status(), StatusCode::NO_CONTENT);
        assert!(desk.now() >= before.plus_seconds(60));
    }

    async fn whoever_is_turned_away_is_told_why_in_their_language(desk) {
        let served = serve(desk).await;
        let foreign = reqwest::Client::new().post(format!("http://{}/dev/clock", served.address)).body("x".repeat(200_000));
        let long = served.ours(Method::POST, "/dev/clock").body("x".repeat(200_000));
        for (request, status, says) in [
            (foreign, 403, "FromElsewhere nl text/html"),
            (long, 413, "TooLong nl text/html"),
            (served.get("/broken"), 500, r#"Incident("#),
        ] {
            let answer = request.header("accept", "text/html").header("accept-language", "nl").send().await.unwrap();
            assert_eq!(answer.status(), status, "{says}");
            assert_eq!(answer.headers()["cache-control"], "no-store", "{says}");
            let text = answer.text().await.unwrap();
            assert!(text.starts_with(says) && text.ends_with(" nl text/html"), "{text}");
        }
        assert_eq!(served.get("/who").send().await.unwrap().status(), 200, "after the panic");
    }

    async fn long_bodies_are_refused(desk) {
        let served = serve(desk).await;
        let body = format!(r#"{{"advance_seconds":1,"x":"{}"}}"#, "x".repeat(200_000));
        let answer = served.ours(Method::POST, "/dev/clock").header("content-type", "application/json").body(body.clone()).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
        let head = "POST /dev/clock HTTP/1.1\r\nHost: balie.test\r\nOrigin: http://balie.test\r\nContent-Type: application/json\r\n";
        let announced = raw(&served, format!("{head}Content-Length: 104857600\r\n\r\n").as_bytes()).await;
        assert!(announced.contains("413"), "{announced}");
        let chunked = raw(&served, format!("{head}Transfer-Encoding: chunked\r\n\r\n{:x}\r\n{body}\r\n0\r\n\r\n", body.len()).as_bytes()).await;
        assert!(chunked.contains("413"), "{chunked}");
    }

    async fn every_answer_is_locked_down(desk) {
        let served = serve(desk).await;
        for path in ["/healthz", "/who", "/live", "/dev/mail", "/not/there"] {
            let answer = served.get(path).send().await.unwrap();
            let says = |name: &str| answer.headers().get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default();
            assert_eq!(says("x-content-type-options"), "nosniff", "{path}");
            assert_eq!(says("referrer-policy"), "same-origin", "{path}");
            assert_eq!(says("cross-origin-opener-policy"), "same-origin", "{path}");
            assert_eq!(says("cross-origin-resource-policy"), "same-origin", "{path}");
            assert_eq!(says("cache-control"), "no-store", "{path}");
            assert!(says("content-security-policy").contains("default-src 'none'"), "{path}");
            assert!(says("permissions-policy").contains("camera=()"), "{path}");
            assert_eq!(says("strict-transport-security"), "", "only where it is https");
        }
    }

    async fn https_binds_cookies_and_browsers_to_it(desk) {
        desk.office().await;
        let secure = desk.another(|settings| {
            settings.public_url = "https://balie.test".into();
            settings.dev = false;
        }).await;
        let served = serve(&secure).await;
        let answer = served.get("/healthz").send().await.unwrap();
        assert!(answer.headers()["strict-transport-security"].to_str().unwrap().starts_with("max-age=31536000"));
        let token = desk.sign_in(ANNA).await;
        for (cookie, status) in [("session", 401), ("__Host-session", 200)] {
            let answer = served.get("/live").header("cookie", format!("{cookie}={}", token.reveal())).send().await.unwrap();
            assert_eq!(answer.status(), status, "{cookie}");
        }
        drop(served);
        secure.db.close().await;
    }

    async fn development_pages_exist_in_development_only(desk) {
        let anna = desk.office().await;
        users::add(desk, &anna, &form("carla@vandijk.example", "<script>alert(1)</script>")).await.unwrap();
        desk.expect_invitation("carla@vandijk.example").await;
        let real = desk.another(|settings| settings.dev = false).await;
        for (desk, there) in [(desk.another_hand(), true), (real.clone(), false)] {
            let served = serve(&desk).await;
            for path in ["/dev/mail", "/dev/mail.json"] {
                let answer = served.get(path).send().await.unwrap();
                assert_eq!(answer.status(), if there { 200 } else { 404 }, "{path}");
                let text = answer.text().await.unwrap();
                assert_eq!(text.contains("carla@vandijk.example"), there, "{text}");
                assert!(path.ends_with("json") || !text.contains("<script>alert"), "{text}");
            }
            let clock = served.ours(Method::POST, "/dev/clock").header("content-type", "application/json").body(r#"{"advance_seconds":0}"#);
            assert_eq!(clock.send().await.unwrap().status(), if there { 204 } else { 404 });
        }
        real.db.close().await;
    }

    async fn who_asks_is_seen_from_the_connection_or_our_own_proxy(desk) {
        let behind = desk.another(|settings| settings.behind_proxy = true).await;
        let ask = async |desk: &server::Desk, forwarded: &str, language: &str| {
            let served = serve(desk).await;
            let request = served.get("/who").header("x-forwarded-for", forwarded).header("accept-language", language);
            request.header("user-agent", "a test").send().await.unwrap().text().await.unwrap()
        };
        assert_eq!(ask(desk, "203.0.113.9", "fr, nl-NL;q=0.9, en;q=0.8").await, "127.0.0.1 nl a test");
        assert_eq!(ask(&behind, "198.51.100.1, 203.0.113.9", "de").await, "203.0.113.9 en a test", "what the proxy added is last");
        assert_eq!(ask(&behind, "nonsense", "nl").await, "127.0.0.1 nl a test");
        let served = serve(desk).await;
        let chosen = served.get("/who").header("cookie", "language=nl").header("accept-language", "en").send().await.unwrap();
        assert!(chosen.text().await.unwrap().starts_with("127.0.0.1 nl"));
        assert_eq!(here().address_text(), "192.0.2.1");
        drop(served);
        behind.db.close().await;
    }
}
