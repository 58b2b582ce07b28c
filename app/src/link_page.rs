//! A6: the page of a link that can't be used as it is, with a way on.

use crate::{language::language, load::Bare, prelude::*, sign_in::SignOutAndContinue, texts, ui::*};
use leptos_router::hooks::use_location;
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

/// The link is good, but somebody else is signed in: they sign out, and come back to it.
#[component]
pub(crate) fn SignedInPage(
    /// Whose link it is, and who is signed in.
    text: String,
    action: ServerAction<SignOutAndContinue>,
) -> impl IntoView {
    let l = language();
    let here = use_location().pathname;
    view! {
        <Bare>
            <Title text=texts::sign_in::signed_in_title(l)/>
            <PageHeader title=texts::sign_in::signed_in_title(l) lead=text/>
            <ActionForm action attr:class="form-actions">
                <input type="hidden" name="next" value=move || here.get()/>
                <Button pending=action.pending()>{texts::sign_in::sign_out_and_continue(l)}</Button>
                <LinkButton href="/">{texts::to_home(l)}</LinkButton>
            </ActionForm>
        </Bare>
    }
}
