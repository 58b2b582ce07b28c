//! How far a newsletter is.

use super::api::NewsletterShown;
use crate::{language::language, prelude::*, texts::newsletter as t, ui::*};
use shared::{
    LocalTime,
    fields::Language,
    newsletter::{self, NewsletterPage, Stage},
};

/// In the list.
pub(super) fn in_a_row(l: Language, stage: Stage, sent: Option<LocalTime>, progress: newsletter::Progress) -> AnyView {
    match (stage, sent) {
        (Stage::Draft, _) | (_, None) => badge(l, Stage::Draft),
        (Stage::Sending, _) => view! {
            <Progress label=t::progress(l) value=progress.sent max=progress.subscribers figures=figures(l, progress)/>
        }
        .into_any(),
        (Stage::Sent, Some(sent)) => t::sent_on(l, &sent.date_and_time(l), progress.subscribers).into_any(),
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

fn figures(l: Language, progress: newsletter::Progress) -> String {
    t::so_many_sent(l, progress.sent, progress.subscribers)
}

#[component]
pub(super) fn ProgressCard(shown: Signal<NewsletterShown>) -> impl IntoView {
    let l = language();
    let progress = Memo::new(move |_| shown.read().newsletter.progress);
    let told = Memo::new(move |_| shown.with(|shown| told(l, &shown.newsletter)));
    let line = |text: String| view! { <p>{text}</p> };
    view! {
        <Card id="progress" title=t::how_far(l)>
            <Progress
                label=t::progress(l)
                value=Signal::derive(move || progress.read().sent)
                max=Signal::derive(move || progress.read().subscribers)
                figures=Signal::derive(move || figures(l, progress.get()))
            />
            // Every letter would be too much to hear; that all have gone is told.
            <p role="status">{move || told.get()}</p>
            {move || not_sent(l, progress.get()).into_iter().map(line).collect_view()}
        </Card>
    }
}

fn told(l: Language, newsletter: &NewsletterPage) -> Option<String> {
    let moment = newsletter.sent?.date_and_time(l);
    Some(match newsletter.stage {
        Stage::Sent => t::sent_on(l, &moment, newsletter.progress.subscribers),
        Stage::Draft | Stage::Sending => t::sent_since(l, &moment),
    })
}

/// A line for each reason why a subscriber did not get it.
fn not_sent(l: Language, progress: newsletter::Progress) -> Vec<String> {
    let failed = match progress.failed {
        0 => None,
        1 => Some(t::one_failed(l).to_owned()),
        failed => Some(t::so_many_failed(l, failed)),
    };
    let dropped = match progress.dropped {
        0 => None,
        1 => Some(t::one_dropped(l).to_owned()),
        dropped => Some(t::so_many_dropped(l, dropped)),
    };
    failed.into_iter().chain(dropped).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_did_not_get_it_is_counted() {
        let said = |failed, dropped| {
            not_sent(Language::English, newsletter::Progress { subscribers: 250, sent: 84, failed, dropped, waiting: 0 }).join(" ")
        };
        assert_eq!(said(0, 0), "");
        assert_eq!(said(1, 0), "One could not be delivered.");
        assert!(said(12, 1).starts_with("12 could not be delivered. One was not sent any more"), "{}", said(12, 1));
    }
}
