//! `/profile/delete` (P6).

use super::{
    api::{self, DeleteAccount},
    download::DownloadCard,
    losses::Lost,
};
use crate::{
    forms::FormState,
    language::language,
    load::load,
    prelude::*,
    texts::{self, profile as t, sign_in},
    ui::*,
};
use leptos::server_fn::ServerFn;
use shared::{
    FieldName, Refusal,
    fields::Language,
    moving::{Deleting, Here},
};

#[component]
pub(crate) fn DeletePage() -> impl IntoView {
    let deleting = Resource::new(|| (), |()| api::read_deleting());
    load(deleting, |deleting| view! { <DeleteContent deleting/> }.into_any())
}

#[component]
fn DeleteContent(deleting: Deleting) -> impl IntoView {
    let l = language();
    let form = FormState::of(ServerAction::<DeleteAccount>::new());
    let way_out = match deleting.allowed() {
        Ok(()) => view! { <DeleteForm form username=deleting.username/> }.into_any(),
        Err(why) => view! { <HandOverFirst why here=deleting.here.clone()/> }.into_any(),
    };
    view! {
        <Title text=form.title(t::delete_account(l))/>
        <PageHeader title=t::delete_account(l) lead=t::delete_lead(l)/>
        <ErrorSummary title=texts::error_title(l) errors=form.errors()/>
        <DownloadCard/>
        {goes(l, deleting.here)}
        {stays(l)}
        {way_out}
    }
}

fn goes(l: Language, here: Vec<Here>) -> AnyView {
    let personal =
        [t::goes_details(l), t::goes_sessions(l), t::goes_reasons(l), t::goes_newsletter(l), t::goes_mail(l), t::goes_contact(l)];
    let companies = (!here.is_empty()).then(|| view! { <p>{t::goes_companies(l)}</p> });
    let company = |here: Here| {
        view! {
            <h3>{here.company.name}</h3>
            <Lost role=here.company.role losses=here.losses/>
        }
    };
    view! {
        <Card id="goes" title=t::goes(l)>
            {list(&personal)}
            {companies}
            {here.into_iter().map(company).collect_view()}
        </Card>
    }
    .into_any()
}

fn stays(l: Language) -> AnyView {
    view! {
        <Card id="stays" title=t::stays(l)>
            {list(&[t::stays_deeds(l), t::stays_openings(l), t::stays_law(l)])}
            <p>{t::address_is_free(l)}</p>
        </Card>
    }
    .into_any()
}

fn list(texts: &[&'static str]) -> AnyView {
    view! { <ul>{texts.iter().map(|text| view! { <li>{*text}</li> }).collect_view()}</ul> }.into_any()
}

/// U6: the way out leads to where somebody takes the person's place.
#[component]
fn HandOverFirst(why: Refusal, here: Vec<Here>) -> impl IntoView {
    let l = language();
    let first = |here: &Here| here.may_leave().is_err();
    let link = move |here: Here| {
        let href = format!("/profile/company?from={}", here.company.number);
        view! { <LinkButton href>{t::hand_over_named(l, &here.company.name)}</LinkButton> }
    };
    view! {
        <Card id="delete" title=t::delete_account(l) tone=Tone::Warning>
            <p>{texts::of_refusal(l, &why)}</p>
            <div class="form-actions">{here.into_iter().filter(first).map(link).collect_view()}</div>
        </Card>
    }
}

#[component]
fn DeleteForm(form: FormState, username: String) -> impl IntoView {
    let l = language();
    view! {
        <Card id="delete" title=t::delete_account(l) tone=Tone::Danger>
            // A plain form, so that nothing of whoever was here stays in the browser's memory.
            <form method="post" action=DeleteAccount::PATH novalidate class="form">
                // Password managers find the password by it.
                <input type="hidden" name="username" autocomplete="username" value=username/>
                <PasswordField
                    name=FieldName::Password.html()
                    label=sign_in::password(l)
                    hint=t::password_hint(l)
                    show=texts::show_password(l)
                    hide=texts::hide_password(l)
                    error=form.error(FieldName::Password)
                    required=true
                />
                <div class="form-actions">
                    <Button kind=Kind::Danger>{t::delete_account(l)}</Button>
                    <a href="/forgot-password">{sign_in::forgot_password(l)}</a>
                </div>
            </form>
        </Card>
    }
}
