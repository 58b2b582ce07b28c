//! `/company/{number}/users/{id}`: one person, what they are here, and what can be done.

use super::{
    access::AccessCard,
    address::AddressCard,
    api::{self, AskAddressChange, RemoveUser, ResendRegistration, SaveUser, UnlockUser, WithdrawAddressChange},
    edit::EditCard,
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
use leptos_router::hooks::{use_params_map, use_query_map};
use shared::{
    AccountId, CompanyNumber, LocalTime,
    fields::Language,
    live::Room,
    users::{MailShown, StatusKind, StatusShown, UserDetails},
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
        let deeds = Self {
            save: ServerAction::new(),
            resend: ServerAction::new(),
            unlock: ServerAction::new(),
            remove: ServerAction::new(),
            ask_address: ServerAction::new(),
            withdraw_address: ServerAction::new(),
            give: ServerAction::new(),
            remove_access: ServerAction::new(),
        };
        deeds.forget_earlier_answers();
        deeds
    }

    /// All but the removal, after which there is nobody to look at.
    fn that_stay_here(self) -> [Action<String, Result<(), Fault>>; 7] {
        [*self.save, *self.resend, *self.unlock, *self.ask_address, *self.withdraw_address, *self.give, *self.remove_access]
    }

    /// Rises with every answer.
    fn answers(self) -> usize {
        self.that_stay_here().iter().map(|deed| deed.version().get()).sum()
    }

    /// What one form was refused must not stand beside what another has done since.
    fn forget_earlier_answers(self) {
        for (place, deed) in self.that_stay_here().into_iter().enumerate() {
            effect(move || {
                if deed.version().get() > 0 {
                    let others = self.that_stay_here().into_iter().enumerate().filter(|(other, _)| *other != place);
                    others.for_each(|(_, other)| other.clear());
                    self.remove.clear();
                }
            });
        }
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
            deeds.answers();
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
    let title = move || if errors.read().is_empty() { name.get() } else { texts::error_prefix(l, &name.read()) };
    // Drawn anew only when somebody changed just that.
    let access = Memo::new(move |_| person.read().access.clone());
    let to_give = Memo::new(move |_| person.read().to_give.clone());
    let query = use_query_map();
    let said = Memo::new(move |_| {
        let deed = query.read().get("notice");
        errors.read().is_empty().then(|| done(l, &person.read(), deed.as_deref())).flatten()
    });
    let answers = Memo::new(move |_| deeds.answers());
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
        <Done text=said answers/>
        <div class="columns">
            <EditCard company person action=deeds.save/>
            <div class="stack">
                <LockCard company person action=deeds.unlock/>
                <AccessCard company id access to_give give=deeds.give remove=deeds.remove_access/>
                <RegistrationCard company person action=deeds.resend/>
                {(!general).then(|| view! {
                    <AddressCard company person ask=deeds.ask_address withdraw=deeds.withdraw_address/>
                    <RemoveCard company person name action=deeds.remove/>
                })}
            </div>
        </div>
    }
}

/// Drawn anew only when one of these changed.
#[component]
fn RegistrationCard(company: CompanyNumber, person: Signal<UserDetails>, action: ServerAction<ResendRegistration>) -> impl IntoView {
    let l = language();
    let form = FormState::of(action);
    let id = person.read_untracked().id;
    let history = format!("/company/{company}/history?period=all&account={id}");
    let shown = Memo::new(move |_| person.with(|person| (person.status, person.added, person.registered, person.mail)));
    let may_resend = Memo::new(move |_| person.read().may_resend.is_ok());
    let resend = move || {
        may_resend.get().then(|| {
            view! {
                <ActionForm action attr:class="stack">
                    <Target company id/>
                    <p class="muted small">{t::resend_text(l)}</p>
                    <div><Button kind=Kind::Secondary glyph=Glyph::Mail pending=form.pending>{t::resend(l)}</Button></div>
                </ActionForm>
            }
        })
    };
    view! {
        <Card id="registration" title=t::registration(l)>
            {move || view! { <Facts items=registration(l, shown.get())/> }}
            {resend}
            <p><a href=history>{t::history(l)}</a></p>
        </Card>
    }
}

