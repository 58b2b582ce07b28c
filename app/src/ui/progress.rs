use leptos::prelude::*;

use super::{Text, Tone};

/// How far something has come, as a bar and in figures.
#[component]
pub fn Progress(
    #[prop(into)] label: Text,
    #[prop(into)] value: Signal<u32>,
    #[prop(into)] max: Signal<u32>,
    /// The same in words: "84 of 250 sent".
    #[prop(into)]
    figures: Signal<String>,
) -> impl IntoView {
    let name = label.to_string();
    view! {
        <div class="bar">
            <div class="bar-words">
                <span class="bar-label">{label}</span>
                <span class="bar-figures">{move || figures.get()}</span>
            </div>
            <progress
                aria-label=name
                aria-valuetext=move || figures.get()
                value=move || value.get().to_string()
                max=move || at_least_one(max.get())
            ></progress>
        </div>
    }
}

/// How much of something is taken, as a bar and in figures.
#[component]
pub fn Meter(
    #[prop(into)] label: Text,
    #[prop(into)] value: Signal<u32>,
    #[prop(into)] max: Signal<u32>,
    #[prop(into)] figures: Signal<String>,
    #[prop(into, default = Tone::Accent.into())] tone: Signal<Tone>,
) -> impl IntoView {
    let name = label.to_string();
    view! {
        <div class="bar" data-tone=move || tone.get().word()>
            <div class="bar-words">
                <span class="bar-label">{label}</span>
                <span class="bar-figures">{move || figures.get()}</span>
            </div>
            <meter
                aria-label=name
                aria-valuetext=move || figures.get()
                min="0"
                value=move || value.get().to_string()
                max=move || at_least_one(max.get())
            ></meter>
        </div>
    }
}

/// Browsers ignore a maximum of nought and would draw a full bar for "0 of 0".
fn at_least_one(max: u32) -> String {
    max.max(1).to_string()
}
