//! What can be done with the requests that are ticked.

use super::{
    api::{DecideRequests, Verdict},
    lines::Lines,
};
use crate::{
    forms::FormState,
    language::language,
    prelude::*,
    texts::{self, requests as t, users},
    ui::*,
};
use shared::{FieldName, Refusal};

const DIALOG: &str = "decline-chosen-dialog";

/// Stands within the form around the table.
#[component]
pub(super) fn ChosenBar(
    selection: Selection,
    action: ServerAction<DecideRequests>,
    lines: RwSignal<Lines>,
    found: Memo<u32>,
) -> impl IntoView {
    let l = language();
    let form = FormState::of(action);
    keep_who_was_refused(selection, action, form);
    // Without JavaScript nobody counts. No derived signals: they would be gone before the buttons that show them, and panic.
    let counted = move |plain: &'static str, counted: fn(_, u32) -> String| {
        move || match selection.count() {
            0 => plain.to_owned(),
            count => counted(l, count),
        }
    };
    let (accept, decline) = (counted(t::accept(l), t::accept_several), counted(t::decline_request(l), t::decline_several));
    let shown = lines.with_untracked(|lines| lines.can_be_chosen().0.len());
    view! {
        <SelectionBar
            selection
            label=users::selection(l)
            info=move |count| users::selected(l, count)
            whole_page=t::page_is_selected(l, u32::try_from(shown).unwrap_or_default())
            all=users::select_all(l, found.get_untracked())
            none=users::select_none(l)
            name="ids[]"
        >
            <Button small=true glyph=Glyph::Check name="what" value=Verdict::Accept.key() pending=form.pending>{accept}</Button>
            <DialogButton dialog=DIALOG small=true>{t::decline(l)}</DialogButton>
            <Dialog id=DIALOG title=t::decline_chosen(l) close=texts::close(l)>
                <TextArea
                    name=FieldName::Reason.html()
                    id="reason-chosen"
                    label=t::reason(l)
                    optional_word=texts::optional(l)
                    hint=t::decline_hint(l)
                />
                <div class="form-actions">
                    <Button kind=Kind::Danger name="what" value=Verdict::Decline.key() pending=form.pending>{decline}</Button>
                    <DialogClose dialog=DIALOG>{t::cancel(l)}</DialogClose>
                </div>
            </Dialog>
        </SelectionBar>
    }
}

/// Afterwards nothing is ticked, but for those that could not be decided; unless there are too many to name.
fn keep_who_was_refused(selection: Selection, action: ServerAction<DecideRequests>, form: FormState) {
    effect(move || {
        if action.value().with(|answer| matches!(answer, Some(Ok(())))) {
            selection.clear();
        }
        let Some(Refusal::Some(not_all)) = form.refusal() else { return };
        if not_all.examples.len() == not_all.refused as usize {
            let ids: Vec<_> = not_all.examples.iter().map(|one| one.id.to_string()).collect();
            selection.keep(&ids);
        } else {
            selection.clear();
        }
    });
}
