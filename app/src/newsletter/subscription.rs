//! `/profile/newsletter` (P5).

use super::api::{self, Subscribe, Unsubscribe};
use crate::{
    forms::FormState,
    language::language,
    load::follow,
    prelude::*,
    shell,
    texts::{self, newsletter as t},
    ui::*,
};
use leptos_router::hooks::use_query_map;
use shared::{LocalTime, newsletter::Subscription};

const NOTICE: &str = "done";

#[component]
pub(crate) fn SubscriptionPage() -> impl IntoView {
    let subscribe = ServerAction::<Subscribe>::new();
    let unsubscribe = ServerAction::<Unsubscribe>::new();
    follow(
        || (),
        move || {
            subscribe.version().track();
            unsubscribe.version().track();
        },
        |()| api::read_subscription(),
        move |subscription| view! { <SubscriptionContent subscription subscribe unsubscribe/> }.into_any(),
    )
}

#[component]
fn SubscriptionContent(
    subscription: Signal<Subscription>,
    subscribe: ServerAction<Subscribe>,
    unsubscribe: ServerAction<Unsubscribe>,
) -> impl IntoView {
    let l = language();
    let (subscribing, unsubscribing) = (FormState::of(subscribe), FormState::of(unsubscribe));
    let errors = Signal::derive(move || [subscribing.errors().get(), unsubscribing.errors().get()].concat());
    let since = Memo::new(move |_| subscription.read().since);
    let title = move || if errors.read().is_empty() { t::newsletter(l).to_owned() } else { texts::error_prefix(l, t::newsletter(l)) };
    let content = move || match since.get() {
        Some(moment) => view! {
            <p>{t::subscribed_since(l, &moment.date_and_time(l))}</p>
            <ActionForm action=unsubscribe>
                <Button kind=Kind::Secondary pending=unsubscribing.pending>{t::unsubscribe(l)}</Button>
            </ActionForm>
        }
        .into_any(),
        None => view! {
            <p>{t::not_subscribed(l)}</p>
            <ActionForm action=subscribe><Button glyph=Glyph::Mail pending=subscribing.pending>{t::subscribe(l)}</Button></ActionForm>
        }
        .into_any(),
    };
    view! {
        <Title text=title/>
        <PageHeader title=t::newsletter(l) lead=t::about(l, &shell::provider_name())/>
        <ErrorSummary title=texts::error_title(l) errors/>
        <DoneNotice since subscribe unsubscribe/>
        <div class="stack">{content}</div>
    }
}

/// What was just done, if it is so. The button is another one by then, so it also takes the focus.
#[component]
fn DoneNotice(since: Memo<Option<LocalTime>>, subscribe: ServerAction<Subscribe>, unsubscribe: ServerAction<Unsubscribe>) -> impl IntoView {
    let l = language();
    let query = use_query_map();
    let text = Memo::new(move |_| match (query.read().get("notice").as_deref(), since.get()) {
        (Some("subscribed"), Some(_)) => Some(t::have_subscribed(l)),
        (Some("unsubscribed"), None) => Some(t::have_unsubscribed(l)),
        _ => None,
    });
    effect(move || {
        // The address follows the answer, and what the server says now follows both.
        if text.get().is_some() && subscribe.version().get() + unsubscribe.version().get() > 0 {
            request_animation_frame(|| dom::focus(NOTICE));
        }
    });
    move || text.get().map(|text| view! { <Notice tone=Tone::Success attr:id=NOTICE attr:tabindex="-1">{text}</Notice> })
}
