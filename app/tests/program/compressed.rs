//! Pages come compressed; a stream doesn't, since it would be held back.

use crate::support::{ANNA, Place, Serving};

#[tokio::test]
async fn pages_are_compressed_for_who_asks_and_streams_are_not() {
    let place = Place::sqlite();
    place.demo();
    let serving = Serving::at(&place).await;
    let session = serving.session_of(ANNA).await;
    let get = |path: &str| serving.get(path).header("cookie", &session);
    let encoding = |answer: &reqwest::Response| answer.headers().get("content-encoding").map(|encoding| encoding.as_bytes().to_vec());

    let plain = get("/company/10001/users").send().await.unwrap();
    assert_eq!((plain.status().as_u16(), encoding(&plain)), (200, None));
    let plain = plain.bytes().await.unwrap().len();
    let page = get("/company/10001/users").header("accept-encoding", "gzip").send().await.unwrap();
    assert_eq!((page.status().as_u16(), encoding(&page)), (200, Some(b"gzip".to_vec())));
    let vary = page.headers().get_all("vary").iter().any(|vary| vary.to_str().unwrap().to_lowercase().contains("accept-encoding"));
    assert!(vary, "no cache hands it to somebody who can't read it");
    let compressed = page.bytes().await.unwrap().len();
    assert!(compressed * 5 < plain, "{compressed} of {plain}");

    let stream = get("/live").header("accept-encoding", "gzip").send().await.unwrap();
    assert_eq!((stream.status().as_u16(), encoding(&stream)), (200, None));
}
