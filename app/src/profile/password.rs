//! `/profile/password` (P3).

use super::api::{self, ChangePassword};
use crate::{
    forms::{FormState, forget_when_refused},
    language::language,
    load::load,
    password_form::{NewPasswordFields, asking},
    prelude::*,
    texts::{self, profile as t, sign_in},
    ui::*,
};
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use shared::{FieldName, profile::Profile};

#[component]
pub(crate) fn PasswordPage() -> impl IntoView {
    let query = use_query_map();
    let details = Resource::new(|| (), |()| api::read_profile());
    let changed = Memo::new(move |_| query.read().get("notice").as_deref() == Some("changed"));
    load(details, move |details| {
        let profile = details.profile;
        let content = move || {
            let profile = profile.clone();
            if changed.get() { view! { <Changed/> }.into_any() } else { view! { <ChangeForm profile/> }.into_any() }
        };
        content.into_any()
    })
}

#[component]
fn ChangeForm(profile: Profile) -> impl IntoView {
    let l = language();
    let action = ServerAction::<ChangePassword>::new();
    let form = FormState::of(action);
    let current = RwSignal::new(String::new());
    forget_when_refused(form, vec![current]);
    view! {
        <Title text=form.title(t::change_password(l))/>
        <PageHeader title=t::change_password(l) lead=t::password_lead(l)/>
        <ErrorSummary title=texts::error_title(l) errors=form.errors()/>
        <ActionForm action attr:novalidate=true attr:class="form">
            // Password managers keep it with the password.
            <input type="hidden" name="username" autocomplete="username" value=profile.username.clone()/>
            <PasswordField
                name=FieldName::CurrentPassword.html()
                label=t::current_password(l)
                show=texts::show_password(l)
                hide=texts::hide_password(l)
                error=form.error(FieldName::CurrentPassword)
                required=true
                bind=current
            />
            <NewPasswordFields form person=[profile.name, profile.username] ask=asking(api::is_new_password_hard_to_guess)/>
            <div class="form-actions">
                <Button pending=form.pending>{t::change_password(l)}</Button>
                <a href="/forgot-password">{sign_in::forgot_password(l)}</a>
            </div>
        </ActionForm>
    }
}

#[component]
fn Changed() -> impl IntoView {
    let l = language();
    // The button that had the focus is gone.
    effect(|| dom::focus("main"));
    view! {
        <Title text=t::change_password(l)/>
        <PageHeader title=t::change_password(l)/>
        <Notice tone=Tone::Success>{t::password_changed(l)}</Notice>
        <div class="form-actions"><LinkButton href="/profile/sessions">{t::to_sessions(l)}</LinkButton></div>
    }
}
