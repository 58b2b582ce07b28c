//! What the browser gets when something went wrong: a refusal to put into words, or the number of an incident that the log explains.

use crate::texts;
use serde::{Deserialize, Serialize};
use server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use shared::{Refusal, fields::Language};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fault {
    /// A rule said no.
    Refused(Refusal),
    /// It isn't there, or isn't theirs: the two look alike.
    NotFound,
    /// What was sent is no form of ours.
    Malformed,
    /// It changes something, and was not sent from our own pages.
    FromElsewhere,
    /// More than the server reads of anybody.
    TooLong,
    /// The server could not be reached.
    Offline,
    /// Something broke; the log has this number.
    Incident(String),
}

impl Fault {
    #[must_use]
    pub fn text(&self, l: Language) -> String {
        match self {
            Self::Refused(refusal) => texts::of_refusal(l, refusal),
            Self::NotFound => texts::not_found_text(l).to_owned(),
            Self::Malformed => texts::malformed(l).to_owned(),
            Self::FromElsewhere => texts::from_elsewhere(l).to_owned(),
            Self::TooLong => texts::too_long(l).to_owned(),
            Self::Offline => texts::offline(l).to_owned(),
            Self::Incident(number) => texts::incident(l, number),
        }
    }
}

impl FromServerFnError for Fault {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        let fault = match error {
            ServerFnErrorErr::Request(_) => Self::Offline,
            ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_)
            | ServerFnErrorErr::Serialization(_)
            | ServerFnErrorErr::Deserialization(_) => Self::Malformed,
            broken @ (ServerFnErrorErr::Registration(_)
            | ServerFnErrorErr::UnsupportedRequestMethod(_)
            | ServerFnErrorErr::ServerError(_)
            | ServerFnErrorErr::MiddlewareError(_)
            | ServerFnErrorErr::Response(_)) => Self::broken(&broken),
        };
        #[cfg(feature = "ssr")]
        fault.set_status();
        fault
    }
}

#[cfg(not(feature = "ssr"))]
impl Fault {
    /// In the browser there is no log to look into.
    fn broken(_error: &ServerFnErrorErr) -> Self {
        Self::Offline
    }
}

#[cfg(feature = "ssr")]
mod on_the_server {
    use super::Fault;
    use http::StatusCode;
    use leptos::prelude::use_context;
    use leptos_axum::ResponseOptions;
    use server_fn::error::ServerFnErrorErr;
    use shared::{Refusal, refusal::LinkState};

    impl Fault {
        /// The answer's status, of a server function and of the page that called it alike.
        pub(crate) fn set_status(&self) {
            if let Some(response) = use_context::<ResponseOptions>() {
                response.set_status(self.status());
            }
        }

        pub(super) fn broken(error: &ServerFnErrorErr) -> Self {
            Self::Incident(incident(error))
        }

        /// For questions that may go without an answer.
        pub(crate) fn unless_refused<T>(answer: server::Result<T>) -> Result<Option<T>, Self> {
            match answer {
                Ok(answer) => Ok(Some(answer)),
                Err(server::Error::Refused(_)) => Ok(None),
                Err(broken) => Err(broken.into()),
            }
        }

        fn status(&self) -> StatusCode {
            match self {
                Self::Refused(Refusal::SignedOut) => StatusCode::UNAUTHORIZED,
                Self::Refused(Refusal::NotAllowed) => StatusCode::FORBIDDEN,
                Self::Refused(Refusal::Busy) => StatusCode::TOO_MANY_REQUESTS,
                Self::Refused(Refusal::Link(LinkState::Unknown)) | Self::NotFound => StatusCode::NOT_FOUND,
                Self::Refused(Refusal::Link(_)) => StatusCode::GONE,
                Self::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
                Self::Malformed => StatusCode::BAD_REQUEST,
                Self::FromElsewhere => StatusCode::FORBIDDEN,
                Self::TooLong => StatusCode::PAYLOAD_TOO_LARGE,
                Self::Offline | Self::Incident(_) => StatusCode::INTERNAL_SERVER_ERROR,
            }
        }
    }

    impl From<Refusal> for Fault {
        fn from(refusal: Refusal) -> Self {
            let fault = Self::Refused(refusal);
            fault.set_status();
            fault
        }
    }

    impl From<server::Error> for Fault {
        fn from(error: server::Error) -> Self {
            let fault = match error {
                server::Error::Refused(refusal) => Self::Refused(refusal),
                server::Error::NotFound => Self::NotFound,
                broken => Self::Incident(incident(&broken)),
            };
            fault.set_status();
            fault
        }
    }

    /// Every question has a desk in its context; without one there is no number, and the log has it all the same.
    fn incident(error: &impl std::fmt::Display) -> String {
        let Some(desk) = use_context::<server::Desk>() else {
            tracing::error!(%error, "incident");
            return String::new();
        };
        desk.incident(error)
    }
}