#[component]
fn LockCard(company: CompanyNumber, person: Signal<UserDetails>, action: ServerAction<UnlockUser>) -> impl IntoView {
    let l = language();
    let form = FormState::of(action);
    let id = person.read_untracked().id;
    let may_unlock = Memo::new(move |_| person.read().may_unlock.is_ok());
    move || {
        may_unlock.get().then(|| {
            view! {
                <Card id="lock" title=t::status_locked(l) tone=Tone::Danger>
                    <ActionForm action attr:class="stack">
                        <Target company id/>
                        <p>{t::unlock_text(l)}</p>
                        <div><Button kind=Kind::Secondary glyph=Glyph::Lock pending=form.pending>{t::unlock(l)}</Button></div>
                    </ActionForm>
                </Card>
            }
        })
    }
}

/// What will be lost is said before the button, and again in the question.
#[component]
fn RemoveCard(company: CompanyNumber, person: Signal<UserDetails>, name: Memo<String>, action: ServerAction<RemoveUser>) -> impl IntoView {
    let l = language();
    let form = FormState::of(action);
    let id = person.read_untracked().id;
    let may_remove = Memo::new(move |_| person.read().may_remove.clone());
    let ends = Memo::new(move |_| person.read().ends);
    let in_numbers = move || t::removal_ends(l, ends.get().access, ends.get().requests);
    let ask = move || match may_remove.get() {
        Err(why) => view! { <p class="muted">{texts::of_refusal(l, &why)}</p> }.into_any(),
        Ok(()) => {
            let (question, button) = (t::remove_question(l, &name.read()), t::remove_person(l, &name.read()));
            view! {
            <p class="strong">{in_numbers}</p>
            <p class="muted small">{t::remove_text(l)}</p>
            <div><DialogButton dialog="remove-dialog" kind=Kind::Danger>{t::remove(l)}</DialogButton></div>
            <Dialog id="remove-dialog" title=question close=texts::close(l)>
                <ActionForm action attr:class="stack">
                    <Target company id/>
                    <p class="strong">{in_numbers}</p>
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
fn done(l: Language, person: &UserDetails, deed: Option<&str>) -> Option<String> {
    let text = match deed? {
        "added" if person.blocked => t::saved_blocked(l, &person.name),
        "added" => t::saved(l, &person.name),
        "saved" => t::changes_saved(l).to_owned(),
        "resent" => t::resent(l).to_owned(),
        "address-asked" if person.address_change.is_some() => t::address_asked(l).to_owned(),
        "address-withdrawn" if person.address_change.is_none() => t::address_withdrawn(l).to_owned(),
        "access-given" if !person.access.is_empty() => t::access_given(l).to_owned(),
        "access-removed" => t::access_removed(l).to_owned(),
        "unlocked" if person.status.kind != StatusKind::Locked => t::unlocked(l).to_owned(),
        _ => return None,
    };
    Some(text)
}

type Registration = (StatusShown, LocalTime, Option<LocalTime>, Option<MailShown>);

fn registration(l: Language, (status, added, registered, mail): Registration) -> Vec<Fact> {
    let registered = registered.map_or_else(|| t::not_yet(l).to_owned(), |moment| moment.date_and_time(l));
    let mail = mail.map_or_else(|| t::no_mail(l).to_owned(), |mail| t::mail_state(l, mail.state, &mail.moment));
    vec![
        fact(t::status(l), view! { <StatusBadge status/> }),
        fact(t::added(l), added.date_and_time(l)),
        fact(t::registered(l), registered),
        fact(t::last_mail(l), mail),
    ]
}
