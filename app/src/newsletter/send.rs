//! A draft's page: sending it, or not ever.

use super::api::{DeleteNewsletter, NewsletterShown, SendNewsletter};
use crate::{
    forms::FormState,
    language::language,
    prelude::*,
    texts::{self, newsletter as t},
    ui::*,
    users::Asked,
};
use shared::NewsletterId;

/// To how many it goes is said before the button, and again on it. Where the rule says no, its reason stands there instead.
#[component]
pub(super) fn SendCard(
    id: NewsletterId,
    seen: Signal<u32>,
    shown: Signal<NewsletterShown>,
    action: ServerAction<SendNewsletter>,
) -> impl IntoView {
    let l = language();
    let form = FormState::of(action);
    let may_send = Memo::new(move |_| shown.read().newsletter.may_send(seen.get()));
    let people = Memo::new(move |_| shown.read().newsletter.subscribers);
    let goes_to = move || match people.get() {
        1 => t::goes_to_one(l).to_owned(),
        people => t::goes_to(l, people),
    };
    let send_to = move || match people.get() {
        1 => t::send_to_one(l).to_owned(),
        people => t::send_to(l, people),
    };
    let ask = move || match may_send.get() {
        Err(why) => view! { <p class="muted">{texts::of_refusal(l, &why)}</p> }.into_any(),
        Ok(()) => view! {
            <p class="muted small">{t::send_text(l)}</p>
            <ActionForm action>
                <input type="hidden" name="id" value=id.to_string()/>
                <input type="hidden" name="version" value=move || seen.get()/>
                <Asked id="send-dialog" opens=t::send(l) title=t::send_question(l) text=move || goes_to>
                    <Button glyph=Glyph::Mail pending=form.pending>{send_to}</Button>
                </Asked>
            </ActionForm>
        }
        .into_any(),
    };
    view! { <Card id="send" title=t::send(l)>{ask}</Card> }
}

#[component]
pub(super) fn DeleteCard(
    id: NewsletterId,
    seen: Signal<u32>,
    shown: Signal<NewsletterShown>,
    action: ServerAction<DeleteNewsletter>,
) -> impl IntoView {
    let l = language();
    let form = FormState::of(action);
    let may_delete = Memo::new(move |_| shown.read().newsletter.may_delete(seen.get()));
    let ask = move || match may_delete.get() {
        Err(why) => view! { <p class="muted">{texts::of_refusal(l, &why)}</p> }.into_any(),
        Ok(()) => view! {
            <p class="muted small">{t::delete_text(l)}</p>
            <ActionForm action>
                <input type="hidden" name="id" value=id.to_string()/>
                <input type="hidden" name="version" value=move || seen.get()/>
                <Asked id="delete-dialog" opens=t::delete(l) title=t::delete_question(l) text=move || t::delete_text(l)>
                    <Button kind=Kind::Danger glyph=Glyph::Trash pending=form.pending>{t::delete_for_good(l)}</Button>
                </Asked>
            </ActionForm>
        }
        .into_any(),
    };
    view! { <Card id="delete" title=t::delete(l)>{ask}</Card> }
}
