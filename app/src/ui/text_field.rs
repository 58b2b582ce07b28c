use leptos::{html, prelude::*};

use super::{
    Text, dom,
    field::{Field, id_or_name, required_mark},
};

/// One line of text.
#[component]
pub fn TextField(
    #[prop(into)] name: Text,
    #[prop(into)] label: Text,
    #[prop(into, optional)] id: Option<Text>,
    #[prop(into, optional)] value: MaybeProp<String>,
    /// `text`, `email`, `tel`, `url`, `date`, `number`.
    #[prop(into, default = "text".into())]
    kind: Text,
    #[prop(into, optional)] hint: MaybeProp<String>,
    #[prop(into, optional)] error: MaybeProp<String>,
    #[prop(into, optional)] optional_word: Option<Text>,
    #[prop(optional)] required: bool,
    #[prop(into, optional)] disabled: Signal<bool>,
    #[prop(into, optional)] autocomplete: Option<Text>,
    #[prop(into, optional)] inputmode: Option<Text>,
    #[prop(optional)] maxlength: Option<u32>,
    /// Off, because most of what is asked here are names and codes.
    #[prop(optional)]
    spellcheck: bool,
    /// As narrow as what goes in: a code, a date, a number.
    #[prop(optional)]
    short: bool,
    /// For checks while typing; takes over from `value`.
    #[prop(optional)]
    bind: Option<RwSignal<String>>,
) -> impl IntoView {
    let field = Field { id: id_or_name(id, &name), label, optional_word, hint, error };
    let node = NodeRef::<html::Input>::new();
    // The attribute holds what the form began with; typing never changes it.
    let began = bind.map(|bind| bind.get_untracked());
    if let Some(bind) = bind {
        let write = move |text: &str| {
            if let Some(input) = node.get_untracked() {
                input.set_value(text);
            }
        };
        dom::bind(bind, Box::new(move || node.get().map(|input| input.value())), Box::new(write));
    }
    let control = view! {
        <input
            class="input"
            class:short=short
            node_ref=node
            id=field.id.clone()
            name=name.into_owned()
            type=kind.into_owned()
            value=move || began.clone().or_else(|| value.get())
            autocomplete=autocomplete.map(Text::into_owned)
            inputmode=inputmode.map(Text::into_owned)
            maxlength=maxlength.map(|length| length.to_string())
            spellcheck=if spellcheck { "true" } else { "false" }
            disabled=move || disabled.get()
            aria-required=required_mark(required)
            aria-invalid=field.invalid()
            aria-describedby=field.described_by()
            on:input=move |ev| {
                if let Some(bind) = bind {
                    bind.set(event_target_value(&ev));
                }
            }
        />
    };
    field.around(control.into_any())
}
