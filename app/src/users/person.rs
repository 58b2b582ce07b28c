//! `/company/{number}/users/{id}`: one person, what they are here, and what can be done.

use super::{
    access::AccessCard,
    address::AddressCard,
    api::{self, AskAddressChange, RemoveUser, ResendRegistration, SaveUser, UnlockUser, WithdrawAddressChange},
    fields::{BlockedField, DetailFields, MembershipFields, RoleField, Start},
    status::StatusBadge,
};
use crate::{
    fault::Fault,
    forms::FormState,
    home::company_number,
    language::language,
    licences::{GiveAccess, RemoveAccess},
    live,
    load::follow,
    prelude::*,
    texts::{self, users as t},
    ui::*,
};
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use shared::{
    AccountId, CompanyNumber, Refusal,
    fields::Language,
    live::Room,
    users::{StatusKind, UserDetails},
};

/// What can be done here. Their actions live as long as the page, so that what one says outlives the next look at the person.
#[derive(Clone, Copy)]
struct Deeds {
    save: ServerAction<SaveUser>,
    resend: ServerAction<ResendRegistration>,
    unlock: ServerAction<UnlockUser>,
    remove: ServerAction<RemoveUser>,
    ask_address: ServerAction<AskAddressChange>,
    withdraw_address: ServerAction<WithdrawAddressChange>,
    give: ServerAction<GiveAccess>,
    remove_access: ServerAction<RemoveAccess>,
}

impl Deeds {
    fn new() -> Self {
        Self {
            save: ServerAction::new(),
            resend: ServerAction::new(),
            unlock: ServerAction::new(),
            remove: ServerAction::new(),
            ask_address: ServerAction::new(),
            withdraw_address: ServerAction::new(),
            give: ServerAction::new(),
            remove_access: ServerAction::new(),
        }
    }

    /// Rises with every answer but a removal's, after which there is nobody to look at.
    fn versions(self) -> [usize; 7] {
        [
            self.save.version().get(),
            self.resend.version().get(),
            self.unlock.version().get(),
            self.ask_address.version().get(),
            self.withdraw_address.version().get(),
            self.give.version().get(),
            self.remove_access.version().get(),
        ]
    }
}

#[component]
pub(crate) fn UserPage() -> impl IntoView {
    let number = company_number();
    let params = use_params_map();
    let id = Memo::new(move |_| params.read().get("id").and_then(|id| id.parse::<AccountId>().ok()));
    let changes = live::changes(number, Room::Users);
    let deeds = Deeds::new();
    follow(
        move || (number.get(), id.get()),
        move || {
            changes.track();
            deeds.versions();
        },
        |(number, id)| async move {
            match id {
                Some(id) => api::read_user(number, id).await,
                None => no_such_person(),
            }
        },
        move |person| view! { <PersonContent company=number.get_untracked() person deeds/> }.into_any(),
    )
}

fn no_such_person() -> Result<UserDetails, Fault> {
    #[cfg(feature = "ssr")]
    Fault::NotFound.set_status();
    Err(Fault::NotFound)
}

#[component]
fn PersonContent(company: CompanyNumber, person: Signal<UserDetails>, deeds: Deeds) -> impl IntoView {
    let l = language();
    let forms = [
        FormState::of(deeds.save),
        FormState::of(deeds.resend),
        FormState::of(deeds.unlock),
        FormState::of(deeds.remove),
        FormState::of(deeds.ask_address),
        FormState::of(deeds.withdraw_address),
        FormState::of(deeds.give),
        FormState::of(deeds.remove_access),
    ];
    let errors = Signal::derive(move || forms.iter().flat_map(|form| form.errors().get()).collect::<Vec<_>>());
    let name = Memo::new(move |_| person.read().name.clone());
    let username = Memo::new(move |_| person.read().username.clone());
    let title = move || if errors.read().is_empty() { name.get() } else { texts::error_prefix(l, &name.read()) };
    // Drawn anew only when somebody changed just that.
    let start = Memo::new(move |_| Start::of(&person.read()));
    let access = Memo::new(move |_| person.read().access.clone());
    let to_give = Memo::new(move |_| person.read().to_give.clone());
    let (id, general) = (person.read_untracked().id, person.read_untracked().general);
    view! {
        <Title text=title/>
        <PageHeader
            title=name
            back_label=t::back(l)
            back_href=format!("/company/{company}/users")
            beside=move || move || view! { <StatusBadge status=person.read().status/> }
        />
        <ErrorSummary title=texts::error_title(l) errors/>
        <DoneNotice person/>
        <div class="columns">
            <Card id="details" title=t::details(l)>
                {move || view! { <EditForm company id username=username.get() start=start.get() action=deeds.save/> }}
            </Card>
            <div class="stack">
                {move || view! { <LockCard company person=person.get() action=deeds.unlock/> }}
                <AccessCard company id access to_give give=deeds.give remove=deeds.remove_access/>
                {move || view! { <RegistrationCard company person=person.get() action=deeds.resend/> }}
                {(!general).then(|| view! {
                    {move || view! {
                        <AddressCard company person=person.get() ask=deeds.ask_address withdraw=deeds.withdraw_address/>
                    }}
                    <RemoveCard company id name may_remove=Memo::new(move |_| person.read().may_remove.clone()) action=deeds.remove/>
                })}
            </div>
        </div>
    }
}

