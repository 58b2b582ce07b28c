//! From an administrator's decision to its sight in another's browser (R1), while many others listen.

use crate::{
    Extent,
    client::{Client, Request, Stream},
    decisions,
    licences::{self, UNLIMITED},
    load::Load,
    place::{COMPANY, Place, administrators, username},
    programs::Program,
    report::{Goal, Line},
    say, sign_ins,
};
use anyhow::{Context, Result, bail, ensure};
use shared::{
    RequestId,
    live::{Room, Topic},
    requests::RequestsPage,
};
use std::{
    collections::HashMap,
    net::{Shutdown, TcpStream},
    sync::{
        Mutex, PoisonError,
        mpsc::{self, Receiver, RecvTimeoutError, Sender},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};
use tokio::task::block_in_place;

const WATCHING: usize = 200;
/// Whose streams these are.
const PEOPLE: usize = 20;
/// `public/live.js`: what was told rests so long before it is told again.
const REST: Duration = Duration::from_millis(400);
/// Of somebody who reads what they decide: the browser has rested since the last one.
const CALM: Duration = Duration::from_millis(1100);
/// Of somebody who presses a key again and again.
const HASTY: Duration = Duration::from_millis(300);
/// As many as a browser keeps to a host.
const CONNECTIONS: usize = 6;

pub async fn measure(balie: &Program, place: &Place, extent: Extent) -> Result<Vec<Line>> {
    say(&format!("{}: {} decisions, seen in another browser", place.name, extent.followed));
    let desk = place.desk().await?;
    let (watchers, both) = block_in_place(|| anyhow::Ok((Watchers::open(balie)?, Both::sign_in(balie)?)))?;
    let requests = licences::ask(&desk, UNLIMITED, extent.followed).await?;
    let calm = block_in_place(|| both.decide_and_watch(&requests, CALM))?;
    licences::forget(&desk, UNLIMITED).await?;
    let requests = licences::ask(&desk, UNLIMITED, extent.followed / 2).await?;
    let hasty = block_in_place(|| both.decide_and_watch(&requests, HASTY))?;
    licences::forget(&desk, UNLIMITED).await?;
    desk.db.close().await;
    // Every decision changes two rooms that all of them hear of.
    let (least, told) = (watchers.end()?, extent.followed * 2);
    ensure!(least >= told, "a stream heard {least} messages, where {told} were told");
    let p95 = |waits: &[Duration]| Load::of(waits.to_vec()).quantile(0.95);
    let name = |what: &str| format!("{}: {what}", place.name);
    let seen = format!("from commit to its sight in another browser ({WATCHING} streams), p95");
    let hasty_seen =
        format!("the same at {:.1} decisions a second: pages ask every {} ms, p95", 1.0 / HASTY.as_secs_f64(), REST.as_millis());
    Ok(vec![
        Line::figure(name(&seen), p95(&calm.since_answered), "ms", Goal::AtMost(250.0)),
        Line::figure(name("the same from pressing Accept on, p95"), p95(&calm.since_asked), "ms", Goal::None),
        Line::figure(name(&hasty_seen), p95(&hasty.since_answered), "ms", Goal::None),
    ])
}

/// Streams that are read, and no more.
struct Watchers {
    sockets: Vec<TcpStream>,
    threads: Vec<JoinHandle<Result<usize>>>,
}

impl Watchers {
    fn open(balie: &Program) -> Result<Self> {
        let people = (2..).map(username).filter(|(_, can)| *can).take(PEOPLE);
        let cookies: Vec<String> = people.map(|(username, _)| sign_ins::cookie(balie, &username)).collect::<Result<_>>()?;
        let mut watchers = Self { sockets: Vec::new(), threads: Vec::new() };
        for number in 0..WATCHING {
            let mut stream = Stream::open(balie.address, &cookies[number % PEOPLE])?;
            watchers.sockets.push(stream.socket()?);
            watchers.threads.push(thread::spawn(move || {
                let mut heard = 0;
                while stream.next()?.is_some() {
                    heard += 1;
                }
                Ok(heard)
            }));
        }
        Ok(watchers)
    }

    /// How many messages the one heard that heard the fewest.
    fn end(self) -> Result<usize> {
        for socket in self.sockets {
            // One that ended before heard too few, which is told.
            let _ = socket.shutdown(Shutdown::Both);
        }
        let heard = self.threads.into_iter().map(|thread| thread.join().ok().context("a thread panicked")?);
        Ok(heard.collect::<Result<Vec<_>>>()?.into_iter().min().unwrap_or_default())
    }
}

/// How long each decision took to show: since it was answered, and since it was asked for.
#[derive(Default)]
struct Waits {
    since_answered: Vec<Duration>,
    since_asked: Vec<Duration>,
}

struct Decided {
    request: RequestId,
    asked: Instant,
    answered: Instant,
}

/// Two administrators: one decides, the other has *Requests › Licences* open.
struct Both<'a> {
    balie: &'a Program,
    decider: String,
    reader: String,
}

