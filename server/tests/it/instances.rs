//! Two processes on one PostgreSQL tell each other what changed.

use crate::support::{ANNA, TestDesk, serve};
use server::{
    Desk,
    live::{self, Signal},
    sql,
};
use shared::live::{Room, Topic};
use sqlx::postgres::PgConnectOptions;
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};
use tempfile::TempDir;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpStream, UnixListener, UnixStream},
    sync::broadcast::Receiver,
    task::{JoinHandle, JoinSet},
};
use tokio_util::sync::CancellationToken;

async fn next(signals: &mut Receiver<Signal>) -> Signal {
    tokio::time::timeout(Duration::from_secs(10), signals.recv()).await.expect("a signal").unwrap()
}

/// Listens, and waits until it is heard that it does.
async fn hearing(desk: &Desk, end: &CancellationToken) -> (Receiver<Signal>, JoinHandle<()>) {
    let mut signals = desk.live.listen();
    let task = tokio::spawn(live::hear_the_others(desk.clone(), end.clone()));
    assert_eq!(next(&mut signals).await, Signal::Topic(Topic::Everything));
    (signals, task)
}

/// Everything that one deed says.
async fn of_one_deed(signals: &mut Receiver<Signal>) -> Vec<Signal> {
    vec![next(signals).await, next(signals).await]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_hears_what_the_other_did() {
    let one = TestDesk::postgres().await;
    let two = one.another(|_| {}).await;
    let end = CancellationToken::new();
    let (mut at_one, task_one) = hearing(&one, &end).await;
    let (mut at_two, task_two) = hearing(&two, &end).await;
    let anna = one.office().await;

    let expected = [Signal::Letters, Signal::Topic(Topic::Changed(anna.company(), Room::Users))];
    for (doer, username) in [(one.another_hand(), "carla@vandijk.example"), (two.clone(), "daan@vandijk.example")] {
        let form = crate::support::form(username, "Somebody");
        server::users::add(&doer, &anna, &form).await.unwrap();
        assert_eq!(of_one_deed(&mut at_one).await, expected, "{username}");
        assert_eq!(of_one_deed(&mut at_two).await, expected, "{username}");
    }
    // What is refused says nothing; the next signal is that of the sign-out after it.
    assert!(server::users::add(&two, &anna, &crate::support::form("carla@vandijk.example", "Again")).await.is_err());
    let visitor = one.visit(ANNA).await;
    let account = visitor.standing.account;
    visitor.sign_out(&two).await.unwrap();
    assert_eq!(next(&mut at_one).await, Signal::Account(account));
    assert_eq!(next(&mut at_two).await, Signal::Account(account));

    end.cancel();
    task_one.await.unwrap();
    task_two.await.unwrap();
    one.letters_are_looked_at().await;
    two.db.close().await;
    one.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_connection_makes_pages_ask_for_everything() {
    let desk = TestDesk::postgres().await;
    let other = desk.another(|_| {}).await;
    let end = CancellationToken::new();
    let (mut signals, task) = hearing(&desk, &end).await;
    let anna = desk.office().await;
    let cut =
        sql!("SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()");
    let (cut,): (i64,) = other.db.one(cut).await.unwrap();
    assert_eq!(cut, 1);
    // Once for what may have been missed, once more when it listens again.
    assert_eq!(next(&mut signals).await, Signal::Topic(Topic::Everything));
    assert_eq!(next(&mut signals).await, Signal::Topic(Topic::Everything));
    server::users::add(&other, &anna, &crate::support::form("carla@vandijk.example", "Carla")).await.unwrap();
    assert_eq!(of_one_deed(&mut signals).await[1], Signal::Topic(Topic::Changed(anna.company(), Room::Users)));
    end.cancel();
    task.await.unwrap();
    desk.letters_are_looked_at().await;
    other.db.close().await;
    desk.finish().await;
}

/// A connection that died without a word: nothing comes of it, not even that it is closed. Wait for `try_recv` alone in `live::relay` to see it
/// fail.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_that_died_without_a_word_makes_pages_ask_for_everything() {
    let desk = TestDesk::postgres().await;
    let passage = Passage::open(&desk.settings.database_url).await;
    let other = desk.another(|settings| settings.database_url.clone_from(&passage.url)).await;
    let end = CancellationToken::new();
    let mut signals = other.live.listen();
    let (every, within) = (Duration::from_millis(200), Duration::from_secs(3));
    let task = tokio::spawn(live::hear_asking(other.clone(), end.clone(), every, within));
    assert_eq!(next(&mut signals).await, Signal::Topic(Topic::Everything));
    let anna = desk.office().await;
    let add = async |username: &str| server::users::add(&desk, &anna, &crate::support::form(username, "Somebody")).await.unwrap();
    let of_people = Signal::Topic(Topic::Changed(anna.company(), Room::Users));
    // Asked a few times, it hears on.
    tokio::time::sleep(every * 4).await;
    add("carla@vandijk.example").await;
    assert_eq!(of_one_deed(&mut signals).await[1], of_people);

    passage.falls_silent();
    add("daan@vandijk.example").await;
    assert_eq!(next(&mut signals).await, Signal::Topic(Topic::Everything), "of what may have been missed");
    assert_eq!(next(&mut signals).await, Signal::Topic(Topic::Everything), "it listens again");
    add("eva@vandijk.example").await;
    assert_eq!(of_one_deed(&mut signals).await[1], of_people);
    end.cancel();
    task.await.unwrap();
    desk.letters_are_looked_at().await;
    desk.finish().await;
}

/// A way to PostgreSQL on which connections can fall silent, with both ends open, as behind a firewall that forgot them.
struct Passage {
    url: String,
    stop: Arc<Mutex<CancellationToken>>,
    task: JoinHandle<()>,
    _folder: TempDir,
}

impl Passage {
    async fn open(url: &str) -> Self {
        let beyond: PgConnectOptions = url.parse().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let listener = UnixListener::bind(folder.path().join(format!(".s.PGSQL.{}", beyond.get_port()))).unwrap();
        let stop = Arc::new(Mutex::new(CancellationToken::new()));
        let task = tokio::spawn({
            let stop = Arc::clone(&stop);
            async move {
                let mut connections = JoinSet::new();
                while let Ok((near, _)) = listener.accept().await {
                    let stop = stop.lock().unwrap().clone();
                    connections.spawn(reach(near, beyond.clone(), stop));
                }
            }
        });
        let url = format!("{}?host={}", url.split('?').next().unwrap(), folder.path().display());
        Self { url, stop, task, _folder: folder }
    }

    /// Those of now; new ones are passed on.
    fn falls_silent(&self) {
        std::mem::take(&mut *self.stop.lock().unwrap()).cancel();
    }
}

impl Drop for Passage {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn reach(near: UnixStream, beyond: PgConnectOptions, stop: CancellationToken) {
    match beyond.get_socket() {
        Some(folder) => pass(near, UnixStream::connect(folder.join(format!(".s.PGSQL.{}", beyond.get_port()))).await.unwrap(), stop).await,
        None => pass(near, TcpStream::connect((beyond.get_host(), beyond.get_port())).await.unwrap(), stop).await,
    }
}

async fn pass(mut near: UnixStream, mut far: impl AsyncRead + AsyncWrite + Unpin, stop: CancellationToken) {
    tokio::select! {
        _ = tokio::io::copy_bidirectional(&mut near, &mut far) => {}
        () = stop.cancelled() => std::future::pending().await,
    }
}

/// Whoever may have missed a signal may have missed their own end. Say `look_again` for `tell_of_changes` where the reader hears of a gap:
/// the stream then ends without a word, and the page stands there.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_a_gap_everybody_is_told_what_became_of_them() {
    let desk = TestDesk::postgres().await;
    desk.office().await;
    let served = serve(&desk).await;
    let mut stream = served.live(&desk.sign_in(ANNA).await).await;
    // Without a signal, as if the connection that carries them had been away.
    desk.execute(sql!("DELETE FROM session")).await;
    live_signal(&desk, &Signal::Topic(Topic::Everything)).await;
    assert_eq!(stream.next_change().await.as_deref(), Some("\"yours\""));
    assert_eq!(stream.next_change().await, None);
    drop(served);
    desk.finish().await;
}

async fn live_signal(desk: &TestDesk, signal: &Signal) {
    desk.execute(sql!("SELECT pg_notify('balie', $1)", serde_json::to_string(signal).unwrap())).await;
}
