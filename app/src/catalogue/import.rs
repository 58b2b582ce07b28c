//! `/provider/products/{id}/imports/{import}`: what a file would change, before it does (O2).

use super::{
    api::{self, ApplyImport},
    product::{no_such_product, product_id},
};
use crate::{
    forms::FormState,
    language::language,
    load::follow,
    prelude::*,
    texts::{self, catalogue as t, users},
    ui::*,
};
use leptos_router::hooks::{use_params_map, use_query_map};
use shared::{
    fields::Language,
    products::{BAD_LINES, BadLine, DryRun},
};
use uuid::Uuid;

#[component]
pub(crate) fn ImportPage() -> impl IntoView {
    let product = product_id();
    let params = use_params_map();
    let import = Memo::new(move |_| params.read().get("import").and_then(|import| import.parse::<Uuid>().ok()));
    let query = use_query_map();
    // What can't be read counts as not said.
    let page = Memo::new(move |_| query.read().get("page").and_then(|page| page.parse::<u32>().ok()).unwrap_or(1));
    let apply = ServerAction::<ApplyImport>::new();
    follow(
        move || (product.get(), import.get(), page.get()),
        move || apply.version().track(),
        |ids| async move {
            match ids {
                (Some(product), Some(import), page) => api::read_import(product, import, page).await,
                _ => no_such_product(),
            }
        },
        move |run| {
            let import = import.get_untracked().unwrap_or_default();
            view! { <ImportContent run import apply/> }.into_any()
        },
    )
}

#[component]
fn ImportContent(run: Signal<DryRun>, import: Uuid, apply: ServerAction<ApplyImport>) -> impl IntoView {
    let l = language();
    let form = FormState::of(apply);
    let first = run.get_untracked();
    let product = format!("/provider/products/{}", first.product);
    let title = t::import_title(l, &first.product_name);
    let lead = t::import_lead(l, &first.file, &first.uploaded.date_and_time(l));
    view! {
        <Title text=form.title_of(title.clone())/>
        <PageHeader title lead=lead back_label=first.product_name back_href=product/>
        <ErrorSummary title=texts::error_title(l) errors=form.errors()/>
        {move || view! { <ChangesCard run=run.get() import apply/> }}
        {move || run.with(|run| (run.bad_lines > 0).then(|| bad_lines(l, run)))}
    }
}

#[component]
fn ChangesCard(run: DryRun, import: Uuid, apply: ServerAction<ApplyImport>) -> impl IntoView {
    let l = language();
    let facts = vec![
        fact(t::new_documents(l), run.new),
        fact(t::changed_documents(l), run.changed),
        fact(t::added_documents(l), run.added),
        fact(t::same_documents(l), run.same),
        fact(t::bad_lines(l), run.bad_lines),
    ];
    let another = format!("/provider/products/{}#import", run.product);
    let count = run.new + run.changed + run.added;
    let what_now = match (run.applied, count) {
        (Some(moment), _) => view! { <p>{t::was_imported(l, &moment.date_and_time(l))}</p> }.into_any(),
        (None, 0) => view! { <p>{t::nothing_to_import(l)}</p> }.into_any(),
        (None, _) => view! { <ImportForm product=run.product.to_string() import count apply/> }.into_any(),
    };
    let title = if run.applied.is_some() { t::what_changed(l) } else { t::what_would_change(l) };
    view! {
        <Card id="changes" title>
            <div class="stack">
                <Facts items=facts figures=true/>
                {what_now}
                <p><a href=another>{t::another_file(l)}</a></p>
            </div>
        </Card>
    }
}

#[component]
fn ImportForm(product: String, import: Uuid, count: u32, apply: ServerAction<ApplyImport>) -> impl IntoView {
    let l = language();
    let form = FormState::of(apply);
    let label = if count == 1 { t::import_one(l).to_owned() } else { t::import_several(l, count) };
    view! {
        <ActionForm action=apply>
            <input type="hidden" name="product" value=product/>
            <input type="hidden" name="import" value=import.to_string()/>
            <Button pending=form.pending>{label}</Button>
        </ActionForm>
    }
}

fn bad_lines(l: Language, run: &DryRun) -> impl IntoView + use<> {
    let head = move || {
        view! {
            <Header label=t::line(l) numeric=true/>
            <Header label=t::line_text(l)/>
            <Header label=t::line_problem(l)/>
        }
    };
    let rows = run.bad.iter().cloned().map(|bad| bad_row(l, bad)).collect_view();
    let pager = pager(l, run);
    view! {
        <Card id="bad-lines" title=t::bad_lines(l) flush=true>
            <p class="muted small">{t::bad_lines_text(l)}</p>
            <DataTable label=t::bad_lines(l) head>{rows}</DataTable>
            {pager}
        </Card>
    }
}

/// Nothing, where one page holds all.
fn pager(l: Language, run: &DryRun) -> Option<AnyView> {
    let from = (run.page.max(1) - 1) * BAD_LINES + 1;
    let info = users::found(l, from, (from + u32::try_from(run.bad.len()).unwrap_or_default()).saturating_sub(1), run.bad_lines);
    let to_page = |page: u32| format!("?page={page}#bad-lines");
    let previous = (run.page > 1).then(|| to_page(run.page - 1));
    let next = (run.page < run.pages).then(|| to_page(run.page + 1));
    (run.pages > 1).then(|| {
        view! {
            <Pager label=t::bad_lines_pages(l) info previous previous_text=users::previous(l) next next_text=users::next(l)/>
        }
        .into_any()
    })
}

fn bad_row(l: Language, bad: BadLine) -> impl IntoView + use<> {
    view! {
        <tr>
            <th scope="row" class="numeric">{bad.line}</th>
            <Cell label=t::line_text(l) breaks=true>{bad.text}</Cell>
            <Cell label=t::line_problem(l)>{t::of_line_problem(l, &bad.problem)}</Cell>
        </tr>
    }
}