impl<'a> Both<'a> {
    fn sign_in(balie: &'a Program) -> Result<Self> {
        let cookies: Vec<String> = administrators(2).iter().map(|username| sign_ins::cookie(balie, username)).collect::<Result<_>>()?;
        let [decider, reader]: [String; 2] = cookies.try_into().ok().context("two administrators")?;
        Ok(Self { balie, decider, reader })
    }

    fn decide_and_watch(&self, requests: &[RequestId], pace: Duration) -> Result<Waits> {
        let mut stream = Stream::open(self.balie.address, &self.reader)?;
        let socket = stream.socket()?;
        let (tell, happens) = mpsc::channel();
        let (asks, questions) = mpsc::channel();
        let questions = Mutex::new(questions);
        let longest = pace * u32::try_from(requests.len())? + Duration::from_secs(60);
        thread::scope(|scope| {
            let connections: Vec<_> = (0..CONNECTIONS)
                .map(|_| {
                    let (tell, questions) = (tell.clone(), &questions);
                    scope.spawn(move || self.bring_answers(questions, &tell))
                })
                .collect();
            scope.spawn(move || {
                while let Ok(Some(message)) = stream.next() {
                    if tell.send(Happens::Told(message)).is_err() {
                        return;
                    }
                }
            });
            let decided = scope.spawn(|| self.decide(requests, pace));
            let mut browser = Browser { questions: asks, turn: 0, resting: HashMap::new(), shown: HashMap::new() };
            let followed = browser.follow(&happens, requests.len(), longest);
            // It may have ended by itself.
            let _ = socket.shutdown(Shutdown::Both);
            let Browser { questions, shown, .. } = browser;
            drop(questions);
            // What went wrong on a connection says more than that nothing was shown.
            for connection in connections {
                connection.join().ok().context("a thread panicked")??;
            }
            let decided = decided.join().ok().context("a thread panicked")??;
            followed?;
            Ok(waits(&decided, &shown))
        })
    }

    fn decide(&self, requests: &[RequestId], pace: Duration) -> Result<Vec<Decided>> {
        let mut client = Client::connect(self.balie.address)?;
        let mut decided = Vec::new();
        for request in requests {
            // Before the first, too: the browser has just looked.
            thread::sleep(pace);
            let asked = Instant::now();
            let answer = client.ask(&decisions::accept(*request).with("cookie", &self.decider))?;
            let answered = Instant::now();
            ensure!(decisions::is_accepted(&answer), "a decision was answered with {}", answer.status);
            decided.push(Decided { request: *request, asked, answered });
        }
        Ok(decided)
    }

    /// One of the browser's connections.
    fn bring_answers(&self, questions: &Mutex<Receiver<Question>>, tell: &Sender<Happens>) -> Result<()> {
        let mut client = Client::connect(self.balie.address)?;
        loop {
            let next = questions.lock().unwrap_or_else(PoisonError::into_inner).recv();
            let Ok(question) = next else { return Ok(()) };
            let answer = client.ask(&question.request().with("cookie", &self.reader))?;
            ensure!(answer.status == 200, "the browser was answered with {}", answer.status);
            if let Question::List { turn } = question {
                let page: RequestsPage = serde_json::from_slice(&answer.body)?;
                let answered = Happens::Answered { turn, done: page.done.into_iter().map(|row| row.id).collect() };
                // It may have seen enough.
                let _ = tell.send(answered);
            }
        }
    }
}

