//! What administrators want to read in a request for a document (R8).

use super::api::SaveRequestText;
use crate::{
    forms::FormState,
    language::language,
    prelude::*,
    texts::{self, documents as t},
    ui::*,
};
use leptos_router::hooks::use_query_map;
use shared::{CompanyNumber, FieldName};

#[component]
pub(super) fn RequestTextCard(company: CompanyNumber, text: String, save: ServerAction<SaveRequestText>) -> impl IntoView {
    let l = language();
    let form = FormState::of(save);
    view! {
        <Card id="request-form" title=t::form_settings(l)>
            <ActionForm action=save attr:novalidate=true attr:class="form">
                <input type="hidden" name="company" value=company.0/>
                <TextArea
                    name=FieldName::RequestText.html()
                    label=t::request_text(l)
                    optional_word=texts::optional(l)
                    hint=t::request_text_hint(l)
                    value=form.kept(FieldName::RequestText).unwrap_or(text)
                    error=form.error(FieldName::RequestText)
                    rows=3
                />
                <div class="form-actions"><Button kind=Kind::Secondary pending=form.pending>{t::save(l)}</Button></div>
            </ActionForm>
        </Card>
    }
}

#[component]
pub(super) fn SavedNotice(form: FormState) -> impl IntoView {
    let l = language();
    let query = use_query_map();
    let saved = move || query.read().get("notice").as_deref() == Some("saved") && form.errors().get().is_empty();
    move || saved().then(|| view! { <Notice tone=Tone::Success>{t::request_text_saved(l)}</Notice> })
}
