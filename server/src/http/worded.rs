//! Answers that no page gives: somebody is turned away before any page is asked, or one broke. What they say is the pages' to word.

use super::Words;
use crate::{Desk, callers::Anyone};
use axum::{
    Extension,
    extract::{Request, State},
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::{any::Any, fmt::Display};

/// Why no page answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Turned {
    /// It changes something, and was not sent from our own pages.
    FromElsewhere,
    /// More than is read of anybody.
    TooLong,
    /// Something broke; the log has this number.
    Incident(String),
}

impl Turned {
    /// Writes what broke into the log.
    pub fn by_incident(desk: &Desk, error: &impl Display) -> Self {
        Self::Incident(desk.incident(error))
    }

    const fn status(&self) -> StatusCode {
        match self {
            Self::FromElsewhere => StatusCode::FORBIDDEN,
            Self::TooLong => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Incident(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

/// Without words: [`put_into_words`] finds them, which knows the reader's language.
impl IntoResponse for Turned {
    fn into_response(self) -> Response {
        (self.status(), Extension(self)).into_response()
    }
}

pub(super) async fn put_into_words(State(words): State<Words>, request: Request, next: Next) -> Response {
    let accept = request.headers().get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default().to_owned();
    let language = request.extensions().get::<Anyone>().map(|from| from.language).unwrap_or_default();
    let mut response = next.run(request).await;
    // The limit on bodies says it by the status alone.
    let too_long = (response.status() == StatusCode::PAYLOAD_TOO_LARGE).then_some(Turned::TooLong);
    let Some(turned) = response.extensions_mut().remove::<Turned>().or(too_long) else { return response };
    let mut worded = words(&turned, language, &accept);
    *worded.status_mut() = turned.status();
    worded
}

/// A handler that panicked: without this the connection would be closed, and the log had no number.
pub(super) fn panicked(desk: &Desk, panic: &(dyn Any + Send)) -> Response {
    let said = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    Turned::by_incident(desk, &format_args!("panic: {}", said.unwrap_or("without a word"))).into_response()
}
