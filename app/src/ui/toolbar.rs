use leptos::{html, prelude::*};
use leptos_router::components::Form;

use super::{Glyph, Icon, Text, dom, field::id_or_name};

/// Search and filters over a list. A GET form, so that what was asked is in the address; the router sends it without loading a page.
#[component]
pub fn Toolbar(
    #[prop(into)] label: Text,
    /// Where it leads; empty is this same page.
    #[prop(into, optional)]
    action: Text,
    children: Children,
) -> impl IntoView {
    view! {
        <Form
            method="get"
            action=action.into_owned()
            attr:class="toolbar"
            attr:role="search"
            attr:aria-label=label.into_owned()
        >
            {children()}
        </Form>
    }
}

/// What one searches for.
#[component]
pub fn SearchField(
    #[prop(into)] name: Text,
    #[prop(into)] label: Text,
    #[prop(into, optional)] id: Option<Text>,
    #[prop(into, optional)] value: MaybeProp<String>,
    #[prop(optional)] bind: Option<RwSignal<String>>,
) -> impl IntoView {
    let id = id_or_name(id, &name);
    let node = NodeRef::<html::Input>::new();
    let began = bind.map(|bind| bind.get_untracked());
    if let Some(bind) = bind {
        let write = move |text: &str| {
            if let Some(input) = node.get_untracked() {
                input.set_value(text);
            }
        };
        dom::bind(bind, Box::new(move || node.get().map(|input| input.value())), Box::new(write));
    }
    view! {
        <div class="field search-field">
            <label class="field-label" for=id.clone()>
                {label}
            </label>
            <div class="search-box">
                <Icon glyph=Glyph::Search />
                <input
                    class="input"
                    node_ref=node
                    type="search"
                    id=id
                    name=name.into_owned()
                    value=move || began.clone().or_else(|| value.get())
                    autocomplete="off"
                    spellcheck="false"
                    on:input=move |ev| {
                        if let Some(bind) = bind {
                            bind.set(event_target_value(&ev));
                        }
                    }
                />
            </div>
        </div>
    }
}
