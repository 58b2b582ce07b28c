use crate::prelude::*;
use leptos::html;

use super::{
    Glyph, Icon, Text, dom,
    field::{Field, id_or_name, required_mark},
};

/// A password. It takes no value: a password that was sent is never sent back.
#[component]
pub fn PasswordField(
    #[prop(into)] name: Text,
    #[prop(into)] label: Text,
    #[prop(into, optional)] id: Option<Text>,
    #[prop(into, optional)] hint: MaybeProp<String>,
    #[prop(into, optional)] error: MaybeProp<String>,
    #[prop(optional)] required: bool,
    /// `current-password` or `new-password`: password managers go by it.
    #[prop(into, default = "current-password".into())]
    autocomplete: Text,
    /// The toggle's words; it names what pressing it does.
    #[prop(into)]
    show: Text,
    #[prop(into)] hide: Text,
    /// The id of what describes it besides, such as the list of requirements.
    #[prop(into, optional)]
    about: Option<Text>,
    /// For checks while typing.
    #[prop(optional)]
    bind: Option<RwSignal<String>>,
) -> impl IntoView {
    let field = Field { id: id_or_name(id, &name), label, optional_word: None, hint, error };
    let node = NodeRef::<html::Input>::new();
    if let Some(bind) = bind {
        let write = move |text: &str| {
            if let Some(input) = node.get_untracked() {
                input.set_value(text);
            }
        };
        dom::bind(bind, Box::new(move || node.get().map(|input| input.value())), Box::new(write));
    }
    let shown = RwSignal::new(false);
    let own = field.described_by();
    let described_by = move || match (about.as_deref(), own.get()) {
        (Some(about), Some(own)) => Some(format!("{own} {about}")),
        (about, own) => own.or_else(|| about.map(str::to_owned)),
    };
    let control = view! {
        <div class="password">
            <input
                class="input"
                node_ref=node
                id=field.id.clone()
                name=name.into_owned()
                type=move || if shown.get() { "text" } else { "password" }
                autocomplete=autocomplete.into_owned()
                autocapitalize="none"
                spellcheck="false"
                aria-required=required_mark(required)
                aria-invalid=field.invalid()
                aria-describedby=described_by
                on:input=move |ev| {
                    if let Some(bind) = bind {
                        bind.set(event_target_value(&ev));
                    }
                }
            />
            <Toggle shown controls=field.id.clone() show hide />
        </div>
    };
    field.around(control.into_any())
}

/// Shows what was typed. Without JavaScript it could do nothing, so effects, which the server doesn't run, bring it.
#[component]
fn Toggle(shown: RwSignal<bool>, controls: String, show: Text, hide: Text) -> impl IntoView {
    let alive = RwSignal::new(false);
    effect(move || alive.set(true));
    move || {
        let (show, hide) = (show.to_string(), hide.to_string());
        alive.get().then(|| {
            view! {
                <button
                    class="password-toggle"
                    type="button"
                    aria-controls=controls.clone()
                    on:click=move |_| shown.update(|shown| *shown = !*shown)
                >
                    {move || {
                        let (glyph, words) = if shown.get() { (Glyph::EyeOff, hide.clone()) } else { (Glyph::Eye, show.clone()) };
                        view! {
                            <Icon glyph />
                            <span class="visually-hidden">{words}</span>
                        }
                    }}
                </button>
            }
        })
    }
}
