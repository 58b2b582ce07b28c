//! What can be done with the people who are ticked; what every such bar needs is used by other rooms, too.

use super::api::{ChangeChosen, ForChosen};
use crate::{
    forms::FormState,
    language::language,
    prelude::*,
    texts::{self, users as t},
    ui::*,
};
use leptos::children::ViewFnOnce;
use shared::{Refusal, users::UsersPage};

/// Stands within the form around the table. What can't be taken back asks first.
#[component]
pub(super) fn ChosenBar(selection: Selection, action: ServerAction<ChangeChosen>, page: Signal<UsersPage>) -> impl IntoView {
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
    let (shown, found) = page.with_untracked(|page| (page.rows.len(), page.found));
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
            <Asked id="block-dialog" opens=t::block(l) title=t::block_chosen_question(l) text=move || t::block_text(l)>
                <Button kind=Kind::Danger name="what" value=ForChosen::Block.key() pending=form.pending>{block}</Button>
            </Asked>
            <Asked id="remove-dialog" opens=t::remove_chosen(l) title=t::remove_chosen_question(l) text=move || t::remove_several_text(l)>
                <Button kind=Kind::Danger name="what" value=ForChosen::Remove.key() pending=form.pending>{remove}</Button>
            </Asked>
        </SelectionBar>
    }
}

/// Where it could not be done for all, those whom it could not be done for stay ticked; unless there are too many to name.
pub(crate) fn keep_who_was_refused(selection: Selection, form: FormState) {
    effect(move || {
        let Some(Refusal::Some(not_all)) = form.refusal() else { return };
        if not_all.examples.len() == not_all.refused as usize {
            let ids: Vec<_> = not_all.examples.iter().map(|one| one.id.to_string()).collect();
            selection.keep(&ids);
        } else {
            selection.clear();
        }
    });
}

/// A button, and the question that it opens.
#[component]
pub(crate) fn Asked(
    id: &'static str,
    opens: &'static str,
    title: &'static str,
    #[prop(into)] text: ViewFnOnce,
    children: Children,
) -> impl IntoView {
    let l = language();
    view! {
        <DialogButton dialog=id small=true>{opens}</DialogButton>
        <Dialog id title close=texts::close(l)>
            <p>{text.run()}</p>
            <div class="form-actions">
                {children()}
                <DialogClose dialog=id>{t::cancel(l)}</DialogClose>
            </div>
        </Dialog>
    }
}
