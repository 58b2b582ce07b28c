use crate::prelude::*;
use leptos::html;

use super::{Glyph, Icon, Text, dom};

/// All that is wrong with a form, above it. It takes the focus when it appears, and its links lead to the fields.
#[component]
pub fn ErrorSummary(
    #[prop(into)] title: Text,
    /// The field's id and what is wrong with it; an empty id is for what belongs to no field.
    #[prop(into)]
    errors: Signal<Vec<(String, String)>>,
) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    effect(move || {
        if errors.with(|errors| errors.is_empty()) {
            return;
        }
        if let Some(summary) = node.get() {
            // Not under the question that was answered.
            dom::close_popovers();
            let _ = summary.focus();
        }
    });
    let title = title.into_owned();
    move || {
        let errors = errors.get();
        let title = title.clone();
        (!errors.is_empty()).then(|| {
            view! {
                // `autofocus` is for the page that comes back without JavaScript.
                <div class="error-summary" role="alert" tabindex="-1" autofocus node_ref=node>
                    <h2 class="error-summary-title">
                        <Icon glyph=Glyph::Warning />
                        <span>{title}</span>
                    </h2>
                    <ul>{errors.into_iter().map(entry).collect_view()}</ul>
                </div>
            }
        })
    }
}

fn entry((field, message): (String, String)) -> AnyView {
    if field.is_empty() {
        return view! { <li>{message}</li> }.into_any();
    }
    let go_to = move |field: &str, ev: leptos::ev::MouseEvent| {
        ev.prevent_default();
        dom::focus_field(field);
    };
    let href = format!("#{field}");
    view! {
        <li>
            <a href=href on:click=move |ev| go_to(&field, ev)>
                {message}
            </a>
        </li>
    }
    .into_any()
}
