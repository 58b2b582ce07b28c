use leptos::prelude::*;

use super::Text;

/// A term and what it is.
pub type Fact = (Text, AnyView);

/// Spares the caller the conversions.
pub fn fact(term: impl Into<Text>, what: impl IntoAny) -> Fact {
    (term.into(), what.into_any())
}

/// What is known of one thing, to read and not to change.
#[component]
pub fn Facts(
    items: Vec<Fact>,
    /// They are a few numbers, to be seen at a glance.
    #[prop(optional)]
    figures: bool,
) -> impl IntoView {
    let pair = |(term, what): Fact| {
        view! {
            <div class="fact">
                <dt>{term}</dt>
                <dd>{what}</dd>
            </div>
        }
    };
    view! { <dl class="facts" class:figures=figures>{items.into_iter().map(pair).collect_view()}</dl> }
}
