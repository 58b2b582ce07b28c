//! `/provider/requests`: standards that administrators want in a collection (R8).

use super::{
    api::{self, ConcludeStandard},
    deeds::reason_id,
    done::turn,
    row,
};
use crate::{
    forms::{FormState, Question},
    language::language,
    load::follow,
    prelude::*,
    texts::{self, requests as t},
    ui::*,
};
use leptos_router::hooks::use_query_map;
use shared::{
    FieldName,
    fields::Language,
    requests::{ToConfirm, ToConfirmPage},
};

const NOTICE: &str = "done";

#[component]
pub(crate) fn StandardsPage() -> impl IntoView {
    let action = ServerAction::<ConcludeStandard>::new();
    let query = use_query_map();
    // What can't be read counts as not said.
    let page = Memo::new(move |_| query.read().get("page").and_then(|page| page.parse::<u32>().ok()).unwrap_or(1));
    follow(
        move || page.get(),
        move || action.version().track(),
        api::list_standards,
        move |page| view! { <StandardsContent page action/> }.into_any(),
    )
}

#[component]
fn StandardsContent(page: Signal<ToConfirmPage>, action: ServerAction<ConcludeStandard>) -> impl IntoView {
    let l = language();
    let form = FormState::of(action);
    let errors = form.errors();
    let place = move |field: &str| form.sent("id").filter(|_| field == FieldName::Reason.html()).map(reason_id).unwrap_or_default();
    let errors = Signal::derive(move || errors.get().into_iter().map(|(field, message)| (place(&field), message)).collect::<Vec<_>>());
    let list = move || {
        let rows = page.read().rows.clone();
        if rows.is_empty() {
            return view! { <EmptyState title=t::no_standards(l) text=t::no_standards_text(l) glyph=Glyph::File/> }.into_any();
        }
        standards(l, rows, action, form)
    };
    view! {
        <Title text=form.title(t::title(l))/>
        <PageHeader title=t::title(l) lead=t::standards_lead(l)/>
        <ErrorSummary title=texts::error_title(l) errors/>
        <ConcludedNotice form action/>
        {list}
        {move || pager(l, &page.read())}
    }
}

fn pager(l: Language, page: &ToConfirmPage) -> Option<AnyView> {
    turn(l, t::standards_pages(l), page.page, page.pages, page.rows.len(), page.found, &|page| format!("?page={page}"))
}

/// The row with the button is gone by then, so it also takes the focus.
#[component]
fn ConcludedNotice(form: FormState, action: ServerAction<ConcludeStandard>) -> impl IntoView {
    let l = language();
    let query = use_query_map();
    let errors = form.errors();
    let text = Memo::new(move |_| match query.read().get("notice").as_deref() {
        _ if !errors.read().is_empty() => None,
        Some("confirmed") => Some(t::standard_confirmed(l)),
        Some("declined") => Some(t::standard_declined(l)),
        _ => None,
    });
    effect(move || {
        if action.version().get() > 0 {
            dom::close_popovers();
            request_animation_frame(|| dom::focus(NOTICE));
        }
    });
    move || text.get().map(|text| view! { <Notice tone=Tone::Success attr:id=NOTICE attr:tabindex="-1">{text}</Notice> })
}

fn standards(l: Language, rows: Vec<ToConfirm>, action: ServerAction<ConcludeStandard>, form: FormState) -> AnyView {
    let head = move || {
        view! {
            <Header label=t::standard(l)/>
            <Header label=t::collection(l)/>
            <Header label=texts::company(l)/>
            <Header label=t::when(l)/>
            <Header label=t::deeds(l) hidden=true/>
        }
    };
    let dialogs = rows.iter().map(|row| decline_dialog(l, row, action, form)).collect_view();
    view! {
        <Card flush=true>
            <DataTable label=t::standards(l) head>
                {rows.into_iter().map(|row| standard(l, row, action, form)).collect_view()}
            </DataTable>
        </Card>
        {dialogs}
    }
    .into_any()
}

fn standard(l: Language, row: ToConfirm, action: ServerAction<ConcludeStandard>, form: FormState) -> AnyView {
    let company = format!("/provider/companies/{}", row.company);
    let name = format!("standard-{}", row.id);
    let (confirmed, declined) = (name.clone(), name.clone());
    view! {
        <tr>
            <th scope="row">
                <span id=name>{row.number}</span>
                <div class="small muted">{row.title}</div>
            </th>
            <Cell label=t::collection(l)>{row.product}</Cell>
            <Cell label=texts::company(l)><a href=company>{row.company_name}</a></Cell>
            <Cell label=t::when(l)>{row::moment(l, row.since)}</Cell>
            <Cell label=t::deeds(l) actions=true>
                <ActionForm action>
                    <input type="hidden" name="id" value=row.id.to_string()/>
                    <input type="hidden" name="product" value=row.product_id.to_string()/>
                    <input type="hidden" name="confirmed" value="yes"/>
                    <Button kind=Kind::Secondary small=true glyph=Glyph::Check pending=form.pending attr:aria-describedby=confirmed>
                        {t::confirm(l)}
                    </Button>
                </ActionForm>
                <DialogButton dialog=row::decline_dialog_id(row.id) small=true attr:aria-describedby=declined>{t::decline(l)}</DialogButton>
            </Cell>
        </tr>
    }
    .into_any()
}

fn decline_dialog(l: Language, row: &ToConfirm, action: ServerAction<ConcludeStandard>, form: FormState) -> AnyView {
    let (dialog, id, product) = (row::decline_dialog_id(row.id), row.id.to_string(), row.product_id.to_string());
    let question = Question::of(form, "id", id.clone());
    let open = question.is_open(FieldName::Reason);
    view! {
        <Dialog id=dialog.clone() title=t::decline_title(l, &row.number) close=texts::close(l) open>
            <ActionForm action attr:novalidate=true attr:class="stack">
                <input type="hidden" name="id" value=id.clone()/>
                <input type="hidden" name="product" value=product/>
                <input type="hidden" name="confirmed" value="no"/>
                <TextArea
                    name=FieldName::Reason.html()
                    id=reason_id(id)
                    label=t::reason(l)
                    optional_word=texts::optional(l)
                    value=question.kept(FieldName::Reason)
                    error=question.error(FieldName::Reason)
                />
                <div class="form-actions">
                    <Button kind=Kind::Danger pending=form.pending>{t::decline_request(l)}</Button>
                    <DialogClose dialog open>{t::cancel(l)}</DialogClose>
                </div>
            </ActionForm>
        </Dialog>
    }
    .into_any()
}
