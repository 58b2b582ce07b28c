//! `/company/{number}/documents/{id}/read`: a document that was opened (R8). The file itself is the provider's to deliver.

use super::{
    api,
    page::{document_id, facts, no_such_document},
};
use crate::{home::company_number, language::language, live, load::follow, prelude::*, shell, texts::documents as t, ui::*};
use shared::{documents::DocumentPage, live::Room};

#[component]
pub(crate) fn ReadPage() -> impl IntoView {
    let number = company_number();
    let id = document_id();
    let changes = live::changes(number, Room::Licences);
    follow(
        move || (number.get(), id.get()),
        // When access ends, the page does.
        move || changes.track(),
        |(number, id)| async move {
            match id {
                Some(id) => api::read_open_document(number, id).await,
                None => no_such_document(),
            }
        },
        move |page| view! { <ReadContent page/> }.into_any(),
    )
}

#[component]
fn ReadContent(page: Signal<DocumentPage>) -> impl IntoView {
    let l = language();
    let first = page.get_untracked();
    let number = first.document.number.clone();
    let back = format!("/company/{}/documents/{}", first.company, first.document.id);
    view! {
        <Title text=first.document.title.clone()/>
        <PageHeader title=first.document.title lead=t::opened_lead(l, &number) back_label=t::back_to(l, &number) back_href=back/>
        <Notice still=true>{t::delivered(l, &shell::provider_name())}</Notice>
        <Card id="document" title=t::document(l)>{move || page.with(|page| facts(l, page))}</Card>
    }
}
