//! The log: one line a request, without anything personal or secret in it.

use axum::{extract::Request, middleware::Next, response::Response};
use std::time::Instant;
use tracing_subscriber::EnvFilter;

/// Starts the log, on standard error. `RUST_LOG` chooses what goes into it; a command that ends by itself only says what went wrong.
pub fn start(serving: bool) {
    let usual = if serving { "info,sqlx=warn,leptos=warn" } else { "warn" };
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(usual));
    // Fails only when something else logs already, as a test might.
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(false).try_init();
}

pub(super) async fn request(request: Request, next: Next) -> Response {
    let (method, path) = (request.method().clone(), without_tokens(request.uri().path()));
    let start = Instant::now();
    let response = next.run(request).await;
    let status = response.status().as_u16();
    let ms = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
    if path.starts_with("/pkg/") {
        tracing::debug!(%method, path, status, ms);
    } else {
        tracing::info!(%method, path, status, ms);
    }
    response
}

/// Links' tokens are long; ids are not secret and stay, as do our own files. Queries are never written.
fn without_tokens(path: &str) -> String {
    if path.starts_with("/pkg/") {
        return path.to_owned();
    }
    path.split('/').map(|part| if is_token(part) { "…" } else { part }).collect::<Vec<_>>().join("/")
}

fn is_token(part: &str) -> bool {
    const AN_ID: usize = 36;
    part.len() >= 32 && (part.len() != AN_ID || part.parse::<uuid::Uuid>().is_err())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_hidden_and_ids_stay() {
        assert_eq!(without_tokens("/register/complete/AbC_0123456789012345678901234567890123456789-"), "/register/complete/…");
        // As copied from a mail, with the full stop behind it.
        assert_eq!(without_tokens("/reset-password/AbC_0123456789012345678901234567890123456789-."), "/reset-password/…");
        let id = "/company/10001/users/0198c0de-0000-7000-8000-000000000001";
        assert_eq!(without_tokens(id), id);
        assert_eq!(without_tokens("/pkg/balie.0123456789abcdef0123456789abcdef.js"), "/pkg/balie.0123456789abcdef0123456789abcdef.js");
    }
}
