//! The mail that was just sent again to several (U2): which it is, and how far.

use crate::{forms::FormState, language::language, mail_progress::MailProgress, prelude::*, texts::users as t, ui::*};
use leptos_router::params::ParamsMap;
use shared::{BatchId, Refusal, fields::Language, mailing::Progress};

/// As the address says, or the answer where it went to some of them only.
pub(super) fn mail_sent(params: Memo<ParamsMap>, form: FormState) -> Memo<Option<BatchId>> {
    Memo::new(move |_| match form.refusal() {
        Some(Refusal::Some(not_all)) => not_all.mail,
        Some(_) => None,
        None => params.read().get("mail").and_then(|batch| batch.parse().ok()),
    })
}

/// Apart from the notice of what was done, which would be heard anew with every letter.
#[component]
pub(super) fn MailAgain(mail: Memo<Option<Progress>>) -> impl IntoView {
    let l = language();
    let is_some = Memo::new(move |_| mail.read().is_some());
    let now = Memo::new(move |_| mail.get().unwrap_or_default());
    let told = Memo::new(move |_| Some(told(l, now.get()).to_owned()));
    move || is_some.get().then(|| view! { <Card id="mail" title=t::mail_again(l)><MailProgress mail=now told dropped/></Card> })
}

const fn told(l: Language, mail: Progress) -> &'static str {
    match mail.waiting {
        0 if mail.sent == mail.all => t::mail_is_sent(l),
        0 => t::mail_is_over(l),
        _ => t::mail_goes_on(l),
    }
}

fn dropped(l: Language, people: u32) -> String {
    if people == 1 { t::mail_dropped_one(l).to_owned() } else { t::mail_dropped(l, people) }
}