#[component]
fn EditForm(company: CompanyNumber, id: AccountId, username: String, start: Start, action: ServerAction<SaveUser>) -> impl IntoView {
    let l = language();
    let form = FormState::of(action);
    view! {
        <ActionForm action attr:novalidate=true attr:class="form">
            <Target company id/>
            <Facts items=vec![fact(t::username(l), username)]/>
            {if start.general {
                view! { <GeneralFields form start/> }.into_any()
            } else {
                view! {
                    <RoleField form start=start.clone()/>
                    <DetailFields form start=start.clone()/>
                    <MembershipFields form start/>
                }.into_any()
            }}
            <div class="form-actions"><Button pending=form.pending>{t::save(l)}</Button></div>
        </ActionForm>
    }
}

/// G2: what everybody uses is blocked or not; nothing else of it is an administrator's to change here.
#[component]
fn GeneralFields(form: FormState, start: Start) -> impl IntoView {
    let l = language();
    view! {
        <p class="muted">{t::general_account_text(l)} " " <a href="/profile/password">{t::general_account_password(l)}</a></p>
        <input type="hidden" name="role" value=start.role.key()/>
        <input type="hidden" name="mail_to_administrators" value="on"/>
        <BlockedField form start/>
    }
}

#[component]
fn RegistrationCard(company: CompanyNumber, person: UserDetails, action: ServerAction<ResendRegistration>) -> impl IntoView {
    let l = language();
    let form = FormState::of(action);
    let history = format!("/company/{company}/history?period=all&account={}", person.id);
    view! {
        <Card id="registration" title=t::registration(l)>
            <Facts items=registration(l, &person)/>
            {person.may_resend.is_ok().then(|| view! {
                <ActionForm action attr:class="stack">
                    <Target company id=person.id/>
                    <p class="muted small">{t::resend_text(l)}</p>
                    <div><Button kind=Kind::Secondary glyph=Glyph::Mail pending=form.pending>{t::resend(l)}</Button></div>
                </ActionForm>
            })}
            <p><a href=history>{t::history(l)}</a></p>
        </Card>
    }
}

#[component]
fn LockCard(company: CompanyNumber, person: UserDetails, action: ServerAction<UnlockUser>) -> impl IntoView {
    let l = language();
    let form = FormState::of(action);
    person.may_unlock.is_ok().then(|| {
        view! {
            <Card id="lock" title=t::status_locked(l) tone=Tone::Danger>
                <ActionForm action attr:class="stack">
                    <Target company id=person.id/>
                    <p>{t::unlock_text(l)}</p>
                    <div><Button kind=Kind::Secondary glyph=Glyph::Lock pending=form.pending>{t::unlock(l)}</Button></div>
                </ActionForm>
            </Card>
        }
    })
}

/// What will be lost is said before the button, and again in the question.
#[component]
fn RemoveCard(
    company: CompanyNumber,
    id: AccountId,
    name: Memo<String>,
    may_remove: Memo<Result<(), Refusal>>,
    action: ServerAction<RemoveUser>,
) -> impl IntoView {
    let l = language();
    let form = FormState::of(action);
    let ask = move || match may_remove.get() {
        Err(why) => view! { <p class="muted">{texts::of_refusal(l, &why)}</p> }.into_any(),
        Ok(()) => {
            let (question, button) = (t::remove_question(l, &name.read()), t::remove_person(l, &name.read()));
            view! {
            <p class="muted small">{t::remove_text(l)}</p>
            <div><DialogButton dialog="remove-dialog" kind=Kind::Danger>{t::remove(l)}</DialogButton></div>
            <Dialog id="remove-dialog" title=question close=texts::close(l)>
                <ActionForm action attr:class="stack">
                    <Target company id/>
                    <p>{t::remove_text(l)}</p>
                    <div class="form-actions">
                        <Button kind=Kind::Danger pending=form.pending>{button}</Button>
                        <DialogClose dialog="remove-dialog">{t::cancel(l)}</DialogClose>
                    </div>
                </ActionForm>
            </Dialog>
            }
            .into_any()
        }
    };
    view! { <Card id="remove" title=t::remove(l)><div class="stack">{ask}</div></Card> }
}

/// Whom a button is about.
#[component]
pub(super) fn Target(company: CompanyNumber, id: AccountId) -> impl IntoView {
    view! {
        <input type="hidden" name="company" value=company.0/>
        <input type="hidden" name="id" value=id.to_string()/>
    }
}

/// What was just done here. Only the names of what can be done are read from the address.
#[component]
fn DoneNotice(person: Signal<UserDetails>) -> impl IntoView {
    let l = language();
    let query = use_query_map();
    move || {
        let person = person.read();
        let text = match query.read().get("notice").as_deref() {
            Some("added") if person.blocked => t::saved_blocked(l, &person.name),
            Some("added") => t::saved(l, &person.name),
            Some("saved") => t::changes_saved(l).to_owned(),
            Some("resent") => t::resent(l).to_owned(),
            Some("address-asked") if person.address_change.is_some() => t::address_asked(l).to_owned(),
            Some("address-withdrawn") if person.address_change.is_none() => t::address_withdrawn(l).to_owned(),
            Some("access-given") if !person.access.is_empty() => t::access_given(l).to_owned(),
            Some("access-removed") => t::access_removed(l).to_owned(),
            Some("unlocked") if person.status.kind != StatusKind::Locked => t::unlocked(l).to_owned(),
            _ => return None,
        };
        Some(view! { <Notice tone=Tone::Success>{text}</Notice> })
    }
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
