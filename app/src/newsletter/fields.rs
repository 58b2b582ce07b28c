//! What a newsletter is written in, the same when it is begun and when it is changed.

use crate::{forms::FormState, language::language, prelude::*, texts::newsletter as t, ui::*};
use shared::{FieldName, newsletter::NewsletterForm};

const ROWS: u32 = 14;

/// Both languages, side by side where there is room.
#[component]
pub(super) fn NewsletterFields(form: FormState, start: NewsletterForm) -> impl IntoView {
    let l = language();
    let subject = move |name: FieldName, label: &'static str, start: String| {
        view! {
            <TextField
                name=name.html()
                label
                value=form.kept(name).unwrap_or(start)
                error=form.error(name)
                autocomplete="off"
                spellcheck=true
                required=true
            />
        }
    };
    let text = move |name: FieldName, label: &'static str, start: String| {
        view! {
            <TextArea
                name=name.html()
                label
                hint=t::markdown_hint(l)
                value=form.kept(name).unwrap_or(start)
                error=form.error(name)
                rows=ROWS
                required=true
            />
        }
    };
    view! {
        <div class="columns">
            <div class="stack">
                {subject(FieldName::SubjectEn, t::subject_en(l), start.subject_en)} {text(FieldName::TextEn, t::text_en(l), start.text_en)}
            </div>
            <div class="stack">
                {subject(FieldName::SubjectNl, t::subject_nl(l), start.subject_nl)} {text(FieldName::TextNl, t::text_nl(l), start.text_nl)}
            </div>
        </div>
    }
}

/// Saves, or saves and shows the letter: that works without JavaScript, too, and nothing that was typed is lost.
#[component]
pub(super) fn WriteButtons(form: FormState) -> impl IntoView {
    let l = language();
    view! {
        <Button pending=form.pending>{t::save(l)}</Button>
        <Button kind=Kind::Secondary glyph=Glyph::Eye name="preview" value="1" pending=form.pending>{t::preview(l)}</Button>
    }
}
