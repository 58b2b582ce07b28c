//! What can be done with the people who are ticked; what every such bar needs is used by other rooms, too.

use super::api::{self, ChangeChosen, ForChosen};
use crate::{
    forms::FormState,
    language::language,
    prelude::*,
    texts::{self, users as t},
    ui::*,
};
use leptos::{children::ViewFnOnce, task::spawn_local};
use shared::{
    Refusal,
    users::{Ends, UsersPage},
};

/// Stands within the form around the table. What can't be taken back asks first.
#[component]
pub(super) fn ChosenBar(
    selection: Selection,
    action: ServerAction<ChangeChosen>,
    page: Signal<UsersPage>,
    /// The list's own query.
    place: String,
) -> impl IntoView {
    let l = language();
    let form = FormState::of(action);
    keep_who_was_refused(selection, form);
    // Without JavaScript nobody counts. No derived signals: they would be gone before the buttons that show them, and panic.
    let counted = move |plain: &'static str, counted: fn(_, u32) -> String| {
        move || match selection.count() {
            0 => plain.to_owned(),
            count => counted(l, count),
        }
    };
    let (block, remove) = (counted(t::block(l), t::block_several), counted(t::remove(l), t::remove_several));
    let (company, shown, found) = page.with_untracked(|page| (page.company, page.rows.len(), page.found));
    let costs = RwSignal::new(None::<Ends>);
    let count = Callback::new(move |()| {
        costs.set(None);
        let ids = selection.ids().iter().filter_map(|id| id.parse().ok()).collect();
        let all = if untrack(|| selection.is_all()) { "on" } else { "" };
        let question = api::read_ends(company, ids, all.to_owned(), place.clone());
        spawn_local(async move {
            if let Ok(ends) = question.await {
                costs.try_set(Some(ends));
            }
        });
    });
    // Heard as well: they come a moment after the question.
    let numbers = move |words: fn(_, u32, u32) -> String| {
        let text = move || costs.try_get().flatten().map(|Ends { access, requests }| words(l, access, requests));
        view! { <strong role="status">{text}</strong> }
    };
    view! {
        <SelectionBar
            selection
            label=t::selection(l)
            info=move |count| t::selected(l, count)
            whole_page=t::page_is_selected(l, u32::try_from(shown).unwrap_or_default())
            all=t::select_all(l, found)
            none=t::select_none(l)
            name="ids[]"
        >
            <Button kind=Kind::Secondary glyph=Glyph::Mail small=true name="what" value=ForChosen::Resend.key() pending=form.pending>
                {t::resend(l)}
            </Button>
            {move || (!selection.is_alive() && found > 1).then(|| view! { <EverybodyFound found/> })}
            <Asked
                id="block-dialog"
                opens=t::block(l)
                title=t::block_chosen_question(l)
                text=move || view! { {t::block_text(l)} " " {numbers(t::block_ends)} }
                opened=count
            >
                <Button kind=Kind::Danger name="what" value=ForChosen::Block.key() pending=form.pending>{block}</Button>
            </Asked>
            <Asked
                id="remove-dialog"
                opens=t::remove_chosen(l)
                title=t::remove_chosen_question(l)
                text=move || view! { {t::remove_several_text(l)} " " {numbers(t::removal_ends)} }
                opened=count
            >
                <Button kind=Kind::Danger name="what" value=ForChosen::Remove.key() pending=form.pending>{remove}</Button>
            </Asked>
        </SelectionBar>
    }
}

/// Without scripts nobody can tick more than the page's boxes: one box for all that the filter finds, on every page.
#[component]
fn EverybodyFound(found: u32) -> impl IntoView {
    view! { <Checkbox name="all" value="on" label=t::all_found(language(), found)/> }
}

/// Where it could not be done for all, those whom it could not be done for stay ticked; unless there are too many to be told.
pub(crate) fn keep_who_was_refused(selection: Selection, form: FormState) {
    effect(move || {
        let Some(Refusal::Some(not_all)) = form.refusal() else { return };
        selection.keep(&not_all.ids().iter().map(ToString::to_string).collect::<Vec<_>>());
    });
}

/// A button, and the question that it opens.
#[component]
pub(crate) fn Asked(
    id: &'static str,
    opens: &'static str,
    title: &'static str,
    #[prop(into)] text: ViewFnOnce,
    /// Told when it opens.
    #[prop(optional)]
    opened: Option<Callback<()>>,
    children: Children,
) -> impl IntoView {
    let l = language();
    view! {
        <DialogButton
            dialog=id
            small=true
            on:click=move |_| {
                if let Some(opened) = opened {
                    opened.run(());
                }
            }
        >
            {opens}
        </DialogButton>
        <Dialog id title close=texts::close(l)>
            <p>{text.run()}</p>
            <div class="form-actions">
                {children()}
                <DialogClose dialog=id>{t::cancel(l)}</DialogClose>
            </div>
        </Dialog>
    }
}
