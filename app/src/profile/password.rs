//! `/profile/password` (P3).

use super::api::{self, ChangePassword, GeneralUser, MyDetails};
use crate::{
    forms::{FormState, forget_when_refused},
    language::language,
    load::load,
    password_form::{NewPasswordFields, asking},
    prelude::*,
    texts::{self, profile as t, sign_in},
    ui::*,
};
use leptos_router::hooks::use_query_map;
use shared::{FieldName, profile::Profile};

#[component]
pub(crate) fn PasswordPage() -> impl IntoView {
    let query = use_query_map();
    let details = Resource::new(|| (), |()| api::read_profile());
    let l = language();
    let changed = Memo::new(move |_| match query.read().get("notice").as_deref() {
        Some("changed") => Some(t::password_changed(l)),
        Some("general-changed") => Some(t::general_password_changed(l)),
        _ => None,
    });
    load(details, move |details| {
        let content = move || {
            let MyDetails { profile, general, .. } = details.clone();
            match changed.get() {
                Some(text) => view! { <Changed text/> }.into_any(),
                None => view! { <ChangeForm profile general/> }.into_any(),
            }
        };
        content.into_any()
    })
}

#[component]
fn ChangeForm(profile: Profile, general: Vec<GeneralUser>) -> impl IntoView {
    let l = language();
    let action = ServerAction::<ChangePassword>::new();
    let form = FormState::of(action);
    let current = RwSignal::new(String::new());
    forget_when_refused(form, vec![current]);
    let kept = form.kept_named("user").unwrap_or_default();
    let user = RwSignal::new(kept);
    let whose = {
        let (profile, general) = (profile.clone(), general.clone());
        // A2: the name and address that may not be in it are those of whose password it is.
        Signal::derive(move || match general.iter().find(|general| general.company.to_string() == user.get()) {
            Some(general) => [general.name.clone(), general.username.clone()],
            None => [profile.name.clone(), profile.username.clone()],
        })
    };
    let username = Signal::derive(move || whose.get()[1].clone());
    let ask = asking(move |typed| api::is_new_password_hard_to_guess(user.get_untracked(), typed));
    view! {
        <Title text=form.title(t::change_password(l))/>
        <PageHeader title=t::change_password(l) lead=t::password_lead(l)/>
        <ErrorSummary title=texts::error_title(l) errors=form.errors()/>
        <ActionForm action attr:novalidate=true attr:class="form">
            // Password managers keep it with the password.
            <input type="hidden" name="username" autocomplete="username" value=move || username.get()/>
            {(!general.is_empty()).then(|| view! { <WhoseField user own=profile.username.clone() general/> })}
            <PasswordField
                name=FieldName::CurrentPassword.html()
                label=t::current_password(l)
                show=texts::show_password(l)
                hide=texts::hide_password(l)
                error=form.error(FieldName::CurrentPassword)
                required=true
                bind=current
            />
            <NewPasswordFields form person=whose ask current/>
            <div class="form-actions">
                <Button pending=form.pending>{t::change_password(l)}</Button>
                <a href="/forgot-password">{sign_in::forgot_password(l)}</a>
            </div>
        </ActionForm>
    }
}

/// P3: an administrator may mean the general account.
#[component]
fn WhoseField(user: RwSignal<String>, own: String, general: Vec<GeneralUser>) -> impl IntoView {
    let l = language();
    let mut options: Vec<Choice> = vec![(String::new(), t::myself(l, &own))];
    options.extend(general.into_iter().map(|one| (one.company.to_string(), t::general_account(l, &one.username, &one.name))));
    view! { <Select name="user" label=t::whose_password(l) hint=t::whose_password_hint(l) options selected=user.get_untracked() bind=user/> }
}

#[component]
fn Changed(text: &'static str) -> impl IntoView {
    let l = language();
    // The button that had the focus is gone.
    effect(|| dom::focus("main"));
    view! {
        <Title text=t::change_password(l)/>
        <PageHeader title=t::change_password(l)/>
        <Notice tone=Tone::Success>{text}</Notice>
        <div class="form-actions"><LinkButton href="/profile/sessions">{t::to_sessions(l)}</LinkButton></div>
    }
}
