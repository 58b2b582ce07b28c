//! A company's page: staff appoint an administrator (O1).

use super::api::AppointAdministrator;
use crate::{
    forms::FormState,
    language::language,
    prelude::*,
    texts::{provider as t, users},
    ui::*,
};
use shared::{CompanyNumber, FieldName};

#[component]
pub(super) fn AdministratorsCard(
    company: CompanyNumber,
    administrators: Memo<u32>,
    action: ServerAction<AppointAdministrator>,
) -> impl IntoView {
    let l = language();
    let form = FormState::of(action);
    let title =
        Signal::derive(move || (if administrators.get() == 0 { t::first_administrator(l) } else { t::administrators(l) }).to_owned());
    view! {
        <Card id="administrators" title>
            <ActionForm action attr:novalidate=true attr:class="form">
                <input type="hidden" name="number" value=company.0/>
                <p class="muted small">{t::appoint_text(l)}</p>
                <TextField
                    name=FieldName::Name.html()
                    label=users::name(l)
                    bind=emptied_when_done(form, FieldName::Name, action)
                    error=form.error(FieldName::Name)
                    autocomplete="off"
                    required=true
                />
                <TextField
                    name=FieldName::Email.html()
                    label=t::email(l)
                    kind="email"
                    bind=emptied_when_done(form, FieldName::Email, action)
                    error=form.error(FieldName::Email)
                    autocomplete="off"
                    required=true
                />
                <div class="form-actions"><Button kind=Kind::Secondary pending=form.pending>{t::appoint(l)}</Button></div>
            </ActionForm>
        </Card>
    }
}

/// The form stays on the page, for the next person.
fn emptied_when_done(form: FormState, name: FieldName, action: ServerAction<AppointAdministrator>) -> RwSignal<String> {
    let typed = RwSignal::new(form.kept(name).unwrap_or_default());
    effect(move || {
        if action.value().with(|answer| matches!(answer, Some(Ok(())))) {
            typed.set(String::new());
        }
    });
    typed
}
