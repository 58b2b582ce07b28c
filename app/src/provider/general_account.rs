//! A company's page: its general account (G2).

use super::api::{BlockGeneralAccount, CreateGeneralAccount};
use crate::{
    forms::FormState,
    language::language,
    prelude::*,
    texts::{self, provider as t, users},
    ui::*,
    users::StatusBadge,
};
use shared::{CompanyNumber, FieldName, companies::GeneralAccount};

#[component]
pub(super) fn GeneralAccountCard(
    company: CompanyNumber,
    account: Memo<Option<GeneralAccount>>,
    administrators: Memo<u32>,
    create: ServerAction<CreateGeneralAccount>,
    block: ServerAction<BlockGeneralAccount>,
) -> impl IntoView {
    let l = language();
    view! {
        <Card id="general-account" title=t::general_account(l)>
            {move || match account.get() {
                None => view! { <CreateForm company administrators action=create/> }.into_any(),
                Some(account) => view! { <Account company account action=block/> }.into_any(),
            }}
        </Card>
    }
}

#[component]
fn CreateForm(company: CompanyNumber, administrators: Memo<u32>, action: ServerAction<CreateGeneralAccount>) -> impl IntoView {
    let l = language();
    let form = FormState::of(action);
    view! {
        <ActionForm action attr:novalidate=true attr:class="form">
            <input type="hidden" name="number" value=company.0/>
            <p class="muted small">{t::general_text(l)}</p>
            {move || (administrators.get() == 0).then(|| view! { <p class="small">{t::general_needs_administrator(l)}</p> })}
            <TextField
                name=FieldName::Username.html()
                label=users::username(l)
                hint=t::general_username_hint(l)
                value=form.kept(FieldName::Username)
                error=form.error(FieldName::Username)
                autocomplete="off"
                required=true
            />
            <div class="form-actions"><Button kind=Kind::Secondary pending=form.pending>{t::create_general(l)}</Button></div>
        </ActionForm>
    }
}

#[component]
fn Account(company: CompanyNumber, account: GeneralAccount, action: ServerAction<BlockGeneralAccount>) -> impl IntoView {
    let l = language();
    let form = FormState::of(action);
    let has_password = if account.has_password { texts::yes(l) } else { t::not_yet(l) };
    let facts = vec![
        fact(users::username(l), account.username),
        fact(users::status(l), view! { <StatusBadge status=account.status/> }),
        fact(t::has_password(l), has_password),
    ];
    let (text, label, kind, block) = if account.blocked {
        (t::unblock_text(l), t::unblock(l), Kind::Secondary, "no")
    } else {
        (t::block_text(l), users::block(l), Kind::Danger, "yes")
    };
    view! {
        <Facts items=facts/>
        <ActionForm action attr:class="stack">
            <input type="hidden" name="number" value=company.0/>
            <input type="hidden" name="block" value=block/>
            <p class="muted small">{text}</p>
            <div><Button kind pending=form.pending>{label}</Button></div>
        </ActionForm>
    }
}
