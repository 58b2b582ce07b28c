//! `/dev/…`: the mail box and the clock of development mode. Without it none of these routes exist.

use crate::{Desk, error::Result, live::Signal, sql};
use askama::Template;
use axum::{
    Json, Router,
    extract::{Path, State},
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
    routing::{get, post},
};
use serde::{Deserialize, Serialize};
use shared::Time;
use sqlx::FromRow;
use uuid::Uuid;

pub(super) fn routes(desk: Desk) -> Router {
    Router::new()
        .route("/dev/mail", get(mail_box))
        .route("/dev/mail.json", get(mail_json))
        .route("/dev/mail/{id}", get(one_mail))
        .route("/dev/clock", post(advance))
        .with_state(desk)
}

#[derive(FromRow)]
struct MailRow {
    id: Uuid,
    recipient: String,
    subject: String,
    text: String,
    html: String,
    created_at: i64,
}

async fn mails(desk: &Desk) -> Result<Vec<MailRow>> {
    desk.db
        .all(sql!("SELECT id, recipient, subject, text, html, created_at FROM dev_mail ORDER BY created_at DESC, id DESC LIMIT 500"))
        .await
}

#[derive(Serialize)]
struct MailJson {
    id: Uuid,
    to: [String; 1],
    subject: String,
    text: String,
    html: String,
    created_at: i64,
}

async fn mail_json(State(desk): State<Desk>) -> Response {
    match mails(&desk).await {
        Ok(rows) => Json(rows.into_iter().map(as_json).collect::<Vec<_>>()).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn as_json(row: MailRow) -> MailJson {
    MailJson { id: row.id, to: [row.recipient], subject: row.subject, text: row.text, html: row.html, created_at: row.created_at }
}

#[derive(Template)]
#[template(path = "mail_box.html")]
struct MailBox {
    mails: Vec<Shown>,
}

struct Shown {
    id: Uuid,
    to: String,
    subject: String,
    at: String,
    /// The text, cut where its addresses begin and end.
    pieces: Vec<Piece>,
}

enum Piece {
    Text(String),
    Link(String),
}

async fn mail_box(State(desk): State<Desk>) -> Response {
    let Ok(rows) = mails(&desk).await else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let mails = rows.into_iter().map(|row| shown(&desk, row)).collect();
    match (MailBox { mails }).render() {
        Ok(page) => {
            let policy = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; frame-ancestors 'none'";
            ([(header::CONTENT_SECURITY_POLICY, policy)], Html(page)).into_response()
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn shown(desk: &Desk, row: MailRow) -> Shown {
    let pieces = row
        .text
        .split_inclusive('\n')
        .map(|line| match line.trim_end() {
            url if url.starts_with("http") => Piece::Link(url.to_owned()),
            _ => Piece::Text(line.to_owned()),
        })
        .collect();
    let at = desk.local(Time(row.created_at)).machine();
    Shown { id: row.id, to: row.recipient, subject: row.subject, at, pieces }
}

/// The HTML as a mail program would show it: its own styles, no scripts, links open in the tab around it.
async fn one_mail(State(desk): State<Desk>, Path(id): Path<Uuid>) -> Response {
    let row: Result<Option<(String,)>> = desk.db.maybe(sql!("SELECT html FROM dev_mail WHERE id = $1", id)).await;
    let policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox allow-top-navigation-by-user-activation";
    match row {
        Ok(Some((html,))) => {
            ([(header::CONTENT_SECURITY_POLICY, policy)], Html(html.replacen("<head>", "<head><base target=\"_top\">", 1))).into_response()
        }
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

#[derive(Deserialize)]
struct Advance {
    advance_seconds: u32,
}

async fn advance(State(desk): State<Desk>, Json(by): Json<Advance>) -> StatusCode {
    desk.clock.advance_seconds(by.advance_seconds.into());
    desk.live.tell(Signal::Letters);
    StatusCode::NO_CONTENT
}
