//! Choosing a password: two fields, the list of requirements that follows what is typed, and the page that a link from a mail leads to.

use crate::prelude::*;
use crate::{
    fault::Fault,
    forms::{FormState, forget_when_refused},
    language::language,
    load::Bare,
    texts::{self, registration as t},
    ui::*,
};
use shared::{
    FieldName, Refusal,
    fields::Language,
    password::{self, Requirement},
};
use std::pin::Pin;

/// Asks the server whether a password is hard to guess: only it can tell. `None` when it can't now; it is checked again on submit.
pub(crate) type Ask = Callback<String, Pin<Box<dyn Future<Output = Result<Option<bool>, Fault>>>>>;

const REQUIREMENTS: &str = "password-requirements";

pub(crate) fn asking<F>(ask: impl Fn(String) -> F + Send + Sync + 'static) -> Ask
where
    F: Future<Output = Result<Option<bool>, Fault>> + 'static,
{
    Callback::new(move |typed| Box::pin(ask(typed)) as _)
}

/// The page of a good link that sets a password. When the link dies while it is open, the heading says so (A6).
#[component]
pub(crate) fn LinkPasswordPage(
    form: FormState,
    title: &'static str,
    lead: String,
    #[prop(optional)] facts: Vec<Fact>,
    /// The form, around [`LinkPasswordFields`].
    children: Children,
) -> impl IntoView {
    let l = language();
    let dead = move || match form.refusal() {
        Some(Refusal::Link(state)) => Some(texts::of_link_state(l, state)),
        _ => None,
    };
    view! {
        <Bare>
            <Title text=form.title(title)/>
            <PageHeader title=move || dead().unwrap_or(title).to_owned() lead=lead/>
            <ErrorSummary title=texts::error_title(l) errors=form.errors()/>
            {(!facts.is_empty()).then(|| view! { <Facts items=facts/> })}
            {children()}
        </Bare>
    }
}

/// What stands in the form of such a page.
#[component]
pub(crate) fn LinkPasswordFields(
    form: FormState,
    token: String,
    name: String,
    username: String,
    ask: Ask,
    button: &'static str,
) -> impl IntoView {
    view! {
        <input type="hidden" name="token" value=token/>
        // Password managers keep it with the password.
        <input type="hidden" name="username" autocomplete="username" value=username.clone()/>
        <NewPasswordFields form person=Signal::stored([name, username]) ask/>
        <div class="form-actions">
            <Button pending=form.pending>{button}</Button>
        </div>
    }
}

#[component]
pub(crate) fn NewPasswordFields(
    form: FormState,
    /// The person's name and address, which may not be in it.
    #[prop(into)]
    person: Signal<[String; 2]>,
    /// Called with what stands there when typing pauses.
    ask: Ask,
    /// The password that the new one takes the place of, where the form asks for it.
    #[prop(optional)]
    current: Option<RwSignal<String>>,
) -> impl IntoView {
    let l = language();
    let (new, repeat) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    forget_when_refused(form, vec![new, repeat]);
    // What the server said last: the password asked about, and whether it is hard to guess.
    let guessed = RwSignal::new(None::<(String, bool)>);
    ask_when_typing_pauses(new, person, ask, guessed);
    let items = Memo::new(move |_| {
        let typed = new.get();
        let person = person.get();
        let person: Vec<&str> = person.iter().map(String::as_str).collect();
        let of_all = Requirement::ALL.map(|requirement| {
            let answer = guessed.get().filter(|(asked, _)| *asked == typed).map(|(_, hard)| hard);
            (wording(l, requirement).to_owned(), requirement.met(&typed, &person).or(answer))
        });
        let another = current.map(|current| (t::not_current(l).to_owned(), is_another(&typed, &current.get())));
        let lines = of_all.into_iter().chain(another);
        // An empty field is not yet wrong.
        lines.map(|(line, met)| (line, met.filter(|_| !typed.is_empty()))).collect::<Vec<_>>()
    });
    let summary = Signal::derive(move || {
        let items = items.read();
        let met = items.iter().filter(|(_, met)| *met == Some(true)).count();
        let nothing_typed = new.read().is_empty();
        (!nothing_typed).then(|| if met == items.len() { t::all_met(l).to_owned() } else { t::some_met(l, met, items.len()) })
    });
    view! {
        <PasswordField
            name=FieldName::NewPassword.html()
            label=t::new_password(l)
            autocomplete="new-password"
            show=texts::show_password(l)
            hide=texts::hide_password(l)
            error=form.error(FieldName::NewPassword)
            about=REQUIREMENTS
            required=true
            bind=new
        />
        <Checklist
            id=REQUIREMENTS
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

/// Nothing, as long as the current one has not been filled in.
fn is_another(typed: &str, current: &str) -> Option<bool> {
    (!current.is_empty()).then(|| password::check_another(typed, current).is_ok())
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
fn ask_when_typing_pauses(typed: RwSignal<String>, person: Signal<[String; 2]>, ask: Ask, guessed: RwSignal<Option<(String, bool)>>) {
    const PAUSE: std::time::Duration = std::time::Duration::from_millis(400);
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let question = move |typed: String| {
        let Some(answer) = ask.try_run(typed.clone()) else { return };
        leptos::task::spawn_local(async move {
            if let Ok(Some(hard)) = answer.await {
                let _ = guessed.try_set(Some((typed, hard)));
            }
        });
    };
    effect(move || {
        let typed = typed.get();
        if let Some(earlier) = waiting.try_update_value(Option::take).flatten() {
            earlier.clear();
        }
        let person = person.get();
        let person: Vec<&str> = person.iter().map(String::as_str).collect();
        if password::check(&typed, &person).is_ok() {
            waiting.set_value(set_timeout_with_handle(move || question(typed), PAUSE).ok());
        }
    });
}

#[cfg(feature = "ssr")]
fn ask_when_typing_pauses(_typed: RwSignal<String>, _person: Signal<[String; 2]>, _ask: Ask, _guessed: RwSignal<Option<(String, bool)>>) {}
