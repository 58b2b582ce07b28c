//! Another address for somebody (U5), on their page.

use super::{
    api::{AskAddressChange, WithdrawAddressChange},
    person::Target,
};
use crate::{
    forms::FormState,
    language::language,
    prelude::*,
    texts::{self, users as t},
    ui::*,
};
use shared::{
    AccountId, CompanyNumber, FieldName,
    fields::Language,
    users::{AddressChange, UserDetails},
};

#[component]
pub(super) fn AddressCard(
    company: CompanyNumber,
    person: Signal<UserDetails>,
    ask: ServerAction<AskAddressChange>,
    withdraw: ServerAction<WithdrawAddressChange>,
) -> impl IntoView {
    let l = language();
    let id = person.read_untracked().id;
    // What somebody types here stays, whatever else a colleague changes of the person.
    let shown = Memo::new(move |_| {
        person.with(|person| (person.address_change.clone(), person.may_change_address.clone(), person.username.clone()))
    });
    let content = move || match shown.get() {
        (Some(change), ..) => waiting(l, company, id, &change, withdraw),
        (None, Err(why), _) => view! { <p class="muted">{texts::of_refusal(l, &why)}</p> }.into_any(),
        (None, Ok(()), username) => view! { <AskForm company id username ask/> }.into_any(),
    };
    view! { <Card id="address" title=t::change_address(l)><div class="stack">{content}</div></Card> }
}

#[component]
fn AskForm(company: CompanyNumber, id: AccountId, username: String, ask: ServerAction<AskAddressChange>) -> impl IntoView {
    let l = language();
    let form = FormState::of(ask);
    view! {
        <ActionForm action=ask attr:novalidate=true attr:class="stack">
            <Target company id/>
            <p class="muted small">{t::change_address_text(l)}</p>
            <TextField
                name=FieldName::Username.html()
                label=t::username(l)
                value=form.kept(FieldName::Username).unwrap_or(username)
                error=form.error(FieldName::Username)
                inputmode="email"
                autocomplete="off"
                required=true
            />
            <div><Button kind=Kind::Secondary glyph=Glyph::Mail pending=form.pending>{t::change_address(l)}</Button></div>
        </ActionForm>
    }
}

fn waiting(
    l: Language,
    company: CompanyNumber,
    id: AccountId,
    change: &AddressChange,
    withdraw: ServerAction<WithdrawAddressChange>,
) -> AnyView {
    let form = FormState::of(withdraw);
    let who = match (change.waits_for_new, change.waits_for_old) {
        (true, true) => t::waits_for_both(l),
        (true, false) => t::waits_for_new(l),
        _ => t::waits_for_old(l),
    };
    let facts = vec![fact(t::new_address(l), change.new.clone()), fact(t::open_until(l), change.until.date(l))];
    view! {
        <p>{who}</p>
        <Facts items=facts/>
        <ActionForm action=withdraw>
            <Target company id/>
            <Button kind=Kind::Secondary pending=form.pending>{t::withdraw_change(l)}</Button>
        </ActionForm>
    }
    .into_any()
}
