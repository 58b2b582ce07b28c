//! How far a newsletter is.

use super::api::NewsletterShown;
use crate::{
    language::language,
    mail_progress::{MailProgress, figures},
    prelude::*,
    texts::{mailing as m, newsletter as t},
    ui::*,
};
use shared::{
    LocalTime,
    fields::Language,
    mailing,
    newsletter::{NewsletterPage, Stage},
};

/// In the list.
pub(super) fn in_a_row(l: Language, stage: Stage, sent: Option<LocalTime>, progress: mailing::Progress) -> AnyView {
    match (stage, sent) {
        (Stage::Draft, _) | (_, None) => badge(l, Stage::Draft),
        (Stage::Sending, _) => view! {
            <Progress label=m::progress(l) value=progress.sent max=progress.all figures=figures(l, progress)/>
        }
        .into_any(),
        (Stage::Sent, Some(sent)) => t::sent_on(l, &sent.date_and_time(l), progress.all).into_any(),
    }
}

/// Colour is never alone: the words say it.
pub(super) fn badge(l: Language, stage: Stage) -> AnyView {
    let (label, tone) = match stage {
        Stage::Draft => (t::draft(l), Tone::Neutral),
        Stage::Sending => (t::on_its_way(l), Tone::Info),
        Stage::Sent => (t::sent(l), Tone::Success),
    };
    view! { <Badge label tone/> }.into_any()
}

#[component]
pub(super) fn ProgressCard(shown: Signal<NewsletterShown>) -> impl IntoView {
    let l = language();
    let mail = Memo::new(move |_| shown.read().newsletter.progress);
    let told = Memo::new(move |_| shown.with(|shown| told(l, &shown.newsletter)));
    view! { <Card id="progress" title=t::how_far(l)><MailProgress mail told dropped/></Card> }
}

fn told(l: Language, newsletter: &NewsletterPage) -> Option<String> {
    let moment = newsletter.sent?.date_and_time(l);
    Some(match newsletter.stage {
        Stage::Sent => t::sent_on(l, &moment, newsletter.progress.all),
        Stage::Draft | Stage::Sending => t::sent_since(l, &moment),
    })
}

fn dropped(l: Language, people: u32) -> String {
    if people == 1 { t::one_dropped(l).to_owned() } else { t::so_many_dropped(l, people) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail_progress::not_sent;

    #[test]
    fn whoever_did_not_get_it_is_counted() {
        let said = |failed, gone| {
            let progress = mailing::Progress { all: 250, sent: 84, failed, dropped: gone, waiting: 0 };
            not_sent(Language::English, progress, dropped).join(" ")
        };
        assert_eq!(said(0, 0), "");
        assert_eq!(said(1, 0), "One could not be delivered.");
        assert!(said(12, 1).starts_with("12 could not be delivered. One was not sent any more"), "{}", said(12, 1));
    }
}
