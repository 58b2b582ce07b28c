//! What is shown of a licence wherever it stands: its seats, its days, whether it is valid.

use crate::{texts::licences as t, ui::*};
use leptos::prelude::*;
use shared::{
    fields::Language,
    licences::{TermsShown, Validity},
};
use std::cmp::Ordering;

/// L6: a bar where there is a limit. More can be used than there is (L3).
pub(super) fn seats(l: Language, seats: Option<u32>, used: u32) -> AnyView {
    let Some(seats) = seats else { return view! { <span>{t::without_limit(l, used)}</span> }.into_any() };
    let tone = match used.cmp(&seats) {
        Ordering::Greater => Tone::Danger,
        Ordering::Equal => Tone::Warning,
        Ordering::Less => Tone::Accent,
    };
    view! { <Meter label=t::in_use(l) value=used max=seats figures=t::of_seats(l, used, seats) tone/> }.into_any()
}

/// The last day, and a badge where today is not one of its days.
pub(super) fn valid_until(l: Language, terms: &TermsShown) -> AnyView {
    view! {
        <time class="nowrap" datetime=terms.until.machine_date()>{terms.until.date(l)}</time>
        {validity_badge(l, terms.validity).map(|badge| view! { " " {badge} })}
    }
    .into_any()
}

/// Nothing, where it is valid.
pub(crate) fn validity_badge(l: Language, validity: Validity) -> Option<AnyView> {
    let tone = match validity {
        Validity::Valid => return None,
        Validity::NotYet => Tone::Info,
        Validity::Expired => Tone::Danger,
    };
    Some(view! { <Badge label=t::validity(l, validity) tone/> }.into_any())
}

/// L5.
pub(super) fn external(l: Language, terms: &TermsShown) -> Option<AnyView> {
    terms.external.then(|| view! { <Badge label=t::external(l) glyph=Glyph::External/> }.into_any())
}
