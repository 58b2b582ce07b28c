//! How far the mail of many is: of a newsletter (P5), or of what an administrator sends again to several (U2).

use crate::{language::language, prelude::*, texts::mailing as t, ui::*};
use shared::{fields::Language, mailing};

/// "84 of 250 sent".
pub(crate) fn figures(l: Language, mail: mailing::Progress) -> String {
    t::so_many_sent(l, mail.sent, mail.all)
}

/// A bar with its figures, and who did not get it. Every letter would be too much to hear; `told` is heard when it changes.
#[component]
pub(crate) fn MailProgress(
    mail: Memo<mailing::Progress>,
    told: Memo<Option<String>>,
    /// Why so many were not sent any more.
    dropped: fn(Language, u32) -> String,
) -> impl IntoView {
    let l = language();
    let line = |text: String| view! { <p>{text}</p> };
    view! {
        <Progress
            label=t::progress(l)
            value=Signal::derive(move || mail.read().sent)
            max=Signal::derive(move || mail.read().all)
            figures=Signal::derive(move || figures(l, mail.get()))
        />
        <p role="status">{move || told.get()}</p>
        {move || not_sent(l, mail.get(), dropped).into_iter().map(line).collect_view()}
    }
}

/// A line for each reason why somebody did not get it.
pub(crate) fn not_sent(l: Language, mail: mailing::Progress, dropped: fn(Language, u32) -> String) -> Vec<String> {
    let failed = match mail.failed {
        0 => None,
        1 => Some(t::one_failed(l).to_owned()),
        failed => Some(t::so_many_failed(l, failed)),
    };
    let dropped = (mail.dropped > 0).then(|| dropped(l, mail.dropped));
    failed.into_iter().chain(dropped).collect()
}
