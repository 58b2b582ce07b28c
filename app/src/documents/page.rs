//! `/company/{number}/documents/{id}`: what a document is, and whether and why somebody may open it, or the one next step (R8).

use super::{
    api::{self, OpenDocument},
    ask::{AskLicences, AskStandardForm, Deeds},
    list::status_badge,
};
use crate::{
    fault::Fault,
    forms::FormState,
    home::company_number,
    language::language,
    live,
    load::follow,
    prelude::*,
    texts::{self, documents as t},
    ui::*,
};
use leptos_router::hooks::{use_params_map, use_query_map};
use shared::{
    CompanyNumber, DocumentId, Refusal, documents,
    documents::{Held, Next},
    fields::Language,
    licences::Way,
    live::Room,
};

#[component]
pub(crate) fn DocumentPage() -> impl IntoView {
    let number = company_number();
    let id = document_id();
    let (licences, requests) = (live::changes(number, Room::Licences), live::changes(number, Room::Requests));
    let deeds = Deeds::new();
    follow(
        move || (number.get(), id.get()),
        move || {
            licences.track();
            requests.track();
            deeds.answers();
        },
        |(number, id)| async move {
            match id {
                Some(id) => api::read_document(number, id).await,
                None => no_such_document(),
            }
        },
        move |page| view! { <DocumentContent page deeds/> }.into_any(),
    )
}

/// The id in the address of a document's pages.
pub(super) fn document_id() -> Memo<Option<DocumentId>> {
    let params = use_params_map();
    Memo::new(move |_| params.read().get("id").and_then(|id| id.parse().ok()))
}

pub(super) fn no_such_document<T>() -> Result<T, Fault> {
    #[cfg(feature = "ssr")]
    Fault::NotFound.set_status();
    Err(Fault::NotFound)
}

#[component]
fn DocumentContent(page: Signal<documents::DocumentPage>, deeds: Deeds) -> impl IntoView {
    let l = language();
    let (company, id) = page.with_untracked(|page| (page.company, page.document.id));
    let errors = deeds.errors();
    let number = Memo::new(move |_| page.read().document.number.clone());
    let title = move || if errors.read().is_empty() { number.get() } else { texts::error_prefix(l, &number.read()) };
    // Drawn anew only when just that changed: what is being typed stays.
    let step = Memo::new(move |_| page.with(|page| (page.next.clone(), page.held.clone(), page.request_text.clone())));
    view! {
        <Title text=title/>
        <PageHeader
            title=number
            lead=Signal::derive(move || Some(page.read().document.title.clone()))
            back_label=t::title(l)
            back_href=format!("/company/{company}/documents")
        />
        <ErrorSummary title=texts::error_title(l) errors/>
        <SentNotice errors/>
        <div class="columns">
            <Card id="document" title=t::document(l)>{move || page.with(|page| facts(l, page))}</Card>
            <Card id="reading" title=t::reading(l)>
                <div class="stack">
                    {move || {
                        let (next, held, request_text) = step.get();
                        view! {
                            {in_vain(l, &next, &held)}
                            {next_step(company, id, next, request_text, deeds)}
                        }
                    }}
                </div>
            </Card>
        </div>
    }
}

pub(super) fn facts(l: Language, page: &documents::DocumentPage) -> AnyView {
    let document = &page.document;
    let collections = if page.collections.is_empty() { t::in_no_collection(l).to_owned() } else { page.collections.join(", ") };
    let mut items = vec![
        fact(t::number(l), document.number.clone()),
        fact(t::document_title(l), document.title.clone()),
        fact(t::language(l), t::language_name(l, &document.language)),
        fact(t::status(l), status_badge(l, document.status)),
        fact(t::collections(l), collections),
    ];
    items.extend(page.opened.map(|moment| fact(t::last_opened(l), moment.date_and_time(l))));
    view! { <Facts items/> }.into_any()
}

/// L6: before the way on. Who may open it by another licence needs not know.
fn in_vain(l: Language, next: &Next, held: &[Held]) -> Vec<AnyView> {
    let held = if matches!(next, Next::Open { .. }) { &[] } else { held };
    held.iter().filter_map(|held| t::why_in_vain(l, held)).map(|why| view! { <p>{why}</p> }.into_any()).collect()
}

fn next_step(company: CompanyNumber, id: DocumentId, next: Next, request_text: String, deeds: Deeds) -> AnyView {
    match next {
        Next::Open { product, way, .. } => view! { <OpenForm company id product way action=deeds.open/> }.into_any(),
        Next::AskLicence(offers) => view! { <AskLicences company id offers request_text deeds/> }.into_any(),
        Next::AskStandard => view! { <AskStandardForm company id request_text deeds/> }.into_any(),
        Next::NotNow(why) => view! { <NotNow company why/> }.into_any(),
    }
}

#[component]
fn OpenForm(company: CompanyNumber, id: DocumentId, product: String, way: Way, action: ServerAction<OpenDocument>) -> impl IntoView {
    let l = language();
    let form = FormState::of(action);
    view! {
        <p>{t::why_open(l, &product, way)}</p>
        <ActionForm action>
            <input type="hidden" name="company" value=company.0/>
            <input type="hidden" name="id" value=id.0/>
            <Button glyph=Glyph::File pending=form.pending>{t::open(l)}</Button>
        </ActionForm>
    }
}

#[component]
fn NotNow(company: CompanyNumber, why: Refusal) -> impl IntoView {
    let l = language();
    let requests = format!("/company/{company}/requests/documents");
    view! {
        <p>{texts::of_refusal(l, &why)}</p>
        <p><a href=requests>{t::to_requests(l)}</a></p>
    }
}

/// What was just done. Only its name is read from the address.
#[component]
fn SentNotice(errors: Signal<Vec<(String, String)>>) -> impl IntoView {
    let l = language();
    let query = use_query_map();
    let sent = move || query.read().get("notice").as_deref() == Some("sent") && errors.read().is_empty();
    move || sent().then(|| view! { <Notice tone=Tone::Success>{t::asked(l)}</Notice> })
}
