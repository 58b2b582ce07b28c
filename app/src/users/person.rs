//! `/company/{number}/users/{id}`: one person, and what can be done.

use super::{
    api::{self, ResendRegistration, UnlockUser},
    status::StatusBadge,
};
use crate::{
    fault::Fault,
    forms::FormState,
    home::company_number,
    language::language,
    live,
    load::load,
    texts::{self, countries, users as t},
    ui::*,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use shared::{
    AccountId, CompanyNumber,
    fields::Language,
    live::Room,
    users::{StatusKind, UserDetails},
};

#[component]
pub(crate) fn UserPage() -> impl IntoView {
    let number = company_number();
    let params = use_params_map();
    let id = Memo::new(move |_| params.read().get("id").and_then(|id| id.parse::<AccountId>().ok()));
    let changes = live::changes(number, Room::Users);
    let resend = ServerAction::<ResendRegistration>::new();
    let unlock = ServerAction::<UnlockUser>::new();
    let person = Resource::new(
        move || (number.get(), id.get(), changes.get(), resend.version().get(), unlock.version().get()),
        |(number, id, ..)| async move {
            match id {
                Some(id) => api::read_user(number, id).await,
                None => no_such_person(),
            }
        },
    );
    load(person, move |person| view! { <PersonContent company=number.get_untracked() person resend unlock/> }.into_any())
}

fn no_such_person() -> Result<UserDetails, Fault> {
    #[cfg(feature = "ssr")]
    Fault::NotFound.set_status();
    Err(Fault::NotFound)
}

#[component]
fn PersonContent(
    company: CompanyNumber,
    person: UserDetails,
    resend: ServerAction<ResendRegistration>,
    unlock: ServerAction<UnlockUser>,
) -> impl IntoView {
    let l = language();
    let (resending, unlocking) = (FormState::of(resend), FormState::of(unlock));
    let errors = Signal::derive(move || [resending.errors().get(), unlocking.errors().get()].concat());
    let (id, status, name) = (person.id, person.status, person.name.clone());
    let (may_resend, may_unlock) = (person.may_resend.is_ok(), person.may_unlock.is_ok());
    let (details, registration) = (details(l, &person), registration(l, &person));
    view! {
        <Title text=name.clone()/>
        <PageHeader
            title=name
            back_label=t::back(l)
            back_href=format!("/company/{company}/users")
            beside=move || view! { <StatusBadge status/> }
        />
        <ErrorSummary title=texts::error_title(l) errors/>
        <DoneNotice person/>
        <div class="columns">
            <Card id="details" title=t::details(l)><Facts items=details/></Card>
            <Card id="registration" title=t::registration(l)>
                <Facts items=registration/>
                {may_resend.then(|| view! {
                    <ActionForm action=resend attr:class="stack">
                        <Target company id/>
                        <p class="muted small">{t::resend_text(l)}</p>
                        <div><Button kind=Kind::Secondary glyph=Glyph::Mail pending=resending.pending>{t::resend(l)}</Button></div>
                    </ActionForm>
                })}
            </Card>
            {may_unlock.then(|| view! {
                <Card id="lock" title=t::status_locked(l) tone=Tone::Danger>
                    <ActionForm action=unlock attr:class="stack">
                        <Target company id/>
                        <p>{t::unlock_text(l)}</p>
                        <div><Button kind=Kind::Secondary glyph=Glyph::Lock pending=unlocking.pending>{t::unlock(l)}</Button></div>
                    </ActionForm>
                </Card>
            })}
        </div>
    }
}

/// Whom a button is about.
#[component]
fn Target(company: CompanyNumber, id: AccountId) -> impl IntoView {
    view! {
        <input type="hidden" name="company" value=company.0/>
        <input type="hidden" name="id" value=id.to_string()/>
    }
}

/// What was just done here. Only the names of what can be done are read from the address.
#[component]
fn DoneNotice(person: UserDetails) -> impl IntoView {
    let l = language();
    let query = use_query_map();
    move || {
        let text = match query.read().get("notice").as_deref() {
            Some("added") if person.blocked => t::saved_blocked(l, &person.name),
            Some("added") => t::saved(l, &person.name),
            Some("resent") => t::resent(l).to_owned(),
            Some("unlocked") if person.status.kind != StatusKind::Locked => t::unlocked(l).to_owned(),
            _ => return None,
        };
        Some(view! { <Notice tone=Tone::Success>{text}</Notice> })
    }
}

fn details(l: Language, person: &UserDetails) -> Vec<Fact> {
    let yes_or_no = |yes: bool| if yes { texts::yes(l) } else { texts::no(l) };
    vec![
        fact(t::role(l), texts::role(l, person.role)),
        fact(t::username(l), person.username.clone()),
        fact(t::name(l), person.name.clone()),
        fact(t::phone(l), person.phone.clone().unwrap_or_else(|| "–".into())),
        fact(t::country(l), person.country.map_or("–", |country| countries::name(l, country))),
        fact(t::blocked(l), yes_or_no(person.blocked)),
        fact(t::mail_to_administrators(l), yes_or_no(person.mail_to_administrators)),
    ]
}

fn registration(l: Language, person: &UserDetails) -> Vec<Fact> {
    let registered = person.registered.map_or_else(|| t::not_yet(l).to_owned(), |moment| moment.date_and_time(l));
    let mail = person.mail.map_or_else(|| t::no_mail(l).to_owned(), |mail| t::mail_state(l, mail.state, &mail.moment));
    vec![
        fact(t::status(l), view! { <StatusBadge status=person.status/> }),
        fact(t::added(l), person.added.date_and_time(l)),
        fact(t::registered(l), registered),
        fact(t::last_mail(l), mail),
    ]
}
