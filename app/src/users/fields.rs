//! The fields of somebody in a company (U1), the same when they are added and when they are changed.

use crate::{
    forms::FormState,
    language::language,
    texts::{self, countries, users as t},
    ui::*,
};
use leptos::prelude::*;
use shared::{
    FieldName, Refusal, Role,
    fields::{Country, Language},
    users::{Ends, UserDetails},
};

/// What the form begins with, and what of it may be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Start {
    /// G2: only whether it is blocked can be changed.
    pub general: bool,
    pub role: Role,
    pub name: String,
    pub phone: String,
    pub country: Option<Country>,
    pub blocked: bool,
    pub mail_to_administrators: bool,
    /// Sent along, so that it takes back nothing that somebody else has changed since. Of somebody new there is nothing.
    pub seen: String,
    pub may_demote: Result<(), Refusal>,
    pub may_promote: Result<(), Refusal>,
    pub may_block: Result<(), Refusal>,
    pub may_edit_details: Result<(), Refusal>,
}

impl Start {
    /// Most people's country is the company's.
    pub(super) fn empty(country: Option<Country>) -> Self {
        Self {
            general: false,
            role: Role::User,
            name: String::new(),
            phone: String::new(),
            country: country.or(Some(Country::NETHERLANDS)),
            blocked: false,
            mail_to_administrators: false,
            seen: String::new(),
            may_demote: Ok(()),
            may_promote: Ok(()),
            may_block: Ok(()),
            may_edit_details: Ok(()),
        }
    }

    pub(super) fn of(person: &UserDetails) -> Self {
        Self {
            general: person.general,
            role: person.role,
            name: person.name.clone(),
            phone: person.phone.clone().unwrap_or_default(),
            country: person.country,
            blocked: person.blocked,
            mail_to_administrators: person.mail_to_administrators,
            seen: person.seen(),
            may_demote: person.may_demote.clone(),
            may_promote: person.may_promote.clone(),
            may_block: person.may_block.clone(),
            may_edit_details: person.may_edit_details.clone(),
        }
    }
}

#[component]
pub(super) fn RoleField(form: FormState, start: Start) -> impl IntoView {
    let l = language();
    let roles: Vec<Choice> = Role::ALL.map(|role| (role.key().to_owned(), texts::role(l, role).to_owned())).to_vec();
    let may_change = if start.role == Role::Administrator { start.may_demote } else { start.may_promote };
    let why_not = may_change.err().map(|refusal| texts::of_refusal(l, &refusal));
    let fixed = why_not.is_some();
    view! {
        <Select
            name=FieldName::Role.html()
            label=t::role(l)
            hint=why_not.unwrap_or_else(|| t::role_hint(l).to_owned())
            options=roles
            selected=form.kept(FieldName::Role).unwrap_or_else(|| start.role.key().to_owned())
            error=form.error(FieldName::Role)
            disabled=fixed
            short=true
        />
        // Browsers don't send what is disabled.
        {fixed.then(|| view! { <input type="hidden" name=FieldName::Role.html() value=start.role.key()/> })}
    }
}

#[component]
pub(super) fn DetailFields(form: FormState, start: Start) -> impl IntoView {
    let l = language();
    let fixed = start.may_edit_details.is_err();
    let kept = move |name, stored: String| form.kept(name).unwrap_or(stored);
    let country = start.country.map(|country| country.code().to_owned()).unwrap_or_default();
    view! {
        {start.may_edit_details.err().map(|why| view! { <p class="muted">{texts::of_refusal(l, &why)}</p> })}
        <TextField
            name=FieldName::Name.html()
            label=t::name(l)
            value=kept(FieldName::Name, start.name)
            error=form.error(FieldName::Name)
            autocomplete="off"
            required=true
            disabled=fixed
        />
        <TextField
            name=FieldName::Phone.html()
            label=t::phone(l)
            optional_word=texts::optional(l)
            kind="tel"
            value=kept(FieldName::Phone, start.phone)
            error=form.error(FieldName::Phone)
            autocomplete="off"
            short=true
            disabled=fixed
        />
        <Select
            name=FieldName::Country.html()
            label=t::country(l)
            options=country_choices(l, start.country)
            selected=kept(FieldName::Country, country)
            error=form.error(FieldName::Country)
            disabled=fixed
        />
    }
}

/// Whose country nobody knows yet has to choose one.
fn country_choices(l: Language, known: Option<Country>) -> Vec<Choice> {
    let unknown = known.is_none().then(|| (String::new(), t::choose_country(l).to_owned()));
    unknown.into_iter().chain(countries::choices(l)).collect()
}

#[component]
pub(super) fn MembershipFields(
    form: FormState,
    start: Start,
    /// What blocking would cost; nothing of somebody new.
    #[prop(optional)]
    ends: Option<Memo<Ends>>,
) -> impl IntoView {
    let l = language();
    let redirected = ticked(form, "mail_to_administrators", start.mail_to_administrators);
    view! {
        <BlockedField form start ends/>
        <Checkbox
            name="mail_to_administrators"
            value="on"
            label=t::mail_to_administrators(l)
            hint=t::mail_to_administrators_hint(l)
            checked=redirected
        />
    }
}

#[component]
pub(super) fn BlockedField(form: FormState, start: Start, ends: Option<Memo<Ends>>) -> impl IntoView {
    let l = language();
    let why_not = start.may_block.err().filter(|_| !start.blocked).map(|refusal| texts::of_refusal(l, &refusal));
    let fixed = why_not.is_some();
    // What will be lost is said where it is decided.
    let ends = ends.filter(|_| !start.blocked);
    let hint = Signal::derive(move || {
        let plain = t::blocked_hint(l);
        Some(match (&why_not, ends.map(|ends| ends.get())) {
            (Some(why_not), _) => why_not.clone(),
            (None, Some(Ends { access, requests })) => format!("{plain} {} {}", t::block_ends(l, access, requests), t::link_stops(l)),
            (None, None) => plain.to_owned(),
        })
    });
    view! {
        <Checkbox
            name="blocked"
            value="on"
            label=t::blocked(l)
            hint
            checked=ticked(form, "blocked", start.blocked)
            disabled=fixed
        />
    }
}

/// What was ticked before the form came back, or what is stored.
pub(crate) fn ticked(form: FormState, name: &str, stored: bool) -> bool {
    if form.came_back() { form.kept_named(name).is_some() } else { stored }
}
