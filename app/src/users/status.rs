//! A status as a badge, with its date.

use crate::{language::language, texts::users as t, ui::*};
use leptos::prelude::*;
use shared::users::{StatusKind, StatusShown};

/// Colour is never alone: the words say it.
#[component]
pub(crate) fn StatusBadge(status: StatusShown) -> impl IntoView {
    let l = language();
    let tone = match status.kind {
        StatusKind::Blocked | StatusKind::Locked => Tone::Danger,
        StatusKind::RegistrationExpired => Tone::Warning,
        StatusKind::RegistrationRequested | StatusKind::AwaitingApproval => Tone::Info,
        StatusKind::NoActiveLicence => Tone::Neutral,
        StatusKind::Registered => Tone::Success,
    };
    let moment = t::status_moment(l, status);
    view! {
        <Badge label=t::status_kind(l, status.kind) tone/>
        {moment.map(|(moment, text)| view! { " " <time class="small muted nowrap" datetime=moment.machine()>{text}</time> })}
    }
}
