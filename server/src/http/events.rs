//! `/live`: server-sent events, one stream per browser. It says which room changed, never what, and ends with the session.

use crate::{
    Desk,
    callers::Anyone,
    live::Signal,
    sessions::{self, Token, Visitor},
};
use axum::{
    Extension,
    extract::State,
    http::StatusCode,
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use axum_extra::extract::CookieJar;
use shared::{
    Permit,
    live::{Room, Topic},
};
use std::{convert::Infallible, time::Duration};
use tokio::sync::{
    broadcast::{Receiver, error::RecvError},
    mpsc,
};
use tokio_stream::wrappers::ReceiverStream;
use tokio_util::sync::CancellationToken;

/// A session that ran out by itself sends no signal, so streams look again so often.
const LOOK_AGAIN: Duration = Duration::from_secs(60);

pub(super) async fn stream(
    State((desk, end)): State<(Desk, CancellationToken)>,
    Extension(from): Extension<Anyone>,
    cookies: CookieJar,
) -> Response {
    let Some(cookie) = cookies.get(desk.settings.session_cookie()) else { return StatusCode::UNAUTHORIZED.into_response() };
    let token = Token::from_cookie(cookie.value());
    // Listening begins before the session is read, so that nothing falls between the two.
    let signals = desk.live.listen();
    let Ok(Some(visitor)) = sessions::glance(&desk, &token, from.clone()).await else { return StatusCode::UNAUTHORIZED.into_response() };
    let (sender, receiver) = mpsc::channel(64);
    let reader = Reader { desk, end, from, token, visitor, sender };
    tokio::spawn(reader.run(signals));
    Sse::new(ReceiverStream::new(receiver)).keep_alive(KeepAlive::new().interval(Duration::from_secs(15))).into_response()
}

struct Reader {
    desk: Desk,
    end: CancellationToken,
    from: Anyone,
    token: Token,
    visitor: Visitor,
    sender: mpsc::Sender<Result<Event, Infallible>>,
}

impl Reader {
    /// Until the browser goes, the session ends, or the program does.
    async fn run(mut self, mut signals: Receiver<Signal>) {
        if !self.say(Topic::Everything).await {
            return;
        }
        let mut clock = tokio::time::interval(LOOK_AGAIN);
        loop {
            let heard = tokio::select! {
                () = self.end.cancelled() => return,
                () = self.sender.closed() => return,
                _ = clock.tick() => Ok(Signal::Account(self.visitor.standing.account)),
                heard = signals.recv() => heard,
            };
            let goes_on = match heard {
                // Something may have been missed, this person's own rights among it.
                Ok(Signal::Topic(Topic::Everything)) | Err(RecvError::Lagged(_)) => {
                    self.tell_of_changes().await && self.say(Topic::Everything).await
                }
                Ok(Signal::Topic(topic)) => !self.may_hear(topic) || self.say(topic).await,
                Ok(Signal::Account(account)) if account == self.visitor.standing.account => self.tell_of_changes().await,
                Ok(Signal::Account(_)) => true,
                Ok(Signal::Letters) => true,
                Err(RecvError::Closed) => false,
            };
            if !goes_on {
                return;
            }
        }
    }

    fn may_hear(&self, topic: Topic) -> bool {
        match topic {
            Topic::Everything | Topic::Yours => true,
            Topic::Changed(company, Room::Users) => self.visitor.standing.may(Permit::ReadUsers, Some(company)).is_ok(),
            Topic::Changed(company, Room::Company | Room::Licences | Room::Requests) => {
                self.visitor.standing.may(Permit::VisitCompany, Some(company)).is_ok()
            }
            Topic::Newsletter => self.visitor.standing.may(Permit::RunNewsletter, None).is_ok(),
        }
    }

    /// A page shows what its reader may do: when that changes, or ends, it must not go on standing there.
    async fn tell_of_changes(&mut self) -> bool {
        match sessions::glance(&self.desk, &self.token, self.from.clone()).await {
            Ok(Some(visitor)) => {
                let same = visitor.standing == self.visitor.standing;
                self.visitor = visitor;
                same || self.say(Topic::Yours).await
            }
            Ok(None) => {
                self.say(Topic::Yours).await;
                false
            }
            // The database is away for a moment: the browser opens another stream.
            Err(_) => false,
        }
    }

    async fn say(&self, topic: Topic) -> bool {
        let Ok(data) = serde_json::to_string(&topic) else { return false };
        self.sender.send(Ok(Event::default().data(data))).await.is_ok()
    }
}
