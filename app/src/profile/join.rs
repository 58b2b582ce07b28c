//! *Join company* (S6), for whoever has none.

use super::{
    api::JoinCompany,
    choice::{CompanyChoice, with_offers},
};
use crate::{
    forms::FormState,
    language::language,
    prelude::*,
    texts::{self, profile as t},
    ui::*,
};
use shared::moving::Department;

#[component]
pub(super) fn Joining(departments: Memo<Vec<Department>>, action: ServerAction<JoinCompany>) -> impl IntoView {
    let l = language();
    move || {
        let companies = with_offers(l, departments.get());
        if companies.is_empty() {
            return view! { <EmptyState title=t::nothing_to_join(l) text=t::nothing_to_join_text(l) glyph=Glyph::Building/> }.into_any();
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
