//! The request itself.

use super::{BoxedFuture, read};
use crate::fault::Fault;
use gloo_net::http::{Request, Response};
use leptos::{
    __reexports::send_wrapper::SendWrapper,
    prelude::window,
    server_fn::redirect::{REDIRECT_HEADER, call_redirect_hook},
};

/// Posts a form, and brings the answer's text. An answer that leads elsewhere leads there.
pub(super) fn post(path: String, form: String) -> BoxedFuture<Result<String, Fault>> {
    Box::pin(SendWrapper::new(async move {
        let request = Request::post(&path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "application/json")
            .body(form)
            .map_err(|_| Fault::Malformed)?;
        let answer = request.send().await.map_err(|_| Fault::Offline)?;
        let text = answer.text().await.map_err(|_| Fault::Offline)?;
        if !answer.ok() {
            return Err(read(&text).unwrap_or(not_ours(answer.status())));
        }
        if answer.headers().get(REDIRECT_HEADER).is_some() {
            let target = location(&answer);
            let leads_away = !leads_here(&target);
            call_redirect_hook(&target);
            // Until the other page is there the form is still on its way, and can't be sent again.
            if leads_away {
                std::future::pending::<()>().await;
            }
        }
        Ok(text)
    }))
}

/// What is no answer of ours comes from a proxy, which does not reach us or lets nothing so long through.
const fn not_ours(status: u16) -> Fault {
    match status {
        413 => Fault::TooLong,
        500.. => Fault::Offline,
        _ => Fault::Malformed,
    }
}

fn leads_here(target: &str) -> bool {
    let path = |url: &str| url.split(['?', '#']).next().map(str::to_owned);
    let here = window().location().pathname().ok();
    let target = target.strip_prefix(&window().location().origin().unwrap_or_default()).unwrap_or(target);
    path(target) == here
}

fn location(answer: &Response) -> String {
    answer.headers().get("Location").unwrap_or_else(|| answer.url())
}
