use crate::prelude::*;
use leptos::html;

use super::{
    Text, dom,
    field::{Field, id_or_name, required_mark},
};

/// What the form sends, and what people read.
pub type Choice = (String, String);

/// One of many.
#[component]
pub fn Select(
    #[prop(into)] name: Text,
    #[prop(into)] label: Text,
    #[prop(into, optional)] id: Option<Text>,
    #[prop(into)] options: Signal<Vec<Choice>>,
    #[prop(into, optional)] selected: MaybeProp<String>,
    #[prop(into, optional)] hint: MaybeProp<String>,
    #[prop(into, optional)] error: MaybeProp<String>,
    #[prop(into, optional)] optional_word: Option<Text>,
    #[prop(into, optional)] autocomplete: Option<Text>,
    #[prop(optional)] required: bool,
    #[prop(into, optional)] disabled: Signal<bool>,
    #[prop(optional)] short: bool,
    /// The form that it belongs to, where that is not the one around it.
    #[prop(into, optional)]
    form: Option<Text>,
    #[prop(optional)] bind: Option<RwSignal<String>>,
) -> impl IntoView {
    let field = Field { id: id_or_name(id, &name), label, optional_word, hint, error };
    let node = NodeRef::<html::Select>::new();
    let began = bind.map(|bind| bind.get_untracked());
    if let Some(bind) = bind {
        let write = move |value: &str| {
            if let Some(select) = node.get_untracked() {
                select.set_value(value);
            }
        };
        dom::bind(bind, Box::new(move || node.get().map(|select| select.value())), Box::new(write));
        // Where one of them goes, the browser would choose another by itself; better none than what nobody chose.
        let mut is_begun = false;
        effect(move || {
            options.track();
            if is_begun {
                request_animation_frame(move || {
                    if let Some(chosen) = bind.try_get_untracked() {
                        write(&chosen);
                    }
                });
            }
            is_begun = true;
        });
    }
    let choices = move || {
        let chosen = began.clone().or_else(|| selected.get());
        let option = |(value, label): Choice| {
            let is_chosen = chosen.as_ref() == Some(&value);
            view! {
                <option value=value selected=is_chosen>
                    {label}
                </option>
            }
        };
        options.get().into_iter().map(option).collect_view()
    };
    let control = view! {
        <div class="select" class:short=short>
            <select
                class="input"
                node_ref=node
                id=field.id.clone()
                name=name.into_owned()
                form=form.map(Text::into_owned)
                autocomplete=autocomplete.map(Text::into_owned)
                disabled=move || disabled.get()
                aria-required=required_mark(required)
                aria-invalid=field.invalid()
                aria-describedby=field.described_by()
                on:change=move |ev| {
                    if let Some(bind) = bind {
                        bind.set(event_target_value(&ev));
                    }
                }
            >
                {choices}
            </select>
        </div>
    };
    field.around(control.into_any())
}
