//! `/company/{number}/licences/{id}/give`: those who have no access, to give it to them (L2, L6).

use super::{
    api::GiveAccess,
    licence::{WhyNobody, licence_of_page, read},
    people::{self, PeopleTable, Search, pager},
};
use crate::{
    forms::FormState,
    home::company_number,
    language::language,
    live,
    load::follow,
    prelude::*,
    texts::{self, licences as t, users as u},
    ui::*,
    users::keep_who_was_refused,
};
use shared::{
    licences::{LicencePage, PeopleQuery, Validity},
    live::Room,
};

#[component]
pub(crate) fn GivePage() -> impl IntoView {
    let number = company_number();
    let id = licence_of_page();
    let query = people::query_of_page(true);
    let changes = live::changes(number, Room::Licences);
    // Both outlive what is loaded: turning the page keeps what is ticked, and an answer stays until the next.
    let selection = Selection::new();
    let action = ServerAction::<GiveAccess>::new();
    people::let_go_when_done(selection, *action);
    follow(
        move || (number.get(), id.get(), query.get()),
        move || {
            changes.track();
            action.version().track();
        },
        |(number, id, query)| read(number, id, query),
        move |page| view! { <GiveContent page query=query.get_untracked() selection action/> }.into_any(),
    )
}

#[component]
fn GiveContent(page: Signal<LicencePage>, query: PeopleQuery, selection: Selection, action: ServerAction<GiveAccess>) -> impl IntoView {
    let l = language();
    let form = FormState::of(action);
    let product = Memo::new(move |_| page.read().licence.product.clone());
    let back = page.with_untracked(|page| format!("/company/{}/licences/{}", page.company, page.licence.id));
    let external = page.read_untracked().licence.terms.external;
    let content = content_of(page);
    let list = {
        let back = back.clone();
        move || match content.get() {
            Content::Nothing => ().into_any(),
            Content::CompanyWide => view! { <Notice still=true>{t::everybody_has_access(l)}</Notice> }.into_any(),
            Content::List => view! { <GiveList page query=query.clone() back=back.clone() selection action/> }.into_any(),
        }
    };
    view! {
        <Title text=form.title(t::give_access(l))/>
        <PageHeader title=t::give_access(l) lead=t::give_lead(l) back_label=product back_href=back/>
        <ErrorSummary title=texts::error_title(l) errors=form.errors()/>
        <WhyNobody page/>
        {external.then(|| view! { <Notice still=true>{t::external_text(l)}</Notice> })}
        {list}
    }
}

/// What there is to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Content {
    /// L6: it is over.
    Nothing,
    /// L3: everybody has it.
    CompanyWide,
    List,
}

fn content_of(page: Signal<LicencePage>) -> Memo<Content> {
    Memo::new(move |_| {
        page.with(|page| match page.licence.terms.validity {
            Validity::Expired => Content::Nothing,
            Validity::NotYet | Validity::Valid if page.licence.company_wide => Content::CompanyWide,
            Validity::NotYet | Validity::Valid => Content::List,
        })
    })
}

#[component]
fn GiveList(
    page: Signal<LicencePage>,
    query: PeopleQuery,
    back: String,
    selection: Selection,
    action: ServerAction<GiveAccess>,
) -> impl IntoView {
    let l = language();
    let is_empty = Memo::new(move |_| page.read().people.is_empty());
    let (searched, typed) = (!query.search.trim().is_empty(), query.search.clone());
    let everybody = format!("{back}/give");
    view! {
        <Search search=typed/>
        {move || match (is_empty.get(), searched) {
            (true, true) => {
                let everybody = everybody.clone();
                view! {
                    <EmptyState title=u::nobody_found_title(l) text=t::nobody_without_found_text(l) glyph=Glyph::Search
                        actions=move || view! { <LinkButton href=everybody>{u::show_everybody(l)}</LinkButton> }/>
                }.into_any()
            }
            (true, false) => {
                let back = back.clone();
                view! {
                    <EmptyState title=t::nobody_without_title(l) text=t::nobody_without_text(l) glyph=Glyph::Users
                        actions=move || view! { <LinkButton href=back>{t::who_has_access(l)}</LinkButton> }/>
                }.into_any()
            }
            (false, _) => view! { <GiveTable page query=query.clone() selection action/> }.into_any(),
        }}
    }
}

#[component]
fn GiveTable(page: Signal<LicencePage>, query: PeopleQuery, selection: Selection, action: ServerAction<GiveAccess>) -> impl IntoView {
    let l = language();
    let (company, licence) = page.with_untracked(|page| (page.company, page.licence.id));
    let (search, searched) = (query.search.clone(), query.search.clone());
    view! {
        <ActionForm action attr:class="stack">
            <input type="hidden" name="company" value=company.0/>
            <input type="hidden" name="licence" value=licence.to_string()/>
            <input type="hidden" name="search" value=search/>
            <PeopleTable page query selection label=t::who_has_none(l)/>
            <GiveBar page selection action/>
        </ActionForm>
        {move || pager(l, &page.read(), &searched, "")}
    }
}

/// Stands within the form around the table.
#[component]
fn GiveBar(page: Signal<LicencePage>, selection: Selection, action: ServerAction<GiveAccess>) -> impl IntoView {
    let l = language();
    let form = FormState::of(action);
    keep_who_was_refused(selection, form);
    // Without JavaScript nobody counts. No derived signal: it would be gone before the button that shows it, and panic.
    let give = move || match selection.count() {
        0 => t::give_access(l).to_owned(),
        1 => t::give_access_to_one(l).to_owned(),
        count => t::give_access_to(l, count),
    };
    let free = move || page.with(|page| page.licence.terms.seats.map(|seats| t::so_many_free(l, seats.saturating_sub(page.licence.used))));
    let (shown, found) = page.with_untracked(|page| (page.people.len(), page.found));
    view! {
        <SelectionBar
            selection
            label=u::selection(l)
            info=move |count| u::selected(l, count)
            whole_page=u::page_is_selected(l, u32::try_from(shown).unwrap_or_default())
            all=u::select_all(l, found)
            none=u::select_none(l)
            name="ids[]"
        >
            <span class="muted small">{free}</span>
            <Button pending=form.pending>{give}</Button>
        </SelectionBar>
    }
}
