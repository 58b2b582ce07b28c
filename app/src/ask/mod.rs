//! Asking the server. Leptos would generate the whole way there and back anew for every server function, resource and form, and that was half of
//! what browsers loaded. Here the way is built once; only arguments, answers and their views differ.
//!
//! [`crate::prelude`] puts these in the place of Leptos' own, under the same names.

mod action;
#[cfg(not(feature = "ssr"))]
mod browser;
mod resource;

pub(crate) use action::{ActionForm, Sending, ServerAction, filled_in, forget_earlier_answers};
pub(crate) use resource::{Answer, BoxedFuture, ErasedResource, Resource};

use crate::fault::Fault;
use http::Method;
use leptos::server_fn::{
    Http, Protocol,
    client::Client,
    codec::{Json, PostUrl},
    server::Server,
};
use serde::{Serialize, de::DeserializeOwned};

/// How every server function is asked: what goes there is an ordinary form, what comes back is JSON.
pub struct AsForm;

type Plain = Http<PostUrl, Json>;

impl<Args, Ok, C, S> Protocol<Args, Ok, C, S, Fault> for AsForm
where
    Plain: Protocol<Args, Ok, C, S, Fault>,
    Args: Serialize + Send,
    Ok: DeserializeOwned + Send,
    C: Client<Fault>,
    S: Server<Fault>,
{
    const METHOD: Method = Method::POST;

    async fn run_server<F, Fut>(request: S::Request, body: F) -> Result<S::Response, Fault>
    where
        F: Fn(Args) -> Fut + Send,
        Fut: Future<Output = Result<Ok, Fault>> + Send,
    {
        Plain::run_server(request, body).await
    }

    #[cfg(feature = "ssr")]
    async fn run_client(path: &str, args: Args) -> Result<Ok, Fault> {
        Plain::run_client(path, args).await
    }

    #[cfg(not(feature = "ssr"))]
    async fn run_client(path: &str, args: Args) -> Result<Ok, Fault> {
        let form = serde_qs::to_string(&args).map_err(|_| Fault::Malformed)?;
        read(&browser::post(path.to_owned(), form).await?)
    }
}

/// The one way that anything is read: reading bytes as well as text would generate it all twice.
pub(crate) fn read<T: DeserializeOwned>(json: &str) -> Result<T, Fault> {
    serde_json::from_str(json).map_err(|_| Fault::Malformed)
}
