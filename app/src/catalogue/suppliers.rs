//! `/provider/suppliers` (O2, L5). With `?edit=` of one, its form stands where otherwise the next one is added.

use super::api::{self, CreateSupplier, SaveSupplier};
use crate::{
    forms::FormState,
    language::language,
    load::follow,
    prelude::*,
    texts::{self, catalogue as t},
    ui::*,
};
use leptos_router::hooks::use_query_map;
use shared::{
    FieldName, SupplierId,
    fields::Language,
    products::{SupplierForm, SupplierRow},
};

#[component]
pub(crate) fn SuppliersPage() -> impl IntoView {
    let create = ServerAction::<CreateSupplier>::new();
    let save = ServerAction::<SaveSupplier>::new();
    follow(
        || (),
        move || {
            create.version().track();
            save.version().track();
        },
        |()| api::list_suppliers(),
        move |suppliers| view! { <SuppliersContent suppliers create save/> }.into_any(),
    )
}

#[component]
fn SuppliersContent(
    suppliers: Signal<Vec<SupplierRow>>,
    create: ServerAction<CreateSupplier>,
    save: ServerAction<SaveSupplier>,
) -> impl IntoView {
    let l = language();
    let query = use_query_map();
    let edited = Memo::new(move |_| {
        let id: SupplierId = query.read().get("edit")?.parse().ok()?;
        suppliers.read().iter().find(|supplier| supplier.id == id).cloned()
    });
    // What one form was refused must not stand beside the other.
    let mut shown = edited.get_untracked();
    effect(move || {
        let now = edited.get();
        if now != shown {
            shown = now;
            create.clear();
            save.clear();
        }
    });
    let forms = [FormState::of(create), FormState::of(save)];
    let errors = Signal::derive(move || forms.iter().flat_map(|form| form.errors().get()).collect::<Vec<_>>());
    let title = move || if errors.read().is_empty() { t::suppliers(l).to_owned() } else { texts::error_prefix(l, t::suppliers(l)) };
    let is_empty = Memo::new(move |_| suppliers.read().is_empty());
    let actions = move || {
        let report =
            move || (!is_empty.get()).then(|| view! { <LinkButton href="/provider/suppliers/report">{t::to_report(l)}</LinkButton> });
        view! { {report} }
    };
    view! {
        <Title text=title/>
        <PageHeader title=t::suppliers(l) lead=t::suppliers_lead(l) actions/>
        <ErrorSummary title=texts::error_title(l) errors/>
        <DoneNotice errors/>
        {move || if is_empty.get() {
            view! { <EmptyState title=t::no_suppliers_title(l) text=t::no_suppliers_text(l) glyph=Glyph::Building/> }.into_any()
        } else {
            suppliers_table(l, &suppliers.read())
        }}
        {move || match edited.get() {
            Some(supplier) => view! { <EditCard supplier action=save/> }.into_any(),
            None => view! { <AddCard action=create/> }.into_any(),
        }}
    }
}

#[component]
fn DoneNotice(errors: Signal<Vec<(String, String)>>) -> impl IntoView {
    let l = language();
    let query = use_query_map();
    move || {
        let text = match query.read().get("notice").filter(|_| errors.read().is_empty()).as_deref()? {
            "created" => t::supplier_created(l),
            "saved" => t::saved(l),
            _ => return None,
        };
        Some(view! { <Notice tone=Tone::Success>{text}</Notice> })
    }
}

fn suppliers_table(l: Language, suppliers: &[SupplierRow]) -> AnyView {
    let head = move || {
        view! {
            <Header label=t::supplier_name(l)/>
            <Header label=t::email(l)/>
            <Header label=t::products(l) numeric=true/>
            <Header label=t::people_to_report(l) numeric=true/>
            <Header label=t::edit(l) hidden=true/>
        }
    };
    let rows = suppliers.iter().cloned().map(|supplier| supplier_row(l, supplier)).collect_view();
    view! { <Card flush=true><DataTable label=t::suppliers(l) head>{rows}</DataTable></Card> }.into_any()
}

fn supplier_row(l: Language, supplier: SupplierRow) -> impl IntoView + use<> {
    let SupplierRow { id, name, email, products, people } = supplier;
    let people = match people {
        0 => view! { <span class="muted">"0"</span> }.into_any(),
        people => view! { <a href=format!("/provider/suppliers/report?supplier={id}")>{people}</a> }.into_any(),
    };
    let edit = t::edit_supplier(l, &name);
    view! {
        <tr>
            <th scope="row">{name}</th>
            <Cell label=t::email(l) breaks=true>{email}</Cell>
            <Cell label=t::products(l) numeric=true>{products}</Cell>
            <Cell label=t::people_to_report(l) numeric=true>{people}</Cell>
            <Cell label=t::edit(l) actions=true>
                <LinkButton href=format!("/provider/suppliers?edit={id}#supplier") small=true attr:aria-label=edit>{t::edit(l)}</LinkButton>
            </Cell>
        </tr>
    }
}

#[component]
fn AddCard(action: ServerAction<CreateSupplier>) -> impl IntoView {
    let l = language();
    let form = FormState::of(action);
    let name = RwSignal::new(form.kept(FieldName::SupplierName).unwrap_or_default());
    let email = RwSignal::new(form.kept(FieldName::Email).unwrap_or_default());
    // The form stays on the page, for the next one.
    effect(move || {
        if action.value().with(|answer| matches!(answer, Some(Ok(())))) {
            name.set(String::new());
            email.set(String::new());
        }
    });
    view! {
        <Card id="supplier" title=t::add_supplier(l)>
            <ActionForm action attr:novalidate=true attr:class="form">
                <SupplierFields form name email/>
                <div class="form-actions"><Button kind=Kind::Secondary pending=form.pending>{t::add_supplier(l)}</Button></div>
            </ActionForm>
        </Card>
    }
}

#[component]
fn EditCard(supplier: SupplierRow, action: ServerAction<SaveSupplier>) -> impl IntoView {
    let l = language();
    let form = FormState::of(action);
    let start = SupplierForm { supplier_name: supplier.name.clone(), email: supplier.email };
    let name = RwSignal::new(form.kept(FieldName::SupplierName).unwrap_or(start.supplier_name));
    let email = RwSignal::new(form.kept(FieldName::Email).unwrap_or(start.email));
    view! {
        <Card id="supplier" title=t::edit_supplier(l, &supplier.name)>
            <ActionForm action attr:novalidate=true attr:class="form">
                <input type="hidden" name="id" value=supplier.id.to_string()/>
                <SupplierFields form name email/>
                <div class="form-actions">
                    <Button pending=form.pending>{t::save(l)}</Button>
                    <LinkButton href="/provider/suppliers" kind=Kind::Quiet>{t::cancel(l)}</LinkButton>
                </div>
            </ActionForm>
        </Card>
    }
}

#[component]
fn SupplierFields(form: FormState, name: RwSignal<String>, email: RwSignal<String>) -> impl IntoView {
    let l = language();
    view! {
        <TextField
            name=FieldName::SupplierName.html()
            label=t::supplier_name(l)
            bind=name
            error=form.error(FieldName::SupplierName)
            autocomplete="off"
            required=true
        />
        <TextField
            name=FieldName::Email.html()
            label=t::email(l)
            optional_word=texts::optional(l)
            kind="email"
            hint=t::email_hint(l)
            bind=email
            error=form.error(FieldName::Email)
            autocomplete="off"
        />
    }
}
