use crate::prelude::*;

use super::{
    Text, dom,
    field::{described_by, error_view, hint_view, invalid, required_mark},
};

/// One of the radio buttons of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RadioOption {
    /// What the form sends.
    pub value: String,
    /// What people read.
    pub label: String,
    /// What choosing it brings.
    pub description: Option<String>,
}

/// One of a few, all in sight. The first has the group's name for its id, so that an error summary can link to it; the others count
/// on: `{name}-1`, `{name}-2`.
#[component]
pub fn RadioGroup(
    #[prop(into)] name: Text,
    #[prop(into)] legend: Text,
    options: Vec<RadioOption>,
    #[prop(into, optional)] selected: MaybeProp<String>,
    #[prop(into, optional)] hint: MaybeProp<String>,
    #[prop(into, optional)] error: MaybeProp<String>,
    #[prop(optional)] required: bool,
    /// Side by side, for two or three short ones.
    #[prop(optional)]
    inline: bool,
    #[prop(optional)] bind: Option<RwSignal<String>>,
) -> impl IntoView {
    let name = name.into_owned();
    if let Some(bind) = bind {
        // What was chosen before WebAssembly arrived.
        let name = name.clone();
        effect(move || {
            if let Some(chosen) = dom::chosen(&name) {
                bind.set(chosen);
            }
        });
    }
    let group_name = name.clone();
    let option = move |(position, RadioOption { value, label, description }): (usize, RadioOption)| {
        let id = if position == 0 { group_name.clone() } else { format!("{group_name}-{position}") };
        let described_by = description.is_some().then(|| format!("{id}-description"));
        let description_id = described_by.clone();
        let (compared, told) = (value.clone(), value.clone());
        let is_chosen = move || match bind {
            Some(bind) => bind.with(|chosen| *chosen == compared),
            None => selected.get().is_some_and(|chosen| chosen == compared),
        };
        view! {
            <div class="check">
                <input
                    type="radio"
                    id=id.clone()
                    name=group_name.clone()
                    value=value
                    checked=is_chosen
                    aria-describedby=described_by
                    on:change=move |_| {
                        if let Some(bind) = bind {
                            bind.set(told.clone());
                        }
                    }
                />
                <div class="check-words">
                    <label for=id>{label}</label>
                    {description.map(|text| view! { <p class="field-hint" id=description_id>{text}</p> })}
                </div>
            </div>
        }
    };
    view! {
        <fieldset
            class="field radios"
            class:inline=inline
            class:invalid=move || error.get().is_some()
            role="radiogroup"
            aria-required=required_mark(required)
            aria-invalid=invalid(error)
            aria-describedby=described_by(&name, hint, error)
        >
            <legend class="field-label">{legend}</legend>
            {hint_view(&name, hint)}
            <div class="radio-options">{options.into_iter().enumerate().map(option).collect_view()}</div>
            {error_view(&name, error)}
        </fieldset>
    }
}
