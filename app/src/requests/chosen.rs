//! What can be done with the requests that are ticked.

use super::{
    api::{DecideRequests, Verdict},
    deeds::{CHOICE_OF_SEVERAL, REASON_OF_SEVERAL, SEVERAL},
    lines::Lines,
    row,
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
use shared::{FieldName, Refusal, requests::Choice as Standard};

const DIALOG: &str = "decline-chosen-dialog";

/// Stands within the form around the table.
#[component]
pub(super) fn ChosenBar(
    several: Several,
    /// R8: of documents.
    choices: Option<Memo<Vec<Standard>>>,
    action: ServerAction<DecideRequests>,
    lines: RwSignal<Lines>,
    found: Memo<u32>,
) -> impl IntoView {
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
    let accept = move || {
        view! { <Button small=true glyph=Glyph::Check name="what" value=Verdict::Accept.key() pending=form.pending>{accept}</Button> }
            .into_any()
    };
    let accept = match choices {
        None => accept(),
        Some(choices) => one_answer(several, choices, question.error(FieldName::Choice), accept),
    };
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

/// R8: for documents it has to be said what is given. Nothing, where nothing can be.
fn one_answer(
    several: Several,
    choices: Memo<Vec<Standard>>,
    error: Signal<Option<String>>,
    accept: impl Fn() -> AnyView + Copy + Send + Sync + 'static,
) -> AnyView {
    let l = language();
    let is_some = Memo::new(move |_| choices.with(|choices| !choices.is_empty()));
    let fields = move || {
        let options = Signal::derive(move || choices.with(|choices| row::options(l, choices)));
        view! {
            <div class="request-choice">
                <Select name=FieldName::Choice.html() id=CHOICE_OF_SEVERAL label=t::choice(l) options error bind=several.choice/>
                {accept()}
            </div>
        }
    };
    (move || (is_some.try_get() == Some(true)).then(fields)).into_any()
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
