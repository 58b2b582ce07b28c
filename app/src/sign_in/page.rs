//! `/login`.

use super::SignIn;
use crate::{
    forms::FormState,
    language::language,
    load::Bare,
    prelude::*,
    texts::{self, sign_in as t},
    ui::*,
};
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;
use shared::FieldName;

#[component]
pub(crate) fn SignInPage() -> impl IntoView {
    let l = language();
    let form = FormState::of(ServerAction::<SignIn>::new());
    let query = use_query_map();
    let next = query.read_untracked().get("next").unwrap_or_default();
    let done = match query.read_untracked().get("notice").as_deref() {
        Some("password-set") => Some(t::password_was_set(l)),
        Some("deleted") => Some(t::account_was_deleted(l)),
        _ => None,
    };
    view! {
        <Bare>
            <Title text=form.title(t::title(l))/>
            <PageHeader title=t::title(l)/>
            {done.map(|text| view! { <Notice tone=Tone::Success>{text}</Notice> })}
            <ErrorSummary title=texts::error_title(l) errors=form.errors()/>
            // A plain form: language is a constant of a page, and whoever signs in may read another than this one's.
            <form method="post" action=SignIn::PATH novalidate class="form">
                <input type="hidden" name="next" value=next/>
                <TextField
                    name=FieldName::Username.html()
                    label=t::username(l)
                    value=form.kept(FieldName::Username)
                    error=form.error(FieldName::Username)
                    autocomplete="username"
                    inputmode="email"
                    required=true
                />
                <PasswordField
                    name=FieldName::Password.html()
                    label=t::password(l)
                    error=form.error(FieldName::Password)
                    show=texts::show_password(l)
                    hide=texts::hide_password(l)
                    required=true
                />
                <div class="form-actions">
                    <Button>{t::button(l)}</Button>
                    <a href="/forgot-password">{t::forgot_password(l)}</a>
                </div>
            </form>
            <p class="muted">{t::no_account(l)} " " <a href="/register/apply">{t::register(l)}</a></p>
        </Bare>
    }
}
