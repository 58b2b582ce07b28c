//! `POST /unsubscribe/…`: the one click of a mail program (P5, RFC 8058). A newsletter has one address for it and for the page, which is GET.

use super::Turned;
use crate::{Desk, callers::Anyone, error::Error, newsletter};
use axum::{
    Extension, Router,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::post,
};
use shared::{Refusal, refusal::LinkState};

pub(super) fn routes(desk: Desk) -> Router {
    // The parameter has the name that it has in the page's route, or the two could not be one.
    Router::new().route("/unsubscribe/{token}", post(unsubscribe)).with_state(desk)
}

/// Nothing but the token counts: no cookie, and nothing of the body, in which RFC 8058 says `List-Unsubscribe=One-Click`.
async fn unsubscribe(State(desk): State<Desk>, Extension(from): Extension<Anyone>, Path(token): Path<String>) -> Response {
    match newsletter::unsubscribe_by_link(&desk, &from, &token).await {
        Ok(()) => "You are unsubscribed.".into_response(),
        Err(Error::Refused(Refusal::Link(LinkState::Unknown))) => (StatusCode::NOT_FOUND, "There is no such link.").into_response(),
        Err(Error::Refused(Refusal::Busy)) => (StatusCode::TOO_MANY_REQUESTS, "Too many at once; try again in a moment.").into_response(),
        Err(error) => Turned::by_incident(&desk, &error).into_response(),
    }
}