/// A change that showed before its decision was answered took no time.
fn waits(decided: &[Decided], shown: &HashMap<RequestId, Instant>) -> Waits {
    let mut waits = Waits::default();
    for Decided { request, asked, answered } in decided {
        if let Some(shown) = shown.get(request) {
            waits.since_answered.push(shown.saturating_duration_since(*answered));
            waits.since_asked.push(shown.saturating_duration_since(*asked));
        }
    }
    waits
}

enum Question {
    /// The page's: the first page of the queue, and of what was concluded in a month.
    List { turn: u32 },
    /// The navigation's.
    Count,
}

impl Question {
    fn request(&self) -> Request {
        match self {
            Self::List { .. } => Request::question(
                "/api/list_requests",
                format!("company={COMPANY}&query%5Bqueue%5D=licences&query%5Bperiod%5D=month&query%5Bpage%5D=1&query%5Bdone_page%5D=1"),
            ),
            Self::Count => Request::question("/api/count_requests", format!("company={COMPANY}")),
        }
    }
}

/// What happens to a browser.
enum Happens {
    /// Its stream said so.
    Told(String),
    /// The question with that number was answered: these stand among the concluded.
    Answered { turn: u32, done: Vec<RequestId> },
}

/// As `public/live.js` tells a page and `app/src/load.rs` asks again.
struct Browser {
    questions: Sender<Question>,
    /// The newest question's number: only its answer is shown.
    turn: u32,
    /// Until when a message rests, and whether it came again meanwhile.
    resting: HashMap<String, (Instant, bool)>,
    shown: HashMap<RequestId, Instant>,
}

impl Browser {
    /// Until so many were shown.
    fn follow(&mut self, happens: &Receiver<Happens>, count: usize, longest: Duration) -> Result<()> {
        let end = Instant::now() + longest;
        while self.shown.len() < count {
            ensure!(Instant::now() < end, "{} of {count} decisions were never shown", count - self.shown.len());
            let next = self.resting.values().map(|(rested, _)| *rested).fold(end, Instant::min);
            match happens.recv_timeout(next.saturating_duration_since(Instant::now())) {
                Ok(Happens::Told(message)) => self.hear(message)?,
                Ok(Happens::Answered { turn, done }) if turn == self.turn => self.show(&done),
                Ok(Happens::Answered { .. }) | Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => bail!("the browser's stream and connections ended"),
            }
            self.tell_what_rested()?;
        }
        Ok(())
    }

    /// At once, and while more of the same comes at most once in [`REST`].
    fn hear(&mut self, message: String) -> Result<()> {
        if let Some((_, again)) = self.resting.get_mut(&message) {
            *again = true;
            return Ok(());
        }
        self.ask_again(&message)?;
        self.resting.insert(message, (Instant::now() + REST, false));
        Ok(())
    }

    fn tell_what_rested(&mut self) -> Result<()> {
        let now = Instant::now();
        let rested: Vec<String> =
            self.resting.iter().filter(|(_, (rested, _))| *rested <= now).map(|(message, _)| message.clone()).collect();
        for message in rested {
            if let Some((_, true)) = self.resting.remove(&message) {
                self.hear(message)?;
            }
        }
        Ok(())
    }

    /// The queue follows two rooms, the count in the navigation one.
    fn ask_again(&mut self, message: &str) -> Result<()> {
        let (list, count) = match serde_json::from_str::<Topic>(message)? {
            Topic::Everything | Topic::Changed(COMPANY, Room::Requests) => (true, true),
            Topic::Changed(COMPANY, Room::Licences) => (true, false),
            Topic::Newsletter | Topic::Changed(_, Room::Users | Room::Company | Room::Licences | Room::Requests) => (false, false),
            Topic::Yours => bail!("the browser's session ended"),
        };
        if count {
            self.questions.send(Question::Count)?;
        }
        if list {
            self.turn += 1;
            self.questions.send(Question::List { turn: self.turn })?;
        }
        Ok(())
    }

    fn show(&mut self, done: &[RequestId]) {
        let now = Instant::now();
        for request in done {
            self.shown.entry(*request).or_insert(now);
        }
    }
}
