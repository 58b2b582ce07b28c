//! What stands around a control, the same for all of them: label, hint, error, and the wiring between them.

use leptos::prelude::*;

use super::{Glyph, Icon, Text};

/// A field without its control. The ids come from the name, so that an error summary can link to them.
pub struct Field {
    pub id: String,
    pub label: Text,
    pub optional_word: Option<Text>,
    pub hint: MaybeProp<String>,
    pub error: MaybeProp<String>,
}

impl Field {
    /// What describes the control: first how to fill it in, then what is wrong with it.
    pub fn described_by(&self) -> Signal<Option<String>> {
        let others = described_by(&self.id, self.hint, self.error);
        let Some(optional) = self.optional_word.as_ref().map(|_| optional_id(&self.id)) else { return others };
        Signal::derive(move || Some(others.get().map_or_else(|| optional.clone(), |others| format!("{optional} {others}"))))
    }

    pub fn invalid(&self) -> Signal<Option<&'static str>> {
        invalid(self.error)
    }

    pub fn around(self, control: AnyView) -> AnyView {
        let Self { id, label, optional_word, hint, error } = self;
        view! {
            <div class="field" class:invalid=move || error.get().is_some()>
                // That it may stay empty describes the field, and is no part of its name.
                <div class="field-head">
                    <label class="field-label" for=id.clone()>
                        {label}
                    </label>
                    {optional_word.map(|word| view! { <span class="field-optional" id=optional_id(&id)>{word}</span> })}
                </div>
                {hint_view(&id, hint)}
                {control}
                {error_view(&id, error)}
            </div>
        }
        .into_any()
    }
}

fn optional_id(id: &str) -> String {
    format!("{id}-optional")
}

pub fn described_by(id: &str, hint: MaybeProp<String>, error: MaybeProp<String>) -> Signal<Option<String>> {
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    Signal::derive(move || match (hint.get().is_some(), error.get().is_some()) {
        (true, true) => Some(format!("{hint_id} {error_id}")),
        (true, false) => Some(hint_id.clone()),
        (false, true) => Some(error_id.clone()),
        (false, false) => None,
    })
}

pub fn invalid(error: MaybeProp<String>) -> Signal<Option<&'static str>> {
    Signal::derive(move || error.get().is_some().then_some("true"))
}

pub fn hint_view(id: &str, hint: MaybeProp<String>) -> AnyView {
    let id = format!("{id}-hint");
    (move || hint.get().map(|hint| view! { <p class="field-hint" id=id.clone()>{hint}</p> })).into_any()
}

pub fn error_view(id: &str, error: MaybeProp<String>) -> AnyView {
    let id = format!("{id}-error");
    let message = move || {
        error.get().map(|error| {
            view! {
                <p class="field-error" id=id.clone()>
                    <Icon glyph=Glyph::Warning />
                    <span>{error}</span>
                </p>
            }
        })
    };
    message.into_any()
}

/// The id of a control: its own, or else its name.
pub fn id_or_name(id: Option<Text>, name: &Text) -> String {
    id.map_or_else(|| name.to_string(), Text::into_owned)
}

/// `aria-required` and not `required`: the browser's own bubbles speak another language than the page, and would keep the server's
/// messages, which do speak it, from being seen.
pub fn required_mark(required: bool) -> Option<&'static str> {
    required.then_some("true")
}
