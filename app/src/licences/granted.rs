//! A company's licences at the provider's desk: a card on its page, and `/provider/companies/{number}/licences/{id}`, where staff change the terms
//! (L1, O1).

use super::{
    api::{self, GrantedLicence, SaveGranted},
    fields::TermsFields,
    licence::{licence_of_page, no_such_licence},
    shown,
};
use crate::{
    forms::FormState,
    home::company_number,
    language::language,
    load::follow,
    prelude::*,
    texts::{self, licences as t, users as u},
    ui::*,
};
use leptos_router::hooks::use_query_map;
use shared::{
    CompanyNumber, LicenceId,
    fields::Language,
    licences::{GrantedRow, LicenceForm},
};

#[component]
pub(crate) fn GrantedCard(company: CompanyNumber, licences: Memo<Vec<GrantedRow>>) -> impl IntoView {
    let l = language();
    let new = format!("/provider/companies/{company}/licences/new");
    let actions = move || view! { <LinkButton href=new small=true glyph=Glyph::Plus>{t::add_licence(l)}</LinkButton> };
    view! {
        <Card id="licences" title=t::licences(l) flush=true actions>
            {move || {
                let licences = licences.get();
                if licences.is_empty() {
                    view! { <EmptyState title=t::none_granted_title(l) text=t::none_granted_text(l) glyph=Glyph::Key/> }.into_any()
                } else {
                    table(l, company, licences)
                }
            }}
        </Card>
    }
}

fn table(l: Language, company: CompanyNumber, licences: Vec<GrantedRow>) -> AnyView {
    let head = move || {
        view! {
            <Header label=t::product(l)/>
            <Header label=t::seats(l)/>
            <Header label=t::valid_from(l)/>
            <Header label=t::valid_until(l)/>
            <Header label=t::company_wide(l)/>
        }
    };
    let row = move |row: GrantedRow| {
        let href = format!("/provider/companies/{company}/licences/{}", row.id);
        view! {
            <tr>
                <th scope="row"><a href=href>{row.product}</a> " " {shown::external(l, &row.terms)}</th>
                <Cell label=t::seats(l)>{shown::seats(l, row.terms.seats, row.used)}</Cell>
                <Cell label=t::valid_from(l)><span class="nowrap">{row.terms.from.date(l)}</span></Cell>
                <Cell label=t::valid_until(l)>{shown::valid_until(l, &row.terms)}</Cell>
                <Cell label=t::company_wide(l)>{company_wide(l, row.terms.company_wide_permitted, row.company_wide)}</Cell>
            </tr>
        }
    };
    view! { <DataTable label=t::licences(l) head>{licences.into_iter().map(row).collect_view()}</DataTable> }.into_any()
}

/// What staff permit, and what the company made of it.
const fn company_wide(l: Language, permitted: bool, on: bool) -> &'static str {
    match (permitted, on) {
        (_, true) => t::switched_on(l),
        (true, false) => t::permitted(l),
        (false, false) => t::not_permitted(l),
    }
}

#[component]
pub(crate) fn GrantedPage() -> impl IntoView {
    let number = company_number();
    let id = licence_of_page();
    let action = ServerAction::<SaveGranted>::new();
    follow(
        move || (number.get(), id.get()),
        move || action.version().track(),
        |(number, id)| async move {
            match id {
                Some(id) => api::read_granted(number, id).await,
                None => Err(no_such_licence()),
            }
        },
        move |granted| view! { <GrantedContent granted action/> }.into_any(),
    )
}

#[component]
fn GrantedContent(granted: Signal<GrantedLicence>, action: ServerAction<SaveGranted>) -> impl IntoView {
    let l = language();
    let form = FormState::of(action);
    let GrantedLicence { company, company_name, licence } = granted.get_untracked();
    // Drawn anew only when somebody changed just that.
    let start = Memo::new(move |_| start(&granted.read().licence));
    let id = licence.id;
    view! {
        <Title text=form.title_of(licence.product.clone())/>
        <PageHeader
            title=licence.product
            back_label=company_name
            back_href=format!("/provider/companies/{company}")
            beside=move || move || shown::validity_badge(l, granted.read().licence.terms.validity)
        />
        <ErrorSummary title=texts::error_title(l) errors=form.errors()/>
        <DoneNotice/>
        <div class="columns">
            <Card id="terms" title=t::terms(l)>
                {move || view! { <TermsForm company id start=start.get() action/> }}
            </Card>
            <Card id="use" title=t::in_use(l)>{move || in_use(l, &granted.read().licence)}</Card>
        </div>
    }
}

/// What the form begins with.
fn start(licence: &GrantedRow) -> LicenceForm {
    let terms = licence.terms;
    let ticked = |on: bool| on.then(|| "on".to_owned());
    LicenceForm {
        product: licence.product_id.to_string(),
        valid_from: terms.from.machine_date(),
        valid_until: terms.until.machine_date(),
        seats: terms.seats.map(|seats| seats.to_string()).unwrap_or_default(),
        company_wide_permitted: ticked(terms.company_wide_permitted),
        external: ticked(terms.external),
    }
}

#[component]
fn TermsForm(company: CompanyNumber, id: LicenceId, start: LicenceForm, action: ServerAction<SaveGranted>) -> impl IntoView {
    let l = language();
    let form = FormState::of(action);
    let back = format!("/provider/companies/{company}");
    view! {
        <ActionForm action attr:novalidate=true attr:class="form">
            <input type="hidden" name="number" value=company.0/>
            <input type="hidden" name="id" value=id.to_string()/>
            <TermsFields form start/>
            <div class="form-actions">
                <Button pending=form.pending>{t::save(l)}</Button>
                <LinkButton href=back kind=Kind::Quiet>{u::cancel(l)}</LinkButton>
            </div>
        </ActionForm>
    }
}

fn in_use(l: Language, licence: &GrantedRow) -> AnyView {
    let items = vec![fact(t::company_wide(l), company_wide(l, licence.terms.company_wide_permitted, licence.company_wide))];
    let everybody = licence.company_wide.then(|| view! { <p class="muted small">{t::unpermit_text(l)}</p> });
    view! {
        <div class="stack">
            {shown::seats(l, licence.terms.seats, licence.used)}
            <Facts items/>
            <p class="muted small">{t::fewer_seats_text(l)}</p>
            {everybody}
        </div>
    }
    .into_any()
}

/// What was just done. Only the names of what can be done are read from the address.
#[component]
fn DoneNotice() -> impl IntoView {
    let l = language();
    let query = use_query_map();
    move || {
        let text = match query.read().get("notice").as_deref()? {
            "granted" => t::granted(l),
            "saved" => t::terms_saved(l),
            _ => return None,
        };
        Some(view! { <Notice tone=Tone::Success>{text}</Notice> })
    }
}
