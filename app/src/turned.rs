//! What is said where no page answers: to somebody who was turned away, or whose page broke ([`server::http::Turned`]).

use crate::{fault::Fault, texts};
use axum::{
    Json,
    response::{Html, IntoResponse},
};
use http::header;
use server::http::{Turned, Words};
use shared::fields::Language;
use std::sync::Arc;

/// Nothing but our own styles.
const POLICY: &str = "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// A page for whoever looks at one, a fault for our own client, a line for anybody else. `css` is the name of the styles' file.
pub(crate) fn words(css: String) -> Words {
    Arc::new(move |turned, l, accept| {
        let fault = fault(turned);
        if accept.contains("text/html") {
            ([(header::CONTENT_SECURITY_POLICY, POLICY)], Html(page(l, &fault, &css))).into_response()
        } else if accept.contains("application/json") {
            Json(fault).into_response()
        } else {
            fault.text(l).into_response()
        }
    })
}

fn fault(turned: &Turned) -> Fault {
    match turned {
        Turned::FromElsewhere => Fault::FromElsewhere,
        Turned::TooLong => Fault::TooLong,
        Turned::Incident(number) => Fault::Incident(number.clone()),
    }
}

/// Without Leptos, which may be what broke. Nothing in it was typed by anybody.
fn page(l: Language, fault: &Fault, css: &str) -> String {
    let (lang, title, text, home) = (l.code(), texts::problem_title(l), fault.text(l), texts::to_home(l));
    format!(
        "<!DOCTYPE html><html lang=\"{lang}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"color-scheme\" content=\"light dark\">\
         <title>{title}</title><link rel=\"stylesheet\" href=\"/pkg/{css}\"></head>\
         <body><div class=\"plain\"><main class=\"plain-card\"><h1>{title}</h1><p>{text}</p><p><a href=\"/\">{home}</a></p></main></div></body></html>"
    )
}
