//! The web server around the pages: who asks, what is let through, what goes into the log, and how it all ends.

mod asking;
mod assets;
mod dev;
mod events;
mod guard;
pub mod log;
mod unsubscribe;
mod worded;

pub use asking::{CHOSEN_LANGUAGE, LAST_LANGUAGE};
pub use assets::Client;
pub use worded::Turned;

use crate::{Desk, erasing, history, licences, links, live, outbox, products, returned, sessions};
use axum::{
    Router,
    extract::{DefaultBodyLimit, State},
    http::StatusCode,
    middleware,
    response::Response,
    routing::get,
};
use shared::fields::Language;
use std::{any::Any, io, net::SocketAddr, sync::Arc, time::Duration};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    task::JoinSet,
};
use tokio_util::sync::CancellationToken;
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer, limit::RequestBodyLimitLayer};

/// The longest form: 250 addresses with names.
const LONGEST_BODY: usize = 128 * 1024;
/// A file, and what browsers write around it.
const LONGEST_UPLOAD: usize = products::LONGEST_FILE + 64 * 1024;
/// What is in flight gets so long to end.
const LAST_CALL: Duration = Duration::from_secs(5);
/// And then the mail that is being sent.
const LAST_MAIL: Duration = Duration::from_secs(3);

/// What is served besides what this module knows itself.
pub struct Pages {
    /// Pages, server functions and files. Forms are short.
    pub pages: Router,
    /// Routes that take files.
    pub uploads: Router,
    /// What is said where no page answers.
    pub words: Words,
}

/// Of why, for whom (language), and what the browser would like to have (`Accept`).
pub type Words = Arc<dyn Fn(&Turned, Language, &str) -> Response + Send + Sync>;

/// # Errors
/// One line that says why nothing can listen there.
pub async fn listen(addr: SocketAddr) -> Result<TcpListener, String> {
    TcpListener::bind(addr).await.map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => format!("{addr} is taken by another program; choose another with BALIE_ADDR=127.0.0.1:PORT"),
        _ => format!("can't listen on {addr}: {error}"),
    })
}

/// Serves until SIGTERM or Ctrl-C: then nothing new is taken, streams are closed, what is in flight ends.
///
/// # Errors
/// When the server itself fails.
pub async fn serve(desk: Desk, listener: TcpListener, pages: Pages) -> io::Result<()> {
    let end = CancellationToken::new();
    let mut jobs = JoinSet::new();
    jobs.spawn(outbox::run(desk.clone(), end.clone()));
    jobs.spawn(live::hear_the_others(desk.clone(), end.clone()));
    jobs.spawn(licences::keep_time(desk.clone(), end.clone()));
    jobs.spawn(sweep(desk.clone(), end.clone()));
    jobs.spawn(sweep_returned(desk.clone(), end.clone()));

    tracing::info!(address = %desk.settings.public_url, "ready");
    println!("Balie is at {}", desk.settings.public_url);
    let routes = routes(&desk, pages, end.clone()).into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn({
        let end = end.clone();
        async move {
            told_to_end().await;
            end.cancel();
        }
    });
    let server = axum::serve(listener, routes).with_graceful_shutdown(end.clone().cancelled_owned());
    tokio::select! {
        outcome = async { server.await } => outcome?,
        () = async { end.cancelled().await; tokio::time::sleep(LAST_CALL).await; } => tracing::warn!("some requests did not end in time"),
    }
    end.cancel();
    let _ = tokio::time::timeout(LAST_MAIL, async {
        desk.under_way.wait().await;
        desk.later.wait().await;
        while jobs.join_next().await.is_some() {}
    })
    .await;
    let _ = tokio::time::timeout(Duration::from_millis(500), desk.db.close()).await;
    Ok(())
}

fn routes(desk: &Desk, pages: Pages, end: CancellationToken) -> Router {
    let mut router = Router::new()
        .route("/healthz", get(|| async { "ok" }))
        .route("/readyz", get(ready))
        .route("/live", get(events::stream))
        .with_state((desk.clone(), end));
    if desk.settings.dev {
        router = router.merge(dev::routes(desk.clone()));
    }
    let router = router.merge(unsubscribe::routes(desk.clone()));
    // Without a fallback layer order matters: the last layer is the first to see a request.
    let hand = desk.clone();
    let panicked = move |panic: Box<dyn Any + Send>| worded::panicked(&hand, &*panic);
    let uploads = pages.uploads.layer(DefaultBodyLimit::disable()).layer(RequestBodyLimitLayer::new(LONGEST_UPLOAD));
    router
        .merge(pages.pages)
        .layer(RequestBodyLimitLayer::new(LONGEST_BODY))
        .merge(uploads)
        .layer(CatchPanicLayer::custom(panicked))
        // A list of fifty people is 60 KB of HTML, and a tenth of that so. Streams and what is small stay as they are.
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn_with_state(desk.clone(), guard::same_origin))
        .layer(middleware::from_fn_with_state(pages.words, worded::put_into_words))
        .layer(middleware::from_fn_with_state(desk.clone(), asking::recognise))
        .layer(middleware::from_fn_with_state(desk.clone(), guard::headers))
        .layer(middleware::from_fn(log::request))
}

async fn ready(State((desk, _)): State<(Desk, CancellationToken)>) -> StatusCode {
    let asked = desk.db.one::<(i64,)>(crate::sql!("SELECT COUNT(*) FROM company WHERE number = 0"));
    match tokio::time::timeout(Duration::from_secs(2), asked).await {
        Ok(Ok(_)) => StatusCode::OK,
        _ => StatusCode::SERVICE_UNAVAILABLE,
    }
}

/// What came back to nobody is personal, and not kept until the next hour.
async fn sweep_returned(desk: Desk, end: CancellationToken) {
    loop {
        if let Err(error) = returned::sweep(&desk).await {
            tracing::warn!(%error, "what came back to nobody could not be swept");
        }
        tokio::select! {
            () = end.cancelled() => return,
            () = tokio::time::sleep(Duration::from_secs(60)) => {}
        }
    }
}

async fn told_to_end() {
    // Both can only fail when the system has no such signals.
    let (Ok(mut terminate), Ok(mut interrupt)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt())) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}

async fn sweep(desk: Desk, end: CancellationToken) {
    loop {
        for (what, swept) in [
            ("sessions", sessions::sweep(&desk).await),
            ("addresses", history::sweep(&desk).await),
            ("letters", outbox::sweep(&desk).await),
            ("links", links::sweep(&desk).await),
            ("blocked addresses", erasing::sweep(&desk).await),
            ("imports", products::sweep(&desk).await),
        ] {
            if let Err(error) = swept {
                tracing::warn!(%error, what, "what is old could not be swept");
            }
        }
        desk.doorman.sweep();
        tokio::select! {
            () = end.cancelled() => return,
            () = tokio::time::sleep(Duration::from_secs(3600)) => {}
        }
    }
}
