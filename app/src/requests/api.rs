//! Server functions.
#![expect(clippy::too_many_arguments, reason = "one for each field of a form")]

use crate::{fault::Fault, prelude::*};
use serde::{Deserialize, Serialize};
use shared::{
    CompanyNumber, DocumentId, LicenceId, ProductId, RequestId,
    requests::{Queue, RequestsPage, RequestsQuery, ToConfirmPage},
};

#[server(prefix = "/api", endpoint = "list_requests", protocol = AsForm)]
pub async fn list_requests(company: CompanyNumber, #[server(default)] query: RequestsQuery) -> Result<RequestsPage, Fault> {
    use crate::session;
    let member = session::member(company).await?;
    Ok(server::requests::list(&session::desk(), &member, &query).await?)
}

/// R1: how many are open, in both queues.
#[server(prefix = "/api", endpoint = "count_requests", protocol = AsForm)]
pub async fn count_requests(company: CompanyNumber) -> Result<u32, Fault> {
    use crate::session;
    let administrator = session::administrator(company).await?;
    Ok(server::requests::count(&session::desk(), &administrator).await?)
}

/// R1. `back`, here and below, is one of the words of [`super::query::way_back`].
#[server(prefix = "/api", endpoint = "ask_licence", protocol = AsForm)]
pub async fn ask_licence(
    company: CompanyNumber,
    licence: LicenceId,
    #[server(default)] reason: String,
    #[server(default)] back: String,
) -> Result<(), Fault> {
    use crate::session;
    let member = session::member(company).await?;
    let id = server::requests::ask_licence(&session::desk(), &member, licence, &reason).await?;
    go_back(company, &back, "sent", 1, Some(id));
    Ok(())
}

/// R8.
#[server(prefix = "/api", endpoint = "ask_standard", protocol = AsForm)]
pub async fn ask_standard(company: CompanyNumber, document: DocumentId, #[server(default)] reason: String) -> Result<(), Fault> {
    use crate::session;
    let member = session::member(company).await?;
    let id = server::requests::ask_standard(&session::desk(), &member, document, &reason).await?;
    go_back(company, &format!("document:{document}"), "sent", 1, Some(id));
    Ok(())
}

/// R4.
#[server(prefix = "/api", endpoint = "withdraw_request", protocol = AsForm)]
pub async fn withdraw_request(company: CompanyNumber, id: RequestId, #[server(default)] back: String) -> Result<(), Fault> {
    use crate::session;
    let member = session::member(company).await?;
    server::requests::withdraw(&session::desk(), &member, id).await?;
    go_back(company, &back, "withdrawn", 1, Some(id));
    Ok(())
}

/// What an administrator decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Accept,
    Decline,
}

impl Verdict {
    /// The value of its button.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Decline => "decline",
        }
    }
}

/// R2, R3: one or many: those with these ids, or, with `all`, everything that is open in the queue, up to the newest that the page knew: without that
/// nobody has seen what they would decide. `expected` is how many that were (R5). The choice is the one answer to all that are accepted, where they are
/// for documents (R8); the reason is a decline's.
#[server(prefix = "/api", endpoint = "decide_requests", protocol = AsForm)]
pub async fn decide_requests(
    company: CompanyNumber,
    what: Verdict,
    #[server(default)] ids: Vec<RequestId>,
    #[server(default)] all: String,
    #[server(default)] newest: Option<RequestId>,
    #[server(default)] expected: Option<u32>,
    #[server(default)] queue: Queue,
    #[server(default)] choice: String,
    #[server(default)] reason: String,
    #[server(default)] back: String,
) -> Result<(), Fault> {
    use crate::session;
    use shared::{
        Refusal,
        requests::{Answer, Chosen, Decision},
    };
    let (desk, administrator) = (session::desk(), session::administrator(company).await?);
    let (decision, notice) = match (what, queue) {
        (Verdict::Accept, Queue::Licences) => (Decision::Accept, "accepted"),
        (Verdict::Accept, Queue::Documents) => match Answer::parse(&choice)? {
            answer @ Answer::Licence(_) => (Decision::Answer(answer), "accepted"),
            answer @ Answer::Collection(_) => (Decision::Answer(answer), "forwarded"),
        },
        (Verdict::Decline, _) => (Decision::Decline { reason: shared::requests::reason(&reason)? }, "declined"),
    };
    let only = if let ([id], "") = (ids.as_slice(), all.as_str()) { Some(*id) } else { None };
    let chosen = match newest {
        _ if all != "on" => Chosen::These(ids),
        Some(newest) => Chosen::AllOpen { queue, newest, expected },
        None => return Err(Refusal::NoRequestChosen.into()),
    };
    let done = server::requests::decide(&desk, &administrator, &decision, &chosen).await?;
    go_back(company, &back, notice, done, only);
    Ok(())
}

/// R3.
#[server(prefix = "/api", endpoint = "undo_decision", protocol = AsForm)]
pub async fn undo_decision(company: CompanyNumber, id: RequestId, #[server(default)] back: String) -> Result<(), Fault> {
    use crate::session;
    let administrator = session::administrator(company).await?;
    server::requests::undo(&session::desk(), &administrator, id).await?;
    go_back(company, &back, "undone", 1, Some(id));
    Ok(())
}

/// R8: which licence is given, or which collection it should be in.
#[server(prefix = "/api", endpoint = "answer_standard", protocol = AsForm)]
pub async fn answer_standard(company: CompanyNumber, id: RequestId, #[server(default)] choice: String) -> Result<(), Fault> {
    use crate::session;
    let administrator = session::administrator(company).await?;
    server::requests::answer_standard(&session::desk(), &administrator, id, &choice).await?;
    let notice = if choice.starts_with("collection:") { "forwarded" } else { "accepted" };
    go_back(company, Queue::Documents.key(), notice, 1, Some(id));
    Ok(())
}

/// R8: what staff have to confirm; the page is from 1.
#[server(prefix = "/api", endpoint = "list_standards", protocol = AsForm)]
pub async fn list_standards(#[server(default)] page: u32) -> Result<ToConfirmPage, Fault> {
    use crate::session;
    let staff = session::staff().await?;
    Ok(server::requests::to_confirm(&session::desk(), &staff, page).await?)
}

/// R8. `confirmed` is `yes` or `no`; the reason is a decline's.
#[server(prefix = "/api", endpoint = "conclude_standard", protocol = AsForm)]
pub async fn conclude_standard(
    id: RequestId,
    product: ProductId,
    confirmed: String,
    #[server(default)] reason: String,
) -> Result<(), Fault> {
    use crate::session;
    let staff = session::staff().await?;
    let confirmed = confirmed == "yes";
    server::requests::conclude_standard(&session::desk(), &staff, id, product, confirmed, &reason).await?;
    let notice = if confirmed { "confirmed" } else { "declined" };
    leptos_axum::redirect(&format!("/provider/requests?notice={notice}"));
    Ok(())
}

#[cfg(feature = "ssr")]
fn go_back(company: CompanyNumber, back: &str, notice: &str, count: u32, id: Option<RequestId>) {
    let path = super::query::way_back(company, back);
    let more = if path.contains('?') { '&' } else { '?' };
    let id = id.map(|id| format!("&id={id}")).unwrap_or_default();
    leptos_axum::redirect(&format!("{path}{more}notice={notice}&count={count}{id}"));
}
