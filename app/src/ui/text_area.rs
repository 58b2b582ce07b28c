use leptos::{html, prelude::*};

use super::{
    Text, dom,
    field::{Field, id_or_name, required_mark},
};

/// Several lines of text.
#[component]
pub fn TextArea(
    #[prop(into)] name: Text,
    #[prop(into)] label: Text,
    #[prop(into, optional)] id: Option<Text>,
    /// What the form begins with; later changes go through `bind`.
    #[prop(into, optional)]
    value: MaybeProp<String>,
    #[prop(into, optional)] hint: MaybeProp<String>,
    #[prop(into, optional)] error: MaybeProp<String>,
    #[prop(into, optional)] optional_word: Option<Text>,
    #[prop(optional)] required: bool,
    #[prop(into, optional)] disabled: Signal<bool>,
    #[prop(default = 4)] rows: u32,
    #[prop(optional)] maxlength: Option<u32>,
    #[prop(default = true)] spellcheck: bool,
    #[prop(optional)] bind: Option<RwSignal<String>>,
) -> impl IntoView {
    let field = Field { id: id_or_name(id, &name), label, optional_word, hint, error };
    let node = NodeRef::<html::Textarea>::new();
    let began = bind.map(|bind| bind.get_untracked()).or_else(|| value.get_untracked()).unwrap_or_default();
    if let Some(bind) = bind {
        let write = move |text: &str| {
            if let Some(area) = node.get_untracked() {
                area.set_value(text);
            }
        };
        dom::bind(bind, Box::new(move || node.get().map(|area| area.value())), Box::new(write));
    }
    let control = view! {
        <textarea
            class="input"
            node_ref=node
            id=field.id.clone()
            name=name.into_owned()
            rows=rows.to_string()
            maxlength=maxlength.map(|length| length.to_string())
            spellcheck=if spellcheck { "true" } else { "false" }
            disabled=move || disabled.get()
            aria-required=required_mark(required)
            aria-invalid=field.invalid()
            aria-describedby=field.described_by()
            inner_html=as_content(&began)
            on:input=move |ev| {
                if let Some(bind) = bind {
                    bind.set(event_target_value(&ev));
                }
            }
        ></textarea>
    };
    field.around(control.into_any())
}

/// The text as HTML. A child would not do: for an empty one Leptos writes a space, for a changing one a comment, and in a `textarea`
/// both are text. Browsers drop one newline at the start of a page's `textarea`, hence a newline there; of one that is made by a script they don't.
fn as_content(text: &str) -> String {
    let dropped = if cfg!(feature = "ssr") { "\n" } else { "" };
    format!("{dropped}{}", text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"))
}
