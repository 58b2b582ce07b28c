//! *Change company* (P4): to a department that lets people in by themselves.

use super::{
    api::ChangeCompany,
    choice::{CompanyChoice, prove_first, with_offers},
};
use crate::{
    forms::FormState,
    language::language,
    prelude::*,
    texts::{self, profile as t},
    ui::*,
};
use leptos::server_fn::ServerFn;
use shared::{
    CompanyNumber,
    moving::{Department, Moving},
};

#[component]
pub(super) fn Changing(company: CompanyNumber, moving: Signal<Moving>, action: ServerAction<ChangeCompany>) -> impl IntoView {
    let l = language();
    // Drawn anew only when there is something else to choose.
    let departments = Memo::new(move |_| moving.read().departments.clone());
    let proven = Memo::new(move |_| moving.read().proven);
    let content = move || match (departments.get(), proven.get()) {
        (none, _) if none.is_empty() => {
            view! { <p>{t::nowhere(l, &moving.with_untracked(|moving| domain(&moving.username)))}</p> }.into_any()
        }
        (_, false) => prove_first(l),
        (departments, true) => view! { <ChangeForm company departments action/> }.into_any(),
    };
    view! { <Card id="change" title=t::where_to(l)>{content}</Card> }
}

#[component]
fn ChangeForm(company: CompanyNumber, departments: Vec<Department>, action: ServerAction<ChangeCompany>) -> impl IntoView {
    let l = language();
    let form = FormState::of(action);
    view! {
        // A plain form: the company stands all over the page, so it comes anew, and nothing of the old one stays in the browser's memory.
        <form method="post" action=ChangeCompany::PATH novalidate class="form">
            <input type="hidden" name="from" value=company.0/>
            <CompanyChoice form companies=with_offers(l, departments) legend=texts::company(l) hint=t::change_hint(l)/>
            <p>{t::become_user(l)}</p>
            <div class="form-actions"><Button>{t::change_company(l)}</Button></div>
        </form>
    }
}

/// That of an address; a username that is none stays as it is.
fn domain(username: &str) -> String {
    username.rsplit_once('@').map_or(username, |(_, domain)| domain).to_owned()
}
