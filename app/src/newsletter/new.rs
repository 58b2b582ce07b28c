//! `/provider/newsletter/new` (P5).

use super::{
    api::CreateNewsletter,
    fields::{NewsletterFields, WriteButtons},
};
use crate::{
    forms::FormState,
    language::language,
    prelude::*,
    texts::{self, newsletter as t},
    ui::*,
};
use shared::newsletter::NewsletterForm;

#[component]
pub(crate) fn NewNewsletterPage() -> impl IntoView {
    let l = language();
    let action = ServerAction::<CreateNewsletter>::new();
    let form = FormState::of(action);
    view! {
        <Title text=form.title(t::new(l))/>
        <PageHeader title=t::new(l) lead=t::new_lead(l) back_label=t::newsletter(l) back_href="/provider/newsletter"/>
        <ErrorSummary title=texts::error_title(l) errors=form.errors()/>
        <ActionForm action attr:novalidate=true attr:class="form newsletter-form">
            <NewsletterFields form start=NewsletterForm::default()/>
            <div class="form-actions">
                <WriteButtons form/>
                <LinkButton href="/provider/newsletter" kind=Kind::Quiet>{t::cancel(l)}</LinkButton>
            </div>
        </ActionForm>
    }
}
