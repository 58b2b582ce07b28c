//! What can be done with the requests that are ticked.

use super::{
    api::{DecideRequests, Verdict},
    deeds::{REASON_OF_SEVERAL, SEVERAL},
    lines::Lines,
    several::Several,
};
use crate::{
    forms::{FormState, Question},
    language::language,
    prelude::*,
    texts::{self, requests as t, users},
    ui::*,
    users::keep_who_was_refused,
};
use shared::{FieldName, Refusal, requests::Queue};

const DIALOG: &str = "decline-chosen-dialog";

/// Stands within the form around the table.
#[component]
pub(super) fn ChosenBar(several: Several, action: ServerAction<DecideRequests>, lines: RwSignal<Lines>, found: Memo<u32>) -> impl IntoView {
    let l = language();
    let (form, selection) = (FormState::of(action), several.selection);
    let question = Question::of(form, SEVERAL, "on");
    let open = question.is_open(FieldName::Reason);
    let_go_when_decided(selection, action, form);
    // Without JavaScript nobody counts. No derived signals: they would be gone before the buttons that show them, and panic.
    let counted = move |plain: &'static str, counted: fn(_, u32) -> String| {
        move || match selection.count() {
            0 => plain.to_owned(),
            count => counted(l, count),
        }
    };
    let (accept, decline) = (counted(t::accept(l), t::accept_several), counted(t::decline_request(l), t::decline_several));
    let shown = lines.with_untracked(|lines| lines.can_be_chosen().0.len());
    // R8: for a document it has to be said what is given, and each has its own answers.
    let accept = (several.queue == Queue::Licences).then(|| {
        view! { <Button small=true glyph=Glyph::Check name="what" value=Verdict::Accept.key() pending=form.pending>{accept}</Button> }
    });
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
            {accept}
            <DialogButton dialog=DIALOG small=true>{t::decline(l)}</DialogButton>
            <Dialog id=DIALOG title=t::decline_chosen(l) close=texts::close(l) open>
                <TextArea
                    name=FieldName::Reason.html()
                    id=REASON_OF_SEVERAL
                    label=t::reason(l)
                    optional_word=texts::optional(l)
                    hint=t::decline_hint(l)
                    value=question.kept(FieldName::Reason)
                    error=question.error(FieldName::Reason)
                />
                <div class="form-actions">
                    <Button kind=Kind::Danger name="what" value=Verdict::Decline.key() pending=form.pending>{decline}</Button>
                    <DialogClose dialog=DIALOG open>{t::cancel(l)}</DialogClose>
                </div>
            </Dialog>
        </SelectionBar>
    }
}

/// Afterwards nothing is ticked, but for those that are known not to be decided.
fn let_go_when_decided(selection: Selection, action: ServerAction<DecideRequests>, form: FormState) {
    effect(move || {
        if action.value().with(|answer| matches!(answer, Some(Ok(())))) || matches!(form.refusal(), Some(Refusal::DecidedMeanwhile { .. }))
        {
            selection.clear();
        }
    });
    keep_who_was_refused(selection, form);
}
