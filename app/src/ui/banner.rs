use leptos::{children::ViewFnOnce, prelude::*};

use super::{Glyph, Icon, Tone};

/// Something that holds for every page, across the whole width under the top bar: give it to the `banner` of [`super::Frame`]. What
/// belongs to one page or one part of it is a [`super::Notice`].
#[component]
pub fn Banner(
    #[prop(default = Tone::Info)] tone: Tone,
    /// Such as a link to where it is mended.
    #[prop(into, optional)]
    actions: ViewFnOnce,
    children: Children,
) -> impl IntoView {
    let glyph = match tone {
        Tone::Success => Glyph::Check,
        Tone::Warning | Tone::Danger => Glyph::Warning,
        _ => Glyph::Info,
    };
    view! {
        <div class="banner" data-tone=tone.word() role="status">
            <div class="banner-row">
                <Icon glyph />
                <p class="banner-words">{children()}</p>
                <div class="banner-actions">{actions.run()}</div>
            </div>
        </div>
    }
}
