//! The terms of a licence (L1), the same when it is granted and when it is changed.

use crate::{
    forms::FormState,
    language::language,
    texts::{self, licences as t},
    ui::*,
    users::ticked,
};
use leptos::prelude::*;
use shared::{FieldName, licences::LicenceForm};

#[component]
pub(super) fn TermsFields(form: FormState, start: LicenceForm) -> impl IntoView {
    let l = language();
    let permitted = FieldName::CompanyWidePermitted.html();
    view! {
        {date_field(form, FieldName::ValidFrom, t::valid_from(l), start.valid_from)}
        {date_field(form, FieldName::ValidUntil, t::valid_until(l), start.valid_until)}
        <TextField
            name=FieldName::Seats.html()
            label=t::seats(l)
            optional_word=texts::optional(l)
            hint=t::seats_hint(l)
            value=form.kept(FieldName::Seats).unwrap_or(start.seats)
            error=form.error(FieldName::Seats)
            inputmode="numeric"
            autocomplete="off"
            short=true
        />
        <Checkbox
            name=permitted
            value="on"
            label=t::company_wide_permitted(l)
            hint=t::company_wide_permitted_hint(l)
            error=form.error(FieldName::CompanyWidePermitted)
            checked=ticked(form, permitted, start.company_wide_permitted.is_some())
        />
        <Checkbox
            name="external"
            value="on"
            label=t::external(l)
            hint=t::external_hint(l)
            checked=ticked(form, "external", start.external.is_some())
        />
    }
}

fn date_field(form: FormState, name: FieldName, label: &'static str, stored: String) -> impl IntoView {
    view! {
        <TextField
            name=name.html()
            label
            kind="date"
            value=form.kept(name).unwrap_or(stored)
            error=form.error(name)
            autocomplete="off"
            required=true
            short=true
        />
    }
}
