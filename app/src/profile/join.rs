//! *Join company* (S6), for whoever has none.

use super::{
    api::JoinCompany,
    choice::{CompanyChoice, prove_first, with_offers},
};
use crate::{
    forms::FormState,
    language::language,
    prelude::*,
    texts::{self, profile as t},
    ui::*,
};
use shared::moving::Moving;

#[component]
pub(super) fn Joining(moving: Signal<Moving>, action: ServerAction<JoinCompany>) -> impl IntoView {
    let l = language();
    // Drawn anew only when there is something else to choose.
    let departments = Memo::new(move |_| moving.read().departments.clone());
    let proven = Memo::new(move |_| moving.read().proven);
    move || {
        let companies = with_offers(l, departments.get());
        if companies.is_empty() {
            return view! { <EmptyState title=t::nothing_to_join(l) text=t::nothing_to_join_text(l) glyph=Glyph::Building/> }.into_any();
        }
        if !proven.get() {
            return prove_first(l);
        }
        let form = FormState::of(action);
        view! {
            <ActionForm action attr:novalidate=true attr:class="form">
                <CompanyChoice form companies legend=texts::company(l) hint=t::join_hint(l)/>
                <div class="form-actions"><Button pending=form.pending>{t::join_company(l)}</Button></div>
            </ActionForm>
        }
        .into_any()
    }
}
