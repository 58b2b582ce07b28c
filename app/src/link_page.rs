//! A6: the page of a link that can't be used, with a way on.

use crate::{language::language, load::Bare, texts, ui::*};
use leptos::prelude::*;
use leptos_meta::Title;
use shared::refusal::LinkState;

/// What became of a link, what that means, and what can be done.
#[component]
pub(crate) fn LinkPage(state: LinkState, text: &'static str, #[prop(optional)] action: Option<AnyView>) -> impl IntoView {
    let l = language();
    let title = texts::of_link_state(l, state);
    view! {
        <Bare>
            <Title text=title/>
            <PageHeader title lead=text/>
            <div class="form-actions">
                {action}
                <LinkButton href="/login">{texts::to_sign_in(l)}</LinkButton>
            </div>
        </Bare>
    }
}
