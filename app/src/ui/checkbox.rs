use leptos::prelude::*;

use super::{
    Text,
    field::{described_by, error_view, hint_view, id_or_name, invalid},
};

/// Yes or no. Unticked, a form sends nothing under its name.
#[component]
pub fn Checkbox(
    #[prop(into)] name: Text,
    #[prop(into)] label: Text,
    #[prop(into, optional)] id: Option<Text>,
    #[prop(into, default = "true".into())] value: Text,
    /// How the form begins; a change of it ticks or unticks the box.
    #[prop(into, optional)]
    checked: Signal<bool>,
    #[prop(into, optional)] hint: MaybeProp<String>,
    #[prop(into, optional)] error: MaybeProp<String>,
    #[prop(into, optional)] disabled: Signal<bool>,
    /// Told of every change.
    #[prop(into, optional)]
    on_change: Option<Callback<bool>>,
) -> impl IntoView {
    let id = id_or_name(id, &name);
    view! {
        <div class="check" class:invalid=move || error.get().is_some()>
            <input
                type="checkbox"
                id=id.clone()
                name=name.into_owned()
                value=value.into_owned()
                checked=move || checked.get()
                disabled=move || disabled.get()
                aria-invalid=invalid(error)
                aria-describedby=described_by(&id, hint, error)
                on:change=move |ev| {
                    if let Some(on_change) = on_change {
                        on_change.run(event_target_checked(&ev));
                    }
                }
            />
            <div class="check-words">
                <label for=id.clone()>{label}</label>
                {hint_view(&id, hint)}
                {error_view(&id, error)}
            </div>
        </div>
    }
}
