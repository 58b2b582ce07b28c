//! A person's page: the licences that they may use, giving one and taking one away (U5).

use crate::{
    forms::FormState,
    language::language,
    licences::{GiveAccess, RemoveAccess, validity_badge},
    prelude::*,
    texts::{self, licences as lt, users as t},
    ui::*,
};
use shared::{
    AccountId, CompanyNumber, FieldName,
    licences::{Givable, OwnAccess},
};

#[component]
pub(super) fn AccessCard(
    company: CompanyNumber,
    id: AccountId,
    access: Memo<Vec<OwnAccess>>,
    to_give: Memo<Vec<Givable>>,
    give: ServerAction<GiveAccess>,
    remove: ServerAction<RemoveAccess>,
) -> impl IntoView {
    let l = language();
    let row = move |one: OwnAccess| view! { <AccessRow company id access=one action=remove/> };
    let list = move || {
        let access = access.get();
        if access.is_empty() {
            return view! { <p class="muted">{t::no_access(l)}</p> }.into_any();
        }
        view! {
            <ul class="plain-list stack">{access.into_iter().map(row).collect_view()}</ul>
            <p class="muted small">{t::remove_access_text(l)}</p>
        }
        .into_any()
    };
    view! {
        <Card id="licences" title=t::licences(l)>
            <div class="stack">
                {list}
                // Drawn anew only when something else can be given: what is chosen stays.
                {move || view! { <GiveForm company id to_give=to_give.get() action=give/> }}
            </div>
        </Card>
    }
}

#[component]
fn AccessRow(company: CompanyNumber, id: AccountId, access: OwnAccess, action: ServerAction<RemoveAccess>) -> impl IntoView {
    let l = language();
    let licence = access.licence.to_string();
    let name_id = format!("access-{licence}");
    let (described_by, sent) = (name_id.clone(), licence.clone());
    let pending = Signal::derive(move || action.is_sending("licence", &sent));
    let href = format!("/company/{company}/licences/{licence}");
    let way = t::way_until(l, lt::way(l, access.way), &access.until.date(l));
    view! {
        <li class="row">
            <div>
                <a id=name_id class="strong" href=href>{access.product}</a> " " {validity_badge(l, access.validity)}
                <p class="muted small">{way}</p>
            </div>
            {access.may_remove.is_ok().then(|| view! {
                <ActionForm action>
                    <Person company id/>
                    <input type="hidden" name="licence" value=licence/>
                    <Button kind=Kind::Secondary small=true pending attr:aria-describedby=described_by>{lt::remove_access(l)}</Button>
                </ActionForm>
            })}
        </li>
    }
}

#[component]
fn GiveForm(company: CompanyNumber, id: AccountId, to_give: Vec<Givable>, action: ServerAction<GiveAccess>) -> impl IntoView {
    let l = language();
    let form = FormState::of(action);
    let (can, cannot): (Vec<Givable>, Vec<Givable>) = to_give.into_iter().partition(|one| one.may_be_given.is_ok());
    let licences = can.into_iter().map(|one| (one.licence.to_string(), one.product));
    let choices: Vec<Choice> = std::iter::once((String::new(), t::choose_licence(l).to_owned())).chain(licences).collect();
    let why_not = |one: Givable| {
        let why = one.may_be_given.err().map(|why| texts::of_refusal(l, &why)).unwrap_or_default();
        view! { <li>{one.product} ": " {why}</li> }
    };
    view! {
        {if choices.len() > 1 {
            view! {
                <ActionForm action attr:novalidate=true attr:class="stack">
                    <Person company id/>
                    <Select
                        name=FieldName::Licence.html()
                        label=t::add_licence(l)
                        options=choices
                        selected=form.kept(FieldName::Licence)
                        error=form.error(FieldName::Licence)
                    />
                    <div><Button kind=Kind::Secondary glyph=Glyph::Plus pending=form.pending>{lt::give_access(l)}</Button></div>
                </ActionForm>
            }.into_any()
        } else {
            view! { <p class="muted">{t::nothing_to_give(l)}</p> }.into_any()
        }}
        {(!cannot.is_empty()).then(|| view! {
            <div class="small muted">
                <p>{t::cannot_be_given(l)}</p>
                <ul>{cannot.into_iter().map(why_not).collect_view()}</ul>
            </div>
        })}
    }
}

/// Whom the form is about, and that it leads back here.
#[component]
fn Person(company: CompanyNumber, id: AccountId) -> impl IntoView {
    view! {
        <input type="hidden" name="company" value=company.0/>
        <input type="hidden" name="ids[]" value=id.to_string()/>
        <input type="hidden" name="back" value="user"/>
    }
}
