use super::{Glyph, Icon, Text, dom, field::id_or_name};
use crate::ask::filled_in;
use leptos::{ev::SubmitEvent, html, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};

/// Search and filters over a list. A GET form, so that what was asked is in the address; the router sends it without loading a page.
#[component]
pub fn Toolbar(
    #[prop(into)] label: Text,
    /// Where it leads; empty is this same page.
    #[prop(into, optional)]
    action: Text,
    children: Children,
) -> impl IntoView {
    let action = action.into_owned();
    let lead = leading(action.clone());
    view! {
        <form class="toolbar" method="get" action=action role="search" aria-label=label.into_owned() on:submit=lead>
            {children()}
        </form>
    }
}

/// The router's own form does this and much that nobody needs here, for a tenth of a page's code. What is empty stays out of the address.
fn leading(action: String) -> impl Fn(SubmitEvent) + 'static {
    let navigate = use_navigate();
    move |event| {
        event.prevent_default();
        let filled_in = filled_in(&event);
        let query: Vec<_> = filled_in.split('&').filter(|field| !field.ends_with('=')).collect();
        // Not as the router says it: that is already where somebody is going.
        let path = if action.is_empty() { here() } else { action.clone() };
        let to = format!("{path}?{}", query.join("&"));
        // Where one is already, no second step back is needed.
        let is_here = window().location().search().is_ok_and(|query| spelled_alike(&to) == spelled_alike(&(here() + &query)));
        navigate(&to, NavigateOptions { replace: is_here, ..NavigateOptions::default() });
    }
}

fn here() -> String {
    window().location().pathname().unwrap_or_default()
}

/// A blank is written in two ways.
fn spelled_alike(address: &str) -> String {
    address.trim_end_matches('?').replace('+', "%20")
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
