//! Choosing a password: two fields, and the list of requirements that follows what is typed.

use crate::{
    forms::{FormState, forget_when_refused},
    language::language,
    texts::{self, registration as t},
    ui::*,
};
use leptos::prelude::*;
use shared::{FieldName, fields::Language, password::Requirement};

/// `ask` asks the server whether a password is hard to guess; only it can tell.
#[component]
pub(crate) fn NewPasswordFields(
    form: FormState,
    /// The person's name and address, which may not be in it.
    person: [String; 2],
    /// Called with what stands there when typing pauses; answers in `guessed`.
    #[prop(into)]
    ask: Callback<String>,
    /// What the server said last: the password asked about, and whether it is hard to guess.
    #[prop(into)]
    guessed: Signal<Option<(String, bool)>>,
) -> impl IntoView {
    let l = language();
    let (new, repeat) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    forget_when_refused(form, vec![new, repeat]);
    ask_when_typing_pauses(new, person.clone(), ask);
    let met = Memo::new(move |_| {
        let typed = new.get();
        let person: Vec<&str> = person.iter().map(String::as_str).collect();
        Requirement::ALL.map(|requirement| {
            let answer = guessed.get().filter(|(asked, _)| *asked == typed).map(|(_, hard)| hard);
            requirement.met(&typed, &person).or(answer)
        })
    });
    let items = Signal::derive(move || {
        Requirement::ALL.into_iter().zip(met.get()).map(|(requirement, met)| (wording(l, requirement).to_owned(), met)).collect::<Vec<_>>()
    });
    let summary = Signal::derive(move || {
        let met = met.get().into_iter().filter(|met| *met == Some(true)).count();
        let nothing_typed = new.read().is_empty();
        (!nothing_typed).then(|| if met == 4 { t::all_met(l).to_owned() } else { t::some_met(l, met, 4) })
    });
    view! {
        <PasswordField
            name=FieldName::NewPassword.html()
            label=t::new_password(l)
            autocomplete="new-password"
            show=texts::show_password(l)
            hide=texts::hide_password(l)
            error=form.error(FieldName::NewPassword)
            required=true
            bind=new
        />
        <Checklist
            id="password-requirements"
            label=t::requirements(l)
            items
            met=t::met(l)
            unmet=t::unmet(l)
            unknown=t::unknown(l)
            summary
        />
        <PasswordField
            name=FieldName::RepeatPassword.html()
            label=t::repeat_password(l)
            autocomplete="new-password"
            show=texts::show_password(l)
            hide=texts::hide_password(l)
            error=form.error(FieldName::RepeatPassword)
            required=true
            bind=repeat
        />
    }
}

const fn wording(l: Language, requirement: Requirement) -> &'static str {
    match requirement {
        Requirement::Length => t::length(l),
        Requirement::NotPersonal => t::not_personal(l),
        Requirement::NotRepetitive => t::not_repetitive(l),
        Requirement::NotGuessable => t::not_guessable(l),
    }
}

/// Only what meets everything else is worth a question.
#[cfg(not(feature = "ssr"))]
fn ask_when_typing_pauses(typed: RwSignal<String>, person: [String; 2], ask: Callback<String>) {
    const PAUSE: std::time::Duration = std::time::Duration::from_millis(400);
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    Effect::new(move |_| {
        let typed = typed.get();
        if let Some(earlier) = waiting.try_update_value(Option::take).flatten() {
            earlier.clear();
        }
        let person: Vec<&str> = person.iter().map(String::as_str).collect();
        if shared::password::check(&typed, &person).is_ok() {
            let later = set_timeout_with_handle(
                move || {
                    let _ = ask.try_run(typed);
                },
                PAUSE,
            )
            .ok();
            waiting.set_value(later);
        }
    });
}

#[cfg(feature = "ssr")]
fn ask_when_typing_pauses(_typed: RwSignal<String>, _person: [String; 2], _ask: Callback<String>) {}
