//! The request itself.

use super::{BoxedFuture, read};
use crate::fault::Fault;
use gloo_net::http::{Request, Response};
use leptos::{
    __reexports::send_wrapper::SendWrapper,
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
            return Err(read(&text).unwrap_or_else(|fault| fault));
        }
        if answer.headers().get(REDIRECT_HEADER).is_some() {
            call_redirect_hook(&location(&answer));
        }
        Ok(text)
    }))
}

fn location(answer: &Response) -> String {
    answer.headers().get("Location").unwrap_or_else(|| answer.url())
}
