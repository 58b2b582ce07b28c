//! `/provider/newsletter/{id}`: a draft to write, look at and send; afterwards how far it is, and who got it (P5).

use super::{
    api::{self, NewsletterShown},
    deeds::{Deeds, DoneNotice},
    fields::{NewsletterFields, WriteButtons},
    letter::{Letters, PreviewCard},
    progress::{self, ProgressCard},
    readers::{self, ReadersCard},
    send::{DeleteCard, SendCard},
};
use crate::{
    forms::FormState,
    language::language,
    live,
    load::follow,
    prelude::*,
    texts::{self, newsletter as t},
    ui::*,
};
use leptos_router::hooks::{use_params_map, use_query_map};
use shared::{NewsletterId, newsletter::Stage};
use uuid::Uuid;

const PREVIEW: &str = "preview";

#[component]
pub(crate) fn NewsletterPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    // No newsletter has the id nought, so an address that is none leads to "not found".
    let id = Memo::new(move |_| params.read().get("id").and_then(|id| id.parse().ok()).unwrap_or(NewsletterId(Uuid::nil())));
    let page = Memo::new(move |_| readers::page_in(&query.read()));
    let deeds = Deeds::new();
    let changes = deeds.unless_deleting(live::newsletter_changes());
    follow(
        move || (id.get(), page.get()),
        move || {
            // A memo that is only tracked is never worked out.
            changes.get();
            deeds.answers();
        },
        |(id, page)| api::read_newsletter(id, page),
        move |shown| view! { <NewsletterContent shown deeds/> }.into_any(),
    )
}

#[component]
fn NewsletterContent(shown: Signal<NewsletterShown>, deeds: Deeds) -> impl IntoView {
    let l = language();
    let query = use_query_map();
    let errors = deeds.errors();
    let subject = Memo::new(move |_| shown.read().newsletter.form.subject_en.clone());
    let stage = Memo::new(move |_| shown.read().newsletter.stage);
    let is_draft = Memo::new(move |_| stage.get() == Stage::Draft);
    let previewed = Memo::new(move |_| is_draft.get() && query.read().get("preview").is_some());
    let title = move || if errors.read().is_empty() { subject.get() } else { texts::error_prefix(l, &subject.read()) };
    view! {
        <Title text=title/>
        <PageHeader
            title=subject
            back_label=t::newsletter(l)
            back_href="/provider/newsletter"
            beside=move || move || progress::badge(l, stage.get())
        />
        <ErrorSummary title=texts::error_title(l) errors/>
        <DoneNotice deeds errors stage previewed preview=PREVIEW/>
        {move || if is_draft.get() {
            view! { <Draft shown previewed deeds/> }.into_any()
        } else {
            view! { <OnItsWay shown/> }.into_any()
        }}
    }
}

/// The form is drawn once, whatever happens meanwhile: what is being typed stays.
#[component]
fn Draft(shown: Signal<NewsletterShown>, previewed: Memo<bool>, deeds: Deeds) -> impl IntoView {
    let (id, start) = shown.with_untracked(|shown| (shown.newsletter.id, shown.newsletter.form.clone()));
    let form = FormState::of(deeds.save);
    let action = deeds.save;
    let letter = Memo::new(move |_| shown.read().letter.clone());
    let seen = version_seen(shown, form);
    let is_outdated = Memo::new(move |_| !form.pending.get() && shown.read().newsletter.is_newer_than(seen.get()));
    view! {
        <ActionForm action attr:novalidate=true attr:class="form newsletter-form">
            <input type="hidden" name="id" value=id.to_string()/>
            <input type="hidden" name="version" value=move || seen.get()/>
            <NewsletterFields form start/>
            <div class="form-actions"><WriteButtons form/></div>
        </ActionForm>
        {move || is_outdated.get().then(|| view! { <Outdated id/> })}
        {move || (previewed.get() || is_outdated.get()).then(|| view! { <PreviewCard id=PREVIEW letter/> })}
        <div class="columns">
            <SendCard id seen shown action=deeds.send/>
            <DeleteCard id seen shown action=deeds.delete/>
        </div>
    }
}

/// The version that the fields began with, or that saving them made. What somebody else saves meanwhile is not in them.
fn version_seen(shown: Signal<NewsletterShown>, form: FormState) -> Signal<u32> {
    let begun = form.kept_named("version").and_then(|version| version.parse::<u32>().ok());
    let seen = RwSignal::new(begun.unwrap_or_else(|| shown.read_untracked().newsletter.version));
    let query = use_query_map();
    Effect::new(move |earlier: Option<()>| {
        let made = query.read().get("version").and_then(|version| version.parse::<u32>().ok());
        // What the address says as the page comes may be of long ago.
        if let (Some(()), Some(made)) = (earlier, made) {
            seen.update(|seen| *seen = made.max(*seen));
        }
    });
    seen.into()
}

/// The fields stay as they are; what is stored stands below, and comes into them when that is asked for.
#[component]
fn Outdated(id: NewsletterId) -> impl IntoView {
    let l = language();
    let stored = format!("/provider/newsletter/{id}");
    // Loads the page: the fields are drawn anew.
    let actions = move || view! { <LinkButton href=stored kind=Kind::Secondary attr:rel="external">{t::edit_stored(l)}</LinkButton> };
    view! { <Notice title=t::outdated_title(l) actions>{t::outdated_text(l)}</Notice> }
}

#[component]
fn OnItsWay(shown: Signal<NewsletterShown>) -> impl IntoView {
    let l = language();
    let letter = Memo::new(move |_| shown.read().letter.clone());
    view! {
        <ProgressCard shown/>
        <Card id="letter" title=t::letter(l)><Letters letter/></Card>
        <ReadersCard shown/>
    }
}
