//! A licence's page: who has access, and taking it away (L2).

use super::{
    api::RemoveAccess,
    people::{PLACE, PeopleTable, Search, pager},
};
use crate::{
    forms::FormState,
    language::language,
    prelude::*,
    texts::{licences as t, users as u},
    ui::*,
    users::{Asked, keep_who_was_refused},
};
use shared::licences::{LicencePage, PeopleQuery};

#[component]
pub(super) fn WhoHasAccess(
    page: Signal<LicencePage>,
    query: PeopleQuery,
    selection: Selection,
    action: ServerAction<RemoveAccess>,
) -> impl IntoView {
    let l = language();
    let is_empty = Memo::new(move |_| page.read().people.is_empty());
    let company_wide = Memo::new(move |_| page.read().licence.company_wide);
    let (searched, typed) = (!query.search.trim().is_empty(), query.search.clone());
    let everybody = page.with_untracked(|page| format!("/company/{}/licences/{}#{PLACE}", page.company, page.licence.id));
    view! {
        <section class="stack" id=PLACE tabindex="-1" aria-labelledby="people-title">
            <h2 id="people-title">{t::who_has_access(l)}</h2>
            {move || company_wide.get().then(|| view! { <p class="muted">{t::everybody_has_access(l)}</p> })}
            <Search search=typed/>
            {move || match (is_empty.get(), searched) {
                (true, true) => {
                    let everybody = everybody.clone();
                    view! {
                        <EmptyState title=u::nobody_found_title(l) text=t::nobody_found_text(l) glyph=Glyph::Search
                            actions=move || view! { <LinkButton href=everybody>{u::show_everybody(l)}</LinkButton> }/>
                    }.into_any()
                }
                (true, false) if company_wide.get() => ().into_any(),
                (true, false) => view! { <EmptyState title=t::nobody_title(l) text=t::nobody_text(l) glyph=Glyph::Users/> }.into_any(),
                (false, _) => view! { <AccessTable page query=query.clone() selection action/> }.into_any(),
            }}
        </section>
    }
}

#[component]
fn AccessTable(page: Signal<LicencePage>, query: PeopleQuery, selection: Selection, action: ServerAction<RemoveAccess>) -> impl IntoView {
    let l = language();
    let (company, licence) = page.with_untracked(|page| (page.company, page.licence.id));
    let (search, searched) = (query.search.clone(), query.search.clone());
    view! {
        <ActionForm action attr:class="stack">
            <input type="hidden" name="company" value=company.0/>
            <input type="hidden" name="licence" value=licence.to_string()/>
            <input type="hidden" name="search" value=search/>
            <PeopleTable page query selection label=t::who_has_access(l)/>
            <RemoveBar page selection action/>
        </ActionForm>
        {move || pager(l, &page.read(), &searched, "#people")}
    }
}

/// Stands within the form around the table.
#[component]
fn RemoveBar(page: Signal<LicencePage>, selection: Selection, action: ServerAction<RemoveAccess>) -> impl IntoView {
    let l = language();
    let form = FormState::of(action);
    keep_who_was_refused(selection, form);
    // What is ticked outlives what is loaded: no derived signals, which would be gone before what shows them, and no `with`.
    let lost = move || {
        let keeps = page.try_with(|page| page.licence.company_wide).unwrap_or_default();
        let lost = match selection.count() {
            0 => t::ticked_lose_access(l).to_owned(),
            1 => t::one_loses_access(l).to_owned(),
            count => t::many_lose_access(l, count),
        };
        if keeps { format!("{lost} {}", t::company_wide_stays(l)) } else { lost }
    };
    let remove = move || match selection.count() {
        0 | 1 => t::remove_access(l).to_owned(),
        count => t::remove_access_of(l, count),
    };
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
            <Asked id="remove-access-dialog" opens=t::remove_access(l) title=t::remove_question(l) text=move || lost>
                <Button kind=Kind::Danger pending=form.pending>{remove}</Button>
            </Asked>
        </SelectionBar>
    }
}
